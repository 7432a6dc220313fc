//! An upload by one PUT to a presigned URL, as a state machine.

use super::failure::{Ending, Failure, classify};
use super::rate::Rate;

/// Where an upload stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum State {
    /// Nothing has been sent.
    #[default]
    Idle,
    /// The request is under way.
    Sending(Sending),
    /// S3 has the object.
    Done(Done),
    /// It failed.
    Failed(Failure),
    /// The person stopped it.
    Cancelled,
}

/// A request under way.
#[derive(Debug, Clone, PartialEq)]
pub struct Sending {
    /// Bytes sent so far.
    pub sent: u64,
    /// Bytes to send.
    pub total: u64,
    /// When it began, in milliseconds since 1970.
    pub started: f64,
    /// How fast it goes.
    pub rate: Rate,
}

/// A finished upload.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    /// The ETag without its quotes; `None` where the bucket's CORS rule does not expose it.
    pub etag: Option<String>,
    /// Bytes sent.
    pub size: u64,
    /// When it began, in milliseconds since 1970.
    pub started: f64,
    /// When it ended.
    pub ended: f64,
}

/// What happens to an upload.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The request was sent; `total` bytes are to go.
    Started {
        /// Bytes to send.
        total: u64,
    },
    /// So many bytes have been sent.
    Progress {
        /// Bytes sent so far.
        sent: u64,
    },
    /// The request has ended.
    Answered {
        /// The HTTP status; 0 when the browser shows no answer.
        status: u16,
        /// The ETag header, where it may be read.
        etag: Option<String>,
        /// The answer's body.
        body: String,
        /// Whether the browser thinks it is online.
        online: bool,
        /// Whether the file can still be read.
        file_intact: bool,
        /// Whether the page's own policy kept the browser from sending.
        blocked_by_policy: bool,
    },
    /// The browser did not begin.
    Refused {
        /// Its reason.
        reason: String,
    },
    /// The person stops it.
    Cancel,
    /// Another file or another address: what was done with the one before is no longer shown.
    Reset,
}

impl State {
    /// The state after `event` at `now` (milliseconds since 1970). An event that comes too late changes nothing.
    #[must_use]
    pub fn after(self, event: Event, now: f64) -> Self {
        match (self, event) {
            (_, Event::Started { total }) => {
                let mut rate = Rate::default();
                rate.note(now, 0);
                Self::Sending(Sending { sent: 0, total, started: now, rate })
            }
            (Self::Sending(mut sending), Event::Progress { sent }) => {
                sending.sent = sent.min(sending.total);
                sending.rate.note(now, sending.sent);
                Self::Sending(sending)
            }
            (Self::Sending(sending), Event::Answered { status: 200..=299, etag, file_intact: true, .. }) => {
                Self::Done(Done {
                    etag: etag.map(|etag| etag.trim_matches('"').to_owned()),
                    size: sending.total,
                    started: sending.started,
                    ended: now,
                })
            }
            (
                Self::Sending(sending),
                Event::Answered { status, body, online, file_intact, blocked_by_policy, .. },
            ) => {
                let sent = sending.sent;
                Self::Failed(classify(&Ending {
                    status,
                    body: &body,
                    sent,
                    online,
                    file_intact,
                    blocked_by_policy,
                }))
            }
            (Self::Sending(_), Event::Cancel) => Self::Cancelled,
            (state @ Self::Sending(_), Event::Reset) => state,
            (_, Event::Reset) => Self::Idle,
            (_, Event::Refused { reason }) => Self::Failed(Failure::NotSent { reason }),
            (state, _) => state,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16) -> Event {
        Event::Answered {
            status,
            etag: Some("\"abc\"".into()),
            body: String::new(),
            online: true,
            file_intact: true,
            blocked_by_policy: false,
        }
    }

    fn sending() -> State {
        State::Idle.after(Event::Started { total: 100 }, 1000.0).after(Event::Progress { sent: 40 }, 2000.0)
    }

    #[test]
    fn an_upload_that_succeeds_keeps_its_etag_without_quotes_and_its_times() {
        let done = sending().after(answer(200), 3000.0);
        assert_eq!(
            done,
            State::Done(Done { etag: Some("abc".into()), size: 100, started: 1000.0, ended: 3000.0 })
        );
    }

    #[test]
    fn a_late_answer_does_not_revive_a_cancelled_upload() {
        assert_eq!(sending().after(Event::Cancel, 2500.0).after(answer(200), 3000.0), State::Cancelled);
    }

    #[test]
    fn a_refused_upload_says_why_and_can_be_started_again() {
        let failed = sending().after(answer(503), 3000.0);
        assert_eq!(failed, State::Failed(Failure::Busy { status: 503 }));
        assert!(matches!(failed.after(Event::Started { total: 100 }, 4000.0), State::Sending(_)));
    }

    #[test]
    fn an_object_made_of_a_file_that_changed_meanwhile_is_not_called_done() {
        let changed = Event::Answered {
            status: 200,
            etag: None,
            body: String::new(),
            online: true,
            file_intact: false,
            blocked_by_policy: false,
        };
        assert_eq!(sending().after(changed, 3000.0), State::Failed(Failure::FileChanged));
    }

    #[test]
    fn another_file_clears_the_last_result_but_not_an_upload_under_way() {
        assert_eq!(sending().after(answer(200), 3000.0).after(Event::Reset, 3100.0), State::Idle);
        assert!(matches!(sending().after(Event::Reset, 3000.0), State::Sending(_)));
    }

    #[test]
    fn progress_never_exceeds_the_whole() {
        let State::Sending(sending) = sending().after(Event::Progress { sent: 1000 }, 2100.0) else {
            panic!("it is still being sent")
        };
        assert_eq!(sending.sent, 100);
    }
}
