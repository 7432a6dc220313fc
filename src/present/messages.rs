//! What the page asks of its workers, and what they tell it.

use super::image::Inspected;
use crate::read::read;
use super::locale::Locale;
use super::upload::{Destination, Sent};
use super::request::{Situation, Written, write};
use crate::text::form::ENGLISH;
use serde::{Deserialize, Serialize};

/// From the page. Files travel beside it, as they are.
#[derive(Debug, Serialize, Deserialize)]
pub enum Ask {
    /// Read the files; their names, in their order.
    Inspect(Vec<String>),
    /// Write the request.
    Write(Box<Situation>),
    /// Send the file.
    Send {
        /// The presigned URL.
        url: String,
        /// The file's name.
        name: String,
        /// Where it goes, for what is said when it fails.
        destination: Destination,
    },
}

/// From a worker.
#[derive(Debug, Serialize)]
pub enum Told {
    /// The first verdict, from a bounded number of reads; the second pass goes on.
    First(Box<Inspected>),
    /// Everything the bytes allow.
    Complete(Box<Inspected>),
    /// What was asked could not be done; a sentence.
    Failed(String),
    /// The worker has come to an end, or never began; what the browser says of it.
    Stopped(String),
    /// The request, written.
    Written(Box<Written>),
    /// How the upload stands.
    Sent(Sent),
}

read!(enum Told {
    "First" => First(content),
    "Complete" => Complete(content),
    "Failed" => Failed(content),
    "Stopped" => Stopped(content),
    "Written" => Written(content),
    "Sent" => Sent(content),
});

/// Answers what is asked of a plan; `None` where it is asked of a file.
pub fn answer(ask: Ask, locale: &dyn Locale) -> Option<Told> {
    match ask {
        Ask::Inspect(_) | Ask::Send { .. } => None,
        Ask::Write(situation) => Some(Told::Written(Box::new(write(&ENGLISH, locale, &situation)))),
    }
}
