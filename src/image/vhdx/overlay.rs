//! A file as it would be after its log is replayed: the log's writes over the file's own bytes.

use crate::image::read_at::{ReadAt, ReadError, Source, check_bounds};
use std::collections::BTreeMap;
use std::ops::Range;

/// What the log writes at a place.
enum Patch {
    Zeros,
    Data(Box<[u8]>),
}

/// A source with the log's writes over it.
pub(super) struct Overlay {
    source: Source,
    size: u64,
    /// By start: the end, and what is written there. They do not overlap.
    patches: BTreeMap<u64, (u64, Patch)>,
}

impl Overlay {
    /// `source`, filled up with zeros to `size`, the size that the log says the file has.
    pub(super) fn new(source: Source, size: u64) -> Self {
        Self { size: size.max(source.size()), source, patches: BTreeMap::new() }
    }

    /// Writes a sector; `offset` and the length are whole sectors of 4 KiB.
    pub(super) fn write(&mut self, offset: u64, data: Box<[u8]>) {
        let end = offset.saturating_add(data.len() as u64);
        self.clear(offset..end);
        self.patches.insert(offset, (end, Patch::Data(data)));
    }

    /// Writes zeros; both ends of `range` are whole sectors of 4 KiB.
    pub(super) fn write_zeros(&mut self, range: Range<u64>) {
        self.clear(range.clone());
        self.patches.insert(range.start, (range.end, Patch::Zeros));
    }

    /// Takes away what was written in `range`. Data are single sectors, so that only zeros can be cut in two.
    fn clear(&mut self, range: Range<u64>) {
        let before = self.patches.range(..range.start).next_back().map(|(start, (end, _))| (*start, *end));
        if let Some((start, end)) = before.filter(|(_, end)| *end > range.start) {
            self.patches.insert(start, (range.start, Patch::Zeros));
            if end > range.end {
                self.patches.insert(range.end, (end, Patch::Zeros));
            }
        }
        while let Some((start, end)) =
            self.patches.range(range.clone()).next().map(|(start, (end, _))| (*start, *end))
        {
            self.patches.remove(&start);
            if end > range.end {
                self.patches.insert(range.end, (end, Patch::Zeros));
            }
        }
    }

    /// Writes the part of a patch that lies in `buf`, which stands at `offset`.
    fn apply(start: u64, end: u64, patch: &Patch, offset: u64, buf: &mut [u8]) {
        let from = start.max(offset);
        let to = end.min(offset.saturating_add(buf.len() as u64));
        let index = |at: u64, base: u64| usize::try_from(at.saturating_sub(base)).unwrap_or(usize::MAX);
        let Some(target) = buf.get_mut(index(from, offset)..index(to, offset)) else { return };
        match patch {
            Patch::Zeros => target.fill(0),
            Patch::Data(data) => {
                if let Some(data) = data.get(index(from, start)..index(to, start)) {
                    target.copy_from_slice(data);
                }
            }
        }
    }
}

impl ReadAt for Overlay {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size)?;
        let there = usize::try_from(self.source.size().saturating_sub(offset)).unwrap_or(usize::MAX);
        let (own, beyond) = buf.split_at_mut(there.min(buf.len()));
        beyond.fill(0);
        if !own.is_empty() {
            self.source.read_at(offset, own)?;
        }
        let end = offset.saturating_add(buf.len() as u64);
        let first = self.patches.range(..=offset).next_back().map_or(offset, |(start, _)| *start);
        for (start, (patch_end, patch)) in self.patches.range(first..end.max(first)) {
            if *patch_end > offset {
                Self::apply(*start, *patch_end, patch, offset, buf);
            }
        }
        Ok(())
    }
}
