//! The AWS CLI's global options, as its own reference lists them for version 1 and version 2.

use super::cli::Version;
use super::error;
use crate::request::validate::Problem;
use crate::sentence::sentence;
use serde::Serialize;

/// What a global option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Takes {
    /// Nothing: it is there or not.
    Nothing,
    /// Any text.
    Text,
    /// A whole number of seconds.
    Seconds,
    /// One of these; the second list holds for version 2 only.
    OneOf(&'static [&'static str], &'static [&'static str]),
}

/// A global option of the AWS CLI.
#[derive(Debug, Serialize)]
pub struct GlobalOption {
    /// The option: `--region`.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// The versions that know it.
    pub versions: &'static [Version],
    /// What it does.
    pub help: &'static str,
}

impl GlobalOption {
    /// Whether a version knows the option.
    pub fn is_in(&self, version: Version) -> bool {
        self.versions.contains(&version)
    }

    /// Whether a value is one that the option takes in a version.
    pub fn accepts(&self, value: Option<&str>, version: Version) -> bool {
        match (self.takes, value) {
            (Takes::Nothing, value) => value.is_none(),
            (_, None) => false,
            (Takes::Text, Some(_)) => true,
            (Takes::Seconds, Some(value)) => value.parse::<u32>().is_ok(),
            (Takes::OneOf(both, second), Some(value)) => {
                both.contains(&value) || (version == Version::Two && second.contains(&value))
            }
        }
    }
}

/// Finds a global option by its name.
pub fn find(name: &str) -> Option<&'static GlobalOption> {
    GLOBAL_OPTIONS.iter().find(|option| option.name == name)
}

/// What is wrong with the options together: one given twice, or two that exclude each other.
pub(super) fn conflicts(options: &[(String, Option<String>)]) -> Vec<Problem> {
    const EXCLUSIVE: [&str; 2] = ["--cli-auto-prompt", "--no-cli-auto-prompt"];
    let mut problems = Vec::new();
    for (index, (name, _)) in options.iter().enumerate() {
        let before = &options[..index];
        if before.iter().any(|(other, _)| other == name) {
            problems.push(error(name, "option-twice", sentence!("{name} is given twice: keep one.", name)));
        } else if EXCLUSIVE.contains(&name.as_str())
            && before.iter().any(|(other, _)| EXCLUSIVE.contains(&other.as_str()))
        {
            let message = sentence!("{names} exclude each other: keep one.", names = EXCLUSIVE.join(" and "));
            problems.push(error(name, "options-exclusive", message));
        }
    }
    problems
}

const BOTH: &[Version] = &[Version::One, Version::Two];
const SECOND: &[Version] = &[Version::Two];
const FIRST: &[Version] = &[Version::One];

const fn option(
    name: &'static str,
    takes: Takes,
    versions: &'static [Version],
    help: &'static str,
) -> GlobalOption {
    GlobalOption { name, takes, versions, help }
}

/// Every global option.
pub const GLOBAL_OPTIONS: &[GlobalOption] = &[
    option("--region", Takes::Text, BOTH, "The Region the call is sent to, instead of the configured one."),
    option("--profile", Takes::Text, BOTH, "The profile whose credentials and settings are used."),
    option(
        "--output",
        Takes::OneOf(&["json", "text", "table"], &["yaml", "yaml-stream", "off"]),
        BOTH,
        "How the answer is written.",
    ),
    option("--query", Takes::Text, BOTH, "A JMESPath expression that picks parts of the answer."),
    option(
        "--endpoint-url",
        Takes::Text,
        BOTH,
        "The address the call is sent to, instead of the Region's own.",
    ),
    option("--no-paginate", Takes::Nothing, BOTH, "Fetches the first page of a long answer only."),
    option("--debug", Takes::Nothing, BOTH, "Writes a log of everything that happens to standard error."),
    option(
        "--no-verify-ssl",
        Takes::Nothing,
        BOTH,
        "Does not check the server's certificate: for tests only.",
    ),
    option("--no-sign-request", Takes::Nothing, BOTH, "Sends the call unsigned, which EC2 refuses."),
    option("--ca-bundle", Takes::Text, BOTH, "A file of certificates to trust, as a proxy may need it."),
    option(
        "--cli-read-timeout",
        Takes::Seconds,
        BOTH,
        "Seconds to wait for an answer; 60 unless told, 0 for ever.",
    ),
    option(
        "--cli-connect-timeout",
        Takes::Seconds,
        BOTH,
        "Seconds to wait for a connection; 60 unless told, 0 for ever.",
    ),
    option("--color", Takes::OneOf(&["on", "off", "auto"], &[]), BOTH, "Whether the output is coloured."),
    option("--version", Takes::Nothing, BOTH, "Prints the version of the AWS CLI and does nothing else."),
    option(
        "--cli-binary-format",
        Takes::OneOf(&[], &["base64", "raw-in-base64-out"]),
        SECOND,
        "How binary parameters are read; none of these calls has one.",
    ),
    option("--no-cli-pager", Takes::Nothing, SECOND, "Prints the answer at once, without a pager."),
    option("--cli-auto-prompt", Takes::Nothing, SECOND, "Asks for parameters as they are typed."),
    option(
        "--no-cli-auto-prompt",
        Takes::Nothing,
        SECOND,
        "Never asks for parameters, whatever is configured.",
    ),
    option("--v2-debug", Takes::Nothing, FIRST, "Warns where version 2 would act differently."),
];
