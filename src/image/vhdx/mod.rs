//! Hyper-V's VHDX: "[MS-VHDX]: Virtual Hard Disk v2 (VHDX) File Format". Sections are its own.

mod disk;
mod header;
mod layout;
mod log;
mod metadata;
mod overlay;
mod parent;
mod regions;

#[cfg(test)]
mod tests;

use super::detect::{Probe, Reader};
use super::read_at::{Source, read_up_to};
use super::runs::Runs;
use super::{Condition, Depth, Fault, Format, Image, ImageError, Opened, Opening};
use disk::{Disk, Entry, Table};
use header::Header;
use layout::{
    CREATOR, FILE_SIGNATURE, FULLY_PRESENT, HEADER_OFFSETS, HEADER_SIGNATURE, MIB, PARTIALLY_PRESENT,
    REGION_SIGNATURE, REGION_TABLE_OFFSETS, TIB, UNMAPPED, ZERO, guid_text, utf16,
};
use metadata::Metadata;
use regions::{Region, Regions};
use std::rc::Rc;

/// VHDX, fixed, dynamic and differencing.
pub static READER: Reader = Reader { format: Format::Vhdx, recognise, open };

/// The largest disk that the format allows, in bytes.
const MAX_SIZE: u64 = TIB.saturating_mul(64);
/// A bitmap has a bit for each of this many sectors.
const SECTORS_PER_CHUNK: u64 = 1 << 23;
/// How many bytes of the block allocation table are read at once.
const WINDOW: u64 = 4 * MIB;

/// A guest can write the signature to sector 0 of a raw disk, so one of the four structures behind it is asked for.
fn recognise(probe: &Probe) -> bool {
    let has = |offset: u64, signature: &[u8]| {
        read_up_to(probe.source.as_ref(), offset, signature.len()).is_ok_and(|bytes| bytes == signature)
    };
    probe.head_has(0, FILE_SIGNATURE)
        && (HEADER_OFFSETS.iter().any(|offset| has(*offset, HEADER_SIGNATURE))
            || REGION_TABLE_OFFSETS.iter().any(|offset| has(*offset, REGION_SIGNATURE)))
}

fn open(source: &Source, opening: &Opening) -> Result<Opened, ImageError> {
    let mut image = Image::new(Format::Vhdx, source.size());
    let identifier = read_up_to(source.as_ref(), 0, CREATOR.offset.saturating_add(512))?;
    let creator = CREATOR.get(&identifier).map(|creator| utf16(&creator)).unwrap_or_default();
    image.creator = Some(creator).filter(|creator| !creator.is_empty());
    match read(&mut image, source, opening) {
        Ok(disk) => Ok(Opened { image, disk }),
        Err(error) if error.fault == Fault::Read => Err(error),
        Err(error) => {
            image.conditions.push(Condition::Damaged(error));
            Ok(Opened { image, disk: None })
        }
    }
}

/// Reads the structures in the order in which they lead to each other; what was learned before an error stays in
/// `image`.
fn read(image: &mut Image, source: &Source, opening: &Opening) -> Result<Option<Source>, ImageError> {
    let header = match header::find(source, &mut image.conditions) {
        Err(error) if error.fault != Fault::Read => {
            // The size does not depend on the headers unless the log changes it.
            image.conditions.push(Condition::Damaged(error));
            None
        }
        header => Some(header?),
    };
    let source = match &header {
        Some(header) => replayed(image, source, header)?,
        None => source.clone(),
    };
    let regions = regions::find(&source, &mut image.conditions)?;
    if regions.metadata.offset >= source.size() {
        let needed = Some(regions.metadata.end());
        image.conditions.push(Condition::Truncated { structure: "metadata", needed });
        return Ok(None);
    }
    let metadata = Metadata::read(&source, regions.metadata)?;
    describe(image, header.as_ref(), &regions, &metadata);
    let parent = if metadata.has_parent { parent::find(image, &metadata, opening)? } else { None };
    let table = read_table(&source, &regions, &metadata)?;
    if is_cut(image, regions.bat, &table) {
        return Ok(None);
    }
    if opening.depth == Depth::Complete {
        survey(image, &table, parent.as_ref())?;
    }
    let is_trusted = header.is_some()
        && !regions.is_doubtful
        && !image.conditions.iter().any(|condition| matches!(condition, Condition::UnknownFeature { .. }));
    let parent = parent.and_then(|parent| parent.disk);
    if !is_trusted || (metadata.has_parent && parent.is_none()) {
        return Ok(None);
    }
    Ok(Some(Rc::new(Disk::new(table, parent))))
}

/// The file with its log replayed, where there is something to replay.
fn replayed(image: &mut Image, source: &Source, header: &Header) -> Result<Source, ImageError> {
    if header.version != 1 {
        let name = format!("VHDX version {}", header.version);
        image.conditions.push(Condition::UnknownFeature { name });
    }
    image.fact("current header", format!("at offset {}", header.offset));
    image.fact("sequence number", header.sequence_number.to_string());
    image.fact("file write GUID", guid_text(header.file_write_guid));
    image.fact("data write GUID", guid_text(header.data_write_guid));
    image.fact("log", format!("{} bytes at offset {}", header.log_length, header.log_offset));
    if header.log_guid == [0; 16] {
        return Ok(source.clone());
    }
    image.fact("log GUID", guid_text(header.log_guid));
    if header.log_version != 0 {
        let name = format!("log version {}", header.log_version);
        image.conditions.push(Condition::UnknownFeature { name });
        return Ok(source.clone());
    }
    let Some(replayed) = log::replay(source, header)? else {
        image.fact("log entries to replay", "0");
        return Ok(source.clone());
    };
    image.fact("log entries to replay", replayed.entries.to_string());
    image.conditions.push(Condition::NotClosed { evidence: "a log that waits to be replayed" });
    if replayed.flushed_file_offset > source.size() {
        let needed = Some(replayed.flushed_file_offset);
        image.conditions.push(Condition::Truncated { structure: "file that the log belongs to", needed });
    }
    Ok(Rc::new(replayed.overlay))
}

/// Notes in `image` what the structures say of the disk.
fn describe(image: &mut Image, header: Option<&Header>, regions: &Regions, metadata: &Metadata) {
    image.virtual_size = Some(metadata.size);
    let subformat = match metadata {
        Metadata { has_parent: true, .. } => "differencing",
        Metadata { leaves_blocks_allocated: true, .. } => "fixed",
        _ => "dynamic",
    };
    image.subformat = Some(subformat.into());
    if let Some(header) = header {
        image.fact("version", header.version.to_string());
    }
    for (name, region) in [("BAT region", regions.bat), ("metadata region", regions.metadata)] {
        image.fact(name, format!("{} bytes at offset {}", region.length, region.offset));
    }
    image.fact("block size", format!("{} bytes", metadata.block_size));
    image.fact("leave blocks allocated", if metadata.leaves_blocks_allocated { "yes" } else { "no" });
    image.fact("has parent", if metadata.has_parent { "yes" } else { "no" });
    image.fact("virtual disk size", format!("{} bytes", metadata.size));
    image.fact("logical sector size", format!("{} bytes", metadata.logical_sector_size));
    if let Some(size) = metadata.physical_sector_size {
        image.fact("physical sector size", format!("{size} bytes"));
    }
    if let Some(id) = metadata.virtual_disk_id {
        image.fact("virtual disk ID", guid_text(id));
    }
    for (key, value) in &metadata.parent_locator {
        image.fact("parent locator", format!("{key} = {value}"));
    }
    for name in regions.unknown.iter().chain(&metadata.unknown) {
        image.conditions.push(Condition::UnknownFeature { name: name.clone() });
    }
    if metadata.logical_sector_size != 512 {
        image.conditions.push(Condition::SectorSize { bytes: u64::from(metadata.logical_sector_size) });
    }
    if !metadata.size.is_multiple_of(512) {
        image.conditions.push(Condition::OddSize);
    }
}

fn read_table(source: &Source, regions: &Regions, metadata: &Metadata) -> Result<Table, ImageError> {
    let wrong = |field, reason| Err(ImageError::malformed(field, regions.metadata.offset, reason));
    let block_size = u64::from(metadata.block_size);
    if !(MIB..=MIB.saturating_mul(256)).contains(&block_size) || !block_size.is_power_of_two() {
        let reason = format!("blocks of {block_size} bytes are no power of two from 1 MiB to 256 MiB");
        return wrong("block size", reason);
    }
    let sector_size = u64::from(metadata.logical_sector_size);
    if !matches!(sector_size, 512 | 4096) {
        return wrong("logical sector size", format!("sectors have 512 or 4096 bytes, not {sector_size}"));
    }
    let size = metadata.size;
    if size > MAX_SIZE {
        let reason = format!("{size} bytes are more than the 64 TiB that the format allows");
        return Err(ImageError::over_limit("virtual disk size", regions.metadata.offset, reason));
    }
    let table = Table {
        source: source.clone(),
        offset: regions.bat.offset,
        blocks: size.div_ceil(block_size),
        chunk: SECTORS_PER_CHUNK.saturating_mul(sector_size).checked_div(block_size).unwrap_or(1).max(1),
        block_size,
        sector_size,
        has_parent: metadata.has_parent,
        size,
    };
    if table.entries().saturating_mul(8) > regions.bat.length {
        let reason = format!("its {} bytes are too few for {} entries", regions.bat.length, table.entries());
        return Err(ImageError::malformed("BAT region", regions.bat.offset, reason));
    }
    Ok(table)
}

/// Whether the file ends before its block allocation table does.
fn is_cut(image: &mut Image, region: Region, table: &Table) -> bool {
    let end = region.offset.saturating_add(table.entries().saturating_mul(8));
    let is_cut = end > table.source.size();
    if is_cut {
        let needed = Some(region.end());
        image.conditions.push(Condition::Truncated { structure: "block allocation table", needed });
    }
    is_cut
}

/// What a walk over the table gathers.
#[derive(Default)]
struct Survey {
    runs: Runs,
    /// Where the last block ends in the file, in bytes.
    end: u64,
    has_zero_blocks: bool,
    /// The first block whose state makes no sense, and the state.
    bad_state: Option<(u64, u64)>,
}

impl Survey {
    fn bitmap(&mut self, entry: Entry) {
        if entry.state() == FULLY_PRESENT {
            self.end = self.end.max(entry.offset().saturating_add(MIB));
        }
    }

    fn payload(&mut self, table: &Table, block: u64, entry: Entry) {
        match entry.state() {
            FULLY_PRESENT => {}
            PARTIALLY_PRESENT if table.has_parent => {}
            state => {
                self.has_zero_blocks |= state == ZERO;
                if state > UNMAPPED {
                    self.bad_state = self.bad_state.or(Some((block, state)));
                }
                return;
            }
        }
        let guest = block.saturating_mul(table.block_size);
        // The last block may reach beyond the disk, and QEMU ends a fixed disk's file with the disk.
        let length = table.block_size.min(table.size.saturating_sub(guest));
        self.end = self.end.max(entry.offset().saturating_add(length));
        self.runs.add(guest..guest.saturating_add(length));
    }
}

/// Walks the whole table: what is allocated, whether the file holds it, and which states are used.
fn survey(image: &mut Image, table: &Table, parent: Option<&Opened>) -> Result<(), ImageError> {
    let mut survey = Survey::default();
    let mut first = 0_u64;
    while first < table.entries() {
        let count = table.entries().saturating_sub(first).min(WINDOW / 8);
        for (index, entry) in (first..).zip(table.entries_at(first, count)?) {
            match table.block_of(index) {
                Some(block) if block < table.blocks => survey.payload(table, block, entry),
                Some(_) => {}
                None if table.has_parent => survey.bitmap(entry),
                None => {}
            }
        }
        first = first.saturating_add(count);
    }
    for run in parent.iter().flat_map(|parent| &parent.image.allocated) {
        survey.runs.add(run.clone());
    }
    image.allocated = survey.runs.finish(table.size);
    if survey.end > image.file_size {
        let needed = Some(survey.end);
        image.conditions.push(Condition::Truncated { structure: "blocks", needed });
    }
    if survey.has_zero_blocks {
        image.conditions.push(Condition::UnusualBlocks { state: "ZERO" });
    }
    if let Some((block, state)) = survey.bad_state {
        let reason = format!("block {block} has the state {state}, which this disk cannot have");
        image.conditions.push(Condition::Damaged(ImageError::malformed(
            "block allocation table",
            table.offset,
            reason,
        )));
    }
    Ok(())
}
