//! Copying text.

use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Copies `text` and says whether the browser let it. It does not outside a secure context, or when the person
/// forbids it.
pub fn copy(text: &str, done: impl FnOnce(bool) + 'static) {
    let Some(window) = web_sys::window() else { return done(false) };
    let navigator = window.navigator();
    // `navigator.clipboard` is missing on plain http, whatever the binding's type says.
    let there = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|value| value.is_object());
    if !there {
        return done(false);
    }
    let promise = navigator.clipboard().write_text(text);
    spawn_local(async move { done(JsFuture::from(promise).await.is_ok()) });
}
