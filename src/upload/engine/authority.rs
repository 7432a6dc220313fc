//! What signs an upload's requests, and what follows from that: it may change while the upload waits, and from one
//! session to the next.

use super::parts::State;
use super::{Engine, Integrity};

/// What can be asked of S3 by what signs the requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authority {
    /// How the bytes of parts can be held to what arrives.
    pub integrity: Integrity,
    /// Whether ListParts can be asked.
    pub can_list: bool,
    /// Whether the upload can be aborted.
    pub can_abort: bool,
    /// Whether HEAD can be asked.
    pub can_read_back: bool,
}

impl Integrity {
    /// What there can be of it in an upload that was created with a checksum algorithm, or without one: S3 refuses a
    /// part with a checksum where none was promised ("Checksum Type mismatch occurred, expected checksum Type: null").
    /// It takes a part without one where one was promised for the whole, and computes it.
    pub(super) fn in_upload(self, has_checksums: bool) -> Self {
        if has_checksums { self } else { Self::Compared }
    }
}

impl Engine {
    /// From now on this signs: a renewed ticket in the place of an expired one, or of credentials, or the reverse. The
    /// upload and what has arrived of it stay.
    pub fn sign_by(&mut self, authority: Authority) {
        let integrity = authority.integrity.in_upload(self.has_checksums);
        if integrity != self.settings.integrity {
            // A part under way was promised other checks than those it would be counted by.
            self.abandon_parts();
            self.settings.integrity = integrity;
        }
        if integrity == Integrity::Compared {
            for (_, part) in self.parts.iter_mut() {
                let is_read = part.digests.is_some_and(|digests| digests.md5.is_some());
                if part.state == State::Waiting && !is_read {
                    // It was read to be signed, without the MD5 that its ETag will be compared with.
                    part.digests = None;
                }
            }
        }
        self.settings.can_list = authority.can_list;
        self.settings.can_abort = authority.can_abort;
        self.settings.can_read_back = authority.can_read_back;
    }
}
