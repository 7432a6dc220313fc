//! What follows from an answer, or from none.

use super::command::{Command, Hold, Left, StopReason};
use super::event::{Millis, RequestId};
use super::parts::State;
use super::retry::{FEW_ATTEMPTS, MOST_ATTEMPTS, Verdict, judge};
use super::{AfterListing, DonePart, Engine, Integrity, Kind, Object, Stage};
use crate::upload::answers::{Completed, ListedPart, Response, completed, error_code, list_page, upload_id};
use crate::upload::checksum::{Digests, Md5Sum, composite_etag};
use crate::upload::failure::{Ending, Failure, classify};
use crate::upload::receipt::{Checks, PartsCheck, Receipt, WholeCheck};

/// An upload whose parts came back after an abort is aborted again, so often.
const MOST_ABORTS: u8 = 4;

/// The parts are listed again when Complete does not agree with them, so often.
const MOST_LISTINGS: u8 = 3;

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
            Kind::Abort => self.aborted(now),
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

    pub(super) fn no_address(&mut self, id: RequestId) {
        let Some(request) = self.in_flight.remove(&id) else { return };
        if let Kind::Part(number) = request.kind {
            self.parts.set(number, State::Waiting);
        }
        match self.stage {
            Stage::Aborting { verify, .. } => self.abort_unanswered(verify),
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
            Verdict::FileChanged => self.end(StopReason::FileChanged, now),
        }
    }

    fn again(&mut self, kind: Kind, failure: Failure, wait: Option<Millis>, most: u16, now: Millis) {
        // Without a network nothing is learnt from a failure, and the wait ends when it comes back.
        if !self.online {
            return;
        }
        self.retries = self.retries.saturating_add(1);
        let attempts = match kind {
            Kind::Part(number) => match self.parts.get_mut(number) {
                Some(part) => &mut part.attempts,
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

    fn part_arrived(&mut self, number: u16, response: &Response, now: Millis) {
        self.parallel.arrived();
        self.dirty = true;
        self.list_is_fresh = false;
        let Some(part) = self.parts.get_mut(number) else { return };
        part.etag.clone_from(&response.etag);
        part.told = response.checksum;
        part.attempts = super::retry::Attempts::default();
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
    fn compare(&mut self, number: u16, now: Millis) {
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
    fn differs(&mut self, number: u16, now: Millis) {
        let failure = Failure::Other { status: 200, code: "BadDigest".into(), message: String::new() };
        self.failed(Kind::Part(number), failure, "BadDigest", None, now);
    }

    /// One ETag is an MD5, so all are; those that arrived before and do not agree are wrong after all.
    fn etags_are_sums(&mut self, now: Millis) {
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

    fn listed(&mut self, response: &Response, now: Millis) {
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

    fn take_list(&mut self, then: AfterListing, listed: Vec<ListedPart>, now: Millis) {
        self.go_to(Stage::Sending);
        self.dirty = true;
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
        self.rate = crate::upload::rate::Rate::default();
    }

    /// A part of an upload that is taken up: believed where what was kept agrees, else compared, else sent.
    fn take_up(&mut self, number: u16, listed: Option<&ListedPart>) {
        let recorded = self.recorded.remove(&number);
        let (Some(part), Some(listed)) = (self.parts.get_mut(number), listed) else { return };
        part.take(listed);
        let same_etag = |etag: &str| etag.trim_matches('"') == listed.etag.trim_matches('"');
        let recorded = recorded.filter(|recorded| same_etag(&recorded.etag));
        let agrees = |recorded: &DonePart| match listed.checksum {
            Some(checksum) => checksum == recorded.crc64nvme,
            None => recorded.verified,
        };
        if let Some(recorded) = recorded.as_ref().filter(|recorded| agrees(recorded)) {
            part.digests = Some(Digests { crc64nvme: recorded.crc64nvme, md5: None });
            part.verified = true;
            self.parts.set(number, State::Done);
        } else if recorded.is_some() && listed.checksum.is_none() {
            // It is the part that was sent, and nothing has told yet that it arrived as it was: as if just sent.
            self.parts.set(number, State::Sent);
        } else if listed.checksum.is_some() || Md5Sum::from_etag(&listed.etag).is_some() {
            self.parts.set(number, State::Comparing);
        }
    }

    /// A part of an upload that is about to be completed, against S3's list.
    fn confirm(&mut self, number: u16, listed: Option<&ListedPart>, now: Millis) {
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

    /// Complete named a part that S3 does not have so: the list will show which.
    fn list_again(&mut self, failure: Failure) {
        if self.settings.can_list && self.listings < MOST_LISTINGS {
            self.listings += 1;
            self.go_to(Stage::Listing { then: AfterListing::Complete, after: 0 });
        } else {
            self.hold(Hold::Refused(failure));
        }
    }

    fn completed(&mut self, response: &Response, now: Millis) {
        match completed(&response.body) {
            Completed::Object { etag, checksum } => {
                let etag = etag.or_else(|| response.etag.clone());
                self.object = Object { etag, checksum, version: response.version.clone() };
                self.go_to(Stage::ReadingBack);
                self.skip_reading_back();
            }
            Completed::Error(code) => {
                let failure = classify(&Ending {
                    status: 500,
                    body: &response.body,
                    sent: 0,
                    online: self.online,
                    file_intact: true,
                    blocked_by_policy: false,
                });
                self.failed(Kind::Complete, failure, &code, response.retry_after, now);
            }
            Completed::Cut => self.again(Kind::Complete, Failure::NetworkLost, None, MOST_ATTEMPTS, now),
        }
    }

    pub(super) fn skip_reading_back(&mut self) {
        if !self.settings.can_read_back {
            self.conclude(None);
        }
    }

    /// S3 does not know the upload: it was completed by a request whose answer was lost, or it is gone.
    fn upload_is_gone(&mut self) {
        self.abandon_parts();
        let all_kept = usize::from(self.settings.plan.count()) == self.recorded.len();
        if all_kept {
            self.believe_record();
        }
        self.is_uncertain = true;
        if !self.may_exist && !all_kept {
            self.nothing_there();
        } else if self.settings.can_read_back {
            self.go_to(Stage::ReadingBack);
        } else {
            self.stop(StopReason::Unknown, Left::Object);
        }
    }

    fn nothing_there(&mut self) {
        self.stop(self.ending.unwrap_or(StopReason::UploadGone), Left::Nothing);
    }

    fn aborted(&mut self, _now: Millis) {
        self.aborts += 1;
        let Stage::Aborting { deadline, .. } = self.stage else { return };
        if self.settings.can_list {
            self.go_to(Stage::Aborting { deadline, verify: true });
        } else {
            self.stop(self.ending.unwrap_or(StopReason::Cancelled), Left::Nothing);
        }
    }

    fn abort_failed(
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

    /// Compares the object with the file and ends.
    pub(super) fn conclude(&mut self, head: Option<&Response>) {
        let object = Object {
            etag: head.and_then(|head| head.etag.clone()).or_else(|| self.object.etag.clone()),
            checksum: head.and_then(|head| head.checksum).or(self.object.checksum),
            version: head.and_then(|head| head.version.clone()).or_else(|| self.object.version.clone()),
        };
        // All parts are done, so their bytes have been read.
        let Some(whole) = self.parts.whole() else {
            self.stop(StopReason::Unknown, Left::Object);
            return;
        };
        let size = self.settings.plan.file_size();
        let length = head.and_then(|head| head.length);
        let etag = object.etag.as_deref().map(|etag| etag.trim_matches('"'));
        let told = self.object.etag.as_deref().map(|etag| etag.trim_matches('"'));
        let is_other = !self.is_uncertain && told.is_some() && etag.is_some() && told != etag;
        let differs = length.is_some_and(|length| length != size)
            || object.checksum.is_some_and(|checksum| checksum != whole)
            || is_other;
        // Such an ETag shows that the object is made of these parts; only if each was right is the whole.
        let of_these_parts = etag.is_some() && etag == self.expected_etag().as_deref();
        let all_verified = self.parts.iter().all(|(_, part)| part.verified);
        let check = if object.checksum.is_some() {
            WholeCheck::Checksum
        } else if of_these_parts && all_verified {
            WholeCheck::Etag
        } else if self.settings.integrity == Integrity::Signed && !self.is_uncertain {
            WholeCheck::SignedChecksum
        } else if length.is_some() {
            WholeCheck::Size
        } else {
            WholeCheck::NotReadBack
        };
        let is_known = object.checksum.is_some() || of_these_parts;
        match (self.is_uncertain, differs) {
            // What lies under the key is an object of before.
            (true, true) => self.nothing_there(),
            (true, false) if !is_known => self.stop(self.ending.unwrap_or(StopReason::Unknown), Left::Object),
            (false, true) => self.stop(StopReason::ObjectDiffers, Left::Object),
            _ => self.finish(whole, etag.map(str::to_owned), object.version.clone(), check),
        }
    }

    /// The ETag an object of these parts has where ETags are MD5 sums.
    fn expected_etag(&self) -> Option<String> {
        let sums = self.parts.iter().map(|(_, part)| part.etag.as_deref().and_then(Md5Sum::from_etag));
        if self.settings.plan.is_single() {
            let part = self.parts.get(1)?;
            return part
                .etag_is_sum()
                .then(|| part.etag.as_deref().map(|etag| etag.trim_matches('"').to_owned()))?;
        }
        Some(composite_etag(sums.collect::<Option<Vec<_>>>()?))
    }

    fn finish(
        &mut self,
        crc64nvme: crate::upload::checksum::Crc64,
        etag: Option<String>,
        version: Option<String>,
        whole: WholeCheck,
    ) {
        let all_verified = self.parts.iter().all(|(_, part)| part.verified);
        let parts = match self.settings.integrity {
            Integrity::Signed if all_verified => PartsCheck::SignedChecksum,
            Integrity::Compared if all_verified => PartsCheck::Compared,
            _ => PartsCheck::NotAll,
        };
        let settings = &self.settings;
        let receipt = Receipt {
            bucket: settings.bucket.clone(),
            key: settings.key.clone(),
            region: settings.region.clone(),
            file_name: settings.file.name.clone(),
            size: settings.plan.file_size(),
            etag,
            version,
            crc64nvme,
            parts: settings.plan.count(),
            part_size: settings.plan.part_size(),
            retries: self.retries,
            started: self.started.unwrap_or(0),
            ended: self.now,
            checks: Checks { parts, whole },
        };
        self.stage = Stage::Ended;
        self.hold = None;
        self.out.push(Command::Forget);
        self.out.push(Command::Finished(Box::new(receipt)));
    }
}
