//! What does the person read and fill in? The report, the form, the problems and the written request as blocks and
//! controls, in words, without a browser: computed in a worker, drawn by `page`, tested natively.

pub mod block;
pub mod control;
mod form;
mod image;
mod locale;
mod map;
mod messages;
mod output;
mod problems;
mod request;
pub mod upload;
mod verdict;

#[cfg(test)]
mod tests;

pub use image::{ImageFacts, Inspected};
pub use locale::Locale;
pub use messages::{Ask, Progress, Told, answer};
pub use output::{Writing, WritingOption};
pub use problems::{REGION, ShownProblem};
pub use request::{Situation, Written};

#[cfg(test)]
pub(crate) use locale::Plain;
