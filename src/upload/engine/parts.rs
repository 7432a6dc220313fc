//! The parts of an upload and where each stands.

use super::event::RequestId;
use super::retry::Attempts;
use crate::upload::answers::ListedPart;
use crate::upload::checksum::{Crc64, Digests, Md5Sum};
use crate::upload::part_plan::PartPlan;
use crate::upload::resume::DonePart;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// To be sent.
    Waiting,
    /// S3 says that it has one, and its bytes are being compared before it is believed.
    Comparing,
    /// Under way.
    Sending(RequestId),
    /// Arrived, while its bytes are still being read for the comparison.
    Sent,
    /// Arrived, and as far as could be told whole.
    Done,
}

#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own: together they are no state")]
pub(super) struct Part {
    pub(super) state: State,
    pub(super) attempts: Attempts,
    /// Whether a try has failed, ever.
    pub(super) was_retried: bool,
    /// Whether it is to be sent again although S3 lists it.
    pub(super) is_doubted: bool,
    /// Whether it had arrived, and that was kept, before the page was opened.
    pub(super) was_recorded: bool,
    /// How often it was sent since the page was opened.
    pub(super) sends: u16,
    /// What its bytes add up to, once they have been read.
    pub(super) digests: Option<Digests>,
    /// What was kept of them before a reload, until they have been read again.
    pub(super) kept: Option<Crc64>,
    pub(super) hashing: bool,
    /// As S3 gave it.
    pub(super) etag: Option<String>,
    /// The checksum that S3 told.
    pub(super) told: Option<Crc64>,
    /// Whether something that S3 told agrees with the bytes.
    pub(super) verified: bool,
}

impl Part {
    fn new() -> Self {
        Self {
            state: State::Waiting,
            attempts: Attempts::default(),
            was_retried: false,
            is_doubted: false,
            was_recorded: false,
            sends: 0,
            digests: None,
            kept: None,
            hashing: false,
            etag: None,
            told: None,
            verified: false,
        }
    }

    /// What S3 told of the part, against its bytes: `None` where there is nothing to compare.
    ///
    /// An ETag that agrees is an MD5; one that does not may be none (SSE-KMS), so it counts only where
    /// `etags_are_sums`.
    pub(super) fn compare(&self, etags_are_sums: bool) -> Option<bool> {
        let digests = self.digests?;
        if let Some(told) = self.told {
            return Some(told == digests.crc64nvme);
        }
        let theirs = Md5Sum::from_etag(self.etag.as_deref()?)?;
        if theirs == digests.md5? { Some(true) } else { etags_are_sums.then_some(false) }
    }

    /// Whether the ETag is the MD5 of the bytes.
    pub(super) fn etag_is_sum(&self) -> bool {
        let ours = self.digests.and_then(|digests| digests.md5);
        ours.is_some() && ours == self.etag.as_deref().and_then(Md5Sum::from_etag)
    }

    /// What is to be kept of it, once it has arrived.
    pub(super) fn to_keep(&self, number: u16) -> Option<DonePart> {
        let crc64nvme = match self.state {
            State::Done => self.digests?.crc64nvme,
            // A second reload must not cost what the first has left.
            State::Sent => self.kept?,
            State::Waiting | State::Comparing | State::Sending(_) => return None,
        };
        Some(DonePart { number, etag: self.etag.clone()?, crc64nvme, verified: self.verified })
    }

    /// Takes what ListParts says.
    pub(super) fn take(&mut self, listed: &ListedPart) {
        self.etag = Some(listed.etag.clone());
        self.told = listed.checksum;
    }
}

/// All parts, by number.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    plan: PartPlan,
    all: Vec<Part>,
    /// Bytes of the parts that have arrived.
    arrived: u64,
    /// The parts that are not [`State::Done`].
    open: usize,
}

impl Parts {
    pub(super) fn new(plan: PartPlan) -> Self {
        let all = vec![Part::new(); usize::from(plan.count())];
        Self { plan, open: all.len(), all, arrived: 0 }
    }

    pub(super) fn get(&self, number: u16) -> Option<&Part> {
        self.all.get(usize::from(number).checked_sub(1)?)
    }

    pub(super) fn get_mut(&mut self, number: u16) -> Option<&mut Part> {
        self.all.get_mut(usize::from(number).checked_sub(1)?)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (u16, &Part)> {
        (1..).zip(&self.all)
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (u16, &mut Part)> {
        (1..).zip(&mut self.all)
    }

    pub(super) fn set(&mut self, number: u16, state: State) {
        let size = self.plan.size_of(number);
        let Some(part) = self.get_mut(number) else { return };
        let before = std::mem::replace(&mut part.state, state);
        let has_arrived = |state| matches!(state, State::Sent | State::Done);
        if has_arrived(before) {
            self.arrived -= size;
        }
        if has_arrived(state) {
            self.arrived += size;
        }
        self.open = self.open + usize::from(before == State::Done) - usize::from(state == State::Done);
    }

    /// Bytes of the parts that have arrived.
    pub(super) fn arrived(&self) -> u64 {
        self.arrived
    }

    pub(super) fn all_done(&self) -> bool {
        self.open == 0
    }

    /// The checksum of the whole; `None` while a part has none.
    pub(super) fn whole(&self) -> Option<Crc64> {
        let sums: Option<Vec<_>> = self
            .iter()
            .map(|(number, part)| Some((part.digests?.crc64nvme, self.plan.size_of(number))))
            .collect();
        Some(Crc64::of_parts(sums?))
    }
}
