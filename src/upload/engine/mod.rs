//! The engine: an upload as a state machine. Events go in, commands come out, and nothing in it touches the network,
//! the file or a clock.
//!
//! Whoever runs it keeps one [`Engine`] and does what it says:
//!
//! ```
//! use import_planner::upload::answers::Response;
//! use import_planner::upload::credentials::Credentials;
//! use import_planner::upload::endpoint::Network;
//! use import_planner::upload::engine::{Command, Engine, Event};
//! use import_planner::upload::exchange::Request;
//! use import_planner::upload::resume::FileIdentity;
//! use import_planner::upload::signing::Signer;
//! use import_planner::upload::source::Source;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let credentials = Credentials::read("AWS_ACCESS_KEY_ID=GKA\nAWS_SECRET_ACCESS_KEY=s")?;
//! let signer = Signer::new(credentials, &Network::Regional, false, "eu-west-1", "bucket", "key")?;
//! let source = Source::Signer(Box::new(signer));
//! let file = FileIdentity { name: "disk.raw".into(), size: 5, modified: 0, offset: 0, sample: None };
//! // With what was kept of an upload: Engine::resume.
//! let mut engine = Engine::new(source.settings(file, 4)?);
//! let now = 1_800_000_000_000; // milliseconds since 1970
//! let mut events = vec![Event::Start];
//! let mut receipt = None;
//! while let Some(event) = events.pop() {
//!     for command in engine.handle(event, now) {
//!         match command {
//!             // A worker reads the slice through `checksum::Hasher`.
//!             Command::Hash { part, range, with_md5 } => {
//!                 # let mut hasher = import_planner::upload::checksum::Hasher::new(with_md5);
//!                 # hasher.update(&b"hello"[range.start as usize..range.end as usize]);
//!                 # let digests = hasher.finish();
//!                 events.push(Event::Hashed { part, digests });
//!             }
//!             // An XMLHttpRequest sends it, tells of progress, and ends in Answered or Unanswered; `Response::read`
//!             // takes the answer.
//!             Command::Send { id, request, signed_at } => {
//!                 let Some(http) = source.address(&request, signed_at) else {
//!                     events.push(Event::NoAddress { id });
//!                     continue;
//!                 };
//!                 assert!(http.url.expose().starts_with("https://bucket.s3.eu-west-1.amazonaws.com/key?"));
//!                 # let checksum = Some(import_planner::upload::checksum::Crc64::of(b"hello"));
//!                 let response = match request {
//!                     Request::Head => Response { status: 200, length: Some(5), checksum, ..Response::default() },
//!                     _ => Response { status: 200, etag: Some("\"e\"".into()), ..Response::default() },
//!                 };
//!                 events.push(Event::Answered { id, response });
//!             }
//!             // One timer: a later moment replaces the earlier one. It sends Event::Tick.
//!             Command::Wake(_at) => {}
//!             Command::CheckFile => events.push(Event::FileIntact),
//!             Command::Finished(end) => receipt = Some(end),
//!             // Break off the XMLHttpRequest; keep the record, or drop it; show why it waits or has ended.
//!             Command::Abandon(_) | Command::Persist(_) | Command::Forget | Command::Held(_) | Command::Stopped(_) => {}
//!         }
//!     }
//! }
//! assert_eq!(receipt.map(|receipt| receipt.size), Some(5));
//! # Ok(())
//! # }
//! ```
//!
//! What it holds to, and `simulation.rs` tests on thousands of uploads with faults: no more than `parallel` parts under
//! way; no part that has arrived whole is sent again, unless Complete refuses it; Complete is sent only once every part has
//! arrived and the file is what it was; an object that is not the file is never called finished; every wait has an end.
//!
//! A pause or a failure that trying again does not mend *holds* an upload ([`Command::Held`]): nothing is lost, and
//! [`Event::Resume`] goes on. It has *ended* with [`Command::Finished`] or [`Command::Stopped`], exactly once.

mod arrival;
mod authority;
mod command;
mod conclusion;
mod ending;
mod event;
mod holding;
mod keeping;
mod listing;
mod outcome;
mod parallel;
mod parts;
mod retry;
mod schedule;
mod view;

#[cfg(test)]
mod pace_tests;
#[cfg(test)]
mod simulation;
#[cfg(test)]
mod tests;

pub use authority::Authority;
pub use command::{Command, Hold, Left, Stop, StopReason};
pub use event::{Event, Millis, RequestId};
pub use view::{Counts, PartState, Phase, Retrying, Run, View};

use super::answers::ListedPart;
use super::checksum::{Crc64, Digests};
use super::failure::Failure;
use super::part_plan::PartPlan;
use super::rate::Rate;
use super::resume::{Contents, DonePart, FileIdentity, Record};
use parallel::Parallel;
use parts::{Parts, State};
use retry::{Attempts, Random};
use std::collections::BTreeMap;

/// How an upload is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The bucket.
    pub bucket: String,
    /// The key.
    pub key: String,
    /// The Region.
    pub region: String,
    /// The file.
    pub file: FileIdentity,
    /// Its parts.
    pub plan: PartPlan,
    /// How its bytes are held to what arrives.
    pub integrity: Integrity,
    /// The multipart upload, where it has been created already.
    pub upload_id: Option<String>,
    /// Whether ListParts can be asked.
    pub can_list: bool,
    /// Whether the upload can be aborted.
    pub can_abort: bool,
    /// Whether HEAD can be asked.
    pub can_read_back: bool,
    /// The most parts under way: 4 to 6 is what a browser's six connections to a host allow.
    pub parallel: u8,
    /// The most bytes a second, on the average.
    pub speed_limit: Option<u64>,
    /// A request that makes no progress for so long is broken off, and tried again. 60 s.
    pub stall_after: Millis,
    /// What the waits between tries are drawn from.
    pub seed: u64,
}

/// How a part's bytes are held to what arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Integrity {
    /// Each part is read first, and its checksum signed into its request: S3 refuses other bytes.
    Signed,
    /// The signatures exist before the bytes are read: each part is read beside the sending, and compared with what S3
    /// tells of it.
    Compared,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    New,
    Creating,
    /// S3 is asked for the parts after this one.
    Listing {
        then: AfterListing,
        after: u16,
    },
    Sending,
    CheckingFile,
    Completing,
    ReadingBack,
    Aborting {
        deadline: Millis,
        /// Whether it is to be seen that the parts are gone.
        verify: bool,
    },
    Ended,
}

/// What the list of parts is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AfterListing {
    /// To take up an upload.
    Resume,
    /// To see that all has arrived, before it is completed.
    Complete,
}

/// A request under way.
#[derive(Debug, Clone)]
struct InFlight {
    kind: Kind,
    /// Bytes of its body that have been sent.
    sent: u64,
    /// When it last made progress.
    moved: Millis,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Part(u16),
    Create,
    List,
    Complete,
    Abort,
    Head,
}

/// What S3 told of the object it made.
#[derive(Debug, Clone, Default)]
struct Object {
    etag: Option<String>,
    version: Option<String>,
    checksum: Option<Crc64>,
}

/// An upload.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own: together they are no state")]
pub struct Engine {
    settings: Settings,
    stage: Stage,
    hold: Option<Hold>,
    online: bool,
    upload_id: Option<String>,
    /// Whether the upload was, or will be, created with a checksum algorithm.
    has_checksums: bool,
    parts: Parts,
    /// What was kept of parts sent before a reload, until S3's list confirms it.
    recorded: BTreeMap<u16, DonePart>,
    /// Whether it was begun before the page was opened.
    is_taken_up: bool,
    in_flight: BTreeMap<RequestId, InFlight>,
    next_id: u32,
    /// The tries of the request that is not about one part.
    control: Attempts,
    parallel: Parallel,
    /// No part begins before, by the speed limit.
    next_start: Millis,
    random: Random,
    rate: Rate,
    /// Whether an ETag has been the MD5 of its part: then all of them are.
    etags_are_sums: bool,
    has_answered: bool,
    /// S3's clock less this computer's, in seconds.
    clock_offset: i64,
    clock_failures: u16,
    started: Option<Millis>,
    /// The time of the current event; after the last one, that of the upload's end.
    now: Millis,
    retries: u32,
    listed: Vec<ListedPart>,
    /// How often the parts were listed because Complete did not agree with them.
    listings: u8,
    /// How often parts were sent again because Complete did not agree with the list.
    doubts: u8,
    /// Whether nothing has arrived since the parts were listed.
    list_is_fresh: bool,
    /// Whether the parts were listed because a ticket lacks one, since it was renewed.
    has_looked: bool,
    file_check_asked: bool,
    /// Whether Complete, or the whole of the one PUT, has been sent: the object may be there.
    may_exist: bool,
    /// Whether a Complete was sent that S3 has not refused.
    may_be_joined: bool,
    /// Whether nobody has said that the object is there.
    is_uncertain: bool,
    object: Object,
    /// Why the upload is being ended.
    ending: Option<StopReason>,
    aborts: u8,
    dirty: bool,
    persisted: Option<Millis>,
    wake: Option<Millis>,
    out: Vec<Command>,
}

impl Engine {
    /// An upload that has not begun.
    pub fn new(settings: Settings) -> Self {
        Self {
            stage: Stage::New,
            hold: None,
            online: true,
            upload_id: settings.upload_id.clone(),
            has_checksums: settings.integrity == Integrity::Signed,
            parts: Parts::new(settings.plan),
            recorded: BTreeMap::new(),
            is_taken_up: false,
            in_flight: BTreeMap::new(),
            next_id: 0,
            control: Attempts::default(),
            parallel: Parallel::new(settings.parallel),
            next_start: 0,
            random: Random(settings.seed),
            rate: Rate::default(),
            etags_are_sums: false,
            has_answered: false,
            clock_offset: 0,
            clock_failures: 0,
            started: None,
            now: 0,
            retries: 0,
            listed: Vec::new(),
            listings: 0,
            doubts: 0,
            list_is_fresh: false,
            has_looked: false,
            file_check_asked: false,
            may_exist: false,
            may_be_joined: false,
            is_uncertain: false,
            object: Object::default(),
            ending: None,
            aborts: 0,
            dirty: false,
            persisted: None,
            wake: None,
            out: Vec::new(),
            settings,
        }
    }

    /// Takes an event and says what is to be done. `now` is in milliseconds since 1970.
    pub fn handle(&mut self, event: Event, now: Millis) -> Vec<Command> {
        if self.stage != Stage::Ended {
            self.now = now;
            self.apply(event, now);
            self.pump(now);
        }
        std::mem::take(&mut self.out)
    }

    /// The multipart upload, once there is one: what a renewed ticket must be for.
    pub fn upload_id(&self) -> Option<&str> {
        self.upload_id.as_deref()
    }

    /// Whether it has ended.
    pub fn has_ended(&self) -> bool {
        self.stage == Stage::Ended
    }

    fn apply(&mut self, event: Event, now: Millis) {
        match event {
            Event::Start => self.start(now),
            Event::Tick => self.wake = None,
            Event::Online => self.go_online(now),
            Event::Offline => self.online = false,
            // Who is giving up an upload has nothing to pause.
            Event::Pause if self.ending.is_some() => {}
            Event::Pause => self.hold(Hold::Paused),
            Event::Resume => self.go_on(),
            Event::Cancel => self.end(StopReason::Cancelled, now),
            Event::FileChanged => self.end(StopReason::FileChanged, now),
            Event::FileUnreadable => self.file_unreadable(),
            Event::FileIntact if self.stage == Stage::CheckingFile => self.go_to(Stage::Completing),
            Event::FileIntact => {}
            Event::SetParallel(most) => self.parallel.set_most(most),
            // The same limit once more does not begin a part before its time.
            Event::SetSpeedLimit(limit) if limit == self.settings.speed_limit => {}
            Event::SetSpeedLimit(limit) => {
                self.settings.speed_limit = limit;
                self.next_start = now;
            }
            Event::Progress { id, sent } => self.progress(id, sent, now),
            Event::Answered { id, response } => self.answered(id, &response, now),
            Event::Unanswered { id, file_intact, blocked_by_policy } => {
                self.unanswered(id, file_intact, blocked_by_policy, now);
            }
            Event::NotSent { id, reason } => self.not_sent(id, reason, now),
            Event::NoAddress { id } => self.no_address(id),
            Event::Hashed { part, digests } => self.hashed(part, digests, now),
        }
    }

    fn start(&mut self, now: Millis) {
        if self.stage != Stage::New {
            return;
        }
        self.started.get_or_insert(now);
        self.rate.note(as_moment(now), 0);
        let may_have_parts = !self.recorded.is_empty() || self.settings.upload_id.is_some();
        self.stage = if self.settings.plan.is_single() {
            Stage::Sending
        } else if self.upload_id.is_none() {
            Stage::Creating
        } else if self.settings.can_list && may_have_parts {
            Stage::Listing { then: AfterListing::Resume, after: 0 }
        } else {
            // Without a list, what was kept is believed: Complete refuses an ETag that S3 does not have.
            self.believe_record();
            Stage::Sending
        };
        self.dirty = self.upload_id.is_some();
    }

    /// The next stage; its first request has not failed yet.
    fn go_to(&mut self, stage: Stage) {
        self.stage = stage;
        self.control = Attempts::default();
        self.file_check_asked = false;
    }

    fn progress(&mut self, id: RequestId, sent: u64, now: Millis) {
        if let Some(request) = self.in_flight.get_mut(&id)
            && sent > request.sent
        {
            request.sent = match request.kind {
                Kind::Part(number) => sent.min(self.settings.plan.size_of(number)),
                _ => sent,
            };
            request.moved = now;
            self.rate.note(as_moment(now), self.bytes_done());
        }
    }

    fn bytes_done(&self) -> u64 {
        let under_way = self.in_flight.values().filter(|request| matches!(request.kind, Kind::Part(_)));
        self.parts.arrived() + under_way.map(|request| request.sent).sum::<u64>()
    }
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 stay below 2^53")]
fn as_moment(now: Millis) -> f64 {
    now as f64
}
