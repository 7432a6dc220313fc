//! Which footer is found, and which is believed.

use super::super::super::testing::{assert_holds, open_bytes, source_disk};
use super::super::super::{Condition, Depth, Fault, Format, ReadError};
use super::builder::{filled, fixed, footer_of, seal_footer, sparse};
use super::image_of;

fn disk() -> Vec<u8> {
    source_disk()[1_999_872..1_999_872 + 64 * 1024].to_vec()
}

fn dynamic() -> Vec<u8> {
    sparse(3, 1, &[Some((0xFF, filled(5))), None])
}

/// A fixed disk whose footer was changed at `offset` and sealed again.
fn with_footer(offset: usize, bytes: &[u8]) -> Vec<u8> {
    let mut file = fixed(&disk(), 1);
    let at = file.len() - 512;
    file[at + offset..at + offset + bytes.len()].copy_from_slice(bytes);
    seal_footer(&mut file[at..]);
    file
}

#[test]
fn a_footer_of_511_bytes_is_found() {
    let mut file = fixed(&disk(), 1);
    file.pop();
    let opened = open_bytes(file, Depth::First);
    assert_eq!(opened.image.conditions, []);
    assert!(
        opened.image.facts.iter().any(|fact| fact.name == "footer" && fact.value.starts_with("511 bytes"))
    );
    assert_holds(&opened.disk.unwrap(), &disk(), "511 bytes");
}

#[test]
fn a_footer_that_is_not_last_is_found_and_the_bytes_behind_it_are_counted() {
    for count in [1, 512, 5000, 60_000] {
        let mut file = fixed(&disk(), 1);
        file.resize(file.len() + count, 0);
        let opened = open_bytes(file, Depth::First);
        assert_eq!(opened.image.format, Format::Vhd, "{count} bytes");
        assert_eq!(opened.image.conditions, [Condition::TrailingBytes { count: count as u64 }]);
        assert_holds(&opened.disk.unwrap(), &disk(), "trailing bytes");
        let mut file = dynamic();
        file.resize(file.len() + count, 0);
        assert_eq!(image_of(&file).conditions, [Condition::TrailingBytes { count: count as u64 }]);
    }
}

#[test]
fn a_vhd_in_the_last_bytes_of_a_raw_disk_is_a_file_of_its_guest() {
    let mut file = vec![7; 100_000];
    file.extend_from_slice(&fixed(&disk()[..4096], 1));
    file.resize(200_000, 0);
    assert_eq!(image_of(&file).format, Format::Raw);
}

#[test]
fn a_raw_disk_that_begins_with_the_cookie_is_no_vhd() {
    let mut raw = disk();
    raw[..8].copy_from_slice(b"conectix");
    assert_eq!(image_of(&raw).format, Format::Raw);
    // Not even with a whole footer, when it leads to no dynamic header.
    raw[..512].copy_from_slice(&footer_of(3, 65_536, 1));
    assert_eq!(image_of(&raw).format, Format::Raw);
    // Nor with that header too, when a partition table stands in it.
    raw[..512].copy_from_slice(&footer_of(3, 65_536, 1));
    raw[512..520].copy_from_slice(b"cxsparse");
    raw[446..462].copy_from_slice(&[0x80, 0, 2, 0, 0x83, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0]);
    raw[510..512].copy_from_slice(b"\x55\xaa");
    seal_footer(&mut raw);
    assert_eq!(image_of(&raw).format, Format::Raw);
}

#[test]
fn of_two_footers_the_good_one_is_used_and_the_bad_one_told() {
    let mut file = dynamic();
    let end = file.len() - 512;
    file[end + 100] ^= 1;
    let reason = || "its checksum is wrong".into();
    let offset = end as u64;
    let bad_end = Condition::BadCopy { structure: "footer", offset, reason: reason() };
    assert_eq!(image_of(&file).conditions, [bad_end]);

    let mut file = dynamic();
    file[100] ^= 1;
    let bad_copy = Condition::BadCopy { structure: "copy of the footer", offset: 0, reason: reason() };
    assert_eq!(image_of(&file).conditions, [bad_copy]);
    file[end + 100] ^= 1;
    assert_eq!(image_of(&file).conditions, [Condition::BadChecksum { structure: "footer", offset }]);
    assert!(open_bytes(file, Depth::First).disk.is_some());
}

#[test]
fn a_copy_that_says_another_size_is_told() {
    let mut file = dynamic();
    file[54] = 0x10;
    seal_footer(&mut file);
    let opened = open_bytes(file, Depth::First);
    assert_eq!(opened.image.virtual_size, Some(8192));
    let [Condition::BadCopy { offset: 0, reason, .. }] = &opened.image.conditions[..] else {
        panic!("{:?}", opened.image.conditions)
    };
    assert_eq!(reason, "it says 4096 bytes, the footer 8192");
}

#[test]
fn a_fixed_disk_has_one_footer_so_a_bad_checksum_is_all_there_is_to_tell() {
    let mut file = fixed(&disk(), 1);
    let at = file.len() - 512;
    file[at + 100] = 1;
    let opened = open_bytes(file, Depth::First);
    let offset = at as u64;
    assert_eq!(opened.image.conditions, [Condition::BadChecksum { structure: "footer", offset }]);
    assert_holds(&opened.disk.unwrap(), &disk(), "bad checksum");
}

#[test]
fn the_current_size_counts_and_not_the_original_one_or_the_geometry() {
    let geometry = [0, 100, 4, 17];
    for (mark, is_told) in [(b"win ", false), (b"qem2", false), (b"vpc ", true), (b"qemu", true)] {
        let mut file = with_footer(56, &geometry);
        let at = file.len() - 512;
        file[at + 28..at + 32].copy_from_slice(mark);
        file[at + 40] = 9;
        seal_footer(&mut file[at..]);
        let opened = open_bytes(file, Depth::First);
        assert_eq!(opened.image.virtual_size, Some(65_536));
        let told = Condition::GeometryMismatch { geometry: 100 * 4 * 17 * 512 };
        assert_eq!(opened.image.conditions, if is_told { vec![told] } else { vec![] }, "{mark:?}");
        assert_eq!(opened.disk.unwrap().size(), 65_536);
    }
}

#[test]
fn the_largest_geometry_says_nothing() {
    let mut file = with_footer(56, &[0xFF, 0xFF, 16, 255]);
    let at = file.len() - 512;
    file[at + 28..at + 32].copy_from_slice(b"vpc ");
    seal_footer(&mut file[at..]);
    assert_eq!(image_of(&file).conditions, []);
}

#[test]
fn states_and_versions_and_kinds_that_cannot_be_trusted_are_told() {
    assert_eq!(image_of(&with_footer(84, &[1])).conditions, [Condition::SavedState]);
    let unknown = |name: &'static str| [Condition::UnknownFeature { name: name.into() }];
    assert_eq!(image_of(&with_footer(12, &[0, 2])).conditions, unknown("file format version 2"));
    let opened = open_bytes(with_footer(60, &[0, 0, 0, 99]), Depth::First);
    assert_eq!(opened.image.conditions, unknown("disk type 99"));
    assert_eq!((opened.image.subformat, opened.image.virtual_size), (None, Some(65_536)));
    assert!(opened.disk.is_none());
}

#[test]
fn a_fixed_disk_that_was_cut_says_how_long_it_should_be_and_reads_as_far_as_it_goes() {
    let opened = open_bytes(with_footer(48, &(1_u64 << 20).to_be_bytes()), Depth::First);
    let needed = Some((1 << 20) + 512);
    assert_eq!(opened.image.conditions, [Condition::Truncated { structure: "disk's data", needed }]);
    let read = opened.disk.unwrap();
    assert_eq!(read.size(), 1 << 20);
    let mut buf = [0; 512];
    read.read_at(65_536 - 512, &mut buf).unwrap();
    assert_eq!(buf[..], disk()[65_536 - 512..]);
    // The footer is no part of the disk.
    assert!(matches!(read.read_at(65_536, &mut buf), Err(ReadError::Corrupt { offset: 65_536, .. })));
}

#[test]
fn a_size_smaller_than_what_lies_before_the_footer_is_damage() {
    let opened = open_bytes(with_footer(48, &4096_u64.to_be_bytes()), Depth::First);
    let [Condition::Damaged(error)] = &opened.image.conditions[..] else {
        panic!("{:?}", opened.image.conditions)
    };
    assert_eq!((error.fault, error.field, error.offset), (Fault::Malformed, "current size", 65_536 + 48));
}
