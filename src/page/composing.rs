//! The request, written anew with each change of the plan or the image.

use super::context::{PlanState, Shared};
use crate::browser::composer::{Answer, Compose};
use crate::browser::{document, storage};
use crate::plan::Plan;
use crate::present::upload::{Target, UploadEntry};
use crate::present::{Ask, ImageFacts, Pasted, Situation, Told, Written};
use crate::text::language::Language;
use std::rc::Rc;
use yew::prelude::*;

/// What is known of the request.
#[derive(Clone, PartialEq, Default)]
pub(super) struct Composed {
    /// As it was last written.
    pub(super) written: Option<Shared<Written>>,
    /// Where the upload goes, taken out of it: that changes with the time, too.
    pub(super) target: Option<Shared<Target>>,
    /// Whether something else has been pasted to upload by since.
    pub(super) is_outdated: bool,
    /// Why it cannot be written; what the browser says of it.
    pub(super) failed: Option<String>,
    /// What was made of what was pasted last.
    pub(super) pasted: Option<Shared<Pasted>>,
    /// How many texts have been pasted and understood or not; what is said again in another language is none.
    pub(super) pastes: u32,
    /// Whether what was pasted last is still to be answered: what is only said again in another language changes
    /// nothing.
    is_awaited: bool,
}

/// What is known of the images, for the request.
#[derive(Clone, PartialEq)]
pub(super) struct Images {
    /// The one that is chosen.
    pub(super) chosen: Option<ImageFacts>,
    /// The disks of the machine, where several images are one.
    pub(super) disks: Vec<ImageFacts>,
}

pub(super) enum Change {
    Told(Told),
    /// What an upload is to be made by is not what it was.
    Outdate,
    /// A text has been pasted.
    Paste,
    /// The pasted text has been taken away again.
    Unpaste,
}

impl Reducible for Composed {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut next = (*self).clone();
        match change {
            Change::Told(Told::Written(mut written)) => {
                let target = Some(Shared::new(std::mem::take(&mut written.target)));
                next = Self {
                    written: Some(Shared(written.into())),
                    target,
                    failed: None,
                    is_outdated: false,
                    ..next
                };
            }
            Change::Told(Told::Aimed(target)) => {
                next = Self { target: Some(Shared(target.into())), is_outdated: false, ..next };
            }
            Change::Outdate => next.is_outdated = true,
            Change::Told(Told::Pasted(pasted)) => {
                if std::mem::take(&mut next.is_awaited) {
                    next.pastes = next.pastes.wrapping_add(1);
                }
                next.pasted = Some(Shared::new(pasted));
            }
            Change::Told(Told::Failed(reason) | Told::Stopped(reason)) => {
                // What was written last stays: what is entered next is written by a new worker.
                next = Self { failed: Some(reason), is_awaited: false, ..next };
            }
            Change::Told(_) => return self,
            Change::Paste => next.is_awaited = true,
            Change::Unpaste => next = Self { pasted: None, is_awaited: false, ..next },
        }
        Rc::new(next)
    }
}

/// Writes the request once `wanted`: until then the program that does it is not even loaded. Whenever the number in it
/// changes, what is said of the upload is brought up to the time.
#[hook]
pub(super) fn use_composed(
    compose: &Compose,
    language: Language,
    plan: PlanState,
    images: Images,
    upload: UploadEntry,
    wanted: Option<u32>,
) -> (Composed, Callback<String>) {
    let state = use_reducer(Composed::default);
    let answer = use_mut_ref(|| None::<Answer>);
    let last = use_mut_ref(|| None::<(String, Plan)>);
    let ask = {
        let (compose, dispatcher) = (compose.clone(), state.dispatcher());
        Rc::new(move |ask: Ask| {
            let begun = answer.borrow().clone();
            let answer = begun.unwrap_or_else(|| {
                let dispatcher = dispatcher.clone();
                let begun = (compose.0)(Rc::new(move |told| {
                    if let Told::Written(written) = &told {
                        storage::save(&written.draft);
                    }
                    dispatcher.dispatch(Change::Told(told));
                }));
                answer.replace(Some(Rc::clone(&begun)));
                begun
            });
            answer(ask);
        })
    };
    let paste = {
        let (ask, dispatcher, last) = (Rc::clone(&ask), state.dispatcher(), Rc::clone(&last));
        use_callback(plan.clone(), move |text: String, plan| {
            if text.trim().is_empty() {
                last.replace(None);
                dispatcher.dispatch(Change::Unpaste);
            } else {
                last.replace(Some((text.clone(), plan.0.plan.clone())));
                dispatcher.dispatch(Change::Paste);
                ask(Ask::Paste { text, plan: Box::new(plan.0.plan.clone()) });
            }
        })
    };
    {
        let ask = Rc::clone(&ask);
        use_effect_with(language, move |_| {
            if let Some((text, plan)) = last.borrow().clone() {
                ask(Ask::Paste { text, plan: Box::new(plan) });
            }
        });
    }
    let written = use_mut_ref(|| None::<Situation>);
    let outdate = state.dispatcher();
    {
        let (ask, written) = (Rc::clone(&ask), Rc::clone(&written));
        use_effect_with(wanted, move |tick| {
            let before = written.borrow().clone();
            if let (Some(1..), Some(before)) = (tick, before) {
                ask(Ask::Aim(Box::new(Situation { now: document::now_in_seconds(), ..before })));
            }
        });
    }
    use_effect_with((plan, images, upload, wanted.is_some(), language), move |now| {
        let (plan, images, upload, is_wanted, _) = now;
        if *is_wanted {
            let situation = Situation {
                plan: plan.0.plan.clone(),
                image: images.chosen.clone(),
                disks: images.disks.clone(),
                upload: upload.clone(),
                now: document::now_in_seconds(),
            };
            let before = written.replace(Some(situation.clone()));
            if before.is_some_and(|before| before.upload.url != situation.upload.url) {
                outdate.dispatch(Change::Outdate);
            }
            ask(Ask::Write(Box::new(situation)));
        }
    });
    ((*state).clone(), paste)
}
