//! The GUID partition table: UEFI specification, chapter 5.
//!
//! Two copies, a header and an array of entries each: the primary from the second sector on, the backup in the last
//! sectors. A copy is good when both its checksums are.

use super::GuestCondition;
use crate::image::guid::Guid;
use crate::image::layout::{Field, bytes_at, le_u32, le_u64};
use crate::image::read_at::read_vec;
use crate::image::{ReadAt, ReadError};
use crate::sentence::{Sentence, sentence};

/// Entries that are read at most. The specification asks for at least 128; no tool writes more than 1024.
const MAX_ENTRIES: u32 = 1024;
/// Bytes an entry at most: the specification allows any 128·2ⁿ, only 128 is ever seen.
const MAX_ENTRY_SIZE: u32 = 1024;
const MIN_HEADER_SIZE: u32 = 92;

const SIGNATURE: Field<[u8; 8]> = bytes_at("signature", 0);
const HEADER_SIZE: Field<u32> = le_u32("header size", 12);
const HEADER_CRC: Field<u32> = le_u32("header CRC-32", 16);
const MY_LBA: Field<u64> = le_u64("my LBA", 24);
const ALTERNATE_LBA: Field<u64> = le_u64("alternate LBA", 32);
const ARRAY_LBA: Field<u64> = le_u64("partition entry LBA", 72);
const ENTRY_COUNT: Field<u32> = le_u32("number of partition entries", 80);
const ENTRY_SIZE: Field<u32> = le_u32("size of a partition entry", 84);
const ARRAY_CRC: Field<u32> = le_u32("partition entry array CRC-32", 88);

const TYPE: Field<[u8; 16]> = bytes_at("partition type GUID", 0);
const FIRST_LBA: Field<u64> = le_u64("starting LBA", 32);
const LAST_LBA: Field<u64> = le_u64("ending LBA", 40);
const ATTRIBUTES: Field<u64> = le_u64("attributes", 48);
const NAME: Field<[u8; 72]> = bytes_at("partition name", 56);

/// Attribute bit 2: legacy BIOS firmware may start it.
const LEGACY_BOOTABLE: u64 = 1 << 2;

/// A used entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its number, from 1.
    pub(super) index: u32,
    /// The type's GUID, upper case.
    pub(super) type_guid: String,
    /// Where it begins, in bytes.
    pub(super) start: u64,
    /// How large it is, in bytes; `None` when it ends before it begins.
    pub(super) size: Option<u64>,
    /// Whether legacy firmware may start it.
    pub(super) legacy_bootable: bool,
    /// Its name.
    pub(super) name: String,
}

/// A GPT, from whichever copy is good.
#[derive(Debug, Clone)]
pub(super) struct Gpt {
    /// Its used entries; empty when neither copy is good.
    pub(super) entries: Vec<Entry>,
    /// What is wrong with it.
    pub(super) conditions: Vec<GuestCondition>,
    /// Whether the primary header was there at all, good or bad.
    pub(super) primary_present: bool,
}

#[derive(Debug)]
struct GoodCopy {
    alternate: u64,
    array_crc: u32,
    entries: Vec<Entry>,
}

enum CopyFault {
    /// There is no header.
    Absent,
    /// There is one, and it is bad; the backup's place by its own words, which its checksum does not vouch for.
    Bad { reason: Sentence, alternate: Option<u64> },
}

impl CopyFault {
    fn reason(self) -> Sentence {
        match self {
            Self::Absent => "there is no header".into(),
            Self::Bad { reason, .. } => reason,
        }
    }
}

/// Looks for a GPT, first with sectors of 512 bytes, then of 4096.
pub(super) fn find(disk: &dyn ReadAt) -> Option<Gpt> {
    [512, 4096].into_iter().find_map(|sector| {
        let mut gpt = find_with_sector(disk, sector)?;
        if sector != 512 {
            gpt.conditions.insert(0, GuestCondition::SectorSize { bytes: sector });
        }
        Some(gpt)
    })
}

fn find_with_sector(disk: &dyn ReadAt, sector: u64) -> Option<Gpt> {
    let last = disk.size().checked_div(sector)?.checked_sub(1)?;
    match copy_at(disk, 1, sector) {
        Ok(primary) => Some(with_good_primary(disk, sector, last, primary)),
        Err(fault) => with_bad_primary(disk, sector, last, fault),
    }
}

fn with_good_primary(disk: &dyn ReadAt, sector: u64, last: u64, primary: GoodCopy) -> Gpt {
    let mut conditions = Vec::new();
    let bad_backup = |reason: Sentence| GuestCondition::BadGptCopy { copy: "backup", reason };
    if primary.alternate > last {
        conditions.push(bad_backup(sentence!(
            "it should lie in sector {alternate}, but the disk ends with sector {last}",
            alternate = primary.alternate,
            last
        )));
    } else {
        if primary.alternate < last {
            conditions.push(GuestCondition::GrownDisk);
        }
        match copy_at(disk, primary.alternate, sector) {
            Ok(backup) if backup.array_crc != primary.array_crc => {
                conditions.push(bad_backup("its entries are not those of the primary copy".into()));
            }
            Ok(_) => {}
            Err(fault) => conditions.push(bad_backup(fault.reason())),
        }
    }
    Gpt { entries: primary.entries, conditions, primary_present: true }
}

fn with_bad_primary(disk: &dyn ReadAt, sector: u64, last: u64, fault: CopyFault) -> Option<Gpt> {
    let primary_present = matches!(fault, CopyFault::Bad { .. });
    let alternate = match &fault {
        CopyFault::Bad { alternate, .. } => *alternate,
        CopyFault::Absent => None,
    };
    let mut backup = copy_at(disk, last, sector);
    if let (Err(_), Some(alternate)) = (&backup, alternate.filter(|alternate| *alternate < last)) {
        backup = copy_at(disk, alternate, sector);
    }
    let reason = fault.reason();
    match backup {
        Ok(backup) => {
            let conditions = vec![GuestCondition::BadGptCopy { copy: "primary", reason }];
            Some(Gpt { entries: backup.entries, conditions, primary_present })
        }
        Err(CopyFault::Absent) if !primary_present => None,
        Err(backup) => {
            let reason =
                sentence!("primary GPT: {reason}; backup GPT: {backup}", reason, backup = backup.reason());
            let conditions = vec![GuestCondition::DamagedTable { reason }];
            Some(Gpt { entries: Vec::new(), conditions, primary_present })
        }
    }
}

fn copy_at(disk: &dyn ReadAt, lba: u64, sector: u64) -> Result<GoodCopy, CopyFault> {
    let offset = lba.checked_mul(sector).ok_or(CopyFault::Absent)?;
    let length = usize::try_from(sector).map_err(|_| CopyFault::Absent)?;
    let header = match read_vec(disk, offset, length) {
        Ok(header) => header,
        // A disk that ends before the second sector has no table.
        Err(ReadError::OutOfBounds { .. }) => return Err(CopyFault::Absent),
        Err(error) => return Err(CopyFault::Bad { reason: error.sentence(), alternate: None }),
    };
    if SIGNATURE.get(&header).ok() != Some(*b"EFI PART") {
        return Err(CopyFault::Absent);
    }
    parse_copy(disk, lba, sector, &header)
        .map_err(|reason| CopyFault::Bad { reason, alternate: ALTERNATE_LBA.get(&header).ok() })
}

fn parse_copy(disk: &dyn ReadAt, lba: u64, sector: u64, header: &[u8]) -> Result<GoodCopy, Sentence> {
    let text = |error: crate::image::ImageError| error.reason;
    let size = HEADER_SIZE.get(header).map_err(text)?;
    let covered = usize::try_from(size).ok().and_then(|size| header.get(..size));
    let Some(covered) = covered.filter(|_| size >= MIN_HEADER_SIZE) else {
        return Err(sentence!("its header size of {size} bytes is out of range", size));
    };
    if checksum_without_field(covered) != HEADER_CRC.get(header).map_err(text)? {
        return Err("the checksum of its header is wrong".into());
    }
    let my_lba = MY_LBA.get(header).map_err(text)?;
    if my_lba != lba {
        return Err(sentence!(
            "its header says that it lies in sector {said}, not {lba}",
            said = my_lba,
            lba
        ));
    }
    let count = ENTRY_COUNT.get(header).map_err(text)?;
    let entry_size = ENTRY_SIZE.get(header).map_err(text)?;
    if count > MAX_ENTRIES || !(128..=MAX_ENTRY_SIZE).contains(&entry_size) {
        return Err(sentence!("{count} entries of {entry_size} bytes are out of range", count, entry_size));
    }
    let start = ARRAY_LBA.get(header).map_err(text)?.saturating_mul(sector);
    let length = usize::try_from(count.saturating_mul(entry_size)).unwrap_or(usize::MAX);
    let array = read_vec(disk, start, length)
        .map_err(|error| sentence!("its entries cannot be read: {error}", error))?;
    let array_crc = ARRAY_CRC.get(header).map_err(text)?;
    if crc32fast::hash(&array) != array_crc {
        return Err("the checksum of its entries is wrong".into());
    }
    let stride = usize::try_from(entry_size).unwrap_or(usize::MAX).max(1);
    let entries = (1..)
        .zip(array.chunks_exact(stride))
        .filter_map(|(index, bytes)| entry(index, bytes, sector))
        .collect();
    Ok(GoodCopy { alternate: ALTERNATE_LBA.get(header).map_err(text)?, array_crc, entries })
}

/// The header's checksum is taken with its own field as zero.
fn checksum_without_field(header: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(header.get(..HEADER_CRC.offset).unwrap_or_default());
    hasher.update(&[0; 4]);
    hasher.update(header.get(HEADER_CRC.offset.saturating_add(4)..).unwrap_or_default());
    hasher.finalize()
}

fn entry(index: u32, bytes: &[u8], sector: u64) -> Option<Entry> {
    let type_guid = Guid(TYPE.get(bytes).ok()?);
    if type_guid == Guid::NIL {
        return None;
    }
    let first = FIRST_LBA.get(bytes).ok()?;
    let last = LAST_LBA.get(bytes).ok()?;
    Some(Entry {
        index,
        type_guid: type_guid.to_string().to_ascii_uppercase(),
        start: first.saturating_mul(sector),
        size: last.checked_sub(first).map(|sectors| sectors.saturating_add(1).saturating_mul(sector)),
        legacy_bootable: ATTRIBUTES.get(bytes).ok()? & LEGACY_BOOTABLE != 0,
        name: utf16_name(&NAME.get(bytes).ok()?),
    })
}

/// UTF-16LE text up to its first zero.
pub(super) fn utf16_name(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).filter_map(|pair| pair.first_chunk().copied().map(u16::from_le_bytes));
    char::decode_utf16(units.take_while(|unit| *unit != 0))
        .map(|decoded| decoded.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}
