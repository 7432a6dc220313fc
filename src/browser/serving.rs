//! The worker's end of the messages: hears what is asked, and tells.

use crate::present::{Ask, Told};
use crate::text::language::Language;
use js_sys::Array;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

/// Hands everything that is asked to `answer`, with the language in which it is to be answered, for as long as the worker
/// lives.
pub(super) fn listen(answer: impl Fn(Ask, Vec<Blob>, Language) + 'static) {
    listen_with_handle(move |ask, files, language, _| answer(ask, files, language));
}

/// The same, with the handle of the file that may come beside it, or `undefined`.
pub(super) fn listen_with_handle(answer: impl Fn(Ask, Vec<Blob>, Language, JsValue) + 'static) {
    let handler =
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| match read(&event.data()) {
            Ok((ask, files, language, handle)) => answer(ask, files, language, handle),
            Err(error) => tell(&Told::Failed(error)),
        });
    scope().set_onmessage(Some(handler.as_ref().unchecked_ref()));
    // The handler lives as long as the worker, which ends by `terminate`.
    handler.forget();
}

fn read(message: &JsValue) -> Result<(Ask, Vec<Blob>, Language, JsValue), String> {
    let parts: &Array = message.dyn_ref().ok_or("The page sent no message.")?;
    let text = parts.get(0).as_string().unwrap_or_default();
    let ask = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let language = parts.get(1).as_string().and_then(|tag| Language::of_tag(&tag)).unwrap_or_default();
    let is_file = |part: &JsValue| part.is_instance_of::<Blob>();
    let (files, handles): (Vec<JsValue>, Vec<JsValue>) = parts.iter().skip(2).partition(is_file);
    let handle = handles.into_iter().next().unwrap_or_default();
    Ok((ask, files.into_iter().filter_map(|file| file.dyn_into().ok()).collect(), language, handle))
}

/// Tells the page.
pub(super) fn tell(told: &Told) {
    tell_with(told, &[]);
}

/// Tells the page, with objects beside it that are no text.
pub(super) fn tell_with(told: &Told, objects: &[JsValue]) {
    let text =
        serde_json::to_string(told).or_else(|error| serde_json::to_string(&Told::Failed(error.to_string())));
    if let Ok(text) = text {
        let message: Array = std::iter::once(&JsValue::from_str(&text)).chain(objects).collect();
        let _ = scope().post_message(&message);
    }
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
