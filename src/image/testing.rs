//! What the tests of several formats share: a source disk, and files made of it by qemu-img.

use super::cache::BlockCache;
use super::read_at::{ReadAt, ReadError, check_bounds};
use super::{Depth, FileSet, Image, NamedSource, Opened, Opening, Source, detect};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;

/// A sequence that is the same in every run (xorshift), so that a failure can be repeated.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }
}

/// A disk of 9 MiB and a little: text, noise, a lone byte, zeros between them, and an end that is no whole cluster.
pub(crate) fn source_disk() -> Vec<u8> {
    let mut disk = vec![0; 9 * 1024 * 1024 + 3 * 512];
    let mut random = Random::new(7);
    for (at, byte) in disk[100_000..900_000].iter_mut().enumerate() {
        *byte = b"the quick brown fox "[at / 3 % 20];
    }
    for byte in &mut disk[2_000_000..2_900_000] {
        *byte = random.next() as u8;
    }
    disk[5_242_880] = 0x42;
    for byte in disk.iter_mut().rev().take(70_000) {
        *byte = random.next() as u8;
    }
    disk
}

/// A folder for one test, which goes away with it.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    /// Runs a program in the folder and expects it to succeed.
    pub(crate) fn run(&self, program: &str, arguments: &[&str]) {
        let output = Command::new(program).args(arguments).current_dir(self.0.path()).output().unwrap();
        assert!(
            output.status.success(),
            "{program} {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    /// Runs a program in the folder, whatever it says of itself.
    pub(crate) fn run_to_any_end(&self, program: &str, arguments: &[&str]) {
        Command::new(program).args(arguments).current_dir(self.0.path()).output().unwrap();
    }

    pub(crate) fn qemu_img(&self, arguments: &[&str]) {
        self.run("qemu-img", arguments);
    }

    /// Every file of the folder called in `names`, as a set.
    pub(crate) fn set(&self, names: &[&str]) -> FileSet {
        let open = |name: &&str| NamedSource { name: (*name).to_owned(), source: file(&self.path(name)) };
        FileSet { files: names.iter().map(open).collect() }
    }
}

fn file(path: &Path) -> Source {
    Rc::new(std::fs::read(path).unwrap())
}

/// A file of any size of which only the beginning is not blank.
pub(crate) struct Stretched {
    pub(crate) head: Vec<u8>,
    pub(crate) size: u64,
}

impl ReadAt for Stretched {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size)?;
        let head = self.head.iter().skip(usize::try_from(offset).unwrap()).chain(std::iter::repeat(&0));
        buf.iter_mut().zip(head).for_each(|(byte, head)| *byte = *head);
        Ok(())
    }
}

/// Opens a file completely that begins with `head`, and says how many bytes that read.
pub(crate) fn cost_of_opening(head: Vec<u8>, size: u64) -> u64 {
    let cache = Rc::new(BlockCache::new(Rc::new(Stretched { head, size })));
    open_first(&FileSet::of("image", cache.clone()), Depth::Complete);
    cache.reads().bytes
}

/// Opens the first file of `set`.
pub(crate) fn open_first(set: &FileSet, depth: Depth) -> Opened {
    let first = &set.files[0];
    detect::open(&first.source, &Opening { name: &first.name, set, depth, nesting: 0 }).unwrap()
}

/// Opens `bytes` as a file of its own.
pub(crate) fn open_bytes(bytes: Vec<u8>, depth: Depth) -> Opened {
    open_first(&FileSet::of("image", Rc::new(bytes)), depth)
}

/// What `bytes` are, looked at completely.
pub(crate) fn image_of(bytes: &[u8]) -> Image {
    open_bytes(bytes.to_vec(), Depth::Complete).image
}

/// Expects `disk` to hold `expected`: as a whole, and at 200 random places.
pub(crate) fn assert_holds(disk: &Source, expected: &[u8], what: &str) {
    assert_eq!(disk.size(), expected.len() as u64, "{what}: size");
    let mut whole = vec![0xEE; expected.len()];
    disk.read_at(0, &mut whole).unwrap();
    let difference = whole.iter().zip(expected).position(|(read, expected)| read != expected);
    assert_eq!(difference, None, "{what}: first difference");
    let mut random = Random::new(11);
    for _ in 0..200 {
        let offset = random.below(expected.len() as u64) as usize;
        let length = (random.below(200_000) as usize).min(expected.len() - offset);
        let mut buf = vec![0xEE; length];
        disk.read_at(offset as u64, &mut buf).unwrap();
        assert!(buf == expected[offset..offset + length], "{what}: {length} bytes at {offset}");
    }
}
