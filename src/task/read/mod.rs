//! Reads a pasted text in whichever form it has into values; what they mean is for the tables to say.
//!
//! Nothing is run or fetched, and every form is bounded: [`LONGEST`] in length, [`DEEPEST`] in depth.

pub(super) mod errors;
mod literal;
mod table;
mod text;
mod waited;
mod xml;

use super::NotUnderstood;
use super::answer::{Form, NotRead};
use crate::render::parse::yaml;
use crate::sentence::{Sentence, sentence};
use serde_json::Value;

/// The longest text that is read, in bytes: a full page of 1000 snapshots in XML stays below 2 MiB.
pub const LONGEST: usize = 4 << 20;

/// How deep structures may lie within each other; an answer needs six.
const DEEPEST: usize = 32;

/// What a text holds.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The answers: several where the CLI printed pages, or somebody pasted several.
    pub(super) documents: Vec<Document>,
    /// The errors.
    pub(super) errors: Vec<FoundError>,
    /// The request's ID, where the form carries it.
    pub(super) request_id: Option<String>,
    /// What was left out.
    pub(super) not_understood: Vec<NotUnderstood>,
}

/// One answer, before its fields are looked at.
#[derive(Debug)]
pub(super) struct Document {
    /// The call that the form names; JSON and YAML name none.
    pub(super) call: Option<&'static str>,
    /// The fields.
    pub(super) value: Value,
}

/// An error as the client printed it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FoundError {
    pub(super) code: Option<String>,
    pub(super) call: Option<String>,
    pub(super) message: String,
    pub(super) request_id: Option<String>,
}

/// Reads a text in the form it has.
pub(super) fn read(text: &str) -> Result<(Form, Found), NotRead> {
    if text.len() > LONGEST {
        return Err(NotRead(
            "The text is longer than 4 MiB, and no answer is: paste only the answer.".into(),
        ));
    }
    let text = plain(text);
    let text = without_command(&text).trim_start_matches('\n');
    let start = text.trim_start();
    if start.is_empty() {
        return Err(NotRead("There is no text: paste what the command printed.".into()));
    }
    if start.starts_with('<') {
        return xml::read(start).map(|found| (Form::Xml, found));
    }
    if start.starts_with(['{', '[']) {
        return Ok(literal::read(start));
    }
    if table::is_one(start) {
        return Ok((Form::Table, table::read(text)));
    }
    if let Some(found) = waited::read(text) {
        return Ok((Form::Text, found));
    }
    let errors = errors::read(text);
    if !errors.is_empty() {
        return Ok((Form::Message, Found { errors, ..Found::default() }));
    }
    // A client's warnings may stand before its answer; a member's value in YAML is indented.
    if let Some((_, rest)) = text.split_once("\n{") {
        let start = text.len().saturating_sub(rest.len()).saturating_sub(1);
        return Ok(literal::read(text.get(start..).unwrap_or_default()));
    }
    if text.contains('\t')
        && let Some(found) = text::read(text)
    {
        return Ok((Form::Text, found));
    }
    if let Some(found) = read_yaml(text) {
        return Ok((Form::Yaml, found));
    }
    if let Some(found) = text::read(text) {
        return Ok((Form::Text, found));
    }
    let error = FoundError { message: text.trim().into(), ..FoundError::default() };
    Ok((Form::Message, Found { errors: vec![error], ..Found::default() }))
}

/// YAML, but only if it holds structures: every sentence is YAML too, and one with a colon even a mapping.
fn read_yaml(text: &str) -> Option<Found> {
    let (values, left_out) = yaml::documents(text).ok()?;
    let is_structure = |value: &Value| match value {
        Value::Object(members) => members.keys().any(|name| super::understand::is_known(name)),
        Value::Array(items) => items.iter().any(Value::is_object),
        _ => false,
    };
    let documents: Vec<Document> =
        values.into_iter().filter(is_structure).map(|value| Document { call: None, value }).collect();
    let not_understood = left_out
        .into_iter()
        .map(|left| NotUnderstood {
            place: sentence!("line {line}", line = left.line),
            text: Sentence::verbatim(left.text),
            reason: left.reason,
        })
        .collect();
    (!documents.is_empty()).then_some(Found { documents, not_understood, ..Found::default() })
}

/// The text without a byte order mark, the colours of a terminal and carriage returns.
fn plain(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\u{1b}' if characters.peek() == Some(&'[') => {
                characters.next();
                // Parameters, then the one letter that ends the sequence.
                while characters.next_if(|next| matches!(next, '0'..='9' | ';' | ':' | '?')).is_some() {}
                characters.next_if(char::is_ascii_alphabetic);
            }
            '\r' if characters.peek() == Some(&'\n') => {}
            character => plain.push(character),
        }
    }
    plain
}

/// The text behind a command that was copied with its output.
fn without_command(text: &str) -> &str {
    let mut rest = text;
    let mut continues = false;
    loop {
        let (line, behind) = rest.split_once('\n').unwrap_or((rest, ""));
        let trimmed = line.trim();
        let is_command =
            ["$ ", "% ", "> ", "PS ", "# ", "aws ec2 "].iter().any(|start| trimmed.starts_with(start));
        // The CLI's option lists begin with "aws: error", which is no command.
        if !(trimmed.is_empty() || is_command || continues) || behind.is_empty() {
            return rest;
        }
        continues = (is_command || continues) && trimmed.ends_with(['\\', '`', '^']);
        rest = behind;
    }
}

/// A quotation of at most sixty characters.
pub(super) fn shortened(text: &str) -> String {
    const LONGEST_QUOTE: usize = 60;
    text.chars().take(LONGEST_QUOTE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_and_carriage_returns_are_taken_out() {
        assert_eq!(plain("\u{feff}a\u{1b}[1m\u{1b}[34mb\u{1b}[0m\r\nc"), "ab\nc");
    }

    #[test]
    fn a_command_before_its_output_is_skipped() {
        let pasted = "$ aws ec2 copy-snapshot \\\n    --source-region eu-west-1\n{}\n";
        assert_eq!(without_command(pasted), "{}\n");
        let pasted = "PS C:\\> aws ec2 import-snapshot `\n  --dry-run\n\n{}\n";
        assert_eq!(without_command(pasted), "{}\n");
        assert_eq!(without_command("aws ec2 x"), "aws ec2 x");
    }
}
