//! What the block allocation table says of the whole disk.

use super::super::block_survey::BlockSurvey;
use super::super::read_at::ReadError;
use super::super::runs::MOST_TABLES;
use super::super::{Condition, Depth, Image};
use super::header::Header;
use super::layout::{MIB, bat};
use super::region::Regions;
use super::table::{Block, BlockTable, Entry};
use crate::sentence::sentence;
use std::ops::Range;

/// How many entries are read at once in the complete pass: 4 MiB.
const WINDOW: u64 = 512 * 1024;
/// How many entries the first pass looks at: 64 KiB, enough for 256 GiB in blocks of 32 MiB.
const FIRST: u64 = 8 * 1024;

pub(super) struct Survey {
    blocks: BlockSurvey,
    /// How many blocks are in the state `ZERO`.
    zero: u64,
    /// Whether every entry was looked at.
    complete: bool,
}

/// Looks at as much of the table as `depth` allows.
///
/// # Errors
/// Only when the file cannot be read.
pub(super) fn survey(
    table: &BlockTable,
    header: &Header,
    regions: &Regions,
    depth: Depth,
) -> Result<Survey, ReadError> {
    let entries = table.entries();
    let wanted = match depth {
        Depth::Complete if entries.saturating_mul(8) <= MOST_TABLES => entries,
        _ => entries.min(FIRST),
    };
    let mut survey = Survey {
        blocks: BlockSurvey::new("block allocation table", MIB),
        zero: 0,
        complete: wanted == entries,
    };
    survey.blocks.reserve("header section", 0..MIB);
    survey.blocks.reserve("block allocation table", regions.bat.clone());
    survey.blocks.reserve("metadata region", regions.metadata.clone());
    survey.blocks.reserve("log", header.log_offset..header.log_offset.saturating_add(header.log_length));
    let mut first = 0_u64;
    while first < wanted {
        let count = wanted.saturating_sub(first).min(WINDOW);
        for (index, entry) in (first..).zip(table.entries_at(first, count)?) {
            survey.entry(table, table.entry_offset(index), entry);
        }
        first = first.saturating_add(count);
    }
    survey.blocks.compare(table.offset, table.block_size);
    Ok(survey)
}

impl Survey {
    /// Takes note of an entry, which lies at `at` of the file.
    fn entry(&mut self, table: &BlockTable, at: u64, entry: Entry) {
        match entry {
            // A differencing disk has entries for whole chunks of blocks, also beyond the disk's end.
            Entry::Block(index, _) if index >= table.blocks => {}
            Entry::Block(index, Block::Full(place) | Block::Partial(place)) => {
                let guest = index.saturating_mul(table.block_size);
                // The last block may hold more than the guest sees, and its rest need not be in the file.
                let length = table.block_size.min(table.size.saturating_sub(guest));
                let place = place..place.saturating_add(length);
                self.blocks.block(at, place, guest..guest.saturating_add(length));
            }
            Entry::Block(_, Block::Zero) => self.zero = self.zero.saturating_add(1),
            Entry::Block(index, Block::Invalid(state)) => {
                let reason =
                    sentence!("block {index} is in the state {state}, which it cannot have", index, state);
                self.blocks.damaged(at, reason);
            }
            Entry::Bitmap(Some(place)) if table.has_parent => {
                self.blocks.structure(at, place..place.saturating_add(bat::BITMAP_SIZE));
            }
            Entry::Block(_, Block::Absent | Block::Undefined) | Entry::Bitmap(_) => {}
        }
    }

    /// Puts the findings into `image`. `file_size` is the size after the log was replayed, `parent` what the parent
    /// has allocated, where there is one.
    pub(super) fn report(
        self,
        image: &mut Image,
        table: &BlockTable,
        file_size: u64,
        parent: Option<&[Range<u64>]>,
    ) {
        let mut blocks = self.blocks;
        if blocks.end > file_size {
            let needed = Some(blocks.end);
            image.conditions.push(Condition::Truncated { structure: "blocks", needed });
        }
        if let Some(damage) = blocks.damage.take() {
            image.conditions.push(Condition::Damaged(damage));
        }
        if self.zero > 0 {
            image.conditions.push(Condition::UnusualBlocks { state: "ZERO" });
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
