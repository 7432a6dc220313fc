//! The guest's bytes of a sparse extent.

use super::grains::{Grains, Layout, Packing, Place};
use super::layout::marker;
use super::recent::Recent;
use crate::image::read_at::{ReadAt, ReadError, Source, check_bounds, read_up_to};
use crate::sentence::{Sentence, sentence};
use std::cell::RefCell;
use std::rc::Rc;

/// The largest grain that is decompressed, in bytes. Every writer's has 64 KiB.
pub(super) const LARGEST_COMPRESSED_GRAIN: u64 = 2 * 1024 * 1024;

/// Decompressed grains that are kept, in bytes.
const INFLATED_BYTES: u64 = 2 * 1024 * 1024;

/// A sparse extent as a run of bytes; what it lacks comes from the parent, or is zeros.
pub(super) struct SparseDisk {
    grains: Grains,
    parent: Option<Source>,
    inflated: RefCell<Recent<[u8]>>,
}

impl SparseDisk {
    pub(super) fn new(source: Source, layout: Layout, parent: Option<Source>) -> Self {
        let kept = INFLATED_BYTES.checked_div(layout.grain_bytes).unwrap_or(1);
        Self {
            grains: Grains::new(source, layout),
            parent,
            inflated: RefCell::new(Recent::new(usize::try_from(kept).unwrap_or(1))),
        }
    }

    /// Fills `buf` from the grain at `file_offset`, from `within` bytes into it.
    fn read_grain(
        &self,
        disk_offset: u64,
        file_offset: u64,
        within: u64,
        buf: &mut [u8],
    ) -> Result<(), ReadError> {
        let outside = |error| match error {
            ReadError::OutOfBounds { .. } => ReadError::Corrupt {
                offset: disk_offset,
                reason: "its grain lies beyond the end of the file".into(),
            },
            other => other,
        };
        match self.grains.layout.packing {
            Packing::Plain => {
                self.grains.source.read_at(file_offset.saturating_add(within), buf).map_err(outside)
            }
            Packing::Zlib { markers } => {
                let known = self.inflated.borrow_mut().get(file_offset);
                let grain = match known {
                    Some(grain) => grain,
                    None => self.inflate(disk_offset, file_offset, markers)?,
                };
                grain.read_at(within, buf)
            }
        }
    }

    fn inflate(&self, disk_offset: u64, file_offset: u64, markers: bool) -> Result<Rc<[u8]>, ReadError> {
        let corrupt = |reason: Sentence| ReadError::Corrupt { offset: disk_offset, reason };
        let grain_bytes = self.grains.layout.grain_bytes;
        let source = self.grains.source.as_ref();
        let longest = longest_compressed(grain_bytes);
        let compressed = if markers {
            let head = read_up_to(source, file_offset, 12)?;
            let size = marker::SIZE
                .get(&head)
                .map_err(|_| corrupt("its grain lies beyond the end of the file".into()))?;
            if size == 0 || u64::from(size) > longest {
                return Err(corrupt(sentence!("the grain's marker says {size} bytes", size)));
            }
            let start = file_offset.saturating_add(marker::GRAIN_DATA);
            let data = read_up_to(source, start, usize::try_from(size).unwrap_or(0))?;
            if data.len() as u64 != u64::from(size) {
                return Err(corrupt("its grain is cut by the end of the file".into()));
            }
            data
        } else {
            // Without markers nothing says how long the stream is; zlib finds its own end.
            read_up_to(source, file_offset, usize::try_from(longest).unwrap_or(0))?
        };
        let mut grain = vec![0; usize::try_from(grain_bytes).unwrap_or(0)];
        // The technical note says RFC 1951, but every writer's grains are zlib streams (RFC 1950). The last grain
        // of a disk may be shorter; what it leaves is zeros.
        miniz_oxide::inflate::decompress_slice_iter_to_slice(
            &mut grain,
            std::iter::once(compressed.as_slice()),
            true,
            false,
        )
        .map_err(|status| {
            corrupt(sentence!(
                "the grain at {file_offset} does not decompress ({status})",
                file_offset,
                status = format!("{:?}", status)
            ))
        })?;
        let grain: Rc<[u8]> = grain.into();
        self.inflated.borrow_mut().put(file_offset, Rc::clone(&grain));
        Ok(grain)
    }
}

/// The most bytes that a grain can have compressed: deflate may grow it a little, so a little is not too much.
pub(super) fn longest_compressed(grain_bytes: u64) -> u64 {
    grain_bytes.saturating_mul(2)
}

impl ReadAt for SparseDisk {
    fn size(&self) -> u64 {
        self.grains.layout.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size())?;
        let grain_bytes = self.grains.layout.grain_bytes.max(1);
        let mut position = offset;
        let mut rest = buf;
        while !rest.is_empty() {
            let within = position.checked_rem(grain_bytes).unwrap_or(0);
            let grain = position.checked_div(grain_bytes).unwrap_or(0);
            let left = usize::try_from(grain_bytes.saturating_sub(within)).unwrap_or(usize::MAX);
            let (piece, after) = rest.split_at_mut(left.min(rest.len()));
            match self.grains.locate(grain)? {
                Place::At(file_offset) => self.read_grain(position, file_offset, within, piece)?,
                Place::Zero => piece.fill(0),
                Place::Absent => read_or_zeros(self.parent.as_deref(), position, piece)?,
            }
            position = position.saturating_add(piece.len() as u64);
            rest = after;
        }
        Ok(())
    }
}

/// Fills `buf` from `source`, with zeros where it has ended or is not there: a parent may be smaller than its child.
fn read_or_zeros(source: Option<&dyn ReadAt>, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
    let Some(source) = source else {
        buf.fill(0);
        return Ok(());
    };
    let there = source.size().saturating_sub(offset);
    let there = usize::try_from(there).map_or(buf.len(), |there| there.min(buf.len()));
    let (inside, beyond) = buf.split_at_mut(there);
    beyond.fill(0);
    if inside.is_empty() { Ok(()) } else { source.read_at(offset, inside) }
}
