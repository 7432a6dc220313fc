//! VDI as qemu-img writes it, differencing disks made of that, and bytes that nobody should write.

use super::super::testing::{Folder, assert_holds, cost_of_opening, open_bytes, open_first, source_disk};
use super::super::{Condition, Depth, Fault, FileSet, Format, NamedSource, ReadError};
use std::rc::Rc;

fn vdi(options: &str) -> Vec<u8> {
    let folder = Folder::new();
    folder.write("disk.raw", &source_disk());
    folder.qemu_img(&["convert", "-f", "raw", "-O", "vdi", "-o", options, "disk.raw", "disk.vdi"]);
    folder.read("disk.vdi")
}

#[test]
fn dynamic_and_static_images_hold_the_disk() {
    for (options, subformat) in [("static=off", "dynamic"), ("static=on", "static")] {
        for depth in [Depth::First, Depth::Complete] {
            let opened = open_bytes(vdi(options), depth);
            assert_eq!(
                (opened.image.format, opened.image.subformat.as_deref()),
                (Format::Vdi, Some(subformat))
            );
            assert_eq!(opened.image.conditions, []);
            assert_holds(&opened.disk.unwrap(), &source_disk(), subformat);
        }
    }
}

#[test]
fn what_is_allocated_is_told_in_the_complete_pass() {
    assert_eq!(open_bytes(vdi("static=off"), Depth::First).image.allocated, []);
    let allocated = open_bytes(vdi("static=off"), Depth::Complete).image.allocated;
    let mib = 1 << 20;
    assert_eq!(allocated, [0..3 * mib, 5 * mib..6 * mib, 8 * mib..9 * mib + 1536]);
}

/// A child of `parent` in which block 0 is free, block 1 zero, and block 2 is the parent's block 2 inverted.
fn child_of(parent: &[u8]) -> Vec<u8> {
    let mut child = parent.to_vec();
    child[0x4C] = 4;
    child[0x1A8..0x1B8].copy_from_slice(&parent[0x188..0x198]);
    child[0x188..0x198].fill(9);
    let map = u32::from_le_bytes(parent[0x154..0x158].try_into().unwrap()) as usize;
    let data = u32::from_le_bytes(parent[0x158..0x15C].try_into().unwrap()) as usize;
    let second = u32::from_le_bytes(parent[map + 8..map + 12].try_into().unwrap()) as usize;
    for entry in child[map..map + 40].chunks_exact_mut(4) {
        entry.fill(0xFF);
    }
    child[map + 4..map + 8].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    child[map + 8..map + 12].copy_from_slice(&(second as u32).to_le_bytes());
    let at = data + (second << 20);
    for byte in &mut child[at..at + (1 << 20)] {
        *byte = !*byte;
    }
    child
}

#[test]
fn a_differencing_disk_reads_through_the_parent_that_has_its_uuid() {
    let parent = vdi("static=off");
    let child = child_of(&parent);
    let named = |name: &str, bytes: &[u8]| NamedSource { name: name.into(), source: Rc::new(bytes.to_vec()) };
    let set = FileSet {
        files: vec![named("child.vdi", &child), named("other.raw", &[1; 600]), named("base.vdi", &parent)],
    };
    let opened = open_first(&set, Depth::Complete);
    let found = opened.image.parent.unwrap();
    assert_eq!((found.name.as_str(), found.present), ("base.vdi", true));
    let mut expected = source_disk();
    expected[1 << 20..2 << 20].fill(0);
    for byte in &mut expected[2 << 20..3 << 20] {
        *byte = !*byte;
    }
    assert_holds(&opened.disk.unwrap(), &expected, "child");

    let alone = open_bytes(child, Depth::Complete);
    let parent = alone.image.parent.unwrap();
    assert!(alone.disk.is_none() && !parent.present);
    assert_eq!(parent.name, format!("{{{}}}", parent.identity.unwrap()));
    assert_eq!(alone.image.subformat.as_deref(), Some("differencing"));
}

#[test]
fn a_file_that_is_cut_says_how_long_it_should_be() {
    let sound = vdi("static=off");
    for depth in [Depth::First, Depth::Complete] {
        let opened = open_bytes(sound[..sound.len() / 2].to_vec(), depth);
        let needed = Some(sound.len() as u64);
        assert_eq!(opened.image.conditions, [Condition::Truncated { structure: "blocks", needed }]);
        let disk = opened.disk.unwrap();
        let mut buf = [0; 512];
        disk.read_at(100_000, &mut buf).unwrap();
        assert!(matches!(disk.read_at(disk.size() - 512, &mut buf), Err(ReadError::Corrupt { .. })));
    }
    let opened = open_bytes(sound[..512].to_vec(), Depth::First);
    assert!(matches!(opened.image.conditions[..], [Condition::Truncated { structure: "block map", .. }]));
}

#[test]
fn headers_that_break_the_rules_are_refused_with_the_field() {
    let sound = vdi("static=off");
    let cases: &[(usize, &[u8], &str)] = &[
        (0x178, &[0, 0, 0, 0], "block size"),
        (0x178, &[1, 0, 0x10, 0], "block size"),
        (0x170, &[0xFF; 8], "blocks"),
        (0x17C, &[0xFF; 4], "block extra data"),
    ];
    for (offset, value, field) in cases {
        let mut bytes = sound.clone();
        bytes[*offset..offset + value.len()].copy_from_slice(value);
        let opened = open_bytes(bytes, Depth::Complete);
        let Some(Condition::Damaged(error)) = opened.image.conditions.last() else {
            panic!("{field}: {:?}", opened.image.conditions)
        };
        assert_eq!((error.fault, error.field), (Fault::Malformed, *field));
        assert!(opened.disk.is_none());
    }
}

#[test]
fn a_block_map_of_gigabytes_is_not_gone_through() {
    let mut head = vdi("static=off")[..4096].to_vec();
    head[0x154..0x15C].copy_from_slice(&[0, 2, 0, 0, 0, 0, 0, 1]);
    head[0x170..0x178].copy_from_slice(&(1_u64 << 39).to_le_bytes());
    head[0x178..0x17C].copy_from_slice(&512_u32.to_le_bytes());
    head[0x180..0x184].copy_from_slice(&(1_u32 << 30).to_le_bytes());
    assert!(cost_of_opening(head, 8 << 30) < 1 << 20);
}
