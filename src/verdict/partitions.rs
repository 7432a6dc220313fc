//! The partition table, and what does not fit the disk.

use super::Subject;
use super::catalogue::{NOTED, Rule, WARNED, Way, each};
use super::sources::{REQUIREMENTS, VOLUME_LIMITS};
use super::template::{Values, when};
use crate::guest::{Guest, GuestCondition, TableKind};
use crate::image::Condition;
use crate::sentence::{Value, sentence};
use crate::verdict::Severity;

const NO_PARTITIONS: Option<&str> = Some("ClientError: No valid partitions. Not a valid volume.");
/// The sector size of every EBS volume, in bytes.
const EBS_SECTOR: u64 = 512;

pub(super) static RULES: &[Rule] = &[
    Rule {
        // ImportSnapshot does not look at what is on the disk. For ImportImage AWS lists "MBR partitioned volumes and
        // GPT partitioned volumes", and reports of others all end with the error below.
        code: "no-partition-table",
        title: "The disk has no partition table",
        severity: each(Severity::Note, Severity::Blocker),
        message: "The disk has no partition table: {content}.",
        remedy: &[Way::Advice(
            "As a data volume, import it with ImportSnapshot. To start a machine from it, it needs a partition table and a boot loader.",
        )],
        source: REQUIREMENTS,
        aws_error: NO_PARTITIONS,
        check: no_table,
    },
    Rule {
        code: "no-partitions",
        title: "The partition table is empty",
        severity: each(Severity::Note, Severity::Blocker),
        message: "The disk's partition table has no partitions.",
        remedy: &[Way::Advice(
            "Look whether it is the right disk; a blank volume is created in EBS without an import.",
        )],
        source: REQUIREMENTS,
        aws_error: NO_PARTITIONS,
        check: no_partitions,
    },
    Rule {
        code: "apple-partition-map",
        title: "The disk has an Apple partition map",
        severity: each(Severity::Note, Severity::Blocker),
        message: "The disk has an Apple partition map; ImportImage takes MBR and GPT.",
        remedy: &[Way::Advice("Import it with ImportSnapshot as a data volume.")],
        source: REQUIREMENTS,
        aws_error: NO_PARTITIONS,
        check: |subject| when(table(subject) == Some(TableKind::Apm)),
    },
    Rule {
        code: "partition-beyond-end",
        title: "A partition reaches beyond the end of the disk",
        severity: WARNED,
        message: "Partition {index} ends at {end}, beyond the disk's {size}: the image was probably cut.",
        remedy: &[Way::Advice("Copy or export the disk again and compare its size with the original's.")],
        source: REQUIREMENTS,
        aws_error: NO_PARTITIONS,
        check: beyond_end,
    },
    Rule {
        code: "partition-table-damaged",
        title: "The partition table is damaged",
        severity: WARNED,
        message: "The partition table is damaged: {reason}.",
        remedy: &[Way::Advice(
            "Repair it on the machine (gdisk, or sfdisk --verify to look) and export the disk again.",
        )],
        source: REQUIREMENTS,
        aws_error: NO_PARTITIONS,
        check: damaged_table,
    },
    Rule {
        code: "gpt-bad-copy",
        title: "One of the two copies of the GPT is bad",
        severity: WARNED,
        message: "The {copy} copy of the GPT is bad ({reason}); the other is good and was read.",
        remedy: &[Way::Advice("Repair it with gdisk (command w writes both copies) before the export.")],
        source: REQUIREMENTS,
        aws_error: None,
        check: bad_copy,
    },
    Rule {
        code: "gpt-not-at-end",
        title: "The backup GPT is not at the end of the disk, because the disk was grown",
        severity: NOTED,
        message: "The disk was grown after it was partitioned: the backup GPT is not at its end. Systems repair that themselves.",
        remedy: &[],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| conditions(subject, |condition| *condition == GuestCondition::GrownDisk),
    },
    Rule {
        code: "gpt-no-protective-mbr",
        title: "The disk has a GPT, but no protective MBR",
        severity: WARNED,
        message: "The disk has a GPT, but the protective MBR in its first sector is missing: most programs see no partitions.",
        remedy: &[Way::Advice("Write the table again with gdisk (command w) before the export.")],
        source: REQUIREMENTS,
        aws_error: NO_PARTITIONS,
        check: |subject| {
            let speaks = |condition: &GuestCondition| *condition == GuestCondition::NoProtectiveMbr;
            if subject.is_whole() { conditions(subject, speaks) } else { Vec::new() }
        },
    },
    Rule {
        code: "hybrid-mbr",
        title: "The MBR has entries of its own besides the GPT",
        severity: NOTED,
        message: "The MBR lists partitions besides the protective one (hybrid MBR): programs disagree about which table counts.",
        remedy: &[],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| when(table(subject) == Some(TableKind::Hybrid)),
    },
    Rule {
        code: "sector-size",
        title: "The disk was written for sectors of another size than 512 bytes",
        severity: WARNED,
        message: "The disk was written for sectors of {bytes} bytes; EBS volumes have sectors of 512, on which its partitions may not be found.",
        remedy: &[Way::Advice(
            "Copy the system to a disk with 512-byte sectors (a conversion alone does not change its partition table).",
        )],
        source: VOLUME_LIMITS,
        aws_error: NO_PARTITIONS,
        check: sector_size,
    },
    Rule {
        code: "windows-dynamic-disk",
        title: "The disk is a Windows dynamic disk",
        severity: each(Severity::Note, Severity::Warning),
        message: "The disk is a dynamic disk of Windows (LDM), which ImportImage may not start.",
        remedy: &[Way::Advice("Copy the system to a basic disk before the export.")],
        source: REQUIREMENTS,
        aws_error: Some(
            "FirstBootFailure: This import request failed because the Windows instance failed to boot and establish network connectivity.",
        ),
        check: dynamic_disk,
    },
];

/// The types of Windows's Logical Disk Manager: an MBR byte, and the GPT's metadata partition.
const LDM: &[&str] = &["0x42", "5808C8AA-7E8F-42E0-85D2-E1E90434CFB3"];

fn table(subject: &Subject) -> Option<TableKind> {
    subject.guest.map(|guest| guest.table)
}

fn conditions(subject: &Subject, speaks: impl Fn(&GuestCondition) -> bool) -> Vec<Values> {
    when(subject.guest_conditions().iter().any(speaks))
}

fn no_table(subject: &Subject) -> Vec<Values> {
    let Some(guest) = subject.guest.filter(|guest| guest.table == TableKind::None && subject.is_whole())
    else {
        return Vec::new();
    };
    let content = match &guest.whole_disk {
        Some(content) => sentence!("{content} fills it from its first sector", content),
        None => "it is blank, or what fills it is not known here".into(),
    };
    vec![Values::new().with("content", content)]
}

fn no_partitions(subject: &Subject) -> Vec<Values> {
    let is_empty = |guest: &Guest| guest.table != TableKind::None && guest.partitions.is_empty();
    when(subject.is_whole() && subject.guest.is_some_and(is_empty))
}

fn beyond_end(subject: &Subject) -> Vec<Values> {
    let size = Value::Size(subject.image.virtual_size.unwrap_or_default());
    let of = |condition: &GuestCondition| match condition {
        GuestCondition::PartitionBeyondEnd { index, end } => {
            Some(Values::new().with("index", index).with("end", Value::Size(*end)).with("size", size.clone()))
        }
        _ => None,
    };
    subject.guest_conditions().iter().filter_map(of).collect()
}

fn damaged_table(subject: &Subject) -> Vec<Values> {
    let of = |condition: &GuestCondition| match condition {
        GuestCondition::DamagedTable { reason } if subject.is_whole() => {
            Some(Values::new().with("reason", reason))
        }
        _ => None,
    };
    subject.guest_conditions().iter().filter_map(of).collect()
}

fn bad_copy(subject: &Subject) -> Vec<Values> {
    let of = |condition: &GuestCondition| match condition {
        GuestCondition::BadGptCopy { copy, reason } if subject.is_whole() => {
            Some(Values::new().with("copy", copy).with("reason", reason))
        }
        _ => None,
    };
    subject.guest_conditions().iter().filter_map(of).collect()
}

/// What the container says, or what the partition table was written for.
fn sector_size(subject: &Subject) -> Vec<Values> {
    let by_container = subject.image.conditions.iter().find_map(|condition| match condition {
        Condition::SectorSize { bytes } => Some(*bytes),
        _ => None,
    });
    let by_table = subject.guest_conditions().iter().find_map(|condition| match condition {
        GuestCondition::SectorSize { bytes } => Some(*bytes),
        _ => None,
    });
    let other = by_container.or(by_table).filter(|bytes| *bytes != EBS_SECTOR);
    other.map(|bytes| Values::new().with("bytes", bytes)).into_iter().collect()
}

fn dynamic_disk(subject: &Subject) -> Vec<Values> {
    let is_dynamic =
        |guest: &Guest| guest.partitions.iter().any(|partition| LDM.contains(&partition.type_id.as_str()));
    when(subject.guest.is_some_and(is_dynamic))
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::super::builder::{Case, partition};
    use super::*;

    #[test]
    fn without_a_table_a_disk_is_a_snapshot_but_no_machine() {
        let case = Case::stream_optimized().with_guest(|guest| {
            guest.table = TableKind::None;
            guest.partitions.clear();
            guest.whole_disk = Some("xfs".into());
        });
        let finding = case.finding("no-partition-table").unwrap();
        assert!(finding.message.contains("xfs fills it"));
        assert_eq!(case.verdict().import_snapshot, Verdict::Accepted);
        assert_eq!(case.verdict().import_image, Verdict::Refused);
    }

    #[test]
    fn an_empty_table_and_an_apple_map_are_no_machine_either() {
        let empty = Case::stream_optimized().with_guest(|guest| guest.partitions.clear());
        let apple = Case::stream_optimized().with_guest(|guest| guest.table = TableKind::Apm);
        for (case, code) in [(empty, "no-partitions"), (apple, "apple-partition-map")] {
            assert!(case.finding(code).is_some());
            assert_eq!(case.verdict().import_image, Verdict::Refused);
        }
    }

    #[test]
    fn what_may_be_read_differently_is_a_warning() {
        let cases = [
            (GuestCondition::PartitionBeyondEnd { index: 1, end: 1 << 40 }, "partition-beyond-end"),
            (GuestCondition::DamagedTable { reason: "loop".into() }, "partition-table-damaged"),
            (GuestCondition::BadGptCopy { copy: "primary", reason: "CRC".into() }, "gpt-bad-copy"),
            (GuestCondition::NoProtectiveMbr, "gpt-no-protective-mbr"),
            (GuestCondition::SectorSize { bytes: 4096 }, "sector-size"),
        ];
        for (condition, code) in cases {
            let case = Case::stream_optimized().with_guest(|guest| guest.conditions.push(condition));
            assert_eq!(case.codes(), [code]);
            assert_eq!(case.verdict().import_image, Verdict::AcceptedWithWarnings, "{code}");
        }
    }

    #[test]
    fn a_table_that_lies_beyond_the_end_of_a_cut_file_is_not_to_be_repaired() {
        let mut case = Case::stream_optimized().with_guest(|guest| {
            guest.partitions.clear();
            guest.conditions = vec![
                GuestCondition::DamagedTable { reason: "neither".into() },
                GuestCondition::BadGptCopy { copy: "backup", reason: "CRC".into() },
                GuestCondition::NoProtectiveMbr,
            ];
        });
        case.image.conditions.push(Condition::Truncated { structure: "grains", needed: None });
        assert_eq!(case.codes(), ["truncated"]);
        case.image.conditions =
            vec![Condition::Truncated { structure: "end-of-stream marker", needed: None }];
        assert!(case.finding("partition-table-damaged").is_some());
    }

    #[test]
    fn a_grown_disk_is_only_noted() {
        let case =
            Case::stream_optimized().with_guest(|guest| guest.conditions.push(GuestCondition::GrownDisk));
        assert_eq!(case.verdict().import_image, Verdict::Accepted);
        assert_eq!(case.codes(), ["gpt-not-at-end"]);
    }

    #[test]
    fn the_sector_size_of_the_container_and_of_the_table_are_one_finding() {
        let mut case = Case::stream_optimized()
            .with_guest(|guest| guest.conditions.push(GuestCondition::SectorSize { bytes: 4096 }));
        case.image.conditions.push(Condition::SectorSize { bytes: 4096 });
        assert_eq!(case.codes(), ["sector-size"]);
    }

    #[test]
    fn a_dynamic_disk_is_known_by_its_partition_type() {
        let case = Case::stream_optimized().with_guest(|guest| {
            guest.partitions.push(partition(2, "0x42", None));
        });
        assert!(case.finding("windows-dynamic-disk").is_some());
    }
}
