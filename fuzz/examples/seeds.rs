//! Fills `corpus/` with the seeds of every target: `cargo run --example seeds [-- image …]`.
//!
//! Images that are named are added, each to the target of its format, to `inspect`, and, where they are raw, to
//! `guest`. Those of more than 256 MiB are left out.

#[path = "../../tests/guest/disk.rs"]
#[allow(dead_code, unused_imports, reason = "they are there for the tests")]
mod disk;
#[path = "../../tests/guest/executable.rs"]
#[allow(dead_code, unused_imports, reason = "they are there for the tests")]
mod executable;
#[path = "../../tests/images/mod.rs"]
mod images;
#[path = "../../tests/guest/linux.rs"]
#[allow(dead_code, unused_imports, reason = "they are there for the tests")]
mod linux;
#[path = "../../tests/guest/volume_group.rs"]
#[allow(dead_code, unused_imports, reason = "they are there for the tests")]
mod volume_group;
#[path = "../../tests/guest/windows.rs"]
#[allow(dead_code, unused_imports, reason = "they are there for the tests")]
mod windows;

use disk::{Disk, MIB, ext, fat, tool};
use images::Sample;
use import_planner::image::{Depth, FileSet};
use import_planner::inspect::inspect;
use import_planner_fuzz::sparse::to_input;
use std::fs;
use std::path::Path;
use std::rc::Rc;

/// A seed above this size would make every run slow (bytes).
const LARGEST: usize = 320 << 10;

/// An image above this size is not read at all (bytes).
const LARGEST_FILE: u64 = 256 << 20;

fn main() {
    for Sample { format, name, bytes } in images::samples() {
        plant(format, &name, &bytes);
    }
    for (name, disk) in disks() {
        plant("guest", name, &fs::read(&disk.path).expect("a disk"));
    }
    for path in std::env::args().skip(1) {
        let path = Path::new(&path);
        if fs::metadata(path).is_ok_and(|file| file.len() <= LARGEST_FILE) {
            let name = path.display().to_string().replace('/', "-");
            let bytes = fs::read(path).expect("an image");
            plant(target_of(&bytes), &name, &bytes);
        }
    }
}

/// Disks with the file systems that are looked into.
fn disks() -> Vec<(&'static str, Disk)> {
    let formatted = |program: &'static str| {
        let disk = Disk::partitioned(400 * MIB, "label: dos\n2048,,83,*\n");
        disk.put(MIB, 398 * MIB, |image| drop(tool(program, &["-q", "-f", image], "")));
        disk
    };
    let extended = "label: dos\n2048,16384,6,*\n,,E\n20480,8192,83\n30720,8192,82\n";
    let boot = |bits, mebibytes| {
        let disk = Disk::partitioned(96 * MIB, "label: gpt\n2048,,U\n");
        disk.put(MIB, mebibytes * MIB, fat(bits, &linux::esp()));
        disk
    };
    let older = Disk::partitioned(64 * MIB, "label: dos\n2048,,83,*\n");
    older.put(MIB, 63 * MIB, ext("ext2", &linux::debian()));
    vec![
        ("uefi-linux", linux::uefi_disk(&linux::esp(), &linux::debian())),
        ("legacy-windows", windows::legacy_disk(&windows::server_2022())),
        ("logical-volume", volume_group::disk_with(ext("ext4", &linux::debian()))),
        ("ext2", older),
        ("fat12", boot("12", 2)),
        ("fat16", boot("16", 16)),
        ("fat32", boot("32", 64)),
        ("extended", Disk::partitioned(32 * MIB, extended)),
        ("xfs", formatted("mkfs.xfs")),
        ("btrfs", formatted("mkfs.btrfs")),
    ]
}

/// The target whose format `bytes` are of.
fn target_of(bytes: &[u8]) -> &'static str {
    let set = FileSet::of("a", Rc::new(bytes.to_vec()));
    match inspect(&set, "a", Depth::First).expect("bytes in memory").format.name() {
        name @ ("vmdk" | "vhd" | "vhdx" | "vdi" | "parallels" | "iso" | "dmg" | "ewf" | "qed"
        | "squashfs") => name,
        "qcow" | "qcow2" => "qcow2",
        "ova" | "ovf" | "tar" => "ova",
        "raw" => "guest",
        "unknown" | "empty" => "inspect",
        _ => "compressed",
    }
}

/// Writes the seed of `bytes`, as it is and with the mark that has its checksums put right after a change.
fn plant(target: &str, name: &str, bytes: &[u8]) {
    for (options, suffix) in [(0, ""), (1, "-sealed")] {
        let input = to_input(bytes, options);
        if input.len() > LARGEST {
            println!("{target}/{name}: {} bytes are too many for a seed", input.len());
            return;
        }
        for target in [target, "inspect"] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
            fs::create_dir_all(&folder).expect("a folder");
            fs::write(folder.join(format!("{name}{suffix}")), &input).expect("room for a seed");
        }
    }
}
