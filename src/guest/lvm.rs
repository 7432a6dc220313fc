//! LVM2: from physical volumes to the logical volumes that lie on them in one piece after the other.
//!
//! A label sector leads to the physical volume's header, that to a metadata area, that to text which describes the
//! whole volume group. Every visible logical volume is listed; only linear segments on volumes of this disk are
//! followed: stripes, mirrors, thin pools and snapshots are not.

mod metadata;

use crate::image::layout::{Field, bytes_at, le_u32, le_u64};
use crate::image::read_at::{check_bounds, read_vec};
use crate::image::{ReadAt, ReadError, Source};
use crate::sentence::Sentence;
use metadata::Section;
use std::rc::Rc;

const SECTOR: u64 = 512;
/// A metadata text at most, in bytes. LVM's own default for the area is 1 MiB.
const MAX_TEXT: u64 = 4 << 20;
const MAX_AREAS: usize = 16;
const MAX_VOLUMES: usize = 64;
const MAX_SEGMENTS: usize = 4096;
/// A name at most, in bytes: LVM's own limit.
const MAX_NAME: usize = 127;

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

/// A volume group.
pub(super) struct Group {
    pub(super) name: String,
    /// Which of the physical volumes that were given belong to it.
    pub(super) members: Vec<usize>,
    /// How many physical volumes it lacks.
    pub(super) missing: usize,
    /// Its visible logical volumes.
    pub(super) volumes: Vec<LogicalVolume>,
}

/// A logical volume.
pub(super) struct LogicalVolume {
    pub(super) name: String,
    /// In bytes.
    pub(super) size: u64,
    /// `linear`, or LVM's own word.
    pub(super) layout: String,
    /// Its bytes, where it is linear and lies wholly on the physical volumes that were given.
    pub(super) source: Option<Source>,
}

/// Reads the labels of the physical volume on `source`. The error is a clause for a person.
pub(super) fn physical_volume(source: &Source) -> Result<PhysicalVolume, Sentence> {
    let start = read_vec(source.as_ref(), 0, 2048).map_err(|error| error.sentence())?;
    let header = (0_u64..)
        .zip(start.chunks_exact(512))
        .find(|(number, sector)| {
            LABEL.get(sector).is_ok_and(|label| label == *b"LABELONE")
                && LABEL_SECTOR.get(sector).is_ok_and(|at| at == *number)
        })
        .and_then(|(_, sector)| sector.get(usize::try_from(HEADER_OFFSET.get(sector).ok()?).ok()?..))
        .ok_or("the LVM label cannot be read")?;
    let id = PHYSICAL_ID.get(header).map_err(|error| error.sentence())?;
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

/// The volume groups to which `physical` belong.
pub(super) fn groups(physical: &[PhysicalVolume]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for text in physical.iter().map(|volume| &volume.text) {
        let Some(root) = metadata::parse(text) else { continue };
        for (name, section) in root.sections().filter(|(name, _)| name.len() <= MAX_NAME) {
            // Every physical volume of a group carries the same text.
            let known = groups.iter().any(|group| group.name == name);
            if !known && groups.len() < MAX_VOLUMES {
                groups.extend(group(name, section, physical));
            }
        }
    }
    groups
}

fn group(name: &str, section: &Section, physical: &[PhysicalVolume]) -> Option<Group> {
    let extent = u64::try_from(section.number("extent_size")?).ok()?.checked_mul(SECTOR)?;
    let described = section.section("physical_volumes")?;
    let ids: Vec<String> = described.sections().filter_map(|(_, volume)| identity(volume)).collect();
    let is_member = |(index, volume): (usize, &PhysicalVolume)| ids.contains(&volume.id).then_some(index);
    let members: Vec<usize> = physical.iter().enumerate().filter_map(is_member).collect();
    let volumes = section.section("logical_volumes").into_iter().flat_map(Section::sections);
    Some(Group {
        name: name.to_owned(),
        missing: ids.iter().filter(|id| !physical.iter().any(|volume| volume.id == **id)).count(),
        members,
        volumes: volumes
            .filter_map(|(name, volume)| logical_volume(name, volume, extent, described, physical))
            .take(MAX_VOLUMES)
            .collect(),
    })
}

/// The 32 letters of a physical volume, which the text writes with hyphens between.
fn identity(described: &Section) -> Option<String> {
    Some(described.text("id")?.replace('-', ""))
}

/// `None` for the hidden volumes of which LVM makes others, and for what the text describes badly.
fn logical_volume(
    name: &str,
    volume: &Section,
    extent: u64,
    described: &Section,
    physical: &[PhysicalVolume],
) -> Option<LogicalVolume> {
    let is_visible = volume.list("status")?.iter().any(|status| status.text() == Some("VISIBLE"));
    let count =
        usize::try_from(volume.number("segment_count")?).ok().filter(|count| *count <= MAX_SEGMENTS)?;
    let is_segment = |(name, _): &(&str, &Section)| name.starts_with("segment");
    let segments: Vec<&Section> = volume.sections().filter(is_segment).map(|(_, segment)| segment).collect();
    let is_whole = segments.len() == count && count > 0;
    (is_visible && is_whole && name.len() <= MAX_NAME).then_some(())?;
    let mut size = 0_u64;
    for segment in &segments {
        size = size.checked_add(extents(segment.number("extent_count")?, extent)?)?;
    }
    let other = segments.iter().find(|segment| !is_linear(segment));
    let layout = other.map_or(Some("linear"), |segment| segment.text("type"))?;
    let source = if other.is_some() { None } else { linear(&segments, extent, described, physical) };
    Some(LogicalVolume {
        name: name.to_owned(),
        size,
        layout: layout.chars().take(MAX_NAME).collect(),
        source,
    })
}

fn extents(count: i64, extent: u64) -> Option<u64> {
    u64::try_from(count).ok()?.checked_mul(extent)
}

/// LVM calls a linear segment striped over one volume.
fn is_linear(segment: &Section) -> bool {
    segment.text("type") == Some("striped") && segment.number("stripe_count") == Some(1)
}

/// The bytes of a volume of linear segments; `None` where they leave gaps or lie on other disks.
fn linear(
    segments: &[&Section],
    extent: u64,
    described: &Section,
    physical: &[PhysicalVolume],
) -> Option<Source> {
    let mut found = Vec::new();
    for segment in segments {
        let [on, first_extent] = segment.list("stripes")? else { return None };
        let described = described.section(on.text()?)?;
        let id = identity(described)?;
        let on = physical.iter().find(|volume| volume.id == id)?;
        let before_extents = u64::try_from(described.number("pe_start")?).ok()?.checked_mul(SECTOR)?;
        found.push(Segment {
            start: extents(segment.number("start_extent")?, extent)?,
            size: extents(segment.number("extent_count")?, extent)?,
            source: on.source.clone(),
            offset: extents(first_extent.number()?, extent)?.checked_add(before_extents)?,
        });
    }
    found.sort_by_key(|segment| segment.start);
    let mut size = 0_u64;
    for segment in &found {
        (segment.start == size && segment.size > 0).then_some(())?;
        size = size.checked_add(segment.size)?;
    }
    Some(Rc::new(Segments { segments: found, size }) as Source)
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
