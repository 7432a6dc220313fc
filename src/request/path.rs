//! Paths into a request: `TagSpecifications[0].Tags[1].Key`.

use serde_json::{Map, Value};
use std::fmt;

/// The longest list a path may reach into: a mistyped index must not fill the memory with empty items.
pub const LARGEST_INDEX: usize = 999;

/// One step into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Into a structure's member.
    Member(String),
    /// Into a list's item, counted from 0.
    Item(usize),
}

/// A path that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadPath(String);

impl fmt::Display for BadPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "`{}` is no path into a request: write it like `TagSpecifications[0].Tags[1].Key`, with at most item {LARGEST_INDEX}.",
            self.0
        )
    }
}

impl std::error::Error for BadPath {}

/// Takes a path apart.
///
/// # Errors
/// A part between dots is not a name with any number of indices in brackets behind it, each at most [`LARGEST_INDEX`].
pub fn steps(path: &str) -> Result<Vec<Step>, BadPath> {
    let bad = || BadPath(path.chars().take(100).collect());
    let mut steps = Vec::new();
    for segment in path.split('.') {
        let mut parts = segment.split('[');
        let name = parts.next().filter(|name| !name.is_empty()).ok_or_else(bad)?;
        steps.push(Step::Member(name.to_owned()));
        for part in parts {
            let digits =
                part.strip_suffix(']').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
            let index = digits.and_then(|digits| digits.parse().ok()).ok_or_else(bad)?;
            if index > LARGEST_INDEX {
                return Err(bad());
            }
            steps.push(Step::Item(index));
        }
    }
    Ok(steps)
}

/// The value at a path, where there is one.
pub fn get<'a>(parameters: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let mut steps = steps(path).ok()?.into_iter();
    let mut value = match steps.next()? {
        Step::Member(name) => parameters.get(&name)?,
        Step::Item(_) => return None,
    };
    for step in steps {
        value = match step {
            Step::Member(name) => value.get(name)?,
            Step::Item(index) => value.get(index)?,
        };
    }
    Some(value)
}

/// Puts a value at a path, making the structures and lists on the way; `null` removes what is there.
///
/// Whatever stands in the way and is of another type is replaced: the path is the newer wish.
///
/// # Errors
/// The path is not one that [`steps`] reads; nothing is changed then.
pub fn set(parameters: &mut Map<String, Value>, path: &str, value: Value) -> Result<(), BadPath> {
    let steps = steps(path)?;
    if value.is_null() {
        return remove(parameters, path);
    }
    let mut root = Value::Object(std::mem::take(parameters));
    let mut place = &mut root;
    for step in steps {
        place = enter(place, step);
    }
    *place = value;
    if let Value::Object(changed) = root {
        *parameters = changed;
    }
    Ok(())
}

/// Removes what is at a path, and every structure and list around it that is left empty; an item of a list goes
/// only when it is itself named, so that emptying a row's last field keeps the row.
///
/// # Errors
/// The path is not one that [`steps`] reads; nothing is changed then.
pub fn remove(parameters: &mut Map<String, Value>, path: &str) -> Result<(), BadPath> {
    let steps = steps(path)?;
    let mut root = Value::Object(std::mem::take(parameters));
    remove_steps(&mut root, &steps);
    if let Value::Object(changed) = root {
        *parameters = changed;
    }
    Ok(())
}

fn enter(place: &mut Value, step: Step) -> &mut Value {
    match step {
        Step::Member(name) => {
            if !place.is_object() {
                *place = Value::Object(Map::new());
            }
            // Indexing an object by a new key puts null there.
            &mut place[name]
        }
        Step::Item(index) => {
            if !place.is_array() {
                *place = Value::Array(Vec::new());
            }
            if let Value::Array(items) = place {
                while items.len() <= index {
                    items.push(Value::Object(Map::new()));
                }
            }
            &mut place[index]
        }
    }
}

fn remove_steps(place: &mut Value, steps: &[Step]) {
    let Some((step, rest)) = steps.split_first() else { return };
    match (step, place) {
        (Step::Member(name), Value::Object(members)) => {
            let empty = match members.get_mut(name) {
                Some(_) if rest.is_empty() => true,
                Some(member) => {
                    remove_steps(member, rest);
                    is_empty(member)
                }
                None => false,
            };
            if empty {
                // The others keep their order.
                members.shift_remove(name);
            }
        }
        (Step::Item(index), Value::Array(items)) if *index < items.len() => {
            if rest.is_empty() {
                items.remove(*index);
            } else if let Some(item) = items.get_mut(*index) {
                remove_steps(item, rest);
            }
        }
        _ => {}
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Step, steps};

    #[test]
    fn a_path_is_taken_apart() {
        let member = |name: &str| Step::Member(name.into());
        assert_eq!(steps("A.B[2].C").unwrap(), [member("A"), member("B"), Step::Item(2), member("C")]);
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for path in [
            "",
            ".",
            "A.",
            "A[",
            "A[]",
            "A[-1]",
            "A[+1]",
            "A[x]",
            "A[0]B",
            "[0]",
            "A[1000]",
            "A[99999999999999999999]",
        ] {
            assert!(steps(path).is_err(), "{path} was taken for a path");
        }
    }
}
