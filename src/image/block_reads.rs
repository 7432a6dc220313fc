//! Reads of a disk that is stored in blocks, cut where the place of the bytes changes.

use super::read_at::{ReadError, Source};
use crate::sentence::sentence;

/// Cuts the read of `buf` at `offset` where a unit of `unit` bytes ends, and has each part filled by
/// `fill(index of the unit, offset in the unit, part)`. A unit of 0 bytes is taken for one without end.
pub(super) fn for_each_unit(
    unit: u64,
    offset: u64,
    buf: &mut [u8],
    mut fill: impl FnMut(u64, u64, &mut [u8]) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut position = offset;
    let mut rest = buf;
    while !rest.is_empty() {
        let index = position.checked_div(unit).unwrap_or(0);
        let within = position.checked_rem(unit).unwrap_or(position);
        let left = usize::try_from(unit.saturating_sub(within)).unwrap_or(usize::MAX).max(1);
        let (now, later) = rest.split_at_mut(left.min(rest.len()));
        fill(index, within, now)?;
        position = position.saturating_add(now.len() as u64);
        rest = later;
    }
    Ok(())
}

/// Cuts the read of `buf` at `offset` into runs of sectors of which `is_own(sector)` says the same, and has each
/// filled by `fill(own, offset, part)`. `sector` is the size of a sector in bytes.
pub(super) fn for_each_run(
    sector: u64,
    offset: u64,
    buf: &mut [u8],
    is_own: impl Fn(u64) -> bool,
    mut fill: impl FnMut(bool, u64, &mut [u8]) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let end = offset.saturating_add(buf.len() as u64);
    let mut position = offset;
    let mut rest = buf;
    while !rest.is_empty() {
        let mut next = position.checked_div(sector).unwrap_or(0);
        let own = is_own(next);
        while next.saturating_mul(sector) < end && is_own(next) == own {
            next = next.saturating_add(1);
        }
        let left = next.saturating_mul(sector).saturating_sub(position);
        let left = usize::try_from(left).unwrap_or(usize::MAX).max(1);
        let (now, later) = rest.split_at_mut(left.min(rest.len()));
        fill(own, position, now)?;
        position = position.saturating_add(now.len() as u64);
        rest = later;
    }
    Ok(())
}

/// Fills `buf` with what `parent` has at `offset`, and with zeros where there is no parent or beyond its end.
pub(super) fn read_parent(parent: Option<&Source>, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
    let size = parent.map_or(0, |parent| parent.size());
    let there = usize::try_from(size.saturating_sub(offset)).unwrap_or(usize::MAX);
    let (now, beyond) = buf.split_at_mut(there.min(buf.len()));
    beyond.fill(0);
    match parent {
        Some(parent) if !now.is_empty() => parent.read_at(offset, now),
        _ => Ok(()),
    }
}

/// The same error, said of the virtual disk: a block that lies outside the file is damage of the image, not of
/// the read. `offset` is where on the virtual disk, `place` where in the file.
pub(super) fn said_of_disk(error: ReadError, offset: u64, place: u64) -> ReadError {
    match error {
        ReadError::OutOfBounds { .. } => {
            let reason = sentence!("its block lies at offset {place}, beyond the end of the file", place);
            ReadError::Corrupt { offset, reason }
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    #[test]
    fn a_read_is_cut_where_units_end() {
        let mut parts = Vec::new();
        for_each_unit(10, 7, &mut [0; 15], |index, within, part| {
            parts.push((index, within, part.len()));
            Ok(())
        })
        .unwrap();
        assert_eq!(parts, [(0, 7, 3), (1, 0, 10), (2, 0, 2)]);
    }

    #[test]
    fn a_read_is_cut_where_the_owner_changes() {
        let mut parts = Vec::new();
        for_each_run(
            10,
            7,
            &mut [0; 40],
            |sector| matches!(sector, 1 | 2),
            |own, offset, part| {
                parts.push((own, offset, part.len()));
                Ok(())
            },
        )
        .unwrap();
        assert_eq!(parts, [(false, 7, 3), (true, 10, 20), (false, 30, 17)]);
    }

    #[test]
    fn beyond_the_parent_there_are_zeros() {
        let parent: Source = Rc::new(vec![1_u8; 4]);
        let mut buf = [9; 4];
        read_parent(Some(&parent), 2, &mut buf).unwrap();
        assert_eq!(buf, [1, 1, 0, 0]);
        read_parent(Some(&parent), 100, &mut buf).unwrap();
        assert_eq!(buf, [0; 4]);
        buf = [9; 4];
        read_parent(None, 0, &mut buf).unwrap();
        assert_eq!(buf, [0; 4]);
    }
}
