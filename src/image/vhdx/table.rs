//! The block allocation table ([MS-VHDX] 2.5): an entry for each block of the disk and, after every chunk of them,
//! one for the bitmap that says which of the chunk's sectors are the disk's own.

use super::super::cache::BlockCache;
use super::super::read_at::{ReadAt, ReadError, Source, read_vec};
use super::layout::{MIB, bat};
use super::metadata::Metadata;

/// How many pieces of 64 KiB of the table and the sector bitmaps are kept: 1 MiB.
const CACHED: usize = 16;

/// Where a block of the disk lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    /// Not in the file: the parent's, or zeros without one.
    Absent,
    /// Zeros whatever the parent has: `ZERO` itself.
    Zero,
    /// Of no defined content: `UNDEFINED` or `UNMAPPED`. Read as zeros.
    Undefined,
    /// Wholly at this offset of the file.
    Full(u64),
    /// At this offset as far as the sector bitmap says, the rest in the parent.
    Partial(u64),
    /// In a state that the format does not know.
    Invalid(u8),
}

/// An entry of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// Of a block of the disk, by its index.
    Block(u64, Block),
    /// Of a sector bitmap: where it lies, when it is in the file.
    Bitmap(Option<u64>),
}

/// Where the table lies and how it is read.
pub(super) struct BlockTable {
    pub(super) file: Source,
    /// Where it lies, in bytes.
    pub(super) offset: u64,
    pub(super) block_size: u64,
    pub(super) sector_size: u64,
    /// The disk's size in bytes.
    pub(super) size: u64,
    pub(super) has_parent: bool,
    /// How many blocks the disk has.
    pub(super) blocks: u64,
    /// How many blocks share a sector bitmap.
    pub(super) chunk_ratio: u64,
    cache: BlockCache,
}

impl BlockTable {
    /// The table at `offset` for a disk whose metadata was checked.
    pub(super) fn new(file: &Source, offset: u64, metadata: &Metadata) -> Self {
        let block_size = metadata.block_size.max(1);
        let chunk = bat::SECTORS_A_BITMAP.saturating_mul(metadata.logical_sector_size);
        Self {
            file: file.clone(),
            offset,
            block_size,
            sector_size: metadata.logical_sector_size,
            size: metadata.size,
            has_parent: metadata.has_parent,
            blocks: metadata.size.div_ceil(block_size),
            chunk_ratio: chunk.checked_div(block_size).unwrap_or(1).max(1),
            cache: BlockCache::with_capacity(file.clone(), CACHED),
        }
    }

    /// How many entries are used, those of the sector bitmaps included.
    pub(super) fn entries(&self) -> u64 {
        let chunks = self.blocks.div_ceil(self.chunk_ratio);
        if self.has_parent {
            chunks.saturating_mul(self.chunk_ratio.saturating_add(1))
        } else {
            self.blocks.saturating_add(chunks.saturating_sub(1))
        }
    }

    /// Where the table ends in the file, in bytes.
    pub(super) fn end(&self) -> u64 {
        self.entry_offset(self.entries())
    }

    /// Where entry `index` lies in the file, in bytes.
    pub(super) fn entry_offset(&self, index: u64) -> u64 {
        self.offset.saturating_add(index.saturating_mul(bat::ENTRY_SIZE))
    }

    /// Where block `index` of the disk lies.
    pub(super) fn block(&self, index: u64) -> Result<Block, ReadError> {
        let bitmaps = index.checked_div(self.chunk_ratio).unwrap_or(0);
        Ok(self.payload(self.word(index.saturating_add(bitmaps))?))
    }

    /// What `count` entries from entry `first` on say. The caller bounds `count`.
    pub(super) fn entries_at(&self, first: u64, count: u64) -> Result<Vec<Entry>, ReadError> {
        let length = usize::try_from(count.saturating_mul(bat::ENTRY_SIZE)).unwrap_or(usize::MAX);
        let bytes = read_vec(self.file.as_ref(), self.entry_offset(first), length)?;
        let words = bytes.as_chunks().0.iter().map(|word| u64::from_le_bytes(*word));
        Ok((first..).zip(words).map(|(index, word)| self.entry(index, word)).collect())
    }

    fn entry(&self, index: u64, word: u64) -> Entry {
        let stride = self.chunk_ratio.saturating_add(1);
        let chunk = index.checked_div(stride).unwrap_or(0);
        if index.checked_rem(stride) == Some(self.chunk_ratio) {
            Entry::Bitmap(bitmap(word))
        } else {
            Entry::Block(index.saturating_sub(chunk), self.payload(word))
        }
    }

    fn payload(&self, word: u64) -> Block {
        let offset = offset_of(word);
        match u8::try_from(word & bat::STATE).unwrap_or(u8::MAX) {
            0 => Block::Absent,
            2 => Block::Zero,
            1 | 3 => Block::Undefined,
            6 => Block::Full(offset),
            7 if self.has_parent => Block::Partial(offset),
            other => Block::Invalid(other),
        }
    }

    fn word(&self, index: u64) -> Result<u64, ReadError> {
        let mut word = [0; 8];
        self.cache.read_at(self.entry_offset(index), &mut word)?;
        Ok(u64::from_le_bytes(word))
    }

    /// The part of the sector bitmap for the sectors `first..=last` of block `index`, and the sector of the block
    /// that its first bit stands for.
    ///
    /// # Errors
    /// Corrupt, when the bitmap is not in the file although the block is partly present.
    pub(super) fn bitmap(&self, index: u64, first: u64, last: u64) -> Result<(Vec<u8>, u64), ReadError> {
        let chunk = index.checked_div(self.chunk_ratio).unwrap_or(0);
        let stride = self.chunk_ratio.saturating_add(1);
        let entry = chunk.saturating_mul(stride).saturating_add(self.chunk_ratio);
        let place = bitmap(self.word(entry)?).ok_or_else(|| ReadError::Corrupt {
            offset: index.saturating_mul(self.block_size),
            reason: "its block is partly in the parent, but there is no bitmap that says which part".into(),
        })?;
        // A block has a whole number of bytes of the bitmap: at least 1 MiB / 4096 = 256 sectors.
        let sectors = self.block_size.checked_div(self.sector_size).unwrap_or(0);
        let start = index.checked_rem(self.chunk_ratio).unwrap_or(0).saturating_mul(sectors) / 8;
        let from = first / 8;
        let length = (last / 8).saturating_sub(from).saturating_add(1).min(sectors);
        let offset = place.saturating_add(start).saturating_add(from);
        let bytes = read_vec(&self.cache, offset, usize::try_from(length).unwrap_or(0))?;
        Ok((bytes, from.saturating_mul(8)))
    }
}

/// The high 44 bits of an entry: an offset in MiB.
fn offset_of(word: u64) -> u64 {
    word.wrapping_shr(20).saturating_mul(MIB)
}

fn bitmap(word: u64) -> Option<u64> {
    (word & bat::STATE == 6).then(|| offset_of(word))
}
