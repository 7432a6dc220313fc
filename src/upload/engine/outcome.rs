//! What follows from an answer, or from none.

use super::command::{Hold, Left, StopReason};
use super::event::{Millis, RequestId};
use super::parts::State;
use super::retry::{FEW_ATTEMPTS, MOST_ATTEMPTS, Verdict, judge};
use super::{AfterListing, Engine, Integrity, Kind, Stage};
use crate::upload::answers::{Response, error_code, upload_id};
use crate::upload::failure::{Ending, Failure, classify};

impl Engine {
    pub(super) fn answered(&mut self, id: RequestId, response: &Response, now: Millis) {
        let Some(request) = self.in_flight.remove(&id) else { return };
        self.has_answered = true;
        if !response.is_success() {
            let failure = classify(&Ending {
                status: response.status,
                body: &response.body,
                sent: request.sent,
                online: self.online,
                file_intact: true,
                blocked_by_policy: false,
            });
            let code = error_code(&response.body).unwrap_or_default();
            self.set_clock(&failure, response.date, now);
            self.refused(request.kind, response.status, failure, &code, response.retry_after, now);
            return;
        }
        match request.kind {
            Kind::Part(number) => self.part_arrived(number, response, now),
            Kind::Create => self.created(response, now),
            Kind::List => self.listed(response, now),
            Kind::Complete => self.completed(response, now),
            Kind::Abort => self.aborted(),
            Kind::Head => self.conclude(Some(response)),
        }
    }

    pub(super) fn unanswered(
        &mut self,
        id: RequestId,
        file_intact: bool,
        blocked_by_policy: bool,
        now: Millis,
    ) {
        let Some(request) = self.in_flight.remove(&id) else { return };
        let sent = request.sent;
        // The answer may be all that was lost.
        self.may_exist |= self.settings.plan.is_single();
        let online = self.online;
        let failure = classify(&Ending { status: 0, body: "", sent, online, file_intact, blocked_by_policy });
        self.failed(request.kind, failure, "", None, now);
    }

    pub(super) fn not_sent(&mut self, id: RequestId, reason: String, now: Millis) {
        let Some(request) = self.in_flight.remove(&id) else { return };
        self.failed(request.kind, Failure::NotSent { reason }, "", None, now);
    }

    pub(super) fn no_address(&mut self, id: RequestId) {
        let Some(request) = self.in_flight.remove(&id) else { return };
        let mut is_believed = false;
        if let Kind::Part(number) = request.kind {
            self.parts.set(number, State::Waiting);
            if let Some(part) = self.parts.get_mut(number) {
                // It was not sent after all.
                part.sends = part.sends.saturating_sub(1);
                is_believed = !part.is_doubted;
            }
        }
        let is_part = matches!(request.kind, Kind::Part(_));
        match self.stage {
            Stage::Aborting { verify, .. } => self.abort_unanswered(verify),
            // It was one of several.
            Stage::Listing { .. } if is_part => {}
            // A renewed ticket lacks what S3 has: the part has arrived, and the answer was lost.
            Stage::Sending if is_believed && self.settings.can_list && !self.has_looked => {
                self.has_looked = true;
                self.go_to(Stage::Listing { then: AfterListing::Resume, after: 0 });
            }
            // The object is there; no ticket can be renewed for an upload that S3 has joined.
            Stage::ReadingBack if !self.is_uncertain => self.conclude(None),
            _ => self.hold(Hold::Authorisation),
        }
    }

    /// A status that is no success, where some requests have answers of their own.
    fn refused(
        &mut self,
        kind: Kind,
        status: u16,
        failure: Failure,
        code: &str,
        wait: Option<Millis>,
        now: Millis,
    ) {
        match (kind, status) {
            // The parts are gone, as they should be.
            (Kind::List, 404) if matches!(self.stage, Stage::Aborting { .. }) => {
                self.stop(self.ending.unwrap_or(StopReason::Cancelled), Left::Nothing);
            }
            (Kind::Abort, 404) => self.upload_is_gone(),
            (Kind::Head, 404) if self.is_uncertain => self.nothing_there(),
            // HEAD has no body that would say more: whoever may write need not be allowed to read.
            (Kind::Head, 400..=499) if !matches!(status, 408 | 429) => self.conclude(None),
            _ => self.failed(kind, failure, code, wait, now),
        }
    }

    fn set_clock(&mut self, failure: &Failure, date: Option<i64>, now: Millis) {
        if *failure == Failure::ClockSkewed
            && let (Some(date), Ok(seconds)) = (date, i64::try_from(now / 1000))
        {
            self.clock_offset = date.saturating_sub(seconds);
        }
    }

    /// A request has failed: what is to be done about it.
    pub(super) fn failed(
        &mut self,
        kind: Kind,
        failure: Failure,
        code: &str,
        wait: Option<Millis>,
        now: Millis,
    ) {
        if let Kind::Part(number) = kind {
            self.parts.set(number, State::Waiting);
        }
        if let Stage::Aborting { verify, .. } = self.stage {
            self.abort_failed(verify, failure, code, wait, now);
            return;
        }
        if let (Kind::Create, Some(reason)) = (kind, self.ending) {
            self.stop(reason, Left::Nothing);
            return;
        }
        match judge(&failure, code, self.has_answered) {
            Verdict::Again(most) => self.again(kind, failure, wait, most, now),
            Verdict::Slower => {
                self.parallel.lower(now);
                self.again(kind, failure, wait, MOST_ATTEMPTS, now);
            }
            Verdict::Reread => {
                if let Kind::Part(number) = kind
                    && let Some(part) = self.parts.get_mut(number)
                {
                    part.digests = None;
                }
                self.again(kind, failure, wait, FEW_ATTEMPTS, now);
            }
            Verdict::SetClock => {
                self.clock_failures += 1;
                let can_sign = self.settings.integrity == Integrity::Signed && self.clock_offset != 0;
                if can_sign && self.clock_failures <= FEW_ATTEMPTS * 4 {
                    self.again(kind, failure, wait, FEW_ATTEMPTS, now);
                } else {
                    self.hold(Hold::Clock);
                }
            }
            Verdict::Authorise if kind == Kind::Head && !self.is_uncertain => self.conclude(None),
            Verdict::Authorise => self.hold(Hold::Authorisation),
            Verdict::Refuse => self.hold(Hold::Refused(failure)),
            Verdict::Gone => self.upload_is_gone(),
            Verdict::ListAgain => self.list_again(failure),
        }
    }

    pub(super) fn again(
        &mut self,
        kind: Kind,
        failure: Failure,
        wait: Option<Millis>,
        most: u16,
        now: Millis,
    ) {
        // Without a network nothing is learnt from a failure, and the wait ends when it comes back.
        if !self.online {
            return;
        }
        self.retries = self.retries.saturating_add(1);
        let attempts = match kind {
            Kind::Part(number) => match self.parts.get_mut(number) {
                Some(part) => {
                    part.was_retried = true;
                    &mut part.attempts
                }
                None => return,
            },
            _ => &mut self.control,
        };
        attempts.failed(failure.clone(), wait, now, &mut self.random);
        if attempts.count < most {
            return;
        }
        match kind {
            // The object is there; only the comparison is missing.
            Kind::Head if !self.is_uncertain => self.conclude(None),
            _ => self.hold(Hold::GaveUp(failure)),
        }
    }

    fn created(&mut self, response: &Response, now: Millis) {
        let Some(id) = upload_id(&response.body) else {
            let cut = Failure::Other { status: response.status, code: String::new(), message: String::new() };
            if self.ending.is_some() {
                self.abort(now);
            } else {
                self.again(Kind::Create, cut, None, FEW_ATTEMPTS, now);
            }
            return;
        };
        self.upload_id = Some(id);
        self.dirty = true;
        self.go_to(Stage::Sending);
        if self.ending.is_some() {
            self.abort(now);
        }
    }
}
