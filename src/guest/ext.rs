//! ext2, ext3 and ext4, read by the crate ext4-view, which also looks into a journal that waits to be replayed.

use super::file_tree::{Entry, FileTree, MAX_ENTRIES, MAX_FILE};
use crate::image::Source;
use crate::image::layout::{Field, le_u32};
use crate::image::read_at::read_vec;
use crate::sentence::{Sentence, sentence};
use ext4_view::{Ext4, Ext4Error, Ext4Read, PathBuf};
use std::cell::{Cell, RefCell};
use std::error::Error;
use std::rc::Rc;

/// A folder's own size at most, in bytes: 16,384 of the longest names take 4.5 MiB.
const MAX_FOLDER: u64 = 16 << 20;

/// Block groups at most. The crate reads every descriptor when it opens a file system, one by one; 131,072 groups
/// are 16 TiB.
const MAX_GROUPS: u32 = 131_072;

/// Bytes that are read at most while a file system is opened: its group descriptors (8 MiB) and what waits in its
/// journal. The crate keeps the number of every block that the journal names, and a journal's extents may name one
/// block again and again.
const MAX_OPENING: u64 = 64 << 20;

/// A symbolic link's target at most, in bytes: Linux's `PATH_MAX`.
const MAX_LINK: u64 = 4096;

/// How many names are walked to one file at most, those in links included.
const MAX_STEPS: usize = 256;

struct Reader {
    source: Source,
    /// How many bytes may be read yet.
    left: Rc<Cell<u64>>,
}

impl Ext4Read for Reader {
    fn read(&mut self, start: u64, to: &mut [u8]) -> Result<(), Box<dyn Error + Send + Sync + 'static>> {
        let left = self.left.get().checked_sub(to.len() as u64);
        self.left.set(left.ok_or("its journal is too long to be read")?);
        self.source.read_at(start, to).map_err(|error| error.to_string().into())
    }
}

/// An ext file system that was opened.
pub(super) struct ExtTree {
    file_system: Ext4,
    damage: RefCell<Option<Sentence>>,
}

/// The superblock's fields that are looked at here.
struct Superblock(Vec<u8>);

impl Superblock {
    const BLOCKS: Field<u32> = le_u32("s_blocks_count_lo", 4);
    const BLOCKS_PER_GROUP: Field<u32> = le_u32("s_blocks_per_group", 32);
    const INCOMPATIBLE: Field<u32> = le_u32("s_feature_incompat", 96);
    const BLOCKS_HIGH: Field<u32> = le_u32("s_blocks_count_hi", 336);
    const RECOVER: u32 = 0x4;

    fn read(source: &Source) -> Result<Self, Sentence> {
        read_vec(source.as_ref(), 1024, 1024).map(Self).map_err(|error| error.sentence())
    }

    fn get(&self, field: Field<u32>) -> u32 {
        field.get(&self.0).unwrap_or_default()
    }

    fn has(&self, feature: u32) -> bool {
        self.get(Self::INCOMPATIBLE) & feature != 0
    }
}

/// Whether the journal of the file system on `source` holds what was not yet written to its place: the file system
/// was not unmounted.
pub(super) fn needs_recovery(source: &Source) -> bool {
    Superblock::read(source).is_ok_and(|superblock| superblock.has(Superblock::RECOVER))
}

impl ExtTree {
    /// Opens the file system on `source`. `Ok(None)` when it is made with features that are not read here; the
    /// error is a clause for a person.
    pub(super) fn open(source: &Source) -> Result<Option<Self>, Sentence> {
        let superblock = Superblock::read(source)?;
        // The crate counts the high half whether the 64-bit feature is on or not. Where it is off, the half is zero.
        let high = superblock.get(Superblock::BLOCKS_HIGH);
        let blocks = u64::from(high) << 32 | u64::from(superblock.get(Superblock::BLOCKS));
        let per_group = superblock.get(Superblock::BLOCKS_PER_GROUP);
        let groups = blocks.checked_div(u64::from(per_group));
        if groups.is_none_or(|groups| groups > u64::from(MAX_GROUPS)) {
            return Err(sentence!(
                "{blocks} blocks, {per_group} a group, are out of range",
                blocks,
                per_group
            ));
        }
        let left = Rc::new(Cell::new(MAX_OPENING));
        match Ext4::load(Box::new(Reader { source: source.clone(), left: left.clone() })) {
            Ok(file_system) => {
                left.set(u64::MAX);
                Ok(Some(Self { file_system, damage: RefCell::default() }))
            }
            Err(Ext4Error::Incompatible(_)) => Ok(None),
            Err(error) => Err(Sentence::of_error(error)),
        }
    }

    /// The value, unless the error is more than "there is no such file".
    fn noting<T>(&self, path: &str, result: Result<T, Ext4Error>) -> Option<T> {
        result
            .inspect_err(|error| {
                if matches!(error, Ext4Error::Corrupt(_) | Ext4Error::Io(_)) {
                    self.damage
                        .borrow_mut()
                        .get_or_insert_with(|| sentence!("{path}: {error}", path, error = error.to_string()));
                }
            })
            .ok()
    }

    /// `path` without symbolic links. The crate would make room for a target of any length that a link says to have.
    fn without_links(&self, path: &str) -> Option<PathBuf> {
        let names =
            |path: &[u8]| path.split(|byte| *byte == b'/').rev().map(<[u8]>::to_vec).collect::<Vec<_>>();
        let mut ahead = names(path.as_bytes());
        let mut walked = PathBuf::new("/");
        let mut parents = Vec::new();
        for _ in 0..MAX_STEPS {
            let Some(name) = ahead.pop() else { return Some(walked) };
            match name.as_slice() {
                b"" | b"." => {}
                b".." => walked = parents.pop().unwrap_or(walked),
                _ => {
                    let here = walked.join(&name);
                    let metadata = self.noting(path, self.file_system.symlink_metadata(&here))?;
                    if metadata.is_symlink() {
                        if metadata.len() > MAX_LINK {
                            let damage =
                                sentence!("{path}: a link of {length} bytes", path, length = metadata.len());
                            self.damage.borrow_mut().get_or_insert(damage);
                            return None;
                        }
                        let target = self.noting(path, self.file_system.read_link(&here))?;
                        if target.is_absolute() {
                            walked = PathBuf::new("/");
                            parents.clear();
                        }
                        ahead.extend(names(target.as_ref()));
                    } else {
                        parents.push(std::mem::replace(&mut walked, here));
                    }
                }
            }
        }
        None
    }
}

impl FileTree for ExtTree {
    fn read_range(&self, path: &str, offset: u64, len: usize) -> Option<Vec<u8>> {
        let place = self.without_links(path)?;
        let mut file = self.noting(path, self.file_system.open(&place))?;
        if offset != 0 {
            // The crate walks block by block to a position.
            let size = file.metadata().len();
            (offset <= size && size < 1 << 30).then_some(())?;
            self.noting(path, file.seek_to(offset))?;
        }
        let left = file.metadata().len().saturating_sub(offset);
        let len = usize::try_from(left).unwrap_or(usize::MAX).min(len).min(MAX_FILE);
        let mut bytes = vec![0; len];
        let mut filled = 0;
        while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.noting(path, file.read_bytes(rest))? {
                0 => break,
                count => filled = filled.saturating_add(count),
            }
        }
        bytes.truncate(filled);
        Some(bytes)
    }

    fn list(&self, path: &str) -> Vec<Entry> {
        let Some(place) = self.without_links(path) else { return Vec::new() };
        let Some(metadata) = self.noting(path, self.file_system.metadata(&place)) else { return Vec::new() };
        if !metadata.is_dir() || metadata.len() > MAX_FOLDER {
            return Vec::new();
        }
        let Some(entries) = self.noting(path, self.file_system.read_dir(&place)) else { return Vec::new() };
        entries
            .map_while(|entry| self.noting(path, entry))
            .take(MAX_ENTRIES)
            .filter_map(|entry| {
                let name = entry.file_name().as_str().ok()?.to_owned();
                let is_folder = entry.file_type().is_ok_and(ext4_view::FileType::is_dir);
                (name != "." && name != "..").then_some(Entry { name, is_folder })
            })
            .collect()
    }

    fn damage(&self) -> Option<Sentence> {
        self.damage.borrow().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_that_are_read_again_and_again_while_a_file_system_is_opened_end() {
        let left = Rc::new(Cell::new(10_000));
        let mut reader = Reader { source: Rc::new(vec![0_u8; 4096]), left };
        let served = (0..100).take_while(|_| reader.read(0, &mut [0; 4096]).is_ok()).count();
        assert_eq!(served, 2);
    }
}
