//! The whole page takes what is pasted: a text or files; only in a field is a paste the field's own.

use super::drop_target::Dropped;
use crate::browser::{document, file};
use gloo::events::{EventListener, EventListenerOptions};
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, Event};
use yew::prelude::*;

/// Takes what is pasted anywhere on the page.
#[hook]
pub(super) fn use_paste_target(on_files: Callback<Dropped>, on_text: Callback<String>) {
    use_effect_with((on_files, on_text), |(on_files, on_text)| {
        let listener = listen(on_files.clone(), on_text.clone());
        move || drop(listener)
    });
}

fn listen(on_files: Callback<Dropped>, on_text: Callback<String>) -> Option<EventListener> {
    let window = web_sys::window()?;
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(&window, "paste", options, move |event| {
        let Some(data) = data_of(event).filter(|_| !document::is_in_text_field(event)) else { return };
        let files = file::listed(data.files());
        if !files.is_empty() {
            event.prevent_default();
            on_files.emit(Dropped::Files(files));
        } else if let Some(text) = data.get_data("text/plain").ok().filter(|text| !text.trim().is_empty()) {
            event.prevent_default();
            on_text.emit(text);
        }
    }))
}

/// What the clipboard holds.
fn data_of(event: &Event) -> Option<DataTransfer> {
    Reflect::get(event, &"clipboardData".into()).ok()?.dyn_into().ok()
}
