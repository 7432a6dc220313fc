//! What the page asks of its workers, and what they tell it.

use super::image::InspectedSet;
use super::locale::Locale;
use super::paste::{Pasted, paste};
use super::request::{Situation, Written, write};
use super::upload::{Destination, Sent};
use crate::plan::Plan;
use crate::read::read;
use crate::text::answer as answer_texts;
use crate::text::form::ENGLISH;
use serde::{Deserialize, Serialize};

/// From the page. Files travel beside it, as they are.
#[derive(Debug, Serialize, Deserialize)]
pub enum Ask {
    /// Read the files; their names, in their order.
    Inspect(Vec<String>),
    /// Read an appliance in the files through and compare it with its manifest.
    Verify {
        /// The names of the files, in their order.
        names: Vec<String>,
        /// Which of the images in them it is, as they were told.
        image: usize,
    },
    /// Write the request.
    Write(Box<Situation>),
    /// Make something of what was pasted, in the light of the plan.
    Paste {
        /// What was pasted.
        text: String,
        /// The plan.
        plan: Box<Plan>,
    },
    /// Send the file, or go on with what is being sent by what was pasted now.
    Send(Box<Errand>),
    /// Change the course of the upload.
    Steer(Steer),
}

/// What is to be sent, where to, and by what.
#[derive(Debug, Serialize, Deserialize)]
pub struct Errand {
    /// What was pasted: a presigned URL, a ticket, or credentials.
    pub pasted: String,
    /// The file's name.
    pub name: String,
    /// When it was last changed, in milliseconds since 1970.
    pub modified: i64,
    /// Where it goes.
    pub destination: Destination,
    /// What was kept of an upload of this file before.
    pub record: Option<String>,
}

/// What the person does to an upload under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Steer {
    /// Wait.
    Pause,
    /// Go on.
    Resume,
    /// Give it up and remove what has arrived.
    Cancel,
}

/// From a worker.
#[derive(Debug, Serialize)]
pub enum Told {
    /// The first verdict, from a bounded number of reads; the second pass goes on.
    First(Box<InspectedSet>),
    /// Everything the bytes allow.
    Complete(Box<InspectedSet>),
    /// The comparison with the manifest is under way.
    Verifying(Progress),
    /// Everything the bytes allow, with what the comparison with the manifest gave.
    Verified(Box<InspectedSet>),
    /// What was asked could not be done; a sentence.
    Failed(String),
    /// The worker has come to an end, or never began; what the browser says of it.
    Stopped(String),
    /// The request, written.
    Written(Box<Written>),
    /// What was made of what was pasted.
    Pasted(Pasted),
    /// How the upload stands.
    Sent(Sent),
    /// What is to be kept of the upload, in the place of what was kept before; nothing where it is empty.
    Keep(String),
}

/// How far a verification is, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// How many have been read.
    pub done: u64,
    /// How many there are; never 0.
    pub total: u64,
}

read!(struct Progress { done, total });

read!(enum Told {
    "First" => First(content),
    "Complete" => Complete(content),
    "Verifying" => Verifying(content),
    "Verified" => Verified(content),
    "Failed" => Failed(content),
    "Stopped" => Stopped(content),
    "Written" => Written(content),
    "Pasted" => Pasted(content),
    "Sent" => Sent(content),
    "Keep" => Keep(content),
});

/// Answers what is asked of a plan; `None` where it is asked of a file.
pub fn answer(ask: Ask, locale: &dyn Locale) -> Option<Told> {
    match ask {
        Ask::Inspect(_) | Ask::Verify { .. } | Ask::Send(_) | Ask::Steer(_) => None,
        Ask::Paste { text, plan } => Some(Told::Pasted(paste(&answer_texts::ENGLISH, &plan, &text))),
        Ask::Write(situation) => Some(Told::Written(Box::new(write(&ENGLISH, locale, &situation)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Read;

    #[test]
    fn progress_is_read_as_it_was_told() {
        let progress = Progress { done: u64::MAX - 1, total: u64::MAX };
        let text = serde_json::to_string(&Told::Verifying(progress)).unwrap();
        let value = serde_json::from_str(&text).unwrap();
        assert!(matches!(Told::read(&value), Some(Told::Verifying(read)) if read == progress));
    }
}
