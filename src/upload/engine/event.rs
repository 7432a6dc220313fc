//! What happens to an upload.

use crate::upload::answers::Response;
use crate::upload::checksum::Digests;

/// Milliseconds since 1970, or a span of them.
pub type Millis = u64;

/// A request under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u32);

/// What happens to an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The person begins, or goes on with what was kept of an upload.
    Start,
    /// The moment that [`Wake`](super::Command::Wake) asked for has come.
    Tick,
    /// The browser says that it is online.
    Online,
    /// The browser says that it is offline.
    Offline,
    /// The person pauses.
    Pause,
    /// The person goes on, from a pause or from what held the upload: with a renewed ticket or new credentials, where those
    /// were missing.
    Resume,
    /// The person gives up the upload.
    Cancel,
    /// The most requests at a time are to be so many.
    SetParallel(u8),
    /// At most so many bytes a second, on the average over a few parts.
    SetSpeedLimit(Option<u64>),
    /// So many bytes of a request's body have been sent. For Complete: so many of the answer have come, which S3 sends
    /// to show that it is at work.
    Progress {
        /// The request.
        id: RequestId,
        /// Bytes since it began.
        sent: u64,
    },
    /// A request was answered.
    Answered {
        /// The request.
        id: RequestId,
        /// The answer.
        response: Response,
    },
    /// A request ended without an answer.
    Unanswered {
        /// The request.
        id: RequestId,
        /// Whether the file can still be read.
        file_intact: bool,
        /// Whether the page's own policy forbade it.
        blocked_by_policy: bool,
    },
    /// The browser did not begin a request.
    NotSent {
        /// The request.
        id: RequestId,
        /// Its reason.
        reason: String,
    },
    /// The ticket has no URL for a request.
    NoAddress {
        /// The request.
        id: RequestId,
    },
    /// The bytes of a part have been read.
    Hashed {
        /// Its number.
        part: u16,
        /// What they add up to.
        digests: Digests,
    },
    /// The file is what it was, as [`CheckFile`](super::Command::CheckFile) asked.
    FileIntact,
    /// The file can be read, and is not what it was.
    FileChanged,
    /// The file could not be read, again and again: it was changed or removed, or what it lies on is away.
    FileUnreadable,
}
