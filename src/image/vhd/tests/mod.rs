//! VHDs as qemu-img writes them, and by hand what it does not write.

mod builder;
mod differencing;
mod footers;
mod tables;

use super::super::testing::{Folder, assert_holds, open_bytes, open_first, source_disk};
use super::super::{Condition, Depth, FileSet, Format, Image, NamedSource};
use builder::{filled, fixed, sparse};
use std::rc::Rc;

fn vhd(options: &str) -> Vec<u8> {
    let folder = Folder::new();
    folder.write("disk.raw", &source_disk());
    folder.qemu_img(&["convert", "-f", "raw", "-O", "vpc", "-o", options, "disk.raw", "disk.vhd"]);
    folder.read("disk.vhd")
}

/// What the file says of itself, in the complete pass.
fn image_of(bytes: &[u8]) -> Image {
    open_bytes(bytes.to_vec(), Depth::Complete).image
}

#[test]
fn what_qemu_img_writes_holds_the_disk() {
    for (kind, force, creator) in [
        ("dynamic", "on", "qem2"),
        ("dynamic", "off", "qemu"),
        ("fixed", "on", "qem2"),
        ("fixed", "off", "qemu"),
    ] {
        let bytes = vhd(&format!("subformat={kind},force_size={force}"));
        for depth in [Depth::First, Depth::Complete] {
            let opened = open_bytes(bytes.clone(), depth);
            let image = opened.image;
            assert_eq!((image.format, image.subformat.as_deref()), (Format::Vhd, Some(kind)));
            assert_eq!(image.creator.as_deref(), Some("QEMU"));
            assert!(
                image.facts.iter().any(|fact| fact.name == "creator application" && fact.value == creator)
            );
            assert_eq!(image.conditions, []);
            // Without force_size the disk grows to what cylinders, heads and sectors can say.
            let mut expected = source_disk();
            expected.resize(usize::try_from(image.virtual_size.unwrap()).unwrap().max(expected.len()), 0);
            assert_holds(&opened.disk.unwrap(), &expected, kind);
        }
    }
}

#[test]
fn what_is_allocated_is_told_of_a_dynamic_disk() {
    let bytes = vhd("subformat=dynamic,force_size=on");
    let mib = 1 << 20;
    assert_eq!(image_of(&bytes).allocated, [0..6 * mib, 8 * mib..9 * mib + 1536]);
    assert_eq!(image_of(&fixed(&[1; 4096], 1)).allocated, []);
}

#[test]
fn a_dynamic_disk_does_not_go_by_its_bitmaps() {
    let file = sparse(3, 1, &[Some((0, filled(5))), None]);
    let disk = open_bytes(file, Depth::First).disk.unwrap();
    assert_holds(&disk, &[filled(5), filled(0)].concat(), "a block whose bitmap is zero");
}

#[test]
fn a_fixed_disk_without_its_footer_is_raw() {
    let opened = open_bytes(fixed(&source_disk(), 1)[..9 << 20].to_vec(), Depth::Complete);
    assert_eq!((opened.image.format, opened.image.virtual_size), (Format::Raw, Some(9 << 20)));
}

#[test]
fn the_programs_are_called_by_their_names() {
    for (mark, name) in [
        (b"win ", "Hyper-V/Windows"),
        (b"vpc ", "Virtual PC"),
        (b"d2v\0", "disk2vhd"),
        (b"vbox", "VirtualBox"),
        (b"abc\0", "abc"),
        (b"\xFFa\0\0", "\\xffa"),
    ] {
        assert_eq!(super::creator::name(*mark), name);
    }
}

#[test]
fn the_first_pass_costs_few_reads_however_large_the_disk_is() {
    let folder = Folder::new();
    folder.qemu_img(&["create", "-f", "vpc", "-o", "force_size=on", "disk.vhd", "2040G"]);
    let cache = Rc::new(super::super::cache::BlockCache::new(Rc::new(folder.read("disk.vhd"))));
    let opened = open_first(&FileSet::of("disk.vhd", cache.clone()), Depth::First);
    assert_eq!(opened.image.virtual_size, Some(2040 << 30));
    assert!(cache.reads().reads <= 8, "{:?}", cache.reads());
    let mut buf = [9; 512];
    opened.disk.unwrap().read_at((2040 << 30) - 512, &mut buf).unwrap();
    assert_eq!(buf, [0; 512]);
}
