//! What the page asks of its workers, and what they tell it.

use super::image::InspectedSet;
use super::locale::Locale;
use super::paste::{Pasted, paste};
use super::request::{Situation, Written, write};
use super::upload::{Destination, Sent, Target, Unfinished, target};
use crate::plan::Plan;
use crate::read::read;
use crate::text::answer::AnswerTexts;
use crate::text::form::FormTexts;
use crate::text::language::Language;
use crate::text::upload::UploadTexts;
use crate::upload::settings::{Pace, Route};
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
    /// Say again what was said last, in the language of this question; nothing where nothing was said yet.
    SayAgain,
    /// What was pasted to upload by, for all that is asked from now on: it can be long, and goes once.
    Means(String),
    /// Write the request.
    Write(Box<Situation>),
    /// Say where an upload would go, as time has passed and nothing else has changed.
    Aim(Box<Situation>),
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
    /// Tell which uploads were begun before and have not ended.
    Kept,
    /// Give up such an upload, and remove what has arrived of it if what was pasted is for it.
    Discard(Box<Discard>),
}

/// What is to be sent, where to, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Errand {
    /// What was pasted: a presigned URL, a ticket, or credentials.
    pub pasted: String,
    /// The file's name.
    pub name: String,
    /// When it was last changed, in milliseconds since 1970.
    pub modified: i64,
    /// Where it goes.
    pub destination: Destination,
    /// Where the file begins in the one that was picked, in bytes: a disk inside an appliance.
    pub offset: u64,
    /// How much is sent at a time.
    pub pace: Pace,
    /// How credentials reach the bucket.
    pub route: Route,
    /// Which of several uploads it is; 0 where it is the only one.
    pub number: u32,
}

/// An upload that is to be given up.
#[derive(Debug, Serialize, Deserialize)]
pub struct Discard {
    /// Which it is: [`Record::id`](crate::upload::resume::Record::id).
    pub id: String,
    /// What was pasted: a ticket for it, or credentials, or anything else.
    pub pasted: String,
    /// How credentials reach the bucket.
    pub route: Route,
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
    /// Send so much at a time from now on.
    Pace(Pace),
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
    /// What was told last, in another language.
    Again(Box<InspectedSet>),
    /// What was asked could not be done; a sentence.
    Failed(String),
    /// The worker has come to an end, or never began; what the browser says of it.
    Stopped(String),
    /// The request, written.
    Written(Box<Written>),
    /// Where an upload goes now; the request is as it was.
    Aimed(Box<Target>),
    /// What was made of what was pasted.
    Pasted(Pasted),
    /// How the upload stands.
    Sent(Sent),
    /// The uploads that were begun before and have not ended. Handles of their files travel beside it, in their order.
    Kept(Vec<Unfinished>),
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
    "Aimed" => Aimed(content),
    "Pasted" => Pasted(content),
    "Sent" => Sent(content),
    "Kept" => Kept(content),
});

/// Answers what is asked of a plan; `None` where it is asked of a file.
pub fn answer(ask: Ask, language: Language, locale: &dyn Locale) -> Option<Told> {
    match ask {
        Ask::Paste { text, plan } => Some(Told::Pasted(paste(AnswerTexts::of(language), &plan, &text))),
        Ask::Write(situation) => {
            Some(Told::Written(Box::new(write(FormTexts::of(language), locale, &situation))))
        }
        Ask::Aim(situation) => {
            Some(Told::Aimed(Box::new(target(UploadTexts::of(language), locale, &situation))))
        }
        Ask::Inspect(_)
        | Ask::Verify { .. }
        | Ask::SayAgain
        | Ask::Means(_)
        | Ask::Send(_)
        | Ask::Steer(_)
        | Ask::Kept
        | Ask::Discard(_) => None,
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
