//! What qemu-img writes, against what went in.

use super::*;
use crate::image::read_at::DiskFile;
use std::path::Path;
use std::process::Command;

fn qemu_img(folder: &Path, arguments: &[&str]) {
    let output = Command::new("qemu-img").current_dir(folder).args(arguments).output().expect("qemu-img");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Opens `name` with all the folder's files as its set.
fn open_in(folder: &Path, name: &str, depth: Depth) -> Opened {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|other| other != name)
        .collect();
    names.insert(0, name.into());
    let files: Vec<(&str, Source)> = names
        .iter()
        .map(|name| (name.as_str(), Rc::new(DiskFile::open(&folder.join(name)).unwrap()) as Source))
        .collect();
    open_set(&files, depth)
}

#[test]
fn every_subformat_holds_what_went_in() {
    let disk = sample_disk((70 << 20) - 512 * 5);
    for (subformat, options) in [
        ("monolithicSparse", "adapter_type=ide"),
        ("monolithicSparse", "zeroed_grain=on"),
        ("monolithicFlat", "adapter_type=lsilogic"),
        ("twoGbMaxExtentSparse", "adapter_type=buslogic"),
        ("twoGbMaxExtentFlat", "adapter_type=legacyESX"),
        ("streamOptimized", "adapter_type=lsilogic"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("source.raw"), &disk).unwrap();
        let options = format!("subformat={subformat},{options}");
        let arguments = ["convert", "-f", "raw", "-O", "vmdk", "-o", &options, "source.raw", "disk.vmdk"];
        qemu_img(folder.path(), &arguments);
        for depth in [Depth::First, Depth::Complete] {
            let opened = open_in(folder.path(), "disk.vmdk", depth);
            assert_eq!(opened.image.conditions, [], "{options}");
            assert_eq!(opened.image.subformat.as_deref(), Some(subformat));
            assert_eq!(opened.image.virtual_size, Some(disk.len() as u64));
            assert_eq!(opened.image.creator.as_deref(), Some("QEMU"));
            assert_disk_is(&opened, &disk);
        }
    }
}

#[test]
fn a_disk_in_several_extents_beyond_2_gib_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let options = "subformat=twoGbMaxExtentSparse";
    qemu_img(folder.path(), &["create", "-q", "-f", "vmdk", "-o", options, "disk.vmdk", "5G"]);
    let write = |command: &str| {
        let output = Command::new("qemu-io")
            .current_dir(folder.path())
            .args(["-f", "vmdk", "-c", command, "disk.vmdk"])
            .output()
            .expect("qemu-io");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    // Across the border of the first two extents, and at the end.
    write("write -P 0xa1 2147418112 131072");
    write("write -P 0xa2 5368643584 65536");
    for depth in [Depth::First, Depth::Complete] {
        let opened = open_in(folder.path(), "disk.vmdk", depth);
        assert_eq!(opened.image.conditions, []);
        assert_eq!(opened.image.extents.len(), 3);
        let disk = opened.disk.unwrap();
        let mut border = vec![0; 131_072];
        disk.read_at(2_147_418_112, &mut border).unwrap();
        assert!(border.iter().all(|byte| *byte == 0xA1));
        let mut end = vec![0; 65_536];
        disk.read_at(5_368_643_584, &mut end).unwrap();
        assert!(end.iter().all(|byte| *byte == 0xA2));
    }
    let allocated = open_in(folder.path(), "disk.vmdk", Depth::Complete).image.allocated;
    assert_eq!(allocated, [2_147_418_112..2_147_549_184, 5_368_643_584..5_368_709_120]);
}

#[test]
fn a_delta_made_by_qemu_is_read_through_its_parent() {
    let disk = sample_disk(20 << 20);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("source.raw"), &disk).unwrap();
    qemu_img(folder.path(), &["convert", "-f", "raw", "-O", "vmdk", "source.raw", "base.vmdk"]);
    let arguments = ["create", "-q", "-f", "vmdk", "-b", "base.vmdk", "-F", "vmdk", "child.vmdk"];
    qemu_img(folder.path(), &arguments);
    let opened = open_in(folder.path(), "child.vmdk", Depth::Complete);
    assert!(opened.image.parent.as_ref().is_some_and(|parent| parent.present));
    assert_disk_is(&opened, &disk);
}

#[test]
fn half_of_a_stream_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("source.raw"), sample_disk(20 << 20)).unwrap();
    let options = "subformat=streamOptimized";
    let arguments = ["convert", "-f", "raw", "-O", "vmdk", "-o", options, "source.raw", "disk.vmdk"];
    qemu_img(folder.path(), &arguments);
    let file = std::fs::read(folder.path().join("disk.vmdk")).unwrap();
    let half = open(&file[..file.len() / 2]);
    assert_eq!(truncated(&half).map(|(structure, _)| structure), Some("grain"));
}
