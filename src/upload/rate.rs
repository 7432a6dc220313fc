//! A steady rate and remaining time from the uneven progress a browser reports.

use std::collections::VecDeque;

/// How far back the rate looks, in milliseconds: long enough to be steady, short enough to follow a change.
const SPAN: f64 = 15_000.0;

/// The rate of a transfer over the last quarter of a minute.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rate {
    /// Moments (milliseconds) and the bytes sent by then, ascending.
    samples: VecDeque<(f64, u64)>,
}

impl Rate {
    /// Notes that `sent` bytes were sent by `now` (milliseconds).
    pub fn note(&mut self, now: f64, sent: u64) {
        self.samples.push_back((now, sent));
        // One sample older than the span is kept, so that the span is always covered.
        while self.samples.get(1).is_some_and(|(moment, _)| now - moment > SPAN) {
            self.samples.pop_front();
        }
    }

    /// Bytes a second; `None` until there is half a second to judge by.
    #[expect(clippy::cast_precision_loss, reason = "a rate is an estimate")]
    pub fn bytes_per_second(&self) -> Option<f64> {
        let (first, last) = (self.samples.front()?, self.samples.back()?);
        let elapsed = last.0 - first.0;
        (elapsed >= 500.0).then(|| last.1.saturating_sub(first.1) as f64 * 1000.0 / elapsed)
    }

    /// Seconds until `total` bytes are sent, at this rate.
    #[expect(clippy::cast_precision_loss, reason = "a rate is an estimate")]
    pub fn seconds_left(&self, total: u64) -> Option<f64> {
        let sent = self.samples.back()?.1;
        let rate = self.bytes_per_second().filter(|rate| *rate > 0.0)?;
        Some(total.saturating_sub(sent) as f64 / rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_transfer_has_its_rate_and_remaining_time() {
        let mut rate = Rate::default();
        for second in 0..=20_u32 {
            rate.note(f64::from(second) * 1000.0, u64::from(second) * 1_000_000);
        }
        assert!((rate.bytes_per_second().unwrap() - 1e6).abs() < 1.0);
        assert!((rate.seconds_left(30_000_000).unwrap() - 10.0).abs() < 0.01);
    }

    #[test]
    fn a_stall_brings_the_rate_down_instead_of_freezing_it() {
        let mut rate = Rate::default();
        rate.note(0.0, 0);
        rate.note(10_000.0, 10_000_000);
        let before = rate.bytes_per_second().unwrap();
        rate.note(24_000.0, 10_000_000);
        assert!(rate.bytes_per_second().unwrap() < before / 2.0);
    }

    #[test]
    fn nothing_is_said_before_there_is_something_to_judge_by() {
        let mut rate = Rate::default();
        rate.note(0.0, 0);
        rate.note(100.0, 5);
        assert_eq!(rate.bytes_per_second(), None);
    }
}
