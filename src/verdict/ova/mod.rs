//! OVA: a machine's descriptor and its disks in one archive, which only ImportImage takes.

mod checks;
#[cfg(test)]
mod tests;

use super::catalogue::{Rule, Way, image_only, snapshot_only};
use super::sources::{LIMITATIONS, REQUIREMENTS, SNAPSHOT_API, TROUBLESHOOTING};
use super::{Severity, template::when};
use crate::image::{ApplianceCondition, Format};
use checks::{
    any, attachments, capacity_mismatch, digest_mismatch, disk_not_vmdk, disks_with, firmware, for_snapshot,
    is_attachment, manifest_incomplete, manifest_missing, named, several_descriptors, several_systems,
    size_mismatch, too_many_disks, when_any,
};

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
        check: |subject| {
            when(
                subject.image.format == Format::Ova
                    && any(subject, |c| *c == ApplianceCondition::NoDescriptor),
            )
        },
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
        code: "ova-sparse-member",
        title: "A disk is stored in the OVA without its holes",
        severity: image_only(Severity::Warning),
        message: "The disk {name} is stored without its holes (as a sparse file of tar), so it was not looked into, and other programs may not read it.",
        remedy: &[Way::Advice(
            "Unpack the archive with GNU tar and pack it again without --sparse: the .ovf first, then the disks (tar --format=ustar).",
        )],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| {
            named(subject, |c| match c {
                ApplianceCondition::SparseMember(name) => Some(name),
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
        code: "ova-manifest-missing-file",
        title: "The manifest names a file that is not in the OVA",
        severity: image_only(Severity::Warning),
        message: "The manifest names {names}, which the archive does not hold.",
        remedy: &[Way::Advice(
            "Take the lines of files that were left out on purpose out of the .mf file, or leave the .mf out; otherwise export again.",
        )],
        source: REQUIREMENTS,
        aws_error: None,
        check: manifest_missing,
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
        code: "ova-manifest-incomplete",
        title: "The manifest has no line for a file of the OVA",
        severity: image_only(Severity::Note),
        message: "The manifest has no digest of {names}: damage to what it does not name cannot be seen by it.",
        remedy: &[],
        source: REQUIREMENTS,
        aws_error: None,
        check: manifest_incomplete,
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
