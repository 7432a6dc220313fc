//! The upload of one file by one PUT: the state machine of `upload::single`, driven by the browser.

use crate::browser::document::now;
use crate::browser::file::size_of;
use crate::browser::put::Put;
use crate::upload::single::{Event, State};
use std::rc::Rc;
use web_sys::File;
use yew::prelude::*;

/// The upload, and the ways to start and to stop it.
#[derive(Clone, PartialEq)]
pub(super) struct UseUpload {
    pub(super) state: State,
    /// Sends the file to the address.
    pub(super) start: Callback<(String, File)>,
    pub(super) cancel: Callback<()>,
    /// Forgets the last result, when another file or address has taken the place of what it was about.
    pub(super) reset: Callback<()>,
}

#[derive(Clone, PartialEq, Default)]
struct Upload(State);

impl Reducible for Upload {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        Rc::new(Self(self.0.clone().after(event, now())))
    }
}

/// Uploads one file at a time; leaving the page meanwhile is asked about by the browser.
#[hook]
pub(super) fn use_upload() -> UseUpload {
    let upload = use_reducer(Upload::default);
    let request = use_mut_ref(|| None::<Put>);
    let start = {
        let (dispatcher, request) = (upload.dispatcher(), Rc::clone(&request));
        use_callback((), move |(address, file): (String, File), ()| {
            dispatcher.dispatch(Event::Started { total: size_of(&file) });
            let events = dispatcher.clone();
            match Put::start(&address, &file, move |event| events.dispatch(event)) {
                Ok(started) => {
                    request.replace(Some(started));
                }
                Err(reason) => dispatcher.dispatch(Event::Refused { reason }),
            }
        })
    };
    let cancel = {
        let dispatcher = upload.dispatcher();
        use_callback((), move |(), ()| {
            request.replace(None);
            dispatcher.dispatch(Event::Cancel);
        })
    };
    use_effect_with(matches!(upload.0, State::Sending(_)), |sending| {
        let warning = sending.then(warn_before_leaving);
        move || drop(warning)
    });
    let reset = {
        let dispatcher = upload.dispatcher();
        use_callback((), move |(), ()| dispatcher.dispatch(Event::Reset))
    };
    UseUpload { state: upload.0.clone(), start, cancel, reset }
}

/// Asks before the page is left, as long as the listener lives.
fn warn_before_leaving() -> Option<gloo::events::EventListener> {
    let window = web_sys::window()?;
    let options = gloo::events::EventListenerOptions::enable_prevent_default();
    Some(gloo::events::EventListener::new_with_options(&window, "beforeunload", options, |event| {
        event.prevent_default();
    }))
}
