//! A machine in an archive: what an OVA says and holds, and what may be wrong with it.

use super::ova::manifest::Manifest;
use super::{Image, Source};
use crate::sentence::Sentence;
use serde::{Deserialize, Serialize};

/// What may be wrong with an OVA, besides its disks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApplianceCondition {
    /// No member ends in `.ovf`.
    NoDescriptor,
    /// More than one member ends in `.ovf`.
    SeveralDescriptors(Vec<String>),
    /// The descriptor is not the first member.
    DescriptorNotFirst,
    /// The descriptor is not well-formed XML, or has no envelope.
    BadDescriptor(Sentence),
    /// A file that the descriptor names is not in the archive.
    MissingMember(String),
    /// A disk's file is compressed inside the archive (`ovf:compression`).
    CompressedMember(String),
    /// A disk's file is cut into chunks (`ovf:chunkSize`).
    ChunkedMember(String),
    /// A disk's file is stored without its holes (a sparse member of the archive).
    SparseMember(String),
    /// The descriptor says another size for a file than the archive has.
    SizeMismatch {
        /// The file.
        name: String,
        /// Bytes by the descriptor.
        declared: u64,
        /// Bytes in the archive.
        actual: u64,
    },
    /// The descriptor says another capacity for a disk than the disk itself.
    CapacityMismatch {
        /// The file.
        name: String,
        /// Bytes by the descriptor.
        declared: u64,
        /// Bytes by the disk.
        actual: u64,
    },
    /// More than one virtual system.
    SeveralSystems(usize),
    /// Members lie in folders, or their names begin with `./`.
    Folders,
    /// Files the descriptor names that are no disks: CD images, NVRAM.
    Attachments(Vec<String>),
    /// A disk builds on another (`ovf:parentRef`).
    ParentReference(String),
    /// The archive lacks its closing zero blocks.
    NoEndBlocks,
    /// A disk of the descriptor has no file (a blank disk).
    BlankDisk(String),
    /// The pre-standard namespace of VMware.
    OldNamespace,
}

/// What an OVA holds.
#[derive(Debug, Clone, Default)]
pub struct Appliance {
    /// The virtual system's name.
    pub name: Option<String>,
    /// The firmware the descriptor asks for: `bios` or `efi`.
    pub firmware: Option<String>,
    /// The operating system as the descriptor describes it.
    pub system: Option<String>,
    /// The disks in the order of the descriptor.
    pub disks: Vec<ApplianceDisk>,
    /// The digests that its files should have, where it says so.
    pub manifest: Option<Manifest>,
}

/// A disk of an OVA.
#[derive(Clone)]
pub struct ApplianceDisk {
    /// The member's name.
    pub file: String,
    /// Where its bytes begin in the archive, in bytes.
    pub offset: u64,
    /// How many there are.
    pub size: u64,
    /// How they lie there.
    pub storage: Storage,
    /// Where the machine has it, as far as the descriptor says.
    pub attachment: Option<Attachment>,
    /// Whether the machine starts from it, by the descriptor.
    pub is_boot_disk: bool,
    /// The capacity by the descriptor, in bytes.
    pub capacity: Option<u64>,
    /// What it is itself.
    pub image: Image,
    /// The virtual disk, where it is all here.
    pub disk: Option<Source>,
}

/// How a disk's file is kept in an appliance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// In one piece of the archive, byte by byte: it can be cut out.
    Whole,
    /// In a file of its own, beside the descriptor.
    OwnFile,
    /// In several members (`ovf:chunkSize`).
    Chunked,
    /// Compressed (`ovf:compression`, or by its bytes).
    Compressed,
    /// Without its holes, as a sparse member of the archive.
    Sparse,
    /// Only its beginning: the archive ends before it does.
    Cut,
}

/// Where a disk is attached in its machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The kind of controller: `ide`, `scsi`, `sata`, `nvme`, `virtio` or `other`.
    pub bus: String,
    /// The controller's model in the descriptor's word, such as `lsilogic`.
    pub model: Option<String>,
    /// The controller's number among those of its kind.
    pub controller: u32,
    /// The disk's place on the controller.
    pub unit: u32,
}

impl std::fmt::Debug for ApplianceDisk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ApplianceDisk")
            .field("file", &self.file)
            .field("offset", &self.offset)
            .field("size", &self.size)
            .field("storage", &self.storage)
            .field("attachment", &self.attachment)
            .field("is_boot_disk", &self.is_boot_disk)
            .field("capacity", &self.capacity)
            .field("image", &self.image)
            .field("disk", &self.disk.as_ref().map(|disk| disk.size()))
            .finish()
    }
}
