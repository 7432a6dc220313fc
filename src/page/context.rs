//! What every component may see: the plan, what is written of it, and the texts.

use crate::plan::{Action, History, Plan};
use crate::present::upload::Target;
use crate::present::{ShownProblem, Written};
use crate::text::page::PageTexts;
use std::ops::Deref;
use std::rc::Rc;
use yew::prelude::*;

/// A value that is shared and never changed: two are equal when they are the same one.
#[derive(Debug)]
pub(super) struct Shared<T>(pub(super) Rc<T>);

impl<T> Shared<T> {
    pub(super) fn new(value: T) -> Self {
        Self(Rc::new(value))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// What the person does to the plan.
pub(super) enum Step {
    Change(Action),
    Undo,
    Redo,
}

/// The plan and its history behind Yew's reducer.
#[derive(Clone, PartialEq)]
pub(super) struct PlanState(pub(super) Shared<History>);

impl Reducible for PlanState {
    type Action = Step;

    fn reduce(self: Rc<Self>, step: Step) -> Rc<Self> {
        let history = match step {
            Step::Change(action) => self.0.after(action),
            Step::Undo => self.0.undone(),
            Step::Redo => self.0.redone(),
        };
        Rc::new(Self(Shared::new(history)))
    }
}

/// The page as its components see it.
#[derive(Clone, PartialEq)]
pub(super) struct Page {
    /// What has been entered, and the way to change it.
    pub(super) state: UseReducerHandle<PlanState>,
    /// The request as it was last written; behind the plan by some milliseconds, and missing at first.
    pub(super) written: Option<Shared<Written>>,
    /// The form of the upload; taken out of `written` because it changes with time, too.
    pub(super) target: Option<Shared<Target>>,
    /// True until the composer has answered for the text that was pasted last.
    pub(super) is_outdated: bool,
    /// The paths of the fields that have been left once: only their problems are shown beside them.
    pub(super) left: UseStateHandle<Shared<Vec<String>>>,
    /// The id, label and text of each block of code as it was copied. It outlives the block, which goes while what is being
    /// typed leaves nothing to write.
    pub(super) copied: UseStateHandle<Shared<Vec<[AttrValue; 3]>>>,
    /// The texts of the person's language.
    pub(super) texts: &'static PageTexts,
}

impl Page {
    /// What has been entered.
    pub(super) fn plan(&self) -> &Plan {
        &self.state.0.plan
    }

    /// Changes the plan.
    pub(super) fn change(&self, action: Action) {
        self.state.dispatch(Step::Change(action));
    }

    /// A callback that changes the plan in one way.
    pub(super) fn changing<E: 'static>(&self, action: impl Fn(E) -> Action + 'static) -> Callback<E> {
        let state = self.state.dispatcher();
        Callback::from(move |event| state.dispatch(Step::Change(action(event))))
    }

    /// Notes that the person has left a field.
    pub(super) fn leave(&self, path: &str) {
        if !self.has_left(path) {
            let mut left = Vec::clone(&self.left);
            left.push(path.to_owned());
            self.left.set(Shared::new(left));
        }
    }

    /// Notes that a text was copied.
    pub(super) fn note_copied(&self, id: &AttrValue, label: &AttrValue, text: &AttrValue) {
        let mut copied = Vec::clone(&self.copied);
        copied.retain(|[own, own_label, _]| (own, own_label) != (id, label));
        copied.push([id.clone(), label.clone(), text.clone()]);
        self.copied.set(Shared::new(copied));
    }

    /// The text of a block as it was copied last; of another form of it, nothing.
    pub(super) fn copied_of(&self, id: &AttrValue, label: &AttrValue) -> Option<&AttrValue> {
        let of_block = |own: &&[AttrValue; 3]| own[0] == *id && own[1] == *label;
        self.copied.iter().find(of_block).map(|[_, _, text]| text)
    }

    /// Whether the person has left the field at `path` once.
    pub(super) fn has_left(&self, path: &str) -> bool {
        self.left.iter().any(|left| left == path)
    }

    /// What is wrong with the request, as far as it has been written.
    pub(super) fn problems(&self) -> &[ShownProblem] {
        self.written.as_ref().map_or(&[], |written| &written.problems)
    }

    /// The problem to show beside the field at `path`: an error before a warning, and none before the field was left.
    pub(super) fn problem_of(&self, path: &str) -> Option<&ShownProblem> {
        if !self.has_left(path) {
            return None;
        }
        // Errors come first in the list.
        self.problems().iter().find(|problem| problem.path == path)
    }
}

/// The page of the component that asks.
#[hook]
pub(super) fn use_page() -> Page {
    use_context::<Page>().expect("App provides the page to all that is in it")
}
