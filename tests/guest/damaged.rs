//! Real volumes with bytes changed at random: no panic, and no more reads than are allowed.

use crate::disk::{Disk, MIB, XFS_SIZE, btrfs, xfs};
use crate::{linux, windows};
use import_planner::guest::examine;
use import_planner::image::cache::BlockCache;
use import_planner::image::{Depth, ReadAt, ReadError, Source};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Blocks of 64 KiB that the complete pass may touch on any disk.
const MOST_READS: u64 = 2048;

/// A disk with some of its bytes changed.
struct Changed {
    disk: Rc<Vec<u8>>,
    changes: HashMap<u64, u8>,
}

impl ReadAt for Changed {
    fn size(&self) -> u64 {
        self.disk.size()
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        self.disk.read_at(offset, buf)?;
        for (at, byte) in &self.changes {
            if let Some(place) = at.checked_sub(offset).and_then(|at| buf.get_mut(at as usize)) {
                *place = *byte;
            }
        }
        Ok(())
    }
}

/// Every sixteenth byte, where the sixteen from there on are not blank. Blank blocks are passed over as a whole.
fn places_in_use(disk: &[u8]) -> Vec<usize> {
    const BLOCK: usize = 4096;
    let in_use = disk.chunks(BLOCK).enumerate().filter(|(_, block)| **block != [0; BLOCK][..block.len()]);
    in_use
        .flat_map(|(number, _)| (number * BLOCK..).step_by(16).take(BLOCK / 16))
        .filter(|at| disk[*at..].iter().take(16).any(|byte| *byte != 0))
        .collect()
}

/// Changes bytes where the disk is not blank: there the structures are.
fn survives(path: &Path, cases: u32) {
    let disk = Rc::new(std::fs::read(path).unwrap());
    let used = places_in_use(&disk);
    let config =
        Config { cases, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..Config::default() };
    let changes = prop::collection::vec((any::<Index>(), 0..16_usize, any::<u8>()), 1..17);
    let result = TestRunner::new(config).run(&changes, |changes| {
        let place = |(line, within, byte): &(Index, usize, u8)| ((line.get(&used) + within) as u64, *byte);
        let changes = changes.iter().map(place).collect();
        let cache = Rc::new(BlockCache::new(Rc::new(Changed { disk: disk.clone(), changes })));
        let source: Source = cache.clone();
        let begun = Instant::now();
        examine(&source, Depth::Complete).unwrap();
        assert!(cache.reads().reads <= MOST_READS, "{:?}", cache.reads());
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
}

#[test]
fn a_damaged_linux_disk_neither_panics_nor_holds_the_reader() {
    survives(&linux::uefi_disk(&linux::esp(), &linux::debian()).path, 400);
}

#[test]
fn a_damaged_windows_disk_neither_panics_nor_holds_the_reader() {
    survives(&windows::legacy_disk(&windows::server_2022()).path, 400);
}

/// Without checksums, so that what is changed reaches the reader.
#[test]
fn a_damaged_xfs_neither_panics_nor_holds_the_reader() {
    let disk = Disk::partitioned(XFS_SIZE + 2 * MIB, "label: dos\n2048,,83,*\n");
    disk.put(MIB, XFS_SIZE, xfs(&["-m", "crc=0"], &linux::debian()));
    survives(&disk.path, 400);
}

#[test]
fn a_damaged_btrfs_neither_panics_nor_holds_the_reader() {
    let disk = Disk::partitioned(162 * MIB, "label: dos\n2048,,83,*\n");
    disk.put(MIB, 160 * MIB, btrfs(&linux::debian()));
    survives(&disk.path, 100);
}

#[test]
fn a_disk_cut_anywhere_is_examined() {
    for disk in
        [linux::uefi_disk(&linux::esp(), &linux::debian()), windows::legacy_disk(&windows::server_2022())]
    {
        let bytes = std::fs::read(&disk.path).unwrap();
        for size in
            (0..bytes.len() as u64).step_by(1_700_003).chain([0, 1, 511, 512, 513, 1024, MIB, MIB + 100])
        {
            let cut: Source = Rc::new(bytes[..size as usize].to_vec());
            examine(&cut, Depth::Complete).unwrap();
        }
    }
}
