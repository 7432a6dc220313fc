//! One request, with progress. `fetch` has none for uploads, so this is XMLHttpRequest.

use super::file::slice;
use crate::upload::answers::Response;
use crate::upload::exchange::{Body, HttpRequest};
use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};

/// What becomes of a request.
pub(super) enum Course {
    /// So many bytes of its body have been sent, or of a long answer have come.
    Progress(u64),
    /// It was answered.
    Answered(Response),
    /// The browser shows no answer.
    Unanswered,
}

/// A request under way. Dropping it breaks it off, and nothing more is heard of it.
pub(super) struct Request {
    request: XmlHttpRequest,
    listeners: Vec<EventListener>,
}

impl Request {
    /// Sends `http`, with bytes of `file` where it brings any.
    ///
    /// # Errors
    /// The browser's own, when it refuses the address or the file.
    pub(super) fn start(
        http: &HttpRequest,
        file: &Blob,
        heard: impl Fn(Course) + Clone + 'static,
    ) -> Result<Self, JsValue> {
        let request = XmlHttpRequest::new()?;
        request.open_with_async(http.method, http.url.expose(), true)?;
        for (name, value) in &http.headers {
            request.set_request_header(name, value)?;
        }
        let (progress, ended) = (heard.clone(), request.clone());
        let end = EventListener::new(&request, "loadend", move |_| heard(end_of(&ended)));
        // A listener on the upload makes the browser ask for leave even where it need not: only where bytes are sent.
        let moved = match http.body {
            Body::Slice(_) => EventListener::new(&*request.upload()?, "progress", told(progress)),
            _ => EventListener::new(&request, "progress", told(progress)),
        };
        let started = Self { listeners: vec![end, moved], request };
        match &http.body {
            Body::Nothing => started.request.send()?,
            Body::Text(text) => started.request.send_with_opt_str(Some(text))?,
            Body::Slice(range) => {
                started.request.send_with_opt_blob(Some(&slice(file, range.start, range.end)?))?;
            }
        }
        Ok(started)
    }
}

fn told(heard: impl Fn(Course) + 'static) -> impl FnMut(&web_sys::Event) + 'static {
    move |event| {
        if let Some(event) = event.dyn_ref::<ProgressEvent>() {
            heard(Course::Progress(whole(event.loaded())));
        }
    }
}

fn end_of(request: &XmlHttpRequest) -> Course {
    match request.status() {
        Ok(status) if status > 0 => {
            // All at once: asking for a header that is not exposed is noted on the console as a fault.
            let headers = request.get_all_response_headers().unwrap_or_default();
            let header = |name: &str| {
                let of = |line: &str| {
                    let (own, value) = line.split_once(':')?;
                    own.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
                };
                headers.lines().find_map(of)
            };
            let body = request.response_text().ok().flatten().unwrap_or_default();
            Course::Answered(Response::read(status, header, body))
        }
        _ => Course::Unanswered,
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bytes sent, below 2^53")]
fn whole(value: f64) -> u64 {
    value as u64
}

impl Drop for Request {
    fn drop(&mut self) {
        // An abort fires `loadend` at once: nobody is to hear it.
        self.listeners.clear();
        let _ = self.request.abort();
    }
}
