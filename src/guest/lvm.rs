//! LVM2: from physical volumes to the logical volumes that lie on them in one piece after the other.
//!
//! A label sector leads to the physical volume's header, that to a metadata area, that to text which describes the
//! whole volume group. Only linear segments on volumes of this disk are followed: stripes, mirrors, thin pools and
//! snapshots are not.

mod metadata;

use crate::image::layout::{Field, bytes_at, le_u32, le_u64};
use crate::image::read_at::{check_bounds, read_vec};
use crate::image::{ReadAt, ReadError, Source};
use metadata::Section;
use std::rc::Rc;

const SECTOR: u64 = 512;
/// A metadata text at most, in bytes. LVM's own default for the area is 1 MiB.
const MAX_TEXT: u64 = 4 << 20;
const MAX_AREAS: usize = 16;
const MAX_VOLUMES: usize = 64;
const MAX_SEGMENTS: usize = 4096;

const LABEL: Field<[u8; 8]> = bytes_at("id", 0);
const LABEL_SECTOR: Field<u64> = le_u64("sector_xl", 8);
const HEADER_OFFSET: Field<u32> = le_u32("offset_xl", 20);
const PHYSICAL_ID: Field<[u8; 32]> = bytes_at("pv_uuid", 0);
/// Pairs of offset and size follow: data areas up to a pair of zeros, then metadata areas.
const AREAS: usize = 40;

const AREA_MAGIC: Field<[u8; 16]> = bytes_at("magic", 4);
const AREA_SIZE: Field<u64> = le_u64("size", 32);
const TEXT_OFFSET: Field<u64> = le_u64("raw_locn offset", 40);
const TEXT_SIZE: Field<u64> = le_u64("raw_locn size", 48);

/// A physical volume of a disk.
pub(super) struct PhysicalVolume {
    /// Its 32 letters.
    id: String,
    source: Source,
    text: String,
}

/// A logical volume, opened.
pub(super) struct LogicalVolume {
    /// `group/volume`.
    pub(super) name: String,
    /// Its bytes.
    pub(super) source: Source,
}

/// Reads the labels of the physical volume on `source`. The error is a clause for a person.
pub(super) fn physical_volume(source: &Source) -> Result<PhysicalVolume, String> {
    let start = read_vec(source.as_ref(), 0, 2048).map_err(|error| error.to_string())?;
    let header = (0_u64..)
        .zip(start.chunks_exact(512))
        .find(|(number, sector)| {
            LABEL.get(sector).is_ok_and(|label| label == *b"LABELONE")
                && LABEL_SECTOR.get(sector).is_ok_and(|at| at == *number)
        })
        .and_then(|(_, sector)| sector.get(usize::try_from(HEADER_OFFSET.get(sector).ok()?).ok()?..))
        .ok_or("the LVM label cannot be read")?;
    let id = PHYSICAL_ID.get(header).map_err(|error| error.to_string())?;
    let text = metadata_areas(header)
        .into_iter()
        .find_map(|(offset, size)| metadata_text(source, offset, size))
        .ok_or("no LVM metadata area can be read")?;
    Ok(PhysicalVolume { id: String::from_utf8_lossy(&id).into_owned(), source: source.clone(), text })
}

fn metadata_areas(header: &[u8]) -> Vec<(u64, u64)> {
    let pairs =
        header.get(AREAS..).unwrap_or_default().chunks_exact(16).map(|pair| {
            (le_u64("offset", 0).get(pair).unwrap_or(0), le_u64("size", 8).get(pair).unwrap_or(0))
        });
    pairs
        .take(MAX_AREAS)
        .skip_while(|pair| *pair != (0, 0))
        .skip(1)
        .take_while(|pair| *pair != (0, 0))
        .collect()
}

/// The current text of the area at `offset`. The area is a ring after its first sector: text that reaches its end
/// goes on behind the header.
fn metadata_text(source: &Source, offset: u64, size: u64) -> Option<String> {
    let header = read_vec(source.as_ref(), offset, 512).ok()?;
    (AREA_MAGIC.get(&header).ok()? == *b" LVM2 x[5A%r0N*>").then_some(())?;
    let size = size.min(AREA_SIZE.get(&header).ok()?);
    let start = TEXT_OFFSET.get(&header).ok()?;
    let length = TEXT_SIZE.get(&header).ok()?;
    if length == 0 || length > MAX_TEXT || start < SECTOR || start >= size {
        return None;
    }
    let before_end = length.min(size.checked_sub(start)?);
    let mut bytes =
        read_vec(source.as_ref(), offset.checked_add(start)?, usize::try_from(before_end).ok()?).ok()?;
    let wrapped = usize::try_from(length.checked_sub(before_end)?).ok()?;
    bytes.extend(read_vec(source.as_ref(), offset.checked_add(SECTOR)?, wrapped).ok()?);
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The linear logical volumes that lie wholly on `physical`.
pub(super) fn logical_volumes(physical: &[PhysicalVolume]) -> Vec<LogicalVolume> {
    let mut volumes: Vec<LogicalVolume> = Vec::new();
    for text in physical.iter().map(|volume| &volume.text) {
        let Some(root) = metadata::parse(text) else { continue };
        for (group_name, group) in root.sections() {
            for (name, volume) in group.section("logical_volumes").iter().flat_map(|all| all.sections()) {
                let name = format!("{group_name}/{name}");
                // Every physical volume of a group carries the same text.
                let known = volumes.iter().any(|volume| volume.name == name);
                if known || volumes.len() >= MAX_VOLUMES {
                    continue;
                }
                if let Some(source) = linear(group, volume, physical) {
                    volumes.push(LogicalVolume { name, source });
                }
            }
        }
    }
    volumes
}

fn linear(group: &Section, volume: &Section, physical: &[PhysicalVolume]) -> Option<Source> {
    let extent = u64::try_from(group.number("extent_size")?).ok()?.checked_mul(SECTOR)?;
    volume.list("status")?.iter().any(|status| status.text() == Some("VISIBLE")).then_some(())?;
    let count =
        usize::try_from(volume.number("segment_count")?).ok().filter(|count| *count <= MAX_SEGMENTS)?;
    let mut segments = Vec::new();
    for (_, segment) in volume.sections().filter(|(name, _)| name.starts_with("segment")) {
        let linear = segment.text("type")? == "striped" && segment.number("stripe_count")? == 1;
        let [on, first_extent] = segment.list("stripes").filter(|_| linear)? else { return None };
        let described = group.section("physical_volumes")?.section(on.text()?)?;
        let id = described.text("id")?.replace('-', "");
        let on = physical.iter().find(|volume| volume.id == id)?;
        let extents = |number: i64| u64::try_from(number).ok()?.checked_mul(extent);
        let before_extents = u64::try_from(described.number("pe_start")?).ok()?.checked_mul(SECTOR)?;
        segments.push(Segment {
            start: extents(segment.number("start_extent")?)?,
            size: extents(segment.number("extent_count")?)?,
            source: on.source.clone(),
            offset: extents(first_extent.number()?)?.checked_add(before_extents)?,
        });
    }
    segments.sort_by_key(|segment| segment.start);
    let mut size = 0_u64;
    for segment in &segments {
        (segment.start == size && segment.size > 0).then_some(())?;
        size = size.checked_add(segment.size)?;
    }
    (segments.len() == count && count > 0).then(|| Rc::new(Segments { segments, size }) as Source)
}

struct Segment {
    start: u64,
    size: u64,
    source: Source,
    offset: u64,
}

/// Pieces of other sources, one after the other.
struct Segments {
    segments: Vec<Segment>,
    size: u64,
}

impl ReadAt for Segments {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size)?;
        let mut position = offset;
        let mut rest = buf;
        let first =
            self.segments.partition_point(|segment| segment.start.saturating_add(segment.size) <= offset);
        for segment in self.segments.iter().skip(first) {
            if rest.is_empty() {
                break;
            }
            let within = position.saturating_sub(segment.start);
            let left = usize::try_from(segment.size.saturating_sub(within)).unwrap_or(usize::MAX);
            let (part, after) = rest.split_at_mut(left.min(rest.len()));
            segment.source.read_at(segment.offset.saturating_add(within), part)?;
            position = position.saturating_add(part.len() as u64);
            rest = after;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
