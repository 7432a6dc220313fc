//! Was a system found, and was everything looked into where one may lie?

use super::boot::boot_mode;
use super::catalogue::{Rule, Way, each, image_only};
use super::file_systems::{nothing_recognised, root_file_system};
use super::sources::{LIMITATIONS, REQUIREMENTS, TROUBLESHOOTING};
use super::template::{Values, when};
use super::{Severity, Subject};
use crate::guest::{BootMode, Guest, Partition, partition_types};

pub(super) static RULES: &[Rule] = &[
    Rule {
        // AWS may look at places that are not looked at here.
        code: "no-system-found",
        title: "Every file system of a disk that firmware can start was read, and holds no operating system",
        severity: image_only(Severity::Warning),
        message: "The file systems on the disk were read, and no operating system was found in them.",
        remedy: &[Way::Advice(
            "Look whether it is the disk that the machine starts from; import a data disk with ImportSnapshot.",
        )],
        source: TROUBLESHOOTING,
        aws_error: None,
        check: no_system,
    },
    Rule {
        code: "partition-not-looked-into",
        title: "No operating system was found, and a partition that may hold one could not be looked into",
        severity: image_only(Severity::Warning),
        message: "Partition {index} was not looked into, so it is not known whether the disk has a system that ImportImage takes.",
        remedy: &[Way::Advice(
            "If ImportImage does not know it, import the disk with ImportSnapshot and register an image from the snapshot.",
        )],
        source: REQUIREMENTS,
        aws_error: None,
        check: not_looked_into,
    },
    Rule {
        code: "efi-partition-not-read",
        title: "The disk starts by UEFI only, and its EFI system partition could not be read",
        severity: each(Severity::Note, Severity::Warning),
        message: "Partition {index} is the EFI system partition and could not be read: whether it has the fallback loader (EFI/BOOT/BOOTX64.EFI) is not known.",
        remedy: &[Way::Advice(
            "Look on the machine whether it is there: a new machine knows no other loader.",
        )],
        source: LIMITATIONS,
        aws_error: None,
        check: efi_not_read,
    },
];

/// The partitions that were not looked into, of a disk that firmware can start and on which no system was found. Kernels
/// alone say that there is a Linux, but not which.
fn unopened<'a>(subject: &Subject<'a>) -> Option<(&'a Guest, &'a [u32])> {
    let guest = subject.guest?;
    let unopened = guest.unopened.as_deref()?;
    let is_known = guest.os.as_ref().is_some_and(|os| os.name.is_some() || os.id.is_some());
    let may_start = guest.boot_mode.is_some_and(|mode| mode != BootMode::None);
    (!is_known && may_start && !guest.partitions.is_empty() && subject.is_whole())
        .then_some((guest, unopened))
}

/// That a disk has only file systems that ImportImage does not read is said by another rule.
fn no_system(subject: &Subject) -> Vec<Values> {
    let is_read =
        unopened(subject).is_some_and(|(guest, unopened)| unopened.is_empty() && guest.os.is_none());
    when(is_read && root_file_system(subject).is_empty())
}

/// Volumes of which other rules speak: encrypted ones, and parts of an array. The system is then in one of them.
const SAID: &[&str] = &["luks1", "luks2", "bitlocker", "md-raid"];

fn not_looked_into(subject: &Subject) -> Vec<Values> {
    let is_said = !root_file_system(subject).is_empty() || !nothing_recognised(subject).is_empty();
    let Some((guest, unopened)) = unopened(subject).filter(|_| !is_said) else { return Vec::new() };
    let partitions: Vec<&Partition> = guest
        .partitions
        .iter()
        .filter(|partition| unopened.contains(&partition.index) && !is_efi(partition))
        .collect();
    let has_own =
        |partition: &&Partition| partition.filesystem.as_deref().is_some_and(|name| SAID.contains(&name));
    if partitions.iter().any(has_own) {
        return Vec::new();
    }
    partitions.into_iter().map(|partition| Values::new().with("index", partition.index)).collect()
}

fn is_efi(partition: &Partition) -> bool {
    partition_types::is_efi_system(&partition.type_id)
}

/// Whatever the system is: nothing else starts it.
fn efi_not_read(subject: &Subject) -> Vec<Values> {
    let by_uefi = boot_mode(subject) == Some(BootMode::Uefi) && subject.is_whole();
    let Some(guest) = subject.guest.filter(|_| by_uefi) else { return Vec::new() };
    let unopened = guest.unopened.as_deref().unwrap_or_default();
    let partitions = guest.partitions.iter();
    partitions
        .filter(|partition| unopened.contains(&partition.index) && is_efi(partition))
        .map(|partition| Values::new().with("index", partition.index))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::builder::{Case, linux, partition};
    use super::super::{PerCall, Severity};
    use crate::guest::BootMode;

    fn looked_into(file_systems: &[Option<&str>], unopened: &[u32]) -> Case {
        Case::stream_optimized().with_guest(|guest| {
            guest.partitions =
                (1..).zip(file_systems).map(|(index, name)| partition(index, "0x83", *name)).collect();
            guest.unopened = Some(unopened.to_vec());
        })
    }

    #[test]
    fn where_everything_was_read_and_there_is_no_system_it_is_a_warning_for_import_image() {
        let case = looked_into(&[Some("ext4"), Some("swap")], &[]);
        assert_eq!(case.codes(), ["no-system-found"]);
        let severity = case.finding("no-system-found").unwrap().severity;
        assert_eq!(severity, PerCall { import_snapshot: None, import_image: Some(Severity::Warning) });
        let known = case.with_guest(|guest| guest.os = Some(linux("debian", "12", &[])));
        assert!(known.finding("no-system-found").is_none());
    }

    #[test]
    fn a_partition_that_was_not_looked_into_may_hold_the_system() {
        let case = looked_into(&[Some("ext4"), None, Some("jfs")], &[2, 3]);
        assert_eq!(case.codes(), ["partition-not-looked-into", "partition-not-looked-into"]);
        assert!(case.finding("partition-not-looked-into").unwrap().message.starts_with("Partition 2"));
        let raid = looked_into(&[Some("ext4"), Some("md-raid")], &[2]);
        assert_eq!(raid.codes(), ["software-raid"]);
    }

    #[test]
    fn an_efi_system_partition_that_was_not_read_may_lack_the_loader() {
        let case = looked_into(&[None, Some("ext4")], &[1]).with_guest(|guest| {
            guest.partitions[0].type_id = "0xef".into();
            guest.boot_mode = Some(BootMode::Uefi);
            guest.os = Some(linux("ubuntu", "24.04", &[]));
        });
        assert_eq!(case.codes(), ["efi-partition-not-read", "boot-mode-uefi", "system-found"]);
        let by_bios_too = case.with_guest(|guest| guest.boot_mode = Some(BootMode::Both));
        assert!(by_bios_too.finding("efi-partition-not-read").is_none());
    }

    #[test]
    fn nothing_is_said_before_the_second_pass_and_of_data_disks() {
        let first = looked_into(&[Some("ext4")], &[]).with_guest(|guest| guest.unopened = None);
        assert!(first.codes().is_empty());
        let data =
            looked_into(&[Some("ext4")], &[]).with_guest(|guest| guest.boot_mode = Some(BootMode::None));
        assert_eq!(data.codes(), ["not-bootable"]);
    }
}
