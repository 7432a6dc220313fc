//! The structures of a VHD as Microsoft's "Virtual Hard Disk Image Format Specification" 1.0 (2006) declares
//! them. Every integer is big-endian.

use super::super::layout::{Field, be_u16, be_u32, be_u64, bytes_at, u8_at};

/// The unit of the format, whatever the guest's sectors are.
pub(super) const SECTOR: u64 = 512;

/// "Hard Disk Footer Format".
pub(super) mod footer {
    use super::{Field, be_u16, be_u32, be_u64, bytes_at, u8_at};

    pub(in super::super) const SIZE: usize = 512;
    /// Before Virtual PC 2004 footers were one byte shorter.
    pub(in super::super) const OLD_SIZE: usize = 511;
    pub(in super::super) const COOKIE: &[u8] = b"conectix";

    pub(in super::super) const FEATURES: Field<u32> = be_u32("features", 8);
    pub(in super::super) const VERSION: Field<u32> = be_u32("file format version", 12);
    pub(in super::super) const DATA_OFFSET: Field<u64> = be_u64("data offset", 16);
    pub(in super::super) const CREATOR: Field<[u8; 4]> = bytes_at("creator application", 28);
    pub(in super::super) const CREATOR_VERSION: Field<u32> = be_u32("creator version", 32);
    pub(in super::super) const CREATOR_HOST: Field<[u8; 4]> = bytes_at("creator host OS", 36);
    pub(in super::super) const ORIGINAL_SIZE: Field<u64> = be_u64("original size", 40);
    pub(in super::super) const CURRENT_SIZE: Field<u64> = be_u64("current size", 48);
    pub(in super::super) const CYLINDERS: Field<u16> = be_u16("cylinders", 56);
    pub(in super::super) const HEADS: Field<u8> = u8_at("heads", 58);
    pub(in super::super) const SECTORS_PER_TRACK: Field<u8> = u8_at("sectors per track", 59);
    pub(in super::super) const DISK_TYPE: Field<u32> = be_u32("disk type", 60);
    pub(in super::super) const CHECKSUM: Field<u32> = be_u32("checksum", 64);
    pub(in super::super) const UNIQUE_ID: Field<[u8; 16]> = bytes_at("unique ID", 68);
    pub(in super::super) const SAVED_STATE: Field<u8> = u8_at("saved state", 84);

    /// The only version there is.
    pub(in super::super) const MAJOR_KNOWN: u32 = 1;
    /// The feature bit of a disk that may be deleted at shutdown.
    pub(in super::super) const TEMPORARY: u32 = 1;
}

/// "Dynamic Disk Header Format".
pub(super) mod dynamic {
    use super::{Field, be_u32, be_u64, bytes_at};

    pub(in super::super) const SIZE: usize = 1024;
    pub(in super::super) const COOKIE: &[u8] = b"cxsparse";

    pub(in super::super) const TABLE_OFFSET: Field<u64> = be_u64("table offset", 16);
    pub(in super::super) const MAX_TABLE_ENTRIES: Field<u32> = be_u32("max table entries", 28);
    pub(in super::super) const BLOCK_SIZE: Field<u32> = be_u32("block size", 32);
    pub(in super::super) const CHECKSUM: Field<u32> = be_u32("checksum", 36);
    pub(in super::super) const PARENT_ID: Field<[u8; 16]> = bytes_at("parent unique ID", 40);
    pub(in super::super) const PARENT_NAME: Field<[u8; 512]> = bytes_at("parent Unicode name", 64);
    /// Eight parent locators of 24 bytes.
    pub(in super::super) const LOCATORS: Field<[u8; 192]> = bytes_at("parent locator entries", 576);
}

/// "Parent Locator": where the file says by which path the parent was found.
pub(super) mod locator {
    use super::{Field, be_u32, be_u64, bytes_at};

    pub(in super::super) const SIZE: usize = 24;

    pub(in super::super) const PLATFORM: Field<[u8; 4]> = bytes_at("platform code", 0);
    pub(in super::super) const DATA_LENGTH: Field<u32> = be_u32("platform data length", 8);
    pub(in super::super) const DATA_OFFSET: Field<u64> = be_u64("platform data offset", 16);
}

/// The one's complement of the sum of a structure's bytes without the checksum itself.
pub(super) fn checksum(structure: &[u8], field: &Field<u32>) -> u32 {
    let (before, rest) = structure.split_at(field.offset.min(structure.len()));
    let after = rest.get(size_of::<u32>()..).unwrap_or_default();
    !before.iter().chain(after).fold(0_u32, |sum, byte| sum.wrapping_add(u32::from(*byte)))
}
