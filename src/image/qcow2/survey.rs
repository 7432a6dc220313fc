//! What the tables say of the whole disk: which runs hold data, and whether the file is long enough for them.

use super::super::read_at::{ReadError, Source, read_up_to};
use super::super::runs::{MOST_TABLES, Runs};
use super::super::{Depth, ImageError};
use super::tables::{Meaning, Place, SUBCLUSTERS, Tables, bit};
use crate::sentence::sentence;

/// How many bytes of a table are read at once in the complete pass.
const WINDOW: u64 = 4 * 1024 * 1024;
/// How many bytes of the L1 table the first pass looks at.
const FIRST_L1: u64 = 64 * 1024;
/// How many L2 tables the first pass looks into, 64 KiB each: the highest in the file, which map what was written
/// last.
const FIRST_L2_TABLES: usize = 2;
const FIRST_L2: u64 = 64 * 1024;

/// The findings.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The runs of the guest's disk with data of their own.
    pub(super) runs: Runs,
    /// How long the file must be for its L2 tables, in bytes.
    pub(super) tables_end: u64,
    /// How long the file with the data must be for its clusters, in bytes.
    pub(super) data_end: u64,
    /// How many clusters are compressed.
    pub(super) compressed: u64,
    /// Whether every table was looked at.
    pub(super) complete: bool,
    /// The first entry that breaks the format's rules.
    pub(super) damage: Option<ImageError>,
}

/// Looks at as many tables as `depth` allows.
///
/// # Errors
/// Only when the file cannot be read.
pub(super) fn survey(tables: &Tables, depth: Depth) -> Result<Survey, ReadError> {
    let mut survey = Survey::default();
    match depth {
        Depth::Complete if survey.is_affordable(tables)? => survey.complete(tables)?,
        _ => survey.first(tables)?,
    }
    Ok(survey)
}

impl Survey {
    fn first(&mut self, tables: &Tables) -> Result<(), ReadError> {
        let mut found = self.l2_tables(tables, 0, tables.l1_entries.min(FIRST_L1 / 8))?;
        found.sort_unstable_by_key(|(_, table)| std::cmp::Reverse(*table));
        found.truncate(FIRST_L2_TABLES);
        for (index, table) in found {
            let entries = tables.l2_size().min(FIRST_L2).checked_div(tables.entry_size).unwrap_or(0);
            let skipped =
                tables.l2_size().checked_div(tables.entry_size).unwrap_or(0).saturating_sub(entries);
            // The end of the table maps what was written last, but a table of a small disk is used from the front.
            let used = tables.size.saturating_sub(index.saturating_mul(tables.l2_reach()));
            let from = if used < tables.l2_reach() { 0 } else { skipped };
            self.l2_entries(tables, index, table, from, entries)?;
        }
        Ok(())
    }

    /// Whether the tables are no more than [`MOST_TABLES`].
    fn is_affordable(&mut self, tables: &Tables) -> Result<bool, ReadError> {
        let mut named = 0_u64;
        let mut index = 0_u64;
        while index < tables.l1_entries {
            let count = tables.l1_entries.saturating_sub(index).min(WINDOW / 8);
            named = named.saturating_add(self.l2_tables(tables, index, count)?.len() as u64);
            index = index.saturating_add(count);
        }
        let read = named.min(most_tables(tables)).saturating_mul(tables.l2_size());
        Ok(read <= MOST_TABLES)
    }

    fn complete(&mut self, tables: &Tables) -> Result<(), ReadError> {
        self.complete = true;
        let mut left = most_tables(tables);
        let mut l1_index = 0_u64;
        while l1_index < tables.l1_entries {
            let count = tables.l1_entries.saturating_sub(l1_index).min(WINDOW / 8);
            for (index, table) in self.l2_tables(tables, l1_index, count)? {
                if left == 0 {
                    let reason = "it names more L2 tables than the file has room for";
                    self.damaged(ImageError::malformed("L1 table", tables.l1_offset, reason));
                    return Ok(());
                }
                left = left.saturating_sub(1);
                let entries = tables.l2_size().checked_div(tables.entry_size).unwrap_or(0);
                self.l2_entries(tables, index, table, 0, entries)?;
            }
            l1_index = l1_index.saturating_add(count);
        }
        Ok(())
    }

    /// The L2 tables that `count` entries of the L1 table from `first` on name, with their index.
    fn l2_tables(&mut self, tables: &Tables, first: u64, count: u64) -> Result<Vec<(u64, u64)>, ReadError> {
        let offset = tables.l1_offset.saturating_add(first.saturating_mul(8));
        let length = usize::try_from(count.saturating_mul(8)).unwrap_or(0);
        let bytes = read_up_to(tables.source.as_ref(), offset, length)?;
        let mut found = Vec::new();
        for (index, entry) in (first..).zip(bytes.chunks_exact(8)) {
            let entry = entry.first_chunk().map_or(0, |entry| u64::from_be_bytes(*entry));
            let table = entry & tables.l1_mask;
            if table == 0 {
                continue;
            }
            if table & tables.cluster_size().saturating_sub(1) != 0 {
                let at = tables.l1_offset.saturating_add(index.saturating_mul(8));
                let reason = sentence!("entry {index} points at {table}, which is not aligned", index, table);
                self.damaged(ImageError::malformed("L1 table", at, reason));
                continue;
            }
            self.tables_end = self.tables_end.max(table.saturating_add(tables.l2_size()));
            found.push((index, table));
        }
        Ok(found)
    }

    /// Looks at `count` entries of the L2 table at `table`, from entry `from` on.
    fn l2_entries(
        &mut self,
        tables: &Tables,
        l1_index: u64,
        table: u64,
        from: u64,
        count: u64,
    ) -> Result<(), ReadError> {
        let cluster = tables.cluster_size();
        let offset = table.saturating_add(from.saturating_mul(tables.entry_size));
        let there = tables.source.size().saturating_sub(offset).checked_div(tables.entry_size).unwrap_or(0);
        let mut guest =
            l1_index.saturating_mul(tables.l2_reach()).saturating_add(from.saturating_mul(cluster));
        for (index, entry) in (from..).zip(tables.entries_at(offset, count.min(there))?) {
            if guest >= tables.size {
                break;
            }
            // The last cluster of a disk need not be whole.
            let length = cluster.min(tables.size.saturating_sub(guest));
            match tables.meaning(entry) {
                Meaning::Whole(Place::Data(offset)) => self.data(guest, offset, length),
                Meaning::Whole(Place::Compressed { offset, length: sectors }) => {
                    self.compressed = self.compressed.saturating_add(1);
                    self.runs.add(guest..guest.saturating_add(length));
                    // The data may end anywhere in the last of its sectors.
                    let end = offset.saturating_add(sectors).saturating_sub(511);
                    self.data_end = self.data_end.max(end);
                }
                Meaning::Whole(Place::Zero | Place::Backing) => {}
                Meaning::Subclusters { data, allocated, zero } => {
                    let subcluster = cluster.checked_div(SUBCLUSTERS).unwrap_or(cluster);
                    for part in (0..SUBCLUSTERS).filter(|part| bit(allocated & !zero, *part)) {
                        let within = part.saturating_mul(subcluster);
                        if within < length {
                            let length = subcluster.min(length.saturating_sub(within));
                            self.data(guest.saturating_add(within), data.saturating_add(within), length);
                        }
                    }
                }
                Meaning::Invalid(reason) => {
                    let at = table.saturating_add(index.saturating_mul(tables.entry_size));
                    self.damaged(ImageError::malformed(
                        "L2 table",
                        at,
                        sentence!("entry {index}: {reason}", index, reason),
                    ));
                }
            }
            guest = guest.saturating_add(cluster);
        }
        Ok(())
    }

    fn data(&mut self, guest: u64, offset: u64, length: u64) {
        self.runs.add(guest..guest.saturating_add(length));
        self.data_end = self.data_end.max(offset.saturating_add(length));
    }

    fn damaged(&mut self, error: ImageError) {
        self.damage.get_or_insert(error);
    }
}

/// How many L2 tables a sound image has at most: as many as its file has clusters. Without this, a small file could
/// name one table four million times.
fn most_tables(tables: &Tables) -> u64 {
    tables.source.size().wrapping_shr(tables.cluster_bits).saturating_add(1)
}

/// Whether the L1 table lies in the file, so that anything can be looked up.
pub(super) fn l1_end(tables: &Tables) -> u64 {
    tables.l1_offset.saturating_add(tables.l1_entries.saturating_mul(8))
}

/// What the file is too short for, and how long it should be.
pub(super) fn missing_end(tables: &Tables, survey: &Survey, data: &Source) -> Option<(&'static str, u64)> {
    let size = tables.source.size();
    if survey.tables_end > size {
        Some(("L2 table", survey.tables_end))
    } else if survey.data_end > data.size() && !tables.external_data {
        Some(("data clusters", survey.data_end))
    } else {
        None
    }
}
