//! Bytes that mean no good, and bytes that were damaged on the way.

use super::build::{GRAIN, Put, Style, descriptor, sparse, sparse_entry, stream};
use super::*;
use crate::image::vmdk::layout::hosted;
use crate::image::{Fault, ReadError};

const SIZE: usize = 4 << 20;

fn text() -> String {
    descriptor("monolithicSparse", &format!("RW {} SPARSE \"d.vmdk\"", SIZE / 512), "")
}

fn sample() -> Vec<u8> {
    sparse(&sample_disk(SIZE), &text())
}

#[test]
fn a_raw_disk_that_begins_like_a_vmdk_is_none() {
    let mut sector = vec![0; 4096];
    sector[446 + 4] = 0x83;
    sector[510..512].copy_from_slice(&[0x55, 0xAA]);
    for beginning in
        [&sample()[..79], b"KDMV\x01\0\0\0", b"COWD\x01\0\0\0", b"version=1\nCID=1\nparentCID=1\n"]
    {
        sector[..79].fill(0);
        sector[..beginning.len()].copy_from_slice(beginning);
        assert!(!is_recognised(&sector));
    }
    let boot_sector_without_table = {
        sector[446..510].fill(0);
        sector[..79].fill(0);
        sector[..8].copy_from_slice(b"KDMV\x01\0\0\0");
        sector
    };
    assert!(!is_recognised(&boot_sector_without_table));
}

#[test]
fn a_bare_flat_file_is_no_vmdk() {
    assert!(!is_recognised(&sample_disk(1 << 20)));
    assert!(!is_recognised(b""));
}

#[test]
fn damage_by_a_text_mode_transfer_is_recognised_and_named() {
    let mut file = sample();
    file[73..77].copy_from_slice(b"\n \n\n");
    assert!(is_recognised(&file));
    let opened = open(&file);
    assert_eq!(opened.image.conditions, [Condition::TextModeDamage]);
    assert!(opened.disk.is_none());
    // With the bytes that each line end gets, the field behind the mark is moved: it says an algorithm that there is not.
    for stream in [false, true] {
        let mut file = sample();
        if stream {
            file[8..12].copy_from_slice(&0x3_0001_u32.to_le_bytes());
            file[77] = 1;
        }
        let translated: Vec<u8> = file
            .iter()
            .flat_map(|byte| if *byte == b'\n' { vec![b'\r', b'\n'] } else { vec![*byte] })
            .collect();
        assert_eq!(open(&translated).image.conditions[0], Condition::TextModeDamage);
    }
}

#[test]
fn a_header_that_cannot_be_is_refused_with_its_field() {
    let refused = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut file = sample();
        change(&mut file);
        assert!(is_recognised(&file));
        let opened = open(&file);
        assert!(opened.disk.is_none());
        damaged(&opened)
    };
    assert_eq!(refused(&|file| hosted::VERSION.put(file, 4)), Some("version"));
    assert_eq!(refused(&|file| hosted::VERSION.put(file, 0)), Some("version"));
    for grain in [0, 3, 1 << 40, u64::MAX] {
        assert_eq!(refused(&|file| hosted::GRAIN_SIZE.put(file, grain)), Some("grainSize"));
    }
    for entries in [0, 513, u32::MAX] {
        assert_eq!(refused(&|file| hosted::ENTRIES_PER_TABLE.put(file, entries)), Some("numGTEsPerGT"));
    }
    for capacity in [u64::MAX, 1 << 50] {
        assert_eq!(refused(&|file| hosted::CAPACITY.put(file, capacity)), Some("capacity"));
    }
    for directory in [0, u64::MAX / 2] {
        assert_eq!(refused(&|file| hosted::DIRECTORY.put(file, directory)), Some("gdOffset"));
    }
    assert_eq!(refused(&|file| hosted::DIRECTORY.put(file, 1 << 40)), Some("grain directory"));
}

#[test]
fn a_version_that_is_not_known_is_no_ones_fault() {
    let mut file = sample();
    hosted::VERSION.put(&mut file, 9);
    let opened = open(&file);
    let is_unsupported =
        |found: &Condition| matches!(found, Condition::Damaged(error) if error.fault == Fault::Unsupported);
    assert!(opened.image.conditions.iter().any(is_unsupported));
    assert_eq!(opened.image.virtual_size, Some(SIZE as u64));
}

#[test]
fn a_file_is_cut_wherever_it_ends_before_its_highest_grain() {
    let file = sample();
    for (len, structure) in [
        (40, "header"),
        (512, "metadata before the grains"),
        (5000, "metadata before the grains"),
        (GRAIN + 512, "grain"),
        (file.len() - GRAIN, "grain"),
    ] {
        let opened = open(&file[..len]);
        assert_eq!(truncated(&opened).map(|(structure, _)| structure), Some(structure), "{len} bytes");
        assert_eq!(opened.image.subformat.is_some(), len > 40);
    }
    assert_eq!(truncated(&open(&file)), None);
}

#[test]
fn a_table_that_leads_out_of_the_file_is_found_in_the_first_pass() {
    let mut file = sample();
    let beyond = (file.len() / 512) as u32;
    file[21 * 512..21 * 512 + 4].copy_from_slice(&beyond.to_le_bytes());
    let (opened, _) = open_first(&file);
    assert_eq!(truncated(&opened).map(|(structure, _)| structure), Some("grain table"));
    assert!(matches!(opened.disk.unwrap().read_at(0, &mut [0]), Err(ReadError::Corrupt { .. })));
}

#[test]
fn the_redundant_directory_takes_the_place_of_a_bad_one() {
    let disk = sample_disk(SIZE);
    let mut file = sparse(&disk, &text());
    let flags = hosted::FLAG_NEWLINE_TEST | hosted::FLAG_REDUNDANT;
    hosted::FLAGS.put(&mut file, flags);
    hosted::REDUNDANT_DIRECTORY.put(&mut file, 21);
    hosted::DIRECTORY.put(&mut file, 1 << 30);
    let opened = open(&file);
    assert!(matches!(opened.image.conditions[..], [Condition::BadCopy { structure: "grain directory", .. }]));
    assert_disk_is(&opened, &disk);
}

#[test]
fn two_entries_that_name_one_table_are_damage() {
    let disk = sample_disk(GRAIN * 512 * 2);
    let mut file = sparse(&disk, &text());
    file.copy_within(21 * 512..21 * 512 + 4, 21 * 512 + 4);
    assert_eq!(damaged(&open(&file)), Some("grain directory"));
}

#[test]
fn an_entry_of_1_stands_for_zeros() {
    let mut disk = sample_disk(SIZE);
    let mut file = sparse(&disk, &text());
    file[sparse_entry(63)..sparse_entry(64)].copy_from_slice(&1_u32.to_le_bytes());
    disk[63 * GRAIN..].fill(0);
    assert_disk_is(&open(&file), &disk);
}

#[test]
fn an_unclean_shutdown_is_reported_and_the_disk_is_read() {
    let mut file = sample();
    file[72] = 1;
    let opened = open(&file);
    assert!(matches!(opened.image.conditions[..], [Condition::NotClosed { .. }]));
    assert!(opened.disk.is_some());
}

#[test]
fn a_size_that_is_no_whole_number_of_sectors_is_reported() {
    let mut file = sample();
    file.push(0);
    assert_eq!(open(&file).image.conditions, [Condition::OddSize]);
}

#[test]
fn mutated_bytes_never_panic_and_never_take_long() {
    let disk = sample_disk(GRAIN * 600);
    let small = sample_disk(GRAIN * 5);
    let seeds = [
        sparse(&small, &text()),
        stream(&small, Style::Esx, &text()),
        stream(&disk, Style::Workstation, &text()),
        descriptor("custom", "RW 8 FLAT \"a\" 1\nRW 9 SPARSE \"b\"\nRW 7 ZERO", "").into_bytes(),
    ];
    let mut random = Random(0x5EED);
    let started = std::time::Instant::now();
    for round in 0..600_usize {
        let mut bytes = seeds[round % seeds.len()].clone();
        for _ in 0..=random.below(6) {
            // Most of the meaning lies at the front, in the tables and at the end.
            let reach = [100, 1500, 14_000, bytes.len() as u64][random.below(4) as usize];
            let at = random.below(reach.min(bytes.len() as u64)) as usize;
            let at = if random.below(5) == 0 { bytes.len() - 1 - at } else { at };
            let end = (at + 1 + random.below(8) as usize).min(bytes.len());
            let fill = [0, 1, 0xFF, random.next() as u8][random.below(4) as usize];
            bytes[at..end].fill(fill);
        }
        if random.below(4) == 0 {
            bytes.truncate(random.below(bytes.len() as u64) as usize);
        }
        let name = "disk.vmdk";
        let source: Source = Rc::new(bytes);
        let set = FileSet {
            files: ["disk.vmdk", "a", "b"]
                .map(|name| NamedSource { name: name.into(), source: Rc::clone(&source) })
                .to_vec(),
        };
        for depth in [Depth::First, Depth::Complete] {
            let opening = Opening { name, set: &set, depth, nesting: 0 };
            let Ok(opened) = (READER.open)(&source, &opening) else { continue };
            let Some(disk) = opened.disk else { continue };
            for _ in 0..4 {
                let offset = random.below(disk.size());
                let len = (disk.size() - offset).min(100_000) as usize;
                let _ = disk.read_at(offset, &mut vec![0; len]);
            }
        }
    }
    assert!(started.elapsed().as_secs() < 60, "{:?} for 600 files", started.elapsed());
}
