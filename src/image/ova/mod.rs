//! OVA, OVF and plain tar: DMTF DSP0243 "Open Virtualization Format" 1.1.0 and 2.1.0.
//!
//! An OVA is a tar archive (`tar`) of an OVF descriptor (`descriptor`), a manifest of digests (`manifest`) and
//! the disks' files. `appliance` puts them together: which member is which disk, and what is out of the ordinary.
//! The disks are opened in place. A descriptor on its own is read with the files that were dropped beside it.

mod appliance;
mod capacity;
mod chunks;
mod descriptor;
pub mod digests;
mod hardware;
pub mod manifest;
mod package;
mod tar;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod xml_limits;

use super::detect::{Probe, Reader};
use super::read_at::{Source, read_up_to};
use super::{ApplianceCondition, Condition, Format, Image, ImageError, Opened, Opening, raw};
use crate::sentence::{Sentence, sentence};
use package::Package;

/// How an archive is recognised and opened: an OVA where it holds a descriptor, a plain tar where not.
pub static READER: Reader = Reader { format: Format::Tar, recognise: is_archive, open: open_archive };

/// How a descriptor on its own is recognised and opened.
pub static DESCRIPTOR_READER: Reader =
    Reader { format: Format::Ovf, recognise: is_descriptor, open: open_descriptor };

fn is_archive(probe: &Probe) -> bool {
    tar::is_header(probe.head) && !raw::has_partition_table(probe.head, probe.size)
}

fn is_descriptor(probe: &Probe) -> bool {
    probe.size <= descriptor::LONGEST as u64 && descriptor::is_descriptor(probe.head)
}

fn open_archive(source: &Source, opening: &Opening) -> Result<Opened, ImageError> {
    let archive = tar::walk(source, opening.depth)?;
    let mut package = Package::of_archive(source, &archive);
    let descriptor = package.descriptors().next().cloned();
    let format = if descriptor.is_some() { Format::Ova } else { Format::Tar };
    let mut image = Image::new(format, source.size());
    image.fact("members", archive.members.len().to_string());
    let Some(descriptor) = descriptor else {
        image.conditions = archive.conditions;
        if archive.is_whole {
            image.conditions.push(Condition::Appliance(ApplianceCondition::NoDescriptor));
        }
        return appliance::of_plain_archive(image, &package, opening);
    };
    if archive.is_whole && !archive.has_end_blocks {
        image.conditions.push(Condition::Appliance(ApplianceCondition::NoEndBlocks));
    }
    image.conditions.extend(archive.conditions);
    appliance::note_order(&mut image, &package, &descriptor);
    appliance::folder_of(&descriptor.name).clone_into(&mut package.base);
    open_package(image, &package, &descriptor, opening)
}

fn open_descriptor(source: &Source, opening: &Opening) -> Result<Opened, ImageError> {
    let package = Package::of_files(opening.set);
    let image = Image::new(Format::Ovf, source.size());
    let descriptor = package::File {
        name: opening.name.to_owned(),
        offset: 0,
        size: source.size(),
        is_sparse: false,
        is_chunked: false,
        source: source.clone(),
    };
    open_package(image, &package, &descriptor, opening)
}

/// Reads `descriptor` and opens what it names.
fn open_package(
    mut image: Image,
    package: &Package,
    descriptor: &package::File,
    opening: &Opening,
) -> Result<Opened, ImageError> {
    image.fact("descriptor", descriptor.name.clone());
    if descriptor.size > descriptor::LONGEST as u64 {
        let reason = sentence!("it has {size} bytes, too many for a descriptor", size = descriptor.size);
        return undescribed(image, package, reason, opening);
    }
    let text = read_up_to(descriptor.source.as_ref(), 0, descriptor::LONGEST)?;
    match descriptor::parse(&text) {
        Ok(read) => appliance::open(image, package, descriptor, &read, opening),
        Err(reason) => undescribed(image, package, reason, opening),
    }
}

/// An appliance whose descriptor cannot be read, for `reason`: its members are judged by their bytes.
fn undescribed(
    mut image: Image,
    package: &Package,
    reason: Sentence,
    opening: &Opening,
) -> Result<Opened, ImageError> {
    image.conditions.push(Condition::Appliance(ApplianceCondition::BadDescriptor(reason)));
    if image.format == Format::Ova {
        appliance::of_plain_archive(image, package, opening)
    } else {
        Ok(Opened { image, disk: None })
    }
}
