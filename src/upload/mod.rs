//! How do the bytes get there? State machines without I/O: events in, a state out; `browser` does what they say.

pub mod answers;
pub mod checksum;
pub mod cors;
pub mod credentials;
pub mod endpoint;
pub mod engine;
pub mod exchange;
pub mod failure;
pub mod means;
pub mod part_plan;
pub mod presigned;
pub mod queue;
pub mod rate;
pub mod receipt;
pub mod resume;
pub mod settings;
pub mod signing;
pub mod source;
pub mod ticket;
pub mod ticket_script;

/// The largest object that one PUT may carry, in bytes: 5 GiB.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html>
pub const SINGLE_PUT_LIMIT: u64 = 5 * 1024 * 1024 * 1024;
