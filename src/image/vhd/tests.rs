//! VHD as qemu-img writes it, differencing disks made of that, and bytes that nobody should write.

use super::super::testing::{
    Folder, assert_holds, image_of, open_bytes, open_first, source_disk, survives_mutations,
};
use super::super::{Condition, Depth, Fault, FileSet, Format, NamedSource, ReadError};
use super::layout::{FOOTER_CHECKSUM, HEADER_CHECKSUM, checksum};
use std::rc::Rc;

const BLOCK: usize = 2 << 20;

fn vhd(subformat: &str) -> Vec<u8> {
    let folder = Folder::new();
    folder.write("disk.raw", &source_disk());
    let options = format!("subformat={subformat},force_size=on");
    folder.qemu_img(&["convert", "-f", "raw", "-O", "vpc", "-o", &options, "disk.raw", "disk.vhd"]);
    folder.read("disk.vhd")
}

fn seal_footer(footer: &mut [u8]) {
    let sum = checksum(footer, FOOTER_CHECKSUM);
    footer[64..68].copy_from_slice(&sum.to_be_bytes());
}

/// Changes the footer at the end, and its copy at 0 where there is one, and makes their checksums right again.
fn with_footers(mut bytes: Vec<u8>, change: impl Fn(&mut [u8])) -> Vec<u8> {
    let end = bytes.len() - 512;
    for at in [0, end] {
        if bytes[at..].starts_with(b"conectix") {
            change(&mut bytes[at..at + 512]);
            seal_footer(&mut bytes[at..at + 512]);
        }
    }
    bytes
}

fn seal_header(bytes: &mut [u8]) {
    let sum = checksum(&bytes[512..1536], HEADER_CHECKSUM);
    bytes[548..552].copy_from_slice(&sum.to_be_bytes());
}

fn table_offset(bytes: &[u8]) -> usize {
    usize::try_from(u64::from_be_bytes(bytes[528..536].try_into().unwrap())).unwrap()
}

#[test]
fn fixed_and_dynamic_images_hold_the_disk() {
    for subformat in ["fixed", "dynamic"] {
        for depth in [Depth::First, Depth::Complete] {
            let opened = open_bytes(vhd(subformat), depth);
            let image = opened.image;
            assert_eq!((image.format, image.subformat.as_deref()), (Format::Vhd, Some(subformat)));
            assert_eq!(image.conditions, []);
            assert!(image.creator.is_some_and(|creator| creator.starts_with("QEMU")));
            assert_holds(&opened.disk.unwrap(), &source_disk(), subformat);
        }
    }
}

#[test]
fn what_is_allocated_is_told_in_the_complete_pass() {
    assert_eq!(open_bytes(vhd("dynamic"), Depth::First).image.allocated, []);
    let end = source_disk().len() as u64;
    assert_eq!(image_of(&vhd("dynamic")).allocated, [0..6 << 20, 8 << 20..end]);
}

#[test]
fn a_footer_of_511_bytes_is_found() {
    let mut bytes = vhd("fixed");
    bytes.pop();
    let opened = open_bytes(bytes, Depth::Complete);
    assert_eq!((opened.image.format, opened.image.conditions), (Format::Vhd, vec![]));
    assert_holds(&opened.disk.unwrap(), &source_disk(), "511-byte footer");
}

#[test]
fn bytes_behind_the_footer_are_counted() {
    for subformat in ["fixed", "dynamic"] {
        let mut bytes = vhd(subformat);
        bytes.extend([0; 1000]);
        let opened = open_bytes(bytes, Depth::Complete);
        assert_eq!(opened.image.format, Format::Vhd);
        assert_eq!(opened.image.conditions, [Condition::TrailingBytes { count: 1000 }], "{subformat}");
        assert_holds(&opened.disk.unwrap(), &source_disk(), subformat);
    }
}

#[test]
fn a_fixed_disk_with_a_wrong_checksum_is_recognised_by_its_place() {
    let mut bytes = vhd("fixed");
    let footer = bytes.len() - 512;
    bytes[footer + 64] ^= 1;
    let opened = open_bytes(bytes, Depth::First);
    let offset = footer as u64;
    assert_eq!(opened.image.conditions, [Condition::BadChecksum { structure: "footer", offset }]);
    assert!(opened.disk.is_some());
}

#[test]
fn of_two_footers_the_good_one_is_believed() {
    let good = vhd("dynamic");
    let end = good.len() - 512;
    for (at, structure) in [(0, "copy of the footer"), (end, "footer")] {
        let mut bytes = good.clone();
        bytes[at + 50] ^= 1;
        let opened = open_bytes(bytes, Depth::Complete);
        assert!(matches!(&opened.image.conditions[..],
            [Condition::BadCopy { structure: bad, offset, .. }] if *bad == structure && *offset == at as u64));
        assert_eq!(opened.image.virtual_size, Some(source_disk().len() as u64));
        assert_holds(&opened.disk.unwrap(), &source_disk(), structure);
    }
}

#[test]
fn a_copy_that_describes_another_disk_is_told() {
    let mut bytes = vhd("dynamic");
    bytes[70] ^= 1;
    seal_footer(&mut bytes[..512]);
    assert!(matches!(image_of(&bytes).conditions[..], [Condition::BadCopy { offset: 0, .. }]));
}

#[test]
fn a_dynamic_header_with_a_wrong_checksum_is_still_used() {
    let mut bytes = vhd("dynamic");
    bytes[548] ^= 1;
    let opened = open_bytes(bytes, Depth::Complete);
    let expected = [Condition::BadChecksum { structure: "dynamic header", offset: 512 }];
    assert_eq!(opened.image.conditions, expected);
    assert!(opened.disk.is_some());
}

#[test]
fn a_dynamic_disk_that_was_cut_says_how_long_it_should_be() {
    let whole = vhd("dynamic");
    let mut without_footer = whole.clone();
    without_footer.truncate(whole.len() - 512);
    let expected = Condition::Truncated { structure: "footer behind the data", needed: None };
    assert_eq!(image_of(&without_footer).conditions, std::slice::from_ref(&expected));
    let half = whole[..whole.len() / 2].to_vec();
    assert_eq!(open_bytes(half.clone(), Depth::First).image.conditions, [expected]);
    let opened = open_bytes(half, Depth::Complete);
    assert!(matches!(opened.image.conditions[..],
        [Condition::Truncated { structure: "blocks", needed: Some(needed) }] if needed <= whole.len() as u64));
    let disk = opened.disk.unwrap();
    let last = disk.size() - 512;
    assert!(
        matches!(disk.read_at(last, &mut [0; 512]), Err(ReadError::Corrupt { offset, .. }) if offset == last)
    );
}

#[test]
fn a_fixed_disk_that_lost_data_is_truncated() {
    let whole = vhd("fixed");
    let lost = 1 << 20;
    let opened = open_bytes(whole[lost..].to_vec(), Depth::First);
    let needed = Some(whole.len() as u64);
    assert_eq!(opened.image.conditions, [Condition::Truncated { structure: "data", needed }]);
    assert!(opened.disk.is_none());
}

#[test]
fn a_fixed_disk_without_its_footer_is_no_vhd() {
    let mut bytes = vhd("fixed");
    bytes.truncate(bytes.len() - 512);
    assert_ne!(image_of(&bytes).format, Format::Vhd);
}

#[test]
fn a_cookie_in_sector_0_of_a_raw_disk_makes_no_vhd() {
    let mut disk = source_disk();
    disk[..8].copy_from_slice(b"conectix");
    assert_ne!(image_of(&disk).format, Format::Vhd);
    // Even a whole footer of a fixed disk, for a fixed disk has none there.
    let fixed = vhd("fixed");
    disk[..512].copy_from_slice(&fixed[fixed.len() - 512..]);
    assert_ne!(image_of(&disk).format, Format::Vhd);
}

#[test]
fn the_footer_of_a_fixed_disk_outweighs_what_its_guest_writes_to_sector_0() {
    let mut fixed = vhd("fixed");
    let dynamic = vhd("dynamic");
    fixed[..1536].copy_from_slice(&dynamic[..1536]);
    assert_eq!(image_of(&fixed).subformat.as_deref(), Some("fixed"));
}

#[test]
fn a_saved_state_is_told() {
    let bytes = with_footers(vhd("fixed"), |footer| footer[84] = 1);
    assert_eq!(image_of(&bytes).conditions, [Condition::SavedState]);
}

#[test]
fn the_geometry_counts_only_where_its_writer_means_it() {
    for (creator, counts) in [(b"vpc ", true), (b"qemu", true), (b"win ", false), (b"qem2", false)] {
        let bytes = with_footers(vhd("fixed"), |footer| {
            footer[28..32].copy_from_slice(creator);
            footer[56..60].copy_from_slice(&[0, 100, 4, 17]);
        });
        let image = image_of(&bytes);
        let told = image.conditions.contains(&Condition::GeometryMismatch { geometry: 100 * 4 * 17 * 512 });
        assert_eq!(told, counts, "{creator:?}");
        assert_eq!(image.virtual_size, Some(source_disk().len() as u64));
    }
}

#[test]
fn a_type_that_is_unknown_is_unsupported() {
    let image = image_of(&with_footers(vhd("fixed"), |footer| footer[63] = 99));
    assert!(matches!(&image.conditions[..],
        [Condition::Damaged(error)] if error.fault == Fault::Unsupported && error.field == "disk type"));
    assert_eq!(image.virtual_size, Some(source_disk().len() as u64));
}

#[test]
fn headers_that_ask_for_too_much_are_malformed() {
    let block_size_of_zero: [u8; 4] = [0; 4];
    let too_few_entries: [u8; 4] = [0, 0, 0, 1];
    for (at, value, field) in
        [(544, block_size_of_zero, "block size"), (540, too_few_entries, "max table entries")]
    {
        let mut bytes = vhd("dynamic");
        bytes[at..at + 4].copy_from_slice(&value);
        seal_header(&mut bytes);
        let opened = open_bytes(bytes, Depth::Complete);
        assert!(matches!(&opened.image.conditions[..],
            [Condition::Damaged(error)] if error.fault == Fault::Malformed && error.field == field));
        assert!(opened.disk.is_none());
    }
}

#[test]
fn a_table_beyond_the_end_is_truncated() {
    let mut bytes = vhd("dynamic");
    bytes[528..536].fill(0x7F);
    seal_header(&mut bytes);
    let opened = open_bytes(bytes, Depth::First);
    assert!(matches!(
        opened.image.conditions[..],
        [Condition::Truncated { structure: "block allocation table", .. }]
    ));
    assert!(opened.disk.is_none());
}

/// A child of `parent`, called `name` by it: block 0 is the parent's, of block 1 each second sector is the child's
/// and holds 0xAB, and the others are the parent's.
fn child_of(parent: &[u8], name: &str) -> Vec<u8> {
    let mut child = with_footers(parent.to_vec(), |footer| {
        footer[63] = 4;
        footer[68..84].fill(9);
    });
    let uuid = parent[68..84].to_vec();
    child[552..568].copy_from_slice(&uuid);
    for (at, unit) in name.encode_utf16().enumerate() {
        child[576 + at * 2..578 + at * 2].copy_from_slice(&unit.to_be_bytes());
    }
    let table = table_offset(&child);
    let second = u32::from_be_bytes(child[table + 4..table + 8].try_into().unwrap()) as usize * 512;
    for entry in child[table..table + 20].chunks_exact_mut(4) {
        entry.fill(0xFF);
    }
    child[table + 4..table + 8].copy_from_slice(&u32::try_from(second / 512).unwrap().to_be_bytes());
    // The first sector's bit is the highest.
    child[second..second + 512].fill(0b1010_1010);
    child[second + 512..second + 512 + BLOCK].fill(0xAB);
    seal_header(&mut child);
    child
}

fn pair(child: Vec<u8>, parent: Vec<u8>, parent_name: &str) -> FileSet {
    FileSet {
        files: vec![
            NamedSource { name: "child.vhd".into(), source: Rc::new(child) },
            NamedSource { name: parent_name.into(), source: Rc::new(parent) },
        ],
    }
}

#[test]
fn a_differencing_disk_reads_through_the_parent_that_has_its_uuid() {
    let parent = vhd("dynamic");
    let child = child_of(&parent, "C:\\disks\\parent.vhd");
    let mut expected = source_disk();
    for sector in expected[BLOCK..2 * BLOCK].chunks_exact_mut(1024) {
        sector[..512].fill(0xAB);
    }
    for name in ["PARENT.VHD", "renamed.vhd"] {
        let opened = open_first(&pair(child.clone(), parent.clone(), name), Depth::Complete);
        assert_eq!(opened.image.subformat.as_deref(), Some("differencing"));
        let found = opened.image.parent.unwrap();
        assert_eq!((found.name.as_str(), found.present), ("C:\\disks\\parent.vhd", true));
        assert_holds(&opened.disk.unwrap(), &expected, name);
    }
}

#[test]
fn a_parent_with_another_uuid_does_not_fit() {
    let parent = vhd("dynamic");
    let child = child_of(&parent, "parent.vhd");
    let other = with_footers(parent, |footer| footer[68] ^= 1);
    let opened = open_first(&pair(child, other, "parent.vhd"), Depth::Complete);
    assert!(!opened.image.parent.unwrap().present);
    assert!(opened.disk.is_none());
}

#[test]
fn the_name_of_the_parent_is_taken_from_a_locator_where_the_header_has_none() {
    let mut child = child_of(&vhd("dynamic"), "");
    let at = child.len() - 4096;
    let path: Vec<u8> = ".\\base.vhd".encode_utf16().flat_map(u16::to_le_bytes).collect();
    child[at..at + path.len()].copy_from_slice(&path);
    child[1088..1092].copy_from_slice(b"W2ru");
    child[1096..1100].copy_from_slice(&u32::try_from(path.len()).unwrap().to_be_bytes());
    child[1104..1112].copy_from_slice(&(at as u64).to_be_bytes());
    seal_header(&mut child);
    assert_eq!(image_of(&child).parent.unwrap().name, ".\\base.vhd");
}

#[test]
fn a_disk_that_is_its_own_parent_ends() {
    let mut child = child_of(&vhd("dynamic"), "child.vhd");
    child[552..568].fill(9);
    seal_header(&mut child);
    let opened = open_first(&pair(child.clone(), child, "other.vhd"), Depth::Complete);
    assert!(opened.disk.is_none());
}

#[test]
fn hostile_bytes_never_panic() {
    let small = |subformat: &str| {
        let folder = Folder::new();
        let options = format!("subformat={subformat},force_size=on");
        folder.write("disk.raw", &source_disk()[..300 * 1024]);
        folder.qemu_img(&["convert", "-f", "raw", "-O", "vpc", "-o", &options, "disk.raw", "disk.vhd"]);
        folder.read("disk.vhd")
    };
    survives_mutations(&small("fixed"), 300 * 1024, 100);
    let dynamic = small("dynamic");
    survives_mutations(&dynamic, 2048, 400);
    survives_mutations(&child_of_one_block(&dynamic), 2048, 200);
}

fn child_of_one_block(parent: &[u8]) -> Vec<u8> {
    with_footers(parent.to_vec(), |footer| footer[63] = 4)
}
