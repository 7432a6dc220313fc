//! What the page asks of its workers, and what they tell it.

use super::image::Inspected;
use super::request::{Situation, Written, write};
use crate::text::form::ENGLISH;
use serde::{Deserialize, Serialize};

/// From the page. Files travel beside it, as they are.
#[derive(Debug, Serialize, Deserialize)]
pub enum Ask {
    /// Read the files; their names, in their order.
    Inspect(Vec<String>),
    /// Read the appliance in the files through and compare it with its manifest; their names, in their order.
    Verify(Vec<String>),
    /// Write the request.
    Write(Box<Situation>),
}

/// From a worker.
#[derive(Debug, Serialize, Deserialize)]
pub enum Told {
    /// The first verdict, from a bounded number of reads; the second pass goes on.
    First(Box<Inspected>),
    /// Everything the bytes allow.
    Complete(Box<Inspected>),
    /// The comparison with the manifest is under way. In bytes; `total` is never 0.
    Verifying {
        /// How many have been read.
        done: u64,
        /// How many there are.
        total: u64,
    },
    /// Everything the bytes allow, with what the comparison with the manifest gave.
    Verified(Box<Inspected>),
    /// What was asked could not be done; a sentence.
    Failed(String),
    /// The worker has come to an end, or never began; what the browser says of it.
    Stopped(String),
    /// The request, written.
    Written(Box<Written>),
}

/// Answers what is asked of a plan; `None` where it is asked of an image.
pub fn answer(ask: Ask) -> Option<Told> {
    match ask {
        Ask::Inspect(_) | Ask::Verify(_) => None,
        Ask::Write(situation) => Some(Told::Written(Box::new(write(&ENGLISH, &situation)))),
    }
}
