//! How a file is divided for a multipart upload.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html>

use crate::sentence::{Sentence, sentence};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;

/// One mebibyte.
pub const MIB: u64 = 1024 * 1024;

/// The smallest part but the last, in bytes.
pub const SMALLEST_PART: u64 = 5 * MIB;

/// The largest part, in bytes: 5 GiB.
pub const LARGEST_PART: u64 = 5 * 1024 * MIB;

/// The most parts of one upload, and so the highest part number.
pub const MOST_PARTS: u16 = 10_000;

/// The largest object, in bytes: 10,000 parts of 5 GiB, which are 48.8 TiB.
pub const LARGEST_OBJECT: u64 = LARGEST_PART * MOST_PARTS as u64;

/// Files up to this size go in one PUT, and larger ones in parts no smaller than this. A browser asks for leave
/// (a CORS preflight) for the URL of each part, which on smaller parts weighs more than what they save in a retry.
const USUAL_PART: u64 = 16 * MIB;

/// Parts grow with the file up to this size, so that their number stays at [`USUAL_COUNT`] as long as possible. Past
/// it a lost part costs more than a longer list does, and they grow only as [`MOST_PARTS`] demands.
const LARGEST_USUAL_PART: u64 = 64 * MIB;

/// So many parts fit one ticket, and one page of ListParts (1,000) holds them twice.
pub const USUAL_COUNT: u64 = 500;

/// A file and the size of its parts.
///
/// The size of a part is a whole number of mebibytes wherever the plan chooses it: slices then begin where the blocks
/// of disks and of caches begin, and the page, the script that makes a ticket and a record of an interrupted upload
/// come to the same number without rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartPlan {
    file_size: u64,
    part_size: u64,
    /// Whether the file goes in one PUT.
    single: bool,
}

/// Why a file cannot be divided so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanError {
    /// The file is larger than any object of S3.
    FileTooLarge {
        /// Its size in bytes.
        size: u64,
    },
    /// Parts of this size are below 5 MiB or above 5 GiB.
    PartSize {
        /// The size in bytes.
        part_size: u64,
    },
    /// It would take more than 10,000 parts.
    TooManyParts {
        /// How many.
        count: u64,
    },
}

impl PartPlan {
    /// The plan for a file of this size.
    ///
    /// # Errors
    /// The file is larger than [`LARGEST_OBJECT`].
    pub fn for_file(size: u64) -> Result<Self, PlanError> {
        if size > LARGEST_OBJECT {
            return Err(PlanError::FileTooLarge { size });
        }
        if size <= USUAL_PART {
            return Ok(Self::in_one_put(size));
        }
        let usual = whole_mib(size.div_ceil(USUAL_COUNT)).clamp(USUAL_PART, LARGEST_USUAL_PART);
        let least = whole_mib(size.div_ceil(u64::from(MOST_PARTS)));
        Ok(Self { file_size: size, part_size: usual.max(least), single: false })
    }

    /// The whole file in one PUT.
    pub fn in_one_put(size: u64) -> Self {
        Self { file_size: size, part_size: size, single: true }
    }

    /// Parts of a size that somebody else chose: the script that made a ticket, or an upload begun before.
    ///
    /// # Errors
    /// S3 would not take them.
    pub fn with_part_size(size: u64, part_size: u64) -> Result<Self, PlanError> {
        if size > LARGEST_OBJECT {
            return Err(PlanError::FileTooLarge { size });
        }
        // A part above the file's size is its one and last part, which may be of any size.
        if !(SMALLEST_PART..=LARGEST_PART).contains(&part_size) {
            return Err(PlanError::PartSize { part_size });
        }
        let count = size.div_ceil(part_size);
        if count > u64::from(MOST_PARTS) {
            return Err(PlanError::TooManyParts { count });
        }
        Ok(Self { file_size: size, part_size, single: false })
    }

    /// The file's size in bytes.
    pub fn file_size(&self) -> u64 {
        self.file_size
    }

    /// The size of each part but the last, in bytes.
    pub fn part_size(&self) -> u64 {
        self.part_size
    }

    /// Whether the file goes in one PUT, without a multipart upload.
    pub fn is_single(&self) -> bool {
        self.single
    }

    /// How many parts there are; an empty file has one, which is empty.
    pub fn count(&self) -> u16 {
        if self.single || self.part_size == 0 {
            return 1;
        }
        u16::try_from(self.file_size.div_ceil(self.part_size)).unwrap_or(MOST_PARTS).max(1)
    }

    /// The numbers of all parts, from 1.
    pub fn numbers(&self) -> impl Iterator<Item = u16> + use<> {
        1..=self.count()
    }

    /// Where a part lies in the file; empty for a number that is none of its parts.
    pub fn range(&self, number: u16) -> Range<u64> {
        if number == 0 || number > self.count() {
            return 0..0;
        }
        if self.single {
            return 0..self.file_size;
        }
        let start = u64::from(number - 1) * self.part_size;
        start..(start + self.part_size).min(self.file_size)
    }

    /// The size of a part in bytes.
    pub fn size_of(&self, number: u16) -> u64 {
        let range = self.range(number);
        range.end - range.start
    }
}

fn whole_mib(bytes: u64) -> u64 {
    bytes.div_ceil(MIB) * MIB
}

impl PlanError {
    /// What is wrong, and the way out.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::FileTooLarge { size } => sentence!(
                "The file has {size} bytes and an object of S3 at most {most} (48.8 TiB).",
                size,
                most = LARGEST_OBJECT
            ),
            Self::PartSize { part_size } => {
                sentence!("Parts have 5 MiB to 5 GiB, and {part_size} bytes are outside of that.", part_size)
            }
            Self::TooManyParts { count } => sentence!(
                "That would be {count} parts, and S3 takes {most}: choose larger ones.",
                count,
                most = MOST_PARTS
            ),
        }
    }
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sentence().fmt(f)
    }
}

impl std::error::Error for PlanError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TIB: u64 = 1024 * 1024 * MIB;

    #[test]
    fn a_small_file_is_one_put_and_the_next_byte_makes_it_two_parts() {
        let small = PartPlan::for_file(16 * MIB).unwrap();
        assert!(small.is_single());
        assert_eq!((small.count(), small.range(1)), (1, 0..16 * MIB));
        let larger = PartPlan::for_file(16 * MIB + 1).unwrap();
        assert!(!larger.is_single());
        assert_eq!((larger.count(), larger.range(2)), (2, 16 * MIB..16 * MIB + 1));
    }

    #[test]
    fn an_empty_file_is_one_empty_put() {
        let empty = PartPlan::for_file(0).unwrap();
        assert_eq!((empty.count(), empty.range(1), empty.is_single()), (1, 0..0, true));
    }

    #[test]
    fn parts_grow_with_the_file() {
        let part = |size| PartPlan::for_file(size).unwrap().part_size() / MIB;
        assert_eq!(part(8 * 1024 * MIB - 1), 17);
        assert_eq!(part(7 * 1024 * MIB), 16);
        assert_eq!(part(20 * 1024 * MIB), 41);
        assert_eq!(part(100 * 1024 * MIB), 64);
        assert_eq!(part(TIB), 105);
        assert_eq!(part(LARGEST_OBJECT), 5 * 1024);
    }

    #[test]
    fn the_largest_object_is_taken_and_one_byte_more_is_not() {
        assert_eq!(PartPlan::for_file(LARGEST_OBJECT).unwrap().count(), MOST_PARTS);
        assert!(PartPlan::for_file(LARGEST_OBJECT + 1).unwrap_err().to_string().contains("48.8 TiB"));
        assert!(PartPlan::for_file(u64::MAX).is_err());
    }

    #[test]
    fn a_part_size_that_s3_refuses_is_refused() {
        let error = |part| PartPlan::with_part_size(100 * MIB, part).unwrap_err();
        assert_eq!(error(SMALLEST_PART - 1), PlanError::PartSize { part_size: SMALLEST_PART - 1 });
        assert_eq!(error(LARGEST_PART + 1), PlanError::PartSize { part_size: LARGEST_PART + 1 });
        assert_eq!(
            PartPlan::with_part_size(TIB, SMALLEST_PART),
            Err(PlanError::TooManyParts { count: TIB.div_ceil(SMALLEST_PART) })
        );
    }

    proptest! {
        #[test]
        fn the_parts_cover_every_file_once_and_keep_the_limits(size in 0..=LARGEST_OBJECT, shift in 0_u32..46) {
            let size = size >> shift;
            let plan = PartPlan::for_file(size).unwrap();
            let mut end = 0;
            for number in plan.numbers() {
                let range = plan.range(number);
                prop_assert_eq!(range.start, end);
                prop_assert!(range.end > range.start || size == 0);
                prop_assert!(plan.size_of(number) <= LARGEST_PART);
                prop_assert!(plan.size_of(number) >= SMALLEST_PART || number == plan.count());
                end = range.end;
            }
            prop_assert_eq!(end, size);
            prop_assert!(plan.is_single() || plan.part_size().is_multiple_of(MIB));
        }
    }
}
