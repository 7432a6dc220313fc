//! VMDK as a whole: images built by hand ([`build`]) for what only VMware's programs write, and by qemu-img.

mod build;
mod composed;
mod esx;
mod hostile;
mod qemu;
mod streams;

use super::READER;
use crate::image::cache::BlockCache;
use crate::image::detect::{PROBE, Probe};
use crate::image::read_at::{Source, read_up_to};
use crate::image::{Condition, Depth, FileSet, NamedSource, Opened, Opening};
use std::rc::Rc;

/// Whether the bytes are recognised as VMDK.
fn is_recognised(bytes: &[u8]) -> bool {
    let source: Source = Rc::new(bytes.to_vec());
    let tail = source.size().saturating_sub(PROBE as u64);
    let head = read_up_to(source.as_ref(), 0, PROBE).unwrap();
    let tail = read_up_to(source.as_ref(), tail, PROBE).unwrap();
    (READER.recognise)(&Probe { head: &head, tail: &tail, size: source.size(), source: &source })
}

/// Opens the first of `files`, the others dropped with it.
fn open_set(files: &[(&str, Source)], depth: Depth) -> Opened {
    let set = FileSet {
        files: files
            .iter()
            .map(|(name, source)| NamedSource { name: (*name).into(), source: Rc::clone(source) })
            .collect(),
    };
    let (name, source) = &files[0];
    (READER.open)(source, &Opening { name, set: &set, depth, nesting: 0 }).unwrap()
}

/// Opens `bytes` alone, as far as possible.
fn open(bytes: &[u8]) -> Opened {
    open_set(&[("disk.vmdk", Rc::new(bytes.to_vec()))], Depth::Complete)
}

/// Opens `bytes` in the first pass; how many reads of the file that took.
fn open_first(bytes: &[u8]) -> (Opened, u64) {
    let cache = Rc::new(BlockCache::new(Rc::new(bytes.to_vec())));
    let opened = open_set(&[("disk.vmdk", Rc::clone(&cache) as Source)], Depth::First);
    (opened, cache.reads().reads)
}

/// All of the virtual disk.
fn whole(opened: &Opened) -> Vec<u8> {
    let disk = opened.disk.as_ref().expect("a disk");
    let mut bytes = vec![0; disk.size() as usize];
    disk.read_at(0, &mut bytes).unwrap();
    bytes
}

/// Asserts that the disk is `expected`, as a whole and at offsets and lengths that know nothing of grains.
fn assert_disk_is(opened: &Opened, expected: &[u8]) {
    assert!(whole(opened) == expected, "the whole disk differs");
    let disk = opened.disk.as_ref().unwrap();
    let mut random = Random(7);
    for _ in 0..300 {
        let offset = random.below(expected.len() as u64);
        let len = random.below(200_000).min(expected.len() as u64 - offset) as usize;
        let mut bytes = vec![0xEE; len];
        disk.read_at(offset, &mut bytes).unwrap();
        assert!(bytes == expected[offset as usize..offset as usize + len], "{len} bytes at {offset} differ");
    }
    assert!(disk.read_at(expected.len() as u64, &mut [0]).is_err(), "nothing is read beyond the end");
}

fn truncated(opened: &Opened) -> Option<(&'static str, Option<u64>)> {
    opened.image.conditions.iter().find_map(|condition| match condition {
        Condition::Truncated { structure, needed } => Some((*structure, *needed)),
        _ => None,
    })
}

/// The field that the image is damaged in.
fn damaged(opened: &Opened) -> Option<&'static str> {
    opened.image.conditions.iter().find_map(|condition| match condition {
        Condition::Damaged(error) => Some(error.field),
        _ => None,
    })
}

/// A reproducible source of numbers (xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }
}

/// A disk of `size` bytes with a few runs of data: text that compresses and noise that does not.
fn sample_disk(size: usize) -> Vec<u8> {
    let mut disk = vec![0; size];
    let mut random = Random(size as u64 | 1);
    for run in 0..6 {
        let start = random.below(size as u64) as usize;
        let end = (start + 10_000 + random.below(150_000) as usize).min(size);
        for byte in &mut disk[start..end] {
            *byte = if run % 2 == 0 { random.next() as u8 } else { b'a' + (random.below(3) as u8) };
        }
    }
    let last = size - 1;
    disk[last] = 0x5A;
    disk
}
