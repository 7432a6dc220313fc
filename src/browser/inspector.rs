//! The page's end of the worker that reads images.

use super::messages::{Answer, Inspect, PickedFile, from_message, to_message};
use gloo::events::EventListener;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// A worker that inspects one set of files after the other.
///
/// Dropping it ends the worker: a busy worker hears no message, so that is also how an inspection is cancelled. One
/// that is idle is kept, because starting another costs about 0.1 s.
pub struct Inspector {
    worker: Worker,
    busy: Rc<Cell<bool>>,
    _listeners: [EventListener; 2],
}

impl Inspector {
    /// Starts a worker; `answer` is called for everything it says.
    ///
    /// # Errors
    /// A sentence, when the browser does not start the worker.
    pub fn start(answer: impl Fn(Answer) + Clone + 'static) -> Result<Self, String> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = worker_address()
            .and_then(|address| Worker::new_with_options(&address, &options).ok())
            .ok_or("The browser did not start the page's worker.")?;
        let busy = Rc::new(Cell::new(false));
        let (failed, at_end, at_failure) = (answer.clone(), Rc::clone(&busy), Rc::clone(&busy));
        let listeners = [
            EventListener::new(&worker, "message", move |event| {
                let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data).unwrap_or_default();
                let said = from_message(data).unwrap_or_else(|error| Answer::Failed(error.to_string()));
                at_end.set(matches!(said, Answer::First(_)));
                answer(said);
            }),
            // A worker whose program does not load, or that panics, fires this and says no more: it stays busy, so
            // that the next file gets a new one.
            EventListener::new(&worker, "error", move |event| {
                at_failure.set(true);
                let said = js_sys::Reflect::get(event, &JsValue::from_str("message")).ok();
                let said = said.and_then(|said| said.as_string()).unwrap_or_default();
                failed(Answer::Failed(format!("The part of the page that reads images stopped. {said}")));
            }),
        ];
        Ok(Self { worker, busy, _listeners: listeners })
    }

    /// Whether an inspection is under way, or the worker has come to an end.
    pub fn is_busy(&self) -> bool {
        self.busy.get()
    }

    /// Hands `files` to the worker, which must be idle.
    ///
    /// # Errors
    /// A sentence, when the browser does not hand them over.
    pub fn inspect(&self, files: &[web_sys::File]) -> Result<(), String> {
        let files = files.iter().map(|file| PickedFile { name: file.name(), file: file.clone() }).collect();
        let message = to_message(&Inspect { files }).map_err(|error| error.to_string())?;
        self.busy.set(true);
        self.worker
            .post_message(&message)
            .map_err(|_| "The browser did not hand the file to the page's worker.".to_owned())
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
