//! `--output table`: boxes within boxes, each with the name of its structure above it.
//!
//! A box has either its fields' names in a first row and an item in each further one, or, where the terminal is too
//! narrow or there is only one field, a name and its value in each row. How many bars a line begins with says how deep
//! its box lies.

use super::{Document, Found, NotUnderstood, shortened};
use crate::request::responses::field::Field;
use crate::request::responses::{self, RESPONSES, Response};
use crate::sentence::{Sentence, sentence};
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::sync::LazyLock;

/// The names of calls, structures and lists: what can stand above a box.
static TITLES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    fn collect(fields: &'static [Field], titles: &mut HashSet<&'static str>) {
        for field in fields {
            if let Some(inner) = field.shape.fields() {
                titles.insert(field.name);
                collect(inner, titles);
            }
        }
    }
    let mut titles = HashSet::new();
    for response in &RESPONSES {
        titles.insert(response.call);
        collect(response.fields, &mut titles);
    }
    titles
});

/// Whether the text looks like a table: its first line is ruled, or has a bar at both ends.
pub(super) fn is_one(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default().trim_end();
    let is_ruled = first.len() >= 4 && first.bytes().all(|byte| byte == b'-');
    is_ruled || first.len() >= 4 && first.starts_with(['|', '+']) && first.ends_with(['|', '+'])
}

/// Reads a table.
pub(super) fn read(text: &str) -> Found {
    let mut notes = Vec::new();
    let sections = sections(text, &mut notes);
    let root = sections.first().and_then(|section| responses::find(section.title));
    let mut found = Found::default();
    if let Some(Response { call, fields }) = root {
        let mut builder = Builder { sections: &sections, at: 0 };
        let mut items = builder.items(fields, 0);
        if items.is_empty() {
            items.push(Value::Object(Map::new()));
        }
        let value = if items.len() > 1 { Value::Array(items) } else { items.swap_remove(0) };
        found.documents.push(Document { call: Some(call), value });
        for section in sections.get(builder.at..).unwrap_or_default() {
            notes.push(NotUnderstood {
                place: sentence!("line {line}", line = section.line),
                text: Sentence::verbatim(section.title),
                reason: "No structure of the answer has this name here.".into(),
            });
        }
    } else {
        // Without its top the table still names its boxes.
        let mut builder = Builder { sections: &sections, at: 0 };
        if let Some(fields) =
            sections.first().and_then(|section| fields_of(section.title, sections_root(&sections)))
        {
            let depth = sections.first().map_or(0, |section| section.depth);
            for value in builder.items(fields, depth) {
                found.documents.push(Document { call: None, value });
            }
        }
    }
    notes.truncate(20);
    found.not_understood = notes;
    found
}

/// The answer in which the most of the boxes' names occur.
fn sections_root(sections: &[Section]) -> &'static [Field] {
    let count = |response: &&Response| {
        sections.iter().filter(|section| fields_of(section.title, response.fields).is_some()).count()
    };
    RESPONSES.iter().rev().max_by_key(count).map_or(&[], |response| response.fields)
}

/// The fields of a structure, wherever it lies.
fn fields_of(title: &str, fields: &'static [Field]) -> Option<&'static [Field]> {
    fields.iter().find_map(|field| {
        let inner = field.shape.fields()?;
        if field.name == title { Some(inner) } else { fields_of(title, inner) }
    })
}

/// A box.
struct Section<'a> {
    title: &'a str,
    depth: usize,
    /// The line of its title, from 1.
    line: usize,
    /// The fields of each item, by name.
    items: Vec<Vec<(&'a str, &'a str)>>,
}

/// What a line is.
enum Line<'a> {
    /// A rule, with the places of its crosses.
    Rule(Vec<usize>),
    /// Cells between bars.
    Content(&'a str),
}

fn sections<'a>(text: &'a str, notes: &mut Vec<NotUnderstood>) -> Vec<Section<'a>> {
    let mut sections: Vec<Section> = Vec::new();
    let mut blocks: Vec<Block> = Vec::new();
    let mut crosses: Vec<usize> = Vec::new();
    for (number, line) in
        text.lines().enumerate().map(|(index, line)| (index.saturating_add(1), line.trim_end()))
    {
        match classify(line) {
            None if line.bytes().all(|byte| byte == b'-') => {}
            None => notes.push(note(number, line)),
            Some(Line::Rule(places)) => {
                crosses = places;
                blocks.push(Block::default());
            }
            Some(Line::Content(line)) => {
                if let Some((title, depth)) = title(line) {
                    finish(sections.last_mut(), &mut blocks);
                    sections.push(Section { title, depth, line: number, items: Vec::new() });
                } else if let (Some(block), Some(cells)) = (blocks.last_mut(), cells(line, &crosses)) {
                    block.rows.push(cells);
                } else {
                    notes.push(note(number, line));
                }
            }
        }
    }
    finish(sections.last_mut(), &mut blocks);
    sections
}

fn note(line: usize, text: &str) -> NotUnderstood {
    NotUnderstood {
        place: sentence!("line {line}", line),
        text: Sentence::verbatim(shortened(text)),
        reason: "This is no line of a table: a value that wraps or has a bar in it is better copied as JSON."
            .into(),
    }
}

/// Rows between two rules.
#[derive(Default)]
struct Block<'a> {
    rows: Vec<Vec<&'a str>>,
}

fn classify(line: &str) -> Option<Line<'_>> {
    if line.is_empty() || !line.starts_with(['|', '+']) {
        return None;
    }
    let inner = line.trim_start_matches('|');
    if inner.starts_with('+') && inner.trim_end_matches('|').bytes().all(|byte| matches!(byte, b'+' | b'-')) {
        let crosses = line.match_indices('+').map(|(at, _)| at).collect();
        return Some(Line::Rule(crosses));
    }
    Some(Line::Content(line))
}

/// The name in a line that is a box's title, and the box's depth.
fn title(line: &str) -> Option<(&'static str, usize)> {
    let inner = line.trim_start_matches('|');
    let depth = line.len().saturating_sub(inner.len()).checked_sub(1)?;
    let name = inner.trim_end_matches('|').trim();
    TITLES.get(name).map(|title| (*title, depth))
}

/// The cells of a line under a rule with these crosses.
fn cells<'a>(line: &'a str, crosses: &[usize]) -> Option<Vec<&'a str>> {
    let columns = crosses.len().checked_sub(1)?;
    let depth = *crosses.first()?;
    let inner = line.get(depth.saturating_add(1)..line.len().checked_sub(depth.saturating_add(1))?)?;
    let parts: Vec<&str> = inner.split('|').map(str::trim).collect();
    if parts.len() == columns {
        return Some(parts);
    }
    // A value has a bar in it: the crosses say where the cells end, as long as every character is one column wide.
    let places: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
    let cell = |ends: &[usize]| {
        let [start, end] = ends else { return None };
        let start = *places.get(start.saturating_add(1))?;
        line.get(start..*places.get(*end)?).map(str::trim)
    };
    crosses.windows(2).map(cell).collect()
}

/// Makes the items of a box of its blocks.
fn finish<'a>(section: Option<&mut Section<'a>>, blocks: &mut Vec<Block<'a>>) {
    let mut blocks = std::mem::take(blocks).into_iter().filter(|block| !block.rows.is_empty());
    let (Some(section), Some(first)) = (section, blocks.next()) else { return };
    let rest: Vec<Block> = blocks.collect();
    if rest.is_empty() {
        // A name and its value in each row.
        let pair = |row: Vec<&'a str>| match row[..] {
            [name, value] => Some((name, value)),
            _ => None,
        };
        section.items.push(first.rows.into_iter().filter_map(pair).collect());
        return;
    }
    let Some(names) = first.rows.into_iter().next() else { return };
    for row in rest.into_iter().flat_map(|block| block.rows) {
        section.items.push(names.iter().copied().zip(row).collect());
    }
}

struct Builder<'s, 'a> {
    sections: &'s [Section<'a>],
    at: usize,
}

impl Builder<'_, '_> {
    /// The items of the box at hand, with the boxes that lie in the last of them.
    fn items(&mut self, fields: &'static [Field], depth: usize) -> Vec<Value> {
        let Some(section) = self.sections.get(self.at) else { return Vec::new() };
        let mut items: Vec<Map<String, Value>> = section.items.iter().map(|item| members(item)).collect();
        self.at = self.at.saturating_add(1);
        let mut nested = Map::new();
        let inside = depth.saturating_add(1);
        while let Some(next) = self.sections.get(self.at) {
            let named = fields.iter().find(|field| field.name == next.title);
            let Some((field, inner)) = named.and_then(|field| Some((field, field.shape.fields()?))) else {
                break;
            };
            if next.depth != inside {
                break;
            }
            let values = self.items(inner, inside);
            if matches!(field.shape, crate::request::responses::field::Shape::Structure(_)) {
                nested.extend(values.into_iter().next().map(|value| (field.name.to_owned(), value)));
            } else if let Value::Array(list) =
                nested.entry(field.name).or_insert_with(|| Value::Array(Vec::new()))
            {
                list.extend(values);
            }
        }
        match items.last_mut() {
            Some(last) => last.extend(nested),
            None => items.push(nested),
        }
        items.into_iter().map(Value::Object).collect()
    }
}

/// The fields of an item; an empty cell is a field that only other items have.
fn members(item: &[(&str, &str)]) -> Map<String, Value> {
    let given = item.iter().filter(|(_, value)| !matches!(*value, "" | "None"));
    given.map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const WIDE: &str = "\
-----------------------------------
|          ImportSnapshot         |
+-------------+-------------------+
| Description |   ImportTaskId    |
+-------------+-------------------+
|  a | b      |  import-snap-1    |
+-------------+-------------------+
||      SnapshotTaskDetail       ||
|+-----------------+-------------+|
||  Status         |  active     ||
||  StatusMessage  |  pending    ||
|+-----------------+-------------+|
|||          UserBucket         |||
||+---------------+-------------+||
|||  S3Bucket     |  S3Key      |||
||+---------------+-------------+||
|||  my-bucket    |  disk.vmdk  |||
||+---------------+-------------+||
||             Tags              ||
|+---------------+---------------+|
||      Key      |     Value     ||
|+---------------+---------------+|
||  Name         |  web 1        ||
||  Owner        |               ||
|+---------------+---------------+|
";

    #[test]
    fn boxes_within_boxes_are_structures_within_structures() {
        let found = read(WIDE);
        assert!(found.not_understood.is_empty(), "{:?}", found.not_understood);
        assert_eq!(found.documents[0].call, Some("ImportSnapshot"));
        let expected = json!({
            "Description": "a | b",
            "ImportTaskId": "import-snap-1",
            "SnapshotTaskDetail": {
                "Status": "active", "StatusMessage": "pending",
                "UserBucket": {"S3Bucket": "my-bucket", "S3Key": "disk.vmdk"},
            },
            "Tags": [{"Key": "Name", "Value": "web 1"}, {"Key": "Owner"}],
        });
        assert_eq!(found.documents[0].value, expected);
    }

    #[test]
    fn a_table_that_was_copied_in_part_is_read_in_part() {
        let part = WIDE.lines().skip(7).collect::<Vec<_>>().join("\n");
        assert!(is_one(&part));
        let found = read(&part);
        assert_eq!(found.documents[0].value["Status"], "active");
    }

    #[test]
    fn lines_that_are_no_table_are_named() {
        let found = read("-----\nnonsense\n");
        assert_eq!(found.not_understood[0].place, "line 2");
    }
}
