//! What file is this? One module a format; each recognises its format by its bytes, never by its name, and opens
//! it as a read-only virtual disk.
//!
//! A format's module has the same shape everywhere: the on-disk layout as constants ([`layout`]), a `READER` that
//! says how to recognise and open it, and its own tests. [`detect`] holds the one table of readers.
//!
//! Everything here reads hostile bytes: every length, count and offset is checked against the file's size and a
//! stated limit before it is used, nothing panics, and nothing is read outside the file.

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

pub mod appliance;
mod block_reads;
mod block_survey;
pub mod cache;
pub mod compressed;
pub mod detect;
pub mod dmg;
pub mod error;
pub mod ewf;
pub mod foreign;
pub mod guid;
pub mod iso;
pub mod layout;
pub mod ova;
pub mod parallels;
mod parent;
pub mod qcow2;
pub mod qed;
pub mod raw;
pub mod read_at;
pub mod runs;
pub mod squashfs;
#[cfg(test)]
mod testing;
pub mod vdi;
pub mod vhd;
pub mod vhdx;
pub mod vmdk;

pub use appliance::{Appliance, ApplianceCondition, ApplianceDisk, Attachment, Storage};
pub use error::{Fault, ImageError};
pub use parent::Parent;
pub use read_at::{ReadAt, ReadError, Source};

use crate::sentence::Sentence;
use serde::{Deserialize, Serialize};

/// The container formats that are told apart. Which of them EC2 takes is the verdict's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names are the formats' own")]
pub enum Format {
    Vmdk,
    Vhd,
    Vhdx,
    Raw,
    Ova,
    /// An OVF descriptor on its own, without the archive around it.
    Ovf,
    Qcow,
    Qcow2,
    Qed,
    Vdi,
    Parallels,
    Iso,
    Dmg,
    Ewf,
    Tar,
    Gzip,
    Xz,
    Zstd,
    Bzip2,
    Lz4,
    Lzma,
    Zip,
    #[serde(rename = "7z")]
    SevenZip,
    Rar,
    Squashfs,
    Empty,
    Unknown,
}

impl Format {
    /// The name used in JSON and on the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Vmdk => "vmdk",
            Self::Vhd => "vhd",
            Self::Vhdx => "vhdx",
            Self::Raw => "raw",
            Self::Ova => "ova",
            Self::Ovf => "ovf",
            Self::Qcow => "qcow",
            Self::Qcow2 => "qcow2",
            Self::Qed => "qed",
            Self::Vdi => "vdi",
            Self::Parallels => "parallels",
            Self::Iso => "iso",
            Self::Dmg => "dmg",
            Self::Ewf => "ewf",
            Self::Tar => "tar",
            Self::Gzip => "gzip",
            Self::Xz => "xz",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
            Self::Lz4 => "lz4",
            Self::Lzma => "lzma",
            Self::Zip => "zip",
            Self::SevenZip => "7z",
            Self::Rar => "rar",
            Self::Squashfs => "squashfs",
            Self::Empty => "empty",
            Self::Unknown => "unknown",
        }
    }
}

/// How much may be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The first verdict: at most 24 reads of 64 KiB in all.
    First,
    /// Everything the bytes allow: every table of the container, file systems, the digests of small files. Cancellable
    /// by ending the worker.
    Complete,
}

/// The files a person dropped together: a descriptor and its extents, a disk and its parent.
#[derive(Clone, Default)]
pub struct FileSet {
    /// In the order in which they came.
    pub files: Vec<NamedSource>,
}

/// A file's name, without folders, and its bytes.
#[derive(Clone)]
pub struct NamedSource {
    /// As the person's system names it. It says nothing of what the file holds.
    pub name: String,
    /// The bytes.
    pub source: Source,
}

impl FileSet {
    /// A set of one file.
    pub fn of(name: impl Into<String>, source: Source) -> Self {
        Self { files: vec![NamedSource { name: name.into(), source }] }
    }

    /// The file called `name`, compared without folders (either slash) and without case.
    pub fn find(&self, name: &str) -> Option<&NamedSource> {
        let wanted = base_name(name);
        self.files.iter().find(|file| base_name(&file.name).eq_ignore_ascii_case(wanted))
    }
}

/// The part of a path after the last slash or backslash.
pub fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// What a reader is given besides the bytes.
#[derive(Clone, Copy)]
pub struct Opening<'a> {
    /// The file's name, without folders: for matching extents and for what is said, never for recognition.
    pub name: &'a str,
    /// The files dropped together with this one (and this one itself).
    pub set: &'a FileSet,
    /// How much may be read.
    pub depth: Depth,
    /// How many containers this one lies in: an OVA's disks are opened at 1, a parent of a parent at 2.
    pub nesting: u8,
}

impl<'a> Opening<'a> {
    /// How deep containers may lie in each other, chains of parents included.
    pub const MAX_NESTING: u8 = 8;

    /// The opening of a file inside or beneath this one.
    ///
    /// # Errors
    /// Over limit, beyond [`Self::MAX_NESTING`].
    pub fn inner(&self, name: &'a str) -> Result<Self, ImageError> {
        if self.nesting >= Self::MAX_NESTING {
            return Err(ImageError::over_limit("nesting", 0, "containers lie too deep in each other"));
        }
        Ok(Self { name, nesting: self.nesting.saturating_add(1), ..*self })
    }
}

/// An opened image: what it is, and the guest's bytes where they can be read.
#[derive(Clone)]
pub struct Opened {
    /// What the container says of itself.
    pub image: Image,
    /// The virtual disk, where it is all here. Its size is the virtual size.
    pub disk: Option<Source>,
}

/// What a file is, as its bytes say.
#[derive(Debug, Clone)]
pub struct Image {
    /// The container format.
    pub format: Format,
    /// The subformat in the format's own word: `streamOptimized`, `fixed`, `v3` …
    pub subformat: Option<String>,
    /// The file's size in bytes.
    pub file_size: u64,
    /// The size of the disk the guest sees, in bytes.
    pub virtual_size: Option<u64>,
    /// The program that wrote it, as far as the bytes tell.
    pub creator: Option<String>,
    /// The disk this one holds only the difference to.
    pub parent: Option<Parent>,
    /// The files that hold the data, where the container names them.
    pub extents: Vec<Extent>,
    /// What a rule may find fault with.
    pub conditions: Vec<Condition>,
    /// The container's own facts, for the table on the page: name, value, in the order of the structure.
    pub facts: Vec<Fact>,
    /// The runs of the virtual disk that hold data, in bytes, ascending, merged to at most 4096; empty when the
    /// first pass did not look or the container does not say.
    pub allocated: Vec<std::ops::Range<u64>>,
    /// The appliance, of an OVA.
    pub appliance: Option<Box<Appliance>>,
    /// What a compressed file holds, as its first MiB says. Its `file_size` is 0 where the compressed file does
    /// not say how large it is.
    pub compressed: Option<Box<Image>>,
}

impl Image {
    /// An image of `format` of which nothing else is known yet.
    pub fn new(format: Format, file_size: u64) -> Self {
        Self {
            format,
            subformat: None,
            file_size,
            virtual_size: None,
            creator: None,
            parent: None,
            extents: Vec::new(),
            conditions: Vec::new(),
            facts: Vec::new(),
            allocated: Vec::new(),
            appliance: None,
            compressed: None,
        }
    }

    /// Adds a row to the table of facts.
    pub fn fact(&mut self, name: &'static str, value: impl Into<String>) {
        self.facts.push(Fact { name: name.into(), value: value.into() });
    }
}

/// A row of the table of a container's facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The field, in the words of the format's specification.
    pub name: String,
    /// Its value, for a person.
    pub value: String,
}

/// A file that holds a part of the disk's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// Its file name, as the descriptor names it.
    pub name: String,
    /// Its kind in the descriptor's word: `FLAT`, `SPARSE`, `VMFS` …
    pub kind: String,
    /// How many bytes of the virtual disk it holds.
    pub size: u64,
    /// How large the file itself should be, in bytes, where that follows from the kind.
    pub expected_file_size: Option<u64>,
    /// Whether it was among the files dropped.
    pub present: bool,
}

/// Something about a container that a rule of the verdict may find fault with. The parsers say what is; the rules
/// say what follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The image does not open: what [`ImageError`] says.
    Damaged(ImageError),
    /// The file ends before what it says it holds: `structure` needs the file to be `needed` bytes long.
    Truncated {
        /// What lies beyond the end.
        structure: &'static str,
        /// Bytes that the file should have at least; `None` where only the missing end is known.
        needed: Option<u64>,
    },
    /// One of two copies of `structure` is bad; the other is good and was used.
    BadCopy {
        /// Which copy: "footer", "header 1", "region table 1" …
        structure: &'static str,
        /// Where it lies, in bytes.
        offset: u64,
        /// What is wrong with it.
        reason: Sentence,
    },
    /// A checksum is wrong and there is no second copy, but the structure reads well otherwise.
    BadChecksum {
        /// The structure.
        structure: &'static str,
        /// Where it lies, in bytes.
        offset: u64,
    },
    /// The disk was not closed: the writer's flag says so, or a log waits to be replayed.
    NotClosed {
        /// What says so.
        evidence: Sentence,
    },
    /// The image is marked as corrupt by its own program.
    MarkedCorrupt,
    /// It holds the saved state of a running machine.
    SavedState,
    /// The content is encrypted by the container.
    Encrypted {
        /// The scheme: "AES", "LUKS" …
        scheme: &'static str,
    },
    /// Bytes were changed by a transfer in text mode (VMDK's newline test).
    TextModeDamage,
    /// Only a descriptor: the data lies in other files, which were not dropped ([`Image::extents`] names them).
    ExtentsMissing,
    /// Only a part of a disk: an extent without its descriptor.
    LoneExtent,
    /// A pointer to a device of the host (raw device mapping, full device): there is no data in any file.
    DevicePointer,
    /// A file beside a disk that holds none of its data ("change tracking file").
    Companion {
        /// What it is.
        kind: Sentence,
    },
    /// The data lies in another file, which was not dropped.
    ExternalData {
        /// Its name.
        name: String,
    },
    /// The image keeps snapshots inside itself; only the current state is converted.
    InternalSnapshots {
        /// How many.
        count: u32,
    },
    /// The disk's logical sectors have another size than 512 bytes.
    SectorSize {
        /// Bytes a sector.
        bytes: u64,
    },
    /// Bytes follow the end of the image.
    TrailingBytes {
        /// How many.
        count: u64,
    },
    /// The size is not a whole number of 512-byte sectors.
    OddSize,
    /// The geometry says another size than the size field.
    GeometryMismatch {
        /// Bytes by cylinders, heads and sectors.
        geometry: u64,
    },
    /// A feature of the format that is unknown or not read here, so that the content cannot be trusted.
    UnknownFeature {
        /// The feature, for a person.
        name: Sentence,
    },
    /// The version of the format is older than other programs expect.
    OldVersion {
        /// The version.
        version: u32,
    },
    /// Blocks are marked in a way that some readers do not know.
    UnusualBlocks {
        /// The state's name.
        state: &'static str,
    },
    /// It is a known kind of file that holds no disk.
    Foreign {
        /// What it is, with its article ("a PDF document").
        kind: Sentence,
    },
    /// The bytes of two formats are present: what it was taken for, and what it looks like too.
    LooksLike {
        /// The other format.
        format: Format,
    },
    /// An archive's structure is out of the ordinary.
    Appliance(ApplianceCondition),
}
