//! The older format of LZMA (`lzma-file-format.txt` of XZ Utils): a header of 13 bytes without any magic number.

use super::super::detect::{Probe, Reader};
use super::super::layout::{Field, le_u32, le_u64, u8_at};
use super::super::{Format, Image, ImageError, Opened, Opening, Source, raw};
use super::inside::{Beginning, Budget, describe};
use lzma_rust2::LzmaReader;
use std::io::Read;

pub(super) static READER: Reader = Reader { format: Format::Lzma, recognise, open };

const PROPERTIES: Field<u8> = u8_at("properties", 0);
const DICTIONARY_SIZE: Field<u32> = le_u32("dictionary size", 1);
const UNCOMPRESSED_SIZE: Field<u64> = le_u64("uncompressed size", 5);
const HEADER: usize = 13;

/// What `lzma` and `xz` write: three literal context bits, no literal position bits, two position bits.
const USUAL_PROPERTIES: u8 = 0x5D;
const SIZE_UNKNOWN: u64 = u64::MAX;
/// XZ Utils takes a file with a larger size for something else.
const MAX_SIZE: u64 = 256 << 30;
/// Enough to see whether the data is compressed like this.
const TRIAL: usize = 512;

fn recognise(probe: &Probe) -> bool {
    let (Ok(properties), Ok(dictionary), Ok(size)) =
        (PROPERTIES.get(probe.head), DICTIONARY_SIZE.get(probe.head), UNCOMPRESSED_SIZE.get(probe.head))
    else {
        return false;
    };
    properties == USUAL_PROPERTIES
        && (dictionary.is_power_of_two() || (dictionary / 3).is_power_of_two())
        && dictionary >= 4096
        && (size == SIZE_UNKNOWN || size <= MAX_SIZE)
        && !raw::has_partition_table(probe.head, probe.size)
        && decompress(probe.head, TRIAL).is_some_and(|beginning| !beginning.bytes.is_empty())
}

fn open(source: &Source, opening: &Opening) -> Result<Opened, ImageError> {
    let mut image = Image::new(Format::Lzma, source.size());
    let budget = Budget::of(opening.depth);
    let input = budget.read(source, 0)?;
    let size = Some(UNCOMPRESSED_SIZE.get(&input)?).filter(|size| *size != SIZE_UNKNOWN);
    image.fact(DICTIONARY_SIZE.name, format!("{} bytes", DICTIONARY_SIZE.get(&input)?));
    if let Some(beginning) = decompress(&input, budget.output) {
        describe(&mut image, beginning, size, opening)?;
    }
    Ok(Opened { image, disk: None })
}

fn decompress(input: &[u8], limit: usize) -> Option<Beginning> {
    let properties = PROPERTIES.get(input).ok()?;
    let size = UNCOMPRESSED_SIZE.get(input).ok()?;
    // The dictionary need not be larger than what is decompressed.
    let dictionary = u32::try_from(limit.max(4096)).ok()?;
    let data = input.get(HEADER..)?;
    let reader = LzmaReader::new_with_props(data, size, properties, dictionary, None).ok()?;
    Some(drain(reader, limit))
}

/// What `reader` gives, up to `limit` bytes or to its first error: the input was cut on purpose.
pub(super) fn drain(mut reader: impl Read, limit: usize) -> Beginning {
    // Small steps, because what a failing read has already decoded is lost.
    const STEP: usize = 1024;
    let mut bytes = vec![0; limit];
    let mut filled = 0_usize;
    let mut ended = false;
    while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        let step = rest.len().min(STEP);
        match reader.read(rest.get_mut(..step).unwrap_or_default()) {
            Ok(0) => {
                ended = true;
                break;
            }
            Ok(read) => filled = filled.saturating_add(read),
            Err(_) => break,
        }
    }
    bytes.truncate(filled);
    Beginning { bytes, ended }
}
