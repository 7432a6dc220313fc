//! How is it written down? A request as an EC2 Query body, as commands for three shells, as JSON, YAML, Python and
//! Terraform; and the reverse, in [`parse`].
//!
//! A renderer walks a call's table beside the request ([`document`]), so a new call costs a table and no code here. A
//! new format is one module and one line of [`RENDERINGS`].

pub mod boto3;
pub mod cli;
pub mod command;
pub mod curl;
pub mod document;
pub mod globals;
pub mod json;
pub mod number;
pub mod parse;
pub mod query;
pub mod renderings;
pub mod shell;
pub mod shorthand;
pub mod skeleton;
pub mod terraform;
pub mod yaml;

pub use renderings::{As, RENDERINGS, Rendering, Setting};

use crate::request::shape::Request;
use crate::request::validate::{Level, Problem};
use crate::sentence::Sentence;
use document::Fields;
use renderings::{Subject, Written};
use serde::{Deserialize, Serialize};

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
    /// The media type of the text's file: `application/json`.
    pub media_type: String,
    /// The name under which it is downloaded.
    pub file_name: String,
    /// A command of the AWS CLI that goes with the text: it reads the text from its file, or prints the skeleton.
    pub command: Option<String>,
    /// Files that the text needs beside it.
    pub beside: Vec<File>,
    /// Remarks, a sentence each.
    pub notes: Vec<Sentence>,
    /// Warnings about the request, which never stop it from being written.
    pub warnings: Vec<Problem>,
}

/// Writes a request down.
///
/// `problems` are what the validation found; its warnings come with the output.
///
/// # Errors
/// All of `problems`, when there is an error among them and `way` writes the request's values; else those of
/// [`document::read`], for [`As::Cli`] those of [`cli::command`], and for [`As::Curl`] those of
/// [`curl::endpoint_region`] and [`curl::command`].
pub fn render(
    request: &Request,
    way: As,
    options: &Options,
    problems: Vec<Problem>,
) -> Result<Output, Vec<Problem>> {
    let rendering = way.rendering();
    if rendering.of_request && problems.iter().any(|problem| problem.level == Level::Error) {
        return Err(problems);
    }
    let fields = if rendering.of_request { document::read(request)? } else { Fields::new() };
    let style = style(options);
    let subject = Subject { request, fields: &fields, options, style: &style };
    let Written { text, command, beside, notes } = (rendering.write)(&subject)?;
    let (_, language, media_type) = rendering.medium.of(style.shell);
    Ok(Output {
        text,
        language: language.to_owned(),
        media_type: media_type.to_owned(),
        file_name: rendering.file_name(request.call, style.shell),
        command,
        beside,
        notes,
        warnings: if rendering.of_request { problems } else { Vec::new() },
    })
}

fn error(path: &str, code: &str, message: Sentence) -> Problem {
    Problem { path: path.to_owned(), level: Level::Error, code: code.to_owned(), message }
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
