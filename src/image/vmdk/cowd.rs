//! The ESX copy-on-write extent ("COWD"): vmfsSparse, the `-delta.vmdk` of snapshots until ESXi 6.

use super::grains::{Dialect, Layout, Packing};
use super::layout::{SECTOR, cowd};
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
    let header = read_up_to(source.as_ref(), 0, cowd::HEADER_SIZE)?;
    extent.size = cowd::CAPACITY.get(&header).ok().map(|sectors| u64::from(sectors).saturating_mul(SECTOR));
    if header.len() < cowd::HEADER_SIZE {
        let needed = Some(cowd::HEADER_SIZE as u64);
        extent.conditions.push(Condition::Truncated { structure: "header", needed });
        return Ok(extent);
    }
    if cowd::UNCLEAN_SHUTDOWN.get(&header)? != 0 {
        extent
            .conditions
            .push(Condition::NotClosed { evidence: "uncleanShutdown is set in the header".into() });
    }
    if cowd::FLAGS.get(&header)? & cowd::FLAG_INCONSISTENT != 0 {
        extent
            .conditions
            .push(Condition::NotClosed { evidence: "the header is flagged as inconsistent".into() });
    }
    match layout(&header) {
        Ok(layout) => extent.surveyed(source, layout, depth),
        Err(error) => Ok(extent.damaged(error)),
    }
}

fn layout(header: &[u8]) -> Result<Layout, ImageError> {
    let version = cowd::VERSION.get(header)?;
    if version != 1 {
        let reason = sentence!("version {version} is not known (1 is)", version);
        return Err(ImageError::unsupported("version", cowd::VERSION.offset as u64, reason));
    }
    let size = u64::from(cowd::CAPACITY.get(header)?).saturating_mul(SECTOR);
    let grain = cowd::GRAIN_SIZE.get(header)?;
    if grain == 0 || grain > 0x20_0000 {
        let reason = sentence!("{grain} sectors are no grain size", grain);
        return Err(ImageError::malformed("grainSize", cowd::GRAIN_SIZE.offset as u64, reason));
    }
    let grain_bytes = u64::from(grain).saturating_mul(SECTOR);
    let needed = Layout::entries_needed(size, grain_bytes, cowd::ENTRIES_PER_TABLE);
    let entries = u64::from(cowd::DIRECTORY_ENTRIES.get(header)?);
    let Some(directory_entries) = needed.filter(|needed| *needed <= entries) else {
        let reason = sentence!("{entries} entries are too few for {size} bytes", entries, size);
        return Err(ImageError::malformed("numGDEntries", cowd::DIRECTORY_ENTRIES.offset as u64, reason));
    };
    let directory = u64::from(cowd::DIRECTORY.get(header)?).saturating_mul(SECTOR);
    if directory == 0 {
        let reason = "sector 0 cannot hold it";
        return Err(ImageError::malformed("gdOffset", cowd::DIRECTORY.offset as u64, reason));
    }
    Ok(Layout {
        dialect: Dialect::Cowd,
        directory,
        directory_entries,
        entries_per_table: cowd::ENTRIES_PER_TABLE,
        grain_bytes,
        size,
        packing: Packing::Plain,
    })
}

/// The parent's file name by the header. A disk without parent has its geometry in the same place.
pub(super) fn parent_name(header: &[u8]) -> Option<String> {
    let field = cowd::PARENT_NAME.get(header).ok()?;
    let name = field.split(|byte| *byte == 0).next()?;
    let name = std::str::from_utf8(name).ok()?;
    let is_name = name.len() > 2 && !name.chars().any(char::is_control);
    is_name.then(|| name.to_owned())
}
