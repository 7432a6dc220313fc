//! VHDX as qemu-img writes it, and by hand what it does not write.

mod builder;
mod differencing;
mod replay;
mod structures;

use super::super::testing::{Folder, Random, assert_holds, open_bytes, open_first, source_disk};
use super::super::{Condition, Depth, FileSet, Format, NamedSource};
use builder::{BAT, Draft, METADATA, at, filled, seal};
use std::rc::Rc;

fn vhdx(options: &str) -> Vec<u8> {
    let folder = Folder::new();
    folder.write("disk.raw", &source_disk());
    folder.qemu_img(&["convert", "-f", "raw", "-O", "vhdx", "-o", options, "disk.raw", "disk.vhdx"]);
    folder.read("disk.vhdx")
}

#[test]
fn what_qemu_img_writes_holds_the_disk() {
    for (kind, block) in
        [("dynamic", "1M"), ("dynamic", "4M"), ("dynamic", "32M"), ("fixed", "1M"), ("fixed", "8M")]
    {
        let bytes = vhdx(&format!("subformat={kind},block_size={block},block_state_zero=off"));
        for depth in [Depth::First, Depth::Complete] {
            let opened = open_bytes(bytes.clone(), depth);
            let image = opened.image;
            assert_eq!((image.format, image.subformat.as_deref()), (Format::Vhdx, Some(kind)));
            assert!(image.creator.unwrap().starts_with("QEMU"));
            assert_eq!(image.conditions, [], "{kind}, {block}");
            assert_holds(&opened.disk.unwrap(), &source_disk(), &format!("{kind}, {block}"));
        }
    }
}

#[test]
fn blocks_in_the_state_zero_are_zeros_and_told() {
    let opened = open_bytes(vhdx("block_size=1M,block_state_zero=on"), Depth::Complete);
    assert_eq!(opened.image.conditions, [Condition::UnusualBlocks { state: "ZERO" }]);
    assert_holds(&opened.disk.unwrap(), &source_disk(), "state zero");
}

#[test]
fn what_is_allocated_is_told() {
    let opened = open_bytes(vhdx("block_size=1M"), Depth::Complete);
    let mib = 1 << 20;
    assert_eq!(opened.image.allocated, [0..3 * mib, 5 * mib..6 * mib, 8 * mib..9 * mib + 1536]);
}

#[test]
fn the_largest_disk_is_opened_by_few_reads() {
    let folder = Folder::new();
    folder.qemu_img(&["create", "-f", "vhdx", "-o", "block_size=256M", "disk.vhdx", "64T"]);
    let cache = Rc::new(super::super::cache::BlockCache::new(Rc::new(folder.read("disk.vhdx"))));
    let opened = open_first(&FileSet::of("disk.vhdx", cache.clone()), Depth::First);
    assert_eq!(opened.image.virtual_size, Some(64 << 40));
    assert!(cache.reads().reads <= 8, "{:?}", cache.reads());
    let disk = opened.disk.unwrap();
    let mut buf = [9; 512];
    disk.read_at((64 << 40) - 512, &mut buf).unwrap();
    assert_eq!(buf, [0; 512]);
}

#[test]
fn every_state_of_a_block_is_read_as_the_format_says() {
    let table = vec![at(0, 6), 0, 1, 2, 3, at(1, 6)];
    let data = vec![filled(5), filled(6)];
    let draft = Draft { size: 6 << 20, table, data, flags: 1, ..Draft::default() };
    let opened = open_bytes(draft.build(), Depth::Complete);
    assert_eq!(opened.image.subformat.as_deref(), Some("fixed"));
    let zeros = vec![0; 4 << 20];
    assert_holds(&opened.disk.unwrap(), &[filled(5), zeros, filled(6)].concat(), "states");
    assert_eq!(opened.image.allocated, [0..1 << 20, 5 << 20..6 << 20]);
}

#[test]
fn sectors_of_4096_bytes_are_told_and_read() {
    let draft = Draft { sector_size: 4096, table: vec![at(0, 6)], data: vec![filled(5)], ..Draft::default() };
    let opened = open_bytes(draft.build(), Depth::First);
    assert_eq!(opened.image.conditions, [Condition::SectorSize { bytes: 4096 }]);
    assert_holds(&opened.disk.unwrap(), &[filled(5), filled(0), filled(0)].concat(), "4096");
}

#[test]
fn an_entry_for_a_sector_bitmap_stands_after_every_chunk_of_blocks() {
    // Chunks of 2^23 sectors of 512 bytes: 16 blocks of 256 MiB.
    let mut table = vec![0; 18];
    table[17] = at(0, 6);
    let data = vec![filled(9)];
    let draft = Draft { size: (16 << 28) + 512, block_size: 256 << 20, table, data, ..Draft::default() };
    let opened = open_bytes(draft.build(), Depth::Complete);
    assert_eq!(opened.image.conditions, []);
    assert_eq!(opened.image.allocated, std::slice::from_ref(&(16 << 28..(16 << 28) + 512)));
    let disk = opened.disk.unwrap();
    let mut buf = [1; 1024];
    disk.read_at((16 << 28) - 512, &mut buf).unwrap();
    assert_eq!((&buf[..512], &buf[512..]), (&[0; 512][..], &[9; 512][..]));
}

#[test]
fn damaged_images_with_sound_checksums_never_panic() {
    let draft =
        Draft { table: vec![at(0, 6), 0, at(1, 6)], data: vec![filled(5), filled(6)], ..Draft::default() };
    let sound = draft.build();
    // Checksums that are right again let the changes through to what they protect.
    let mut random = Random::new(17);
    for round in 0..200 {
        let mut bytes = sound.clone();
        for _ in 0..=random.below(3) {
            let start = [64 << 10, 128 << 10, 192 << 10, BAT, METADATA, METADATA + (64 << 10)];
            let reach = [80, 80, 80, 64, 300, 5 * 4096];
            let place = random.below(6) as usize;
            let at = start[place] + random.below(reach[place]) as usize;
            bytes[at] = [0, 0xFF, bytes[at] ^ 1, random.next() as u8][random.below(4) as usize];
        }
        seal(&mut bytes);
        let depth = if round % 2 == 0 { Depth::First } else { Depth::Complete };
        if let Some(disk) = open_bytes(bytes, depth).disk {
            for offset in [0, 1 << 20, disk.size() / 2, disk.size().saturating_sub(512)] {
                let _ = disk.read_at(offset, &mut [0; 512]);
            }
        }
    }
}
