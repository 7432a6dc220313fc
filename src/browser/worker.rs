//! A worker of the page, and what goes to and from it: JSON, and files as they are.
//!
//! The text of a message is JSON: a number of 64 bits, which a hostile header may hold, stays exact in it, and the
//! page's program needs one decoder for messages and drafts.

use super::language::{self, texts};
use crate::present::{Ask, Told};
use crate::read::Read;
use gloo::events::EventListener;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, MessageEvent, Worker, WorkerOptions, WorkerType};

/// A worker at work; dropping it ends it.
pub(super) struct PageWorker {
    worker: Worker,
    _listeners: [EventListener; 2],
}

impl PageWorker {
    /// Starts the worker whose loader the page's script element names in `data-{program}`; `told` hears all it says.
    ///
    /// # Errors
    /// A sentence, when the browser does not start it.
    pub(super) fn start(program: &str, told: impl Fn(Told) + Clone + 'static) -> Result<Self, String> {
        Self::start_with(program, move |said, _| told(said))
    }

    /// The same, where `told` hears the objects beside what is said, too.
    ///
    /// # Errors
    /// As above.
    pub(super) fn start_with(
        program: &str,
        told: impl Fn(Told, Vec<JsValue>) + Clone + 'static,
    ) -> Result<Self, String> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = address(program)
            .and_then(|address| Worker::new_with_options(&address, &options).ok())
            .ok_or_else(|| texts().worker_not_started)?;
        let failed = told.clone();
        let listeners = [
            EventListener::new(&worker, "message", move |event| {
                let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data).unwrap_or_default();
                let parts = data.dyn_into::<Array>().unwrap_or_default();
                let text = parts.get(0).as_string().unwrap_or_default();
                let said = serde_json::from_str(&text).ok().and_then(|value| Told::read(&value));
                let said = said.unwrap_or_else(|| Told::Failed(texts().worker_not_understood.into()));
                told(said, parts.iter().skip(1).collect());
            }),
            // A worker whose program does not load, or that panics, fires this and says no more.
            EventListener::new(&worker, "error", move |event| {
                let said = js_sys::Reflect::get(event, &JsValue::from_str("message")).ok();
                let said = said.and_then(|said| said.as_string()).unwrap_or_default();
                failed(Told::Stopped(said), Vec::new());
            }),
        ];
        Ok(Self { worker, _listeners: listeners })
    }

    /// Hands over what is asked, and the files it is about.
    ///
    /// # Errors
    /// A sentence, when the browser does not hand it over.
    pub(super) fn ask(&self, ask: &Ask, files: &[Blob]) -> Result<(), String> {
        self.ask_with(ask, files, &JsValue::UNDEFINED)
    }

    /// The same, with the handle of the file beside it; `undefined` for none.
    ///
    /// # Errors
    /// As above.
    pub(super) fn ask_with(&self, ask: &Ask, files: &[Blob], handle: &JsValue) -> Result<(), String> {
        let text = serde_json::to_string(ask).map_err(|error| error.to_string())?;
        // The language goes with every question.
        let message = Array::of2(&JsValue::from_str(&text), &language::current().tag().into());
        for file in files {
            message.push(file);
        }
        if handle.is_object() {
            message.push(handle);
        }
        self.worker.post_message(&message).map_err(|_| texts().worker_not_reached.to_owned())
    }
}

impl Drop for PageWorker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn address(program: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let script: web_sys::HtmlElement =
        document.query_selector("script[data-app-js]").ok()??.dyn_into().ok()?;
    let base = document.base_uri().ok()??;
    Some(web_sys::Url::new_with_base(&script.dataset().get(program)?, &base).ok()?.href())
}
