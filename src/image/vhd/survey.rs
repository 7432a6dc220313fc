//! What the block allocation table says of the whole disk.

use super::super::block_survey::BlockSurvey;
use super::super::read_at::ReadError;
use super::super::runs::MOST_TABLES;
use super::super::{Condition, Depth, Image};
use super::footer::Footers;
use super::layout::{SECTOR, dynamic, footer};
use super::table::BlockTable;
use std::ops::Range;

/// How many entries are read at once in the complete pass: 4 MiB.
const WINDOW: u64 = 1024 * 1024;
/// How many entries the first pass looks at: 64 KiB, enough for 32 GiB in blocks of 2 MiB.
const FIRST: u64 = 16 * 1024;

pub(super) struct Survey {
    blocks: BlockSurvey,
    /// Whether every entry was looked at.
    complete: bool,
}

/// Looks at as much of the table as `depth` allows.
///
/// # Errors
/// Only when the file cannot be read.
pub(super) fn survey(table: &BlockTable, footers: &Footers, depth: Depth) -> Result<Survey, ReadError> {
    let mut blocks = BlockSurvey::new("block allocation table", SECTOR);
    reserve(&mut blocks, table, footers);
    let wanted = match depth {
        Depth::Complete if table.blocks.saturating_mul(4) <= MOST_TABLES => table.blocks,
        _ => table.blocks.min(FIRST),
    };
    let mut first = 0_u64;
    while first < wanted {
        let count = wanted.saturating_sub(first).min(WINDOW);
        for (index, block) in (first..).zip(table.blocks_at(first, count)?) {
            if let Some(block) = block {
                let guest = index.saturating_mul(table.block_size);
                // The last block may hold more than the guest sees, and its rest need not be in the file.
                let length = table.block_size.min(table.size.saturating_sub(guest));
                let end = block.saturating_add(table.bitmap_size).saturating_add(length);
                let entry = table.offset.saturating_add(index.saturating_mul(4));
                blocks.block(entry, block..end, guest..guest.saturating_add(length));
            }
        }
        first = first.saturating_add(count);
    }
    // The last block of the file may be a short one, which then has no other behind it.
    blocks.compare(table.offset, table.bitmap_size.saturating_add(table.block_size));
    Ok(Survey { blocks, complete: wanted == table.blocks })
}

fn reserve(blocks: &mut BlockSurvey, table: &BlockTable, footers: &Footers) {
    blocks.reserve("block allocation table", table.offset..table.end());
    if let Some(footer) = footers.used() {
        let header = footer.data_offset;
        blocks.reserve("dynamic header", header..header.saturating_add(dynamic::SIZE as u64));
    }
    if footers.copy.is_some() {
        blocks.reserve("copy of the footer", 0..footer::SIZE as u64);
    }
    if let Some(end) = &footers.end {
        blocks.reserve("footer", end.offset..end.end());
    }
}

impl Survey {
    /// Puts the findings into `image`. `parent` is what the parent has allocated, where there is one.
    pub(super) fn report(
        self,
        image: &mut Image,
        table: &BlockTable,
        footers: &Footers,
        parent: Option<&[Range<u64>]>,
    ) {
        let mut blocks = self.blocks;
        let end = blocks.end.max(table.end());
        if end > image.file_size {
            let needed = Some(end.saturating_add(SECTOR));
            image.conditions.push(Condition::Truncated { structure: "blocks", needed });
        } else if footers.end.is_none() {
            // Where the footer should begin is known only when all blocks are.
            let needed = self.complete.then(|| end.max(image.file_size).saturating_add(SECTOR));
            image.conditions.push(Condition::Truncated { structure: "footer", needed });
        }
        if let Some(damage) = blocks.damage.take() {
            image.conditions.push(Condition::Damaged(damage));
        }
        if self.complete {
            image.fact("blocks in the file", format!("{} of {}", blocks.stored, table.blocks));
            for run in parent.unwrap_or_default() {
                blocks.runs.add(run.clone());
            }
            image.allocated = blocks.runs.finish(table.size);
        }
    }
}
