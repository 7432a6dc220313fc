//! The reverse: what a person pastes (a CLI command, its JSON or YAML input, a Query body, a curl command, a boto3 call)
//! read as a request.
//!
//! What is not understood is listed with its place and left out; what is wrong is left in, for the validation to mark.
//! Nothing is ever run or fetched. The text is hostile: [`LONGEST`] bounds what is read of it, and [`DEEPEST`] how deep; in
//! JSON, serde_json's own limit of 128 does.

mod alone;
mod coerce;
mod command;
mod python;
mod query;
mod shorthand;
mod start;
mod words;
pub(crate) mod yaml;

#[cfg(test)]
mod tests;

use super::shell::Shell;
use crate::request::calls;
use crate::request::shape::{Call, Request};
use crate::sentence::{Sentence, sentence};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The longest text that is read, in bytes.
pub const LONGEST: usize = 1 << 20;

/// How deep structures may lie within each other.
pub const DEEPEST: usize = 32;

/// A form in which a request was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A command of the AWS CLI, quoted for a shell.
    Command(Shell),
    /// The input of `--cli-input-json`.
    Json,
    /// The input of `--cli-input-yaml`.
    Yaml,
    /// The body of a Query request, alone or in a curl command.
    Query,
    /// A call of boto3.
    Python,
}

/// A place in the pasted text that was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotUnderstood {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What stands there, shortened.
    pub text: String,
    /// Why it was left out, a sentence.
    pub reason: Sentence,
}

/// What was read.
#[derive(Debug, Clone, Serialize)]
pub struct Pasted {
    /// The form it had.
    pub form: Form,
    /// The request, with everything that was understood.
    pub request: Request,
    /// Whether the text names no call, so that it was told from the members.
    pub is_call_guessed: bool,
    /// The global options of a command, Region and profile among them.
    pub globals: Vec<(String, Option<String>)>,
    /// What was left out.
    pub not_understood: Vec<NotUnderstood>,
}

/// Why nothing at all was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotRead {
    /// The line, from 1; 0 for the text as a whole.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong and what can be pasted, a sentence or two.
    pub message: Sentence,
}

impl NotRead {
    fn whole(message: impl Into<Sentence>) -> Self {
        Self { line: 0, column: 0, message: message.into() }
    }
}

/// What was left out, by its place in bytes; [`Fault::locate`] finds line and column once at the end.
#[derive(Debug)]
struct Fault {
    at: usize,
    length: usize,
    reason: Sentence,
}

impl Fault {
    fn new(at: usize, length: usize, reason: impl Into<Sentence>) -> Self {
        Self { at, length, reason: reason.into() }
    }

    fn locate(self, text: &str) -> NotUnderstood {
        const LONGEST_QUOTE: usize = 60;
        let (line, column) = place(text, self.at);
        let quoted = text.get(self.at..self.at.saturating_add(self.length)).unwrap_or_default();
        NotUnderstood {
            line,
            column,
            text: quoted.chars().take(LONGEST_QUOTE).collect(),
            reason: self.reason,
        }
    }
}

/// Line and column of a byte's place, from 1.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before: Vec<char> =
        text.char_indices().take_while(|(index, _)| *index < at).map(|(_, c)| c).collect();
    let line_start =
        before.iter().rposition(|character| *character == '\n').map_or(0, |index| index.saturating_add(1));
    let line = before.iter().filter(|character| **character == '\n').count();
    (line.saturating_add(1), before.len().saturating_sub(line_start).saturating_add(1))
}

/// The places that were left out, the first [`Faults::MOST`] of them: a long text of the wrong kind must not become as
/// long a list.
#[derive(Debug, Default)]
struct Faults(Vec<Fault>);

impl Faults {
    const MOST: usize = 50;

    fn push(&mut self, fault: Fault) {
        if self.0.len() < Self::MOST {
            self.0.push(fault);
        }
    }

    fn extend(&mut self, others: Self) {
        others.0.into_iter().for_each(|fault| self.push(fault));
    }

    fn len(&self) -> usize {
        self.0.len()
    }
}

/// What a form's reader found: parameters, global options and what it left out.
#[derive(Debug, Default)]
struct Found {
    call: Option<&'static Call>,
    parameters: Map<String, Value>,
    globals: Vec<(String, Option<String>)>,
    faults: Faults,
}

impl Found {
    /// This, with what was found before it.
    fn behind(mut self, mut faults: Faults) -> Self {
        faults.extend(std::mem::take(&mut self.faults));
        Self { faults, ..self }
    }

    fn into_pasted(self, form: Form, call: &'static Call, text: &str) -> Pasted {
        let not_understood = self.faults.0.into_iter().map(|fault| fault.locate(text)).collect();
        let request = Request { call, parameters: self.parameters };
        Pasted { form, request, is_call_guessed: false, globals: self.globals, not_understood }
    }
}

/// Reads a pasted text of any form, which it recognises by itself.
///
/// # Errors
/// Those of [`read`] without a `call`: JSON or YAML must have a member of some call.
pub fn any(text: &str) -> Result<Pasted, NotRead> {
    read(text, None, Shell::Posix)
}

/// Reads a pasted text: a request, or a script with one among its commands.
///
/// JSON and YAML do not say which call they are for: it is told from their members, and `call`, the one that the form
/// shows at the time, decides between equals. A command on one line does not always say for which shell it is quoted:
/// `shell` is the one it is then taken for.
///
/// # Errors
/// The text is blank or longer than [`LONGEST`]; its JSON or YAML is malformed, too deep or no object, or has, while
/// `call` is `None`, no member of any call; or its command or Query body names none of [`calls::CALLS`].
pub fn read(text: &str, call: Option<&'static Call>, shell: Shell) -> Result<Pasted, NotRead> {
    if text.len() > LONGEST {
        return Err(NotRead::whole("The text is longer than 1 MiB, and no request is."));
    }
    // Windows' editors put a byte order mark before the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let start = text.trim_start();
    if start.is_empty() {
        return Err(NotRead::whole("There is no text."));
    }
    if start.starts_with('{') {
        return told_by_members(read_json(text)?, Faults::default(), Form::Json, call, text);
    }
    if let Some(found) = query::read_request(text) {
        return finish(found, Form::Query, text);
    }
    if let Some(called) = python::called(text) {
        return finish(python::read(text, called), Form::Python, text);
    }
    if command::begins(text)
        && let Some((form, found)) = command::read(text, shell)
    {
        return finish(found, form, text);
    }
    if start.starts_with('[')
        && let Ok(items) = serde_json::from_str::<Value>(text)
        && let Ok((call, parameters)) = alone::place(items, call)
    {
        return Ok(guessed(Found { parameters, ..Found::default() }, Form::Json, call, text));
    }
    let input = yaml::read(text, 0);
    let is_input = input.as_ref().is_ok_and(|(parameters, _)| most_known(parameters) > 0);
    // A script has the command somewhere; in a request's own text it would be a description.
    if !is_input && let Some((form, found)) = command::read(text, shell) {
        return finish(found, form, text);
    }
    let (parameters, faults) = match input {
        Ok(input) => input,
        Err(refused) => return list_alone(text, call).ok_or(refused),
    };
    told_by_members(parameters, faults, Form::Yaml, call, text)
}

/// A list in YAML that is one parameter of a call.
fn list_alone(text: &str, call: Option<&'static Call>) -> Option<Pasted> {
    text.trim_start().starts_with(['-', '#']).then_some(())?;
    let (mut documents, not_understood) = yaml::documents(text).ok()?;
    let items = documents.pop().filter(|_| documents.is_empty())?;
    let (call, parameters) = alone::place(items, call).ok()?;
    let pasted = guessed(Found { parameters, ..Found::default() }, Form::Yaml, call, text);
    Some(Pasted { not_understood, ..pasted })
}

fn guessed(found: Found, form: Form, call: &'static Call, text: &str) -> Pasted {
    Pasted { is_call_guessed: true, ..found.into_pasted(form, call, text) }
}

/// The words of the first command in a text, as a shell hands them on; `None` where the shell would do more than that,
/// such as put a variable's value in.
pub fn arguments(text: &str, shell: Shell) -> Option<Vec<String>> {
    let words::Split { words, faults, .. } = words::split(text, shell);
    (faults.len() == 0).then(|| words.into_iter().map(|word| word.text).collect())
}

fn finish(found: Found, form: Form, text: &str) -> Result<Pasted, NotRead> {
    let call = found.call.ok_or_else(|| {
        // curl names the call in its body.
        if let Some(fault) = found.faults.0.iter().find(|fault| fault.reason == command::IN_A_FILE) {
            let (line, column) = place(text, fault.at);
            return NotRead { line, column, message: fault.reason.clone() };
        }
        let known: Vec<_> = calls::CALLS.iter().map(|call| call.cli).collect();
        NotRead::whole(sentence!(
            "The call is not one of those known here: {known}.",
            known = known.join(", ")
        ))
    })?;
    Ok(found.into_pasted(form, call, text))
}

fn read_json(text: &str) -> Result<Map<String, Value>, NotRead> {
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(parameters)) => Ok(parameters),
        Ok(_) => Err(NotRead::whole("The parameters of a call are a JSON object, in braces.")),
        Err(error) => Err(NotRead {
            line: error.line(),
            column: error.column(),
            message: sentence!("This is not JSON: {error}.", error = error.to_string()),
        }),
    }
}

/// Finds the call that has the most of the members and the fewest others not.
fn told_by_members(
    parameters: Map<String, Value>,
    faults: Faults,
    form: Form,
    shown: Option<&'static Call>,
    text: &str,
) -> Result<Pasted, NotRead> {
    let whole = parameters.len();
    let parameters = if most_known(&parameters) < whole {
        match alone::place(Value::Object(parameters), shown) {
            Ok((call, parameters)) => {
                return Ok(guessed(Found { parameters, faults, ..Found::default() }, form, call, text));
            }
            Err(Value::Object(parameters)) => parameters,
            Err(_) => Map::new(),
        }
    } else {
        parameters
    };
    let known = |call: &Call| known(call, &parameters);
    // The last of the largest is taken: the call that is shown, then those in the order of the table.
    let call = calls::CALLS.into_iter().rev().chain(shown).max_by_key(|call| known(call));
    let Some(call) = call.filter(|call| shown.is_some() || known(call) > 0) else {
        return Err(NotRead::whole(
            "No call has any of these members: paste the parameters of a call in the API's own names, such as DiskContainer.",
        ));
    };
    let parameters = if form == Form::Yaml { coerce::members(call.members, parameters) } else { parameters };
    let found = Found { parameters, faults, ..Found::default() };
    Ok(guessed(found, form, call, text))
}

/// How many of the names are members of a call.
fn known(call: &Call, parameters: &Map<String, Value>) -> usize {
    parameters.keys().filter(|name| call.members.iter().any(|member| member.name == **name)).count()
}

/// How many of the names are members of the call that has the most of them.
fn most_known(parameters: &Map<String, Value>) -> usize {
    calls::CALLS.into_iter().map(|call| known(call, parameters)).max().unwrap_or(0)
}
