//! Why an image could not be opened: whose fault it is, where, and in which field.

use super::read_at::ReadError;
use crate::sentence::{Sentence, sentence};

/// Whose fault it is that an image does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The bytes break the format's rules.
    Malformed,
    /// The bytes may be right, but they use what is not read here.
    Unsupported,
    /// A length, a count or a depth is over the limit that is set here or by the format.
    OverLimit,
    /// The bytes could not be read.
    Read,
}

/// An error of a parser: what is wrong, in which structure or field, and at which offset of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageError {
    /// Whose fault it is.
    pub fault: Fault,
    /// The structure or field, in the words of the format's specification ("grain directory", "dynamic header").
    pub field: &'static str,
    /// Where it lies, in bytes from the start of the file.
    pub offset: u64,
    /// What is wrong with it: a clause for a person, with the values that matter.
    pub reason: Sentence,
}

impl ImageError {
    /// The bytes of `field` at `offset` break the format's rules.
    pub fn malformed(field: &'static str, offset: u64, reason: impl Into<Sentence>) -> Self {
        Self { fault: Fault::Malformed, field, offset, reason: reason.into() }
    }

    /// `field` at `offset` asks for something that is not read here.
    pub fn unsupported(field: &'static str, offset: u64, reason: impl Into<Sentence>) -> Self {
        Self { fault: Fault::Unsupported, field, offset, reason: reason.into() }
    }

    /// `field` at `offset` is larger than is allowed.
    pub fn over_limit(field: &'static str, offset: u64, reason: impl Into<Sentence>) -> Self {
        Self { fault: Fault::OverLimit, field, offset, reason: reason.into() }
    }
}

impl From<ReadError> for ImageError {
    fn from(error: ReadError) -> Self {
        let (fault, offset) = match &error {
            // A pointer in the file leads out of it.
            ReadError::OutOfBounds { offset, .. } | ReadError::Corrupt { offset, .. } => {
                (Fault::Malformed, *offset)
            }
            ReadError::Failed { offset, .. } => (Fault::Read, *offset),
        };
        Self { fault, field: "file", offset, reason: error.sentence() }
    }
}

impl ImageError {
    /// Where and what, a clause for a person.
    pub fn sentence(&self) -> Sentence {
        sentence!(
            "{field} at offset {offset}: {reason}",
            field = self.field,
            offset = self.offset,
            reason = &self.reason
        )
    }
}

impl std::fmt::Display for ImageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.sentence().fmt(f)
    }
}

impl std::error::Error for ImageError {}
