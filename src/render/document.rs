//! A request read through its call's table: every value typed, in the model's order, ready for any renderer.

use super::{error, number};
use crate::request::shape::{Member, Request, Shape};
use crate::request::timestamp::Timestamp;
use crate::request::validate::{self, Problem};
use crate::sentence::sentence;
use serde_json::{Map, Value};

/// How deep structures and lists may lie within each other; the calls need five.
const DEEPEST: usize = 16;

/// A value whose type the table vouches for.
#[derive(Debug, Clone)]
pub enum Node {
    /// Text as it is.
    Text(String),
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A floating-point number, finite.
    Double(f64),
    /// A moment as EC2's clients send it: `2026-01-02T03:04:05Z`.
    Timestamp(String),
    /// A structure's members that are present.
    Structure(Fields),
    /// A list's items.
    List(Vec<Node>),
}

/// Members and their values, in the model's order.
pub type Fields = Vec<(&'static Member, Node)>;

/// Reads a request's parameters.
///
/// Whether AWS would take the values is for [`crate::request::validate`] to say. `null`, empty structures and empty
/// lists are left out, as the clients leave them out.
///
/// # Errors
/// What cannot be written down truthfully: every member that the table does not have, and every value that is of
/// another type than the table says or lies too deep.
pub fn read(request: &Request) -> Result<Fields, Vec<Problem>> {
    let mut problems = Vec::new();
    let fields = read_structure(request.call.members, &request.parameters, "", 0, &mut problems);
    if problems.is_empty() { Ok(fields) } else { Err(problems) }
}

fn read_structure(
    members: &'static [Member],
    values: &Map<String, Value>,
    path: &str,
    depth: usize,
    problems: &mut Vec<Problem>,
) -> Fields {
    for name in values.keys() {
        if !members.iter().any(|member| member.name == name) {
            problems.push(error(
                &join(path, name),
                "unknown-member",
                sentence!("“{name}” is not a parameter here. Remove it, or check its spelling.", name),
            ));
        }
    }
    let mut fields = Fields::new();
    for member in members {
        let Some(value) = values.get(member.name) else { continue };
        if let Some(node) = read_value(&member.shape, value, &join(path, member.name), depth, problems)
            && !is_empty(&node)
        {
            fields.push((member, node));
        }
    }
    fields
}

fn read_value(
    shape: &'static Shape,
    value: &Value,
    path: &str,
    depth: usize,
    problems: &mut Vec<Problem>,
) -> Option<Node> {
    if value.is_null() {
        return None;
    }
    if depth > DEEPEST {
        problems.push(error(path, "too-deep", "This lies too deep inside the request.".into()));
        return None;
    }
    let node = match (shape, value) {
        (Shape::Text(_), Value::String(text)) => Some(Node::Text(text.clone())),
        (Shape::Boolean, value) => validate::boolean(value).map(Node::Boolean),
        (Shape::Integer { .. }, value) => validate::integer(value).map(Node::Integer),
        (Shape::Double, value) => validate::double(value).map(Node::Double),
        (Shape::Timestamp, value) => {
            Timestamp::from_value(value).ok().map(|moment| Node::Timestamp(moment.to_utc()))
        }
        (Shape::Structure(members), Value::Object(values)) => {
            let depth = depth.saturating_add(1);
            Some(Node::Structure(read_structure(members, values, path, depth, problems)))
        }
        (Shape::List(item), Value::Array(values)) => {
            let depth = depth.saturating_add(1);
            let items = values.iter().enumerate();
            let items = items.filter_map(|(index, value)| {
                read_value(item, value, &format!("{path}[{index}]"), depth, problems)
            });
            Some(Node::List(items.collect()))
        }
        _ => None,
    };
    if node.is_none() {
        problems.push(error(path, "wrong-type", sentence!("This must be {shape}.", shape = expected(shape))));
    }
    node
}

fn expected(shape: &Shape) -> &'static str {
    match shape {
        Shape::Text(_) => "text",
        Shape::Boolean => "true or false",
        Shape::Integer { .. } => "a whole number",
        Shape::Double => "a number",
        Shape::Timestamp => {
            "a moment with its offset from UTC, such as 2026-01-02T03:04:05Z, or seconds since 1970"
        }
        Shape::Structure(_) => "a structure",
        Shape::List(_) => "a list",
    }
}

fn is_empty(node: &Node) -> bool {
    match node {
        Node::Structure(fields) => fields.is_empty(),
        Node::List(items) => items.is_empty(),
        _ => false,
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// The fields as JSON in the API's own names; doubles always carry a fraction, because the clients send a JSON
/// integer as it stands and `12` would differ from the `12.0` that a command sends.
pub fn to_json(fields: &Fields) -> Map<String, Value> {
    fields.iter().map(|(member, node)| (member.name.to_owned(), node_to_json(node))).collect()
}

/// A value as JSON.
pub fn node_to_json(node: &Node) -> Value {
    match node {
        Node::Text(text) | Node::Timestamp(text) => Value::String(text.clone()),
        Node::Boolean(value) => Value::Bool(*value),
        Node::Integer(value) => Value::from(*value),
        Node::Double(value) => Value::from(*value),
        Node::Structure(fields) => Value::Object(to_json(fields)),
        Node::List(items) => Value::Array(items.iter().map(node_to_json).collect()),
    }
}

/// A scalar's text as the clients send it; `None` for structures and lists.
pub fn scalar_text(node: &Node) -> Option<String> {
    match node {
        Node::Text(text) | Node::Timestamp(text) => Some(text.clone()),
        Node::Boolean(value) => Some(value.to_string()),
        Node::Integer(value) => Some(value.to_string()),
        Node::Double(value) => Some(number::python_text(*value)),
        Node::Structure(_) | Node::List(_) => None,
    }
}
