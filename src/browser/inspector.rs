//! The page's end of the worker that reads images.

use super::messages::{Answer, Inspect, PickedFile, from_message, to_message};
use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// A worker at work on one inspection. Dropping it ends the worker: a busy worker hears no message, so that is also
/// how an inspection is cancelled.
pub struct Inspector {
    worker: Worker,
    _listeners: [EventListener; 2],
}

impl Inspector {
    /// Starts a worker and hands it `files`; `answer` is called for everything it says.
    ///
    /// # Errors
    /// A sentence, when the browser does not start the worker.
    pub fn start(files: &[web_sys::File], answer: impl Fn(Answer) + Clone + 'static) -> Result<Self, String> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = worker_address()
            .and_then(|address| Worker::new_with_options(&address, &options).ok())
            .ok_or("The browser did not start the page's worker.")?;
        let failed = answer.clone();
        let listeners = [
            EventListener::new(&worker, "message", move |event| {
                let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data).unwrap_or_default();
                answer(from_message(data).unwrap_or_else(|error| Answer::Failed(error.to_string())));
            }),
            // A worker whose program does not load, or that panics, fires this and says no more.
            EventListener::new(&worker, "error", move |event| {
                let said = js_sys::Reflect::get(event, &JsValue::from_str("message")).ok();
                let said = said.and_then(|said| said.as_string()).unwrap_or_default();
                failed(Answer::Failed(format!("The part of the page that reads images stopped. {said}")));
            }),
        ];
        let files = files.iter().map(|file| PickedFile { name: file.name(), file: file.clone() }).collect();
        let message = to_message(&Inspect { files }).map_err(|error| error.to_string())?;
        worker
            .post_message(&message)
            .map_err(|_| "The browser did not hand the file to the page's worker.")?;
        Ok(Self { worker, _listeners: listeners })
    }
}

impl Drop for Inspector {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn worker_address() -> Option<String> {
    let document = web_sys::window()?.document()?;
    let script: web_sys::HtmlElement =
        document.query_selector("script[data-worker]").ok()??.dyn_into().ok()?;
    let base = document.base_uri().ok()??;
    Some(web_sys::Url::new_with_base(&script.dataset().get("worker")?, &base).ok()?.href())
}
