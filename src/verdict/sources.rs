//! The AWS pages that the rules rest on.

/// Formats, operating systems, file systems, boot modes.
pub(super) const REQUIREMENTS: &str =
    "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html";
/// What cannot be imported, sizes and counts.
pub(super) const LIMITATIONS: &str =
    "https://docs.aws.amazon.com/vm-import/latest/userguide/limitations-image-importing.html";
/// The errors that AWS documents.
pub(super) const TROUBLESHOOTING: &str =
    "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html";
/// What ImportImage changes inside a machine, and how to import without changes.
pub(super) const MODIFICATIONS: &str =
    "https://docs.aws.amazon.com/vm-import/latest/userguide/import-modify-vm.html";
/// The formats of ImportSnapshot by the API.
pub(super) const SNAPSHOT_API: &str =
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SnapshotDiskContainer.html";
/// The formats of ImportImage by the API.
pub(super) const IMAGE_API: &str =
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImageDiskContainer.html";
/// RegisterImage and what it derives from a snapshot.
pub(super) const REGISTER_API: &str =
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RegisterImage.html";
/// The sizes of EBS volumes and what a partition table can reach.
pub(super) const VOLUME_LIMITS: &str =
    "https://docs.aws.amazon.com/ebs/latest/userguide/volume_constraints.html";
/// The driver by which instances reach their volumes.
pub(super) const NVME: &str = "https://docs.aws.amazon.com/ebs/latest/userguide/nvme-ebs-volumes.html";
/// The driver by which instances reach the network.
pub(super) const ENA: &str =
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/enhanced-networking-ena.html";
