//! The guest's bytes, read through the block allocation table and the parent.

use super::super::block_reads::{for_each_run, for_each_unit, read_parent, said_of_disk};
use super::super::read_at::{ReadAt, ReadError, Source, check_bounds};
use super::table::{Block, BlockTable};
use crate::sentence::sentence;

/// A VHDX as the disk that the guest sees.
pub(super) struct Disk {
    pub(super) table: BlockTable,
    pub(super) parent: Option<Source>,
}

impl Disk {
    fn stored(&self, place: u64, position: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        self.table.file.read_at(place, buf).map_err(|error| said_of_disk(error, position, place))
    }

    /// Reads a part of block `index`, which lies at `block` as far as it is the disk's own.
    fn partial(&self, index: u64, block: u64, within: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        let sector = self.table.sector_size;
        let start = index.saturating_mul(self.table.block_size);
        let number = |within: u64| within.checked_div(sector).unwrap_or(0);
        let last = number(within.saturating_add(buf.len() as u64).saturating_sub(1));
        let (bitmap, first) = self
            .table
            .bitmap(index, number(within), last)
            .map_err(|error| said_of_disk(error, start, block))?;
        let marked = |sector: u64| is_marked(&bitmap, sector.saturating_sub(first));
        for_each_run(sector, within, buf, marked, |is_own, within, part| {
            let position = start.saturating_add(within);
            if is_own {
                self.stored(block.saturating_add(within), position, part)
            } else {
                read_parent(self.parent.as_ref(), position, part)
            }
        })
    }
}

impl ReadAt for Disk {
    fn size(&self) -> u64 {
        self.table.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size())?;
        let block_size = self.table.block_size;
        for_each_unit(block_size, offset, buf, |index, within, part| {
            let position = index.saturating_mul(block_size).saturating_add(within);
            match self.table.block(index)? {
                Block::Full(block) => self.stored(block.saturating_add(within), position, part),
                Block::Partial(block) => self.partial(index, block, within, part),
                Block::Absent => read_parent(self.parent.as_ref(), position, part),
                Block::Zero | Block::Undefined => {
                    part.fill(0);
                    Ok(())
                }
                Block::Invalid(state) => Err(ReadError::Corrupt {
                    offset: position,
                    reason: sentence!(
                        "its block is in the state {state}, which a disk like this cannot have",
                        state
                    ),
                }),
            }
        })
    }
}

/// Whether bit `index` is set, the lowest bit of a byte first.
fn is_marked(bitmap: &[u8], index: u64) -> bool {
    let byte = usize::try_from(index / 8).ok().and_then(|at| bitmap.get(at)).copied().unwrap_or(0);
    byte & 1_u8.wrapping_shl(u32::try_from(index % 8).unwrap_or(0)) != 0
}
