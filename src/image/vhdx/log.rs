//! The log: writes to the file's own tables that were begun and perhaps not carried out ([MS-VHDX] 2.3).
//!
//! A file that was not closed holds a sequence of entries that must be replayed before anything else is read.
//! They are laid over the file in memory.

use super::super::ImageError;
use super::super::guid::Guid;
use super::super::read_at::{Source, read_vec};
use super::header::Header;
use super::layout::{MIB, checksum, header, log as fields};
use super::overlay::Overlay;
use crate::sentence::sentence;
use std::ops::Range;

/// The longest log that is read. Windows and QEMU make them 1 MiB long.
const MAX_LOG: u64 = 16 * MIB;
/// How often the length of the log its checksums may be computed over. The search for the sequence looks at each
/// sound entry once, and at every sector that says it begins one.
const MAX_CHECKED: u64 = 4;

/// A log that was replayed.
pub(super) struct Replayed {
    pub(super) overlay: Overlay,
    /// How many entries were replayed.
    pub(super) entries: usize,
    /// How long the file must be for what was flushed before the last entry, in bytes.
    pub(super) flushed: u64,
}

/// Replays the log that `header` names over `source`; `None` where there is nothing to replay, which is so too
/// when a log is named but holds no entry of its own.
///
/// # Errors
/// Malformed, when there is a log but not where one can be; over limit, when it is too long.
pub(super) fn replay(source: &Source, header: &Header) -> Result<Option<Replayed>, ImageError> {
    if header.log_id == Guid::NIL || header.log_length == 0 {
        return Ok(None);
    }
    check_place(source, header)?;
    let length = usize::try_from(header.log_length).unwrap_or(0);
    let bytes = read_vec(source.as_ref(), header.log_offset, length).map_err(ImageError::from)?;
    let mut log = Log { bytes, id: header.log_id, left: header.log_length.saturating_mul(MAX_CHECKED) };
    let sequence = log.active_sequence();
    let Some(last) = sequence.last() else { return Ok(None) };
    let mut overlay = Overlay::new(source.clone());
    overlay.extend_to(last.last_file_offset);
    let flushed = last.flushed_file_offset;
    for entry in &sequence {
        log.apply(entry, &mut overlay);
    }
    Ok(Some(Replayed { overlay, entries: sequence.len(), flushed }))
}

fn check_place(source: &Source, current: &Header) -> Result<(), ImageError> {
    let at = |field: usize| current.offset.saturating_add(field as u64);
    let (offset, length) = (current.log_offset, current.log_length);
    if length > MAX_LOG {
        let reason = sentence!("a log of {length} bytes is not replayed here, and it is not empty", length);
        return Err(ImageError::over_limit(header::LOG_LENGTH.name, at(header::LOG_LENGTH.offset), reason));
    }
    let is_aligned = offset.is_multiple_of(MIB) && length.is_multiple_of(MIB);
    if !is_aligned || offset < MIB || offset.saturating_add(length) > source.size() {
        let reason = sentence!(
            "a log of {length} bytes at offset {offset} does not lie in the file as one should",
            length,
            offset
        );
        return Err(ImageError::malformed(header::LOG_OFFSET.name, at(header::LOG_OFFSET.offset), reason));
    }
    Ok(())
}

/// An entry that is sound by itself.
#[derive(Debug, Clone)]
struct Entry {
    /// Where it begins in the log, in bytes.
    start: usize,
    length: usize,
    /// Where the oldest entry begins that was still needed when this one was written.
    tail: usize,
    sequence_number: u64,
    descriptors: usize,
    flushed_file_offset: u64,
    last_file_offset: u64,
}

impl Entry {
    /// How many bytes the header and the descriptors take.
    fn descriptors_size(&self) -> usize {
        self.descriptors
            .saturating_mul(fields::DESCRIPTOR_SIZE)
            .saturating_add(fields::HEADER_SIZE)
            .checked_next_multiple_of(fields::SECTOR)
            .unwrap_or(usize::MAX)
    }
}

/// What a descriptor has written to the file.
enum Write {
    Zeros(Range<u64>),
    Sector(u64, Vec<u8>),
}

struct Log {
    /// A ring: an entry may begin near its end and go on at its start.
    bytes: Vec<u8>,
    id: Guid,
    /// How many bytes may still be checked.
    left: u64,
}

impl Log {
    /// The entries to replay, oldest first (2.3.2): of all runs of entries with ascending numbers, that with the
    /// highest, from the entry on that its last one names as the tail.
    fn active_sequence(&mut self) -> Vec<Entry> {
        let mut best: Vec<Entry> = Vec::new();
        let mut start = 0_usize;
        while start < self.bytes.len() {
            let run = self.run_from(start);
            let from = run.last().and_then(|last| run.iter().position(|entry| entry.start == last.tail));
            let Some(from) = from else {
                start = start.saturating_add(fields::SECTOR);
                continue;
            };
            let taken = run.iter().fold(0_usize, |sum, entry| sum.saturating_add(entry.length));
            let number = |run: &[Entry]| run.last().map_or(0, |last| last.sequence_number);
            if number(&run) > number(&best) {
                best = run.get(from..).unwrap_or_default().to_vec();
            }
            start = start.saturating_add(taken);
        }
        best
    }

    /// The entries that follow each other from `start` on.
    fn run_from(&mut self, start: usize) -> Vec<Entry> {
        let mut run: Vec<Entry> = Vec::new();
        let mut taken = 0_usize;
        let mut at = start;
        while let Some(entry) = self.entry_at(at) {
            let follows = run
                .last()
                .is_none_or(|last| last.sequence_number.checked_add(1) == Some(entry.sequence_number));
            taken = taken.saturating_add(entry.length);
            if !follows || taken > self.bytes.len() {
                break;
            }
            at = at.saturating_add(entry.length).checked_rem(self.bytes.len()).unwrap_or(0);
            run.push(entry);
        }
        run
    }

    /// `length` bytes of the ring from `start` on.
    fn ring(&self, start: usize, length: usize) -> Vec<u8> {
        let (before, from) = self.bytes.split_at(start.min(self.bytes.len()));
        let first = from.get(..length).unwrap_or(from);
        let around = before.get(..length.saturating_sub(first.len())).unwrap_or_default();
        [first, around].concat()
    }

    /// The entry at `start`, when its marks, its lengths and its checksum are right.
    fn entry_at(&mut self, start: usize) -> Option<Entry> {
        let head = self.bytes.get(start..)?.get(..fields::HEADER_SIZE)?;
        if !head.starts_with(fields::SIGNATURE) || Guid(fields::LOG_GUID.get(head).ok()?) != self.id {
            return None;
        }
        let size = |field: u32| usize::try_from(field).ok();
        let entry = Entry {
            start,
            length: size(fields::ENTRY_LENGTH.get(head).ok()?)?,
            tail: size(fields::TAIL.get(head).ok()?)?,
            sequence_number: fields::SEQUENCE_NUMBER.get(head).ok()?,
            descriptors: size(fields::DESCRIPTOR_COUNT.get(head).ok()?)?,
            flushed_file_offset: fields::FLUSHED_FILE_OFFSET.get(head).ok()?,
            last_file_offset: fields::LAST_FILE_OFFSET.get(head).ok()?,
        };
        let has_room = entry.descriptors_size() <= entry.length && entry.length <= self.bytes.len();
        if !has_room || !entry.length.is_multiple_of(fields::SECTOR) || entry.sequence_number == 0 {
            return None;
        }
        self.left = self.left.checked_sub(entry.length as u64)?;
        let bytes = self.ring(start, entry.length);
        let is_right = fields::CHECKSUM.get(&bytes) == Ok(checksum(&bytes, &fields::CHECKSUM));
        (is_right && Self::writes(&entry, &bytes).all(|write| write.is_some())).then_some(entry)
    }

    /// What the entry's descriptors have written; `None` for one that breaks the rules.
    fn writes<'a>(entry: &'a Entry, bytes: &'a [u8]) -> impl Iterator<Item = Option<Write>> + 'a {
        let descriptors = bytes.get(fields::HEADER_SIZE..).unwrap_or_default();
        let mut sectors =
            bytes.get(entry.descriptors_size()..).unwrap_or_default().chunks_exact(fields::SECTOR);
        let is_in_step = |number: u64| number == entry.sequence_number;
        descriptors.chunks_exact(fields::DESCRIPTOR_SIZE).take(entry.descriptors).map(move |descriptor| {
            let offset = fields::FILE_OFFSET.get(descriptor).ok()?;
            let is_aligned = |value: u64| value.is_multiple_of(fields::SECTOR as u64);
            if !is_in_step(fields::DESCRIPTOR_SEQUENCE.get(descriptor).ok()?) || !is_aligned(offset) {
                return None;
            }
            if descriptor.starts_with(fields::ZERO_SIGNATURE) {
                let length = fields::ZERO_LENGTH.get(descriptor).ok().filter(|length| is_aligned(*length))?;
                return Some(Write::Zeros(offset..offset.checked_add(length)?));
            }
            if !descriptor.starts_with(fields::DATA_SIGNATURE) {
                return None;
            }
            let sector = sectors.next().filter(|sector| sector.starts_with(fields::SECTOR_SIGNATURE))?;
            let high = u64::from(fields::SEQUENCE_HIGH.get(sector).ok()?);
            let low = u64::from(fields::SEQUENCE_LOW.get(sector).ok()?);
            if !is_in_step(high.wrapping_shl(32) | low) {
                return None;
            }
            // The sector's marks stand where its first and last bytes were; the descriptor has kept those.
            let leading = fields::LEADING_BYTES.get(descriptor).ok()?;
            let trailing = fields::TRAILING_BYTES.get(descriptor).ok()?;
            let middle = sector.get(leading.len()..fields::SEQUENCE_LOW.offset)?;
            Some(Write::Sector(offset, [leading.as_slice(), middle, &trailing].concat()))
        })
    }

    fn apply(&self, entry: &Entry, overlay: &mut Overlay) {
        let bytes = self.ring(entry.start, entry.length);
        for write in Self::writes(entry, &bytes).flatten() {
            match write {
                Write::Zeros(range) => overlay.zero(range),
                Write::Sector(offset, sector) => overlay.write(offset, sector),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_in_which_every_sector_begins_an_entry_is_given_up() {
        let length = 1 << 20;
        let mut sector = vec![0; fields::SECTOR];
        sector[..4].copy_from_slice(fields::SIGNATURE);
        sector[8..12].copy_from_slice(&(length as u32).to_le_bytes());
        sector[16] = 1;
        sector[32..48].fill(7);
        let bytes = sector.repeat(length / fields::SECTOR);
        let left = MAX_CHECKED * length as u64;
        let mut log = Log { bytes, id: Guid([7; 16]), left };
        assert!(log.active_sequence().is_empty());
        assert_eq!(log.left, 0, "256 entries ask for a checksum over a MiB, and 4 get one");
    }
}
