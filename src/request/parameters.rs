//! Reading and changing a request by path, reading it from JSON, and stripping it of its secrets.

use super::path::{self, BadPath};
use super::secrets;
use super::shape::{Call, Member, Request, Shape};
use super::validate::{self, Level, Problem};
use crate::sentence::{Sentence, sentence};
use serde_json::{Map, Value};

/// The longest JSON text that is read as a request, in bytes; a real one with fifty tags stays below 100 KiB.
pub const MAXIMUM_TEXT: usize = 1 << 20;

impl Request {
    /// A request without parameters.
    pub fn new(call: &'static Call) -> Self {
        Self { call, parameters: Map::new() }
    }

    /// Reads a request from JSON in the API's own names, as `--cli-input-json` takes it.
    ///
    /// Whether it is a *right* request is for [`validate::validate`] to say.
    ///
    /// # Errors
    /// The text is longer than [`MAXIMUM_TEXT`], is not JSON, or is JSON but no object.
    pub fn from_json(call: &'static Call, text: &str) -> Result<Self, Problem> {
        let problem = |code: &str, message: Sentence| Problem {
            path: String::new(),
            level: Level::Error,
            code: code.into(),
            message,
        };
        if text.len() > MAXIMUM_TEXT {
            let message = sentence!(
                "The text has {length} bytes; a request has at most {most}.",
                length = text.len(),
                most = MAXIMUM_TEXT
            );
            return Err(problem("json-too-long", message));
        }
        // Windows' editors put a byte order mark before the text.
        match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
            Ok(Value::Object(parameters)) => Ok(Self { call, parameters }),
            Ok(_) => Err(problem(
                "json-not-an-object",
                sentence!(
                    "The parameters of {call} are a JSON object: put them in braces.",
                    call = call.name
                ),
            )),
            Err(error) => Err(problem(
                "not-json",
                sentence!(
                    "This is not JSON: line {line}, column {column}: {error}.",
                    line = error.line(),
                    column = error.column(),
                    error = reason(&error)
                ),
            )),
        }
    }

    /// The value at a path, where there is one.
    pub fn get(&self, path: &str) -> Option<&Value> {
        path::get(&self.parameters, path)
    }

    /// The text at a path.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.get(path)?.as_str()
    }

    /// The Boolean at a path, also one that was typed as text.
    pub fn flag(&self, path: &str) -> Option<bool> {
        validate::boolean(self.get(path)?)
    }

    /// The whole number at a path, also one that was typed as text.
    pub fn integer(&self, path: &str) -> Option<i64> {
        validate::integer(self.get(path)?)
    }

    /// The items of the list at a path with their own paths; none where there is no list.
    pub fn items(&self, path: &str) -> Vec<(String, &Value)> {
        let items = self.get(path).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        items.iter().enumerate().map(|(index, item)| (format!("{path}[{index}]"), item)).collect()
    }

    /// Puts a value at a path; see [`path::set`].
    ///
    /// # Errors
    /// The path is not one that [`path::steps`] reads; nothing is changed then.
    pub fn set(&mut self, path: &str, value: Value) -> Result<(), BadPath> {
        path::set(&mut self.parameters, path, value)
    }

    /// Removes what is at a path; see [`path::remove`].
    ///
    /// # Errors
    /// The path is not one that [`path::steps`] reads; nothing is changed then.
    pub fn remove(&mut self, path: &str) -> Result<(), BadPath> {
        path::remove(&mut self.parameters, path)
    }

    /// The same request with Booleans and numbers that were typed as text made what the table says they are.
    #[must_use]
    pub fn normalised(&self) -> Self {
        let mut request = self.clone();
        normalise_members(self.call.members, &mut request.parameters);
        request
    }

    /// The same request without what may enter no draft, link or log.
    ///
    /// A URL keeps everything but its signature, in whose place stands
    /// [`REMOVED_SIGNATURE`](super::rules::url::REMOVED_SIGNATURE); this holds for signed URLs in any member, since one
    /// is as easily pasted into the wrong field. Other secrets are dropped, as are texts that hold credentials.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        let mut request = self.clone();
        drop_secrets(self.call.members, &mut request.parameters);
        request
    }

    /// Whether [`Self::without_secrets`] would take something away.
    pub fn has_secrets(&self) -> bool {
        self.without_secrets().parameters != self.parameters
    }
}

/// serde_json's own words without the position, which has been said.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.find(" at line ") {
        Some(end) => text.chars().take(text[..end].chars().count()).collect(),
        None => text,
    }
}

fn normalise_members(members: &'static [Member], values: &mut Map<String, Value>) {
    for member in members {
        if let Some(value) = values.get_mut(member.name) {
            normalise(&member.shape, value);
        }
    }
}

fn normalise(shape: &'static Shape, value: &mut Value) {
    match (shape, &mut *value) {
        (Shape::Structure(members), Value::Object(values)) => normalise_members(members, values),
        (Shape::List(item), Value::Array(values)) => {
            for value in values {
                normalise(item, value);
            }
        }
        (Shape::Boolean, Value::String(_)) => {
            if let Some(flag) = validate::boolean(value) {
                *value = Value::Bool(flag);
            }
        }
        (Shape::Integer { .. }, Value::String(_)) => {
            if let Some(number) = validate::integer(value) {
                *value = number.into();
            }
        }
        (Shape::Double, Value::String(_)) => {
            if let Some(number) = validate::double(value) {
                *value = number.into();
            }
        }
        _ => {}
    }
}

fn drop_secrets(members: &'static [Member], values: &mut Map<String, Value>) {
    values.retain(|name, value| {
        let member = members.iter().find(|member| member.name == name);
        let secret = member.is_some_and(|member| member.secret);
        if member.is_none() && !secrets::is_public(name) {
            return false;
        }
        let inside = member.map_or(&[] as &[Member], |member| member.shape.members());
        keep_public(inside, secret, value)
    });
}

/// Takes the secrets out of a value; `false` says that nothing public is left.
fn keep_public(members: &'static [Member], secret: bool, value: &mut Value) -> bool {
    match value {
        Value::Object(values) => {
            drop_secrets(members, values);
            true
        }
        Value::Array(items) => {
            items.retain_mut(|item| keep_public(members, secret, item));
            true
        }
        Value::String(text) => match secrets::public(text, secret) {
            Some(public) => {
                *text = public;
                true
            }
            None => false,
        },
        _ => true,
    }
}

#[cfg(test)]
#[path = "parameters/tests.rs"]
mod tests;
