//! The upload of one file, in a worker of its own.

use super::context::Shared;
use super::unfinished::UseUnfinished;
use crate::browser::file::Piece;
use crate::browser::language::texts;
use crate::browser::uploader::Uploader;
use crate::browser::{attention, handle};
use crate::present::block::{Block, Tone};
use crate::present::upload::{Destination, Phase, Sent};
use crate::present::{Errand, Steer, Told};
use crate::text::fill;
use crate::text::language::Language;
use crate::upload::settings::Pace;
use std::rc::Rc;
use yew::prelude::*;

/// The upload, and the ways to change its course.
#[derive(Clone, PartialEq)]
pub(super) struct UseUpload {
    pub(super) sent: Option<Shared<Sent>>,
    /// What is sent, or was last.
    pub(super) current: Option<Order>,
    /// Sends the file, or goes on with the upload that waits.
    pub(super) send: Callback<Order>,
    pub(super) steer: Callback<Steer>,
}

/// What is to be sent.
#[derive(Clone, PartialEq)]
pub(super) struct Order {
    /// Where it goes, and by what.
    pub(super) errand: Errand,
    /// Its bytes.
    pub(super) piece: Piece,
    /// What the form said of where it goes, which may be another place.
    pub(super) form: Destination,
}

impl Order {
    /// Whether it goes to the same bucket and key.
    pub(super) fn is_for(&self, destination: &Destination) -> bool {
        let own = &self.errand.destination;
        (&own.bucket, &own.key) == (&destination.bucket, &destination.key)
    }
}

impl UseUpload {
    /// How far it has come.
    pub(super) fn phase(&self) -> Phase {
        self.sent.as_ref().map_or(Phase::Idle, |sent| sent.phase)
    }

    /// The upload that waits for the person, and where it goes on to. The form's word counts where the person has changed
    /// it since and nothing is in the bucket yet; what is chosen in the form may be another disk by now.
    pub(super) fn waiting(&self, chosen: Option<&Piece>, form: &Destination) -> Option<Order> {
        let mut order = self.current.clone().filter(|_| self.phase() == Phase::Held)?;
        let is_placed = self.sent.as_ref().is_some_and(|sent| sent.is_placed);
        if !is_placed && chosen == Some(&order.piece) && *form != order.form {
            order.errand.destination.clone_from(form);
        }
        Some(order)
    }
}

/// Whether an upload in this phase has begun and not ended.
pub(super) fn is_open(phase: Phase) -> bool {
    matches!(phase, Phase::Sending | Phase::Paused | Phase::Held | Phase::Cancelling)
}

/// Uploads one file at a time; leaving the page meanwhile is asked about by the browser, and the screen stays awake while
/// bytes are sent. `unfinished` hears what is kept of it. Once what it was signed by `is_forgotten`, an upload that has
/// ended leaves nothing of that in its worker.
#[hook]
pub(super) fn use_upload(
    language: Language,
    unfinished: &UseUnfinished,
    pace: Option<Pace>,
    notify: Option<bool>,
    is_forgotten: bool,
) -> UseUpload {
    let sent = use_state_eq(|| None::<Shared<Sent>>);
    let current = use_state_eq(|| None::<Order>);
    let uploader = use_mut_ref(|| None::<Uploader>);
    let phase = sent.as_ref().map_or(Phase::Idle, |sent| sent.phase);
    let say = {
        let setter = sent.setter();
        move |phase, blocks| setter.set(Some(Shared::new(Sent::of(phase, blocks))))
    };
    let send = {
        let (setter, uploader, say) = (sent.setter(), Rc::clone(&uploader), say.clone());
        let (heard, current) = (unfinished.heard.clone(), current.setter());
        use_callback(phase, move |mut order: Order, phase| {
            let (setter, failed, heard) = (setter.clone(), say.clone(), heard.clone());
            let told = move |told, beside| match told {
                Told::Sent(sent) => setter.set(Some(Shared::new(sent))),
                Told::Kept(list) => heard.emit((list, beside)),
                Told::Failed(reason) | Told::Stopped(reason) => {
                    failed(Phase::Failed, vec![Block::led(Tone::Bad, texts().upload_stopped, reason)]);
                }
                _ => {}
            };
            let is_held = *phase == Phase::Held;
            let waiting = uploader.take().filter(|_| is_held).map(Ok);
            let handed = waiting.unwrap_or_else(|| Uploader::start(told)).and_then(|started| {
                let piece = &order.piece;
                started.send(
                    order.errand.clone(),
                    &piece.blob,
                    &handle::of(&piece.picked, piece.modified),
                )?;
                uploader.replace(Some(started));
                // The key to the bucket is the worker's from here on.
                order.errand.pasted = String::new();
                Ok(order)
            });
            match handed {
                Ok(order) => {
                    current.set(Some(order));
                    // One that waits says by itself whether it goes on.
                    if !is_held {
                        say(Phase::Sending, Vec::new());
                    }
                }
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
    {
        let uploader = Rc::clone(&uploader);
        use_effect_with(is_forgotten && !is_open(phase), move |is_forgotten| {
            if *is_forgotten {
                uploader.replace(None);
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
    use_effect_with(phase == Phase::Sending, |is_sending| {
        let awake = is_sending.then(attention::keep_awake);
        move || drop(awake)
    });
    {
        let stretch = current.as_ref().map(|current| current.piece.stretch());
        let unfinished = unfinished.clone();
        use_effect_with((is_open(phase), stretch), move |(open, stretch)| {
            if let Some(stretch) = stretch {
                unfinished.note_busy(stretch, *open);
            }
        });
    }
    {
        let (name, steer) = (current.as_ref().map(|current| current.errand.name.clone()), steer.clone());
        use_effect_with((phase, name), move |(phase, name)| {
            if let (Some(true), Some(name)) = (notify, name) {
                tell_elsewhere(*phase, name);
            }
        });
        use_effect_with((pace, is_open(phase)), move |(pace, open)| {
            if let (Some(pace), true) = (pace, open) {
                steer.emit(Steer::Pace(*pace));
            }
        });
    }
    use_asking(notify);
    UseUpload { sent: (*sent).clone(), current: (*current).clone(), send, steer }
}

/// Tells a person who is looking elsewhere what has come of the upload.
fn tell_elsewhere(phase: Phase, name: &str) {
    let text = match phase {
        Phase::Done => texts().notify_done,
        Phase::Held => texts().notify_held,
        Phase::Failed => texts().notify_failed,
        _ => return,
    };
    attention::notify(&fill(text, &[("name", name)]));
}

/// Asks for leave to notify when the person has just said that they want it, and not when that was kept.
#[hook]
fn use_asking(notify: Option<bool>) {
    let before = use_mut_ref(|| None::<bool>);
    use_effect_with(notify, move |notify| {
        if before.replace(*notify) == Some(false) && *notify == Some(true) {
            attention::ask_to_notify();
        }
    });
}

/// Asks before the page is left, as long as the listener lives.
fn warn_before_leaving() -> Option<gloo::events::EventListener> {
    let window = web_sys::window()?;
    let options = gloo::events::EventListenerOptions::enable_prevent_default();
    Some(gloo::events::EventListener::new_with_options(&window, "beforeunload", options, |event| {
        event.prevent_default();
    }))
}
