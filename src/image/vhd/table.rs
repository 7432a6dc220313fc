//! The dynamic header and the block allocation table that it leads to.

use super::super::ImageError;
use super::super::cache::BlockCache;
use super::super::guid::Uuid;
use super::super::layout::Field;
use super::super::read_at::{ReadAt, ReadError, Source, read_vec};
use super::footer::Footer;
use super::layout::{SECTOR, checksum, dynamic};
use crate::sentence::{Sentence, sentence};

/// The largest block that is taken for a size and not for damage. Writers use 512 KiB and 2 MiB.
const MAX_BLOCK: u32 = 256 * 1024 * 1024;
/// An entry of the table for a block that is not in the file.
const UNUSED: u32 = 0xFFFF_FFFF;
/// How many pieces of 64 KiB of the table and the sector bitmaps are kept: 1 MiB.
const CACHED: usize = 16;

/// The dynamic header.
pub(super) struct Header {
    /// Where it lies, in bytes.
    pub(super) offset: u64,
    pub(super) checksum_is_right: bool,
    pub(super) bytes: Vec<u8>,
}

impl Header {
    /// Reads the header that `footer` points to.
    ///
    /// # Errors
    /// Malformed, when there is none.
    pub(super) fn read(source: &Source, footer: &Footer) -> Result<Self, ImageError> {
        let offset = footer.data_offset;
        let bytes = read_vec(source.as_ref(), offset, dynamic::SIZE).map_err(|error| match error {
            ReadError::OutOfBounds { .. } => {
                ImageError::malformed("dynamic header", offset, "it lies beyond the end of the file")
            }
            other => other.into(),
        })?;
        if !bytes.starts_with(dynamic::COOKIE) {
            let reason = "its cookie is missing, so the block allocation table cannot be found";
            return Err(ImageError::malformed("dynamic header", offset, reason));
        }
        let checksum_is_right = dynamic::CHECKSUM.get(&bytes)? == checksum(&bytes, &dynamic::CHECKSUM);
        Ok(Self { offset, checksum_is_right, bytes })
    }

    pub(super) fn get<T>(&self, field: &Field<T>) -> Result<T, ImageError> {
        field.get(&self.bytes)
    }

    pub(super) fn parent_id(&self) -> Result<Uuid, ImageError> {
        self.get(&dynamic::PARENT_ID).map(Uuid)
    }

    fn fault<T>(&self, field: &Field<T>, reason: Sentence) -> ImageError {
        ImageError::malformed(field.name, self.offset.saturating_add(field.offset as u64), reason)
    }
}

/// The block allocation table: for each block of the guest's disk, where it lies in the file.
pub(super) struct BlockTable {
    pub(super) source: Source,
    /// Where the table lies, in bytes.
    pub(super) offset: u64,
    /// How many entries are used.
    pub(super) blocks: u64,
    /// Bytes of a block without its bitmap.
    pub(super) block_size: u64,
    /// Bytes of the sector bitmap before each block.
    pub(super) bitmap_size: u64,
    /// The disk's size in bytes.
    pub(super) size: u64,
    cache: BlockCache,
}

impl BlockTable {
    /// The table that `header` describes, for a disk of `size` bytes.
    ///
    /// # Errors
    /// Malformed, when the blocks have no size or are too few for the disk.
    pub(super) fn new(source: &Source, header: &Header, size: u64) -> Result<Self, ImageError> {
        let block_size = header.get(&dynamic::BLOCK_SIZE)?;
        if u64::from(block_size) < SECTOR || block_size > MAX_BLOCK || !block_size.is_power_of_two() {
            let reason = sentence!(
                "blocks of {block_size} bytes are no power of two from 512 bytes to 256 MiB",
                block_size
            );
            return Err(header.fault(&dynamic::BLOCK_SIZE, reason));
        }
        let block_size = u64::from(block_size);
        let blocks = size.div_ceil(block_size);
        let entries = header.get(&dynamic::MAX_TABLE_ENTRIES)?;
        if blocks > u64::from(entries) {
            let reason = sentence!(
                "{entries} entries are too few for {size} bytes, which need {blocks}",
                entries,
                size,
                blocks
            );
            return Err(header.fault(&dynamic::MAX_TABLE_ENTRIES, reason));
        }
        Ok(Self {
            source: source.clone(),
            offset: header.get(&dynamic::TABLE_OFFSET)?,
            blocks,
            block_size,
            bitmap_size: (block_size / SECTOR).div_ceil(8).next_multiple_of(SECTOR),
            size,
            cache: BlockCache::with_capacity(source.clone(), CACHED),
        })
    }

    /// Where the table ends in the file, in bytes.
    pub(super) fn end(&self) -> u64 {
        self.offset.saturating_add(self.blocks.saturating_mul(4))
    }

    /// Where the bitmap of block `index` lies, with the block behind it; `None` where the block is not in the file.
    pub(super) fn block(&self, index: u64) -> Result<Option<u64>, ReadError> {
        let mut entry = [0; 4];
        self.cache.read_at(self.offset.saturating_add(index.saturating_mul(4)), &mut entry)?;
        Ok(position(u32::from_be_bytes(entry)))
    }

    /// The same for `count` blocks from `first` on. The caller bounds `count`.
    pub(super) fn blocks_at(&self, first: u64, count: u64) -> Result<Vec<Option<u64>>, ReadError> {
        let offset = self.offset.saturating_add(first.saturating_mul(4));
        let length = usize::try_from(count.saturating_mul(4)).unwrap_or(usize::MAX);
        let bytes = read_vec(self.source.as_ref(), offset, length)?;
        let entry = |bytes: &[u8]| bytes.first_chunk().map_or(UNUSED, |bytes| u32::from_be_bytes(*bytes));
        Ok(bytes.chunks_exact(4).map(|bytes| position(entry(bytes))).collect())
    }

    /// The part of the sector bitmap at `block` for the sectors `first..=last` of that block, and the sector its
    /// first bit stands for.
    pub(super) fn bitmap(&self, block: u64, first: u64, last: u64) -> Result<(Vec<u8>, u64), ReadError> {
        let from = first / 8;
        let length = (last / 8).saturating_sub(from).saturating_add(1).min(self.bitmap_size);
        let length = usize::try_from(length).unwrap_or(0);
        Ok((read_vec(&self.cache, block.saturating_add(from), length)?, from.saturating_mul(8)))
    }
}

fn position(entry: u32) -> Option<u64> {
    (entry != UNUSED).then(|| u64::from(entry).saturating_mul(SECTOR))
}
