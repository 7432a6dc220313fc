//! The log: a ring of entries, each the writes to metadata that must be made as one (§2.3).
//!
//! A file that was not closed holds writes that are only in its log. They are replayed in memory, and everything
//! else is read through them.

use super::header::Header;
use super::layout::{
    DATA, DATA_DESCRIPTOR, DATA_SIGNATURE, DESCRIPTOR_COUNT, DESCRIPTOR_OFFSET, DESCRIPTOR_SEQUENCE,
    DESCRIPTOR_SIZE, ENTRY_LENGTH, ENTRY_LOG_GUID, ENTRY_SEQUENCE, FLUSHED_FILE_OFFSET, LAST_FILE_OFFSET,
    LEADING_BYTES, LOG_HEADER_SIZE, LOG_SECTOR, LOG_SIGNATURE, MIB, SEQUENCE_HIGH, SEQUENCE_LOW, TAIL,
    TRAILING_BYTES, ZERO_DESCRIPTOR, ZERO_LENGTH, checksum_is_good,
};
use super::overlay::Overlay;
use crate::image::ImageError;
use crate::image::read_at::{Source, read_up_to};

/// The longest log that is replayed, in bytes. Programs make logs of 1 MiB; it is held in memory.
const MAX_LOG: u64 = 16 * MIB;

/// How many times its own length of a log is summed up at most: entries do not overlap unless someone means harm.
const MAX_SUMMED: usize = 4;

/// A log's writes over the file.
pub(super) struct Replayed {
    pub overlay: Overlay,
    /// How many entries were replayed.
    pub entries: usize,
    /// How large the file was when the last entry was written, in bytes: a smaller one was cut.
    pub flushed_file_offset: u64,
}

/// A valid entry.
#[derive(Clone, Copy)]
struct Entry {
    /// Where it begins in the log, in sectors.
    at: usize,
    /// How many sectors it has.
    sectors: usize,
    /// Where the oldest entry began that was not yet in the file, in sectors.
    tail: usize,
    sequence: u64,
}

/// The whole log in memory.
struct Log {
    bytes: Vec<u8>,
    offset: u64,
    /// The valid entries by the sector at which they begin.
    entries: Vec<Option<Entry>>,
}

/// Replays the log of `source`; `None` where nothing waits in it.
///
/// # Errors
/// Over limit for a log that is too long to be held; malformed for an entry with a right checksum that writes
/// nonsense; or reads that failed.
pub(super) fn replay(source: &Source, header: &Header) -> Result<Option<Replayed>, ImageError> {
    if header.log_guid == [0; 16] || header.log_length == 0 {
        return Ok(None);
    }
    let length = u64::from(header.log_length);
    if length > MAX_LOG {
        let reason =
            format!("a log of {length} bytes is longer than the {MAX_LOG} bytes that are replayed here");
        return Err(ImageError::over_limit("log", header.log_offset, reason));
    }
    let length = usize::try_from(length).unwrap_or(0);
    let mut bytes = read_up_to(source.as_ref(), header.log_offset, length)?;
    // A log that the file's end cuts is replayed as far as it goes.
    bytes.resize(length.next_multiple_of(LOG_SECTOR), 0);
    let mut log = Log { bytes, offset: header.log_offset, entries: Vec::new() };
    log.find_entries(header)?;
    let Some(sequence) = log.active_sequence() else { return Ok(None) };
    let Some(head) = sequence.last().map(|head| log.sectors(head.at, head.sectors)) else { return Ok(None) };
    let mut overlay = Overlay::new(source.clone(), LAST_FILE_OFFSET.get(&head)?);
    for entry in &sequence {
        log.apply(*entry, &mut overlay)?;
    }
    let flushed_file_offset = FLUSHED_FILE_OFFSET.get(&head)?;
    Ok(Some(Replayed { overlay, entries: sequence.len(), flushed_file_offset }))
}

impl Log {
    /// How many sectors the log has.
    fn count(&self) -> usize {
        self.bytes.len() / LOG_SECTOR
    }

    /// The sector `index`, counted around the ring.
    fn sector(&self, index: usize) -> &[u8] {
        let start = index.checked_rem(self.count()).unwrap_or(0).saturating_mul(LOG_SECTOR);
        self.bytes.get(start..start.saturating_add(LOG_SECTOR)).unwrap_or_default()
    }

    /// `count` sectors from `first` on, across the ring's end. The caller bounds `count` by the log's length.
    fn sectors(&self, first: usize, count: usize) -> Vec<u8> {
        (first..first.saturating_add(count)).flat_map(|index| self.sector(index)).copied().collect()
    }

    fn find_entries(&mut self, header: &Header) -> Result<(), ImageError> {
        let mut left = self.count().saturating_mul(MAX_SUMMED);
        let mut entries = Vec::with_capacity(self.count());
        for at in 0..self.count() {
            let entry = self.candidate(at, header);
            if let Some(entry) = entry {
                left = left.checked_sub(entry.sectors).ok_or_else(|| {
                    ImageError::over_limit("log", self.offset, "its entries overlap each other many times")
                })?;
            }
            entries.push(entry.filter(|entry| checksum_is_good(&self.sectors(entry.at, entry.sectors))));
        }
        self.entries = entries;
        Ok(())
    }

    /// The entry that seems to begin at a sector; its checksum is still to be verified.
    fn candidate(&self, at: usize, header: &Header) -> Option<Entry> {
        let sector = self.sector(at);
        let length = usize::try_from(ENTRY_LENGTH.get(sector).ok()?).ok()?;
        let tail = usize::try_from(TAIL.get(sector).ok()?).ok()?;
        let sequence = ENTRY_SEQUENCE.get(sector).ok()?;
        let is_entry = sector.starts_with(LOG_SIGNATURE)
            && ENTRY_LOG_GUID.get(sector) == Ok(header.log_guid)
            && sequence != 0
            && length.is_multiple_of(LOG_SECTOR)
            && (LOG_SECTOR..=self.bytes.len()).contains(&length)
            && tail.is_multiple_of(LOG_SECTOR)
            && tail < self.bytes.len();
        is_entry.then_some(Entry { at, sectors: length / LOG_SECTOR, tail: tail / LOG_SECTOR, sequence })
    }

    /// The newest run of entries that is whole: from the one that its last entry names as the tail, each following
    /// the other in place and number (§2.3.3).
    fn active_sequence(&self) -> Option<Vec<Entry>> {
        let mut heads: Vec<Entry> = self.entries.iter().copied().flatten().collect();
        heads.sort_unstable_by_key(|entry| std::cmp::Reverse(entry.sequence));
        heads.into_iter().find_map(|head| self.sequence_to(head))
    }

    fn sequence_to(&self, head: Entry) -> Option<Vec<Entry>> {
        let mut entry = (*self.entries.get(head.tail)?)?;
        let mut sequence = vec![entry];
        while entry.at != head.at {
            let next = entry.at.saturating_add(entry.sectors).checked_rem(self.count())?;
            let next = (*self.entries.get(next)?)?;
            // Numbers that only grow also end the walk.
            if Some(next.sequence) != entry.sequence.checked_add(1) || next.sequence > head.sequence {
                return None;
            }
            sequence.push(next);
            entry = next;
        }
        Some(sequence)
    }

    fn apply(&self, entry: Entry, overlay: &mut Overlay) -> Result<(), ImageError> {
        let bytes = self.sectors(entry.at, entry.sectors);
        let count = usize::try_from(DESCRIPTOR_COUNT.get(&bytes)?).unwrap_or(usize::MAX);
        let descriptors_end = LOG_HEADER_SIZE.saturating_add(count.saturating_mul(DESCRIPTOR_SIZE));
        let Some(descriptors) = bytes.get(LOG_HEADER_SIZE..descriptors_end) else {
            return Err(self.wrong(entry, "its descriptors do not fit into it"));
        };
        let data = bytes.get(descriptors_end.next_multiple_of(LOG_SECTOR)..).unwrap_or_default();
        let mut data = data.chunks_exact(LOG_SECTOR);
        for descriptor in descriptors.chunks_exact(DESCRIPTOR_SIZE) {
            let offset = DESCRIPTOR_OFFSET.get(descriptor)?;
            let is_right = DESCRIPTOR_SEQUENCE.get(descriptor)? == entry.sequence
                && offset.is_multiple_of(LOG_SECTOR as u64)
                && offset <= u64::MAX / 2;
            if !is_right {
                return Err(self.wrong(entry, "a descriptor has another sequence number or no whole sector"));
            }
            if descriptor.starts_with(DATA_DESCRIPTOR) {
                let Some(sector) = data.next() else {
                    return Err(self.wrong(entry, "it has fewer data sectors than descriptors for them"));
                };
                overlay.write(offset, self.data_sector(entry, descriptor, sector)?);
            } else if descriptor.starts_with(ZERO_DESCRIPTOR) {
                let length = ZERO_LENGTH.get(descriptor)?;
                if !length.is_multiple_of(LOG_SECTOR as u64) {
                    return Err(self.wrong(entry, "it zeroes a part of a sector"));
                }
                if length > 0 {
                    overlay.write_zeros(offset..offset.saturating_add(length.min(u64::MAX / 2)));
                }
            } else {
                return Err(self.wrong(entry, "a descriptor is of no known kind"));
            }
        }
        Ok(())
    }

    /// A sector as it is to be written: the log keeps its first eight and last four bytes in the descriptor.
    fn data_sector(&self, entry: Entry, descriptor: &[u8], sector: &[u8]) -> Result<Box<[u8]>, ImageError> {
        let high = u64::from(SEQUENCE_HIGH.get(sector)?).wrapping_shl(32);
        let sequence = high | u64::from(SEQUENCE_LOW.get(sector)?);
        if !sector.starts_with(DATA_SIGNATURE) || sequence != entry.sequence {
            return Err(self.wrong(entry, "a data sector belongs to another entry"));
        }
        let middle = sector.get(DATA).unwrap_or_default();
        let (leading, trailing) = (LEADING_BYTES.get(descriptor)?, TRAILING_BYTES.get(descriptor)?);
        Ok([leading.as_slice(), middle, &trailing].concat().into_boxed_slice())
    }

    fn wrong(&self, entry: Entry, reason: &str) -> ImageError {
        let offset = self.offset.saturating_add(entry.at.saturating_mul(LOG_SECTOR) as u64);
        ImageError::malformed("log entry", offset, reason)
    }
}
