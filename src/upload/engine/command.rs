//! What the engine wants done.

use super::event::{Millis, RequestId};
use crate::upload::exchange::Request;
use crate::upload::failure::Failure;
use crate::upload::receipt::Receipt;
use crate::upload::resume::Record;
use serde::Serialize;
use std::ops::Range;

/// What the engine wants done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Give the request its address and send it. A browser that looks at the file's size and time before each part refuses
    /// to read one that has changed; [`CheckFile`](Self::CheckFile) finds what another sends all the same.
    Send {
        /// What the answer is to be given with.
        id: RequestId,
        /// The request.
        request: Request,
        /// The moment to sign it for, in seconds since 1970 by S3's clock.
        signed_at: i64,
    },
    /// Break off a request; nothing more is wanted of it.
    Abandon(RequestId),
    /// Read these bytes and say what they add up to.
    Hash {
        /// The part.
        part: u16,
        /// Its bytes.
        range: Range<u64>,
        /// Whether the MD5 is wanted too.
        with_md5: bool,
    },
    /// See whether the file is what it was when the upload began, by a sample of its bytes.
    CheckFile,
    /// Send [`Tick`](super::Event::Tick) at this moment; a later command of this kind takes its place.
    Wake(Millis),
    /// Keep this in the place of what was kept of the upload before.
    Persist(Box<Record>),
    /// What was kept is of no more use.
    Forget,
    /// The upload waits for the person; nothing is lost.
    Held(Hold),
    /// The object is there and was compared with the file.
    Finished(Box<Receipt>),
    /// The upload has ended without an object.
    Stopped(Stop),
}

/// What an upload waits for. [`Resume`](super::Event::Resume) goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Hold {
    /// The person paused it.
    Paused,
    /// The ticket or the credentials have expired, or lack what is needed: new ones, then
    /// [`Resume`](super::Event::Resume).
    Authorisation,
    /// This computer's clock is wrong, or that of who signed.
    Clock,
    /// S3 refuses, and would again.
    Refused(Failure),
    /// It failed too often.
    GaveUp(Failure),
    /// The ETags cannot be read, and without them the upload cannot be completed: the bucket's CORS rule must expose
    /// them.
    NoEtag,
}

/// How an upload ended without an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stop {
    /// Why.
    pub reason: StopReason,
    /// What is left in the bucket.
    pub left: Left,
}

/// Why an upload ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum StopReason {
    /// The person gave it up.
    Cancelled,
    /// The file was changed or removed meanwhile.
    FileChanged,
    /// S3 no longer has the upload: it was aborted elsewhere, or by a rule of the bucket.
    UploadGone,
    /// The object in the bucket is not the file.
    ObjectDiffers,
    /// S3 has taken the last request or not; it cannot be told.
    Unknown,
}

/// What an upload that ended leaves in the bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Left {
    /// Nothing.
    Nothing,
    /// Parts, which cost storage until the upload is aborted.
    Parts {
        /// The upload to abort.
        upload_id: String,
    },
    /// Parts as well, or the object, if a Complete was taken whose answer was lost.
    PartsOrObject {
        /// The upload to abort.
        upload_id: String,
    },
    /// An object under the key, perhaps.
    Object,
}
