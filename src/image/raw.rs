//! A raw disk: no header, so it is what no other format's reader takes. It is tried last and takes everything.
//!
//! A guest can write any bytes to the first sector of its disk, so a disk may begin like another format. What such
//! a disk has and no container has in its header is a partition table.

use super::detect::Reader;
use super::layout::{Field, le_u32, u8_at};
use super::read_at::read_up_to;
use super::{Condition, Format, Image, ImageError, Opened, Opening, Source};

/// Takes every file.
pub static READER: Reader = Reader { format: Format::Raw, recognise: |_| true, open };

const SECTOR: u64 = 512;

/// Where other formats have their magic number: for what a raw disk looks like besides. The magic of VHD also
/// stands at the end of a file, where a sound one is no raw disk.
const MAGICS: &[(Format, usize, &[u8])] = &[
    (Format::Vmdk, 0, b"KDMV"),
    (Format::Vmdk, 0, b"COWD"),
    (Format::Vmdk, 0, b"\xbe\xba\xfe\xca\0\0\0\0"),
    (Format::Vmdk, 0, b"# Disk DescriptorFile"),
    (Format::Vhd, 0, b"conectix"),
    (Format::Vhdx, 0, b"vhdxfile"),
    (Format::Qcow2, 0, b"QFI\xfb"),
    (Format::Qed, 0, b"QED\0"),
    (Format::Vdi, 0x40, b"\x7f\x10\xda\xbe"),
    (Format::Parallels, 0, b"WithoutFreeSpace"),
    (Format::Parallels, 0, b"WithouFreSpacExt"),
    (Format::Ewf, 0, b"EVF\x09\x0d\x0a\xff\0"),
    (Format::Squashfs, 0, b"hsqs"),
    (Format::Gzip, 0, b"\x1f\x8b\x08"),
    (Format::Xz, 0, b"\xfd7zXZ\0"),
    (Format::Zstd, 0, b"\x28\xb5\x2f\xfd"),
    (Format::Bzip2, 0, b"BZh"),
    (Format::Lz4, 0, b"\x04\x22\x4d\x18"),
    (Format::Zip, 0, b"PK\x03\x04"),
    (Format::SevenZip, 0, b"7z\xbc\xaf\x27\x1c"),
    (Format::Rar, 0, b"Rar!\x1a\x07"),
];

fn open(source: &Source, _opening: &Opening) -> Result<Opened, ImageError> {
    Ok(Opened { image: describe(source)?, disk: Some(source.clone()) })
}

/// What there is to say of `source` as a raw disk.
///
/// # Errors
/// Only reads that failed.
pub fn describe(source: &Source) -> Result<Image, ImageError> {
    let size = source.size();
    let mut image = Image::new(Format::Raw, size);
    image.virtual_size = Some(size);
    if !size.is_multiple_of(SECTOR) {
        image.conditions.push(Condition::OddSize);
    }
    let head = read_up_to(source.as_ref(), 0, 512)?;
    if let Some(format) = looks_like(&head) {
        image.conditions.push(Condition::LooksLike { format });
    }
    Ok(image)
}

/// The format whose magic number the first sector has.
fn looks_like(head: &[u8]) -> Option<Format> {
    MAGICS
        .iter()
        .find(|(_, offset, magic)| head.get(*offset..).is_some_and(|bytes| bytes.starts_with(magic)))
        .map(|(format, ..)| *format)
}

const SIGNATURE: usize = 510;
const PARTITIONS: std::ops::Range<usize> = 446..510;
const ENTRY: usize = 16;
const STATUS: Field<u8> = u8_at("boot indicator", 0);
const KIND: Field<u8> = u8_at("partition type", 4);
const FIRST_SECTOR: Field<u32> = le_u32("first sector", 8);
const SECTORS: Field<u32> = le_u32("number of sectors", 12);

/// Whether `head`, the beginning of a file of `size` bytes, has a partition table that makes sense for that size:
/// the second structure that tells a raw disk with a look-alike first sector from a container.
pub fn has_partition_table(head: &[u8], size: u64) -> bool {
    if head.get(SIGNATURE..).is_none_or(|bytes| !bytes.starts_with(b"\x55\xaa")) {
        return false;
    }
    let sectors = size / SECTOR;
    let mut used = 0_u8;
    for entry in head.get(PARTITIONS).unwrap_or_default().chunks_exact(ENTRY) {
        let (Ok(status), Ok(kind), Ok(first), Ok(count)) =
            (STATUS.get(entry), KIND.get(entry), FIRST_SECTOR.get(entry), SECTORS.get(entry))
        else {
            return false;
        };
        if status != 0 && status != 0x80 {
            return false;
        }
        if kind == 0 && count == 0 {
            continue;
        }
        if kind == 0 || first == 0 || count == 0 || u64::from(first) >= sectors {
            return false;
        }
        used = used.saturating_add(1);
    }
    used > 0
}

#[cfg(test)]
mod tests {
    use super::super::{FileSet, detect};
    use super::*;
    use std::rc::Rc;

    fn disk_that_begins_with(magic: &[u8]) -> Vec<u8> {
        let mut disk = vec![0; 1 << 20];
        disk[..magic.len()].copy_from_slice(magic);
        disk[446..462].copy_from_slice(&[0x80, 0, 2, 0, 0x83, 0, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0]);
        disk[510..512].copy_from_slice(b"\x55\xaa");
        disk
    }

    fn opened(bytes: Vec<u8>) -> Opened {
        let source: Source = Rc::new(bytes);
        let set = FileSet::of("disk.img", source.clone());
        let opening = Opening { name: "disk.img", set: &set, depth: super::super::Depth::First, nesting: 0 };
        detect::open(&source, &opening).unwrap()
    }

    #[test]
    fn a_disk_with_a_partition_table_is_raw_whatever_its_boot_code_begins_with() {
        for (format, offset, magic) in MAGICS {
            let mut start = vec![0; *offset];
            start.extend_from_slice(magic);
            let opened = opened(disk_that_begins_with(&start));
            assert_eq!(opened.image.format, Format::Raw, "{format:?}");
            assert_eq!(opened.image.virtual_size, Some(1 << 20));
            assert_eq!(opened.image.conditions, [Condition::LooksLike { format: *format }]);
            assert!(opened.disk.is_some());
        }
    }

    #[test]
    fn a_size_that_is_no_whole_number_of_sectors_is_said() {
        assert_eq!(opened(vec![1; 1000]).image.conditions, [Condition::OddSize]);
        assert_eq!(opened(vec![1; 1024]).image.conditions, []);
    }

    #[test]
    fn a_partition_that_begins_beyond_the_end_is_no_partition_table() {
        let disk = disk_that_begins_with(b"");
        assert!(has_partition_table(&disk, 1 << 20));
        assert!(!has_partition_table(&disk, 0x100 * 512));
    }

    #[test]
    fn a_boot_sector_without_partitions_is_no_partition_table() {
        let mut disk = disk_that_begins_with(b"");
        disk[446..462].fill(0);
        assert!(!has_partition_table(&disk, 1 << 20));
        disk[446] = 0x7f;
        assert!(!has_partition_table(&disk, 1 << 20));
    }
}
