//! `Read` and `Seek` over a source, for crates that want these.

use crate::image::Source;
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom};

/// A position in a source.
pub(super) struct DiskCursor {
    source: Source,
    position: u64,
}

impl DiskCursor {
    /// A cursor at the start of `source`.
    pub(super) fn new(source: Source) -> Self {
        Self { source, position: 0 }
    }
}

impl Read for DiskCursor {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let left = self.source.size().saturating_sub(self.position);
        let count = usize::try_from(left).map_or(buf.len(), |left| left.min(buf.len()));
        if count == 0 {
            return Ok(0);
        }
        let part = buf.get_mut(..count).unwrap_or_default();
        self.source.read_at(self.position, part).map_err(|error| Error::other(error.to_string()))?;
        self.position = self.position.saturating_add(count as u64);
        Ok(count)
    }
}

impl Seek for DiskCursor {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(distance) => self.source.size().checked_add_signed(distance),
            SeekFrom::Current(distance) => self.position.checked_add_signed(distance),
        };
        self.position = position.ok_or_else(|| Error::from(ErrorKind::InvalidInput))?;
        Ok(self.position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    #[test]
    fn reads_end_at_the_end_and_seeks_do_not_wrap() {
        let mut cursor = DiskCursor::new(Rc::new(vec![1_u8, 2, 3, 4]));
        assert_eq!(cursor.seek(SeekFrom::End(-1)).unwrap(), 3);
        let mut rest = Vec::new();
        cursor.read_to_end(&mut rest).unwrap();
        assert_eq!(rest, [4]);
        assert!(cursor.seek(SeekFrom::Current(-5)).is_err());
        assert_eq!(cursor.seek(SeekFrom::Start(u64::MAX)).unwrap(), u64::MAX);
        assert_eq!(cursor.read(&mut [0; 4]).unwrap(), 0);
    }
}
