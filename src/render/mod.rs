//! How is it written down? A request as an EC2 Query body, as commands for three shells, as JSON, YAML, Python and
//! Terraform; and the reverse, in [`parse`].
//!
//! A renderer walks a call's table beside the request ([`document`]), so a new call costs a table and no code here. A
//! new format is one module and one entry in [`As`].

pub mod cli;
pub mod command;
pub mod document;
pub mod globals;
pub mod json;
pub mod number;
pub mod query;
pub mod shell;
pub mod shorthand;
pub mod timestamp;

use crate::request::shape::Request;
use crate::request::validate::{Level, Problem};
use serde::{Deserialize, Serialize};

/// A way to write a request down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum As {
    /// The body of EC2's Query protocol.
    Query,
    /// A command of the AWS CLI.
    Cli,
    /// The file for `--cli-input-json`.
    CliJson,
}

impl As {
    /// Every way, in the order in which they are offered.
    pub const ALL: &[Self] = &[Self::Cli, Self::CliJson, Self::Query];

    /// Its name on a command line: `cli-json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Cli => "cli",
            Self::CliJson => "cli-json",
        }
    }

    /// The way of a name, or `None`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|way| way.name() == name)
    }
}

/// How to write it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// The Region the call is sent to; it leads the global options.
    pub region: Option<String>,
    /// The profile whose credentials are used.
    pub profile: Option<String>,
    /// How commands are written.
    pub style: cli::Style,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its name, without a folder.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// A request written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// What a person copies.
    pub text: String,
    /// The language of the text, as a code block names it: `json`, `python`.
    pub language: String,
    /// The name under which it is downloaded.
    pub file_name: String,
    /// Files that the text needs beside it.
    pub beside: Vec<File>,
    /// Remarks, a sentence each.
    pub notes: Vec<String>,
    /// Warnings about the request, which never stop it from being written.
    pub warnings: Vec<Problem>,
}

/// Writes a request down.
///
/// `problems` are what the validation found: an error among them stops the writing and is given back with all others;
/// warnings come with the output.
pub fn render(
    request: &Request,
    way: As,
    options: &Options,
    problems: Vec<Problem>,
) -> Result<Output, Vec<Problem>> {
    if problems.iter().any(|problem| problem.level == Level::Error) {
        return Err(problems);
    }
    let fields = document::read(request)?;
    let call = request.call;
    let style = style(options);
    let name = call.cli;
    let mut output = match way {
        As::Query => plain(query::body(call, &fields), "text", format!("{name}.query")),
        As::CliJson => plain(json::file(&fields), "json", format!("{name}.json")),
        As::Cli => {
            let command = cli::command(call, &fields, &style)?;
            Output {
                beside: command.files,
                notes: command.notes,
                ..plain(command.text, style.shell.language(), format!("{name}.{}", style.shell.extension()))
            }
        }
    };
    if !output.text.ends_with('\n') && way != As::Query {
        output.text.push('\n');
    }
    Ok(Output { warnings: problems, ..output })
}

fn plain(text: String, language: &str, file_name: String) -> Output {
    Output {
        text,
        language: language.to_owned(),
        file_name,
        beside: Vec::new(),
        notes: Vec::new(),
        warnings: Vec::new(),
    }
}

/// The style with Region and profile before the other global options.
fn style(options: &Options) -> cli::Style {
    let named = [("--region", &options.region), ("--profile", &options.profile)];
    let named = named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), Some(value.clone()?))));
    let globals = named.chain(options.style.globals.iter().cloned()).collect();
    cli::Style { globals, ..options.style.clone() }
}

#[cfg(test)]
mod tests;
