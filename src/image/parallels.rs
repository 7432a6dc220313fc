//! Parallels' expandable disks (QEMU's `docs/interop/parallels.rst`): little-endian. Recognised and sized, not read.

use super::detect::{Probe, Reader};
use super::layout::{Field, le_u32, le_u64};
use super::read_at::read_up_to;
use super::{Condition, Format, Image, ImageError, Opened, Opening, Source, raw};
use crate::sentence::sentence;

/// Parallels disks, of both headers.
pub static READER: Reader = Reader { format: Format::Parallels, recognise, open };

/// The first header: its sizes count sectors of 512 bytes, in 32 bits.
const OLD_MAGIC: &[u8] = b"WithoutFreeSpace";
/// The second header, for disks above 2 TiB.
const NEW_MAGIC: &[u8] = b"WithouFreSpacExt";

const VERSION: Field<u32> = le_u32("version", 16);
const TRACKS: Field<u32> = le_u32("tracks", 28);
const BAT_ENTRIES: Field<u32> = le_u32("bat_entries", 32);
const NB_SECTORS: Field<u64> = le_u64("nb_sectors", 36);
const NB_SECTORS_OLD: Field<u32> = le_u32("nb_sectors", 36);
const IN_USE: Field<u32> = le_u32("inuse", 44);
const HEADER_SIZE: usize = 64;

const VERSION_KNOWN: u32 = 2;
/// "Yont" as an integer: the disk is open, or was when its program died.
const IN_USE_MAGIC: u32 = 0x746F_6E59;
const SECTOR: u64 = 512;

fn recognise(probe: &Probe) -> bool {
    (probe.head_has(0, OLD_MAGIC) || probe.head_has(0, NEW_MAGIC))
        && VERSION.get(probe.head).is_ok_and(|version| version == VERSION_KNOWN)
        && !raw::has_partition_table(probe.head, probe.size)
}

fn open(source: &Source, _opening: &Opening) -> Result<Opened, ImageError> {
    let header = read_up_to(source.as_ref(), 0, HEADER_SIZE)?;
    let mut image = Image::new(Format::Parallels, source.size());
    let extended = header.starts_with(NEW_MAGIC);
    let sectors = if extended { NB_SECTORS.get(&header)? } else { u64::from(NB_SECTORS_OLD.get(&header)?) };
    let size = sectors.checked_mul(SECTOR).ok_or_else(|| {
        ImageError::malformed(
            NB_SECTORS.name,
            NB_SECTORS.offset as u64,
            sentence!("{sectors} sectors are no size", sectors),
        )
    })?;
    image.virtual_size = Some(size);
    image.subformat = Some(if extended { "extended" } else { "old" }.into());
    image.fact("nb_sectors", format!("{sectors} ({size} bytes)"));
    // The extended header counts the cluster's size in sectors too.
    image.fact("tracks", format!("{} sectors a cluster", TRACKS.get(&header)?));
    let entries = u64::from(BAT_ENTRIES.get(&header)?);
    image.fact("bat_entries", entries.to_string());
    if IN_USE.get(&header)? == IN_USE_MAGIC {
        image.conditions.push(Condition::NotClosed { evidence: "its in-use mark".into() });
    }
    let needed = (HEADER_SIZE as u64).saturating_add(entries.saturating_mul(4));
    if needed > source.size() {
        let structure = "block allocation table";
        image.conditions.push(Condition::Truncated { structure, needed: Some(needed) });
    }
    Ok(Opened { image, disk: None })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Folder, image_of};
    use super::*;

    fn disk() -> Vec<u8> {
        let folder = Folder::new();
        folder.qemu_img(&["create", "-q", "-f", "parallels", "disk.hdd", "48M"]);
        folder.read("disk.hdd")
    }

    #[test]
    fn both_headers_are_sized() {
        let mut bytes = disk();
        let image = image_of(&bytes);
        assert_eq!((image.format, image.virtual_size), (Format::Parallels, Some(48 << 20)));
        assert_eq!(image.conditions, []);
        bytes[..16].copy_from_slice(OLD_MAGIC);
        // The old header's size has 32 bits; what follows is not part of it.
        bytes[40..44].fill(0xFF);
        let image = image_of(&bytes);
        assert_eq!((image.subformat.as_deref(), image.virtual_size), (Some("old"), Some(48 << 20)));
    }

    #[test]
    fn a_disk_in_use_a_cut_one_and_an_impossible_size_say_so() {
        let mut bytes = disk();
        assert!(matches!(image_of(&bytes[..64]).conditions[..], [Condition::Truncated { .. }]));
        bytes[44..48].copy_from_slice(&IN_USE_MAGIC.to_le_bytes());
        assert_eq!(
            image_of(&bytes).conditions,
            [Condition::NotClosed { evidence: "its in-use mark".into() }]
        );
        bytes[36..44].fill(0xFF);
        assert!(matches!(image_of(&bytes).conditions[..], [Condition::Damaged(_)]));
    }
}
