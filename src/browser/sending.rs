//! The worker's end of an upload: hears what to send where, and says how it stands.
//!
//! It is the only program that may reach S3. The URL, which is a key to the bucket, lives in its memory alone, and ends
//! with it.

use super::locale::Intl;
use super::put::Put;
use super::serving::{listen, tell};
use crate::present::upload::{Destination, shown};
use crate::present::{Ask, Told};
use crate::text::upload::ENGLISH;
use crate::upload::single::{Event, State};
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Blob;

/// How often the page hears of progress at most, in milliseconds: the browser says it 20 times a second.
const SAID_EVERY: f64 = 100.0;

/// Sends files for as long as the worker lives. Cancelling is ending the worker, which aborts the request.
pub fn serve() {
    let request = Rc::new(RefCell::new(None::<Put>));
    listen(move |ask, files| match (ask, files.into_iter().next()) {
        (Ask::Send { url, name, destination }, Some(file)) => {
            *request.borrow_mut() = send(&url, &file, name, destination);
        }
        _ => tell(&Told::Failed("This worker sends files only.".into())),
    });
}

fn send(url: &str, file: &Blob, name: String, destination: Destination) -> Option<Put> {
    let state = Rc::new(RefCell::new((State::Idle, f64::NEG_INFINITY)));
    let heard = move |event: Event| {
        let now = js_sys::Date::now();
        let mut kept = state.borrow_mut();
        let is_progress = matches!(event, Event::Progress { .. });
        kept.0 = std::mem::take(&mut kept.0).after(event, now);
        if !is_progress || now - kept.1 >= SAID_EVERY {
            kept.1 = now;
            tell(&Told::Sent(shown(&ENGLISH, &Intl, &kept.0, &name, &destination)));
        }
    };
    heard(Event::Started { total: super::file::size_of(file) });
    match Put::start(url, file, heard.clone()) {
        Ok(request) => Some(request),
        Err(reason) => {
            heard(Event::Refused { reason });
            None
        }
    }
}
