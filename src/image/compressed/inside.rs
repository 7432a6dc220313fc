//! What a compressed file holds, told from its decompressed beginning.

use super::super::detect::PROBE;
use super::super::read_at::{ReadAt, ReadError, Source, check_bounds, read_up_to};
use super::super::{Condition, Depth, Format, Image, ImageError, Opening, detect};
use crate::sentence::Sentence;
use std::rc::Rc;

/// How much is read and decompressed, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Budget {
    pub(super) input: usize,
    pub(super) output: usize,
}

/// Enough for the first block of most codecs; four reads of 64 KiB.
const FIRST: Budget = Budget { input: 256 * 1024, output: 64 * 1024 };
const COMPLETE: Budget = Budget { input: 2 * 1024 * 1024, output: 1024 * 1024 };

impl Budget {
    pub(super) fn of(depth: Depth) -> Self {
        match depth {
            Depth::First => FIRST,
            Depth::Complete => COMPLETE,
        }
    }

    /// The compressed bytes at `offset` that may be looked at.
    pub(super) fn read(self, source: &Source, offset: u64) -> Result<Vec<u8>, ReadError> {
        read_up_to(source.as_ref(), offset, self.input)
    }
}

/// The beginning of what a compressed file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Beginning {
    pub(crate) bytes: Vec<u8>,
    /// Whether that was all.
    pub(crate) ended: bool,
}

/// A source of which only the beginning is at hand.
struct Head {
    bytes: Vec<u8>,
    size: u64,
}

impl ReadAt for Head {
    fn size(&self) -> u64 {
        self.size
    }

    /// What lies behind the beginning is out of bounds, although it lies inside the size.
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size)?;
        self.bytes.read_at(offset, buf).map_err(|_| ReadError::OutOfBounds {
            offset,
            len: buf.len() as u64,
            size: self.size,
        })
    }
}

/// Stands for a size that the compressed file does not say: beyond every limit of every format, and whole sectors.
const UNKNOWN_SIZE: u64 = 1 << 62;

/// Where a disk or a file system begins that has no container, so that it can be told from a text or a program.
const DISK_SIGNATURES: &[(usize, &[u8])] = &[
    (510, b"\x55\xaa"),
    (512, b"EFI PART"),
    (4096, b"EFI PART"),
    (0, b"XFSB"),
    (0, b"LUKS\xba\xbe"),
    (536, b"LVM2 001"),
    (1080, b"\x53\xef"),
    (4086, b"SWAPSPACE2"),
    (65_600, b"_BHRfS_M"),
];

/// Recognises what `beginning` is the beginning of, and puts it into `image`. `size` is how large the whole is, in
/// bytes, where the compressed file says so.
///
/// # Errors
/// Only when the file cannot be read.
pub(super) fn describe(
    image: &mut Image,
    beginning: Beginning,
    size: Option<u64>,
    opening: &Opening,
) -> Result<(), ImageError> {
    if beginning.bytes.is_empty() && !(beginning.ended && size.unwrap_or(0) == 0) {
        return Ok(());
    }
    let size = if beginning.ended { Some(beginning.bytes.len() as u64) } else { size };
    let whole = beginning.ended;
    let is_disk = DISK_SIGNATURES
        .iter()
        .any(|(offset, magic)| beginning.bytes.get(*offset..).is_some_and(|bytes| bytes.starts_with(magic)));
    let at_hand = beginning.bytes.len() as u64;
    // What is too short to probe is shown as if it were all: the probe reads its head in one piece.
    let shown = if at_hand < PROBE as u64 { at_hand } else { size.unwrap_or(UNKNOWN_SIZE).max(at_hand) };
    let source: Source = Rc::new(Head { bytes: beginning.bytes, size: shown });
    let Ok(inner) = opening.inner(opening.name) else { return Ok(()) };
    let mut held = detect::open(&source, &inner)?.image;
    held.file_size = size.unwrap_or(0);
    match held.format {
        Format::Raw if is_disk => held.virtual_size = size,
        Format::Raw => {
            held.format = Format::Unknown;
            held.virtual_size = None;
        }
        // A size that follows from the file's size is not known either.
        _ => held.virtual_size = held.virtual_size.filter(|virtual_size| *virtual_size < UNKNOWN_SIZE),
    }
    if !whole {
        held.conditions.retain(can_be_told_from_the_beginning);
        held.allocated.clear();
    }
    image.fact("holds", held.format.name());
    if size.is_some() {
        image.fact("decompressed size", format!("{} bytes", held.file_size));
    }
    image.compressed = Some(Box::new(held));
    Ok(())
}

/// Faults that a reader finds because it does not see the end are no faults.
fn can_be_told_from_the_beginning(condition: &Condition) -> bool {
    !matches!(
        condition,
        Condition::Damaged(_)
            | Condition::Truncated { .. }
            | Condition::BadCopy { .. }
            | Condition::BadChecksum { .. }
            | Condition::TrailingBytes { .. }
            | Condition::NotClosed { .. }
            | Condition::OddSize
            | Condition::Appliance(_)
    )
}

/// Notes that the compressed data itself is bad, where it is: what came out before may still be told.
pub(super) fn note_damage(image: &mut Image, offset: u64, reason: impl Into<Sentence>) {
    image.conditions.push(Condition::Damaged(ImageError::malformed("compressed data", offset, reason)));
}
