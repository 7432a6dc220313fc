//! What is asked of a file system, whichever it is: the content of a file, the names in a folder.

use crate::sentence::Sentence;

/// Bytes of a file that are read at most.
pub(super) const MAX_FILE: usize = 4 << 20;

/// Names of a folder that are listed at most.
pub(super) const MAX_ENTRIES: usize = 16_384;

/// Free bytes that are counted at most: nothing asks for more.
pub(super) const ENOUGH_FREE: u64 = 16 << 30;

/// A file or folder in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) is_folder: bool,
}

/// A file system that was opened. Paths begin with a slash and go by slashes.
pub(super) trait FileTree {
    /// At most `len` bytes (never more than [`MAX_FILE`]) of the file at `path` from `offset` on. `None` when there
    /// is no such file, or it cannot be read, which [`Self::damage`] then tells.
    fn read_range(&self, path: &str, offset: u64, len: usize) -> Option<Vec<u8>>;

    /// The names in the folder at `path`; none when there is no such folder.
    fn list(&self, path: &str) -> Vec<Entry>;

    /// Free bytes, counted up to [`ENOUGH_FREE`]; `None` where they are not counted.
    fn free_space(&self) -> Option<u64> {
        None
    }

    /// What was found damaged so far.
    fn damage(&self) -> Option<Sentence>;
}

impl dyn FileTree + '_ {
    /// The file's first 4 MiB.
    pub(super) fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.read_range(path, 0, MAX_FILE)
    }

    /// The file's first 4 MiB as text; what is not UTF-8 is replaced.
    pub(super) fn read_text(&self, path: &str) -> Option<String> {
        Some(String::from_utf8_lossy(&self.read(path)?).into_owned())
    }

    /// Whether there is a file at `path`.
    pub(super) fn has_file(&self, path: &str) -> bool {
        self.read_range(path, 0, 1).is_some()
    }

    /// The names of the files in a folder.
    pub(super) fn files(&self, path: &str) -> Vec<String> {
        self.list(path).into_iter().filter(|entry| !entry.is_folder).map(|entry| entry.name).collect()
    }

    /// The names of the folders in a folder.
    pub(super) fn folders(&self, path: &str) -> Vec<String> {
        self.list(path).into_iter().filter(|entry| entry.is_folder).map(|entry| entry.name).collect()
    }
}
