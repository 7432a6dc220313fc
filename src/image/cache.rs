//! A small cache of 64 KiB blocks over a slow source, which counts what it read.
//!
//! In Chromium a `FileReaderSync` read costs about 1.2 ms whatever its size up to 64 KiB, so what counts is the
//! number of reads. Parsers read fields of a few bytes; this turns neighbours into one read.

use super::read_at::{ReadAt, ReadError, Source, check_bounds};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

/// The unit of a cached read, in bytes.
pub const BLOCK: u64 = 64 * 1024;

/// How many blocks are kept: 16 MiB.
const CAPACITY: usize = 256;

/// What was read from the source below the cache so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reads {
    /// How many reads reached the source.
    pub reads: u64,
    /// How many bytes they fetched.
    pub bytes: u64,
}

/// A [`ReadAt`] that fetches whole blocks of [`BLOCK`] bytes and keeps the most recently used.
///
/// A read of more than four blocks goes straight through: it is a table or a window that is read once, and would
/// only push the small blocks out.
pub struct BlockCache {
    source: Source,
    capacity: usize,
    blocks: RefCell<HashMap<u64, Block>>,
    clock: Cell<u64>,
    reads: Cell<Reads>,
}

struct Block {
    used: u64,
    bytes: Box<[u8]>,
}

impl BlockCache {
    /// A cache over `source`.
    pub fn new(source: Source) -> Self {
        Self::with_capacity(source, CAPACITY)
    }

    /// A cache over `source` that keeps at most `capacity` blocks: for a format's own tables.
    pub fn with_capacity(source: Source, capacity: usize) -> Self {
        Self {
            source,
            capacity,
            blocks: RefCell::new(HashMap::new()),
            clock: Cell::new(0),
            reads: Cell::new(Reads::default()),
        }
    }

    /// What was read from the source so far.
    pub fn reads(&self) -> Reads {
        self.reads.get()
    }

    fn fetch(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        let before = self.reads.get();
        self.reads.set(Reads {
            reads: before.reads.saturating_add(1),
            bytes: before.bytes.saturating_add(buf.len() as u64),
        });
        self.source.read_at(offset, buf)
    }

    fn with_block<T>(&self, index: u64, use_it: impl FnOnce(&[u8]) -> T) -> Result<T, ReadError> {
        let now = self.clock.get().wrapping_add(1);
        self.clock.set(now);
        if let Some(block) = self.blocks.borrow_mut().get_mut(&index) {
            block.used = now;
            return Ok(use_it(&block.bytes));
        }
        let start = index.saturating_mul(BLOCK);
        let len = self.source.size().saturating_sub(start).min(BLOCK);
        let mut bytes = vec![0; usize::try_from(len).unwrap_or(0)].into_boxed_slice();
        self.fetch(start, &mut bytes)?;
        let result = use_it(&bytes);
        let mut blocks = self.blocks.borrow_mut();
        if blocks.len() >= self.capacity
            && let Some(oldest) = blocks.iter().min_by_key(|(_, block)| block.used).map(|(index, _)| *index)
        {
            blocks.remove(&oldest);
        }
        blocks.insert(index, Block { used: now, bytes });
        Ok(result)
    }
}

impl ReadAt for BlockCache {
    fn size(&self) -> u64 {
        self.source.size()
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size())?;
        if buf.len() as u64 > BLOCK.saturating_mul(4) {
            return self.fetch(offset, buf);
        }
        let mut position = offset;
        let mut rest = buf;
        while !rest.is_empty() {
            let index = position / BLOCK;
            let within = usize::try_from(position % BLOCK).unwrap_or(0);
            let copied = self.with_block(index, |bytes| {
                let from = bytes.get(within..).unwrap_or_default();
                let count = from.len().min(rest.len());
                if let (Some(to), Some(from)) = (rest.get_mut(..count), from.get(..count)) {
                    to.copy_from_slice(from);
                }
                count
            })?;
            if copied == 0 {
                return Err(ReadError::Failed { offset: position, reason: "the source ended early".into() });
            }
            rest = rest.get_mut(copied..).unwrap_or_default();
            position = position.saturating_add(copied as u64);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    fn numbered(len: usize) -> Rc<Vec<u8>> {
        Rc::new((0..len).map(|at| (at / 1000 + at) as u8).collect())
    }

    #[test]
    fn small_reads_of_one_block_cost_one_read() {
        let cache = BlockCache::new(numbered(200_000));
        for offset in [0, 512, 4096, 65_000] {
            cache.read_at(offset, &mut [0; 16]).unwrap();
        }
        assert_eq!(cache.reads(), Reads { reads: 1, bytes: BLOCK });
    }

    #[test]
    fn what_is_read_across_blocks_and_at_the_end_is_what_the_source_holds() {
        let bytes = numbered(200_001);
        let cache = BlockCache::new(bytes.clone());
        for (offset, len) in [(0, 200_001), (65_530, 20), (65_536, 65_536), (199_990, 11), (1, 140_000)] {
            let mut buf = vec![0; len];
            cache.read_at(offset as u64, &mut buf).unwrap();
            assert_eq!(buf, bytes[offset..offset + len], "{len} bytes at {offset}");
        }
    }

    #[test]
    fn the_cache_stays_within_its_capacity() {
        let cache = BlockCache::new(numbered(BLOCK as usize * (CAPACITY + 20)));
        for index in 0..(CAPACITY as u64 + 20) {
            cache.read_at(index * BLOCK, &mut [0; 1]).unwrap();
        }
        assert_eq!(cache.blocks.borrow().len(), CAPACITY);
    }
}
