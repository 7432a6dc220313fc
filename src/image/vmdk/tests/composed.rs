use super::build::{descriptor, sparse};
use super::*;

const PART: usize = 3 << 20;

fn source(bytes: &[u8]) -> Source {
    Rc::new(bytes.to_vec())
}

/// A descriptor of three extents: sparse, zeros, and flat from sector 3 of its file on; and the disk.
fn three_extents() -> (Vec<(&'static str, Source)>, Vec<u8>) {
    let sectors = PART / 512;
    let lines = format!(
        "RW {sectors} SPARSE \"C:\\vm\\a disk-s001.vmdk\"\nRW {sectors} ZERO\nRW {sectors} FLAT \"A DISK-f002.vmdk\" 3"
    );
    let text = descriptor("custom", &lines, "");
    let (first, last) = (sample_disk(PART), sample_disk(PART - 512));
    let last = [last, vec![7; 512]].concat();
    let mut extent = sparse(&first, "");
    // A part of a split disk has no descriptor, and says so.
    extent[28..44].fill(0);
    let flat = [vec![0xEE; 3 * 512], last.clone()].concat();
    let files = vec![
        ("a disk.vmdk", source(text.as_bytes())),
        ("a disk-s001.vmdk", source(&extent)),
        ("a disk-f002.vmdk", source(&flat)),
    ];
    (files, [first, vec![0; PART], last].concat())
}

#[test]
fn extents_are_found_by_name_without_folders_and_case_and_put_together() {
    let (files, disk) = three_extents();
    for depth in [Depth::First, Depth::Complete] {
        let opened = open_set(&files, depth);
        assert_eq!(opened.image.conditions, []);
        assert_eq!(opened.image.subformat.as_deref(), Some("custom"));
        assert_eq!(opened.image.extents.iter().filter(|extent| extent.present).count(), 3);
        assert_disk_is(&opened, &disk);
    }
}

#[test]
fn extents_that_were_not_dropped_are_named_with_the_size_they_should_have() {
    let (files, disk) = three_extents();
    let opened = open_set(&files[..1], Depth::First);
    assert_eq!(opened.image.conditions, [Condition::ExtentsMissing]);
    assert_eq!(opened.image.virtual_size, Some(disk.len() as u64));
    assert!(opened.disk.is_none());
    let missing: Vec<_> = opened
        .image
        .extents
        .iter()
        .filter(|extent| !extent.present)
        .map(|extent| (extent.name.as_str(), extent.expected_file_size))
        .collect();
    let flat = Some(PART as u64 + 3 * 512);
    assert_eq!(missing, [(r"C:\vm\a disk-s001.vmdk", None), ("A DISK-f002.vmdk", flat)]);
}

#[test]
fn a_part_of_a_split_disk_alone_is_a_lone_extent() {
    let (files, _) = three_extents();
    let opened = open_set(&files[1..2], Depth::Complete);
    assert_eq!(opened.image.subformat.as_deref(), Some("extent"));
    assert_eq!(opened.image.conditions, [Condition::LoneExtent]);
    assert_eq!(opened.image.virtual_size, Some(PART as u64));
}

#[test]
fn a_flat_extent_that_is_too_short_is_cut() {
    let (mut files, _) = three_extents();
    files[2].1 = source(&vec![1; PART]);
    let opened = open_set(&files, Depth::First);
    assert_eq!(truncated(&opened), Some(("flat extent", Some(PART as u64 + 3 * 512))));
    let disk = opened.disk.unwrap();
    assert!(matches!(disk.read_at(disk.size() - 1, &mut [0]), Err(crate::image::ReadError::Corrupt { .. })));
}

#[test]
fn a_sparse_extent_that_is_smaller_than_its_line_says_is_damage() {
    let (mut files, _) = three_extents();
    files[1].1 = source(&sparse(&sample_disk(PART / 2), ""));
    let opened = open_set(&files, Depth::Complete);
    assert_eq!(damaged(&opened), Some("capacity"));
}

#[test]
fn the_same_sparse_file_in_many_lines_is_damage_and_costs_no_time() {
    let text = descriptor("twoGbMaxExtentSparse", &"RW 8 SPARSE \"s.vmdk\"\n".repeat(20_000), "");
    let files = [("d.vmdk", source(text.as_bytes())), ("s.vmdk", source(&sparse(&sample_disk(PART), "")))];
    let opened = open_set(&files, Depth::Complete);
    assert_eq!(damaged(&opened), Some("extent description"));
    assert_eq!(opened.image.conditions.len(), 1, "it is said once");
    assert!(opened.disk.is_none());
}

#[test]
fn names_in_another_encoding_find_the_one_file_that_fits() {
    let mut text = descriptor("monolithicFlat", "RW 8 FLAT \"d-??-flat.vmdk\"", "").into_bytes();
    let at = text.windows(2).position(|pair| pair == b"??").unwrap();
    text[at..at + 2].copy_from_slice(&[0xB4, 0xC5]);
    let files = [
        ("d.vmdk", source(&text)),
        ("d-\u{5927}-flat.vmdk", source(&[5; 4096])),
        ("other-flat.vmdk", source(&[6; 4096])),
    ];
    assert_disk_is(&open_set(&files, Depth::First), &[5; 4096]);
}

#[test]
fn pointers_to_devices_have_no_data_to_look_for() {
    for (create_type, line) in [
        ("vmfsRawDeviceMap", "RW 8 VMFSRDM \"x-rdm.vmdk\""),
        ("vmfsPassthroughRawDeviceMap", "RW 8 VMFSRDM \"x-rdmp.vmdk\""),
        ("fullDevice", "RW 8 FLAT \"/dev/sdb\" 0"),
        ("partitionedDevice", "RW 8 FLAT \"\\\\.\\PhysicalDrive0\" 0"),
    ] {
        let opened = open(descriptor(create_type, line, "").as_bytes());
        assert_eq!(opened.image.conditions, [Condition::DevicePointer], "{create_type}");
        assert_eq!(opened.image.subformat.as_deref(), Some(create_type));
        assert!(opened.disk.is_none());
    }
}

/// A delta over "base.vmdk" and the base itself, whose CID is 123abc.
fn delta_and_base(parent_id: &str) -> (Vec<(&'static str, Source)>, Vec<u8>) {
    let line = format!("RW {} SPARSE \"x.vmdk\"", PART / 512);
    let text = descriptor("monolithicSparse", &line, "");
    let base = vec![3; PART];
    let mut changes = vec![0; PART];
    changes[1 << 20..2 << 20].fill(4);
    let merged = [&base[..1 << 20], &changes[1 << 20..2 << 20], &base[2 << 20..]].concat();
    let child = text
        .replace("parentCID=ffffffff", &format!("parentCID={parent_id}\nparentFileNameHint=\"base.vmdk\""));
    let files =
        vec![("child.vmdk", source(&sparse(&changes, &child))), ("base.vmdk", source(&sparse(&base, &text)))];
    (files, merged)
}

#[test]
fn a_delta_is_read_through_its_parent() {
    let (files, disk) = delta_and_base("00123abc");
    let opened = open_set(&files, Depth::Complete);
    let parent = opened.image.parent.clone().unwrap();
    assert_eq!((parent.name.as_str(), parent.identity.as_deref()), ("base.vmdk", Some("00123abc")));
    assert!(parent.present);
    assert_eq!(opened.image.allocated, vec![0..PART as u64]);
    assert_disk_is(&opened, &disk);
}

#[test]
fn a_parent_that_is_missing_or_was_written_to_since_leaves_no_disk() {
    let (files, _) = delta_and_base("00123abc");
    let (stale, _) = delta_and_base("99999999");
    for files in [&files[..1], &stale] {
        let opened = open_set(files, Depth::First);
        assert!(!opened.image.parent.unwrap().present);
        assert!(opened.disk.is_none());
    }
}

#[test]
fn parents_that_build_on_each_other_in_a_circle_end() {
    let line = "RW 6144 SPARSE \"x.vmdk\"";
    let text = descriptor("monolithicSparse", line, "");
    let child_of = |name: &str| {
        let parent = format!("parentCID=123abc\nparentFileNameHint=\"{name}\"");
        source(&sparse(&sample_disk(PART), &text.replace("parentCID=ffffffff", &parent)))
    };
    let files = [("a.vmdk", child_of("b.vmdk")), ("b.vmdk", child_of("a.vmdk"))];
    assert!(open_set(&files, Depth::Complete).disk.is_none());
    assert!(open_set(&[("a.vmdk", child_of("a.vmdk"))], Depth::Complete).disk.is_none());
}

#[test]
fn sectors_of_4096_bytes_are_reported() {
    let text = descriptor("vmfs", "RW 8 VMFS \"a-flat.vmdk\"", "ddb.logicalSectorSize = \"4096\"\n");
    let opened = open(text.as_bytes());
    assert!(opened.image.conditions.contains(&Condition::SectorSize { bytes: 4096 }));
}
