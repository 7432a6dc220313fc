//! Microsoft's Virtual Hard Disk (VHD, QEMU's `vpc`): "Virtual Hard Disk Image Format Specification" 1.0.

mod disk;
mod footer;
mod layout;
mod parent;

#[cfg(test)]
mod tests;

use super::detect::{Probe, Reader};
use super::read_at::{Window, read_vec};
use super::runs::Runs;
use super::{Condition, Depth, Fault, Format, Image, ImageError, Opened, Opening, Source};
use disk::{Disk, Table};
use footer::{Footer, Found};
use layout::{
    BLOCK_SIZE, CREATOR_APPLICATION, CREATOR_HOST_OS, CREATOR_VERSION, CURRENT_SIZE, DATA_OFFSET, DISK_TYPE,
    FEATURES, FOOTER_SIZE, HEADER_CHECKSUM, HEADER_COOKIE, HEADER_SIZE, HEADER_VERSION, MAX_TABLE_ENTRIES,
    ORIGINAL_SIZE, SECTOR, TABLE_OFFSET, TIME_STAMP, TYPE_DIFFERENCING, TYPE_DYNAMIC, TYPE_FIXED, UNIQUE_ID,
    VERSION, checksum,
};
use std::fmt::Write;
use std::rc::Rc;

/// VHD, fixed, dynamic and differencing.
pub static READER: Reader = Reader { format: Format::Vhd, recognise, open };

/// The largest block that is read here, in bytes; programs write blocks of 512 KiB and 2 MiB.
const MAX_BLOCK: u64 = 256 * 1024 * 1024;
/// How many bytes of the block allocation table are read at once.
const WINDOW: u64 = 4 * 1024 * 1024;

/// What the creator's four letters stand for.
const CREATORS: [(&[u8; 4], &str); 10] = [
    (b"win ", "Windows"),
    (b"vpc ", "Virtual PC"),
    (b"vs  ", "Virtual Server"),
    (b"d2v\0", "Disk2vhd"),
    (b"qemu", "QEMU"),
    (b"qem2", "QEMU"),
    (b"vbox", "VirtualBox"),
    (b"tap\0", "Xen blktap"),
    (b"CTXS", "Citrix XenServer"),
    (b"wa\0\0", "Windows Azure"),
];

fn recognise(probe: &Probe) -> bool {
    // Most files are no VHD: only where a cookie can be seen is the file itself looked at.
    let has_cookie = probe.head_has(0, layout::COOKIE)
        || probe.tail.windows(layout::COOKIE.len()).any(|bytes| bytes == layout::COOKIE);
    has_cookie && matches!(footer::find(probe.source), Ok(Some(_)))
}

fn open(source: &Source, opening: &Opening) -> Result<Opened, ImageError> {
    let Some(Found { footer, conditions, lacks_end }) = footer::find(source)? else {
        return Err(ImageError::malformed("footer", 0, "no footer is to be found at either end of the file"));
    };
    let mut image = Image::new(Format::Vhd, source.size());
    image.virtual_size = Some(footer.current_size);
    image.creator = creator(&footer)?;
    image.conditions = conditions;
    add_facts(&mut image, &footer)?;
    add_conditions(&mut image, &footer);
    let disk = match footer.kind {
        TYPE_FIXED => Ok(open_fixed(&mut image, source, &footer)),
        TYPE_DYNAMIC | TYPE_DIFFERENCING => open_sparse(&mut image, source, &footer, lacks_end, opening),
        other => {
            let reason = format!("{other} is no type of disk (2 is fixed, 3 dynamic, 4 differencing)");
            let offset = footer.offset.saturating_add(DISK_TYPE.offset as u64);
            Err(ImageError::unsupported(DISK_TYPE.name, offset, reason))
        }
    };
    match disk {
        Ok(disk) => Ok(Opened { image, disk }),
        Err(error) if error.fault == Fault::Read => Err(error),
        Err(error) => {
            image.conditions.push(Condition::Damaged(error));
            Ok(Opened { image, disk: None })
        }
    }
}

fn add_conditions(image: &mut Image, footer: &Footer) {
    if !footer.current_size.is_multiple_of(SECTOR) {
        image.conditions.push(Condition::OddSize);
    }
    if footer.has_saved_state() {
        image.conditions.push(Condition::SavedState);
    }
    if let Some(geometry) = footer.geometry_mismatch() {
        image.conditions.push(Condition::GeometryMismatch { geometry });
    }
}

/// The data of a fixed disk stands as it is, from offset 0 up to the footer.
fn open_fixed(image: &mut Image, source: &Source, footer: &Footer) -> Option<Source> {
    image.subformat = Some("fixed".into());
    if footer.current_size > footer.offset {
        let needed = Some(footer.current_size.saturating_add(footer.length));
        image.conditions.push(Condition::Truncated { structure: "data", needed });
        return None;
    }
    let between = footer.offset.saturating_sub(footer.current_size);
    if between > 0 {
        image.fact("bytes between data and footer", between.to_string());
        image.conditions.push(Condition::TrailingBytes { count: between });
    }
    Some(Rc::new(Window::new(source.clone(), 0, footer.current_size)))
}

fn open_sparse(
    image: &mut Image,
    source: &Source,
    footer: &Footer,
    lacks_end: bool,
    opening: &Opening,
) -> Result<Option<Source>, ImageError> {
    let is_child = footer.kind == TYPE_DIFFERENCING;
    image.subformat = Some(if is_child { "differencing" } else { "dynamic" }.into());
    let mut truncated =
        lacks_end.then_some(Condition::Truncated { structure: "footer behind the data", needed: None });
    let header = read_header(source, footer).inspect_err(|_| image.conditions.extend(truncated.clone()))?;
    if HEADER_CHECKSUM.get(&header)? != checksum(&header, HEADER_CHECKSUM) {
        let offset = footer.data_offset;
        image.conditions.push(Condition::BadChecksum { structure: "dynamic header", offset });
    }
    for field in [HEADER_VERSION, MAX_TABLE_ENTRIES, BLOCK_SIZE] {
        image.fact(field.name, field.get(&header)?.to_string());
    }
    image.fact(TABLE_OFFSET.name, TABLE_OFFSET.get(&header)?.to_string());
    let parent = if is_child { parent::find(image, source, &header, opening)? } else { None };
    let table =
        read_table(source, footer, &header).inspect_err(|_| image.conditions.extend(truncated.clone()))?;
    if table.end() > source.size() {
        let needed = Some(table.end().saturating_add(FOOTER_SIZE as u64));
        image.conditions.push(Condition::Truncated { structure: "block allocation table", needed });
        return Ok(None);
    }
    if opening.depth == Depth::Complete {
        let mut runs = Runs::default();
        let end = walk(&table, &mut runs)?;
        for run in parent.iter().flat_map(|parent| &parent.image.allocated) {
            runs.add(run.clone());
        }
        image.allocated = runs.finish(table.size);
        let needed = Some(end.saturating_add(FOOTER_SIZE as u64));
        if end > source.size() {
            truncated = Some(Condition::Truncated { structure: "blocks", needed });
        }
    }
    image.conditions.extend(truncated);
    let parent = parent.and_then(|parent| parent.disk);
    if is_child && parent.is_none() {
        return Ok(None);
    }
    Ok(Some(Rc::new(Disk::new(table, parent))))
}

fn read_header(source: &Source, footer: &Footer) -> Result<Vec<u8>, ImageError> {
    let offset = footer.data_offset;
    let header = read_vec(source.as_ref(), offset, HEADER_SIZE).map_err(|error| {
        let error = ImageError::from(error);
        if error.fault == Fault::Read { error } else { missing_header(offset) }
    })?;
    if header.starts_with(HEADER_COOKIE) { Ok(header) } else { Err(missing_header(offset)) }
}

fn missing_header(offset: u64) -> ImageError {
    let reason = "the footer says that it is here, but there is none";
    ImageError::malformed("dynamic header", offset, reason)
}

fn read_table(source: &Source, footer: &Footer, header: &[u8]) -> Result<Table, ImageError> {
    let block_size = u64::from(BLOCK_SIZE.get(header)?);
    if !(SECTOR..=MAX_BLOCK).contains(&block_size) || !block_size.is_power_of_two() {
        let reason = format!("blocks of {block_size} bytes are no power of two from 512 bytes to 256 MiB");
        return Err(in_header(footer, BLOCK_SIZE.name, BLOCK_SIZE.offset, reason));
    }
    let blocks = footer.current_size.div_ceil(block_size);
    let entries = u64::from(MAX_TABLE_ENTRIES.get(header)?);
    if blocks > entries {
        let size = footer.current_size;
        let reason = format!("{entries} entries are too few for {size} bytes, which need {blocks}");
        return Err(in_header(footer, MAX_TABLE_ENTRIES.name, MAX_TABLE_ENTRIES.offset, reason));
    }
    let offset = TABLE_OFFSET.get(header)?;
    Ok(Table { source: source.clone(), offset, blocks, block_size, size: footer.current_size })
}

fn in_header(footer: &Footer, field: &'static str, offset: usize, reason: String) -> ImageError {
    ImageError::malformed(field, footer.data_offset.saturating_add(offset as u64), reason)
}

/// Collects the runs of the blocks that are allocated, and says where the last one's data ends in the file.
fn walk(table: &Table, runs: &mut Runs) -> Result<u64, ImageError> {
    let mut end = 0;
    let mut first = 0_u64;
    while first < table.blocks {
        let count = table.blocks.saturating_sub(first).min(WINDOW / 4);
        for (index, block) in (first..).zip(table.blocks_at(first, count)?) {
            let Some(block) = block else { continue };
            let guest = index.saturating_mul(table.block_size);
            // The last block may reach beyond the disk; what lies there is not the guest's.
            let length = table.block_size.min(table.size.saturating_sub(guest));
            runs.add(guest..guest.saturating_add(length));
            end = end.max(block.saturating_add(table.bitmap_size()).saturating_add(length));
        }
        first = first.saturating_add(count);
    }
    Ok(end)
}

fn creator(footer: &Footer) -> Result<Option<String>, ImageError> {
    let letters = CREATOR_APPLICATION.get(&footer.bytes)?;
    let version = CREATOR_VERSION.get(&footer.bytes)?;
    let name = match CREATORS.iter().find(|(known, _)| **known == letters) {
        Some((_, name)) => (*name).to_owned(),
        None => text(&letters),
    };
    let version = format!("{}.{}", version.wrapping_shr(16), version & 0xFFFF);
    Ok((!name.is_empty()).then(|| format!("{name} {version}")))
}

fn add_facts(image: &mut Image, footer: &Footer) -> Result<(), ImageError> {
    let bytes = &footer.bytes;
    image.fact("footer", format!("{} bytes at offset {}", footer.length, footer.offset));
    image.fact(FEATURES.name, format!("{:#x}", FEATURES.get(bytes)?));
    let version = VERSION.get(bytes)?;
    image.fact(VERSION.name, format!("{}.{}", version.wrapping_shr(16), version & 0xFFFF));
    if footer.is_sparse() {
        image.fact(DATA_OFFSET.name, DATA_OFFSET.get(bytes)?.to_string());
    }
    image.fact(TIME_STAMP.name, format!("{} s after 2000-01-01", TIME_STAMP.get(bytes)?));
    image.fact(CREATOR_APPLICATION.name, text(&CREATOR_APPLICATION.get(bytes)?));
    image.fact(CREATOR_HOST_OS.name, text(&CREATOR_HOST_OS.get(bytes)?));
    image.fact(ORIGINAL_SIZE.name, format!("{} bytes", ORIGINAL_SIZE.get(bytes)?));
    image.fact(CURRENT_SIZE.name, format!("{} bytes", footer.current_size));
    if let Some((cylinders, heads, sectors)) = footer.geometry() {
        image.fact("disk geometry", format!("{cylinders}/{heads}/{sectors}"));
    }
    let kind = match footer.kind {
        TYPE_FIXED => "fixed",
        TYPE_DYNAMIC => "dynamic",
        TYPE_DIFFERENCING => "differencing",
        _ => "unknown",
    };
    image.fact(DISK_TYPE.name, format!("{} ({kind})", footer.kind));
    image.fact(UNIQUE_ID.name, uuid(footer.unique_id));
    image.fact("saved state", if footer.has_saved_state() { "yes" } else { "no" });
    Ok(())
}

/// The printable characters of a field of letters.
fn text(letters: &[u8]) -> String {
    letters.iter().filter(|byte| byte.is_ascii_graphic()).map(|byte| char::from(*byte)).collect()
}

/// A UUID in the order of its bytes, for all of a VHD is big-endian.
fn uuid(bytes: [u8; 16]) -> String {
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
