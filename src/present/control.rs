//! The controls a form is made of. Values are the plan's own: a control says only where its value lies.

use crate::read::read;
use serde::Serialize;

/// The form of a call, as it stands with the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Form {
    /// What the call does, one sentence.
    pub help: String,
    /// The call's page in AWS's reference.
    pub page: String,
    /// Where what is imported lies; empty for a call that imports nothing.
    pub place: Vec<Control>,
    /// What most people need.
    pub main: Vec<Control>,
    /// What few need.
    pub more: Vec<Control>,
}

/// A control, or several that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Control {
    /// One parameter.
    Field(Field),
    /// Several that belong together.
    Group(Group),
    /// As many as a person likes.
    List(List),
}

/// One parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Where its value lies: a path into the call's parameters.
    pub path: String,
    /// Its name for a person.
    pub label: String,
    /// What it is, with units and limits.
    pub help: String,
    /// What is shown while it is empty.
    pub example: String,
    /// What can be entered.
    pub kind: Kind,
    /// Whether the call does without it.
    pub optional: bool,
    /// Whether it takes the whole width.
    pub wide: bool,
}

/// What can be entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A line of text, a number or a moment.
    Line,
    /// Yes or no.
    Flag,
    /// One of these.
    Choice(Vec<String>),
    /// A line of text, with these proposed.
    Proposed(Vec<String>),
}

/// Controls that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The path of the structure.
    pub path: String,
    /// Its name for a person.
    pub label: String,
    /// The ways of which one is to be chosen: the member and its name for a person; empty where there is no choice.
    pub ways: Vec<[String; 2]>,
    /// The way that is chosen.
    pub way: String,
    /// What is in it.
    pub controls: Vec<Control>,
}

/// A list of controls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct List {
    /// The path of the list.
    pub path: String,
    /// Its name for a person.
    pub label: String,
    /// What it is for.
    pub help: String,
    /// The text of the button that adds an item.
    pub add: String,
    /// The path of the item that it adds.
    pub next: String,
    /// Whether each item is one row: a key and a value.
    pub rows: bool,
    /// The items.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Its path.
    pub path: String,
    /// Its name for a person: "Disk 2".
    pub label: String,
    /// The text of the button that removes it.
    pub remove: String,
    /// What is in it.
    pub controls: Vec<Control>,
}

read!(enum Control { "field" => Field(content), "group" => Group(content), "list" => List(content) });
read!(enum Kind { "line" => Line, "flag" => Flag, "choice" => Choice(content), "proposed" => Proposed(content) });
read!(struct Form { help, page, place, main, more });
read!(struct Field { path, label, help, example, kind, optional, wide });
read!(struct Group { path, label, ways, way, controls });
read!(struct List { path, label, help, add, next, rows, items });
read!(struct Item { path, label, remove, controls });
