//! SquashFS, a compressed read-only file system and no disk (the kernel's `fs/squashfs/squashfs_fs.h`):
//! little-endian.

use super::detect::{Probe, Reader};
use super::layout::{Field, le_u16, le_u32, le_u64};
use super::read_at::read_up_to;
use super::{Condition, Format, Image, ImageError, Opened, Opening, Source, raw};

/// SquashFS, version 4.
pub static READER: Reader = Reader { format: Format::Squashfs, recognise, open };

const BLOCK_SIZE: Field<u32> = le_u32("block_size", 12);
const COMPRESSION: Field<u16> = le_u16("compression", 20);
const BLOCK_LOG: Field<u16> = le_u16("block_log", 22);
const MAJOR: Field<u16> = le_u16("s_major", 28);
const BYTES_USED: Field<u64> = le_u64("bytes_used", 40);
const SUPERBLOCK_SIZE: usize = 96;

const COMPRESSIONS: &[&str] = &["none", "gzip", "lzma", "lzo", "xz", "lz4", "zstd"];

fn recognise(probe: &Probe) -> bool {
    let (Ok(block), Ok(log), Ok(major)) =
        (BLOCK_SIZE.get(probe.head), BLOCK_LOG.get(probe.head), MAJOR.get(probe.head))
    else {
        return false;
    };
    probe.head_has(0, b"hsqs")
        && major == 4
        && 1_u32.checked_shl(u32::from(log)) == Some(block)
        && !raw::has_partition_table(probe.head, probe.size)
}

fn open(source: &Source, _opening: &Opening) -> Result<Opened, ImageError> {
    let superblock = read_up_to(source.as_ref(), 0, SUPERBLOCK_SIZE)?;
    let mut image = Image::new(Format::Squashfs, source.size());
    let used = BYTES_USED.get(&superblock)?;
    let compression = COMPRESSIONS.get(usize::from(COMPRESSION.get(&superblock)?));
    image.fact("block_size", format!("{} bytes", BLOCK_SIZE.get(&superblock)?));
    image.fact("compression", *compression.unwrap_or(&"unknown"));
    image.fact("bytes_used", used.to_string());
    if used > source.size() {
        image.conditions.push(Condition::Truncated { structure: "file system", needed: Some(used) });
    }
    Ok(Opened { image, disk: None })
}

#[cfg(test)]
mod tests {
    use super::super::testing::image_of;
    use super::*;

    fn file_system() -> Vec<u8> {
        let mut bytes = vec![0; 4096];
        bytes[..4].copy_from_slice(b"hsqs");
        bytes[12..16].copy_from_slice(&0x2_0000_u32.to_le_bytes());
        bytes[20..24].copy_from_slice(&[4, 0, 17, 0]);
        bytes[28] = 4;
        bytes[40..42].copy_from_slice(&4000_u16.to_le_bytes());
        bytes
    }

    #[test]
    fn a_file_system_is_named_with_its_compression() {
        let image = image_of(&file_system());
        assert_eq!((image.format, image.conditions.len()), (Format::Squashfs, 0));
        assert!(image.facts.iter().any(|fact| fact.name == "compression" && fact.value == "xz"));
    }

    #[test]
    fn a_cut_file_system_is_truncated_and_one_with_odd_blocks_none() {
        let mut bytes = file_system();
        let needed = Some(4000);
        let cut = image_of(&bytes[..2048]).conditions;
        assert_eq!(cut, [Condition::Truncated { structure: "file system", needed }]);
        bytes[22] = 16;
        assert_eq!(image_of(&bytes).format, Format::Raw);
    }
}
