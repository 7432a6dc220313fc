use super::*;
use crate::image::{Depth, FileSet, NamedSource, ReadAt, ReadError};
use crate::verdict::Verdict;
use std::rc::Rc;

fn report_of(name: &str, bytes: Vec<u8>) -> Report {
    inspect(&FileSet::of(name, Rc::new(bytes)), name, Depth::Complete).unwrap()
}

/// A disk of 1 MiB with one partition of type 0x83 in an MBR.
pub(super) fn mbr_disk() -> Vec<u8> {
    let mut disk = vec![0; 1 << 20];
    disk[446..462].copy_from_slice(&[0x80, 0, 2, 0, 0x83, 0, 9, 0, 8, 0, 0, 0, 0, 4, 0, 0]);
    disk[510..512].copy_from_slice(&[0x55, 0xAA]);
    disk
}

fn codes(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.code.as_str()).collect()
}

#[test]
fn a_file_that_begins_with_zeros_is_a_blank_raw_disk() {
    let report = report_of("a", vec![0; 1 << 20]);
    assert_eq!(report.format, Format::Raw);
    assert_eq!(report.partition_table, Some(TableKind::None));
    assert!(codes(&report).contains(&"no-partition-table"));
    assert_eq!(report.verdict.import_snapshot, Verdict::Accepted);
}

#[test]
fn bytes_without_any_structure_are_unknown_and_refused_as_a_machine() {
    let report = report_of("a", b"It was a dark\0and stormy night.".repeat(100));
    assert_eq!((report.format, report.virtual_size), (Format::Unknown, None));
    assert_eq!(codes(&report), ["unknown-format"]);
    assert_eq!(report.verdict.import_image, Verdict::Refused);
    assert_eq!(report.advice.call, None);
}

#[test]
fn a_file_of_another_kind_is_named_and_refused_by_both_calls() {
    let report = report_of("disk.vmdk", b"<html>Please sign in</html>".to_vec());
    assert_eq!((report.format, report.virtual_size), (Format::Unknown, None));
    assert_eq!(codes(&report), ["not-a-disk"]);
    assert!(report.findings[0].message.contains("a web page (HTML)"));
    assert_eq!(report.verdict.import_snapshot, Verdict::Refused);
    assert_eq!(report.verdict.import_image, Verdict::Refused);
}

#[test]
fn a_file_system_behind_the_mark_of_another_file_is_a_raw_disk() {
    let mut disk = vec![0; 1 << 20];
    disk[..8].copy_from_slice(b"%PDF-1.7");
    disk[1024 + 4..1024 + 8].copy_from_slice(&256_u32.to_le_bytes());
    disk[1024 + 32..1024 + 36].copy_from_slice(&8192_u32.to_le_bytes());
    disk[1024 + 40..1024 + 44].copy_from_slice(&64_u32.to_le_bytes());
    disk[1024 + 56..1024 + 58].copy_from_slice(&[0x53, 0xEF]);
    let report = report_of("a", disk);
    assert_eq!(report.format, Format::Raw);
    assert!(report.whole_disk.is_some_and(|name| name.starts_with("ext")));
}

#[test]
fn a_disk_with_a_partition_table_is_raw_and_its_partitions_are_reported() {
    let report = report_of("disk.img", mbr_disk());
    assert_eq!((report.format, report.partition_table), (Format::Raw, Some(TableKind::Mbr)));
    let partition = &report.partitions[0];
    assert_eq!((partition.index, partition.start, partition.size), (1, 4096, 1 << 19));
}

#[test]
fn json_has_the_names_that_others_rely_on() {
    let json = serde_json::to_value(report_of("disk.vmdk", mbr_disk())).unwrap();
    for name in [
        "path",
        "format",
        "subformat",
        "file_size",
        "virtual_size",
        "creator",
        "parent",
        "partition_table",
        "findings",
        "verdict",
        "bytes_read",
        "reads",
        "extents",
        "partitions",
        "boot_mode",
        "architecture",
        "os",
        "advice",
    ] {
        assert!(json.get(name).is_some(), "{name}");
    }
    assert_eq!(json["format"], "raw");
    assert_eq!(json["partition_table"], "mbr");
    assert_eq!(json["verdict"]["import_snapshot"], "accepted_with_warnings");
    let finding = &json["findings"][0];
    for name in ["code", "severity", "message", "remedy", "source"] {
        assert!(finding.get(name).is_some(), "{name}");
    }
    assert_eq!(finding["severity"]["import_image"], "warning");
    for name in ["index", "type", "name", "start", "size", "filesystem", "label"] {
        assert!(json["partitions"][0].get(name).is_some(), "{name}");
    }
}

#[test]
fn a_report_survives_the_way_to_the_page() {
    let report = report_of("disk.vmdk", mbr_disk());
    let text = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report);
}

#[test]
fn the_second_pass_reads_nothing_again() {
    let inspector = Inspector::new(FileSet::of("disk.img", Rc::new(mbr_disk())));
    let first = inspector.first().unwrap();
    assert!(!first.complete && first.reads > 0);
    let complete = inspector.complete().unwrap();
    assert!(complete.complete);
    let again = inspector.complete().unwrap();
    assert_eq!((again.reads, again.bytes_read), (complete.reads, complete.bytes_read));
    assert!(complete.bytes_read <= complete.file_size);
}

#[test]
fn a_descriptor_and_its_extent_are_one_disk_reported_by_the_descriptor() {
    let descriptor = "# Disk DescriptorFile\nversion=1\nCID=12345678\nparentCID=ffffffff\n\
        createType=\"monolithicFlat\"\nRW 2048 FLAT \"disk-flat.vmdk\" 0\n";
    let file = |name: &str, bytes: Vec<u8>| NamedSource { name: name.into(), source: Rc::new(bytes) };
    let set =
        FileSet { files: vec![file("x/disk-flat.vmdk", mbr_disk()), file("x/disk.vmdk", descriptor.into())] };
    let inspector = Inspector::new(set);
    assert_eq!(inspector.heads().unwrap(), [1]);
    let report = inspector.complete().unwrap();
    assert_eq!(report.path, "x/disk.vmdk");
    assert_eq!(report.partition_table, Some(TableKind::Mbr));
    assert!(report.extents[0].present);
}

#[test]
fn files_that_have_nothing_to_do_with_each_other_are_each_their_own() {
    let file = |name: &str| NamedSource { name: name.into(), source: Rc::new(mbr_disk()) };
    let inspector = Inspector::new(FileSet { files: vec![file("a.img"), file("b.img")] });
    assert_eq!(inspector.heads().unwrap(), [0, 1]);
    assert_eq!(inspector.first().unwrap().path, "a.img");
}

#[test]
fn a_file_that_vanished_is_an_error_and_no_report() {
    struct Gone;
    impl ReadAt for Gone {
        fn size(&self) -> u64 {
            1 << 30
        }
        fn read_at(&self, offset: u64, _: &mut [u8]) -> Result<(), ReadError> {
            Err(ReadError::Failed { offset, reason: "it was removed".into() })
        }
    }
    let error = inspect(&FileSet::of("a", Rc::new(Gone)), "a", Depth::First).unwrap_err();
    assert!(error.to_string().contains("it was removed"));
}

#[test]
fn a_set_without_files_or_without_that_file_is_an_error() {
    assert!(Inspector::new(FileSet::default()).first().is_err());
    assert!(inspect(&FileSet::of("a", Rc::new(vec![0_u8; 512])), "b", Depth::First).is_err());
}
