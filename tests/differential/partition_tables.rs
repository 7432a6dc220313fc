//! Partition tables against `sfdisk --json`, over tables that sfdisk wrote from scripts drawn by lot.

use crate::tools::{Folder, Random, source};
use import_planner::guest::{Guest, GuestCondition, Partition, TableKind, examine};
use import_planner::image::Depth;
use serde_json::Value;
use std::fmt::Write as _;

const SECTOR: u64 = 512;
/// The disk's size in sectors: 3 TiB, beyond what an MBR can say.
const SECTORS: u64 = 3 << 31;

const GPT_TYPES: &[&str] = &[
    "C12A7328-F81F-11D2-BA4B-00A0C93EC93B",
    "0FC63DAF-8483-4772-8E79-3D69D8477DE4",
    "21686148-6449-6E6F-744E-656564454649",
    "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7",
    "E6D6D379-F507-44C2-A23C-238F2A3DF928",
    "01234567-89AB-CDEF-0123-456789ABCDEF",
];
const MBR_TYPES: &[&str] = &["83", "7", "c", "82", "8e", "ef", "fd", "a5"];

fn written(size: u64, script: &str) -> Folder {
    let folder = Folder::new();
    folder.sparse("disk", size);
    folder.run("sfdisk", &["-q", "--no-reread", "--no-tell-kernel", "disk"], script);
    folder
}

fn guest(folder: &Folder) -> Guest {
    examine(&source(&folder.path("disk")), Depth::Complete).expect("it is readable")
}

fn table(folder: &Folder) -> Value {
    let said = folder.run("sfdisk", &["--json", "disk"], "");
    let value: Value = serde_json::from_str(&said).expect("sfdisk prints JSON");
    value["partitiontable"].clone()
}

/// A partition in sfdisk's own words, in which both are compared.
#[derive(Debug, PartialEq)]
struct Row {
    index: u64,
    start: u64,
    size: u64,
    kind: String,
    name: String,
    bootable: bool,
}

fn of_sfdisk(partition: &Value) -> Row {
    let text = |key: &str| partition[key].as_str().unwrap_or_default().to_owned();
    let number = |key: &str| partition[key].as_u64().expect("a number");
    let index = text("node").trim_start_matches(|letter: char| !letter.is_ascii_digit()).parse();
    let bootable = partition["bootable"] == true || text("attrs").contains("LegacyBIOSBootable");
    Row {
        index: index.expect("the node ends in the number"),
        start: number("start") * SECTOR,
        size: number("size") * SECTOR,
        kind: text("type"),
        name: text("name"),
        bootable,
    }
}

fn of_ours(partition: &Partition) -> Row {
    let kind = partition.type_id.strip_prefix("0x");
    Row {
        index: partition.index.into(),
        start: partition.start,
        size: partition.size,
        kind: kind.map_or_else(|| partition.type_id.clone(), |kind| kind.trim_start_matches('0').to_owned()),
        name: partition.name.clone(),
        bootable: partition.active,
    }
}

fn assert_agree(folder: &Folder, kind: TableKind, script: &str) {
    let guest = guest(folder);
    assert_eq!(guest.table, kind, "{script}");
    let table = table(folder);
    let theirs = table["partitions"].as_array().cloned().unwrap_or_default();
    let mut theirs: Vec<Row> = theirs.iter().map(of_sfdisk).collect();
    let mut ours: Vec<Row> = guest.partitions.iter().map(of_ours).collect();
    theirs.sort_by_key(|row| row.index);
    ours.sort_by_key(|row| row.index);
    assert_eq!(ours, theirs, "{script}");
    // The EFI system partitions that are drawn are empty.
    let is_of_the_table =
        |condition: &&GuestCondition| !matches!(condition, GuestCondition::NoFallbackLoader);
    assert_eq!(guest.conditions.iter().find(is_of_the_table), None, "{script}");
}

#[test]
fn guid_partition_tables_are_read_as_sfdisk_reads_them() {
    for seed in 1..=16 {
        let mut random = Random::new(seed);
        let mut script = String::from("label: gpt\n");
        if seed % 4 == 0 {
            // More entries than the usual 128.
            script.push_str("table-length: 200\n");
        }
        // Numbers that are not in the order of the places, with gaps.
        let mut numbers: Vec<u64> = (1..=random.between(2, 40)).map(|number| number * 3 % 127 + 1).collect();
        let first = random.between(0, numbers.len() as u64) as usize;
        numbers.rotate_left(first);
        let mut start = 2048;
        for number in numbers {
            let size = random.between(1, 1 << 27);
            let kind = random.pick(GPT_TYPES);
            let attributes = if random.next().is_multiple_of(5) { ", attrs=LegacyBIOSBootable" } else { "" };
            let name =
                random.pick(&["", "root", "EFI system", "Größe €", "a name of thirty-six UTF-16 units: 123"]);
            let name: String = name.chars().take(36).collect();
            writeln!(
                script,
                "{number} : start={start}, size={size}, type={kind}, name=\"{name}\"{attributes}"
            )
            .expect("text grows");
            start += size + random.between(0, 10_000);
        }
        assert_agree(&written(SECTORS * SECTOR, &script), TableKind::Gpt, &script);
    }
}

#[test]
fn master_boot_records_are_read_as_sfdisk_reads_them() {
    for seed in 1..=16 {
        let mut random = Random::new(seed);
        let kind = |random: &mut Random| random.pick(MBR_TYPES);
        let mut script = String::from("label: dos\n");
        let primaries = random.between(0, 4);
        let active = random.between(1, 6);
        let mut start = 63;
        for number in 1..=primaries {
            let size = random.between(1, 1 << 28);
            let bootable = if number == active { ", bootable" } else { "" };
            let kind = kind(&mut random);
            writeln!(script, "{number} : start={start}, size={size}, type={kind}{bootable}")
                .expect("text grows");
            start += size + random.between(0, 5000);
        }
        // The extended one, of either type, and the chain in it.
        let extended = random.pick(&["5", "f", "85"]);
        let size = 1 << 30;
        writeln!(script, "4 : start={start}, size={size}, type={extended}").expect("text grows");
        for number in 5..5 + random.between(0, 25) {
            start += random.between(2048, 5000);
            let size = random.between(1, 1 << 24);
            let kind = kind(&mut random);
            writeln!(script, "{number} : start={start}, size={size}, type={kind}").expect("text grows");
            start += size;
        }
        assert_agree(&written(SECTORS * SECTOR, &script), TableKind::Mbr, &script);
    }
}

#[test]
fn a_table_of_either_kind_may_be_empty() {
    assert_agree(&written(1 << 30, "label: gpt\n"), TableKind::Gpt, "an empty GPT");
    assert_agree(&written(1 << 30, "label: dos\n"), TableKind::Mbr, "an empty MBR");
}

/// The GPT's backup alone: UEFI 2.10, 5.3.2 has it take the primary's place, and so do both.
#[test]
fn a_guid_partition_table_is_read_from_its_backup() {
    let folder = written(1 << 30, "label: gpt\n2048,100000,L\n,,L\n");
    folder.run("dd", &["if=/dev/zero", "of=disk", "bs=512", "seek=1", "count=33", "conv=notrunc"], "");
    let (ours, theirs) = (guest(&folder), table(&folder));
    assert_eq!(ours.table, TableKind::Gpt);
    let theirs: Vec<Row> =
        theirs["partitions"].as_array().expect("partitions").iter().map(of_sfdisk).collect();
    assert_eq!(ours.partitions.iter().map(of_ours).collect::<Vec<_>>(), theirs);
}

/// Where sfdisk is wrong: the boot sector of a FAT ends in 55 AA, too, and what lies at the place of the table is
/// code. "FAT: General Overview of On-Disk Format" 1.03, "Boot Sector and BPB", has no table there.
#[test]
fn sfdisk_takes_the_boot_sector_of_a_fat_for_a_table() {
    let folder = Folder::new();
    folder.sparse("disk", 64 << 20);
    folder.run("mkfs.vfat", &["-F", "32", "-s", "1", "disk"], "");
    assert_eq!(table(&folder)["label"], "dos");
    let guest = guest(&folder);
    assert_eq!((guest.table, guest.whole_disk.as_deref()), (TableKind::None, Some("fat32")));
}
