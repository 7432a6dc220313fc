//! A limit on how much of a disk is read, so that a hostile file system cannot hold the worker.

use crate::image::{ReadAt, ReadError, Source};
use crate::sentence::sentence;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;

/// The unit in which reads are counted, in bytes: what one read of the file fetches.
const BLOCK: u64 = 64 * 1024;

/// How many reads of any kind are let through for each block of the limit: a file system's metadata is read in
/// small pieces, many to a block.
const CALLS_PER_BLOCK: usize = 256;

/// A [`ReadAt`] that lets only so many different blocks of its source be read, and remembers whether the file
/// itself failed, or the container could not give some bytes.
///
/// Parsers (some of them other crates', which fold every error into their own) may then treat any error as damage of
/// what they parse: whose fault it was is asked once, at the end.
pub(super) struct BoundedReads {
    source: Source,
    limit: usize,
    touched: RefCell<HashSet<u64>>,
    calls: Cell<usize>,
    failure: RefCell<Option<ReadError>>,
    damage: RefCell<Option<ReadError>>,
}

impl BoundedReads {
    /// Reads of `source`, of at most `limit` different blocks of 64 KiB.
    pub(super) fn new(source: Source, limit: usize) -> Self {
        Self {
            source,
            limit,
            touched: RefCell::default(),
            calls: Cell::new(0),
            failure: RefCell::default(),
            damage: RefCell::default(),
        }
    }

    /// The error of the file itself, if there was one.
    pub(super) fn failure(&self) -> Option<ReadError> {
        self.failure.borrow().clone()
    }

    /// The first bytes that the disk's container could not give, if there were any.
    pub(super) fn damage(&self) -> Option<ReadError> {
        self.damage.borrow().clone()
    }

    fn spend(&self, offset: u64, len: usize) -> Result<(), ReadError> {
        let over = || ReadError::Corrupt {
            offset,
            reason: sentence!(
                "more than {limit} blocks of 64 KiB would have to be read to look into it",
                limit = self.limit
            ),
        };
        let calls = self.calls.get().saturating_add(1);
        self.calls.set(calls);
        if calls > self.limit.saturating_mul(CALLS_PER_BLOCK) {
            return Err(over());
        }
        let last = offset.saturating_add(len as u64).saturating_sub(1);
        let mut touched = self.touched.borrow_mut();
        for block in offset / BLOCK..=last / BLOCK {
            if !touched.contains(&block) {
                if touched.len() >= self.limit {
                    return Err(over());
                }
                touched.insert(block);
            }
        }
        Ok(())
    }
}

impl ReadAt for BoundedReads {
    fn size(&self) -> u64 {
        self.source.size()
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        crate::image::read_at::check_bounds(offset, buf.len(), self.size())?;
        if buf.is_empty() {
            return Ok(());
        }
        self.spend(offset, buf.len())?;
        self.source.read_at(offset, buf).inspect_err(|error| {
            let kept = match error {
                ReadError::Failed { .. } => &self.failure,
                ReadError::Corrupt { .. } | ReadError::OutOfBounds { .. } => &self.damage,
            };
            kept.borrow_mut().get_or_insert_with(|| error.clone());
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    #[test]
    fn a_block_read_twice_counts_once() {
        let reads = BoundedReads::new(Rc::new(vec![0_u8; 200_000]), 1);
        reads.read_at(10, &mut [0; 100]).unwrap();
        reads.read_at(65_000, &mut [0; 100]).unwrap();
        assert!(matches!(reads.read_at(65_536, &mut [0; 1]), Err(ReadError::Corrupt { .. })));
    }

    #[test]
    fn endless_small_reads_of_one_block_end() {
        let reads = BoundedReads::new(Rc::new(vec![0_u8; 512]), 2);
        let served = (0..10_000).take_while(|_| reads.read_at(0, &mut [0; 1]).is_ok()).count();
        assert_eq!(served, 2 * CALLS_PER_BLOCK);
    }

    #[test]
    fn what_the_container_could_not_give_is_remembered_and_the_limit_is_not() {
        struct Bad;
        impl ReadAt for Bad {
            fn size(&self) -> u64 {
                1 << 20
            }
            fn read_at(&self, offset: u64, _: &mut [u8]) -> Result<(), ReadError> {
                Err(ReadError::Corrupt { offset, reason: "it does not inflate".into() })
            }
        }
        let whole = BoundedReads::new(Rc::new(vec![0_u8; 1 << 20]), 1);
        whole.read_at(0, &mut [0; 1]).unwrap();
        whole.read_at(1 << 19, &mut [0; 1]).unwrap_err();
        whole.read_at(1 << 20, &mut [0; 1]).unwrap_err();
        assert_eq!(whole.damage(), None);
        let bad = BoundedReads::new(Rc::new(Bad), 8);
        bad.read_at(7, &mut [0; 1]).unwrap_err();
        assert!(matches!(bad.damage(), Some(ReadError::Corrupt { offset: 7, .. })));
        assert_eq!(bad.failure(), None);
    }

    #[test]
    fn the_failure_of_the_file_is_remembered() {
        struct Gone;
        impl ReadAt for Gone {
            fn size(&self) -> u64 {
                512
            }
            fn read_at(&self, offset: u64, _: &mut [u8]) -> Result<(), ReadError> {
                Err(ReadError::Failed { offset, reason: "the file was removed".into() })
            }
        }
        let reads = BoundedReads::new(Rc::new(Gone), 8);
        reads.read_at(7, &mut [0; 1]).unwrap_err();
        assert_eq!(
            reads.failure(),
            Some(ReadError::Failed { offset: 7, reason: "the file was removed".into() })
        );
    }
}
