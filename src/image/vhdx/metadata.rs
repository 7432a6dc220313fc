//! The metadata: the disk's sizes, and its parent (§2.6).

use super::layout::{
    BLOCK_SIZE, ENTRY_SIZE, FILE_PARAMETER_FLAGS, FILE_PARAMETERS, Guid, HAS_PARENT, ITEM_FLAGS, ITEM_ID,
    ITEM_IS_REQUIRED, ITEM_LENGTH, ITEM_OFFSET, KEY_LENGTH, KEY_OFFSET, LEAVE_BLOCKS_ALLOCATED,
    LOCATOR_COUNT, LOCATOR_ENTRIES, LOCATOR_ENTRY_SIZE, LOGICAL_SECTOR_SIZE, MAX_ENTRIES, METADATA_COUNT,
    METADATA_ENTRIES, METADATA_SIGNATURE, METADATA_TABLE_SIZE, PARENT_LOCATOR, PHYSICAL_SECTOR_SIZE,
    VALUE_LENGTH, VALUE_OFFSET, VIRTUAL_DISK_ID, VIRTUAL_DISK_SIZE, guid_text, utf16,
};
use super::regions::Region;
use crate::image::ImageError;
use crate::image::layout::{Field, bytes_at, le_u32, le_u64};
use crate::image::read_at::{Source, read_up_to, read_vec};

/// The longest item that is read, in bytes; a parent locator has a few hundred.
const MAX_ITEM: u64 = 1024 * 1024;

/// What the metadata say.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub block_size: u32,
    pub leaves_blocks_allocated: bool,
    pub has_parent: bool,
    /// The disk's size in bytes.
    pub size: u64,
    pub virtual_disk_id: Option<Guid>,
    pub logical_sector_size: u32,
    pub physical_sector_size: Option<u32>,
    /// The parent locator's keys and values.
    pub parent_locator: Vec<(String, String)>,
    /// Items that a reader must know, but that are unknown here.
    pub unknown: Vec<String>,
}

/// An item of the metadata table.
struct Item {
    id: Guid,
    /// Where it lies in the file, in bytes.
    offset: u64,
    length: u64,
}

impl Metadata {
    /// Reads the table and the items that are known.
    ///
    /// # Errors
    /// Malformed, when the table or an item that every disk has is missing; or reads that failed.
    pub(super) fn read(source: &Source, region: Region) -> Result<Self, ImageError> {
        let table = read_up_to(source.as_ref(), region.offset, METADATA_TABLE_SIZE)?;
        if !table.starts_with(METADATA_SIGNATURE) {
            let reason = "its signature is missing";
            return Err(ImageError::malformed("metadata table", region.offset, reason));
        }
        let count = usize::from(METADATA_COUNT.get(&table)?).min(MAX_ENTRIES);
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        let entries = table.get(METADATA_ENTRIES..).unwrap_or_default().chunks_exact(ENTRY_SIZE).take(count);
        for entry in entries {
            let id = ITEM_ID.get(entry)?;
            if is_known(id) {
                let offset = region.offset.saturating_add(u64::from(ITEM_OFFSET.get(entry)?));
                known.push(Item { id, offset, length: u64::from(ITEM_LENGTH.get(entry)?) });
            } else if ITEM_FLAGS.get(entry)? & ITEM_IS_REQUIRED != 0 {
                unknown.push(format!("metadata item {}", guid_text(id)));
            }
        }
        let items = Items { source, region, known };
        let parameters = items.required(FILE_PARAMETERS, "file parameters")?;
        let flags = FILE_PARAMETER_FLAGS.get(&parameters)?;
        let number = le_u32("physical sector size", 0);
        Ok(Self {
            block_size: BLOCK_SIZE.get(&parameters)?,
            leaves_blocks_allocated: flags & LEAVE_BLOCKS_ALLOCATED != 0,
            has_parent: flags & HAS_PARENT != 0,
            size: items.value(VIRTUAL_DISK_SIZE, le_u64("virtual disk size", 0))?,
            logical_sector_size: items.value(LOGICAL_SECTOR_SIZE, le_u32("logical sector size", 0))?,
            physical_sector_size: items.optional(PHYSICAL_SECTOR_SIZE, number)?,
            virtual_disk_id: items.optional(VIRTUAL_DISK_ID, bytes_at("virtual disk ID", 0))?,
            parent_locator: items.bytes(PARENT_LOCATOR)?.map_or_else(Vec::new, |bytes| key_values(&bytes)),
            unknown,
        })
    }
}

fn is_known(id: Guid) -> bool {
    [
        FILE_PARAMETERS,
        VIRTUAL_DISK_SIZE,
        VIRTUAL_DISK_ID,
        LOGICAL_SECTOR_SIZE,
        PHYSICAL_SECTOR_SIZE,
        PARENT_LOCATOR,
    ]
    .contains(&id)
}

/// The known items of a table.
struct Items<'a> {
    source: &'a Source,
    region: Region,
    known: Vec<Item>,
}

impl Items<'_> {
    fn bytes(&self, id: Guid) -> Result<Option<Vec<u8>>, ImageError> {
        let Some(item) = self.known.iter().find(|item| item.id == id) else { return Ok(None) };
        if item.length > MAX_ITEM {
            let reason = format!("an item of {} bytes is too long", item.length);
            return Err(ImageError::over_limit("metadata item", item.offset, reason));
        }
        let length = usize::try_from(item.length).unwrap_or(0);
        Ok(Some(read_vec(self.source.as_ref(), item.offset, length)?))
    }

    fn required(&self, id: Guid, name: &'static str) -> Result<Vec<u8>, ImageError> {
        self.bytes(id)?.ok_or_else(|| {
            ImageError::malformed(name, self.region.offset, "this item is missing from the metadata table")
        })
    }

    fn value<T>(&self, id: Guid, field: Field<T>) -> Result<T, ImageError> {
        field.get(&self.required(id, field.name)?)
    }

    fn optional<T>(&self, id: Guid, field: Field<T>) -> Result<Option<T>, ImageError> {
        self.bytes(id)?.map(|bytes| field.get(&bytes)).transpose()
    }
}

/// The keys and values of a parent locator; those that lie outside it are left out.
fn key_values(locator: &[u8]) -> Vec<(String, String)> {
    let count = LOCATOR_COUNT.get(locator).map_or(0, usize::from);
    let text = |offset: Field<u32>, length: Field<u16>, entry: &[u8]| {
        let start = usize::try_from(offset.get(entry).ok()?).ok()?;
        let end = start.checked_add(usize::from(length.get(entry).ok()?))?;
        locator.get(start..end).map(utf16)
    };
    locator
        .get(LOCATOR_ENTRIES..)
        .unwrap_or_default()
        .chunks_exact(LOCATOR_ENTRY_SIZE)
        .take(count.min(64))
        .filter_map(|entry| {
            Some((text(KEY_OFFSET, KEY_LENGTH, entry)?, text(VALUE_OFFSET, VALUE_LENGTH, entry)?))
        })
        .collect()
}
