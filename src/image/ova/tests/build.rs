//! Writes archives and descriptors as the programs of the field do, and as none should.

use crate::image::testing::open_bytes;
use crate::image::{ApplianceCondition, Condition, Depth, Image};

/// A tar archive in the making.
#[derive(Default)]
pub(crate) struct Tar {
    bytes: Vec<u8>,
}

/// The kinds of header.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// No magic word.
    V7,
    Ustar,
    Gnu,
}

/// A header; its size is octal where it fits.
pub(crate) fn header(name: &[u8], size: u64, kind: u8, dialect: Dialect) -> [u8; 512] {
    let mut block = [0; 512];
    block[..name.len()].copy_from_slice(name);
    block[100..108].copy_from_slice(b"0000644\0");
    block[108..116].copy_from_slice(b"0000000\0");
    block[116..124].copy_from_slice(b"0000000\0");
    if size < 1 << 33 {
        block[124..136].copy_from_slice(format!("{size:011o}\0").as_bytes());
    } else {
        block[124] = 0x80;
        block[128..136].copy_from_slice(&size.to_be_bytes());
    }
    block[136..148].copy_from_slice(b"14000000000\0");
    block[156] = kind;
    match dialect {
        Dialect::V7 => {}
        Dialect::Ustar => block[257..265].copy_from_slice(b"ustar\x0000"),
        Dialect::Gnu => block[257..265].copy_from_slice(b"ustar  \0"),
    }
    seal(&mut block);
    block
}

/// Puts the right checksum into a header.
pub(crate) fn seal(block: &mut [u8; 512]) {
    block[148..156].fill(b' ');
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
}

/// A pax record: the length counts its own digits.
pub(crate) fn pax_record(keyword: &str, value: &str) -> String {
    let rest = keyword.len() + value.len() + 3;
    let length = (1..8).map(|digits| rest + digits).find(|length| rest + length.to_string().len() == *length);
    format!("{} {keyword}={value}\n", length.unwrap())
}

impl Tar {
    pub(crate) fn block(mut self, block: &[u8]) -> Self {
        self.bytes.extend_from_slice(block);
        self
    }

    fn data(mut self, data: &[u8]) -> Self {
        self.bytes.extend_from_slice(data);
        self.bytes.resize(self.bytes.len().next_multiple_of(512), 0);
        self
    }

    pub(crate) fn typed(self, name: &str, kind: u8, dialect: Dialect, data: &[u8]) -> Self {
        self.block(&header(name.as_bytes(), data.len() as u64, kind, dialect)).data(data)
    }

    pub(crate) fn file(self, name: &str, data: &[u8]) -> Self {
        self.typed(name, b'0', Dialect::Ustar, data)
    }

    pub(crate) fn folder(self, name: &str) -> Self {
        self.typed(name, b'5', Dialect::Ustar, b"")
    }

    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(crate) fn without_end(self) -> Vec<u8> {
        self.bytes
    }

    pub(crate) fn end(mut self) -> Vec<u8> {
        self.bytes.resize(self.bytes.len() + 1024, 0);
        self.bytes
    }
}

/// The size of [`raw_disk`].
pub(crate) const DISK_SIZE: usize = 64 * 1024;

/// A small raw disk with a partition table; `mark` tells one from another.
pub(crate) fn raw_disk(mark: u8) -> Vec<u8> {
    let mut disk = vec![mark; DISK_SIZE];
    disk[..512].fill(0);
    disk[446..462].copy_from_slice(&[0x80, 0, 2, 0, 0x83, 0, 0, 0, 1, 0, 0, 0, 100, 0, 0, 0]);
    disk[510..512].copy_from_slice(b"\x55\xaa");
    disk
}

/// A descriptor of the given references, disks and further sections.
pub(crate) fn ovf_of(references: &str, disks: &str, rest: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
  xmlns:vmw="http://www.vmware.com/schema/ovf">
<References>{references}</References>
<DiskSection><Info>Disks</Info>{disks}</DiskSection>
{rest}
</Envelope>"#
    )
}

pub(crate) const SYSTEM: &str = r#"<VirtualSystem ovf:id="machine"><Info>A machine</Info><Name>web server</Name>
<OperatingSystemSection ovf:id="101"><Info>System</Info><Description>Other Linux (64-bit)</Description></OperatingSystemSection>
<VirtualHardwareSection><Info>Hardware</Info>
<vmw:Config ovf:required="false" vmw:key="firmware" vmw:value="efi"/>
</VirtualHardwareSection></VirtualSystem>"#;

/// A descriptor of one disk, `disk.img`, of [`DISK_SIZE`] bytes.
pub(crate) fn ovf() -> String {
    ovf_of(
        &format!(r#"<File ovf:id="file1" ovf:href="disk.img" ovf:size="{DISK_SIZE}"/>"#),
        &format!(r#"<Disk ovf:diskId="disk1" ovf:fileRef="file1" ovf:capacity="{DISK_SIZE}"/>"#),
        SYSTEM,
    )
}

/// An archive of a descriptor and `disk.img`.
pub(crate) fn ova_of(descriptor: &str) -> Vec<u8> {
    Tar::default().file("vm.ovf", descriptor.as_bytes()).file("disk.img", &raw_disk(1)).end()
}

/// What is out of the ordinary in `archive`.
pub(crate) fn conditions(archive: Vec<u8>) -> Vec<ApplianceCondition> {
    appliance_conditions(&open_bytes(archive, Depth::Complete).image)
}

pub(crate) fn appliance_conditions(image: &Image) -> Vec<ApplianceCondition> {
    let appliance = |condition: &Condition| match condition {
        Condition::Appliance(condition) => Some(condition.clone()),
        _ => None,
    };
    image.conditions.iter().filter_map(appliance).collect()
}

/// A line of a manifest that agrees with `bytes`.
pub(crate) fn manifest_line(name: &str, bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    let digest: Vec<_> = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("SHA256({name})= {}\n", digest.concat())
}

/// An archive of `descriptor`, a manifest that was written for [`ovf`] and `disk.img` as [`raw_disk`] makes it, and
/// `disk`.
pub(crate) fn signed(descriptor: &str, disk: &[u8]) -> Vec<u8> {
    let manifest = manifest_line("vm.ovf", ovf().as_bytes()) + &manifest_line("disk.img", &raw_disk(1));
    Tar::default()
        .file("vm.ovf", descriptor.as_bytes())
        .file("vm.mf", manifest.as_bytes())
        .file("disk.img", disk)
        .end()
}
