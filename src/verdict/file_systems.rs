//! The file systems and volumes of a machine's disk, as far as ImportImage must read them.

use super::Subject;
use super::catalogue::{Rule, WARNED, Way, image_only};
use super::encryption::place;
use super::sources::{REQUIREMENTS, TROUBLESHOOTING};
use super::template::{Values, when};
use crate::guest::{Guest, GuestCondition, partition_types};
use crate::sentence::sentence;
use crate::verdict::Severity;

const UNKNOWN_SYSTEM: Option<&str> = Some("ClientError: Unknown OS / Missing OS files.");

/// What AWS reads a system from, and volumes that may hold such a file system.
const READ_BY_AWS: &[&str] = &["ext2", "ext3", "ext4", "xfs", "btrfs", "jfs", "ntfs", "lvm2", "md-raid"];
/// Encryption has a rule of its own, and what an encrypted volume holds is not known.
const ENCRYPTED: &[&str] = &["luks1", "luks2", "bitlocker"];

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "root-file-system",
        title: "No file system on the disk is one that ImportImage reads a system from",
        severity: image_only(Severity::Blocker),
        message: "ImportImage reads a system from ext2/3/4, XFS, Btrfs, JFS or NTFS; this disk has {found}.",
        remedy: &[Way::Advice(
            "Import it with ImportSnapshot and, if it starts by itself, register an image from the snapshot.",
        )],
        source: REQUIREMENTS,
        aws_error: UNKNOWN_SYSTEM,
        check: root_file_system,
    },
    Rule {
        code: "no-file-system-recognised",
        title: "No file system was recognised in any partition",
        severity: image_only(Severity::Warning),
        message: "No known file system was found in the partitions, so ImportImage may not find a system either.",
        remedy: &[Way::Advice(
            "If the disk starts by itself, import it with ImportSnapshot and register an image from the snapshot.",
        )],
        source: REQUIREMENTS,
        aws_error: UNKNOWN_SYSTEM,
        check: nothing_recognised,
    },
    Rule {
        // "Btrfs subvolumes are not supported."
        code: "btrfs-root-in-subvolume",
        title: "The system lies in a subvolume of a Btrfs",
        severity: image_only(Severity::Blocker),
        message: "{place} is Btrfs and has the system in a subvolume ({subvolume}), which ImportImage does not support.",
        remedy: &[Way::Advice("Import it with ImportSnapshot and register an image from the snapshot.")],
        source: REQUIREMENTS,
        aws_error: UNKNOWN_SYSTEM,
        check: root_in_subvolume,
    },
    Rule {
        code: "btrfs-subvolumes",
        title: "The disk has a Btrfs file system that has subvolumes, or was not looked into",
        severity: image_only(Severity::Warning),
        message: "Partition {index} is Btrfs: ImportImage supports it only without subvolumes, and most installers make some.",
        remedy: &[Way::Advice("Import it with ImportSnapshot and register an image from the snapshot.")],
        source: REQUIREMENTS,
        aws_error: UNKNOWN_SYSTEM,
        check: btrfs,
    },
    Rule {
        code: "software-raid",
        title: "A partition belongs to a Linux software RAID",
        severity: image_only(Severity::Warning),
        message: "Partition {index} belongs to a software RAID: ImportImage may not find a system on one of its disks alone.",
        remedy: &[Way::Advice(
            "Import all disks of the array with ImportSnapshot, or move the system off the array.",
        )],
        source: REQUIREMENTS,
        aws_error: UNKNOWN_SYSTEM,
        check: software_raid,
    },
    Rule {
        code: "volume-group-incomplete",
        title: "A volume group of LVM lies on other disks, too",
        severity: image_only(Severity::Warning),
        message: "The volume group {group} also needs {missing} of other disks (physical volumes), which are not on this one.",
        remedy: &[Way::Advice(
            "Import all disks of the machine in one request, or move the group onto one disk (pvmove, vgreduce) before the export.",
        )],
        source: TROUBLESHOOTING,
        aws_error: Some("ClientError: Unsupported configuration - Logical volume group activation failed"),
        check: incomplete_group,
    },
    Rule {
        code: "volume-damaged",
        title: "A volume does not read as its signature says",
        severity: WARNED,
        message: "{place} has a damaged volume: {reason}.",
        remedy: &[Way::Advice(
            "Check the file system on the machine (fsck, chkdsk), shut it down, and export it again.",
        )],
        source: REQUIREMENTS,
        aws_error: UNKNOWN_SYSTEM,
        check: damaged,
    },
    Rule {
        code: "not-unmounted",
        title: "A file system was not unmounted",
        severity: WARNED,
        message: "{place} was not unmounted: {evidence}.",
        remedy: &[Way::Advice(
            "Shut the machine down, so that its file systems are unmounted, and export it again.",
        )],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| not_shut_down(subject, |filesystem| filesystem != "ntfs"),
    },
    Rule {
        code: "not-shut-down",
        title: "Windows was hibernated, or its volume was not unmounted",
        severity: WARNED,
        message: "{place} was not shut down cleanly: {evidence}.",
        remedy: &[Way::Advice(
            "Shut the machine down fully (shutdown /s /f /t 0, with fast startup off) and export it again.",
        )],
        source: TROUBLESHOOTING,
        aws_error: Some(
            "FirstBootFailure: This import request failed because the Windows instance failed to boot and establish network connectivity.",
        ),
        check: |subject| not_shut_down(subject, |filesystem| filesystem == "ntfs"),
    },
];

/// The file systems of the disk's partitions.
fn found(guest: &Guest) -> impl Iterator<Item = &str> {
    guest.partitions.iter().filter_map(|partition| partition.filesystem.as_deref())
}

/// Speaks only when every partition is known: a partition that was not recognised may hold the system.
pub(super) fn root_file_system(subject: &Subject) -> Vec<Values> {
    let Some(guest) = subject.guest else { return Vec::new() };
    let is_known = guest.partitions.iter().all(|partition| {
        partition.filesystem.is_some() || partition_types::holds_no_system(&partition.type_id)
    });
    let may_hold_a_system = found(guest).any(|name| READ_BY_AWS.contains(&name) || ENCRYPTED.contains(&name));
    let mut names: Vec<&str> = found(guest).collect();
    names.sort_unstable();
    names.dedup();
    if is_known && subject.is_whole() && !may_hold_a_system && !names.is_empty() {
        vec![Values::new().with("found", sentence!("only {names}", names = names.join(", ")))]
    } else {
        Vec::new()
    }
}

pub(super) fn nothing_recognised(subject: &Subject) -> Vec<Values> {
    let has_none = |guest: &Guest| !guest.partitions.is_empty() && found(guest).next().is_none();
    when(subject.is_whole() && subject.guest.is_some_and(has_none))
}

fn partitions_with(subject: &Subject, name: &str) -> Vec<Values> {
    let partitions = subject.guest.map(|guest| guest.partitions.as_slice()).unwrap_or_default();
    partitions
        .iter()
        .filter(|partition| partition.filesystem.as_deref() == Some(name))
        .map(|partition| Values::new().with("index", partition.index))
        .collect()
}

/// Of a Btrfs that was looked into, something is known: that is said by other rules, or there is nothing to say.
fn btrfs(subject: &Subject) -> Vec<Values> {
    let is_known = |index: u32| {
        subject.guest_conditions().iter().any(|condition| match condition {
            GuestCondition::SystemInSubvolume { partition, .. }
            | GuestCondition::PlainBtrfs { partition } => *partition == Some(index),
            _ => false,
        })
    };
    let partitions = subject.guest.map(|guest| guest.partitions.as_slice()).unwrap_or_default();
    partitions
        .iter()
        .filter(|partition| partition.filesystem.as_deref() == Some("btrfs") && !is_known(partition.index))
        .map(|partition| Values::new().with("index", partition.index))
        .collect()
}

fn root_in_subvolume(subject: &Subject) -> Vec<Values> {
    let of = |condition: &GuestCondition| match condition {
        GuestCondition::SystemInSubvolume { partition, subvolume } => {
            Some(Values::new().with("place", place(*partition)).with("subvolume", subvolume))
        }
        _ => None,
    };
    subject.guest_conditions().iter().filter_map(of).collect()
}

fn incomplete_group(subject: &Subject) -> Vec<Values> {
    let of = |condition: &GuestCondition| match condition {
        GuestCondition::IncompleteVolumeGroup { group, missing } => {
            Some(Values::new().with("group", group).with("missing", missing))
        }
        _ => None,
    };
    subject.guest_conditions().iter().filter_map(of).collect()
}

fn software_raid(subject: &Subject) -> Vec<Values> {
    partitions_with(subject, "md-raid")
}

/// Of an image that is damaged itself, the file system is not to be repaired: a good copy may hold a good one.
fn damaged(subject: &Subject) -> Vec<Values> {
    if !subject.is_whole() {
        return Vec::new();
    }
    let of = |condition: &GuestCondition| match condition {
        GuestCondition::DamagedVolume { partition, reason } => {
            Some(Values::new().with("place", place(*partition)).with("reason", reason))
        }
        _ => None,
    };
    subject.guest_conditions().iter().filter_map(of).collect()
}

/// Of volumes whose file system is one that `concerns` the rule.
fn not_shut_down(subject: &Subject, concerns: impl Fn(&str) -> bool) -> Vec<Values> {
    let filesystem = |number: Option<u32>| {
        let guest = subject.guest?;
        match number {
            Some(index) => guest.partitions.iter().find(|at| at.index == index)?.filesystem.as_deref(),
            None => guest.whole_disk.as_deref(),
        }
    };
    let of = |condition: &GuestCondition| match condition {
        GuestCondition::NotShutDown { evidence, partition }
            if concerns(filesystem(*partition).unwrap_or_default()) =>
        {
            Some(Values::new().with("place", place(*partition)).with("evidence", evidence))
        }
        _ => None,
    };
    subject.guest_conditions().iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::super::builder::{Case, partition};
    use crate::guest::GuestCondition;

    fn with_file_systems(names: &[Option<&str>]) -> Case {
        Case::stream_optimized().with_guest(|guest| {
            guest.partitions.clear();
            for (index, name) in (1..).zip(names) {
                guest.partitions.push(partition(index, "0x83", *name));
            }
        })
    }

    #[test]
    fn a_disk_with_only_foreign_file_systems_is_refused_by_import_image() {
        let case = with_file_systems(&[Some("ufs"), Some("swap")]);
        assert!(case.finding("root-file-system").unwrap().message.contains("only swap, ufs"));
        assert_eq!(case.verdict().import_image, Verdict::Refused);
        assert_eq!(case.verdict().import_snapshot, Verdict::Accepted);
    }

    #[test]
    fn one_partition_that_may_hold_the_system_is_enough() {
        for names in
            [&[Some("ufs"), None][..], &[Some("fat32"), Some("lvm2")], &[Some("ntfs")], &[Some("luks2")]]
        {
            assert!(with_file_systems(names).finding("root-file-system").is_none(), "{names:?}");
        }
    }

    #[test]
    fn partitions_without_a_known_file_system_are_a_warning() {
        let case = with_file_systems(&[None, None]);
        assert_eq!(case.codes(), ["no-file-system-recognised"]);
    }

    #[test]
    fn a_btrfs_is_judged_by_where_its_system_lies() {
        let condition = |condition| {
            with_file_systems(&[Some("btrfs")]).with_guest(|guest| guest.conditions.push(condition))
        };
        let plain = condition(GuestCondition::PlainBtrfs { partition: Some(1) });
        assert_eq!(plain.codes(), Vec::<String>::new());
        let subvolume = "@".to_string();
        let inside = condition(GuestCondition::SystemInSubvolume { partition: Some(1), subvolume });
        assert_eq!(inside.codes(), ["btrfs-root-in-subvolume"]);
        assert_eq!(inside.verdict().import_image, Verdict::Refused);
        assert_eq!(inside.verdict().import_snapshot, Verdict::Accepted);
    }

    #[test]
    fn a_volume_group_on_other_disks_may_not_be_activated() {
        let case = with_file_systems(&[Some("lvm2")]).with_guest(|guest| {
            guest.conditions.push(GuestCondition::IncompleteVolumeGroup { group: "vg".into(), missing: 2 });
        });
        assert_eq!(case.codes(), ["volume-group-incomplete"]);
        assert!(case.finding("volume-group-incomplete").unwrap().message.contains("needs 2 of other"));
        assert_eq!(case.verdict().import_image, Verdict::AcceptedWithWarnings);
    }

    #[test]
    fn windows_is_shut_down_and_other_file_systems_are_unmounted() {
        let case = with_file_systems(&[Some("ntfs"), Some("xfs")]).with_guest(|guest| {
            for index in [1, 2] {
                let (evidence, partition) = ("a mark".into(), Some(index));
                guest.conditions.push(GuestCondition::NotShutDown { evidence, partition });
            }
        });
        assert_eq!(case.codes(), ["not-unmounted", "not-shut-down"]);
        assert!(case.finding("not-unmounted").unwrap().message.starts_with("Partition 2"));
        assert_eq!(case.finding("not-unmounted").unwrap().aws_error, None);
        assert!(case.finding("not-shut-down").unwrap().message.starts_with("Partition 1"));
    }

    #[test]
    fn btrfs_and_raid_may_fail() {
        let case = with_file_systems(&[Some("btrfs"), Some("md-raid")]);
        assert_eq!(case.codes(), ["btrfs-subvolumes", "software-raid"]);
        assert_eq!(case.verdict().import_image, Verdict::AcceptedWithWarnings);
    }
}
