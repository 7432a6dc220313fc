//! bzip2: blocks of up to 900 kB, which decompress as a whole or not at all. It says no size.

use super::super::detect::{Probe, Reader};
use super::super::{Format, Image, ImageError, Opened, Opening, Source, raw};
use super::inside::{Beginning, Budget, describe, note_damage};
use crate::sentence::Sentence;
use ::bzip2::{Decompress, Status};

pub(super) static READER: Reader = Reader { format: Format::Bzip2, recognise, open };

/// The magic of a block: the digits of pi.
const BLOCK: &[u8] = b"\x31\x41\x59\x26\x53\x59";
/// The magic of the end: the digits of its square root.
const END: &[u8] = b"\x17\x72\x45\x38\x50\x90";

fn recognise(probe: &Probe) -> bool {
    probe.head_has(0, b"BZh")
        && probe.head.get(3).is_some_and(|level| (b'1'..=b'9').contains(level))
        && (probe.head_has(4, BLOCK) || probe.head_has(4, END))
        && !raw::has_partition_table(probe.head, probe.size)
}

fn open(source: &Source, opening: &Opening) -> Result<Opened, ImageError> {
    let mut image = Image::new(Format::Bzip2, source.size());
    let level = source_level(source)?;
    image.fact("block size", format!("{}00 kB", char::from(level)));
    let budget = Budget::of(opening.depth);
    let input = budget.read(source, 0)?;
    match decompress(&input, budget.output) {
        Ok(mut beginning) => {
            // Another stream may follow the first.
            beginning.ended &= input.len() as u64 == source.size();
            describe(&mut image, beginning, None, opening)?;
        }
        Err(reason) => note_damage(&mut image, 0, reason),
    }
    Ok(Opened { image, disk: None })
}

fn source_level(source: &Source) -> Result<u8, ImageError> {
    let mut level = [0];
    source.read_at(3, &mut level)?;
    let [level] = level;
    Ok(level)
}

fn decompress(input: &[u8], limit: usize) -> Result<Beginning, Sentence> {
    let mut bytes = vec![0; limit];
    let mut decompressor = Decompress::new(false);
    let mut ended = false;
    // One call does not always use all of its input.
    loop {
        let (read, written) = (decompressor.total_in(), decompressor.total_out());
        let rest = usize::try_from(read).ok().and_then(|read| input.get(read..)).unwrap_or_default();
        let room =
            usize::try_from(written).ok().and_then(|written| bytes.get_mut(written..)).unwrap_or_default();
        if room.is_empty() {
            break;
        }
        match decompressor.decompress(rest, room) {
            Ok(Status::StreamEnd) => {
                ended = usize::try_from(decompressor.total_in()).is_ok_and(|read| read == input.len());
                break;
            }
            Ok(_) if (decompressor.total_in(), decompressor.total_out()) == (read, written) => break,
            Ok(_) => {}
            Err(_) if decompressor.total_out() > 0 => break,
            Err(error) => return Err(Sentence::of_error(error)),
        }
    }
    bytes.truncate(usize::try_from(decompressor.total_out()).unwrap_or(limit));
    Ok(Beginning { bytes, ended })
}
