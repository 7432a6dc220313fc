//! Giving up an upload, and removing what has arrived of it.

use super::command::{Command, Left, Stop, StopReason};
use super::event::{Millis, RequestId};
use super::retry::{FEW_ATTEMPTS, Verdict, judge};
use super::schedule::ABORT_WITHIN;
use super::{Engine, Kind, Stage};
use crate::upload::failure::Failure;

impl Engine {
    /// Ends the upload without an object, and removes what has arrived.
    pub(super) fn end(&mut self, reason: StopReason, now: Millis) {
        if self.stage == Stage::ReadingBack && reason == StopReason::Cancelled && self.ending.is_none() {
            // All is sent. Who does not wait for the comparison is told that there was none.
            if self.is_uncertain {
                self.stop(reason, Left::Object);
            } else {
                self.conclude(None);
            }
            return;
        }
        let is_decided = matches!(self.stage, Stage::ReadingBack | Stage::Aborting { .. } | Stage::Ended);
        // Once Complete is sent the bytes have all arrived, and what becomes of the file does not matter any more.
        let is_past = self.stage == Stage::Completing && reason == StopReason::FileChanged;
        if is_decided || is_past || self.ending.is_some() {
            return;
        }
        self.hold = None;
        self.ending = Some(reason);
        // The answer to Create holds the id that there is to abort.
        if self.in_flight.values().any(|request| request.kind == Kind::Create) {
            return;
        }
        let all: Vec<RequestId> = self.in_flight.keys().copied().collect();
        for id in all {
            self.abandon(id);
        }
        self.abort(now);
    }

    pub(super) fn abort(&mut self, now: Millis) {
        let reason = self.ending.unwrap_or(StopReason::Cancelled);
        match &self.upload_id {
            _ if self.settings.plan.is_single() => {
                let left = if self.may_exist { Left::Object } else { Left::Nothing };
                self.stop(reason, left);
            }
            None => self.stop(reason, Left::Nothing),
            Some(_) if !self.settings.can_abort => self.stop_with_parts(reason),
            Some(_) => {
                self.go_to(Stage::Aborting { deadline: now + ABORT_WITHIN, verify: false });
            }
        }
    }

    pub(super) fn stop_with_parts(&mut self, reason: StopReason) {
        let upload_id = self.upload_id.clone().unwrap_or_default();
        let left =
            if self.may_be_joined { Left::PartsOrObject { upload_id } } else { Left::Parts { upload_id } };
        self.stop(reason, left);
    }

    pub(super) fn stop(&mut self, reason: StopReason, left: Left) {
        let all: Vec<RequestId> = self.in_flight.keys().copied().collect();
        for id in all {
            self.abandon(id);
        }
        self.stage = Stage::Ended;
        self.hold = None;
        self.dirty = false;
        self.out.push(Command::Forget);
        self.out.push(Command::Stopped(Stop { reason, left }));
    }

    pub(super) fn aborted(&mut self) {
        self.aborts += 1;
        let Stage::Aborting { deadline, .. } = self.stage else { return };
        if self.settings.can_list {
            self.go_to(Stage::Aborting { deadline, verify: true });
        } else {
            self.stop(self.ending.unwrap_or(StopReason::Cancelled), Left::Nothing);
        }
    }

    pub(super) fn abort_failed(
        &mut self,
        verify: bool,
        failure: Failure,
        code: &str,
        wait: Option<Millis>,
        now: Millis,
    ) {
        let may_pass = matches!(
            judge(&failure, code, self.has_answered),
            Verdict::Again(_) | Verdict::Slower | Verdict::SetClock
        );
        if !may_pass || self.control.count >= FEW_ATTEMPTS {
            self.abort_unanswered(verify);
        } else if self.online {
            self.retries = self.retries.saturating_add(1);
            self.control.failed(failure, wait, now, &mut self.random);
        }
    }

    /// The abort cannot be had, or not be seen.
    pub(super) fn abort_unanswered(&mut self, verify: bool) {
        let reason = self.ending.unwrap_or(StopReason::Cancelled);
        if verify {
            // S3 has taken the abort, and only the look after it failed.
            self.stop(reason, Left::Nothing);
        } else {
            self.stop_with_parts(reason);
        }
    }
}
