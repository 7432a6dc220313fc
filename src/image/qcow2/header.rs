//! The header of QCOW2 and its extensions (QEMU's `docs/interop/qcow2.rst`): big-endian throughout.

use super::super::layout::{Field, be_u32, be_u64, bytes_at, u8_at};
use super::super::read_at::read_up_to;
use super::super::{ImageError, Source};
use crate::sentence::{Sentence, sentence};

pub(super) const MAGIC: &[u8] = b"QFI\xfb";

pub(super) const VERSION: Field<u32> = be_u32("version", 4);
const BACKING_FILE_OFFSET: Field<u64> = be_u64("backing_file_offset", 8);
const BACKING_FILE_SIZE: Field<u32> = be_u32("backing_file_size", 16);
const CLUSTER_BITS: Field<u32> = be_u32("cluster_bits", 20);
/// In the same place in every version, those to come included as far as anyone can tell.
pub(super) const SIZE: Field<u64> = be_u64("size", 24);
const CRYPT_METHOD: Field<u32> = be_u32("crypt_method", 32);
const L1_SIZE: Field<u32> = be_u32("l1_size", 36);
const L1_TABLE_OFFSET: Field<u64> = be_u64("l1_table_offset", 40);
const NB_SNAPSHOTS: Field<u32> = be_u32("nb_snapshots", 60);
const INCOMPATIBLE_FEATURES: Field<u64> = be_u64("incompatible_features", 72);
const COMPATIBLE_FEATURES: Field<u64> = be_u64("compatible_features", 80);
const REFCOUNT_ORDER: Field<u32> = be_u32("refcount_order", 96);
const HEADER_LENGTH: Field<u32> = be_u32("header_length", 100);
const COMPRESSION_TYPE: Field<u8> = u8_at("compression_type", 104);

/// The header of version 2 ends here; version 3 says its own length.
pub(super) const V2_HEADER_LENGTH: usize = 72;
/// The shortest header of version 3: `compression_type` was added later.
const V3_HEADER_LENGTH: usize = 104;

const EXTENSION_TYPE: Field<u32> = be_u32("header extension type", 0);
const EXTENSION_LENGTH: Field<u32> = be_u32("header extension length", 4);
const EXTENSION_END: u32 = 0;
const EXTENSION_BACKING_FORMAT: u32 = 0xE279_2ACA;
const EXTENSION_FEATURE_NAMES: u32 = 0x6803_F857;
const EXTENSION_BITMAPS: u32 = 0x2385_2875;
const EXTENSION_DATA_FILE: u32 = 0x4441_5441;

const FEATURE_TYPE: Field<u8> = u8_at("feature type", 0);
const FEATURE_BIT: Field<u8> = u8_at("feature bit", 1);
const FEATURE_NAME: Field<[u8; 46]> = bytes_at("feature name", 2);
const FEATURE_ENTRY: usize = 48;
const FEATURE_TYPE_INCOMPATIBLE: u8 = 0;

const NB_BITMAPS: Field<u32> = be_u32("nb_bitmaps", 0);

/// Incompatible feature: the image was not closed, its reference counts may be wrong.
pub(super) const DIRTY: u64 = 1;
/// Incompatible feature: QEMU found the metadata inconsistent.
pub(super) const CORRUPT: u64 = 1 << 1;
/// Incompatible feature: the guest's clusters lie in another file.
pub(super) const EXTERNAL_DATA_FILE: u64 = 1 << 2;
/// Incompatible feature: `compression_type` is not zero.
const COMPRESSION: u64 = 1 << 3;
/// Incompatible feature: L2 entries of 16 bytes, with 32 subclusters each.
pub(super) const EXTENDED_L2: u64 = 1 << 4;
const KNOWN_INCOMPATIBLE: u64 = DIRTY | CORRUPT | EXTERNAL_DATA_FILE | COMPRESSION | EXTENDED_L2;

/// Compatible feature: reference counts are written late, so that the dirty bit is set while the image is open.
pub(super) const LAZY_REFCOUNTS: u64 = 1;

/// QEMU reads the backing file's name up to this length (`PATH_MAX` less one).
const MAX_NAME: usize = 1023;
/// The header and its extensions lie in the first cluster; no writer fills more than this of it.
const MAX_HEADER: usize = 64 * 1024;
/// How many extensions are looked at: each writer makes at most one of each kind.
const MAX_EXTENSIONS: usize = 64;

/// How the guest's data is encrypted by the container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encryption {
    None,
    Aes,
    Luks,
    Other(u32),
}

/// How compressed clusters are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compression {
    /// Raw deflate (RFC 1951), which the format calls "zlib".
    Deflate,
    Zstd,
}

/// What the header and its extensions say.
#[derive(Debug, Clone)]
pub(super) struct Header {
    pub(super) version: u32,
    pub(super) cluster_bits: u32,
    /// The virtual disk's size in bytes.
    pub(super) size: u64,
    pub(super) encryption: Encryption,
    /// How many entries the L1 table has.
    pub(super) l1_size: u32,
    pub(super) l1_table_offset: u64,
    pub(super) snapshots: u32,
    pub(super) incompatible: u64,
    pub(super) compatible: u64,
    pub(super) refcount_order: u32,
    pub(super) compression: Compression,
    pub(super) backing_file: Option<String>,
    pub(super) backing_format: Option<String>,
    pub(super) data_file: Option<String>,
    pub(super) bitmaps: u32,
    /// Incompatible features that are not read here, by name where the image names them.
    pub(super) unknown_features: Vec<Sentence>,
}

impl Header {
    /// Reads the header at the start of `source`.
    ///
    /// # Errors
    /// Malformed or unsupported where a field has a value that the format does not allow; a name that lies outside
    /// the file is left out, because the disk may be sound without it.
    pub(super) fn read(source: &Source) -> Result<Self, ImageError> {
        let bytes = read_up_to(source.as_ref(), 0, MAX_HEADER)?;
        let version = VERSION.get(&bytes)?;
        if !(2..=3).contains(&version) {
            return Err(ImageError::unsupported(
                VERSION.name,
                VERSION.offset as u64,
                sentence!("version {version} is none that is known (1 to 3)", version),
            ));
        }
        let cluster_bits = CLUSTER_BITS.get(&bytes)?;
        if !(9..=21).contains(&cluster_bits) {
            return Err(ImageError::malformed(
                CLUSTER_BITS.name,
                CLUSTER_BITS.offset as u64,
                sentence!("clusters of 2^{cluster_bits} bytes are outside 512 bytes to 2 MiB", cluster_bits),
            ));
        }
        let mut header = Self {
            version,
            cluster_bits,
            size: SIZE.get(&bytes)?,
            encryption: match CRYPT_METHOD.get(&bytes)? {
                0 => Encryption::None,
                1 => Encryption::Aes,
                2 => Encryption::Luks,
                other => Encryption::Other(other),
            },
            l1_size: L1_SIZE.get(&bytes)?,
            l1_table_offset: L1_TABLE_OFFSET.get(&bytes)?,
            snapshots: NB_SNAPSHOTS.get(&bytes)?,
            incompatible: 0,
            compatible: 0,
            refcount_order: 4,
            compression: Compression::Deflate,
            backing_file: backing_file(source, &bytes)?,
            backing_format: None,
            data_file: None,
            bitmaps: 0,
            unknown_features: Vec::new(),
        };
        let mut length = V2_HEADER_LENGTH;
        if version == 3 {
            header.incompatible = INCOMPATIBLE_FEATURES.get(&bytes)?;
            header.compatible = COMPATIBLE_FEATURES.get(&bytes)?;
            header.refcount_order = REFCOUNT_ORDER.get(&bytes)?;
            length = HEADER_LENGTH.get(&bytes)? as usize;
            if !(V3_HEADER_LENGTH..=MAX_HEADER).contains(&length) {
                return Err(ImageError::malformed(
                    HEADER_LENGTH.name,
                    HEADER_LENGTH.offset as u64,
                    sentence!(
                        "a header of {length} bytes is outside 104 to {most}",
                        length,
                        most = MAX_HEADER
                    ),
                ));
            }
            // A file that was cut within its header is still sized; zero is the default.
            if length > COMPRESSION_TYPE.offset {
                header.compression = compression(COMPRESSION_TYPE.get(&bytes).unwrap_or(0))?;
            }
        }
        let mut names = FeatureNames::default();
        header.read_extensions(bytes.get(length..).unwrap_or_default(), &mut names);
        header.unknown_features = names.of(header.incompatible & !KNOWN_INCOMPATIBLE);
        Ok(header)
    }

    fn read_extensions(&mut self, mut rest: &[u8], names: &mut FeatureNames) {
        for _ in 0..MAX_EXTENSIONS {
            let (Ok(kind), Ok(length)) = (EXTENSION_TYPE.get(rest), EXTENSION_LENGTH.get(rest)) else {
                return;
            };
            let length = length as usize;
            let Some(data) = rest.get(8..).and_then(|rest| rest.get(..length)) else { return };
            match kind {
                EXTENSION_END => return,
                EXTENSION_BACKING_FORMAT => self.backing_format = Some(text(data)),
                EXTENSION_FEATURE_NAMES => names.add(data),
                EXTENSION_BITMAPS => self.bitmaps = NB_BITMAPS.get(data).unwrap_or(0),
                EXTENSION_DATA_FILE => self.data_file = Some(text(data)),
                // The specification asks readers to skip the ones they do not know.
                _ => {}
            }
            let next = length.next_multiple_of(8).saturating_add(8);
            rest = rest.get(next..).unwrap_or_default();
        }
    }

    pub(super) fn has(&self, incompatible: u64) -> bool {
        self.incompatible & incompatible != 0
    }
}

fn compression(kind: u8) -> Result<Compression, ImageError> {
    match kind {
        0 => Ok(Compression::Deflate),
        1 => Ok(Compression::Zstd),
        other => Err(ImageError::unsupported(
            COMPRESSION_TYPE.name,
            COMPRESSION_TYPE.offset as u64,
            sentence!("compression type {other} is neither zlib (0) nor zstd (1)", other),
        )),
    }
}

/// The backing file's name: QCOW v1 keeps it in the same two fields.
pub(super) fn backing_file(source: &Source, header: &[u8]) -> Result<Option<String>, ImageError> {
    let offset = BACKING_FILE_OFFSET.get(header)?;
    let length = (BACKING_FILE_SIZE.get(header)? as usize).min(MAX_NAME);
    if offset == 0 || length == 0 {
        return Ok(None);
    }
    Ok(Some(text(&read_up_to(source.as_ref(), offset, length)?)))
}

/// Bytes that a person should be able to read: a name in a header ends at its first zero byte.
fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).into_owned()
}

/// The names that the image itself gives to its feature bits.
#[derive(Default)]
struct FeatureNames {
    incompatible: Vec<(u8, String)>,
}

impl FeatureNames {
    fn add(&mut self, table: &[u8]) {
        for entry in table.chunks_exact(FEATURE_ENTRY) {
            if let (Ok(FEATURE_TYPE_INCOMPATIBLE), Ok(bit), Ok(name)) =
                (FEATURE_TYPE.get(entry), FEATURE_BIT.get(entry), FEATURE_NAME.get(entry))
            {
                self.incompatible.push((bit, text(&name)));
            }
        }
    }

    fn of(&self, bits: u64) -> Vec<Sentence> {
        (0..64_u8)
            .filter(|bit| bits.wrapping_shr(u32::from(*bit)) & 1 == 1)
            .map(|bit| match self.incompatible.iter().find(|(named, _)| *named == bit) {
                Some((_, name)) => Sentence::verbatim(name.clone()),
                None => sentence!("incompatible feature bit {bit}", bit),
            })
            .collect()
    }
}
