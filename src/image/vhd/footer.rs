//! The footer, its copy at the start of the file, and which of them to believe.

use super::super::ImageError;
use super::super::guid::Uuid;
use super::super::raw;
use super::layout::{SECTOR, checksum, dynamic, footer};
use crate::sentence::{Sentence, sentence};

/// What the disk type field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Fixed,
    Dynamic,
    Differencing,
    Unknown(u32),
}

/// A footer, or the copy of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Footer {
    /// Where it lies, in bytes.
    pub(super) offset: u64,
    /// 512, or 511 in old files.
    pub(super) length: u64,
    pub(super) checksum_is_right: bool,
    pub(super) features: u32,
    pub(super) version: u32,
    /// Where the dynamic header lies.
    pub(super) data_offset: u64,
    pub(super) creator: [u8; 4],
    pub(super) creator_version: u32,
    pub(super) creator_host: [u8; 4],
    pub(super) original_size: u64,
    pub(super) current_size: u64,
    /// Cylinders, heads, sectors per track.
    pub(super) geometry: (u16, u8, u8),
    pub(super) kind: Kind,
    pub(super) unique_id: Uuid,
    pub(super) saved_state: bool,
}

impl Footer {
    /// The footer that begins with `bytes`, which lie at `offset` of the file; `None` where there is none.
    fn parse(bytes: &[u8], offset: u64) -> Option<Self> {
        let length = bytes.len().min(footer::SIZE);
        if length < footer::OLD_SIZE || !bytes.starts_with(footer::COOKIE) {
            return None;
        }
        Self::fields(bytes.get(..length)?, offset).ok()
    }

    fn fields(bytes: &[u8], offset: u64) -> Result<Self, ImageError> {
        Ok(Self {
            offset,
            length: bytes.len() as u64,
            checksum_is_right: footer::CHECKSUM.get(bytes)? == checksum(bytes, &footer::CHECKSUM),
            features: footer::FEATURES.get(bytes)?,
            version: footer::VERSION.get(bytes)?,
            data_offset: footer::DATA_OFFSET.get(bytes)?,
            creator: footer::CREATOR.get(bytes)?,
            creator_version: footer::CREATOR_VERSION.get(bytes)?,
            creator_host: footer::CREATOR_HOST.get(bytes)?,
            original_size: footer::ORIGINAL_SIZE.get(bytes)?,
            current_size: footer::CURRENT_SIZE.get(bytes)?,
            geometry: (
                footer::CYLINDERS.get(bytes)?,
                footer::HEADS.get(bytes)?,
                footer::SECTORS_PER_TRACK.get(bytes)?,
            ),
            kind: match footer::DISK_TYPE.get(bytes)? {
                2 => Kind::Fixed,
                3 => Kind::Dynamic,
                4 => Kind::Differencing,
                other => Kind::Unknown(other),
            },
            unique_id: Uuid(footer::UNIQUE_ID.get(bytes)?),
            saved_state: footer::SAVED_STATE.get(bytes)? != 0,
        })
    }

    /// Whether a dynamic header, and a copy of the footer before it, belong to the disk.
    pub(super) fn has_header(&self) -> bool {
        matches!(self.kind, Kind::Dynamic | Kind::Differencing)
    }

    /// Where the footer ends, in bytes.
    pub(super) fn end(&self) -> u64 {
        self.offset.saturating_add(self.length)
    }

    /// The size by cylinders, heads and sectors, in bytes.
    pub(super) fn geometry_size(&self) -> u64 {
        let (cylinders, heads, sectors) = self.geometry;
        [u64::from(cylinders), u64::from(heads), u64::from(sectors)]
            .into_iter()
            .fold(SECTOR, u64::saturating_mul)
    }

    /// How the copy differs in what matters; `None` where it does not. Times and states may lag behind.
    pub(super) fn difference(&self, copy: &Self) -> Option<Sentence> {
        if copy.current_size != self.current_size {
            Some(sentence!(
                "it says {said} bytes, the footer {wanted}",
                said = copy.current_size,
                wanted = self.current_size
            ))
        } else if copy.kind != self.kind || copy.data_offset != self.data_offset {
            Some("it describes another kind of disk than the footer".into())
        } else if copy.unique_id != self.unique_id {
            Some("its unique ID is another disk's".into())
        } else {
            None
        }
    }
}

/// The two footers that a file may have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Footers {
    /// At the end, or near it.
    pub(super) end: Option<Footer>,
    /// The copy at the start, which dynamic and differencing disks have.
    pub(super) copy: Option<Footer>,
}

impl Footers {
    /// Looks for footers in the first bytes of a file and in its last, `tail`. `size` is the file's size.
    pub(super) fn find(head: &[u8], tail: &[u8], size: u64) -> Self {
        // A file of one sector has its footer at the start, where it is no copy.
        let copy = Footer::parse(head, 0).filter(Footer::has_header);
        let start = size.saturating_sub(tail.len() as u64);
        let at = |distance: usize| {
            let within = tail.len().checked_sub(distance)?;
            let offset = start.saturating_add(within as u64);
            Footer::parse(tail.get(within..)?, offset).filter(|_| offset > 0)
        };
        // Every file that is looked at comes this way: one byte at each place is enough to pass on.
        let may_begin = |distance: &usize| {
            let byte = tail.len().checked_sub(*distance).and_then(|within| tail.get(within));
            byte == footer::COOKIE.first()
        };
        let further_in = (footer::SIZE..=tail.len()).filter(may_begin);
        let end = at(footer::SIZE)
            .or_else(|| at(footer::OLD_SIZE))
            .or_else(|| further_in.filter_map(at).find(|found| belongs(found, head)));
        Self { end, copy }
    }

    /// The footer to go by: one whose checksum is right before one whose is not, the end before its copy.
    pub(super) fn used(&self) -> Option<&Footer> {
        let right = |footer: &&Footer| footer.checksum_is_right;
        let both = || self.end.iter().chain(&self.copy);
        both().find(right).or_else(|| both().next())
    }

    /// Whether the file is a VHD. The guest of a raw disk can write a footer to its first sector and to its last,
    /// so two things have to agree.
    pub(super) fn are_of_a_vhd(&self, head: &[u8], size: u64) -> bool {
        let Some(used) = self.used() else { return false };
        if !used.has_header() {
            return used.checksum_is_right || used.current_size == used.offset;
        }
        // The space where a raw disk has its partition table is reserved, and so zero, in the copy of the footer.
        let header = has_dynamic_header(used, head);
        !raw::has_partition_table(head, size)
            && (header || (used.checksum_is_right && self.end.is_some()) || self.agree())
    }

    fn agree(&self) -> bool {
        match (&self.end, &self.copy) {
            (Some(end), Some(copy)) => end.unique_id == copy.unique_id,
            _ => false,
        }
    }
}

/// Whether a footer that is not last belongs to the file: it may as well be a file on the guest's disk.
fn belongs(found: &Footer, head: &[u8]) -> bool {
    found.checksum_is_right
        && match found.kind {
            Kind::Fixed => found.current_size == found.offset,
            _ => has_dynamic_header(found, head),
        }
}

fn has_dynamic_header(footer: &Footer, head: &[u8]) -> bool {
    let start = usize::try_from(footer.data_offset).unwrap_or(usize::MAX);
    head.get(start..).is_some_and(|bytes| bytes.starts_with(dynamic::COOKIE))
}
