//! The Apple partition map: a driver descriptor ("ER") in the first block, then an entry ("PM") a block.

use crate::image::ReadAt;
use crate::image::layout::{Field, be_u16, be_u32, bytes_at};
use crate::image::read_at::read_vec;

const DESCRIPTOR_MARK: Field<[u8; 2]> = bytes_at("sbSig", 0);
const BLOCK_SIZE: Field<u16> = be_u16("sbBlkSize", 2);

const ENTRY_MARK: Field<[u8; 2]> = bytes_at("pmSig", 0);
const MAP_BLOCKS: Field<u32> = be_u32("pmMapBlkCnt", 4);
const START: Field<u32> = be_u32("pmPyPartStart", 8);
const BLOCKS: Field<u32> = be_u32("pmPartBlkCnt", 12);
const NAME: Field<[u8; 32]> = bytes_at("pmPartName", 16);
const TYPE: Field<[u8; 32]> = bytes_at("pmParType", 48);

/// Entries that are read at most.
const MAX_ENTRIES: u32 = 64;

/// An entry, placed on the disk.
pub(super) struct Entry {
    /// Its number, from 1.
    pub(super) index: u32,
    /// The type's name: `Apple_HFS` …
    pub(super) kind: String,
    /// The partition's name.
    pub(super) name: String,
    /// Where it begins, in bytes.
    pub(super) start: u64,
    /// How large it is, in bytes.
    pub(super) size: u64,
}

/// The entries of a map; `None` where there is none.
pub(super) fn find(disk: &dyn ReadAt, first_sector: &[u8]) -> Option<Vec<Entry>> {
    if DESCRIPTOR_MARK.get(first_sector).ok()? != *b"ER" {
        return None;
    }
    let block = u64::from(BLOCK_SIZE.get(first_sector).ok()?);
    if !matches!(block, 512 | 1024 | 2048 | 4096) {
        return None;
    }
    let first = entry_at(disk, 1, block)?;
    let count = first.1.min(MAX_ENTRIES);
    let mut entries = vec![first.0];
    entries.extend((2..=count).map_while(|index| entry_at(disk, index, block)).map(|(entry, _)| entry));
    Some(entries)
}

fn entry_at(disk: &dyn ReadAt, index: u32, block: u64) -> Option<(Entry, u32)> {
    let bytes = read_vec(disk, u64::from(index).saturating_mul(block), 512).ok()?;
    if ENTRY_MARK.get(&bytes).ok()? != *b"PM" {
        return None;
    }
    let in_bytes = |blocks: u32| u64::from(blocks).saturating_mul(block);
    let entry = Entry {
        index,
        kind: text(&TYPE.get(&bytes).ok()?),
        name: text(&NAME.get(&bytes).ok()?),
        start: in_bytes(START.get(&bytes).ok()?),
        size: in_bytes(BLOCKS.get(&bytes).ok()?),
    };
    Some((entry, MAP_BLOCKS.get(&bytes).ok()?))
}

fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).into_owned()
}
