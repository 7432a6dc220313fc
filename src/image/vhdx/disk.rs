//! The guest's bytes, read through the block allocation table, the sector bitmaps and the parent (§2.5).

use super::layout::{
    FULLY_PRESENT, MIB, NOT_PRESENT, PARTIALLY_PRESENT, STATE_MASK, UNDEFINED, UNMAPPED, ZERO,
};
use crate::image::read_at::{ReadAt, ReadError, Source, check_bounds, read_vec};

/// An entry of the block allocation table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry(pub(super) u64);

impl Entry {
    pub(super) fn state(self) -> u64 {
        self.0 & STATE_MASK
    }

    /// Where the block lies in the file, in bytes: whole MiB.
    pub(super) fn offset(self) -> u64 {
        self.0 & !(MIB.saturating_sub(1))
    }
}

/// The block allocation table: an entry for each payload block, and after each chunk of them one for the bitmap
/// that says which of the chunk's sectors are the child's own.
#[derive(Clone)]
pub(super) struct Table {
    pub(super) source: Source,
    /// Where the table lies, in bytes.
    pub(super) offset: u64,
    /// How many payload blocks the disk has.
    pub(super) blocks: u64,
    /// How many payload blocks share a bitmap, at least 1.
    pub(super) chunk: u64,
    pub(super) block_size: u64,
    pub(super) sector_size: u64,
    pub(super) has_parent: bool,
    /// The disk's size in bytes.
    pub(super) size: u64,
}

impl Table {
    /// How many entries the table has, those of the bitmaps included.
    pub(super) fn entries(&self) -> u64 {
        if self.has_parent {
            let chunks = self.blocks.div_ceil(self.chunk);
            return chunks.saturating_mul(self.chunk.saturating_add(1));
        }
        let last = self.blocks.saturating_sub(1);
        self.blocks.saturating_add(last.checked_div(self.chunk).unwrap_or(0))
    }

    /// The payload block that the entry at `index` is of, or `None` for a bitmap's.
    pub(super) fn block_of(&self, index: u64) -> Option<u64> {
        let stride = self.chunk.saturating_add(1);
        let within = index.checked_rem(stride)?;
        let block = index.checked_div(stride)?.saturating_mul(self.chunk).saturating_add(within);
        (within < self.chunk).then_some(block)
    }

    /// `count` entries from `first` on. The caller bounds `count`.
    pub(super) fn entries_at(&self, first: u64, count: u64) -> Result<Vec<Entry>, ReadError> {
        let offset = self.offset.saturating_add(first.saturating_mul(8));
        let length = usize::try_from(count.saturating_mul(8)).unwrap_or(usize::MAX);
        let bytes = read_vec(self.source.as_ref(), offset, length)?;
        Ok(bytes.as_chunks().0.iter().map(|entry| Entry(u64::from_le_bytes(*entry))).collect())
    }

    fn entry(&self, index: u64) -> Result<Entry, ReadError> {
        Ok(self.entries_at(index, 1)?.first().copied().unwrap_or(Entry(0)))
    }

    fn payload(&self, block: u64) -> Result<Entry, ReadError> {
        self.entry(block.saturating_add(block.checked_div(self.chunk).unwrap_or(0)))
    }

    /// The bitmap of the chunk that `block` lies in.
    fn bitmap(&self, block: u64) -> Result<Entry, ReadError> {
        let chunks = block.checked_div(self.chunk).unwrap_or(0).saturating_add(1);
        self.entry(chunks.saturating_mul(self.chunk.saturating_add(1)).saturating_sub(1))
    }
}

/// A VHDX as the disk that the guest sees.
pub(super) struct Disk {
    table: Table,
    parent: Option<Source>,
}

impl Disk {
    pub(super) fn new(table: Table, parent: Option<Source>) -> Self {
        Self { table, parent }
    }

    /// Reads a piece that lies in one block.
    fn read_piece(&self, position: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        let block = position.checked_div(self.table.block_size).unwrap_or(0);
        let within = position.checked_rem(self.table.block_size).unwrap_or(0);
        let entry = self.table.payload(block)?;
        match (entry.state(), &self.parent) {
            (FULLY_PRESENT, _) => self.read_block(entry, position, within, buf),
            (PARTIALLY_PRESENT, Some(parent)) => self.read_mixed(entry, block, parent, position, buf),
            (NOT_PRESENT, Some(parent)) => read_parent(parent, position, buf),
            (NOT_PRESENT | UNDEFINED | ZERO | UNMAPPED, _) => {
                buf.fill(0);
                Ok(())
            }
            (state, _) => Err(ReadError::Corrupt {
                offset: position,
                reason: format!("its block has the state {state}"),
            }),
        }
    }

    fn read_block(&self, entry: Entry, position: u64, within: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        let offset = entry.offset().saturating_add(within);
        self.table.source.read_at(offset, buf).map_err(|error| beyond_end(error, position, entry))
    }

    /// Reads a piece of a block of which each sector is the child's own or the parent's, as the bitmap says.
    fn read_mixed(
        &self,
        entry: Entry,
        block: u64,
        parent: &Source,
        position: u64,
        buf: &mut [u8],
    ) -> Result<(), ReadError> {
        let sector_size = self.table.sector_size.max(1);
        let within = position.checked_rem(self.table.block_size).unwrap_or(0);
        let sector = |at: u64| at.checked_div(sector_size).unwrap_or(0);
        let bitmap = self.table.bitmap(block)?;
        if bitmap.state() != FULLY_PRESENT {
            let reason = "its block is present in part, but has no sector bitmap".into();
            return Err(ReadError::Corrupt { offset: position, reason });
        }
        // The bitmap counts the sectors of the whole chunk.
        let in_chunk = block.checked_rem(self.table.chunk).unwrap_or(0).saturating_mul(self.table.block_size);
        let base = sector(in_chunk);
        let first = base.saturating_add(sector(within)) / 8;
        let end = within.saturating_add((buf.len() as u64).saturating_sub(1));
        let last = base.saturating_add(sector(end)) / 8;
        let length = usize::try_from(last.saturating_sub(first).saturating_add(1)).unwrap_or(usize::MAX);
        let bits = read_vec(self.table.source.as_ref(), bitmap.offset().saturating_add(first), length)
            .map_err(|error| beyond_end(error, position, bitmap))?;
        let is_own = |within: u64| {
            let bit = base.saturating_add(sector(within));
            let byte = usize::try_from((bit / 8).saturating_sub(first)).unwrap_or(usize::MAX);
            // The first sector's bit is the lowest of its byte, unlike a VHD's.
            let mask = 1_u8.wrapping_shl(u32::try_from(bit % 8).unwrap_or(0));
            bits.get(byte).is_some_and(|byte| byte & mask != 0)
        };
        let (mut done, mut rest) = (0_u64, buf);
        while !rest.is_empty() {
            let start = within.saturating_add(done);
            let own = is_own(start);
            let mut end = sector(start).saturating_add(1).saturating_mul(sector_size);
            while end.saturating_sub(start) < rest.len() as u64 && is_own(end) == own {
                end = end.saturating_add(sector_size);
            }
            let length = usize::try_from(end.saturating_sub(start)).unwrap_or(usize::MAX).min(rest.len());
            let (now, later) = rest.split_at_mut(length);
            let at = position.saturating_add(done);
            if own {
                self.read_block(entry, at, start, now)?;
            } else {
                read_parent(parent, at, now)?;
            }
            done = done.saturating_add(now.len() as u64);
            rest = later;
        }
        Ok(())
    }
}

/// Reads from a parent that may be smaller than its child; what lies beyond it is zeros.
fn read_parent(parent: &Source, position: u64, buf: &mut [u8]) -> Result<(), ReadError> {
    let there = usize::try_from(parent.size().saturating_sub(position)).unwrap_or(usize::MAX);
    let (now, beyond) = buf.split_at_mut(there.min(buf.len()));
    beyond.fill(0);
    if now.is_empty() { Ok(()) } else { parent.read_at(position, now) }
}

fn beyond_end(error: ReadError, position: u64, entry: Entry) -> ReadError {
    match error {
        ReadError::OutOfBounds { .. } => ReadError::Corrupt {
            offset: position,
            reason: format!(
                "its block lies at offset {}, and reaches beyond the end of the file",
                entry.offset()
            ),
        },
        other => other,
    }
}

impl ReadAt for Disk {
    fn size(&self) -> u64 {
        self.table.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size())?;
        let mut position = offset;
        let mut rest = buf;
        while !rest.is_empty() {
            let within = position.checked_rem(self.table.block_size).unwrap_or(0);
            let left =
                usize::try_from(self.table.block_size.saturating_sub(within)).unwrap_or(usize::MAX).max(1);
            let (now, later) = rest.split_at_mut(left.min(rest.len()));
            self.read_piece(position, now)?;
            position = position.saturating_add(now.len() as u64);
            rest = later;
        }
        Ok(())
    }
}
