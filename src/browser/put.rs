//! Sending a blob by one PUT, with progress. `fetch` has none for uploads, so this is XMLHttpRequest.

use super::file::{size_of, slice};
use crate::upload::single::Event;
use gloo::events::EventListener;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ProgressEvent, XmlHttpRequest};

/// A PUT under way. Dropping it aborts the request.
pub(super) struct Put {
    request: XmlHttpRequest,
    listeners: Vec<EventListener>,
    /// Falls with this value: what is still being found out by then is told to nobody.
    alive: Rc<Cell<bool>>,
}

impl Put {
    /// Sends `blob` to `address`; `on_event` hears of progress and of the end.
    ///
    /// # Errors
    /// A sentence, when the browser refuses the address.
    pub(super) fn start(
        address: &str,
        blob: &web_sys::Blob,
        on_event: impl Fn(Event) + Clone + 'static,
    ) -> Result<Self, String> {
        let refused = |_| "The browser refuses to send to this address.".to_owned();
        // A slice without a type: a File's own would be sent as a header that was not signed.
        let body = slice(blob, 0, size_of(blob)).map_err(refused)?;
        let request = XmlHttpRequest::new().map_err(refused)?;
        request.open_with_async("PUT", address, true).map_err(refused)?;
        let upload = request.upload().map_err(refused)?;
        let progress = on_event.clone();
        let file = blob.clone();
        let ended = request.clone();
        let alive = Rc::new(Cell::new(true));
        let still_alive = Rc::clone(&alive);
        let blocked = Rc::new(Cell::new(false));
        let is_blocked = Rc::clone(&blocked);
        let scope: web_sys::WorkerGlobalScope = js_sys::global().unchecked_into();
        let listeners = vec![
            // The worker's own policy forbids a host with an event of its own; to the request it looks like the network.
            EventListener::new(&scope, "securitypolicyviolation", move |_| blocked.set(true)),
            EventListener::new(&upload, "progress", move |event| {
                if let Some(event) = event.dyn_ref::<ProgressEvent>() {
                    progress(Event::Progress { sent: whole(event.loaded()) });
                }
            }),
            EventListener::new(&request, "loadend", move |_| {
                let (request, file, on_event) = (ended.clone(), file.clone(), on_event.clone());
                let (alive, is_blocked) = (Rc::clone(&still_alive), is_blocked.get());
                // Whether the file is still what it was can only be told by reading it.
                spawn_local(async move {
                    let file_intact = is_intact(&file).await;
                    if alive.get() {
                        on_event(answer(&request, file_intact, is_blocked));
                    }
                });
            }),
        ];
        request.send_with_opt_blob(Some(&body)).map_err(refused)?;
        Ok(Self { request, listeners, alive })
    }
}

fn answer(request: &XmlHttpRequest, file_intact: bool, blocked_by_policy: bool) -> Event {
    Event::Answered {
        status: request.status().unwrap_or(0),
        etag: request.get_response_header("etag").ok().flatten(),
        body: request.response_text().ok().flatten().unwrap_or_default(),
        online: js_sys::global().unchecked_into::<web_sys::WorkerGlobalScope>().navigator().on_line(),
        file_intact,
        blocked_by_policy,
    }
}

/// Whether `blob` can still be read: a file that was changed or removed since it was picked cannot.
async fn is_intact(blob: &web_sys::Blob) -> bool {
    match slice(blob, 0, 1) {
        Ok(first) => JsFuture::from(first.array_buffer()).await.is_ok(),
        Err(_) => false,
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bytes sent, below 2^53")]
fn whole(value: f64) -> u64 {
    value as u64
}

impl Drop for Put {
    fn drop(&mut self) {
        // An abort fires `loadend` at once: nobody is to hear it.
        self.alive.set(false);
        self.listeners.clear();
        let _ = self.request.abort();
    }
}
