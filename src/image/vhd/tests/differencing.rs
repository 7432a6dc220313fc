//! Differencing disks: what the parent is called, whether it fits, and reading through it.

use super::builder::{BLOCK, filled, fixed, name_parent, sparse};
use super::{Condition, Depth, FileSet, NamedSource, Rc, assert_holds, open_bytes, open_first};

fn set(files: &[(&str, &[u8])]) -> FileSet {
    let file =
        |(name, bytes): &(&str, &[u8])| NamedSource { name: (*name).into(), source: Rc::new(bytes.to_vec()) };
    FileSet { files: files.iter().map(file).collect() }
}

/// A child of the disk with the unique ID `parent`: its first block is its own in the sectors 0, 2 and 7, its
/// second its own in all, its third the parent's.
fn child(id: u8, parent: u8, name: &str) -> Vec<u8> {
    let mut file = sparse(4, id, &[Some((0b1010_0001, filled(9))), Some((0xFF, filled(8))), None]);
    name_parent(&mut file, parent, name, &[(b"W2ru", ".\\Base.vhd"), (b"W2ku", "C:\\Disks\\Base.vhd")]);
    file
}

fn parent(id: u8) -> Vec<u8> {
    fixed(&[filled(1), filled(2), filled(3)].concat(), id)
}

fn expected() -> Vec<u8> {
    let mut first = filled(1);
    for sector in [0, 2, 7] {
        first[sector * 512..(sector + 1) * 512].fill(9);
    }
    [first, filled(8), filled(3)].concat()
}

#[test]
fn the_parent_is_read_where_the_child_has_nothing() {
    let (child, parent) = (child(2, 1, "Base.vhd"), parent(1));
    for name in ["base.VHD", "renamed.vhd"] {
        let set = set(&[("child.vhd", &child), ("other.bin", &[7; 4000]), (name, &parent)]);
        for depth in [Depth::First, Depth::Complete] {
            let opened = open_first(&set, depth);
            assert_eq!(opened.image.conditions, []);
            assert_eq!(opened.image.subformat.as_deref(), Some("differencing"));
            assert!(opened.image.parent.unwrap().present);
            assert_holds(&opened.disk.unwrap(), &expected(), name);
        }
    }
}

#[test]
fn the_name_and_the_identity_are_told_when_the_parent_is_not_there() {
    for (unicode, name) in [("Base.vhd", "Base.vhd"), ("", ".\\Base.vhd")] {
        let opened = open_bytes(child(2, 1, unicode), Depth::First);
        let parent = opened.image.parent.unwrap();
        assert_eq!((parent.name.as_str(), parent.present), (name, false));
        assert_eq!(parent.identity.as_deref(), Some("01010101-0101-0101-0101-010101010101"));
        assert!(opened.disk.is_none());
        let path = opened.image.facts.iter().find(|fact| fact.name == "parent's absolute path");
        assert_eq!(path.unwrap().value, "C:\\Disks\\Base.vhd");
    }
}

#[test]
fn a_parent_without_a_name_is_called_by_its_identity() {
    let mut file = sparse(4, 2, &[None]);
    name_parent(&mut file, 1, "", &[]);
    let parent = open_bytes(file, Depth::First).image.parent.unwrap();
    assert_eq!(parent.name, "{01010101-0101-0101-0101-010101010101}");
}

#[test]
fn a_disk_of_the_right_name_but_another_identity_is_not_read() {
    let set = set(&[("child.vhd", &child(2, 1, "Base.vhd")), ("Base.vhd", &parent(5))]);
    let opened = open_first(&set, Depth::First);
    assert!(!opened.image.parent.unwrap().present);
    assert!(opened.disk.is_none());
    let remark = opened.image.facts.iter().find(|fact| fact.name == "parent").unwrap();
    assert!(remark.value.contains("05050505"), "{remark:?}");
}

#[test]
fn a_chain_is_read_to_its_end_and_a_gap_in_it_is_named() {
    let mut grandchild = sparse(4, 3, &[None, Some((0x80, filled(7))), None]);
    name_parent(&mut grandchild, 2, "child.vhd", &[]);
    let (child, parent) = (child(2, 1, "Base.vhd"), parent(1));
    let all = set(&[("top.vhd", &grandchild), ("Base.vhd", &parent), ("child.vhd", &child)]);
    let opened = open_first(&all, Depth::Complete);
    let mut whole = expected();
    whole[BLOCK..BLOCK + 512].fill(7);
    assert_holds(&opened.disk.unwrap(), &whole, "grandchild");

    let opened = open_first(&set(&[("top.vhd", &grandchild), ("child.vhd", &child)]), Depth::First);
    assert!(opened.disk.is_none());
    assert_eq!(opened.image.conditions, [Condition::ExternalData { name: "Base.vhd".into() }]);
}

#[test]
fn disks_that_are_each_others_parents_come_to_an_end() {
    let set = set(&[("a.vhd", &child(1, 2, "b.vhd")), ("b.vhd", &child(2, 1, "a.vhd"))]);
    let opened = open_first(&set, Depth::First);
    assert!(opened.disk.is_none());
    assert!(opened.image.conditions.iter().any(|condition| matches!(condition, Condition::Damaged(_))));
}

#[test]
fn what_child_and_parent_have_allocated_is_told_together() {
    let parent = sparse(3, 1, &[None, None, Some((0xFF, filled(3)))]);
    let mut child = sparse(4, 2, &[Some((0xFF, filled(1))), None, None]);
    name_parent(&mut child, 1, "Base.vhd", &[]);
    let opened = open_first(&set(&[("child.vhd", &child), ("Base.vhd", &parent)]), Depth::Complete);
    assert_eq!(opened.image.allocated, [0..4096, 8192..12_288]);
}
