//! The guest's bytes, read through the block allocation table and the parent.

use super::super::block_reads::{for_each_run, for_each_unit, read_parent, said_of_disk};
use super::super::read_at::{ReadAt, ReadError, Source, check_bounds};
use super::layout::SECTOR;
use super::table::BlockTable;

/// A fixed disk: the file without its footer.
pub(super) struct Fixed {
    pub(super) source: Source,
    /// The disk's size in bytes.
    pub(super) size: u64,
    /// Where the disk's bytes end in the file: before `size` in a file that was cut.
    pub(super) end: u64,
}

impl ReadAt for Fixed {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size)?;
        check_bounds(offset, buf.len(), self.end).map_err(|error| said_of_disk(error, offset, offset))?;
        self.source.read_at(offset, buf)
    }
}

/// What a block that is not in the file, or a sector that its bitmap does not mark, is.
pub(super) enum Absent {
    /// Zeros, on a dynamic disk. Its bitmaps say nothing reliable: disk2vhd leaves them zero.
    Zeros,
    /// The parent's bytes, on a differencing disk.
    Parent(Source),
}

/// A dynamic or differencing disk.
pub(super) struct Sparse {
    pub(super) table: BlockTable,
    pub(super) absent: Absent,
}

impl Sparse {
    /// Reads a part of the block at `block` of the file: `within` its bytes, `position` on the virtual disk.
    fn stored(&self, block: u64, within: u64, position: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        let data = block.saturating_add(self.table.bitmap_size);
        let own = |within: u64, buf: &mut [u8]| {
            let place = data.saturating_add(within);
            self.table.source.read_at(place, buf).map_err(|error| said_of_disk(error, position, place))
        };
        let Absent::Parent(parent) = &self.absent else { return own(within, buf) };
        let last = within.saturating_add(buf.len() as u64).saturating_sub(1) / SECTOR;
        let (bitmap, first) = self
            .table
            .bitmap(block, within / SECTOR, last)
            .map_err(|error| said_of_disk(error, position, block))?;
        let start = position.saturating_sub(within);
        let marked = |sector: u64| is_marked(&bitmap, sector.saturating_sub(first));
        for_each_run(SECTOR, within, buf, marked, |is_own, within, part| {
            if is_own {
                own(within, part)
            } else {
                read_parent(Some(parent), start.saturating_add(within), part)
            }
        })
    }
}

impl ReadAt for Sparse {
    fn size(&self) -> u64 {
        self.table.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size())?;
        let block_size = self.table.block_size;
        for_each_unit(block_size, offset, buf, |index, within, part| {
            let position = index.saturating_mul(block_size).saturating_add(within);
            match (self.table.block(index)?, &self.absent) {
                (Some(block), _) => self.stored(block, within, position, part),
                (None, Absent::Parent(parent)) => read_parent(Some(parent), position, part),
                (None, Absent::Zeros) => {
                    part.fill(0);
                    Ok(())
                }
            }
        })
    }
}

/// Whether bit `index` is set, the highest bit of a byte first.
fn is_marked(bitmap: &[u8], index: u64) -> bool {
    let byte = usize::try_from(index / 8).ok().and_then(|at| bitmap.get(at)).copied().unwrap_or(0);
    byte & 0x80_u8.wrapping_shr(u32::try_from(index % 8).unwrap_or(0)) != 0
}
