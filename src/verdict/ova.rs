//! OVA: a machine's descriptor and its disks in one archive, which only ImportImage takes.

use super::catalogue::{Rule, Way, image_only, snapshot_only};
use super::conversion::guarded;
use super::sources::{LIMITATIONS, REQUIREMENTS, SNAPSHOT_API, TROUBLESHOOTING};
use super::template::{Values, shown, when};
use super::{DiskFindings, Finding, Severity, Subject};
use crate::guest::BootMode;
use crate::image::{ApplianceCondition, Condition, Format};

/// "The import fails for VMs with more than 21 volumes."
const MAX_DISKS: usize = 21;

const UNSUPPORTED: Option<&str> = Some("ClientError: Disk validation failed [Unsupported OVA format]");
const PARSING: Option<&str> = Some("ClientError: Disk validation failed [OVF file parsing error]");
const CHUNKED: Option<&str> = Some(
    "ClientError: Disk validation failed [OVF file parsing error: OVA with chunked disk files is not supported]",
);

const PACK_AGAIN: Way = Way::Advice(
    "Unpack the archive and pack it again: the .ovf first, then the disks, all without folders (tar --format=ustar), or with ovftool.",
);
const EXPORT_AGAIN: Way = Way::Advice(
    "Export the machine again as one OVA, with uncompressed streamOptimized disks in whole files.",
);

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "ova-for-snapshot",
        title: "ImportSnapshot takes a disk, not an OVA",
        severity: snapshot_only(Severity::Blocker),
        message: "ImportSnapshot takes one disk (VHD, VMDK or RAW), not an OVA.",
        remedy: &[
            Way::Command(&["tar", "-xf", "{input}", "{member}"]),
            Way::Advice("Unpack it (tar -xf) and import its disks one by one, or use ImportImage."),
        ],
        source: SNAPSHOT_API,
        aws_error: None,
        check: for_snapshot,
    },
    Rule {
        code: "ova-no-descriptor",
        title: "The archive has no OVF descriptor",
        severity: image_only(Severity::Blocker),
        message: "The archive has no member that ends in .ovf, so it is no OVA.",
        remedy: &[EXPORT_AGAIN],
        source: REQUIREMENTS,
        aws_error: UNSUPPORTED,
        check: |subject| when_any(subject, |c| *c == ApplianceCondition::NoDescriptor),
    },
    Rule {
        code: "ova-chunked",
        title: "A disk is cut into several files inside the OVA",
        severity: image_only(Severity::Blocker),
        message: "The disk {name} is cut into chunks inside the archive.",
        remedy: &[EXPORT_AGAIN],
        source: TROUBLESHOOTING,
        aws_error: CHUNKED,
        check: |subject| {
            named(subject, |c| match c {
                ApplianceCondition::ChunkedMember(name) => Some(name),
                _ => None,
            })
        },
    },
    Rule {
        // AWS: "does not support importing disks separated into multiple files".
        code: "ova-disk-missing",
        title: "A disk that the descriptor names is not in the OVA",
        severity: image_only(Severity::Blocker),
        message: "The disk {name} is named by the descriptor, but is not in the archive.",
        remedy: &[EXPORT_AGAIN],
        source: TROUBLESHOOTING,
        aws_error: PARSING,
        check: |subject| {
            named(subject, |c| match c {
                ApplianceCondition::MissingMember(name) if !is_attachment(name) => Some(name),
                _ => None,
            })
        },
    },
    Rule {
        code: "ova-too-many-disks",
        title: "The OVA has more than 21 disks",
        severity: image_only(Severity::Blocker),
        message: "The archive has {count} disks; ImportImage fails with more than 21 volumes.",
        remedy: &[Way::Advice(
            "Import the machine with its first disks, and the others one by one with ImportSnapshot.",
        )],
        source: LIMITATIONS,
        aws_error: None,
        check: too_many_disks,
    },
    Rule {
        code: "ova-disk-refused",
        title: "A disk inside the OVA would be refused",
        severity: image_only(Severity::Blocker),
        message: "The disk {name} in the archive would be refused ({codes}): {message}",
        remedy: &[Way::Advice("Mend the disk as its own findings say, and pack the archive again.")],
        source: REQUIREMENTS,
        aws_error: UNSUPPORTED,
        check: |subject| disks_with(subject, Severity::Blocker),
    },
    Rule {
        code: "ova-disk-warned",
        title: "There are warnings about a disk inside the OVA",
        severity: image_only(Severity::Warning),
        message: "The disk {name} in the archive has a warning ({codes}): {message}",
        remedy: &[Way::Advice("Read the disk's own findings.")],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| disks_with(subject, Severity::Warning),
    },
    Rule {
        // Other formats are accepted alone; of an OVA's disks AWS's pages speak only as VMDK.
        code: "ova-disk-not-vmdk",
        title: "A disk inside the OVA is in an accepted format, but no VMDK",
        severity: image_only(Severity::Warning),
        message: "The disk {name} in the archive is {format}; AWS's pages do not say that an OVA may hold other disks than streamOptimized VMDK.",
        remedy: &[Way::Advice(
            "Convert it to a streamOptimized VMDK and pack the archive again, or import the disk alone.",
        )],
        source: REQUIREMENTS,
        aws_error: UNSUPPORTED,
        check: disk_not_vmdk,
    },
    Rule {
        code: "ova-no-disks",
        title: "The OVA has no disk",
        severity: image_only(Severity::Blocker),
        message: "The archive has a descriptor, but no disk.",
        remedy: &[EXPORT_AGAIN],
        source: REQUIREMENTS,
        aws_error: UNSUPPORTED,
        check: |subject| {
            when(
                subject.appliance().is_some_and(|appliance| appliance.disks.is_empty())
                    && !any(subject, |c| matches!(c, ApplianceCondition::MissingMember(_)))
                    && subject.image.conditions.is_empty(),
            )
        },
    },
    Rule {
        code: "ova-bad-descriptor",
        title: "The OVF descriptor does not read as XML",
        severity: image_only(Severity::Warning),
        message: "The descriptor could not be read: {name}.",
        remedy: &[EXPORT_AGAIN],
        source: TROUBLESHOOTING,
        aws_error: PARSING,
        check: |subject| {
            named(subject, |c| match c {
                ApplianceCondition::BadDescriptor(reason) => Some(reason),
                _ => None,
            })
        },
    },
    Rule {
        code: "ova-several-descriptors",
        title: "The archive has more than one OVF descriptor",
        severity: image_only(Severity::Warning),
        message: "The archive has more than one descriptor: {names}.",
        remedy: &[PACK_AGAIN],
        source: REQUIREMENTS,
        aws_error: UNSUPPORTED,
        check: several_descriptors,
    },
    Rule {
        code: "ova-descriptor-not-first",
        title: "The OVF descriptor is not the first member of the archive",
        severity: image_only(Severity::Warning),
        message: "The descriptor is not the first file of the archive, as the standard asks.",
        remedy: &[PACK_AGAIN],
        source: REQUIREMENTS,
        aws_error: UNSUPPORTED,
        check: |subject| when_any(subject, |c| *c == ApplianceCondition::DescriptorNotFirst),
    },
    Rule {
        code: "ova-compressed-disk",
        title: "A disk is compressed inside the OVA",
        severity: image_only(Severity::Warning),
        message: "The disk {name} is compressed inside the archive; AWS's pages do not say that it is taken.",
        remedy: &[EXPORT_AGAIN],
        source: REQUIREMENTS,
        aws_error: Some("ERROR: File uses unsupported compression algorithm 0"),
        check: |subject| {
            named(subject, |c| match c {
                ApplianceCondition::CompressedMember(name) => Some(name),
                _ => None,
            })
        },
    },
    Rule {
        code: "ova-attachment-missing",
        title: "A file that the descriptor names, but which is no disk, is not in the OVA",
        severity: image_only(Severity::Warning),
        message: "The file {name} is named by the descriptor, but is not in the archive.",
        remedy: &[Way::Advice("Detach it from the machine (CD drive, NVRAM) and export again.")],
        source: REQUIREMENTS,
        aws_error: PARSING,
        check: |subject| {
            named(subject, |c| match c {
                ApplianceCondition::MissingMember(name) if is_attachment(name) => Some(name),
                _ => None,
            })
        },
    },
    Rule {
        code: "ova-size-mismatch",
        title: "The descriptor says another size for a file than the archive",
        severity: image_only(Severity::Warning),
        message: "The descriptor says that {name} has {declared} bytes, the archive has {actual}.",
        remedy: &[EXPORT_AGAIN],
        source: REQUIREMENTS,
        aws_error: PARSING,
        check: size_mismatch,
    },
    Rule {
        code: "ova-capacity-mismatch",
        title: "The descriptor says another capacity for a disk than the disk itself",
        severity: image_only(Severity::Warning),
        message: "The descriptor says that the disk in {name} has {declared} bytes, the disk itself says {actual}.",
        remedy: &[Way::Advice(
            "Write the disk's own capacity into the descriptor (and its new digest into the manifest), or export again.",
        )],
        source: REQUIREMENTS,
        aws_error: PARSING,
        check: capacity_mismatch,
    },
    Rule {
        code: "ova-digest-mismatch",
        title: "A file of the OVA does not have the digest that the manifest says",
        severity: image_only(Severity::Warning),
        message: "{name} does not have the {algorithm} digest that the manifest says: it was changed or damaged.",
        remedy: &[Way::Advice(
            "If the descriptor was edited on purpose, write its new digest into the .mf file or leave the .mf out; otherwise copy the archive again.",
        )],
        source: REQUIREMENTS,
        aws_error: None,
        check: digest_mismatch,
    },
    Rule {
        code: "ova-several-systems",
        title: "The OVA describes more than one machine",
        severity: image_only(Severity::Warning),
        message: "The archive describes {count} machines; ImportImage makes one image.",
        remedy: &[Way::Advice("Export each machine on its own.")],
        source: REQUIREMENTS,
        aws_error: None,
        check: several_systems,
    },
    Rule {
        code: "ova-parent-reference",
        title: "A disk of the OVA builds on another",
        severity: image_only(Severity::Warning),
        message: "The disk {name} holds only the difference to another disk of the archive.",
        remedy: &[Way::Advice("Consolidate the machine's snapshots and export it again.")],
        source: LIMITATIONS,
        aws_error: UNSUPPORTED,
        check: |subject| {
            named(subject, |c| match c {
                ApplianceCondition::ParentReference(name) => Some(name),
                _ => None,
            })
        },
    },
    Rule {
        code: "ova-firmware",
        title: "The descriptor's firmware is not what the disk starts by",
        severity: image_only(Severity::Warning),
        message: "The descriptor asks for {firmware} firmware, but {disk}.",
        remedy: &[Way::Advice("Set BootMode to what the machine really starts by.")],
        source: REQUIREMENTS,
        aws_error: None,
        check: firmware,
    },
    Rule {
        code: "ova-folders",
        title: "The OVA's members lie in folders",
        severity: image_only(Severity::Note),
        message: "The archive's files lie in folders or begin with ./; the standard has them flat.",
        remedy: &[PACK_AGAIN],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| when_any(subject, |c| *c == ApplianceCondition::Folders),
    },
    Rule {
        code: "ova-attachments",
        title: "The OVA holds files that are no disks",
        severity: image_only(Severity::Note),
        message: "The archive also holds {names}, of which nothing is imported.",
        remedy: &[],
        source: REQUIREMENTS,
        aws_error: None,
        check: attachments,
    },
    Rule {
        code: "ova-no-end-blocks",
        title: "The OVA lacks the zero blocks at its end",
        severity: image_only(Severity::Note),
        message: "The archive lacks its closing zero blocks; if nothing else is missing, that does no harm.",
        remedy: &[],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| when_any(subject, |c| *c == ApplianceCondition::NoEndBlocks),
    },
    Rule {
        code: "ova-blank-disk",
        title: "A disk of the descriptor has no file",
        severity: image_only(Severity::Note),
        message: "The disk {name} has no file: a blank disk, which is better made in EBS.",
        remedy: &[],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| {
            named(subject, |c| match c {
                ApplianceCondition::BlankDisk(name) => Some(name),
                _ => None,
            })
        },
    },
    Rule {
        code: "ova-old-namespace",
        title: "The descriptor is of the time before the standard",
        severity: image_only(Severity::Note),
        message: "The descriptor is written as VMware did before OVF was a standard.",
        remedy: &[EXPORT_AGAIN],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| when_any(subject, |c| *c == ApplianceCondition::OldNamespace),
    },
];

fn conditions<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a ApplianceCondition> {
    subject.image.conditions.iter().filter_map(|condition| match condition {
        Condition::Appliance(condition) => Some(condition),
        _ => None,
    })
}

fn any(subject: &Subject, matches: impl Fn(&ApplianceCondition) -> bool) -> bool {
    conditions(subject).any(matches)
}

fn when_any(subject: &Subject, matches: impl Fn(&ApplianceCondition) -> bool) -> Vec<Values> {
    when(any(subject, matches))
}

/// A finding for each condition that has a name.
fn named<'a>(
    subject: &Subject<'a>,
    name: impl Fn(&'a ApplianceCondition) -> Option<&'a String>,
) -> Vec<Values> {
    conditions(subject).filter_map(name).map(|name| Values::new().with("name", name)).collect()
}

/// Whether a file's ending says that it is no disk.
fn is_attachment(name: &str) -> bool {
    const ENDINGS: &[&str] = &["iso", "nvram", "flp", "xml", "mf", "cert", "txt", "png", "strings"];
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

fn for_snapshot(subject: &Subject) -> Vec<Values> {
    if subject.image.format != Format::Ova {
        return Vec::new();
    }
    let values = Values::new();
    match subject.appliance().map(|appliance| appliance.disks.as_slice()) {
        // A member's name that begins with a hyphen would be an option of tar.
        Some([disk]) if !disk.file.starts_with('-') => {
            vec![values.with("input", guarded(subject.path)).with("member", &disk.file)]
        }
        _ => vec![values],
    }
}

fn too_many_disks(subject: &Subject) -> Vec<Values> {
    let count = subject.appliance().map_or(0, |appliance| appliance.disks.len());
    if count > MAX_DISKS { vec![Values::new().with("count", count)] } else { Vec::new() }
}

/// Findings that a data disk beside the one the machine starts from may have.
const OF_A_DATA_DISK: &[&str] = &[
    "no-partition-table",
    "no-partitions",
    "not-bootable",
    "root-file-system",
    "no-file-system-recognised",
    "apple-partition-map",
];

/// The disks whose worst finding for ImportImage is `severity`. Of several disks only one need hold a system.
fn disks_with(subject: &Subject, severity: Severity) -> Vec<Values> {
    let counts = |finding: &Finding| {
        let one_of_several = subject.disks.len() > 1 && subject.disks.iter().any(|disk| is_system_disk(disk));
        !(one_of_several && OF_A_DATA_DISK.contains(&finding.code.as_str()))
    };
    let weighs =
        |finding: &&Finding| counts(finding) && finding.severity.import_image >= Some(Severity::Warning);
    let of = |disk: &DiskFindings| {
        let found: Vec<&Finding> = disk.findings.iter().filter(weighs).collect();
        let worst = found.iter().max_by_key(|finding| finding.severity.import_image)?;
        let of_that_weight: Vec<&str> = found
            .iter()
            .filter(|finding| finding.severity.import_image == Some(severity))
            .map(|finding| finding.code.as_str())
            .collect();
        (worst.severity.import_image == Some(severity)).then(|| {
            let first = found.iter().find(|finding| finding.severity.import_image == Some(severity));
            Values::new()
                .with("name", shown(disk.file))
                .with("codes", of_that_weight.join(", "))
                .with("message", first.map_or("", |finding| finding.message.as_str()))
        })
    };
    subject.disks.iter().filter_map(of).collect()
}

fn disk_not_vmdk(subject: &Subject) -> Vec<Values> {
    let is_other =
        |disk: &&DiskFindings| disk.format != Format::Vmdk && super::name::declared(disk.format).is_some();
    let values = |disk: &DiskFindings| {
        Values::new().with("name", disk.file).with("format", super::container::said(disk.format))
    };
    subject.disks.iter().filter(is_other).map(values).collect()
}

fn is_system_disk(disk: &DiskFindings) -> bool {
    !disk.findings.iter().any(|finding| OF_A_DATA_DISK.contains(&finding.code.as_str()))
}

fn several_descriptors(subject: &Subject) -> Vec<Values> {
    let of = |condition: &ApplianceCondition| match condition {
        ApplianceCondition::SeveralDescriptors(names) => Some(Values::new().with("names", names.join(", "))),
        _ => None,
    };
    conditions(subject).filter_map(of).collect()
}

fn attachments(subject: &Subject) -> Vec<Values> {
    let of = |condition: &ApplianceCondition| match condition {
        ApplianceCondition::Attachments(names) => Some(Values::new().with("names", names.join(", "))),
        _ => None,
    };
    conditions(subject).filter_map(of).collect()
}

fn size_mismatch(subject: &Subject) -> Vec<Values> {
    let of = |condition: &ApplianceCondition| match condition {
        ApplianceCondition::SizeMismatch { name, declared, actual } => {
            Some(Values::new().with("name", name).with("declared", declared).with("actual", actual))
        }
        _ => None,
    };
    conditions(subject).filter_map(of).collect()
}

fn capacity_mismatch(subject: &Subject) -> Vec<Values> {
    let of = |condition: &ApplianceCondition| match condition {
        ApplianceCondition::CapacityMismatch { name, declared, actual } => {
            Some(Values::new().with("name", name).with("declared", declared).with("actual", actual))
        }
        _ => None,
    };
    conditions(subject).filter_map(of).collect()
}

fn digest_mismatch(subject: &Subject) -> Vec<Values> {
    let of = |condition: &ApplianceCondition| match condition {
        ApplianceCondition::DigestMismatch { name, algorithm } => {
            Some(Values::new().with("name", name).with("algorithm", algorithm))
        }
        _ => None,
    };
    conditions(subject).filter_map(of).collect()
}

fn several_systems(subject: &Subject) -> Vec<Values> {
    let of = |condition: &ApplianceCondition| match condition {
        ApplianceCondition::SeveralSystems(count) => Some(Values::new().with("count", count)),
        _ => None,
    };
    conditions(subject).filter_map(of).collect()
}

/// Only where the disks are sure of it.
fn firmware(subject: &Subject) -> Vec<Values> {
    let Some(firmware) = subject.appliance().and_then(|appliance| appliance.firmware.as_deref()) else {
        return Vec::new();
    };
    let only = |mode: BootMode| {
        let mut modes =
            subject.disks.iter().filter_map(|disk| disk.boot_mode).filter(|mode| *mode != BootMode::None);
        modes.next() == Some(mode) && modes.all(|other| other == mode)
    };
    let disk = match firmware {
        "efi" if only(BootMode::LegacyBios) => "the disk starts only by BIOS",
        "bios" if only(BootMode::Uefi) => "the disk starts only by UEFI",
        _ => return Vec::new(),
    };
    vec![Values::new().with("firmware", firmware).with("disk", disk)]
}

#[cfg(test)]
mod tests {
    use super::super::builder::Case;
    use super::super::{Remedy, Verdict};
    use super::*;
    use crate::image::{Appliance, ApplianceDisk, Image};

    fn ova(disks: usize) -> Case {
        let mut case = Case::new("machine.ova", Format::Ova);
        let disk = |number: usize| ApplianceDisk {
            file: format!("disk{number}.vmdk"),
            offset: 1024,
            size: 4096,
            capacity: None,
            image: Image::new(Format::Vmdk, 4096),
        };
        case.image.appliance =
            Some(Box::new(Appliance { disks: (1..=disks).map(disk).collect(), ..Appliance::default() }));
        case
    }

    #[test]
    fn an_ova_is_for_import_image_and_its_disk_for_import_snapshot() {
        let case = ova(1);
        assert_eq!(case.verdict().import_image, Verdict::Accepted);
        assert_eq!(case.verdict().import_snapshot, Verdict::Refused);
        assert_eq!(case.command("ova-for-snapshot"), ["tar", "-xf", "machine.ova", "disk1.vmdk"]);
        assert!(ova(2).command("ova-for-snapshot").is_empty());
    }

    #[test]
    fn more_than_21_disks_are_too_many() {
        assert!(ova(21).finding("ova-too-many-disks").is_none());
        assert!(ova(22).finding("ova-too-many-disks").is_some());
    }

    #[test]
    fn what_aws_documents_is_refused_and_the_rest_is_not() {
        let cases = [
            (ApplianceCondition::NoDescriptor, "ova-no-descriptor", Verdict::Refused),
            (ApplianceCondition::ChunkedMember("a".into()), "ova-chunked", Verdict::Refused),
            (ApplianceCondition::MissingMember("a.vmdk".into()), "ova-disk-missing", Verdict::Refused),
            (
                ApplianceCondition::MissingMember("a.nvram".into()),
                "ova-attachment-missing",
                Verdict::AcceptedWithWarnings,
            ),
            (
                ApplianceCondition::DescriptorNotFirst,
                "ova-descriptor-not-first",
                Verdict::AcceptedWithWarnings,
            ),
            (
                ApplianceCondition::BadDescriptor("no".into()),
                "ova-bad-descriptor",
                Verdict::AcceptedWithWarnings,
            ),
            (
                ApplianceCondition::CompressedMember("a".into()),
                "ova-compressed-disk",
                Verdict::AcceptedWithWarnings,
            ),
            (ApplianceCondition::SeveralSystems(2), "ova-several-systems", Verdict::AcceptedWithWarnings),
            (
                ApplianceCondition::DigestMismatch { name: "a".into(), algorithm: "SHA256".into() },
                "ova-digest-mismatch",
                Verdict::AcceptedWithWarnings,
            ),
            (ApplianceCondition::Folders, "ova-folders", Verdict::Accepted),
            (ApplianceCondition::OldNamespace, "ova-old-namespace", Verdict::Accepted),
            (ApplianceCondition::BlankDisk("a".into()), "ova-blank-disk", Verdict::Accepted),
        ];
        for (condition, code, verdict) in cases {
            let mut case = ova(1);
            case.image.conditions.push(Condition::Appliance(condition));
            assert!(case.finding(code).is_some(), "{code}");
            assert_eq!(case.verdict().import_image, verdict, "{code}");
        }
    }

    #[test]
    fn a_refused_disk_refuses_the_machine() {
        let mut disk = Case::new("disk1.vmdk", Format::Vmdk);
        disk.image.subformat = Some("monolithicSparse".into());
        let findings = disk.findings();
        let disks =
            [DiskFindings { file: "disk1.vmdk", format: Format::Vmdk, findings: &findings, boot_mode: None }];
        let case = ova(1);
        let found = super::super::judge(&Subject { disks: &disks, ..case.subject() });
        let refused = found.iter().find(|finding| finding.code == "ova-disk-refused").unwrap();
        assert!(refused.message.contains("vmdk-not-stream-optimized"), "{}", refused.message);
        assert!(matches!(refused.remedy, Some(Remedy::Advice(_))));
    }

    #[test]
    fn a_data_disk_beside_the_system_is_no_reason_to_refuse() {
        let data = Case::stream_optimized().with_guest(|guest| guest.partitions.clear()).findings();
        let system = Case::stream_optimized().findings();
        let of = |findings| DiskFindings { file: "d.vmdk", format: Format::Vmdk, findings, boot_mode: None };
        let case = ova(2);
        let beside = [of(&system), of(&data)];
        assert_eq!(disks_with(&Subject { disks: &beside, ..case.subject() }, Severity::Blocker), []);
        let alone = [of(&data), of(&data)];
        assert_eq!(disks_with(&Subject { disks: &alone, ..case.subject() }, Severity::Blocker).len(), 2);
    }

    #[test]
    fn other_disks_than_vmdk_are_doubtful_in_an_ova() {
        let case = ova(1);
        let disks = |format| [DiskFindings { file: "d", format, findings: &[], boot_mode: None }];
        let vhd = disks(Format::Vhd);
        assert_eq!(disk_not_vmdk(&Subject { disks: &vhd, ..case.subject() }).len(), 1);
        let vmdk = disks(Format::Vmdk);
        assert_eq!(disk_not_vmdk(&Subject { disks: &vmdk, ..case.subject() }).len(), 0);
    }

    #[test]
    fn the_firmware_must_be_what_the_disk_starts_by() {
        let mut case = ova(1);
        case.image.appliance.as_mut().unwrap().firmware = Some("efi".into());
        let with =
            |mode| [DiskFindings { file: "d", format: Format::Vmdk, findings: &[], boot_mode: Some(mode) }];
        let bios = with(BootMode::LegacyBios);
        assert_eq!(firmware(&Subject { disks: &bios, ..case.subject() }).len(), 1);
        let both = with(BootMode::Both);
        assert_eq!(firmware(&Subject { disks: &both, ..case.subject() }).len(), 0);
    }
}
