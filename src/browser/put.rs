//! Sending a blob by one PUT, with progress. `fetch` has none for uploads, so this is XMLHttpRequest.

use super::file::slice;
use crate::upload::single::Event;
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ProgressEvent, XmlHttpRequest};

/// A PUT under way. Dropping it aborts the request.
pub struct Put {
    request: XmlHttpRequest,
    _listeners: Vec<EventListener>,
}

impl Put {
    /// Sends `blob` to `address`; `on_event` hears of progress and of the end.
    ///
    /// # Errors
    /// A sentence, when the browser refuses the address.
    pub fn start(
        address: &str,
        blob: &web_sys::Blob,
        on_event: impl Fn(Event) + Clone + 'static,
    ) -> Result<Self, String> {
        let refused = |_| "The browser refuses to send to this address.".to_owned();
        let request = XmlHttpRequest::new().map_err(refused)?;
        request.open_with_async("PUT", address, true).map_err(refused)?;
        let upload = request.upload().map_err(refused)?;
        let progress = on_event.clone();
        let file = blob.clone();
        let ended = request.clone();
        let listeners = vec![
            EventListener::new(&upload, "progress", move |event| {
                if let Some(event) = event.dyn_ref::<ProgressEvent>() {
                    progress(Event::Progress { sent: whole(event.loaded()) });
                }
            }),
            EventListener::new(&request, "loadend", move |_| {
                let (request, file, on_event) = (ended.clone(), file.clone(), on_event.clone());
                // Whether the file is still what it was can only be told by reading it.
                spawn_local(async move { on_event(answer(&request, is_intact(&file).await)) });
            }),
        ];
        request.send_with_opt_blob(Some(blob)).map_err(refused)?;
        Ok(Self { request, _listeners: listeners })
    }
}

fn answer(request: &XmlHttpRequest, file_intact: bool) -> Event {
    Event::Answered {
        status: request.status().unwrap_or(0),
        etag: request.get_response_header("etag").ok().flatten(),
        body: request.response_text().ok().flatten().unwrap_or_default(),
        online: web_sys::window().is_none_or(|window| window.navigator().on_line()),
        file_intact,
    }
}

/// Whether `blob` can still be read: a file that was changed or removed since it was picked cannot.
pub async fn is_intact(blob: &web_sys::Blob) -> bool {
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
        // The listeners go with this value, so an abort fires nothing.
        let _ = self.request.abort();
    }
}
