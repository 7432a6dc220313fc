//! What is to be sent and read next, and when to look again.

use super::command::{Command, Hold};
use super::event::{Millis, RequestId};
use super::parts::State;
use super::{Engine, InFlight, Integrity, Kind, Stage, as_moment};
use crate::upload::exchange::{CompletePart, Request};
use crate::upload::failure::Failure;

/// S3 may take minutes to join the parts.
const COMPLETE_WITHIN: Millis = 15 * 60_000;

/// Who cancels does not wait longer than this for the parts to be removed.
pub(super) const ABORT_WITHIN: Millis = 120_000;

/// What is kept may be so old: parts that arrived since are found by ListParts.
const PERSIST_EVERY: Millis = 5000;

/// Parts that are read ahead of the sending, so that a connection never waits for a checksum.
const READ_AHEAD: usize = 2;

impl Engine {
    /// Sends and reads what is due.
    pub(super) fn pump(&mut self, now: Millis) {
        self.break_off_stalled(now);
        self.give_up_abort(now);
        if self.hold.is_none() && self.online {
            self.send_due(now);
        }
        self.persist(now);
        self.set_alarm(now);
    }

    fn send_due(&mut self, now: Millis) {
        if self.stage == Stage::Sending {
            self.read_parts();
            self.send_parts(now);
            self.finish_sending();
        }
        if self.stage == Stage::CheckingFile && !self.file_check_asked {
            self.file_check_asked = true;
            self.out.push(Command::CheckFile);
        }
        let is_busy = self.in_flight.values().any(|request| !matches!(request.kind, Kind::Part(_)));
        if is_busy || self.control.not_before > now {
            return;
        }
        let upload_id = self.upload_id.clone().unwrap_or_default();
        match self.stage {
            Stage::Creating => {
                let checksums = self.has_checksums;
                self.send(Kind::Create, Request::Create { checksums }, now);
            }
            Stage::Listing { after, .. } => self.send(Kind::List, Request::List { upload_id, after }, now),
            Stage::Completing => self.complete(upload_id, now),
            Stage::ReadingBack => self.send(Kind::Head, Request::Head, now),
            Stage::Aborting { verify: false, .. } => {
                self.send(Kind::Abort, Request::Abort { upload_id }, now);
            }
            Stage::Aborting { verify: true, .. } => {
                self.send(Kind::List, Request::List { upload_id, after: 0 }, now);
            }
            Stage::New | Stage::Sending | Stage::CheckingFile | Stage::Ended => {}
        }
    }

    fn send(&mut self, kind: Kind, request: Request, now: Millis) {
        let id = RequestId(self.next_id);
        self.next_id = self.next_id.wrapping_add(1);
        self.in_flight.insert(id, InFlight { kind, sent: 0, moved: now });
        if let Kind::Part(number) = kind {
            self.parts.set(number, State::Sending(id));
            if let Some(part) = self.parts.get_mut(number) {
                part.sends = part.sends.saturating_add(1);
            }
        }
        let seconds = i64::try_from(now / 1000).unwrap_or(i64::MAX);
        self.out.push(Command::Send { id, request, signed_at: seconds.saturating_add(self.clock_offset) });
    }

    fn complete(&mut self, upload_id: String, now: Millis) {
        let signed = self.settings.integrity == Integrity::Signed;
        let part = |(number, part): (u16, &super::parts::Part)| {
            // In the body, which no signature covers: S3 may ask for them, whoever signs, if they were promised.
            let checksum = part.digests.filter(|_| self.has_checksums).map(|digests| digests.crc64nvme);
            Some(CompletePart { number, etag: part.etag.clone()?, checksum })
        };
        let Some(parts) = self.parts.iter().map(part).collect::<Option<Vec<_>>>() else {
            self.hold(Hold::NoEtag);
            return;
        };
        let checksum = self.parts.whole().filter(|_| signed);
        self.may_exist = true;
        self.may_be_joined = true;
        let size = self.settings.plan.file_size();
        self.send(Kind::Complete, Request::Complete { upload_id, parts, checksum, size }, now);
    }

    /// Reads the parts that come next: before they are sent, where their checksums are to be signed.
    fn read_parts(&mut self) {
        let compared = self.settings.integrity == Integrity::Compared;
        let under_way = self.parts_under_way();
        let free = self.parallel.now().saturating_sub(under_way);
        let mut ahead = 0;
        let mut wanted = Vec::new();
        for (number, part) in self.parts.iter() {
            let is_wanted = match part.state {
                State::Waiting => !compared,
                State::Comparing => true,
                // Beside the sending, so that the bytes are read once from the disk and come from its cache twice.
                State::Sending(_) => compared,
                State::Sent => true,
                State::Done => false,
            };
            let counts = is_wanted && !matches!(part.state, State::Sending(_));
            if part.digests.is_none() && !part.hashing && is_wanted {
                if counts && ahead >= free + READ_AHEAD {
                    continue;
                }
                wanted.push((number, compared || part.state != State::Waiting));
            }
            ahead += usize::from(counts);
            if counts && ahead >= free + READ_AHEAD {
                break;
            }
        }
        for (part, with_md5) in wanted {
            if let Some(part) = self.parts.get_mut(part) {
                part.hashing = true;
            }
            self.out.push(Command::Hash { part, range: self.settings.plan.range(part), with_md5 });
        }
    }

    fn parts_under_way(&self) -> usize {
        self.in_flight.values().filter(|request| matches!(request.kind, Kind::Part(_))).count()
    }

    fn send_parts(&mut self, now: Millis) {
        let signed = self.settings.integrity == Integrity::Signed;
        while self.parts_under_way() < self.parallel.now() && self.next_start <= now {
            // Bytes that have arrived and are still to be read may not pile up.
            let unread = self.parts.iter().filter(|(_, part)| part.state == State::Sent).count();
            if unread > 2 * self.parallel.now() {
                return;
            }
            let is_due = |part: &super::parts::Part| {
                part.state == State::Waiting
                    && part.attempts.not_before <= now
                    && (!signed || part.digests.is_some())
            };
            let due = self.parts.iter().find(|(_, part)| is_due(part));
            let Some((number, part)) = due else { return };
            let checksum = part.digests.filter(|_| signed).map(|digests| digests.crc64nvme);
            let range = self.settings.plan.range(number);
            let size = range.end - range.start;
            let request = match &self.upload_id {
                Some(upload_id) if !self.settings.plan.is_single() => {
                    Request::Part { upload_id: upload_id.clone(), number, range, checksum }
                }
                _ => Request::Put { range, checksum },
            };
            self.send(Kind::Part(number), request, now);
            if let Some(limit) = self.settings.speed_limit {
                // A browser sends a part as fast as it can; what can be chosen is when the next one begins.
                self.next_start = self.next_start.max(now) + size.saturating_mul(1000) / limit.max(1);
            }
            if !signed {
                self.read_parts();
            }
        }
    }

    /// When all parts have arrived: what comes next.
    fn finish_sending(&mut self) {
        if !self.parts.all_done() {
            return;
        }
        if self.settings.plan.is_single() {
            self.go_to(Stage::ReadingBack);
            self.skip_reading_back();
            return;
        }
        let is_unsure = |part: &super::parts::Part| part.etag.is_none() || !part.verified;
        let is_unsure = self.parts.iter().any(|(_, part)| is_unsure(part));
        if is_unsure && self.settings.can_list && !self.list_is_fresh {
            self.go_to(Stage::Listing { then: super::AfterListing::Complete, after: 0 });
        } else {
            // If the page is closed while S3 joins the parts, what was kept tells what the object must be.
            self.persist_at_once();
            self.go_to(Stage::CheckingFile);
        }
    }

    /// Breaks off what has made no progress.
    fn break_off_stalled(&mut self, now: Millis) {
        let stalled: Vec<(RequestId, Kind)> = self
            .in_flight
            .iter()
            .filter(|(_, request)| self.deadline(request) <= now)
            .map(|(id, request)| (*id, request.kind))
            .collect();
        for (id, kind) in stalled {
            self.abandon(id);
            self.failed(kind, Failure::NetworkLost, "", None, now);
        }
    }

    fn deadline(&self, request: &InFlight) -> Millis {
        let patience = match request.kind {
            Kind::Complete => COMPLETE_WITHIN.max(self.settings.stall_after),
            // All is sent, and it is S3's turn.
            Kind::Part(number) if request.sent >= self.settings.plan.size_of(number) => {
                2 * self.settings.stall_after
            }
            _ => self.settings.stall_after,
        };
        request.moved + patience
    }

    fn give_up_abort(&mut self, now: Millis) {
        if let Stage::Aborting { deadline, verify } = self.stage
            && deadline <= now
        {
            self.abort_unanswered(verify);
        }
    }

    fn persist(&mut self, now: Millis) {
        let is_due = self.persisted.is_none_or(|persisted| now >= persisted + PERSIST_EVERY);
        if self.dirty
            && is_due
            && !self.settings.plan.is_single()
            && let Some(record) = self.record()
        {
            self.dirty = false;
            self.persisted = Some(now);
            self.out.push(Command::Persist(Box::new(record)));
        }
    }

    /// Asks for a tick at the next moment that something falls due by itself.
    fn set_alarm(&mut self, now: Millis) {
        if self.stage == Stage::Ended {
            return;
        }
        let mut moments: Vec<Millis> =
            self.in_flight.values().map(|request| self.deadline(request)).collect();
        if let Stage::Aborting { deadline, .. } = self.stage {
            moments.push(deadline);
        }
        if self.dirty
            && let Some(persisted) = self.persisted
        {
            moments.push(persisted + PERSIST_EVERY);
        }
        if self.hold.is_none() && self.online {
            moments.push(self.control.not_before);
            if self.stage == Stage::Sending && self.parts_under_way() < self.parallel.now() {
                moments.push(self.next_start);
                let waiting = self.parts.iter().filter(|(_, part)| part.state == State::Waiting);
                moments.extend(waiting.map(|(_, part)| part.attempts.not_before));
            }
        }
        let next = moments.into_iter().filter(|moment| *moment > now).min();
        if let Some(next) = next
            && self.wake != Some(next)
        {
            self.wake = Some(next);
            self.out.push(Command::Wake(next));
        }
        self.rate.note(as_moment(now), self.bytes_done());
    }
}
