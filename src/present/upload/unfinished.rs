//! Uploads that were begun before and have not ended.

use super::super::locale::Locale;
use super::sending::{Phase, Sent, stopped};
use super::target::Destination;
use crate::read::read;
use crate::text::fill;
use crate::text::upload::UploadTexts;
use crate::upload::engine::{Left, Stop, StopReason};
use crate::upload::resume::Record;
use serde::Serialize;

/// An upload that was begun before, as the page lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unfinished {
    /// Which it is: [`Record::id`].
    pub id: String,
    /// Which stretch of which file is uploaded: [`Record::stretch`].
    pub stretch: String,
    /// How far it has come, and for which object.
    pub about: String,
    /// The button that goes on with it; or, where the file is not at hand, how it can be gone on with.
    pub go_on: String,
    /// Whether the page can read the file again without its being chosen.
    pub has_handle: bool,
    /// What is asked before it is discarded.
    pub question: String,
    /// The record.
    pub record: String,
}

read!(struct Unfinished { id, stretch, about, go_on, has_handle, question, record });

/// An upload in the list; `None` for a record that this version cannot use.
pub fn unfinished(
    texts: &UploadTexts,
    locale: &dyn Locale,
    record: String,
    has_handle: bool,
) -> Option<Unfinished> {
    let read = Record::read(&record)?;
    #[expect(clippy::cast_precision_loss, reason = "a moment in this era")]
    let moment = locale.moment(read.started as f64);
    let (done, total) = (locale.size(read.bytes_done()), locale.size(read.file.size));
    let values = [
        ("name", read.file.name.as_str()),
        ("done", &done),
        ("total", &total),
        ("bucket", &read.bucket),
        ("key", &read.key),
        ("moment", &moment),
    ];
    let go_on = if has_handle { texts.unfinished_go_on } else { texts.unfinished_choose };
    Some(Unfinished {
        id: read.id(),
        stretch: read.stretch(),
        about: fill(texts.unfinished_about, &values),
        go_on: fill(go_on, &values),
        has_handle,
        question: fill(texts.unfinished_question, &values),
        record,
    })
}

/// What is said of an upload that was discarded and whose parts the page could not remove.
pub fn discarded(texts: &UploadTexts, record: &Record) -> Sent {
    let destination = destination_of(record);
    let left = Left::Parts { upload_id: record.upload_id.clone() };
    let stop = Stop { reason: StopReason::Cancelled, left };
    Sent::of(Phase::Cancelled, stopped(texts, &stop, &destination))
}

/// The object of a record.
pub fn destination_of(record: &Record) -> Destination {
    Destination {
        bucket: record.bucket.clone(),
        key: record.key.clone(),
        region: record.region.clone(),
        origin: String::new(),
    }
}
