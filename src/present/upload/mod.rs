//! Where an upload goes, how it stands, and what to do when it fails.

mod sending;
mod target;

pub use sending::{Phase, Sent, shown};
pub use target::{Destination, Target, UploadEntry};
pub(super) use target::target;
