//! Physical volumes built by hand.

use super::*;
use crate::guest::disks_for_tests::{MIB, Random, SparseDisk};

const ID: &str = "abcdef0123456789ABCDEFGHIJKLMNOP";
const AREA: u64 = 4096;
const AREA_BYTES: u64 = MIB - AREA;

/// Extents of 4 MiB from 1 MiB on. `root` lies in two pieces, the second before the first; `striped` in stripes.
const TEXT: &str = r#"contents = "Text Format Volume Group" # a comment
vg {
  id = "group-id"
  status = ["RESIZEABLE", "READ", "WRITE"]
  extent_size = 8192
  physical_volumes {
    pv0 { id = "abcdef-0123-4567-89AB-CDEF-GHIJ-KLMNOP" device = "/dev/\"sda\"" pe_start = 2048 pe_count = 8 }
  }
  logical_volumes {
    root {
      status = ["READ", "WRITE", "VISIBLE"]
      creation_time = 1700000000
      segment_count = 2
      segment1 { start_extent = 0 extent_count = 1 type = "striped" stripe_count = 1 stripes = [ "pv0", 3 ] }
      segment2 { start_extent = 1 extent_count = 2 type = "striped" stripe_count = 1 stripes = [ "pv0", 0 ] }
    }
    fast {
      status = ["VISIBLE"]
      segment_count = 1
      segment1 { start_extent = 0 extent_count = 2 type = "striped" stripe_count = 2 stripes = [ "pv0", 4, "pv1", 0 ] }
    }
    hidden { status = ["READ"] segment_count = 1
      segment1 { start_extent = 0 extent_count = 1 type = "striped" stripe_count = 1 stripes = [ "pv0", 4 ] } }
  }
}
"#;

/// `start` is where in the ring of the metadata area the text begins.
fn disk(text: &str, start: u64) -> SparseDisk {
    let mut label = vec![0; 512];
    label[..8].copy_from_slice(b"LABELONE");
    label[8] = 1;
    label[20] = 32;
    label[24..32].copy_from_slice(b"LVM2 001");
    label[32..64].copy_from_slice(ID.as_bytes());
    // Data from 1 MiB on, an end of that list, the metadata area, an end.
    label[72..80].copy_from_slice(&MIB.to_le_bytes());
    label[104..112].copy_from_slice(&AREA.to_le_bytes());
    label[112..120].copy_from_slice(&AREA_BYTES.to_le_bytes());
    let mut area = vec![0; 512];
    area[4..20].copy_from_slice(b" LVM2 x[5A%r0N*>");
    area[32..40].copy_from_slice(&AREA_BYTES.to_le_bytes());
    area[40..48].copy_from_slice(&start.to_le_bytes());
    area[48..56].copy_from_slice(&(text.len() as u64).to_le_bytes());
    let (first, wrapped) = text.as_bytes().split_at(text.len().min((AREA_BYTES - start) as usize));
    let mut disk = SparseDisk::new(64 * MIB);
    disk.put(512, &label).put(AREA, &area).put(AREA + 512, wrapped).put(AREA + start, first);
    disk
}

fn only_group(disk: &SparseDisk) -> Group {
    let mut groups = groups(&[physical_volume(&disk.source()).unwrap()]);
    assert_eq!(groups.len(), 1);
    groups.remove(0)
}

fn readable(disk: &SparseDisk) -> Vec<Source> {
    only_group(disk).volumes.into_iter().filter_map(|volume| volume.source).collect()
}

#[test]
fn a_linear_volume_is_read_across_its_segments() {
    let mut disk = disk(TEXT, 512);
    disk.put(MIB + 12 * MIB, b"first").put(MIB, b"second").put(MIB + 16 * MIB - 4, b"last");
    let root = &readable(&disk)[0];
    assert_eq!(root.size(), 12 * MIB);
    assert_eq!(read_vec(root.as_ref(), 0, 5).unwrap(), b"first");
    assert_eq!(read_vec(root.as_ref(), 4 * MIB - 4, 10).unwrap(), b"lastsecond");
    assert!(read_vec(root.as_ref(), 12 * MIB - 1, 2).is_err());
}

#[test]
fn every_visible_volume_is_listed_and_missing_disks_are_counted() {
    let group = only_group(&disk(TEXT, 512));
    assert_eq!((group.name.as_str(), group.members.as_slice(), group.missing), ("vg", &[0][..], 0));
    let listed: Vec<_> = group
        .volumes
        .iter()
        .map(|volume| (volume.name.as_str(), volume.size, volume.layout.as_str(), volume.source.is_some()))
        .collect();
    assert_eq!(listed, [("root", 12 * MIB, "linear", true), ("fast", 8 * MIB, "striped", false)]);
    let second = r#"pv1 { id = "000000-0000-0000-0000-0000-0000-000000" pe_start = 2048 } }
  logical_volumes {"#;
    let text = TEXT.replacen("}\n  logical_volumes {", second, 1);
    assert_eq!(only_group(&disk(&text, 512)).missing, 1);
}

#[test]
fn text_that_reaches_the_end_of_its_area_goes_on_at_its_beginning() {
    assert_eq!(readable(&disk(TEXT, AREA_BYTES - 300)).len(), 1);
}

#[test]
fn a_volume_on_a_disk_that_is_not_here_is_not_read() {
    let text = TEXT.replace("KLMNOP\"", "KLMNOX\"");
    assert!(readable(&disk(&text, 512)).is_empty());
}

#[test]
fn segments_with_a_gap_are_no_volume() {
    let text = TEXT.replace("start_extent = 1 ", "start_extent = 2 ");
    assert!(readable(&disk(&text, 512)).is_empty());
}

#[test]
fn text_that_breaks_the_grammar_is_refused() {
    for text in
        ["vg {", "vg }", "a = ", "a = [1, 2", "a = \"open", "= 1", &"a{".repeat(5000), &"a=[".repeat(10)]
    {
        assert_eq!(metadata::parse(text), None, "{text:.20}");
    }
}

#[test]
fn a_label_without_readable_metadata_is_an_error() {
    let mut disk = disk(TEXT, 512);
    disk.put(AREA, &[0; 512]);
    assert!(physical_volume(&disk.source()).is_err());
}

#[test]
fn mutated_metadata_never_panics() {
    let mut random = Random(11);
    for _ in 0..1000 {
        let mut disk = disk(TEXT, 512);
        for _ in 0..4 {
            let at = [512, AREA, AREA + 512][random.below(3) as usize] + random.below(900);
            disk.put(at, &random.next().to_le_bytes()[..1]);
        }
        if let Ok(physical) = physical_volume(&disk.source()) {
            for source in groups(&[physical]).iter().flat_map(|group| &group.volumes) {
                let _ = source.source.as_ref().map(|source| read_vec(source.as_ref(), 0, 512));
            }
        }
    }
}
