//! The skeletons of a call, as `--generate-cli-skeleton` of the AWS CLI prints them: every parameter with a value of
//! its type, to be filled in; and every member of its answer.

use super::yaml;
use crate::request::responses::{self, field};
use crate::request::shape::{Call, Member, Shape};
use serde_json::{Map, Value};
use std::fmt::Write;

/// Every parameter as JSON.
pub fn json(call: &Call) -> String {
    format!("{:#}\n", Value::Object(structure(call.members)))
}

fn structure(members: &[Member]) -> Map<String, Value> {
    members.iter().map(|member| (member.name.to_owned(), value(&member.shape))).collect()
}

fn value(shape: &Shape) -> Value {
    match shape {
        Shape::Text(text) => Value::from(text.values.first().copied().unwrap_or_default()),
        Shape::Boolean => Value::from(true),
        Shape::Integer { minimum, .. } => Value::from((*minimum).max(0)),
        Shape::Double => Value::from(0.0),
        Shape::Timestamp => Value::from("1970-01-01T00:00:00Z"),
        Shape::Structure(members) => Value::Object(structure(members)),
        Shape::List(item) => Value::Array(vec![value(item)]),
    }
}

/// Every member of the answer as JSON; the CLI fills texts with their names.
pub fn answer(call: &Call) -> String {
    format!("{:#}\n", answer_structure(responses::find(call.name).map_or(&[], |response| response.fields)))
}

fn answer_structure(fields: &[field::Field]) -> Value {
    let values = fields.iter().map(|field| {
        let value = match field.shape {
            field::Shape::Text(_) => Value::from(field.name),
            field::Shape::Boolean => Value::from(true),
            field::Shape::Integer | field::Shape::Long => Value::from(0),
            field::Shape::Double => Value::from(0.0),
            field::Shape::Timestamp => Value::from("1970-01-01T00:00:00"),
            field::Shape::Structure(fields) => answer_structure(fields),
            field::Shape::List(fields) => Value::Array(vec![answer_structure(fields)]),
        };
        (field.name.to_owned(), value)
    });
    Value::Object(values.collect())
}

/// Every parameter as YAML, with what it is behind it.
pub fn yaml(call: &Call) -> String {
    let mut text = String::new();
    write_members(&mut text, call.members, "", "");
    text
}

/// `first` is what stands before the first member, `indent` before all others.
fn write_members(text: &mut String, members: &[Member], first: &str, indent: &str) {
    let mut before = first;
    for member in members {
        let required = if member.required { "[REQUIRED] " } else { "" };
        let help = member.help.replace(['\n', '\r'], " ");
        let value = match &member.shape {
            Shape::Structure(_) | Shape::List(_) => String::new(),
            Shape::Text(_) | Shape::Timestamp => {
                format!(" {}", yaml::quoted(value(&member.shape).as_str().unwrap_or_default()))
            }
            scalar => format!(" {}", value(scalar)),
        };
        let _ = writeln!(text, "{before}{}:{value} # {required}{help}", member.name);
        before = indent;
        match &member.shape {
            Shape::Structure(members) => {
                let indent = format!("{indent}  ");
                write_members(text, members, &indent, &indent);
            }
            Shape::List(Shape::Structure(members)) => {
                write_members(text, members, &format!("{indent}- "), &format!("{indent}  "));
            }
            Shape::List(item) => {
                let _ = writeln!(text, "{indent}- {}", value_in_yaml(item));
            }
            _ => {}
        }
    }
}

fn value_in_yaml(shape: &Shape) -> String {
    match value(shape) {
        Value::String(text) => yaml::quoted(&text),
        value => value.to_string(),
    }
}
