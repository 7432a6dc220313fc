//! Zstandard (RFC 8878): frames of blocks of up to 128 KiB, little-endian.

use super::super::detect::{Probe, Reader};
use super::super::layout::{Field, le_u16, le_u32, le_u64, u8_at};
use super::super::{Format, Image, ImageError, Opened, Opening, Source, raw};
use super::inside::{Beginning, Budget, describe, note_damage};
use crate::sentence::Sentence;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

pub(super) static READER: Reader = Reader { format: Format::Zstd, recognise, open };

const MAGIC: &[u8] = b"\x28\xb5\x2f\xfd";
const SKIPPABLE_MAGIC: Field<u32> = le_u32("skippable frame magic", 0);
const SKIPPABLE_SIZE: Field<u32> = le_u32("skippable frame size", 4);
const DESCRIPTOR: Field<u8> = u8_at("frame header descriptor", 4);

const SINGLE_SEGMENT: u8 = 0x20;
const RESERVED: u8 = 0x08;
const BLOCK_HEADER: usize = 3;
const MAX_BLOCK: usize = 128 * 1024;

/// A frame's header, as far as it is used here.
#[derive(Debug, PartialEq, Eq)]
struct Header {
    length: usize,
    content_size: Option<u64>,
    dictionary: bool,
}

/// The frame header that `bytes` begin with (RFC 8878, section 3.1.1.1).
fn header(bytes: &[u8]) -> Option<Header> {
    let descriptor = DESCRIPTOR.get(bytes).ok().filter(|descriptor| descriptor & RESERVED == 0)?;
    let single = descriptor & SINGLE_SEGMENT != 0;
    let window = usize::from(!single);
    let dictionary = match descriptor & 3 {
        3 => 4,
        bytes => usize::from(bytes),
    };
    let size_at = 5_usize.checked_add(window)?.checked_add(dictionary)?;
    let (size_length, content_size) = match descriptor.wrapping_shr(6) {
        0 if single => (1, Some(u64::from(*bytes.get(size_at)?))),
        0 => (0, None),
        // Sizes of two bytes begin at 256, because smaller ones have one byte.
        1 => (2, Some(u64::from(le_u16("Frame_Content_Size", size_at).get(bytes).ok()?).checked_add(256)?)),
        2 => (4, Some(u64::from(le_u32("Frame_Content_Size", size_at).get(bytes).ok()?))),
        _ => (8, Some(le_u64("Frame_Content_Size", size_at).get(bytes).ok()?)),
    };
    Some(Header { length: size_at.checked_add(size_length)?, content_size, dictionary: dictionary > 0 })
}

/// A block's header: whether it is the last, its type and the bytes it has in the file.
fn block(bytes: &[u8]) -> Option<(bool, u32, usize)> {
    let [a, b, c, ..] = *bytes else { return None };
    let word = u32::from_le_bytes([a, b, c, 0]);
    let kind = word.wrapping_shr(1) & 3;
    let size = usize::try_from(word.wrapping_shr(3)).ok()?;
    // A run-length block has one byte, whatever its size.
    Some((word & 1 == 1, kind, if kind == 1 { 1 } else { size }))
}

fn recognise(probe: &Probe) -> bool {
    let skipped = SKIPPABLE_MAGIC.get(probe.head).is_ok_and(|magic| magic & 0xFFFF_FFF0 == 0x184D_2A50);
    if raw::has_partition_table(probe.head, probe.size) {
        return false;
    }
    if skipped {
        // A skippable frame alone is no content: the frame behind it must be seen.
        return skip_frames(probe.head).is_some_and(|rest| rest.starts_with(MAGIC) && header(rest).is_some());
    }
    probe.head_has(0, MAGIC)
        && header(probe.head).is_some_and(|header| {
            let first = probe.head.get(header.length..).and_then(block);
            first.is_some_and(|(_, kind, size)| kind < 3 && size <= MAX_BLOCK)
        })
}

/// `bytes` behind the skippable frames that they begin with.
fn skip_frames(mut bytes: &[u8]) -> Option<&[u8]> {
    while SKIPPABLE_MAGIC.get(bytes).ok()? & 0xFFFF_FFF0 == 0x184D_2A50 {
        let size = usize::try_from(SKIPPABLE_SIZE.get(bytes).ok()?).ok()?;
        bytes = bytes.get(size.checked_add(8)?..)?;
    }
    Some(bytes)
}

fn open(source: &Source, opening: &Opening) -> Result<Opened, ImageError> {
    let mut image = Image::new(Format::Zstd, source.size());
    let budget = Budget::of(opening.depth);
    let input = budget.read(source, 0)?;
    let frame = skip_frames(&input).unwrap_or_default();
    let header = header(frame).ok_or_else(|| {
        ImageError::malformed("frame header", 0, "no frame with content begins in the first 256 KiB")
    })?;
    let size = header.content_size.filter(|size| is_all(*size, source.size()));
    if let Some(content) = header.content_size {
        image.fact("Frame_Content_Size", format!("{content} bytes"));
    }
    if header.dictionary {
        image.fact("dictionary", "needed, but not in the file");
        return Ok(Opened { image, disk: None });
    }
    let blocks = frame.get(header.length..).unwrap_or_default();
    match decompress(blocks, budget.output) {
        Ok(mut beginning) => {
            beginning.ended &= size == Some(beginning.bytes.len() as u64);
            describe(&mut image, beginning, size, opening)?;
        }
        Err(reason) => note_damage(&mut image, header.length as u64, reason),
    }
    Ok(Opened { image, disk: None })
}

/// Whether a frame of `content` bytes can be all of a file of `compressed` bytes. A parallel compressor writes many
/// frames, and then the file is larger than its first frame can be.
fn is_all(content: u64, compressed: u64) -> bool {
    let overhead = content.div_ceil(MAX_BLOCK as u64).saturating_add(1).saturating_mul(BLOCK_HEADER as u64);
    compressed <= content.saturating_add(overhead).saturating_add(64)
}

/// Decompresses whole blocks until there are `limit` bytes.
///
/// The decoder gives nothing back before it has decoded a whole window, which may have hundreds of MiB. So the
/// first blocks are made a frame of their own: a header with a window just large enough for them, and the mark of
/// the last block on the last of them.
fn decompress(mut blocks: &[u8], limit: usize) -> Result<Beginning, Sentence> {
    let mut decoder = FrameDecoder::new();
    let window = limit.saturating_add(MAX_BLOCK);
    decoder.init(frame_header(window).as_slice()).map_err(Sentence::of_error)?;
    let mut bytes = Vec::new();
    let mut ended = false;
    let mut count = 0_usize;
    while let Some((last, kind, size)) = block(blocks) {
        let Some(whole) = blocks.get(..size.saturating_add(BLOCK_HEADER)) else { break };
        if kind == 3 || size > MAX_BLOCK {
            return Err("a block has the reserved type or is too large".into());
        }
        let next = blocks.get(whole.len()..).unwrap_or_default();
        count = count.saturating_add(1);
        // Whether this is the last one that is decoded: no whole block follows, or the output may be full.
        let full = count.saturating_mul(MAX_BLOCK) >= limit;
        let follows = block(next).is_some_and(|(_, _, size)| next.len() >= size.saturating_add(BLOCK_HEADER));
        let mut whole = whole.to_vec();
        let stop = last || full || !follows;
        if let Some(first) = whole.first_mut() {
            *first |= u8::from(stop);
        }
        decoder
            .decode_blocks(whole.as_slice(), BlockDecodingStrategy::UptoBlocks(1))
            .map_err(Sentence::of_error)?;
        if stop {
            ended = last;
            bytes = decoder.collect().unwrap_or_default();
            break;
        }
        blocks = next;
    }
    ended &= bytes.len() <= limit;
    bytes.truncate(limit);
    Ok(Beginning { bytes, ended })
}

/// A frame header without content size, dictionary and checksum, with the smallest window that holds `window` bytes.
fn frame_header(window: usize) -> Vec<u8> {
    let exponent = window.next_power_of_two().trailing_zeros().saturating_sub(10);
    let mut header = MAGIC.to_vec();
    header.push(0);
    header.push(u8::try_from(exponent.wrapping_shl(3)).unwrap_or(u8::MAX));
    header
}
