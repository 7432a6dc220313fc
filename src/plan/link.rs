//! The plan in a link: in the fragment of the page's address, which no browser sends to a server.
//!
//! `#plan=1.` and the plan's JSON, by raw deflate (RFC 1951) and base64url without padding (RFC 4648, section 5). The
//! number is the version of this packing; the JSON has its own.

use super::Plan;
use super::document::{self, NotPlan};
use crate::sentence::Sentence;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use std::fmt;

/// The longest fragment that is made, in characters. Browsers take far more, but mail programs and chats break or cut
/// longer links.
pub const LONGEST: usize = 8_000;

/// The longest fragment that is looked at.
const LONGEST_READ: usize = 64 << 10;

/// The most bytes that a fragment is inflated to.
const MOST_INFLATED: usize = 256 << 10;

const MARK: &str = "plan=";
const PACKING: &str = "1";

/// Why a link holds no plan that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotLink {
    /// It is packed in a way that is not known here.
    Newer,
    /// Part of it is missing or was changed.
    Damaged,
    /// It holds something else than a plan.
    Document(NotPlan),
}

impl NotLink {
    /// What is wrong, for the person.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Newer => {
                "It was made by another version of this page: reload the page, or ask for the plan as a file."
                    .into()
            }
            Self::Damaged => {
                "Part of it is missing or was changed: copy the whole link, or ask for the plan as a file."
                    .into()
            }
            Self::Document(reason) => reason.sentence(),
        }
    }
}

impl fmt::Display for NotLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sentence().fmt(f)
    }
}

impl std::error::Error for NotLink {}

/// The plan as a fragment, without the `#` and without its secrets; `None` where it would be longer than [`LONGEST`].
pub fn write(plan: &Plan) -> Option<String> {
    let packed = compress_to_vec(document::write(plan).to_string().as_bytes(), 9);
    let fragment = format!("{MARK}{PACKING}.{}", URL_SAFE_NO_PAD.encode(packed));
    (fragment.len() <= LONGEST).then_some(fragment)
}

/// What of a text is a plan in a fragment, behind the mark: of a whole address, or of a fragment with its `#`. What a
/// mail program has put around it is left away.
pub fn find(text: &str) -> Option<&str> {
    let (before, packed) = text.split_once('#')?;
    let packed = packed.strip_prefix(MARK)?;
    if before.contains(char::is_whitespace) {
        return None;
    }
    let is_packed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let end = packed.find(|c| !is_packed(c)).unwrap_or(packed.len());
    packed.get(..end).map(|packed| packed.trim_end_matches('.'))
}

/// Reads what [`find`] has found, which may be anything.
///
/// # Errors
/// [`NotLink`].
pub fn read(packed: &str) -> Result<Plan, NotLink> {
    let (version, data) = packed.split_once('.').ok_or(NotLink::Damaged)?;
    if version != PACKING {
        return Err(if version.parse::<u32>().is_ok() { NotLink::Newer } else { NotLink::Damaged });
    }
    if data.len() > LONGEST_READ {
        return Err(NotLink::Document(NotPlan::TooLarge));
    }
    let bytes = URL_SAFE_NO_PAD.decode(data).map_err(|_| NotLink::Damaged)?;
    let json = decompress_to_vec_with_limit(&bytes, MOST_INFLATED).map_err(|_| NotLink::Damaged)?;
    let json = String::from_utf8(json).map_err(|_| NotLink::Damaged)?;
    document::read(&json).map_err(NotLink::Document)
}

#[cfg(test)]
#[path = "link/tests.rs"]
mod tests;
