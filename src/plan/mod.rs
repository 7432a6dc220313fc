//! What has the person entered? One value, changed by one pure reducer; drafts, links and renderers all use it.
//!
//! Signed addresses and credentials live beside the plan in memory, never in it.

use crate::request::calls::IMPORT_SNAPSHOT;
use crate::request::shape::{Call, Request};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The calls that have a form. What is not here is not linked into the page: each call's table and rules weigh.
const CALLS: [&Call; 1] = [&IMPORT_SNAPSHOT];

/// Everything a person has entered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    /// The Region the call is sent to.
    pub region: String,
    /// The call's name in the API: `ImportSnapshot`.
    pub call: String,
    /// Each call's parameters in the API's own names, so that changing the call and coming back loses nothing.
    pub parameters: BTreeMap<String, Map<String, Value>>,
    /// How the image is named in the request.
    pub location: Location,
}

/// The two ways in which a request names the image in S3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Location {
    /// Bucket and key (`UserBucket`).
    #[default]
    Bucket,
    /// An `s3://` or `https://` address (`Url`).
    Address,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            region: String::new(),
            call: "ImportSnapshot".into(),
            parameters: BTreeMap::new(),
            location: Location::default(),
        }
    }
}

/// A change to the plan.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Sets the parameter at a path of the current call, or removes it.
    Set {
        /// The path in the API's own names: `TagSpecifications[0].Tags[1].Key`.
        path: String,
        /// The value; `None` removes the parameter.
        value: Option<Value>,
    },
    /// Sets the Region.
    SetRegion(String),
    /// Chooses how the image is named.
    SetLocation(Location),
    /// Sets a parameter where the person has entered nothing, or where it still is what was proposed before: what an
    /// image suggests. `None` takes the former proposal back.
    Propose {
        /// The path.
        path: String,
        /// The value proposed now.
        value: Option<Value>,
        /// What was proposed before.
        instead_of: Option<Value>,
    },
    /// Sets the Region only where none has been entered.
    ProposeRegion(String),
    /// Forgets everything.
    Clear,
}

impl Plan {
    /// The plan after `action`.
    #[must_use]
    pub fn after(&self, action: Action) -> Self {
        let mut next = self.clone();
        match action {
            Action::Set { path, value } => next.set(&path, value),
            Action::SetRegion(region) => next.region = region,
            Action::SetLocation(location) => next.location = location,
            Action::Propose { path, value, instead_of } => {
                let current = next.get(&path);
                if current.is_none() || current == instead_of {
                    next.set(&path, value);
                }
            }
            Action::ProposeRegion(region) => {
                if next.region.trim().is_empty() {
                    next.region = region;
                }
            }
            Action::Clear => next = Self::default(),
        }
        next
    }

    /// The parameter at `path` as it was entered.
    pub fn get(&self, path: &str) -> Option<Value> {
        self.draft().get(path).cloned()
    }

    /// The text at `path`; empty where there is none.
    pub fn text(&self, path: &str) -> String {
        match self.get(path) {
            Some(Value::String(text)) => text,
            Some(Value::Null) | None => String::new(),
            Some(value) => value.to_string(),
        }
    }

    /// The request as it stands: the way of naming the image that was not chosen is left out.
    pub fn request(&self) -> Request {
        let mut request = self.draft();
        let unused = match self.location {
            Location::Bucket => "DiskContainer.Url",
            Location::Address => "DiskContainer.UserBucket",
        };
        let removed = request.remove(unused);
        debug_assert!(removed.is_ok(), "{unused} is a path");
        request
    }

    /// The plan without signed addresses, for drafts and links.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        let mut plan = self.clone();
        plan.parameters.insert(self.call.clone(), self.draft().without_secrets().parameters);
        plan
    }

    fn draft(&self) -> Request {
        let call = CALLS.into_iter().find(|call| call.name == self.call).unwrap_or(&IMPORT_SNAPSHOT);
        Request { call, parameters: self.parameters.get(call.name).cloned().unwrap_or_default() }
    }

    fn set(&mut self, path: &str, value: Option<Value>) {
        let mut request = self.draft();
        let changed = match value {
            Some(value) => request.set(path, value),
            None => request.remove(path),
        };
        // Paths come from the tables and the components, never from a person.
        debug_assert!(changed.is_ok(), "{path} is a path");
        self.parameters.insert(request.call.name.into(), request.parameters);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn set(path: &str, value: Value) -> Action {
        Action::Set { path: path.into(), value: Some(value) }
    }

    #[test]
    fn what_was_entered_is_not_overwritten_by_a_proposal() {
        let plan = Plan::default().after(set("DiskContainer.Format", json!("RAW")));
        let proposal = propose(Some("VMDK"), None);
        assert_eq!(plan.after(proposal).text("DiskContainer.Format"), "RAW");
    }

    fn propose(value: Option<&str>, instead_of: Option<&str>) -> Action {
        Action::Propose {
            path: "DiskContainer.Format".into(),
            value: value.map(|value| json!(value)),
            instead_of: instead_of.map(|value| json!(value)),
        }
    }

    #[test]
    fn the_next_image_s_proposal_takes_the_place_of_the_one_before() {
        let plan =
            Plan::default().after(propose(Some("VMDK"), None)).after(propose(Some("VHD"), Some("VMDK")));
        assert_eq!(plan.text("DiskContainer.Format"), "VHD");
        assert_eq!(plan.after(propose(None, Some("VHD"))).text("DiskContainer.Format"), "");
    }

    #[test]
    fn the_other_way_of_naming_the_image_is_kept_but_not_sent() {
        let plan = Plan::default()
            .after(set("DiskContainer.UserBucket.S3Bucket", json!("b")))
            .after(set("DiskContainer.Url", json!("s3://b/k")));
        let chosen = plan.after(Action::SetLocation(Location::Address));
        assert!(chosen.request().get("DiskContainer.UserBucket").is_none());
        assert_eq!(chosen.text("DiskContainer.UserBucket.S3Bucket"), "b");
    }

    #[test]
    fn a_draft_survives_being_written_and_read() {
        let plan = Plan::default()
            .after(Action::SetRegion("eu-central-1".into()))
            .after(set("TagSpecifications[0].Tags[0].Key", json!("Name")));
        let text = serde_json::to_string(&plan).unwrap();
        assert_eq!(serde_json::from_str::<Plan>(&text).unwrap(), plan);
    }

    #[test]
    fn a_draft_holds_no_signature() {
        let url =
            "https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0123456789abcdef";
        let plan = Plan::default().after(set("DiskContainer.Url", json!(url)));
        assert!(!serde_json::to_string(&plan.without_secrets()).unwrap().contains("0123456789abcdef"));
    }
}
