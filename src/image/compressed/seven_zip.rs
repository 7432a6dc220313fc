//! 7z archives (`7zFormat.txt` of the LZMA SDK), recognised only: little-endian.

use super::super::detect::{Probe, Reader};
use super::super::layout::{Field, le_u32, le_u64, u8_at};
use super::super::read_at::read_up_to;
use super::super::{Condition, Format, Image, ImageError, Opened, Opening, Source};

pub(super) static READER: Reader = Reader { format: Format::SevenZip, recognise, open };

const MAGIC: &[u8] = b"7z\xbc\xaf\x27\x1c";
const MAJOR: Field<u8> = u8_at("ArchiveVersion.Major", 6);
const MINOR: Field<u8> = u8_at("ArchiveVersion.Minor", 7);
const START_HEADER_CRC: Field<u32> = le_u32("StartHeaderCRC", 8);
const NEXT_HEADER_OFFSET: Field<u64> = le_u64("NextHeaderOffset", 12);
const NEXT_HEADER_SIZE: Field<u64> = le_u64("NextHeaderSize", 20);
const SIGNATURE_HEADER: usize = 32;

fn recognise(probe: &Probe) -> bool {
    // The checksum of the start header is the second thing that agrees.
    probe.head_has(0, MAGIC)
        && probe
            .head
            .get(12..SIGNATURE_HEADER)
            .is_some_and(|start_header| START_HEADER_CRC.get(probe.head) == Ok(crc32fast::hash(start_header)))
}

fn open(source: &Source, _opening: &Opening) -> Result<Opened, ImageError> {
    let header = read_up_to(source.as_ref(), 0, SIGNATURE_HEADER)?;
    let mut image = Image::new(Format::SevenZip, source.size());
    image.fact("archive version", format!("{}.{}", MAJOR.get(&header)?, MINOR.get(&header)?));
    let needed = (SIGNATURE_HEADER as u64)
        .saturating_add(NEXT_HEADER_OFFSET.get(&header)?)
        .saturating_add(NEXT_HEADER_SIZE.get(&header)?);
    if needed > source.size() {
        image.conditions.push(Condition::Truncated { structure: "header database", needed: Some(needed) });
    }
    Ok(Opened { image, disk: None })
}
