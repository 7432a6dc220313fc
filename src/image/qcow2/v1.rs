//! QCOW, the first version of QEMU's format (`block/qcow.c` is its only description): big-endian, no reference
//! counts, no features.

use super::super::detect::{Probe, Reader};
use super::super::layout::{Field, be_u32, be_u64, u8_at};
use super::super::read_at::read_up_to;
use super::super::{Condition, Format, Image, ImageError, Opened, Opening, Source, raw};
use super::header::{self, Compression};
use super::tables::{Entry, Meaning, Place, Tables};
use super::{damaged, finish, parent};
use crate::sentence::sentence;

/// Version 1.
pub static READER: Reader = Reader { format: Format::Qcow, recognise, open };

const SIZE: Field<u64> = be_u64("size", 24);
const CLUSTER_BITS: Field<u8> = u8_at("cluster_bits", 32);
const L2_BITS: Field<u8> = u8_at("l2_bits", 33);
const CRYPT_METHOD: Field<u32> = be_u32("crypt_method", 36);
const L1_TABLE_OFFSET: Field<u64> = be_u64("l1_table_offset", 40);
const HEADER_SIZE: usize = 48;

const ENTRY_COMPRESSED: u64 = 1 << 63;
/// QEMU's limit on the L1 table, in entries.
const MAX_L1_ENTRIES: u64 = i32::MAX as u64 / 8;

fn recognise(probe: &Probe) -> bool {
    probe.head_has(0, header::MAGIC)
        && header::VERSION.get(probe.head) == Ok(1)
        && !raw::has_partition_table(probe.head, probe.size)
}

fn open(source: &Source, opening: &Opening) -> Result<Opened, ImageError> {
    let header = read_up_to(source.as_ref(), 0, HEADER_SIZE)?;
    let size = SIZE.get(&header)?;
    let mut image = Image::new(Format::Qcow, source.size());
    image.subformat = Some("v1".into());
    image.virtual_size = Some(size);
    let tables = match tables(source, &header) {
        Ok(tables) => tables,
        Err(error) => return damaged(image, error),
    };
    image.fact("version", "1");
    image.fact("size", format!("{size} bytes"));
    image.fact("cluster size", format!("{} bytes", tables.cluster_size()));
    image.fact("L1 table", format!("{} entries at offset {}", tables.l1_entries, tables.l1_offset));
    let method = CRYPT_METHOD.get(&header)?;
    if method != 0 {
        let scheme = if method == 1 { "AES" } else { "unknown" };
        image.conditions.push(Condition::Encrypted { scheme });
    }
    let backing = match header::backing_file(source, &header)? {
        Some(name) => {
            image.fact("backing file", name.clone());
            parent::find(&mut image, &name, None, opening)?
        }
        None => None,
    };
    let data = Some(source.clone());
    match finish(&mut image, tables, data, backing.as_ref(), Compression::Deflate, opening) {
        Ok(disk) => Ok(Opened { image, disk: disk.filter(|_| method == 0) }),
        Err(error) => damaged(image, error),
    }
}

fn tables(source: &Source, header: &[u8]) -> Result<Tables, ImageError> {
    let cluster_bits = u32::from(CLUSTER_BITS.get(header)?);
    let l2_bits = u32::from(L2_BITS.get(header)?);
    if !(9..=16).contains(&cluster_bits) {
        let reason =
            sentence!("clusters of 2^{cluster_bits} bytes are outside 512 bytes to 64 KiB", cluster_bits);
        return Err(ImageError::malformed(CLUSTER_BITS.name, CLUSTER_BITS.offset as u64, reason));
    }
    if !(6..=13).contains(&l2_bits) {
        let reason = sentence!("L2 tables of 2^{l2_bits} entries are outside 64 to 8192", l2_bits);
        return Err(ImageError::malformed(L2_BITS.name, L2_BITS.offset as u64, reason));
    }
    let mut tables = Tables {
        source: source.clone(),
        l1_offset: L1_TABLE_OFFSET.get(header)?,
        l1_entries: 0,
        l1_mask: u64::MAX,
        cluster_bits,
        l2_bits,
        entry_size: 8,
        meaning,
        size: SIZE.get(header)?,
        external_data: false,
    };
    tables.l1_entries = tables.size.div_ceil(tables.l2_reach().max(1));
    if tables.l1_entries > MAX_L1_ENTRIES {
        let reason = sentence!(
            "a disk of {size} bytes needs a larger L1 table than the format has",
            size = tables.size
        );
        return Err(ImageError::over_limit(SIZE.name, SIZE.offset as u64, reason));
    }
    Ok(tables)
}

/// An entry is the cluster's offset, or with bit 63 set its compressed length in bytes above its offset.
fn meaning(tables: &Tables, entry: Entry) -> Meaning {
    let word = entry.word;
    Meaning::Whole(if word == 0 {
        Place::Backing
    } else if word & ENTRY_COMPRESSED == 0 {
        Place::Data(word)
    } else {
        let offset_bits = 63_u32.saturating_sub(tables.cluster_bits);
        let offset = word & 1_u64.wrapping_shl(offset_bits).saturating_sub(1);
        let length = word.wrapping_shr(offset_bits) & tables.cluster_size().saturating_sub(1);
        Place::Compressed { offset, length }
    })
}
