//! File systems, volumes and encryption against `blkid -p`, on what their own tools made.

use crate::tools::{Folder, source};
use import_planner::guest::{Guest, examine};
use import_planner::image::Depth;
use std::collections::HashMap;
use std::fmt::Write as _;

const MIB: u64 = 1 << 20;

/// A kind of volume: what it is called here and by blkid (type and version, where that tells two apart), the least
/// room it takes in MiB, and what makes it (the volume's file follows).
struct Kind {
    name: &'static str,
    blkid: (&'static str, Option<&'static str>),
    size: u64,
    make: &'static [&'static str],
}

const KINDS: &[Kind] = &[
    Kind {
        name: "ext2",
        blkid: ("ext2", None),
        size: 16,
        make: &["mke2fs", "-qF", "-t", "ext2", "-L", "second"],
    },
    Kind {
        name: "ext3",
        blkid: ("ext3", None),
        size: 16,
        make: &["mke2fs", "-qF", "-t", "ext3", "-L", "third"],
    },
    Kind {
        name: "ext4",
        blkid: ("ext4", None),
        size: 16,
        make: &["mke2fs", "-qF", "-t", "ext4", "-L", "root-1.2"],
    },
    Kind { name: "ext4", blkid: ("ext4", None), size: 16, make: &["mke2fs", "-qF", "-t", "ext4"] },
    Kind { name: "xfs", blkid: ("xfs", None), size: 320, make: &["mkfs.xfs", "-q", "-f", "-L", "data"] },
    Kind {
        name: "btrfs",
        blkid: ("btrfs", None),
        size: 128,
        make: &["mkfs.btrfs", "-q", "-f", "-L", "a b c"],
    },
    Kind {
        name: "fat12",
        blkid: ("vfat", Some("FAT12")),
        size: 2,
        make: &["mkfs.vfat", "-F", "12", "-n", "BOOT"],
    },
    Kind {
        name: "fat16",
        blkid: ("vfat", Some("FAT16")),
        size: 16,
        make: &["mkfs.vfat", "-F", "16", "-n", "ESP 1"],
    },
    Kind {
        name: "fat32",
        blkid: ("vfat", Some("FAT32")),
        size: 64,
        make: &["mkfs.vfat", "-F", "32", "-n", "EFI"],
    },
    Kind { name: "fat32", blkid: ("vfat", Some("FAT32")), size: 64, make: &["mkfs.vfat", "-F", "32"] },
    Kind { name: "exfat", blkid: ("exfat", None), size: 16, make: &["mkfs.exfat", "-L", "Card"] },
    Kind { name: "ntfs", blkid: ("ntfs", None), size: 16, make: &["mkntfs", "-qFQ", "-L", "Windows"] },
    Kind { name: "swap", blkid: ("swap", None), size: 16, make: &["mkswap", "-L", "swap space"] },
    Kind {
        name: "luks1",
        blkid: ("crypto_LUKS", Some("1")),
        size: 32,
        make: &[
            "cryptsetup",
            "luksFormat",
            "--type=luks1",
            "-q",
            "--pbkdf-force-iterations=1000",
            "--key-file=-",
        ],
    },
    Kind {
        name: "luks2",
        blkid: ("crypto_LUKS", Some("2")),
        size: 32,
        make: &[
            "cryptsetup",
            "luksFormat",
            "--type=luks2",
            "-q",
            "--pbkdf=pbkdf2",
            "--pbkdf-force-iterations=1000",
            "--label=vault",
            "--key-file=-",
        ],
    },
];

/// What blkid says of the volume at `offset`, and of `size` bytes.
fn blkid(folder: &Folder, offset: u64, size: u64) -> HashMap<String, String> {
    let (offset, size) = (offset.to_string(), size.to_string());
    let said = folder.run("blkid", &["-p", "-o", "export", "-O", &offset, "-S", &size, "disk"], "");
    // What a shell would read otherwise stands behind a backslash.
    let pairs = said.lines().filter_map(|line| line.split_once('='));
    pairs.map(|(key, value)| (key.into(), value.replace('\\', ""))).collect()
}

fn guest(folder: &Folder) -> Guest {
    examine(&source(&folder.path("disk")), Depth::Complete).expect("it is readable")
}

fn make(folder: &Folder, kind: &Kind, name: &str) {
    folder.sparse(name, kind.size * MIB);
    let arguments = [&kind.make[1..], &[name]].concat();
    folder.run(kind.make[0], &arguments, "a passphrase");
}

fn assert_is(kind: &Kind, said: &HashMap<String, String>) {
    let version = kind.blkid.1.map(|_| said["VERSION"].as_str());
    assert_eq!((said["TYPE"].as_str(), version), kind.blkid, "{}", kind.name);
}

#[test]
fn partitions_hold_what_blkid_says_they_hold() {
    let folder = Folder::new();
    folder.sparse("disk", KINDS.iter().map(|kind| kind.size + 1).sum::<u64>() * MIB + 2 * MIB);
    let mut script = String::from("label: gpt\n");
    let mut places = Vec::new();
    let mut start = 1;
    for kind in KINDS {
        places.push(start);
        writeln!(script, "{},{},L", start * 2048, kind.size * 2048).expect("text grows");
        start += kind.size + 1;
    }
    folder.run("sfdisk", &["-q", "--no-reread", "--no-tell-kernel", "disk"], &script);
    for (kind, place) in KINDS.iter().zip(places) {
        make(&folder, kind, "volume");
        let seek = format!("seek={place}");
        folder.run("dd", &["if=volume", "of=disk", "bs=1M", &seek, "conv=sparse,notrunc"], "");
    }
    let guest = guest(&folder);
    assert_eq!(guest.partitions.len(), KINDS.len());
    for (kind, partition) in KINDS.iter().zip(&guest.partitions) {
        let said = blkid(&folder, partition.start, partition.size);
        assert_is(kind, &said);
        assert_eq!(partition.filesystem.as_deref(), Some(kind.name));
        let told = |key: &str| said.get(key).map(String::as_str);
        assert_eq!(partition.label.as_deref(), told("LABEL"), "label of {} by {:?}", kind.name, kind.make);
        assert_eq!(partition.uuid.as_deref(), told("UUID"), "UUID of {}", kind.name);
    }
}

#[test]
fn disks_without_a_table_are_what_blkid_says_they_are() {
    for kind in KINDS {
        let folder = Folder::new();
        make(&folder, kind, "disk");
        assert_is(kind, &blkid(&folder, 0, kind.size * MIB));
        let guest = guest(&folder);
        assert_eq!(guest.whole_disk.as_deref(), Some(kind.name));
        assert!(guest.partitions.is_empty(), "{}", kind.name);
    }
}
