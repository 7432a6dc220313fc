//! The page's end of the worker that reads images.

use super::messages::{Answer, PickedFile, Reply, Request, Verification, from_message, to_message};
use gloo::events::EventListener;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// What is told of a verification.
type Verifying = Rc<RefCell<Option<Box<dyn Fn(Verification)>>>>;

/// A worker that inspects one set of files after the other, and compares appliances with their manifests.
///
/// Dropping it ends the worker: a busy worker hears no message, so that is also how either is cancelled. One
/// that is idle is kept, because starting another costs about 0.1 s.
pub struct Inspector {
    worker: Worker,
    busy: Rc<Cell<bool>>,
    verifying: Verifying,
    _listeners: [EventListener; 2],
}

impl Inspector {
    /// Starts a worker; `answer` is called for everything it says of what it inspects.
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
        let verifying = Verifying::default();
        let fail = {
            let (answer, verifying) = (answer.clone(), Rc::clone(&verifying));
            move |reason: String| match verifying.take() {
                Some(told) => told(Verification::Failed(reason)),
                None => answer(Answer::Failed(reason)),
            }
        };
        let (undecoded, at_end, at_failure) = (fail.clone(), Rc::clone(&busy), Rc::clone(&busy));
        let told = Rc::clone(&verifying);
        let listeners = [
            EventListener::new(&worker, "message", move |event| {
                let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data).unwrap_or_default();
                match from_message(data) {
                    Ok(Reply::Inspection(said)) => {
                        at_end.set(matches!(said, Answer::First(_)));
                        answer(said);
                    }
                    Ok(Reply::Verification(said)) => {
                        let goes_on = matches!(said, Verification::Progress { .. });
                        at_end.set(goes_on);
                        // Taken out, so that what is told may begin the next one.
                        let tell = told.take();
                        if let Some(tell) = tell {
                            tell(said);
                            if goes_on {
                                told.borrow_mut().get_or_insert(tell);
                            }
                        }
                    }
                    Err(error) => {
                        at_end.set(false);
                        undecoded(error.to_string());
                    }
                }
            }),
            // A worker whose program does not load, or that panics, fires this and says no more: it stays busy, so
            // that the next file gets a new one.
            EventListener::new(&worker, "error", move |event| {
                at_failure.set(true);
                let said = js_sys::Reflect::get(event, &JsValue::from_str("message")).ok();
                let said = said.and_then(|said| said.as_string()).unwrap_or_default();
                fail(format!("The part of the page that reads images stopped. {said}"));
            }),
        ];
        Ok(Self { worker, busy, verifying, _listeners: listeners })
    }

    /// Whether an inspection or a verification is under way, or the worker has come to an end.
    pub fn is_busy(&self) -> bool {
        self.busy.get()
    }

    /// Has `files` inspected by the worker, which must be idle.
    ///
    /// # Errors
    /// A sentence, when the browser does not hand them over.
    pub fn inspect(&self, files: &[web_sys::File]) -> Result<(), String> {
        self.verifying.take();
        self.hand_over(&Request::Inspect(picked(files)))
    }

    /// Has the appliance in `files` compared with its manifest by the worker, which must be idle. `tell` hears of its
    /// progress and of its end.
    ///
    /// # Errors
    /// A sentence, when the browser does not hand them over.
    pub fn verify(
        &self,
        files: &[web_sys::File],
        tell: impl Fn(Verification) + 'static,
    ) -> Result<(), String> {
        self.verifying.replace(Some(Box::new(tell)));
        self.hand_over(&Request::Verify(picked(files)))
    }

    fn hand_over(&self, request: &Request) -> Result<(), String> {
        let message = to_message(request).map_err(|error| error.to_string())?;
        self.busy.set(true);
        self.worker
            .post_message(&message)
            .map_err(|_| "The browser did not hand the file to the page's worker.".to_owned())
    }
}

fn picked(files: &[web_sys::File]) -> Vec<PickedFile> {
    files.iter().map(|file| PickedFile { name: file.name(), file: file.clone() }).collect()
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
