//! Would EC2 take it, by which call, and what must change first?
//!
//! Every rule stands in one catalogue ([`catalogue::CHAPTERS`]): its code, how severe it is for each call, its
//! sentence, the way out, the AWS page it rests on, and the text AWS would have failed with. What AWS has not said is
//! never a blocker.
//!
//! The rules lie in one file a subject, each a table of [`catalogue::Rule`]s followed by their functions. A new rule
//! is an entry in such a table and a function beside it; `docs/findings.md` is written from the tables.

pub mod advice;
mod boot;
pub mod catalogue;
mod container;
mod conversion;
mod disks;
mod document;
mod drivers;
mod encryption;
mod file_systems;
mod integrity;
mod machine;
mod name;
mod ova;
mod partitions;
mod size;
mod sources;
pub mod supported;
mod system;
pub mod template;
mod unseen;
mod vhd;
mod vhdx;
mod vmdk;

#[cfg(test)]
mod builder;
#[cfg(test)]
mod tests;

pub use document::catalogue_page;
pub use machine::judge_machine;

use crate::guest::{Guest, GuestCondition};
use crate::image::{Appliance, Condition, Fault, Image};
use crate::sentence::Sentence;
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
    /// AWS refuses it by its own pages, or nobody can make a disk of its bytes.
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
    Advice(Sentence),
}

/// One thing that a rule has to say about an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's stable code, in lower case with hyphens: `vmdk-not-stream-optimized`.
    pub code: String,
    /// How much it weighs for each call.
    pub severity: PerCall<Option<Severity>>,
    /// One sentence in plain words with the values that matter.
    pub message: Sentence,
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
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The file's path as it was given: what a command must name. In the browser, the file's name alone.
    pub path: &'a str,
    /// What the container is.
    pub image: &'a Image,
    /// What lies inside; `None` where the disk could not be read.
    pub guest: Option<&'a Guest>,
    /// The findings of an appliance's disks, or of those that make a machine.
    pub disks: &'a [DiskFindings<'a>],
}

/// What the rules said of one disk of a machine.
#[derive(Debug, Clone, Copy)]
pub struct DiskFindings<'a> {
    /// The name of its file, or of the archive's member.
    pub file: &'a str,
    /// Its container.
    pub format: crate::image::Format,
    /// Its findings, as if it stood alone.
    pub findings: &'a [Finding],
    /// How firmware can start it.
    pub boot_mode: Option<crate::guest::BootMode>,
}

impl DiskFindings<'_> {
    /// Whether a machine starts from it.
    pub fn is_system(&self) -> bool {
        self.boot_mode.is_some_and(|mode| mode != crate::guest::BootMode::None)
    }
}

impl<'a> Subject<'a> {
    /// The file's name, without folders.
    pub fn name(&self) -> &'a str {
        crate::image::base_name(self.path)
    }

    /// What the guest stage found to remark; nothing where the disk could not be read.
    pub fn guest_conditions(&self) -> &'a [GuestCondition] {
        self.guest.map_or(&[], |guest| &guest.conditions)
    }

    /// Whether every byte of the disk is there. Where some cannot be read, nothing follows from what was not found, and
    /// nothing on the disk is to be repaired.
    fn is_whole(&self) -> bool {
        !self.has(|condition| match condition {
            Condition::Damaged(error) => error.fault == Fault::Malformed,
            Condition::Truncated { structure, .. } => !integrity::is_last(self, structure),
            Condition::TextModeDamage => true,
            _ => false,
        })
    }

    /// Whether the container has a condition for which `matches` is true.
    fn has(&self, matches: impl Fn(&Condition) -> bool) -> bool {
        self.image.conditions.iter().any(matches)
    }

    /// The appliance, where there is one.
    fn appliance(&self) -> Option<&'a Appliance> {
        self.image.appliance.as_deref()
    }
}

/// How many findings one rule may make of one image: a hostile partition table has thousands of entries.
const MAX_PER_RULE: usize = 16;

/// Runs every rule over `subject`: the findings, the worst first, otherwise in the order of the catalogue.
pub fn judge(subject: &Subject) -> Vec<Finding> {
    judge_by(catalogue::rules(), subject)
}

fn judge_by(rules: impl Iterator<Item = &'static catalogue::Rule>, subject: &Subject) -> Vec<Finding> {
    let mut findings: Vec<Finding> = rules
        .flat_map(|rule| {
            (rule.check)(subject).into_iter().take(MAX_PER_RULE).map(|values| rule.finding(&values))
        })
        .collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity.worst()));
    findings
}

/// What each call would do with an image that has `findings`.
pub fn verdict(findings: &[Finding]) -> PerCall<Verdict> {
    let of = |severity: fn(&Finding) -> Option<Severity>| match findings.iter().filter_map(severity).max() {
        Some(Severity::Blocker) => Verdict::Refused,
        Some(Severity::Warning) => Verdict::AcceptedWithWarnings,
        Some(Severity::Note) | None => Verdict::Accepted,
    };
    PerCall {
        import_snapshot: of(|finding| finding.severity.import_snapshot),
        import_image: of(|finding| finding.severity.import_image),
    }
}

impl PerCall<Option<Severity>> {
    /// The greater of the two.
    pub fn worst(self) -> Option<Severity> {
        self.import_snapshot.max(self.import_image)
    }
}
