//! What does the person read and fill in? The report, the form, the problems and the written request as blocks and
//! controls, in words, without a browser: computed in a worker, drawn by `page`, tested natively.

mod answer;
pub mod block;
pub mod control;
mod form;
mod image;
mod kept;
mod locale;
mod map;
mod messages;
mod output;
mod paste;
mod problems;
mod request;
mod runbook;
pub mod upload;
mod verdict;

#[cfg(test)]
mod tests;

pub use image::{DiskSlice, ImageFacts, Inspected, InspectedSet};
pub use kept::Kept;
pub use locale::Locale;
pub use messages::{Ask, Discard, Errand, Progress, Steer, Told, answer};
pub use output::{Writing, WritingOption};
pub use paste::Pasted;
pub use problems::{REGION, ShownProblem};
pub use request::{Situation, Written};
pub use runbook::ShownRunbook;

#[cfg(test)]
pub(crate) use locale::Plain;
