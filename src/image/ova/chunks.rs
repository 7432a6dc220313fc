//! A file in chunks (DSP0243 1.1 §7.1, `ovf:chunkSize`): its parts lie in files called `name.000000000`,
//! `name.000000001` and so on, each of the chunk size except the last.

use super::package::Package;
use crate::image::read_at::{ReadAt, ReadError, Source, check_bounds};
use std::rc::Rc;

/// How many chunks are looked for.
const MOST_CHUNKS: usize = 1000;

/// The chunks of a file, one after the other.
pub(super) struct Chunks {
    /// Where each begins, in bytes of the file.
    parts: Vec<(u64, Source)>,
    size: u64,
}

impl Chunks {
    /// The chunks of the file called `name` as far as they are in `package`; `None` where the first is not.
    pub(super) fn find(package: &Package, name: &str) -> Option<Source> {
        let mut chunks = Self { parts: Vec::new(), size: 0 };
        for number in 0..MOST_CHUNKS {
            let Some(file) = package.find(&format!("{name}.{number:09}")) else { break };
            chunks.parts.push((chunks.size, file.source.clone()));
            chunks.size = chunks.size.saturating_add(file.source.size());
        }
        if chunks.parts.is_empty() { None } else { Some(Rc::new(chunks)) }
    }
}

impl ReadAt for Chunks {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size)?;
        let mut offset = offset;
        let mut rest = buf;
        let first = self.parts.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
        for (start, part) in self.parts.iter().skip(first) {
            let within = offset.saturating_sub(*start);
            let left = usize::try_from(part.size().saturating_sub(within)).unwrap_or(usize::MAX);
            let (now, later) = rest.split_at_mut(left.min(rest.len()));
            part.read_at(within, now)?;
            offset = offset.saturating_add(now.len() as u64);
            rest = later;
            if rest.is_empty() {
                break;
            }
        }
        Ok(())
    }
}
