//! Is anything on it encrypted?

use super::Subject;
use super::catalogue::{Rule, Way, each};
use super::sources::LIMITATIONS;
use super::template::Values;
use crate::guest::GuestCondition;
use crate::image::Condition;
use crate::sentence::{Sentence, sentence};
use crate::verdict::Severity;

pub(super) static RULES: &[Rule] = &[
    Rule {
        // ImportSnapshot copies the disk without looking inside.
        code: "encrypted-volume",
        title: "A volume of the disk is encrypted",
        severity: each(Severity::Note, Severity::Blocker),
        message: "{place} is encrypted ({scheme}); ImportImage does not take machines with encrypted volumes.",
        remedy: &[Way::Advice(
            "Decrypt it before the export and let EBS encrypt the volume instead; or import it as a snapshot, when it can be unlocked on the instance.",
        )],
        source: LIMITATIONS,
        aws_error: None,
        check: encrypted_volume,
    },
    Rule {
        code: "encrypted-image",
        title: "The image itself is encrypted",
        severity: each(Severity::Warning, Severity::Blocker),
        message: "The image itself is encrypted ({scheme}); without its key nobody can read the disk.",
        remedy: &[Way::Advice(
            "Decrypt it with the program that wrote it, and let EBS encrypt the volume instead.",
        )],
        source: LIMITATIONS,
        aws_error: None,
        check: encrypted_image,
    },
];

/// How a partition is named in a sentence.
pub(super) fn place(partition: Option<u32>) -> Sentence {
    partition.map_or_else(|| "The whole disk".into(), |index| sentence!("Partition {index}", index))
}

fn encrypted_volume(subject: &Subject) -> Vec<Values> {
    let of = |condition: &GuestCondition| match condition {
        GuestCondition::EncryptedVolume { scheme, partition } => {
            Some(Values::new().with("place", place(*partition)).with("scheme", scheme))
        }
        _ => None,
    };
    subject.guest_conditions().iter().filter_map(of).collect()
}

fn encrypted_image(subject: &Subject) -> Vec<Values> {
    let of = |condition: &Condition| match condition {
        Condition::Encrypted { scheme } => Some(Values::new().with("scheme", scheme)),
        _ => None,
    };
    subject.image.conditions.iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::super::builder::Case;
    use crate::guest::GuestCondition;

    #[test]
    fn an_encrypted_volume_stops_import_image_only() {
        let case = Case::stream_optimized().with_guest(|guest| {
            guest
                .conditions
                .push(GuestCondition::EncryptedVolume { scheme: "luks2".into(), partition: Some(2) });
        });
        assert!(
            case.finding("encrypted-volume").unwrap().message.starts_with("Partition 2 is encrypted (luks2)")
        );
        assert_eq!(case.verdict().import_snapshot, Verdict::Accepted);
        assert_eq!(case.verdict().import_image, Verdict::Refused);
    }
}
