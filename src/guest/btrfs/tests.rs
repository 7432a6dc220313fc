//! File systems that the real mkfs.btrfs filled, compared byte by byte with what was put in; and small ones with
//! subvolumes, which only a mounted file system can be given, built by hand.

mod build;

use super::*;
use crate::guest::disks_for_tests::tool;
use crate::guest::file_tree::FileTree;
use crate::image::read_at::DiskFile;
use build::{FileSystem, Subvolume};
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::rc::Rc;

const SIZE: u64 = 160 << 20;

struct Made {
    _folder: tempfile::TempDir,
    image: PathBuf,
    content: Vec<u8>,
}

/// A file system made with `options`: a big file, an empty one, links, and a folder of many.
fn made(options: &[&str]) -> Made {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root");
    std::fs::create_dir_all(root.join("many/deep")).unwrap();
    let content: Vec<u8> =
        (0..3_000_017_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    std::fs::write(root.join("big"), &content).unwrap();
    std::fs::write(root.join("small"), "NAME=small\n").unwrap();
    std::fs::write(root.join("empty"), "").unwrap();
    std::os::unix::fs::symlink("../../big", root.join("many/deep/link")).unwrap();
    for number in 0..2000 {
        std::fs::write(root.join(format!("many/file-{number}")), "").unwrap();
    }
    let image = folder.path().join("image");
    File::create(&image).unwrap().set_len(SIZE).unwrap();
    let end = ["--rootdir", root.to_str().unwrap(), image.to_str().unwrap()];
    tool("mkfs.btrfs", &[&["-q", "-f"], options, &end].concat());
    Made { _folder: folder, image, content }
}

impl Made {
    fn open(&self) -> Result<Option<Opened>, Sentence> {
        open(&(Rc::new(DiskFile::open(&self.image).unwrap()) as Source))
    }
}

#[test]
fn files_links_and_folders_are_read_as_they_were_put_in() {
    for options in [&[][..], &["-n", "4096", "-m", "single"], &["--mixed"]] {
        let made = made(options);
        let opened = made.open().unwrap().unwrap();
        assert_eq!((opened.subvolume, opened.subvolumes.len()), (None, 0));
        let tree: &dyn FileTree = &opened.tree;
        for path in ["/big", "/many/deep/link"] {
            assert!(tree.read(path) == Some(made.content.clone()), "{options:?} {path}");
        }
        assert_eq!(tree.read_range("/big", 2_999_990, 4096).as_deref(), Some(&made.content[2_999_990..]));
        assert_eq!(tree.read_text("/small").as_deref(), Some("NAME=small\n"));
        assert_eq!(tree.read("/empty").as_deref(), Some(&[][..]));
        assert_eq!(tree.files("/many").len(), 2000, "{options:?}");
        assert_eq!(tree.folders("/many"), ["deep"]);
        assert_eq!(tree.read("/missing"), None);
        assert_eq!(tree.damage(), None, "{options:?}");
    }
}

#[test]
fn another_kind_of_checksum_is_no_damage() {
    assert!(made(&["--csum", "xxhash"]).open().unwrap().is_none());
}

#[test]
fn a_damaged_superblock_and_a_damaged_tree_are_said() {
    let made = made(&["-m", "single"]);
    let file = File::options().read(true).write(true).open(&made.image).unwrap();
    let mut root = [0; 8];
    file.read_exact_at(&mut root, 65536 + 80).unwrap();
    // The tree block names its own logical address.
    let at = (0..SIZE / 4096).map(|block| block * 4096).find(|at| {
        let mut address = [0; 8];
        file.read_exact_at(&mut address, at + 48).is_ok() && address == root && *at != 65536
    });
    file.write_all_at(&[0xA5; 64], at.unwrap() + 2000).unwrap();
    assert!(made.open().err().unwrap().contains("checksum of the tree block"));
    file.write_all_at(&[0xA5; 64], 65536 + 500).unwrap();
    file.write_all_at(&[0xA5; 64], (64 << 20) + 500).unwrap();
    assert_eq!(made.open().err().as_deref(), Some("no copy of its superblock is whole"));
}

fn release(name: &str) -> Vec<(&'static str, String)> {
    vec![("os-release", format!("NAME={name}\nID={name}\n"))]
}

fn name_of(opened: &Opened) -> Option<String> {
    (&opened.tree as &dyn FileTree).read_text("/etc/os-release")
}

#[test]
fn a_system_in_a_named_subvolume_is_found_as_fedora_and_ubuntu_leave_it() {
    let source = FileSystem::new()
        .with(Subvolume::new(256, "home", &[]))
        .with(Subvolume::new(257, "root", &release("fedora")))
        .source();
    let opened = open(&source).unwrap().unwrap();
    assert_eq!(opened.subvolumes, ["home", "root"]);
    assert_eq!(opened.subvolume.as_deref(), Some("root"));
    assert_eq!(name_of(&opened).as_deref(), Some("NAME=fedora\nID=fedora\n"));
    assert_eq!(opened.tree.damage(), None);
}

#[test]
fn the_default_subvolume_is_opened_as_opensuse_leaves_it() {
    let source = FileSystem::new()
        .with(Subvolume::new(256, "@", &[]))
        .with(Subvolume::new(300, "snapshot", &release("opensuse")))
        .starting(300)
        .source();
    let opened = open(&source).unwrap().unwrap();
    assert_eq!(opened.subvolume.as_deref(), Some("number 300"));
    assert_eq!(name_of(&opened).as_deref(), Some("NAME=opensuse\nID=opensuse\n"));
}

#[test]
fn subvolumes_without_a_system_leave_the_top_level_open() {
    let source = FileSystem::new().with(Subvolume::new(256, "photos", &[])).source();
    let opened = open(&source).unwrap().unwrap();
    assert_eq!((opened.subvolume.as_deref(), opened.subvolumes.as_slice()), (None, &["photos".into()][..]));
    assert_eq!((&opened.tree as &dyn FileTree).folders("/"), ["photos"]);
}
