//! The structures of a VHDX, all little-endian ([MS-VHDX]).

use crate::image::layout::{Field, bytes_at, le_u16, le_u32, le_u64};

/// An identifier as it stands in the file: the first three groups little-endian.
pub(super) type Guid = [u8; 16];

/// Turns a GUID's bytes from the order in which it is written to the order of the file, or back.
const fn reordered(mut bytes: Guid) -> Guid {
    bytes.swap(0, 3);
    bytes.swap(1, 2);
    bytes.swap(4, 5);
    bytes.swap(6, 7);
    bytes
}

/// The bytes in the file of a GUID as it is written.
const fn guid(written: u128) -> Guid {
    reordered(written.to_be_bytes())
}

pub(super) const KIB: u64 = 1024;
pub(super) const MIB: u64 = 1024 * KIB;
pub(super) const TIB: u64 = 1024 * 1024 * MIB;

/// The file type identifier (§2.2.1).
pub(super) const FILE_SIGNATURE: &[u8; 8] = b"vhdxfile";
pub(super) const CREATOR: Field<[u8; 512]> = bytes_at("creator", 8);

/// The two headers (§2.2.2).
pub(super) const HEADER_OFFSETS: [u64; 2] = [64 * KIB, 128 * KIB];
pub(super) const HEADER_SIGNATURE: &[u8; 4] = b"head";
pub(super) const HEADER_SIZE: usize = 4096;
/// The checksum of the headers, region tables and log entries stands at the same place in each.
pub(super) const CHECKSUM: Field<u32> = le_u32("checksum", 4);
pub(super) const SEQUENCE_NUMBER: Field<u64> = le_u64("sequence number", 8);
pub(super) const FILE_WRITE_GUID: Field<Guid> = bytes_at("file write GUID", 16);
pub(super) const DATA_WRITE_GUID: Field<Guid> = bytes_at("data write GUID", 32);
pub(super) const LOG_GUID: Field<Guid> = bytes_at("log GUID", 48);
pub(super) const LOG_VERSION: Field<u16> = le_u16("log version", 64);
pub(super) const VERSION: Field<u16> = le_u16("version", 66);
pub(super) const LOG_LENGTH: Field<u32> = le_u32("log length", 68);
pub(super) const LOG_OFFSET: Field<u64> = le_u64("log offset", 72);

/// The two region tables (§2.2.3).
pub(super) const REGION_TABLE_OFFSETS: [u64; 2] = [192 * KIB, 256 * KIB];
pub(super) const REGION_SIGNATURE: &[u8; 4] = b"regi";
pub(super) const REGION_TABLE_SIZE: usize = 64 * 1024;
pub(super) const REGION_COUNT: Field<u32> = le_u32("entry count", 8);
pub(super) const REGION_ENTRIES: usize = 16;
pub(super) const REGION_GUID: Field<Guid> = bytes_at("region GUID", 0);
pub(super) const REGION_OFFSET: Field<u64> = le_u64("file offset", 16);
pub(super) const REGION_LENGTH: Field<u32> = le_u32("length", 24);
pub(super) const REGION_REQUIRED: Field<u32> = le_u32("required", 28);
pub(super) const BAT_REGION: Guid = guid(0x2DC27766_F623_4200_9D64_115E9BFD4A08);
pub(super) const METADATA_REGION: Guid = guid(0x8B7CA206_4790_4B9A_B8FE_575F050F886E);

/// An entry of the region or metadata table, in bytes; of either there may be 2047.
pub(super) const ENTRY_SIZE: usize = 32;
pub(super) const MAX_ENTRIES: usize = 2047;

/// The log's entries (§2.3.1), each of whole sectors of 4 KiB.
pub(super) const LOG_SECTOR: usize = 4096;
pub(super) const LOG_SIGNATURE: &[u8; 4] = b"loge";
pub(super) const LOG_HEADER_SIZE: usize = 64;
pub(super) const ENTRY_LENGTH: Field<u32> = le_u32("entry length", 8);
pub(super) const TAIL: Field<u32> = le_u32("tail", 12);
pub(super) const ENTRY_SEQUENCE: Field<u64> = le_u64("sequence number", 16);
pub(super) const DESCRIPTOR_COUNT: Field<u32> = le_u32("descriptor count", 24);
pub(super) const ENTRY_LOG_GUID: Field<Guid> = bytes_at("log GUID", 32);
pub(super) const FLUSHED_FILE_OFFSET: Field<u64> = le_u64("flushed file offset", 48);
pub(super) const LAST_FILE_OFFSET: Field<u64> = le_u64("last file offset", 56);
pub(super) const DESCRIPTOR_SIZE: usize = 32;
pub(super) const DATA_DESCRIPTOR: &[u8; 4] = b"desc";
pub(super) const ZERO_DESCRIPTOR: &[u8; 4] = b"zero";
pub(super) const TRAILING_BYTES: Field<[u8; 4]> = bytes_at("trailing bytes", 4);
pub(super) const LEADING_BYTES: Field<[u8; 8]> = bytes_at("leading bytes", 8);
pub(super) const ZERO_LENGTH: Field<u64> = le_u64("zero length", 8);
pub(super) const DESCRIPTOR_OFFSET: Field<u64> = le_u64("file offset", 16);
pub(super) const DESCRIPTOR_SEQUENCE: Field<u64> = le_u64("sequence number", 24);
pub(super) const DATA_SIGNATURE: &[u8; 4] = b"data";
pub(super) const SEQUENCE_HIGH: Field<u32> = le_u32("sequence high", 4);
pub(super) const DATA: std::ops::Range<usize> = 8..4092;
pub(super) const SEQUENCE_LOW: Field<u32> = le_u32("sequence low", 4092);

/// The metadata table (§2.6.1).
pub(super) const METADATA_SIGNATURE: &[u8; 8] = b"metadata";
pub(super) const METADATA_TABLE_SIZE: usize = 64 * 1024;
pub(super) const METADATA_COUNT: Field<u16> = le_u16("entry count", 10);
pub(super) const METADATA_ENTRIES: usize = 32;
pub(super) const ITEM_ID: Field<Guid> = bytes_at("item ID", 0);
pub(super) const ITEM_OFFSET: Field<u32> = le_u32("offset", 16);
pub(super) const ITEM_LENGTH: Field<u32> = le_u32("length", 20);
pub(super) const ITEM_FLAGS: Field<u32> = le_u32("flags", 24);
pub(super) const ITEM_IS_REQUIRED: u32 = 1 << 2;

/// The known metadata items (§2.6.2).
pub(super) const FILE_PARAMETERS: Guid = guid(0xCAA16737_FA36_4D43_B3B6_33F0AA44E76B);
pub(super) const VIRTUAL_DISK_SIZE: Guid = guid(0x2FA54224_CD1B_4876_B211_5DBED83BF4B8);
pub(super) const VIRTUAL_DISK_ID: Guid = guid(0xBECA12AB_B2E6_4523_93EF_C309E000C746);
pub(super) const LOGICAL_SECTOR_SIZE: Guid = guid(0x8141BF1D_A96F_4709_BA47_F233A8FAAB5F);
pub(super) const PHYSICAL_SECTOR_SIZE: Guid = guid(0xCDA348C7_445D_4471_9CC9_E9885251C556);
pub(super) const PARENT_LOCATOR: Guid = guid(0xA8D35F2D_B30B_454D_ABF7_D3D84834AB0C);

pub(super) const BLOCK_SIZE: Field<u32> = le_u32("block size", 0);
pub(super) const FILE_PARAMETER_FLAGS: Field<u32> = le_u32("file parameters", 4);
pub(super) const LEAVE_BLOCKS_ALLOCATED: u32 = 1;
pub(super) const HAS_PARENT: u32 = 2;

/// The parent locator's list of keys and values (§2.6.2.6).
pub(super) const LOCATOR_COUNT: Field<u16> = le_u16("key value count", 18);
pub(super) const LOCATOR_ENTRIES: usize = 20;
pub(super) const LOCATOR_ENTRY_SIZE: usize = 12;
pub(super) const KEY_OFFSET: Field<u32> = le_u32("key offset", 0);
pub(super) const VALUE_OFFSET: Field<u32> = le_u32("value offset", 4);
pub(super) const KEY_LENGTH: Field<u16> = le_u16("key length", 8);
pub(super) const VALUE_LENGTH: Field<u16> = le_u16("value length", 10);

/// States of a payload block (§2.5.1.1), the low three bits of its entry.
pub(super) const STATE_MASK: u64 = 7;
pub(super) const NOT_PRESENT: u64 = 0;
pub(super) const UNDEFINED: u64 = 1;
pub(super) const ZERO: u64 = 2;
pub(super) const UNMAPPED: u64 = 3;
/// Of a sector bitmap block too.
pub(super) const FULLY_PRESENT: u64 = 6;
pub(super) const PARTIALLY_PRESENT: u64 = 7;

/// The CRC-32C of a structure whose own checksum counts as zero.
pub(super) fn checksum_is_good(structure: &[u8]) -> bool {
    let (Some(before), Some(after)) = (structure.get(..4), structure.get(8..)) else { return false };
    let checksum = crc32c::crc32c_append(crc32c::crc32c_append(crc32c::crc32c(before), &[0; 4]), after);
    CHECKSUM.get(structure) == Ok(checksum)
}

/// UTF-16 text up to its first zero.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let units =
        bytes.as_chunks().0.iter().map(|bytes| u16::from_le_bytes(*bytes)).take_while(|unit| *unit != 0);
    char::decode_utf16(units).map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// A GUID as Microsoft writes it.
pub(super) fn guid_text(bytes: Guid) -> String {
    let mut text = format!("{:032x}", u128::from_be_bytes(reordered(bytes)));
    for at in [20, 16, 12, 8] {
        text.insert(at, '-');
    }
    text
}
