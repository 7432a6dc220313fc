//! How an upload waits for the person or for the network, and how it goes on.

use super::{Attempts, Command, Engine, Failure, Hold, Kind, Left, Millis, Rate, RequestId, Stage, State};

impl Engine {
    /// Waits for the person. What is under way for single parts is broken off; a request about the whole is left to
    /// its end, since its answer tells what has become of the upload.
    pub(super) fn hold(&mut self, hold: Hold) {
        if matches!(self.stage, Stage::New | Stage::Aborting { .. } | Stage::Ended)
            || self.hold == Some(hold.clone())
        {
            return;
        }
        if let Some(reason) = self.ending {
            // Giving up does not wait for anything: what could not be found out is said.
            self.stop(reason, Left::Object);
            return;
        }
        self.abandon_parts();
        self.persist_at_once();
        self.out.push(Command::Held(hold.clone()));
        self.hold = Some(hold);
    }

    /// Waits until the file can be read again. Once Complete is sent its bytes have all arrived, and it does not matter.
    pub(super) fn file_unreadable(&mut self) {
        // Whatever was being read is to be read again.
        for (_, part) in self.parts.iter_mut() {
            part.hashing = false;
        }
        if !matches!(self.stage, Stage::Completing | Stage::ReadingBack) {
            self.hold(Hold::Refused(Failure::FileUnreadable));
        }
    }

    pub(super) fn abandon_parts(&mut self) {
        let under_way: Vec<(RequestId, u16)> = self
            .in_flight
            .iter()
            .filter_map(
                |(id, request)| {
                    if let Kind::Part(number) = request.kind { Some((*id, number)) } else { None }
                },
            )
            .collect();
        for (id, number) in under_way {
            self.abandon(id);
            self.parts.set(number, State::Waiting);
        }
    }

    pub(super) fn abandon(&mut self, id: RequestId) {
        if let Some(request) = self.in_flight.remove(&id) {
            let is_whole = self.settings.plan.is_single() && request.sent >= self.settings.plan.file_size();
            self.may_exist |= is_whole && request.kind == Kind::Part(1);
            self.out.push(Command::Abandon(id));
        }
    }

    /// Goes on: what failed is tried at once, as if for the first time.
    pub(super) fn go_on(&mut self) {
        if self.hold.take().is_some() {
            self.forget_failures();
            self.listings = 0;
            self.list_is_fresh = false;
            self.has_looked = false;
            self.clock_failures = 0;
            self.rate = Rate::default();
            if matches!(self.stage, Stage::CheckingFile | Stage::Completing) {
                // What was missing may be there now: all is looked at again.
                self.go_to(Stage::Sending);
            }
        }
    }

    pub(super) fn forget_failures(&mut self) {
        self.control = Attempts::default();
        for (_, part) in self.parts.iter_mut() {
            part.attempts = Attempts::default();
        }
    }

    pub(super) fn go_online(&mut self, now: Millis) {
        if !self.online {
            self.online = true;
            // Nobody waits out a pause that was meant for a network that was not there.
            self.control.not_before = now;
            for (_, part) in self.parts.iter_mut() {
                part.attempts.not_before = now;
            }
            // What looked like a rule of the bucket may have been the network, and it is tried again anyway.
            let by_network = [Failure::NetworkLost, Failure::NotAllowedByCors].map(Hold::GaveUp);
            if self.hold.as_ref().is_some_and(|hold| by_network.contains(hold)) {
                self.go_on();
            }
        }
    }
}
