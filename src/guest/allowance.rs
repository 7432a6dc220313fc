//! How much one question to a file system may read, because the crates that answer keep what they read in memory.

use crate::image::{ReadError, Source};
use crate::sentence::sentence;
use std::cell::Cell;
use std::rc::Rc;

/// Bytes that one question may read. A log of XFS and a folder of a million names fit; what a hostile file system
/// makes of them stays within some 64 MiB of memory.
const ALLOWANCE: u64 = 32 << 20;

/// A source that gives [`ALLOWANCE`] bytes for each question.
#[derive(Clone)]
pub(super) struct Allowance {
    source: Source,
    left: Rc<Cell<u64>>,
}

impl Allowance {
    /// A whole allowance of `source`.
    pub(super) fn new(source: &Source) -> Self {
        Self { source: source.clone(), left: Rc::new(Cell::new(ALLOWANCE)) }
    }

    /// A new question begins.
    pub(super) fn renew(&self) {
        self.left.set(ALLOWANCE);
    }

    /// Fills `buf` from `offset` (bytes) on.
    ///
    /// # Errors
    /// Those of the source, and [`ReadError::Corrupt`] when the question has read too much.
    pub(super) fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        let left = self.left.get().checked_sub(buf.len() as u64).ok_or_else(|| ReadError::Corrupt {
            offset,
            reason: sentence!(
                "more than {most} bytes would have to be read for one answer",
                most = ALLOWANCE
            ),
        })?;
        self.left.set(left);
        self.source.read_at(offset, buf)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_question_has_an_allowance_of_its_own() {
        let source: Source = Rc::new(vec![0_u8; 1 << 20]);
        let allowance = Allowance::new(&source);
        let mut buf = vec![0; 1 << 20];
        let served = (0..100).take_while(|_| allowance.read_at(0, &mut buf).is_ok()).count();
        assert_eq!(served, 32);
        allowance.renew();
        allowance.read_at(0, &mut buf).unwrap();
    }
}
