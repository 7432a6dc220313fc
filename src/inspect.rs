//! Runs the stages image, guest and verdict over one file or a set of files, and reports.
//!
//! ```
//! use import_planner::image::{Depth, FileSet};
//! use import_planner::inspect::inspect;
//!
//! let set = FileSet::of("blank.raw", std::rc::Rc::new(vec![0_u8; 1 << 20]));
//! let report = inspect(&set, "blank.raw", Depth::First).unwrap();
//! assert_eq!(report.format.name(), "raw");
//! assert!(report.findings.iter().any(|finding| finding.code == "no-partition-table"));
//! ```

mod appliance;
#[cfg(test)]
mod appliance_tests;
#[cfg(test)]
mod damage_tests;
mod inspector;
mod machine;
#[cfg(test)]
mod tests;

pub use appliance::{DiskUpload, ManifestFileReport, ManifestReport};
pub use inspector::{Inspector, inspect};
pub use machine::Machine;

use crate::guest::{BootMode, OperatingSystem, Partition, TableKind, VolumeGroup};
use crate::image::{Attachment, Extent, Fact, Format};
use crate::verdict::advice::Advice;
use crate::verdict::{Finding, PerCall, Verdict};
use serde::{Deserialize, Serialize};

/// All that is said of one image: what `examples/inspect.rs` prints and what the worker posts to the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The file's path, as it was given.
    pub path: String,
    /// The container format.
    pub format: Format,
    /// The subformat in the format's own word.
    pub subformat: Option<String>,
    /// The file's size in bytes.
    pub file_size: u64,
    /// The disk's size in bytes.
    pub virtual_size: Option<u64>,
    /// The program that wrote it.
    pub creator: Option<String>,
    /// The name of the disk this one builds on.
    pub parent: Option<String>,
    /// The kind of partition table; `None` where the disk could not be read.
    pub partition_table: Option<TableKind>,
    /// The files that hold the data, where the container names them.
    pub extents: Vec<Extent>,
    /// The partitions.
    pub partitions: Vec<Partition>,
    /// The file system or volume that fills the disk when there is no table.
    pub whole_disk: Option<String>,
    /// The volume groups of LVM on the disk, with their logical volumes.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub volume_groups: Vec<VolumeGroup>,
    /// How firmware can start the disk.
    pub boot_mode: Option<BootMode>,
    /// The processor the system is for.
    pub architecture: Option<String>,
    /// The operating system.
    pub os: Option<OperatingSystem>,
    /// The disks of an appliance, each reported as a file of its own; their `path` is the member's name.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub disks: Vec<DiskInAppliance>,
    /// The digests that an appliance's files should have, and how far they were checked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub manifest: Option<ManifestReport>,
    /// What speaks against it, and what is worth knowing.
    pub findings: Vec<Finding>,
    /// What each call would do.
    pub verdict: PerCall<Verdict>,
    /// Which call to use, and what to ask of it.
    pub advice: Advice,
    /// The container's own facts.
    pub facts: Vec<Fact>,
    /// The runs of the disk that hold data, in bytes: `[start, end]`.
    pub allocated: Vec<[u64; 2]>,
    /// Whether the second pass has run: what the first leaves open is settled.
    pub complete: bool,
    /// Bytes read from the file or files so far, both passes together.
    pub bytes_read: u64,
    /// How many reads that took.
    pub reads: u64,
}

/// A disk inside an OVA.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DiskInAppliance {
    /// Where its bytes begin in the archive.
    pub offset: u64,
    /// How many there are.
    pub size: u64,
    /// How it can be uploaded without the rest of the archive.
    pub upload: DiskUpload,
    /// Where the machine has it, as far as the descriptor says.
    pub attachment: Option<Attachment>,
    /// Whether the machine starts from it, by the descriptor.
    pub is_boot_disk: bool,
    /// What it is.
    pub report: Report,
}
