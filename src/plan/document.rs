//! The plan as a file: JSON that says of which version it is. `docs/plan.md` describes it.

use super::Plan;
use crate::request::calls;
use crate::sentence::{Sentence, sentence};
use serde_json::{Value, json};
use std::fmt;

/// The file's name.
pub const FILE_NAME: &str = "import-plan.json";

/// The version that is written, and the newest that is read.
pub const VERSION: u64 = 1;

/// The member that says that it is a plan, and of which version.
const MARK: &str = "importPlannerPlan";

/// The longest file that is read, in bytes.
pub const LONGEST: usize = 1 << 20;

/// The most values a plan may hold, counted at every depth. Each is a control to be drawn: more would stop the page, and
/// stop it again with every visit, since the draft is kept.
pub const MOST_VALUES: usize = 2_000;

/// Why a file is no plan that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotPlan {
    /// It is no JSON; what serde says of it.
    NoJson(String),
    /// It does not say its version as a whole number from 1.
    NoVersion,
    /// It is of a version that is not known here.
    Newer(u64),
    /// A member has another type; what serde says of it.
    Shape(String),
    /// It names a call that is not known here.
    UnknownCall(String),
    /// It is longer than [`LONGEST`], or holds more than [`MOST_VALUES`] values.
    TooLarge,
}

impl NotPlan {
    /// What is wrong, for the person.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::NoJson(reason) => sentence!("It is no JSON: {reason}.", reason),
            Self::NoVersion => sentence!(
                "Its {member} must be a whole number, such as {version}.",
                member = MARK,
                version = VERSION
            ),
            Self::Newer(version) => sentence!(
                "It is of version {version}, and this page reads up to version {newest}: reload the page, or have the plan saved by this version.",
                version,
                newest = VERSION
            ),
            Self::Shape(reason) => sentence!("It has not the shape of a plan: {reason}.", reason),
            Self::UnknownCall(name) => {
                sentence!("It names the call {name}, which this page does not know.", name)
            }
            Self::TooLarge => {
                sentence!("It is larger than any plan: at most {most} values.", most = MOST_VALUES)
            }
        }
    }
}

impl fmt::Display for NotPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sentence().fmt(f)
    }
}

impl std::error::Error for NotPlan {}

/// The plan as JSON, without its secrets and without what is empty.
pub fn write(plan: &Plan) -> Value {
    let plan = plan.without_secrets();
    let mut document = json!({ MARK: VERSION, "region": plan.region, "call": plan.call });
    let maps = [
        ("parameters", json!(plan.parameters), plan.parameters.is_empty()),
        ("choices", json!(plan.choices), plan.choices.is_empty()),
        ("writing", json!(plan.writing), plan.writing.is_empty()),
        ("proposed", json!(plan.proposed), plan.proposed.is_empty()),
    ];
    for (name, map, is_empty) in maps {
        if !is_empty {
            document[name] = map;
        }
    }
    document
}

/// Whether a text is meant to be a plan.
pub fn is_meant(text: &str) -> bool {
    text.trim_start().starts_with('{') && text.contains(&format!("\"{MARK}\""))
}

/// Reads a plan from a file, which may be anything.
///
/// # Errors
/// [`NotPlan`].
pub fn read(text: &str) -> Result<Plan, NotPlan> {
    if text.len() > LONGEST {
        return Err(NotPlan::TooLarge);
    }
    let document: Value = serde_json::from_str(text).map_err(|error| NotPlan::NoJson(error.to_string()))?;
    match document.get(MARK).and_then(Value::as_u64) {
        None | Some(0) => return Err(NotPlan::NoVersion),
        Some(version) if version > VERSION => return Err(NotPlan::Newer(version)),
        Some(_) => {}
    }
    if values(&document, MOST_VALUES).is_none() {
        return Err(NotPlan::TooLarge);
    }
    let plan: Plan = serde_path_to_error::deserialize(document)
        .map_err(|failure| NotPlan::Shape(format!("{}: {}", failure.path(), failure.inner())))?;
    let unknown = plan.parameters.keys().chain([&plan.call]).find(|name| calls::find(name).is_none());
    if let Some(unknown) = unknown {
        return Err(NotPlan::UnknownCall(unknown.chars().take(40).collect()));
    }
    Ok(plan)
}

/// What is left of `most` after counting every value; `None` where there are more.
fn values(value: &Value, most: usize) -> Option<usize> {
    let left = most.checked_sub(1)?;
    match value {
        Value::Array(items) => items.iter().try_fold(left, |left, item| values(item, left)),
        Value::Object(members) => members.values().try_fold(left, |left, member| values(member, left)),
        _ => Some(left),
    }
}
