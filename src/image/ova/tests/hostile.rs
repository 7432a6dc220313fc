//! Bytes made to do harm: each is an error or a condition, in bounded time and memory.

use super::build::{Dialect, Tar, conditions, header, ova_of, ovf, ovf_of, pax_record, raw_disk, seal};
use crate::image::ApplianceCondition as Found;
use crate::image::testing::image_of;
use crate::image::{Condition, Format};
use std::time::{Duration, Instant};

fn assert_refused(descriptor: &str) {
    let start = Instant::now();
    let found = conditions(ova_of(descriptor));
    assert!(matches!(found.as_slice(), [Found::BadDescriptor(_)]), "{found:?}");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn a_document_type_definition_is_refused() {
    let bomb = r#"<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>"#;
    assert_refused(&ovf().replacen("<Envelope", &format!("{bomb}<Envelope"), 1).replace("Disks", "&c;"));
    let external = r#"<!DOCTYPE a SYSTEM "file:///etc/passwd">"#;
    assert_refused(&ovf().replacen("<Envelope", &format!("{external}<Envelope"), 1));
}

#[test]
fn deep_nesting_does_not_overflow_the_stack() {
    for depth in [10_000, 100_000] {
        let nested = format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        assert_refused(&ovf_of("", "", &nested));
        assert_refused(&ovf_of("", "", &"<a>".repeat(depth)));
    }
}

#[test]
fn attributes_and_namespaces_without_number_are_refused() {
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=''")).collect::<Vec<_>>().concat();
    assert_refused(&ovf_of("", "", &format!("<a{attributes}/>")));
    let namespaces: String =
        (0..60_000).map(|n| format!("<a xmlns:n{n}='{n}'>")).collect::<Vec<_>>().concat();
    assert_refused(&ovf_of("", "", &namespaces));
}

#[test]
fn a_descriptor_of_many_disks_is_refused() {
    let disks = "<Disk ovf:diskId='d' ovf:capacity='1'/>".repeat(20_000);
    assert_refused(&ovf_of("", &disks, ""));
}

#[test]
fn a_descriptor_that_is_too_long_is_refused() {
    assert_refused(&ovf_of("", "", &" ".repeat(5 * 1024 * 1024)));
}

#[test]
fn many_small_elements_are_read_in_time() {
    let start = Instant::now();
    let elements = "<VirtualSystem/>".repeat(100_000);
    assert_eq!(conditions(ova_of(&ovf_of("", "", &elements))), [Found::SeveralSystems(100_000)]);
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn a_size_beyond_every_file_is_damage() {
    for size in [u64::MAX, u64::MAX - 511, 1 << 63] {
        let archive = Tar::default().block(&header(b"disk.img", size, b'0', Dialect::Gnu)).end();
        let image = image_of(&archive);
        let is_said =
            |condition: &Condition| matches!(condition, Condition::Damaged(_) | Condition::Truncated { .. });
        assert!(image.conditions.iter().any(is_said), "{size}: {:?}", image.conditions);
    }
}

#[test]
fn a_negative_size_is_damage() {
    let mut block = header(b"disk.img", 0, b'0', Dialect::Gnu);
    block[124..136].fill(0xFF);
    seal(&mut block);
    let archive = Tar::default().file("vm.ovf", ovf().as_bytes()).block(&block).end();
    assert!(image_of(&archive).conditions.iter().any(|found| matches!(found, Condition::Damaged(_))));
}

#[test]
fn pax_records_with_false_lengths_are_damage() {
    for records in
        ["0 a=b\n", "5", "99999999999999999999 a=b\n", "9999 path=a\n", "1 \n", "-3 a=b\n", "x a=b\n"]
    {
        let archive = Tar::default()
            .file("vm.ovf", ovf().as_bytes())
            .typed("x", b'x', Dialect::Ustar, records.as_bytes())
            .file("disk.img", &raw_disk(1))
            .end();
        let image = image_of(&archive);
        let is_damage = |found: &Condition| matches!(found, Condition::Damaged(_));
        assert!(image.conditions.iter().any(is_damage), "{records}");
    }
}

#[test]
fn an_extended_header_or_name_without_end_is_over_the_limit() {
    let long = "a".repeat(5000);
    let start = || Tar::default().file("vm.ovf", ovf().as_bytes());
    for archive in [
        start().typed("x", b'x', Dialect::Ustar, pax_record("path", &long).as_bytes()).file("a", b""),
        start().typed("x", b'L', Dialect::Gnu, long.as_bytes()).file("a", b""),
        start().block(&header(b"x", 1 << 40, b'L', Dialect::Gnu)),
    ] {
        let image = image_of(&archive.end());
        assert_eq!(image.format, Format::Ova);
        let is_damage = |found: &Condition| matches!(found, Condition::Damaged(_));
        assert!(image.conditions.iter().any(is_damage));
    }
}

#[test]
fn thousands_of_members_are_gone_through() {
    let start = Tar::default().file("vm.ovf", ovf().as_bytes());
    let archive = (0..5000).fold(start, |tar, n| tar.file(&format!("{n}.txt"), b""));
    let image = image_of(&archive.file("disk.img", &raw_disk(1)).end());
    assert_eq!(image.conditions, []);
    assert_eq!(image.virtual_size, Some(raw_disk(1).len() as u64));
}

#[test]
fn more_members_than_are_looked_at_are_said() {
    let start = Tar::default().file("vm.ovf", ovf().as_bytes());
    let archive = (0..25_000).fold(start, |tar, n| tar.file(&n.to_string(), b""));
    let is_damage = |found: &Condition| matches!(found, Condition::Damaged(_));
    assert!(image_of(&archive.end()).conditions.iter().any(is_damage));
}

#[test]
fn an_archive_in_an_archive_has_a_bottom() {
    let mut inner = ova_of(&ovf());
    for _ in 0..20 {
        inner = Tar::default().file("vm.ovf", ovf().as_bytes()).file("disk.img", &inner).end();
    }
    assert_eq!(image_of(&inner).format, Format::Ova);
}

/// Every level names its only file for 64 disks: together 64 to the power of six.
#[test]
fn a_file_that_many_disks_name_is_opened_once_and_not_at_every_depth() {
    let references = r#"<File ovf:id="f" ovf:href="d"/>"#;
    let disks = r#"<Disk ovf:diskId="d" ovf:fileRef="f" ovf:capacity="1"/>"#.repeat(64);
    let descriptor = ovf_of(references, &disks, "");
    let mut inner = raw_disk(1);
    for _ in 0..6 {
        inner = Tar::default().file("vm.ovf", descriptor.as_bytes()).file("d", &inner).end();
    }
    let start = Instant::now();
    assert_eq!(image_of(&inner).appliance.unwrap().disks.len(), 64);
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
}

#[test]
fn the_most_that_the_limits_allow_is_read_in_time() {
    let opened: String = (0..400).map(|n| format!("<a xmlns:n{n}='{n}'>")).collect::<Vec<_>>().concat();
    let elements = "<n0:b n399:c=''/>".repeat(110_000);
    let start = Instant::now();
    let descriptor = ovf_of("", "", &format!("{opened}{elements}{}", "</a>".repeat(400)));
    assert_eq!(conditions(ova_of(&descriptor)), []);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn a_disk_that_is_the_descriptor_itself_is_no_loop() {
    assert_eq!(image_of(&ova_of(&ovf().replace("disk.img", "vm.ovf"))).format, Format::Ova);
    assert_eq!(image_of(ovf().replace("disk.img", "image").as_bytes()).format, Format::Ovf);
}
