//! VHDX files written by hand, for what qemu-img does not write.

use super::super::super::guid::Guid;
use super::super::layout::{self, MIB, checksum, header, locator, log, metadata, region};

pub(super) const LOG: usize = 1 << 20;
pub(super) const LOG_SIZE: usize = 1 << 20;
pub(super) const BAT: usize = 2 << 20;
pub(super) const METADATA: usize = 3 << 20;
/// Where the first block or sector bitmap lies.
pub(super) const DATA: usize = 4 << 20;
pub(super) const BLOCK: usize = 1 << 20;
pub(super) const LOG_ID: [u8; 16] = [0xAB; 16];

/// What a file is to hold.
pub(super) struct Draft {
    pub(super) size: u64,
    pub(super) block_size: u32,
    pub(super) sector_size: u32,
    /// 1: fixed, 2: with a parent.
    pub(super) flags: u32,
    pub(super) locator: Option<Vec<u8>>,
    /// Every byte of the `DataWriteGuid`.
    pub(super) data_write_id: u8,
    /// The words of the block allocation table.
    pub(super) table: Vec<u64>,
    /// What lies at [`DATA`], a MiB each.
    pub(super) data: Vec<Vec<u8>>,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            size: 3 * BLOCK as u64,
            block_size: BLOCK as u32,
            sector_size: 512,
            flags: 0,
            locator: None,
            data_write_id: 1,
            table: Vec::new(),
            data: Vec::new(),
        }
    }
}

/// The word for a block in `state` at the `index`th MiB of the data.
pub(super) fn at(index: u64, state: u64) -> u64 {
    (DATA as u64 + index * MIB) | state
}

/// A MiB of `byte`.
pub(super) fn filled(byte: u8) -> Vec<u8> {
    vec![byte; BLOCK]
}

fn put(file: &mut [u8], at: usize, bytes: &[u8]) {
    file[at..at + bytes.len()].copy_from_slice(bytes);
}

impl Draft {
    pub(super) fn build(&self) -> Vec<u8> {
        let mut file = vec![0; DATA];
        put(&mut file, 0, layout::identifier::SIGNATURE);
        for (at, unit) in "By hand".encode_utf16().enumerate() {
            put(&mut file, 8 + at * 2, &unit.to_le_bytes());
        }
        for (number, offset) in header::OFFSETS.into_iter().enumerate() {
            let at = offset as usize;
            put(&mut file, at, header::SIGNATURE);
            put(&mut file, at + 8, &(number as u64 + 1).to_le_bytes());
            put(&mut file, at + 16, &[0x77; 16]);
            put(&mut file, at + 32, &[self.data_write_id; 16]);
            put(&mut file, at + 66, &[1, 0]);
            put(&mut file, at + 68, &(LOG_SIZE as u32).to_le_bytes());
            put(&mut file, at + 72, &(LOG as u64).to_le_bytes());
        }
        for offset in region::OFFSETS {
            let at = offset as usize;
            put(&mut file, at, region::SIGNATURE);
            put(&mut file, at + 8, &[2]);
            for (entry, id, place) in [(at + 16, region::BAT, BAT), (at + 48, region::METADATA, METADATA)] {
                put(&mut file, entry, &id.0);
                put(&mut file, entry + 16, &(place as u64).to_le_bytes());
                put(&mut file, entry + 24, &(1_u32 << 20).to_le_bytes());
                put(&mut file, entry + 28, &[1]);
            }
        }
        self.put_metadata(&mut file);
        for (index, word) in self.table.iter().enumerate() {
            put(&mut file, BAT + index * 8, &word.to_le_bytes());
        }
        for data in &self.data {
            file.extend_from_slice(data);
        }
        seal(&mut file);
        file
    }

    fn put_metadata(&self, file: &mut [u8]) {
        let mut items = vec![
            (metadata::FILE_PARAMETERS, [self.block_size.to_le_bytes(), self.flags.to_le_bytes()].concat()),
            (metadata::VIRTUAL_DISK_SIZE, self.size.to_le_bytes().to_vec()),
            (metadata::VIRTUAL_DISK_ID, vec![0x55; 16]),
            (metadata::LOGICAL_SECTOR_SIZE, self.sector_size.to_le_bytes().to_vec()),
            (metadata::PHYSICAL_SECTOR_SIZE, 4096_u32.to_le_bytes().to_vec()),
        ];
        items.extend(self.locator.clone().map(|locator| (metadata::PARENT_LOCATOR, locator)));
        put(file, METADATA, metadata::SIGNATURE);
        put(file, METADATA + 10, &[items.len() as u8]);
        for (index, (id, bytes)) in items.iter().enumerate() {
            let offset = metadata::FIRST_ITEM + index as u32 * 4096;
            put_item(file, index, *id, offset, bytes.len() as u32, 4);
            put(file, METADATA + offset as usize, bytes);
        }
    }
}

/// Writes entry `index` of the metadata table.
pub(super) fn put_item(file: &mut [u8], index: usize, id: Guid, offset: u32, length: u32, flags: u32) {
    let entry = METADATA + 32 + index * 32;
    put(file, entry, &id.0);
    for (field, value) in [(16, offset), (20, length), (24, flags)] {
        put(file, entry + field, &value.to_le_bytes());
    }
}

/// Writes the right checksums into the headers and region tables of a file that was changed.
pub(super) fn seal(file: &mut [u8]) {
    for offset in header::OFFSETS {
        seal_at(file, offset as usize, header::SIZE);
    }
    for offset in region::OFFSETS {
        seal_at(file, offset as usize, region::TABLE_SIZE);
    }
}

fn seal_at(file: &mut [u8], at: usize, size: usize) {
    let sum = checksum(&file[at..at + size], &header::CHECKSUM);
    put(file, at + 4, &sum.to_le_bytes());
}

/// A parent locator with these keys and values.
pub(super) fn locator_of(pairs: &[(&str, &str)]) -> Vec<u8> {
    let mut item = locator::VHDX.0.to_vec();
    item.extend_from_slice(&[0, 0, pairs.len() as u8, 0]);
    let mut texts = Vec::new();
    let start = locator::ENTRIES + pairs.len() * locator::ENTRY_SIZE;
    for (key, value) in pairs {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let (key, value) = (utf16(key), utf16(value));
        let offset = (start + texts.len()) as u32;
        item.extend_from_slice(&offset.to_le_bytes());
        item.extend_from_slice(&(offset + key.len() as u32).to_le_bytes());
        item.extend_from_slice(&(key.len() as u16).to_le_bytes());
        item.extend_from_slice(&(value.len() as u16).to_le_bytes());
        texts.extend([key, value].concat());
    }
    item.extend_from_slice(&texts);
    item
}

/// A write that a log entry describes.
pub(super) enum Write<'a> {
    Sector(u64, &'a [u8]),
    Zeros(u64, u64),
}

/// An entry of the log. `tail` is where the oldest entry begins that it needs.
pub(super) struct LogEntry<'a> {
    pub(super) number: u64,
    pub(super) tail: u32,
    pub(super) writes: Vec<Write<'a>>,
    pub(super) file_size: u64,
}

impl LogEntry<'_> {
    pub(super) fn build(&self) -> Vec<u8> {
        let mut entry = vec![0; log::SECTOR];
        let mut sectors = Vec::new();
        put(&mut entry, 0, log::SIGNATURE);
        put(&mut entry, 12, &self.tail.to_le_bytes());
        put(&mut entry, 16, &self.number.to_le_bytes());
        put(&mut entry, 24, &(self.writes.len() as u32).to_le_bytes());
        put(&mut entry, 32, &LOG_ID);
        put(&mut entry, 48, &self.file_size.to_le_bytes());
        put(&mut entry, 56, &self.file_size.to_le_bytes());
        for (index, write) in self.writes.iter().enumerate() {
            let at = log::HEADER_SIZE + index * log::DESCRIPTOR_SIZE;
            put(&mut entry, at + 24, &self.number.to_le_bytes());
            match write {
                Write::Zeros(offset, length) => {
                    put(&mut entry, at, log::ZERO_SIGNATURE);
                    put(&mut entry, at + 8, &length.to_le_bytes());
                    put(&mut entry, at + 16, &offset.to_le_bytes());
                }
                Write::Sector(offset, bytes) => {
                    put(&mut entry, at, log::DATA_SIGNATURE);
                    put(&mut entry, at + 4, &bytes[4092..]);
                    put(&mut entry, at + 8, &bytes[..8]);
                    put(&mut entry, at + 16, &offset.to_le_bytes());
                    let mut sector = bytes.to_vec();
                    put(&mut sector, 0, log::SECTOR_SIGNATURE);
                    put(&mut sector, 4, &((self.number >> 32) as u32).to_le_bytes());
                    put(&mut sector, 4092, &(self.number as u32).to_le_bytes());
                    sectors.extend(sector);
                }
            }
        }
        entry.extend(sectors);
        let length = entry.len() as u32;
        put(&mut entry, 8, &length.to_le_bytes());
        let size = entry.len();
        seal_at(&mut entry, 0, size);
        entry
    }
}

/// Names a log in the headers and writes `bytes` at `offset` of it, around its end when they do not fit.
pub(super) fn put_log(file: &mut [u8], offset: usize, bytes: &[u8]) {
    for header in header::OFFSETS {
        put(file, header as usize + 48, &LOG_ID);
    }
    for (index, byte) in bytes.iter().enumerate() {
        file[LOG + (offset + index) % LOG_SIZE] = *byte;
    }
    seal(file);
}
