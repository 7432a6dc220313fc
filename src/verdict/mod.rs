//! Would EC2 take it, by which call, and what must change first?
//!
//! Every rule stands in one catalogue ([`catalogue::RULES`]): its code, how severe it is for each call, its sentence,
//! the way out, the AWS page it rests on, and the text AWS would have failed with. What AWS has not said is never a
//! blocker.

use crate::guest::Guest;
use crate::image::Image;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How much a finding weighs for one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing need be done.
    Note,
    /// It may fail, or what comes out may not be what was wanted.
    Warning,
    /// AWS refuses it, by its own pages.
    Blocker,
}

/// A finding's weight for each of the two calls that take an image; `None` where it does not concern the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PerCall<T> {
    /// For ImportSnapshot.
    pub import_snapshot: T,
    /// For ImportImage.
    pub import_image: T,
}

/// The way out of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Remedy {
    /// A command as an argument vector, never quoted: file names are hostile, and `render` quotes for each shell.
    Command(Vec<String>),
    /// A sentence.
    Advice(String),
}

/// One thing that a rule has to say about an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's stable code, in lower case with hyphens: `vmdk-not-stream-optimized`.
    pub code: String,
    /// How much it weighs for each call.
    pub severity: PerCall<Option<Severity>>,
    /// One sentence in plain words with the values that matter.
    pub message: String,
    /// The way out, where there is one.
    pub remedy: Option<Remedy>,
    /// The address of the AWS page it rests on.
    pub source: String,
    /// The text AWS would have failed with, where it is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub aws_error: Option<String>,
    /// The values in the sentence, by name, so that another language can say it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub values: BTreeMap<String, String>,
}

/// What a call would do with the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing speaks against it.
    Accepted,
    /// It may pass; at least one warning.
    AcceptedWithWarnings,
    /// At least one blocker.
    Refused,
}

/// What the rules look at.
pub struct Subject<'a> {
    /// The file's name, without folders.
    pub name: &'a str,
    /// What the container is.
    pub image: &'a Image,
    /// What lies inside; `None` where the disk could not be read.
    pub guest: Option<&'a Guest>,
}
