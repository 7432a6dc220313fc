//! Lays what was read beside the tables: which answer it is, what each field says, what is no field of it.

mod entries;
mod members;

use super::answer::{Answer, AwsError, Form, NotRead, NotUnderstood, Task};
use super::failures::{self, explain};
use super::read::{Document, Found, FoundError, errors};
use crate::request::responses::field::Field;
use crate::request::responses::{self, IMAGE_TASK, RESPONSES, SNAPSHOT, SNAPSHOT_TASK, SNAPSHOT_TASK_DETAIL};
use crate::sentence::{Sentence, sentence};
use entries::entries;
use members::Reader;
pub(super) use members::is_known;
use serde_json::{Map, Value};

/// How many tasks are taken: as many as a page of AWS has.
const MOST_TASKS: usize = 1000;
/// How many notes are kept.
const MOST_NOTES: usize = 50;

/// What an object can be: a whole answer, or an item that somebody took out of one.
#[derive(Clone, Copy)]
struct Candidate {
    call: &'static str,
    fields: &'static [Field],
}

/// Items that are pasted without the answer around them. A task of ImportSnapshot is the call's answer itself.
const ITEMS: [Candidate; 3] = [
    Candidate { call: "DescribeImportImageTasks", fields: IMAGE_TASK },
    Candidate { call: "DescribeSnapshots", fields: SNAPSHOT },
    Candidate { call: "ImportSnapshot", fields: SNAPSHOT_TASK_DETAIL },
];

/// Makes an answer of what was found.
pub(super) fn understand(form: Form, found: Found) -> Result<Answer, NotRead> {
    let mut answer = Answer {
        form,
        call: None,
        request_id: found.request_id,
        tasks: Vec::new(),
        errors: found.errors.iter().flat_map(aws_errors).collect(),
        next_token: None,
        next: Vec::new(),
        not_understood: found.not_understood,
    };
    for document in found.documents {
        take(document, &mut answer);
    }
    answer.not_understood.truncate(MOST_NOTES);
    if let Some(error) = answer.errors.first() {
        answer.call = answer.call.or_else(|| error.call.clone());
        answer.request_id = answer.request_id.or_else(|| error.request_id.clone());
    } else if answer.call.is_none() {
        return Err(NotRead(
            "Nothing in this text is known here. What can be pasted: a request (a command of the AWS CLI, its JSON or YAML \
             input, Python, curl), what AWS answered to an import, a copy or a question about one (JSON, YAML, text, table \
             or XML), an error message of AWS, the ID of a task or snapshot, or the address of an object in S3."
                .into(),
        ));
    }
    Ok(answer)
}

/// An error, explained; a log without a code is searched line by line for messages that are known.
fn aws_errors(error: &FoundError) -> Vec<AwsError> {
    const MOST_LINES: usize = 400;
    const MOST_FAILED: usize = 20;
    let explained = |error: &FoundError| {
        let explanation = explain(error.code.as_deref(), &error.message);
        let is_good = explanation.as_ref().is_some_and(|found| found.code == failures::DRY_RUN);
        let FoundError { code, call, message, request_id } = error.clone();
        AwsError { code, call, message, request_id, is_good, explanation }
    };
    if error.code.is_some() {
        return vec![explained(error)];
    }
    let lines = error.message.lines().map(str::trim).filter(|line| !line.is_empty()).take(MOST_LINES);
    let mut errors: Vec<AwsError> = lines
        .map(|line| explained(&FoundError { message: line.into(), ..error.clone() }))
        .filter(|error| error.explanation.is_some())
        .collect();
    if errors.is_empty() {
        // A terminal may have wrapped the one sentence.
        errors.extend(Some(explained(error)).filter(|error| error.explanation.is_some()));
    }
    if errors.is_empty() {
        // The message of a failed task is one in whatever words.
        let lines = error.message.lines().map(str::trim).filter(|line| errors::is_of_failed_task(line));
        let failed = lines.take(MOST_FAILED).map(|line| FoundError { message: line.into(), ..error.clone() });
        errors.extend(failed.map(|error| explained(&error)));
    }
    errors.dedup_by(|left, right| left.message == right.message);
    errors
}

/// Takes one document into the answer: an object, or a list of them.
fn take(document: Document, answer: &mut Answer) {
    match document.value {
        Value::Object(members) => take_object(document.call, &members, answer),
        Value::Array(items) => {
            for item in items.into_iter().take(MOST_TASKS) {
                // A list within a list is what a query of the CLI makes.
                let items = if let Value::Array(inner) = item { inner } else { vec![item] };
                for item in items {
                    if let Value::Object(members) = item {
                        take_object(document.call, &members, answer);
                    }
                }
            }
        }
        _ => {}
    }
}

fn take_object(call: Option<&'static str>, members: &Map<String, Value>, answer: &mut Answer) {
    let gathered = detail_gathered(members);
    let members = gathered.as_ref().unwrap_or(members);
    let Some(candidate) = candidate(call, members) else {
        let text = Sentence::verbatim(members.keys().take(5).cloned().collect::<Vec<_>>().join(", "));
        let reason = "No answer that is known here has these fields.".into();
        answer.not_understood.push(NotUnderstood { place: "the answer".into(), text, reason });
        return;
    };
    let mut reader = Reader::default();
    let members = reader.members(candidate.fields, members, "");
    answer.request_id = answer.request_id.take().or_else(|| reader.request_id.take());
    answer.not_understood.append(&mut reader.not_understood);
    answer.call.get_or_insert_with(|| candidate.call.to_owned());
    answer.next_token = answer.next_token.take().or_else(|| members.text("NextToken").map(str::to_owned));
    let room = MOST_TASKS.saturating_sub(answer.tasks.len());
    let all = entries(candidate.call, candidate.fields, &members);
    if all.len() > room {
        let reason = sentence!("Only the first {most} are shown.", most = MOST_TASKS);
        let text = sentence!("{count} tasks or snapshots", count = all.len());
        answer.not_understood.push(NotUnderstood { place: "the answer".into(), text, reason });
    }
    answer.tasks.extend(all.into_iter().take(room).collect::<Vec<Task>>());
}

/// A snapshot's task whose details lie beside its ID, as a client's list or a query puts them, with the details in their
/// structure. The image's task has fields of the same names, but another ID.
fn detail_gathered(members: &Map<String, Value>) -> Option<Map<String, Value>> {
    let is_in = |fields: &'static [Field], name: &str| {
        fields.iter().any(|field| members::is_same(field.name, name) || members::is_same(field.wire, name))
    };
    let has_detail =
        members.iter().any(|(name, value)| members::is_same(name, "SnapshotTaskDetail") && value.is_object());
    if has_detail || !task_belongs("ImportSnapshot", members) {
        return None;
    }
    let (detail, mut task): (Map<_, _>, Map<_, _>) = members
        .clone()
        .into_iter()
        .partition(|(name, _)| is_in(SNAPSHOT_TASK_DETAIL, name) && !is_in(SNAPSHOT_TASK, name));
    if detail.is_empty() {
        return None;
    }
    task.retain(|name, _| !members::is_same(name, "SnapshotTaskDetail"));
    task.insert("SnapshotTaskDetail".into(), Value::Object(detail));
    Some(task)
}

/// What an object is: the answer whose names it has most of.
fn candidate(call: Option<&'static str>, members: &Map<String, Value>) -> Option<Candidate> {
    let named = call.and_then(responses::find).into_iter();
    let whole = named
        .clone()
        .chain(&RESPONSES)
        .map(|response| Candidate { call: response.call, fields: response.fields });
    let mut best: Option<(i32, Candidate)> = None;
    for candidate in whole.chain(ITEMS) {
        let mut score = members::likeness(candidate.fields, members);
        // An empty answer is one where the form names its call.
        if call == Some(candidate.call) && members.is_empty() {
            score = 1;
        }
        if score > 0 && task_belongs(candidate.call, members) {
            score = score.saturating_add(1);
        }
        if score > best.map_or(0, |(score, _)| score) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Whether the ID of a task is one that the call gives: the two imports have the same field for it.
fn task_belongs(call: &str, members: &Map<String, Value>) -> bool {
    let id = members.iter().find(|(name, _)| members::is_same(name, "ImportTaskId"));
    let id = id.and_then(|(_, id)| id.as_str()).unwrap_or_default();
    match call {
        "ImportSnapshot" => id.starts_with("import-snap-"),
        "ImportImage" | "DescribeImportImageTasks" => id.starts_with("import-ami-"),
        _ => false,
    }
}
