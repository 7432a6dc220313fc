use crate::image::{Condition, Format, Image, Parent};
use crate::verdict::Verdict;
use crate::verdict::builder::Case;

#[test]
fn a_qcow2_is_refused_with_the_command_that_converts_it() {
    let case = Case::new("server.qcow2", Format::Qcow2);
    assert_eq!(
        case.command("container-not-accepted"),
        [
            "qemu-img",
            "convert",
            "-f",
            "qcow2",
            "-O",
            "vmdk",
            "-o",
            "subformat=streamOptimized",
            "server.qcow2",
            "server-import.vmdk"
        ]
    );
}

#[test]
fn a_command_names_the_file_exactly_and_the_sentence_safely() {
    let case = Case::new("-a $(b)\n.vdi", Format::Vdi);
    let command = case.command("container-not-accepted");
    assert_eq!(command[8], "./-a $(b)\n.vdi");
    assert_eq!(command[9], "./-a $(b)\n-import.vmdk");
}

#[test]
fn a_damaged_image_gets_no_command_that_would_convert_the_damage() {
    let mut case = Case::new("a.qcow2", Format::Qcow2);
    case.image.conditions.push(Condition::Truncated { structure: "clusters", needed: None });
    assert!(case.command("container-not-accepted").is_empty());
}

#[test]
fn each_compressed_format_is_undone_by_its_program() {
    let cases: &[(&str, Format, &[&str])] = &[
        ("a.vmdk.gz", Format::Gzip, &["gzip", "-dk", "a.vmdk.gz"]),
        ("a.raw.XZ", Format::Xz, &["xz", "-dk", "a.raw.XZ"]),
        ("a.raw.zst", Format::Zstd, &["zstd", "-d", "a.raw.zst", "-o", "a.raw"]),
        ("a.bz2", Format::Bzip2, &["bzip2", "-dk", "a.bz2"]),
        ("a.zip", Format::Zip, &["unzip", "a.zip"]),
        ("a.img", Format::Gzip, &["7z", "x", "a.img"]),
        ("-a.7z", Format::SevenZip, &["7z", "x", "./-a.7z"]),
    ];
    for (name, format, command) in cases {
        assert_eq!(Case::new(name, *format).command("compressed"), *command, "{name}");
    }
}

#[test]
fn what_a_compressed_file_holds_is_converted_after_decompressing() {
    let mut case = Case::new("a.qcow2.gz", Format::Gzip);
    case.image.compressed = Some(Box::new(Image::new(Format::Qcow2, 1 << 20)));
    assert!(case.finding("compressed").unwrap().message.contains("a QCOW2 image"));
    assert_eq!(case.command("compressed-and-not-accepted")[8..], ["a.qcow2", "a-import.vmdk"]);
}

#[test]
fn a_differencing_vhdx_is_merged_by_its_program_and_not_by_qemu_img() {
    let mut case = Case::new("child.vhdx", Format::Vhdx);
    case.image.subformat = Some("differencing".into());
    case.image.parent = Some(Parent { name: "base.vhdx".into(), identity: None, present: false });
    let finding = case.finding("differencing").unwrap();
    assert!(finding.message.contains("base.vhdx"));
    assert!(case.command("differencing").is_empty());
    assert!(case.is_refused());
}

#[test]
fn what_is_no_disk_is_refused_by_both_calls() {
    for format in [Format::Iso, Format::Empty, Format::Tar, Format::Ovf, Format::Ewf] {
        assert!(Case::new("a", format).is_refused(), "{format:?}");
    }
}

#[test]
fn unknown_bytes_may_still_be_a_data_volume() {
    let verdict = Case::new("a", Format::Unknown).verdict();
    assert_eq!(verdict.import_snapshot, Verdict::AcceptedWithWarnings);
    assert_eq!(verdict.import_image, Verdict::Refused);
}
