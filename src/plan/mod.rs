//! What has the person entered? One value, changed by one pure reducer; drafts, links and renderers all use it.
//!
//! Signed addresses and credentials live beside the plan in memory: what is kept of it or sent has passed
//! [`Plan::without_secrets`].

pub mod document;
mod history;
pub mod link;
mod public;

pub use history::History;
pub use public::UPLOAD_SERVER;

use crate::read::{Read, member, read, variant};
use crate::request::path;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Everything a person has entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    /// The Region the call is sent to.
    pub region: String,
    /// The call's name in the API: `ImportSnapshot`.
    pub call: String,
    /// Each call's parameters in the API's own names, so that changing the call and coming back loses nothing.
    pub parameters: BTreeMap<String, Map<String, Value>>,
    /// Which of several ways was chosen, by the path of the structure that has them: `DiskContainer` may be named by
    /// `UserBucket` or by `Url`. What was not chosen is kept, but not sent.
    pub choices: BTreeMap<String, String>,
    /// How the request is written: the tab, the shell, the version, and so on, by name.
    pub writing: BTreeMap<String, String>,
    /// What the last image proposed, by call and path: the next image's proposal takes its place.
    pub proposed: BTreeMap<String, Value>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            region: String::new(),
            call: "ImportSnapshot".into(),
            parameters: BTreeMap::new(),
            choices: BTreeMap::new(),
            writing: BTreeMap::new(),
            proposed: BTreeMap::new(),
        }
    }
}

read!(struct Plan { region, call, parameters, choices, writing, proposed });

/// A change to the plan. Paths are in the API's own names (`TagSpecifications[0].Tags[1].Key`) and lead into the
/// current call's parameters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Action {
    /// Sets a parameter, or removes it.
    Set {
        /// The path.
        path: String,
        /// The value; `None` removes the parameter.
        value: Option<Value>,
    },
    /// Puts an empty item into a list.
    Add {
        /// The path of the new item.
        path: String,
    },
    /// Chooses one of several ways.
    Choose {
        /// The path of the structure that has them.
        path: String,
        /// The member that is to be sent.
        way: String,
    },
    /// Sets the Region.
    SetRegion(String),
    /// Goes to another call.
    SetCall(String),
    /// Sets how the request is written.
    SetWriting {
        /// What: `form`, `shell`, …
        name: String,
        /// The value; empty for the default.
        value: String,
    },
    /// Sets a parameter of a call where the person has entered nothing, or where it still is what was proposed
    /// before: what an image suggests. `None` takes the former proposal back.
    Propose {
        /// The call.
        call: String,
        /// The path.
        path: String,
        /// The value proposed now.
        value: Option<Value>,
    },
    /// Goes to another call, unless the person has chosen one: what an image suggests.
    ProposeCall(String),
    /// Takes back the items of a list that were proposed, from the one at `length` on: the image before had more disks.
    ProposeLength {
        /// The call.
        call: String,
        /// The list's path.
        path: String,
        /// How many items are proposed now.
        length: usize,
    },
    /// Replaces a call's parameters, and goes to that call: what was pasted.
    Fill {
        /// The call.
        call: String,
        /// Its parameters.
        parameters: Map<String, Value>,
    },
    /// Puts another plan in the place of this one: from a link or a file.
    Open(Box<Plan>),
    /// Forgets everything.
    Clear,
}

impl Read for Action {
    fn read(value: &Value) -> Option<Self> {
        let (name, content) = variant(value)?;
        let path = || member(content, "path");
        Some(match name {
            "Set" => Self::Set { path: path()?, value: member(content, "value")? },
            "Add" => Self::Add { path: path()? },
            "Choose" => Self::Choose { path: path()?, way: member(content, "way")? },
            "SetRegion" => Self::SetRegion(Read::read(content)?),
            "SetCall" => Self::SetCall(Read::read(content)?),
            "SetWriting" => {
                Self::SetWriting { name: member(content, "name")?, value: member(content, "value")? }
            }
            "Propose" => Self::Propose {
                call: member(content, "call")?,
                path: path()?,
                value: member(content, "value")?,
            },
            "ProposeCall" => Self::ProposeCall(Read::read(content)?),
            "ProposeLength" => Self::ProposeLength {
                call: member(content, "call")?,
                path: path()?,
                length: member(content, "length")?,
            },
            "Fill" => {
                Self::Fill { call: member(content, "call")?, parameters: member(content, "parameters")? }
            }
            "Open" => Self::Open(Read::read(content)?),
            "Clear" => Self::Clear,
            _ => return None,
        })
    }
}

impl Plan {
    /// The plan after `action`.
    #[must_use]
    pub fn after(&self, action: Action) -> Self {
        let mut next = self.clone();
        match action {
            Action::Set { path, value } => {
                next.follow(&path, value.as_ref());
                next.set(&path, value);
            }
            Action::Add { path } => next.add(&path),
            Action::Choose { path, way } => {
                let name = next.choice_name(&path);
                next.choices.insert(name, way);
            }
            Action::SetRegion(region) => next.region = region,
            Action::SetCall(call) => {
                next.proposed.insert(CALL.into(), Value::Null);
                next.call = call;
            }
            Action::ProposeCall(call) => next.propose_call(call),
            Action::SetWriting { name, value } if value.is_empty() => {
                next.writing.remove(&name);
            }
            Action::SetWriting { name, value } => {
                next.writing.insert(name, value);
            }
            Action::Propose { call, path, value } => next.propose(&call, &path, value),
            Action::ProposeLength { call, path, length } => next.propose_length(&call, &path, length),
            Action::Fill { call, parameters } => next.fill(call, parameters),
            Action::Open(plan) => next = *plan,
            Action::Clear => next = Self::default(),
        }
        next
    }

    /// The parameters of the current call.
    pub fn current(&self) -> Map<String, Value> {
        self.parameters.get(&self.call).cloned().unwrap_or_default()
    }

    /// The parameter at `path` as it was entered.
    pub fn get(&self, path: &str) -> Option<&Value> {
        path::get(self.parameters.get(&self.call)?, path)
    }

    /// The text at `path`; empty where there is none.
    pub fn text(&self, path: &str) -> String {
        match self.get(path) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Null) | None => String::new(),
            Some(value) => value.to_string(),
        }
    }

    /// How many items the list at `path` has.
    pub fn items(&self, path: &str) -> usize {
        self.get(path).and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// The way that was chosen for the structure at `path`.
    pub fn choice(&self, path: &str) -> Option<&str> {
        self.choices.get(&self.choice_name(path)).map(String::as_str)
    }

    fn choice_name(&self, path: &str) -> String {
        format!("{}/{path}", self.call)
    }

    fn set(&mut self, path: &str, value: Option<Value>) {
        let call = self.call.clone();
        self.set_of(&call, path, value);
    }

    fn set_of(&mut self, call: &str, path: &str, value: Option<Value>) {
        let parameters = self.parameters.entry(call.to_owned()).or_default();
        let changed = match value {
            Some(value) => path::set(parameters, path, value),
            None => path::remove(parameters, path),
        };
        // Paths come from the tables and the components, never from a person.
        debug_assert!(changed.is_ok(), "{path} is a path");
    }

    /// A list of structures and a list of texts both begin with an empty structure: a text set there replaces it. Items
    /// before the new one, which the form may show without the plan having them, come with it.
    fn add(&mut self, path: &str) {
        if path::steps(path).is_ok() {
            self.set(path, Some(Value::Object(Map::new())));
        }
    }

    fn propose(&mut self, call: &str, path: &str, value: Option<Value>) {
        let name = format!("{call}/{path}");
        let current = self.parameters.get(call).and_then(|parameters| path::get(parameters, path)).cloned();
        let before = self.proposed.remove(&name);
        let untouched = current.as_ref().is_none_or(is_blank) || current == before;
        if let Some(value) = &value {
            self.proposed.insert(name, value.clone());
        }
        if untouched && (value.is_some() || before.is_some()) {
            self.set_of(call, path, value);
        }
    }

    fn propose_call(&mut self, call: String) {
        let is_untouched = match self.proposed.get(CALL) {
            Some(before) => before.as_str() == Some(&self.call),
            None => self.call == Self::default().call,
        };
        if is_untouched {
            self.proposed.insert(CALL.into(), call.clone().into());
            self.call = call;
        }
    }

    fn propose_length(&mut self, call: &str, path: &str, length: usize) {
        let of = |index: usize| format!("{call}/{path}[{index}].");
        let items = |plan: &Self| {
            let list = plan.parameters.get(call).and_then(|parameters| path::get(parameters, path));
            list.and_then(Value::as_array).map_or(0, Vec::len)
        };
        for index in (length.max(1)..items(self)).rev() {
            let prefix = of(index);
            if self.proposed.keys().any(|name| name.starts_with(&prefix)) {
                self.proposed.retain(|name, _| !name.starts_with(&prefix));
                self.set_of(call, &format!("{path}[{index}]"), None);
            }
        }
    }

    /// All disks of one import lie in one bucket, unless the person says otherwise: the first one's goes wherever there
    /// is none, or the one that stood there before.
    fn follow(&mut self, path: &str, bucket: Option<&Value>) {
        if ![format!("DiskContainer.{BUCKET}"), format!("DiskContainers[0].{BUCKET}")]
            .contains(&path.to_owned())
        {
            return;
        }
        let before = self.get(path).cloned();
        for (call, path) in self.buckets() {
            let current = self.parameters.get(&call).and_then(|parameters| path::get(parameters, &path));
            if current.is_none_or(is_blank) || current == before.as_ref() {
                self.set_of(&call, &path, bucket.cloned());
            }
        }
    }

    /// Where the calls that import have a bucket, but for disks that are named in another way.
    fn buckets(&self) -> Vec<(String, String)> {
        let containers =
            |call: &str| self.parameters.get(call)?.get("DiskContainers")?.as_array().map(Vec::len);
        let of_image = (0..containers("ImportImage").unwrap_or(0).max(1))
            .map(|index| ("ImportImage", format!("DiskContainers[{index}]")));
        std::iter::once(("ImportSnapshot", "DiskContainer".to_owned()))
            .chain(of_image)
            .filter(|(call, disk)| {
                let disk = self.parameters.get(*call).and_then(|parameters| path::get(parameters, disk));
                !disk.is_some_and(|disk| disk.get("Url").is_some() || disk.get("SnapshotId").is_some())
            })
            .map(|(call, disk)| (call.to_owned(), format!("{disk}.{BUCKET}")))
            .collect()
    }

    fn fill(&mut self, call: String, parameters: Map<String, Value>) {
        let prefix = format!("{call}/");
        self.choices.retain(|name, _| !name.starts_with(&prefix));
        self.parameters.insert(call.clone(), parameters);
        self.proposed.insert(CALL.into(), Value::Null);
        self.call = call;
    }
}

/// Under what the proposed call is kept among what was proposed; no call has a path like it.
const CALL: &str = "Call";

/// Where the structure of a disk has the bucket's name.
const BUCKET: &str = "UserBucket.S3Bucket";

fn is_blank(value: &Value) -> bool {
    value.as_str() == Some("")
}

#[cfg(test)]
mod tests;
