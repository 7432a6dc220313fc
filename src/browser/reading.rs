//! The worker's end: hears which files to read, and answers with a report after each pass.

use super::file::BrowserFile;
use super::messages::{Answer, Inspect, from_message, to_message};
use crate::image::{FileSet, NamedSource};
use crate::inspect::Inspector;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Handles every message for as long as the worker lives.
pub fn listen() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let handler = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| inspect(event.data()));
    scope.set_onmessage(Some(handler.as_ref().unchecked_ref()));
    // The handler lives as long as the worker, which ends by `terminate`.
    handler.forget();
}

fn inspect(message: JsValue) {
    let inspector = from_message::<Inspect>(message).map_err(|error| error.to_string()).and_then(|inspect| {
        let files = inspect.files.into_iter().map(|picked| {
            let source =
                BrowserFile::new(picked.file).map_err(|_| "This browser cannot read files in a worker.")?;
            Ok(NamedSource { name: picked.name, source: Rc::new(source) })
        });
        Ok(Inspector::new(FileSet { files: files.collect::<Result<_, &str>>()? }))
    });
    match inspector {
        Ok(inspector) => {
            let first = inspector.first();
            let failed = first.is_err();
            answer(first.map_or_else(
                |error| Answer::Failed(error.to_string()),
                |report| Answer::First(Box::new(report)),
            ));
            if !failed {
                answer(inspector.complete().map_or_else(
                    |error| Answer::Failed(error.to_string()),
                    |report| Answer::Complete(Box::new(report)),
                ));
            }
        }
        Err(reason) => answer(Answer::Failed(reason)),
    }
}

fn answer(answer: Answer) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let message = to_message(&answer).or_else(|error| to_message(&Answer::Failed(error.to_string())));
    if let Ok(message) = message {
        let _ = scope.post_message(&message);
    }
}
