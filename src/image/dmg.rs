//! Apple's disk images with a UDIF trailer: 512 big-endian bytes at the end of the file, which Apple has not
//! specified. Recognised and sized, not read.

use super::detect::{Probe, Reader};
use super::layout::{Field, be_u32, be_u64};
use super::read_at::read_vec;
use super::{Condition, Format, Image, ImageError, Opened, Opening, Source};

/// UDIF images, compressed or not.
pub static READER: Reader = Reader { format: Format::Dmg, recognise, open };

const TRAILER_SIZE: usize = 512;
const MAGIC: &[u8] = b"koly";
const VERSION: Field<u32> = be_u32("Version", 4);
const HEADER_SIZE: Field<u32> = be_u32("HeaderSize", 8);
const DATA_FORK_OFFSET: Field<u64> = be_u64("DataForkOffset", 24);
const DATA_FORK_LENGTH: Field<u64> = be_u64("DataForkLength", 32);
const SEGMENT_NUMBER: Field<u32> = be_u32("SegmentNumber", 56);
const SEGMENT_COUNT: Field<u32> = be_u32("SegmentCount", 60);
const SECTOR_COUNT: Field<u64> = be_u64("SectorCount", 492);
const SECTOR: u64 = 512;

fn recognise(probe: &Probe) -> bool {
    let start = probe.tail.len().checked_sub(TRAILER_SIZE);
    start.and_then(|start| probe.tail.get(start..)).is_some_and(|trailer| {
        trailer.starts_with(MAGIC) && VERSION.get(trailer) == Ok(4) && HEADER_SIZE.get(trailer) == Ok(512)
    })
}

fn open(source: &Source, _opening: &Opening) -> Result<Opened, ImageError> {
    let start = source.size().saturating_sub(TRAILER_SIZE as u64);
    let trailer = read_vec(source.as_ref(), start, TRAILER_SIZE)?;
    let mut image = Image::new(Format::Dmg, source.size());
    let sectors = SECTOR_COUNT.get(&trailer)?;
    image.virtual_size = sectors.checked_mul(SECTOR).filter(|size| *size > 0);
    image.subformat = Some("UDIF".into());
    image.fact("SectorCount", sectors.to_string());
    let (offset, length) = (DATA_FORK_OFFSET.get(&trailer)?, DATA_FORK_LENGTH.get(&trailer)?);
    image.fact("DataForkLength", format!("{length} bytes at offset {offset}"));
    let segments = SEGMENT_COUNT.get(&trailer)?;
    if segments > 1 {
        image.fact("segment", format!("{} of {segments}", SEGMENT_NUMBER.get(&trailer)?));
        image.conditions.push(Condition::LoneExtent);
    }
    let needed = offset.saturating_add(length);
    if needed > start {
        image.conditions.push(Condition::Truncated { structure: "data fork", needed: Some(needed) });
    }
    Ok(Opened { image, disk: None })
}
