//! NTFS, read by the crate ntfs.

use super::disk_cursor::DiskCursor;
use super::file_tree::{ENOUGH_FREE, Entry, FileTree, MAX_ENTRIES, MAX_FILE};
use crate::image::Source;
use crate::sentence::{Sentence, sentence};
use ntfs::indexes::NtfsFileNameIndex;
use ntfs::structured_values::{NtfsFileNamespace, NtfsVolumeFlags};
use ntfs::{Ntfs, NtfsError, NtfsFile, NtfsReadSeek};
use std::cell::RefCell;
use std::io::SeekFrom;

/// How much of the bitmap is read at most, in bytes: a bit for each cluster, so 512 GiB in clusters of 4 KiB.
const MOST_OF_BITMAP: u64 = 16 << 20;
/// How much of it is read at a time.
const BITMAP_CHUNK: usize = 1 << 20;

/// An NTFS volume that was opened.
pub(super) struct NtfsTree {
    ntfs: Ntfs,
    cursor: RefCell<DiskCursor>,
    damage: RefCell<Option<Sentence>>,
    /// Its label.
    pub(super) label: Option<String>,
    /// Whether Windows marked it to be checked: it was not unmounted.
    pub(super) dirty: bool,
}

impl NtfsTree {
    /// Opens the volume on `source`. The error is a clause for a person.
    pub(super) fn open(source: &Source) -> Result<Self, Sentence> {
        let mut cursor = DiskCursor::new(source.clone());
        let open = |cursor: &mut DiskCursor| -> Result<Ntfs, NtfsError> {
            let mut ntfs = Ntfs::new(cursor)?;
            // Names are compared by the volume's own table of upper-case letters.
            ntfs.read_upcase_table(cursor)?;
            Ok(ntfs)
        };
        let ntfs = open(&mut cursor).map_err(Sentence::of_error)?;
        let label = ntfs
            .volume_name(&mut cursor)
            .and_then(Result::ok)
            .map(|name| name.name().to_string_lossy())
            .filter(|label| !label.is_empty());
        let dirty = ntfs
            .volume_info(&mut cursor)
            .is_ok_and(|information| information.flags().contains(NtfsVolumeFlags::IS_DIRTY));
        Ok(Self { ntfs, cursor: RefCell::new(cursor), damage: RefCell::default(), label, dirty })
    }

    fn noting<T>(&self, path: &str, result: Result<T, NtfsError>) -> Option<T> {
        result
            .inspect_err(|error| {
                self.damage
                    .borrow_mut()
                    .get_or_insert_with(|| sentence!("{path}: {error}", path, error = error.to_string()));
            })
            .ok()
    }

    fn file(&self, cursor: &mut DiskCursor, path: &str) -> Result<Option<NtfsFile<'_>>, NtfsError> {
        let mut file = self.ntfs.root_directory(cursor)?;
        for name in path.split('/').filter(|name| !name.is_empty()) {
            if !file.is_directory() {
                return Ok(None);
            }
            let index = file.directory_index(cursor)?;
            let mut finder = index.finder();
            let Some(entry) = NtfsFileNameIndex::find(&mut finder, &self.ntfs, cursor, name) else {
                return Ok(None);
            };
            let found = entry?.to_file(&self.ntfs, cursor)?;
            file = found;
        }
        Ok(Some(file))
    }

    fn content(
        &self,
        cursor: &mut DiskCursor,
        path: &str,
        offset: u64,
        len: usize,
    ) -> Result<Option<Vec<u8>>, NtfsError> {
        let Some(file) = self.file(cursor, path)? else { return Ok(None) };
        let Some(data) = file.data(cursor, "") else { return Ok(None) };
        let attribute = data?;
        let attribute = attribute.to_attribute()?;
        let mut value = attribute.value(cursor)?;
        let Some(left) = value.len().checked_sub(offset) else { return Ok(Some(Vec::new())) };
        let len = usize::try_from(left).unwrap_or(usize::MAX).min(len).min(MAX_FILE);
        value.seek(cursor, SeekFrom::Start(offset))?;
        let mut bytes = vec![0; len];
        let mut filled = 0;
        while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match value.read(cursor, rest)? {
                0 => break,
                count => filled = filled.saturating_add(count),
            }
        }
        bytes.truncate(filled);
        Ok(Some(bytes))
    }

    fn names(&self, cursor: &mut DiskCursor, path: &str) -> Result<Vec<Entry>, NtfsError> {
        let Some(folder) = self.file(cursor, path)?.filter(NtfsFile::is_directory) else {
            return Ok(Vec::new());
        };
        let index = folder.directory_index(cursor)?;
        let mut entries = index.entries();
        let mut names = Vec::new();
        for _ in 0..MAX_ENTRIES {
            let Some(entry) = entries.next(cursor) else { break };
            let entry = entry?;
            let Some(name) = entry.key() else { continue };
            let name = name?;
            // A file with a long name is listed a second time under its short one.
            if name.namespace() != NtfsFileNamespace::Dos {
                names.push(Entry { name: name.name().to_string_lossy(), is_folder: name.is_directory() });
            }
        }
        Ok(names)
    }
}

impl FileTree for NtfsTree {
    fn read_range(&self, path: &str, offset: u64, len: usize) -> Option<Vec<u8>> {
        let content = self.content(&mut self.cursor.borrow_mut(), path, offset, len);
        self.noting(path, content)?
    }

    fn list(&self, path: &str) -> Vec<Entry> {
        let names = self.names(&mut self.cursor.borrow_mut(), path);
        self.noting(path, names).unwrap_or_default()
    }

    /// By the volume's own bitmap, in which a bit is set for each cluster in use.
    fn free_space(&self) -> Option<u64> {
        let cluster = u64::from(self.ntfs.cluster_size());
        let clusters = self.ntfs.size().checked_div(cluster)?;
        let (mut free, mut seen) = (0_u64, 0_u64);
        while seen < clusters && free < ENOUGH_FREE {
            let at = Some(seen / 8).filter(|at| *at < MOST_OF_BITMAP)?;
            let chunk = self.read_range("/$Bitmap", at, BITMAP_CHUNK).filter(|chunk| !chunk.is_empty())?;
            for byte in chunk {
                // Bits behind the last cluster tell nothing.
                let behind = 8_u64.saturating_sub(clusters.saturating_sub(seen));
                let own = u8::MAX.checked_shr(u32::try_from(behind).unwrap_or(8)).unwrap_or_default();
                free = free.saturating_add(u64::from((!byte & own).count_ones()).saturating_mul(cluster));
                seen = seen.saturating_add(8);
            }
        }
        Some(free.min(ENOUGH_FREE))
    }

    fn damage(&self) -> Option<Sentence> {
        self.damage.borrow().clone()
    }
}
