//! xz ("The .xz File Format" 1.2.1): streams of LZMA2 blocks with an index at the end, little-endian.

use super::super::detect::{Probe, Reader};
use super::super::layout::{Field, le_u32, u8_at};
use super::super::read_at::{read_up_to, read_vec};
use super::super::{Depth, Format, Image, ImageError, Opened, Opening, Source};
use super::inside::{Beginning, Budget, describe, note_damage};
use super::lzma::drain;
use lzma_rust2::Lzma2Reader;

pub(super) static READER: Reader = Reader { format: Format::Xz, recognise, open };

const MAGIC: &[u8] = b"\xfd7zXZ\0";
const FOOTER_MAGIC: &[u8] = b"YZ";
const STREAM_HEADER: u64 = 12;
const FLAGS_CRC: Field<u32> = le_u32("CRC32 of the stream flags", 8);
const BACKWARD_SIZE: Field<u32> = le_u32("Backward Size", 4);
const BLOCK_HEADER_SIZE: Field<u8> = u8_at("Block Header Size", 0);
const BLOCK_FLAGS: Field<u8> = u8_at("Block Flags", 1);

const FILTER_LZMA2: u64 = 0x21;
/// How much stream padding is looked through for the footer, in bytes.
const MAX_PADDING: usize = 4096;
/// How many concatenated streams are followed back from the end.
const MAX_STREAMS: u32 = 64;

fn recognise(probe: &Probe) -> bool {
    // The checksum of the stream's flags is the second thing that agrees.
    let flags = probe.head.get(6..8);
    probe.head_has(0, MAGIC)
        && flags.is_some_and(|flags| FLAGS_CRC.get(probe.head) == Ok(crc32fast::hash(flags)))
}

fn open(source: &Source, opening: &Opening) -> Result<Opened, ImageError> {
    let mut image = Image::new(Format::Xz, source.size());
    let budget = Budget::of(opening.depth);
    let size = match uncompressed_size(source, opening.depth) {
        Ok(size) => size,
        Err(error) if error.fault == super::super::Fault::Read => return Err(error),
        Err(error) => {
            image.conditions.push(super::super::Condition::Damaged(error));
            None
        }
    };
    let input = budget.read(source, STREAM_HEADER)?;
    match block_data(&input) {
        Some(data) => {
            // The dictionary need not be larger than what is decompressed.
            let dictionary = u32::try_from(budget.output).unwrap_or(u32::MAX);
            let mut beginning = drain(Lzma2Reader::new(data, dictionary, None), budget.output);
            beginning.ended &= size == Some(beginning.bytes.len() as u64);
            if beginning == Beginning::default() && size.is_some_and(|size| size > 0) {
                note_damage(&mut image, STREAM_HEADER, "its first block does not decompress");
            }
            describe(&mut image, beginning, size, opening)?;
        }
        None => image.fact("filters", "other than LZMA2 alone"),
    }
    Ok(Opened { image, disk: None })
}

/// The LZMA2 data of the first block; `None` where another filter comes first.
fn block_data(input: &[u8]) -> Option<&[u8]> {
    let size = usize::from(BLOCK_HEADER_SIZE.get(input).ok()?).checked_add(1)?.checked_mul(4)?;
    let flags = BLOCK_FLAGS.get(input).ok()?;
    let mut fields = input.get(2..size)?;
    for present in [0x40, 0x80] {
        if flags & present != 0 {
            integer(&mut fields)?;
        }
    }
    // The two low bits count the filters beyond the first.
    let single_filter = flags.is_multiple_of(4);
    (single_filter && integer(&mut fields)? == FILTER_LZMA2).then_some(())?;
    input.get(size..)
}

/// A multibyte integer: seven bits a byte, the lowest first (section 1.2).
fn integer(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for index in 0..9_u32 {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7F).wrapping_shl(index.wrapping_mul(7));
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// The size of all streams together, by their indexes; `None` where there are more than are read.
fn uncompressed_size(source: &Source, depth: Depth) -> Result<Option<u64>, ImageError> {
    let most = match depth {
        Depth::First => 64 * 1024,
        Depth::Complete => 4 * 1024 * 1024,
    };
    let mut end = source.size();
    let mut total = 0_u64;
    for _ in 0..MAX_STREAMS {
        end = before_padding(source, end)?;
        let truncated = |reason: &'static str| ImageError::malformed("stream footer", end, reason);
        let footer_at = end.checked_sub(STREAM_HEADER).ok_or_else(|| truncated("no stream ends here"))?;
        let footer = read_vec(source.as_ref(), footer_at, 12)?;
        let checked = footer.get(4..10).unwrap_or_default();
        if footer.get(10..) != Some(FOOTER_MAGIC)
            || le_u32("CRC32", 0).get(&footer)? != crc32fast::hash(checked)
        {
            return Err(truncated("the file does not end in one: it is cut or something follows it"));
        }
        let index_size = u64::from(BACKWARD_SIZE.get(&footer)?).saturating_add(1).saturating_mul(4);
        if index_size > most {
            return Ok(None);
        }
        let index_at = footer_at.checked_sub(index_size).ok_or_else(|| truncated("its index has no room"))?;
        let index = read_vec(source.as_ref(), index_at, usize::try_from(index_size).unwrap_or(0))?;
        let (blocks, uncompressed) =
            sum(&index).ok_or_else(|| ImageError::malformed("index", index_at, "it is not well-formed"))?;
        total = total.saturating_add(uncompressed);
        end = index_at
            .checked_sub(blocks)
            .and_then(|start| start.checked_sub(STREAM_HEADER))
            .ok_or_else(|| ImageError::malformed("index", index_at, "its blocks have no room in the file"))?;
        if end == 0 {
            return Ok(Some(total));
        }
    }
    Ok(None)
}

/// Where the zeros begin that may follow a stream and end at `end`.
fn before_padding(source: &Source, end: u64) -> Result<u64, ImageError> {
    let start = end.saturating_sub(MAX_PADDING as u64);
    let window = usize::try_from(end.saturating_sub(start)).unwrap_or(0);
    let bytes = read_up_to(source.as_ref(), start, window)?;
    let zeros = bytes.iter().rev().take_while(|byte| **byte == 0).count();
    // Padding comes in fours; a footer ends in "YZ", never in a zero.
    Ok(end.saturating_sub(zeros as u64))
}

/// The bytes of all blocks in the file, and of what they hold.
fn sum(index: &[u8]) -> Option<(u64, u64)> {
    let (body, crc) = index.split_last_chunk::<4>()?;
    if crc32fast::hash(body) != u32::from_le_bytes(*crc) {
        return None;
    }
    let mut fields = body.strip_prefix(&[0])?;
    let count = integer(&mut fields)?;
    let (mut blocks, mut uncompressed) = (0_u64, 0_u64);
    for _ in 0..count {
        let padded = integer(&mut fields)?.checked_next_multiple_of(4)?;
        blocks = blocks.checked_add(padded)?;
        uncompressed = uncompressed.checked_add(integer(&mut fields)?)?;
    }
    Some((blocks, uncompressed))
}
