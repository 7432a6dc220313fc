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

#[cfg(test)]
mod tests {
    use super::super::testing::image_of;
    use super::*;

    /// A data fork of 1024 bytes that begins like bzip2, and the trailer for 2000 sectors.
    fn disk_image() -> Vec<u8> {
        let mut bytes = vec![0; 1536];
        bytes[..10].copy_from_slice(b"BZh91AY&SY");
        let trailer = &mut bytes[1024..];
        trailer[..4].copy_from_slice(MAGIC);
        trailer[4..12].copy_from_slice(&[0, 0, 0, 4, 0, 0, 2, 0]);
        trailer[32..40].copy_from_slice(&1024_u64.to_be_bytes());
        trailer[492..500].copy_from_slice(&2000_u64.to_be_bytes());
        bytes
    }

    #[test]
    fn the_trailer_decides_and_says_the_size() {
        let image = image_of(&disk_image());
        assert_eq!((image.format, image.virtual_size), (Format::Dmg, Some(2000 * 512)));
        assert_eq!(image.conditions, []);
    }

    #[test]
    fn a_data_fork_that_reaches_into_the_trailer_is_cut_and_a_segment_is_a_part() {
        let mut bytes = disk_image();
        bytes[1024 + 39] = 1;
        let structure = "data fork";
        assert_eq!(image_of(&bytes).conditions, [Condition::Truncated { structure, needed: Some(1025) }]);
        let mut bytes = disk_image();
        bytes[1024 + 63] = 3;
        assert_eq!(image_of(&bytes).conditions, [Condition::LoneExtent]);
    }
}
