//! A file as it is after its log was replayed, without a byte of it written.

use super::super::read_at::{ReadAt, ReadError, Source, check_bounds};
use std::collections::BTreeMap;
use std::ops::Range;

/// What replaces a range of the file.
enum Content {
    Zeros,
    Bytes(Vec<u8>),
}

/// A source with ranges of it replaced. It may be longer than what lies below: zeros follow there.
pub(super) struct Overlay {
    source: Source,
    size: u64,
    /// By where each range begins; none overlaps another.
    ranges: BTreeMap<u64, (u64, Content)>,
}

impl Overlay {
    pub(super) fn new(source: Source) -> Self {
        Self { size: source.size(), source, ranges: BTreeMap::new() }
    }

    /// Makes it at least `size` bytes long.
    pub(super) fn extend_to(&mut self, size: u64) {
        self.size = self.size.max(size);
    }

    /// Replaces `range` by zeros.
    pub(super) fn zero(&mut self, range: Range<u64>) {
        self.insert(range, Content::Zeros);
    }

    /// Replaces what lies at `offset` by `bytes`.
    pub(super) fn write(&mut self, offset: u64, bytes: Vec<u8>) {
        let end = offset.saturating_add(bytes.len() as u64);
        self.insert(offset..end, Content::Bytes(bytes));
    }

    fn insert(&mut self, range: Range<u64>, content: Content) {
        if range.is_empty() {
            return;
        }
        self.cut_at(range.start);
        self.cut_at(range.end);
        let covered: Vec<u64> = self.ranges.range(range.clone()).map(|(start, _)| *start).collect();
        for start in covered {
            self.ranges.remove(&start);
        }
        self.ranges.insert(range.start, (range.end, content));
    }

    /// Makes two of the range that `position` lies inside.
    fn cut_at(&mut self, position: u64) {
        let Some((start, (end, content))) = self.ranges.range_mut(..position).next_back() else { return };
        if *end <= position {
            return;
        }
        let length = usize::try_from(position.saturating_sub(*start)).unwrap_or(usize::MAX);
        let rest = match content {
            Content::Zeros => Content::Zeros,
            Content::Bytes(bytes) => Content::Bytes(bytes.split_off(length.min(bytes.len()))),
        };
        let old_end = std::mem::replace(end, position);
        self.ranges.insert(position, (old_end, rest));
    }

    /// Reads from below, and zeros beyond its end.
    fn read_below(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        let there = self.source.size().saturating_sub(offset);
        let there = usize::try_from(there).unwrap_or(usize::MAX).min(buf.len());
        let (now, beyond) = buf.split_at_mut(there);
        beyond.fill(0);
        if now.is_empty() { Ok(()) } else { self.source.read_at(offset, now) }
    }
}

impl ReadAt for Overlay {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size)?;
        let mut position = offset;
        let mut rest = buf;
        while !rest.is_empty() {
            let here = self.ranges.range(..=position).next_back().filter(|(_, (end, _))| *end > position);
            let end = match here {
                Some((_, (end, _))) => *end,
                None => self.ranges.range(position..).next().map_or(u64::MAX, |(start, _)| *start),
            };
            let left = usize::try_from(end.saturating_sub(position)).unwrap_or(usize::MAX);
            let (now, later) = rest.split_at_mut(left.min(rest.len()));
            match here {
                None => self.read_below(position, now)?,
                Some((_, (_, Content::Zeros))) => now.fill(0),
                Some((start, (_, Content::Bytes(bytes)))) => {
                    let from = usize::try_from(position.saturating_sub(*start)).unwrap_or(usize::MAX);
                    let bytes = bytes.get(from..).and_then(|bytes| bytes.get(..now.len()));
                    now.copy_from_slice(bytes.ok_or_else(|| ReadError::Failed {
                        offset: position,
                        reason: "the replayed log does not hold what it should".into(),
                    })?);
                }
            }
            position = position.saturating_add(now.len() as u64);
            rest = later;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    #[test]
    fn later_writes_cover_earlier_ones_and_the_file_below() {
        let mut expected = vec![7_u8; 64];
        let mut overlay = Overlay::new(Rc::new(expected.clone()));
        overlay.write(10, vec![1; 20]);
        overlay.zero(5..15);
        overlay.zero(40..100);
        overlay.write(50, vec![2; 4]);
        overlay.write(28, vec![3; 14]);
        overlay.extend_to(80);
        expected.resize(80, 0);
        expected[10..30].fill(1);
        expected[5..15].fill(0);
        expected[40..80].fill(0);
        expected[50..54].fill(2);
        expected[28..42].fill(3);
        for start in 0..80 {
            for end in start..80 {
                let mut buf = vec![9; end - start];
                overlay.read_at(start as u64, &mut buf).unwrap();
                assert_eq!(buf, expected[start..end], "{start}..{end}");
            }
        }
        assert!(overlay.read_at(79, &mut [0; 2]).is_err());
    }

    #[test]
    fn what_lies_beyond_the_file_is_zeros_once_it_is_extended() {
        let mut overlay = Overlay::new(Rc::new(vec![7_u8; 4]));
        overlay.extend_to(1 << 60);
        let mut buf = [9; 4];
        overlay.read_at(2, &mut buf).unwrap();
        assert_eq!(buf, [7, 7, 0, 0]);
    }
}
