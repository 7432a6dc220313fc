//! File systems that the real mkfs.xfs filled, compared byte by byte with what was put in.

use super::*;
use crate::guest::disks_for_tests::tool;
use crate::guest::file_tree::FileTree;
use crate::image::read_at::DiskFile;
use std::fmt::Write as _;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::rc::Rc;

/// The smallest that mkfs.xfs makes without being told that it is a test.
const SIZE: u64 = 300 << 20;

/// How many names each folder holds: inline in the inode, in one block, in several blocks without and with an index
/// tree above them.
const FOLDERS: [(&str, usize); 4] = [("inline", 3), ("block", 40), ("leaf", 300), ("node", 4000)];

struct Made {
    _folder: tempfile::TempDir,
    image: PathBuf,
    content: Vec<u8>,
}

/// A file system made with `options`: a big file, an empty one, links, and the folders above.
fn made(options: &[&str]) -> Made {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let content: Vec<u8> =
        (0..3_000_017_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    std::fs::write(at("content"), &content).unwrap();
    std::fs::write(at("empty"), "").unwrap();
    let mut prototype = format!(
        "/nothing\n0 0\nd--755 0 0\nbig ---644 0 0 {}\nempty ---644 0 0 {}\n",
        at("content").display(),
        at("empty").display()
    );
    let long = format!("{}big", "./".repeat(400));
    writeln!(prototype, "short l--777 0 0 big\nlong l--777 0 0 {long}\nnull c--666 0 0 1 3").unwrap();
    for (name, count) in FOLDERS {
        writeln!(prototype, "{name} d--755 0 0").unwrap();
        for number in 0..count {
            writeln!(prototype, "file-{number} ---644 0 0 {}", at("empty").display()).unwrap();
        }
        writeln!(prototype, "deep d--755 0 0\nbig l--777 0 0 ../../big\n$\n$").unwrap();
    }
    writeln!(prototype, "$\n$").unwrap();
    std::fs::write(at("prototype"), prototype).unwrap();
    let image = at("image");
    File::create(&image).unwrap().set_len(SIZE).unwrap();
    let (prototype, path) = (at("prototype"), image.to_str().unwrap());
    tool("mkfs.xfs", &[&["-q", "-p", prototype.to_str().unwrap()], options, &[path]].concat());
    Made { _folder: folder, image, content }
}

impl Made {
    fn open(&self) -> Result<XfsTree, Unopened> {
        let source: Source = Rc::new(DiskFile::open(&self.image).unwrap());
        open(&source)
    }

    /// The number that xfs_db prints after `label` when it is given `commands`.
    fn number(&self, commands: &[&str], label: &str) -> u64 {
        let commands = commands.iter().flat_map(|command| ["-c", command]);
        let arguments: Vec<&str> = ["-r"].into_iter().chain(commands).chain(self.image.to_str()).collect();
        let text = tool("xfs_db", &arguments);
        let after = text.split_once(label).unwrap_or_else(|| panic!("no {label} in {text}")).1;
        let digits = after.trim_start_matches([' ', '=']);
        digits[..digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())].parse().unwrap()
    }

    fn write(&self, offset: u64, bytes: &[u8]) {
        File::options().write(true).open(&self.image).unwrap().write_all_at(bytes, offset).unwrap();
    }
}

#[test]
fn files_links_and_folders_of_every_shape_are_read_as_they_were_put_in() {
    let shapes: [&[&str]; 4] = [
        &[],
        &["-b", "size=1024", "-i", "size=512", "-m", "reflink=0"],
        &["-n", "size=16384", "-i", "size=2048"],
        // Without checksums, as before 2014.
        &["-m", "crc=0", "-n", "ftype=0"],
    ];
    for options in shapes {
        let made = made(options);
        let tree = made.open().unwrap_or_else(|why| panic!("{options:?}: {why:?}"));
        let tree: &dyn FileTree = &tree;
        for path in ["/big", "/short", "/long", "/node/deep/big", "/inline/deep/../../big"] {
            assert!(tree.read(path) == Some(made.content.clone()), "{options:?} {path}");
        }
        assert_eq!(tree.read_range("/big", 2_999_990, 4096).as_deref(), Some(&made.content[2_999_990..]));
        assert_eq!(tree.read_range("/big", 9_000_000, 4096).as_deref(), Some(&[][..]));
        assert_eq!(tree.read("/empty").as_deref(), Some(&[][..]));
        assert_eq!(tree.read("/null"), None);
        for (name, count) in FOLDERS {
            let mut files = tree.files(&format!("/{name}"));
            files.sort();
            let mut expected: Vec<String> = (0..count).map(|number| format!("file-{number}")).collect();
            expected.sort();
            assert!(files == expected, "{options:?} {name}: {} files", files.len());
            assert_eq!(tree.folders(&format!("/{name}")), ["deep"], "{options:?} {name}");
        }
        assert_eq!(tree.damage(), None, "{options:?}");
    }
}

#[test]
fn a_damaged_inode_is_said_and_the_others_are_still_read() {
    let made = made(&[]);
    made.write(made.number(&["path /big", "addr"], "byte offset") + 60, &[0xFF; 8]);
    let tree = made.open().unwrap();
    assert_eq!(tree.read_range("/big", 0, 1), None);
    assert_eq!(tree.damage().as_deref(), Some("/big: a checksum is wrong (crc_inode)"));
    assert_eq!(tree.list("/inline").len(), 4);
}

#[test]
fn what_is_not_read_here_is_no_damage() {
    let made = made(&[]);
    // The superblock's count of blocks in the real-time section.
    made.write(16, &[0, 0, 0, 0, 0, 0, 1, 0]);
    assert!(matches!(made.open(), Err(Unopened::Unsupported)));
    made.write(0, b"XFSX");
    assert!(matches!(made.open(), Err(Unopened::Damaged(_))));
}

#[test]
fn a_log_that_cannot_be_replayed_was_not_unmounted() {
    let made = made(&["-m", "crc=0"]);
    let print = |field: &str| made.number(&["sb 0", &format!("print {field}")], field);
    let (blocks, log, per_group) = (print("agblocks"), print("logstart"), print("agblklog"));
    let start = ((log >> per_group) * blocks + (log & ((1 << per_group) - 1))) * 4096;
    // The unmount record's only operation stands behind its header of 512 bytes: take its flag away.
    made.write(start + 512 + 9, &[0]);
    assert!(matches!(made.open(), Err(Unopened::NotUnmounted)));
}
