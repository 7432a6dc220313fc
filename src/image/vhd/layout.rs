//! The structures of a VHD, all big-endian ("Virtual Hard Disk Image Format Specification" 1.0).

use crate::image::layout::{Field, be_u16, be_u32, be_u64, bytes_at, u8_at};

/// The unit of the block allocation table and of the bitmaps, in bytes.
pub(super) const SECTOR: u64 = 512;

/// The footer's cookie.
pub(super) const COOKIE: &[u8; 8] = b"conectix";
/// The footer's length in bytes.
pub(super) const FOOTER_SIZE: usize = 512;
/// The footer's length as programs before Virtual PC 2004 wrote it, without the last reserved byte.
pub(super) const OLD_FOOTER_SIZE: usize = 511;

pub(super) const FEATURES: Field<u32> = be_u32("features", 8);
pub(super) const VERSION: Field<u32> = be_u32("file format version", 12);
pub(super) const DATA_OFFSET: Field<u64> = be_u64("data offset", 16);
pub(super) const TIME_STAMP: Field<u32> = be_u32("time stamp", 24);
pub(super) const CREATOR_APPLICATION: Field<[u8; 4]> = bytes_at("creator application", 28);
pub(super) const CREATOR_VERSION: Field<u32> = be_u32("creator version", 32);
pub(super) const CREATOR_HOST_OS: Field<[u8; 4]> = bytes_at("creator host OS", 36);
pub(super) const ORIGINAL_SIZE: Field<u64> = be_u64("original size", 40);
pub(super) const CURRENT_SIZE: Field<u64> = be_u64("current size", 48);
pub(super) const CYLINDERS: Field<u16> = be_u16("cylinders", 56);
pub(super) const HEADS: Field<u8> = u8_at("heads", 58);
pub(super) const SECTORS_PER_TRACK: Field<u8> = u8_at("sectors per track", 59);
pub(super) const DISK_TYPE: Field<u32> = be_u32("disk type", 60);
pub(super) const FOOTER_CHECKSUM: Field<u32> = be_u32("checksum", 64);
pub(super) const UNIQUE_ID: Field<[u8; 16]> = bytes_at("unique ID", 68);
pub(super) const SAVED_STATE: Field<u8> = u8_at("saved state", 84);

pub(super) const TYPE_FIXED: u32 = 2;
pub(super) const TYPE_DYNAMIC: u32 = 3;
pub(super) const TYPE_DIFFERENCING: u32 = 4;

/// The dynamic header's cookie.
pub(super) const HEADER_COOKIE: &[u8; 8] = b"cxsparse";
/// The dynamic header's length in bytes.
pub(super) const HEADER_SIZE: usize = 1024;

pub(super) const TABLE_OFFSET: Field<u64> = be_u64("table offset", 16);
pub(super) const HEADER_VERSION: Field<u32> = be_u32("header version", 24);
pub(super) const MAX_TABLE_ENTRIES: Field<u32> = be_u32("max table entries", 28);
pub(super) const BLOCK_SIZE: Field<u32> = be_u32("block size", 32);
pub(super) const HEADER_CHECKSUM: Field<u32> = be_u32("checksum", 36);
pub(super) const PARENT_UNIQUE_ID: Field<[u8; 16]> = bytes_at("parent unique ID", 40);
pub(super) const PARENT_UNICODE_NAME: Field<[u8; 512]> = bytes_at("parent unicode name", 64);

/// The eight parent locator entries of the dynamic header.
pub(super) const LOCATORS: std::ops::Range<usize> = 576..768;
/// The length of one in bytes.
pub(super) const LOCATOR_SIZE: usize = 24;
pub(super) const LOCATOR_CODE: Field<[u8; 4]> = bytes_at("platform code", 0);
pub(super) const LOCATOR_LENGTH: Field<u32> = be_u32("platform data length", 8);
pub(super) const LOCATOR_OFFSET: Field<u64> = be_u64("platform data offset", 16);

/// An entry of the block allocation table that says "not allocated".
pub(super) const UNALLOCATED: u32 = 0xFFFF_FFFF;

/// The one's complement of the sum of all bytes, those of the checksum field itself taken as zero.
pub(super) fn checksum(structure: &[u8], field: Field<u32>) -> u32 {
    let own = field.offset..field.offset.saturating_add(4);
    let sum = structure
        .iter()
        .enumerate()
        .filter(|(at, _)| !own.contains(at))
        .fold(0_u32, |sum, (_, byte)| sum.wrapping_add(u32::from(*byte)));
    !sum
}
