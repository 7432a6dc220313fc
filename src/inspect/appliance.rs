//! What is said of an appliance beyond its disks' own reports: its manifest, and how each disk can be uploaded.

use crate::image::ova::digests::Algorithm;
use crate::image::ova::manifest::{DigestState, Manifest};
use crate::image::{ApplianceDisk, Storage, base_name};
use serde::{Deserialize, Serialize};

/// What the manifest of an appliance says of its files, and how far that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestReport {
    /// The algorithm of its digests: `SHA1`, `SHA256` …; where it mixes them, with commas between.
    pub algorithm: String,
    /// How many bytes [`super::Inspector::verify`] would read: 0 when there is nothing left to check.
    pub unchecked_bytes: u64,
    /// The files that it names, in its order, then those that it does not name.
    pub files: Vec<ManifestFileReport>,
}

/// A file of a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestFileReport {
    /// Its name in the manifest.
    pub name: String,
    /// How it compares with its digest.
    pub state: DigestState,
}

impl ManifestReport {
    pub(super) fn of(manifest: &Manifest) -> Self {
        let algorithms: Vec<&str> = manifest.algorithms().into_iter().map(Algorithm::name).collect();
        let files = manifest.files.iter();
        Self {
            algorithm: algorithms.join(", "),
            unchecked_bytes: manifest.unchecked_bytes(),
            files: files
                .map(|file| ManifestFileReport { name: file.name.clone(), state: file.state })
                .collect(),
        }
    }
}

/// How a disk of an appliance can be uploaded. Whether EC2 takes it then is the verdict of its own report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiskUpload {
    /// Straight out of the archive: its bytes `offset..offset + length` are the disk's file.
    Slice {
        /// The file's name, without folders.
        name: String,
        /// Where it begins in the archive, in bytes.
        offset: u64,
        /// How many bytes it has.
        length: u64,
    },
    /// It is a file of its own beside the descriptor: that is what to upload.
    File {
        /// The file's name, without folders.
        name: String,
    },
    /// Not before it was unpacked.
    Impossible {
        /// Why, as a stable code: `chunked`, `compressed`, `sparse`, `cut`.
        code: String,
        /// Why, and the way out: a sentence.
        message: String,
    },
}

impl DiskUpload {
    pub(super) fn of(disk: &ApplianceDisk) -> Self {
        let name = base_name(&disk.file).to_owned();
        let impossible =
            |code: &str, message: &str| Self::Impossible { code: code.into(), message: message.into() };
        match disk.storage {
            Storage::Whole => Self::Slice { name, offset: disk.offset, length: disk.size },
            Storage::OwnFile => Self::File { name },
            Storage::Chunked => impossible(
                "chunked",
                "The disk is cut into chunks inside the archive: unpack them, join them in their order and upload the result.",
            ),
            Storage::Compressed => impossible(
                "compressed",
                "The disk is compressed inside the archive: unpack it, decompress it and upload the result.",
            ),
            Storage::Sparse => impossible(
                "sparse",
                "The archive holds the disk without its holes: unpack it with tar and upload the result.",
            ),
            Storage::Cut => impossible(
                "cut",
                "The archive ends before the disk does: copy the archive again, or export the machine again.",
            ),
        }
    }
}
