//! The seSparse extent: `-sesparse.vmdk`, the snapshots of ESXi 6.5 and later, and of View desktops before.

use super::grains::{Dialect, Layout, Packing};
use super::layout::{SECTOR, sesparse};
use super::sparse::SparseExtent;
use crate::image::read_at::{Source, read_up_to};
use crate::image::{Condition, Depth, ImageError};
use crate::sentence::sentence;

/// Opens the extent.
///
/// # Errors
/// Only reads that failed.
pub(super) fn open_extent(source: &Source, depth: Depth) -> Result<SparseExtent, ImageError> {
    let mut extent = SparseExtent::default();
    let header = read_up_to(source.as_ref(), 0, sesparse::HEADER_SIZE)?;
    extent.size = sesparse::CAPACITY.get(&header).ok().and_then(|sectors| sectors.checked_mul(SECTOR));
    if header.len() < sesparse::HEADER_SIZE {
        let needed = Some(sesparse::HEADER_SIZE as u64);
        extent.conditions.push(Condition::Truncated { structure: "header", needed });
        return Ok(extent);
    }
    let layout = match layout(&header) {
        Ok(layout) => layout,
        Err(error) => return Ok(extent.damaged(error)),
    };
    let volatile = sesparse::VOLATILE_HEADER.get(&header)?.saturating_mul(SECTOR);
    let volatile = read_up_to(source.as_ref(), volatile, sesparse::HEADER_SIZE)?;
    let magic = sesparse::VOLATILE_MAGIC.get(&volatile);
    if magic == Ok(sesparse::VOLATILE_MAGIC_VALUE) && sesparse::REPLAY_JOURNAL.get(&volatile)? != 0 {
        // The tables in the file are older than the journal, which is not replayed here.
        extent.conditions.push(Condition::NotClosed { evidence: "a journal waits to be replayed".into() });
        return Ok(extent);
    }
    extent.surveyed(source, layout, depth)
}

fn layout(header: &[u8]) -> Result<Layout, ImageError> {
    /// Sectors of a grain: 4 KiB, the only size that ESXi writes.
    const GRAIN_SIZE: u64 = 8;
    /// Sectors of a grain table: 4096 entries of 64 bits.
    const TABLE_SIZE: u64 = 64;
    let at = |field: &crate::image::layout::Field<u64>| field.offset as u64;
    let only = |field: &crate::image::layout::Field<u64>, known: u64| {
        let value = field.get(header)?;
        if value == known {
            return Ok(());
        }
        let reason = sentence!(
            "{value} is not known ({known} is)",
            value = format!("{:#x}", value),
            known = format!("{:#x}", known)
        );
        Err(ImageError::unsupported(field.name, at(field), reason))
    };
    only(&sesparse::VERSION, sesparse::VERSION_2_1)?;
    only(&sesparse::GRAIN_SIZE, GRAIN_SIZE)?;
    only(&sesparse::TABLE_SIZE, TABLE_SIZE)?;
    only(&sesparse::FLAGS, 0)?;
    let bytes = |field: &crate::image::layout::Field<u64>| {
        let sectors = field.get(header)?;
        sectors.checked_mul(SECTOR).filter(|bytes| *bytes > 0).ok_or_else(|| {
            ImageError::malformed(field.name, at(field), sentence!("{sectors} sectors cannot be", sectors))
        })
    };
    let size = bytes(&sesparse::CAPACITY)?;
    let entries_per_table = TABLE_SIZE.saturating_mul(SECTOR) / 8;
    let grain_bytes = GRAIN_SIZE.saturating_mul(SECTOR);
    let needed = Layout::entries_needed(size, grain_bytes, entries_per_table);
    let entries = bytes(&sesparse::DIRECTORY_SIZE)? / 8;
    let Some(directory_entries) = needed.filter(|needed| *needed <= entries) else {
        let reason = sentence!("{entries} entries are too few for {size} bytes", entries, size);
        return Err(ImageError::malformed("grainDirSize", at(&sesparse::DIRECTORY_SIZE), reason));
    };
    let dialect = Dialect::SeSparse { tables: bytes(&sesparse::TABLES)?, grains: bytes(&sesparse::GRAINS)? };
    Ok(Layout {
        dialect,
        directory: bytes(&sesparse::DIRECTORY)?,
        directory_entries,
        entries_per_table,
        grain_bytes,
        size,
        packing: Packing::Plain,
    })
}
