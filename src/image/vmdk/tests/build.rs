//! Builds VMDK files byte by byte, in the shapes that VMware's programs give them.

use super::super::layout::{SECTOR, hosted};
use crate::image::layout::Field;

pub(super) const GRAIN: usize = 64 * 1024;
const SECTOR_BYTES: usize = SECTOR as usize;
const ENTRIES: usize = 512;

/// Writes `value` where `field` stands.
pub(super) trait Put<T> {
    fn put(&self, structure: &mut [u8], value: T);
}

macro_rules! put {
    ($($type:ty)*) => {$(impl Put<$type> for Field<$type> {
        fn put(&self, structure: &mut [u8], value: $type) {
            let bytes = value.to_le_bytes();
            structure[self.offset..self.offset + bytes.len()].copy_from_slice(&bytes);
        }
    })*};
}
put!(u8 u16 u32 u64);

/// Where a stream has its grain directory, and what its header says of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// ESX, VDDK, VirtualBox, AWS VM Export: at the end; the header leaves it to the footer.
    Esx,
    /// Older ovftool: at the end; the header is patched, and there is a footer too.
    Ovftool,
    /// Workstation: at the front, no footer.
    Workstation,
}

pub(super) fn descriptor(create_type: &str, extents: &str, more: &str) -> String {
    format!(
        "# Disk DescriptorFile\nversion=1\nCID=123abc\nparentCID=ffffffff\ncreateType=\"{create_type}\"\n\n\
         # Extent description\n{extents}\n\n# The Disk Data Base\n#DDB\n\nddb.adapterType = \"lsilogic\"\n\
         ddb.virtualHWVersion = \"10\"\n{more}"
    )
}

pub(super) fn header(capacity_bytes: usize, directory: u64) -> Vec<u8> {
    let mut header = vec![0; hosted::HEADER_SIZE];
    header[..4].copy_from_slice(b"KDMV");
    hosted::VERSION.put(&mut header, 1);
    hosted::FLAGS.put(&mut header, hosted::FLAG_NEWLINE_TEST);
    hosted::CAPACITY.put(&mut header, capacity_bytes as u64 / SECTOR);
    hosted::GRAIN_SIZE.put(&mut header, GRAIN as u64 / SECTOR);
    hosted::DESCRIPTOR_OFFSET.put(&mut header, 1);
    hosted::DESCRIPTOR_SIZE.put(&mut header, 20);
    hosted::ENTRIES_PER_TABLE.put(&mut header, ENTRIES as u32);
    hosted::DIRECTORY.put(&mut header, directory);
    hosted::OVERHEAD.put(&mut header, 128);
    header[hosted::NEWLINE_TEST.offset..][..4].copy_from_slice(&hosted::NEWLINE_TEST_INTACT);
    header
}

fn pad(file: &mut Vec<u8>) -> u64 {
    file.resize(file.len().next_multiple_of(SECTOR_BYTES), 0);
    file.len() as u64 / SECTOR
}

fn metadata_marker(file: &mut Vec<u8>, sectors: u64, kind: u32) {
    let mut marker = [0; SECTOR_BYTES];
    marker[..8].copy_from_slice(&sectors.to_le_bytes());
    marker[12..16].copy_from_slice(&kind.to_le_bytes());
    file.extend_from_slice(&marker);
}

fn entries(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

fn grains(disk: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    disk.chunks(GRAIN).enumerate().filter(|(_, grain)| grain.iter().any(|byte| *byte != 0))
}

fn front(header: &[u8], text: &str) -> Vec<u8> {
    let mut file = header.to_vec();
    file.extend_from_slice(text.as_bytes());
    file.resize(GRAIN, 0);
    file
}

/// A streamOptimized file of `disk`, written as `style` says.
pub(super) fn stream(disk: &[u8], style: Style, text: &str) -> Vec<u8> {
    let tables_in_all = disk.len().div_ceil(GRAIN * ENTRIES);
    // The tables at the front lie behind the descriptor: the directory in sector 21, then four sectors each.
    let front_directory = 21;
    let stated = if style == Style::Esx { hosted::DIRECTORY_AT_END } else { front_directory };
    let mut header = header(disk.len(), stated);
    hosted::VERSION.put(&mut header, 3);
    let flags = hosted::FLAG_NEWLINE_TEST | hosted::FLAG_COMPRESSED | hosted::FLAG_MARKERS;
    hosted::FLAGS.put(&mut header, flags);
    hosted::COMPRESSION.put(&mut header, 1);
    let mut file = front(&header, text);
    let mut tables = vec![vec![0_u32; ENTRIES]; tables_in_all];
    let mut directory = vec![0_u32; tables_in_all];
    for (index, table) in tables.iter_mut().enumerate() {
        for (at, grain) in grains(disk).filter(|(at, _)| at / ENTRIES == index) {
            table[at % ENTRIES] = pad(&mut file) as u32;
            let data = miniz_oxide::deflate::compress_to_vec_zlib(grain, 1);
            file.extend_from_slice(&((at * GRAIN) as u64 / SECTOR).to_le_bytes());
            file.extend_from_slice(&(data.len() as u32).to_le_bytes());
            file.extend_from_slice(&data);
        }
        pad(&mut file);
        if style != Style::Workstation {
            metadata_marker(&mut file, 4, 1);
            directory[index] = pad(&mut file) as u32;
            file.extend_from_slice(&entries(table));
        }
    }
    if style == Style::Workstation {
        for (index, table) in tables.iter().enumerate() {
            let sector = front_directory as usize + 1 + index * 4;
            directory[index] = sector as u32;
            file[sector * SECTOR_BYTES..][..ENTRIES * 4].copy_from_slice(&entries(table));
        }
        let at = front_directory as usize * SECTOR_BYTES;
        file[at..at + directory.len() * 4].copy_from_slice(&entries(&directory));
        return file;
    }
    metadata_marker(&mut file, 1, 2);
    let place = pad(&mut file);
    file.extend_from_slice(&entries(&directory));
    pad(&mut file);
    metadata_marker(&mut file, 1, 3);
    let mut footer = header;
    hosted::DIRECTORY.put(&mut footer, place);
    file.extend_from_slice(&footer);
    file.resize(file.len() + SECTOR_BYTES, 0);
    if style == Style::Ovftool {
        hosted::DIRECTORY.put(&mut file, place);
    }
    file
}

/// A monolithicSparse file of `disk` with one grain directory, its tables at the front.
pub(super) fn sparse(disk: &[u8], text: &str) -> Vec<u8> {
    let directory_sector = 21_usize;
    let mut file = front(&header(disk.len(), directory_sector as u64), text);
    let tables = disk.len().div_ceil(GRAIN * ENTRIES);
    for index in 0..tables {
        let sector = directory_sector + 1 + index * 4;
        file[directory_sector * SECTOR_BYTES + index * 4..][..4]
            .copy_from_slice(&(sector as u32).to_le_bytes());
    }
    for (at, grain) in grains(disk) {
        let place = pad(&mut file) as u32;
        file.extend_from_slice(grain);
        file.resize(file.len().next_multiple_of(GRAIN), 0);
        let entry = (directory_sector + 1) * SECTOR_BYTES + at * 4;
        file[entry..entry + 4].copy_from_slice(&place.to_le_bytes());
    }
    file
}

/// The place in a file of [`sparse`] of the grain table entry of `grain`.
pub(super) fn sparse_entry(grain: usize) -> usize {
    22 * SECTOR_BYTES + grain * 4
}
