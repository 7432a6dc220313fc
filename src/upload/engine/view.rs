//! What the page shows of an upload.

use super::command::Hold;
use super::event::Millis;
use super::parts::{Part, State};
use super::{Engine, Stage};
use crate::upload::failure::Failure;
use serde::Serialize;

/// The most failures that are told of at once.
const MOST_RETRYING: usize = 8;

/// An upload as the page shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// What is being done.
    pub phase: Phase,
    /// What it waits for.
    pub hold: Option<Hold>,
    /// Whether the browser is online.
    pub online: bool,
    /// Bytes that have arrived or are under way.
    pub bytes_done: u64,
    /// Bytes of the file.
    pub bytes_total: u64,
    /// How many parts stand where.
    pub counts: Counts,
    /// The parts in their order, equal ones together.
    pub strip: Vec<Run>,
    /// Bytes a second over the last quarter of a minute.
    pub rate: Option<f64>,
    /// Seconds to go at this rate.
    pub seconds_left: Option<f64>,
    /// What is being tried again, and why.
    pub retrying: Vec<Retrying>,
    /// How many parts are sent at a time at present.
    pub parallel: usize,
    /// How many requests have been repeated.
    pub retries: u32,
    /// When it began, in milliseconds since 1970.
    pub started: Option<Millis>,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Phase {
    /// Nothing yet.
    New,
    /// The upload is being created.
    Creating,
    /// S3 is asked which parts it has.
    Listing,
    /// Parts are sent.
    Sending,
    /// S3 joins the parts.
    Completing,
    /// The object is compared with the file.
    ReadingBack,
    /// The parts are being removed.
    Aborting,
    /// It has ended, one way or the other.
    Ended,
}

/// Where a part stands, as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PartState {
    /// To be sent.
    Waiting,
    /// Its bytes are being read.
    Hashing,
    /// Under way.
    Sending,
    /// To be sent again.
    Retrying,
    /// Arrived, at the first try.
    Done,
    /// Arrived, after a try that failed.
    Retried,
}

/// Equal parts in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Run {
    /// Where they stand.
    pub state: PartState,
    /// How many.
    pub count: u16,
}

/// How many parts stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// To be sent.
    pub waiting: u16,
    /// Being read.
    pub hashing: u16,
    /// Under way.
    pub sending: u16,
    /// To be sent again.
    pub retrying: u16,
    /// Arrived, at whichever try.
    pub done: u16,
    /// Sent again, or on their way again.
    pub retried: u16,
}

/// A request that is tried again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Retrying {
    /// The part; `None` for a request about the upload as a whole.
    pub part: Option<u16>,
    /// How often it has failed.
    pub attempts: u16,
    /// Why, the last time.
    pub reason: Failure,
    /// When the next try is due, in milliseconds since 1970; in the past when it is under way.
    pub next: Millis,
}

impl Engine {
    /// What the page shows.
    pub fn view(&self) -> View {
        let strip = self.strip();
        let mut counts = Counts::default();
        for run in &strip {
            *match run.state {
                PartState::Waiting => &mut counts.waiting,
                PartState::Hashing => &mut counts.hashing,
                PartState::Sending => &mut counts.sending,
                PartState::Retrying => &mut counts.retrying,
                PartState::Done | PartState::Retried => &mut counts.done,
            } += run.count;
        }
        let is_again =
            |part: &Part| part.was_retried && !matches!(part.state, State::Waiting | State::Comparing);
        for _ in self.parts.iter().filter(|(_, part)| is_again(part)) {
            counts.retried += 1;
        }
        let is_sending = self.stage == Stage::Sending && self.hold.is_none();
        let total = self.settings.plan.file_size();
        View {
            phase: self.phase(),
            hold: self.hold.clone(),
            online: self.online,
            bytes_done: self.bytes_done().min(total),
            bytes_total: total,
            counts,
            strip,
            rate: self.rate.bytes_per_second().filter(|_| is_sending),
            seconds_left: self.rate.seconds_left(total).filter(|_| is_sending),
            retrying: self.retrying(),
            parallel: self.parallel.now(),
            retries: self.retries,
            started: self.started,
        }
    }

    fn phase(&self) -> Phase {
        match self.stage {
            Stage::New => Phase::New,
            Stage::Creating => Phase::Creating,
            Stage::Listing { .. } => Phase::Listing,
            Stage::Sending => Phase::Sending,
            Stage::CheckingFile | Stage::Completing => Phase::Completing,
            Stage::ReadingBack => Phase::ReadingBack,
            Stage::Aborting { .. } => Phase::Aborting,
            Stage::Ended => Phase::Ended,
        }
    }

    fn strip(&self) -> Vec<Run> {
        let mut strip: Vec<Run> = Vec::new();
        for (_, part) in self.parts.iter() {
            let state = match part.state {
                State::Sending(_) => PartState::Sending,
                State::Sent | State::Done if part.was_retried => PartState::Retried,
                State::Sent | State::Done => PartState::Done,
                State::Waiting if part.attempts.count > 0 => PartState::Retrying,
                State::Waiting | State::Comparing if part.hashing => PartState::Hashing,
                State::Waiting | State::Comparing => PartState::Waiting,
            };
            match strip.last_mut() {
                Some(run) if run.state == state => run.count += 1,
                _ => strip.push(Run { state, count: 1 }),
            }
        }
        strip
    }

    fn retrying(&self) -> Vec<Retrying> {
        let of_parts = self.parts.iter().map(|(number, part)| (Some(number), &part.attempts));
        std::iter::once((None, &self.control))
            .chain(of_parts)
            .filter(|(_, attempts)| attempts.count > 0)
            .filter_map(|(part, attempts)| {
                let reason = attempts.failure.clone()?;
                Some(Retrying { part, attempts: attempts.count, reason, next: attempts.not_before })
            })
            .take(MOST_RETRYING)
            .collect()
    }
}
