//! The metadata region: sizes, flags, and where the parent is.

use super::super::guid::Guid;
use super::super::read_at::{ReadError, Source, read_vec};
use super::super::{Condition, Image, ImageError};
use super::layout::metadata as fields;
use crate::sentence::sentence;
use std::ops::Range;

/// What the metadata says of the disk.
#[derive(Debug, Clone, Default)]
pub(super) struct Metadata {
    /// Where the region begins, in bytes.
    pub(super) offset: u64,
    pub(super) block_size: u64,
    /// Whether blocks stay in the file when they are no longer used: a fixed disk.
    pub(super) leaves_blocks_allocated: bool,
    pub(super) has_parent: bool,
    /// The disk's size in bytes.
    pub(super) size: u64,
    pub(super) disk_id: Guid,
    pub(super) logical_sector_size: u64,
    pub(super) physical_sector_size: u64,
    /// The parent locator as it stands.
    pub(super) parent_locator: Option<Vec<u8>>,
}

/// Reads the items of the metadata region `range`. An item that is unknown but required is noted in `image`.
///
/// # Errors
/// Malformed, when the table or an item is not as it should be or missing. What the values mean is for
/// [`Metadata::check`] to judge, so that they can be shown before.
pub(super) fn read(image: &mut Image, file: &Source, range: &Range<u64>) -> Result<Metadata, ImageError> {
    let table = read_in(file, range, 0, fields::TABLE_SIZE, "metadata table")?;
    if !table.starts_with(fields::SIGNATURE) {
        return Err(ImageError::malformed("metadata table", range.start, "its signature is missing"));
    }
    let count = fields::ENTRY_COUNT.get(&table)?;
    if count > fields::MAX_ENTRIES {
        let reason = sentence!("{count} items are more than the table has room for", count);
        return Err(ImageError::malformed("metadata table", range.start, reason));
    }
    let mut metadata = Metadata { offset: range.start, ..Metadata::default() };
    let entries = table.get(fields::ENTRIES..).unwrap_or_default().chunks_exact(fields::ENTRY_SIZE);
    for entry in entries.take(usize::from(count)) {
        let flags = fields::FLAGS.get(entry)?;
        let id = Guid(fields::ITEM_ID.get(entry)?);
        // A user's item may have any GUID, and none of them is known here.
        let known = ITEMS.iter().find(|item| item.id == id && flags & fields::IS_USER == 0);
        match known {
            Some(item) => {
                let bytes = item_bytes(file, range, entry, item.name)?;
                (item.take)(&mut metadata, bytes)?;
            }
            None if flags & fields::IS_REQUIRED != 0 => {
                let name = sentence!("the required metadata item {id}", id = format!("{{{id}}}"));
                image.conditions.push(Condition::UnknownFeature { name });
            }
            None => {}
        }
    }
    Ok(metadata)
}

/// A known item: its GUID, its name, and what it says.
struct Item {
    id: Guid,
    name: &'static str,
    take: fn(&mut Metadata, Vec<u8>) -> Result<(), ImageError>,
}

const ITEMS: &[Item] = &[
    Item {
        id: fields::FILE_PARAMETERS,
        name: "file parameters",
        take: |metadata, bytes| {
            metadata.block_size = u64::from(fields::BLOCK_SIZE.get(&bytes)?);
            let flags = fields::PARAMETER_FLAGS.get(&bytes)?;
            metadata.leaves_blocks_allocated = flags & fields::LEAVE_BLOCKS_ALLOCATED != 0;
            metadata.has_parent = flags & fields::HAS_PARENT != 0;
            Ok(())
        },
    },
    Item {
        id: fields::VIRTUAL_DISK_SIZE,
        name: "virtual disk size",
        take: |metadata, bytes| {
            metadata.size = fields::DISK_SIZE.get(&bytes)?;
            Ok(())
        },
    },
    Item {
        id: fields::VIRTUAL_DISK_ID,
        name: "virtual disk ID",
        take: |metadata, bytes| {
            metadata.disk_id = Guid(fields::DISK_ID.get(&bytes)?);
            Ok(())
        },
    },
    Item {
        id: fields::LOGICAL_SECTOR_SIZE,
        name: "logical sector size",
        take: |metadata, bytes| {
            metadata.logical_sector_size = u64::from(fields::LOGICAL_SIZE.get(&bytes)?);
            Ok(())
        },
    },
    Item {
        id: fields::PHYSICAL_SECTOR_SIZE,
        name: "physical sector size",
        take: |metadata, bytes| {
            metadata.physical_sector_size = u64::from(fields::PHYSICAL_SIZE.get(&bytes)?);
            Ok(())
        },
    },
    Item {
        id: fields::PARENT_LOCATOR,
        name: "parent locator",
        take: |metadata, bytes| {
            metadata.parent_locator = Some(bytes);
            Ok(())
        },
    },
];

fn item_bytes(
    file: &Source,
    range: &Range<u64>,
    entry: &[u8],
    name: &'static str,
) -> Result<Vec<u8>, ImageError> {
    let (offset, length) = (fields::OFFSET.get(entry)?, fields::LENGTH.get(entry)?);
    if offset < fields::FIRST_ITEM || length > fields::MAX_ITEM {
        let reason =
            sentence!("{length} bytes at offset {offset} of the metadata are no item", length, offset);
        return Err(ImageError::malformed(name, range.start, reason));
    }
    read_in(file, range, u64::from(offset), usize::try_from(length).unwrap_or(0), name)
}

/// `length` bytes at `offset` of the metadata region, which must hold them.
fn read_in(
    file: &Source,
    range: &Range<u64>,
    offset: u64,
    length: usize,
    name: &'static str,
) -> Result<Vec<u8>, ImageError> {
    let start = range.start.saturating_add(offset);
    let outside = |what: &str| {
        ImageError::malformed(name, start, sentence!("it lies beyond the end of the {what}", what))
    };
    if start.saturating_add(length as u64) > range.end {
        return Err(outside("metadata region"));
    }
    read_vec(file.as_ref(), start, length).map_err(|error| match error {
        ReadError::OutOfBounds { .. } => outside("file"),
        other => other.into(),
    })
}

impl Metadata {
    /// Checks the values by which everything else is computed.
    ///
    /// # Errors
    /// Malformed, or over limit where the format has one.
    pub(super) fn check(&self) -> Result<(), ImageError> {
        let at = self.offset;
        if !fields::BLOCK_SIZES.contains(&self.block_size) || !self.block_size.is_power_of_two() {
            let reason = sentence!(
                "blocks of {block_size} bytes are no power of two from 1 to 256 MiB",
                block_size = self.block_size
            );
            return Err(ImageError::malformed(fields::BLOCK_SIZE.name, at, reason));
        }
        if !fields::SECTOR_SIZES.contains(&self.logical_sector_size) {
            let reason = sentence!(
                "sectors have 512 or 4096 bytes, not {logical_sector_size}",
                logical_sector_size = self.logical_sector_size
            );
            return Err(ImageError::malformed(fields::LOGICAL_SIZE.name, at, reason));
        }
        if self.size == 0 {
            return Err(ImageError::malformed(fields::DISK_SIZE.name, at, "the disk has no size"));
        }
        if self.size > fields::MAX_DISK {
            let reason =
                sentence!("{size} bytes are more than the 64 TiB that a VHDX may have", size = self.size);
            return Err(ImageError::over_limit(fields::DISK_SIZE.name, at, reason));
        }
        Ok(())
    }
}
