//! The guest's bytes, read through the tables, the compressed clusters and the backing file.

use super::super::read_at::{ReadAt, ReadError, Source, check_bounds};
use super::compressed_cluster::{self, Codec};
use super::tables::{Entry, Meaning, Place, SUBCLUSTERS, Tables, bit, unit_end};
use crate::sentence::sentence;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// How many bytes of decompressed clusters are kept: small reads of one cluster must not decompress it again.
const KEPT_BYTES: u64 = 4 * 1024 * 1024;
/// How many decompressed clusters are kept at most, however small they are.
const KEPT_CLUSTERS: u64 = 64;
/// The guest's bytes whose L2 entries are looked up together.
const LOOK_UP: u64 = 16 * 1024 * 1024;

/// A QCOW or QCOW2 image as the disk that the guest sees.
pub(super) struct Disk {
    tables: Tables,
    /// Where the clusters lie: the image itself or its external data file.
    data: Source,
    backing: Option<Source>,
    codec: Codec,
    decompressed: RefCell<VecDeque<(u64, Rc<[u8]>)>>,
}

/// A run of the guest's bytes that one read fetches.
#[derive(Debug, Clone, Copy)]
struct Run {
    length: u64,
    place: Place,
}

impl Disk {
    pub(super) fn new(tables: Tables, data: Source, backing: Option<Source>, codec: Codec) -> Self {
        Self { tables, data, backing, codec, decompressed: RefCell::default() }
    }

    /// Appends to `runs` the places of the guest's bytes `position..end`, which lie in the cluster of `entry`.
    fn place(&self, entry: Entry, position: u64, end: u64, runs: &mut Vec<Run>) -> Result<(), ReadError> {
        let cluster = self.tables.cluster_size();
        let within = position & cluster.saturating_sub(1);
        match self.tables.meaning(entry) {
            Meaning::Invalid(reason) => Err(ReadError::Corrupt { offset: position, reason: reason.into() }),
            Meaning::Whole(Place::Data(offset)) => {
                let length = end.saturating_sub(position);
                push(runs, Run { length, place: Place::Data(offset.saturating_add(within)) });
                Ok(())
            }
            Meaning::Whole(place) => {
                push(runs, Run { length: end.saturating_sub(position), place });
                Ok(())
            }
            Meaning::Subclusters { data, allocated, zero } => {
                let subcluster = cluster.checked_div(SUBCLUSTERS).unwrap_or(cluster).max(1);
                let mut at = position;
                while at < end {
                    let within = at & cluster.saturating_sub(1);
                    let index = within.checked_div(subcluster).unwrap_or(0);
                    let to = unit_end(at, subcluster, end);
                    let place = if bit(zero, index) {
                        Place::Zero
                    } else if bit(allocated, index) {
                        Place::Data(data.saturating_add(within))
                    } else {
                        Place::Backing
                    };
                    push(runs, Run { length: to.saturating_sub(at), place });
                    at = to;
                }
                Ok(())
            }
        }
    }

    fn fetch(&self, position: u64, place: Place, buf: &mut [u8]) -> Result<(), ReadError> {
        match place {
            Place::Zero => buf.fill(0),
            Place::Backing => match &self.backing {
                Some(backing) => read_or_zero(backing, position, buf)?,
                None => buf.fill(0),
            },
            Place::Data(offset) => self.read_data(position, offset, buf)?,
            Place::Compressed { offset, length } => {
                let cluster = self.decompress(position, offset, length)?;
                let within = position & self.tables.cluster_size().saturating_sub(1);
                let within = usize::try_from(within).unwrap_or(usize::MAX);
                let bytes = within.checked_add(buf.len()).and_then(|end| cluster.get(within..end));
                buf.copy_from_slice(bytes.ok_or_else(|| cut(position, offset))?);
            }
        }
        Ok(())
    }

    /// Reads clusters as they stand. The last one of a file may be cut where the writer left off: what is missing
    /// reads as zeros, as QEMU reads it; a cluster that begins beyond the end is lost.
    fn read_data(&self, position: u64, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        let end = self.data.size();
        let wanted = buf.len() as u64;
        if offset.checked_add(wanted).is_some_and(|to| to <= end) {
            return self.data.read_at(offset, buf);
        }
        let last_cluster = end.checked_next_multiple_of(self.tables.cluster_size()).unwrap_or(end);
        if !self.tables.external_data && offset.saturating_add(wanted) > last_cluster {
            return Err(cut(position, offset));
        }
        read_or_zero(&self.data, offset, buf)
    }

    fn decompress(&self, position: u64, offset: u64, length: u64) -> Result<Rc<[u8]>, ReadError> {
        let kept =
            self.decompressed.borrow().iter().find(|(at, _)| *at == offset).map(|(_, bytes)| bytes.clone());
        if let Some(bytes) = kept {
            return Ok(bytes);
        }
        let cluster_size = self.tables.cluster_size();
        // The length is counted in whole sectors, so it may reach past the end of the file.
        let length = length.min(self.tables.source.size().saturating_sub(offset));
        let mut compressed = vec![0; usize::try_from(length).unwrap_or(0)];
        self.tables.source.read_at(offset, &mut compressed).map_err(|error| match error {
            ReadError::OutOfBounds { .. } => cut(position, offset),
            other => other,
        })?;
        let bytes: Rc<[u8]> = compressed_cluster::decompress(
            self.codec,
            &compressed,
            usize::try_from(cluster_size).unwrap_or(0),
        )
        .map_err(|reason| ReadError::Corrupt { offset: position, reason })?
        .into();
        let mut kept = self.decompressed.borrow_mut();
        let room = KEPT_BYTES.checked_div(cluster_size).unwrap_or(1).clamp(1, KEPT_CLUSTERS);
        while kept.len() as u64 >= room {
            kept.pop_front();
        }
        kept.push_back((offset, bytes.clone()));
        Ok(bytes)
    }
}

impl ReadAt for Disk {
    fn size(&self) -> u64 {
        self.tables.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size())?;
        let end = offset.saturating_add(buf.len() as u64);
        let mut position = offset;
        let mut rest = buf;
        while position < end {
            let part_end =
                unit_end(position, self.tables.l2_reach(), end).min(position.saturating_add(LOOK_UP));
            let mut runs = Vec::new();
            let mut at = position;
            for entry in self.tables.entries(&(position..part_end))? {
                let to = unit_end(at, self.tables.cluster_size(), part_end);
                self.place(entry, at, to, &mut runs)?;
                at = to;
            }
            if runs.is_empty() {
                return Err(ReadError::Corrupt { offset: position, reason: "no table maps it".into() });
            }
            for run in runs {
                let count = usize::try_from(run.length).unwrap_or(usize::MAX).min(rest.len());
                let (now, later) = rest.split_at_mut(count);
                self.fetch(position, run.place, now)?;
                rest = later;
                position = position.saturating_add(run.length);
            }
        }
        Ok(())
    }
}

/// Appends a run, or lengthens the last one when both lie side by side: one read is cheaper than many.
fn push(runs: &mut Vec<Run>, run: Run) {
    if let Some(last) = runs.last_mut() {
        let side_by_side = match (last.place, run.place) {
            (Place::Data(before), Place::Data(offset)) => before.checked_add(last.length) == Some(offset),
            (Place::Zero, Place::Zero) | (Place::Backing, Place::Backing) => true,
            _ => false,
        };
        if side_by_side {
            last.length = last.length.saturating_add(run.length);
            return;
        }
    }
    runs.push(run);
}

/// Reads what `source` has at `offset`; what lies beyond its end is zeros.
fn read_or_zero(source: &Source, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
    let there = source.size().saturating_sub(offset);
    let count = usize::try_from(there).unwrap_or(usize::MAX).min(buf.len());
    let (now, beyond) = buf.split_at_mut(count);
    beyond.fill(0);
    if now.is_empty() { Ok(()) } else { source.read_at(offset, now) }
}

fn cut(position: u64, offset: u64) -> ReadError {
    let reason = sentence!("its cluster lies at offset {offset}, beyond the end of the file", offset);
    ReadError::Corrupt { offset: position, reason }
}
