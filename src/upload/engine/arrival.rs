//! A part that has arrived, and how it is held to its bytes.

use super::event::Millis;
use super::parts::State;
use super::retry::Attempts;
use super::{Engine, Integrity, Kind, Object};
use crate::upload::answers::Response;
use crate::upload::checksum::Digests;
use crate::upload::failure::Failure;

impl Engine {
    pub(super) fn part_arrived(&mut self, number: u16, response: &Response, now: Millis) {
        self.parallel.arrived();
        self.dirty = true;
        self.list_is_fresh = false;
        let Some(part) = self.parts.get_mut(number) else { return };
        part.etag.clone_from(&response.etag);
        part.told = response.checksum;
        part.kept = None;
        part.is_doubted = false;
        part.attempts = Attempts::default();
        // S3 has held the bytes to the checksum that was signed.
        part.verified = self.settings.integrity == Integrity::Signed;
        if self.settings.plan.is_single() {
            self.may_exist = true;
            self.object = Object {
                etag: response.etag.clone(),
                version: response.version.clone(),
                checksum: response.checksum,
            };
        }
        self.parts.set(number, State::Sent);
        self.compare(number, now);
    }

    pub(super) fn hashed(&mut self, number: u16, digests: Digests, now: Millis) {
        let Some(part) = self.parts.get_mut(number) else { return };
        if !std::mem::take(&mut part.hashing) {
            return;
        }
        part.digests = Some(digests);
        match part.state {
            State::Sent => self.compare(number, now),
            State::Comparing => {
                // It is believed only if something agrees.
                let agrees = part.compare(false) == Some(true);
                part.verified = agrees;
                let is_sum = part.etag_is_sum();
                self.parts.set(number, if agrees { State::Done } else { State::Waiting });
                self.dirty = true;
                if is_sum {
                    self.etags_are_sums(now);
                }
            }
            _ => {}
        }
    }

    /// Holds a part that has arrived to its bytes, if those have been read.
    pub(super) fn compare(&mut self, number: u16, now: Millis) {
        let Some(part) = self.parts.get_mut(number) else { return };
        if part.digests.is_none() {
            return;
        }
        match part.compare(self.etags_are_sums) {
            Some(false) => {
                self.differs(number, now);
                return;
            }
            agrees => part.verified |= agrees == Some(true),
        }
        let is_sum = part.etag_is_sum();
        self.parts.set(number, State::Done);
        if is_sum {
            self.etags_are_sums(now);
        }
    }

    /// A part is not what was sent: it is read and sent again.
    pub(super) fn differs(&mut self, number: u16, now: Millis) {
        let failure = Failure::Other { status: 200, code: "BadDigest".into(), message: String::new() };
        self.failed(Kind::Part(number), failure, "BadDigest", None, now);
    }

    /// One ETag is an MD5, so all are; those that arrived before and do not agree are wrong after all.
    pub(super) fn etags_are_sums(&mut self, now: Millis) {
        if std::mem::replace(&mut self.etags_are_sums, true) {
            return;
        }
        let wrong: Vec<u16> = self
            .parts
            .iter()
            .filter(|(_, part)| {
                part.state == State::Done && !part.verified && part.compare(true) == Some(false)
            })
            .map(|(number, _)| number)
            .collect();
        for number in wrong {
            self.differs(number, now);
        }
    }
}
