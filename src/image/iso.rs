//! Optical discs: ISO 9660 (ECMA-119) and UDF (ECMA-167), also where a boot loader wrote a partition table into
//! the system area ("isohybrid"). They are recognised and named; EC2 imports none.

use super::detect::{Probe, Reader};
use super::layout::{Field, bytes_at, le_u16, le_u32, u8_at};
use super::read_at::{read_up_to, read_vec};
use super::{Condition, Format, Image, ImageError, Opened, Opening, Source};

/// CD and DVD images.
pub static READER: Reader = Reader { format: Format::Iso, recognise, open };

/// Bytes of a sector of an optical disc.
const SECTOR: usize = 2048;
/// The first 16 sectors belong to the system: here an isohybrid has its partition table.
const DESCRIPTORS: usize = 16 * SECTOR;
/// How many descriptors are looked at; real discs have three to six.
const MAX_DESCRIPTORS: usize = 15;

const DESCRIPTOR_TYPE: Field<u8> = u8_at("volume descriptor type", 0);
const IDENTIFIER: Field<[u8; 5]> = bytes_at("standard identifier", 1);
const BOOT_SYSTEM: Field<[u8; 23]> = bytes_at("boot system identifier", 7);
const VOLUME_IDENTIFIER: Field<[u8; 32]> = bytes_at("volume identifier", 40);
const VOLUME_SPACE_SIZE: Field<u32> = le_u32("volume space size", 80);
const LOGICAL_BLOCK_SIZE: Field<u16> = le_u16("logical block size", 128);
const APPLICATION: Field<[u8; 128]> = bytes_at("application identifier", 574);

const BOOT_RECORD: u8 = 0;
const PRIMARY: u8 = 1;
const TERMINATOR: u8 = 255;

/// UDF's anchor lies in sector 256. On a hard disk sectors have 512 bytes, so its place tells a disc from a disk.
const UDF_ANCHOR: u64 = 256 * SECTOR as u64;
const UDF_ANCHOR_TAG: Field<u16> = le_u16("tag identifier", 0);
const UDF_ANCHOR_SECTOR: Field<u32> = le_u32("tag location", 12);

fn descriptors(head: &[u8]) -> impl Iterator<Item = &[u8]> {
    head.get(DESCRIPTORS..).unwrap_or_default().chunks_exact(SECTOR).take(MAX_DESCRIPTORS)
}

fn has_identifier(descriptor: &[u8], identifiers: &[&[u8; 5]]) -> bool {
    IDENTIFIER.get(descriptor).is_ok_and(|found| identifiers.contains(&&found))
}

fn recognise(probe: &Probe) -> bool {
    is_iso9660(probe.head) || (is_udf(probe.head) && has_disc_anchor(probe))
}

/// A primary volume descriptor and the terminator behind it agree.
fn is_iso9660(head: &[u8]) -> bool {
    let mut volumes = descriptors(head).take_while(|descriptor| has_identifier(descriptor, &[b"CD001"]));
    volumes.any(|descriptor| DESCRIPTOR_TYPE.get(descriptor) == Ok(PRIMARY))
        && volumes.any(|descriptor| DESCRIPTOR_TYPE.get(descriptor) == Ok(TERMINATOR))
}

fn is_udf(head: &[u8]) -> bool {
    descriptors(head).any(|descriptor| has_identifier(descriptor, &[b"NSR02", b"NSR03"]))
}

fn has_disc_anchor(probe: &Probe) -> bool {
    read_vec(probe.source.as_ref(), UDF_ANCHOR, 16)
        .is_ok_and(|tag| UDF_ANCHOR_TAG.get(&tag) == Ok(2) && UDF_ANCHOR_SECTOR.get(&tag) == Ok(256))
}

fn open(source: &Source, _opening: &Opening) -> Result<Opened, ImageError> {
    let size = source.size();
    let head = read_up_to(source.as_ref(), 0, DESCRIPTORS.saturating_add(SECTOR.saturating_mul(16)))?;
    let mut image = Image::new(Format::Iso, size);
    image.virtual_size = Some(size);
    let hybrid = head.get(510..512) == Some(b"\x55\xaa");
    let kind = match (is_iso9660(&head), hybrid) {
        (true, true) => "isohybrid",
        (true, false) => "ISO 9660",
        (false, _) => "UDF",
    };
    image.subformat = Some(kind.into());
    if is_iso9660(&head) && is_udf(&head) {
        image.fact("file systems", "ISO 9660 and UDF");
    }
    for descriptor in descriptors(&head).take_while(|descriptor| has_identifier(descriptor, &[b"CD001"])) {
        match DESCRIPTOR_TYPE.get(descriptor)? {
            PRIMARY => describe_volume(&mut image, descriptor)?,
            BOOT_RECORD if BOOT_SYSTEM.get(descriptor)? == *b"EL TORITO SPECIFICATION" => {
                image.fact("boot record", "El Torito");
            }
            _ => {}
        }
    }
    Ok(Opened { image, disk: None })
}

fn describe_volume(image: &mut Image, descriptor: &[u8]) -> Result<(), ImageError> {
    image.fact("volume identifier", padded(&VOLUME_IDENTIFIER.get(descriptor)?));
    let blocks = u64::from(VOLUME_SPACE_SIZE.get(descriptor)?);
    let volume = blocks.saturating_mul(u64::from(LOGICAL_BLOCK_SIZE.get(descriptor)?));
    image.fact("volume space size", format!("{volume} bytes"));
    let application = padded(&APPLICATION.get(descriptor)?);
    if !application.is_empty() {
        image.creator = Some(application);
    }
    if volume > image.file_size {
        image.conditions.push(Condition::Truncated { structure: "volume", needed: Some(volume) });
    }
    Ok(())
}

/// Text that is padded with spaces.
fn padded(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_matches([' ', '\0']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::{Depth, FileSet, detect};
    use super::*;
    use std::rc::Rc;

    fn disc() -> Vec<u8> {
        let mut disc = vec![0; 400 * SECTOR];
        for (index, kind) in [PRIMARY, BOOT_RECORD, TERMINATOR].into_iter().enumerate() {
            let at = DESCRIPTORS + index * SECTOR;
            disc[at] = kind;
            disc[at + 1..at + 7].copy_from_slice(b"CD001\x01");
        }
        disc[DESCRIPTORS + 40..DESCRIPTORS + 72].fill(b' ');
        disc[DESCRIPTORS + 40..DESCRIPTORS + 46].copy_from_slice(b"RESCUE");
        disc[DESCRIPTORS + 80] = 100;
        disc[DESCRIPTORS + 129] = 8;
        disc[DESCRIPTORS + SECTOR + 7..DESCRIPTORS + SECTOR + 30].copy_from_slice(b"EL TORITO SPECIFICATION");
        disc
    }

    fn opened(bytes: Vec<u8>) -> Image {
        let source: Source = Rc::new(bytes);
        let set = FileSet::of("disc", source.clone());
        let opening = Opening { name: "disc", set: &set, depth: Depth::First, nesting: 0 };
        detect::open(&source, &opening).unwrap().image
    }

    #[test]
    fn a_disc_with_a_partition_table_at_its_start_is_still_a_disc() {
        let mut bytes = disc();
        bytes[446..462].copy_from_slice(&[0x80, 0, 1, 0, 0x17, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
        bytes[510..512].copy_from_slice(b"\x55\xaa");
        let image = opened(bytes);
        assert_eq!((image.format, image.subformat.as_deref()), (Format::Iso, Some("isohybrid")));
    }

    #[test]
    fn the_volume_and_its_boot_record_are_named() {
        let image = opened(disc());
        let facts: Vec<_> =
            image.facts.iter().map(|fact| (fact.name.as_str(), fact.value.as_str())).collect();
        assert!(facts.contains(&("volume identifier", "RESCUE")), "{facts:?}");
        assert!(facts.contains(&("boot record", "El Torito")), "{facts:?}");
        assert_eq!(image.conditions, []);
    }

    #[test]
    fn a_disc_that_ends_before_its_volume_is_truncated() {
        let mut bytes = disc();
        bytes.truncate(90 * SECTOR);
        let needed = Some(100 * SECTOR as u64);
        assert_eq!(opened(bytes).conditions, [Condition::Truncated { structure: "volume", needed }]);
    }

    #[test]
    fn one_lonely_descriptor_is_no_disc() {
        let mut bytes = disc();
        bytes[DESCRIPTORS + 2 * SECTOR + 1] = b'X';
        assert_eq!(opened(bytes).format, Format::Raw);
    }

    #[test]
    fn a_disk_formatted_with_udf_is_a_disk_and_a_disc_a_disc() {
        let mut bytes = vec![0; 400 * SECTOR];
        bytes[DESCRIPTORS + 1..DESCRIPTORS + 6].copy_from_slice(b"BEA01");
        bytes[DESCRIPTORS + SECTOR + 1..DESCRIPTORS + SECTOR + 6].copy_from_slice(b"NSR03");
        let anchor = [2, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0];
        let mut disk = bytes.clone();
        disk[256 * 512..256 * 512 + 16].copy_from_slice(&anchor);
        assert_eq!(opened(disk).format, Format::Raw);
        bytes[256 * SECTOR..256 * SECTOR + 16].copy_from_slice(&anchor);
        let image = opened(bytes);
        assert_eq!((image.format, image.subformat.as_deref()), (Format::Iso, Some("UDF")));
    }
}
