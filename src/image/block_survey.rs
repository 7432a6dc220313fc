//! What a table of blocks says of the whole disk: which runs hold data, how long the file must be, and whether
//! blocks lie where they cannot.

use super::ImageError;
use super::runs::Runs;
use crate::sentence::{Sentence, sentence};
use std::ops::Range;

/// How many blocks are compared with each other. Beyond (a disk of 8 TiB in blocks of 2 MiB, all in use), the
/// comparison would need more memory than it is worth.
const MAX_COMPARED: usize = 4 * 1024 * 1024;

/// The findings so far.
pub(super) struct BlockSurvey {
    /// What the table is called in the format's specification.
    table: &'static str,
    /// The structures of the file in which no block may lie.
    reserved: Vec<(&'static str, Range<u64>)>,
    /// What divides the place of every block, in bytes.
    alignment: u64,
    /// Where each block lies, in units of `alignment`: four bytes a block keep millions of them small.
    places: Vec<u32>,
    /// The runs of the disk with data of their own.
    pub(super) runs: Runs,
    /// How long the file must be for its blocks, in bytes.
    pub(super) end: u64,
    /// How many blocks are in the file.
    pub(super) stored: u64,
    /// The first block that lies where none may.
    pub(super) damage: Option<ImageError>,
}

impl BlockSurvey {
    pub(super) fn new(table: &'static str, alignment: u64) -> Self {
        Self {
            table,
            reserved: Vec::new(),
            alignment,
            places: Vec::new(),
            runs: Runs::default(),
            end: 0,
            stored: 0,
            damage: None,
        }
    }

    /// Keeps `range` of the file for `structure`.
    pub(super) fn reserve(&mut self, structure: &'static str, range: Range<u64>) {
        self.reserved.push((structure, range));
    }

    /// Takes note of a block: `entry` is where the table speaks of it, `place` where it lies in the file, and
    /// `guest` which bytes of the disk it holds.
    pub(super) fn block(&mut self, entry: u64, place: Range<u64>, guest: Range<u64>) {
        self.stored = self.stored.saturating_add(1);
        self.runs.add(guest);
        if self.places.len() < MAX_COMPARED
            && let Some(Ok(unit)) = place.start.checked_div(self.alignment).map(u32::try_from)
        {
            self.places.push(unit);
        }
        self.structure(entry, place);
    }

    /// Takes note of what else the table places in the file.
    pub(super) fn structure(&mut self, entry: u64, place: Range<u64>) {
        self.end = self.end.max(place.end);
        let overlapped =
            self.reserved.iter().find(|(_, range)| place.start < range.end && range.start < place.end);
        if let Some((structure, _)) = overlapped {
            let reason = sentence!(
                "a block at offset {start} lies over the {structure}",
                start = place.start,
                structure
            );
            self.damaged(entry, reason);
        }
    }

    /// Takes note of the first thing that is wrong, which `entry` of the table says.
    pub(super) fn damaged(&mut self, entry: u64, reason: Sentence) {
        let table = self.table;
        self.damage.get_or_insert_with(|| ImageError::malformed(table, entry, reason));
    }

    /// Compares all blocks with each other: two that share bytes cannot both be right. `stride` is how many bytes
    /// of the file a block takes, `table` where the table lies.
    pub(super) fn compare(&mut self, table: u64, stride: u64) {
        let mut places = std::mem::take(&mut self.places);
        places.sort_unstable();
        let distance =
            |next: u32, place: u32| u64::from(next.saturating_sub(place)).saturating_mul(self.alignment);
        let pairs = places.iter().zip(places.iter().skip(1));
        let shared = pairs.clone().find(|(place, next)| distance(**next, **place) < stride);
        if let Some((place, _)) = shared {
            let offset = u64::from(*place).saturating_mul(self.alignment);
            self.damaged(table, sentence!("two blocks share the bytes at offset {offset}", offset));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey() -> BlockSurvey {
        let mut survey = BlockSurvey::new("table", 512);
        survey.reserve("header", 0..1024);
        survey
    }

    #[test]
    fn blocks_beside_each_other_are_sound() {
        let mut survey = survey();
        survey.block(0, 5120..9216, 0..4096);
        survey.block(4, 1024..5120, 4096..8000);
        survey.compare(0, 4096);
        assert_eq!((survey.damage, survey.end, survey.stored), (None, 9216, 2));
        assert_eq!(survey.runs.finish(8000), std::slice::from_ref(&(0..8000)));
    }

    #[test]
    fn blocks_that_share_bytes_are_damage() {
        let mut survey = survey();
        survey.block(0, 5120..9216, 0..4096);
        survey.block(4, 4608..8704, 4096..8000);
        survey.compare(100, 4096);
        let damage = survey.damage.unwrap();
        assert_eq!(damage.offset, 100);
        assert!(damage.reason.contains("4608"), "{damage}");
    }

    #[test]
    fn a_block_over_a_header_is_damage() {
        let mut survey = survey();
        survey.block(8, 512..4608, 0..4096);
        assert_eq!(survey.damage.unwrap().offset, 8);
    }
}
