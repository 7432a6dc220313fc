//! The guest's bytes, read through the block map and the parent.

use super::super::read_at::{ReadAt, ReadError, Source, check_bounds, read_vec};
use crate::sentence::sentence;

const FREE: u32 = 0xFFFF_FFFF;
const ZERO: u32 = 0xFFFF_FFFE;

/// Where a block of the guest's disk lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    /// Not written: the parent's block, or zeros.
    Free,
    /// Zeros, whatever the parent has.
    Zero,
    /// At this offset of the file.
    At(u64),
}

/// The block map: a 32-bit number for each block of the guest's disk.
pub(super) struct Map {
    pub(super) source: Source,
    /// Where the map lies, in bytes.
    pub(super) offset: u64,
    /// How many entries are used.
    pub(super) blocks: u64,
    /// Where block 0 of the data lies, in bytes.
    pub(super) data: u64,
    pub(super) block_size: u64,
    /// Bytes before each block's data.
    pub(super) extra: u64,
    /// The disk's size in bytes.
    pub(super) size: u64,
}

impl Map {
    /// Where the map ends in the file, in bytes.
    pub(super) fn end(&self) -> u64 {
        self.offset.saturating_add(self.blocks.saturating_mul(4))
    }

    /// `count` entries of the map, from entry `first` on. The caller bounds `count`.
    pub(super) fn blocks_at(&self, first: u64, count: u64) -> Result<Vec<Block>, ReadError> {
        let offset = self.offset.saturating_add(first.saturating_mul(4));
        let length = usize::try_from(count.saturating_mul(4)).unwrap_or(usize::MAX);
        let bytes = read_vec(self.source.as_ref(), offset, length)?;
        let number = |entry: &[u8]| entry.first_chunk().map_or(FREE, |entry| u32::from_le_bytes(*entry));
        Ok(bytes.chunks_exact(4).map(|entry| self.block(number(entry))).collect())
    }

    fn block(&self, number: u32) -> Block {
        match number {
            FREE => Block::Free,
            ZERO => Block::Zero,
            number => {
                let stride = self.block_size.saturating_add(self.extra);
                let start = self.data.saturating_add(u64::from(number).saturating_mul(stride));
                Block::At(start.saturating_add(self.extra))
            }
        }
    }
}

/// A VDI as the disk that the guest sees.
pub(super) struct Disk {
    map: Map,
    parent: Option<Source>,
}

impl Disk {
    pub(super) fn new(map: Map, parent: Option<Source>) -> Self {
        Self { map, parent }
    }

    fn fetch(&self, position: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        let index = position.checked_div(self.map.block_size).unwrap_or(0);
        let within = position.checked_rem(self.map.block_size).unwrap_or(0);
        match (self.map.blocks_at(index, 1)?.first(), &self.parent) {
            (Some(Block::At(offset)), _) => {
                let offset = offset.saturating_add(within);
                self.map.source.read_at(offset, buf).map_err(|error| match error {
                    ReadError::OutOfBounds { .. } => ReadError::Corrupt {
                        offset: position,
                        reason: sentence!(
                            "its block lies at offset {offset}, beyond the end of the file",
                            offset
                        ),
                    },
                    other => other,
                })
            }
            (Some(Block::Free), Some(parent)) => {
                let there = usize::try_from(parent.size().saturating_sub(position)).unwrap_or(usize::MAX);
                let (now, beyond) = buf.split_at_mut(there.min(buf.len()));
                beyond.fill(0);
                if now.is_empty() { Ok(()) } else { parent.read_at(position, now) }
            }
            _ => {
                buf.fill(0);
                Ok(())
            }
        }
    }
}

impl ReadAt for Disk {
    fn size(&self) -> u64 {
        self.map.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size())?;
        let mut position = offset;
        let mut rest = buf;
        while !rest.is_empty() {
            let within = position.checked_rem(self.map.block_size).unwrap_or(0);
            let left =
                usize::try_from(self.map.block_size.saturating_sub(within)).unwrap_or(usize::MAX).max(1);
            let (now, later) = rest.split_at_mut(left.min(rest.len()));
            self.fetch(position, now)?;
            position = position.saturating_add(now.len() as u64);
            rest = later;
        }
        Ok(())
    }
}
