//! QED, QEMU's short-lived format (its `docs/interop/qed_spec.rst`): little-endian. Recognised and sized, not read.

use super::detect::{Probe, Reader};
use super::layout::{Field, le_u32, le_u64};
use super::read_at::read_up_to;
use super::{Condition, Format, Image, ImageError, Opened, Opening, Parent, Source, raw};
use crate::sentence::sentence;

/// QEMU enhanced disks.
pub static READER: Reader = Reader { format: Format::Qed, recognise, open };

const CLUSTER_SIZE: Field<u32> = le_u32("cluster_size", 4);
const TABLE_SIZE: Field<u32> = le_u32("table_size", 8);
const FEATURES: Field<u64> = le_u64("features", 16);
const L1_TABLE_OFFSET: Field<u64> = le_u64("l1_table_offset", 40);
const IMAGE_SIZE: Field<u64> = le_u64("image_size", 48);
const BACKING_OFFSET: Field<u32> = le_u32("backing_filename_offset", 56);
const BACKING_SIZE: Field<u32> = le_u32("backing_filename_size", 60);
const HEADER_SIZE: usize = 64;

const HAS_BACKING_FILE: u64 = 1;
const NEEDS_CHECK: u64 = 2;
const KNOWN_FEATURES: u64 = 7;
const MAX_NAME: usize = 1023;

fn recognise(probe: &Probe) -> bool {
    let sane = |cluster: u32| cluster.is_power_of_two() && (4096..=64 * 1024 * 1024).contains(&cluster);
    probe.head_has(0, b"QED\0")
        && CLUSTER_SIZE.get(probe.head).is_ok_and(sane)
        && !raw::has_partition_table(probe.head, probe.size)
}

fn open(source: &Source, opening: &Opening) -> Result<Opened, ImageError> {
    let header = read_up_to(source.as_ref(), 0, HEADER_SIZE)?;
    let mut image = Image::new(Format::Qed, source.size());
    let size = IMAGE_SIZE.get(&header)?;
    let features = FEATURES.get(&header)?;
    let cluster = CLUSTER_SIZE.get(&header)?;
    image.virtual_size = Some(size);
    image.fact("image_size", format!("{size} bytes"));
    image.fact("cluster_size", format!("{cluster} bytes"));
    image.fact("features", format!("{features:#x}"));
    if features & HAS_BACKING_FILE != 0 {
        let length = (BACKING_SIZE.get(&header)? as usize).min(MAX_NAME);
        let name = read_up_to(source.as_ref(), u64::from(BACKING_OFFSET.get(&header)?), length)?;
        let name = String::from_utf8_lossy(&name).into_owned();
        let present = opening.set.find(&name).is_some();
        image.parent = Some(Parent { name, identity: None, present });
    }
    if features & NEEDS_CHECK != 0 {
        image.conditions.push(Condition::NotClosed { evidence: "the need-check bit of its features".into() });
    }
    if features & !KNOWN_FEATURES != 0 {
        let name = sentence!("features {bits}", bits = format!("{:#x}", features & !KNOWN_FEATURES));
        image.conditions.push(Condition::UnknownFeature { name });
    }
    let table = u64::from(TABLE_SIZE.get(&header)?).saturating_mul(u64::from(cluster));
    let needed = L1_TABLE_OFFSET.get(&header)?.saturating_add(table);
    if needed > source.size() {
        image.conditions.push(Condition::Truncated { structure: "L1 table", needed: Some(needed) });
    }
    Ok(Opened { image, disk: None })
}

#[cfg(test)]
mod tests {
    use super::super::Depth;
    use super::super::testing::{Folder, image_of, open_first};
    use super::*;

    #[test]
    fn a_disk_and_its_overlay_are_sized() {
        let folder = Folder::new();
        folder.qemu_img(&["create", "-q", "-f", "qed", "base.qed", "48M"]);
        folder.qemu_img(&["create", "-q", "-f", "qed", "-b", "base.qed", "-F", "qed", "top.qed"]);
        let base = open_first(&folder.set(&["base.qed"]), Depth::First).image;
        assert_eq!((base.format, base.virtual_size, base.parent), (Format::Qed, Some(48 << 20), None));
        assert_eq!(base.conditions, []);
        let top = open_first(&folder.set(&["top.qed", "base.qed"]), Depth::First).image;
        let parent = Parent { name: "base.qed".into(), identity: None, present: true };
        assert_eq!(top.parent, Some(parent));
    }

    #[test]
    fn a_cut_file_and_one_that_was_not_closed_say_so() {
        let folder = Folder::new();
        folder.qemu_img(&["create", "-q", "-f", "qed", "disk.qed", "48M"]);
        let mut bytes = folder.read("disk.qed");
        bytes[16] = 2;
        let evidence = "the need-check bit of its features".into();
        assert_eq!(image_of(&bytes).conditions, [Condition::NotClosed { evidence }]);
        bytes[16] = 0;
        let cut = image_of(&bytes[..512]);
        assert!(matches!(cut.conditions[..], [Condition::Truncated { structure: "L1 table", .. }]));
    }
}
