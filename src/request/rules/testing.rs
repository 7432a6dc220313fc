//! What the rules' tests have in common: a request in, codes out.

use crate::request::shape::{Call, Request};
use crate::request::validate::{Circumstances, Problem, validate};
use serde_json::Value;

/// Everything that is wrong with a request, without circumstances.
pub(crate) fn problems(call: &'static Call, parameters: &Value) -> Vec<Problem> {
    validate_with(call, parameters, &Circumstances::default())
}

/// The same, sent to a Region.
pub(crate) fn problems_in(region: &str, call: &'static Call, parameters: &Value) -> Vec<Problem> {
    validate_with(
        call,
        parameters,
        &Circumstances { region: Some(region.into()), ..Circumstances::default() },
    )
}

/// The same, in any circumstances.
pub(crate) fn validate_with(
    call: &'static Call,
    parameters: &Value,
    circumstances: &Circumstances,
) -> Vec<Problem> {
    let request = Request { call, parameters: parameters.as_object().unwrap().clone() };
    validate(&request, circumstances)
}

/// The codes of what is wrong.
pub(crate) fn codes(call: &'static Call, parameters: &Value) -> Vec<String> {
    problems(call, parameters).into_iter().map(|problem| problem.code).collect()
}
