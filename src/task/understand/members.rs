//! An object's members as the fields of a table, under whichever of their names they come.

use crate::request::responses::RESPONSES;
use crate::request::responses::field::{self, Field, Shape};
use crate::request::rules::url;
use crate::sentence::{Sentence, sentence};
use crate::task::answer::{NotUnderstood, Row};
use crate::task::read::shortened;
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::sync::LazyLock;

/// What clients put around an answer; it is no field of it, and nothing to remark.
const AROUND: [&str; 7] =
    ["ResponseMetadata", "requestId", "$metadata", "_return", "xmlns", "@xmlns", "HttpStatusCode"];

/// The fields of a structure that have a value, in the order of the table.
#[derive(Debug, Default)]
pub(super) struct Members(Vec<(&'static Field, Item)>);

/// A field's value.
#[derive(Debug)]
enum Item {
    Text(String),
    Structure(Members),
    List(Vec<Members>),
}

impl Members {
    fn get(&self, name: &str) -> Option<&Item> {
        self.0.iter().find(|(field, _)| field.name == name).map(|(_, item)| item)
    }

    /// The text of a field.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Item::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a field, unless it is empty.
    pub(super) fn filled(&self, name: &str) -> Option<String> {
        self.text(name).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// The structure in a field.
    pub(super) fn structure(&self, name: &str) -> Option<&Self> {
        match self.get(name)? {
            Item::Structure(members) => Some(members),
            _ => None,
        }
    }

    /// The items of a list; none where there is no list.
    pub(super) fn list(&self, name: &str) -> &[Self] {
        match self.get(name) {
            Some(Item::List(items)) => items,
            _ => &[],
        }
    }

    /// Every value within, by path.
    pub(super) fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        self.collect("", &mut rows);
        rows
    }

    fn collect(&self, prefix: &str, rows: &mut Vec<Row>) {
        for (field, item) in &self.0 {
            let path = format!("{prefix}{}", field.name);
            match item {
                Item::Text(value) => rows.push(Row { path, value: value.clone(), help: field.help }),
                Item::Structure(members) => members.collect(&format!("{path}."), rows),
                Item::List(items) => {
                    for (index, members) in items.iter().enumerate() {
                        members.collect(&format!("{path}[{index}]."), rows);
                    }
                }
            }
        }
    }
}

/// Reads members, and keeps what it does not understand.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) request_id: Option<String>,
    pub(super) not_understood: Vec<NotUnderstood>,
}

impl Reader {
    /// The fields that an object has.
    pub(super) fn members(
        &mut self,
        fields: &'static [Field],
        values: &Map<String, Value>,
        prefix: &str,
    ) -> Members {
        let mut members: Vec<(usize, &'static Field, Item)> = Vec::new();
        for (name, value) in values {
            let found = fields.iter().enumerate().find(|(_, field)| is_field(field, name));
            let path = format!("{prefix}{name}");
            let Some((place, field)) = found else {
                self.leave(name, &path, value);
                continue;
            };
            if let Some(item) = self.item(field, value, &path) {
                members.push((place, field, item));
            }
        }
        members.sort_by_key(|(place, ..)| *place);
        Members(members.into_iter().map(|(_, field, item)| (field, item)).collect())
    }

    fn item(&mut self, field: &'static Field, value: &Value, path: &str) -> Option<Item> {
        match field.shape {
            Shape::Structure(fields) => match value {
                Value::Object(values) => {
                    Some(Item::Structure(self.members(fields, values, &format!("{path}."))))
                }
                // Some converters of XML make a list of everything.
                Value::Array(items) if items.len() == 1 => self.item(field, items.first()?, path),
                _ => self.unlike(path, value, "a structure"),
            },
            Shape::List(fields) => {
                let Some(items) = items(value) else { return self.unlike(path, value, "a list") };
                let mut list = Vec::with_capacity(items.len());
                for (index, item) in items.into_iter().enumerate() {
                    let path = format!("{path}[{index}]");
                    if let Value::Object(values) = item {
                        list.push(self.members(fields, values, &format!("{path}.")));
                    } else {
                        self.unlike(&path, item, "a structure");
                    }
                }
                Some(Item::List(list))
            }
            shape => match text(value) {
                Some(text) => Some(Item::Text(spelled(shape, field.secret, text))),
                None => self.unlike(path, value, "a single value"),
            },
        }
    }

    /// Remarks a value of another type; nothing at all is no value.
    fn unlike(&mut self, path: &str, value: &Value, wanted: &'static str) -> Option<Item> {
        if !matches!(value, Value::Null) && value.as_str() != Some("") {
            self.note(path, value, sentence!("The field holds {wanted}.", wanted = Sentence::from(wanted)));
        }
        None
    }

    fn leave(&mut self, name: &str, path: &str, value: &Value) {
        let id = |value: &Value| value.as_str().map(str::to_owned);
        if is_same(name, "requestId") {
            self.request_id = id(value);
        } else if name == "$metadata" {
            self.request_id = value.get("requestId").and_then(id);
        } else if !AROUND.iter().any(|around| is_same(name, around)) {
            self.note(path, value, "The answer has no field of this name.".into());
        }
    }

    fn note(&mut self, path: &str, value: &Value, reason: Sentence) {
        const MOST: usize = 50;
        if self.not_understood.len() < MOST {
            let text = match value {
                Value::Object(_) => "{…}".into(),
                Value::Array(_) => "[…]".into(),
                value => Sentence::verbatim(shortened(&text(value).unwrap_or_default())),
            };
            self.not_understood.push(NotUnderstood {
                place: Sentence::verbatim(shortened(path)),
                text,
                reason,
            });
        }
    }
}

/// The items of a list: an array, or what converters of XML and CloudTrail put around one.
fn items(value: &Value) -> Option<Vec<&Value>> {
    match value {
        Value::Array(items) => Some(items.iter().collect()),
        Value::Object(members) => {
            match ["item", "items", "member"].iter().find_map(|name| members.get(*name)) {
                Some(Value::Array(items)) => Some(items.iter().collect()),
                Some(item) => Some(vec![item]),
                None => Some(vec![value]),
            }
        }
        _ => None,
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// A value as it is shown: a Boolean as JSON has it, an address without its signature.
fn spelled(shape: Shape, is_secret: bool, text: String) -> String {
    if is_secret {
        return url::without_signature(&text, true).unwrap_or_else(|| url::REMOVED_SIGNATURE.into());
    }
    match shape {
        Shape::Boolean => field::boolean(&text).map_or(text, |value| value.to_string()),
        _ => text,
    }
}

/// Whether a name is one of the field's, in whichever spelling: `TagSet`, `tag_set`.
fn is_field(field: &Field, name: &str) -> bool {
    is_same(name, field.name) || is_same(name, field.wire)
}

/// Whether two names differ in capitals, hyphens and underscores only.
pub(super) fn is_same(left: &str, right: &str) -> bool {
    letters(left).eq(letters(right))
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars()
        .filter(|character| !matches!(character, '_' | '-'))
        .map(|character| character.to_ascii_lowercase())
}

/// How many names of an object are the table's, less those that are not.
pub(super) fn likeness(fields: &'static [Field], members: &Map<String, Value>) -> i32 {
    const KNOWN: i32 = 4;
    // Of two tables that know every name, the one with fewer others is meant: a lone SnapshotId is a copy's.
    let names = members.keys().take(100).filter(|name| !AROUND.iter().any(|around| is_same(name, around)));
    names.fold(0, |score: i32, name| {
        let is_known = fields.iter().any(|field| is_field(field, name));
        score.saturating_add(if is_known { KNOWN } else { -1 })
    })
}

static NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    fn collect(fields: &'static [Field], names: &mut HashSet<String>) {
        for field in fields {
            names.extend([field.name, field.wire].map(|name| letters(name).collect()));
            collect(field.shape.fields().unwrap_or_default(), names);
        }
    }
    let mut names = HashSet::new();
    for response in &RESPONSES {
        collect(response.fields, &mut names);
    }
    names
});

/// Whether any answer has a field of this name.
pub(in crate::task) fn is_known(name: &str) -> bool {
    NAMES.contains(&letters(name).collect::<String>())
}
