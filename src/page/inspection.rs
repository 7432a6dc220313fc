//! The inspection of the files that were picked: started, refined, cancelled.

use super::context::Shared;
use crate::browser::inspector::Inspector;
use crate::present::{Inspected, InspectedSet, Progress, Told};
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
    Known(Picked, Shared<InspectedSet>, SecondPass),
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
    /// It has finished; the comparison was stopped, or failed: a sentence.
    Unverified(Option<String>),
}

/// The files that were picked together.
#[derive(Clone, PartialEq)]
pub(super) struct Picked {
    /// In the order in which they came.
    pub(super) files: Rc<Vec<File>>,
}

impl Picked {
    /// The one that an image was read from: of a descriptor and its extents, the descriptor.
    pub(super) fn file_of(&self, image: Option<&Inspected>) -> Option<&File> {
        match image {
            Some(image) => self.files.get(image.file),
            None => self.files.first(),
        }
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
    pub(super) fn inspected(&self) -> Option<&Shared<InspectedSet>> {
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
    /// Which of several images the verdict and the requests are about.
    pub(super) chosen: usize,
    pub(super) start: Callback<Vec<File>>,
    pub(super) stop: Callback<()>,
    pub(super) choose: Callback<usize>,
    /// Compares an appliance with its manifest.
    pub(super) verify: Callback<MouseEvent>,
}

impl UseInspection {
    /// What is known of the image that is chosen.
    pub(super) fn image(&self) -> Option<&Inspected> {
        self.state.inspected().and_then(|set| set.images.get(self.chosen).or_else(|| set.images.first()))
    }

    /// The file that is chosen.
    pub(super) fn file(&self) -> Option<&File> {
        self.state.picked().and_then(|picked| picked.file_of(self.image()))
    }

    /// The files that were picked before, and `more`: other disks of the machine, or a missing extent.
    pub(super) fn with_files(&self, more: Vec<File>) -> Vec<File> {
        let before = self.state.picked().map(|picked| picked.files.to_vec());
        before.into_iter().flatten().chain(more).collect()
    }
}

enum Change {
    Start(Picked),
    Told(Told),
    Stop,
    Choose(usize),
}

#[derive(Clone, PartialEq, Default)]
struct State {
    inspection: Inspection,
    chosen: usize,
}

impl Reducible for State {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let chosen = match &change {
            Change::Start(_) => 0,
            Change::Choose(chosen) => *chosen,
            _ => self.chosen,
        };
        Rc::new(Self { inspection: self.inspection.after(change), chosen })
    }
}

impl Inspection {
    fn after(&self, change: Change) -> Self {
        let picked = self.picked().cloned();
        match (change, picked) {
            (Change::Start(picked), _) => Self::Reading(picked),
            (Change::Choose(_), _) => self.clone(),
            (Change::Told(Told::First(first)), Some(picked)) => {
                Self::Known(picked, Shared(first.into()), SecondPass::Running)
            }
            (Change::Told(Told::Verifying(progress)), Some(picked)) => match self.inspected() {
                Some(inspected) => {
                    let hundredths = progress.done.saturating_mul(100) / progress.total.max(1);
                    Self::Known(picked, inspected.clone(), SecondPass::Verifying(hundredths))
                }
                None => self.clone(),
            },
            (Change::Told(Told::Complete(complete) | Told::Verified(complete)), Some(picked)) => {
                Self::Known(picked, Shared(complete.into()), SecondPass::Finished)
            }
            (Change::Told(Told::Again(again)), Some(picked)) => match self {
                Self::Known(_, _, pass) => Self::Known(picked, Shared(again.into()), pass.clone()),
                other => other.clone(),
            },
            // The first verdict stays when only the second pass fails or is stopped.
            (Change::Told(Told::Failed(reason) | Told::Stopped(reason)), Some(picked)) => {
                match self.inspected() {
                    Some(inspected) => {
                        let pass = self.broken_off(SecondPass::Failed(reason.clone()), Some(reason));
                        Self::Known(picked, inspected.clone(), pass)
                    }
                    None => Self::Failed(picked, reason),
                }
            }
            (Change::Told(_), Some(_)) => self.clone(),
            (Change::Stop, Some(picked)) => match self.inspected() {
                Some(inspected) => {
                    Self::Known(picked, inspected.clone(), self.broken_off(SecondPass::Stopped, None))
                }
                None => Self::Stopped(picked),
            },
            (_, None) => Self::None,
        }
    }

    /// What was at work and ended early: the second pass, or the comparison after it, which takes nothing from the verdict.
    fn broken_off(&self, second_pass: SecondPass, reason: Option<String>) -> SecondPass {
        match self {
            Self::Known(_, _, SecondPass::Verifying(_)) => SecondPass::Unverified(reason),
            _ => second_pass,
        }
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
            if let Err(reason) = hand_over(&worker, &dispatcher, |inspector| inspector.inspect(&files)) {
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
        let (dispatcher, worker, picked) = (state.dispatcher(), worker, state.inspection.picked().cloned());
        let image = state.chosen;
        Callback::from(move |_| {
            let Some(picked) = &picked else { return };
            let begun = Told::Verifying(Progress { done: 0, total: 1 });
            dispatcher.dispatch(Change::Told(begun));
            if let Err(reason) =
                hand_over(&worker, &dispatcher, |inspector| inspector.verify(&picked.files, image))
            {
                dispatcher.dispatch(Change::Told(Told::Failed(reason)));
            }
        })
    };
    let choose = {
        let dispatcher = state.dispatcher();
        use_callback((), move |chosen, ()| dispatcher.dispatch(Change::Choose(chosen)))
    };
    UseInspection { state: state.inspection.clone(), chosen: state.chosen, start, stop, choose, verify }
}

/// Asks the worker that is there, or a new one in place of one that is still busy with other files.
fn hand_over(
    worker: &RefCell<Option<Inspector>>,
    dispatcher: &UseReducerDispatcher<State>,
    ask: impl Fn(&Inspector) -> Result<(), String>,
) -> Result<(), String> {
    let idle = worker.take().filter(|worker| !worker.is_busy());
    let inspector = if let Some(inspector) = idle {
        inspector
    } else {
        let answers = dispatcher.clone();
        Inspector::start(move |told| answers.dispatch(Change::Told(told)))?
    };
    ask(&inspector)?;
    worker.replace(Some(inspector));
    Ok(())
}
