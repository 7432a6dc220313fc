//! gzip (RFC 1952): one or more members of deflated data.

use super::super::detect::{Probe, Reader};
use super::super::layout::{Field, le_u16, le_u32, u8_at};
use super::super::read_at::read_up_to;
use super::super::{Format, Image, ImageError, Opened, Opening, Source, raw};
use super::deflate;
use super::inside::{Budget, describe};

pub(super) static READER: Reader = Reader { format: Format::Gzip, recognise, open };

const MAGIC: &[u8] = b"\x1f\x8b\x08";
const FLAGS: Field<u8> = u8_at("FLG", 3);
const EXTRA_LENGTH: Field<u16> = le_u16("XLEN", 10);
const FIXED_HEADER: usize = 10;

const FLAG_HEADER_CRC: u8 = 2;
const FLAG_EXTRA: u8 = 4;
const FLAG_NAME: u8 = 8;
const FLAG_COMMENT: u8 = 16;
const FLAGS_RESERVED: u8 = 0xE0;

/// The last four bytes: the size modulo 2^32.
const INPUT_SIZE: Field<u32> = le_u32("ISIZE", 0);
/// Deflate makes no more than this of a byte, so a small file cannot hold 4 GiB.
const MAX_RATIO: u64 = 1032;

/// Enough to see whether the data after the header is deflated.
const TRIAL: usize = 512;

fn recognise(probe: &Probe) -> bool {
    probe.head_has(0, MAGIC)
        && FLAGS.get(probe.head).is_ok_and(|flags| flags & FLAGS_RESERVED == 0)
        && !raw::has_partition_table(probe.head, probe.size)
        && header(probe.head).and_then(|header| probe.head.get(header.length..)).is_some_and(|data| {
            let beginning = deflate::inflate(data, TRIAL);
            beginning.ended || !beginning.bytes.is_empty()
        })
}

struct Header {
    length: usize,
    name: Option<String>,
}

/// The header of the member that `bytes` begin with; `None` where it does not end in them.
fn header(bytes: &[u8]) -> Option<Header> {
    let flags = FLAGS.get(bytes).ok()?;
    let mut length = FIXED_HEADER;
    if flags & FLAG_EXTRA != 0 {
        length = length.checked_add(2)?.checked_add(usize::from(EXTRA_LENGTH.get(bytes).ok()?))?;
    }
    let mut name = None;
    for flag in [FLAG_NAME, FLAG_COMMENT] {
        if flags & flag != 0 {
            let text = bytes.get(length..)?;
            let end = text.iter().position(|byte| *byte == 0)?;
            if flag == FLAG_NAME {
                // RFC 1952: the name is in ISO 8859-1; every byte is its own character.
                name = text.get(..end).map(|text| text.iter().copied().map(char::from).collect());
            }
            length = length.checked_add(end)?.checked_add(1)?;
        }
    }
    if flags & FLAG_HEADER_CRC != 0 {
        length = length.checked_add(2)?;
    }
    Some(Header { length, name })
}

fn open(source: &Source, opening: &Opening) -> Result<Opened, ImageError> {
    let size = source.size();
    let mut image = Image::new(Format::Gzip, size);
    let budget = Budget::of(opening.depth);
    let input = budget.read(source, 0)?;
    let Some(header) = header(&input) else {
        return Err(ImageError::malformed("header", 0, "its names do not end in the first 256 KiB"));
    };
    if let Some(name) = header.name {
        image.fact("original name", name);
    }
    let mut beginning = deflate::inflate(input.get(header.length..).unwrap_or_default(), budget.output);
    // A file may have several members; only the end of the first is seen here.
    let trailer = read_up_to(source.as_ref(), size.saturating_sub(4), 4)?;
    let modulo = u64::from(INPUT_SIZE.get(&trailer)?);
    beginning.ended &= modulo == beginning.bytes.len() as u64;
    let exact = size.saturating_mul(MAX_RATIO) < 1 << 32;
    image.fact(
        "ISIZE",
        format!("{modulo} bytes{}", if exact { "" } else { ", or that and a multiple of 4 GiB" }),
    );
    let declared = exact.then_some(modulo).filter(|modulo| *modulo >= beginning.bytes.len() as u64);
    describe(&mut image, beginning, declared, opening)?;
    Ok(Opened { image, disk: None })
}
