//! What the page asks of its workers, and what they tell it.

use super::image::Inspected;
use super::locale::Locale;
use super::paste::{Pasted, paste};
use super::request::{Situation, Written, write};
use super::upload::{Destination, Sent};
use crate::plan::Plan;
use crate::read::read;
use crate::text::answer::AnswerTexts;
use crate::text::form::FormTexts;
use crate::text::language::Language;
use serde::{Deserialize, Serialize};

/// From the page. Files travel beside it, as they are.
#[derive(Debug, Serialize, Deserialize)]
pub enum Ask {
    /// Read the files; their names, in their order.
    Inspect(Vec<String>),
    /// Read the appliance in the files through and compare it with its manifest; their names, in their order.
    Verify(Vec<String>),
    /// Say again what was said last, in the language of this question; nothing where nothing was said yet.
    SayAgain,
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
    First(Box<Inspected>),
    /// Everything the bytes allow.
    Complete(Box<Inspected>),
    /// The comparison with the manifest is under way.
    Verifying(Progress),
    /// Everything the bytes allow, with what the comparison with the manifest gave.
    Verified(Box<Inspected>),
    /// What was told last, in another language.
    Again(Box<Inspected>),
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
    "Again" => Again(content),
    "Failed" => Failed(content),
    "Stopped" => Stopped(content),
    "Written" => Written(content),
    "Pasted" => Pasted(content),
    "Sent" => Sent(content),
    "Keep" => Keep(content),
});

/// Answers what is asked of a plan; `None` where it is asked of a file.
pub fn answer(ask: Ask, language: Language, locale: &dyn Locale) -> Option<Told> {
    match ask {
        Ask::Inspect(_) | Ask::Verify(_) | Ask::SayAgain | Ask::Send(_) | Ask::Steer(_) => None,
        Ask::Paste { text, plan } => Some(Told::Pasted(paste(AnswerTexts::of(language), &plan, &text))),
        Ask::Write(situation) => {
            Some(Told::Written(Box::new(write(FormTexts::of(language), locale, &situation))))
        }
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
