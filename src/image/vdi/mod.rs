//! VirtualBox's disk images (VDI): little-endian, described only by VirtualBox's `VDICore.h` and by QEMU's reader.

mod disk;

#[cfg(test)]
mod tests;

use super::detect::{Probe, Reader};
use super::layout::{Field, bytes_at, le_u32, le_u64};
use super::parent;
use super::read_at::{read_up_to, read_vec};
use super::runs::{MOST_TABLES, Runs};
use super::{
    Condition, Depth, Fault, Format, Image, ImageError, Opened, Opening, Parent, Source, base_name, raw,
};
use crate::sentence::sentence;
use disk::{Block, Disk, Map};
use std::fmt::Write;

/// VDI, dynamic, static and differencing.
pub static READER: Reader = Reader { format: Format::Vdi, recognise, open };

const TEXT: Field<[u8; 64]> = bytes_at("text", 0);
const SIGNATURE: Field<u32> = le_u32("signature", 0x40);
const VERSION: Field<u32> = le_u32("version", 0x44);
const IMAGE_TYPE: Field<u32> = le_u32("image type", 0x4C);
const MAP_OFFSET: Field<u32> = le_u32("offset of the block map", 0x154);
const DATA_OFFSET: Field<u32> = le_u32("offset of the data", 0x158);
const SECTOR_SIZE: Field<u32> = le_u32("sector size", 0x168);
const DISK_SIZE: Field<u64> = le_u64("disk size", 0x170);
const BLOCK_SIZE: Field<u32> = le_u32("block size", 0x178);
const BLOCK_EXTRA: Field<u32> = le_u32("block extra data", 0x17C);
const BLOCKS: Field<u32> = le_u32("blocks", 0x180);
const ALLOCATED: Field<u32> = le_u32("blocks allocated", 0x184);
const IMAGE_UUID: Field<[u8; 16]> = bytes_at("image UUID", 0x188);
const LINK_UUID: Field<[u8; 16]> = bytes_at("link UUID", 0x1A8);
const PARENT_UUID: Field<[u8; 16]> = bytes_at("parent UUID", 0x1B8);
const HEADER_SIZE: usize = 512;

const MAGIC: u32 = 0xBEDA_107F;
/// The version since VirtualBox 1.4; the fields of 0.x lie elsewhere.
const MAJOR_KNOWN: u32 = 1;

const TYPE_DYNAMIC: u32 = 1;
const TYPE_STATIC: u32 = 2;
const TYPE_UNDO: u32 = 3;
const TYPE_DIFFERENCING: u32 = 4;

const MAX_BLOCK: u32 = 256 * 1024 * 1024;
/// How many bytes of the block map are read at once.
const WINDOW: u64 = 4 * 1024 * 1024;

fn recognise(probe: &Probe) -> bool {
    SIGNATURE.get(probe.head) == Ok(MAGIC)
        && VERSION.get(probe.head).is_ok_and(|version| matches!(version, 1 | 0x0001_0000..=0x0001_FFFF))
        && !raw::has_partition_table(probe.head, probe.size)
}

fn open(source: &Source, opening: &Opening) -> Result<Opened, ImageError> {
    let header = read_up_to(source.as_ref(), 0, HEADER_SIZE)?;
    let version = VERSION.get(&header)?;
    if version.wrapping_shr(16) != MAJOR_KNOWN {
        let reason = "this is a disk of VirtualBox before version 1.4";
        return Err(ImageError::unsupported(VERSION.name, VERSION.offset as u64, reason));
    }
    let mut image = Image::new(Format::Vdi, source.size());
    let kind = IMAGE_TYPE.get(&header)?;
    image.virtual_size = Some(DISK_SIZE.get(&header)?);
    let text = TEXT.get(&header)?;
    let text = String::from_utf8_lossy(&text);
    let creator = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '\0'));
    image.creator = Some(creator.to_owned()).filter(|creator| !creator.is_empty());
    let links = [LINK_UUID.get(&header)?, PARENT_UUID.get(&header)?];
    let differencing = links.iter().any(|uuid| *uuid != [0; 16]);
    image.subformat = match kind {
        TYPE_DIFFERENCING | TYPE_UNDO => Some("differencing".into()),
        _ if differencing => Some("differencing".into()),
        TYPE_DYNAMIC => Some("dynamic".into()),
        TYPE_STATIC => Some("static".into()),
        _ => None,
    };
    add_facts(&mut image, &header)?;
    let map = match map(source, &header) {
        Ok(map) => map,
        Err(error) => {
            image.conditions.push(Condition::Damaged(error));
            return Ok(Opened { image, disk: None });
        }
    };
    let differencing = differencing || matches!(kind, TYPE_DIFFERENCING | TYPE_UNDO);
    let parent = if differencing { find_parent(&mut image, links[0], opening)? } else { None };
    if map.end() > source.size() {
        image.conditions.push(Condition::Truncated { structure: "block map", needed: Some(map.end()) });
        return Ok(Opened { image, disk: None });
    }
    if let Err(error) = check_blocks(&mut image, &map, &header, opening.depth) {
        if error.fault == Fault::Read {
            return Err(error);
        }
        image.conditions.push(Condition::Damaged(error));
        return Ok(Opened { image, disk: None });
    }
    if opening.depth == Depth::Complete
        && let Some(parent) = &parent
    {
        let mut runs = Runs::default();
        for run in image.allocated.iter().chain(&parent.image.allocated) {
            runs.add(run.clone());
        }
        image.allocated = runs.finish(map.size);
    }
    let parent_disk = parent.and_then(|parent| parent.disk);
    if differencing && parent_disk.is_none() {
        return Ok(Opened { image, disk: None });
    }
    Ok(Opened { image, disk: Some(std::rc::Rc::new(Disk::new(map, parent_disk))) })
}

fn add_facts(image: &mut Image, header: &[u8]) -> Result<(), ImageError> {
    let version = VERSION.get(header)?;
    image.fact(VERSION.name, format!("{}.{}", version.wrapping_shr(16), version & 0xFFFF));
    image.fact(
        IMAGE_TYPE.name,
        match IMAGE_TYPE.get(header)? {
            TYPE_DYNAMIC => "1 (dynamic)".into(),
            TYPE_STATIC => "2 (static)".into(),
            TYPE_UNDO => "3 (undo)".into(),
            TYPE_DIFFERENCING => "4 (differencing)".into(),
            other => format!("{other} (unknown)"),
        },
    );
    image.fact(DISK_SIZE.name, format!("{} bytes", DISK_SIZE.get(header)?));
    image.fact(BLOCK_SIZE.name, format!("{} bytes", BLOCK_SIZE.get(header)?));
    image.fact(BLOCKS.name, BLOCKS.get(header)?.to_string());
    image.fact(ALLOCATED.name, ALLOCATED.get(header)?.to_string());
    image.fact(IMAGE_UUID.name, uuid(IMAGE_UUID.get(header)?));
    for field in [LINK_UUID, PARENT_UUID] {
        let value = field.get(header)?;
        if value != [0; 16] {
            image.fact(field.name, uuid(value));
        }
    }
    if !DISK_SIZE.get(header)?.is_multiple_of(512) {
        image.conditions.push(Condition::OddSize);
    }
    let sector = u64::from(SECTOR_SIZE.get(header)?);
    if sector != 512 && sector != 0 {
        image.conditions.push(Condition::SectorSize { bytes: sector });
    }
    Ok(())
}

fn map(source: &Source, header: &[u8]) -> Result<Map, ImageError> {
    let block_size = BLOCK_SIZE.get(header)?;
    if !(512..=MAX_BLOCK).contains(&block_size) || !block_size.is_power_of_two() {
        let reason = sentence!(
            "blocks of {block_size} bytes are no power of two from 512 bytes to 256 MiB",
            block_size
        );
        return Err(ImageError::malformed(BLOCK_SIZE.name, BLOCK_SIZE.offset as u64, reason));
    }
    let size = DISK_SIZE.get(header)?;
    let blocks = BLOCKS.get(header)?;
    let needed = size.div_ceil(u64::from(block_size));
    if needed > u64::from(blocks) {
        let reason = sentence!(
            "{blocks} blocks are too few for {size} bytes, which need {needed}",
            blocks,
            size,
            needed
        );
        return Err(ImageError::malformed(BLOCKS.name, BLOCKS.offset as u64, reason));
    }
    let extra = u64::from(BLOCK_EXTRA.get(header)?);
    if extra >= u64::from(MAX_BLOCK) {
        let reason = sentence!("{extra} bytes before each block are no size", extra);
        return Err(ImageError::malformed(BLOCK_EXTRA.name, BLOCK_EXTRA.offset as u64, reason));
    }
    Ok(Map {
        source: source.clone(),
        offset: u64::from(MAP_OFFSET.get(header)?),
        blocks: needed,
        data: u64::from(DATA_OFFSET.get(header)?),
        block_size: u64::from(block_size),
        extra,
        size,
    })
}

/// Finds out whether the file holds the blocks it should, and in the complete pass which ones hold data.
fn check_blocks(image: &mut Image, map: &Map, header: &[u8], depth: Depth) -> Result<(), ImageError> {
    let mut needed = map.data.saturating_add(
        u64::from(ALLOCATED.get(header)?).saturating_mul(map.block_size.saturating_add(map.extra)),
    );
    if depth == Depth::Complete && map.blocks.saturating_mul(4) <= MOST_TABLES {
        let mut runs = Runs::default();
        let mut first = 0_u64;
        while first < map.blocks {
            let count = map.blocks.saturating_sub(first).min(WINDOW / 4);
            for (index, block) in (first..).zip(map.blocks_at(first, count)?) {
                if let Block::At(offset) = block {
                    let guest = index.saturating_mul(map.block_size);
                    let length = map.block_size.min(map.size.saturating_sub(guest));
                    runs.add(guest..guest.saturating_add(length));
                    needed = needed.max(offset.saturating_add(length));
                }
            }
            first = first.saturating_add(count);
        }
        image.allocated = runs.finish(map.size);
    }
    if needed > map.source.size() {
        image.conditions.push(Condition::Truncated { structure: "blocks", needed: Some(needed) });
    }
    Ok(())
}

/// The parent among the files: a VDI knows it by its UUID alone.
fn find_parent(image: &mut Image, link: [u8; 16], opening: &Opening) -> Result<Option<Opened>, ImageError> {
    let identity = uuid(link);
    let found = opening.set.files.iter().find(|file| {
        base_name(&file.name) != base_name(opening.name)
            && read_vec(file.source.as_ref(), 0, HEADER_SIZE).is_ok_and(|header| {
                SIGNATURE.get(&header) == Ok(MAGIC) && IMAGE_UUID.get(&header) == Ok(link) && link != [0; 16]
            })
    });
    image.parent = Some(Parent {
        name: found.map_or_else(|| format!("{{{identity}}}"), |file| file.name.clone()),
        identity: Some(identity),
        present: found.is_some(),
    });
    match found {
        Some(file) => parent::open(image, file, opening, open),
        None => Ok(None),
    }
}

/// A UUID as VirtualBox writes it.
fn uuid(bytes: [u8; 16]) -> String {
    // The first three groups are little-endian.
    const ORDER: [usize; 16] = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
    let mut text = String::with_capacity(36);
    for (index, byte) in ORDER.iter().filter_map(|at| bytes.get(*at)).enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
