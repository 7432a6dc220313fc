//! The structures of a VHDX as [MS-VHDX] declares them. Every integer is little-endian, every GUID in
//! Microsoft's byte order.
//!
//! [MS-VHDX]: https://learn.microsoft.com/openspecs/windows_protocols/ms-vhdx/

use super::super::guid::Guid;
use super::super::layout::{Field, bytes_at, le_u16, le_u32, le_u64};

pub(super) const KIB: u64 = 1024;
pub(super) const MIB: u64 = 1024 * KIB;

/// 2.2.1, the file type identifier at the start of the file.
pub(super) mod identifier {
    use super::{Field, bytes_at};

    pub(in super::super) const SIGNATURE: &[u8] = b"vhdxfile";
    pub(in super::super) const SIZE: usize = 520;
    pub(in super::super) const CREATOR: Field<[u8; 512]> = bytes_at("creator", 8);
}

/// 2.2.2, the header; there are two.
pub(super) mod header {
    use super::{Field, KIB, bytes_at, le_u16, le_u32, le_u64};

    pub(in super::super) const OFFSETS: [u64; 2] = [64 * KIB, 128 * KIB];
    pub(in super::super) const SIZE: usize = 4096;
    pub(in super::super) const SIGNATURE: &[u8] = b"head";

    pub(in super::super) const CHECKSUM: Field<u32> = le_u32("Checksum", 4);
    pub(in super::super) const SEQUENCE_NUMBER: Field<u64> = le_u64("SequenceNumber", 8);
    pub(in super::super) const FILE_WRITE_GUID: Field<[u8; 16]> = bytes_at("FileWriteGuid", 16);
    pub(in super::super) const DATA_WRITE_GUID: Field<[u8; 16]> = bytes_at("DataWriteGuid", 32);
    pub(in super::super) const LOG_GUID: Field<[u8; 16]> = bytes_at("LogGuid", 48);
    pub(in super::super) const LOG_VERSION: Field<u16> = le_u16("LogVersion", 64);
    pub(in super::super) const VERSION: Field<u16> = le_u16("Version", 66);
    pub(in super::super) const LOG_LENGTH: Field<u32> = le_u32("LogLength", 68);
    pub(in super::super) const LOG_OFFSET: Field<u64> = le_u64("LogOffset", 72);

    pub(in super::super) const VERSION_KNOWN: u16 = 1;
    pub(in super::super) const LOG_VERSION_KNOWN: u16 = 0;
}

/// 2.2.3, the region table; there are two.
pub(super) mod region {
    use super::{Field, Guid, KIB, bytes_at, le_u32, le_u64};

    pub(in super::super) const OFFSETS: [u64; 2] = [192 * KIB, 256 * KIB];
    pub(in super::super) const TABLE_SIZE: usize = 64 * 1024;
    pub(in super::super) const SIGNATURE: &[u8] = b"regi";
    pub(in super::super) const CHECKSUM: Field<u32> = le_u32("Checksum", 4);
    pub(in super::super) const ENTRY_COUNT: Field<u32> = le_u32("EntryCount", 8);
    pub(in super::super) const MAX_ENTRIES: u32 = 2047;

    pub(in super::super) const ENTRIES: usize = 16;
    pub(in super::super) const ENTRY_SIZE: usize = 32;
    pub(in super::super) const ID: Field<[u8; 16]> = bytes_at("Guid", 0);
    pub(in super::super) const FILE_OFFSET: Field<u64> = le_u64("FileOffset", 16);
    pub(in super::super) const LENGTH: Field<u32> = le_u32("Length", 24);
    /// Bit 0: a reader that does not know the region must not open the file.
    pub(in super::super) const REQUIRED: Field<u32> = le_u32("Required", 28);

    pub(in super::super) const BAT: Guid = Guid::from_digits(0x2DC2_7766_F623_4200_9D64_115E_9BFD_4A08);
    pub(in super::super) const METADATA: Guid = Guid::from_digits(0x8B7C_A206_4790_4B9A_B8FE_575F_050F_886E);
}

/// 2.3.1, the log.
pub(super) mod log {
    use super::{Field, bytes_at, le_u32, le_u64};

    /// The unit of the log and of what it writes, in bytes.
    pub(in super::super) const SECTOR: usize = 4096;

    pub(in super::super) const HEADER_SIZE: usize = 64;
    pub(in super::super) const SIGNATURE: &[u8] = b"loge";
    pub(in super::super) const CHECKSUM: Field<u32> = le_u32("Checksum", 4);
    pub(in super::super) const ENTRY_LENGTH: Field<u32> = le_u32("EntryLength", 8);
    pub(in super::super) const TAIL: Field<u32> = le_u32("Tail", 12);
    pub(in super::super) const SEQUENCE_NUMBER: Field<u64> = le_u64("SequenceNumber", 16);
    pub(in super::super) const DESCRIPTOR_COUNT: Field<u32> = le_u32("DescriptorCount", 24);
    pub(in super::super) const LOG_GUID: Field<[u8; 16]> = bytes_at("LogGuid", 32);
    pub(in super::super) const FLUSHED_FILE_OFFSET: Field<u64> = le_u64("FlushedFileOffset", 48);
    pub(in super::super) const LAST_FILE_OFFSET: Field<u64> = le_u64("LastFileOffset", 56);

    pub(in super::super) const DESCRIPTOR_SIZE: usize = 32;
    pub(in super::super) const ZERO_SIGNATURE: &[u8] = b"zero";
    pub(in super::super) const DATA_SIGNATURE: &[u8] = b"desc";
    /// Of a data descriptor: the last 4 bytes and the first 8 of the sector, whose places the marks take.
    pub(in super::super) const TRAILING_BYTES: Field<[u8; 4]> = bytes_at("TrailingBytes", 4);
    pub(in super::super) const LEADING_BYTES: Field<[u8; 8]> = bytes_at("LeadingBytes", 8);
    /// Of a zero descriptor.
    pub(in super::super) const ZERO_LENGTH: Field<u64> = le_u64("ZeroLength", 8);
    pub(in super::super) const FILE_OFFSET: Field<u64> = le_u64("FileOffset", 16);
    pub(in super::super) const DESCRIPTOR_SEQUENCE: Field<u64> = le_u64("SequenceNumber", 24);

    pub(in super::super) const SECTOR_SIGNATURE: &[u8] = b"data";
    pub(in super::super) const SEQUENCE_HIGH: Field<u32> = le_u32("SequenceHigh", 4);
    pub(in super::super) const SEQUENCE_LOW: Field<u32> = le_u32("SequenceLow", 4092);
}

/// 2.6, the metadata table and its items.
pub(super) mod metadata {
    use super::{Field, Guid, KIB, MIB, bytes_at, le_u16, le_u32, le_u64};

    pub(in super::super) const TABLE_SIZE: usize = 64 * 1024;
    pub(in super::super) const SIGNATURE: &[u8] = b"metadata";
    pub(in super::super) const ENTRY_COUNT: Field<u16> = le_u16("EntryCount", 10);
    pub(in super::super) const MAX_ENTRIES: u16 = 2047;

    pub(in super::super) const ENTRIES: usize = 32;
    pub(in super::super) const ENTRY_SIZE: usize = 32;
    pub(in super::super) const ITEM_ID: Field<[u8; 16]> = bytes_at("ItemId", 0);
    /// From the start of the metadata region.
    pub(in super::super) const OFFSET: Field<u32> = le_u32("Offset", 16);
    pub(in super::super) const LENGTH: Field<u32> = le_u32("Length", 20);
    pub(in super::super) const FLAGS: Field<u32> = le_u32("Flags", 24);
    pub(in super::super) const IS_USER: u32 = 1;
    /// A reader that does not know the item must not open the file.
    pub(in super::super) const IS_REQUIRED: u32 = 4;
    /// Items begin behind the table, and none is longer.
    pub(in super::super) const FIRST_ITEM: u32 = 64 * 1024;
    pub(in super::super) const MAX_ITEM: u32 = 1024 * 1024;

    pub(in super::super) const FILE_PARAMETERS: Guid =
        Guid::from_digits(0xCAA1_6737_FA36_4D43_B3B6_33F0_AA44_E76B);
    pub(in super::super) const VIRTUAL_DISK_SIZE: Guid =
        Guid::from_digits(0x2FA5_4224_CD1B_4876_B211_5DBE_D83B_F4B8);
    pub(in super::super) const VIRTUAL_DISK_ID: Guid =
        Guid::from_digits(0xBECA_12AB_B2E6_4523_93EF_C309_E000_C746);
    pub(in super::super) const LOGICAL_SECTOR_SIZE: Guid =
        Guid::from_digits(0x8141_BF1D_A96F_4709_BA47_F233_A8FA_AB5F);
    pub(in super::super) const PHYSICAL_SECTOR_SIZE: Guid =
        Guid::from_digits(0xCDA3_48C7_445D_4471_9CC9_E988_5251_C556);
    pub(in super::super) const PARENT_LOCATOR: Guid =
        Guid::from_digits(0xA8D3_5F2D_B30B_454D_ABF7_D3D8_4834_AB0C);

    pub(in super::super) const BLOCK_SIZE: Field<u32> = le_u32("BlockSize", 0);
    pub(in super::super) const PARAMETER_FLAGS: Field<u32> = le_u32("file parameters", 4);
    pub(in super::super) const LEAVE_BLOCKS_ALLOCATED: u32 = 1;
    pub(in super::super) const HAS_PARENT: u32 = 2;
    pub(in super::super) const DISK_SIZE: Field<u64> = le_u64("VirtualDiskSize", 0);
    pub(in super::super) const DISK_ID: Field<[u8; 16]> = bytes_at("VirtualDiskId", 0);
    pub(in super::super) const LOGICAL_SIZE: Field<u32> = le_u32("LogicalSectorSize", 0);
    pub(in super::super) const PHYSICAL_SIZE: Field<u32> = le_u32("PhysicalSectorSize", 0);

    pub(in super::super) const BLOCK_SIZES: std::ops::RangeInclusive<u64> = MIB..=256 * MIB;
    pub(in super::super) const SECTOR_SIZES: [u64; 2] = [512, 4 * KIB];
    pub(in super::super) const MAX_DISK: u64 = 64 * KIB * KIB * MIB;
}

/// 2.6.2.6, the parent locator.
pub(super) mod locator {
    use super::{Field, Guid, bytes_at, le_u16, le_u32};

    pub(in super::super) const TYPE: Field<[u8; 16]> = bytes_at("LocatorType", 0);
    pub(in super::super) const VHDX: Guid = Guid::from_digits(0xB04A_EFB7_D19E_4A81_B789_25B8_E944_5913);
    pub(in super::super) const COUNT: Field<u16> = le_u16("KeyValueCount", 18);

    pub(in super::super) const ENTRIES: usize = 20;
    pub(in super::super) const ENTRY_SIZE: usize = 12;
    /// From the start of the item, in bytes.
    pub(in super::super) const KEY_OFFSET: Field<u32> = le_u32("KeyOffset", 0);
    pub(in super::super) const VALUE_OFFSET: Field<u32> = le_u32("ValueOffset", 4);
    pub(in super::super) const KEY_LENGTH: Field<u16> = le_u16("KeyLength", 8);
    pub(in super::super) const VALUE_LENGTH: Field<u16> = le_u16("ValueLength", 10);
}

/// 2.5, the block allocation table.
pub(super) mod bat {
    use super::MIB;

    pub(in super::super) const ENTRY_SIZE: u64 = 8;
    /// The low bits of an entry that hold the state.
    pub(in super::super) const STATE: u64 = 7;
    /// How many sectors a sector bitmap block marks: one bit each, in one MiB.
    pub(in super::super) const SECTORS_A_BITMAP: u64 = 1 << 23;
    pub(in super::super) const BITMAP_SIZE: u64 = MIB;
}

/// The CRC-32C of `structure` with zeros where the checksum itself stands.
pub(super) fn checksum(structure: &[u8], field: &Field<u32>) -> u32 {
    let (before, rest) = structure.split_at(field.offset.min(structure.len()));
    let after = rest.get(size_of::<u32>()..).unwrap_or_default();
    crc32c::crc32c_append(crc32c::crc32c_append(crc32c::crc32c(before), &[0; 4]), after)
}

/// UTF-16 up to the first zero.
pub(super) fn text(bytes: &[u8]) -> String {
    let units = bytes.as_chunks().0.iter().map(|unit| u16::from_le_bytes(*unit));
    char::decode_utf16(units.take_while(|unit| *unit != 0))
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}
