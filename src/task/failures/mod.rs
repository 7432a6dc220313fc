//! The catalogue of AWS's messages: each with its cause, its cure, and the findings that would have foretold it.
//!
//! The messages are those of the user guide's page on troubleshooting, those that people report most, and EC2's common
//! error codes. Each chapter is a file with one table.

mod access;
mod boot;
mod disks;
mod matching;
mod requests;
mod tasks;

use super::answer::Explanation;
use matching::{Match, Words};
pub(super) use requests::DRY_RUN;

/// AWS's page on the errors of imports.
const TROUBLESHOOTING: &str =
    "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html";
/// What can be imported.
const REQUIREMENTS: &str = "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html";
/// The role and the permissions.
const PERMISSIONS: &str = "https://docs.aws.amazon.com/vm-import/latest/userguide/required-permissions.html";
/// EC2's error codes.
const ERROR_CODES: &str = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";

/// A failure that is known.
#[derive(Debug)]
pub struct Failure {
    /// Its stable code, in lower case with hyphens.
    pub code: &'static str,
    /// AWS's wordings; a name in braces stands for what differs: `{role}`.
    pub messages: &'static [&'static str],
    /// The error codes of AWS that mean it, whatever the message says.
    pub errors: &'static [&'static str],
    /// Why it happens, in whole sentences.
    pub cause: &'static str,
    /// What to do, in whole sentences.
    pub cure: &'static str,
    /// AWS's page about it.
    pub page: &'static str,
    /// The codes of the findings (`verdict::catalogue`) that would have foretold it.
    pub findings: &'static [&'static str],
}

/// Every failure, in the order of the chapters.
pub fn failures() -> impl Iterator<Item = &'static Failure> {
    [disks::FAILURES, boot::FAILURES, access::FAILURES, tasks::FAILURES, requests::FAILURES]
        .into_iter()
        .flatten()
}

/// Looks an error up: by its message, of which the most specific wording counts, and else by its code.
pub fn explain(code: Option<&str>, message: &str) -> Option<Explanation> {
    // A message can mean something of its own beside one code: S3 denies access with an expired address.
    let coded = code.map(|code| [code, message].join(": "));
    let words = Words::of(coded.as_deref().unwrap_or(message));
    let by_message = failures()
        .flat_map(|failure| failure.messages.iter().map(move |pattern| (failure, *pattern)))
        .filter_map(|(failure, pattern)| Some((failure, words.matches(pattern)?)))
        .max_by_key(|(_, found)| found.weight);
    let by_code = || {
        // Some clients write the side that is at fault before the code.
        let code = code?;
        let bare = code.strip_prefix("Client.").or_else(|| code.strip_prefix("Server.")).unwrap_or(code);
        let failure = failures().find(|failure| failure.errors.contains(&bare))?;
        Some((failure, Match::default()))
    };
    let (failure, found) = by_message.or_else(by_code)?;
    Some(Explanation {
        code: failure.code,
        cause: failure.cause,
        cure: failure.cure,
        page: failure.page,
        findings: failure.findings,
        values: found.values,
    })
}

#[cfg(test)]
mod tests;
