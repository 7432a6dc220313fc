//! The two-level tables that QCOW, QCOW2 and QED-like formats map the guest's clusters with.
//!
//! An entry of the L1 table holds the offset of an L2 table, an entry of an L2 table says where a cluster lies.
//! The versions differ in the widths and in what an L2 entry's bits mean, so those are data here.

use super::super::read_at::{ReadError, Source, read_vec};
use crate::sentence::sentence;
use std::ops::Range;

/// Where the bytes of a run of the guest's disk lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Nowhere: what the backing file has, or zeros without one.
    Backing,
    /// The bytes are zeros.
    Zero,
    /// At this offset of the file that holds the data.
    Data(u64),
    /// In `length` bytes at `offset`, of which the compressed data may be fewer.
    Compressed { offset: u64, length: u64 },
}

/// An L2 entry: the entry itself, and the subcluster bitmap where entries have 16 bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry {
    pub(super) word: u64,
    pub(super) bitmap: u64,
}

/// What an L2 entry means, in the format's version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The whole cluster lies in one place.
    Whole(Place),
    /// 32 subclusters, each in a place of its own: `data` is the cluster's offset.
    Subclusters { data: u64, allocated: u32, zero: u32 },
    /// The entry breaks the format's rules.
    Invalid(&'static str),
}

/// How many subclusters an extended L2 entry tells apart.
pub(super) const SUBCLUSTERS: u64 = 32;

/// Where the tables lie and how they are read.
#[derive(Clone)]
pub(super) struct Tables {
    pub(super) source: Source,
    pub(super) l1_offset: u64,
    /// How many entries of the L1 table are used.
    pub(super) l1_entries: u64,
    /// Which bits of an L1 entry are the offset of the L2 table.
    pub(super) l1_mask: u64,
    pub(super) cluster_bits: u32,
    /// How many entries an L2 table has, as a power of two.
    pub(super) l2_bits: u32,
    /// Bytes of an L2 entry: 8, or 16 with a subcluster bitmap.
    pub(super) entry_size: u64,
    pub(super) meaning: fn(&Tables, Entry) -> Meaning,
    /// The virtual disk's size in bytes.
    pub(super) size: u64,
    /// Whether a data offset of zero is an offset: with an external data file it is.
    pub(super) external_data: bool,
}

impl Tables {
    pub(super) fn cluster_size(&self) -> u64 {
        1_u64.wrapping_shl(self.cluster_bits)
    }

    /// How many bytes of the guest's disk one L2 table maps.
    pub(super) fn l2_reach(&self) -> u64 {
        1_u64.checked_shl(self.cluster_bits.saturating_add(self.l2_bits)).unwrap_or(u64::MAX)
    }

    /// How many bytes an L2 table has.
    pub(super) fn l2_size(&self) -> u64 {
        self.entry_size.wrapping_shl(self.l2_bits)
    }

    /// The offset of the L2 table that maps the guest's byte `position`; 0 where there is none.
    fn l2_table(&self, position: u64) -> Result<u64, ReadError> {
        let index = position.wrapping_shr(self.cluster_bits.saturating_add(self.l2_bits));
        if index >= self.l1_entries {
            return Err(ReadError::Corrupt {
                offset: position,
                reason: "the L1 table does not reach it".into(),
            });
        }
        let mut entry = [0; 8];
        self.source.read_at(self.l1_offset.saturating_add(index.saturating_mul(8)), &mut entry)?;
        Ok(u64::from_be_bytes(entry) & self.l1_mask)
    }

    /// The L2 entries for the guest's bytes `range`, which must lie in one L2 table and hold at least one byte.
    pub(super) fn entries(&self, range: &Range<u64>) -> Result<Vec<Entry>, ReadError> {
        let first = range.start.wrapping_shr(self.cluster_bits);
        let last = range.end.saturating_sub(1).wrapping_shr(self.cluster_bits);
        let count = last.saturating_sub(first).saturating_add(1);
        let table = self.l2_table(range.start)?;
        if table == 0 {
            return Ok(vec![Entry::default(); usize::try_from(count).unwrap_or(0)]);
        }
        let index = first & 1_u64.wrapping_shl(self.l2_bits).saturating_sub(1);
        let offset = table.saturating_add(index.saturating_mul(self.entry_size));
        self.entries_at(offset, count).map_err(|error| match error {
            ReadError::OutOfBounds { .. } => ReadError::Corrupt {
                offset: range.start,
                reason: sentence!("its L2 table at offset {table} lies outside the file", table),
            },
            other => other,
        })
    }

    /// `count` L2 entries at `offset` of the file.
    pub(super) fn entries_at(&self, offset: u64, count: u64) -> Result<Vec<Entry>, ReadError> {
        let length = usize::try_from(count.saturating_mul(self.entry_size)).unwrap_or(usize::MAX);
        let bytes = read_vec(self.source.as_ref(), offset, length)?;
        let word = |bytes: Option<&[u8; 8]>| bytes.map_or(0, |bytes| u64::from_be_bytes(*bytes));
        let width = if self.entry_size == 16 { 16 } else { 8 };
        Ok(bytes
            .chunks_exact(width)
            .map(|entry| Entry {
                word: word(entry.first_chunk()),
                bitmap: if width == 16 { word(entry.last_chunk()) } else { 0 },
            })
            .collect())
    }

    pub(super) fn meaning(&self, entry: Entry) -> Meaning {
        (self.meaning)(self, entry)
    }
}

/// The end of the guest's bytes that lie with `position` in one unit of `unit` bytes, and before `end`.
pub(super) fn unit_end(position: u64, unit: u64, end: u64) -> u64 {
    let start = position.checked_rem(unit).map_or(position, |within| position.saturating_sub(within));
    start.saturating_add(unit).min(end)
}

/// One bit of a subcluster bitmap.
pub(super) fn bit(bitmap: u32, index: u64) -> bool {
    u32::try_from(index).ok().and_then(|index| bitmap.checked_shr(index)).is_some_and(|bits| bits & 1 == 1)
}
