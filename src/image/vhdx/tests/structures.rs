//! Headers, region tables and metadata: two of each where there are two, and none that lies.

use super::super::super::guid::Guid;
use super::super::super::testing::{assert_holds, open_bytes};
use super::super::super::{Condition, Depth, Fault, Format, ReadError};
use super::builder::{BAT, DATA, Draft, METADATA, at, filled, put_item, seal};

fn sound() -> Vec<u8> {
    Draft { table: vec![at(0, 6), 0, at(1, 6)], data: vec![filled(5), filled(6)], ..Draft::default() }.build()
}

fn disk() -> Vec<u8> {
    [filled(5), filled(0), filled(6)].concat()
}

const HEADERS: [usize; 2] = [64 << 10, 128 << 10];
const REGIONS: [usize; 2] = [192 << 10, 256 << 10];

#[test]
fn one_bad_copy_of_a_structure_is_told_and_the_other_read() {
    let cases = [
        (HEADERS[0], "header 1"),
        (HEADERS[1], "header 2"),
        (REGIONS[0], "region table 1"),
        (REGIONS[1], "region table 2"),
    ];
    for (offset, structure) in cases {
        let mut file = sound();
        file[offset + 50] ^= 1;
        let opened = open_bytes(file, Depth::Complete);
        let reason = "its checksum is wrong".into();
        assert_eq!(
            opened.image.conditions,
            [Condition::BadCopy { structure, offset: offset as u64, reason }]
        );
        assert_holds(&opened.disk.unwrap(), &disk(), structure);
    }
}

#[test]
fn two_bad_copies_are_damage_but_the_size_is_told_where_it_can_be() {
    for (offsets, field) in [(HEADERS, "both headers"), (REGIONS, "both region tables")] {
        let mut file = sound();
        for offset in offsets {
            file[offset + 1000] ^= 1;
        }
        let opened = open_bytes(file, Depth::Complete);
        let [Condition::Damaged(error)] = &opened.image.conditions[..] else {
            panic!("{:?}", opened.image.conditions)
        };
        assert_eq!((error.fault, error.field), (Fault::Malformed, field));
        assert_eq!(opened.image.virtual_size, Some(3 << 20), "the size is told all the same");
        assert!(opened.disk.is_none());
    }
    // Neither without its signature nor without the metadata region does a table tell anything.
    for within in [0, 50] {
        let mut file = sound();
        for offset in REGIONS {
            file[offset + within] ^= 1;
        }
        let image = open_bytes(file, Depth::First).image;
        assert!(
            matches!(&image.conditions[..], [Condition::Damaged(error)] if error.field == "both region tables")
        );
        assert_eq!(image.virtual_size, None);
    }
}

#[test]
fn the_header_with_the_higher_number_is_current() {
    for current in [0, 1] {
        let mut file = sound();
        file[HEADERS[current] + 8] = 200;
        seal(&mut file);
        let fact = open_bytes(file, Depth::First).image.facts.remove(0);
        assert_eq!(fact.value, format!("at offset {}", HEADERS[current]));
    }
}

#[test]
fn what_is_unknown_and_required_is_refused_and_what_is_only_unknown_is_not() {
    let unknown = Guid([0x99; 16]);
    let item = |flags: u32| {
        let mut file = sound();
        file[METADATA + 10] = 6;
        put_item(&mut file, 5, unknown, 128 << 10, 8, flags);
        file
    };
    let region = |required: u8| {
        let mut file = sound();
        for table in REGIONS {
            file[table + 8] = 3;
            let entry = table + 16 + 64;
            file[entry..entry + 16].fill(0x99);
            file[entry + 16..entry + 24].copy_from_slice(&(64_u64 << 20).to_le_bytes());
            file[entry + 26] = 0x10;
            file[entry + 28] = required;
        }
        seal(&mut file);
        file
    };
    let version = |field: usize| {
        let mut file = sound();
        file[HEADERS[1] + field] = 2;
        file[HEADERS[1] + 48] = 1;
        seal(&mut file);
        file
    };
    let refused = [
        (item(4), "the required metadata item {99999999-9999-9999-9999-999999999999}"),
        (item(5), "the required metadata item {99999999-9999-9999-9999-999999999999}"),
        (region(1), "the required region {99999999-9999-9999-9999-999999999999}"),
        (version(66), "version 2 of the format"),
        (version(64), "version 2 of the log"),
    ];
    for (file, name) in refused {
        let opened = open_bytes(file, Depth::First);
        assert_eq!(opened.image.conditions, [Condition::UnknownFeature { name: name.into() }]);
        assert!(opened.disk.is_none(), "{name}");
        assert_eq!(opened.image.virtual_size, Some(3 << 20));
    }
    for file in [item(0), item(1), region(0)] {
        let opened = open_bytes(file, Depth::First);
        assert_eq!(opened.image.conditions, []);
        assert!(opened.disk.is_some());
    }
}

#[test]
fn values_that_break_the_rules_are_refused_with_the_field() {
    let item = |index: usize| METADATA + (64 << 10) + index * 4096;
    let cases: &[(usize, &[u8], Fault, &str)] = &[
        (item(0), &[0, 0, 0, 0], Fault::Malformed, "BlockSize"),
        (item(0), &[0, 0, 0x30, 0], Fault::Malformed, "BlockSize"),
        (item(0), &[0, 0, 0, 0x20], Fault::Malformed, "BlockSize"),
        (item(1), &[0; 8], Fault::Malformed, "VirtualDiskSize"),
        (item(1), &[0, 0, 0, 0, 0, 0x41, 0, 0], Fault::OverLimit, "VirtualDiskSize"),
        (item(1), &[0, 0, 0, 0, 0, 0x40, 0, 0], Fault::Malformed, "block allocation table"),
        (item(3), &[0, 4], Fault::Malformed, "LogicalSectorSize"),
        (METADATA, b"x", Fault::Malformed, "metadata table"),
        (METADATA + 10, &[0xFF, 0xFF], Fault::Malformed, "metadata table"),
        (METADATA + 48, &[0, 0, 0, 0], Fault::Malformed, "file parameters"),
        (METADATA + 48, &[0, 0, 0, 0xFF], Fault::Malformed, "file parameters"),
        (METADATA + 52, &[2, 0, 0, 0], Fault::Malformed, "BlockSize"),
        (REGIONS[0] + 16, &[0], Fault::Malformed, "region table"),
        (REGIONS[0] + 8, &[0xFF, 0xFF], Fault::Malformed, "EntryCount"),
        (REGIONS[0] + 32, &[1], Fault::Malformed, "region table"),
        (REGIONS[0] + 64, &[0, 0, 0x20], Fault::Malformed, "region table"),
    ];
    for (offset, bytes, fault, field) in cases {
        let mut file = sound();
        file[*offset..offset + bytes.len()].copy_from_slice(bytes);
        if *offset == REGIONS[0] + 16 {
            file[offset + 28] = 0;
        }
        seal(&mut file);
        let opened = open_bytes(file, Depth::Complete);
        let Some(Condition::Damaged(error)) = opened.image.conditions.last() else {
            panic!("{field} at {offset}: {:?}", opened.image.conditions)
        };
        assert_eq!((error.fault, error.field), (*fault, *field), "{error}");
        assert!(opened.disk.is_none());
    }
}

#[test]
fn a_table_that_says_what_cannot_be_is_damage() {
    let data = DATA as u64;
    for (word, reason) in [
        (5, "block 1 is in the state 5, which it cannot have"),
        (data | 7, "block 1 is in the state 7, which it cannot have"),
        (data | 6, "two blocks share the bytes at offset 4194304"),
        (6, "a block at offset 0 lies over the header section"),
        (BAT as u64 | 6, "a block at offset 2097152 lies over the block allocation table"),
    ] {
        let mut file = sound();
        file[BAT + 8..BAT + 16].copy_from_slice(&word.to_le_bytes());
        let opened = open_bytes(file, Depth::Complete);
        let [Condition::Damaged(error)] = &opened.image.conditions[..] else {
            panic!("{reason}: {:?}", opened.image.conditions)
        };
        assert_eq!((error.field, &*error.reason), ("block allocation table", reason));
        // The other blocks can be read all the same.
        opened.disk.unwrap().read_at(0, &mut [0; 512]).unwrap();
    }
}

#[test]
fn a_file_that_is_cut_says_how_long_it_should_be() {
    let sound = sound();
    let cut = |length: usize| open_bytes(sound[..length].to_vec(), Depth::First);
    let truncated =
        |structure: &'static str, needed: u64| [Condition::Truncated { structure, needed: Some(needed) }];
    let opened = cut(sound.len() - 4096);
    assert_eq!(opened.image.conditions, truncated("blocks", sound.len() as u64));
    let disk = opened.disk.unwrap();
    disk.read_at(0, &mut [0; 512]).unwrap();
    let error = disk.read_at((3 << 20) - 512, &mut [0; 512]).unwrap_err();
    assert!(matches!(error, ReadError::Corrupt { offset: 3_145_216, .. }), "{error}");
    assert_eq!(cut(512 << 10).image.conditions, truncated("metadata region", 4 << 20));
    for length in [4096, 64 << 10] {
        let image = cut(length).image;
        assert_eq!(image.format, Format::Vhdx);
        assert_eq!(image.conditions, [Condition::Truncated { structure: "header", needed: None }]);
    }
}

#[test]
fn a_raw_disk_that_begins_with_the_signature_is_no_vhdx() {
    let mut raw = vec![0; 1 << 20];
    raw[..8].copy_from_slice(b"vhdxfile");
    assert_eq!(open_bytes(raw, Depth::First).image.format, Format::Raw);
    let mut file = sound();
    file[446..462].copy_from_slice(&[0x80, 0, 2, 0, 0x83, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0]);
    file[510..512].copy_from_slice(b"\x55\xaa");
    assert_eq!(open_bytes(file, Depth::First).image.format, Format::Raw);
}
