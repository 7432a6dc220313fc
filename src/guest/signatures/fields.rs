//! Labels, UUIDs and the checks behind the rows of [`super::table`].

#![allow(clippy::unnecessary_wraps, reason = "they stand in a table of checks, all of which may say no")]

use super::{Details, Volume};
use crate::image::layout::{Field, le_u16, le_u32, le_u64, u8_at};

/// The mark says enough.
pub(super) fn nothing_more(_: &Volume) -> Option<Details> {
    Some(Details::default())
}

// LUKS: on-disk format 1.2.2 and LUKS2 on-disk format 1.1.

pub(super) fn luks1(volume: &Volume) -> Option<Details> {
    Some(Details { label: None, uuid: text_at(volume, 168, 40) })
}

pub(super) fn luks2(volume: &Volume) -> Option<Details> {
    Some(Details { label: text_at(volume, 24, 48), uuid: text_at(volume, 168, 40) })
}

/// To Go's GUID stands in an otherwise ordinary FAT32 boot sector.
pub(super) fn bitlocker(volume: &Volume) -> Option<Details> {
    let start = volume.bytes(0, 11)?;
    let name = start.get(3..)?;
    (name == b"-FVE-FS-" || name == b"MSWIN4.1").then(Details::default)
}

/// A label sector names the sector it stands in; the physical volume's header follows.
pub(super) fn lvm2(volume: &Volume) -> Option<Details> {
    const SECTOR_NUMBER: Field<u64> = le_u64("sector_xl", 8);
    const HEADER: Field<u32> = le_u32("offset_xl", 20);
    (0..4_u64).find_map(|number| {
        let sector = volume.bytes(number.saturating_mul(512), 512)?;
        let is_label = sector.starts_with(b"LABELONE")
            && sector.get(24..32)? == b"LVM2 001"
            && SECTOR_NUMBER.get(&sector).ok()? == number;
        let header = usize::try_from(HEADER.get(&sector).ok()?).ok()?;
        let id = is_label.then(|| sector.get(header..header.checked_add(32)?))??;
        Some(Details { label: None, uuid: lvm_uuid(id) })
    })
}

/// LVM writes its 32 letters in groups of 6-4-4-4-4-4-6.
fn lvm_uuid(id: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(id).ok().filter(|text| text.bytes().all(|c| c.is_ascii_alphanumeric()))?;
    let mut groups = Vec::new();
    let mut rest = text;
    for length in [6, 4, 4, 4, 4, 4, 6] {
        let (group, after) = rest.split_at_checked(length)?;
        groups.push(group);
        rest = after;
    }
    Some(groups.join("-"))
}

/// Version 1 of the superblock, wherever its minor version puts it.
pub(super) fn md_raid_1(volume: &Volume) -> Option<Details> {
    const VERSION: Field<u32> = le_u32("major_version", 4);
    [0, 4096]
        .into_iter()
        .find_map(|offset| {
            let block = volume.bytes(offset, 64)?;
            let known = block.starts_with(&0xA92B_4EFC_u32.to_le_bytes()) && VERSION.get(&block).ok()? == 1;
            known.then(|| Details { uuid: uuid_of(block.get(16..32)), label: text_of(block.get(32..64)) })
        })
        // At the end of the volume, where the caller has seen the mark.
        .or_else(|| Some(Details::default()))
}

pub(super) fn bcache(volume: &Volume) -> Option<Details> {
    Some(Details { uuid: uuid_at(volume, 4096 + 40), label: text_at(volume, 4096 + 72, 32) })
}

pub(super) fn ntfs(volume: &Volume) -> Option<Details> {
    const BYTES_PER_SECTOR: Field<u16> = le_u16("bytes per sector", 11);
    const SERIAL: Field<u64> = le_u64("volume serial number", 72);
    let boot = volume.bytes(0, 512)?;
    let plausible = matches!(BYTES_PER_SECTOR.get(&boot).ok()?, 256 | 512 | 1024 | 2048 | 4096);
    let serial = SERIAL.get(&boot).ok()?;
    plausible.then(|| Details { label: None, uuid: Some(format!("{serial:016X}")) })
}

// exFAT: Microsoft's exFAT file system specification, 3.1 and 7.3.

pub(super) fn exfat(volume: &Volume) -> Option<Details> {
    const SERIAL: Field<u32> = le_u32("VolumeSerialNumber", 100);
    let boot = volume.bytes(0, 512)?;
    Some(Details { label: exfat_label(volume, &boot), uuid: Some(serial_text(SERIAL.get(&boot).ok()?)) })
}

/// The volume label is an entry of the root directory, one of the first.
fn exfat_label(volume: &Volume, boot: &[u8]) -> Option<String> {
    const CLUSTER_HEAP: Field<u32> = le_u32("ClusterHeapOffset", 88);
    const ROOT_CLUSTER: Field<u32> = le_u32("FirstClusterOfRootDirectory", 96);
    const SECTOR_SHIFT: Field<u8> = u8_at("BytesPerSectorShift", 108);
    const CLUSTER_SHIFT: Field<u8> = u8_at("SectorsPerClusterShift", 109);
    const ENTRY: usize = 32;
    const VOLUME_LABEL: u8 = 0x83;
    // Clusters are numbered from 2 on.
    let root = u64::from(ROOT_CLUSTER.get(boot).ok()?).checked_sub(2)?;
    let sectors_per_cluster = 1_u64.checked_shl(CLUSTER_SHIFT.get(boot).ok()?.into())?;
    let sector = root.checked_mul(sectors_per_cluster)?.checked_add(CLUSTER_HEAP.get(boot).ok()?.into())?;
    let offset = sector.checked_mul(1_u64.checked_shl(SECTOR_SHIFT.get(boot).ok()?.into())?)?;
    let entries = volume.bytes(offset, 512)?;
    let entry = entries.chunks_exact(ENTRY).find(|entry| entry.first() == Some(&VOLUME_LABEL))?;
    // At most 11 units of UTF-16.
    let length = usize::from(*entry.get(1)?).min(11);
    let units: Vec<u16> = entry
        .get(2..)?
        .chunks_exact(2)
        .take(length)
        .filter_map(|unit| unit.first_chunk().map(|unit| u16::from_le_bytes(*unit)))
        .collect();
    some_text(String::from_utf16_lossy(&units))
}

// FAT: Microsoft's FAT32 File System Specification, 2000, "Boot Sector and BPB".

/// The widths of a FAT's entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::guest) enum FatKind {
    /// 12 bits.
    Fat12,
    /// 16 bits.
    Fat16,
    /// 28 of 32 bits.
    Fat32,
}

/// The kind of FAT that a boot sector describes: by the count of its clusters, as the specification has it.
/// `None` when the sector is no FAT boot sector. Beside plausible fields, the type's name has to stand in its
/// place: the fields alone can come about by chance in an MBR's code.
pub(in crate::guest) fn fat_kind(sector: &[u8]) -> Option<FatKind> {
    const BYTES_PER_SECTOR: Field<u16> = le_u16("BPB_BytsPerSec", 11);
    const SECTORS_PER_CLUSTER: Field<u8> = u8_at("BPB_SecPerClus", 13);
    const RESERVED: Field<u16> = le_u16("BPB_RsvdSecCnt", 14);
    const FATS: Field<u8> = u8_at("BPB_NumFATs", 16);
    const ROOT_ENTRIES: Field<u16> = le_u16("BPB_RootEntCnt", 17);
    const TOTAL_16: Field<u16> = le_u16("BPB_TotSec16", 19);
    const MEDIA: Field<u8> = u8_at("BPB_Media", 21);
    const FAT_SIZE_16: Field<u16> = le_u16("BPB_FATSz16", 22);
    const TOTAL_32: Field<u32> = le_u32("BPB_TotSec32", 32);
    const FAT_SIZE_32: Field<u32> = le_u32("BPB_FATSz32", 36);

    let named = sector.get(54..)?.starts_with(b"FAT") || sector.get(82..)?.starts_with(b"FAT32");
    let bytes_per_sector = u32::from(BYTES_PER_SECTOR.get(sector).ok()?);
    let per_cluster = u32::from(SECTORS_PER_CLUSTER.get(sector).ok()?);
    let reserved = u32::from(RESERVED.get(sector).ok()?);
    let fats = u32::from(FATS.get(sector).ok()?);
    let media = MEDIA.get(sector).ok()?;
    let plausible = named
        && matches!(bytes_per_sector, 512 | 1024 | 2048 | 4096)
        && per_cluster.is_power_of_two()
        && reserved != 0
        && fats != 0
        && (media == 0xF0 || media >= 0xF8);
    if !plausible {
        return None;
    }
    let total = match TOTAL_16.get(sector).ok()? {
        0 => TOTAL_32.get(sector).ok()?,
        total => u32::from(total),
    };
    let fat_size_16 = FAT_SIZE_16.get(sector).ok()?;
    let fat_size = if fat_size_16 == 0 { FAT_SIZE_32.get(sector).ok()? } else { u32::from(fat_size_16) };
    let root_bytes = u32::from(ROOT_ENTRIES.get(sector).ok()?).checked_mul(32)?;
    let root_sectors = root_bytes.div_ceil(bytes_per_sector);
    let before_data = fats.checked_mul(fat_size)?.checked_add(reserved)?.checked_add(root_sectors)?;
    let clusters = total.checked_sub(before_data)?.checked_div(per_cluster)?;
    // A FAT32 has no 16-bit size; mkfs.vfat -F 32 makes small ones that the count alone would call FAT16.
    Some(match clusters {
        _ if fat_size_16 == 0 => FatKind::Fat32,
        0..4085 => FatKind::Fat12,
        _ => FatKind::Fat16,
    })
}

pub(super) fn fat12(volume: &Volume) -> Option<Details> {
    fat(volume, FatKind::Fat12, 39)
}

pub(super) fn fat16(volume: &Volume) -> Option<Details> {
    fat(volume, FatKind::Fat16, 39)
}

pub(super) fn fat32(volume: &Volume) -> Option<Details> {
    fat(volume, FatKind::Fat32, 67)
}

/// The serial number stands at `serial`, the label after it.
fn fat(volume: &Volume, kind: FatKind, serial: u64) -> Option<Details> {
    let boot = volume.bytes(0, 512)?;
    (fat_kind(&boot)? == kind).then_some(())?;
    let number = volume.bytes(serial, 4)?.first_chunk().copied().map(u32::from_le_bytes)?;
    let label = text_at(volume, serial.saturating_add(4), 11).filter(|label| label != "NO NAME");
    Some(Details { label, uuid: Some(serial_text(number)) })
}

fn serial_text(serial: u32) -> String {
    format!("{:04X}-{:04X}", serial >> 16, serial & 0xFFFF)
}

// ext2, ext3, ext4: one superblock, told apart by the features that the older drivers do not know.

const HAS_JOURNAL: u32 = 0x4;
const JOURNAL_DEVICE: u32 = 0x8;
/// File types in directories, meta block groups: ext2 knows them.
const EXT2_INCOMPATIBLE: u32 = 0x2 | 0x10;
/// And a journal to be replayed: ext3 knows it.
const EXT3_INCOMPATIBLE: u32 = EXT2_INCOMPATIBLE | 0x4;
/// Sparse superblocks, large files, B-tree directories.
const EXT3_READ_ONLY: u32 = 0x1 | 0x2 | 0x4;

pub(super) fn ext2(volume: &Volume) -> Option<Details> {
    ext(volume, |compatible, incompatible, read_only| {
        compatible & HAS_JOURNAL == 0
            && incompatible & !EXT2_INCOMPATIBLE == 0
            && read_only & !EXT3_READ_ONLY == 0
    })
}

pub(super) fn ext3(volume: &Volume) -> Option<Details> {
    ext(volume, |compatible, incompatible, read_only| {
        compatible & HAS_JOURNAL != 0
            && incompatible & !EXT3_INCOMPATIBLE == 0
            && read_only & !EXT3_READ_ONLY == 0
    })
}

pub(super) fn ext4(volume: &Volume) -> Option<Details> {
    ext(volume, |_, incompatible, read_only| {
        incompatible & JOURNAL_DEVICE == 0
            && (incompatible & !EXT3_INCOMPATIBLE != 0 || read_only & !EXT3_READ_ONLY != 0)
    })
}

fn ext(volume: &Volume, is_it: fn(u32, u32, u32) -> bool) -> Option<Details> {
    const COMPATIBLE: Field<u32> = le_u32("s_feature_compat", 92);
    const INCOMPATIBLE: Field<u32> = le_u32("s_feature_incompat", 96);
    const READ_ONLY: Field<u32> = le_u32("s_feature_ro_compat", 100);
    const LOG_BLOCK_SIZE: Field<u32> = le_u32("s_log_block_size", 24);
    let block = volume.bytes(1024, 1024)?;
    let features =
        (COMPATIBLE.get(&block).ok()?, INCOMPATIBLE.get(&block).ok()?, READ_ONLY.get(&block).ok()?);
    // A magic of two bytes comes about by chance; a block size of more than 64 KiB is no ext file system.
    let known = LOG_BLOCK_SIZE.get(&block).ok()? <= 6 && is_it(features.0, features.1, features.2);
    known.then(|| Details { uuid: uuid_of(block.get(104..120)), label: text_of(block.get(120..136)) })
}

pub(super) fn xfs(volume: &Volume) -> Option<Details> {
    Some(Details { uuid: uuid_at(volume, 32), label: text_at(volume, 108, 12) })
}

pub(super) fn btrfs(volume: &Volume) -> Option<Details> {
    Some(Details { uuid: uuid_at(volume, 0x1_0000 + 32), label: text_at(volume, 0x1_0000 + 299, 256) })
}

pub(super) fn swap(volume: &Volume) -> Option<Details> {
    Some(Details { uuid: uuid_at(volume, 1024 + 12), label: text_at(volume, 1024 + 28, 16) })
}

pub(super) fn f2fs(volume: &Volume) -> Option<Details> {
    let name = volume.bytes(1024 + 124, 1024)?;
    Some(Details {
        uuid: uuid_at(volume, 1024 + 108),
        label: some_text(crate::guest::gpt::utf16_name(&name)),
    })
}

pub(super) fn erofs(volume: &Volume) -> Option<Details> {
    Some(Details { uuid: uuid_at(volume, 1024 + 48), label: text_at(volume, 1024 + 64, 16) })
}

pub(super) fn reiserfs(volume: &Volume) -> Option<Details> {
    Some(Details { uuid: uuid_at(volume, 0x1_0000 + 84), label: text_at(volume, 0x1_0000 + 100, 16) })
}

pub(super) fn jfs(volume: &Volume) -> Option<Details> {
    Some(Details { uuid: uuid_at(volume, 0x8000 + 136), label: text_at(volume, 0x8000 + 152, 16) })
}

pub(super) fn apfs(volume: &Volume) -> Option<Details> {
    Some(Details { label: None, uuid: uuid_at(volume, 72) })
}

/// The label's list is written in XDR (1) by every version of ZFS.
pub(super) fn zfs(volume: &Volume) -> Option<Details> {
    (volume.bytes(0x4000, 1)? == [1]).then(Details::default)
}

pub(super) fn iso9660(volume: &Volume) -> Option<Details> {
    Some(Details { label: text_at(volume, 0x8000 + 40, 32), uuid: None })
}

/// The extended area begins with BEA01; an NSR descriptor follows within it.
pub(super) fn udf(volume: &Volume) -> Option<Details> {
    (1..8_u64)
        .filter_map(|step| volume.bytes(step.saturating_mul(2048).saturating_add(0x8001), 5))
        .any(|mark| mark == b"NSR02" || mark == b"NSR03")
        .then(Details::default)
}

fn text_at(volume: &Volume, offset: u64, len: usize) -> Option<String> {
    text_of(volume.bytes(offset, len).as_deref())
}

/// Text up to its first zero, without the spaces that pad it; `None` when it is empty.
fn text_of(bytes: Option<&[u8]>) -> Option<String> {
    let bytes = bytes?;
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    some_text(String::from_utf8_lossy(bytes.get(..end)?).trim_end().to_owned())
}

fn some_text(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn uuid_at(volume: &Volume, offset: u64) -> Option<String> {
    uuid_of(volume.bytes(offset, 16).as_deref())
}

/// A UUID in the order of its bytes; `None` when they are all zero.
fn uuid_of(bytes: Option<&[u8]>) -> Option<String> {
    let bytes: &[u8; 16] = bytes?.try_into().ok()?;
    let number = u128::from_be_bytes(*bytes);
    (number != 0).then(|| {
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            number >> 96,
            (number >> 80) & 0xFFFF,
            (number >> 64) & 0xFFFF,
            (number >> 48) & 0xFFFF,
            number & 0xFFFF_FFFF_FFFF
        )
    })
}
