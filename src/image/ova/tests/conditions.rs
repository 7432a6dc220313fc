//! What is out of the ordinary: one archive for each condition.

use super::build::{
    DISK_SIZE, Dialect, SYSTEM, Tar, appliance_conditions, conditions, header, ova_of, ovf, ovf_of, raw_disk,
};
use crate::image::ApplianceCondition as Found;
use crate::image::testing::{Folder, assert_holds, image_of, open_bytes, open_first};
use crate::image::{Condition, Depth, Format};

fn references() -> String {
    format!(r#"<File ovf:id="file1" ovf:href="disk.img" ovf:size="{DISK_SIZE}"/>"#)
}

fn disks() -> String {
    format!(r#"<Disk ovf:diskId="disk1" ovf:fileRef="file1" ovf:capacity="{DISK_SIZE}"/>"#)
}

#[test]
fn no_descriptor() {
    let archive = Tar::default().file("disk.img", &raw_disk(1)).end();
    assert_eq!(image_of(&archive).format, Format::Tar);
    assert_eq!(conditions(archive), [Found::NoDescriptor]);
}

#[test]
fn several_descriptors() {
    let descriptor = ovf();
    let archive = Tar::default()
        .file("a.ovf", descriptor.as_bytes())
        .file("b.OVF", descriptor.as_bytes())
        .file("disk.img", &raw_disk(1))
        .end();
    assert_eq!(conditions(archive), [Found::SeveralDescriptors(vec!["a.ovf".into(), "b.OVF".into()])]);
}

#[test]
fn a_descriptor_that_is_not_first() {
    let archive = Tar::default().file("disk.img", &raw_disk(1)).file("vm.ovf", ovf().as_bytes()).end();
    assert_eq!(conditions(archive), [Found::DescriptorNotFirst]);
}

#[test]
fn what_macos_adds_is_no_second_descriptor() {
    let archive = Tar::default()
        .file("vm.ovf", ovf().as_bytes())
        .file("._vm.ovf", b"\0\x05\x16\x07")
        .file("disk.img", &raw_disk(1))
        .end();
    assert_eq!(conditions(archive), []);
}

#[test]
fn a_missing_member() {
    let archive = Tar::default().file("vm.ovf", ovf().as_bytes()).end();
    let image = image_of(&archive);
    assert_eq!(appliance_conditions(&image), [Found::MissingMember("disk.img".into())]);
    assert_eq!(image.virtual_size, Some(DISK_SIZE as u64));
}

#[test]
fn a_second_disk_does_not_stand_in_for_a_missing_first() {
    let references = references() + r#"<File ovf:id="file2" ovf:href="data.img"/>"#;
    let disks = disks() + r#"<Disk ovf:diskId="disk2" ovf:fileRef="file2" ovf:capacity="65536"/>"#;
    let descriptor = ovf_of(&references, &disks, SYSTEM);
    let archive = Tar::default().file("vm.ovf", descriptor.as_bytes()).file("data.img", &raw_disk(2)).end();
    let opened = open_bytes(archive, Depth::Complete);
    assert!(opened.disk.is_none());
    assert_eq!(opened.image.appliance.unwrap().disks[0].file, "data.img");
}

#[test]
fn an_archive_that_is_cut_in_an_extended_header() {
    let archive = Tar::default().file("vm.ovf", ovf().as_bytes());
    let at = archive.len();
    let mut archive = archive.typed("x", b'x', Dialect::Ustar, b"20 path=somewhere...").end();
    archive.truncate(at + 515);
    let truncated = Condition::Truncated { structure: "extended header", needed: Some(at as u64 + 532) };
    assert!(image_of(&archive).conditions.contains(&truncated));
}

#[test]
fn a_disk_whose_file_is_not_listed() {
    let descriptor = ovf_of("", &disks(), SYSTEM);
    let archive = Tar::default().file("vm.ovf", descriptor.as_bytes()).end();
    assert_eq!(conditions(archive), [Found::MissingMember("file1".into())]);
}

#[test]
fn a_compressed_member_and_what_it_holds() {
    let folder = Folder::new();
    folder.write("disk.img", &raw_disk(1));
    folder.run("gzip", &["disk.img"]);
    let gzip = folder.read("disk.img.gz");
    let references = format!(
        r#"<File ovf:id="file1" ovf:href="disk.gz" ovf:compression="gzip" ovf:size="{}"/>"#,
        gzip.len()
    );
    let descriptor = ovf_of(&references, &disks(), SYSTEM);
    let archive = Tar::default().file("vm.ovf", descriptor.as_bytes()).file("disk.gz", &gzip).end();
    let image = image_of(&archive);
    assert_eq!(appliance_conditions(&image), [Found::CompressedMember("disk.gz".into())]);
    let disk = &image.appliance.as_ref().unwrap().disks[0].image;
    assert_eq!(disk.format, Format::Gzip);
    assert_eq!(disk.compressed.as_ref().unwrap().format, Format::Raw);
}

#[test]
fn a_chunked_member_is_read_as_one() {
    let references =
        format!(r#"<File ovf:id="file1" ovf:href="disk.img" ovf:chunkSize="30000" ovf:size="{DISK_SIZE}"/>"#);
    let descriptor = ovf_of(&references, &disks(), SYSTEM);
    let disk = raw_disk(1);
    let start = Tar::default().file("vm.ovf", descriptor.as_bytes());
    let chunks = disk.chunks(30_000).enumerate();
    let archive = chunks.fold(start, |tar, (at, chunk)| tar.file(&format!("disk.img.{at:09}"), chunk)).end();
    let opened = open_bytes(archive, Depth::Complete);
    assert_eq!(appliance_conditions(&opened.image), [Found::ChunkedMember("disk.img".into())]);
    assert_holds(opened.disk.as_ref().unwrap(), &disk, "chunks");
}

#[test]
fn another_size_than_the_descriptor_says() {
    let descriptor = ovf().replace(r#"ovf:size="65536""#, r#"ovf:size="65537""#);
    let found = Found::SizeMismatch { name: "disk.img".into(), declared: 65_537, actual: 65_536 };
    assert_eq!(conditions(ova_of(&descriptor)), [found]);
}

#[test]
fn another_capacity_than_the_disk_has() {
    let descriptor = ovf().replace(r#"ovf:capacity="65536""#, r#"ovf:capacity="131072""#);
    let found = Found::CapacityMismatch { name: "disk.img".into(), declared: 131_072, actual: 65_536 };
    assert_eq!(conditions(ova_of(&descriptor)), [found]);
}

#[test]
fn several_systems() {
    let systems =
        format!("<VirtualSystemCollection ovf:id=\"all\">{SYSTEM}{SYSTEM}</VirtualSystemCollection>");
    let archive = ova_of(&ovf_of(&references(), &disks(), &systems));
    assert_eq!(conditions(archive), [Found::SeveralSystems(2)]);
}

#[test]
fn folders_and_names_from_the_current_folder_on() {
    let descriptor = ovf();
    for folder in ["./", "vm/", "./vm/"] {
        let archive = Tar::default()
            .folder(folder)
            .file(&format!("{folder}vm.ovf"), descriptor.as_bytes())
            .file(&format!("{folder}disk.img"), &raw_disk(1))
            .end();
        let opened = open_bytes(archive, Depth::Complete);
        assert_eq!(appliance_conditions(&opened.image), [Found::Folders], "{folder}");
        assert!(opened.disk.is_some(), "{folder}");
    }
}

#[test]
fn a_reference_is_taken_from_the_descriptors_folder_first() {
    let archive = Tar::default()
        .file("other/disk.img", &raw_disk(1))
        .file("vm/vm.ovf", ovf().as_bytes())
        .file("vm/disk.img", &raw_disk(2))
        .end();
    let opened = open_bytes(archive, Depth::Complete);
    assert_eq!(opened.image.appliance.unwrap().disks[0].file, "vm/disk.img");
}

#[test]
fn a_file_that_is_missing_is_not_also_there() {
    let references = references() + r#"<File ovf:id="cd" ovf:href="tools.iso"/>"#;
    let archive = Tar::default()
        .file("vm.ovf", ovf_of(&references, &disks(), SYSTEM).as_bytes())
        .file("disk.img", &raw_disk(1))
        .end();
    assert_eq!(conditions(archive), [Found::MissingMember("tools.iso".into())]);
}

#[test]
fn attachments() {
    let references =
        references() + r#"<File ovf:id="cd" ovf:href="tools.iso"/><File ovf:id="n" ovf:href="vm.nvram"/>"#;
    let archive = Tar::default()
        .file("vm.ovf", ovf_of(&references, &disks(), SYSTEM).as_bytes())
        .file("disk.img", &raw_disk(1))
        .file("tools.iso", b"cd")
        .file("vm.nvram", b"nv")
        .end();
    assert_eq!(conditions(archive), [Found::Attachments(vec!["tools.iso".into(), "vm.nvram".into()])]);
}

#[test]
fn a_disk_that_builds_on_another() {
    let disks = disks().replace("/>", r#" ovf:parentRef="disk0"/>"#);
    let archive = ova_of(&ovf_of(&references(), &disks, SYSTEM));
    assert_eq!(conditions(archive), [Found::ParentReference("disk.img".into())]);
}

#[test]
fn no_end_blocks() {
    let start = || Tar::default().file("vm.ovf", ovf().as_bytes()).file("disk.img", &raw_disk(1));
    assert_eq!(conditions(start().without_end()), [Found::NoEndBlocks]);
    assert_eq!(conditions(start().block(&[0; 512]).without_end()), [Found::NoEndBlocks]);
    assert_eq!(conditions(start().block(&[0; 100]).without_end()), [Found::NoEndBlocks]);
}

#[test]
fn a_blank_disk() {
    let disks = disks() + r#"<Disk ovf:diskId="scratch" ovf:capacity="1073741824"/>"#;
    let opened = open_bytes(ova_of(&ovf_of(&references(), &disks, SYSTEM)), Depth::Complete);
    assert_eq!(appliance_conditions(&opened.image), [Found::BlankDisk("scratch".into())]);
    assert_eq!(opened.image.appliance.unwrap().disks.len(), 1);
}

#[test]
fn an_archive_that_is_cut_in_a_disk() {
    let archive = ova_of(&ovf());
    let needed = archive.len() - 1024;
    let image = image_of(&archive[..needed - 1000]);
    let truncated = Condition::Truncated { structure: "archive member", needed: Some(needed as u64) };
    assert!(image.conditions.contains(&truncated), "{:?}", image.conditions);
    assert!(!appliance_conditions(&image).contains(&Found::NoEndBlocks));
}

#[test]
fn what_the_cut_took_is_neither_missing_nor_of_another_capacity() {
    let references = references() + r#"<File ovf:id="file2" ovf:href="data.img"/>"#;
    let disks = disks() + r#"<Disk ovf:diskId="disk2" ovf:fileRef="file2" ovf:capacity="65536"/>"#;
    let archive = ova_of(&ovf_of(&references, &disks, SYSTEM));
    let image = image_of(&archive[..archive.len() - 10_000]);
    assert!(image.conditions.iter().any(|found| matches!(found, Condition::Truncated { .. })));
    assert_eq!(appliance_conditions(&image), []);
}

#[test]
fn a_capacity_that_is_rounded_up_to_its_unit_is_the_disks_own() {
    let rounded = r#"ovf:capacity="1" ovf:capacityAllocationUnits="byte * 2^30""#;
    assert_eq!(conditions(ova_of(&ovf().replace(r#"ovf:capacity="65536""#, rounded))), []);
}

#[test]
fn an_archive_that_is_cut_in_a_header() {
    let archive = Tar::default().file("vm.ovf", ovf().as_bytes());
    let at = archive.len();
    let mut archive = archive.file("disk.img", &raw_disk(1)).end();
    archive.truncate(at + 100);
    let truncated = Condition::Truncated { structure: "tar header", needed: Some(at as u64 + 512) };
    assert!(image_of(&archive).conditions.contains(&truncated));
}

#[test]
fn a_wrong_checksum_of_a_header() {
    let mut archive = ova_of(&ovf());
    archive[150] ^= 1;
    let image = image_of(&archive);
    assert_eq!(image.format, Format::Ova);
    assert_eq!(image.conditions, [Condition::BadChecksum { structure: "tar header", offset: 0 }]);
}

#[test]
fn a_header_that_is_none_in_the_middle() {
    let archive = Tar::default().file("vm.ovf", ovf().as_bytes()).block(&[7; 512]).end();
    let is_damage =
        |condition: &Condition| matches!(condition, Condition::Damaged(error) if error.field == "tar header");
    assert!(image_of(&archive).conditions.iter().any(is_damage));
}

#[test]
fn a_member_whose_size_is_no_number() {
    let mut block = header(b"disk.img", 0, b'0', Dialect::Ustar);
    block[124..136].copy_from_slice(b"99999999999\0");
    super::build::seal(&mut block);
    let archive = Tar::default().file("vm.ovf", ovf().as_bytes()).block(&block).end();
    let is_damage = |condition: &Condition| matches!(condition, Condition::Damaged(error) if error.field == "size of a tar member");
    assert!(image_of(&archive).conditions.iter().any(is_damage));
}

#[test]
fn a_descriptor_on_its_own_misses_its_disks() {
    let image = image_of(ovf().as_bytes());
    assert_eq!(image.format, Format::Ovf);
    assert_eq!(image.conditions, [Condition::ExtentsMissing]);
    assert_eq!(image.virtual_size, Some(DISK_SIZE as u64));
    assert_eq!((image.extents[0].name.as_str(), image.extents[0].present), ("disk.img", false));
    assert_eq!(image.extents[0].expected_file_size, Some(DISK_SIZE as u64));
}

#[test]
fn a_descriptor_with_its_disks_beside_it_opens_them() {
    let folder = Folder::new();
    folder.write("vm.ovf", ovf().as_bytes());
    folder.write("disk.img", &raw_disk(6));
    let opened = open_first(&folder.set(&["vm.ovf", "disk.img"]), Depth::Complete);
    assert_eq!(opened.image.conditions, []);
    assert_holds(opened.disk.as_ref().unwrap(), &raw_disk(6), "disk");
}
