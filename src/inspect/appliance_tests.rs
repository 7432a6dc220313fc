use super::*;
use crate::image::ova::manifest::DigestState;
use crate::image::ova::tests::build::{Dialect, Tar, header, manifest_line, ovf, ovf_of, raw_disk, signed};
use crate::image::read_at::check_bounds;
use crate::image::{Depth, FileSet, NamedSource, ReadAt, ReadError};
use crate::verdict::Verdict;
use std::cell::RefCell;
use std::ops::ControlFlow;
use std::rc::Rc;

/// A source that notes each read: offset and length.
struct Noted {
    bytes: Vec<u8>,
    reads: RefCell<Vec<(u64, usize)>>,
}

impl ReadAt for Noted {
    fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size())?;
        self.reads.borrow_mut().push((offset, buf.len()));
        self.bytes.read_at(offset, buf)
    }
}

fn inspector(archive: Vec<u8>) -> Inspector {
    Inspector::new(FileSet::of("vm.ova", Rc::new(archive)))
}

fn state_of(report: &Report, name: &str) -> DigestState {
    let files = &report.manifest.as_ref().unwrap().files;
    files.iter().find(|file| file.name == name).unwrap().state
}

fn has(report: &Report, code: &str) -> bool {
    report.findings.iter().any(|finding| finding.code == code)
}

/// The size of the disk of [`large`], too large for the second pass to hash.
const LARGE: usize = 11 << 20;

fn large_disk() -> Vec<u8> {
    let mut disk = raw_disk(1);
    disk.resize(LARGE, 9);
    disk
}

/// An appliance with a disk of [`LARGE`] bytes, and a manifest that was written for `signed`.
fn large(disk: &[u8], signed: &[u8]) -> Vec<u8> {
    let descriptor = ovf().replace("65536", &LARGE.to_string());
    let manifest = manifest_line("vm.ovf", descriptor.as_bytes()) + &manifest_line("disk.img", signed);
    Tar::default()
        .file("vm.ovf", descriptor.as_bytes())
        .file("vm.mf", manifest.as_bytes())
        .file("disk.img", disk)
        .end()
}

#[test]
fn the_third_stage_settles_what_the_second_leaves_open() {
    let sound = large_disk();
    let mut damaged = sound.clone();
    *damaged.last_mut().unwrap() ^= 1;
    for (disk, state) in [(&sound, DigestState::Matches), (&damaged, DigestState::Differs)] {
        let inspector = inspector(large(disk, &sound));
        let complete = inspector.complete().unwrap();
        assert_eq!(complete.manifest.as_ref().unwrap().unchecked_bytes, LARGE as u64);
        assert_eq!(complete.manifest.as_ref().unwrap().algorithm, "SHA256");
        assert_eq!(state_of(&complete, "disk.img"), DigestState::Unchecked);
        assert!(!has(&complete, "ova-digest-mismatch"));

        let verified = inspector.verify(|_, _| ControlFlow::Continue(())).unwrap().unwrap();
        assert_eq!(verified.manifest.as_ref().unwrap().unchecked_bytes, 0);
        assert_eq!(state_of(&verified, "vm.ovf"), DigestState::Matches);
        assert_eq!(state_of(&verified, "disk.img"), state);
        assert_eq!(has(&verified, "ova-digest-mismatch"), state == DigestState::Differs);
        assert!(verified.complete);
        assert_eq!(verified.disks.len(), complete.disks.len());
    }
}

#[test]
fn an_appliance_is_read_once_in_windows_and_its_progress_told() {
    let source = Rc::new(Noted { bytes: large(&large_disk(), &large_disk()), reads: RefCell::default() });
    let inspector = Inspector::new(FileSet::of("vm.ova", source.clone()));
    let complete = inspector.complete().unwrap();
    source.reads.take();
    let mut told = Vec::new();
    inspector
        .verify(|done, total| {
            told.push((done, total));
            ControlFlow::Continue(())
        })
        .unwrap();
    let (window, total) = (4 << 20, LARGE as u64);
    assert_eq!(told, [(0, total), (window, total), (2 * window, total), (total, total)]);
    let disk = complete.disks[0].offset..complete.disks[0].offset + total;
    let reads = source.reads.take();
    let of_windows: Vec<_> = reads.iter().filter(|(_, length)| *length > 1 << 18).collect();
    assert_eq!(of_windows.len(), 3, "{reads:?}");
    assert!(of_windows.iter().all(|(offset, length)| disk.contains(offset) && *length <= 4 << 20));
    assert_eq!(of_windows.iter().map(|(_, length)| length).sum::<usize>(), LARGE);
}

#[test]
fn a_verification_can_be_ended_at_every_window() {
    let inspector = inspector(large(&large_disk(), &large_disk()));
    for allowed in 0..3 {
        let mut calls = 0;
        let ended = inspector.verify(|_, _| {
            calls += 1;
            if calls > allowed { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(ended, Ok(None), "after {allowed}");
        assert_eq!(calls, allowed + 1);
    }
    assert_eq!(state_of(&inspector.complete().unwrap(), "disk.img"), DigestState::Unchecked);
}

#[test]
fn where_there_is_nothing_to_check_the_complete_report_comes_at_once() {
    for bytes in [signed(&ovf(), &raw_disk(1)), raw_disk(1)] {
        let inspector = inspector(bytes);
        let complete = inspector.complete().unwrap();
        let verified = inspector.verify(|_, _| panic!("nothing is read")).unwrap().unwrap();
        assert_eq!(verified, complete);
    }
}

#[test]
fn a_manifest_and_an_archive_that_name_different_files_are_noticed_without_hashing() {
    let manifest = manifest_line("vm.ovf", ovf().as_bytes()) + &manifest_line("vm.nvram", b"gone");
    let archive = Tar::default()
        .file("vm.ovf", ovf().as_bytes())
        .file("vm.mf", manifest.as_bytes())
        .file("disk.img", &raw_disk(1))
        .end();
    let report = inspector(archive).complete().unwrap();
    let said = |code: &str| report.findings.iter().find(|finding| finding.code == code).unwrap();
    assert!(said("ova-manifest-missing-file").message.contains("vm.nvram"));
    assert!(said("ova-manifest-incomplete").message.contains("disk.img"));
}

#[test]
fn a_missing_disk_is_said_once() {
    let mut archive = signed(&ovf(), &raw_disk(1));
    archive.drain(archive.len() - 1024 - raw_disk(1).len() - 512..archive.len() - 1024);
    let report = inspector(archive).complete().unwrap();
    assert!(has(&report, "ova-disk-missing"));
    assert!(!has(&report, "ova-manifest-missing-file"));
}

fn upload_of(archive: Vec<u8>) -> DiskUpload {
    let report = inspector(archive).complete().unwrap();
    assert_eq!(report.disks.len(), 1);
    report.disks[0].upload.clone()
}

fn why_not(archive: Vec<u8>) -> String {
    match upload_of(archive) {
        DiskUpload::Impossible { code, .. } => code,
        possible => panic!("{possible:?}"),
    }
}

#[test]
fn the_slice_of_a_disk_is_its_file_and_its_verdict_that_of_the_file_alone() {
    let descriptor = ovf().replace("disk.img", "disks/disk.img");
    let archive = Tar::default()
        .file("vm.ovf", descriptor.as_bytes())
        .file("disks/disk.img", &raw_disk(1))
        .file("after", b"what follows")
        .end();
    let report = inspector(archive.clone()).complete().unwrap();
    let DiskUpload::Slice { name, offset, length } = &report.disks[0].upload else {
        panic!("{:?}", report.disks[0].upload)
    };
    let (start, length) = (usize::try_from(*offset).unwrap(), usize::try_from(*length).unwrap());
    let slice = archive[start..start + length].to_vec();
    assert_eq!(name, "disk.img");
    assert!(slice == raw_disk(1));
    let alone = inspect(&FileSet::of("disk.img", Rc::new(slice)), "disk.img", Depth::Complete).unwrap();
    let inside = &report.disks[0].report;
    assert_eq!((inside.format, &inside.subformat), (alone.format, &alone.subformat));
    assert_eq!(inside.verdict, alone.verdict);
    assert_ne!(report.verdict.import_snapshot, alone.verdict.import_snapshot);
}

#[test]
fn a_disk_that_does_not_lie_there_byte_by_byte_says_why() {
    let disk = raw_disk(1);
    let chunked = ovf().replace("ovf:href=", "ovf:chunkSize=\"32768\" ovf:href=");
    let archive = Tar::default()
        .file("vm.ovf", chunked.as_bytes())
        .file("disk.img.000000000", &disk[..32_768])
        .file("disk.img.000000001", &disk[32_768..]);
    assert_eq!(why_not(archive.end()), "chunked");

    let compressed = ovf().replace("ovf:href=", "ovf:compression=\"gzip\" ovf:href=");
    let archive = Tar::default().file("vm.ovf", compressed.as_bytes()).file("disk.img", &disk);
    assert_eq!(why_not(archive.end()), "compressed");

    // The bytes tell even where the descriptor does not.
    let mut gzip = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03".to_vec();
    gzip.extend(miniz_oxide::deflate::compress_to_vec(&disk, 6));
    gzip.extend(crc32fast::hash(&disk).to_le_bytes());
    gzip.extend((disk.len() as u32).to_le_bytes());
    let archive = Tar::default().file("vm.ovf", ovf().as_bytes()).file("disk.img", &gzip);
    assert_eq!(why_not(archive.end()), "compressed");

    let sparse = header(b"disk.img", disk.len() as u64, b'S', Dialect::Gnu);
    let archive = Tar::default().file("vm.ovf", ovf().as_bytes()).block(&sparse).block(&disk);
    assert_eq!(why_not(archive.end()), "sparse");

    let mut archive = Tar::default().file("vm.ovf", ovf().as_bytes()).file("disk.img", &disk).without_end();
    archive.truncate(archive.len() - 512);
    let report = inspector(archive.clone()).complete().unwrap();
    assert_eq!(report.disks[0].report.verdict.import_snapshot, Verdict::Refused);
    assert_eq!(why_not(archive), "cut");
}

#[test]
fn a_disk_beside_its_descriptor_is_uploaded_as_the_file_it_is() {
    let file = |name: &str, bytes: &[u8]| NamedSource { name: name.into(), source: Rc::new(bytes.to_vec()) };
    let set = FileSet { files: vec![file("vm.ovf", ovf().as_bytes()), file("disk.img", &raw_disk(1))] };
    let report = Inspector::new(set).complete().unwrap();
    assert_eq!(report.disks[0].upload, DiskUpload::File { name: "disk.img".into() });
}

#[test]
fn json_says_how_a_disk_is_attached_and_uploaded_and_what_the_manifest_says() {
    let json = serde_json::to_value(inspector(signed(&ovf(), &raw_disk(1))).complete().unwrap()).unwrap();
    assert_eq!(json["disks"][0]["upload"]["slice"]["length"], 65_536);
    assert_eq!(json["disks"][0]["is_boot_disk"], true);
    assert!(json["disks"][0]["attachment"].is_null());
    assert_eq!(json["manifest"]["files"][1]["name"], "disk.img");
    assert_eq!(json["manifest"]["files"][1]["state"], "matches");
}

#[test]
fn of_two_systems_the_one_on_the_boot_disk_is_the_machine_s() {
    // Both have a partition table; neither a system. The boot disk is the one that hangs on the lower place.
    let item = |id: &str, place: u32| {
        format!(
            "<Item><rasd:AddressOnParent>{place}</rasd:AddressOnParent><rasd:HostResource>ovf:/disk/{id}\
             </rasd:HostResource><rasd:InstanceID>{id}</rasd:InstanceID><rasd:Parent>1</rasd:Parent></Item>"
        )
    };
    let controller =
        "<Item><rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceType>6</rasd:ResourceType></Item>";
    let system = format!(
        "<VirtualSystem ovf:id='vm'><VirtualHardwareSection>{controller}{}{}</VirtualHardwareSection></VirtualSystem>",
        item("a", 1),
        item("b", 0)
    );
    let descriptor = ovf_of(
        "<File ovf:id='fa' ovf:href='a.img'/><File ovf:id='fb' ovf:href='b.img'/>",
        "<Disk ovf:diskId='a' ovf:fileRef='fa'/><Disk ovf:diskId='b' ovf:fileRef='fb'/>",
        &system,
    );
    let mut bios = raw_disk(1);
    bios[..2].copy_from_slice(&[0xEB, 0x63]);
    let mut efi = raw_disk(2);
    efi[446] = 0;
    efi[450] = 0xEF;
    let archive =
        Tar::default().file("vm.ovf", descriptor.as_bytes()).file("a.img", &bios).file("b.img", &efi).end();
    let report = inspector(archive).complete().unwrap();
    let boot: Vec<_> = report.disks.iter().map(|disk| disk.is_boot_disk).collect();
    assert_eq!(boot, [false, true]);
    let modes: Vec<_> = report.disks.iter().map(|disk| disk.report.boot_mode).collect();
    assert_ne!(modes[0], modes[1]);
    assert_eq!(report.boot_mode, modes[1]);
}
