//! Puts the checksums of a file right. A fuzzer cannot guess a CRC, so without this what lies behind one is never
//! reached with changed values.

use crate::sparse::SparseFile;
use import_planner::image::ReadAt;
use import_planner::image::read_at::read_up_to;

/// Puts right the checksums of what is at the places where tar, VHD, VHDX and GPT keep theirs.
pub fn repair(file: &mut SparseFile) {
    tar(file);
    vhd(file);
    vhdx(file);
    gpt(file);
}

fn bytes_at(file: &SparseFile, offset: u64, len: usize) -> Vec<u8> {
    read_up_to(file, offset, len).unwrap_or_default()
}

/// The `N` bytes at `at` of a structure, or zeros beyond its end.
fn field<const N: usize>(structure: &[u8], at: usize) -> [u8; N] {
    structure.get(at..).and_then(|rest| rest.first_chunk()).copied().unwrap_or([0; N])
}

/// The sum of all bytes of a member's header, where its own checksum counts as blanks.
fn tar(file: &mut SparseFile) {
    const MEMBERS: usize = 64;
    let mut offset = 0_u64;
    for _ in 0..MEMBERS {
        let mut header = bytes_at(file, offset, 512);
        if field(&header, 257) != *b"ustar" {
            return;
        }
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        file.write_at(offset + 148, format!("{sum:06o}\0 ").as_bytes());
        let digits = String::from_utf8_lossy(&header[124..135]).into_owned();
        let Ok(size) = u64::from_str_radix(digits.trim_matches([' ', '\0']), 8) else { return };
        offset += 512 + size.next_multiple_of(512);
    }
}

/// The complement of the sum of the footer's and the dynamic header's bytes, big-endian.
fn vhd(file: &mut SparseFile) {
    let end = file.size().saturating_sub(512);
    for (offset, len, at) in [(0, 512, 64), (end, 512, 64), (512, 1024, 36)] {
        let mut structure = bytes_at(file, offset, len);
        if !structure.starts_with(b"conectix") && !structure.starts_with(b"cxsparse") {
            continue;
        }
        let Some(place) = structure.get_mut(at..at + 4) else { continue };
        place.fill(0);
        let sum = structure.iter().fold(0_u32, |sum, byte| sum.wrapping_add(u32::from(*byte)));
        file.write_at(offset + at as u64, &(!sum).to_be_bytes());
    }
}

/// CRC-32C over the headers, the region tables and the log's entries.
fn vhdx(file: &mut SparseFile) {
    const KIB: u64 = 1024;
    if !bytes_at(file, 0, 8).starts_with(b"vhdxfile") {
        return;
    }
    for (offset, len) in [(64 * KIB, 4096), (128 * KIB, 4096), (192 * KIB, 65_536), (256 * KIB, 65_536)] {
        castagnoli(file, offset, len);
        let header = bytes_at(file, offset, 80);
        if header.starts_with(b"head") {
            let length = u64::from(u32::from_le_bytes(field(&header, 68)));
            let log = u64::from_le_bytes(field(&header, 72));
            for at in (0..length.min(1 << 20)).step_by(4096) {
                let Some(entry) = log.checked_add(at) else { break };
                let head = bytes_at(file, entry, 12);
                let length = u32::from_le_bytes(field(&head, 8));
                if head.starts_with(b"loge") && length <= 1 << 20 {
                    castagnoli(file, entry, length as usize);
                }
            }
        }
    }
}

fn castagnoli(file: &mut SparseFile, offset: u64, len: usize) {
    let mut structure = bytes_at(file, offset, len);
    if let Some(place) = structure.get_mut(4..8) {
        place.fill(0);
        file.write_at(offset + 4, &crc32c::crc32c(&structure).to_le_bytes());
    }
}

/// CRC-32 over the entries, then over the header, of both copies, for both sizes of sectors.
fn gpt(file: &mut SparseFile) {
    for sector in [512, 4096] {
        for offset in [sector, file.size().saturating_sub(sector)] {
            let header = bytes_at(file, offset, 512);
            if !header.starts_with(b"EFI PART") {
                continue;
            }
            let first = u64::from_le_bytes(field(&header, 72)).saturating_mul(sector);
            let count = u64::from(u32::from_le_bytes(field(&header, 80)));
            let size = u64::from(u32::from_le_bytes(field(&header, 84)));
            let entries = bytes_at(file, first, (count * size).min(1 << 20) as usize);
            file.write_at(offset + 88, &crc32fast::hash(&entries).to_le_bytes());
            let length = u32::from_le_bytes(field(&header, 12)).min(512) as usize;
            let mut header = bytes_at(file, offset, length);
            if let Some(place) = header.get_mut(16..20) {
                place.fill(0);
                file.write_at(offset + 16, &crc32fast::hash(&header).to_le_bytes());
            }
        }
    }
}
