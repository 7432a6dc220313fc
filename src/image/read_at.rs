//! Positional reads: the one way in which every stage gets at bytes.
//!
//! A file in a worker (`FileReaderSync`), a file on disk, a buffer in a test, a member of an OVA, a partition and
//! a virtual disk inside a VMDK all implement [`ReadAt`], so a parser never knows how deep it stands.

use crate::sentence::{Sentence, Value, sentence};
use std::rc::Rc;

/// A run of bytes that can be read from any position.
///
/// Reads take `&self`: a source may keep a cache behind a `RefCell`. Offsets and lengths are `u64` on every
/// platform, because `usize` has 32 bits in the browser and images have terabytes.
pub trait ReadAt {
    /// The size in bytes.
    fn size(&self) -> u64;

    /// Fills the whole of `buf` from `offset` (bytes) on.
    ///
    /// # Errors
    /// [`ReadError::OutOfBounds`] when any byte lies outside `0..size()`; nothing is read then.
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError>;
}

/// A shared source of bytes. One thread, hence `Rc`.
pub type Source = Rc<dyn ReadAt>;

/// Why a read gave no bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// The range is not wholly inside the source. `offset`, `len` and `size` in bytes.
    OutOfBounds {
        /// Where the read began.
        offset: u64,
        /// How many bytes were asked for.
        len: u64,
        /// How many bytes there are.
        size: u64,
    },
    /// The file itself could not be read: it was changed or removed after it was picked.
    Failed {
        /// Where the read began (bytes).
        offset: u64,
        /// What the layer below said, a sentence for a person.
        reason: Sentence,
    },
    /// The bytes are there but do not decode: a compressed grain does not inflate, a block's pointer leads nowhere.
    Corrupt {
        /// Where on the virtual disk (bytes).
        offset: u64,
        /// What is wrong, a clause for a person.
        reason: Sentence,
    },
}

impl ReadError {
    /// What went wrong, a clause for a person.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::OutOfBounds { offset, len, size } => sentence!(
                "{len} bytes at offset {offset} lie outside the {size} bytes there are",
                len,
                offset,
                size
            ),
            Self::Failed { offset, reason } => {
                sentence!("reading at offset {offset} failed: {reason}", offset, reason)
            }
            Self::Corrupt { offset, reason } => {
                sentence!("the data at offset {offset} is damaged: {reason}", offset, reason)
            }
        }
    }
}

impl From<ReadError> for Value {
    fn from(error: ReadError) -> Self {
        error.sentence().into()
    }
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.sentence().fmt(f)
    }
}

impl std::error::Error for ReadError {}

/// Checks that `len` bytes at `offset` lie inside `size` bytes.
///
/// # Errors
/// [`ReadError::OutOfBounds`] when they do not, or when `offset + len` overflows.
pub fn check_bounds(offset: u64, len: usize, size: u64) -> Result<(), ReadError> {
    let len = len as u64;
    match offset.checked_add(len) {
        Some(end) if end <= size => Ok(()),
        _ => Err(ReadError::OutOfBounds { offset, len, size }),
    }
}

/// Reads `len` bytes at `offset` into a new vector. The caller bounds `len`: it is allocated before the read.
///
/// # Errors
/// [`ReadError::OutOfBounds`] when the range is not wholly inside `source`; otherwise those of the source.
pub fn read_vec(source: &dyn ReadAt, offset: u64, len: usize) -> Result<Vec<u8>, ReadError> {
    check_bounds(offset, len, source.size())?;
    let mut bytes = vec![0; len];
    source.read_at(offset, &mut bytes)?;
    Ok(bytes)
}

/// Reads as many bytes at `offset` as there are, at most `len`; an empty vector beyond the end.
///
/// # Errors
/// Only those of the source: its end is no error.
pub fn read_up_to(source: &dyn ReadAt, offset: u64, len: usize) -> Result<Vec<u8>, ReadError> {
    let left = source.size().saturating_sub(offset);
    let len = usize::try_from(left).map_or(len, |left| left.min(len));
    if len == 0 { Ok(Vec::new()) } else { read_vec(source, offset, len) }
}

impl ReadAt for [u8] {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size())?;
        let start = usize::try_from(offset).unwrap_or(usize::MAX);
        if let Some(bytes) = start.checked_add(buf.len()).and_then(|end| self.get(start..end)) {
            buf.copy_from_slice(bytes);
        }
        Ok(())
    }
}

impl ReadAt for Vec<u8> {
    fn size(&self) -> u64 {
        self.as_slice().size()
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        self.as_slice().read_at(offset, buf)
    }
}

/// A window of another source: a member of an OVA, a partition, a flat extent.
pub struct Window {
    source: Source,
    start: u64,
    size: u64,
}

impl Window {
    /// The `size` bytes of `source` from `start` on, cut at the end of `source`.
    pub fn new(source: Source, start: u64, size: u64) -> Self {
        let size = size.min(source.size().saturating_sub(start));
        Self { source, start, size }
    }
}

impl ReadAt for Window {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size)?;
        self.source.read_at(self.start.saturating_add(offset), buf)
    }
}

/// A file on disk, for the examples, the tests and the benchmarks.
#[cfg(not(target_arch = "wasm32"))]
pub struct DiskFile {
    file: std::fs::File,
    size: u64,
}

#[cfg(not(target_arch = "wasm32"))]
impl DiskFile {
    /// Opens the file at `path` for reading.
    ///
    /// # Errors
    /// The system's own, when the file cannot be opened; [`std::io::ErrorKind::IsADirectory`], when it is a folder.
    pub fn open(path: &std::path::Path) -> std::io::Result<Self> {
        let file = std::fs::File::open(path)?;
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            return Err(std::io::Error::new(std::io::ErrorKind::IsADirectory, "it is a folder"));
        }
        Ok(Self { size: metadata.len(), file })
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl ReadAt for DiskFile {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        use std::io::{Read, Seek, SeekFrom};
        check_bounds(offset, buf.len(), self.size)?;
        let mut file = &self.file;
        file.seek(SeekFrom::Start(offset))
            .and_then(|_| file.read_exact(buf))
            .map_err(|error| ReadError::Failed { offset, reason: Sentence::of_error(error) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_read_that_crosses_the_end_reads_nothing() {
        let bytes = vec![1_u8, 2, 3];
        let mut buf = [9; 2];
        assert_eq!(bytes.read_at(2, &mut buf), Err(ReadError::OutOfBounds { offset: 2, len: 2, size: 3 }));
        assert_eq!(buf, [9, 9]);
    }

    #[test]
    fn an_offset_near_the_end_of_u64_does_not_wrap() {
        assert!(vec![0_u8; 8].read_at(u64::MAX, &mut [0; 2]).is_err());
    }

    #[test]
    fn a_window_is_cut_at_the_end_of_its_source() {
        let window = Window::new(Rc::new(vec![1_u8, 2, 3, 4]), 2, 100);
        assert_eq!(window.size(), 2);
        let mut buf = [0; 2];
        window.read_at(0, &mut buf).unwrap();
        assert_eq!(buf, [3, 4]);
        assert!(window.read_at(1, &mut buf).is_err());
    }
}
