//! What to do after a failure, and how long to wait before.

use super::event::Millis;
use crate::upload::failure::Failure;

/// The first wait, at most, and what it doubles up to.
const FIRST_WAIT: Millis = 1000;
const LONGEST_WAIT: Millis = 60_000;

/// No server's wish for patience is followed longer than this.
const LONGEST_RETRY_AFTER: Millis = 15 * 60_000;

/// So often a request is tried before the person is asked.
pub(super) const MOST_ATTEMPTS: u16 = 12;

/// So often where another try is unlikely to help: nothing was ever answered, the bytes do not arrive as they are, or
/// the clock is still wrong after it was set.
pub(super) const FEW_ATTEMPTS: u16 = 4;

/// What follows from a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Another try, up to so many.
    Again(u16),
    /// Another try, with fewer at a time.
    Slower,
    /// Read the bytes again: they did not arrive as they were.
    Reread,
    /// Sign for another moment.
    SetClock,
    /// A new ticket or new credentials.
    Authorise,
    /// It would fail again.
    Refuse,
    /// The upload is not there.
    Gone,
    /// The parts are not those that S3 has.
    ListAgain,
}

/// Judges a failure. `code` is S3's, and empty where there is none; `has_answered` says whether S3 ever did.
pub(super) fn judge(failure: &Failure, code: &str, has_answered: bool) -> Verdict {
    match code {
        "SlowDown" | "ServiceUnavailable" | "TooManyRequests" | "Throttling" => return Verdict::Slower,
        "InternalError" | "RequestTimeout" | "IncompleteBody" | "OperationAborted" => {
            return Verdict::Again(MOST_ATTEMPTS);
        }
        // Garage and some others say InvalidDigest where S3 says BadDigest.
        "BadDigest" | "InvalidDigest" => return Verdict::Reread,
        "NoSuchUpload" => return Verdict::Gone,
        "InvalidPart" | "InvalidPartOrder" | "EntityTooSmall" => return Verdict::ListAgain,
        _ => {}
    }
    match failure {
        Failure::NetworkLost => Verdict::Again(MOST_ATTEMPTS),
        // To a page a lost connection looks like this too, once something has been answered.
        Failure::NotAllowedByCors => Verdict::Again(if has_answered { MOST_ATTEMPTS } else { FEW_ATTEMPTS }),
        Failure::Expired => Verdict::Authorise,
        Failure::ClockSkewed => Verdict::SetClock,
        Failure::Busy { status: 429 | 503 } | Failure::Other { status: 429, .. } => Verdict::Slower,
        Failure::Busy { status: 500 | 502 | 504 } | Failure::Other { status: 408, .. } => {
            Verdict::Again(MOST_ATTEMPTS)
        }
        Failure::BlockedByPolicy
        | Failure::FileUnreadable
        | Failure::NotSent { .. }
        | Failure::SignatureRefused { .. }
        | Failure::WrongRegion { .. }
        | Failure::HeadersDiffer { .. }
        | Failure::AccessDenied { .. }
        | Failure::NoSuchBucket
        | Failure::TooLarge
        | Failure::Busy { .. }
        | Failure::Other { .. } => Verdict::Refuse,
    }
}

/// Tries of one request so far.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Attempts {
    /// Failures in a row.
    pub(super) count: u16,
    /// No sooner than this.
    pub(super) not_before: Millis,
    /// Why the last one failed.
    pub(super) failure: Option<Failure>,
}

impl Attempts {
    /// Notes a failure; the wait is drawn between none and twice the wait before ("full jitter"), so that parts which
    /// failed together do not come back together.
    pub(super) fn failed(
        &mut self,
        failure: Failure,
        retry_after: Option<Millis>,
        now: Millis,
        random: &mut Random,
    ) {
        self.count = self.count.saturating_add(1);
        let most = FIRST_WAIT.saturating_mul(1 << self.count.min(20)).min(LONGEST_WAIT);
        let wait = random.below(most);
        let asked = retry_after.unwrap_or(0).min(LONGEST_RETRY_AFTER);
        self.not_before = now + wait.max(asked);
        self.failure = Some(failure);
    }
}

/// Numbers that differ enough to spread retries (SplitMix64), from a seed that is given: the engine itself draws
/// nothing from its surroundings.
#[derive(Debug, Clone)]
pub(super) struct Random(pub(super) u64);

impl Random {
    /// A number from 0 to `most`.
    pub(super) fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % (most + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_change_is_tried_again() {
        let other = |status, code: &str| Failure::Other { status, code: code.into(), message: String::new() };
        for (failure, code, expected) in [
            (Failure::NetworkLost, "", Verdict::Again(MOST_ATTEMPTS)),
            (Failure::Busy { status: 500 }, "InternalError", Verdict::Again(MOST_ATTEMPTS)),
            (Failure::Busy { status: 503 }, "SlowDown", Verdict::Slower),
            (Failure::Busy { status: 429 }, "", Verdict::Slower),
            (Failure::Busy { status: 400 }, "RequestTimeout", Verdict::Again(MOST_ATTEMPTS)),
            (other(408, ""), "", Verdict::Again(MOST_ATTEMPTS)),
            (Failure::Busy { status: 501 }, "NotImplemented", Verdict::Refuse),
            (Failure::AccessDenied { message: String::new() }, "AccessDenied", Verdict::Refuse),
            (Failure::Expired, "AccessDenied", Verdict::Authorise),
            (Failure::ClockSkewed, "RequestTimeTooSkewed", Verdict::SetClock),
            (other(400, "BadDigest"), "BadDigest", Verdict::Reread),
            (other(404, "NoSuchUpload"), "NoSuchUpload", Verdict::Gone),
            (other(400, "MalformedXML"), "MalformedXML", Verdict::Refuse),
        ] {
            assert_eq!(judge(&failure, code, true), expected, "{failure:?}");
        }
        assert_eq!(judge(&Failure::NotAllowedByCors, "", false), Verdict::Again(FEW_ATTEMPTS));
    }

    #[test]
    fn waits_grow_to_a_minute_are_spread_and_heed_the_server() {
        let mut random = Random(7);
        let mut longest = 0;
        for _ in 0..200 {
            let mut attempts = Attempts::default();
            for count in 1..=10 {
                attempts.failed(Failure::NetworkLost, None, 0, &mut random);
                assert!(attempts.not_before <= (1000 << count).min(LONGEST_WAIT));
                longest = longest.max(attempts.not_before);
            }
            attempts.failed(Failure::NetworkLost, Some(90_000), 0, &mut random);
            assert_eq!(attempts.not_before, 90_000);
        }
        assert!(longest > LONGEST_WAIT * 9 / 10);
    }
}
