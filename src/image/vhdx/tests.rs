//! VHDX as qemu-img writes it, logs and differencing disks made of that, and bytes that nobody should write.

use super::super::testing::{
    Folder, assert_holds, image_of, open_bytes, open_first, source_disk, survives_mutations,
};
use super::super::{Condition, Depth, Fault, FileSet, Format, NamedSource, ReadError};
use super::layout::{FILE_PARAMETERS, Guid, LOGICAL_SECTOR_SIZE, PARENT_LOCATOR, VIRTUAL_DISK_SIZE};
use std::rc::Rc;

const MIB: usize = 1 << 20;
const HEADERS: [usize; 2] = [64 << 10, 128 << 10];
const REGIONS: [usize; 2] = [192 << 10, 256 << 10];

fn vhdx(options: &str) -> Vec<u8> {
    let folder = Folder::new();
    folder.write("disk.raw", &source_disk());
    let options = format!("log_size=1M,block_size=1M,{options}");
    folder.qemu_img(&["convert", "-f", "raw", "-O", "vhdx", "-o", &options, "disk.raw", "disk.vhdx"]);
    folder.read("disk.vhdx")
}

fn dynamic() -> Vec<u8> {
    vhdx("subformat=dynamic,block_state_zero=off")
}

fn seal(structure: &mut [u8]) {
    structure[4..8].fill(0);
    let checksum = crc32c::crc32c(structure);
    structure[4..8].copy_from_slice(&checksum.to_le_bytes());
}

fn change_headers(bytes: &mut [u8], change: impl Fn(&mut [u8])) {
    for at in HEADERS {
        change(&mut bytes[at..at + 4096]);
        seal(&mut bytes[at..at + 4096]);
    }
}

fn number(bytes: &[u8], at: usize) -> usize {
    usize::try_from(u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap())).unwrap()
}

/// Where the region with this GUID lies.
fn region(bytes: &[u8], guid: Guid) -> usize {
    let entries = bytes[REGIONS[0] + 16..].chunks_exact(32);
    number(entries.take(2).find(|entry| entry[..16] == guid).unwrap(), 16)
}

/// Where the metadata item with this ID lies.
fn item(bytes: &[u8], id: Guid) -> usize {
    let table = region(bytes, super::layout::METADATA_REGION);
    let entry = bytes[table + 32..].chunks_exact(32).take(8).find(|entry| entry[..16] == id).unwrap();
    table + u32::from_le_bytes(entry[16..20].try_into().unwrap()) as usize
}

fn bat(bytes: &[u8]) -> usize {
    region(bytes, super::layout::BAT_REGION)
}

#[test]
fn fixed_and_dynamic_images_hold_the_disk() {
    for subformat in ["fixed", "dynamic"] {
        for depth in [Depth::First, Depth::Complete] {
            let opened = open_bytes(vhdx(&format!("subformat={subformat},block_state_zero=off")), depth);
            let image = opened.image;
            assert_eq!((image.format, image.subformat.as_deref()), (Format::Vhdx, Some(subformat)));
            assert_eq!(image.conditions, []);
            assert!(image.creator.is_some_and(|creator| creator.starts_with("QEMU")));
            assert_holds(&opened.disk.unwrap(), &source_disk(), subformat);
        }
    }
}

#[test]
fn blocks_in_the_state_zero_are_told_in_the_complete_pass() {
    let bytes = vhdx("subformat=dynamic,block_state_zero=on");
    assert_eq!(open_bytes(bytes.clone(), Depth::First).image.conditions, []);
    let opened = open_bytes(bytes, Depth::Complete);
    assert_eq!(opened.image.conditions, [Condition::UnusualBlocks { state: "ZERO" }]);
    assert_holds(&opened.disk.unwrap(), &source_disk(), "state ZERO");
}

#[test]
fn of_two_headers_the_good_one_is_believed() {
    for (at, structure) in HEADERS.into_iter().zip(["header 1", "header 2"]) {
        let mut bytes = dynamic();
        bytes[at + 100] ^= 1;
        let opened = open_bytes(bytes, Depth::First);
        assert!(matches!(opened.image.conditions[..],
            [Condition::BadCopy { structure: bad, .. }] if bad == structure));
        assert_holds(&opened.disk.unwrap(), &source_disk(), structure);
    }
}

#[test]
fn two_bad_headers_leave_the_size_and_no_disk() {
    let mut bytes = dynamic();
    for at in HEADERS {
        bytes[at + 100] ^= 1;
    }
    let opened = open_bytes(bytes, Depth::First);
    assert!(matches!(&opened.image.conditions[..], [Condition::Damaged(error)] if error.field == "header"));
    assert_eq!(opened.image.virtual_size, Some(source_disk().len() as u64));
    assert!(opened.disk.is_none());
}

#[test]
fn the_second_region_table_stands_in_for_the_first() {
    let mut bytes = dynamic();
    bytes[REGIONS[0] + 1000] ^= 1;
    let opened = open_bytes(bytes.clone(), Depth::First);
    assert!(matches!(opened.image.conditions[..], [Condition::BadCopy { structure: "region table 1", .. }]));
    assert_holds(&opened.disk.unwrap(), &source_disk(), "region table 2");
    bytes[REGIONS[1] + 1000] ^= 1;
    let opened = open_bytes(bytes, Depth::First);
    assert!(
        matches!(&opened.image.conditions[..], [Condition::Damaged(error)] if error.field == "region table")
    );
    assert!(opened.disk.is_none());
}

#[test]
fn what_is_required_but_unknown_is_refused() {
    let mut region = dynamic();
    for at in REGIONS {
        region[at + 8] = 3;
        region[at + 16 + 64..at + 16 + 80].fill(7);
        region[at + 16 + 92] = 1;
        seal(&mut region[at..at + (64 << 10)]);
    }
    let mut metadata = dynamic();
    let table = super::layout::METADATA_REGION;
    let table = self::region(&metadata, table);
    let count = usize::from(metadata[table + 10]);
    metadata[table + 10] += 1;
    metadata[table + 32 * (count + 1)..][..16].fill(7);
    metadata[table + 32 * (count + 1) + 24] = 4;
    for bytes in [region, metadata] {
        let opened = open_bytes(bytes, Depth::First);
        assert!(matches!(opened.image.conditions[..], [Condition::UnknownFeature { .. }]));
        assert!(opened.disk.is_none());
    }
}

#[test]
fn a_log_guid_without_entries_does_no_harm() {
    let mut bytes = dynamic();
    change_headers(&mut bytes, |header| header[48..64].fill(5));
    let opened = open_bytes(bytes, Depth::Complete);
    assert_eq!(opened.image.conditions, []);
    assert_holds(&opened.disk.unwrap(), &source_disk(), "empty log");
}

/// A disk whose table lost its first sector, which is only in the log still; the entry lies across the ring's end.
fn unclosed() -> Vec<u8> {
    const SEQUENCE: u64 = 0x1_0000_0007;
    let mut bytes = dynamic();
    change_headers(&mut bytes, |header| header[48..64].fill(5));
    let length = bytes.len() as u64;
    let table = bat(&bytes);
    let sector = bytes[table..table + 4096].to_vec();
    bytes[table..table + 4096].fill(0);
    let mut entry = vec![0; 8192];
    entry[..4].copy_from_slice(b"loge");
    entry[8..12].copy_from_slice(&8192_u32.to_le_bytes());
    entry[12..16].copy_from_slice(&(MIB as u32 - 4096).to_le_bytes());
    entry[16..24].copy_from_slice(&SEQUENCE.to_le_bytes());
    entry[24] = 1;
    entry[32..48].fill(5);
    entry[48..56].copy_from_slice(&length.to_le_bytes());
    entry[56..64].copy_from_slice(&length.to_le_bytes());
    entry[64..68].copy_from_slice(b"desc");
    entry[68..72].copy_from_slice(&sector[4092..]);
    entry[72..80].copy_from_slice(&sector[..8]);
    entry[80..88].copy_from_slice(&(table as u64).to_le_bytes());
    entry[88..96].copy_from_slice(&SEQUENCE.to_le_bytes());
    entry[4096..].copy_from_slice(&sector);
    entry[4096..4100].copy_from_slice(b"data");
    entry[4100..4104].copy_from_slice(&1_u32.to_le_bytes());
    entry[8188..].copy_from_slice(&7_u32.to_le_bytes());
    seal(&mut entry);
    let log = number(&bytes, HEADERS[0] + 72);
    bytes[log + MIB - 4096..log + MIB].copy_from_slice(&entry[..4096]);
    bytes[log..log + 4096].copy_from_slice(&entry[4096..]);
    bytes
}

#[test]
fn a_log_that_was_not_replayed_is_read_through() {
    let opened = open_bytes(unclosed(), Depth::Complete);
    let evidence = "a log that waits to be replayed";
    assert_eq!(opened.image.conditions, [Condition::NotClosed { evidence }]);
    assert_holds(&opened.disk.unwrap(), &source_disk(), "replayed log");
}

#[test]
fn a_log_entry_with_a_wrong_checksum_is_not_replayed() {
    let mut bytes = unclosed();
    let log = number(&bytes, HEADERS[0] + 72);
    bytes[log + 2000] ^= 1;
    let opened = open_bytes(bytes, Depth::Complete);
    assert_eq!(opened.image.conditions, []);
    assert_holds(&opened.disk.unwrap(), &vec![0; source_disk().len()], "table without the log");
}

#[test]
fn a_file_shorter_than_its_log_says_is_truncated() {
    let mut bytes = unclosed();
    let needed = bytes.len() as u64;
    bytes.truncate(bytes.len() - MIB);
    let told = Condition::Truncated { structure: "file that the log belongs to", needed: Some(needed) };
    assert!(open_bytes(bytes, Depth::First).image.conditions.contains(&told));
}

#[test]
fn sectors_of_4096_bytes_are_told_and_read() {
    let mut bytes = dynamic();
    let at = item(&bytes, LOGICAL_SECTOR_SIZE);
    bytes[at..at + 4].copy_from_slice(&4096_u32.to_le_bytes());
    let opened = open_bytes(bytes, Depth::Complete);
    assert!(opened.image.conditions.contains(&Condition::SectorSize { bytes: 4096 }));
    assert_holds(&opened.disk.unwrap(), &source_disk(), "4096-byte sectors");
}

#[test]
fn a_disk_over_64_tib_is_over_the_limit() {
    let mut bytes = dynamic();
    let at = item(&bytes, VIRTUAL_DISK_SIZE);
    bytes[at..at + 8].copy_from_slice(&(65_u64 << 40).to_le_bytes());
    let image = image_of(&bytes);
    assert!(matches!(&image.conditions[..], [Condition::Damaged(error)] if error.fault == Fault::OverLimit));
    assert_eq!(image.virtual_size, Some(65 << 40));
}

#[test]
fn a_file_that_was_cut_says_how_long_it_should_be() {
    let mut bytes = dynamic();
    let whole = bytes.len() as u64;
    bytes.truncate(bytes.len() - 2 * MIB);
    let opened = open_bytes(bytes, Depth::Complete);
    assert!(matches!(opened.image.conditions[..],
        [Condition::Truncated { structure: "blocks", needed: Some(needed) }] if needed <= whole));
}

#[test]
fn a_block_that_leads_out_of_the_file_is_corrupt() {
    let mut bytes = dynamic();
    let table = bat(&bytes);
    bytes[table + 6] = 0xFF;
    let disk = open_bytes(bytes, Depth::First).disk.unwrap();
    assert!(matches!(disk.read_at(512, &mut [0; 512]), Err(ReadError::Corrupt { offset: 512, .. })));
}

#[test]
fn the_signature_in_sector_0_of_a_raw_disk_makes_no_vhdx() {
    let mut disk = source_disk();
    disk[..8].copy_from_slice(b"vhdxfile");
    assert_ne!(image_of(&disk).format, Format::Vhdx);
}

/// A child of `parent` in which block 0 is the parent's, of block 1 each second sector is the child's and holds
/// 0xAB, block 2 is zero, and the others are the parent's.
fn child_of(parent: &[u8]) -> Vec<u8> {
    let current = HEADERS.into_iter().max_by_key(|at| number(parent, at + 8)).unwrap();
    let linkage = super::layout::guid_text(parent[current + 32..current + 48].try_into().unwrap());
    let mut child = parent.to_vec();
    change_headers(&mut child, |header| header[32..48].fill(9));
    let parameters = item(&child, FILE_PARAMETERS);
    child[parameters + 4] = 2;
    let table = bat(&child);
    child[table..table + 80].fill(0);
    let blocks = child.len().next_multiple_of(MIB);
    child.resize(blocks + 2 * MIB, 0xAB);
    child[table + 8..table + 16].copy_from_slice(&(blocks as u64 | 7).to_le_bytes());
    child[table + 16] = 2;
    // A bitmap for 4096 blocks of 1 MiB, of which block 1 has the second 256 bytes; the first sector's bit is the
    // lowest.
    let bitmap = blocks + MIB;
    child[bitmap..bitmap + MIB].fill(0);
    child[bitmap + 256..bitmap + 512].fill(0b0101_0101);
    child[table + 4096 * 8..table + 4097 * 8].copy_from_slice(&(bitmap as u64 | 6).to_le_bytes());
    let pairs = [("parent_linkage", format!("{{{linkage}}}")), ("relative_path", ".\\parent.vhdx".into())];
    let mut locator = vec![0; 20 + 24];
    locator[18] = 2;
    for (index, (key, value)) in pairs.iter().enumerate() {
        let entry = 20 + index * 12;
        for (text, offset_at, length_at) in [(*key, 0, 8), (value.as_str(), 4, 10)] {
            let text: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let start = u32::try_from(locator.len()).unwrap().to_le_bytes();
            locator[entry + offset_at..entry + offset_at + 4].copy_from_slice(&start);
            let length = u16::try_from(text.len()).unwrap().to_le_bytes();
            locator[entry + length_at..entry + length_at + 2].copy_from_slice(&length);
            locator.extend(text);
        }
    }
    let metadata = region(&child, super::layout::METADATA_REGION);
    let entry = metadata + 32 + 32 * usize::from(child[metadata + 10]);
    child[metadata + 10] += 1;
    child[entry..entry + 16].copy_from_slice(&PARENT_LOCATOR);
    child[entry + 16..entry + 20].copy_from_slice(&(512_u32 << 10).to_le_bytes());
    child[entry + 20..entry + 24].copy_from_slice(&u32::try_from(locator.len()).unwrap().to_le_bytes());
    child[entry + 24] = 4;
    child[metadata + (512 << 10)..][..locator.len()].copy_from_slice(&locator);
    child
}

#[test]
fn a_differencing_disk_reads_through_the_parent_that_it_was_made_of() {
    let parent = dynamic();
    let mut files = FileSet {
        files: vec![
            NamedSource { name: "child.avhdx".into(), source: Rc::new(child_of(&parent)) },
            NamedSource { name: "Parent.vhdx".into(), source: Rc::new(parent.clone()) },
        ],
    };
    let mut expected = source_disk();
    for sectors in expected[MIB..2 * MIB].chunks_exact_mut(1024) {
        sectors[..512].fill(0xAB);
    }
    expected[2 * MIB..3 * MIB].fill(0);
    let opened = open_first(&files, Depth::Complete);
    assert_eq!(opened.image.subformat.as_deref(), Some("differencing"));
    let found = opened.image.parent.unwrap();
    assert_eq!((found.name.as_str(), found.present), (".\\parent.vhdx", true));
    assert_holds(&opened.disk.unwrap(), &expected, "child");

    let mut written_since = parent;
    change_headers(&mut written_since, |header| header[32] ^= 1);
    files.files[1].source = Rc::new(written_since);
    let opened = open_first(&files, Depth::Complete);
    assert!(!opened.image.parent.unwrap().present);
    assert!(opened.disk.is_none());
}

#[test]
fn hostile_bytes_never_panic() {
    survives_mutations(&dynamic(), 5 * MIB, 100);
    let unclosed = unclosed();
    survives_mutations(&unclosed, 5 * MIB, 50);
    // Changes that a checksum would hide are made behind it: the metadata and the table have none.
    let metadata = region(&unclosed, super::layout::METADATA_REGION);
    let mut random = super::super::testing::Random::new(3);
    for _ in 0..100 {
        let mut bytes = unclosed.clone();
        for base in [metadata, metadata + (64 << 10), bat(&unclosed)] {
            bytes[base + random.below(300) as usize] = random.next() as u8;
        }
        if let Some(disk) = open_bytes(bytes, Depth::Complete).disk {
            let length = usize::try_from(disk.size().min(70_000)).unwrap();
            let _ = disk.read_at(0, &mut vec![0; length]);
        }
    }
}
