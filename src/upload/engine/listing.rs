//! What S3's list of parts says, and what is believed of it.

use super::command::{Hold, Left, StopReason};
use super::event::Millis;
use super::parts::{Part, State};
use super::retry::{Attempts, FEW_ATTEMPTS};
use super::{AfterListing, DonePart, Engine, Kind, Stage};
use crate::upload::answers::{ListedPart, Response, list_page};
use crate::upload::checksum::{Digests, Md5Sum};
use crate::upload::failure::Failure;
use crate::upload::rate::Rate;

/// An upload whose parts came back after an abort is aborted again, so often.
const MOST_ABORTS: u8 = 4;

/// The parts are listed again when Complete does not agree with them, so often.
const MOST_LISTINGS: u8 = 3;

/// What Complete refuses although it is listed is sent again, so often.
const MOST_DOUBTS: u8 = 2;

impl Engine {
    pub(super) fn listed(&mut self, response: &Response, now: Millis) {
        let page = list_page(&response.body);
        if let Stage::Aborting { .. } = self.stage {
            match page {
                Some(page) if !page.parts.is_empty() && self.aborts < MOST_ABORTS => {
                    // A part that was under way arrived after the abort.
                    let Stage::Aborting { deadline, .. } = self.stage else { return };
                    self.go_to(Stage::Aborting { deadline, verify: false });
                }
                Some(page) if !page.parts.is_empty() => {
                    self.stop_with_parts(self.ending.unwrap_or(StopReason::Cancelled));
                }
                _ => self.stop(self.ending.unwrap_or(StopReason::Cancelled), Left::Nothing),
            }
            return;
        }
        let Stage::Listing { then, after } = self.stage else { return };
        let Some(page) = page else {
            let cut = Failure::Other { status: response.status, code: String::new(), message: String::new() };
            self.again(Kind::List, cut, None, FEW_ATTEMPTS, now);
            return;
        };
        self.listed.extend(page.parts);
        match page.next {
            // A marker that does not advance would go on for ever.
            Some(next) if next > after => {
                self.go_to(Stage::Listing { then, after: next });
            }
            _ => {
                let listed = std::mem::take(&mut self.listed);
                self.take_list(then, listed, now);
            }
        }
    }

    pub(super) fn take_list(&mut self, then: AfterListing, listed: Vec<ListedPart>, now: Millis) {
        self.go_to(Stage::Sending);
        self.dirty = true;
        // Also by a ticket alone, where nothing was kept.
        self.is_taken_up |= then == AfterListing::Resume && !self.has_looked && !listed.is_empty();
        let mut known: Vec<Option<ListedPart>> = vec![None; usize::from(self.settings.plan.count()) + 1];
        for part in listed {
            let is_whole = part.number > 0 && part.size == self.settings.plan.size_of(part.number);
            if let Some(place) = known.get_mut(usize::from(part.number)).filter(|_| is_whole) {
                *place = Some(part);
            }
        }
        for number in self.settings.plan.numbers() {
            let listed = known.get_mut(usize::from(number)).and_then(Option::take);
            match then {
                AfterListing::Resume => self.take_up(number, listed.as_ref()),
                AfterListing::Complete => self.confirm(number, listed.as_ref(), now),
            }
        }
        self.recorded.clear();
        self.list_is_fresh = then == AfterListing::Complete;
        // What arrived before is not the rate of now.
        self.rate = Rate::default();
    }

    /// A part of an upload that is taken up: believed where what was kept agrees, else compared, else sent.
    pub(super) fn take_up(&mut self, number: u16, listed: Option<&ListedPart>) {
        let recorded = self.recorded.remove(&number);
        // In the midst of an upload the others are known better than a list tells.
        let part = self.parts.get_mut(number).filter(|part| part.state == State::Waiting && !part.is_doubted);
        let (Some(part), Some(listed)) = (part, listed) else { return };
        part.take(listed);
        let same_etag = |etag: &str| etag.trim_matches('"') == listed.etag.trim_matches('"');
        let recorded = recorded.filter(|recorded| same_etag(&recorded.etag));
        let agrees = |recorded: &DonePart| match listed.checksum {
            Some(checksum) => checksum == recorded.crc64nvme,
            None => recorded.verified,
        };
        part.was_recorded = recorded.is_some();
        part.kept = recorded.as_ref().map(|recorded| recorded.crc64nvme);
        if let Some(recorded) = recorded.as_ref().filter(|recorded| agrees(recorded)) {
            part.digests = Some(Digests { crc64nvme: recorded.crc64nvme, md5: None });
            part.verified = true;
            self.parts.set(number, State::Done);
        } else if recorded.is_some() && listed.checksum.is_none() {
            // It is the part that was sent, and nothing has told yet that it arrived as it was: as if just sent.
            self.parts.set(number, State::Sent);
        } else if part.digests.is_some() {
            // It was read while it was sent, and is not read again.
            let agrees = part.compare(false) == Some(true);
            part.verified = agrees;
            if agrees {
                self.parts.set(number, State::Done);
            }
        } else if listed.checksum.is_some() || Md5Sum::from_etag(&listed.etag).is_some() {
            self.parts.set(number, State::Comparing);
        }
    }

    /// A part of an upload that is about to be completed, against S3's list.
    pub(super) fn confirm(&mut self, number: u16, listed: Option<&ListedPart>, now: Millis) {
        let Some(part) = self.parts.get_mut(number).filter(|part| part.state == State::Done) else { return };
        let Some(listed) = listed else {
            part.verified = false;
            self.differs(number, now);
            return;
        };
        let before = part.told;
        part.take(listed);
        part.told = part.told.or(before);
        match part.compare(self.etags_are_sums) {
            Some(true) => part.verified = true,
            Some(false) => self.differs(number, now),
            None => {}
        }
    }

    /// Complete named a part that S3 does not have so: the list will show which. Where the list agrees already, what may
    /// have been sent twice is sent once more.
    pub(super) fn list_again(&mut self, failure: Failure) {
        // The parts are there still: no earlier Complete has joined them.
        self.may_be_joined = false;
        let is_of_a_part = matches!(&failure, Failure::Other { code, .. } if code == "InvalidPart");
        if self.settings.can_list && !self.list_is_fresh && self.listings < MOST_LISTINGS {
            self.listings += 1;
            self.go_to(Stage::Listing { then: AfterListing::Complete, after: 0 });
        } else if !is_of_a_part || !self.send_doubtful() {
            self.hold(Hold::Refused(failure));
        }
    }

    /// Sends the parts again of which a try may have been broken off, if there are any. Such a try can hide the whole part
    /// that had arrived before it: Garage (2.5) lists that one and refuses it in Complete. What was under way before a reload
    /// is not known: it is likely one that was not done by then, and may be any.
    fn send_doubtful(&mut self) -> bool {
        let is_taken_up = self.is_taken_up;
        let is_likely = |part: &Part| part.sends > 1 || is_taken_up && !part.was_recorded;
        let has_likely = self.parts.iter().any(|(_, part)| is_likely(part));
        let may_be_any = is_taken_up && (self.doubts > 0 || !has_likely);
        let doubtful = self.parts.iter().filter(|(_, part)| may_be_any || is_likely(part));
        let doubtful: Vec<u16> = doubtful.map(|(number, _)| number).collect();
        if doubtful.is_empty() || self.doubts >= MOST_DOUBTS {
            return false;
        }
        self.doubts += 1;
        for number in &doubtful {
            self.parts.set(*number, State::Waiting);
            if let Some(part) = self.parts.get_mut(*number) {
                part.is_doubted = true;
                part.was_retried = true;
                part.verified = false;
                part.attempts = Attempts::default();
            }
        }
        self.retries = self.retries.saturating_add(u32::try_from(doubtful.len()).unwrap_or(u32::MAX));
        self.dirty = true;
        self.list_is_fresh = false;
        self.go_to(Stage::Sending);
        true
    }
}
