//! What an answer says, as plain data for whoever shows it. All text in it is hostile and is only ever text.

use crate::sentence::Sentence;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Why nothing was read: a sentence or two, with the way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotRead(pub Sentence);

impl std::fmt::Display for NotRead {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for NotRead {}

/// A form in which an answer was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// JSON, in either naming.
    Json,
    /// YAML, of `--output yaml` or `yaml-stream`.
    Yaml,
    /// The rows of `--output text`.
    Text,
    /// The boxes of `--output table`.
    Table,
    /// The API's XML.
    Xml,
    /// A dictionary as Python prints it.
    Python,
    /// An error or a message in the midst of other text.
    Message,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// The form it had.
    pub form: Form,
    /// The call it answers, by its name in the API; none where only an error was found that does not say.
    pub call: Option<String>,
    /// The request's ID, which AWS's support asks for.
    pub request_id: Option<String>,
    /// The tasks, snapshots and images it describes.
    pub tasks: Vec<Task>,
    /// The errors.
    pub errors: Vec<AwsError>,
    /// The token of the next page, where there is more.
    pub next_token: Option<String>,
    /// What can be done now, the likeliest first.
    pub next: Vec<Step>,
    /// What was left out.
    pub not_understood: Vec<NotUnderstood>,
}

/// A part of the text that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotUnderstood {
    /// Where: a line ("line 3") or a field's path.
    pub place: Sentence,
    /// What stands there, shortened.
    pub text: Sentence,
    /// Why it was left out, a sentence.
    pub reason: Sentence,
}

/// What an entry describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The task of an ImportSnapshot.
    SnapshotTask,
    /// The task of an ImportImage.
    ImageTask,
    /// A snapshot: of a CopySnapshot, or in a list.
    Snapshot,
    /// An image, just registered.
    Image,
    /// The cancellation of a task.
    Cancellation,
}

/// How it came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It goes on.
    Running,
    /// It is done.
    Succeeded,
    /// It failed; the message says why.
    Failed,
    /// Somebody cancelled it.
    Cancelled,
    /// The state is a new one, or none is given.
    Unknown,
}

/// A task, a snapshot or an image.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Task {
    /// What it is.
    pub kind: Kind,
    /// Its ID.
    pub id: Option<String>,
    /// Its state in AWS's word, known or not.
    pub status: Option<String>,
    /// What that state means.
    pub outcome: Outcome,
    /// How far it is, 0 to 100.
    pub progress: Option<u8>,
    /// What AWS says of the state, or why it failed.
    pub message: Option<String>,
    /// What the step in the message is, a sentence, where it is a known one.
    pub stage: Option<Sentence>,
    /// What is known about the failure in the message.
    pub explanation: Option<Explanation>,
    /// The snapshots it made, without those that are not there yet.
    pub snapshot_ids: Vec<String>,
    /// The image it made.
    pub image_id: Option<String>,
    /// The size of its disk or volume in bytes; none where there are several disks.
    pub size: Option<u64>,
    /// The format of its disk.
    pub format: Option<String>,
    /// The disks of an image's task.
    pub disks: Vec<Disk>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Every field that the answer has, in the order of the tables.
    pub rows: Vec<Row>,
}

/// A disk of an image's task.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Disk {
    /// The device it becomes.
    pub device_name: Option<String>,
    /// Its snapshot.
    pub snapshot_id: Option<String>,
    /// Its state.
    pub status: Option<String>,
    /// How far it is, 0 to 100.
    pub progress: Option<u8>,
    /// What AWS says of it.
    pub message: Option<String>,
    /// What is known about the failure in the message.
    pub explanation: Option<Explanation>,
    /// Its size in bytes.
    pub size: Option<u64>,
    /// Its format.
    pub format: Option<String>,
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tag {
    /// Its key.
    pub key: String,
    /// Its value, which may be empty.
    pub value: String,
}

/// A field of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its path in the names of the AWS CLI: `SnapshotDetails[0].UserBucket.S3Key`.
    pub path: String,
    /// Its value; a signature is taken out.
    pub value: String,
    /// What the field says.
    pub help: &'static str,
}

/// An error of AWS or of its client.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AwsError {
    /// AWS's code: `UnauthorizedOperation`.
    pub code: Option<String>,
    /// The call that failed.
    pub call: Option<String>,
    /// AWS's message.
    pub message: String,
    /// The request's ID.
    pub request_id: Option<String>,
    /// Whether it says that all is well, as a dry run's does.
    pub is_good: bool,
    /// What is known about it.
    pub explanation: Option<Explanation>,
}

/// What is known about a failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// Its stable code in the catalogue of failures.
    pub code: &'static str,
    /// Why it happens, in whole sentences.
    pub cause: &'static str,
    /// What to do, in whole sentences.
    pub cure: &'static str,
    /// AWS's page about it.
    pub page: &'static str,
    /// The codes of the findings that would have foretold it.
    pub findings: &'static [&'static str],
    /// What AWS's message names, by what it is: `role`, `kernel`, `region`.
    pub values: BTreeMap<&'static str, String>,
}

/// What can be done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Ask again how the task stands.
    Poll,
    /// Make an image of the snapshot.
    Register,
    /// Copy the snapshot to another Region.
    Copy,
    /// Start an instance of the image.
    Launch,
    /// Mend what made it fail, and import again.
    Mend,
    /// Ask what the encoded message says.
    Decode,
    /// Send the request without the dry run.
    Send,
    /// Ask for the next page.
    NextPage,
}

/// A step that can be done next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// What it is.
    pub action: Action,
    /// A sentence for a person.
    pub sentence: Sentence,
    /// The request, with what the answer gives for it; the form asks for the rest.
    pub request: Option<Prepared>,
    /// The command, where it is not a call of ours; `render::command::quote` quotes it for a shell.
    pub command: Option<Vec<String>>,
}

/// A request with the parameters that an answer gives for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Prepared {
    /// The call's name in the API.
    pub call: &'static str,
    /// The parameters, as `--cli-input-json` has them.
    pub parameters: Map<String, Value>,
}
