//! The AWS CLI command: which parameter becomes a flag, text, shorthand or JSON, and which none of them can say.

use super::document::{Fields, Node, node_to_json, scalar_text, to_json};
use super::globals::{self, Takes};
use super::shell::{self, Inexpressible, Layout, Shell, quote_command};
use super::{File, error, json, shorthand};
use crate::request::shape::{Call, Member};
use crate::request::validate::Problem;
use crate::sentence::{Sentence, sentence};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt::Write;

/// A major version of the AWS CLI.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Version {
    /// Version 1: it replaces a parameter that is a web address by what it fetches from there.
    #[serde(rename = "1")]
    One,
    /// Version 2.
    #[default]
    #[serde(rename = "2")]
    Two,
}

/// How a command is to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Style {
    /// The CLI that will run it.
    pub version: Version,
    /// The shell it is pasted into.
    pub shell: Shell,
    /// One line or several.
    pub layout: Layout,
    /// Global options and their values, in the order to be written; see [`globals::GLOBAL_OPTIONS`].
    pub globals: Vec<(String, Option<String>)>,
}

/// A command, the files it reads, and what a person should know of it.
#[derive(Debug)]
pub struct Command {
    /// The text to paste.
    pub text: String,
    /// Files that must lie in the folder in which it is run.
    pub files: Vec<File>,
    /// Remarks, a sentence each.
    pub notes: Vec<Sentence>,
}

/// Writes the command of a call.
///
/// A parameter that cannot be an argument goes into an inline `--cli-input-json` if the shell can quote that, and else
/// the whole request goes into a file beside the command.
///
/// # Errors
/// A global option is given twice or excludes another, the version has none of its name, or its value is one that it
/// does not take or that the shell does not hand on as it is; or the command is too long for cmd.exe even with its
/// parameters in the file.
pub fn command(call: &Call, fields: &Fields, style: &Style) -> Result<Command, Vec<Problem>> {
    let (groups, reason) = sayable(call, fields, style)?;
    if let Some(text) = groups.and_then(|groups| quote_command(&groups, style.shell, style.layout).ok()) {
        return Ok(Command { text, files: Vec::new(), notes: Vec::new() });
    }
    with_input_file(call, fields, style, reason)
}

/// The words of a command before they are quoted, in groups that stay on one line: for a script that puts variables
/// between them.
///
/// `None` where the style's shell can say the request by a file alone; POSIX shells can say every request.
///
/// # Errors
/// A global option is at fault, as for [`command`]; the length is not looked at.
pub fn words(call: &Call, fields: &Fields, style: &Style) -> Result<Option<Vec<Vec<String>>>, Vec<Problem>> {
    sayable(call, fields, style).map(|(groups, _)| groups)
}

/// The words, with an inline `--cli-input-json` for what cannot be an argument; and why that is so.
fn sayable(
    call: &Call,
    fields: &Fields,
    style: &Style,
) -> Result<(Option<Vec<Vec<String>>>, Option<Inexpressible>), Vec<Problem>> {
    let mut groups = start(call, style)?;
    let (mut rest_groups, rest, reason) = arguments(fields, style);
    if reason.is_some() {
        let Some(inline) = inline_input(&rest, style) else { return Ok((None, reason)) };
        groups.push(inline);
    }
    groups.append(&mut rest_groups);
    Ok((Some(groups), reason))
}

/// The command that reads the whole request from a file.
fn with_input_file(
    call: &Call,
    fields: &Fields,
    style: &Style,
    reason: Option<Inexpressible>,
) -> Result<Command, Vec<Problem>> {
    let name = format!("{}.json", call.cli);
    let text = command_with(call, &[["--cli-input-json", &format!("file://{name}")]], style)?;
    let reason = Sentence::from(reason.map_or("the command would be too long", |reason| reason.0));
    let note = sentence!(
        "The parameters are in the file {name}, because {reason}. Save it in the folder in which you run the command.",
        name = &name,
        reason
    );
    Ok(Command { text, files: vec![File { name, text: json::file(fields) }], notes: vec![note] })
}

/// The command of a call with other options in the place of its parameters: `--cli-input-yaml file://…`, or
/// `--generate-cli-skeleton input`.
///
/// # Errors
/// A global option is at fault, as for [`command`]; the shell cannot say a word of `options`; or the command is too
/// long for cmd.exe.
pub fn command_with(call: &Call, options: &[[&str; 2]], style: &Style) -> Result<String, Vec<Problem>> {
    let mut groups = start(call, style)?;
    groups.extend(options.iter().map(|option| option.map(str::to_owned).to_vec()));
    quote_command(&groups, style.shell, style.layout)
        .map_err(|reason| vec![unsayable("", style.shell, reason)])
}

/// `aws ec2 import-snapshot` and the global options.
fn start(call: &Call, style: &Style) -> Result<Vec<Vec<String>>, Vec<Problem>> {
    let mut groups = vec![vec!["aws".to_owned(), "ec2".to_owned(), call.cli.to_owned()]];
    let mut problems = globals::conflicts(&style.globals);
    for (name, value) in &style.globals {
        let Some(option) = globals::find(name).filter(|option| option.is_in(style.version)) else {
            problems.push(error(
                name,
                "unknown-option",
                sentence!("This version of the AWS CLI has no option {name}.", name),
            ));
            continue;
        };
        if !option.accepts(value.as_deref(), style.version) {
            problems.push(error(name, "option-value", expectation(option, style.version)));
            continue;
        }
        let group = match value {
            None => vec![name.clone()],
            Some(value) => option_with_value(name, value),
        };
        if let Some(reason) = group.iter().find_map(|word| shell_says(word, style).err()) {
            problems.push(unsayable(name, style.shell, reason));
            continue;
        }
        groups.push(group);
    }
    if problems.is_empty() { Ok(groups) } else { Err(problems) }
}

fn expectation(option: &globals::GlobalOption, version: Version) -> Sentence {
    let name = option.name;
    match option.takes {
        Takes::Nothing => sentence!("{name} takes no value.", name),
        Takes::Text => sentence!("{name} needs a value.", name),
        Takes::Seconds => sentence!("{name} needs a whole number of seconds.", name),
        Takes::OneOf(both, second) => {
            let second = if version == Version::Two { second } else { &[] };
            sentence!("{name} is one of: {values}.", name, values = [both, second].concat().join(", "))
        }
    }
}

/// The arguments of every parameter that can be one, those that cannot, and why the first of these cannot.
fn arguments(fields: &Fields, style: &Style) -> (Vec<Vec<String>>, Fields, Option<Inexpressible>) {
    let mut groups = Vec::new();
    let mut rest = Fields::new();
    let mut first_reason = None;
    for (member, node) in fields {
        let group = member_group(member, node, style);
        let says = |word: &String| shell_says(word, style).and(cli_takes(word, style.version)).err();
        match group.iter().find_map(says) {
            None => groups.push(group),
            Some(reason) => {
                first_reason.get_or_insert(reason);
                rest.push((member, node.clone()));
            }
        }
    }
    (groups, rest, first_reason)
}

/// A member's option and its values.
fn member_group(member: &Member, node: &Node, style: &Style) -> Vec<String> {
    let option = member.cli_option();
    let json = || vec![option.clone(), one_line_json(&node_to_json(node))];
    match node {
        Node::Boolean(true) => vec![option],
        Node::Boolean(false) => vec![option.replacen("--", "--no-", 1)],
        Node::Structure(fields) => match shorthand::structure(fields, style.shell) {
            Some(text) => vec![option, text],
            None => json(),
        },
        Node::List(items) => match list(items, style) {
            Some(values) => [vec![option], values].concat(),
            None => json(),
        },
        scalar => option_with_value(&option, &scalar_text(scalar).unwrap_or_default()),
    }
}

fn list(items: &[Node], style: &Style) -> Option<Vec<String>> {
    let structure = |item: &Node| match item {
        Node::Structure(fields) => shorthand::structure(fields, style.shell),
        _ => None,
    };
    items.iter().map(structure).collect::<Option<Vec<_>>>().or_else(|| shorthand::scalars(items))
}

/// An option and its value as two arguments, or as one where the CLI would take the value for another option, and where
/// PowerShell 5 would drop it.
fn option_with_value(option: &str, value: &str) -> Vec<String> {
    if value.is_empty() || value.starts_with('-') {
        vec![format!("{option}={value}")]
    } else {
        vec![option.to_owned(), value.to_owned()]
    }
}

/// Whether the shell hands on a word as it is.
fn shell_says(word: &str, style: &Style) -> Result<(), Inexpressible> {
    shell::quote(word, style.shell)?;
    // Version 1 on Windows is often a batch file, whose arguments cmd.exe reads once more.
    if style.version == Version::One
        && style.shell == Shell::PowerShell
        && word.contains(['%', '&', '|', '<', '>', '^', '!'])
    {
        return Err(Inexpressible(
            "version 1 of the AWS CLI for Windows can be a batch file, which acts upon such signs",
        ));
    }
    Ok(())
}

/// Whether the CLI takes a parameter's word for what it is.
fn cli_takes(word: &str, version: Version) -> Result<(), Inexpressible> {
    let begins_with = |prefixes: &[&str]| prefixes.iter().any(|prefix| word.starts_with(prefix));
    if begins_with(&["file://", "fileb://"]) {
        return Err(Inexpressible("the AWS CLI would read a value that begins with file:// from that file"));
    }
    if version == Version::One && begins_with(&["http://", "https://"]) {
        return Err(Inexpressible(
            "version 1 of the AWS CLI would fetch a value that begins with http:// or https://",
        ));
    }
    Ok(())
}

/// `--cli-input-json` with the parameters themselves, or `None` if the shell cannot say it.
fn inline_input(rest: &Fields, style: &Style) -> Option<Vec<String>> {
    let text = one_line_json(&Value::Object(to_json(rest)));
    shell_says(&text, style).ok()?;
    Some(vec!["--cli-input-json".to_owned(), text])
}

/// JSON on one line in which every control character is escaped, also those that JSON allows.
pub(crate) fn one_line_json(value: &Value) -> String {
    let mut text = String::new();
    for character in value.to_string().chars() {
        if character.is_control() {
            // Writing to a string cannot fail.
            let _ = write!(text, "\\u{:04x}", u32::from(character));
        } else {
            text.push(character);
        }
    }
    text
}

fn unsayable(path: &str, shell: Shell, reason: Inexpressible) -> Problem {
    let message = sentence!(
        "This value cannot be written for {shell}, because {reason}. Change the value, or choose another shell.",
        shell = shell.name(),
        reason = Sentence::from(reason.0)
    );
    error(path, "inexpressible", message)
}

#[cfg(test)]
mod tests;
