//! What a container says of itself, against qemu-img, libvhdi, libvmdk and libqcow.

use crate::tools::{Folder, fact};
use import_planner::image::{Condition, Format, Image};
use serde_json::Value;
use std::os::unix::fs::FileExt as _;

const SIZE: u64 = 20 << 20;

/// A folder with `disk.raw`, of `size` bytes with some data, and `image` that qemu-img made of it.
fn converted(size: u64, arguments: &[&str], image: &str) -> Folder {
    let folder = Folder::new();
    folder.sparse("disk.raw", size);
    let noise: Vec<u8> =
        (0..3 << 20_u32).map(|at: u32| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    patch(&folder, "disk.raw", 5 << 20, &noise);
    folder.qemu_img(&[&["convert", "-f", "raw"], arguments, &["disk.raw", image]].concat());
    folder
}

fn patch(folder: &Folder, name: &str, offset: u64, bytes: &[u8]) {
    let file = std::fs::File::options().write(true).open(folder.path(name)).expect("it is there");
    file.write_all_at(bytes, offset).expect("it is writable");
}

/// The value after `key` in what a program of libyal prints.
fn value<'a>(said: &'a str, key: &str) -> &'a str {
    let after = said.lines().find_map(|line| line.trim_start().strip_prefix(key));
    after.and_then(|after| after.split_once(':')).unwrap_or_else(|| panic!("no {key} in {said}")).1.trim()
}

/// The size, which is printed as `20 MiB (20971520 bytes)`.
fn media_size(said: &str) -> Option<u64> {
    let digits = value(said, "Media size").split(['(', ' ']).rev().find(|word| word.parse::<u64>().is_ok());
    digits.and_then(|digits| digits.parse().ok())
}

fn qemu_info(folder: &Folder, name: &str) -> Value {
    serde_json::from_str(&folder.qemu_img(&["info", "--output=json", name])).expect("qemu-img prints JSON")
}

fn is_truncated(image: &Image) -> bool {
    image.conditions.iter().any(|condition| matches!(condition, Condition::Truncated { .. }))
}

fn damaged_field(image: &Image) -> Option<&str> {
    image.conditions.iter().find_map(|condition| match condition {
        Condition::Damaged(error) => Some(error.field),
        _ => None,
    })
}

#[test]
fn sizes_are_what_qemu_img_says() {
    // Sizes that no cluster, grain or cylinder divides.
    for size in [SIZE, SIZE + 512, (1 << 20) + 512 * 7] {
        for (format, driver, options) in [
            (Format::Qcow2, "qcow2", "compat=1.1"),
            (Format::Qcow2, "qcow2", "compat=0.10"),
            (Format::Vdi, "vdi", "static=off"),
            (Format::Vdi, "vdi", "static=on"),
            (Format::Vhdx, "vhdx", "subformat=dynamic,block_state_zero=off"),
            (Format::Vhdx, "vhdx", "subformat=fixed,block_state_zero=off"),
            (Format::Vhd, "vpc", "subformat=dynamic"),
            (Format::Vhd, "vpc", "subformat=dynamic,force_size=on"),
            (Format::Vmdk, "vmdk", "subformat=monolithicSparse"),
            (Format::Vmdk, "vmdk", "subformat=monolithicFlat"),
            (Format::Vmdk, "vmdk", "subformat=twoGbMaxExtentSparse"),
            (Format::Vmdk, "vmdk", "subformat=twoGbMaxExtentFlat"),
            (Format::Vmdk, "vmdk", "subformat=streamOptimized"),
        ] {
            let folder = converted(size.max(9 << 20), &["-O", driver, "-o", options], "disk.image");
            let image = folder.image("disk.image");
            let info = qemu_info(&folder, "disk.image");
            assert_eq!(info["format"], driver, "{options}");
            assert_eq!(image.format, format, "{options}");
            assert_eq!(image.virtual_size, info["virtual-size"].as_u64(), "{driver} {options}");
            assert_eq!(image.conditions, [], "{driver} {options}");
        }
    }
}

#[test]
fn vhds_are_what_libvhdi_says() {
    for (kind, said_kind) in [("dynamic", "Dynamic"), ("fixed", "Fixed")] {
        let options = format!("subformat={kind},force_size=on");
        let folder = converted(SIZE, &["-O", "vpc", "-o", &options], "disk.vhd");
        let image = folder.image("disk.vhd");
        let said = folder.run("vhdiinfo", &["disk.vhd"], "");
        assert_eq!(value(&said, "Disk type"), said_kind);
        assert_eq!(image.subformat.as_deref(), Some(kind));
        assert_eq!(image.virtual_size, media_size(&said));
        assert_eq!(fact(&image, "unique ID"), value(&said, "Identifier"));
    }
}

#[test]
fn vhdxs_are_what_libvhdi_says() {
    for (kind, said_kind) in [("dynamic", "Dynamic"), ("fixed", "Fixed")] {
        let folder = converted(SIZE, &["-O", "vhdx", "-o", &format!("subformat={kind}")], "disk.vhdx");
        let image = folder.image("disk.vhdx");
        let said = folder.run("vhdiinfo", &["disk.vhdx"], "");
        assert_eq!(value(&said, "Disk type"), said_kind);
        assert_eq!(image.subformat.as_deref(), Some(kind));
        assert_eq!(image.virtual_size, media_size(&said));
        assert_eq!(value(&said, "Bytes per sector"), fact(&image, "LogicalSectorSize"));
        // What it calls the identifier is the header's DataWriteGuid ([MS-VHDX] 2.2.2), which changes with the data;
        // the disk's own identity is the metadata item Virtual Disk ID (2.6.2.4).
        assert_eq!(fact(&image, "DataWriteGuid"), value(&said, "Identifier"));
        assert_ne!(fact(&image, "VirtualDiskId"), value(&said, "Identifier"));
    }
}

#[test]
fn vmdks_are_what_libvmdk_says() {
    for (kind, said_kind) in [
        ("monolithicSparse", "Monolithic sparse"),
        ("monolithicFlat", "Monolithic flat"),
        ("twoGbMaxExtentSparse", "2GB extent sparse"),
        ("twoGbMaxExtentFlat", "2GB extent flat"),
        ("streamOptimized", "Stream optimized"),
    ] {
        let folder = converted(SIZE, &["-O", "vmdk", "-o", &format!("subformat={kind}")], "disk.vmdk");
        let image = folder.image("disk.vmdk");
        let said = folder.run("vmdkinfo", &["disk.vmdk"], "");
        assert_eq!(value(&said, "Disk type"), said_kind);
        assert_eq!(image.subformat.as_deref(), Some(kind));
        assert_eq!(image.virtual_size, media_size(&said), "{kind}");
        for (name, said_name) in [("CID", "Content identifier"), ("parentCID", "Parent content identifier")] {
            // The descriptor's digits may lack the leading zeros.
            let ours = u32::from_str_radix(fact(&image, name), 16);
            let theirs = u32::from_str_radix(value(&said, said_name).trim_start_matches("0x"), 16);
            assert_eq!(ours, theirs, "{kind}");
        }
    }
}

#[test]
fn qcows_are_what_libqcow_says() {
    for (format, options, version) in
        [("qcow", "", "1"), ("qcow2", "compat=0.10", "2"), ("qcow2", "compat=1.1", "3")]
    {
        let arguments: &[&str] =
            if options.is_empty() { &["-O", format] } else { &["-O", format, "-o", options] };
        let folder = converted(SIZE, arguments, "disk.image");
        let image = folder.image("disk.image");
        let said = folder.run("qcowinfo", &["disk.image"], "");
        assert_eq!(value(&said, "Format version"), version);
        assert_eq!(fact(&image, "version"), version);
        assert_eq!(image.virtual_size, media_size(&said));
    }
}

/// Virtual Hard Disk Image Format Specification 1.0, "Hard Disk Footer Format": "Original Size" is the size at
/// creation, "Current Size" the disk's size now. libvhdi tells the former, qemu-img and we the latter.
#[test]
fn libvhdi_tells_the_size_that_a_vhd_once_had() {
    let folder = converted(SIZE, &["-O", "vpc", "-o", "subformat=dynamic,force_size=on"], "disk.vhd");
    let mut file = std::fs::read(folder.path("disk.vhd")).expect("readable");
    let footer = file.len() - 512;
    for start in [0, footer] {
        let copy = &mut file[start..start + 512];
        copy[40..48].copy_from_slice(&(SIZE / 2).to_be_bytes());
        copy[64..68].fill(0);
        let sum: u32 = copy.iter().map(|byte| u32::from(*byte)).sum();
        copy[64..68].copy_from_slice(&(!sum).to_be_bytes());
    }
    std::fs::write(folder.path("disk.vhd"), file).expect("writable");
    let image = folder.image("disk.vhd");
    assert_eq!(image.virtual_size, Some(SIZE));
    assert_eq!(qemu_info(&folder, "disk.vhd")["virtual-size"], SIZE);
    assert_eq!(media_size(&folder.run("vhdiinfo", &["disk.vhd"], "")), Some(SIZE / 2));
}

/// The same specification, "Checksum": the one's complement of the sum of the bytes. libvhdi does not check it.
#[test]
fn libvhdi_takes_a_footer_with_a_wrong_checksum() {
    let folder = converted(SIZE, &["-O", "vpc", "-o", "subformat=dynamic,force_size=on"], "disk.vhd");
    let length = std::fs::metadata(folder.path("disk.vhd")).expect("it is there").len();
    patch(&folder, "disk.vhd", length - 512 + 64, &[0; 4]);
    let image = folder.image("disk.vhd");
    let bad_copy = |condition: &&Condition| matches!(condition, Condition::BadCopy { offset, .. } if *offset == length - 512);
    assert!(image.conditions.iter().any(|condition| bad_copy(&condition)), "{:?}", image.conditions);
    folder.run("vhdiinfo", &["disk.vhd"], "");
}

/// The same specification, "Hard Disk Footer Format": a fixed disk is the data and, behind it, the footer. qemu-img
/// looks for no footer there: it takes the file for a raw disk, and the footer for its last sector.
#[test]
fn qemu_img_takes_a_fixed_vhd_for_a_raw_disk() {
    let folder = converted(SIZE, &["-O", "vpc", "-o", "subformat=fixed,force_size=on"], "disk.vhd");
    let info = qemu_info(&folder, "disk.vhd");
    assert_eq!((info["format"].as_str(), info["virtual-size"].as_u64()), (Some("raw"), Some(SIZE + 512)));
    let image = folder.image("disk.vhd");
    assert_eq!((image.format, image.virtual_size), (Format::Vhd, Some(SIZE)));
}

/// "Virtual Disk Format 5.0", "Hosted Sparse Extent Metadata": the grain tables say where every grain lies. Neither
/// qemu-img nor libvmdk compares that with the file's end.
#[test]
fn qemu_img_and_libvmdk_take_half_a_stream() {
    let folder = converted(SIZE, &["-O", "vmdk", "-o", "subformat=streamOptimized"], "disk.vmdk");
    let file = std::fs::File::options().write(true).open(folder.path("disk.vmdk")).expect("it is there");
    let length = file.metadata().expect("it is there").len();
    file.set_len(length / 2 / 512 * 512).expect("it can be cut");
    assert!(is_truncated(&folder.image("disk.vmdk")));
    assert_eq!(qemu_info(&folder, "disk.vmdk")["format"], "vmdk");
    assert_eq!(media_size(&folder.run("vmdkinfo", &["disk.vmdk"], "")), Some(SIZE));
}

/// "QCOW2: Clusters" of QEMU's `docs/interop/qcow2.rst` and VDI's block map: both lead beyond the end of half a file,
/// which their readers open nevertheless.
#[test]
fn qemu_img_takes_half_a_qcow2_and_half_a_vdi() {
    for driver in ["qcow2", "vdi"] {
        let folder = converted(SIZE, &["-O", driver], "disk.image");
        let file = std::fs::File::options().write(true).open(folder.path("disk.image")).expect("it is there");
        let length = file.metadata().expect("it is there").len();
        file.set_len(length - (1 << 20)).expect("it can be cut");
        assert!(is_truncated(&folder.image("disk.image")), "{driver}");
        assert_eq!(qemu_info(&folder, "disk.image")["virtual-size"], SIZE, "{driver}");
    }
    let folder = converted(SIZE, &["-O", "qcow2"], "disk.image");
    std::fs::File::options()
        .write(true)
        .open(folder.path("disk.image"))
        .expect("there")
        .set_len(1 << 20)
        .expect("cut");
    assert_eq!(media_size(&folder.run("qcowinfo", &["disk.image"], "")), Some(SIZE));
}

/// [MS-VHDX] 2.2.2: a header whose CRC-32C is wrong is not valid, and a file without a valid one is corrupt.
#[test]
fn libvhdi_takes_a_vhdx_both_of_whose_headers_are_bad() {
    let folder = converted(SIZE, &["-O", "vhdx"], "disk.vhdx");
    for header in [64 << 10, 128 << 10] {
        patch(&folder, "disk.vhdx", header + 4, &[0; 4]);
    }
    assert_eq!(damaged_field(&folder.image("disk.vhdx")), Some("both headers"));
    folder.run("vhdiinfo", &["disk.vhdx"], "");
}

/// [MS-VHDX] 2.2.3: there are two region tables, and the second stands in for the first. qemu-img does not look at it.
#[test]
fn qemu_img_does_not_use_the_second_region_table_of_a_vhdx() {
    let folder = converted(SIZE, &["-O", "vhdx", "-o", "block_state_zero=off"], "disk.vhdx");
    patch(&folder, "disk.vhdx", (192 << 10) + 4, &[0; 4]);
    let image = folder.image("disk.vhdx");
    assert_eq!(image.virtual_size, Some(SIZE));
    assert!(matches!(image.conditions[..], [Condition::BadCopy { .. }]), "{:?}", image.conditions);
    let theirs = folder.run_to_any_end("qemu-img", &["info", "-f", "vhdx", "disk.vhdx"], "");
    assert!(!theirs.status.success());
}

/// QEMU's `docs/interop/qcow2.rst`, "compression type" and "Extended L2 Entries": both are incompatible features that
/// libqcow does not know.
#[test]
fn libqcow_refuses_the_features_of_newer_qcow2() {
    for options in ["compression_type=zstd", "extended_l2=on,cluster_size=64k"] {
        let folder = converted(SIZE, &["-O", "qcow2", "-o", options], "disk.image");
        assert_eq!(folder.image("disk.image").virtual_size, Some(SIZE), "{options}");
        assert!(!folder.run_to_any_end("qcowinfo", &["disk.image"], "").status.success(), "{options}");
    }
}
