//! Puts an appliance together: which file is which disk, what the disks are, and what is out of the ordinary.

use super::chunks::Chunks;
use super::descriptor::{Descriptor, Disk, File as Reference};
use super::manifest::{self, Manifest};
use super::package::{File, Package, has_extension};
use crate::image::read_at::read_up_to;
use crate::image::{
    Appliance, ApplianceCondition, ApplianceDisk, Condition, Depth, Extent, Format, Image, ImageError,
    Opened, Opening, Storage, base_name, detect, raw,
};
use crate::sentence::sentence;
use std::collections::{BTreeSet, HashMap};

/// How many disks are opened: EC2 takes fewer, and no writer makes more.
const MOST_DISKS: usize = 64;
/// How many are opened of an appliance that lies in another archive; in a third none are. Otherwise what a small file
/// asks for would grow with the power of how deep its archives lie in each other.
const MOST_INNER_DISKS: usize = 8;
/// How long a manifest may be, in bytes.
const LONGEST_MANIFEST: u64 = 1024 * 1024;

impl Image {
    fn note(&mut self, condition: ApplianceCondition) {
        self.conditions.push(Condition::Appliance(condition));
    }
}

/// The part of a path up to its last slash, with it.
pub(super) fn folder_of(name: &str) -> &str {
    name.strip_suffix(base_name(name)).unwrap_or_default()
}

/// Notes where the descriptor stands in the archive.
pub(super) fn note_order(image: &mut Image, package: &Package, descriptor: &File) {
    let descriptors: Vec<_> = package.descriptors().map(|file| file.name.clone()).collect();
    if descriptors.len() > 1 {
        image.note(ApplianceCondition::SeveralDescriptors(descriptors));
    }
    if package.files.first().is_some_and(|first| first.offset != descriptor.offset) {
        image.note(ApplianceCondition::DescriptorNotFirst);
    }
    if package.has_folders {
        image.note(ApplianceCondition::Folders);
    }
}

/// Opens what `descriptor` names.
///
/// # Errors
/// Only reads that failed.
pub(super) fn open(
    mut image: Image,
    package: &Package,
    descriptor_file: &File,
    descriptor: &Descriptor,
    opening: &Opening,
) -> Result<Opened, ImageError> {
    let mut manifest = read_manifest(&mut image, package, descriptor_file, descriptor)?;
    describe(&mut image, descriptor);
    let mut appliance = Appliance::default();
    if let Some(system) = &descriptor.system {
        appliance.name.clone_from(&system.name);
        appliance.firmware.clone_from(&system.firmware);
        appliance.system.clone_from(&system.guest);
    }
    let set = package.set();
    let inside = Opening { set: &set, ..*opening };
    let boot = descriptor.boot_disk();
    let mut boot_disk = None;
    let mut members = Members::default();
    for (at, disk) in descriptor.disks.iter().enumerate().take(most_disks(opening)) {
        if let Some(mut opened) = open_disk(&mut image, package, descriptor, disk, &inside, &mut members)? {
            if at == boot {
                opened.is_boot_disk = true;
                image.virtual_size = opened.image.virtual_size;
                boot_disk.clone_from(&opened.disk);
            }
            appliance.disks.push(opened);
        }
    }
    note_files(&mut image, package, descriptor);
    if opening.depth == Depth::Complete
        && let Some(manifest) = &mut manifest
    {
        manifest.check_small()?;
    }
    appliance.manifest = manifest;
    if image.extents.iter().any(|extent| !extent.present) {
        image.conditions.push(Condition::ExtentsMissing);
    }
    // A disk that is not here, or compressed, has the size that the descriptor says.
    image.virtual_size = image.virtual_size.or_else(|| descriptor.disks.get(boot)?.capacity_in_bytes());
    image.appliance = Some(Box::new(appliance));
    Ok(Opened { image, disk: boot_disk })
}

/// Looks into a tar without a descriptor: the members that are disks by their own bytes.
///
/// # Errors
/// Only reads that failed.
pub(super) fn of_plain_archive(
    mut image: Image,
    package: &Package,
    opening: &Opening,
) -> Result<Opened, ImageError> {
    /// The largest members are looked at.
    const LOOKED_AT: usize = 4;
    let looked_at = LOOKED_AT.min(most_disks(opening));
    let mut largest: Vec<_> = package.files.iter().filter(|file| !file.is_sparse).collect();
    largest.sort_by_key(|file| std::cmp::Reverse(file.size));
    largest.truncate(looked_at);
    largest.sort_by_key(|file| file.offset);
    let mut appliance = Appliance::default();
    for file in largest {
        let Ok(inner) = opening.inner(&file.name) else { break };
        let mut opened = detect::open(&file.source, &inner)?;
        note_cut(&mut opened.image, file);
        let is_disk = match opened.image.format {
            Format::Raw => {
                let head = read_up_to(file.source.as_ref(), 0, 512)?;
                raw::has_partition_table(&head, file.source.size())
            }
            Format::Empty | Format::Unknown | Format::Ovf | Format::Tar => false,
            _ => true,
        };
        if is_disk {
            image.fact("disk", file.name.clone());
            appliance.disks.push(ApplianceDisk {
                file: file.name.clone(),
                offset: file.offset,
                size: file.size,
                storage: storage(file, &opened.image),
                attachment: None,
                is_boot_disk: false,
                capacity: None,
                image: opened.image,
                disk: opened.disk,
            });
        }
    }
    if !appliance.disks.is_empty() {
        image.appliance = Some(Box::new(appliance));
    }
    Ok(Opened { image, disk: None })
}

/// The manifest; `None` where there is none, or none with a line that can be read.
fn read_manifest(
    image: &mut Image,
    package: &Package,
    descriptor_file: &File,
    descriptor: &Descriptor,
) -> Result<Option<Manifest>, ImageError> {
    let is_manifest = |file: &&File| has_extension(&file.name, "mf") && file.size <= LONGEST_MANIFEST;
    // It has the descriptor's name (DSP0243 §5.1); of files that were dropped together there may be several.
    let has_its_name = |file: &&File| stem_of(&file.name) == stem_of(&descriptor_file.name);
    let mut manifests = package.files.iter().filter(is_manifest);
    let Some(file) = manifests.clone().find(has_its_name).or_else(|| manifests.next()) else {
        return Ok(None);
    };
    let length = usize::try_from(file.size).unwrap_or_default();
    let text = read_up_to(file.source.as_ref(), 0, length)?;
    let lines = manifest::parse(&String::from_utf8_lossy(&text));
    let Some(line) = lines.first() else { return Ok(None) };
    image.fact("manifest", format!("{} files, {}", lines.len(), line.algorithm.name()));
    // Beside a descriptor that was dropped on its own may lie files that are none of its package.
    let expected: BTreeSet<usize> = if image.format == Format::Ovf {
        let references = descriptor.files.iter().map(|file| file.href.as_str());
        let names = std::iter::once(descriptor_file.name.as_str()).chain(references);
        names.filter_map(|name| package.place_of(name)).collect()
    } else {
        (0..package.files.len()).collect()
    };
    Ok(Some(Manifest::new(lines, package, &expected)))
}

/// A file's name without folders and ending, in small letters.
fn stem_of(name: &str) -> String {
    let name = base_name(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase()
}

/// What the descriptor says by itself.
fn describe(image: &mut Image, descriptor: &Descriptor) {
    image.creator.clone_from(&descriptor.creator);
    if descriptor.is_pre_standard {
        image.note(ApplianceCondition::OldNamespace);
    }
    if descriptor.systems > 1 {
        image.note(ApplianceCondition::SeveralSystems(descriptor.systems));
    }
    if let Some(system) = &descriptor.system {
        let rows = [
            ("virtual system", &system.name),
            ("operating system", &system.guest),
            ("virtual hardware", &system.hardware),
            ("firmware", &system.firmware),
        ];
        for (name, value) in rows {
            if let Some(value) = value {
                image.fact(name, value.clone());
            }
        }
    }
    image.fact("disks", descriptor.disks.len().to_string());
}

/// Opens the file of `disk` in place; `None` where there is none.
fn open_disk(
    image: &mut Image,
    package: &Package,
    descriptor: &Descriptor,
    disk: &Disk,
    opening: &Opening,
    members: &mut Members,
) -> Result<Option<ApplianceDisk>, ImageError> {
    let reference = disk.file.as_ref().and_then(|id| descriptor.files.iter().find(|file| file.id == *id));
    let Some(reference) = reference else {
        match &disk.file {
            // A reference to a file that the descriptor does not list.
            Some(id) => image.note(ApplianceCondition::MissingMember(id.clone())),
            None => image.note(ApplianceCondition::BlankDisk(disk.id.clone())),
        }
        return Ok(None);
    };
    if disk.parent.is_some() {
        image.note(ApplianceCondition::ParentReference(reference.href.clone()));
    }
    if reference.compression.is_some() {
        image.note(ApplianceCondition::CompressedMember(reference.href.clone()));
    }
    if reference.chunk_size.is_some() {
        image.note(ApplianceCondition::ChunkedMember(reference.href.clone()));
    }
    let file = locate(package, reference);
    if image.format == Format::Ovf {
        image.extents.push(Extent {
            name: reference.href.clone(),
            kind: "disk".into(),
            size: disk.capacity_in_bytes().unwrap_or_default(),
            expected_file_size: reference.size,
            present: file.is_some(),
        });
    }
    let Some(file) = file else { return Ok(None) };
    if file.is_sparse {
        image.note(ApplianceCondition::SparseMember(file.name.clone()));
    }
    let opened = members.open(&file, opening)?;
    let storage = match storage(&file, &opened.image) {
        _ if reference.compression.is_some() => Storage::Compressed,
        _ if image.format == Format::Ovf => Storage::OwnFile,
        storage => storage,
    };
    // What is cut off has its own condition, and the size of a raw disk is then that of the rest.
    let is_readable = !matches!(storage, Storage::Compressed | Storage::Cut);
    let actual = opened.image.virtual_size.filter(|_| is_readable);
    if let (Some(declared), Some(actual)) = (disk.capacity, actual)
        && !declared.is_of(actual)
    {
        let (name, declared) = (reference.href.clone(), declared.bytes);
        image.note(ApplianceCondition::CapacityMismatch { name, declared, actual });
    }
    Ok(Some(ApplianceDisk {
        file: file.name,
        offset: file.offset,
        size: file.size,
        storage,
        attachment: disk.attachment.clone(),
        is_boot_disk: false,
        capacity: disk.capacity_in_bytes(),
        image: opened.image,
        disk: opened.disk,
    }))
}

/// Notes in `image`, which `file` is, that the archive ends before it does. Its own structures may all lie in the part
/// that is there.
fn note_cut(image: &mut Image, file: &File) {
    let is_noted = || image.conditions.iter().any(|found| matches!(found, Condition::Truncated { .. }));
    if file.source.size() < file.size && !is_noted() {
        image.conditions.push(Condition::Truncated { structure: "archive member", needed: Some(file.size) });
    }
}

/// How `file`, which `image` is, lies in its archive.
fn storage(file: &File, image: &Image) -> Storage {
    if file.is_chunked {
        Storage::Chunked
    } else if file.is_sparse {
        Storage::Sparse
    } else if file.source.size() < file.size {
        Storage::Cut
    } else if image.compressed.is_some() {
        Storage::Compressed
    } else {
        Storage::Whole
    }
}

/// How many disks of an appliance are opened, by how deep it lies in other archives.
fn most_disks(opening: &Opening) -> usize {
    match opening.nesting {
        0 => MOST_DISKS,
        1 => MOST_INNER_DISKS,
        _ => 0,
    }
}

/// The members that were opened, by their offsets and names: a descriptor may let many disks name one file.
#[derive(Default)]
struct Members(HashMap<(u64, String), Opened>);

impl Members {
    fn open(&mut self, file: &File, opening: &Opening) -> Result<Opened, ImageError> {
        let key = (file.offset, file.name.clone());
        if let Some(opened) = self.0.get(&key) {
            return Ok(opened.clone());
        }
        let mut opened = match opening.inner(&file.name) {
            Ok(inner) if !file.is_sparse => detect::open(&file.source, &inner)?,
            _ => Opened { image: Image::new(Format::Unknown, file.size), disk: None },
        };
        if file.is_sparse {
            let name = sentence!(
                "{file} is stored without its holes (a sparse member of the archive)",
                file = &file.name
            );
            opened.image.conditions.push(Condition::UnknownFeature { name });
        }
        note_cut(&mut opened.image, file);
        self.0.insert(key, opened.clone());
        Ok(opened)
    }
}

/// The file of `reference`: itself, or its chunks as one.
fn locate(package: &Package, reference: &Reference) -> Option<File> {
    if let Some(file) = package.find(&reference.href) {
        return Some(file.clone());
    }
    reference.chunk_size?;
    let source = Chunks::find(package, &reference.href)?;
    let first = package.find(&format!("{}.000000000", reference.href))?;
    Some(File {
        name: reference.href.clone(),
        size: source.size(),
        is_chunked: true,
        source,
        ..first.clone()
    })
}

/// Notes the files that are not there, those of another size, and those that are no disks.
fn note_files(image: &mut Image, package: &Package, descriptor: &Descriptor) {
    let mut attachments = Vec::new();
    for reference in &descriptor.files {
        let name = || reference.href.clone();
        let Some(file) = locate(package, reference) else {
            if package.is_whole && image.format == Format::Ova {
                image.note(ApplianceCondition::MissingMember(name()));
            }
            continue;
        };
        if !descriptor.disks.iter().any(|disk| disk.file.as_ref() == Some(&reference.id)) {
            attachments.push(name());
        }
        if let Some(declared) = reference.size
            && declared != file.size
            // The archive has fewer bytes of it than there are.
            && !file.is_sparse
        {
            image.note(ApplianceCondition::SizeMismatch { name: name(), declared, actual: file.size });
        }
    }
    if !attachments.is_empty() {
        image.note(ApplianceCondition::Attachments(attachments));
    }
}
