//! Disks made by tools, in a folder that goes away with the test.

use import_planner::guest::{Guest, examine};
use import_planner::image::cache::BlockCache;
use import_planner::image::read_at::DiskFile;
use import_planner::image::{Depth, Source};
use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write as _};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::rc::Rc;

pub(crate) const MIB: u64 = 1 << 20;

/// Reads that the complete pass may take on a typical disk.
pub(crate) const TYPICAL_READS: u64 = 256;

/// Runs a tool, also one of the administrator's, and gives what it printed.
pub(crate) fn tool(name: &str, arguments: &[&str], input: &str) -> String {
    let path = std::env::var("PATH").unwrap_or_default();
    let mut child = Command::new(name)
        .args(arguments)
        .env("PATH", format!("{path}:/usr/sbin:/sbin"))
        .env("MTOOLS_SKIP_CHECK", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("this test needs the tool {name}: {error}"));
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A folder with files, to be put into a file system.
pub(crate) struct Folder(pub(crate) tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> &str {
        self.0.path().to_str().unwrap()
    }

    /// Puts a file at `path` below the folder.
    pub(crate) fn put(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn link(&self, path: &str, target: &str) -> &Self {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(target, path).unwrap();
        self
    }
}

/// A raw disk.
pub(crate) struct Disk {
    folder: tempfile::TempDir,
    pub(crate) path: PathBuf,
}

impl Disk {
    pub(crate) fn new(size: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("disk.raw");
        fs::File::create(&path).unwrap().set_len(size).unwrap();
        Self { folder, path }
    }

    pub(crate) fn partitioned(size: u64, script: &str) -> Self {
        let disk = Self::new(size);
        tool("sfdisk", &["-q", "--no-reread", "--no-tell-kernel", disk.path.to_str().unwrap()], script);
        disk
    }

    /// Writes what `make` left in an image of `size` bytes to `offset`.
    pub(crate) fn put(&self, offset: u64, size: u64, make: impl FnOnce(&str)) -> &Self {
        let image = self.folder.path().join("volume");
        fs::File::create(&image).unwrap().set_len(size).unwrap();
        make(image.to_str().unwrap());
        self.copy(offset, &image);
        fs::remove_file(image).unwrap();
        self
    }

    /// Copies what is not blank: file systems of hundreds of MiB are nearly all zeros.
    fn copy(&self, offset: u64, image: &Path) {
        let mut from = fs::File::open(image).unwrap();
        let to = fs::File::options().write(true).open(&self.path).unwrap();
        let mut block = vec![0; MIB as usize];
        let mut at = offset;
        loop {
            let count = from.read(&mut block).unwrap();
            if count == 0 {
                return;
            }
            if block[..count].iter().any(|byte| *byte != 0) {
                to.write_all_at(&block[..count], at).unwrap();
            }
            at += count as u64;
        }
    }

    pub(crate) fn write(&self, offset: u64, bytes: &[u8]) {
        fs::File::options().write(true).open(&self.path).unwrap().write_all_at(bytes, offset).unwrap();
    }

    pub(crate) fn examine(&self, depth: Depth) -> (Guest, u64) {
        examine_file(&self.path, depth)
    }

    pub(crate) fn complete(&self) -> Guest {
        let (guest, reads) = self.examine(Depth::Complete);
        assert!(reads <= TYPICAL_READS, "{reads} reads");
        guest
    }
}

fn examine_file(path: &Path, depth: Depth) -> (Guest, u64) {
    let cache = Rc::new(BlockCache::new(Rc::new(DiskFile::open(path).unwrap())));
    let source: Source = cache.clone();
    (examine(&source, depth).unwrap(), cache.reads().reads)
}

/// An ext file system that holds `folder`.
pub(crate) fn ext(kind: &'static str, folder: &Folder) -> impl FnOnce(&str) {
    let from = folder.path().to_owned();
    move |image| {
        tool("mke2fs", &["-q", "-F", "-t", kind, "-L", "root", "-d", &from, image], "");
    }
}

/// The smallest XFS that mkfs.xfs makes, in bytes.
pub(crate) const XFS_SIZE: u64 = 300 * MIB;

/// An XFS that holds `folder`, made with more options.
pub(crate) fn xfs(options: &'static [&'static str], folder: &Folder) -> impl FnOnce(&str) {
    let mut prototype = String::from("/nothing\n0 0\nd--755 0 0\n");
    list_for_xfs(folder.0.path(), &mut prototype);
    move |image| {
        let list = tempfile::NamedTempFile::new().unwrap();
        fs::write(list.path(), prototype).unwrap();
        let fixed = ["-q", "-f", "-L", "root", "-p", list.path().to_str().unwrap()];
        tool("mkfs.xfs", &[&fixed, options, &[image]].concat(), "");
    }
}

/// What is in `folder`, in the words of mkfs.xfs's prototype files.
fn list_for_xfs(folder: &Path, list: &mut String) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (name, path) = (entry.file_name().into_string().unwrap(), entry.path());
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            writeln!(list, "{name} d--755 0 0").unwrap();
            list_for_xfs(&path, list);
        } else if kind.is_symlink() {
            writeln!(list, "{name} l--777 0 0 {}", fs::read_link(path).unwrap().display()).unwrap();
        } else {
            writeln!(list, "{name} ---644 0 0 {}", path.display()).unwrap();
        }
    }
    list.push_str("$\n");
}

/// A Btrfs that holds `folder`.
pub(crate) fn btrfs(folder: &Folder) -> impl FnOnce(&str) {
    let from = folder.path().to_owned();
    move |image| {
        tool("mkfs.btrfs", &["-q", "-f", "-L", "root", "--rootdir", &from, image], "");
    }
}

/// A FAT that holds `folder`, with clusters of a sector so that files have chains.
pub(crate) fn fat(bits: &'static str, folder: &Folder) -> impl FnOnce(&str) {
    let from = folder.path().to_owned();
    move |image| {
        tool("mkfs.vfat", &["-F", bits, "-s", "1", "-n", "ESP", image], "");
        for entry in fs::read_dir(from).unwrap() {
            tool("mcopy", &["-s", "-i", image, entry.unwrap().path().to_str().unwrap(), "::"], "");
        }
    }
}

/// An NTFS that holds `folder`.
pub(crate) fn ntfs(folder: &Folder) -> impl FnOnce(&str) {
    ntfs_in_clusters("4096", folder)
}

/// An NTFS in clusters of so many bytes that holds `folder`.
pub(crate) fn ntfs_in_clusters(bytes: &'static str, folder: &Folder) -> impl FnOnce(&str) + use<> {
    let from = folder.path().to_owned();
    move |image| {
        let at_start = ["-p", "2048", "-H", "16", "-S", "63"];
        let options = ["-q", "-F", "-Q", "-L", "System", "-c", bytes];
        tool("mkntfs", &[&options[..], &at_start, &[image]].concat(), "");
        let work = tempfile::tempdir().unwrap();
        let at = |name: &str| work.path().join(name).to_str().unwrap().to_owned();
        let archive = at("files.wim");
        // Left to itself, the tool leaves out what Windows would write anew: hiberfil.sys.
        fs::write(
            at("capture.ini"),
            "[ExclusionList]
",
        )
        .unwrap();
        let config = format!("--config={}", at("capture.ini"));
        tool("wimcapture", &[&from, &archive, "--compress=none", &config], "");
        tool("wimapply", &[&archive, "1", image], "");
    }
}
