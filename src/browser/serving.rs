//! The worker's end of the messages: hears what is asked, and tells.

use crate::present::{Ask, Told};
use crate::text::language::Language;
use js_sys::Array;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

/// Hands everything that is asked to `answer`, with the language in which it is to be answered, for as long as the worker lives.
pub(super) fn listen(answer: impl Fn(Ask, Vec<Blob>, Language) + 'static) {
    let handler =
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| match read(&event.data()) {
            Ok((ask, files, language)) => answer(ask, files, language),
            Err(error) => tell(&Told::Failed(error)),
        });
    scope().set_onmessage(Some(handler.as_ref().unchecked_ref()));
    // The handler lives as long as the worker, which ends by `terminate`.
    handler.forget();
}

fn read(message: &JsValue) -> Result<(Ask, Vec<Blob>, Language), String> {
    let parts: &Array = message.dyn_ref().ok_or("The page sent no message.")?;
    let text = parts.get(0).as_string().unwrap_or_default();
    let ask = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let language = parts.get(1).as_string().and_then(|tag| Language::of_tag(&tag)).unwrap_or_default();
    Ok((ask, parts.iter().skip(2).filter_map(|file| file.dyn_into().ok()).collect(), language))
}

/// Tells the page.
pub(super) fn tell(told: &Told) {
    let text =
        serde_json::to_string(told).or_else(|error| serde_json::to_string(&Told::Failed(error.to_string())));
    if let Ok(text) = text {
        let _ = scope().post_message(&JsValue::from_str(&text));
    }
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
