//! The page's own address, and the plan that its fragment may hold.

use gloo::events::EventListener;
use wasm_bindgen::JsValue;

/// How such a fragment begins; what follows is read by `plan::link`.
const PLAN: &str = "#plan=";

fn whole() -> String {
    web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default()
}

fn without_fragment(address: &str) -> &str {
    address.split('#').next().unwrap_or_default()
}

/// The page's address with `fragment` in the place of its own.
pub fn with_fragment(fragment: &str) -> String {
    format!("{}#{fragment}", without_fragment(&whole()))
}

/// Takes the plan out of the page's address: a reload must not bring it back over what was changed since. `None` where
/// the fragment is another, such as the place of a step.
pub fn take_plan() -> Option<String> {
    let address = whole();
    let fragment = address.get(without_fragment(&address).len()..).filter(|own| own.starts_with(PLAN))?;
    let history = web_sys::window()?.history().ok()?;
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(without_fragment(&address)));
    Some(fragment.to_owned())
}

/// Calls `hear` whenever the fragment changes while the page is open, until what it gives is dropped.
pub fn on_fragment(hear: impl Fn() + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "hashchange", move |_| hear()))
}
