//! Text made what the table says it is: shorthand and Query bodies know nothing but text.

use crate::request::shape::{Member, Shape};
use crate::request::validate;
use serde_json::{Map, Value};

/// A structure's members; those that the table does not know stay as they are.
pub(super) fn members(members: &'static [Member], values: Map<String, Value>) -> Map<String, Value> {
    values
        .into_iter()
        .map(|(name, value)| {
            let member = members.iter().find(|member| member.name == name);
            let value = match member {
                Some(member) => coerce(&member.shape, value),
                None => value,
            };
            (name, value)
        })
        .collect()
}

/// A value of a shape; what does not fit stays as it is, for the validation to mark.
pub(super) fn coerce(shape: &'static Shape, value: Value) -> Value {
    match (shape, value) {
        (Shape::Structure(table), Value::Object(values)) => Value::Object(members(table, values)),
        (Shape::List(item), Value::Array(items)) => {
            Value::Array(items.into_iter().map(|value| coerce(item, value)).collect())
        }
        // Shorthand writes a list of one as its item.
        (Shape::List(item), value @ Value::String(_)) => Value::Array(vec![coerce(item, value)]),
        (Shape::Boolean, value) => validate::boolean(&value).map_or(value, Value::from),
        (Shape::Integer { .. }, value) => validate::integer(&value).map_or(value, Value::from),
        (Shape::Double, value) => validate::double(&value).map_or(value, Value::from),
        // YAML and Python read digits as a number where text is meant.
        (Shape::Text(_), Value::Number(number)) => Value::from(number.to_string()),
        (_, value) => value,
    }
}
