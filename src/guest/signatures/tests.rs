//! One row of bytes built by hand for each signature, and what must not be taken for one.

use super::*;
use crate::guest::disks_for_tests::{MIB, Random, SparseDisk};

const UUID: [u8; 16] =
    [0x12, 0x3E, 0x45, 0x67, 0xE8, 0x9B, 0x12, 0xD3, 0xA4, 0x56, 0x42, 0x66, 0x14, 0x17, 0x40, 0];
const UUID_TEXT: &str = "123e4567-e89b-12d3-a456-426614174000";

type Piece = (u64, &'static [u8]);

fn volume(pieces: &[Piece]) -> SparseDisk {
    let mut disk = SparseDisk::new(8 * MIB);
    for (offset, bytes) in pieces {
        disk.put(*offset, bytes);
    }
    disk
}

fn found(pieces: &[Piece]) -> Option<Found> {
    identify(&volume(pieces).source(), Reach::Everywhere)
}

const MD: &[u8] = &[0xFC, 0x4E, 0x2B, 0xA9, 1, 0, 0, 0];
const LVM_LABEL: &[u8] =
    b"LABELONE\x01\0\0\0\0\0\0\0\0\0\0\0\x20\0\0\0LVM2 001abcdef0123456789ABCDEFGHIJKLMNOP";
/// 512-byte sectors, 4 a cluster, a reserved one, 2 FATs of `n` sectors.
const FAT12: &[u8] = &[0, 2, 4, 1, 0, 2, 0, 2, 0, 0x10, 0xF8, 2, 0];
const FAT16: &[u8] = &[0, 2, 4, 1, 0, 2, 0, 2, 0, 0xF0, 0xF8, 60, 0];
const FAT32: &[u8] = &[0, 2, 1, 32, 0, 2, 0, 0, 0, 0, 0xF8, 0, 0];

#[test]
fn each_signature_is_recognised_by_its_bytes() {
    let rows: &[(&str, &[Piece])] = &[
        ("luks1", &[(0, b"LUKS\xBA\xBE\x00\x01")]),
        ("luks2", &[(0, b"LUKS\xBA\xBE\x00\x02")]),
        ("luks2", &[(0x4000, b"SKUL\xBA\xBE\x00\x02")]),
        ("bitlocker", &[(0, b"\xEB\x52\x90-FVE-FS-")]),
        ("bitlocker", &[(0, b"\xEB\x58\x90-FVE-FS-")]),
        (
            "bitlocker",
            &[
                (0, b"\xEB\x58\x90MSWIN4.1"),
                (424, b"\x3B\xD6\x67\x49\x29\x2E\xD8\x4A\x83\x99\xF6\xA3\x39\xE3\xD0\x01"),
            ],
        ),
        ("lvm2", &[(512, LVM_LABEL)]),
        ("md-raid", &[(0, MD)]),
        ("md-raid", &[(4096, MD)]),
        ("md-raid", &[(8 * MIB - 8192, MD)]),
        ("md-raid", &[(8 * MIB - 65536, &[0xFC, 0x4E, 0x2B, 0xA9, 0, 0, 0, 0, 90])]),
        ("bcache", &[(4120, b"\xC6\x85\x73\xF6\x4E\x1A\x45\xCA\x82\x65\xF5\x7F\x48\xBA\x6D\x81")]),
        ("vdo", &[(0, b"dmvdo001")]),
        ("vmfs", &[(MIB, b"\x0D\xD0\x01\xC0")]),
        ("ntfs", &[(3, b"NTFS    \x00\x02")]),
        ("exfat", &[(3, b"EXFAT   ")]),
        ("refs", &[(0, b"\x00\x00\x00ReFS\x00")]),
        ("fat12", &[(11, FAT12), (54, b"FAT12   "), (510, b"\x55\xAA")]),
        ("fat16", &[(11, FAT16), (54, b"FAT16   "), (510, b"\x55\xAA")]),
        (
            "fat32",
            &[(11, FAT32), (32, &[0, 0x40, 0, 0, 100, 0, 0, 0]), (82, b"FAT32   "), (510, b"\x55\xAA")],
        ),
        ("ext2", &[(1080, b"\x53\xEF"), (1120, &[2])]),
        ("ext3", &[(1080, b"\x53\xEF"), (1116, &[4]), (1120, &[6])]),
        ("ext4", &[(1080, b"\x53\xEF"), (1116, &[4]), (1120, &[0x42])]),
        ("xfs", &[(0, b"XFSB")]),
        ("btrfs", &[(65600, b"_BHRfS_M")]),
        ("swap", &[(4086, b"SWAPSPACE2")]),
        ("swap", &[(65526, b"SWAPSPACE2")]),
        ("f2fs", &[(1024, b"\x10\x20\xF5\xF2")]),
        ("erofs", &[(1024, b"\xE2\xE1\xF5\xE0")]),
        ("squashfs", &[(0, b"hsqs")]),
        ("reiserfs", &[(65588, b"ReIsEr2Fs")]),
        ("jfs", &[(32768, b"JFS1")]),
        ("apfs", &[(32, b"NXSB")]),
        ("hfs+", &[(1024, b"H+\x00\x04")]),
        ("hfs+", &[(1024, b"HX\x00\x05")]),
        ("ufs", &[(65536 + 1372, b"\x19\x01\x54\x19")]),
        ("ufs", &[(8192 + 1372, b"\x54\x19\x01\x00")]),
        ("zfs", &[(0x4000, &[1, 1]), (0x4014, b"\0\0\0\x07version\0")]),
        ("iso9660", &[(0x8001, b"CD001")]),
        ("udf", &[(0x8001, b"BEA01"), (0x8801, b"NSR03")]),
    ];
    for (name, pieces) in rows {
        assert_eq!(found(pieces).map(|found| found.name), Some(*name), "{pieces:x?}");
    }
    for signature in SIGNATURES {
        assert!(rows.iter().any(|(name, _)| *name == signature.name), "no row for {}", signature.name);
    }
}

#[test]
fn a_mark_that_stands_alone_is_not_enough() {
    let rows: &[(&str, &[Piece])] = &[
        ("LUKS of another version", &[(0, b"LUKS\xBA\xBE\x00\x03")]),
        (
            "To Go's GUID in another boot sector",
            &[(424, b"\x3B\xD6\x67\x49\x29\x2E\xD8\x4A\x83\x99\xF6\xA3\x39\xE3\xD0\x01")],
        ),
        ("an LVM label that names another sector", &[(0, LVM_LABEL)]),
        ("an ext magic with a block size of 2 GiB", &[(1080, b"\x53\xEF"), (1048, &[21])]),
        ("an ext journal device", &[(1080, b"\x53\xEF"), (1120, &[8])]),
        ("a boot sector's mark", &[(510, b"\x55\xAA")]),
        ("FAT's name without its fields", &[(54, b"FAT16   "), (510, b"\x55\xAA")]),
        ("UDF's begin without NSR", &[(0x8001, b"BEA01")]),
    ];
    for (what, pieces) in rows {
        assert_eq!(found(pieces), None, "{what}");
    }
}

#[test]
fn labels_and_uuids_are_read_where_the_format_keeps_them() {
    let rows: &[(&str, &[Piece], u64, u64)] = &[
        ("ext4", &[(1080, b"\x53\xEF"), (1120, &[0x40])], 1128, 1144),
        ("xfs", &[(0, b"XFSB")], 32, 108),
        ("btrfs", &[(65600, b"_BHRfS_M")], 65568, 65835),
        ("swap", &[(4086, b"SWAPSPACE2")], 1036, 1052),
        ("erofs", &[(1024, b"\xE2\xE1\xF5\xE0")], 1072, 1088),
        ("reiserfs", &[(65588, b"ReIsErFs")], 65620, 65636),
        ("jfs", &[(32768, b"JFS1")], 32904, 32920),
        ("md-raid", &[(4096, MD)], 4112, 4128),
    ];
    for (name, pieces, uuid_at, label_at) in rows {
        let mut disk = volume(pieces);
        disk.put(*uuid_at, &UUID).put(*label_at, b"data\0rest");
        let expected = Found { name, label: Some("data".into()), uuid: Some(UUID_TEXT.into()) };
        assert_eq!(identify(&disk.source(), Reach::Everywhere), Some(expected));
    }
}

#[test]
fn uuids_that_are_text_or_numbers_are_written_as_their_tools_write_them() {
    let luks = found(&[(0, b"LUKS\xBA\xBE\x00\x01"), (168, UUID_TEXT.as_bytes())]);
    assert_eq!(luks.unwrap().uuid.as_deref(), Some(UUID_TEXT));
    let lvm = found(&[(512, LVM_LABEL)]);
    assert_eq!(lvm.unwrap().uuid.as_deref(), Some("abcdef-0123-4567-89AB-CDEF-GHIJ-KLMNOP"));
    let ntfs = found(&[(3, b"NTFS    \x00\x02"), (72, b"\xBF\x6B\x3F\x39\xF8\xB7\x69\x50")]);
    assert_eq!(ntfs.unwrap().uuid.as_deref(), Some("5069B7F8393F6BBF"));
    let fat = found(&[
        (11, FAT16),
        (39, &[0xD3, 0x73, 0x4E, 0x26]),
        (43, b"ESP        "),
        (54, b"FAT16   "),
        (510, b"\x55\xAA"),
    ]);
    let fat = fat.unwrap();
    assert_eq!((fat.uuid.as_deref(), fat.label.as_deref()), (Some("264E-73D3"), Some("ESP")));
}

#[test]
fn a_raid_at_the_end_outweighs_the_file_system_that_shows() {
    let disk = volume(&[(0, b"XFSB"), (8 * MIB - 8192, MD)]);
    assert_eq!(identify(&disk.source(), Reach::Everywhere).unwrap().name, "md-raid");
    assert_eq!(identify(&disk.source(), Reach::Head).unwrap().name, "xfs");
}

#[test]
fn the_head_alone_takes_one_read() {
    let counted = volume(&[]).counted();
    let source: Source = counted.clone();
    assert_eq!(identify(&source, Reach::Head), None);
    assert_eq!(counted.reads().reads, 1);
}

#[test]
fn volumes_too_small_for_any_mark_are_nothing() {
    let mut random = Random(3);
    for size in 0..3000 {
        let mut disk = SparseDisk::new(size);
        disk.put(0, &random.next().to_le_bytes());
        assert_eq!(identify(&disk.source(), Reach::Everywhere), None, "{size} bytes");
    }
}
