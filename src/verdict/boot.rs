//! How the disk starts, and which boot mode to ask for.

use super::Subject;
use super::catalogue::{NOTED, Rule, WARNED, Way, each, image_only};
use super::sources::{LIMITATIONS, REQUIREMENTS, TROUBLESHOOTING};
use super::system::{is_linux, is_windows};
use super::template::{Values, when};
use crate::guest::{BootMode, GuestCondition, TableKind};
use crate::image::Format;
use crate::sentence::Value;
use crate::verdict::Severity;

/// Up to this size AWS turns the GPT of a Windows disk into an MBR (bytes).
const CONVERTED_BELOW: u64 = 2 << 40;
/// ... and with at most this many partitions.
const CONVERTED_PARTITIONS: usize = 4;

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "boot-mode-uefi",
        title: "The disk starts by UEFI only",
        severity: NOTED,
        message: "The disk starts by UEFI only: ask for the boot mode uefi.",
        remedy: &[Way::Advice(
            "Set BootMode to uefi in ImportImage, or in RegisterImage after ImportSnapshot.",
        )],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| when(boot_mode(subject) == Some(BootMode::Uefi)),
    },
    Rule {
        code: "boot-mode-both",
        title: "The disk starts by UEFI and by BIOS",
        severity: NOTED,
        message: "The disk starts by UEFI and by BIOS: ImportImage takes legacy-bios or uefi, RegisterImage also uefi-preferred.",
        remedy: &[],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| when(boot_mode(subject) == Some(BootMode::Both)),
    },
    Rule {
        code: "not-bootable",
        title: "Nothing on the disk says that a machine starts from it",
        severity: image_only(Severity::Warning),
        message: "No active partition, BIOS-boot partition or EFI system partition was found: this looks like a data disk.",
        remedy: &[Way::Advice(
            "Import a data disk with ImportSnapshot; ImportImage is for a machine's root disk.",
        )],
        source: TROUBLESHOOTING,
        aws_error: Some("Client.Unsupported: No bootable partition found"),
        check: not_bootable,
    },
    Rule {
        code: "no-boot-code",
        title: "The partition table is one that BIOS starts from, but the first sector has no code",
        severity: image_only(Severity::Warning),
        message: "No boot code was found: the first 440 bytes of the disk are zeros, so no BIOS starts anything from it.",
        remedy: &[Way::Advice(
            "Look whether it is the disk that the machine starts from. If it is, install the boot loader on it again (grub-install, bootsect) and export again.",
        )],
        source: TROUBLESHOOTING,
        aws_error: None,
        check: |subject| when(lacks_boot_code(subject)),
    },
    Rule {
        // AWS's pages: Linux by UEFI needs the fallback loader; for Debian, AWS makes it.
        code: "no-fallback-loader",
        title: "A Linux disk that starts by UEFI only has no fallback loader",
        severity: each(Severity::Warning, Severity::Blocker),
        message: "The EFI system partition has no fallback loader (EFI/BOOT/BOOTX64.EFI): a new machine knows no other.",
        remedy: &[Way::Advice(
            "On the machine, install it (grub-install --removable, or copy the distribution's loader there), and export again.",
        )],
        source: LIMITATIONS,
        aws_error: None,
        check: |subject| no_fallback(subject, needs_fallback(subject)),
    },
    Rule {
        code: "debian-fallback-loader",
        title: "A Debian that starts by UEFI only has no fallback loader, which ImportImage makes",
        severity: each(Severity::Warning, Severity::Note),
        message: "The EFI system partition has no fallback loader (EFI/BOOT/BOOTX64.EFI). For Debian, ImportImage makes it of grubx64.efi; ImportSnapshot changes nothing.",
        remedy: &[Way::Advice(
            "Use ImportImage, or install the fallback loader on the machine (grub-install --removable) and export again.",
        )],
        source: LIMITATIONS,
        aws_error: None,
        check: |subject| no_fallback(subject, is_debian_by_uefi(subject)),
    },
    Rule {
        code: "fallback-loader-missing",
        title: "The EFI system partition of another system has no fallback loader",
        severity: each(Severity::Note, Severity::Warning),
        message: "The EFI system partition has no fallback loader (EFI/BOOT/BOOTX64.EFI); started by UEFI, the machine may find nothing.",
        remedy: &[Way::Advice(
            "Install the fallback loader on the machine, or ask for the boot mode legacy-bios if the disk has one.",
        )],
        source: LIMITATIONS,
        aws_error: None,
        check: |subject| no_fallback(subject, !needs_fallback(subject) && !is_debian_by_uefi(subject)),
    },
    Rule {
        code: "several-boot-configurations",
        title: "More than one boot loader configuration was found",
        severity: image_only(Severity::Warning),
        message: "More than one boot loader configuration was found: {paths}.",
        remedy: &[Way::Advice("Keep the one that the machine starts by, and remove the others.")],
        source: TROUBLESHOOTING,
        aws_error: Some("ClientError: Multiple different grub/menu.lst files found"),
        check: several_configurations,
    },
    Rule {
        code: "no-default-boot-entry",
        title: "GRUB has entries of the Boot Loader Specification, but no default",
        severity: image_only(Severity::Warning),
        message: "GRUB takes its entries from loader/entries ({entries}), and its environment names no default kernel.",
        remedy: &[Way::Advice(
            "On the machine, choose one (grub2-set-default, or grubby --set-default), and export again.",
        )],
        source: TROUBLESHOOTING,
        aws_error: Some("ClientError: BLSC-style GRUB found, but unable to detect default kernel"),
        check: no_default_entry,
    },
    Rule {
        code: "dual-boot",
        title: "The disk has more than one operating system",
        severity: image_only(Severity::Warning),
        message: "There seems to be more than one operating system on the disk ({systems}); ImportImage does not support that.",
        remedy: &[Way::Advice("Remove one of them, or import the disk with ImportSnapshot.")],
        source: LIMITATIONS,
        aws_error: Some("ClientError: Multiple different grub/menu.lst files found"),
        check: dual_boot,
    },
    Rule {
        code: "windows-gpt-converted",
        title: "ImportImage may turn the GPT of a Windows disk into an MBR",
        severity: image_only(Severity::Warning),
        message: "If no boot mode is given, ImportImage may choose legacy-bios for this Windows disk and turn its GPT into an MBR.",
        remedy: &[Way::Advice("Set BootMode to uefi.")],
        source: REQUIREMENTS,
        aws_error: None,
        check: gpt_converted,
    },
    Rule {
        code: "windows-11-needs-uefi",
        title: "Windows 11 does not start by BIOS",
        severity: WARNED,
        message: "Windows 11 needs the boot mode uefi, but no EFI system partition was found.",
        remedy: &[Way::Advice("Convert the disk with mbr2gpt on the machine, and export it again.")],
        source: REQUIREMENTS,
        aws_error: None,
        check: windows_11,
    },
];

/// How firmware can start the disk. By BIOS only where there is code in the first sector, whatever the table says.
pub(super) fn boot_mode(subject: &Subject) -> Option<BootMode> {
    let guest = subject.guest?;
    match guest.boot_mode {
        Some(BootMode::LegacyBios) if guest.lacks_boot_code => Some(BootMode::None),
        Some(BootMode::Both) if guest.lacks_boot_code => Some(BootMode::Uefi),
        mode => mode,
    }
}

fn lacks_boot_code(subject: &Subject) -> bool {
    subject.guest.is_some_and(|guest| guest.boot_mode == Some(BootMode::LegacyBios) && guest.lacks_boot_code)
}

fn has(subject: &Subject, condition: &GuestCondition) -> bool {
    subject.guest_conditions().contains(condition)
}

/// A disk without partitions has a rule of its own.
fn not_bootable(subject: &Subject) -> Vec<Values> {
    let has_partitions = subject.guest.is_some_and(|guest| !guest.partitions.is_empty());
    when(
        has_partitions
            && subject.is_whole()
            && !lacks_boot_code(subject)
            && boot_mode(subject) == Some(BootMode::None),
    )
}

fn needs_fallback(subject: &Subject) -> bool {
    boot_mode(subject) == Some(BootMode::Uefi) && is_linux(subject) && !is_debian(subject)
}

fn is_debian_by_uefi(subject: &Subject) -> bool {
    boot_mode(subject) == Some(BootMode::Uefi) && is_debian(subject)
}

fn is_debian(subject: &Subject) -> bool {
    let os = subject.guest.and_then(|guest| guest.os.as_ref());
    os.is_some_and(|os| os.id.as_deref() == Some("debian"))
}

fn no_fallback(subject: &Subject, speaks: bool) -> Vec<Values> {
    when(speaks && subject.is_whole() && has(subject, &GuestCondition::NoFallbackLoader))
}

fn several_configurations(subject: &Subject) -> Vec<Values> {
    let of = |condition: &GuestCondition| match condition {
        GuestCondition::SeveralBootConfigurations { paths } => {
            Some(Values::new().with("paths", Value::from_iter(paths)))
        }
        _ => None,
    };
    subject.guest_conditions().iter().filter_map(of).collect()
}

fn no_default_entry(subject: &Subject) -> Vec<Values> {
    let of = |condition: &GuestCondition| match condition {
        GuestCondition::NoDefaultBootEntry { entries } => {
            Some(Values::new().with("entries", entries.join(", ")))
        }
        _ => None,
    };
    subject.guest_conditions().iter().filter_map(of).collect()
}

fn dual_boot(subject: &Subject) -> Vec<Values> {
    let of = |condition: &GuestCondition| match condition {
        GuestCondition::DualBoot { systems } => {
            Some(Values::new().with("systems", Value::from_iter(systems)))
        }
        _ => None,
    };
    subject.guest_conditions().iter().filter_map(of).collect()
}

fn gpt_converted(subject: &Subject) -> Vec<Values> {
    let Some(guest) = subject.guest else { return Vec::new() };
    let is_small = subject.image.virtual_size.is_some_and(|size| size < CONVERTED_BELOW);
    when(
        subject.image.format == Format::Vhdx
            && guest.table == TableKind::Gpt
            && guest.partitions.len() <= CONVERTED_PARTITIONS
            && is_small
            && is_windows(subject),
    )
}

fn windows_11(subject: &Subject) -> Vec<Values> {
    let name = subject.guest.and_then(|guest| guest.os.as_ref()).and_then(|os| os.name.as_deref());
    let is_windows_11 = name.is_some_and(|name| name.starts_with("Windows 11"));
    when(is_windows_11 && boot_mode(subject) == Some(BootMode::LegacyBios))
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::super::builder::{Case, linux, windows};
    use super::*;

    fn without_fallback(os: crate::guest::OperatingSystem, mode: BootMode) -> Case {
        Case::stream_optimized().with_guest(|guest| {
            guest.os = Some(os);
            guest.boot_mode = Some(mode);
            guest.conditions.push(GuestCondition::NoFallbackLoader);
        })
    }

    #[test]
    fn linux_by_uefi_needs_the_fallback_loader() {
        let fedora = without_fallback(linux("fedora", "43", &[]), BootMode::Uefi);
        assert_eq!(fedora.verdict().import_image, Verdict::Refused);
        assert!(fedora.finding("no-fallback-loader").is_some());
    }

    #[test]
    fn disks_with_another_way_to_start_are_only_warned_of() {
        for (id, mode) in [("debian", BootMode::Both), ("fedora", BootMode::Both)] {
            let case = without_fallback(linux(id, "12", &[]), mode);
            assert!(case.finding("fallback-loader-missing").is_some(), "{id}");
            assert!(case.finding("no-fallback-loader").is_none(), "{id}");
        }
    }

    #[test]
    fn import_image_makes_debian_s_loader_and_import_snapshot_does_not() {
        let case = without_fallback(linux("debian", "12", &[]), BootMode::Uefi);
        let finding = case.finding("debian-fallback-loader").unwrap();
        assert_eq!(finding.severity.import_snapshot, Some(Severity::Warning));
        assert_eq!(finding.severity.import_image, Some(Severity::Note));
        assert!(case.finding("fallback-loader-missing").is_none());
    }

    #[test]
    fn without_boot_code_nothing_starts_by_bios() {
        let case = |mode| {
            Case::stream_optimized().with_guest(|guest| {
                guest.boot_mode = Some(mode);
                guest.lacks_boot_code = true;
            })
        };
        assert_eq!(case(BootMode::LegacyBios).codes(), ["no-boot-code"]);
        assert_eq!(case(BootMode::Both).codes(), ["boot-mode-uefi"]);
        assert_eq!(case(BootMode::Uefi).codes(), ["boot-mode-uefi"]);
    }

    #[test]
    fn a_disk_from_which_nothing_starts_is_for_import_snapshot() {
        let case = Case::stream_optimized().with_guest(|guest| guest.boot_mode = Some(BootMode::None));
        assert_eq!(case.codes(), ["not-bootable"]);
        assert_eq!(case.verdict().import_snapshot, Verdict::Accepted);
    }

    #[test]
    fn the_boot_mode_to_ask_for_is_noted() {
        for (mode, code) in [(BootMode::Uefi, "boot-mode-uefi"), (BootMode::Both, "boot-mode-both")] {
            let case = Case::stream_optimized().with_guest(|guest| guest.boot_mode = Some(mode));
            assert_eq!(case.codes(), [code]);
            assert_eq!(case.verdict().import_image, Verdict::Accepted);
        }
    }

    #[test]
    fn two_systems_and_two_configurations_may_be_refused() {
        let cases = [
            (GuestCondition::NoDefaultBootEntry { entries: vec!["a.conf".into()] }, "no-default-boot-entry"),
            (GuestCondition::DualBoot { systems: vec!["a".into(), "b".into()] }, "dual-boot"),
            (
                GuestCondition::SeveralBootConfigurations { paths: vec!["/boot/grub/menu.lst".into()] },
                "several-boot-configurations",
            ),
        ];
        for (condition, code) in cases {
            let case = Case::stream_optimized().with_guest(|guest| guest.conditions.push(condition));
            assert_eq!(case.codes(), [code]);
        }
    }

    #[test]
    fn only_a_small_windows_vhdx_may_lose_its_gpt() {
        let mut case = Case::stream_optimized().with_guest(|guest| {
            guest.table = TableKind::Gpt;
            guest.os = Some(windows("Windows Server 2022"));
        });
        assert!(case.finding("windows-gpt-converted").is_none());
        case.image.format = Format::Vhdx;
        assert!(case.finding("windows-gpt-converted").is_some());
        case.image.virtual_size = Some(CONVERTED_BELOW);
        assert!(case.finding("windows-gpt-converted").is_none());
    }

    #[test]
    fn windows_11_does_not_start_by_bios() {
        let case = Case::stream_optimized().with_guest(|guest| {
            guest.os = Some(windows("Windows 11 Pro"));
            guest.boot_mode = Some(BootMode::LegacyBios);
        });
        assert!(case.finding("windows-11-needs-uefi").is_some());
    }
}
