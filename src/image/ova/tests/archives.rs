//! The forms of archive, and the disks within.

use super::build::{
    DISK_SIZE, Dialect, Tar, appliance_conditions, header, ova_of, ovf, ovf_of, pax_record, raw_disk,
};
use crate::image::ApplianceCondition as Found;
use crate::image::read_at::{ReadAt, ReadError, check_bounds};
use crate::image::testing::{Folder, assert_holds, image_of, open_bytes, source_disk};
use crate::image::{ApplianceDisk, Condition, Depth, FileSet, Format, Opened, Opening, Source, detect};
use std::cell::Cell;
use std::rc::Rc;

fn only_disk(opened: &Opened) -> &ApplianceDisk {
    let disks = &opened.image.appliance.as_ref().unwrap().disks;
    assert_eq!(disks.len(), 1);
    &disks[0]
}

#[test]
fn a_sound_ova_is_read_without_complaint() {
    for depth in [Depth::First, Depth::Complete] {
        let opened = open_bytes(ova_of(&ovf()), depth);
        assert_eq!(opened.image.format, Format::Ova);
        assert_eq!(opened.image.conditions, []);
        assert_eq!(opened.image.virtual_size, Some(DISK_SIZE as u64));
        let appliance = opened.image.appliance.as_ref().unwrap();
        assert_eq!(appliance.name.as_deref(), Some("web server"));
        assert_eq!(appliance.system.as_deref(), Some("Other Linux (64-bit)"));
        assert_eq!(appliance.firmware.as_deref(), Some("efi"));
        let disk = only_disk(&opened);
        assert_eq!((disk.file.as_str(), disk.size, disk.capacity), ("disk.img", 65_536, Some(65_536)));
        assert_holds(opened.disk.as_ref().unwrap(), &raw_disk(1), "disk");
    }
}

#[test]
fn a_disk_can_be_cut_out_of_the_archive_at_its_offset() {
    let archive = ova_of(&ovf());
    let opened = open_bytes(archive.clone(), Depth::First);
    let disk = only_disk(&opened);
    let start = usize::try_from(disk.offset).unwrap();
    assert!(archive[start..start + DISK_SIZE] == raw_disk(1));
}

#[test]
fn every_dialect_of_header_is_read() {
    let descriptor = ovf();
    for dialect in [Dialect::V7, Dialect::Ustar, Dialect::Gnu] {
        for kind in [b'0', 0] {
            let archive = Tar::default()
                .typed("vm.ovf", kind, dialect, descriptor.as_bytes())
                .typed("disk.img", kind, dialect, &raw_disk(3))
                .end();
            let opened = open_bytes(archive, Depth::Complete);
            assert_eq!(opened.image.conditions, []);
            assert_holds(opened.disk.as_ref().unwrap(), &raw_disk(3), "disk");
        }
    }
}

#[test]
fn the_long_names_of_pax_and_gnu_are_taken() {
    let long = format!("{}.img", "a long name ".repeat(20));
    let descriptor = ovf().replace("disk.img", &long.replace(' ', "%20"));
    let start = || Tar::default().file("vm.ovf", descriptor.as_bytes());
    let pax = pax_record("path", &long);
    for archive in [
        start().typed("x", b'x', Dialect::Ustar, pax.as_bytes()),
        start().typed("././@LongLink", b'L', Dialect::Gnu, format!("{long}\0").as_bytes()),
    ] {
        let opened = open_bytes(archive.file("short", &raw_disk(4)).end(), Depth::Complete);
        assert_eq!(opened.image.conditions, []);
        assert_eq!(only_disk(&opened).file, long);
    }
}

#[test]
fn a_ustar_prefix_is_a_folder() {
    let mut block = header(b"disk.img", DISK_SIZE as u64, b'0', Dialect::Ustar);
    block[345..350].copy_from_slice(b"disks");
    super::build::seal(&mut block);
    let descriptor = ovf().replace("disk.img", "disks/disk.img");
    let archive =
        Tar::default().file("vm.ovf", descriptor.as_bytes()).block(&block).block(&raw_disk(1)).end();
    assert_eq!(only_disk(&open_bytes(archive, Depth::First)).file, "disks/disk.img");
}

/// A source that begins with `head`, ends with `tail` and holds zeros between, and counts its reads.
struct Hollow {
    head: Vec<u8>,
    tail: Vec<u8>,
    size: u64,
    reads: Cell<(usize, usize)>,
}

impl ReadAt for Hollow {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size)?;
        let (count, longest) = self.reads.get();
        self.reads.set((count + 1, longest.max(buf.len())));
        let tail = self.size - self.tail.len() as u64;
        for (at, byte) in (offset..).zip(buf) {
            let from_tail = at.checked_sub(tail).map(|at| self.tail[at as usize]);
            *byte = from_tail.or_else(|| self.head.get(at as usize).copied()).unwrap_or(0);
        }
        Ok(())
    }
}

#[test]
fn a_member_of_nine_gibibytes_is_hopped_over_in_few_reads() {
    const SIZE: u64 = 9 << 30;
    let descriptor = ovf_of(
        &format!(
            r#"<File ovf:id="1" ovf:href="big.img" ovf:size="{SIZE}"/><File ovf:id="2" ovf:href="end.img"/>"#
        ),
        r#"<Disk ovf:diskId="a" ovf:fileRef="1" ovf:capacity="9" ovf:capacityAllocationUnits="byte * 2^30"/>
           <Disk ovf:diskId="b" ovf:fileRef="2" ovf:capacity="65536"/>"#,
        "",
    );
    let start = || Tar::default().file("vm.ovf", descriptor.as_bytes());
    let base_256 = start().block(&header(b"big.img", SIZE, b'0', Dialect::Gnu));
    let pax = start()
        .typed("x", b'x', Dialect::Ustar, pax_record("size", &SIZE.to_string()).as_bytes())
        .block(&header(b"big.img", 0, b'0', Dialect::Ustar));
    for head in [base_256, pax] {
        let head = head.without_end();
        let tail = Tar::default().file("end.img", &raw_disk(5)).end();
        let size = head.len() as u64 + SIZE + tail.len() as u64;
        let source = Rc::new(Hollow { head, tail, size, reads: Cell::default() });
        let shared: Source = source.clone();
        let set = FileSet::of("big.ova", shared.clone());
        let opening = Opening { name: "big.ova", set: &set, depth: Depth::First, nesting: 0 };
        let opened = detect::open(&shared, &opening).unwrap();
        assert_eq!(opened.image.conditions, []);
        assert_eq!(opened.image.virtual_size, Some(SIZE));
        let disks = &opened.image.appliance.as_ref().unwrap().disks;
        let (count, longest) = source.reads.get();
        assert!(count < 20 && longest <= 64 * 1024, "{count} reads, the longest of {longest} bytes");
        assert_eq!((disks[0].size, disks[1].size), (SIZE, DISK_SIZE as u64));
        assert_holds(disks[1].disk.as_ref().unwrap(), &raw_disk(5), "the disk behind it");
    }
}

#[test]
fn the_archive_and_its_descriptor_cost_at_most_eight_reads_at_first() {
    let member = |name: &str| header(name.as_bytes(), 1 << 30, b'0', Dialect::Gnu);
    let references: String =
        (0..20).map(|n| format!(r#"<File ovf:id="{n}" ovf:href="{n}.iso"/>"#)).collect::<Vec<_>>().concat();
    let head = Tar::default().file("vm.ovf", ovf_of(&references, "", "").as_bytes());
    let head = head.block(&member("0.iso")).without_end();
    let size = head.len() as u64 + (1 << 30) + 1024;
    let source = Rc::new(Hollow { head, tail: vec![0; 1024], size, reads: Cell::default() });
    let shared: Source = source.clone();
    let set = FileSet::of("a.ova", shared.clone());
    let opening = Opening { name: "a.ova", set: &set, depth: Depth::First, nesting: 0 };
    assert_eq!(detect::open(&shared, &opening).unwrap().image.format, Format::Ova);
    let (count, longest) = source.reads.get();
    assert!(count <= 8 && longest <= 64 * 1024, "{count} reads, the longest of {longest} bytes");
}

#[test]
fn a_stream_optimized_vmdk_is_read_as_a_disk_inside_the_archive() {
    let folder = Folder::new();
    let disk = source_disk();
    folder.write("disk.raw", &disk);
    folder.qemu_img(&[
        "convert",
        "-f",
        "raw",
        "-O",
        "vmdk",
        "-o",
        "subformat=streamOptimized",
        "disk.raw",
        "disk.vmdk",
    ]);
    let vmdk = folder.read("disk.vmdk");
    let descriptor = ovf_of(
        &format!(r#"<File ovf:id="f" ovf:href="disk.vmdk" ovf:size="{}"/>"#, vmdk.len()),
        &format!(r#"<Disk ovf:diskId="d" ovf:fileRef="f" ovf:capacity="{}"/>"#, disk.len()),
        "",
    );
    let archive = Tar::default().file("vm.ovf", descriptor.as_bytes()).file("disk.vmdk", &vmdk).end();
    let opened = open_bytes(archive, Depth::Complete);
    assert_eq!(opened.image.conditions, []);
    let inside = only_disk(&opened);
    assert_eq!(inside.image.format, Format::Vmdk);
    assert_eq!(inside.image.subformat.as_deref(), Some("streamOptimized"));
    assert_holds(opened.disk.as_ref().unwrap(), &disk, "the disk of the appliance");
    assert_holds(inside.disk.as_ref().unwrap(), &disk, "the disk of its row");
}

#[test]
fn a_tar_without_a_descriptor_is_a_tar_and_its_disks_are_told() {
    let archive = Tar::default().file("readme.txt", b"hello").file("disk.raw", &raw_disk(1)).end();
    let opened = open_bytes(archive, Depth::Complete);
    assert_eq!(opened.image.format, Format::Tar);
    assert_eq!(only_disk(&opened).file, "disk.raw");
    assert!(opened.disk.is_none());
}

#[test]
fn the_disks_of_a_descriptor_that_cannot_be_read_are_judged_by_their_bytes() {
    let archive = Tar::default().file("vm.ovf", b"<Envelope").file("disk.img", &raw_disk(1)).end();
    let opened = open_bytes(archive, Depth::Complete);
    assert_eq!(opened.image.format, Format::Ova);
    assert!(matches!(appliance_conditions(&opened.image)[..], [Found::BadDescriptor(_)]));
    assert_eq!(only_disk(&opened).file, "disk.img");
}

#[test]
fn an_archive_written_by_tar_itself_is_read() {
    let folder = Folder::new();
    folder.write("vm.ovf", ovf().as_bytes());
    folder.write("disk.img", &raw_disk(9));
    for format in ["v7", "oldgnu", "gnu", "ustar", "posix"] {
        folder.run("tar", &["--format", format, "-cf", "vm.ova", "vm.ovf", "disk.img"]);
        let opened = open_bytes(folder.read("vm.ova"), Depth::Complete);
        assert_eq!(opened.image.conditions, [], "{format}");
        assert_holds(opened.disk.as_ref().unwrap(), &raw_disk(9), format);
    }
}

#[test]
fn a_sparse_member_is_not_read_as_if_it_were_whole() {
    let folder = Folder::new();
    folder.write("vm.ovf", ovf().as_bytes());
    let mut disk = vec![0; DISK_SIZE];
    disk[DISK_SIZE - 512..].fill(7);
    folder.write("disk.raw", &disk);
    folder.run("cp", &["--sparse=always", "disk.raw", "disk.img"]);
    for format in ["gnu", "posix"] {
        folder.run("tar", &["--format", format, "-S", "-cf", "vm.ova", "vm.ovf", "disk.img"]);
        let opened = open_bytes(folder.read("vm.ova"), Depth::Complete);
        assert_eq!(opened.image.format, Format::Ova, "{format}");
        assert!(opened.disk.is_none(), "{format}");
        // Neither the bytes in the archive nor what its unread disk says differ from the descriptor for that.
        assert_eq!(appliance_conditions(&opened.image), [Found::SparseMember("disk.img".into())], "{format}");
        let is_said = |condition: &Condition| matches!(condition, Condition::UnknownFeature { .. });
        assert!(only_disk(&opened).image.conditions.iter().any(is_said), "{format}");
    }
}

#[test]
fn a_raw_disk_whose_boot_code_looks_like_a_tar_header_is_raw() {
    let mut disk = raw_disk(1);
    disk[..446].copy_from_slice(&header(b"a.ovf", 0, b'0', Dialect::Ustar)[..446]);
    assert_eq!(image_of(&disk).format, Format::Raw);
}

#[test]
fn a_disk_of_several_files_finds_its_extents_in_the_archive() {
    let folder = Folder::new();
    let disk = source_disk();
    folder.write("disk.raw", &disk);
    folder.qemu_img(&[
        "convert",
        "-f",
        "raw",
        "-O",
        "vmdk",
        "-o",
        "subformat=monolithicFlat",
        "disk.raw",
        "disk.vmdk",
    ]);
    let descriptor = ovf().replace("disk.img", "disk.vmdk");
    let archive = Tar::default()
        .file("vm.ovf", descriptor.as_bytes())
        .file("disk.vmdk", &folder.read("disk.vmdk"))
        .file("disk-flat.vmdk", &folder.read("disk-flat.vmdk"))
        .end();
    assert_holds(open_bytes(archive, Depth::Complete).disk.as_ref().unwrap(), &disk, "flat");
}
