//! The upload of one file, in a worker of its own.

use super::context::Shared;
use crate::browser::uploader::Uploader;
use crate::present::Told;
use crate::present::block::{Block, Tone};
use crate::present::upload::{Destination, Phase, Sent};
use crate::text::page::ENGLISH;
use std::rc::Rc;
use web_sys::File;
use yew::prelude::*;

/// The upload, and the ways to start and to stop it.
#[derive(Clone, PartialEq)]
pub(super) struct UseUpload {
    pub(super) sent: Option<Shared<Sent>>,
    /// Sends the file by the URL.
    pub(super) start: Callback<(String, File, Destination)>,
    pub(super) cancel: Callback<()>,
}

impl UseUpload {
    /// How far it has come.
    pub(super) fn phase(&self) -> Phase {
        self.sent.as_ref().map_or(Phase::Idle, |sent| sent.phase)
    }
}

/// Uploads one file at a time; leaving the page meanwhile is asked about by the browser.
#[hook]
pub(super) fn use_upload() -> UseUpload {
    let sent = use_state_eq(|| None::<Shared<Sent>>);
    let uploader = use_mut_ref(|| None::<Uploader>);
    let say = {
        let setter = sent.setter();
        move |phase, block| setter.set(Some(Shared::new(Sent { phase, blocks: vec![block] })))
    };
    let start = {
        let (setter, uploader, say) = (sent.setter(), Rc::clone(&uploader), say.clone());
        use_callback((), move |(url, file, destination): (String, File, Destination), ()| {
            let (setter, failed) = (setter.clone(), say.clone());
            let told = move |told| match told {
                Told::Sent(sent) => setter.set(Some(Shared::new(sent))),
                Told::Failed(reason) | Told::Stopped(reason) => {
                    failed(Phase::Failed, Block::led(Tone::Bad, ENGLISH.upload_stopped, reason));
                }
                _ => {}
            };
            match Uploader::start(&url, &file.name(), &file, destination, told) {
                Ok(started) => {
                    uploader.replace(Some(started));
                }
                Err(reason) => say(Phase::Failed, Block::toned(Tone::Bad, reason)),
            }
        })
    };
    let cancel = use_callback((), move |(), ()| {
        uploader.replace(None);
        say(Phase::Cancelled, Block::toned(Tone::Note, ENGLISH.upload_cancelled));
    });
    let sending = sent.as_ref().is_some_and(|sent| sent.phase == Phase::Sending);
    use_effect_with(sending, |sending| {
        let warning = sending.then(warn_before_leaving);
        move || drop(warning)
    });
    UseUpload { sent: (*sent).clone(), start, cancel }
}

/// Asks before the page is left, as long as the listener lives.
fn warn_before_leaving() -> Option<gloo::events::EventListener> {
    let window = web_sys::window()?;
    let options = gloo::events::EventListenerOptions::enable_prevent_default();
    Some(gloo::events::EventListener::new_with_options(&window, "beforeunload", options, |event| {
        event.prevent_default();
    }))
}
