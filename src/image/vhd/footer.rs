//! The footer: which of its copies there are, and which one to believe.
//!
//! A fixed disk has one footer, behind the data. A dynamic or differencing disk has a copy at offset 0 too. The
//! guest of a fixed or raw disk can write what it likes to sector 0, so a copy there counts only when its checksum
//! is right or a second structure agrees with it.

use super::layout::{
    COOKIE, CREATOR_APPLICATION, CURRENT_SIZE, CYLINDERS, DATA_OFFSET, DISK_TYPE, FOOTER_CHECKSUM,
    FOOTER_SIZE, HEADER_COOKIE, HEADS, OLD_FOOTER_SIZE, SAVED_STATE, SECTOR, SECTORS_PER_TRACK,
    TYPE_DIFFERENCING, TYPE_DYNAMIC, TYPE_FIXED, UNIQUE_ID, VERSION, checksum,
};
use crate::image::read_at::{ReadError, Source, read_up_to, read_vec};
use crate::image::{Condition, ImageError};

/// How far from the end a footer is looked for, in bytes.
const SEARCHED: usize = 64 * 1024;

/// Where qemu and Virtual PC stop counting cylinders, heads and sectors: beyond, the geometry says nothing.
const GEOMETRY_MAX: (u16, u8, u8) = (65_535, 16, 255);

/// A footer as it stands in the file.
#[derive(Debug, Clone)]
pub(super) struct Footer {
    /// Its 512 bytes; of a footer of 511 bytes the last is zero.
    pub bytes: Vec<u8>,
    /// Where it lies, in bytes.
    pub offset: u64,
    /// How many bytes of the file it takes.
    pub length: u64,
    pub kind: u32,
    pub current_size: u64,
    pub data_offset: u64,
    pub unique_id: [u8; 16],
    pub checksum_is_good: bool,
}

impl Footer {
    /// The footer at the start of `bytes`, if its cookie and version say that it is one.
    fn read(bytes: &[u8], offset: u64) -> Option<Self> {
        if !bytes.starts_with(COOKIE) || bytes.len() < OLD_FOOTER_SIZE {
            return None;
        }
        let length = bytes.len().min(FOOTER_SIZE);
        let mut bytes = bytes.get(..length)?.to_vec();
        bytes.resize(FOOTER_SIZE, 0);
        let is_known = VERSION.get(&bytes).is_ok_and(|version| version.wrapping_shr(16) == 1);
        is_known.then_some(())?;
        Some(Self {
            kind: DISK_TYPE.get(&bytes).ok()?,
            current_size: CURRENT_SIZE.get(&bytes).ok()?,
            data_offset: DATA_OFFSET.get(&bytes).ok()?,
            unique_id: UNIQUE_ID.get(&bytes).ok()?,
            checksum_is_good: FOOTER_CHECKSUM.get(&bytes) == Ok(checksum(&bytes, FOOTER_CHECKSUM)),
            length: length as u64,
            offset,
            bytes,
        })
    }

    /// Whether the disk's blocks are allocated by a table.
    pub(super) fn is_sparse(&self) -> bool {
        matches!(self.kind, TYPE_DYNAMIC | TYPE_DIFFERENCING)
    }

    /// Whether a fixed disk's size and its footer's place agree.
    fn fits_its_place(&self) -> bool {
        !self.is_sparse() && self.current_size == self.offset
    }

    /// Whether `other` describes the same disk.
    fn agrees_with(&self, other: &Self) -> bool {
        (self.kind, self.current_size, self.unique_id) == (other.kind, other.current_size, other.unique_id)
    }

    /// Whether a dynamic header lies where the footer says.
    fn has_dynamic_header(&self, source: &Source) -> bool {
        read_vec(source.as_ref(), self.data_offset, HEADER_COOKIE.len())
            .is_ok_and(|cookie| cookie == HEADER_COOKIE)
    }

    /// Whether the machine's state was saved with the disk.
    pub(super) fn has_saved_state(&self) -> bool {
        SAVED_STATE.get(&self.bytes).is_ok_and(|state| state != 0)
    }

    /// The size by cylinders, heads and sectors in bytes, where the program that wrote the footer means it, it
    /// says anything, and it differs from the current size.
    pub(super) fn geometry_mismatch(&self) -> Option<u64> {
        let creator = CREATOR_APPLICATION.get(&self.bytes).ok()?;
        matches!(&creator, b"vpc " | b"qemu").then_some(())?;
        let geometry = self.geometry()?;
        (geometry != GEOMETRY_MAX).then_some(())?;
        let (cylinders, heads, sectors) = geometry;
        let size = u64::from(cylinders)
            .saturating_mul(u64::from(heads))
            .saturating_mul(u64::from(sectors))
            .saturating_mul(SECTOR);
        (size != self.current_size).then_some(size)
    }

    /// Cylinders, heads, sectors a track.
    pub(super) fn geometry(&self) -> Option<(u16, u8, u8)> {
        let bytes = &self.bytes;
        Some((CYLINDERS.get(bytes).ok()?, HEADS.get(bytes).ok()?, SECTORS_PER_TRACK.get(bytes).ok()?))
    }
}

/// The footer to believe, and what is wrong with the copies.
pub(super) struct Found {
    pub footer: Footer,
    pub conditions: Vec<Condition>,
    /// Whether the footer behind the data is missing: the file was cut.
    pub lacks_end: bool,
}

/// Looks at both ends of `source` for a footer; `None` where it is no VHD.
///
/// # Errors
/// Only reads that failed.
pub(super) fn find(source: &Source) -> Result<Option<Found>, ImageError> {
    let head = Footer::read(&read_up_to(source.as_ref(), 0, FOOTER_SIZE)?, 0);
    let tail_start = source.size().saturating_sub(SEARCHED as u64);
    // The end of a file inside a compressed one is not at hand.
    let (tail, is_at_hand) = match read_up_to(source.as_ref(), tail_start, SEARCHED) {
        Err(ReadError::OutOfBounds { .. }) => (Vec::new(), false),
        tail => (tail?, true),
    };
    let end = last(&tail, tail_start);
    let found = match (end, head) {
        (Some(end), head) if end.checksum_is_good => Some(believe_end(end, head, source)),
        (end, Some(head)) if head.checksum_is_good && head.is_sparse() => {
            match end_before_others(&tail, tail_start, &head) {
                Some(end) => Some(believe_end(end, Some(head), source)),
                None => Some(believe_copy(head, end, is_at_hand)),
            }
        }
        (Some(end), head) => doubt_end(end, head, source),
        (None, Some(head)) => doubt_copy(head, source, is_at_hand),
        (None, None) => None,
    };
    let found = found.or_else(|| followed_by_others(&tail, tail_start, source));
    Ok(found)
}

/// The footer at the very end, of 512 or 511 bytes.
fn last(tail: &[u8], tail_start: u64) -> Option<Footer> {
    [FOOTER_SIZE, OLD_FOOTER_SIZE].into_iter().find_map(|length| {
        let start = tail.len().checked_sub(length)?;
        Footer::read(tail.get(start..)?, tail_start.saturating_add(start as u64))
    })
}

fn believe_end(end: Footer, head: Option<Footer>, source: &Source) -> Found {
    let mut conditions = Vec::new();
    if end.is_sparse() && end.offset > 0 {
        let reason = match head {
            None => Some("it is not there"),
            Some(head) if !head.checksum_is_good => Some("its checksum is wrong"),
            Some(head) if !head.agrees_with(&end) => {
                Some("it describes another disk than the footer at the end")
            }
            Some(_) => None,
        };
        conditions.extend(reason.map(|reason| bad_copy("copy of the footer", 0, reason)));
    }
    let end_of_footer = end.offset.saturating_add(end.length);
    conditions.extend(trailing(source.size().saturating_sub(end_of_footer)));
    Found { footer: end, conditions, lacks_end: false }
}

fn believe_copy(head: Footer, end: Option<Footer>, is_at_hand: bool) -> Found {
    let lacks_end = end.is_none() && is_at_hand;
    let bad = end.map(|end| bad_copy("footer", end.offset, "its checksum is wrong"));
    Found { footer: head, conditions: bad.into_iter().collect(), lacks_end }
}

/// A footer at the end with a wrong checksum, and no better copy.
fn doubt_end(end: Footer, head: Option<Footer>, source: &Source) -> Option<Found> {
    let agrees = end.fits_its_place()
        || head.is_some_and(|head| head.agrees_with(&end))
        || (end.is_sparse() && end.has_dynamic_header(source));
    let conditions = vec![Condition::BadChecksum { structure: "footer", offset: end.offset }];
    agrees.then_some(Found { footer: end, conditions, lacks_end: false })
}

/// A copy at offset 0 with a wrong checksum, and no footer at the end.
fn doubt_copy(head: Footer, source: &Source, is_at_hand: bool) -> Option<Found> {
    let agrees = head.is_sparse() && head.has_dynamic_header(source);
    let conditions = vec![Condition::BadChecksum { structure: "copy of the footer", offset: 0 }];
    agrees.then_some(Found { footer: head, conditions, lacks_end: is_at_hand })
}

/// A footer of a fixed disk with other bytes behind it. Its place must be the disk's end: the last 64 KiB of a raw
/// disk may hold a whole VHD as a file.
fn followed_by_others(tail: &[u8], tail_start: u64, source: &Source) -> Option<Found> {
    let footer = last_that(tail, tail_start, |footer| footer.kind == TYPE_FIXED && footer.fits_its_place())?;
    Some(believe_end(footer, None, source))
}

/// The footer of a sparse disk with other bytes behind it: the one that agrees with its copy at offset 0.
fn end_before_others(tail: &[u8], tail_start: u64, copy: &Footer) -> Option<Footer> {
    last_that(tail, tail_start, |footer| footer.offset > 0 && footer.agrees_with(copy))
}

/// The last footer with a right checksum of which `fits` holds.
fn last_that(tail: &[u8], tail_start: u64, fits: impl Fn(&Footer) -> bool) -> Option<Footer> {
    tail.windows(COOKIE.len()).enumerate().rev().find_map(|(at, window)| {
        (window == COOKIE).then_some(())?;
        let footer = Footer::read(tail.get(at..)?, tail_start.saturating_add(at as u64))?;
        (footer.checksum_is_good && fits(&footer)).then_some(footer)
    })
}

fn trailing(count: u64) -> Option<Condition> {
    (count > 0).then_some(Condition::TrailingBytes { count })
}

fn bad_copy(structure: &'static str, offset: u64, reason: &str) -> Condition {
    Condition::BadCopy { structure, offset, reason: reason.into() }
}
