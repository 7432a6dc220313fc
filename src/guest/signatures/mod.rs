//! File systems, volumes and encryption by their signatures: one table ([`table::SIGNATURES`]), a row each.
//!
//! To add one, copy a row: where its mark stands, and a function that checks what the mark alone leaves open and
//! finds label and UUID.

mod fields;
pub(super) use fields::{FatKind, fat_kind};
mod table;

use crate::image::Source;
use crate::image::read_at::{read_up_to, read_vec};
use table::SIGNATURES;

/// How much of a volume's start is read at once, in bytes. Most marks lie in it.
const HEAD: usize = 64 * 1024;

/// What a volume holds, as its signature says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Found {
    /// The name: `ext4`, `ntfs`, `luks2` …
    pub(super) name: &'static str,
    /// The label, where it was found.
    pub(super) label: Option<String>,
    /// The UUID or serial number, where it was found.
    pub(super) uuid: Option<String>,
}

/// Where a mark stands.
#[derive(Clone, Copy)]
enum Place {
    /// At this byte.
    At(u64),
    /// At a byte that follows from the volume's size.
    BySize(fn(u64) -> Option<u64>),
}

/// How far to look for a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// In the first 64 KiB: one read.
    Head,
    /// Anywhere.
    Everywhere,
}

struct Signature {
    name: &'static str,
    /// Any of these bytes at any of these places.
    marks: &'static [(Place, &'static [u8])],
    /// Checks what the mark leaves open; `None` says that it is something else.
    details: fn(&Volume) -> Option<Details>,
}

/// Label and UUID.
#[derive(Debug, Default)]
struct Details {
    label: Option<String>,
    uuid: Option<String>,
}

/// A volume under examination, with its start at hand.
struct Volume {
    source: Source,
    head: Vec<u8>,
}

impl Volume {
    fn new(source: &Source) -> Option<Self> {
        Some(Self { source: source.clone(), head: read_up_to(source.as_ref(), 0, HEAD).ok()? })
    }

    /// `len` bytes at `offset`; `None` where the volume does not have or does not give them.
    fn bytes(&self, offset: u64, len: usize) -> Option<Vec<u8>> {
        let from_head = usize::try_from(offset)
            .ok()
            .and_then(|start| self.head.get(start..start.checked_add(len)?))
            .map(<[u8]>::to_vec);
        from_head.or_else(|| read_vec(self.source.as_ref(), offset, len).ok())
    }

    fn has(&self, place: Place, mark: &[u8], reach: Reach) -> bool {
        let offset = match place {
            Place::At(offset) => Some(offset),
            Place::BySize(_) if reach == Reach::Head => None,
            Place::BySize(offset) => offset(self.source.size()),
        };
        let in_reach = |offset: &u64| {
            reach == Reach::Everywhere || offset.saturating_add(mark.len() as u64) <= self.head.len() as u64
        };
        offset.filter(in_reach).and_then(|offset| self.bytes(offset, mark.len())).is_some_and(|at| at == mark)
    }
}

/// What `source` holds; `None` when nothing is recognised within `reach`.
pub(super) fn identify(source: &Source, reach: Reach) -> Option<Found> {
    let volume = Volume::new(source)?;
    SIGNATURES.iter().find_map(|signature| {
        signature.marks.iter().any(|(place, mark)| volume.has(*place, mark, reach)).then_some(())?;
        let details = (signature.details)(&volume)?;
        Some(Found { name: signature.name, label: details.label, uuid: details.uuid })
    })
}

/// Whether a sector marked 55 AA is the boot sector of FAT, NTFS or exFAT, and so no MBR.
pub(super) fn is_boot_sector_of_file_system(sector: &[u8]) -> bool {
    fields::fat_kind(sector).is_some()
        || sector.get(3..).is_some_and(|name| name.starts_with(b"NTFS    ") || name.starts_with(b"EXFAT   "))
}

#[cfg(test)]
mod tests;
