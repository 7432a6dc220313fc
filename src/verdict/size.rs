//! Is it too large, or of an awkward size?

use super::Subject;
use super::boot::boot_mode;
use super::catalogue::{NOTED, REFUSED, Rule, WARNED, Way, image_only, snapshot_only};
use super::conversion::guarded;
use super::sources::{LIMITATIONS, VOLUME_LIMITS};
use super::system::is_windows;
use super::template::{Values, when};
use crate::guest::{BootMode, TableKind};
use crate::image::{Condition, Format};
use crate::sentence::{Sentence, Value, sentence};
use crate::verdict::Severity;

const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;
const TIB: u64 = 1 << 40;
/// "ImportImage disks less than 8 TiB"; more needs a manifest, which ImportSnapshot has no way to pass.
const IMAGE_LIMIT: u64 = 8 * TIB;
/// "Disk images must be less than 16 TiB."
const DISK_LIMIT: u64 = 16 * TIB;
/// Bytes of a sector.
const SECTOR: u64 = 512;
/// The largest volume of EBS.
const VOLUME_LIMIT: u64 = 64 * TIB;
/// "At least 6 GiB of free space on the root volume" of Windows.
const WINDOWS_FREE: u64 = 6 * GIB;
/// What the 32-bit sector numbers of an MBR reach.
const MBR_REACH: u64 = 2 * TIB;

/// coldsnap writes a raw disk into a snapshot by the EBS direct APIs, without VM Import.
const COLDSNAP: Way = Way::Command(&["coldsnap", "upload", "{raw_input}"]);
const COLDSNAP_AFTER_CONVERSION: Way = Way::Advice(
    "Convert the disk to a raw one and write it into a snapshot with the EBS direct APIs (coldsnap upload), which do not have this limit.",
);

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "disk-too-large",
        title: "The disk has 16 TiB or more",
        severity: REFUSED,
        message: "The disk has {size}; disk images must be smaller than 16 TiB.",
        remedy: &[COLDSNAP, COLDSNAP_AFTER_CONVERSION],
        source: LIMITATIONS,
        aws_error: None,
        check: |subject| sizes(subject, |size| (DISK_LIMIT..=VOLUME_LIMIT).contains(&size)),
    },
    Rule {
        code: "disk-larger-than-any-volume",
        title: "The disk is larger than any EBS volume",
        severity: REFUSED,
        message: "The disk has {size}; no EBS volume is larger than 64 TiB.",
        remedy: &[Way::Advice("Make the disk smaller, or split what it holds over several disks.")],
        source: VOLUME_LIMITS,
        aws_error: None,
        check: |subject| sizes(subject, |size| size > VOLUME_LIMIT),
    },
    Rule {
        code: "disk-too-large-for-import-image",
        title: "The disk has 8 TiB or more, which ImportImage does not take",
        severity: image_only(Severity::Blocker),
        message: "The disk has {size}; ImportImage takes disks smaller than 8 TiB.",
        remedy: &[Way::Advice(
            "Import it with ImportSnapshot, or write it with the EBS direct APIs (coldsnap).",
        )],
        source: LIMITATIONS,
        aws_error: None,
        check: |subject| sizes(subject, |size| (IMAGE_LIMIT..DISK_LIMIT).contains(&size)),
    },
    Rule {
        code: "disk-over-8-tib",
        title: "The disk has more than 8 TiB, about which AWS says nothing for ImportSnapshot",
        severity: snapshot_only(Severity::Warning),
        message: "The disk has {size}; above 8 TiB AWS asks for a manifest, which ImportSnapshot has no way to take, so it may refuse.",
        remedy: &[COLDSNAP, COLDSNAP_AFTER_CONVERSION],
        source: LIMITATIONS,
        aws_error: None,
        check: |subject| sizes(subject, |size| size > IMAGE_LIMIT && size < DISK_LIMIT),
    },
    Rule {
        code: "mbr-reach",
        title: "The disk has an MBR and is larger than an MBR can reach",
        severity: WARNED,
        message: "The disk has {size}, but its MBR reaches only 2 TiB: the rest cannot be in a partition.",
        remedy: &[
            // To convert the table would write over the part of GRUB that lies behind the first sector.
            Way::Advice(
                "Leave it as it is: the machine starts by BIOS, and only the space behind {reach} stays unused. For more space, add a second disk.",
            ),
            Way::Advice(
                "Convert the partition table to GPT (sgdisk --mbrtogpt, or mbr2gpt on Windows) before the export.",
            ),
        ],
        source: VOLUME_LIMITS,
        aws_error: None,
        check: mbr_reach,
    },
    Rule {
        code: "odd-size",
        title: "The size is not a whole number of sectors",
        severity: WARNED,
        message: "The {what} has {bytes} bytes, which is not a multiple of 512: a disk has whole sectors, so the file may be cut.",
        remedy: &[
            Way::Advice(
                "Compare its size with the original's; if it is right, extend the file with zeros to a whole MiB ({whole} bytes).",
            ),
            Way::Advice("Copy the file again and compare its size and checksum with the original's."),
        ],
        source: VOLUME_LIMITS,
        aws_error: None,
        check: odd_size,
    },
    Rule {
        code: "windows-little-free-space",
        title: "The volume of Windows has less free space than ImportImage asks for",
        severity: image_only(Severity::Warning),
        message: "The volume of Windows has {free} of free space; ImportImage asks for at least 6 GiB.",
        remedy: &[Way::Advice("Free some space on the machine, or extend the volume, and export it again.")],
        source: LIMITATIONS,
        aws_error: None,
        check: windows_little_free_space,
    },
    Rule {
        code: "windows-volume-small",
        title: "The volume of Windows is smaller than the free space that ImportImage asks for",
        severity: image_only(Severity::Warning),
        message: "The largest volume of Windows has {size}; ImportImage asks for at least 6 GiB of free space on it.",
        remedy: &[Way::Advice("Extend the volume on the machine, and export it again.")],
        source: LIMITATIONS,
        aws_error: None,
        check: windows_volume_small,
    },
    Rule {
        code: "volume-size",
        title: "The disk is not a whole number of GiB, as an EBS volume is",
        severity: NOTED,
        message: "EBS volumes are whole GiB: a volume of this disk has at least {gib} GiB.",
        remedy: &[],
        source: VOLUME_LIMITS,
        aws_error: None,
        check: volume_size,
    },
    Rule {
        code: "no-size",
        title: "The disk has no bytes",
        severity: REFUSED,
        message: "The disk in this image has no bytes.",
        remedy: &[Way::Advice("Look whether it is the right file, and export it again.")],
        source: LIMITATIONS,
        aws_error: None,
        check: |subject| when(subject.image.virtual_size == Some(0)),
    },
];

fn sizes(subject: &Subject, speaks: impl Fn(u64) -> bool) -> Vec<Values> {
    match subject.image.virtual_size {
        Some(size) if speaks(size) => {
            let values = Values::new().with("size", exactly(size));
            let is_raw = subject.image.format == Format::Raw;
            vec![if is_raw { values.with("raw_input", guarded(subject.path)) } else { values }]
        }
        _ => Vec::new(),
    }
}

/// A size beside a limit: rounded, it may look like the limit itself.
pub(super) fn exactly(size: u64) -> Sentence {
    sentence!("{size} ({bytes} bytes)", size = Value::Size(size), bytes = size)
}

fn mbr_reach(subject: &Subject) -> Vec<Values> {
    let has_mbr = subject.guest.is_some_and(|guest| guest.table == TableKind::Mbr);
    let by_bios = matches!(boot_mode(subject), Some(BootMode::LegacyBios | BootMode::Both));
    let with_reach = |values: Values| {
        if by_bios { values.with("reach", Value::Size(MBR_REACH)) } else { values }
    };
    if has_mbr {
        sizes(subject, |size| size > MBR_REACH).into_iter().map(with_reach).collect()
    } else {
        Vec::new()
    }
}

/// Whichever is odd: the disk's size, or else the file's.
fn odd_size(subject: &Subject) -> Vec<Values> {
    let is_said = subject.has(|condition| *condition == Condition::TextModeDamage);
    if is_said || !subject.has(|condition| *condition == Condition::OddSize) {
        return Vec::new();
    }
    let (what, bytes) = match subject.image.virtual_size {
        Some(size) if !size.is_multiple_of(SECTOR) => ("disk", size),
        _ => ("file", subject.image.file_size),
    };
    let values = Values::new().with("what", Sentence::from(what)).with("bytes", bytes);
    // Behind the end of any other format, zeros would hide its last structure.
    let is_raw = subject.image.format == Format::Raw;
    vec![if is_raw { values.with("whole", bytes.next_multiple_of(MIB)) } else { values }]
}

fn windows_little_free_space(subject: &Subject) -> Vec<Values> {
    match windows_free_space(subject) {
        Some(free) if free < WINDOWS_FREE => vec![Values::new().with("free", exactly(free))],
        _ => Vec::new(),
    }
}

fn windows_free_space(subject: &Subject) -> Option<u64> {
    subject.guest.filter(|_| is_windows(subject))?.os.as_ref()?.free_space
}

/// Where free space was not counted: what a volume does not have at all cannot be free.
fn windows_volume_small(subject: &Subject) -> Vec<Values> {
    let is_counted = windows_free_space(subject).is_some();
    let Some(guest) = subject.guest.filter(|_| is_windows(subject) && !is_counted) else { return Vec::new() };
    let ntfs = guest.partitions.iter().filter(|partition| partition.filesystem.as_deref() == Some("ntfs"));
    match ntfs.map(|partition| partition.size).max() {
        Some(size) if size < WINDOWS_FREE => vec![Values::new().with("size", exactly(size))],
        _ => Vec::new(),
    }
}

/// An appliance's disks say it themselves.
fn volume_size(subject: &Subject) -> Vec<Values> {
    let is_disk = subject.appliance().is_none();
    match subject.image.virtual_size {
        Some(size) if is_disk && size > 0 && !size.is_multiple_of(GIB) => {
            vec![Values::new().with("gib", size.div_ceil(GIB))]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::builder::{Case, partition, windows};
    use super::super::{Remedy, Verdict};
    use super::*;
    use crate::guest::OperatingSystem;

    fn of(size: u64) -> Case {
        let mut case = Case::new("disk.raw", Format::Raw);
        case.image.virtual_size = Some(size);
        case
    }

    #[test]
    fn the_limits_are_where_aws_puts_them() {
        let cases: &[(u64, &[&str])] = &[
            (8 * TIB - GIB, &[]),
            (8 * TIB, &["disk-too-large-for-import-image"]),
            (9 * TIB, &["disk-too-large-for-import-image", "disk-over-8-tib"]),
            (16 * TIB - GIB, &["disk-too-large-for-import-image", "disk-over-8-tib"]),
            (16 * TIB, &["disk-too-large"]),
            (64 * TIB, &["disk-too-large"]),
            (65 * TIB, &["disk-larger-than-any-volume"]),
        ];
        for (size, codes) in cases {
            assert_eq!(of(*size).codes(), *codes, "{size}");
        }
    }

    #[test]
    fn between_8_and_16_tib_only_import_snapshot_may_take_it() {
        let verdict = of(10 * TIB).verdict();
        assert_eq!(verdict.import_snapshot, Verdict::AcceptedWithWarnings);
        assert_eq!(verdict.import_image, Verdict::Refused);
    }

    #[test]
    fn a_raw_disk_over_the_limit_is_written_by_the_direct_apis() {
        assert_eq!(of(20 * TIB).command("disk-too-large"), ["coldsnap", "upload", "disk.raw"]);
        let mut case = of(20 * TIB);
        case.image.format = Format::Vhdx;
        assert!(case.command("disk-too-large").is_empty());
        assert!(case.finding("disk-too-large").unwrap().remedy.is_some());
    }

    #[test]
    fn an_mbr_reaches_two_tib() {
        let mut case = of(3 * TIB);
        case.guest = Some(super::super::builder::guest(TableKind::Mbr));
        let remedy = case.finding("mbr-reach").unwrap().remedy;
        assert!(matches!(remedy, Some(Remedy::Advice(way)) if way.contains("starts by BIOS")));
        let data = |guest: &mut crate::guest::Guest| guest.boot_mode = Some(BootMode::None);
        let mut data_disk = of(3 * TIB).with_guest(data);
        data_disk.path = "data.raw".into();
        let remedy = data_disk.finding("mbr-reach").unwrap().remedy;
        assert!(matches!(remedy, Some(Remedy::Advice(way)) if way.contains("mbrtogpt")));
        case.image.virtual_size = Some(2 * TIB);
        assert!(case.finding("mbr-reach").is_none());
    }

    #[test]
    fn free_space_that_was_counted_decides_and_not_the_size() {
        let case = |free| {
            Case::stream_optimized().with_guest(|guest| {
                guest.os = Some(OperatingSystem { free_space: free, ..windows("Windows Server 2022") });
                guest.partitions = vec![partition(1, "0x07", Some("ntfs"))];
                guest.partitions[0].size = 4 * GIB;
            })
        };
        assert_eq!(case(Some(6 * GIB)).codes(), case(Some(16 * GIB)).codes());
        let little = case(Some(6 * GIB - 4096)).finding("windows-little-free-space").unwrap();
        assert!(little.message.contains("(6442446848 bytes)"), "{}", little.message);
        assert!(case(Some(0)).finding("windows-volume-small").is_none());
        assert!(case(None).finding("windows-volume-small").is_some());
    }

    #[test]
    fn what_a_small_volume_does_not_have_cannot_be_free_on_it() {
        let case = |size| {
            Case::stream_optimized().with_guest(|guest| {
                guest.os = Some(windows("Windows Server 2022"));
                guest.partitions = vec![partition(1, "0x07", Some("ntfs"))];
                guest.partitions[0].size = size;
            })
        };
        assert!(case(6 * GIB).finding("windows-volume-small").is_none());
        let small = case(6 * GIB - 512).finding("windows-volume-small").unwrap();
        assert_eq!(small.severity.import_snapshot, None);
        assert!(small.message.contains("(6442450432 bytes)"));
    }

    #[test]
    fn the_volume_is_rounded_up_to_a_whole_gib() {
        let finding = of(GIB + 512).finding("volume-size").unwrap();
        assert!(finding.message.contains("at least 2 GiB"));
        assert!(of(2 * GIB).finding("volume-size").is_none());
    }

    #[test]
    fn half_a_sector_is_a_warning_that_names_what_is_odd() {
        let mut case = of(GIB);
        case.image.conditions.push(Condition::OddSize);
        case.image.file_size = 1000;
        assert_eq!(case.codes(), ["odd-size"]);
        assert!(case.finding("odd-size").unwrap().message.starts_with("The file has 1000 bytes"));
        let zeros = |case: &Case| {
            let remedy = case.finding("odd-size").unwrap().remedy;
            matches!(remedy, Some(Remedy::Advice(way)) if way.contains("zeros"))
        };
        assert!(zeros(&case));
        case.image.format = Format::Vmdk;
        assert!(!zeros(&case));
        case.image.virtual_size = Some(513);
        assert!(case.finding("odd-size").unwrap().message.starts_with("The disk has 513 bytes"));
    }
}
