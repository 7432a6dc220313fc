//! A compressed grain that does not inflate: whose fault it is, and what is said of the disk.

use super::tests::mbr_disk;
use super::*;
use crate::image::{Depth, FileSet};
use crate::verdict::Verdict;
use std::rc::Rc;

const SECTOR: usize = 512;
const GRAIN: usize = 128 * SECTOR;

/// A streamOptimized VMDK of a disk with a partition, of which the grain with number `damaged` does not inflate.
fn stream_with_a_damaged_grain(damaged: usize) -> Vec<u8> {
    let extent = ["RW", "2048", "SPARSE", "\"a.vmdk\"\n"].join(" ");
    let lines = ["# Disk DescriptorFile", "version=1", "CID=12345678", "parentCID=ffffffff", &extent];
    let descriptor = lines.join("\n").into_bytes();
    let mut file = vec![0; 24 * SECTOR];
    file[..8].copy_from_slice(b"KDMV\x03\0\0\0");
    file[8..12].copy_from_slice(&0x3_0001_u32.to_le_bytes());
    // Capacity, grain size, descriptor, grain directory, overhead.
    for (offset, value) in [(12, 2048_u64), (20, 128), (28, 1), (36, 1), (56, 2), (64, 24)] {
        file[offset..offset + 8].copy_from_slice(&value.to_le_bytes());
    }
    file[44..48].copy_from_slice(&512_u32.to_le_bytes());
    file[73..79].copy_from_slice(b"\n \r\n\x01\0");
    file[SECTOR..SECTOR + descriptor.len()].copy_from_slice(&descriptor);
    file[2 * SECTOR..2 * SECTOR + 4].copy_from_slice(&4_u32.to_le_bytes());
    let mut disk = mbr_disk();
    disk[GRAIN..].fill(7);
    for (index, grain) in disk.chunks(GRAIN).enumerate() {
        let entry = 4 * SECTOR + 4 * index;
        let sector = u32::try_from(file.len() / SECTOR).unwrap();
        file[entry..entry + 4].copy_from_slice(&sector.to_le_bytes());
        let mut packed = miniz_oxide::deflate::compress_to_vec_zlib(grain, 6);
        if index == damaged {
            packed[..8].fill(0xFF);
        }
        file.extend_from_slice(&(128 * index as u64).to_le_bytes());
        file.extend_from_slice(&u32::try_from(packed.len()).unwrap().to_le_bytes());
        file.extend_from_slice(&packed);
        file.resize(file.len().next_multiple_of(SECTOR), 0);
    }
    file
}

fn report_of(file: Vec<u8>) -> Report {
    inspect(&FileSet::of("a.vmdk", Rc::new(file)), "a.vmdk", Depth::Complete).unwrap()
}

fn codes(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.code.as_str()).collect()
}

#[test]
fn a_damaged_grain_is_the_image_s_fault_and_refused_by_both_calls() {
    let whole = report_of(stream_with_a_damaged_grain(usize::MAX));
    assert!(!codes(&whole).contains(&"damaged-in-part"), "{:?}", codes(&whole));
    // The partition begins in the first grain; signatures further on are looked for in the second.
    let report = report_of(stream_with_a_damaged_grain(1));
    assert_eq!(codes(&report)[0], "damaged-in-part", "{:?}", codes(&report));
    assert!(!codes(&report).contains(&"volume-damaged"));
    assert_eq!(report.verdict.import_snapshot, Verdict::Refused);
    assert_eq!(report.verdict.import_image, Verdict::Refused);
}

#[test]
fn without_its_first_sector_nothing_is_said_of_what_lies_on_a_disk() {
    let report = report_of(stream_with_a_damaged_grain(0));
    assert_eq!(codes(&report), ["damaged", "volume-size"]);
    assert_eq!((report.partition_table, report.boot_mode), (None, None));
}
