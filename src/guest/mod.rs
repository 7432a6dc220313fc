//! What is inside the disk? Partition table, file systems, boot loader, operating system.
//!
//! Reads only through [`ReadAt`](crate::image::ReadAt), so a compressed VMDK inside an OVA and a raw file look the
//! same from here. Nothing here knows containers or AWS.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation
    )
)]

mod allowance;
mod apple_partition_map;
mod boot;
mod bounded_reads;
mod btrfs;
mod contents;
mod disk_cursor;
mod ext;
mod fat;
mod file_tree;
mod gpt;
mod linked_tree;
mod linux;
mod lvm;
mod mbr;
mod ntfs;
mod partition_table;
pub mod partition_types;
mod pe;
mod signatures;
mod windows;
mod xfs;

#[cfg(test)]
mod disks_for_tests;
#[cfg(test)]
mod partition_table_tests;

use crate::image::read_at::read_up_to;
use crate::image::{Depth, ReadError, Source};
use crate::sentence::Sentence;
use bounded_reads::BoundedReads;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// The kind of partition table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TableKind {
    /// Master boot record.
    Mbr,
    /// GUID partition table.
    Gpt,
    /// A GPT whose MBR has real entries besides the protective one.
    Hybrid,
    /// Apple partition map.
    Apm,
    /// No table: the disk is blank, or one file system or volume fills it.
    None,
}

/// How firmware can start the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BootMode {
    /// A partition marked active, or a BIOS-boot partition.
    LegacyBios,
    /// An EFI system partition.
    Uefi,
    /// Both.
    Both,
    /// Neither: a data disk.
    None,
}

/// A partition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partition {
    /// Its number in the table, from 1; logical partitions from 5.
    pub index: u32,
    /// The type: an MBR byte as `0x83`, or a GPT GUID in upper case.
    #[serde(rename = "type")]
    pub type_id: String,
    /// What that type means ("Linux", "EFI system"), where it is known.
    pub type_name: Option<String>,
    /// The name in a GPT entry, or empty.
    pub name: String,
    /// Where it begins, in bytes.
    pub start: u64,
    /// How large it is, in bytes.
    pub size: u64,
    /// Whether the MBR marks it active, or the GPT entry is marked legacy-bootable.
    pub active: bool,
    /// The file system or volume by its signature: `ext4`, `ntfs`, `luks2`, `lvm2` …
    pub filesystem: Option<String>,
    /// The file system's label.
    pub label: Option<String>,
    /// The file system's UUID or serial number.
    pub uuid: Option<String>,
}

/// The operating system, as its own files say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatingSystem {
    /// `linux`, `windows`, `bsd` …
    pub family: String,
    /// Its name ("Debian GNU/Linux", "Windows Server 2022").
    pub name: Option<String>,
    /// Its `os-release` ID, or the product's short name.
    pub id: Option<String>,
    /// Its version ("12", "10.0.20348").
    pub version: Option<String>,
    /// The kernels found, by release ("6.1.0-18-amd64").
    pub kernels: Vec<String>,
    /// Free bytes of the NTFS volume that Windows lies on; counted up to 16 GiB, and `None` where they were not.
    pub free_space: Option<u64>,
}

/// A volume group of LVM, as its own metadata describe it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VolumeGroup {
    /// Its name.
    pub name: String,
    /// The partitions of this disk on which it lies; empty for a disk without partitions.
    pub partitions: Vec<u32>,
    /// Its volumes that a system sees, in the order of the metadata.
    pub logical_volumes: Vec<LogicalVolume>,
}

/// A logical volume.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogicalVolume {
    /// Its name within the group.
    pub name: String,
    /// How large it is, in bytes.
    pub size: u64,
    /// How it lies on the physical volumes: `linear`, or LVM's own word (`striped`, `thin`, `raid1` …).
    pub layout: String,
    /// The file system or volume in it by its signature; known only where it is linear and lies wholly on this disk.
    pub filesystem: Option<String>,
    /// The file system's label.
    pub label: Option<String>,
    /// The file system's UUID.
    pub uuid: Option<String>,
}

/// Something inside the disk that matters to a rule of the verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuestCondition {
    /// A partition reaches beyond the end of the disk.
    PartitionBeyondEnd {
        /// Its number.
        index: u32,
        /// Where it should end, in bytes.
        end: u64,
    },
    /// One GPT copy is bad, the other was used.
    BadGptCopy {
        /// `primary` or `backup`.
        copy: &'static str,
        /// What is wrong with it.
        reason: Sentence,
    },
    /// The backup GPT is not at the end: the disk was grown after it was partitioned.
    GrownDisk,
    /// There is a GPT, but the protective MBR is missing.
    NoProtectiveMbr,
    /// The GPT was written for sectors of this many bytes, not 512.
    SectorSize {
        /// Bytes a sector.
        bytes: u64,
    },
    /// A volume is encrypted.
    EncryptedVolume {
        /// `luks1`, `luks2`, `bitlocker` …
        scheme: String,
        /// The partition's number; `None` for the whole disk.
        partition: Option<u32>,
    },
    /// A table of partitions is damaged.
    DamagedTable {
        /// What is wrong with it.
        reason: Sentence,
    },
    /// Two operating systems.
    DualBoot {
        /// What was found.
        systems: Vec<Sentence>,
    },
    /// The volume of a Windows that hibernated or was shut down by fast start, or was not unmounted.
    NotShutDown {
        /// What says so.
        evidence: Sentence,
        /// The partition's number.
        partition: Option<u32>,
    },
    /// `/etc/fstab` names devices by their kernel name, which changes in EC2.
    FstabByDevice {
        /// The devices.
        devices: Vec<String>,
    },
    /// A driver that EC2 needs was not found among a kernel's modules.
    MissingDriver {
        /// `nvme`, `ena`, `xen-blkfront` …
        driver: String,
        /// The kernel's release.
        kernel: String,
    },
    /// An EFI system partition without the fallback loader that EC2 starts.
    NoFallbackLoader,
    /// More than one boot loader configuration was found.
    SeveralBootConfigurations {
        /// Their paths.
        paths: Vec<Sentence>,
    },
    /// GRUB takes its entries from `loader/entries` (Boot Loader Specification), and its environment names no
    /// default.
    NoDefaultBootEntry {
        /// The entries' file names.
        entries: Vec<String>,
    },
    /// A Linux has no `/etc/fstab`.
    NoFstab,
    /// No initramfs lies beside the newest kernel.
    NoInitramfs {
        /// The kernel's release.
        kernel: String,
    },
    /// The system lies in a subvolume of a Btrfs.
    SystemInSubvolume {
        /// The partition's number; `None` for the whole disk.
        partition: Option<u32>,
        /// The subvolume's name, or its number.
        subvolume: String,
    },
    /// A Btrfs was looked into, and no subvolume was found: the shape that EC2 reads.
    PlainBtrfs {
        /// The partition's number; `None` for the whole disk.
        partition: Option<u32>,
    },
    /// A volume group lacks physical volumes, which must lie on other disks.
    IncompleteVolumeGroup {
        /// Its name.
        group: String,
        /// How many it lacks.
        missing: usize,
    },
    /// A volume could not be read as its signature says.
    DamagedVolume {
        /// The partition's number; `None` for the whole disk.
        partition: Option<u32>,
        /// What is wrong.
        reason: Sentence,
    },
}

/// What lies on a virtual disk.
#[derive(Debug, Clone)]
pub struct Guest {
    /// The kind of partition table.
    pub table: TableKind,
    /// The partitions, in the order of the disk.
    pub partitions: Vec<Partition>,
    /// The file system or volume that fills the disk when there is no table.
    pub whole_disk: Option<String>,
    /// The volume groups of LVM that lie on the disk; known after the second pass.
    pub volume_groups: Vec<VolumeGroup>,
    /// How firmware can start the disk; `None` when the first pass could not tell.
    pub boot_mode: Option<BootMode>,
    /// The processor the system is for: `x86_64`, `arm64`, `i386` …
    pub architecture: Option<String>,
    /// The operating system.
    pub os: Option<OperatingSystem>,
    /// What a rule may find fault with.
    pub conditions: Vec<GuestCondition>,
    /// The partitions that may hold a system and could not be looked into; `None` before the second pass.
    pub unopened: Option<Vec<u32>>,
    /// Whether the first sector has no code at all, so that no BIOS starts anything from it.
    pub lacks_boot_code: bool,
    /// The first bytes that the disk's container could not give. Where there are some, nothing is certain about what was
    /// not found.
    pub unread: Option<ReadError>,
}

/// How many different blocks of 64 KiB each pass may touch. The first has to leave room for the container within
/// the 24 reads of the first verdict; the second is bounded so that a hostile disk cannot hold the worker.
const FIRST_BLOCKS: usize = 12;
const COMPLETE_BLOCKS: usize = 2048;
/// Bytes of the first sector, which says what the table is.
const SECTOR: usize = 512;

/// What lies on `disk`.
///
/// [`Depth::First`] reads the partition table and the signatures of the first partitions, within 12 reads of
/// 64 KiB. [`Depth::Complete`] also looks into logical volumes and file systems.
///
/// # Errors
/// [`ReadError::Failed`], the file itself could not be read. Any other, the container cannot give the first sector,
/// without which nothing can be said of the disk. What is damaged on the disk becomes a condition.
pub fn examine(disk: &Source, depth: Depth) -> Result<Guest, ReadError> {
    let limit = match depth {
        Depth::First => FIRST_BLOCKS,
        Depth::Complete => COMPLETE_BLOCKS,
    };
    let reads = Rc::new(BoundedReads::new(disk.clone(), limit));
    let source: Source = reads.clone();
    read_up_to(source.as_ref(), 0, SECTOR)?;
    let mut guest = partition_table::examine(&source, depth);
    if depth == Depth::Complete {
        contents::examine(&mut guest, &source);
    }
    guest.unread = reads.damage();
    match reads.failure() {
        Some(failure) => Err(failure),
        None => Ok(guest),
    }
}
