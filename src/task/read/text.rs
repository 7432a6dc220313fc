//! `--output text`: rows of values between tabs, sorted by their fields' names, which are not written.
//!
//! A structure's row begins with its name in capitals; the outermost has none, and fields without a value are left out.
//! So each row is laid against the sorted fields of its table, and the placing is taken in which the values suit the
//! fields best. Every answer is tried; the one that leaves the least over wins.

use super::{Document, Found, NotUnderstood, shortened};
use crate::request::responses::field::{Field, Shape};
use crate::request::responses::{RESPONSES, Response};
use crate::sentence::{Sentence, sentence};
use serde_json::{Map, Value};

/// How many rows are read; a page of 1000 snapshots with their tags has fewer.
const MOST_ROWS: usize = 40_000;
/// A row of more cells is no row of an answer.
const MOST_CELLS: usize = 32;
/// What a value weighs that fits nowhere, and a row.
const LEFT_OVER: i32 = -6;

/// The cells of a line.
struct Row<'a> {
    /// The line's number, from 1.
    line: usize,
    cells: Vec<&'a str>,
}

/// Reads a text, if any answer has such rows.
pub(super) fn read(text: &str) -> Option<Found> {
    let rows = rows(text)?;
    let mut best: Option<Placing> = None;
    for response in &RESPONSES {
        let placing = Placing::new(response, &rows);
        // A sentence would fit the free texts of any table.
        if placing.is_certain && placing.score > best.as_ref().map_or(0, |best| best.score) {
            best = Some(placing);
        }
    }
    let best = best?;
    let not_understood = best
        .left_over
        .iter()
        .take(20)
        .map(|(line, text)| NotUnderstood {
            place: sentence!("line {line}", line),
            text: Sentence::verbatim(shortened(text)),
            reason: "No field of the answer looks like this. Text names no fields: --output json does."
                .into(),
        })
        .collect();
    let document = Document { call: Some(best.call), value: Value::Object(best.values) };
    Some(Found { documents: vec![document], not_understood, ..Found::default() })
}

/// The rows; terminals copy tabs as spaces, so without any tab two spaces part the cells.
fn rows(text: &str) -> Option<Vec<Row<'_>>> {
    let has_tabs = text.contains('\t');
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = if has_tabs {
            line.split('\t').map(str::trim).collect()
        } else {
            line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()
        };
        if cells.len() > MOST_CELLS || rows.len() >= MOST_ROWS {
            return None;
        }
        rows.push(Row { line: number.saturating_add(1), cells });
    }
    Some(rows)
}

/// The rows laid against one answer.
struct Placing {
    call: &'static str,
    values: Map<String, Value>,
    score: i32,
    /// Whether a row has a structure's name or a cell an identifier's form.
    is_certain: bool,
    left_over: Vec<(usize, String)>,
}

impl Placing {
    fn new(response: &'static Response, rows: &[Row]) -> Self {
        let mut placer = Placer { rows, at: 0, score: 0, is_certain: false, left_over: Vec::new() };
        let mut values = Map::new();
        if rows.first().is_some_and(|row| nested(response.fields, &row.cells).is_none()) {
            placer.scalars(response.fields, 0, &mut values);
        }
        while placer.at < rows.len() {
            placer.nested_rows(response.fields, &mut values);
            if let Some(row) = rows.get(placer.at) {
                // The token of a next page is a row of its own.
                match row.cells[..] {
                    ["NEXTTOKEN", token] if response.fields.iter().any(|field| field.name == "NextToken") => {
                        values.insert("NextToken".into(), token.into());
                    }
                    _ => placer.leave(row.line, &row.cells.join(" ")),
                }
                placer.at = placer.at.saturating_add(1);
            }
        }
        Self {
            call: response.call,
            values,
            score: placer.score,
            is_certain: placer.is_certain,
            left_over: placer.left_over,
        }
    }
}

struct Placer<'r, 'a> {
    rows: &'r [Row<'a>],
    at: usize,
    score: i32,
    is_certain: bool,
    left_over: Vec<(usize, String)>,
}

impl Placer<'_, '_> {
    fn leave(&mut self, line: usize, text: &str) {
        self.score = self.score.saturating_add(LEFT_OVER);
        self.left_over.push((line, text.to_owned()));
    }

    /// Takes the rows of structures within `values`, as far as they belong to it.
    fn nested_rows(&mut self, fields: &'static [Field], values: &mut Map<String, Value>) {
        const NAMED: i32 = 4;
        while let Some(row) = self.rows.get(self.at) {
            let Some(field) = nested(fields, &row.cells) else { return };
            let inner = field.shape.fields().unwrap_or_default();
            let is_structure = matches!(field.shape, Shape::Structure(_));
            if is_structure && values.contains_key(field.name) {
                return;
            }
            self.score = self.score.saturating_add(NAMED);
            self.is_certain = true;
            let mut members = Map::new();
            self.scalars(inner, 1, &mut members);
            self.nested_rows(inner, &mut members);
            if is_structure {
                values.insert(field.name.into(), Value::Object(members));
            } else if let Value::Array(items) =
                values.entry(field.name).or_insert_with(|| Value::Array(Vec::new()))
            {
                items.push(Value::Object(members));
            }
        }
    }

    /// Places the cells of the row, without the first `skipped`, and goes on to the next row.
    fn scalars(&mut self, fields: &'static [Field], skipped: usize, values: &mut Map<String, Value>) {
        let Some(row) = self.rows.get(self.at) else { return };
        let cells = row.cells.get(skipped..).unwrap_or_default();
        let mut scalars: Vec<&'static Field> =
            fields.iter().filter(|field| field.shape.fields().is_none()).collect();
        scalars.sort_by_key(|field| field.name);
        let (placed, score) = align(&scalars, cells);
        self.score = self.score.saturating_add(score);
        for (cell, field) in cells.iter().zip(placed) {
            match field {
                // "None" is Python's null, and nothing between two tabs a field that other items of the list have.
                Some(field) if !matches!(*cell, "" | "None") => {
                    self.is_certain |= field.shape.suits(cell) == Some(Shape::CERTAIN);
                    values.insert(field.name.into(), (*cell).into());
                }
                Some(_) => {}
                None => self.left_over.push((row.line, (*cell).to_owned())),
            }
        }
        self.at = self.at.saturating_add(1);
    }
}

/// The structure or list that a row's first cell names.
fn nested(fields: &'static [Field], row: &[&str]) -> Option<&'static Field> {
    let name = row.first()?;
    fields.iter().find(|field| field.shape.fields().is_some() && field.name.to_ascii_uppercase() == **name)
}

/// The field of each cell in the placing that keeps the order and suits best.
fn align(fields: &[&'static Field], cells: &[&str]) -> (Vec<Option<&'static Field>>, i32) {
    let width = fields.len().saturating_add(1);
    let place = |cell: usize, field: usize| cell.saturating_mul(width).saturating_add(field);
    // best[place(cell, field)]: the best score of the cells from `cell` on in the fields from `field` on.
    let mut best = vec![0_i32; width.saturating_mul(cells.len().saturating_add(1))];
    let of = |best: &[i32], cell: usize, field: usize| best.get(place(cell, field)).copied().unwrap_or(0);
    let suits = |cell: &str, field: &Field| {
        if matches!(cell, "" | "None") { Some(0) } else { field.shape.suits(cell) }
    };
    for (at, cell) in cells.iter().enumerate().rev() {
        for index in (0..width).rev() {
            let next = at.saturating_add(1);
            let mut score = of(&best, next, index).saturating_add(LEFT_OVER);
            if let Some(field) = fields.get(index) {
                let behind = index.saturating_add(1);
                score = score.max(of(&best, at, behind));
                if let Some(suits) = suits(cell, field) {
                    score = score.max(of(&best, next, behind).saturating_add(suits));
                }
            }
            if let Some(entry) = best.get_mut(place(at, index)) {
                *entry = score;
            }
        }
    }
    let mut placed = Vec::with_capacity(cells.len());
    let mut index = 0;
    for (at, cell) in cells.iter().enumerate() {
        let next = at.saturating_add(1);
        let field = loop {
            let score = of(&best, at, index);
            let Some(field) = fields.get(index) else { break None };
            let behind = index.saturating_add(1);
            if suits(cell, field).is_some_and(|suits| of(&best, next, behind).saturating_add(suits) == score)
            {
                index = behind;
                break Some(*field);
            }
            if of(&best, at, behind) != score {
                break None;
            }
            index = behind;
        };
        placed.push(field);
    }
    (placed, of(&best, 0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn value(text: &str) -> (Option<&'static str>, Value) {
        let document = read(text).unwrap().documents.remove(0);
        (document.call, document.value)
    }

    #[test]
    fn values_find_their_fields_by_their_looks() {
        let text = "My disk\timport-snap-1234567890abcdef0\n\
                    SNAPSHOTTASKDETAIL\tMy disk\t0.0\tVMDK\t3\tactive\tpending\n\
                    USERBUCKET\tmy-bucket\tvms/disk.vmdk\nTAGS\tName\tweb 1\nTAGS\tOwner\t\n";
        let expected = json!({
            "Description": "My disk",
            "ImportTaskId": "import-snap-1234567890abcdef0",
            "SnapshotTaskDetail": {
                "Description": "My disk", "DiskImageSize": "0.0", "Format": "VMDK", "Progress": "3", "Status": "active",
                "StatusMessage": "pending", "UserBucket": {"S3Bucket": "my-bucket", "S3Key": "vms/disk.vmdk"},
            },
            "Tags": [{"Key": "Name", "Value": "web 1"}, {"Key": "Owner"}],
        });
        assert_eq!(value(text), (Some("ImportSnapshot"), expected));
    }

    #[test]
    fn tasks_of_a_list_keep_what_belongs_to_each() {
        let text = "IMPORTSNAPSHOTTASKS\timport-snap-1\nSNAPSHOTTASKDETAIL\tTrue\t19\tactive\tdownloading/converting\n\
                    IMPORTSNAPSHOTTASKS\timport-snap-2\nSNAPSHOTTASKDETAIL\t2147483648.0\tsnap-0abc\tcompleted\n\
                    TAGS\tName\tb\nNEXTTOKEN\tabc\n";
        let (call, value) = value(text);
        assert_eq!(call, Some("DescribeImportSnapshotTasks"));
        assert_eq!(
            value["ImportSnapshotTasks"][0]["SnapshotTaskDetail"]["StatusMessage"],
            "downloading/converting"
        );
        assert_eq!(value["ImportSnapshotTasks"][1]["SnapshotTaskDetail"]["SnapshotId"], "snap-0abc");
        assert_eq!(value["ImportSnapshotTasks"][1]["Tags"][0]["Value"], "b");
        assert_eq!(value["NextToken"], "abc");
    }

    #[test]
    fn a_lone_identifier_is_an_answer() {
        assert_eq!(value("snap-066877671789bd71b\n").0, Some("CopySnapshot"));
        assert_eq!(value("ami-066877671789bd71b\n").0, Some("RegisterImage"));
        assert_eq!(value("import-ami-1\tactive\tdeleting\n").0, Some("CancelImportTask"));
    }

    #[test]
    fn tabs_that_a_terminal_made_spaces_still_part_the_cells() {
        let (_, value) = value("import-snap-1\nSNAPSHOTTASKDETAIL      RAW     42      active\n");
        assert_eq!(value["SnapshotTaskDetail"]["Progress"], "42");
    }

    #[test]
    fn what_fits_nowhere_is_named() {
        let found = read("import-ami-1\tactive\tdeleting\t%%%\t%%%\n").unwrap();
        assert_eq!(found.not_understood[0].place, "line 1");
        assert_eq!(found.not_understood[0].text, "%%%");
    }
}
