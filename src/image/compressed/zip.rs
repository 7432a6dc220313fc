//! ZIP archives (PKWARE's APPNOTE.TXT): local headers before each file, a central directory at the end,
//! little-endian. The first file is looked into.

use super::super::detect::{Probe, Reader};
use super::super::layout::{Field, le_u16, le_u32, le_u64};
use super::super::read_at::{read_up_to, read_vec};
use super::super::{Condition, Format, Image, ImageError, Opened, Opening, Source, raw};
use super::deflate;
use super::inside::{Beginning, Budget, describe};

pub(super) static READER: Reader = Reader { format: Format::Zip, recognise, open };

const LOCAL_MAGIC: &[u8] = b"PK\x03\x04";
const LOCAL_VERSION: Field<u16> = le_u16("version needed to extract", 4);
const LOCAL_METHOD: Field<u16> = le_u16("compression method", 8);
const LOCAL_NAME_LENGTH: Field<u16> = le_u16("file name length", 26);
const LOCAL_EXTRA_LENGTH: Field<u16> = le_u16("extra field length", 28);
const LOCAL_HEADER: usize = 30;

const CENTRAL_MAGIC: &[u8] = b"PK\x01\x02";
const CENTRAL_FLAGS: Field<u16> = le_u16("general purpose bit flag", 8);
const CENTRAL_METHOD: Field<u16> = le_u16("compression method", 10);
const CENTRAL_COMPRESSED: Field<u32> = le_u32("compressed size", 20);
const CENTRAL_UNCOMPRESSED: Field<u32> = le_u32("uncompressed size", 24);
const CENTRAL_NAME_LENGTH: Field<u16> = le_u16("file name length", 28);
const CENTRAL_EXTRA_LENGTH: Field<u16> = le_u16("extra field length", 30);
const CENTRAL_COMMENT_LENGTH: Field<u16> = le_u16("file comment length", 32);
const CENTRAL_LOCAL_OFFSET: Field<u32> = le_u32("relative offset of local header", 42);
const CENTRAL_HEADER: usize = 46;

const END_MAGIC: &[u8] = b"PK\x05\x06";
const END_ENTRIES: Field<u16> = le_u16("total number of entries", 10);
const END_DIRECTORY_OFFSET: Field<u32> = le_u32("offset of central directory", 16);
const END_RECORD: usize = 22;
/// The end record and its comment lie in the last so many bytes.
const END_WINDOW: usize = 64 * 1024;

const ZIP64_LOCATOR_MAGIC: &[u8] = b"PK\x06\x07";
const ZIP64_LOCATOR: usize = 20;
const ZIP64_LOCATOR_OFFSET: Field<u64> = le_u64("offset of the ZIP64 end record", 8);
const ZIP64_END_MAGIC: &[u8] = b"PK\x06\x06";
const ZIP64_END: usize = 56;
const ZIP64_ENTRIES: Field<u64> = le_u64("total number of entries", 32);
const ZIP64_DIRECTORY_OFFSET: Field<u64> = le_u64("offset of central directory", 48);
const ZIP64_EXTRA: u16 = 1;

const METHOD_STORED: u16 = 0;
const METHOD_DEFLATED: u16 = 8;
const FLAG_ENCRYPTED: u16 = 1;
/// The highest version that APPNOTE names is 6.3; the upper byte is the system.
const MAX_VERSION: u16 = 63;
/// How much of the central directory is looked at, in bytes.
const DIRECTORY_WINDOW: usize = 64 * 1024;

fn recognise(probe: &Probe) -> bool {
    let (Ok(version), Ok(method), Ok(name)) =
        (LOCAL_VERSION.get(probe.head), LOCAL_METHOD.get(probe.head), LOCAL_NAME_LENGTH.get(probe.head))
    else {
        return false;
    };
    probe.head_has(0, LOCAL_MAGIC)
        && version & 0xFF <= MAX_VERSION
        && method < 100
        && name > 0
        && !raw::has_partition_table(probe.head, probe.size)
}

/// A file in the archive, by the central directory.
struct Entry {
    name: String,
    encrypted: bool,
    method: u16,
    compressed: u64,
    uncompressed: u64,
    local_offset: u64,
}

fn open(source: &Source, opening: &Opening) -> Result<Opened, ImageError> {
    let mut image = Image::new(Format::Zip, source.size());
    let Some((count, offset)) = end_record(source)? else {
        image.conditions.push(Condition::Truncated { structure: "central directory", needed: None });
        return Ok(Opened { image, disk: None });
    };
    image.fact("entries", count.to_string());
    let directory = read_up_to(source.as_ref(), offset, DIRECTORY_WINDOW)?;
    let Some(entry) = first_file(&directory) else {
        let reason = "it names no file";
        return Err(ImageError::malformed("central directory", offset, reason));
    };
    image.fact("first file", entry.name.clone());
    image.fact(
        "compression method",
        match entry.method {
            METHOD_STORED => "0 (stored)".into(),
            METHOD_DEFLATED => "8 (deflated)".into(),
            other => other.to_string(),
        },
    );
    if entry.encrypted {
        image.conditions.push(Condition::Encrypted { scheme: "ZIP" });
        return Ok(Opened { image, disk: None });
    }
    let beginning = beginning(source, &entry, Budget::of(opening.depth))?;
    describe(&mut image, beginning, Some(entry.uncompressed), opening)?;
    Ok(Opened { image, disk: None })
}

/// How many entries the central directory has and where it lies.
fn end_record(source: &Source) -> Result<Option<(u64, u64)>, ImageError> {
    let size = source.size();
    let start = size.saturating_sub(END_WINDOW as u64);
    let tail = read_up_to(source.as_ref(), start, END_WINDOW)?;
    let Some(at) = tail.windows(END_RECORD).rposition(|bytes| bytes.starts_with(END_MAGIC)) else {
        return Ok(None);
    };
    let record = tail.get(at..).unwrap_or_default();
    let (entries, offset) = (END_ENTRIES.get(record)?, END_DIRECTORY_OFFSET.get(record)?);
    let locator = at.checked_sub(ZIP64_LOCATOR).and_then(|at| tail.get(at..)).unwrap_or_default();
    if locator.starts_with(ZIP64_LOCATOR_MAGIC) && (entries == u16::MAX || offset == u32::MAX) {
        let at = ZIP64_LOCATOR_OFFSET.get(locator)?;
        let record = read_vec(source.as_ref(), at, ZIP64_END)?;
        if record.starts_with(ZIP64_END_MAGIC) {
            return Ok(Some((ZIP64_ENTRIES.get(&record)?, ZIP64_DIRECTORY_OFFSET.get(&record)?)));
        }
    }
    Ok(Some((u64::from(entries), u64::from(offset))))
}

/// The first entry that is no folder.
fn first_file(mut directory: &[u8]) -> Option<Entry> {
    while directory.starts_with(CENTRAL_MAGIC) {
        let name_length = usize::from(CENTRAL_NAME_LENGTH.get(directory).ok()?);
        let extra_length = usize::from(CENTRAL_EXTRA_LENGTH.get(directory).ok()?);
        let comment_length = usize::from(CENTRAL_COMMENT_LENGTH.get(directory).ok()?);
        let name_end = CENTRAL_HEADER.checked_add(name_length)?;
        let extra_end = name_end.checked_add(extra_length)?;
        let name = directory.get(CENTRAL_HEADER..name_end)?;
        if !name.ends_with(b"/") {
            return entry(directory, name, directory.get(name_end..extra_end)?);
        }
        directory = directory.get(extra_end.checked_add(comment_length)?..)?;
    }
    None
}

fn entry(header: &[u8], name: &[u8], extra: &[u8]) -> Option<Entry> {
    let mut wide = zip64(extra).unwrap_or_default();
    // The ZIP64 field holds only those values that do not fit, in this order.
    let mut value = |narrow: u32| {
        if narrow != u32::MAX {
            return Some(u64::from(narrow));
        }
        let (first, rest) = wide.split_first_chunk::<8>()?;
        wide = rest;
        Some(u64::from_le_bytes(*first))
    };
    let uncompressed = value(CENTRAL_UNCOMPRESSED.get(header).ok()?)?;
    let compressed = value(CENTRAL_COMPRESSED.get(header).ok()?)?;
    let local_offset = value(CENTRAL_LOCAL_OFFSET.get(header).ok()?)?;
    Some(Entry {
        name: String::from_utf8_lossy(name).into_owned(),
        encrypted: CENTRAL_FLAGS.get(header).ok()? & FLAG_ENCRYPTED != 0,
        method: CENTRAL_METHOD.get(header).ok()?,
        compressed,
        uncompressed,
        local_offset,
    })
}

/// The data of the ZIP64 extra field.
fn zip64(mut extra: &[u8]) -> Option<&[u8]> {
    loop {
        let kind = le_u16("extra field", 0).get(extra).ok()?;
        let length = usize::from(le_u16("extra field length", 2).get(extra).ok()?);
        let end = length.checked_add(4)?;
        if kind == ZIP64_EXTRA {
            return extra.get(4..end);
        }
        extra = extra.get(end..)?;
    }
}

fn beginning(source: &Source, entry: &Entry, budget: Budget) -> Result<Beginning, ImageError> {
    let local = read_vec(source.as_ref(), entry.local_offset, LOCAL_HEADER)?;
    if !local.starts_with(LOCAL_MAGIC) {
        let reason = "the central directory points at something else";
        return Err(ImageError::malformed("local file header", entry.local_offset, reason));
    }
    // The names and extra fields of the two headers may differ in length.
    let data = entry
        .local_offset
        .saturating_add(LOCAL_HEADER as u64)
        .saturating_add(u64::from(LOCAL_NAME_LENGTH.get(&local)?))
        .saturating_add(u64::from(LOCAL_EXTRA_LENGTH.get(&local)?));
    let input = usize::try_from(entry.compressed).unwrap_or(usize::MAX).min(budget.input);
    let input = read_up_to(source.as_ref(), data, input)?;
    let mut beginning = match entry.method {
        METHOD_STORED => Beginning {
            bytes: input.get(..budget.output.min(input.len())).unwrap_or_default().to_vec(),
            ended: true,
        },
        METHOD_DEFLATED => deflate::inflate(&input, budget.output),
        _ => Beginning::default(),
    };
    beginning.ended &= beginning.bytes.len() as u64 == entry.uncompressed;
    Ok(beginning)
}
