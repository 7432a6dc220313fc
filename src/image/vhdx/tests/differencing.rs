//! Differencing disks: what the parent is called, whether it fits, and reading through it.

use super::super::super::ReadError;
use super::builder::{BAT, BLOCK, Draft, at, filled, locator_of};
use super::{Condition, Depth, FileSet, NamedSource, Rc, assert_holds, open_bytes, open_first};

const PARENT_ID: &str = "{11111111-1111-1111-1111-111111111111}";

fn set(files: &[(&str, &[u8])]) -> FileSet {
    let file =
        |(name, bytes): &(&str, &[u8])| NamedSource { name: (*name).into(), source: Rc::new(bytes.to_vec()) };
    FileSet { files: files.iter().map(file).collect() }
}

fn parent(id: u8) -> Vec<u8> {
    let table = vec![at(0, 6), at(1, 6), at(2, 6)];
    let data = vec![filled(1), filled(2), filled(3)];
    Draft { table, data, data_write_id: id, ..Draft::default() }.build()
}

/// A child whose first block is its own in the sectors 0, 9 and 10, whose second is zero, and whose third is the
/// parent's.
fn child() -> Draft {
    // 2^23 sectors of 512 bytes are 4096 blocks of 1 MiB.
    let mut table = vec![0; 4097];
    table[0] = at(1, 7);
    table[1] = 2;
    table[4096] = at(0, 6);
    let mut bitmap = filled(0);
    bitmap[..2].copy_from_slice(&[0b0000_0001, 0b0000_0110]);
    let locator = locator_of(&[
        ("parent_linkage", PARENT_ID),
        ("relative_path", ".\\base.vhdx"),
        ("absolute_win32_path", "C:\\Disks\\base.vhdx"),
    ]);
    let data = vec![bitmap, filled(9)];
    Draft { flags: 2, locator: Some(locator), data_write_id: 2, table, data, ..Draft::default() }
}

fn expected() -> Vec<u8> {
    let mut first = filled(1);
    for sector in [0, 9, 10] {
        first[sector * 512..(sector + 1) * 512].fill(9);
    }
    [first, filled(0), filled(3)].concat()
}

#[test]
fn the_parent_is_read_where_the_child_has_nothing() {
    let (child, parent) = (child().build(), parent(0x11));
    for name in ["BASE.vhdx", "renamed.vhdx"] {
        let set = set(&[("child.avhdx", &child), ("other.bin", &[7; 4000]), (name, &parent)]);
        let opened = open_first(&set, Depth::Complete);
        assert_eq!(opened.image.conditions, [Condition::UnusualBlocks { state: "ZERO" }]);
        assert_eq!(opened.image.subformat.as_deref(), Some("differencing"));
        assert!(opened.image.parent.unwrap().present);
        assert_eq!(opened.image.allocated, std::slice::from_ref(&(0..3 << 20)));
        assert_holds(&opened.disk.unwrap(), &expected(), name);
    }
}

#[test]
fn the_bitmap_of_sectors_of_4096_bytes_has_a_bit_for_each_of_those() {
    let mut child = child();
    child.sector_size = 4096;
    child.table = vec![0; (1 << 15) + 1];
    child.table[0] = at(1, 7);
    child.table[1] = 2;
    child.table[1 << 15] = at(0, 6);
    let opened =
        open_first(&set(&[("child.vhdx", &child.build()), ("base.vhdx", &parent(0x11))]), Depth::First);
    let mut first = filled(1);
    for sector in [0, 9, 10] {
        first[sector * 4096..(sector + 1) * 4096].fill(9);
    }
    assert_holds(&opened.disk.unwrap(), &[first, filled(0), filled(3)].concat(), "4096");
}

#[test]
fn the_name_and_the_identity_are_told_when_the_parent_is_not_there() {
    let opened = open_bytes(child().build(), Depth::First);
    let parent = opened.image.parent.unwrap();
    assert_eq!((parent.name.as_str(), parent.present), (".\\base.vhdx", false));
    assert_eq!(parent.identity.as_deref(), Some("11111111-1111-1111-1111-111111111111"));
    assert!(opened.disk.is_none());
    let path = opened.image.facts.iter().find(|fact| fact.name == "absolute_win32_path").unwrap();
    assert_eq!(path.value, "C:\\Disks\\base.vhdx");
}

#[test]
fn a_disk_of_the_right_name_but_another_content_is_not_read() {
    let set = set(&[("child.vhdx", &child().build()), ("base.vhdx", &parent(0x33))]);
    let opened = open_first(&set, Depth::First);
    assert!(!opened.image.parent.unwrap().present);
    assert!(opened.disk.is_none());
    let remark = opened.image.facts.iter().find(|fact| fact.name == "parent").unwrap();
    assert!(remark.value.contains("33333333"), "{remark:?}");
}

#[test]
fn a_parent_that_is_cut_says_so_through_its_child() {
    let mut parent = parent(0x11);
    parent.truncate(2 << 20);
    let opened = open_first(&set(&[("child.vhdx", &child().build()), ("base.vhdx", &parent)]), Depth::First);
    assert!(opened.disk.is_none());
    assert!(matches!(opened.image.conditions[0], Condition::Truncated { structure: "metadata region", .. }));
}

#[test]
fn a_child_without_a_locator_or_with_an_unknown_one_is_refused() {
    let opened = open_bytes(Draft { locator: None, ..child() }.build(), Depth::First);
    let [Condition::Damaged(error)] = &opened.image.conditions[..] else {
        panic!("{:?}", opened.image.conditions)
    };
    assert_eq!(error.field, "parent locator");
    assert!(!opened.image.parent.unwrap().present);

    let mut locator = locator_of(&[("parent_linkage", PARENT_ID)]);
    locator[0] ^= 1;
    let child = Draft { locator: Some(locator), ..child() }.build();
    let opened = open_first(&set(&[("child.vhdx", &child), ("base.vhdx", &parent(0x11))]), Depth::First);
    assert!(opened.disk.is_none());
    assert!(opened.image.conditions.iter().any(|c| matches!(c, Condition::UnknownFeature { .. })));
}

#[test]
fn a_locator_that_points_outside_itself_gives_no_names() {
    let mut locator = locator_of(&[("parent_linkage", PARENT_ID), ("relative_path", "x")]);
    locator[20..24].fill(0xFF);
    locator[36..40].fill(0xFF);
    locator[18..20].fill(0xFF);
    let parent = open_bytes(Draft { locator: Some(locator), ..child() }.build(), Depth::First).image.parent;
    assert_eq!(parent.unwrap().name, "");
}

#[test]
fn a_block_that_is_partly_here_without_a_bitmap_is_corrupt() {
    let mut file = child().build();
    file[BAT + 4096 * 8..BAT + 4096 * 8 + 8].fill(0);
    let opened = open_first(&set(&[("child.vhdx", &file), ("base.vhdx", &parent(0x11))]), Depth::First);
    let disk = opened.disk.unwrap();
    assert!(matches!(disk.read_at(0, &mut [0; 512]), Err(ReadError::Corrupt { offset: 0, .. })));
    disk.read_at(2 * BLOCK as u64, &mut [0; 512]).unwrap();
}
