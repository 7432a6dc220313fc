//! VMDK: of its many shapes EC2 takes one.

use super::Subject;
use super::catalogue::{REFUSED, Rule, WARNED, Way};
use super::container::builds_on;
use super::conversion::{TO_STREAM_OPTIMIZED, with_conversion};
use super::sources::{LIMITATIONS, REQUIREMENTS, TROUBLESHOOTING};
use super::template::{Values, when};
use crate::image::{Condition, Extent, Format};
use crate::sentence::{Sentence, Value, sentence};

const UNSUPPORTED: Option<&str> = Some("ClientError: Disk validation failed [Unsupported VMDK File Format]");

/// The subformat that is accepted, in VMware's word.
const STREAM_OPTIMIZED: &str = "streamOptimized";
/// The subformat of VMware's snapshots on large volumes.
const SE_SPARSE: &str = "seSparse";

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "vmdk-not-stream-optimized",
        title: "The VMDK is not streamOptimized",
        severity: REFUSED,
        message: "This VMDK is {subformat}; EC2 takes only streamOptimized ones.",
        remedy: &[
            TO_STREAM_OPTIMIZED,
            Way::Advice(
                "Export the machine as OVF or OVA from VMware or VirtualBox: that writes streamOptimized disks.",
            ),
        ],
        source: TROUBLESHOOTING,
        aws_error: UNSUPPORTED,
        check: not_stream_optimized,
    },
    Rule {
        code: "vmdk-extents-missing",
        title: "The file is a VMDK descriptor whose data lies in other files that are not here",
        severity: REFUSED,
        message: "This is only the description of a disk; its data lies in {files}.",
        remedy: &[Way::Advice("Choose these files together with this one: {files}.")],
        source: TROUBLESHOOTING,
        aws_error: UNSUPPORTED,
        check: extents_missing,
    },
    Rule {
        code: "vmdk-lone-extent",
        title: "The file is one extent of a VMDK, without its descriptor",
        severity: REFUSED,
        message: "This is one part ({subformat}) of a disk that consists of several files.",
        remedy: &[Way::Advice(
            "Choose the small .vmdk file that describes the disk together with all its parts, then convert that one.",
        )],
        source: TROUBLESHOOTING,
        aws_error: UNSUPPORTED,
        check: lone_extent,
    },
    Rule {
        code: "vmdk-raw-device",
        title: "The VMDK points to a device of the host (raw device mapping)",
        severity: REFUSED,
        message: "This file only points to a physical device ({subformat}); the disk's data is in no file.",
        remedy: &[Way::Advice(
            "On the host, clone it to a virtual disk (vmkfstools -i, or a storage migration to thin), then export that.",
        )],
        source: LIMITATIONS,
        aws_error: UNSUPPORTED,
        check: |subject| with_subformat(subject, |condition| *condition == Condition::DevicePointer),
    },
    Rule {
        code: "vmdk-companion",
        title: "The file lies beside a VMDK and holds none of its data",
        severity: REFUSED,
        message: "This is a {kind}: it lies beside a disk and holds none of its data.",
        remedy: &[Way::Advice("Choose the disk itself: the .vmdk file of the same name without -ctk.")],
        source: TROUBLESHOOTING,
        aws_error: UNSUPPORTED,
        check: companion,
    },
    Rule {
        code: "vmdk-se-sparse",
        title: "The VMDK is a seSparse delta disk",
        severity: REFUSED,
        message: "seSparse disks, which VMware writes for snapshots, are not supported.",
        remedy: &[Way::Advice(
            "Consolidate the machine's snapshots in VMware and export it again as OVF or OVA.",
        )],
        source: LIMITATIONS,
        aws_error: UNSUPPORTED,
        check: |subject| when(is_vmdk(subject) && subject.image.subformat.as_deref() == Some(SE_SPARSE)),
    },
    Rule {
        // Its shape is the accepted one: nothing says that AWS looks for a parent, but what comes out is not the disk.
        code: "vmdk-differencing",
        title: "A streamOptimized VMDK holds only the difference to another disk",
        severity: WARNED,
        message: "This VMDK holds only what differs from {parent}: imported alone it is not the whole disk.",
        remedy: &[
            TO_STREAM_OPTIMIZED,
            Way::Advice("Consolidate the machine's snapshots in VMware and export it again as OVF or OVA."),
        ],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| if is_stream_optimized(subject) { builds_on(subject) } else { Vec::new() },
    },
    Rule {
        code: "vmdk-bytes-behind-end",
        title: "Bytes follow the end-of-stream marker of a streamOptimized VMDK",
        severity: WARNED,
        message: "{count} bytes follow the end-of-stream marker, which should be the last sector of the file: a program that looks for its footer there does not find it.",
        remedy: &[Way::Advice("Cut the file there, on a copy (truncate -s {end}).")],
        source: REQUIREMENTS,
        aws_error: None,
        check: behind_end,
    },
    Rule {
        code: "vmdk-old-version",
        title: "The VMDK says an older version of the format than streamOptimized needs",
        severity: WARNED,
        message: "The header says version {version} of the format, as old programs wrote it; others refuse that as too old.",
        remedy: &[TO_STREAM_OPTIMIZED],
        source: REQUIREMENTS,
        aws_error: UNSUPPORTED,
        check: old_version,
    },
];

fn is_vmdk(subject: &Subject) -> bool {
    subject.image.format == Format::Vmdk
}

/// Whether it has the one shape that is accepted.
pub(super) fn is_stream_optimized(subject: &Subject) -> bool {
    is_vmdk(subject) && subject.image.subformat.as_deref() == Some(STREAM_OPTIMIZED)
}

fn subformat(subject: &Subject) -> Sentence {
    subject.image.subformat.as_deref().map_or_else(|| "no subformat".into(), Sentence::verbatim)
}

fn not_stream_optimized(subject: &Subject) -> Vec<Values> {
    let other_rule_speaks = subject.has(|condition| {
        matches!(
            condition,
            Condition::ExtentsMissing
                | Condition::LoneExtent
                | Condition::DevicePointer
                | Condition::Companion { .. }
                // The flags and the descriptor that tell the shape may lie where nothing was read.
                | Condition::TextModeDamage
        )
    });
    match subject.image.subformat.as_deref() {
        Some(subformat) if is_vmdk(subject) && !other_rule_speaks && subformat != STREAM_OPTIMIZED => {
            vec![with_conversion(Values::new().with("subformat", subformat), subject)]
        }
        _ => Vec::new(),
    }
}

/// How many files are named in one sentence.
const NAMED: usize = 6;

fn extents_missing(subject: &Subject) -> Vec<Values> {
    if !is_vmdk(subject) || !subject.has(|condition| *condition == Condition::ExtentsMissing) {
        return Vec::new();
    }
    let missing: Vec<&Extent> = subject.image.extents.iter().filter(|extent| !extent.present).collect();
    let mut files: Vec<Value> = missing.iter().take(NAMED).map(|extent| extent_said(extent)).collect();
    if missing.len() > NAMED {
        files.push(sentence!("{count} more", count = missing.len() - NAMED).into());
    }
    let files = if files.is_empty() { Sentence::from("other files").into() } else { Value::List(files) };
    vec![Values::new().with("files", files)]
}

fn extent_said(extent: &Extent) -> Value {
    match extent.expected_file_size {
        Some(size) => sentence!("{name} ({size})", name = &extent.name, size = Value::Size(size)).into(),
        None => (&extent.name).into(),
    }
}

fn lone_extent(subject: &Subject) -> Vec<Values> {
    if is_flat_part(subject) {
        return vec![Values::new().with("subformat", "flat")];
    }
    with_subformat(subject, |condition| *condition == Condition::LoneExtent)
}

/// Whether the file is, by its name, one part of a split flat disk: `disk-f001.vmdk`. Such a part has the disk's own bytes
/// and nothing in it says VMDK, so the first of them looks like a raw disk that was cut. The only file of a
/// monolithicFlat disk is called `disk-flat.vmdk`, and is the whole disk.
pub(super) fn is_flat_part(subject: &Subject) -> bool {
    const DIGITS: usize = 3;
    let may_be = matches!(subject.image.format, Format::Raw | Format::Unknown);
    let name = subject.name().to_ascii_lowercase();
    let number = name.strip_suffix(".vmdk").and_then(|stem| {
        let (_, number) = stem.rsplit_once('-')?;
        number.strip_prefix(['f', 's'])
    });
    may_be && number.is_some_and(|n| n.len() >= DIGITS && n.bytes().all(|byte| byte.is_ascii_digit()))
}

fn with_subformat(subject: &Subject, matches: impl Fn(&Condition) -> bool) -> Vec<Values> {
    if is_vmdk(subject) && subject.has(matches) {
        vec![Values::new().with("subformat", subformat(subject))]
    } else {
        Vec::new()
    }
}

fn companion(subject: &Subject) -> Vec<Values> {
    let of = |condition: &Condition| match condition {
        Condition::Companion { kind } => Some(Values::new().with("kind", kind)),
        _ => None,
    };
    subject.image.conditions.iter().filter_map(of).collect()
}

fn behind_end(subject: &Subject) -> Vec<Values> {
    let of = |condition: &Condition| match condition {
        Condition::TrailingBytes { count } if is_stream_optimized(subject) => {
            let end = subject.image.file_size.saturating_sub(*count);
            Some(Values::new().with("count", count).with("end", end))
        }
        _ => None,
    };
    subject.image.conditions.iter().filter_map(of).collect()
}

fn old_version(subject: &Subject) -> Vec<Values> {
    let of = |condition: &Condition| match condition {
        Condition::OldVersion { version } if is_vmdk(subject) => {
            Some(with_conversion(Values::new().with("version", version), subject))
        }
        _ => None,
    };
    subject.image.conditions.iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Remedy;
    use super::super::builder::Case;
    use crate::image::{Condition, Extent, Format, Parent};

    fn vmdk(subformat: &str) -> Case {
        let mut case = Case::new("disk.vmdk", Format::Vmdk);
        case.image.subformat = Some(subformat.into());
        case
    }

    #[test]
    fn stream_optimized_is_accepted_and_every_other_shape_is_refused() {
        assert!(vmdk("streamOptimized").codes().is_empty());
        for subformat in
            ["monolithicSparse", "monolithicFlat", "twoGbMaxExtentSparse", "vmfsSparse", "custom"]
        {
            assert!(vmdk(subformat).finding("vmdk-not-stream-optimized").is_some(), "{subformat}");
        }
    }

    #[test]
    fn the_new_file_has_another_name_than_the_old() {
        let command = vmdk("monolithicSparse").command("vmdk-not-stream-optimized");
        assert_eq!(command[8..], ["disk.vmdk", "disk-import.vmdk"]);
    }

    #[test]
    fn a_descriptor_alone_names_the_files_that_are_missing_with_their_sizes() {
        let mut case = vmdk("monolithicFlat");
        case.image.conditions.push(Condition::ExtentsMissing);
        case.image.extents.push(Extent {
            name: "disk-flat.vmdk".into(),
            kind: "FLAT".into(),
            size: 16 << 20,
            expected_file_size: Some(16 << 20),
            present: false,
        });
        let finding = case.finding("vmdk-extents-missing").unwrap();
        assert!(finding.message.contains("disk-flat.vmdk (16 MiB)"), "{}", finding.message);
        assert!(case.finding("vmdk-not-stream-optimized").is_none());
    }

    #[test]
    fn what_holds_no_disk_is_refused_for_what_it_is() {
        let cases = [
            (Condition::LoneExtent, "vmdk-lone-extent"),
            (Condition::DevicePointer, "vmdk-raw-device"),
            (Condition::Companion { kind: "change tracking file".into() }, "vmdk-companion"),
        ];
        for (condition, code) in cases {
            let mut case = vmdk("extent");
            case.image.conditions.push(condition);
            assert_eq!(case.codes(), [code]);
        }
    }

    #[test]
    fn a_part_of_a_split_flat_disk_is_no_raw_disk_whatever_lies_in_it() {
        for format in [Format::Raw, Format::Unknown] {
            for name in ["disk-f001.vmdk", "a/Disk-F012.VMDK", "disk-s003.vmdk"] {
                let case = Case::new(name, format);
                assert_eq!(case.codes(), ["vmdk-lone-extent"], "{name}");
                assert!(case.is_refused());
            }
        }
        for name in ["disk-flat.vmdk", "disk-f1.vmdk", "half-f001.raw", "buff001.vmdk"] {
            assert!(Case::new(name, Format::Raw).finding("vmdk-lone-extent").is_none(), "{name}");
        }
    }

    #[test]
    fn a_stream_of_differences_is_accepted_but_is_not_the_disk() {
        let mut case = vmdk("streamOptimized");
        case.image.parent = Some(Parent { name: "base.vmdk".into(), identity: None, present: false });
        assert_eq!(case.codes(), ["vmdk-differencing"]);
        assert!(!case.is_refused());
        case.image.subformat = Some("monolithicSparse".into());
        assert_eq!(case.codes(), ["differencing", "vmdk-not-stream-optimized"]);
    }

    #[test]
    fn bytes_behind_the_end_are_to_be_cut_off() {
        let mut case = vmdk("streamOptimized");
        case.image.file_size = 10_512;
        case.image.conditions.push(Condition::TrailingBytes { count: 512 });
        assert_eq!(case.codes(), ["vmdk-bytes-behind-end"]);
        let remedy = case.finding("vmdk-bytes-behind-end").unwrap().remedy;
        assert!(matches!(remedy, Some(Remedy::Advice(way)) if way.contains("truncate -s 10000")));
    }

    #[test]
    fn a_version_that_others_refuse_is_a_warning() {
        let mut case = vmdk("streamOptimized");
        case.image.conditions.push(Condition::OldVersion { version: 1 });
        assert_eq!(case.codes(), ["vmdk-old-version"]);
        assert!(!case.is_refused());
    }
}
