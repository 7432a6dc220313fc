//! An OVA: a tar archive of a descriptor and a disk.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

/// Writes the archive at `path`: `machine.ovf`, which says that the disk has `capacity` bytes, then `disk.vmdk` as
/// `write_disk` writes it.
pub(crate) fn ova(
    path: &Path,
    capacity: u64,
    write_disk: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    let mut file = File::create(path)?;
    let descriptor = descriptor(capacity);
    member(&mut file, "machine.ovf", |file| file.write_all(descriptor.as_bytes()))?;
    member(&mut file, "disk.vmdk", write_disk)?;
    // Two blocks of zeros end an archive.
    file.write_all(&[0; 1024])
}

/// Writes a member: its content first, then the header before it, which tells the length.
fn member(file: &mut File, name: &str, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let start = file.stream_position()?;
    file.write_all(&[0; 512])?;
    write(file)?;
    let end = file.stream_position()?;
    file.seek(SeekFrom::Start(start))?;
    file.write_all(&header(name, end - start - 512))?;
    file.seek(SeekFrom::Start(end))?;
    let padding = end.next_multiple_of(512) - end;
    io::copy(&mut io::Read::take(io::repeat(0), padding), file)?;
    Ok(())
}

/// A header in the ustar form, whose size is below 8 GiB.
fn header(name: &str, size: u64) -> [u8; 512] {
    let mut header = [0; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    for (at, field) in [(100, "0000644\0"), (108, "0000000\0"), (116, "0000000\0"), (136, "14000000000\0")] {
        header[at..at + field.len()].copy_from_slice(field.as_bytes());
    }
    header[124..136].copy_from_slice(format!("{size:011o}\0").as_bytes());
    header[156] = b'0';
    header[257..265].copy_from_slice(b"ustar\x0000");
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

fn descriptor(capacity: u64) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
  xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
  xmlns:vmw="http://www.vmware.com/schema/ovf">
<References><File ovf:id="file1" ovf:href="disk.vmdk"/></References>
<DiskSection><Info>Disks</Info><Disk ovf:diskId="disk1" ovf:fileRef="file1" ovf:capacity="{capacity}"
  ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/></DiskSection>
<VirtualSystem ovf:id="machine"><Info>A machine</Info><Name>machine</Name>
<OperatingSystemSection ovf:id="96"><Info>System</Info><Description>Debian (64-bit)</Description></OperatingSystemSection>
<VirtualHardwareSection><Info>Hardware</Info>
<Item><rasd:InstanceID>3</rasd:InstanceID><rasd:ResourceType>6</rasd:ResourceType></Item>
<Item><rasd:InstanceID>4</rasd:InstanceID><rasd:Parent>3</rasd:Parent><rasd:AddressOnParent>0</rasd:AddressOnParent>
<rasd:HostResource>ovf:/disk/disk1</rasd:HostResource><rasd:ResourceType>17</rasd:ResourceType></Item>
<vmw:Config ovf:required="false" vmw:key="firmware" vmw:value="efi"/>
</VirtualHardwareSection></VirtualSystem>
</Envelope>"#
    )
}
