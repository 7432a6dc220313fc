//! EnCase's evidence files (Expert Witness Format): a chain of sections, little-endian. Recognised and sized,
//! not read.

use super::detect::{Probe, Reader};
use super::layout::{Field, bytes_at, le_u16, le_u32, le_u64};
use super::read_at::{read_up_to, read_vec};
use super::{Condition, Format, Image, ImageError, Opened, Opening, Source, raw};

/// Evidence files of versions 1 (`.E01`) and 2 (`.Ex01`).
pub static READER: Reader = Reader { format: Format::Ewf, recognise, open };

const MAGIC_1: &[u8] = b"EVF\x09\x0d\x0a\xff\0";
const MAGIC_2: &[u8] = b"EVF2\x0d\x0a\x81\0";

const SEGMENT_NUMBER: Field<u16> = le_u16("segment number", 9);
const FIRST_SECTION: u64 = 13;

const SECTION_TYPE: Field<[u8; 16]> = bytes_at("section type", 0);
const NEXT_SECTION: Field<u64> = le_u64("next section offset", 16);
const SECTION_HEADER: usize = 76;

const SECTORS_PER_CHUNK: Field<u32> = le_u32("sectors per chunk", 8);
const BYTES_PER_SECTOR: Field<u32> = le_u32("bytes per sector", 12);
const SECTOR_COUNT: Field<u64> = le_u64("number of sectors", 16);
const VOLUME_SIZE: usize = 24;

/// The sections before the one with the sizes; real files have two or three.
const MAX_SECTIONS: usize = 6;

fn recognise(probe: &Probe) -> bool {
    // The bytes around the segment number are fixed: the second thing that must agree.
    let first_version =
        probe.head_has(0, MAGIC_1) && probe.head_has(8, b"\x01") && probe.head_has(11, b"\0\0");
    (first_version || probe.head_has(0, MAGIC_2)) && !raw::has_partition_table(probe.head, probe.size)
}

fn open(source: &Source, _opening: &Opening) -> Result<Opened, ImageError> {
    let header = read_up_to(source.as_ref(), 0, SECTION_HEADER)?;
    let mut image = Image::new(Format::Ewf, source.size());
    if !header.starts_with(MAGIC_1) {
        image.subformat = Some("Ex01".into());
        return Ok(Opened { image, disk: None });
    }
    image.subformat = Some("E01".into());
    image.fact("segment number", SEGMENT_NUMBER.get(&header)?.to_string());
    let mut offset = FIRST_SECTION;
    for _ in 0..MAX_SECTIONS {
        let Ok(section) = read_vec(source.as_ref(), offset, SECTION_HEADER) else {
            let needed = Some(offset.saturating_add(SECTION_HEADER as u64));
            image.conditions.push(Condition::Truncated { structure: "section", needed });
            break;
        };
        let kind = SECTION_TYPE.get(&section)?;
        if kind.starts_with(b"volume\0") || kind.starts_with(b"disk\0") {
            describe_volume(&mut image, source, offset.saturating_add(SECTION_HEADER as u64))?;
            break;
        }
        let next = NEXT_SECTION.get(&section)?;
        // The last section points at itself; an earlier one would lead round for ever.
        if next <= offset {
            break;
        }
        offset = next;
    }
    Ok(Opened { image, disk: None })
}

fn describe_volume(image: &mut Image, source: &Source, offset: u64) -> Result<(), ImageError> {
    let volume = read_vec(source.as_ref(), offset, VOLUME_SIZE)?;
    let sectors = SECTOR_COUNT.get(&volume)?;
    let bytes = BYTES_PER_SECTOR.get(&volume)?;
    image.fact("number of sectors", sectors.to_string());
    image.fact("bytes per sector", bytes.to_string());
    image.fact("sectors per chunk", SECTORS_PER_CHUNK.get(&volume)?.to_string());
    image.virtual_size = sectors.checked_mul(u64::from(bytes)).filter(|size| *size > 0);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::image_of;
    use super::*;

    /// A file header, a section "header2" and a section "volume" with 200 sectors of 512 bytes.
    fn evidence() -> Vec<u8> {
        let mut bytes = [MAGIC_1, b"\x01\x01\0\0\0"].concat();
        for (kind, next) in [(b"header2\0".as_slice(), 100_u64), (b"volume\0", 400)] {
            let mut section = vec![0; SECTION_HEADER];
            section[..kind.len()].copy_from_slice(kind);
            section[16..24].copy_from_slice(&next.to_le_bytes());
            bytes.extend(section);
            bytes.resize(bytes.len().max(100), 0);
        }
        bytes.extend([1, 0, 0, 0, 1, 0, 0, 0, 64, 0, 0, 0, 0, 2, 0, 0, 200, 0, 0, 0, 0, 0, 0, 0]);
        bytes
    }

    #[test]
    fn the_volume_section_says_the_size() {
        let image = image_of(&evidence());
        assert_eq!((image.format, image.subformat.as_deref()), (Format::Ewf, Some("E01")));
        assert_eq!((image.virtual_size, image.conditions.len()), (Some(102_400), 0));
    }

    #[test]
    fn a_chain_that_leads_out_of_the_file_or_back_ends() {
        let cut = image_of(&evidence()[..120]);
        assert!(matches!(
            cut.conditions[..],
            [Condition::Truncated { structure: "section", needed: Some(176) }]
        ));
        let mut bytes = evidence();
        bytes[29..37].copy_from_slice(&13_u64.to_le_bytes());
        assert_eq!(image_of(&bytes).virtual_size, None);
    }
}
