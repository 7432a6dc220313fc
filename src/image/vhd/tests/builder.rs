//! VHDs written by hand, for what qemu-img does not write.

use super::super::layout::{checksum, dynamic, footer, locator};

pub(super) const BLOCK: usize = 4096;
/// One sector: a bit for each of a block's eight sectors, and padding.
pub(super) const BITMAP: usize = 512;
pub(super) const TABLE: usize = 2048;
/// Where the first block lies: behind a table of one sector.
pub(super) const BLOCKS: usize = 2560;

/// A disk's footer. `kind` is 2 (fixed), 3 (dynamic) or 4 (differencing), `id` its unique ID's every byte.
pub(super) fn footer_of(kind: u8, size: u64, id: u8) -> Vec<u8> {
    let mut bytes = vec![0; footer::SIZE];
    bytes[..8].copy_from_slice(footer::COOKIE);
    bytes[11] = 2;
    bytes[13] = 1;
    bytes[16..24].fill(0xFF);
    if kind > 2 {
        bytes[16..24].copy_from_slice(&512_u64.to_be_bytes());
    }
    bytes[28..32].copy_from_slice(b"win ");
    bytes[40..48].copy_from_slice(&size.to_be_bytes());
    bytes[48..56].copy_from_slice(&size.to_be_bytes());
    bytes[63] = kind;
    bytes[68..84].fill(id);
    seal_footer(&mut bytes);
    bytes
}

/// Writes the right checksum into a footer that was changed.
pub(super) fn seal_footer(bytes: &mut [u8]) {
    let sum = checksum(&bytes[..footer::SIZE], &footer::CHECKSUM);
    bytes[64..68].copy_from_slice(&sum.to_be_bytes());
}

/// Writes the right checksum into the dynamic header of a file that was changed.
pub(super) fn seal_header(file: &mut [u8]) {
    let header = &mut file[512..512 + dynamic::SIZE];
    let sum = checksum(header, &dynamic::CHECKSUM);
    header[36..40].copy_from_slice(&sum.to_be_bytes());
}

/// The disk of `sectors` as a fixed VHD.
pub(super) fn fixed(disk: &[u8], id: u8) -> Vec<u8> {
    [disk, &footer_of(2, disk.len() as u64, id)].concat()
}

/// A dynamic or differencing disk of `blocks.len()` blocks, those that are there each with its bitmap.
pub(super) fn sparse(kind: u8, id: u8, blocks: &[Option<(u8, Vec<u8>)>]) -> Vec<u8> {
    let end = footer_of(kind, (blocks.len() * BLOCK) as u64, id);
    let mut file = end.clone();
    file.resize(BLOCKS, 0);
    file[512..520].copy_from_slice(dynamic::COOKIE);
    file[520..528].fill(0xFF);
    file[528..536].copy_from_slice(&(TABLE as u64).to_be_bytes());
    file[536..540].copy_from_slice(&0x0001_0000_u32.to_be_bytes());
    file[540..544].copy_from_slice(&(blocks.len() as u32).to_be_bytes());
    file[544..548].copy_from_slice(&(BLOCK as u32).to_be_bytes());
    seal_header(&mut file);
    file[TABLE..BLOCKS].fill(0xFF);
    for (index, block) in blocks.iter().enumerate() {
        if let Some((bitmap, data)) = block {
            let sector = (file.len() / 512) as u32;
            set_entry(&mut file, index, sector);
            file.push(*bitmap);
            file.resize(file.len() + BITMAP - 1, 0);
            file.extend_from_slice(data);
        }
    }
    file.extend_from_slice(&end);
    file
}

/// Sets an entry of the block allocation table to a number of sectors.
pub(super) fn set_entry(file: &mut [u8], index: usize, sector: u32) {
    file[TABLE + index * 4..TABLE + index * 4 + 4].copy_from_slice(&sector.to_be_bytes());
}

/// Names the parent of a differencing disk: its unique ID, its Unicode name, and the paths of its locators, whose
/// text is put before the footer at the end.
pub(super) fn name_parent(file: &mut Vec<u8>, id: u8, name: &str, paths: &[(&[u8; 4], &str)]) {
    let end = file.split_off(file.len() - 512);
    file[512 + 40..512 + 56].fill(id);
    for (at, unit) in name.encode_utf16().enumerate() {
        file[512 + 64 + at * 2..512 + 66 + at * 2].copy_from_slice(&unit.to_be_bytes());
    }
    for (index, (platform, path)) in paths.iter().enumerate() {
        let text: Vec<u8> = path.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let entry = 512 + 576 + index * locator::SIZE;
        let offset = file.len() as u64;
        file[entry..entry + 4].copy_from_slice(*platform);
        file[entry + 4..entry + 8].copy_from_slice(&512_u32.to_be_bytes());
        file[entry + 8..entry + 12].copy_from_slice(&(text.len() as u32).to_be_bytes());
        file[entry + 16..entry + 24].copy_from_slice(&offset.to_be_bytes());
        file.extend_from_slice(&text);
        file.resize(file.len().next_multiple_of(512), 0);
    }
    seal_header(file);
    file.extend_from_slice(&end);
}

/// A block of which every byte is `byte`.
pub(super) fn filled(byte: u8) -> Vec<u8> {
    vec![byte; BLOCK]
}
