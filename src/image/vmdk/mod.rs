//! VMDK, VMware's virtual disk: "Virtual Disk Format 5.0" (EN-000777-00), and what its writers make of it.
//!
//! A disk is a text descriptor and one or more extents. The descriptor may lie in a sparse extent (`embedded`) or
//! in a file of its own that names the extents (`extents`). Sparse extents come in three kinds (`hosted`,
//! `cowd`, `sesparse`) which share a two-level table (`grains`, gone through by `survey`, read by `disk`).
//!
//! A bare `-flat.vmdk` holds the disk's own bytes: nothing in it says VMDK, and it is not recognised here.

mod cowd;
mod creator;
mod descriptor;
mod disk;
mod embedded;
mod extents;
mod facts;
mod grains;
mod hosted;
mod layout;
mod parent;
mod recent;
mod sesparse;
mod sparse;
mod survey;
#[cfg(test)]
mod tests;

use super::detect::{PROBE, Probe, Reader};
use super::layout::{Field, bytes_at};
use super::read_at::{Source, read_up_to};
use super::{Condition, Format, Image, ImageError, Opened, Opening, Parent};
use descriptor::Descriptor;
use hosted::Header;

/// How a VMDK is recognised and opened.
pub static READER: Reader = Reader { format: Format::Vmdk, recognise, open };

fn recognise(probe: &Probe) -> bool {
    Kind::of(probe.head, probe.size).is_some()
}

fn open(source: &Source, opening: &Opening) -> Result<Opened, ImageError> {
    let Some(kind) = Kind::of_source(source)? else {
        return Err(ImageError::malformed("header", 0, "it is no VMDK"));
    };
    let Reading { image, disk, .. } = read(kind, source, opening)?;
    Ok(Opened { image, disk })
}

/// What a VMDK file is, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A hosted sparse extent.
    Hosted,
    /// An ESX copy-on-write extent.
    Cowd,
    /// An seSparse extent.
    SeSparse,
    /// A text descriptor.
    Descriptor,
    /// A change tracking file.
    ChangeTracking,
}

impl Kind {
    /// The kind of a file of `size` bytes that begins with `head`.
    ///
    /// The guest of a raw disk can write anything into its first sector. A partition table in it is what no VMDK
    /// has: the rest of a header's sector is zeros. So a sector with one is never taken for a VMDK, whatever it
    /// begins with; a damaged header without one still is.
    fn of(head: &[u8], size: u64) -> Option<Self> {
        if has_partition_table(head) {
            return None;
        }
        if head.starts_with(layout::HOSTED_MAGIC) {
            let is_boot_sector = BOOT_SIGNATURE.get(head) == Ok(BOOT_SIGNATURE_VALUE);
            let plausible = Header::parse(head).is_ok_and(|header| header.is_plausible());
            (plausible || !is_boot_sector).then_some(Self::Hosted)
        } else if head.starts_with(layout::COWD_MAGIC) {
            Some(Self::Cowd)
        } else if head.starts_with(layout::SESPARSE_MAGIC) {
            Some(Self::SeSparse)
        } else if head.starts_with(layout::CHANGE_TRACKING_MAGIC) {
            Some(Self::ChangeTracking)
        } else {
            (size <= descriptor::LONGEST && descriptor::is_descriptor(head)).then_some(Self::Descriptor)
        }
    }

    fn of_source(source: &Source) -> Result<Option<Self>, ImageError> {
        let head = read_up_to(source.as_ref(), 0, PROBE)?;
        Ok(Self::of(&head, source.size()))
    }
}

const BOOT_SIGNATURE: Field<[u8; 2]> = bytes_at("boot signature", 510);
const BOOT_SIGNATURE_VALUE: [u8; 2] = [0x55, 0xAA];

/// Whether the first sector ends in a partition table that names a partition.
fn has_partition_table(head: &[u8]) -> bool {
    /// Where the four entries of 16 bytes lie.
    const TABLE: std::ops::Range<usize> = 446..510;
    if BOOT_SIGNATURE.get(head) != Ok(BOOT_SIGNATURE_VALUE) {
        return false;
    }
    let entries = || head.get(TABLE).unwrap_or_default().chunks_exact(16);
    let is_active_or_not = |entry: &[u8]| matches!(entry.first(), Some(0 | 0x80));
    let has_type = |entry: &[u8]| entry.get(4).is_some_and(|kind| *kind != 0);
    entries().all(is_active_or_not) && entries().any(has_type)
}

/// An opened VMDK, and what a child disk asks of it.
struct Reading {
    image: Image,
    disk: Option<Source>,
    /// The `CID` of its content.
    content_id: Option<u32>,
}

/// Opens `source`, which is of `kind`.
///
/// # Errors
/// Only reads that failed.
fn read(kind: Kind, source: &Source, opening: &Opening) -> Result<Reading, ImageError> {
    let mut image = Image::new(Format::Vmdk, source.size());
    match kind {
        Kind::Hosted => return embedded::open(source, opening),
        Kind::Descriptor => {
            let longest = usize::try_from(descriptor::LONGEST).unwrap_or(usize::MAX);
            let text = read_up_to(source.as_ref(), 0, longest)?;
            return extents::open(image, &Descriptor::parse(&text), opening);
        }
        Kind::ChangeTracking => {
            image.conditions.push(Condition::Companion { kind: "change tracking file".into() });
        }
        Kind::Cowd => {
            let header = read_up_to(source.as_ref(), 0, layout::cowd::HEADER_SIZE)?;
            lone(&mut image, "vmfsSparse", cowd::open_extent(source, opening.depth)?);
            if let Some(name) = cowd::parent_name(&header) {
                image.parent = Some(Parent { name, identity: None, present: false });
            }
        }
        Kind::SeSparse => lone(&mut image, "seSparse", sesparse::open_extent(source, opening.depth)?),
    }
    Ok(Reading { image, disk: None, content_id: None })
}

/// Describes an ESX extent whose descriptor was not dropped in its stead. It is no disk by itself: the descriptor
/// says what it builds on.
fn lone(image: &mut Image, subformat: &str, extent: sparse::SparseExtent) {
    image.subformat = Some(subformat.into());
    image.virtual_size = extent.size;
    image.creator = Some("VMware ESXi".into());
    image.conditions = extent.conditions;
    image.conditions.push(Condition::LoneExtent);
    image.allocated = extent.allocated.unwrap_or_default();
    if let Some(layout) = extent.layout {
        image.fact("grainSize", format!("{} bytes", layout.grain_bytes));
    }
}
