//! Virtual Hard Disks (VHD) of Virtual PC, Hyper-V and Azure: fixed, dynamic and differencing.
//!
//! A fixed disk is a raw disk with a footer behind it. A dynamic one keeps blocks of the disk in the order in
//! which they were first written, a table of where they are, and a copy of the footer at the start of the file.

mod creator;
mod disk;
mod footer;
mod layout;
mod parent;
mod survey;
mod table;

#[cfg(test)]
mod tests;

use super::detect::{PROBE, Probe, Reader};
use super::read_at::{ReadError, read_up_to};
use super::{Condition, Fault, Format, Image, ImageError, Opened, Opening, Source};
use crate::sentence::sentence;
use disk::{Absent, Fixed, Sparse};
use footer::{Footer, Footers, Kind};
use layout::{SECTOR, dynamic, footer as fields};
use std::rc::Rc;
use table::{BlockTable, Header};

/// VHDs of every kind. One whose footer was cut off is a raw disk, and taken for one.
pub static READER: Reader = Reader { format: Format::Vhd, recognise, open };

fn recognise(probe: &Probe) -> bool {
    Footers::find(probe.head, probe.tail, probe.size).are_of_a_vhd(probe.head, probe.size)
}

/// The two ends of the file, as a [`Probe`] shows them.
fn ends(source: &Source) -> Result<(Vec<u8>, Vec<u8>), ImageError> {
    let head = read_up_to(source.as_ref(), 0, PROBE)?;
    // Of a file inside a compressed one only the beginning is at hand.
    let tail = match read_up_to(source.as_ref(), source.size().saturating_sub(PROBE as u64), PROBE) {
        Err(ReadError::OutOfBounds { .. }) => Vec::new(),
        tail => tail?,
    };
    Ok((head, tail))
}

fn open(source: &Source, opening: &Opening) -> Result<Opened, ImageError> {
    let (head, tail) = ends(source)?;
    let footers = Footers::find(&head, &tail, source.size());
    let Some(footer) = footers.used() else {
        let end = source.size().saturating_sub(SECTOR);
        return Err(ImageError::malformed("footer", end, "there is none"));
    };
    let mut image = Image::new(Format::Vhd, source.size());
    image.virtual_size = Some(footer.current_size);
    image.creator = Some(creator::name(footer.creator)).filter(|name| !name.is_empty());
    image.subformat = match footer.kind {
        Kind::Fixed => Some("fixed".into()),
        Kind::Dynamic => Some("dynamic".into()),
        Kind::Differencing => Some("differencing".into()),
        Kind::Unknown(_) => None,
    };
    add_facts(&mut image, footer);
    judge(&mut image, footer, &footers);
    let disk = match footer.kind {
        Kind::Fixed => Some(open_fixed(&mut image, source, footer)),
        Kind::Dynamic | Kind::Differencing => {
            match open_sparse(&mut image, source, footer, &footers, opening) {
                Err(error) if error.fault != Fault::Read => {
                    image.conditions.push(Condition::Damaged(error));
                    None
                }
                disk => disk?,
            }
        }
        Kind::Unknown(number) => {
            image
                .conditions
                .push(Condition::UnknownFeature { name: sentence!("disk type {number}", number) });
            None
        }
    };
    Ok(Opened { image, disk })
}

fn add_facts(image: &mut Image, footer: &Footer) {
    image.fact(
        fields::DISK_TYPE.name,
        match footer.kind {
            Kind::Fixed => "2 (fixed)".into(),
            Kind::Dynamic => "3 (dynamic)".into(),
            Kind::Differencing => "4 (differencing)".into(),
            Kind::Unknown(number) => format!("{number} (unknown)"),
        },
    );
    image.fact(fields::CURRENT_SIZE.name, format!("{} bytes", footer.current_size));
    image.fact(fields::ORIGINAL_SIZE.name, format!("{} bytes", footer.original_size));
    let (cylinders, heads, sectors) = footer.geometry;
    image.fact("geometry", format!("{cylinders}/{heads}/{sectors} ({} bytes)", footer.geometry_size()));
    image.fact(fields::CREATOR.name, creator::printable(footer.creator));
    let version = |version: u32| format!("{}.{}", version.wrapping_shr(16), version & 0xFFFF);
    image.fact(fields::CREATOR_VERSION.name, version(footer.creator_version));
    image.fact(fields::CREATOR_HOST.name, creator::printable(footer.creator_host));
    image.fact(fields::VERSION.name, version(footer.version));
    image.fact(fields::UNIQUE_ID.name, footer.unique_id.to_string());
    if footer.features & fields::TEMPORARY != 0 {
        image.fact(fields::FEATURES.name, "temporary disk");
    }
    if footer.length != fields::SIZE as u64 {
        image.fact("footer", format!("{} bytes, as written before Virtual PC 2004", footer.length));
    }
}

/// What the footers alone tell.
fn judge(image: &mut Image, footer: &Footer, footers: &Footers) {
    if !footer.checksum_is_right {
        image.conditions.push(Condition::BadChecksum { structure: "footer", offset: footer.offset });
    } else if footer.has_header()
        && let (Some(end), Some(copy)) = (&footers.end, &footers.copy)
    {
        let reason = "its checksum is wrong".into();
        let bad = if !end.checksum_is_right {
            Some(("footer", end.offset, reason))
        } else if !copy.checksum_is_right {
            Some(("copy of the footer", copy.offset, reason))
        } else {
            end.difference(copy).map(|reason| ("copy of the footer", copy.offset, reason))
        };
        if let Some((structure, offset, reason)) = bad {
            image.conditions.push(Condition::BadCopy { structure, offset, reason });
        }
    } else if footer.has_header() && footers.copy.is_none() {
        let reason = "there is none".into();
        image.conditions.push(Condition::BadCopy { structure: "copy of the footer", offset: 0, reason });
    }
    if footer.version.wrapping_shr(16) != fields::MAJOR_KNOWN {
        let name = sentence!("file format version {version}", version = footer.version.wrapping_shr(16));
        image.conditions.push(Condition::UnknownFeature { name });
    }
    if footer.saved_state {
        image.conditions.push(Condition::SavedState);
    }
    if !footer.current_size.is_multiple_of(SECTOR) {
        image.conditions.push(Condition::OddSize);
    }
    let geometry = footer.geometry_size();
    if geometry != footer.current_size
        && footer.geometry != MAX_GEOMETRY
        && creator::is_read_by_geometry(footer.creator)
    {
        image.conditions.push(Condition::GeometryMismatch { geometry });
    }
    let trailing = footers.end.as_ref().map_or(0, |end| image.file_size.saturating_sub(end.end()));
    if trailing > 0 {
        image.conditions.push(Condition::TrailingBytes { count: trailing });
    }
}

/// What is written for every disk larger than cylinders, heads and sectors can address: it says nothing.
const MAX_GEOMETRY: (u16, u8, u8) = (65_535, 16, 255);

fn open_fixed(image: &mut Image, source: &Source, footer: &Footer) -> Source {
    let size = footer.current_size;
    if size > footer.offset {
        let needed = size.saturating_add(footer.length);
        image.conditions.push(Condition::Truncated { structure: "disk's data", needed: Some(needed) });
    } else if size < footer.offset {
        let offset = footer.offset.saturating_add(fields::CURRENT_SIZE.offset as u64);
        let reason = sentence!(
            "it says {size} bytes, but {offset} lie before the footer",
            size,
            offset = footer.offset
        );
        image.conditions.push(Condition::Damaged(ImageError::malformed(
            fields::CURRENT_SIZE.name,
            offset,
            reason,
        )));
    }
    Rc::new(Fixed { source: source.clone(), size, end: footer.offset.min(size) })
}

fn open_sparse(
    image: &mut Image,
    source: &Source,
    footer: &Footer,
    footers: &Footers,
    opening: &Opening,
) -> Result<Option<Source>, ImageError> {
    let header = Header::read(source, footer)?;
    if !header.checksum_is_right {
        let structure = "dynamic header";
        image.conditions.push(Condition::BadChecksum { structure, offset: header.offset });
    }
    let differencing = footer.kind == Kind::Differencing;
    let parent = if differencing { parent::find(image, source, &header, opening)? } else { None };
    image.fact(dynamic::BLOCK_SIZE.name, format!("{} bytes", header.get(&dynamic::BLOCK_SIZE)?));
    image.fact(dynamic::MAX_TABLE_ENTRIES.name, header.get(&dynamic::MAX_TABLE_ENTRIES)?.to_string());
    let table = BlockTable::new(source, &header, footer.current_size)?;
    if table.end() > source.size() {
        let structure = "block allocation table";
        image.conditions.push(Condition::Truncated { structure, needed: Some(table.end()) });
        return Ok(None);
    }
    let survey = survey::survey(&table, footers, opening.depth)?;
    survey.report(image, &table, footers, parent.as_ref().map(|parent| parent.image.allocated.as_slice()));
    let absent = match parent.and_then(|parent| parent.disk) {
        Some(parent) => Absent::Parent(parent),
        None if differencing => return Ok(None),
        None => Absent::Zeros,
    };
    Ok(Some(Rc::new(Sparse { table, absent })))
}
