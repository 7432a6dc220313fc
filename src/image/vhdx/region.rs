//! The region tables, which say where the block allocation table and the metadata lie.

use super::super::guid::Guid;
use super::super::read_at::{ReadError, Source, read_up_to, read_vec};
use super::super::{Condition, Depth, Image, ImageError};
use super::layout::{MIB, checksum, region as fields};
use crate::sentence::sentence;
use std::ops::Range;

/// Where the regions lie in the file, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Regions {
    pub(super) bat: Range<u64>,
    pub(super) metadata: Range<u64>,
    /// Neither table's checksum is right: good enough to tell what the disk is, but not to read its bytes.
    pub(super) is_doubtful: bool,
}

/// Reads the regions from the first table whose checksum is right. A bad table, and a region that is unknown but
/// required, are noted in `image`. The first pass looks at the second table only when it needs it.
///
/// # Errors
/// Malformed, when nothing can be made of either table, a region is missing, or regions lie where none can.
pub(super) fn read(image: &mut Image, file: &Source, depth: Depth) -> Result<Regions, ImageError> {
    let [first, second] = fields::OFFSETS;
    let noting = |image: &mut Image, structure: &'static str, bad: ImageError| {
        let (offset, reason) = (bad.offset, bad.reason);
        image.conditions.push(Condition::BadCopy { structure, offset, reason });
    };
    match table(file, first)? {
        Ok(bytes) => {
            if depth == Depth::Complete
                && let Err(bad) = table(file, second)?
            {
                noting(image, "region table 2", bad);
            }
            parse(image, &bytes, first)
        }
        Err(bad) => match table(file, second)? {
            Ok(bytes) => {
                noting(image, "region table 1", bad);
                parse(image, &bytes, second)
            }
            Err(_) => doubtful(image, file, ImageError { field: "both region tables", ..bad }),
        },
    }
}

/// The regions of the first table that still looks like one, when both are bad; the damage is noted in `image`.
fn doubtful(image: &mut Image, file: &Source, damage: ImageError) -> Result<Regions, ImageError> {
    let noted = image.conditions.len();
    for offset in fields::OFFSETS {
        let bytes = read_up_to(file.as_ref(), offset, fields::TABLE_SIZE)?;
        if !bytes.starts_with(fields::SIGNATURE) {
            continue;
        }
        let regions = parse(image, &bytes, offset);
        // An unknown region of a bad table may be a known one whose GUID is what is bad.
        image.conditions.truncate(noted);
        if let Ok(regions) = regions {
            image.conditions.push(Condition::Damaged(damage));
            return Ok(Regions { is_doubtful: true, ..regions });
        }
    }
    Err(damage)
}

/// The table at `offset`; the inner error says what is wrong with it.
fn table(file: &Source, offset: u64) -> Result<Result<Vec<u8>, ImageError>, ReadError> {
    let bad = |reason: &'static str| Ok(Err(ImageError::malformed("region table", offset, reason)));
    let bytes = match read_vec(file.as_ref(), offset, fields::TABLE_SIZE) {
        Err(ReadError::OutOfBounds { .. }) => return bad("it lies beyond the end of the file"),
        bytes => bytes?,
    };
    if !bytes.starts_with(fields::SIGNATURE) {
        return bad("its signature is missing");
    }
    if fields::CHECKSUM.get(&bytes) != Ok(checksum(&bytes, &fields::CHECKSUM)) {
        return bad("its checksum is wrong");
    }
    Ok(Ok(bytes))
}

fn parse(image: &mut Image, bytes: &[u8], offset: u64) -> Result<Regions, ImageError> {
    let count = fields::ENTRY_COUNT.get(bytes)?;
    if count > fields::MAX_ENTRIES {
        let reason = sentence!("{count} regions are more than the table has room for", count);
        return Err(ImageError::malformed(fields::ENTRY_COUNT.name, offset, reason));
    }
    let (mut bat, mut metadata) = (None, None);
    let mut taken: Vec<Range<u64>> = Vec::new();
    let entries = bytes.get(fields::ENTRIES..).unwrap_or_default().chunks_exact(fields::ENTRY_SIZE);
    for entry in entries.take(usize::try_from(count).unwrap_or(0)) {
        let start = fields::FILE_OFFSET.get(entry)?;
        let length = u64::from(fields::LENGTH.get(entry)?);
        let range = start..start.saturating_add(length);
        let is_aligned = start.is_multiple_of(MIB) && length.is_multiple_of(MIB);
        let overlaps = taken.iter().any(|other| other.start < range.end && range.start < other.end);
        if !is_aligned || start < MIB || length == 0 || overlaps {
            let reason =
                sentence!("a region of {length} bytes at offset {start} lies where none can", length, start);
            return Err(ImageError::malformed("region table", offset, reason));
        }
        taken.push(range.clone());
        match Guid(fields::ID.get(entry)?) {
            fields::BAT => bat = Some(range),
            fields::METADATA => metadata = Some(range),
            unknown if fields::REQUIRED.get(entry)? & 1 != 0 => {
                let name = sentence!("the required region {id}", id = format!("{{{unknown}}}"));
                image.conditions.push(Condition::UnknownFeature { name });
            }
            _ => {}
        }
    }
    let missing =
        |what: &str| ImageError::malformed("region table", offset, sentence!("it names no {what}", what));
    Ok(Regions {
        bat: bat.ok_or_else(|| missing("block allocation table"))?,
        metadata: metadata.ok_or_else(|| missing("metadata region"))?,
        is_doubtful: false,
    })
}
