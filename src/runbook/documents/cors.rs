//! The bucket's CORS rule for the page, as [`crate::upload::cors`] has it.

use crate::upload;
use serde_json::Value;

/// The one rule, without the list around it: a script adds it to those that the bucket has.
pub fn rule(origin: &str) -> Value {
    let configuration: Value = serde_json::from_str(&upload::cors::configuration(origin)).unwrap_or_default();
    configuration.pointer("/CORSRules/0").cloned().unwrap_or_default()
}
