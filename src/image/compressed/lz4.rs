//! LZ4 frames (`lz4_Frame_format.md`), recognised only: little-endian.

use super::super::detect::{Probe, Reader};
use super::super::layout::{Field, le_u64, u8_at};
use super::super::read_at::read_up_to;
use super::super::{Format, Image, ImageError, Opened, Opening, Source, raw};

pub(super) static READER: Reader = Reader { format: Format::Lz4, recognise, open };

const MAGIC: &[u8] = b"\x04\x22\x4d\x18";
const FLAGS: Field<u8> = u8_at("FLG", 4);
const BLOCK_DESCRIPTOR: Field<u8> = u8_at("BD", 5);
const CONTENT_SIZE: Field<u64> = le_u64("Content Size", 6);
const HEADER: usize = 14;

const VERSION_MASK: u8 = 0xC0;
const VERSION_1: u8 = 0x40;
const FLAG_CONTENT_SIZE: u8 = 0x08;
const FLAG_RESERVED: u8 = 0x02;
const BLOCK_RESERVED: u8 = 0x8F;

fn recognise(probe: &Probe) -> bool {
    let (Ok(flags), Ok(block)) = (FLAGS.get(probe.head), BLOCK_DESCRIPTOR.get(probe.head)) else {
        return false;
    };
    probe.head_has(0, MAGIC)
        && flags & VERSION_MASK == VERSION_1
        && flags & FLAG_RESERVED == 0
        && block & BLOCK_RESERVED == 0
        && (4..=7).contains(&block.wrapping_shr(4))
        && !raw::has_partition_table(probe.head, probe.size)
}

fn open(source: &Source, _opening: &Opening) -> Result<Opened, ImageError> {
    let header = read_up_to(source.as_ref(), 0, HEADER)?;
    let mut image = Image::new(Format::Lz4, source.size());
    if FLAGS.get(&header)? & FLAG_CONTENT_SIZE != 0 {
        image.fact("decompressed size", format!("{} bytes", CONTENT_SIZE.get(&header)?));
    }
    Ok(Opened { image, disk: None })
}
