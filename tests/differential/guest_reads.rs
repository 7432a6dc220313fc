//! The guest's bytes against `qemu-img convert -O raw`, in every format that qemu writes and that opens to a disk.
//!
//! The images are fragmented: a running machine is played by writes in an order that knows nothing of the disk's, so
//! that blocks lie in the file as they came. They are larger than 2 TiB where the format allows it; such a disk is
//! compared in windows of 32 MiB, in which all the writes lie, and is zero elsewhere.

use crate::tools::{Folder, Random, source};
use import_planner::image::{Condition, Depth, Opened, Source};
use std::fmt::Write as _;

const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;
const TIB: u64 = 1 << 40;
const WINDOW: u64 = 32 * MIB;
/// What is read at once of a whole window: nothing that a block's size divides.
const STEP: u64 = 3 * MIB + 512 * 3;

/// An image that qemu creates: its driver, the options, and the disk's size.
struct Kind {
    driver: &'static str,
    options: &'static str,
    size: u64,
}

const KINDS: &[Kind] = &[
    Kind { driver: "qcow2", options: "", size: 6 * TIB },
    Kind { driver: "qcow2", options: "compat=0.10", size: 3 * TIB },
    Kind { driver: "qcow2", options: "cluster_size=512", size: 60 * GIB },
    Kind { driver: "qcow2", options: "extended_l2=on,cluster_size=64k", size: 3 * TIB },
    Kind { driver: "qcow", options: "", size: 3 * TIB },
    Kind { driver: "vdi", options: "", size: 3 * TIB },
    Kind { driver: "vhdx", options: "block_size=1M", size: 3 * TIB },
    Kind { driver: "vhdx", options: "block_size=32M,block_state_zero=off", size: 60 * TIB },
    // The largest VHD.
    Kind { driver: "vpc", options: "subformat=dynamic,force_size=on", size: 2040 * GIB },
    Kind { driver: "vpc", options: "subformat=fixed,force_size=on", size: 5 * GIB },
    Kind { driver: "vmdk", options: "subformat=monolithicSparse", size: 3 * TIB },
    Kind { driver: "vmdk", options: "subformat=monolithicSparse,zeroed_grain=on", size: 5 * GIB },
    Kind { driver: "vmdk", options: "subformat=monolithicFlat", size: 3 * TIB },
    Kind { driver: "vmdk", options: "subformat=twoGbMaxExtentSparse", size: 5 * GIB },
    Kind { driver: "vmdk", options: "subformat=twoGbMaxExtentFlat", size: 5 * GIB },
];

/// What only `qemu-img convert` writes: the file, its driver, and how.
const COMPRESSED: &[(&str, &str, &[&str])] = &[
    ("stream.vmdk", "vmdk", &["-O", "vmdk", "-o", "subformat=streamOptimized"]),
    ("zlib.qcow2", "qcow2", &["-c", "-O", "qcow2"]),
    ("zstd.qcow2", "qcow2", &["-c", "-O", "qcow2", "-o", "compression_type=zstd"]),
    ("large.qcow2", "qcow2", &["-c", "-O", "qcow2", "-o", "cluster_size=2M"]),
    ("subclusters.qcow2", "qcow2", &["-c", "-O", "qcow2", "-o", "extended_l2=on,cluster_size=128k"]),
];

/// Where the windows of a disk begin: at its start, around the borders where offsets need more bits, at its end.
fn windows(size: u64) -> Vec<u64> {
    let mut windows: Vec<u64> = [0, 2 * GIB - WINDOW / 2, 4 * GIB - WINDOW / 2, 2 * TIB - WINDOW / 2]
        .into_iter()
        .filter(|start| start + 2 * WINDOW <= size)
        .collect();
    windows.push(size - WINDOW);
    windows
}

/// Writes as a machine does: of any length, anywhere in the windows, over each other; zeros and discards among them.
fn write_as_a_machine(folder: &Folder, name: &str, driver: &str, size: u64, random: &mut Random) {
    let windows = windows(size);
    let mut commands = String::new();
    for round in 0..90 {
        let window = random.pick(&windows);
        // Most writes come near others, as a file system's do.
        let start = window + random.between(0, 12) * (WINDOW / 12) / 512 * 512 + random.between(0, 600) * 512;
        let length = (random.between(1, 700) * 512).min(window + WINDOW - start);
        let command = match round % 9 {
            7 => "write -z".into(),
            8 => "discard".into(),
            _ => format!("write -P {}", random.between(1, 256)),
        };
        writeln!(commands, "{command} {start} {length}").expect("text grows");
    }
    // The last sector, and what lies across the middle of a window: the borders themselves.
    writeln!(commands, "write -P 170 {} 512", size - 512).expect("text grows");
    for window in windows {
        writeln!(commands, "write -P 85 {} {}", window + WINDOW / 2 - 4096, 3 * 4096).expect("text grows");
    }
    let said = folder.run("qemu-io", &["-t", "unsafe", "-f", driver, name], &commands);
    assert!(!said.contains("failed"), "{driver}: {said}");
}

/// The window of the disk at `start`, as qemu-img reads it, in a file.
fn reference(folder: &Folder, name: &str, driver: &str, start: u64, length: u64) -> Source {
    let file = serde_json::json!({"driver": "file", "filename": name});
    let disk = serde_json::json!({"driver": driver, "file": file});
    let window = serde_json::json!({"driver": "raw", "offset": start, "size": length, "file": disk});
    folder.qemu_img(&["convert", "-O", "raw", &format!("json:{window}"), "window"]);
    source(&folder.path("window"))
}

fn bytes(source: &Source, offset: u64, length: u64) -> Vec<u8> {
    let mut bytes = vec![0xEE; length as usize];
    source.read_at(offset, &mut bytes).unwrap_or_else(|error| panic!("{length} bytes at {offset}: {error}"));
    bytes
}

fn assert_reads_as_qemu_does(folder: &Folder, name: &str, driver: &str, size: u64, what: &str) {
    for depth in [Depth::First, Depth::Complete] {
        let opened = folder.open(name, depth);
        assert_sound(&opened, what);
        assert_eq!(opened.image.virtual_size, Some(size), "{what}");
    }
    let opened = folder.open(name, Depth::Complete);
    let allocated = &opened.image.allocated;
    let disk = opened.disk.as_ref().unwrap_or_else(|| panic!("{what} opens to a disk"));
    let mut random = Random::new(size);
    for start in windows(size) {
        let expected = reference(folder, name, driver, start, WINDOW);
        // The whole window, then anywhere in it.
        let steps = (0..WINDOW).step_by(STEP as usize).map(|offset| (offset, STEP.min(WINDOW - offset)));
        let anywhere: Vec<(u64, u64)> = (0..40)
            .map(|_| {
                let offset = random.between(0, WINDOW);
                (offset, random.between(1, 300_000).min(WINDOW - offset))
            })
            .collect();
        for (offset, length) in steps.chain(anywhere) {
            let read = bytes(disk, start + offset, length);
            let is_same = read == bytes(&expected, offset, length);
            assert!(is_same, "{what}: {length} bytes at {} are not what qemu-img reads", start + offset);
            // What holds data is told to be allocated, where the container says anything of it.
            let holds_data = read != vec![0; read.len()];
            let is_told =
                allocated.iter().any(|run| run.start < start + offset + length && start + offset < run.end);
            assert!(allocated.is_empty() || !holds_data || is_told, "{what}: data at {}", start + offset);
        }
    }
    let is_outside =
        |offset: u64| windows(size).iter().all(|start| offset < *start || offset >= start + WINDOW);
    for _ in 0..100 {
        let offset = random.between(0, size - 4096);
        if is_outside(offset) && is_outside(offset + 4096) {
            assert!(bytes(disk, offset, 4096) == [0; 4096], "{what}: zeros at {offset}");
        }
    }
}

/// qemu writes nothing that anybody would find fault with, but for what it writes itself in an unusual way.
fn assert_sound(opened: &Opened, what: &str) {
    let is_usual = |condition: &&Condition| !matches!(condition, Condition::UnusualBlocks { .. });
    let unusual: Vec<&Condition> = opened.image.conditions.iter().filter(is_usual).collect();
    assert!(unusual.is_empty(), "{what}: {unusual:?}");
}

#[test]
fn fragmented_disks_read_as_qemu_reads_them() {
    for (number, Kind { driver, options, size }) in KINDS.iter().enumerate() {
        let folder = Folder::new();
        let mut arguments = vec!["create", "-q", "-f", driver];
        if !options.is_empty() {
            arguments.extend(["-o", options]);
        }
        let bytes = size.to_string();
        arguments.extend(["disk.image", &bytes]);
        folder.qemu_img(&arguments);
        write_as_a_machine(&folder, "disk.image", driver, *size, &mut Random::new(number as u64 + 1));
        assert_reads_as_qemu_does(&folder, "disk.image", driver, *size, &format!("{driver} {options}"));
    }
}

#[test]
fn compressed_disks_read_as_qemu_reads_them() {
    let size = 3 * TIB;
    let folder = Folder::new();
    folder.qemu_img(&["create", "-q", "-f", "qcow2", "disk.qcow2", &size.to_string()]);
    write_as_a_machine(&folder, "disk.qcow2", "qcow2", size, &mut Random::new(99));
    for (name, driver, arguments) in COMPRESSED {
        let command = [&["convert", "-f", "qcow2"], *arguments, &["disk.qcow2", name]].concat();
        folder.qemu_img(&command);
        assert_reads_as_qemu_does(&folder, name, driver, size, name);
        std::fs::remove_file(folder.path(name)).expect("it was just made");
    }
}

#[test]
fn a_compressed_disk_that_was_written_to_since_reads_as_qemu_reads_it() {
    let size = 3 * TIB;
    let folder = Folder::new();
    folder.qemu_img(&["create", "-q", "-f", "qcow2", "disk.qcow2", &size.to_string()]);
    write_as_a_machine(&folder, "disk.qcow2", "qcow2", size, &mut Random::new(5));
    folder.qemu_img(&["convert", "-c", "-O", "qcow2", "disk.qcow2", "compressed.qcow2"]);
    write_as_a_machine(&folder, "compressed.qcow2", "qcow2", size, &mut Random::new(6));
    assert_reads_as_qemu_does(&folder, "compressed.qcow2", "qcow2", size, "compressed, then written to");
}
