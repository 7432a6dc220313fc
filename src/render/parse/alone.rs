//! What is pasted of a request when one of its parameters lies in a file of its own, as the `containers.json` of AWS's
//! user guide does: a list of structures, or one structure, without the parameter's name.

use super::coerce::coerce;
use crate::request::calls;
use crate::request::shape::{Call, Member, Shape};
use serde_json::{Map, Value};

/// The call and the parameter that takes the value: of the call that is shown, else of the first that has one.
pub(super) fn place(
    value: Value,
    shown: Option<&'static Call>,
) -> Result<(&'static Call, Map<String, Value>), Value> {
    let found = shown.into_iter().chain(calls::CALLS).find_map(|call| {
        let member = call.members.iter().find(|member| takes(member, &value))?;
        Some((call, member))
    });
    let Some((call, member)) = found else { return Err(value) };
    let value = match (&member.shape, value) {
        (Shape::List(_), value @ Value::Object(_)) => Value::Array(vec![value]),
        (Shape::Structure(_), Value::Array(mut items)) => items.pop().unwrap_or_default(),
        (_, value) => value,
    };
    Ok((call, Map::from_iter([(member.name.to_owned(), coerce(&member.shape, value))])))
}

/// Whether a member of a request takes a value: each name in it is one of the member's own.
fn takes(member: &Member, value: &Value) -> bool {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    let table = match &member.shape {
        Shape::List(Shape::Structure(table)) => table,
        Shape::Structure(table) if items.len() == 1 => table,
        _ => return false,
    };
    let is_known = |name: &String| table.iter().any(|member| member.name == name);
    // An answer's list of snapshots has nothing else, and a description is a member of the calls themselves.
    let says_more = |name: &String| !matches!(name.as_str(), "SnapshotId" | "Description");
    let objects: Option<Vec<_>> = items.iter().map(Value::as_object).collect();
    objects.is_some_and(|objects| {
        let mut names = objects.iter().flat_map(|object| object.keys());
        names.clone().all(is_known) && names.any(says_more)
    })
}
