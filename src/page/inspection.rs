//! The inspection of the files that were picked: started, refined, cancelled.

use super::context::Shared;
use crate::browser::inspector::Inspector;
use crate::present::{Inspected, Progress, Told};
use crate::text::language::Language;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::File;
use yew::prelude::*;

/// Where the inspection stands.
#[derive(Clone, PartialEq, Default)]
pub(super) enum Inspection {
    /// No file yet.
    #[default]
    None,
    /// The worker is reading; nothing is known yet.
    Reading(Picked),
    /// There is a verdict, from the first pass or from both.
    Known(Picked, Shared<Inspected>, SecondPass),
    /// The person stopped it before there was a verdict.
    Stopped(Picked),
    /// The file could not be read.
    Failed(Picked, String),
}

/// Where the second pass stands, which reads what needs many reads.
#[derive(Clone, PartialEq)]
pub(super) enum SecondPass {
    /// At work.
    Running,
    /// The report is all that the bytes allow.
    Finished,
    /// The person stopped it.
    Stopped,
    /// It failed; a sentence.
    Failed(String),
    /// It has finished, and the appliance is being compared with its manifest; how much of a hundred is done.
    Verifying(u64),
}

/// The files that were picked together.
#[derive(Clone, PartialEq)]
pub(super) struct Picked {
    /// The one that is meant, first.
    pub(super) files: Rc<Vec<File>>,
}

impl Picked {
    /// The one that `report` is about: of a descriptor and its extents, the descriptor.
    pub(super) fn reported(&self, name: Option<&str>) -> Option<&File> {
        let named = |file: &&File| name.is_some_and(|name| name == file.name());
        self.files.iter().find(named).or_else(|| self.main())
    }

    /// The one that is meant.
    pub(super) fn main(&self) -> Option<&File> {
        self.files.first()
    }
}

impl Inspection {
    /// The files, once some were picked.
    pub(super) fn picked(&self) -> Option<&Picked> {
        match self {
            Self::None => None,
            Self::Reading(picked)
            | Self::Known(picked, ..)
            | Self::Stopped(picked)
            | Self::Failed(picked, _) => Some(picked),
        }
    }

    /// What is known.
    pub(super) fn inspected(&self) -> Option<&Shared<Inspected>> {
        match self {
            Self::Known(_, inspected, _) => Some(inspected),
            _ => None,
        }
    }

    /// Whether the worker is still at work.
    pub(super) fn is_running(&self) -> bool {
        matches!(self, Self::Reading(_) | Self::Known(_, _, SecondPass::Running | SecondPass::Verifying(_)))
    }
}

/// The inspection, and the ways to start and to stop it.
#[derive(Clone, PartialEq)]
pub(super) struct UseInspection {
    pub(super) state: Inspection,
    pub(super) start: Callback<Vec<File>>,
    pub(super) stop: Callback<()>,
    /// Compares an appliance with its manifest.
    pub(super) verify: Callback<MouseEvent>,
}

enum Change {
    Start(Picked),
    Told(Told),
    Stop,
}

#[derive(Clone, PartialEq, Default)]
struct State(Inspection);

impl Reducible for State {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let picked = self.0.picked().cloned();
        let next = match (change, picked) {
            (Change::Start(picked), _) => Inspection::Reading(picked),
            (Change::Told(Told::First(first)), Some(picked)) => {
                Inspection::Known(picked, Shared(first.into()), SecondPass::Running)
            }
            (Change::Told(Told::Verifying(progress)), Some(picked)) => match self.0.inspected() {
                Some(inspected) => {
                    let hundredths = progress.done.saturating_mul(100) / progress.total.max(1);
                    Inspection::Known(picked, inspected.clone(), SecondPass::Verifying(hundredths))
                }
                None => self.0.clone(),
            },
            (Change::Told(Told::Complete(complete) | Told::Verified(complete)), Some(picked)) => {
                Inspection::Known(picked, Shared(complete.into()), SecondPass::Finished)
            }
            (Change::Told(Told::Again(again)), Some(picked)) => match &self.0 {
                Inspection::Known(_, _, pass) => {
                    Inspection::Known(picked, Shared(again.into()), pass.clone())
                }
                other => other.clone(),
            },
            // The first verdict stays when only the second pass fails or is stopped.
            (Change::Told(Told::Failed(reason) | Told::Stopped(reason)), Some(picked)) => match self
                .0
                .inspected()
            {
                Some(inspected) => Inspection::Known(picked, inspected.clone(), SecondPass::Failed(reason)),
                None => Inspection::Failed(picked, reason),
            },
            (Change::Told(_), Some(_)) => self.0.clone(),
            (Change::Stop, Some(picked)) => match self.0.inspected() {
                Some(inspected) => Inspection::Known(picked, inspected.clone(), SecondPass::Stopped),
                None => Inspection::Stopped(picked),
            },
            (_, None) => Inspection::None,
        };
        Rc::new(Self(next))
    }
}

/// Inspects files in a worker of their own. Starting anew or stopping ends the worker before.
#[hook]
pub(super) fn use_inspection(language: Language) -> UseInspection {
    let state = use_reducer(State::default);
    let worker = use_mut_ref(|| None::<Inspector>);
    let start = {
        let (dispatcher, worker) = (state.dispatcher(), Rc::clone(&worker));
        use_callback((), move |files: Vec<File>, ()| {
            if files.is_empty() {
                return;
            }
            dispatcher.dispatch(Change::Start(Picked { files: Rc::new(files.clone()) }));
            if let Err(reason) = hand_over(&worker, &files, &dispatcher, Inspector::inspect) {
                dispatcher.dispatch(Change::Told(Told::Failed(reason)));
            }
        })
    };
    let stop = {
        let (dispatcher, worker) = (state.dispatcher(), Rc::clone(&worker));
        use_callback((), move |(), ()| {
            worker.replace(None);
            dispatcher.dispatch(Change::Stop);
        })
    };
    {
        let worker = Rc::clone(&worker);
        use_effect_with(language, move |_| {
            if let Some(worker) = worker.borrow().as_ref() {
                // One that hears nothing any more has said so.
                let _ = worker.say_again();
            }
        });
    }
    let verify = {
        let (dispatcher, worker, picked) = (state.dispatcher(), worker, state.0.picked().cloned());
        Callback::from(move |_| {
            let Some(picked) = &picked else { return };
            let begun = Told::Verifying(Progress { done: 0, total: 1 });
            dispatcher.dispatch(Change::Told(begun));
            if let Err(reason) = hand_over(&worker, &picked.files, &dispatcher, Inspector::verify) {
                dispatcher.dispatch(Change::Told(Told::Failed(reason)));
            }
        })
    };
    UseInspection { state: state.0.clone(), start, stop, verify }
}

/// Hands the files to the worker that is there, or to a new one in place of one that is still busy with others.
fn hand_over(
    worker: &RefCell<Option<Inspector>>,
    files: &[File],
    dispatcher: &UseReducerDispatcher<State>,
    ask: fn(&Inspector, &[File]) -> Result<(), String>,
) -> Result<(), String> {
    let idle = worker.take().filter(|worker| !worker.is_busy());
    let inspector = if let Some(inspector) = idle {
        inspector
    } else {
        let answers = dispatcher.clone();
        Inspector::start(move |told| answers.dispatch(Change::Told(told)))?
    };
    ask(&inspector, files)?;
    worker.replace(Some(inspector));
    Ok(())
}
