//! Holds a request against its call's table and rules.
//!
//! The walk goes down the table and the value side by side, never down the value alone, so that its depth is that of
//! the table whatever was pasted. Rules then look at several members at once, or at the circumstances of the call.

use super::nearest::nearest;
use super::regions;
use super::shape::{Member, Request, Shape, Text};
use super::timestamp::Timestamp;
use crate::sentence::{Sentence, sentence};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The most problems that are reported: a pasted list of a million wrong items must not become a million sentences.
pub const MAXIMUM_PROBLEMS: usize = 200;

/// Whether a problem stops the generation of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// AWS would certainly refuse the request: nothing is generated.
    Error,
    /// It may be refused, or not do what was meant: the request is generated all the same.
    Warning,
}

/// Something wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The member's path in the API's own names: `TagSpecifications[0].Tags[1].Key`; empty for the whole request,
    /// and `Region` (a member of no call) for the Region the call is sent to.
    pub path: String,
    /// Whether it stops the generation.
    pub level: Level,
    /// A stable code in lower case with hyphens: `kms-key-needs-encrypted`.
    pub code: String,
    /// What is wrong and how to mend it, one or two sentences.
    pub message: Sentence,
}

/// What is wrong with one value, wherever it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Whether it stops the generation.
    pub level: Level,
    /// The problem's code.
    pub code: &'static str,
    /// What is wrong and how to mend it.
    pub message: Sentence,
}

impl Fault {
    /// A fault that AWS would certainly refuse.
    pub fn error(code: &'static str, message: impl Into<Sentence>) -> Self {
        Self { level: Level::Error, code, message: message.into() }
    }

    /// A fault that AWS might let pass.
    pub fn warning(code: &'static str, message: impl Into<Sentence>) -> Self {
        Self { level: Level::Warning, code, message: message.into() }
    }
}

/// What a rule may need besides the request.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Circumstances {
    /// The Region the call is sent to.
    pub region: Option<String>,
    /// The virtual size of the disk or snapshot, in bytes.
    pub disk_size: Option<u64>,
    /// The time, in seconds since 1970, by which a signed URL has expired or not.
    pub now: Option<i64>,
}

/// A rule over more than one member, or over the circumstances.
#[derive(Debug)]
pub struct Rule {
    /// The code of the problems it reports.
    pub code: &'static str,
    /// Adds what it finds wrong.
    pub check: fn(&Request, &Circumstances, &mut Findings<'_>),
}

/// Collects what one rule finds.
#[derive(Debug)]
pub struct Findings<'a> {
    code: &'static str,
    problems: &'a mut Vec<Problem>,
}

impl Findings<'_> {
    /// Reports what AWS would certainly refuse.
    pub fn error(&mut self, path: &str, message: impl Into<Sentence>) {
        let fault = Fault::error(self.code, message);
        report(self.problems, path, fault);
    }

    /// Reports what may be refused or may not do what was meant.
    pub fn warning(&mut self, path: &str, message: impl Into<Sentence>) {
        let fault = Fault::warning(self.code, message);
        report(self.problems, path, fault);
    }

    /// Reports a fault under its own code.
    pub fn fault(&mut self, path: &str, fault: Fault) {
        report(self.problems, path, fault);
    }
}

/// Everything that is wrong with a request, in the order of the call's table.
///
/// An empty answer, or one of warnings only, means that the request may be written down.
pub fn validate(request: &Request, circumstances: &Circumstances) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let Some(region) = &circumstances.region
        && let Err(fault) = regions::check(region)
    {
        report(&mut problems, "Region", fault);
    }
    check_members(request.call.members, &request.parameters, "", &mut problems);
    for rule in request.call.rules {
        (rule.check)(request, circumstances, &mut Findings { code: rule.code, problems: &mut problems });
    }
    problems.sort_by_key(|problem| {
        let top = problem.path.split(['.', '[']).next().unwrap_or_default();
        request.call.members.iter().position(|member| member.name == top)
    });
    problems
}

/// Whether nothing in `problems` stops the generation.
pub fn may_be_written(problems: &[Problem]) -> bool {
    problems.iter().all(|problem| problem.level == Level::Warning)
}

fn report(problems: &mut Vec<Problem>, path: &str, fault: Fault) {
    if problems.len() < MAXIMUM_PROBLEMS {
        let Fault { level, code, message } = fault;
        problems.push(Problem { path: path.into(), level, code: code.into(), message });
    } else if fault.level == Level::Error && may_be_written(problems) {
        // Two hundred warnings must not hide the error that stops the generation.
        problems.pop();
        report(problems, path, fault);
    }
}

/// Whether nothing more need be looked for; warnings alone do not suffice, since an error may follow them.
fn is_full(problems: &[Problem]) -> bool {
    problems.len() >= MAXIMUM_PROBLEMS && !may_be_written(problems)
}

fn check_members(
    members: &'static [Member],
    values: &Map<String, Value>,
    path: &str,
    problems: &mut Vec<Problem>,
) {
    for name in values.keys() {
        if is_full(problems) {
            break;
        }
        if !members.iter().any(|member| member.name == name) {
            report(problems, &join(path, name), unknown_member(name, path, members));
        }
    }
    for member in members {
        let path = join(path, member.name);
        match values.get(member.name) {
            Some(value) => check_value(member.name, &member.shape, value, &path, problems),
            None if member.required => {
                let help = Sentence::from(member.help);
                let message = sentence!("It is missing. {help}", help);
                report(problems, &path, Fault::error("missing-member", message));
            }
            None => {}
        }
    }
}

fn check_value(name: &str, shape: &'static Shape, value: &Value, path: &str, problems: &mut Vec<Problem>) {
    let checked = match (shape, value) {
        (Shape::Structure(members), Value::Object(values)) => {
            check_members(members, values, path, problems);
            Ok(())
        }
        (Shape::List(item), Value::Array(values)) => {
            for (index, value) in values.iter().enumerate() {
                if is_full(problems) {
                    break;
                }
                check_value(name, item, value, &format!("{path}[{index}]"), problems);
            }
            Ok(())
        }
        (Shape::Text(text), Value::String(value)) => check_text(name, text, value),
        (Shape::Boolean, _) => {
            boolean(value).map(drop).ok_or_else(|| wrong_type(name, "true or false", value))
        }
        (Shape::Integer { minimum, maximum }, _) => check_integer(name, *minimum, *maximum, value),
        (Shape::Double, _) => check_double(name, value),
        (Shape::Timestamp, Value::String(_) | Value::Number(_)) => {
            Timestamp::from_value(value).map(drop).map_err(|reason| {
                Fault::error(
                    "malformed-timestamp",
                    sentence!("{name} is not a moment that can be read: {reason}", name, reason),
                )
            })
        }
        (Shape::Structure(_), _) => Err(wrong_type(name, "a structure in braces", value)),
        (Shape::List(_), _) => Err(wrong_type(name, "a list in square brackets", value)),
        (Shape::Text(_), _) => Err(wrong_type(name, "text in quotation marks", value)),
        (Shape::Timestamp, _) => Err(wrong_type(name, "a moment such as \"2026-01-31T12:00:00Z\"", value)),
    };
    if let Err(fault) = checked {
        report(problems, path, fault);
    }
}

fn check_text(name: &str, text: &Text, value: &str) -> Result<(), Fault> {
    if let Some(maximum) = text.maximum {
        let length = value.chars().count();
        if length > maximum {
            let message = sentence!(
                "{name} has {length} characters and may have {maximum}: shorten it by {excess}.",
                name,
                length,
                maximum,
                excess = length - maximum
            );
            return Err(Fault::error("text-too-long", message));
        }
    }
    if let Some(special) = text.special.iter().find(|special| special.value.eq_ignore_ascii_case(value)) {
        return Err(Fault { level: special.level, code: special.code, message: special.message.into() });
    }
    text.check.map_or(Ok(()), |check| check(value))?;
    if !text.values.is_empty() && !text.values.contains(&value) {
        return match text.values.iter().find(|allowed| allowed.eq_ignore_ascii_case(value)) {
            Some(_) if text.any_case => Ok(()),
            Some(allowed) => {
                let message =
                    sentence!("AWS writes this value {allowed}; in another case it may be refused.", allowed);
                Err(Fault::warning("value-case", message))
            }
            None => Err(Fault::error("value-not-allowed", value_not_allowed(name, text.values, value))),
        };
    }
    Ok(())
}

fn value_not_allowed(name: &str, allowed: &'static [&'static str], value: &str) -> Sentence {
    let list = allowed.join(", ");
    let advice = match nearest(value, allowed.iter().copied()) {
        Some(meant) => sentence!(" Did you mean {meant}?", meant),
        None => "".into(),
    };
    if allowed.len() == 1 {
        sentence!(
            "{name} can only be {list}, not {value}.{advice}",
            name,
            list,
            value = quoted(value),
            advice
        )
    } else {
        sentence!(
            "{name} cannot be {value}: choose one of {list}.{advice}",
            name,
            value = quoted(value),
            list,
            advice
        )
    }
}

fn check_integer(name: &str, minimum: i64, maximum: i64, value: &Value) -> Result<(), Fault> {
    let number = integer(value).ok_or_else(|| wrong_type(name, "a whole number", value))?;
    if (minimum..=maximum).contains(&number) {
        return Ok(());
    }
    let message = if maximum == i64::from(i32::MAX) {
        sentence!("{name} is {number}; the least is {minimum}.", name, number, minimum)
    } else {
        sentence!(
            "{name} is {number}; choose a number from {minimum} to {maximum}.",
            name,
            number,
            minimum,
            maximum
        )
    };
    Err(Fault::error("number-out-of-range", message))
}

fn check_double(name: &str, value: &Value) -> Result<(), Fault> {
    let number = double(value).ok_or_else(|| wrong_type(name, "a number", value))?;
    if number < 0.0 {
        return Err(Fault::error(
            "number-out-of-range",
            sentence!("{name} is {number}; it cannot be negative.", name, number),
        ));
    }
    Ok(())
}

/// A Boolean, also one that was typed as text.
pub fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) => match text.trim() {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A whole number, also one that was typed as text.
pub fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A finite number, also one that was typed as text.
pub fn double(value: &Value) -> Option<f64> {
    let number: f64 = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

fn unknown_member(name: &str, path: &str, members: &'static [Member]) -> Fault {
    let meant = members
        .iter()
        .find(|member| {
            member.query == name || member.cli_option() == format!("--{name}") || member.cli_option() == name
        })
        .map(|member| member.name)
        .or_else(|| nearest(name, members.iter().map(|member| member.name)));
    let place = if path.is_empty() { "The request".into() } else { Sentence::verbatim(path) };
    let advice = match meant {
        Some(meant) => sentence!("did you mean {meant}?", meant),
        None => "remove it.".into(),
    };
    Fault::error(
        "unknown-member",
        sentence!("{place} has no member {value}: {advice}", place, value = quoted(name), advice),
    )
}

fn wrong_type(name: &str, wanted: &'static str, value: &Value) -> Fault {
    let found = match value {
        Value::Null => {
            return Fault::error("wrong-type", sentence!("{name} is null; leave it out instead.", name));
        }
        Value::Bool(_) => "true or false".into(),
        Value::Number(number) => sentence!("the number {number}", number = number.to_string()),
        Value::String(text) => sentence!("the text {text}", text = quoted(text)),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "a structure".into(),
    };
    Fault::error(
        "wrong-type",
        sentence!("{name} must be {wanted}, and is {found}.", name, wanted = Sentence::from(wanted), found),
    )
}

/// A value as it may stand in a sentence: shortened, and without what would break the line.
pub(super) fn quoted(value: &str) -> String {
    const LONGEST: usize = 60;
    let mut text: String = value
        .chars()
        .take(LONGEST)
        .map(|character| if character.is_control() { '\u{fffd}' } else { character })
        .collect();
    if value.chars().nth(LONGEST).is_some() {
        text.push('…');
    }
    format!("“{text}”")
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

#[cfg(test)]
#[path = "validate/tests.rs"]
mod tests;
