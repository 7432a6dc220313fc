//! The runs of a virtual disk that hold data, kept short whatever the disk's size.

use std::ops::Range;

/// How many runs an image reports at most: more would be thinner than a pixel on any map of a disk.
pub const MAX_RUNS: usize = 4096;

/// Bytes of tables of blocks that the complete pass goes through: a disk of 64 TiB in blocks of 1 MiB has so many with
/// entries of four bytes. Of a disk with more, which only a hostile file has or one of many TiB, what the first pass
/// sees has to do.
pub(super) const MOST_TABLES: u64 = 256 * 1024 * 1024;

/// Runs of bytes that grow together, at most [`MAX_RUNS`] in the end.
///
/// When there are too many, those with the smallest gaps between them are taken as one.
#[derive(Debug, Default)]
pub struct Runs {
    runs: Vec<Range<u64>>,
}

impl Runs {
    /// Adds a run; runs that touch become one. The cheap order is ascending.
    pub fn add(&mut self, run: Range<u64>) {
        if run.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(last) if last.end >= run.start && last.start <= run.start => {
                last.end = last.end.max(run.end);
            }
            _ => self.runs.push(run),
        }
        if self.runs.len() >= MAX_RUNS.saturating_mul(4) {
            self.shorten();
        }
    }

    /// The runs, ascending, none touching the next, cut at `end`.
    pub fn finish(mut self, end: u64) -> Vec<Range<u64>> {
        self.shorten();
        self.runs.retain_mut(|run| {
            run.end = run.end.min(end);
            !run.is_empty()
        });
        self.runs
    }

    fn shorten(&mut self) {
        self.runs.sort_unstable_by_key(|run| run.start);
        self.merge_gaps_up_to(0);
        let excess = self.runs.len().saturating_sub(MAX_RUNS);
        if excess > 0 {
            let mut gaps: Vec<u64> = self
                .runs
                .iter()
                .zip(self.runs.iter().skip(1))
                .map(|(run, next)| next.start.saturating_sub(run.end))
                .collect();
            let (_, widest_closed, _) = gaps.select_nth_unstable(excess.saturating_sub(1));
            let widest_closed = *widest_closed;
            self.merge_gaps_up_to(widest_closed);
        }
    }

    fn merge_gaps_up_to(&mut self, gap: u64) {
        self.runs.dedup_by(|next, run| {
            let close = next.start <= run.end.saturating_add(gap);
            if close {
                run.end = run.end.max(next.end);
            }
            close
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_that_touch_or_overlap_become_one_in_any_order() {
        let mut runs = Runs::default();
        for run in [10..20, 40..50, 20..30, 5..12, 60..60] {
            runs.add(run);
        }
        assert_eq!(runs.finish(45), [5..30, 40..45]);
    }

    #[test]
    fn the_smallest_gaps_are_closed_when_there_are_too_many_runs() {
        let mut runs = Runs::default();
        for index in 0..100_000_u64 {
            let start = index * 10 + if index >= 50_000 { 1_000_000 } else { 0 };
            runs.add(start..start + 5);
        }
        let runs = runs.finish(u64::MAX);
        assert!(runs.len() <= MAX_RUNS);
        assert!(runs.iter().any(|run| run.end == 499_995), "the widest gap stays open: {runs:?}");
    }
}
