//! How many parts are sent at a time: fewer when S3 asks for patience, and more again when it takes them.

use super::event::Millis;

/// Requests fail together, so that what was lowered once is not lowered again for as long as this.
const QUIET: Millis = 5000;

/// So many parts must arrive before one more is tried at a time.
const PARTS_BEFORE_RAISING: u16 = 4;

#[derive(Debug, Clone)]
pub(super) struct Parallel {
    most: u8,
    now: u8,
    arrived: u16,
    lowered: Option<Millis>,
}

impl Parallel {
    pub(super) fn new(most: u8) -> Self {
        let most = most.max(1);
        Self { most, now: most, arrived: 0, lowered: None }
    }

    pub(super) fn now(&self) -> usize {
        usize::from(self.now)
    }

    pub(super) fn set_most(&mut self, most: u8) {
        let most = most.max(1);
        // What S3 asked for still holds; without that, the new number does at once.
        self.now = if self.now == self.most { most } else { self.now.min(most) };
        self.most = most;
    }

    pub(super) fn lower(&mut self, now: Millis) {
        self.arrived = 0;
        if self.lowered.is_none_or(|lowered| now.saturating_sub(lowered) >= QUIET) {
            self.now = (self.now / 2).max(1);
            self.lowered = Some(now);
        }
    }

    pub(super) fn arrived(&mut self) {
        if self.now == self.most {
            return;
        }
        self.arrived += 1;
        if self.arrived >= PARTS_BEFORE_RAISING {
            self.arrived = 0;
            self.now += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_halved_once_for_requests_that_fail_together_and_raised_one_by_one() {
        let mut parallel = Parallel::new(6);
        (0..6).for_each(|moment| parallel.lower(moment));
        assert_eq!(parallel.now(), 3);
        parallel.lower(QUIET);
        parallel.lower(2 * QUIET);
        assert_eq!(parallel.now(), 1);
        (0..PARTS_BEFORE_RAISING).for_each(|_| parallel.arrived());
        assert_eq!(parallel.now(), 2);
        (0..100).for_each(|_| parallel.arrived());
        assert_eq!(parallel.now(), 6);
    }

    #[test]
    fn a_new_limit_holds_at_once_but_does_not_undo_what_s3_asked_for() {
        let mut parallel = Parallel::new(6);
        parallel.set_most(8);
        assert_eq!(parallel.now(), 8);
        parallel.lower(0);
        parallel.set_most(10);
        assert_eq!(parallel.now(), 4);
        parallel.set_most(0);
        assert_eq!(parallel.now(), 1);
    }
}
