//! The table of signatures.
//!
//! Order matters: what holds other volumes (encryption, RAID, LVM) comes before what it may hold, because its
//! content can show through; what costs a read of its own comes last. Marks and offsets are those of each format's own header.

#[allow(clippy::wildcard_imports, reason = "a row for each of them follows")]
use super::fields::*;
use super::{Place, Signature};

use Place::{At, BySize};

const MD_MAGIC: &[u8] = &0xA92B_4EFC_u32.to_le_bytes();
const UFS1_MAGIC: &[u8] = &0x0001_1954_u32.to_le_bytes();
const UFS2_MAGIC: &[u8] = &0x1954_0119_u32.to_le_bytes();
/// The GUID of BitLocker To Go, 4967D63B-2E29-4AD8-8399-F6A339E3D001.
const BITLOCKER_TO_GO: &[u8] =
    &[0x3B, 0xD6, 0x67, 0x49, 0x29, 0x2E, 0xD8, 0x4A, 0x83, 0x99, 0xF6, 0xA3, 0x39, 0xE3, 0xD0, 0x01];

/// Every signature, in the order in which they are tried.
pub(super) static SIGNATURES: &[Signature] = &[
    // Encryption.
    Signature { name: "luks1", marks: &[(At(0), b"LUKS\xBA\xBE\x00\x01")], details: luks1 },
    Signature { name: "luks2", marks: &[(At(0), b"LUKS\xBA\xBE\x00\x02")], details: luks2 },
    Signature {
        name: "bitlocker",
        marks: &[
            // Windows Vista; Windows 7 and later; BitLocker To Go.
            (At(0), b"\xEB\x52\x90-FVE-FS-"),
            (At(0), b"\xEB\x58\x90-FVE-FS-"),
            (At(424), BITLOCKER_TO_GO),
        ],
        details: bitlocker,
    },
    // Volumes that hold volumes.
    Signature {
        name: "lvm2",
        marks: &[
            (At(0), b"LABELONE"),
            (At(512), b"LABELONE"),
            (At(1024), b"LABELONE"),
            (At(1536), b"LABELONE"),
        ],
        details: lvm2,
    },
    Signature {
        // Version 1.1 at the start, 1.2 after 4 KiB, 1.0 near the end.
        name: "md-raid",
        marks: &[(At(0), MD_MAGIC), (At(4096), MD_MAGIC), (BySize(md_version_1_0), MD_MAGIC)],
        details: md_raid_1,
    },
    Signature { name: "md-raid", marks: &[(BySize(md_version_0_90), MD_MAGIC)], details: nothing_more },
    Signature {
        name: "bcache",
        marks: &[(At(4096 + 24), b"\xC6\x85\x73\xF6\x4E\x1A\x45\xCA\x82\x65\xF5\x7F\x48\xBA\x6D\x81")],
        details: bcache,
    },
    Signature { name: "vdo", marks: &[(At(0), b"dmvdo001")], details: nothing_more },
    // File systems of Windows.
    Signature { name: "ntfs", marks: &[(At(3), b"NTFS    ")], details: ntfs },
    Signature { name: "exfat", marks: &[(At(3), b"EXFAT   ")], details: exfat },
    Signature { name: "refs", marks: &[(At(0), b"\x00\x00\x00ReFS\x00")], details: nothing_more },
    Signature { name: "fat12", marks: FAT_MARKS, details: fat12 },
    Signature { name: "fat16", marks: FAT_MARKS, details: fat16 },
    Signature { name: "fat32", marks: FAT_MARKS, details: fat32 },
    // File systems of Linux.
    Signature { name: "ext4", marks: EXT_MARKS, details: ext4 },
    Signature { name: "ext3", marks: EXT_MARKS, details: ext3 },
    Signature { name: "ext2", marks: EXT_MARKS, details: ext2 },
    Signature { name: "xfs", marks: &[(At(0), b"XFSB")], details: xfs },
    Signature { name: "btrfs", marks: &[(At(0x1_0000 + 64), b"_BHRfS_M")], details: btrfs },
    Signature {
        // Ten bytes before the end of the first page, for each page size of a Linux port.
        name: "swap",
        marks: &[
            (At(0x1000 - 10), b"SWAPSPACE2"),
            (At(0x2000 - 10), b"SWAPSPACE2"),
            (At(0x4000 - 10), b"SWAPSPACE2"),
            (At(0x1_0000 - 10), b"SWAPSPACE2"),
            (At(0x1000 - 10), b"SWAP-SPACE"),
        ],
        details: swap,
    },
    Signature { name: "f2fs", marks: &[(At(1024), b"\x10\x20\xF5\xF2")], details: f2fs },
    Signature { name: "erofs", marks: &[(At(1024), b"\xE2\xE1\xF5\xE0")], details: erofs },
    Signature { name: "squashfs", marks: &[(At(0), b"hsqs")], details: nothing_more },
    Signature {
        name: "reiserfs",
        marks: &[
            (At(0x1_0000 + 52), b"ReIsErFs"),
            (At(0x1_0000 + 52), b"ReIsEr2Fs"),
            (At(0x1_0000 + 52), b"ReIsEr3Fs"),
            (At(0x2000 + 52), b"ReIsErFs"),
        ],
        details: reiserfs,
    },
    Signature { name: "jfs", marks: &[(At(0x8000), b"JFS1")], details: jfs },
    // File systems of others.
    Signature { name: "apfs", marks: &[(At(32), b"NXSB")], details: apfs },
    Signature {
        name: "hfs+",
        marks: &[(At(1024), b"H+\x00\x04"), (At(1024), b"HX\x00\x05")],
        details: nothing_more,
    },
    Signature {
        // The superblock may stand after 8, 64 or 256 KiB; its magic is its last field but for padding.
        name: "ufs",
        marks: &[
            (At(0x2000 + 1372), UFS1_MAGIC),
            (At(0x2000 + 1372), UFS2_MAGIC),
            (At(0x1_0000 + 1372), UFS2_MAGIC),
            (At(0x4_0000 + 1372), UFS2_MAGIC),
        ],
        details: nothing_more,
    },
    Signature {
        // No mark of its own: the label's list of names and values begins with "version".
        name: "zfs",
        marks: &[(At(0x4000 + 20), b"\x00\x00\x00\x07version\x00")],
        details: zfs,
    },
    // Optical media.
    Signature { name: "iso9660", marks: &[(At(0x8001), b"CD001")], details: iso9660 },
    Signature { name: "udf", marks: &[(At(0x8001), b"BEA01")], details: udf },
    // Marks far from the start, which cost a read each.
    Signature { name: "vmfs", marks: &[(At(0x10_0000), b"\x0D\xD0\x01\xC0")], details: nothing_more },
    Signature {
        // The second header, at the places that LUKS2 allows, when the first was overwritten.
        name: "luks2",
        marks: &[
            (At(0x4000), b"SKUL\xBA\xBE\x00\x02"),
            (At(0x8000), b"SKUL\xBA\xBE\x00\x02"),
            (At(0x1_0000), b"SKUL\xBA\xBE\x00\x02"),
            (At(0x2_0000), b"SKUL\xBA\xBE\x00\x02"),
            (At(0x4_0000), b"SKUL\xBA\xBE\x00\x02"),
        ],
        details: nothing_more,
    },
];

const EXT_MARKS: &[(Place, &[u8])] = &[(At(1024 + 56), b"\x53\xEF")];
const FAT_MARKS: &[(Place, &[u8])] = &[(At(510), b"\x55\xAA")];

/// At least 8 and at most 12 KiB before the end, aligned to 4 KiB.
fn md_version_1_0(size: u64) -> Option<u64> {
    let sectors = (size / 512).checked_sub(16)?;
    (sectors & !7).checked_mul(512)
}

/// The last whole 64 KiB but one.
fn md_version_0_90(size: u64) -> Option<u64> {
    (size & !0xFFFF).checked_sub(0x1_0000)
}
