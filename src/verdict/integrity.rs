//! Is the image whole and in order?

use super::Subject;
use super::catalogue::{NOTED, REFUSED, Rule, WARNED, Way};
use super::conversion::{TO_STREAM_OPTIMIZED, with_conversion};
use super::sources::{REQUIREMENTS, TROUBLESHOOTING};
use super::template::{Values, when};
use super::vhd::{WITHOUT_FOOTER, with_footer};
use crate::image::{Condition, Fault, Format};
use crate::sentence::{Value, sentence};

const CORRUPTED: Option<&str> = Some("ClientError: Provided image file was corrupted");

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "truncated",
        title: "The file ends before what it says it holds",
        severity: REFUSED,
        message: "The file is cut off: what lies beyond its end is part of this: {structure}{needed}.",
        remedy: &[Way::Advice(
            "Wait until the export has ended, or copy or download the file again and compare its size and checksum with the original's.",
        )],
        source: TROUBLESHOOTING,
        aws_error: CORRUPTED,
        check: |subject| truncated(subject, |structure| !is_last(subject, structure)),
    },
    Rule {
        // What lies before it may be whole, and AWS has not said that it asks for the rest.
        code: "end-missing",
        title: "The file lacks only what its format has at the very end",
        severity: WARNED,
        message: "The file ends without its {structure}: the program that wrote it was not done, or the file was cut.",
        remedy: &[Way::Advice(
            "Wait until the export has ended, or copy or download the file again and compare its size and checksum with the original's.",
        )],
        source: TROUBLESHOOTING,
        aws_error: CORRUPTED,
        check: |subject| truncated(subject, |structure| is_last(subject, structure)),
    },
    Rule {
        // Nobody can make a disk of it, AWS neither.
        code: "damaged",
        title: "A structure of the image breaks the format's rules, so that it does not open",
        severity: REFUSED,
        message: "The image is damaged: {field} at offset {offset}: {reason}.",
        remedy: &[Way::Advice(
            "Copy or download the file again; if it is damaged at its origin, export it again.",
        )],
        source: TROUBLESHOOTING,
        aws_error: CORRUPTED,
        check: |subject| errors(subject, |fault| fault == Fault::Malformed && subject.guest.is_none()),
    },
    Rule {
        // Nobody can make the whole disk of it either.
        code: "damaged-in-part",
        title: "A structure of the image breaks the format's rules, but the rest of the disk is read",
        severity: REFUSED,
        message: "The image is damaged in part: {field} at offset {offset}: {reason}.",
        remedy: &[Way::Advice(
            "Copy or download the file again; if it is damaged at its origin, export it again.",
        )],
        source: TROUBLESHOOTING,
        aws_error: CORRUPTED,
        check: |subject| errors(subject, |fault| fault == Fault::Malformed && subject.guest.is_some()),
    },
    Rule {
        code: "not-read-here",
        title: "The image uses something that this program does not read",
        severity: WARNED,
        message: "The image could not be looked into: {field} at offset {offset}: {reason}.",
        remedy: &[Way::Advice("Nothing was checked behind that point; EC2 may take the image or refuse it.")],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| errors(subject, |fault| fault != Fault::Malformed),
    },
    Rule {
        code: "text-mode-damage",
        title: "A transfer in text mode changed the bytes",
        severity: REFUSED,
        message: "The file was copied in text mode (as FTP does), which changes bytes all over it.",
        remedy: &[Way::Advice("Copy it again in binary mode; this copy cannot be repaired.")],
        source: TROUBLESHOOTING,
        aws_error: CORRUPTED,
        check: |subject| when(subject.has(|condition| *condition == Condition::TextModeDamage)),
    },
    Rule {
        code: "bad-copy",
        title: "One of two copies of a structure is bad",
        severity: WARNED,
        message: "The {structure} at offset {offset} is bad ({reason}); the other copy is good and was read.",
        remedy: &[
            TO_STREAM_OPTIMIZED,
            Way::Advice("Open and close the disk in the program that wrote it: it repairs the copy."),
        ],
        source: REQUIREMENTS,
        aws_error: None,
        check: bad_copy,
    },
    Rule {
        code: "bad-checksum",
        title: "A checksum is wrong, and there is no second copy",
        severity: WARNED,
        message: "The checksum of the {structure} at offset {offset} is wrong, although it reads well otherwise.",
        remedy: &[
            TO_STREAM_OPTIMIZED,
            WITHOUT_FOOTER,
            Way::Advice("Copy the file again, or convert it with the program that wrote it."),
        ],
        source: REQUIREMENTS,
        aws_error: CORRUPTED,
        check: bad_checksum,
    },
    Rule {
        code: "not-closed",
        title: "The image was not closed after it was last written",
        severity: WARNED,
        message: "The disk was not closed properly: {evidence}. The machine may still be running, or the program ended early.",
        remedy: &[Way::Advice(
            "Shut the machine down, let the program that wrote the disk open and close it, and export it again.",
        )],
        source: REQUIREMENTS,
        aws_error: None,
        check: not_closed,
    },
    Rule {
        code: "marked-corrupt",
        title: "The image is marked as corrupt by its own program",
        severity: WARNED,
        message: "The program that wrote the image has marked it as corrupt.",
        remedy: &[Way::Advice(
            "Check it with qemu-img check and restore it from a backup if that finds errors.",
        )],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| when(subject.has(|condition| *condition == Condition::MarkedCorrupt)),
    },
    Rule {
        code: "saved-state",
        title: "The image belongs to a suspended machine",
        severity: WARNED,
        message: "The machine was suspended, not shut down: what was in its memory is not on this disk.",
        remedy: &[Way::Advice("Resume the machine, shut it down, and export it again.")],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| when(subject.has(|condition| *condition == Condition::SavedState)),
    },
    Rule {
        code: "unknown-feature",
        title: "The image uses a feature that is not known here",
        severity: WARNED,
        message: "The image uses a feature that is not known here: {name}. What it holds cannot be told for certain.",
        remedy: &[Way::Advice("Convert it with the program that wrote it.")],
        source: REQUIREMENTS,
        aws_error: None,
        check: unknown_feature,
    },
    Rule {
        code: "trailing-bytes",
        title: "Bytes follow the end of the image",
        severity: NOTED,
        message: "{count} bytes follow the end of the image; they belong to nothing.",
        remedy: &[],
        source: REQUIREMENTS,
        aws_error: None,
        check: trailing_bytes,
    },
];

/// Whether `structure` only closes the file: the footer of a VHD, of which a copy lies at the beginning, and a VMDK's
/// empty sector after the footer.
pub(super) fn is_last(subject: &Subject, structure: &str) -> bool {
    match subject.image.format {
        Format::Vhd => structure == "footer",
        Format::Vmdk => structure == "end-of-stream marker",
        _ => false,
    }
}

fn truncated(subject: &Subject, speaks: impl Fn(&str) -> bool) -> Vec<Values> {
    let of = |condition: &Condition| match condition {
        Condition::Truncated { structure, needed } if speaks(structure) => {
            let needed = needed.map_or_else(
                || "".into(),
                |needed| {
                    let missing = needed.saturating_sub(subject.image.file_size);
                    sentence!(" (at least {missing} are missing)", missing = Value::Size(missing))
                },
            );
            Some(Values::new().with("structure", structure).with("needed", needed))
        }
        _ => None,
    };
    subject.image.conditions.iter().filter_map(of).collect()
}

fn errors(subject: &Subject, speaks: impl Fn(Fault) -> bool) -> Vec<Values> {
    let of = |condition: &Condition| match condition {
        Condition::Damaged(error) if speaks(error.fault) => Some(
            Values::new()
                .with("field", error.field)
                .with("offset", error.offset)
                .with("reason", &error.reason),
        ),
        _ => None,
    };
    subject.image.conditions.iter().filter_map(of).collect()
}

/// A VHD's footers have a rule of their own: AWS compares them.
fn bad_copy(subject: &Subject) -> Vec<Values> {
    let of = |condition: &Condition| match condition {
        Condition::BadCopy { structure, offset, reason } if subject.image.format != Format::Vhd => {
            let values =
                Values::new().with("structure", structure).with("offset", offset).with("reason", reason);
            Some(with_conversion(values, subject))
        }
        _ => None,
    };
    subject.image.conditions.iter().filter_map(of).collect()
}

fn bad_checksum(subject: &Subject) -> Vec<Values> {
    let of = |condition: &Condition| match condition {
        Condition::BadChecksum { structure, offset } => {
            let values = Values::new().with("structure", structure).with("offset", offset);
            Some(with_footer(with_conversion(values, subject), subject))
        }
        _ => None,
    };
    subject.image.conditions.iter().filter_map(of).collect()
}

fn not_closed(subject: &Subject) -> Vec<Values> {
    let of = |condition: &Condition| match condition {
        Condition::NotClosed { evidence } => Some(Values::new().with("evidence", evidence)),
        _ => None,
    };
    subject.image.conditions.iter().filter_map(of).collect()
}

/// A VHD's unknown type has a rule of its own.
fn unknown_feature(subject: &Subject) -> Vec<Values> {
    let of = |condition: &Condition| match condition {
        Condition::UnknownFeature { name } if super::vhd::unknown_type(subject) != Some(name) => {
            Some(Values::new().with("name", name))
        }
        _ => None,
    };
    subject.image.conditions.iter().filter_map(of).collect()
}

/// A VHD's footer must be last, and a stream's marker: these have rules of their own.
fn trailing_bytes(subject: &Subject) -> Vec<Values> {
    let has_own = subject.image.format == Format::Vhd || super::vmdk::is_stream_optimized(subject);
    let of = |condition: &Condition| match condition {
        Condition::TrailingBytes { count } if !has_own => Some(Values::new().with("count", count)),
        _ => None,
    };
    subject.image.conditions.iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::builder::Case;
    use crate::image::{Condition, Format, ImageError};

    fn with(condition: Condition) -> Case {
        let mut case = Case::stream_optimized();
        case.image.conditions.push(condition);
        case
    }

    #[test]
    fn a_cut_file_is_refused_and_the_missing_bytes_are_said() {
        let mut case = with(Condition::Truncated { structure: "footer", needed: Some(3 << 20) });
        case.image.file_size = 1 << 20;
        let finding = case.finding("truncated").unwrap();
        assert!(finding.message.contains("at least 2 MiB are missing"), "{}", finding.message);
        assert!(case.is_refused());
    }

    #[test]
    fn what_is_not_read_here_is_not_held_against_the_image() {
        let mut damaged = with(Condition::Damaged(ImageError::malformed("header", 0, "no")));
        damaged.guest = None;
        assert_eq!(damaged.codes(), ["damaged"]);
        assert!(damaged.is_refused());
        let unsupported = with(Condition::Damaged(ImageError::unsupported("header", 0, "no")));
        assert_eq!(unsupported.codes(), ["not-read-here"]);
        assert!(!unsupported.is_refused());
    }

    #[test]
    fn what_aws_has_not_published_is_a_warning() {
        let cases = [
            (Condition::BadChecksum { structure: "footer", offset: 0 }, "bad-checksum"),
            (Condition::BadCopy { structure: "header 1", offset: 0, reason: "no".into() }, "bad-copy"),
            (Condition::NotClosed { evidence: "a flag".into() }, "not-closed"),
            (Condition::MarkedCorrupt, "marked-corrupt"),
            (Condition::Truncated { structure: "end-of-stream marker", needed: Some(9) }, "end-missing"),
            (Condition::SavedState, "saved-state"),
            (Condition::UnknownFeature { name: "bit 40".into() }, "unknown-feature"),
            (Condition::TrailingBytes { count: 3 }, "vmdk-bytes-behind-end"),
        ];
        for (condition, code) in cases {
            let case = with(condition);
            assert_eq!(case.codes(), [code]);
            assert!(!case.is_refused(), "{code}");
        }
    }

    #[test]
    fn a_disk_of_which_a_part_cannot_be_read_is_refused_by_both_calls() {
        let damaged = with(Condition::Damaged(ImageError::malformed("grain", 9, "no")));
        assert_eq!(damaged.codes(), ["damaged-in-part"]);
        assert!(damaged.is_refused());
    }

    #[test]
    fn text_mode_damage_cannot_be_repaired() {
        let mut case = with(Condition::TextModeDamage);
        case.image.conditions.push(Condition::OddSize);
        case.image.subformat = Some("monolithicSparse".into());
        assert_eq!(case.codes(), ["text-mode-damage"]);
        assert!(case.is_refused());
    }

    #[test]
    fn a_vhd_whose_blocks_are_cut_is_refused_and_one_without_its_last_footer_warned_of() {
        let mut case = Case::new("a.vhd", Format::Vhd);
        case.image.conditions.push(Condition::Truncated { structure: "footer", needed: None });
        assert_eq!(case.codes(), ["end-missing"]);
        case.image.conditions.push(Condition::Truncated { structure: "blocks", needed: Some(9) });
        assert_eq!(case.codes(), ["truncated", "end-missing"]);
    }

    #[test]
    fn a_vhd_has_its_own_words_for_its_footers() {
        let mut case = Case::new("a.vhd", Format::Vhd);
        case.image.conditions.push(Condition::BadCopy {
            structure: "footer",
            offset: 0,
            reason: "no".into(),
        });
        assert!(case.finding("bad-copy").is_none());
    }
}
