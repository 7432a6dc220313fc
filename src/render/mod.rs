//! How is it written down? A request as an EC2 Query body, as commands for three shells, as JSON, YAML, Python and
//! Terraform; and the reverse, in [`parse`].
//!
//! A renderer walks a call's table beside the request ([`document`]), so a new call costs a table and no code here. A
//! new format is one module and one entry in [`As`].

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
pub mod shell;
pub mod shorthand;
pub mod skeleton;
pub mod terraform;
pub mod yaml;

use crate::request::shape::{Call, Request};
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
    /// The file for `--cli-input-yaml`, which version 2 of the AWS CLI knows.
    CliYaml,
    /// Every parameter of the call to be filled in, as JSON.
    Skeleton,
    /// Every parameter of the call to be filled in, as YAML with explanations.
    SkeletonYaml,
    /// A Python file with boto3.
    Boto3,
    /// The Query body sent by curl.
    Curl,
    /// A Terraform configuration.
    Terraform,
}

impl As {
    /// Every way, in the order in which they are offered.
    pub const ALL: &[Self] = &[
        Self::Cli,
        Self::CliJson,
        Self::CliYaml,
        Self::Boto3,
        Self::Terraform,
        Self::Query,
        Self::Curl,
        Self::Skeleton,
        Self::SkeletonYaml,
    ];

    /// Its name on a command line: `cli-json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Cli => "cli",
            Self::CliJson => "cli-json",
            Self::CliYaml => "cli-yaml",
            Self::Skeleton => "skeleton",
            Self::SkeletonYaml => "skeleton-yaml",
            Self::Boto3 => "boto3",
            Self::Curl => "curl",
            Self::Terraform => "terraform",
        }
    }

    /// Whether it shows the call's parameters and not the request's values.
    pub const fn is_skeleton(self) -> bool {
        matches!(self, Self::Skeleton | Self::SkeletonYaml)
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
    let call = request.call;
    if way.is_skeleton() {
        return Ok(skeleton(call, way));
    }
    if problems.iter().any(|problem| problem.level == Level::Error) {
        return Err(problems);
    }
    let fields = document::read(request)?;
    let style = style(options);
    let (region, profile) = (options.region.as_deref(), options.profile.as_deref());
    let name = call.cli;
    let script = format!("{name}.{}", style.shell.extension());
    let output = match way {
        As::Query => Output {
            notes: remarks_on_raw_requests(request),
            ..plain(query::body(call, &fields), "text", format!("{name}.query"))
        },
        As::CliJson => plain(json::file(&fields), "json", format!("{name}.json")),
        As::CliYaml => plain(yaml::file(&fields), "yaml", format!("{name}.yaml")),
        As::Cli => shell_output(cli::command(call, &fields, &style)?, &style, script),
        As::Boto3 => {
            plain(boto3::file(call, &fields, region, profile), "python", format!("{}.py", call.python))
        }
        As::Curl => {
            let region = endpoint_region(region)?;
            let body = query::body(call, &fields);
            let mut command =
                curl::command(name, &body, region, style.shell, style.layout).map_err(|reason| {
                    vec![error("", "inexpressible", format!("curl cannot send this, because {reason}."))]
                })?;
            command.notes.extend(remarks_on_raw_requests(request));
            shell_output(command, &style, script)
        }
        As::Terraform => {
            let (text, notes) = terraform::file(call, &fields, region, profile);
            Output { notes, ..plain(text, "hcl", format!("{name}.tf")) }
        }
        As::Skeleton | As::SkeletonYaml => skeleton(call, way),
    };
    Ok(Output { warnings: problems, ..output })
}

fn skeleton(call: &Call, way: As) -> Output {
    let name = call.cli;
    match way {
        As::SkeletonYaml => plain(skeleton::yaml(call), "yaml", format!("{name}.skeleton.yaml")),
        _ => plain(skeleton::json(call), "json", format!("{name}.skeleton.json")),
    }
}

fn shell_output(command: cli::Command, style: &cli::Style, file_name: String) -> Output {
    let cli::Command { text, files, notes } = command;
    Output { beside: files, notes, ..plain(text + "\n", style.shell.language(), file_name) }
}

/// The Region as part of a host's name.
fn endpoint_region(region: Option<&str>) -> Result<&str, Vec<Problem>> {
    let is_name = |region: &&str| {
        !region.is_empty()
            && region.len() <= 63
            && region.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    region.filter(is_name).ok_or_else(|| {
        let message = "Give the Region that the call is sent to, such as eu-west-1: curl needs it for the address and \
                       the signature.";
        vec![error("Region", "region-needed", message.to_owned())]
    })
}

/// What the AWS CLI and boto3 do of themselves and a raw request does not.
fn remarks_on_raw_requests(request: &Request) -> Vec<String> {
    let needs_signature =
        request.call.name == "CopySnapshot" && !request.parameters.contains_key("PresignedUrl");
    let remark = "The AWS CLI and boto3 add PresignedUrl, the same call signed for the source Region, and \
                  DestinationRegion. A raw request needs both when the source snapshot is encrypted.";
    needs_signature.then(|| remark.to_owned()).into_iter().collect()
}

fn error(path: &str, code: &str, message: String) -> Problem {
    Problem { path: path.to_owned(), level: Level::Error, code: code.to_owned(), message }
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
