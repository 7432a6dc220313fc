//! The master boot record and its extended partitions.
//!
//! Four entries at byte 446 and the mark 55 AA at 510. A boot sector of FAT, NTFS or exFAT carries the same mark, so
//! the mark alone says nothing: see [`BootRecord::parse`].

use super::signatures;
use crate::image::layout::{Field, bytes_at, le_u32, u8_at};
use crate::image::read_at::read_vec;
use crate::image::{ReadAt, Source};
use crate::sentence::{Sentence, sentence};

/// Bytes a sector: an MBR counts in these whatever the disk says.
pub(super) const SECTOR: u64 = 512;

/// The type of the entry that protects a GPT.
pub(super) const PROTECTIVE: u8 = 0xEE;
/// The type of an EFI system partition in an MBR.
pub(super) const EFI_SYSTEM: u8 = 0xEF;

/// Logical partitions that are followed at most. Linux gives names to 60.
const MAX_LOGICAL: usize = 128;

const BOOT_CODE: usize = 440;
const ENTRIES: usize = 446;
const ENTRY_SIZE: usize = 16;
const MARK: Field<[u8; 2]> = bytes_at("boot signature", 510);

const BOOT_INDICATOR: Field<u8> = u8_at("boot indicator", 0);
const TYPE: Field<u8> = u8_at("partition type", 4);
const START: Field<u32> = le_u32("first sector", 8);
const SECTORS: Field<u32> = le_u32("sectors", 12);

/// An entry of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// 0x80 when the partition is active.
    boot_indicator: u8,
    /// What it is for.
    pub(super) kind: u8,
    /// Its first sector: of the disk, or of what an extended partition counts from.
    start: u32,
    /// How many sectors it has.
    sectors: u32,
}

impl Entry {
    fn parse(bytes: &[u8]) -> Option<Self> {
        Some(Self {
            boot_indicator: BOOT_INDICATOR.get(bytes).ok()?,
            kind: TYPE.get(bytes).ok()?,
            start: START.get(bytes).ok()?,
            sectors: SECTORS.get(bytes).ok()?,
        })
    }

    /// Whether the entry describes a partition.
    pub(super) fn used(self) -> bool {
        self.kind != 0 && self.sectors != 0
    }

    /// Whether it is marked active.
    pub(super) fn active(self) -> bool {
        self.boot_indicator == 0x80
    }

    fn is_extended(self) -> bool {
        matches!(self.kind, 0x05 | 0x0F | 0x85)
    }
}

/// A partition of an MBR, placed on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Placed {
    /// From 1; logical partitions from 5.
    pub(super) index: u32,
    /// Its entry.
    pub(super) entry: Entry,
    /// Where it begins, in bytes.
    pub(super) start: u64,
    /// How large it is, in bytes.
    pub(super) size: u64,
}

/// The first sector of a disk with an MBR.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BootRecord {
    /// The four entries, used or not.
    pub(super) entries: Vec<Entry>,
    /// Whether its code is GRUB's, which needs no active partition.
    pub(super) grub: bool,
    /// Whether it has no code at all.
    pub(super) lacks_code: bool,
}

impl BootRecord {
    /// Reads a disk's first sector. `None` when it is no MBR: the mark is missing, a boot indicator is neither 0x00
    /// nor 0x80, or the sector is the boot sector of a file system.
    pub(super) fn parse(sector: &[u8]) -> Option<Self> {
        if MARK.get(sector).ok()? != [0x55, 0xAA] || signatures::is_boot_sector_of_file_system(sector) {
            return None;
        }
        let entries = entries(sector)?;
        if entries.iter().any(|entry| !matches!(entry.boot_indicator, 0x00 | 0x80)) {
            return None;
        }
        let code = sector.get(..BOOT_CODE)?;
        let grub = code.windows(4).any(|bytes| bytes == b"GRUB");
        let lacks_code = code.iter().all(|byte| *byte == 0);
        Some(Self { entries, grub, lacks_code })
    }

    /// Whether an entry protects a GPT.
    pub(super) fn protects_gpt(&self) -> bool {
        self.entries.iter().any(|entry| entry.kind == PROTECTIVE)
    }

    /// Whether an entry describes a partition of its own.
    pub(super) fn has_real_entries(&self) -> bool {
        self.entries.iter().any(|entry| entry.used() && entry.kind != PROTECTIVE)
    }

    /// Primary partitions, then logical ones; at most `max_logical` of these. The second value says what is wrong
    /// with a chain of extended partitions.
    pub(super) fn partitions(&self, disk: &Source, max_logical: usize) -> (Vec<Placed>, Vec<Sentence>) {
        let mut partitions: Vec<Placed> = (1_u32..)
            .zip(&self.entries)
            .filter(|(_, entry)| entry.used())
            .map(|(index, entry)| Placed {
                index,
                entry: *entry,
                start: bytes(entry.start),
                size: bytes(entry.sectors),
            })
            .collect();
        let mut damage = Vec::new();
        let extended: Vec<Placed> =
            partitions.iter().copied().filter(|placed| placed.entry.is_extended()).collect();
        let mut index = 5;
        for placed in extended {
            if let Err(reason) = logical(disk, &placed, max_logical, &mut index, &mut partitions) {
                damage.push(reason);
            }
        }
        (partitions, damage)
    }
}

fn entries(sector: &[u8]) -> Option<Vec<Entry>> {
    sector.get(ENTRIES..)?.chunks_exact(ENTRY_SIZE).take(4).map(Entry::parse).collect()
}

fn bytes(sectors: u32) -> u64 {
    u64::from(sectors).saturating_mul(SECTOR)
}

/// Follows the chain of extended boot records. Each holds a logical partition, counted from itself, and the place
/// of the next record, counted from the start of the extended partition.
fn logical(
    disk: &Source,
    extended: &Placed,
    max_logical: usize,
    index: &mut u32,
    found: &mut Vec<Placed>,
) -> Result<(), Sentence> {
    let mut seen = vec![extended.start];
    let mut record = extended.start;
    loop {
        if seen.len() > max_logical.min(MAX_LOGICAL) {
            return if max_logical < MAX_LOGICAL {
                Ok(())
            } else {
                Err(sentence!(
                    "the extended partition {index} holds more than {most}",
                    index = extended.index,
                    most = MAX_LOGICAL
                ))
            };
        }
        let sector = read_vec(disk.as_ref(), record, 512).map_err(|error| {
            sentence!("the extended boot record at byte {record} cannot be read: {error}", record, error)
        })?;
        if MARK.get(&sector).ok() != Some([0x55, 0xAA]) {
            return Err(sentence!("the extended boot record at byte {record} lacks its mark 55 AA", record));
        }
        let entries = entries(&sector).unwrap_or_default();
        if let Some(entry) = entries.first().copied().filter(|entry| entry.used() && !entry.is_extended()) {
            found.push(Placed {
                index: *index,
                entry,
                start: record.saturating_add(bytes(entry.start)),
                size: bytes(entry.sectors),
            });
            *index = index.saturating_add(1);
        }
        let Some(next) = entries.get(1).filter(|entry| entry.is_extended() && entry.used()) else {
            return Ok(());
        };
        record = extended.start.saturating_add(bytes(next.start));
        if seen.contains(&record) {
            return Err(sentence!("the chain of extended boot records comes back to byte {record}", record));
        }
        seen.push(record);
    }
}

/// The first sector of `disk`, where it has one.
pub(super) fn first_sector(disk: &dyn ReadAt) -> Option<Vec<u8>> {
    read_vec(disk, 0, 512).ok()
}
