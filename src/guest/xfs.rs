//! XFS, read by the crate lamxfs, which also replays a log that was left behind.

use super::allowance::Allowance;
use super::file_tree::Entry;
use super::linked_tree::{LinkedTree, LiteralReader, MAX_TARGET, Node, Refusal};
use crate::image::{ReadError, Source};
use crate::sentence::{Sentence, sentence};
use lamxfs::{BlockRead, EntryKind, Error, Path, SuperblockReason, Xfs};

#[cfg(test)]
mod tests;

/// An XFS that was opened.
pub(super) type XfsTree = LinkedTree<Reader>;

/// Why an XFS was not opened.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unopened {
    /// It is made with something that is not read here: a real-time section, a log on another device.
    Unsupported,
    /// It was not unmounted, and its log cannot be replayed here.
    NotUnmounted,
    /// A clause for a person.
    Damaged(Sentence),
}

/// Opens the file system on `source`.
pub(super) fn open(source: &Source) -> Result<XfsTree, Unopened> {
    let allowance = Allowance::new(source);
    match Xfs::open(Blocks(allowance.clone()), source.size()) {
        Ok(file_system) => Ok(LinkedTree::new(Reader { file_system, allowance })),
        Err(Error::BadSuperblock(SuperblockReason::DirtyLog)) => Err(Unopened::NotUnmounted),
        Err(
            Error::UnsupportedFeature(_)
            | Error::BadSuperblock(
                SuperblockReason::UnsupportedVersion
                | SuperblockReason::ExternalLog
                | SuperblockReason::RealtimeDevice,
            ),
        ) => Err(Unopened::Unsupported),
        Err(error) => Err(Unopened::Damaged(clause(&error))),
    }
}

/// What `error` says of the file system, in words. The crate's own are names for its log.
fn clause(error: &Error) -> Sentence {
    match error {
        Error::Io { offset, .. } => {
            sentence!("what lies at byte {offset} of the file system cannot be read", offset)
        }
        Error::BadCrc { what, .. } => sentence!("a checksum is wrong ({what})", what),
        Error::BadSuperblock(_) => sentence!("its superblock is damaged ({token})", token = error.token()),
        other => sentence!("its structures contradict each other ({token})", token = other.token()),
    }
}

/// The bytes, as the crate wants them.
struct Blocks(Allowance);

impl BlockRead for Blocks {
    type Error = ReadError;

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        self.0.read_at(offset, buf)
    }
}

/// Answers one question after the other.
pub(super) struct Reader {
    file_system: Xfs<Blocks>,
    allowance: Allowance,
}

impl Reader {
    fn ask<T>(&mut self, question: impl FnOnce(&mut Xfs<Blocks>) -> Result<T, Error>) -> Result<T, Refusal> {
        self.allowance.renew();
        question(&mut self.file_system).map_err(|error| match error {
            Error::NotFound { .. } | Error::NotARegularFile | Error::NotASymlink => Refusal::Absent,
            damage => Refusal::Damaged(clause(&damage)),
        })
    }
}

impl LiteralReader for Reader {
    fn node(&mut self, path: &str) -> Result<Node, Refusal> {
        let path = Path::new(path.as_bytes());
        let metadata = self.ask(|xfs| {
            let inode = xfs.resolve(path)?;
            xfs.metadata(&inode)
        })?;
        Ok(if metadata.is_file() {
            Node::File(metadata.size())
        } else if metadata.is_dir() {
            Node::Folder
        } else if metadata.is_symlink() && metadata.size() <= MAX_TARGET {
            // The crate makes room for as many bytes as the link says that it has.
            Node::Link(String::from_utf8_lossy(&self.ask(|xfs| xfs.read_link(path))?).into_owned())
        } else {
            Node::Other
        })
    }

    fn read(&mut self, path: &str, offset: u64, buf: &mut [u8]) -> Result<usize, Refusal> {
        self.ask(|xfs| {
            let inode = xfs.resolve(Path::new(path.as_bytes()))?;
            xfs.read_file_at(&inode, offset, buf)
        })
    }

    fn list(&mut self, path: &str) -> Result<Vec<Entry>, Refusal> {
        let entries = self.ask(|xfs| xfs.read_dir(Path::new(path.as_bytes())))?;
        let entry = |entry: lamxfs::DirEntry| {
            let name = String::from_utf8(entry.name).ok()?;
            Some(Entry { name, is_folder: entry.kind == EntryKind::Directory })
        };
        Ok(entries.into_iter().filter_map(entry).collect())
    }
}
