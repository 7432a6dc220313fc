//! Help at hand, on each page at the same place (WCAG 2.2, 3.2.6), and by the key `?`.

use super::context::use_page;
use crate::browser::storage;
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

/// What AWS asks of an image before anything else.
const AWS: &str = "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html";

/// The button that opens the help. The browser itself shows it, closes it on Esc, and gives the focus back.
#[component]
pub(super) fn Help() -> Html {
    let texts = use_page().texts;
    let button = use_node_ref();
    let has_key = use_state_eq(storage::opens_help_by_key);
    {
        let button = button.clone();
        use_effect_with(*has_key, move |has_key| {
            let listener = has_key.then(|| open_by_key(button));
            move || drop(listener)
        });
    }
    let on_key = {
        let has_key = has_key.clone();
        Callback::from(move |event: Event| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                storage::set_opens_help_by_key(field.checked());
                has_key.set(field.checked());
            }
        })
    };
    html! {
        <>
            <button ref={button} id="help-open" type="button" class="help-open" popovertarget="help" aria-label={texts.help}>{ "?" }</button>
            <div id="help" class="help" popover="auto" role="dialog" aria-labelledby="help-title">
                <h2 id="help-title">{ texts.help_title }</h2>
                <ul>
                    for text in [texts.help_order, texts.help_verdict, texts.help_private, texts.help_paste, texts.help_keys] {
                        <li>{ text }</li>
                    }
                </ul>
                <label class="choice">
                    <input id="help-key" type="checkbox" checked={*has_key} onchange={on_key} />
                    { texts.help_key }
                </label>
                <p><a href={AWS} target="_blank" rel="noopener noreferrer">{ texts.help_aws }</a></p>
                <button type="button" class="button primary" popovertarget="help" popovertargetaction="hide" autofocus=true>{ texts.close }</button>
            </div>
        </>
    }
}

/// Presses the button when `?` is typed where no text is entered. A key alone is also what speech input types by mistake:
/// it can be switched off (WCAG 2.2, 2.1.4).
fn open_by_key(button: NodeRef) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "keydown", move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.key() == "?" && !is_text_entered(event) {
            if let Some(button) = button.cast::<HtmlElement>() {
                button.click();
            }
        }
    }))
}

fn is_text_entered(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is_field =
        target.is_some_and(|target| target.closest("input, textarea, select").ok().flatten().is_some());
    is_field || event.ctrl_key() || event.meta_key() || event.alt_key()
}
