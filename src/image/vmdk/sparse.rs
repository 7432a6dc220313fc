//! A sparse extent of any of the three kinds, opened as far as its bytes allow.

use super::grains::Layout;
use super::layout::{COWD_MAGIC, HOSTED_MAGIC, SESPARSE_MAGIC};
use super::survey::survey;
use super::{cowd, hosted, sesparse};
use crate::image::read_at::{Source, read_up_to};
use crate::image::{Condition, Depth, ImageError};
use std::ops::Range;

/// What a sparse extent holds and whether it is all there.
#[derive(Debug, Default)]
pub(super) struct SparseExtent {
    /// Bytes of the disk that it holds; `None` where the header does not say.
    pub size: Option<u64>,
    /// How its grains are found; `None` where they cannot be.
    pub layout: Option<Layout>,
    /// What is wrong with it.
    pub conditions: Vec<Condition>,
    /// The runs of its disk that hold data; `None` where not every table was read.
    pub allocated: Option<Vec<Range<u64>>>,
}

impl SparseExtent {
    /// Notes that it does not open.
    pub(super) fn damaged(mut self, error: ImageError) -> Self {
        self.conditions.push(Condition::Damaged(error));
        self
    }

    /// Goes through the tables of `layout`, and keeps it when they can be used.
    pub(super) fn surveyed(
        mut self,
        source: &Source,
        layout: Layout,
        depth: Depth,
    ) -> Result<Self, ImageError> {
        let found = survey(source, &layout, depth)?;
        self.conditions.extend(found.conditions);
        self.allocated = found.allocated;
        self.layout = found.readable.then_some(layout);
        keep_one_truncation(&mut self.conditions);
        Ok(self)
    }
}

/// Of several signs of one cut, keeps the one that asks for the most: a person needs to hear it once.
pub(super) fn keep_one_truncation(conditions: &mut Vec<Condition>) {
    let asked = |condition: &Condition| match condition {
        Condition::Truncated { needed, .. } => Some(needed.unwrap_or(u64::MAX)),
        _ => None,
    };
    let most = conditions.iter().filter_map(asked).max();
    let mut kept = false;
    conditions.retain(|condition| match asked(condition) {
        None => true,
        Some(_) if kept => false,
        needed => {
            kept = needed == most;
            kept
        }
    });
}

/// Opens the extent in `source`, whichever of the three kinds its first bytes say.
///
/// # Errors
/// Malformed when they say none, and reads that failed; what is wrong further in is a condition.
pub(super) fn open_extent(source: &Source, depth: Depth) -> Result<SparseExtent, ImageError> {
    let head = read_up_to(source.as_ref(), 0, hosted::HEADER_SIZE)?;
    if head.starts_with(HOSTED_MAGIC) {
        hosted::open_extent(source, &head, depth)
    } else if head.starts_with(COWD_MAGIC) {
        cowd::open_extent(source, depth)
    } else if head.starts_with(SESPARSE_MAGIC) {
        sesparse::open_extent(source, depth)
    } else {
        Err(ImageError::malformed("extent", 0, "it is no sparse extent"))
    }
}
