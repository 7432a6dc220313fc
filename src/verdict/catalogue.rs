//! The catalogue: what a rule is, and all of them, by chapter.

use super::template::{Values, fill};
use super::{Finding, PerCall, Remedy, Severity, Subject};

/// A rule: when it speaks, how much that weighs, and what it says.
///
/// The severity is fixed: a circumstance that weighs more in one case than in another is two rules.
pub struct Rule {
    /// The stable code, in lower case with hyphens. It is an interface: it is never given another meaning.
    pub code: &'static str,
    /// When the rule speaks: a clause for the catalogue's page.
    pub title: &'static str,
    /// How much it weighs for each call.
    pub severity: PerCall<Option<Severity>>,
    /// The sentence, with named `{values}`.
    pub message: &'static str,
    /// The ways out, the best first: the first whose values [`Self::check`] gave is taken.
    pub remedy: &'static [Way],
    /// The AWS page the rule rests on.
    pub source: &'static str,
    /// The text AWS would have failed with, where it is known.
    pub aws_error: Option<&'static str>,
    /// Looks at the subject: one set of values for each finding.
    pub check: fn(&Subject) -> Vec<Values>,
}

/// A way out, as a template.
pub enum Way {
    /// A command: its words, with named `{values}` that are put in exactly as they are.
    Command(&'static [&'static str]),
    /// A sentence, with named `{values}` made safe to show.
    Advice(&'static str),
}

/// Both calls refuse it.
pub(super) const REFUSED: PerCall<Option<Severity>> = both(Severity::Blocker);
/// A warning for both calls.
pub(super) const WARNED: PerCall<Option<Severity>> = both(Severity::Warning);
/// A note for both calls.
pub(super) const NOTED: PerCall<Option<Severity>> = both(Severity::Note);

pub(super) const fn both(severity: Severity) -> PerCall<Option<Severity>> {
    PerCall { import_snapshot: Some(severity), import_image: Some(severity) }
}

/// It weighs `severity` for ImportImage and does not concern ImportSnapshot.
pub(super) const fn image_only(severity: Severity) -> PerCall<Option<Severity>> {
    PerCall { import_snapshot: None, import_image: Some(severity) }
}

/// It weighs `severity` for ImportSnapshot and does not concern ImportImage.
pub(super) const fn snapshot_only(severity: Severity) -> PerCall<Option<Severity>> {
    PerCall { import_snapshot: Some(severity), import_image: None }
}

/// It weighs differently for the two calls.
pub(super) const fn each(import_snapshot: Severity, import_image: Severity) -> PerCall<Option<Severity>> {
    PerCall { import_snapshot: Some(import_snapshot), import_image: Some(import_image) }
}

/// The rules of one subject.
pub struct Chapter {
    /// Its heading.
    pub title: &'static str,
    /// Its rules.
    pub rules: &'static [Rule],
}

/// Every rule there is, by chapter.
pub static CHAPTERS: &[Chapter] = &[
    Chapter { title: "Containers", rules: super::container::RULES },
    Chapter { title: "VMDK", rules: super::vmdk::RULES },
    Chapter { title: "VHD", rules: super::vhd::RULES },
    Chapter { title: "VHDX", rules: super::vhdx::RULES },
    Chapter { title: "OVA", rules: super::ova::RULES },
    Chapter { title: "Several disks", rules: super::machine::RULES },
    Chapter { title: "Integrity", rules: super::integrity::RULES },
    Chapter { title: "Size", rules: super::size::RULES },
    Chapter { title: "Names", rules: super::name::RULES },
    Chapter { title: "Partitions", rules: super::partitions::RULES },
    Chapter { title: "File systems", rules: super::file_systems::RULES },
    Chapter { title: "Encryption", rules: super::encryption::RULES },
    Chapter { title: "Boot", rules: super::boot::RULES },
    Chapter { title: "Operating systems", rules: super::system::RULES },
    Chapter { title: "What was not found", rules: super::unseen::RULES },
    Chapter { title: "Drivers and devices", rules: super::drivers::RULES },
];

/// Every rule, in the order of the catalogue.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    CHAPTERS.iter().flat_map(|chapter| chapter.rules)
}

impl Rule {
    /// What the rule says with `values`.
    pub fn finding(&self, values: &Values) -> Finding {
        Finding {
            code: self.code.into(),
            severity: self.severity,
            message: values.sentence(self.message).unwrap_or_else(|| self.message.into()),
            remedy: self.remedy.iter().find_map(|way| way.filled(values)),
            source: self.source.into(),
            aws_error: self.aws_error.map(Into::into),
            values: values.shown(),
        }
    }
}

impl Way {
    /// The way out with `values`; `None` where one of its values is missing.
    fn filled(&self, values: &Values) -> Option<Remedy> {
        match self {
            Self::Command(words) => words
                .iter()
                .map(|word| fill(word, |name| values.get(name)))
                .collect::<Option<Vec<_>>>()
                .map(Remedy::Command),
            Self::Advice(sentence) => values.sentence(sentence).map(Remedy::Advice),
        }
    }
}
