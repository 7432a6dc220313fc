//! What can be done with an answer: ask again, carry the snapshot on, mend what failed.

use super::answer::{Action, Answer, AwsError, Kind, Outcome, Prepared, Step, Task};
use super::failures;
use super::read::errors::is_of_failed_task;
use serde_json::{Map, Value, json};

/// Of a long list, only the first are offered steps.
const MOST_TASKS: usize = 5;
/// How many tasks are asked for at once.
const MOST_IDS: usize = 100;

/// The steps, the likeliest first.
pub(super) fn steps(answer: &Answer) -> Vec<Step> {
    let mut steps: Vec<Step> = answer.errors.iter().filter_map(after_error).collect();
    steps.extend(polls(&answer.tasks));
    for task in answer.tasks.iter().take(MOST_TASKS) {
        steps.extend(after(task));
    }
    if let (Some(token), Some(call)) =
        (&answer.next_token, answer.call.as_deref().and_then(crate::request::calls::find))
    {
        let request = prepared(call.name, json!({"NextToken": token}));
        steps.push(step(Action::NextPage, "There is more: ask for the next page.", request));
    }
    steps.dedup();
    steps
}

fn step(action: Action, sentence: &'static str, request: Option<Prepared>) -> Step {
    Step { action, sentence: sentence.into(), request, command: None }
}

fn prepared(call: &'static str, parameters: Value) -> Option<Prepared> {
    match parameters {
        Value::Object(parameters) => Some(Prepared { call, parameters }),
        _ => None,
    }
}

/// What is said of a failure without an explanation.
const GENERAL: &str = "The message is in no catalogue: drop the file here to see what speaks against it, and ask AWS's \
                       support with the task's ID.";

fn after_error(error: &AwsError) -> Option<Step> {
    let Some(explanation) = error.explanation.as_ref() else {
        let is_failed = error.code.is_none() && is_of_failed_task(&error.message);
        return is_failed.then(|| step(Action::Mend, GENERAL, None));
    };
    if explanation.code == failures::DRY_RUN {
        return Some(step(Action::Send, explanation.cure, None));
    }
    if let Some(message) = encoded_message(&error.message) {
        let words = ["aws", "sts", "decode-authorization-message", "--encoded-message", message];
        let query = ["--query", "DecodedMessage", "--output", "text"];
        let command = words.iter().chain(&query).map(|word| (*word).to_owned()).collect();
        let sentence = "Decode the message: it names the action, the resource and the policy's statement. You need \
                        sts:DecodeAuthorizationMessage for it.";
        return Some(Step { command: Some(command), ..step(Action::Decode, sentence, None) });
    }
    Some(step(Action::Mend, explanation.cure, None))
}

/// The encoded part of an UnauthorizedOperation.
fn encoded_message(message: &str) -> Option<&str> {
    const MARK: &str = "ncoded authorization failure message:";
    let (_, rest) = message.split_once(MARK)?;
    let encoded = rest.split_whitespace().next()?;
    let is_encoded = encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=+/".contains(&byte));
    (is_encoded && encoded.len() >= 16).then_some(encoded)
}

/// One step for all the tasks of a kind that go on.
fn polls(tasks: &[Task]) -> Vec<Step> {
    const KINDS: [(&str, &str, &str); 3] = [
        ("import-snap-", "DescribeImportSnapshotTasks", "ImportTaskIds"),
        ("import-ami-", "DescribeImportImageTasks", "ImportTaskIds"),
        ("snap-", "DescribeSnapshots", "SnapshotIds"),
    ];
    let goes_on = |task: &&Task| match task.kind {
        Kind::Cancellation => true,
        _ => matches!(task.outcome, Outcome::Running | Outcome::Unknown),
    };
    let ids: Vec<&str> = tasks.iter().filter(goes_on).filter_map(|task| task.id.as_deref()).collect();
    let poll = |(start, call, member): &(&str, &'static str, &str)| {
        let ids: Vec<&str> = ids.iter().copied().filter(|id| id.starts_with(start)).take(MOST_IDS).collect();
        let sentence = "Ask how it stands, every half minute at most.";
        let parameters = Map::from_iter([((*member).to_owned(), json!(ids))]);
        (!ids.is_empty()).then(|| step(Action::Poll, sentence, Some(Prepared { call, parameters })))
    };
    KINDS.iter().filter_map(poll).collect()
}

fn after(task: &Task) -> Vec<Step> {
    match (task.outcome, task.kind) {
        (Outcome::Succeeded, Kind::SnapshotTask | Kind::Snapshot) => {
            task.snapshot_ids.first().map(|id| with_snapshot(id)).unwrap_or_default()
        }
        (Outcome::Succeeded, Kind::ImageTask | Kind::Image) => {
            let launch = |id: &String| {
                let words = ["aws", "ec2", "run-instances", "--dry-run", "--image-id", id];
                let sentence = "Start an instance of the image, with a type and a key pair; without --dry-run it is started.";
                let command = words.iter().map(|word| (*word).to_owned()).collect();
                Step { command: Some(command), ..step(Action::Launch, sentence, None) }
            };
            task.image_id.iter().map(launch).collect()
        }
        (Outcome::Failed, _) => {
            let explained = task
                .explanation
                .as_ref()
                .or_else(|| task.disks.iter().find_map(|disk| disk.explanation.as_ref()));
            vec![step(Action::Mend, explained.map_or(GENERAL, |explanation| explanation.cure), None)]
        }
        _ => Vec::new(),
    }
}

/// A finished snapshot becomes an image, or goes to another Region.
fn with_snapshot(id: &str) -> Vec<Step> {
    let register = json!({
        "RootDeviceName": "/dev/xvda",
        "BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": id}}],
        "VirtualizationType": "hvm",
        "EnaSupport": true,
    });
    vec![
        step(
            Action::Register,
            "Make an image (AMI) of the snapshot; give its name, its architecture and its boot mode.",
            prepared("RegisterImage", register),
        ),
        step(
            Action::Copy,
            "Copy the snapshot to another Region: send the call there.",
            prepared("CopySnapshot", json!({"SourceSnapshotId": id})),
        ),
    ]
}
