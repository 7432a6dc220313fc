//! The two region tables: where the block allocation table and the metadata lie (§2.2.3).

use super::layout::{
    BAT_REGION, ENTRY_SIZE, MAX_ENTRIES, METADATA_REGION, REGION_COUNT, REGION_ENTRIES, REGION_GUID,
    REGION_LENGTH, REGION_OFFSET, REGION_REQUIRED, REGION_SIGNATURE, REGION_TABLE_OFFSETS, REGION_TABLE_SIZE,
    checksum_is_good, guid_text,
};
use crate::image::read_at::{Source, read_up_to};
use crate::image::{Condition, ImageError};

/// A region of the file, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub offset: u64,
    pub length: u64,
}

impl Region {
    /// Where it ends in the file.
    pub(super) fn end(self) -> u64 {
        self.offset.saturating_add(self.length)
    }
}

/// The regions that every VHDX has.
pub(super) struct Regions {
    pub bat: Region,
    pub metadata: Region,
    /// Regions that a reader must know, but that are unknown here.
    pub unknown: Vec<String>,
    /// Neither table's checksum is right: what is said may be wrong.
    pub is_doubtful: bool,
}

/// Reads the first table with a right checksum, and notes the condition of the first one in `conditions`.
///
/// # Errors
/// Malformed, when neither table can be read; or reads that failed.
pub(super) fn find(source: &Source, conditions: &mut Vec<Condition>) -> Result<Regions, ImageError> {
    let mut tables = Vec::new();
    for offset in REGION_TABLE_OFFSETS {
        let bytes = read_up_to(source.as_ref(), offset, REGION_TABLE_SIZE)?;
        let is_good = bytes.len() == REGION_TABLE_SIZE && checksum_is_good(&bytes);
        if !bytes.starts_with(REGION_SIGNATURE) || !is_good {
            let structure = if tables.is_empty() { "region table 1" } else { "region table 2" };
            tables.push((bytes, false));
            let reason = "the signature or the checksum is wrong".into();
            conditions.push(Condition::BadCopy { structure, offset, reason });
        } else {
            tables.push((bytes, true));
        }
    }
    if let Some((table, _)) = tables.iter().find(|(_, is_good)| *is_good) {
        return read(table, false);
    }
    // With both bad, the one that still looks like a table tells the disk's size, and no more.
    conditions.retain(|condition| {
        !matches!(condition, Condition::BadCopy { structure, .. } if structure.starts_with("region table"))
    });
    let error = || {
        let reason = "neither of the two region tables has a right checksum";
        ImageError::malformed("region table", REGION_TABLE_OFFSETS[0], reason)
    };
    let table = tables.iter().find(|(bytes, _)| bytes.starts_with(REGION_SIGNATURE)).ok_or_else(error)?;
    let regions = read(&table.0, true).map_err(|_| error())?;
    conditions.push(Condition::Damaged(error()));
    Ok(regions)
}

fn read(table: &[u8], is_doubtful: bool) -> Result<Regions, ImageError> {
    let count = usize::try_from(REGION_COUNT.get(table)?).unwrap_or(usize::MAX);
    if count > MAX_ENTRIES {
        let reason = format!("{count} entries are more than the {MAX_ENTRIES} that a table may have");
        return Err(ImageError::malformed("region table", REGION_TABLE_OFFSETS[0], reason));
    }
    let (mut bat, mut metadata, mut unknown) = (None, None, Vec::new());
    let entries = table.get(REGION_ENTRIES..).unwrap_or_default().chunks_exact(ENTRY_SIZE).take(count);
    for entry in entries {
        let region =
            Region { offset: REGION_OFFSET.get(entry)?, length: u64::from(REGION_LENGTH.get(entry)?) };
        match REGION_GUID.get(entry)? {
            BAT_REGION => bat = Some(region),
            METADATA_REGION => metadata = Some(region),
            guid if REGION_REQUIRED.get(entry)? & 1 != 0 => {
                unknown.push(format!("region {}", guid_text(guid)));
            }
            _ => {}
        }
    }
    let missing = |region| {
        let reason = format!("the {region} region is missing");
        ImageError::malformed("region table", REGION_TABLE_OFFSETS[0], reason)
    };
    let bat = bat.ok_or_else(|| missing("BAT"))?;
    let metadata = metadata.ok_or_else(|| missing("metadata"))?;
    Ok(Regions { bat, metadata, unknown, is_doubtful })
}
