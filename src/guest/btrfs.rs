//! Btrfs, read by the crate lambutter: the subvolume in which the system lies.

use super::allowance::Allowance;
use super::file_tree::Entry;
use super::linked_tree::{LinkedTree, LiteralReader, MAX_TARGET, Node, Refusal};
use crate::image::{ReadError, Source};
use crate::sentence::{Sentence, sentence};
use lambutter::{BlockRead, Btrfs, Error, Path, SuperblockReason};

#[cfg(test)]
mod tests;

/// The number of the subvolume that every file system has: its top level.
const TOP_LEVEL: u64 = 5;

/// Subvolumes of the top level that are looked into at most.
const MAX_SUBVOLUMES: usize = 32;

/// A Btrfs that was opened.
pub(super) struct Opened {
    /// The subvolume in which a system lies, or else the one that is mounted when none is named.
    pub(super) tree: LinkedTree<Reader>,
    /// That subvolume's name, or its number where it is known by that alone; `None` for the top level.
    pub(super) subvolume: Option<String>,
    /// The subvolumes in the top level's own folder, by name.
    pub(super) subvolumes: Vec<String>,
}

/// Opens the file system on `source`. `Ok(None)` when it lies on several devices or is made with features that are
/// not read here; the error is a clause for a person.
pub(super) fn open(source: &Source) -> Result<Option<Opened>, Sentence> {
    match find_system(source) {
        Ok(opened) => Ok(Some(opened)),
        Err(
            Error::UnsupportedFeature(_)
            | Error::UnsupportedProfile(_)
            | Error::UnsupportedChecksum(_)
            | Error::BadSuperblock(
                SuperblockReason::UnsupportedCsumType | SuperblockReason::UnsupportedIncompat,
            ),
        ) => Ok(None),
        Err(error) => Err(clause(&error)),
    }
}

/// The default subvolume is what openSUSE starts; Fedora and Ubuntu leave the top level the default and name
/// another ("root", "@") on the kernel's command line.
fn find_system(source: &Source) -> Result<Opened, Error> {
    let allowance = Allowance::new(source);
    let size = source.size();
    let blocks = || {
        allowance.renew();
        Blocks(allowance.clone())
    };
    let mut top = Btrfs::open_subvol_id(blocks(), size, TOP_LEVEL)?;
    let subvolumes = subvolumes(&mut top)?;
    let mut default = Btrfs::open(blocks(), size)?;
    let is_top = default.subvolume() == TOP_LEVEL;
    let opened = |file_system, subvolume| {
        let tree = LinkedTree::new(Reader { file_system, allowance: allowance.clone() });
        Opened { tree, subvolume, subvolumes: subvolumes.clone() }
    };
    if !is_top {
        let name = format!("number {}", default.subvolume());
        return Ok(opened(default, Some(name)));
    }
    if !has_system(&mut default, "") {
        for name in &subvolumes {
            allowance.renew();
            if has_system(&mut top, &format!("/{name}")) {
                let found = Btrfs::open_subvol_path(blocks(), size, path(&format!("/{name}"))?)?;
                return Ok(opened(found, Some(name.clone())));
            }
        }
    }
    Ok(opened(default, None))
}

fn subvolumes(top: &mut Btrfs<Blocks>) -> Result<Vec<String>, Error> {
    let entries = top.read_dir(path("/")?)?;
    let names = entries.into_iter().filter(|entry| entry.inode.subvolume() != TOP_LEVEL);
    Ok(names.filter_map(|entry| String::from_utf8(entry.name).ok()).take(MAX_SUBVOLUMES).collect())
}

/// Whether a Linux lies below `folder`.
fn has_system(file_system: &mut Btrfs<Blocks>, folder: &str) -> bool {
    ["/etc/os-release", "/usr/lib/os-release", "/etc/fstab"]
        .iter()
        .any(|file| path(&format!("{folder}{file}")).and_then(|path| file_system.resolve(path)).is_ok())
}

/// A path as the crate wants it.
fn path(path: &str) -> Result<Path<'_>, Error> {
    Path::new(if path.is_empty() { b"/" } else { path.as_bytes() }).ok_or(Error::NotFound)
}

/// What `error` says of the file system, in words.
fn clause(error: &Error) -> Sentence {
    match error {
        Error::Io { offset, .. } => {
            sentence!("what lies at byte {offset} of the file system cannot be read", offset)
        }
        Error::CsumMismatch { logical } => {
            sentence!("the checksum of the tree block {logical} is wrong", logical)
        }
        Error::BadSuperblock(_) => "no copy of its superblock is whole".into(),
        Error::BadCompression { .. } => "compressed data does not decompress".into(),
        other => sentence!("its structures contradict each other ({other})", other = other.to_string()),
    }
}

/// The bytes, as the crate wants them.
pub(super) struct Blocks(Allowance);

impl BlockRead for Blocks {
    type Error = ReadError;

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        self.0.read_at(offset, buf)
    }
}

/// Answers one question after the other.
pub(super) struct Reader {
    file_system: Btrfs<Blocks>,
    allowance: Allowance,
}

impl Reader {
    fn ask<T>(
        &mut self,
        question: impl FnOnce(&mut Btrfs<Blocks>) -> Result<T, Error>,
    ) -> Result<T, Refusal> {
        self.allowance.renew();
        question(&mut self.file_system).map_err(|error| match error {
            Error::NotFound
            | Error::NotARegularFile
            | Error::NotASymlink
            | Error::UnsupportedFeature(_)
            | Error::UnsupportedProfile(_) => Refusal::Absent,
            damage => Refusal::Damaged(clause(&damage)),
        })
    }
}

impl LiteralReader for Reader {
    fn node(&mut self, at: &str) -> Result<Node, Refusal> {
        let metadata = self.ask(|btrfs| {
            let inode = btrfs.resolve(path(at)?)?;
            btrfs.metadata(&inode)
        })?;
        Ok(if metadata.is_file() {
            Node::File(metadata.size)
        } else if metadata.is_dir() {
            Node::Folder
        } else if metadata.is_symlink() && metadata.size <= MAX_TARGET {
            Node::Link(String::from_utf8_lossy(&self.ask(|btrfs| btrfs.read_link(path(at)?))?).into_owned())
        } else {
            Node::Other
        })
    }

    fn read(&mut self, at: &str, offset: u64, buf: &mut [u8]) -> Result<usize, Refusal> {
        self.ask(|btrfs| {
            let inode = btrfs.resolve(path(at)?)?;
            btrfs.read_file_at(&inode, offset, buf)
        })
    }

    fn list(&mut self, at: &str) -> Result<Vec<Entry>, Refusal> {
        /// `BTRFS_FT_DIR`, also of a subvolume's entry.
        const FOLDER: u8 = 2;
        let entries = self.ask(|btrfs| btrfs.read_dir(path(at)?))?;
        let entry = |entry: lambutter::DirEntry| {
            let name = String::from_utf8(entry.name).ok()?;
            Some(Entry { name, is_folder: entry.kind_byte == FOLDER })
        };
        Ok(entries.into_iter().filter_map(entry).collect())
    }
}
