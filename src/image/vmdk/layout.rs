//! The on-disk structures of VMDK: field, offset, byte order; everything is little-endian.
//!
//! The hosted sparse extent and the text descriptor are VMware's "Virtual Disk Format 5.0" (EN-000777-00); the ESX
//! copy-on-write extent ("COWD") is in its section "ESX Server Sparse Extents". VMware never published the
//! seSparse extent: its fields are known from the images that ESXi 6.5 and later write.

use crate::image::layout::{Field, bytes_at, le_u16, le_u32, le_u64, u8_at};

/// The unit of every offset and size in VMDK structures, in bytes.
pub(super) const SECTOR: u64 = 512;

/// The first bytes of a hosted sparse extent: the number 0x564D444B.
pub(super) const HOSTED_MAGIC: &[u8] = b"KDMV";
/// The first bytes of an ESX copy-on-write extent.
pub(super) const COWD_MAGIC: &[u8] = b"COWD";
/// The first bytes of an seSparse extent: the 64-bit number 0xCAFEBABE.
pub(super) const SESPARSE_MAGIC: &[u8] = &[0xBE, 0xBA, 0xFE, 0xCA, 0, 0, 0, 0];
/// The first bytes of a `-ctk` file, which lists the blocks changed since the last backup.
pub(super) const CHANGE_TRACKING_MAGIC: &[u8] = &[0xA2, 0x72, 0x19, 0xF6];

/// The header of a hosted sparse extent; a stream's footer is a copy of it.
pub(super) mod hosted {
    use super::{Field, bytes_at, le_u16, le_u32, le_u64, u8_at};

    pub(in super::super) const HEADER_SIZE: usize = 512;
    pub(in super::super) const VERSION: Field<u32> = le_u32("version", 4);
    pub(in super::super) const FLAGS: Field<u32> = le_u32("flags", 8);
    pub(in super::super) const CAPACITY: Field<u64> = le_u64("capacity", 12);
    pub(in super::super) const GRAIN_SIZE: Field<u64> = le_u64("grainSize", 20);
    pub(in super::super) const DESCRIPTOR_OFFSET: Field<u64> = le_u64("descriptorOffset", 28);
    pub(in super::super) const DESCRIPTOR_SIZE: Field<u64> = le_u64("descriptorSize", 36);
    pub(in super::super) const ENTRIES_PER_TABLE: Field<u32> = le_u32("numGTEsPerGT", 44);
    pub(in super::super) const REDUNDANT_DIRECTORY: Field<u64> = le_u64("rgdOffset", 48);
    pub(in super::super) const DIRECTORY: Field<u64> = le_u64("gdOffset", 56);
    pub(in super::super) const OVERHEAD: Field<u64> = le_u64("overHead", 64);
    pub(in super::super) const UNCLEAN_SHUTDOWN: Field<u8> = u8_at("uncleanShutdown", 72);
    /// singleEndLineChar, nonEndLineChar, doubleEndLineChar1 and doubleEndLineChar2: a transfer in text mode
    /// changes them.
    pub(in super::super) const NEWLINE_TEST: Field<[u8; 4]> = bytes_at("singleEndLineChar", 73);
    pub(in super::super) const NEWLINE_TEST_INTACT: [u8; 4] = *b"\n \r\n";
    pub(in super::super) const COMPRESSION: Field<u16> = le_u16("compressAlgorithm", 77);

    /// The newline test bytes are valid.
    pub(in super::super) const FLAG_NEWLINE_TEST: u32 = 1;
    /// There is a second grain directory.
    pub(in super::super) const FLAG_REDUNDANT: u32 = 2;
    /// A grain table entry of 1 stands for zeros.
    pub(in super::super) const FLAG_ZEROED_GRAINS: u32 = 4;
    /// Grains are compressed.
    pub(in super::super) const FLAG_COMPRESSED: u32 = 0x1_0000;
    /// Markers stand before grains and metadata.
    pub(in super::super) const FLAG_MARKERS: u32 = 0x2_0000;
    /// The only algorithm of `compressAlgorithm`.
    pub(in super::super) const COMPRESSION_DEFLATE: u16 = 1;
    /// `gdOffset` of a stream whose grain directory is named by the footer.
    pub(in super::super) const DIRECTORY_AT_END: u64 = u64::MAX;
}

/// A marker of a stream: before a grain (`size` > 0), or a sector of its own before metadata (`size` = 0).
pub(super) mod marker {
    use super::{Field, le_u32, le_u64};

    /// The first sector of the grain, or the number of sectors of the metadata.
    pub(in super::super) const VALUE: Field<u64> = le_u64("val", 0);
    /// Bytes of compressed data.
    pub(in super::super) const SIZE: Field<u32> = le_u32("size", 8);
    /// What metadata follows.
    pub(in super::super) const TYPE: Field<u32> = le_u32("type", 12);
    /// The compressed data begins right behind `size`.
    pub(in super::super) const GRAIN_DATA: u64 = 12;
    pub(in super::super) const TYPE_FOOTER: u32 = 3;
}

/// The header of an ESX copy-on-write extent.
pub(super) mod cowd {
    use super::{Field, bytes_at, le_u32};

    pub(in super::super) const HEADER_SIZE: usize = 2048;
    pub(in super::super) const VERSION: Field<u32> = le_u32("version", 4);
    pub(in super::super) const FLAGS: Field<u32> = le_u32("flags", 8);
    pub(in super::super) const CAPACITY: Field<u32> = le_u32("numSectors", 12);
    pub(in super::super) const GRAIN_SIZE: Field<u32> = le_u32("grainSize", 16);
    pub(in super::super) const DIRECTORY: Field<u32> = le_u32("gdOffset", 20);
    pub(in super::super) const DIRECTORY_ENTRIES: Field<u32> = le_u32("numGDEntries", 24);
    pub(in super::super) const PARENT_NAME: Field<[u8; 1024]> = bytes_at("parentFileName", 32);
    pub(in super::super) const UNCLEAN_SHUTDOWN: Field<u32> = le_u32("uncleanShutdown", 1648);
    /// The extent was found inconsistent.
    pub(in super::super) const FLAG_INCONSISTENT: u32 = 4;
    /// Entries of a grain table; the header has no field for it.
    pub(in super::super) const ENTRIES_PER_TABLE: u64 = 4096;
}

/// The two headers of an seSparse extent; all offsets and sizes in sectors.
pub(super) mod sesparse {
    use super::{Field, le_u64};

    pub(in super::super) const HEADER_SIZE: usize = 512;
    pub(in super::super) const VERSION: Field<u64> = le_u64("version", 8);
    pub(in super::super) const CAPACITY: Field<u64> = le_u64("capacity", 16);
    pub(in super::super) const GRAIN_SIZE: Field<u64> = le_u64("grainSize", 24);
    pub(in super::super) const TABLE_SIZE: Field<u64> = le_u64("grainTableSize", 32);
    pub(in super::super) const FLAGS: Field<u64> = le_u64("flags", 40);
    pub(in super::super) const VOLATILE_HEADER: Field<u64> = le_u64("volatileHeaderOffset", 80);
    pub(in super::super) const DIRECTORY: Field<u64> = le_u64("grainDirOffset", 128);
    pub(in super::super) const DIRECTORY_SIZE: Field<u64> = le_u64("grainDirSize", 136);
    pub(in super::super) const TABLES: Field<u64> = le_u64("grainTablesOffset", 144);
    pub(in super::super) const GRAINS: Field<u64> = le_u64("grainsOffset", 192);
    /// Version 2.1, the only one seen.
    pub(in super::super) const VERSION_2_1: u64 = 0x2_0000_0001;

    pub(in super::super) const VOLATILE_MAGIC: Field<u64> = le_u64("volatile header", 0);
    pub(in super::super) const VOLATILE_MAGIC_VALUE: u64 = 0xCAFE_CAFE;
    /// Not zero while the journal waits to be replayed.
    pub(in super::super) const REPLAY_JOURNAL: Field<u64> = le_u64("replayJournal", 24);
}
