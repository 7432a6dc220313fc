//! VHDX, the disk format of Hyper-V since Windows Server 2012: fixed, dynamic and differencing ([MS-VHDX]).
//!
//! Everything that can be torn by a power failure is there twice, has a checksum, or goes through a log. So a file
//! is read in this order: the current header, the log over the file, the regions, the metadata, the table.
//!
//! [MS-VHDX]: https://learn.microsoft.com/openspecs/windows_protocols/ms-vhdx/

mod disk;
mod header;
mod layout;
mod log;
mod metadata;
mod overlay;
mod parent;
mod region;
mod survey;
mod table;

#[cfg(test)]
mod tests;

use super::detect::{Probe, Reader};
use super::guid::Guid;
use super::read_at::{ReadError, read_up_to};
use super::{Condition, Depth, Fact, Fault, Format, Image, ImageError, Opened, Opening, Source, raw};
use crate::sentence::sentence;
use disk::Disk;
use header::Header;
use layout::{header as header_fields, identifier, region as region_fields, text};
use metadata::Metadata;
use region::Regions;
use std::rc::Rc;
use table::BlockTable;

/// VHDX of every kind.
pub static READER: Reader = Reader { format: Format::Vhdx, recognise, open };

/// The signature alone is not enough: a raw disk's guest can write it. Behind it a VHDX has headers and region
/// tables, of which one at least must be there, unless the file ends before them.
fn recognise(probe: &Probe) -> bool {
    probe.head_has(0, identifier::SIGNATURE)
        && !raw::has_partition_table(probe.head, probe.size)
        && has_second_structure(probe.source).unwrap_or(true)
}

/// Whether `source` is one, for a parent that is looked for.
fn is_vhdx(source: &Source) -> Result<bool, ImageError> {
    let start = read_up_to(source.as_ref(), 0, identifier::SIGNATURE.len())?;
    Ok(start == identifier::SIGNATURE)
}

/// Whether a header or a region table is where it belongs; an error where the file ends before.
fn has_second_structure(source: &Source) -> Result<bool, ReadError> {
    let headers = header_fields::OFFSETS.map(|offset| (offset, header_fields::SIGNATURE));
    let regions = region_fields::OFFSETS.map(|offset| (offset, region_fields::SIGNATURE));
    for (offset, signature) in headers.into_iter().chain(regions) {
        let mut start = [0; 4];
        source.read_at(offset, &mut start)?;
        if start == *signature {
            return Ok(true);
        }
    }
    Ok(false)
}

fn open(source: &Source, opening: &Opening) -> Result<Opened, ImageError> {
    let mut image = Image::new(Format::Vhdx, source.size());
    let start = read_up_to(source.as_ref(), 0, identifier::SIZE)?;
    image.creator = identifier::CREATOR.get(&start).ok().map(|units| text(&units).trim().to_owned());
    image.creator = image.creator.filter(|creator| !creator.is_empty());
    let disk = match read(&mut image, source, opening) {
        Err(error) if error.fault != Fault::Read => {
            image.conditions.push(Condition::Damaged(error));
            None
        }
        disk => disk?,
    };
    // What an unknown feature means is unknown: the specification forbids to go on.
    let is_known = !image.conditions.iter().any(|c| matches!(c, Condition::UnknownFeature { .. }));
    Ok(Opened { image, disk: disk.filter(|_| is_known) })
}

fn read(image: &mut Image, source: &Source, opening: &Opening) -> Result<Option<Source>, ImageError> {
    // The file was cut, or lies in a compressed one of which only the beginning is at hand.
    if let Err(ReadError::OutOfBounds { .. }) = source.read_at(header_fields::OFFSETS[0], &mut [0; 4]) {
        image.conditions.push(Condition::Truncated { structure: "header", needed: None });
        return Ok(None);
    }
    let header = match header::current(image, source) {
        Ok(header) => header,
        Err(error) => {
            // What the disk is may be told all the same, but not its bytes: the log may have been theirs.
            let told = describe(image, source, opening.depth);
            return Err(told.err().filter(|told| told.fault == Fault::Read).unwrap_or(error));
        }
    };
    add_header_facts(image, &header);
    let file = replay(image, source, &header)?;
    let Some((regions, metadata)) = describe(image, &file, opening.depth)? else { return Ok(None) };
    if regions.is_doubtful {
        return Ok(None);
    }
    metadata.check()?;
    let parent = if metadata.has_parent { parent::find(image, &metadata, opening)? } else { None };
    let table = BlockTable::new(&file, regions.bat.start, &metadata);
    if table.end() > regions.bat.end {
        let reason = sentence!(
            "the disk needs {entries} entries, for which there is no room",
            entries = table.entries()
        );
        return Err(ImageError::malformed("block allocation table", regions.bat.start, reason));
    }
    if table.end() > source.size() {
        let structure = "block allocation table";
        image.conditions.push(Condition::Truncated { structure, needed: Some(table.end()) });
        return Ok(None);
    }
    let survey = survey::survey(&table, &header, &regions, opening.depth)?;
    let allocated = parent.as_ref().map(|parent| parent.image.allocated.as_slice());
    survey.report(image, &table, file.size(), allocated);
    let parent = parent.and_then(|parent| parent.disk);
    if metadata.has_parent && parent.is_none() {
        return Ok(None);
    }
    Ok(Some(Rc::new(Disk { table, parent })))
}

/// Reads the regions and the metadata, and says in `image` what the disk is. `None` when the file ends before.
fn describe(
    image: &mut Image,
    file: &Source,
    depth: Depth,
) -> Result<Option<(Regions, Metadata)>, ImageError> {
    let regions = region::read(image, file, depth)?;
    if regions.metadata.end > image.file_size {
        let needed = Some(regions.metadata.end.max(regions.bat.end));
        image.conditions.push(Condition::Truncated { structure: "metadata region", needed });
        return Ok(None);
    }
    let metadata = metadata::read(image, file, &regions.metadata)?;
    image.virtual_size = Some(metadata.size);
    let subformat = match (metadata.has_parent, metadata.leaves_blocks_allocated) {
        (true, _) => "differencing",
        (false, true) => "fixed",
        (false, false) => "dynamic",
    };
    image.subformat = Some(subformat.into());
    image.fact("VirtualDiskSize", format!("{} bytes", metadata.size));
    image.fact("BlockSize", format!("{} bytes", metadata.block_size));
    image.fact("LogicalSectorSize", format!("{} bytes", metadata.logical_sector_size));
    image.fact("PhysicalSectorSize", format!("{} bytes", metadata.physical_sector_size));
    image.fact("VirtualDiskId", metadata.disk_id.to_string());
    if metadata.logical_sector_size != EXPECTED_SECTOR {
        image.conditions.push(Condition::SectorSize { bytes: metadata.logical_sector_size });
    }
    if !metadata.size.is_multiple_of(EXPECTED_SECTOR) {
        image.conditions.push(Condition::OddSize);
    }
    Ok(Some((regions, metadata)))
}

/// The sectors that most systems, and EBS, have, in bytes.
const EXPECTED_SECTOR: u64 = 512;

fn add_header_facts(image: &mut Image, header: &Header) {
    image.fact("current header", format!("at offset {}", header.offset));
    image.fact(header_fields::SEQUENCE_NUMBER.name, header.sequence_number.to_string());
    image.fact(header_fields::VERSION.name, header.version.to_string());
    image.fact(header_fields::FILE_WRITE_GUID.name, header.file_write_id.to_string());
    image.fact(header_fields::DATA_WRITE_GUID.name, header.data_write_id.to_string());
    image.fact(header_fields::LOG_LENGTH.name, format!("{} bytes", header.log_length));
    if header.version != header_fields::VERSION_KNOWN {
        let name = sentence!("version {version} of the format", version = header.version);
        image.conditions.push(Condition::UnknownFeature { name });
    }
}

/// The file as it is after its log was replayed.
fn replay(image: &mut Image, source: &Source, header: &Header) -> Result<Source, ImageError> {
    if header.log_id != Guid::NIL && header.log_version != header_fields::LOG_VERSION_KNOWN {
        let name = sentence!("version {log_version} of the log", log_version = header.log_version);
        image.conditions.push(Condition::UnknownFeature { name });
        return Ok(source.clone());
    }
    let Some(replayed) = log::replay(source, header)? else {
        if header.log_id != Guid::NIL {
            image.fact("log", "named, but without entries: there is nothing to replay");
        }
        return Ok(source.clone());
    };
    image.fact("log", format!("{} entries, replayed in memory", replayed.entries));
    let evidence = "its log holds changes that were not carried out".into();
    image.conditions.push(Condition::NotClosed { evidence });
    if replayed.flushed > source.size() {
        let needed = Some(replayed.flushed);
        image.conditions.push(Condition::Truncated { structure: "end that the log knows", needed });
    }
    Ok(Rc::new(replayed.overlay))
}
