//! Small images of every format, for the tests and the fuzz targets that change them: made by the programs that write
//! the format where they are at hand, else byte by byte.

#![allow(dead_code, reason = "the tests use the images, the seeds of the fuzz targets their formats too")]

use std::path::Path;
use std::process::Command;

/// An image and the format it is of, by the module that reads it.
pub(crate) struct Sample {
    pub(crate) format: &'static str,
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// What qemu-img writes: format, name, and the arguments after `convert -f raw`, `-O` among them.
const WRITTEN_BY_QEMU_IMG: &[(&str, &str, &str)] = &[
    ("vmdk", "monolithic-sparse", "-O vmdk"),
    ("vmdk", "zeroed-grains", "-O vmdk -o zeroed_grain=on"),
    ("vmdk", "stream-optimized", "-O vmdk -o subformat=streamOptimized"),
    ("vmdk", "flat-descriptor", "-O vmdk -o subformat=monolithicFlat"),
    ("vmdk", "split-descriptor", "-O vmdk -o subformat=twoGbMaxExtentSparse"),
    ("vhd", "dynamic", "-O vpc -o force_size=on"),
    ("vhd", "fixed", "-O vpc -o subformat=fixed,force_size=on"),
    ("vhdx", "dynamic", "-O vhdx -o block_size=1M"),
    ("vhdx", "fixed", "-O vhdx -o subformat=fixed,block_size=1M"),
    ("qcow2", "version-1", "-O qcow"),
    ("qcow2", "version-2", "-O qcow2 -o compat=0.10"),
    ("qcow2", "version-3", "-O qcow2 -o cluster_size=4k"),
    ("qcow2", "zlib", "-c -O qcow2 -o cluster_size=4k"),
    ("qcow2", "zstd", "-c -O qcow2 -o compression_type=zstd"),
    ("qcow2", "extended-l2", "-O qcow2 -o cluster_size=16k,extended_l2=on"),
    ("qcow2", "overlay-of-a", "-B a -F qcow2 -O qcow2 -o cluster_size=4k"),
    ("vdi", "dynamic", "-O vdi"),
    ("vdi", "static", "-O vdi -o static=on"),
    ("parallels", "expanding", "-O parallels"),
    ("qed", "plain", "-O qed -o cluster_size=4k"),
];

/// Writes the disk into the archives that Python's own library knows.
const COMPRESSED_BY_PYTHON: &str = r#"
import bz2, gzip, lzma, sys, zipfile
disk = open("disk", "rb").read()
def write(name, content):
    open(name, "wb").write(content)
write("gz", gzip.compress(disk))
write("bz2", bz2.compress(disk))
write("xz", lzma.compress(disk, format=lzma.FORMAT_XZ))
write("lzma", lzma.compress(disk, format=lzma.FORMAT_ALONE))
for name, method in [("stored", zipfile.ZIP_STORED), ("zip", zipfile.ZIP_DEFLATED)]:
    with zipfile.ZipFile(name, "w", method) as archive:
        archive.writestr("disk.img", disk)
"#;

/// `zstd -19` of a sector and 1 MiB of zeros.
const ZSTANDARD: &[u8] = b"\x28\xb5\x2f\xfd\xa4\x00\x00\x10\x00\xe4\x01\x00\xa4\x02\x62\x6f\x6f\x74\x20\x63\x6f\x64\x65\
    \x20\x6f\x66\x20\x61\x20\x74\x65\x73\x74\x20\x64\x69\x73\x6b\x00\x80\x00\x02\x00\x83\x00\x00\x00\x00\x01\x00\x00\x00\
    \x04\x00\x55\xaa\x04\x00\x57\xfc\x90\x83\xd1\xf5\xa5\x62\x82\xa8\x26\xaa\x02\x3c\x02\x00\x10\x00\x02\x00\x10\x00\x02\
    \x00\x10\x00\x02\x00\x10\x00\x02\x00\x10\x00\x02\x00\x10\x00\x03\x00\x10\x00\x47\x46\x51\x22";

/// A machine with one disk, the file `disk`.
fn descriptor(disk: &str) -> String {
    format!(
        r#"<?xml version="1.0"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
  xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData">
  <References><File ovf:id="file1" ovf:href="{disk}"/></References>
  <DiskSection><Info/><Disk ovf:diskId="disk1" ovf:fileRef="file1" ovf:capacity="4"
    ovf:capacityAllocationUnits="byte * 2^20"/></DiskSection>
  <VirtualSystem ovf:id="machine"><Info/><Name>machine</Name>
    <OperatingSystemSection ovf:id="96"><Info/><Description>Debian</Description></OperatingSystemSection>
    <VirtualHardwareSection><Info/><Item><rasd:HostResource>ovf:/disk/disk1</rasd:HostResource>
      <rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceType>17</rasd:ResourceType></Item></VirtualHardwareSection>
  </VirtualSystem>
</Envelope>
"#
    )
}

/// A disk of 4 MiB and a sector: a partition table, text, a stretch that does not compress, and an end that is no whole cluster.
pub(crate) fn disk() -> Vec<u8> {
    let mut disk = vec![0; (4 << 20) + 512];
    disk[446..462].copy_from_slice(&[0x80, 0, 2, 0, 0x83, 0, 0, 0, 0, 8, 0, 0, 0, 16, 0, 0]);
    disk[510..512].copy_from_slice(b"\x55\xaa");
    for (byte, letter) in disk[100_000..104_000].iter_mut().zip(b"the quick brown fox ".iter().cycle()) {
        *byte = *letter;
    }
    let mut state = 1_u32;
    for byte in &mut disk[2_000_000..2_010_000] {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = state.to_be_bytes()[0];
    }
    disk[4 << 20..].fill(0x42);
    disk
}

/// One image at least of every format that is read.
pub(crate) fn samples() -> Vec<Sample> {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    std::fs::write(folder.join("disk"), disk()).expect("room for a disk");
    run(folder, "qemu-img", &["create", "-q", "-f", "qcow2", "-o", "cluster_size=4k", "a", "4194816"]);
    let mut samples = Vec::new();
    let mut add = |format, name: &str, bytes| samples.push(Sample { format, name: name.to_owned(), bytes });
    for (format, name, arguments) in WRITTEN_BY_QEMU_IMG {
        let arguments: Vec<&str> = ["convert", "-f", "raw"]
            .into_iter()
            .chain(arguments.split(' '))
            .chain(["disk", "image.vmdk"])
            .collect();
        run(folder, "qemu-img", &arguments);
        add(format, name, read(folder, "image.vmdk"));
    }
    run(folder, "python3", &["-c", COMPRESSED_BY_PYTHON]);
    for name in ["gz", "bz2", "xz", "lzma", "stored", "zip"] {
        add("compressed", name, read(folder, name));
    }
    add("compressed", "zstd", ZSTANDARD.to_vec());
    add("compressed", "lz4", [b"\x04\x22\x4d\x18\x68\x40\x00\x00\x20\x00".as_slice(), &[0; 30]].concat());
    let stream =
        ["convert", "-f", "raw", "-O", "vmdk", "-o", "subformat=streamOptimized", "disk", "disk.vmdk"];
    run(folder, "qemu-img", &stream);
    std::fs::write(folder.join("machine.mf"), format!("SHA1(machine.ovf)= {}\n", "0".repeat(40)))
        .expect("room");
    // A name that does not fit into a header has a header of its own.
    let long = format!("{}.vmdk", "disk".repeat(30));
    std::fs::copy(folder.join("disk.vmdk"), folder.join(&long)).expect("room for a disk");
    for (dialect, disk) in [("ustar", "disk.vmdk"), ("v7", "disk.vmdk"), ("gnu", &long), ("pax", &long)] {
        std::fs::write(folder.join("machine.ovf"), descriptor(disk)).expect("room for a descriptor");
        let form = format!("--format={dialect}");
        run(folder, "tar", &[&form, "-cf", "machine.ova", "machine.ovf", "machine.mf", disk]);
        add("ova", dialect, read(folder, "machine.ova"));
    }
    add("ova", "descriptor", descriptor("b").into_bytes());
    add("raw", "disk", disk());
    add("iso", "disc", disc());
    add("dmg", "bzip2", disk_image());
    add("ewf", "volume", evidence());
    add("squashfs", "xz", squashfs());
    samples
}

fn run(folder: &Path, program: &str, arguments: &[&str]) {
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    let output = output.unwrap_or_else(|error| panic!("this needs the tool {program}: {error}"));
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).expect("the tool wrote it")
}

/// Volume descriptors of ISO 9660 (ECMA-119 8), one of them El Torito's boot record.
fn disc() -> Vec<u8> {
    const SECTOR: usize = 2048;
    let mut disc = vec![0; 100 * SECTOR];
    for (index, kind) in [1, 0, 255].into_iter().enumerate() {
        let at = (16 + index) * SECTOR;
        disc[at] = kind;
        disc[at + 1..at + 7].copy_from_slice(b"CD001\x01");
    }
    let primary = &mut disc[16 * SECTOR..];
    primary[40..72].fill(b' ');
    primary[40..46].copy_from_slice(b"RESCUE");
    primary[80] = 100;
    primary[129] = 8;
    disc[17 * SECTOR + 7..][..23].copy_from_slice(b"EL TORITO SPECIFICATION");
    disc
}

/// A data fork of 1024 bytes that begins like bzip2, and UDIF's trailer for 2000 sectors.
fn disk_image() -> Vec<u8> {
    let mut bytes = vec![0; 1536];
    bytes[..10].copy_from_slice(b"BZh91AY&SY");
    let trailer = &mut bytes[1024..];
    trailer[..12].copy_from_slice(b"koly\0\0\0\x04\0\0\x02\0");
    trailer[32..40].copy_from_slice(&1024_u64.to_be_bytes());
    trailer[492..500].copy_from_slice(&2000_u64.to_be_bytes());
    bytes
}

/// EnCase's header and two sections, the second of which says 200 sectors of 512 bytes.
fn evidence() -> Vec<u8> {
    let mut bytes = b"EVF\x09\x0d\x0a\xff\0\x01\x01\0\0\0".to_vec();
    for (kind, next) in [(b"header2\0".as_slice(), 100_u64), (b"volume\0", 400)] {
        let mut section = [0; 76];
        section[..kind.len()].copy_from_slice(kind);
        section[16..24].copy_from_slice(&next.to_le_bytes());
        bytes.extend(section);
        bytes.resize(bytes.len().max(100), 0);
    }
    bytes.extend([1, 0, 0, 0, 1, 0, 0, 0, 64, 0, 0, 0, 0, 2, 0, 0, 200, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

/// The superblock of an empty SquashFS 4 that is compressed with xz.
fn squashfs() -> Vec<u8> {
    let mut bytes = vec![0; 4096];
    bytes[..4].copy_from_slice(b"hsqs");
    bytes[12..16].copy_from_slice(&0x2_0000_u32.to_le_bytes());
    bytes[20..24].copy_from_slice(&[4, 0, 17, 0]);
    bytes[28] = 4;
    bytes[40..42].copy_from_slice(&4000_u16.to_le_bytes());
    bytes
}
