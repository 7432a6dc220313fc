//! The guest's bytes, read through the block allocation table, the bitmaps and the parent.

use super::layout::{SECTOR, UNALLOCATED};
use crate::image::read_at::{ReadAt, ReadError, Source, check_bounds, read_vec};

/// The block allocation table: the sector of each block of the guest's disk.
#[derive(Clone)]
pub(super) struct Table {
    pub(super) source: Source,
    /// Where the table lies, in bytes.
    pub(super) offset: u64,
    /// How many entries are used.
    pub(super) blocks: u64,
    /// The block's data in bytes; its bitmap comes before it.
    pub(super) block_size: u64,
    /// The disk's size in bytes.
    pub(super) size: u64,
}

impl Table {
    /// Where the table ends in the file, in bytes.
    pub(super) fn end(&self) -> u64 {
        self.offset.saturating_add(self.blocks.saturating_mul(4))
    }

    /// The length of a block's bitmap in bytes: a bit for each sector, filled up to whole sectors.
    pub(super) fn bitmap_size(&self) -> u64 {
        self.block_size.div_ceil(SECTOR).div_ceil(8).next_multiple_of(SECTOR)
    }

    /// Where `count` blocks lie from `first` on: the offset of each one's bitmap, `None` for one that is not
    /// allocated. The caller bounds `count`.
    pub(super) fn blocks_at(&self, first: u64, count: u64) -> Result<Vec<Option<u64>>, ReadError> {
        let offset = self.offset.saturating_add(first.saturating_mul(4));
        let length = usize::try_from(count.saturating_mul(4)).unwrap_or(usize::MAX);
        let bytes = read_vec(self.source.as_ref(), offset, length)?;
        let sector =
            |entry: &[u8]| entry.first_chunk().map_or(UNALLOCATED, |entry| u32::from_be_bytes(*entry));
        let offset = |sector| (sector != UNALLOCATED).then(|| u64::from(sector).saturating_mul(SECTOR));
        Ok(bytes.chunks_exact(4).map(|entry| offset(sector(entry))).collect())
    }
}

/// A dynamic or differencing disk as the guest sees it.
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
        let index = position.checked_div(self.table.block_size).unwrap_or(0);
        let within = position.checked_rem(self.table.block_size).unwrap_or(0);
        match (self.table.blocks_at(index, 1)?.first().copied().flatten(), &self.parent) {
            // The bitmap of a disk without a parent says nothing: some programs leave it empty (Disk2vhd).
            (Some(block), None) => self.read_block(block, position, within, buf),
            (Some(block), Some(parent)) => self.read_mixed(block, parent, position, buf),
            (None, Some(parent)) => read_parent(parent, position, buf),
            (None, None) => {
                buf.fill(0);
                Ok(())
            }
        }
    }

    fn read_block(&self, block: u64, position: u64, within: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        let offset = block.saturating_add(self.table.bitmap_size()).saturating_add(within);
        self.table.source.read_at(offset, buf).map_err(|error| beyond_end(error, position, block))
    }

    /// Reads a piece of a block of which each sector is the child's own or the parent's, as its bitmap says.
    fn read_mixed(
        &self,
        block: u64,
        parent: &Source,
        position: u64,
        buf: &mut [u8],
    ) -> Result<(), ReadError> {
        let within = position.checked_rem(self.table.block_size).unwrap_or(0);
        let first = within / SECTOR / 8;
        let last = within.saturating_add((buf.len() as u64).saturating_sub(1)) / SECTOR / 8;
        let length = usize::try_from(last.saturating_sub(first).saturating_add(1)).unwrap_or(usize::MAX);
        let bitmap = read_vec(self.table.source.as_ref(), block.saturating_add(first), length)
            .map_err(|error| beyond_end(error, position, block))?;
        let is_own = |within: u64| {
            let sector = within / SECTOR;
            let byte = usize::try_from((sector / 8).saturating_sub(first)).unwrap_or(usize::MAX);
            // The first sector's bit is the highest of its byte.
            let bit = 0x80_u8.wrapping_shr(u32::try_from(sector % 8).unwrap_or(0));
            bitmap.get(byte).is_some_and(|byte| byte & bit != 0)
        };
        let (mut done, mut rest) = (0_u64, buf);
        while !rest.is_empty() {
            let start = within.saturating_add(done);
            let own = is_own(start);
            let mut end = (start / SECTOR).saturating_add(1).saturating_mul(SECTOR);
            while end.saturating_sub(start) < rest.len() as u64 && is_own(end) == own {
                end = end.saturating_add(SECTOR);
            }
            let length = usize::try_from(end.saturating_sub(start)).unwrap_or(usize::MAX).min(rest.len());
            let (now, later) = rest.split_at_mut(length);
            let at = position.saturating_add(done);
            if own {
                self.read_block(block, at, start, now)?;
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

fn beyond_end(error: ReadError, position: u64, block: u64) -> ReadError {
    match error {
        ReadError::OutOfBounds { .. } => ReadError::Corrupt {
            offset: position,
            reason: format!("its block lies at offset {block}, and reaches beyond the end of the file"),
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
