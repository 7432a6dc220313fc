//! Reading and changing a request by path, reading it from JSON, and stripping it of its secrets.

use super::path::{self, BadPath, Step};
use super::rules::url;
use super::shape::{Call, Member, Request, Shape};
use super::validate::{self, Level, Problem};
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
    /// Whether it is a *right* request is for [`validate::validate`] to say; the error is that it is no JSON object.
    pub fn from_json(call: &'static Call, text: &str) -> Result<Self, Problem> {
        let problem = |code: &str, message: String| Problem {
            path: String::new(),
            level: Level::Error,
            code: code.into(),
            message,
        };
        if text.len() > MAXIMUM_TEXT {
            let message = format!("The text has {} bytes; a request has at most {MAXIMUM_TEXT}.", text.len());
            return Err(problem("json-too-long", message));
        }
        // Windows' editors put a byte order mark before the text.
        match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
            Ok(Value::Object(parameters)) => Ok(Self { call, parameters }),
            Ok(_) => Err(problem(
                "json-not-an-object",
                format!("The parameters of {} are a JSON object: put them in braces.", call.name),
            )),
            Err(error) => Err(problem(
                "not-json",
                format!(
                    "This is not JSON: line {}, column {}: {}.",
                    error.line(),
                    error.column(),
                    reason(&error)
                ),
            )),
        }
    }

    /// The value at a path, where there is one.
    pub fn get(&self, path: &str) -> Option<&Value> {
        let mut steps = path::steps(path).ok()?.into_iter();
        let mut value = match steps.next()? {
            Step::Member(name) => self.parameters.get(&name)?,
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

    /// Puts a value at a path, making the structures and lists on the way; `null` removes what is there.
    ///
    /// Whatever stands in the way and is of another type is replaced: the path is the newer wish.
    pub fn set(&mut self, path: &str, value: Value) -> Result<(), BadPath> {
        let steps = path::steps(path)?;
        if value.is_null() {
            return self.remove(path);
        }
        let mut root = Value::Object(std::mem::take(&mut self.parameters));
        let mut place = &mut root;
        for step in steps {
            place = enter(place, step);
        }
        *place = value;
        if let Value::Object(parameters) = root {
            self.parameters = parameters;
        }
        Ok(())
    }

    /// Removes what is at a path, and every structure and list around it that is left empty; an item of a list goes
    /// only when it is itself named, so that emptying a row's last field keeps the row.
    pub fn remove(&mut self, path: &str) -> Result<(), BadPath> {
        let steps = path::steps(path)?;
        let mut root = Value::Object(std::mem::take(&mut self.parameters));
        remove_steps(&mut root, &steps);
        if let Value::Object(parameters) = root {
            self.parameters = parameters;
        }
        Ok(())
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
    /// A URL keeps everything but its signature, in whose place stands [`url::REMOVED_SIGNATURE`]; this holds for
    /// signed URLs in any member, since one is as easily pasted into the wrong field. Other secrets are dropped.
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
        Value::String(text) => match url::without_signature(text, secret) {
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
