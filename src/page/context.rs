//! What every component may see: the plan, what is wrong with it, and the texts.

use super::text::Texts;
use crate::plan::{Action, Plan};
use crate::request::validate::{Level, Problem};
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::prelude::*;

/// The plan behind Yew's reducer.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct PlanState(pub(super) Plan);

impl Reducible for PlanState {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Self(self.0.after(action)))
    }
}

/// The page as its components see it.
#[derive(Clone, PartialEq)]
pub(super) struct Page {
    /// What has been entered, and the way to change it.
    pub(super) plan: UseReducerHandle<PlanState>,
    /// What is wrong with it.
    pub(super) problems: Rc<Vec<Problem>>,
    /// The paths of the fields that have been left once: only their problems are shown beside them.
    pub(super) left: UseStateHandle<BTreeSet<String>>,
    /// The texts of the person's language.
    pub(super) texts: &'static Texts,
}

impl Page {
    /// Changes the plan.
    pub(super) fn change(&self, action: Action) {
        self.plan.dispatch(action);
    }

    /// Notes that the person has left a field.
    pub(super) fn leave(&self, path: &str) {
        if !self.left.contains(path) {
            let mut left = (*self.left).clone();
            left.insert(path.to_owned());
            self.left.set(left);
        }
    }

    /// The problem to show beside the field at `path`: an error before a warning, and none before the field was left.
    pub(super) fn problem_of(&self, path: &str) -> Option<&Problem> {
        if !self.left.contains(path) {
            return None;
        }
        let mut own = self.problems.iter().filter(|problem| problem.path == path);
        own.clone().find(|problem| problem.level == Level::Error).or_else(|| own.next())
    }
}

/// The page of the component that asks.
#[hook]
pub(super) fn use_page() -> Page {
    use_context::<Page>().expect("App provides the page to all that is in it")
}
