//! What the loop of [`poll`](crate::task::poll) prints: a row for each task every half minute, state first.

use super::{Document, Found, NotUnderstood, errors, shortened};
use crate::request::responses::field;
use crate::sentence::{Sentence, sentence};
use crate::task::poll::ASKED;
use serde_json::{Map, Value, json};

/// How many rows are read: a day of one task, and a page of tasks for more than an hour.
const MOST_ROWS: usize = 40_000;
/// How many lines that are no rows are named.
const MOST_LEFT: usize = 20;

/// How the IDs begin that are asked for, in the order of [`ASKED`].
const IDS: [&str; 3] = ["import-snap-", "import-ami-", "snap-"];

/// Reads such rows, of which the last of each task counts; `None` if there are none.
pub(super) fn read(text: &str) -> Option<Found> {
    let mut last: Vec<Map<String, Value>> = vec![Map::new(); ASKED.len()];
    let mut left = Vec::new();
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    for (index, line) in lines.take(MOST_ROWS) {
        if let Some((which, id, entry)) = row(line) {
            if let Some(entries) = last.get_mut(which) {
                entries.insert(id.to_owned(), entry);
            }
        } else if left.len() < MOST_LEFT {
            left.push((index.saturating_add(1), line));
        }
    }
    let documents: Vec<Document> = ASKED
        .iter()
        .zip(last)
        .filter(|(_, entries)| !entries.is_empty())
        .map(|((call, query, _), entries)| {
            let entries: Vec<Value> = entries.into_iter().map(|(_, entry)| entry).collect();
            Document { call: Some(*call), value: json!({list(query): entries}) }
        })
        .collect();
    if documents.is_empty() {
        return None;
    }
    // A question that was refused is printed between the rows.
    let errors = errors::read(text);
    let not_understood = left
        .into_iter()
        .filter(|_| errors.is_empty())
        .map(|(number, line)| NotUnderstood {
            place: sentence!("line {line}", line = number),
            text: Sentence::verbatim(shortened(line.trim())),
            reason: "This is no row of a task.".into(),
        })
        .collect();
    Some(Found { documents, errors, not_understood, ..Found::default() })
}

/// The answer's list in a query: `Snapshots[].[State,Progress]`.
fn list(query: &str) -> &str {
    query.split("[]").next().unwrap_or_default()
}

/// The paths in a query.
fn paths(query: &str) -> impl Iterator<Item = &str> {
    let (_, paths) = query.split_once(".[").unwrap_or_default();
    paths.trim_end_matches(']').split(',')
}

/// Which of the questions a line answers, its ID, and the entry that it stands for.
fn row(line: &str) -> Option<(usize, &str, Value)> {
    // A terminal may copy tabs as spaces; only the message, which comes last, has spaces of its own.
    let cells = |count: usize| {
        let mut rest = line.trim();
        let mut cells = Vec::with_capacity(count);
        while cells.len().saturating_add(1) < count {
            let (cell, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            cells.push(cell);
            rest = behind.trim_start();
        }
        cells.push(rest);
        cells
    };
    let mut words = line.split_whitespace();
    let (state, progress, id) = (words.next()?, words.next()?, words.next()?);
    let is_state = state.len() <= 20 && state.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_progress = progress == "None" || field::percent(progress).is_some();
    let which = IDS.iter().position(|start| id.starts_with(start))?;
    let (_, query, _) = ASKED.get(which)?;
    (is_state && is_progress).then_some(())?;
    let mut entry = Map::new();
    for (path, cell) in paths(query).zip(cells(paths(query).count())) {
        // "None" is Python's null.
        if matches!(cell, "" | "None") {
            continue;
        }
        let cell = Value::from(cell);
        match path.split_once('.') {
            Some((structure, member)) => {
                let structure = entry.entry(structure).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(members) = structure {
                    members.insert(member.to_owned(), cell);
                }
            }
            None => {
                entry.insert(path.to_owned(), cell);
            }
        }
    }
    Some((which, id, Value::Object(entry)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_row_of_each_task_counts() {
        let text = "active\t19\timport-snap-1\tNone\tpending\nactive\t2\timport-snap-2\tNone\tpending\n\
                    active\t43\timport-snap-1\tNone\tdownloading/converting\n\
                    deleted\tNone\timport-snap-2\tNone\tClientError: Unknown OS\tx\n";
        let found = read(text).unwrap();
        assert_eq!(found.not_understood, []);
        assert_eq!(
            found.documents[0].value,
            json!({"ImportSnapshotTasks": [
                {"ImportTaskId": "import-snap-1",
                 "SnapshotTaskDetail": {"Status": "active", "Progress": "43", "StatusMessage": "downloading/converting"}},
                {"ImportTaskId": "import-snap-2",
                 "SnapshotTaskDetail": {"Status": "deleted", "StatusMessage": "ClientError: Unknown OS\tx"}},
            ]})
        );
    }

    #[test]
    fn each_question_has_rows_of_its_own() {
        let image = read("completed 100     import-ami-1    ami-2   None\n").unwrap();
        let expected = json!({"ImportImageTasks": [
            {"Status": "completed", "Progress": "100", "ImportTaskId": "import-ami-1", "ImageId": "ami-2"}
        ]});
        assert_eq!(image.documents[0].value, expected);
        let snapshot = read("error\t40%\tsnap-1\tIt went wrong.\nThe question failed.\n").unwrap();
        let expected = json!({"Snapshots": [
            {"State": "error", "Progress": "40%", "SnapshotId": "snap-1", "StateMessage": "It went wrong."}
        ]});
        assert_eq!(snapshot.documents[0].value, expected);
        assert_eq!(snapshot.not_understood[0].place, "line 2");
        for other in ["import-ami-1\tactive\tdeleting", "My disk\timport-snap-1", "a b import-snap-1", ""] {
            assert!(read(other).is_none(), "{other}");
        }
    }
}
