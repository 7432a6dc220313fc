//! Disk images, made by the real qemu-img.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A folder of images that goes with the test.
pub(crate) struct Images {
    folder: TempDir,
}

impl Images {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder for the images") }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A raw disk of `size` bytes with an MBR that has one active Linux partition, and some data in it.
    pub(crate) fn raw(&self, name: &str, size: u64) -> PathBuf {
        let path = self.path(name);
        let mut file = File::create(&path).expect("the disk");
        file.set_len(size).expect("its size");
        let sectors = u32::try_from((size / 512).min(u64::from(u32::MAX))).expect("bounded") - 2048;
        let mut mbr = [0_u8; 512];
        mbr[0] = 0xEB;
        mbr[446] = 0x80;
        mbr[450] = 0x83;
        mbr[454..458].copy_from_slice(&2048_u32.to_le_bytes());
        mbr[458..462].copy_from_slice(&sectors.to_le_bytes());
        mbr[510..].copy_from_slice(&[0x55, 0xAA]);
        file.write_all(&mbr).expect("the MBR");
        file.seek(SeekFrom::Start(2048 * 512)).expect("the partition");
        // Bytes that neither repeat nor compress away, so that the checksums of the upload mean something.
        let data: Vec<u8> =
            (0..512 * 1024_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0]).collect();
        file.write_all(&data).expect("the data");
        path
    }

    /// The same disk with bytes in all of it that no two parts of an upload have in common.
    pub(crate) fn full(&self, name: &str, size: u64) -> PathBuf {
        let path = self.raw(name, size);
        let mut file = File::options().write(true).open(&path).expect("the disk");
        file.seek(SeekFrom::Start(2 << 20)).expect("behind the partition's first bytes");
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut block = vec![0_u8; 1 << 20];
        for _ in 2..size >> 20 {
            for word in block.chunks_exact_mut(8) {
                // Xorshift: as good as random for checksums.
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                word.copy_from_slice(&state.to_le_bytes());
            }
            file.write_all(&block).expect("the data");
        }
        path
    }

    /// `qemu-img convert` of `source`.
    pub(crate) fn convert(&self, source: &Path, name: &str, format: &str, options: &str) -> PathBuf {
        let path = self.path(name);
        let mut command = Command::new("qemu-img");
        command.args(["convert", "-f", "raw", "-O", format]);
        if !options.is_empty() {
            command.args(["-o", options]);
        }
        let status = command.arg(source).arg(&path).status().expect("qemu-img starts");
        assert!(status.success(), "qemu-img converts to {format}");
        path
    }
}

impl Images {
    /// An OVA of a streamOptimized disk whose manifest tells the disk's SHA-256, or another one.
    pub(crate) fn appliance(&self, name: &str, is_right: bool) -> PathBuf {
        let raw = self.raw(&format!("{name}.raw"), 16 << 20);
        // More than the second pass checks of itself, and nothing that compresses away.
        let noise = std::fs::File::open("/dev/urandom").map(|noise| noise.take(4 << 20)).expect("noise");
        let mut disk = File::options().write(true).open(&raw).expect("the disk");
        disk.seek(SeekFrom::Start(4 << 20)).expect("a place");
        std::io::copy(&mut { noise }, &mut disk).expect("written");
        let disk = self.convert(&raw, &format!("{name}.vmdk"), "vmdk", "subformat=streamOptimized");
        let archive = self.path(name);
        crate::archive::ova(&archive, 16 << 20, |file| {
            std::io::copy(&mut File::open(&disk)?, file).map(drop)
        })
        .expect("the archive");
        let digest = if is_right { sha256(&disk) } else { "0".repeat(64) };
        std::fs::write(self.path("machine.mf"), format!("SHA256(disk.vmdk)= {digest}\n"))
            .expect("the manifest");
        let mut tar = Command::new("tar");
        tar.arg("--format=ustar")
            .arg("-rf")
            .arg(&archive)
            .arg("-C")
            .arg(self.folder.path())
            .arg("machine.mf");
        assert!(tar.status().expect("tar starts").success(), "tar appends the manifest");
        archive
    }
}

/// The SHA-256 of a file, by the system's own tool.
pub(crate) fn sha256(path: &Path) -> String {
    let output = Command::new("sha256sum").arg(path).output().expect("sha256sum starts");
    let text = String::from_utf8(output.stdout).expect("it prints text");
    text.split_whitespace().next().unwrap_or_else(|| panic!("no digest of {}", path.display())).to_owned()
}
