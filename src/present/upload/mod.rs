//! Where an upload goes, how it stands, and what to do when it fails.

mod sending;
mod target;

pub use sending::{Phase, Sent, shown};
pub(super) use target::target;
pub use target::{Destination, Target, UploadEntry};
