//! Collects the runs of a disk that hold data, in bounded memory.

use std::ops::Range;

/// How many runs [`Runs::finish`] gives at most.
pub(super) const MOST: usize = 4096;

/// How many are kept while collecting; then runs with small gaps between them become one.
const KEPT: usize = 64 * 1024;

/// Runs of bytes, added in any order.
#[derive(Default)]
pub(super) struct Runs {
    runs: Vec<Range<u64>>,
    /// Gaps of up to so many bytes are closed.
    tolerance: u64,
}

impl Runs {
    /// Adds a run; an empty one adds nothing.
    pub(super) fn add(&mut self, run: Range<u64>) {
        if run.is_empty() {
            return;
        }
        if let Some(last) = self.runs.last_mut()
            && run.start >= last.start
            && run.start <= last.end.saturating_add(self.tolerance)
        {
            last.end = last.end.max(run.end);
            return;
        }
        self.runs.push(run);
        if self.runs.len() >= KEPT {
            self.reduce(KEPT / 2);
        }
    }

    /// The runs, ascending, disjoint, at most [`MOST`]; where there were more, the smallest gaps are closed.
    pub(super) fn finish(mut self) -> Vec<Range<u64>> {
        self.reduce(MOST);
        self.runs
    }

    fn reduce(&mut self, most: usize) {
        self.runs.sort_unstable_by_key(|run| run.start);
        self.merge();
        while self.runs.len() > most {
            self.tolerance = self.tolerance.saturating_mul(2).max(super::layout::SECTOR);
            self.merge();
        }
    }

    fn merge(&mut self) {
        let tolerance = self.tolerance;
        self.runs.dedup_by(|next, run| {
            let joins = next.start <= run.end.saturating_add(tolerance);
            if joins {
                run.end = run.end.max(next.end);
            }
            joins
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_become_one_run_in_whatever_order_they_come() {
        let mut runs = Runs::default();
        for run in [30..40, 0..10, 10..20, 40..45, 5..5] {
            runs.add(run);
        }
        assert_eq!(runs.finish(), [0..20, 30..45]);
    }

    #[test]
    fn no_more_than_the_limit_come_out_and_none_of_the_data_is_lost() {
        let mut runs = Runs::default();
        for at in 0..200_000_u64 {
            runs.add(at * 4096..at * 4096 + 512);
        }
        let finished = runs.finish();
        assert!(finished.len() <= MOST);
        assert_eq!(finished.first().map(|run| run.start), Some(0));
        assert_eq!(finished.last().map(|run| run.end), Some(199_999 * 4096 + 512));
        assert!(finished.windows(2).all(|pair| pair[0].end < pair[1].start));
    }
}
