//! The upload of one file, in a worker of its own.

use super::context::Shared;
use crate::browser::file::Piece;
use crate::browser::storage;
use crate::browser::uploader::Uploader;
use crate::present::block::{Block, Tone};
use crate::present::upload::{Phase, Sent};
use crate::present::{Errand, Steer, Told};
use crate::text::language::Language;
use crate::text::page::PageTexts;
use std::cell::Cell;
use std::rc::Rc;
use yew::prelude::*;

/// The upload, and the ways to change its course.
#[derive(Clone, PartialEq)]
pub(super) struct UseUpload {
    pub(super) sent: Option<Shared<Sent>>,
    /// Sends the file, or goes on with the upload that waits.
    pub(super) send: Callback<(Errand, Piece)>,
    pub(super) steer: Callback<Steer>,
}

impl UseUpload {
    /// How far it has come.
    pub(super) fn phase(&self) -> Phase {
        self.sent.as_ref().map_or(Phase::Idle, |sent| sent.phase)
    }
}

/// Whether an upload in this phase has begun and not ended.
pub(super) fn is_open(phase: Phase) -> bool {
    matches!(phase, Phase::Sending | Phase::Paused | Phase::Held | Phase::Cancelling)
}

/// Uploads one file at a time; leaving the page meanwhile is asked about by the browser. `changed` hears when what is
/// kept of it may be of use to the person.
#[hook]
pub(super) fn use_upload(language: Language, changed: Callback<()>) -> UseUpload {
    let sent = use_state_eq(|| None::<Shared<Sent>>);
    let uploader = use_mut_ref(|| None::<Uploader>);
    let phase = sent.as_ref().map_or(Phase::Idle, |sent| sent.phase);
    let say = {
        let setter = sent.setter();
        move |phase, blocks| setter.set(Some(Shared::new(Sent { phase, blocks, proposals: Vec::new() })))
    };
    let send = {
        let (setter, uploader, say) = (sent.setter(), Rc::clone(&uploader), say.clone());
        use_callback(phase, move |(errand, file): (Errand, Piece), phase| {
            let (setter, failed, changed, kept) =
                (setter.clone(), say.clone(), changed.clone(), file.clone());
            let last = Rc::new(Cell::new(Phase::Sending));
            let told = move |told| match told {
                Told::Sent(sent) => {
                    if last.replace(sent.phase) != sent.phase {
                        changed.emit(());
                    }
                    setter.set(Some(Shared::new(sent)));
                }
                Told::Keep(record) => storage::keep_upload_record(&kept, &record),
                Told::Failed(reason) | Told::Stopped(reason) => {
                    failed(Phase::Failed, vec![Block::led(Tone::Bad, texts().upload_stopped, reason)]);
                }
                _ => {}
            };
            let waiting = uploader.take().filter(|_| *phase == Phase::Held).map(Ok);
            let handed = waiting.unwrap_or_else(|| Uploader::start(told)).and_then(|started| {
                started.send(errand, &file.blob)?;
                uploader.replace(Some(started));
                Ok(())
            });
            match handed {
                Ok(()) if *phase == Phase::Held => {}
                Ok(()) => say(Phase::Sending, Vec::new()),
                Err(reason) => say(Phase::Failed, vec![Block::toned(Tone::Bad, reason)]),
            }
        })
    };
    {
        let uploader = Rc::clone(&uploader);
        use_effect_with(language, move |_| {
            if let Some(uploader) = uploader.borrow().as_ref() {
                // One that hears nothing any more has said so.
                let _ = uploader.say_again();
            }
        });
    }
    let steer = use_callback(phase, move |steer, phase| {
        let gone = match uploader.borrow().as_ref() {
            // Who cancels twice does not wait until what has arrived is removed.
            Some(_) if steer == Steer::Cancel && *phase == Phase::Cancelling => true,
            Some(uploader) => uploader.steer(steer).is_err(),
            None => true,
        };
        if gone {
            uploader.replace(None);
            say(Phase::Cancelled, vec![Block::toned(Tone::Warn, texts().upload_broken_off)]);
        }
    });
    use_effect_with(is_open(phase), |open| {
        let warning = open.then(warn_before_leaving);
        move || drop(warning)
    });
    UseUpload { sent: (*sent).clone(), send, steer }
}

fn texts() -> &'static PageTexts {
    PageTexts::of(crate::browser::language::current())
}

/// Asks before the page is left, as long as the listener lives.
fn warn_before_leaving() -> Option<gloo::events::EventListener> {
    let window = web_sys::window()?;
    let options = gloo::events::EventListenerOptions::enable_prevent_default();
    Some(gloo::events::EventListener::new_with_options(&window, "beforeunload", options, |event| {
        event.prevent_default();
    }))
}
