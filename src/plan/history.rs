//! What the plan was before, for undo and redo.

use super::{Action, Plan};

/// How many steps back are kept.
const MOST: usize = 100;

/// The plan, what it was before, and what it was before it was taken back.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    /// The plan.
    pub plan: Plan,
    before: Vec<Plan>,
    after: Vec<Plan>,
    /// The path that the last step set: typing on in one field is one step.
    last: Option<String>,
}

impl History {
    /// A history that begins with `plan`.
    pub fn of(plan: Plan) -> Self {
        Self { plan, ..Self::default() }
    }

    /// The history after `action`.
    #[must_use]
    pub fn after(&self, action: Action) -> Self {
        let field = match &action {
            Action::Set { path, .. } => Some(path.clone()),
            Action::SetRegion(_) => Some("Region".into()),
            _ => None,
        };
        if matches!(action, Action::Propose { .. } | Action::ProposeCall(_) | Action::ProposeLength { .. }) {
            return self.proposed(&action);
        }
        let plan = self.plan.after(action);
        if plan == self.plan {
            return self.clone();
        }
        let mut next = Self { plan, last: field.clone(), ..self.clone() };
        if field.is_none() || field != self.last || !self.after.is_empty() {
            next.before.push(self.plan.clone());
            let surplus = next.before.len().saturating_sub(MOST);
            next.before.drain(..surplus);
        }
        next.after.clear();
        next
    }

    /// A proposal is the image's, not the person's: it is no step to take back, and no step back takes it away.
    fn proposed(&self, proposal: &Action) -> Self {
        let with = |plan: &Plan| plan.after(proposal.clone());
        Self {
            plan: with(&self.plan),
            before: self.before.iter().map(with).collect(),
            after: self.after.iter().map(with).collect(),
            last: None,
        }
    }

    /// The history with the last step taken back.
    #[must_use]
    pub fn undone(&self) -> Self {
        let mut next = self.clone();
        if let Some(plan) = next.before.pop() {
            next.after.push(std::mem::replace(&mut next.plan, plan));
            next.last = None;
        }
        next
    }

    /// The history with the last step that was taken back done again.
    #[must_use]
    pub fn redone(&self) -> Self {
        let mut next = self.clone();
        if let Some(plan) = next.after.pop() {
            next.before.push(std::mem::replace(&mut next.plan, plan));
            next.last = None;
        }
        next
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.before.is_empty()
    }

    /// Whether a step that was taken back can be done again.
    pub fn can_redo(&self) -> bool {
        !self.after.is_empty()
    }
}
