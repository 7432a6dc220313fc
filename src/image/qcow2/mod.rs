//! QCOW2, versions 2 and 3, by QEMU's `docs/interop/qcow2.rst`; version 1 in [`v1`].

mod compressed_cluster;
mod disk;
mod header;
mod parent;
mod survey;
mod tables;
pub mod v1;

#[cfg(test)]
mod tests;

use super::detect::{Probe, Reader};
use super::read_at::read_up_to;
use super::{Condition, Extent, Fault, Format, Image, ImageError, Opened, Opening, Source, raw};
use crate::sentence::sentence;
use disk::Disk;
use header::{Compression, Encryption, Header};
use survey::{l1_end, missing_end, survey};
use tables::{Entry, Meaning, Place, Tables};

/// Versions 2 and 3, and those that do not exist yet.
pub static READER: Reader = Reader { format: Format::Qcow2, recognise, open };

/// QEMU's limit on the L1 table, in bytes: 2 EiB of disk with clusters of 2 MiB.
const MAX_L1_BYTES: u64 = 32 * 1024 * 1024;

/// Bits 9 to 55 of an L1 entry, a standard L2 entry and a data offset.
const OFFSET_MASK: u64 = 0x00FF_FFFF_FFFF_FE00;
const ENTRY_COPIED: u64 = 1 << 63;
const ENTRY_COMPRESSED: u64 = 1 << 62;
const ENTRY_ZERO: u64 = 1;

fn recognise(probe: &Probe) -> bool {
    probe.head_has(0, header::MAGIC) && header::VERSION.get(probe.head).is_ok_and(|version| version != 1)
        // A guest may write the magic to its boot sector, but no QCOW2 header has a partition table in it.
        && !raw::has_partition_table(probe.head, probe.size)
}

fn open(source: &Source, opening: &Opening) -> Result<Opened, ImageError> {
    let mut image = Image::new(Format::Qcow2, source.size());
    let header = match Header::read(source) {
        Ok(header) => header,
        Err(error) => {
            let fields = read_up_to(source.as_ref(), 0, header::V2_HEADER_LENGTH)?;
            image.virtual_size = header::SIZE.get(&fields).ok();
            return damaged(image, error);
        }
    };
    image.subformat = Some(format!("v{}", header.version));
    image.virtual_size = Some(header.size);
    add_facts(&mut image, &header);
    add_conditions(&mut image, &header);
    if !header.unknown_features.is_empty() {
        // The tables may mean anything.
        return Ok(Opened { image, disk: None });
    }
    let backing = match &header.backing_file {
        Some(name) => parent::find(&mut image, name, header.backing_format.as_deref(), opening)?,
        None => None,
    };
    let data = data_file(&mut image, source, &header, opening);
    let tables = match tables(source, &header) {
        Ok(tables) => tables,
        Err(error) => return damaged(image, error),
    };
    match finish(&mut image, tables, data, backing.as_ref(), header.compression, opening) {
        Ok(disk) => Ok(Opened { image, disk: disk.filter(|_| header.encryption == Encryption::None) }),
        Err(error) => damaged(image, error),
    }
}

/// Looks the tables over and makes the disk, when every file that it needs is here.
fn finish(
    image: &mut Image,
    tables: Tables,
    data: Option<Source>,
    backing: Option<&Opened>,
    codec: Compression,
    opening: &Opening,
) -> Result<Option<Source>, ImageError> {
    let size = tables.source.size();
    if l1_end(&tables) > size {
        image.conditions.push(Condition::Truncated { structure: "L1 table", needed: Some(l1_end(&tables)) });
        return Ok(None);
    }
    let survey = survey(&tables, opening.depth)?;
    if let Some((structure, needed)) = missing_end(&tables, &survey, data.as_ref().unwrap_or(&tables.source))
    {
        image.conditions.push(Condition::Truncated { structure, needed: Some(needed) });
    }
    if survey.compressed > 0 {
        image.fact(
            "compressed clusters",
            if survey.complete { survey.compressed.to_string() } else { "yes".into() },
        );
    }
    if let Some(error) = survey.damage {
        image.conditions.push(Condition::Damaged(error));
    }
    if survey.complete {
        let mut runs = survey.runs;
        for run in backing.map_or(&[][..], |backing| &backing.image.allocated) {
            runs.add(run.clone());
        }
        image.allocated = runs.finish(tables.size);
    }
    let backing = match (&image.parent, backing) {
        (None, _) => None,
        (Some(_), Some(Opened { disk: Some(disk), .. })) => Some(disk.clone()),
        (Some(_), _) => return Ok(None),
    };
    Ok(data.map(|data| std::rc::Rc::new(Disk::new(tables, data, backing, codec)) as Source))
}

/// What is known of the image in spite of `error`.
fn damaged(mut image: Image, error: ImageError) -> Result<Opened, ImageError> {
    if error.fault == Fault::Read {
        return Err(error);
    }
    image.conditions.push(Condition::Damaged(error));
    Ok(Opened { image, disk: None })
}

fn tables(source: &Source, header: &Header) -> Result<Tables, ImageError> {
    let entry_size = if header.has(header::EXTENDED_L2) { 16 } else { 8 };
    let tables = Tables {
        source: source.clone(),
        l1_offset: header.l1_table_offset,
        l1_entries: 0,
        l1_mask: OFFSET_MASK,
        cluster_bits: header.cluster_bits,
        l2_bits: header.cluster_bits.saturating_sub(if entry_size == 16 { 4 } else { 3 }),
        entry_size,
        meaning: if entry_size == 16 { extended_meaning } else { standard_meaning },
        size: header.size,
        external_data: header.has(header::EXTERNAL_DATA_FILE),
    };
    let stored = u64::from(header.l1_size);
    if stored.saturating_mul(8) > MAX_L1_BYTES {
        let reason = sentence!("an L1 table of {stored} entries is larger than 32 MiB", stored);
        return Err(ImageError::over_limit("l1_size", 36, reason));
    }
    let needed = header.size.div_ceil(tables.l2_reach().max(1));
    if needed > stored {
        let reason = sentence!(
            "an L1 table of {stored} entries is too small for a disk that needs {needed}",
            stored,
            needed
        );
        return Err(ImageError::malformed("l1_size", 36, reason));
    }
    if entry_size == 16 && header.cluster_bits < 14 {
        let reason = "extended L2 entries need clusters of at least 16 KiB";
        return Err(ImageError::malformed("cluster_bits", 20, reason));
    }
    if header.l1_table_offset & tables.cluster_size().saturating_sub(1) != 0 {
        let reason = sentence!(
            "offset {offset} is not a multiple of the cluster size",
            offset = header.l1_table_offset
        );
        return Err(ImageError::malformed("l1_table_offset", 40, reason));
    }
    Ok(Tables { l1_entries: needed, ..tables })
}

fn standard_meaning(tables: &Tables, entry: Entry) -> Meaning {
    if entry.word & ENTRY_COMPRESSED != 0 {
        return compressed_meaning(tables, entry.word);
    }
    if entry.word & ENTRY_ZERO != 0 {
        return Meaning::Whole(Place::Zero);
    }
    match data_offset(tables, entry.word) {
        Ok(Some(offset)) => Meaning::Whole(Place::Data(offset)),
        Ok(None) => Meaning::Whole(Place::Backing),
        Err(reason) => Meaning::Invalid(reason),
    }
}

fn extended_meaning(tables: &Tables, entry: Entry) -> Meaning {
    if entry.word & ENTRY_COMPRESSED != 0 {
        return compressed_meaning(tables, entry.word);
    }
    let [a0, a1, a2, a3, z0, z1, z2, z3] = entry.bitmap.to_le_bytes();
    let allocated = u32::from_le_bytes([a0, a1, a2, a3]);
    let zero = u32::from_le_bytes([z0, z1, z2, z3]);
    match data_offset(tables, entry.word) {
        Ok(None) if allocated != 0 => Meaning::Invalid("a subcluster is allocated in no cluster"),
        Ok(data) => Meaning::Subclusters { data: data.unwrap_or(0), allocated, zero },
        Err(reason) => Meaning::Invalid(reason),
    }
}

/// The offset of a cluster's data; `None` where the cluster is not allocated.
fn data_offset(tables: &Tables, word: u64) -> Result<Option<u64>, &'static str> {
    let offset = word & OFFSET_MASK;
    if offset & tables.cluster_size().saturating_sub(1) != 0 {
        return Err("its cluster is not aligned");
    }
    // With an external data file a cluster may lie at offset 0, and bit 63 says that it does.
    let allocated = offset != 0 || (tables.external_data && word & ENTRY_COPIED != 0);
    Ok(allocated.then_some(offset))
}

/// A compressed cluster's descriptor: the offset in the low bits, above it the count of further 512-byte sectors.
fn compressed_meaning(tables: &Tables, word: u64) -> Meaning {
    if tables.external_data {
        return Meaning::Invalid("a cluster is compressed although the data lies in an external file");
    }
    let offset_bits = 62_u32.saturating_sub(tables.cluster_bits.saturating_sub(8));
    let offset = word & 1_u64.wrapping_shl(offset_bits).saturating_sub(1);
    let sectors = (word & ENTRY_COMPRESSED.saturating_sub(1)).wrapping_shr(offset_bits).saturating_add(1);
    let length = sectors.saturating_mul(512).saturating_sub(offset & 511);
    Meaning::Whole(Place::Compressed { offset, length })
}

/// The file with the guest's clusters: the image itself, or the external data file where it is here.
fn data_file(image: &mut Image, source: &Source, header: &Header, opening: &Opening) -> Option<Source> {
    if !header.has(header::EXTERNAL_DATA_FILE) {
        return Some(source.clone());
    }
    let name = header.data_file.clone().unwrap_or_else(|| "(the image does not name it)".into());
    let found = header.data_file.as_ref().and_then(|name| opening.set.find(name));
    image.extents.push(Extent {
        name: name.clone(),
        kind: "external data file".into(),
        size: header.size,
        expected_file_size: None,
        present: found.is_some(),
    });
    if found.is_none() {
        image.conditions.push(Condition::ExternalData { name });
    }
    found.map(|file| file.source.clone())
}

fn add_conditions(image: &mut Image, header: &Header) {
    let scheme = match header.encryption {
        Encryption::None => None,
        Encryption::Aes => Some("AES"),
        Encryption::Luks => Some("LUKS"),
        Encryption::Other(_) => Some("unknown"),
    };
    if let Some(scheme) = scheme {
        image.conditions.push(Condition::Encrypted { scheme });
    }
    if header.has(header::DIRTY) {
        image
            .conditions
            .push(Condition::NotClosed { evidence: "the dirty bit of its incompatible features".into() });
    }
    if header.has(header::CORRUPT) {
        image.conditions.push(Condition::MarkedCorrupt);
    }
    for name in &header.unknown_features {
        image.conditions.push(Condition::UnknownFeature { name: name.clone() });
    }
    if header.snapshots > 0 {
        image.conditions.push(Condition::InternalSnapshots { count: header.snapshots });
    }
    if !header.size.is_multiple_of(512) {
        image.conditions.push(Condition::OddSize);
    }
}

fn add_facts(image: &mut Image, header: &Header) {
    image.fact("version", header.version.to_string());
    image.fact("size", format!("{} bytes", header.size));
    image.fact("cluster size", format!("{} bytes", 1_u64.wrapping_shl(header.cluster_bits)));
    image.fact("L1 table", format!("{} entries at offset {}", header.l1_size, header.l1_table_offset));
    if header.version >= 3 {
        let width = 1_u64.checked_shl(header.refcount_order).unwrap_or(0);
        image.fact("refcount width", format!("{width} bits"));
        image.fact("incompatible features", format!("{:#x}", header.incompatible));
        let lazy = header.compatible & header::LAZY_REFCOUNTS != 0;
        image.fact("lazy refcounts", if lazy { "yes" } else { "no" });
        let extended = header.has(header::EXTENDED_L2);
        image.fact("extended L2 entries", if extended { "yes" } else { "no" });
    }
    let compression = match header.compression {
        Compression::Deflate => "zlib",
        Compression::Zstd => "zstd",
    };
    image.fact("compression type", compression);
    match header.encryption {
        Encryption::None => {}
        Encryption::Aes => image.fact("encryption", "AES"),
        Encryption::Luks => image.fact("encryption", "LUKS"),
        Encryption::Other(method) => image.fact("encryption", format!("method {method}")),
    }
    if let Some(name) = &header.backing_file {
        image.fact("backing file", name.clone());
    }
    if let Some(format) = &header.backing_format {
        image.fact("backing format", format.clone());
    }
    if let Some(name) = &header.data_file {
        image.fact("data file", name.clone());
    }
    if header.snapshots > 0 {
        image.fact("internal snapshots", header.snapshots.to_string());
    }
    if header.bitmaps > 0 {
        image.fact("bitmaps", header.bitmaps.to_string());
    }
}
