//! Goes through the tables of a sparse extent: which grain lies highest in the file, which runs hold data, and
//! whether everything lies inside the file.

use super::disk::longest_compressed;
use super::grains::{Layout, Packing, Place, entry_at};
use super::layout::marker;
use crate::image::read_at::{Source, read_up_to, read_vec};
use crate::image::runs::Runs;
use crate::image::{Condition, Depth, ImageError};
use crate::sentence::{Sentence, sentence};
use std::ops::Range;

/// What the tables say.
#[derive(Default)]
pub(super) struct Survey {
    /// What is wrong.
    pub conditions: Vec<Condition>,
    /// The runs of the disk that hold data; `None` where not every table was read.
    pub allocated: Option<Vec<Range<u64>>>,
    /// Whether the directory lies in the file, so that the disk can be read as far as its tables and grains do.
    pub readable: bool,
}

/// How much may be read in one pass.
struct Budget {
    /// Bytes of the grain directory.
    directory: u64,
    /// Bytes of one window of grain tables.
    window: u64,
    /// How many windows.
    windows: usize,
    /// Bytes of grain tables in all: a disk of 4 TiB has 256 MiB of them.
    tables: u64,
}

impl Budget {
    fn of(depth: Depth) -> Self {
        match depth {
            // Two reads of 64 KiB for the directory, and two for the tables: a disk of 1 GiB is wholly seen.
            Depth::First => Self { directory: 64 * 1024, window: 64 * 1024, windows: 1, tables: 64 * 1024 },
            // Tables that lie together are read in few windows. Where a stream's writer put each behind its grains,
            // 600 reads are within a second in the browser; the rest of the disk is then told by the directory.
            Depth::Complete => {
                Self { directory: u64::MAX, window: 4 * 1024 * 1024, windows: 600, tables: 256 * 1024 * 1024 }
            }
        }
    }
}

/// A grain table that the directory names.
#[derive(Clone, Copy)]
struct Table {
    offset: u64,
    index: u64,
}

/// Goes through the tables of `source`, as far as `depth` allows, those highest in the file first: the highest grain
/// belongs to one of them, except in files that were written in another order.
///
/// # Errors
/// Only a read that failed.
pub(super) fn survey(source: &Source, layout: &Layout, depth: Depth) -> Result<Survey, ImageError> {
    let budget = Budget::of(depth);
    let mut survey = Survey::default();
    let Some((mut tables, mut whole)) = read_directory(source, layout, &budget, &mut survey)? else {
        survey.readable = survey.lacks_only_tables();
        return Ok(survey);
    };
    tables.sort_unstable_by_key(|table| std::cmp::Reverse(table.offset));
    let named = tables.len();
    tables.dedup_by_key(|table| table.offset);
    if tables.len() < named {
        survey.damaged("grain directory", layout.directory, "two of its entries name the same grain table");
    }
    let mut runs = Runs::default();
    let mut highest = None;
    let mut rest = tables.as_slice();
    let mut read = 0_u64;
    let mut windows = 0_usize;
    while let Some(first) = rest.first() {
        let last_bytes = layout.entries_used(first.index).saturating_mul(layout.dialect.entry_bytes());
        let end = first.offset.saturating_add(last_bytes);
        let count = together(rest, end, budget.window);
        let (group, after) = rest.split_at(count);
        let start = group.last().map_or(first.offset, |table| table.offset);
        let bytes = end.saturating_sub(start);
        windows = windows.saturating_add(1);
        read = read.saturating_add(bytes);
        if windows > budget.windows || read > budget.tables {
            break;
        }
        let window = read_up_to(source.as_ref(), start, usize::try_from(bytes).unwrap_or(0))?;
        for table in group {
            let skipped = usize::try_from(table.offset.saturating_sub(start)).unwrap_or(usize::MAX);
            let bytes = window.get(skipped..).unwrap_or_default();
            if let Err(reason) = read_table(bytes, layout, table.index, &mut runs, &mut highest) {
                survey.damaged("grain table", table.offset, reason);
            }
        }
        rest = after;
    }
    if !rest.is_empty() {
        // What was not read is told by the directory alone: a table that is there maps some data.
        whole = whole && depth == Depth::Complete && read <= budget.tables;
        for table in rest {
            runs.add(table_run(layout, table.index));
        }
    }
    if let Some((at, offset)) = highest {
        check_highest(source, layout, at, offset, &mut survey)?;
    }
    // Whoever puts the extents together cuts the runs at the disk's end.
    survey.allocated = whole.then(|| runs.finish(u64::MAX));
    survey.readable = !survey.conditions.iter().any(|condition| matches!(condition, Condition::Damaged(_)));
    Ok(survey)
}

impl Survey {
    /// Whether all of the directory is there, and some of the tables that it names are not.
    fn lacks_only_tables(&self) -> bool {
        let is_table = |condition: &Condition| {
            matches!(condition, Condition::Truncated { structure: "grain table", .. })
        };
        self.conditions.iter().all(is_table)
    }

    fn damaged(&mut self, field: &'static str, offset: u64, reason: impl Into<Sentence>) {
        // One is enough: the rest of a damaged table is no better.
        if !self.conditions.iter().any(|condition| matches!(condition, Condition::Damaged(_))) {
            self.conditions.push(Condition::Damaged(ImageError::malformed(field, offset, reason)));
        }
    }

    /// Notes that `structure`, named at `offset`, needs a longer file; or, when no file of such a disk can be as long
    /// as that, that the name of the place is damaged.
    fn beyond_the_end(&mut self, structure: &'static str, layout: &Layout, needed: u64) {
        /// Room for the metadata of a small disk.
        const METADATA: u64 = 1 << 30;
        if needed > layout.size.saturating_mul(2).saturating_add(METADATA) {
            let reason =
                sentence!("it would have to end at {needed}, far beyond the size of the whole disk", needed);
            self.damaged(structure, layout.directory, reason);
        } else {
            self.conditions.push(Condition::Truncated { structure, needed: Some(needed) });
        }
    }
}

/// How many of `tables`, those highest in the file first, one window of `window` bytes up to `end` holds without
/// reading much between them.
fn together(tables: &[Table], end: u64, window: u64) -> usize {
    /// A gap that costs less to read than another read does.
    const GAP: u64 = 64 * 1024;
    let mut count = 0_usize;
    let mut lowest = end;
    for table in tables {
        let near = lowest.saturating_sub(table.offset) <= GAP;
        if count > 0 && !(near && end.saturating_sub(table.offset) <= window) {
            break;
        }
        lowest = table.offset;
        count = count.saturating_add(1);
    }
    count
}

/// The run of the disk that the `index`th table maps.
fn table_run(layout: &Layout, index: u64) -> Range<u64> {
    let start = index.saturating_mul(layout.table_reach());
    start..start.saturating_add(layout.table_reach()).min(layout.size)
}

/// The tables that the directory names, and whether all of it was read; `None` where it leads out of the file.
fn read_directory(
    source: &Source,
    layout: &Layout,
    budget: &Budget,
    survey: &mut Survey,
) -> Result<Option<(Vec<Table>, bool)>, ImageError> {
    /// Bytes that are read at once.
    const PIECE: u64 = 1024 * 1024;
    let width = layout.dialect.entry_bytes();
    let bytes = layout.directory_entries.saturating_mul(width);
    let end = layout.directory.saturating_add(bytes);
    if end > source.size() {
        survey.beyond_the_end("grain directory", layout, end);
        return Ok(None);
    }
    let wanted = bytes.min(budget.directory);
    let mut tables = Vec::new();
    let mut beyond = 0_u64;
    let mut done = 0_u64;
    while done < wanted {
        let piece = wanted.saturating_sub(done).min(PIECE);
        let offset = layout.directory.saturating_add(done);
        let entries = read_vec(source.as_ref(), offset, usize::try_from(piece).unwrap_or(0))?;
        for within in 0..piece.checked_div(width).unwrap_or(0) {
            let index = done.checked_div(width).unwrap_or(0).saturating_add(within);
            match layout.table_offset(entry_at(&entries, within, width).unwrap_or(0)) {
                Ok(None) => {}
                Ok(Some(offset)) => {
                    let used = layout.entries_used(index).saturating_mul(width);
                    beyond = beyond.max(offset.saturating_add(used));
                    tables.push(Table { offset, index });
                }
                Err(reason) => {
                    let entry = offset.saturating_add(within.saturating_mul(width));
                    survey.damaged("grain directory", entry, reason);
                    return Ok(None);
                }
            }
        }
        done = done.saturating_add(piece);
    }
    if beyond > source.size() {
        survey.beyond_the_end("grain table", layout, beyond);
        return Ok(None);
    }
    Ok(Some((tables, wanted == bytes)))
}

/// Notes the grains of one table: the runs of the disk, and the highest place in the file with its place on the disk.
fn read_table(
    bytes: &[u8],
    layout: &Layout,
    index: u64,
    runs: &mut Runs,
    highest: &mut Option<(u64, u64)>,
) -> Result<(), &'static str> {
    let base = index.saturating_mul(layout.table_reach());
    for within in 0..layout.entries_used(index) {
        let entry = entry_at(bytes, within, layout.dialect.entry_bytes()).unwrap_or(0);
        if entry == 0 {
            continue;
        }
        let Place::At(offset) = layout.place(entry)? else { continue };
        let at = base.saturating_add(within.saturating_mul(layout.grain_bytes));
        runs.add(at..at.saturating_add(layout.grain_bytes).min(layout.size));
        if highest.is_none_or(|(_, known)| offset > known) {
            *highest = Some((at, offset));
        }
    }
    Ok(())
}

/// Checks that the grain at `offset` of the file, `at` on the disk, ends within the file.
fn check_highest(
    source: &Source,
    layout: &Layout,
    at: u64,
    offset: u64,
    survey: &mut Survey,
) -> Result<(), ImageError> {
    let size = source.size();
    let end = match layout.packing {
        // Writers store the last grain of a disk whole or up to the disk's end; the latter is enough.
        Packing::Plain => offset.saturating_add(layout.size.saturating_sub(at).min(layout.grain_bytes)),
        Packing::Zlib { markers: false } => offset.saturating_add(1),
        Packing::Zlib { markers: true } => {
            let data = offset.saturating_add(marker::GRAIN_DATA);
            let head = read_up_to(source.as_ref(), offset, 12)?;
            match marker::SIZE.get(&head) {
                Err(_) => data.saturating_add(1),
                Ok(length) if length == 0 || u64::from(length) > longest_compressed(layout.grain_bytes) => {
                    survey.damaged(
                        "grain marker",
                        offset,
                        sentence!("it says that {length} bytes follow", length),
                    );
                    return Ok(());
                }
                Ok(length) => data.saturating_add(u64::from(length)),
            }
        }
    };
    if end > size {
        survey.beyond_the_end("grain", layout, end);
    }
    Ok(())
}

/// Whether the directory of `layout` and every table that its first entries name lie inside the file: what decides
/// whether the redundant directory takes the place of the first.
pub(super) fn directory_is_sound(source: &Source, layout: &Layout) -> Result<bool, ImageError> {
    let mut found = Survey::default();
    Ok(read_directory(source, layout, &Budget::of(Depth::First), &mut found)?.is_some())
}
