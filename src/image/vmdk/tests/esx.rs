use super::build::{Put, descriptor};
use super::*;
use crate::image::vmdk::layout::{cowd, sesparse};

const SIZE: usize = 5 << 20;

/// A delta in the copy-on-write form: grains of one sector, of which `disk` has those that are not zeros.
fn cowd_extent(disk: &[u8]) -> Vec<u8> {
    let tables = disk.len().div_ceil(512 * 4096);
    let mut file = vec![0; 2048 + 512];
    file[..4].copy_from_slice(b"COWD");
    cowd::VERSION.put(&mut file, 1);
    cowd::FLAGS.put(&mut file, 3);
    cowd::CAPACITY.put(&mut file, disk.len() as u32 / 512);
    cowd::GRAIN_SIZE.put(&mut file, 1);
    cowd::DIRECTORY.put(&mut file, 4);
    cowd::DIRECTORY_ENTRIES.put(&mut file, tables as u32);
    file[cowd::PARENT_NAME.offset..][..9].copy_from_slice(b"base.vmdk");
    for table in 0..tables {
        let sector = file.len() / 512;
        file[2048 + table * 4..][..4].copy_from_slice(&(sector as u32).to_le_bytes());
        let at = file.len();
        file.resize(at + 4096 * 4, 0);
        for (index, grain) in disk.chunks(512).skip(table * 4096).take(4096).enumerate() {
            if grain.iter().any(|byte| *byte != 0) {
                let sector = file.len() / 512;
                file[at + index * 4..][..4].copy_from_slice(&(sector as u32).to_le_bytes());
                file.extend_from_slice(grain);
            }
        }
    }
    file
}

/// A delta in the space-efficient form: grains of 4 KiB; one of zeros is stored where `zeroed` says.
fn sesparse_extent(disk: &[u8], zeroed: Option<usize>) -> Vec<u8> {
    let tables = disk.len().div_ceil(4096 * 4096);
    let mut file = vec![0; 1024];
    file[..8].copy_from_slice(&0xCAFE_BABE_u64.to_le_bytes());
    let grains_at = 3 + tables * 64;
    for (field, value) in [
        (sesparse::VERSION, sesparse::VERSION_2_1),
        (sesparse::CAPACITY, disk.len() as u64 / 512),
        (sesparse::GRAIN_SIZE, 8),
        (sesparse::TABLE_SIZE, 64),
        (sesparse::VOLATILE_HEADER, 1),
        (sesparse::DIRECTORY, 2),
        (sesparse::DIRECTORY_SIZE, 1),
        (sesparse::TABLES, 3),
        (sesparse::GRAINS, grains_at as u64),
    ] {
        field.put(&mut file, value);
    }
    file[512..520].copy_from_slice(&sesparse::VOLATILE_MAGIC_VALUE.to_le_bytes());
    for table in 0..tables as u64 {
        file.extend_from_slice(&(0x1000_0000_0000_0000 | table).to_le_bytes());
    }
    file.resize(grains_at * 512, 0);
    let mut stored = 0_u64;
    for (index, grain) in disk.chunks(4096).enumerate() {
        let entry = if zeroed == Some(index) {
            0x2000_0000_0000_0000
        } else if grain.iter().any(|byte| *byte != 0) {
            file.extend_from_slice(grain);
            stored += 1;
            let number = stored - 1;
            0x3000_0000_0000_0000 | ((number & 0xFFF) << 48) | (number >> 12)
        } else {
            0
        };
        let at = 3 * 512 + index * 8;
        file[at..at + 8].copy_from_slice(&entry.to_le_bytes());
    }
    file
}

/// A delta's descriptor over a parent of SIZE bytes whose CID is 123abc.
fn delta(create_type: &str, kind: &str) -> Vec<u8> {
    descriptor(create_type, &format!("RW {} {kind} \"delta-file.vmdk\"", SIZE / 512), "")
        .replace("parentCID=ffffffff", "parentCID=00123abc\nparentFileNameHint=\"/vmfs/volumes/x/base.vmdk\"")
        .into_bytes()
}

fn parent(disk: &[u8]) -> [(&'static str, Source); 2] {
    let text = descriptor("vmfs", &format!("RW {} VMFS \"base-flat.vmdk\"", SIZE / 512), "");
    [("base.vmdk", Rc::new(text.into_bytes())), ("base-flat.vmdk", Rc::new(disk.to_vec()))]
}

fn overlay(parent: &[u8], child: &[u8], grain: usize) -> Vec<u8> {
    let mut merged = parent.to_vec();
    for (index, bytes) in child.chunks(grain).enumerate() {
        if bytes.iter().any(|byte| *byte != 0) {
            merged[index * grain..][..bytes.len()].copy_from_slice(bytes);
        }
    }
    merged
}

#[test]
fn a_cowd_delta_is_read_through_its_parent() {
    let (base, changes) = (sample_disk(SIZE), sample_disk(SIZE - 512 * 77));
    let changes = [changes, vec![0; 512 * 77]].concat();
    let [descriptor_file, flat] = parent(&base);
    let files = [
        ("delta.vmdk", Rc::new(delta("vmfsSparse", "VMFSSPARSE")) as Source),
        ("delta-file.vmdk", Rc::new(cowd_extent(&changes))),
        descriptor_file,
        flat,
    ];
    let opened = open_set(&files, Depth::Complete);
    assert_eq!(opened.image.conditions, []);
    assert_eq!(opened.image.subformat.as_deref(), Some("vmfsSparse"));
    assert!(opened.image.parent.as_ref().unwrap().present);
    assert_disk_is(&opened, &overlay(&base, &changes, 512));
}

#[test]
fn an_sesparse_delta_is_read_through_its_parent_and_its_zeros_hide_the_parents_data() {
    let base = vec![0x11; SIZE];
    let mut changes = vec![0; SIZE];
    changes[4096 * 9..4096 * 12].fill(0x22);
    let [descriptor_file, flat] = parent(&base);
    let files = [
        ("delta.vmdk", Rc::new(delta("seSparse", "SESPARSE")) as Source),
        ("delta-file.vmdk", Rc::new(sesparse_extent(&changes, Some(20)))),
        descriptor_file,
        flat,
    ];
    let opened = open_set(&files, Depth::Complete);
    assert_eq!(opened.image.conditions, []);
    let mut expected = overlay(&base, &changes, 4096);
    expected[4096 * 20..4096 * 21].fill(0);
    assert_disk_is(&opened, &expected);
}

#[test]
fn an_esx_extent_alone_is_a_part_without_its_descriptor() {
    let disk = sample_disk(SIZE);
    for (file, subformat) in [(cowd_extent(&disk), "vmfsSparse"), (sesparse_extent(&disk, None), "seSparse")]
    {
        assert!(is_recognised(&file));
        let opened = open(&file);
        assert_eq!(opened.image.subformat.as_deref(), Some(subformat));
        assert_eq!(opened.image.virtual_size, Some(SIZE as u64));
        assert_eq!(opened.image.conditions, [Condition::LoneExtent]);
        assert!(opened.disk.is_none());
        assert!(!opened.image.allocated.is_empty());
    }
    let named = open(&cowd_extent(&disk)).image.parent.unwrap();
    assert_eq!((named.name.as_str(), named.present), ("base.vmdk", false));
}

#[test]
fn an_esx_extent_that_ends_before_its_highest_grain_is_cut() {
    let disk = sample_disk(SIZE);
    for file in [cowd_extent(&disk), sesparse_extent(&disk, None)] {
        let needed = file.len() as u64;
        let opened = open(&file[..file.len() - 100]);
        assert_eq!(truncated(&opened), Some(("grain", Some(needed))));
        let opened = open(&file[..1000]);
        assert!(truncated(&opened).is_some());
    }
}

#[test]
fn an_esx_extent_that_was_not_closed_says_so() {
    let disk = sample_disk(SIZE);
    let mut file = cowd_extent(&disk);
    cowd::UNCLEAN_SHUTDOWN.put(&mut file, 1);
    assert!(open(&file).image.conditions.iter().any(|found| matches!(found, Condition::NotClosed { .. })));
    let mut file = sesparse_extent(&disk, None);
    file[512 + 24] = 1;
    assert!(open(&file).image.conditions.iter().any(|found| matches!(found, Condition::NotClosed { .. })));
}

#[test]
fn an_unknown_version_of_an_esx_extent_is_refused() {
    let mut file = cowd_extent(&sample_disk(SIZE));
    cowd::VERSION.put(&mut file, 2);
    assert_eq!(damaged(&open(&file)), Some("version"));
    let mut file = sesparse_extent(&sample_disk(SIZE), None);
    sesparse::GRAIN_SIZE.put(&mut file, 16);
    assert_eq!(damaged(&open(&file)), Some("grainSize"));
}

#[test]
fn a_change_tracking_file_is_a_companion() {
    let file = [&[0xA2, 0x72, 0x19, 0xF6][..], &[0; 2000]].concat();
    assert!(is_recognised(&file));
    assert_eq!(open(&file).image.conditions, [Condition::Companion { kind: "change tracking file".into() }]);
}
