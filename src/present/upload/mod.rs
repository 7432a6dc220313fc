//! Where an upload goes, how it stands, and what to do when it fails.

mod means;
mod preparation;
mod reasons;
mod sending;
mod target;

pub use sending::{Course, End, Phase, Sent, shown};
pub(super) use target::target;
pub use target::{Destination, Target, UploadEntry};
