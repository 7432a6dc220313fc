//! One system disk in every format, made by the real qemu-img.

use super::tools::tool;
use super::{archive, large_appliance, system_disk};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// An image to be measured.
pub(crate) struct Image {
    /// The format and its subformat.
    pub(crate) name: &'static str,
    /// The file that is the image, and then those that it is composed of.
    pub(crate) files: Vec<PathBuf>,
}

/// The disk's size.
const SIZE: u64 = 8 << 30;

/// What qemu-img writes: the name, the file, and how.
const CONVERTED: &[(&str, &str, &[&str])] = &[
    ("VMDK monolithicSparse", "sparse.vmdk", &["-O", "vmdk", "-o", "subformat=monolithicSparse"]),
    ("VMDK monolithicFlat", "flat.vmdk", &["-O", "vmdk", "-o", "subformat=monolithicFlat"]),
    ("VMDK twoGbMaxExtentSparse", "split.vmdk", &["-O", "vmdk", "-o", "subformat=twoGbMaxExtentSparse"]),
    ("VMDK twoGbMaxExtentFlat", "parts.vmdk", &["-O", "vmdk", "-o", "subformat=twoGbMaxExtentFlat"]),
    ("VMDK streamOptimized", "stream.vmdk", &["-O", "vmdk", "-o", "subformat=streamOptimized"]),
    ("VHD fixed", "fixed.vhd", &["-O", "vpc", "-o", "subformat=fixed,force_size=on"]),
    ("VHD dynamic", "dynamic.vhd", &["-O", "vpc", "-o", "subformat=dynamic,force_size=on"]),
    ("VHDX", "disk.vhdx", &["-O", "vhdx"]),
    ("QCOW2", "disk.qcow2", &["-O", "qcow2"]),
    ("QCOW2 compressed", "compressed.qcow2", &["-O", "qcow2", "-c"]),
    ("VDI", "disk.vdi", &["-O", "vdi"]),
];

/// Makes all of them in `folder`, which is empty.
pub(crate) fn make_all(folder: &Path) -> Vec<Image> {
    let raw = system_disk::make(folder, "disk.raw", SIZE, 64);
    let mut images: Vec<Image> = CONVERTED
        .iter()
        .map(|(name, file, arguments)| {
            let command = [&["convert", "-f", "raw"], *arguments, &["disk.raw", *file]].concat();
            tool(folder, "qemu-img", &command, "");
            Image { name, files: with_extents(folder, file) }
        })
        .collect();
    images.push(Image { name: "raw, GPT", files: vec![raw] });
    let ova = folder.join("machine.ova");
    let stream = folder.join("stream.vmdk");
    let packed = archive::ova(&ova, SIZE, |archive| {
        io::copy(&mut File::open(stream)?, archive)?;
        Ok(())
    });
    packed.expect("room for the archive");
    images.push(Image { name: "OVA of the stream", files: vec![ova] });
    let large = large_appliance::make(folder, "large.ova");
    images.push(Image { name: "OVA of a full 64 GiB stream", files: vec![large] });
    images
}

/// `file` and the extents beside it, which qemu-img calls by its stem.
fn with_extents(folder: &Path, file: &str) -> Vec<PathBuf> {
    let stem = file.split('.').next().unwrap_or(file);
    let mut extents: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("it is being filled")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&format!("{stem}-")))
        })
        .collect();
    extents.sort();
    extents.insert(0, folder.join(file));
    extents
}
