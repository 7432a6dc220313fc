//! Where an upload goes, how it stands, and what to do when it fails.

mod means;
mod preparation;
mod reasons;
mod sending;
mod settings;
mod target;
mod unfinished;

pub use sending::{Course, End, Phase, Sent, shown};
pub use unfinished::{Unfinished, destination_of, discarded, unfinished};
#[cfg(test)]
mod kept_tests;
#[cfg(test)]
mod tests;

pub(super) use target::target;
pub use target::{Destination, DiskDestination, Target, UploadEntry};
