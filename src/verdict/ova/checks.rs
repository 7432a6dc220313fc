//! What the rules look at in an OVA.

use crate::guest::BootMode;
use crate::image::ova::digests::Algorithm;
use crate::image::ova::manifest::{DigestState, ManifestFile};
use crate::image::{ApplianceCondition, ApplianceDisk, Condition, Format, Storage, base_name};
use crate::sentence::{Sentence, Value};
use crate::verdict::container::said;
use crate::verdict::conversion::guarded;
use crate::verdict::name::declared;
use crate::verdict::template::{Values, when};
use crate::verdict::{DiskFindings, Severity, Subject, disks};
use std::collections::HashSet;

fn conditions<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a ApplianceCondition> {
    subject.image.conditions.iter().filter_map(|condition| match condition {
        Condition::Appliance(condition) => Some(condition),
        _ => None,
    })
}

pub(super) fn any(subject: &Subject, matches: impl Fn(&ApplianceCondition) -> bool) -> bool {
    conditions(subject).any(matches)
}

pub(super) fn when_any(subject: &Subject, matches: impl Fn(&ApplianceCondition) -> bool) -> Vec<Values> {
    when(any(subject, matches))
}

/// A finding for each condition that has a name.
pub(super) fn named<'a, T: 'a>(
    subject: &Subject<'a>,
    name: impl Fn(&'a ApplianceCondition) -> Option<&'a T>,
) -> Vec<Values>
where
    Value: From<&'a T>,
{
    conditions(subject).filter_map(name).map(|name| Values::new().with("name", name)).collect()
}

/// Whether a file's ending says that it is no disk.
pub(super) fn is_attachment(name: &str) -> bool {
    const ENDINGS: &[&str] = &["iso", "nvram", "flp", "xml", "mf", "cert", "txt", "png", "strings"];
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

pub(super) fn for_snapshot(subject: &Subject) -> Vec<Values> {
    if subject.image.format != Format::Ova {
        return Vec::new();
    }
    let values = Values::new();
    match subject.appliance().map(|appliance| appliance.disks.as_slice()) {
        Some([disk]) if is_unpacked_by_tar(disk) => {
            vec![values.with("input", guarded(subject.path)).with("member", &disk.file)]
        }
        _ => vec![values],
    }
}

/// Whether tar writes the disk's file under its name into the folder it is called in. A name that begins with a hyphen
/// would be an option; tar does not go out of the folder; what is in chunks or cut is not the disk.
fn is_unpacked_by_tar(disk: &ApplianceDisk) -> bool {
    let name = &disk.file;
    let is_inside = !name.starts_with(['-', '/', '\\']) && name.split(['/', '\\']).all(|part| part != "..");
    is_inside && matches!(disk.storage, Storage::Whole | Storage::Compressed)
}

pub(super) fn too_many_disks(subject: &Subject) -> Vec<Values> {
    let count = subject.appliance().map_or(0, |appliance| appliance.disks.len());
    if count > disks::MOST { vec![Values::new().with("count", count)] } else { Vec::new() }
}

/// The disks whose worst finding for ImportImage is `severity`. That a disk is compressed in the archive, as the
/// descriptor says, or stored without its holes, is a finding of the archive.
pub(super) fn disks_with(subject: &Subject, severity: Severity) -> Vec<Values> {
    if subject.image.format != Format::Ova {
        return Vec::new();
    }
    disks::with_worst(subject.disks, severity, |disk, finding| {
        let is_said = |condition: &ApplianceCondition| match condition {
            ApplianceCondition::CompressedMember(name) => finding.code == "compressed" && name == disk.file,
            ApplianceCondition::SparseMember(name) => name == disk.file,
            _ => false,
        };
        !any(subject, is_said)
    })
}

pub(super) fn disk_not_vmdk(subject: &Subject) -> Vec<Values> {
    if subject.image.format != Format::Ova {
        return Vec::new();
    }
    let is_other = |disk: &&DiskFindings| disk.format != Format::Vmdk && declared(disk.format).is_some();
    let values = |disk: &DiskFindings| {
        Values::new().with("name", disk.file).with("format", Sentence::from(said(disk.format)))
    };
    subject.disks.iter().filter(is_other).map(values).collect()
}

pub(super) fn several_descriptors(subject: &Subject) -> Vec<Values> {
    let of = |condition: &ApplianceCondition| match condition {
        ApplianceCondition::SeveralDescriptors(names) => Some(Values::new().with("names", names.join(", "))),
        _ => None,
    };
    conditions(subject).filter_map(of).collect()
}

pub(super) fn attachments(subject: &Subject) -> Vec<Values> {
    let of = |condition: &ApplianceCondition| match condition {
        ApplianceCondition::Attachments(names) => Some(Values::new().with("names", names.join(", "))),
        _ => None,
    };
    conditions(subject).filter_map(of).collect()
}

pub(super) fn size_mismatch(subject: &Subject) -> Vec<Values> {
    let of = |condition: &ApplianceCondition| match condition {
        ApplianceCondition::SizeMismatch { name, declared, actual } => {
            Some(Values::new().with("name", name).with("declared", declared).with("actual", actual))
        }
        _ => None,
    };
    conditions(subject).filter_map(of).collect()
}

pub(super) fn capacity_mismatch(subject: &Subject) -> Vec<Values> {
    let of = |condition: &ApplianceCondition| match condition {
        ApplianceCondition::CapacityMismatch { name, declared, actual } => {
            Some(Values::new().with("name", name).with("declared", declared).with("actual", actual))
        }
        _ => None,
    };
    conditions(subject).filter_map(of).collect()
}

pub(super) fn digest_mismatch(subject: &Subject) -> Vec<Values> {
    let of = |file: &ManifestFile| {
        let algorithm = file.algorithm().map_or("", Algorithm::name);
        Values::new().with("name", &file.name).with("algorithm", algorithm)
    };
    manifest_files(subject, DigestState::Differs).map(of).collect()
}

/// The files of the manifest that are missing; those that the descriptor names too have a rule of their own.
pub(super) fn manifest_missing(subject: &Subject) -> Vec<Values> {
    let known: HashSet<&str> = conditions(subject)
        .filter_map(|condition| match condition {
            ApplianceCondition::MissingMember(name) => Some(base_name(name)),
            _ => None,
        })
        .collect();
    let is_known = |file: &&ManifestFile| known.contains(base_name(&file.name));
    in_one(manifest_files(subject, DigestState::Missing).filter(|file| !is_known(file)))
}

pub(super) fn manifest_incomplete(subject: &Subject) -> Vec<Values> {
    in_one(manifest_files(subject, DigestState::Unlisted))
}

fn manifest_files<'a>(
    subject: &Subject<'a>,
    state: DigestState,
) -> impl Iterator<Item = &'a ManifestFile> + use<'a> {
    let manifest = subject.appliance().and_then(|appliance| appliance.manifest.as_ref());
    let files = manifest.map_or(&[][..], |manifest| &manifest.files);
    files.iter().filter(move |file| file.state == state)
}

/// One finding that names all of `files`, as far as a person reads.
fn in_one<'a>(files: impl Iterator<Item = &'a ManifestFile>) -> Vec<Values> {
    const NAMED: usize = 20;
    let names: Vec<&str> = files.take(NAMED).map(|file| file.name.as_str()).collect();
    if names.is_empty() { Vec::new() } else { vec![Values::new().with("names", names.join(", "))] }
}

pub(super) fn several_systems(subject: &Subject) -> Vec<Values> {
    let of = |condition: &ApplianceCondition| match condition {
        ApplianceCondition::SeveralSystems(count) => Some(Values::new().with("count", count)),
        _ => None,
    };
    conditions(subject).filter_map(of).collect()
}

/// Only where the disks are sure of it.
pub(super) fn firmware(subject: &Subject) -> Vec<Values> {
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
    vec![Values::new().with("firmware", firmware).with("disk", Sentence::from(disk))]
}
