//! Goes through a tar archive from header to header: POSIX.1-2017 `pax` ("ustar Interchange Format", "pax Extended
//! Header"), the older v7 header, and GNU tar's long names and base-256 sizes.
//!
//! Only headers are read, in windows of 64 KiB: a member's data is hopped over, so that an archive of many gigabytes
//! costs a read a member.

use crate::image::layout::{Field, bytes_at, u8_at};
use crate::image::read_at::{Source, read_up_to};
use crate::image::{Condition, Depth, ImageError};
use crate::sentence::sentence;

/// Headers, data and padding are whole blocks, in bytes.
pub(super) const BLOCK: u64 = 512;
const BLOCK_BYTES: usize = 512;

const NAME: Field<[u8; 100]> = bytes_at("name", 0);
const SIZE: Field<[u8; 12]> = bytes_at("size", 124);
const CHECKSUM: Field<[u8; 8]> = bytes_at("chksum", 148);
const TYPE: Field<u8> = u8_at("typeflag", 156);
const MAGIC: Field<[u8; 8]> = bytes_at("magic", 257);
const PREFIX: Field<[u8; 155]> = bytes_at("prefix", 345);
/// In a GNU sparse header: whether another block of the map follows.
const GNU_EXTENDED: Field<u8> = u8_at("isextended", 482);
/// The same in a block of the map itself.
const GNU_EXTENDED_MAP: Field<u8> = u8_at("isextended", 504);

/// Where the checksum's own bytes lie; they count as spaces.
const CHECKSUM_BYTES: std::ops::Range<usize> = 148..156;

const MAGIC_POSIX: &[u8] = b"ustar\0";
/// GNU tar's own header: what POSIX calls `prefix` holds other fields there.
const MAGIC_GNU: &[u8] = b"ustar  \0";

/// How many headers are looked at: no appliance has as many members.
const MAX_HEADERS: usize = 20_000;
/// How long a member's name may be, in bytes.
const LONGEST_NAME: usize = 4096;
/// How long all names may be together, in bytes.
const ALL_NAMES: usize = 4 * 1024 * 1024;
/// How long an extended header may be, in bytes.
const LONGEST_EXTENDED_HEADER: u64 = 256 * 1024;
/// How much is read at once, in bytes.
const WINDOW: usize = 64 * 1024;

/// A file in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    /// Its name as it stands in the archive.
    pub name: String,
    /// Where its data begins, in bytes.
    pub offset: u64,
    /// How many bytes it has.
    pub size: u64,
    /// Whether it is a file; a folder or a link otherwise.
    pub is_file: bool,
    /// Whether its holes are left out, so that it cannot be read in place.
    pub is_sparse: bool,
}

/// What the headers of an archive say.
#[derive(Debug, Default)]
pub(super) struct Archive {
    /// In the order of the archive.
    pub members: Vec<Member>,
    /// What is wrong with it.
    pub conditions: Vec<Condition>,
    /// Whether two blocks of zeros end it. Only known where `is_whole`.
    pub has_end_blocks: bool,
    /// Whether every header was seen: what is not among the members is not in the archive.
    pub is_whole: bool,
}

/// How many windows may be read.
fn windows(depth: Depth) -> usize {
    match depth {
        // With a window for the descriptor and the two ends that were probed, no more than eight reads.
        Depth::First => 5,
        Depth::Complete => MAX_HEADERS,
    }
}

/// Whether `head`, the beginning of a file, is a tar header.
///
/// The magic word and the checksum agree in a sound archive. The oldest header has no magic word: then the checksum
/// and the form of the numbers must do. A wrong checksum with the magic word is a damaged archive.
pub(super) fn is_header(head: &[u8]) -> bool {
    let Some(block) = head.first_chunk::<BLOCK_BYTES>() else { return false };
    let is_named = block.first().is_some_and(|byte| *byte > b' ');
    is_named
        && number(&SIZE.get(block).unwrap_or_default()).is_some()
        && (has_magic(block) || checksum_is_right(block))
}

/// Goes through the headers of `source`.
///
/// # Errors
/// Only a read that failed; what is wrong with the archive is among its conditions.
pub(super) fn walk(source: &Source, depth: Depth) -> Result<Archive, ImageError> {
    let mut blocks = Blocks { source, start: 0, bytes: Vec::new(), windows: windows(depth) };
    let mut archive = Archive::default();
    let mut walk = Walk::default();
    let mut names = 0_usize;
    for _ in 0..MAX_HEADERS {
        let Some(block) = blocks.at(walk.offset)? else {
            if blocks.windows > 0 {
                let rest = read_up_to(source.as_ref(), walk.offset, BLOCK_BYTES)?;
                archive.ends_without_blocks(source.size(), walk.offset, is_zero(&rest));
            }
            return Ok(archive);
        };
        if is_zero(&block) {
            let second = blocks.at(walk.offset.saturating_add(BLOCK))?;
            archive.has_end_blocks = second.is_some_and(|block| is_zero(&block));
            archive.is_whole = true;
            return Ok(archive);
        }
        match walk.header(&block, &mut blocks, &mut archive.conditions) {
            Ok(Some(member)) => {
                names = names.saturating_add(member.name.len());
                archive.members.push(member);
            }
            Ok(None) => {}
            Err(Stop::Read(error)) => return Err(error),
            Err(Stop::Damaged(error)) => {
                archive.conditions.push(Condition::Damaged(error));
                return Ok(archive);
            }
            Err(Stop::Cut { needed }) => {
                let needed = Some(needed);
                archive.conditions.push(Condition::Truncated { structure: "extended header", needed });
                return Ok(archive);
            }
            Err(Stop::OutOfWindows) => return Ok(archive),
        }
        if names > ALL_NAMES {
            break;
        }
    }
    let reason = "the archive has more members than are looked at here";
    archive.conditions.push(Condition::Damaged(ImageError::over_limit("tar header", walk.offset, reason)));
    Ok(archive)
}

impl Archive {
    /// Notes that the file ends where a header should stand, at `offset`; `is_zero` where only zeros are left.
    fn ends_without_blocks(&mut self, size: u64, offset: u64, is_zero: bool) {
        let last = self.members.last();
        let needed = last.map_or(BLOCK, |member| member.offset.saturating_add(member.size));
        if needed > size {
            self.conditions.push(Condition::Truncated { structure: "archive member", needed: Some(needed) });
        } else if offset < size && !is_zero {
            let needed = Some(offset.saturating_add(BLOCK));
            self.conditions.push(Condition::Truncated { structure: "tar header", needed });
        } else {
            self.is_whole = true;
        }
    }
}

/// Reads blocks through a window.
struct Blocks<'a> {
    source: &'a Source,
    start: u64,
    bytes: Vec<u8>,
    /// How many more windows may be read.
    windows: usize,
}

impl Blocks<'_> {
    /// The block at `offset`; `None` where it does not lie wholly in the file, or no more may be read.
    fn at(&mut self, offset: u64) -> Result<Option<[u8; BLOCK_BYTES]>, ImageError> {
        if let Some(block) = self.seen(offset) {
            return Ok(Some(block));
        }
        if offset.saturating_add(BLOCK) > self.source.size() || self.windows == 0 {
            return Ok(None);
        }
        self.windows = self.windows.saturating_sub(1);
        self.bytes = read_up_to(self.source.as_ref(), offset, WINDOW)?;
        self.start = offset;
        Ok(self.seen(offset))
    }

    fn seen(&self, offset: u64) -> Option<[u8; BLOCK_BYTES]> {
        let skipped = usize::try_from(offset.checked_sub(self.start)?).ok()?;
        self.bytes.get(skipped..)?.first_chunk().copied()
    }

    /// `size` bytes at `offset`.
    fn data(&mut self, offset: u64, size: u64) -> Result<Vec<u8>, Stop> {
        let mut data = Vec::new();
        let mut at = offset;
        let end = offset.saturating_add(size);
        while at < end {
            let Some(block) = self.at(at)? else {
                if self.windows == 0 {
                    return Err(Stop::OutOfWindows);
                }
                return Err(Stop::Cut { needed: end });
            };
            let wanted = usize::try_from(end.saturating_sub(at)).unwrap_or(BLOCK_BYTES).min(BLOCK_BYTES);
            data.extend_from_slice(block.get(..wanted).unwrap_or_default());
            at = at.saturating_add(BLOCK);
        }
        Ok(data)
    }
}

/// Why the walk ends before the archive does.
enum Stop {
    Read(ImageError),
    Damaged(ImageError),
    /// The file ends in an extended header, which ends at `needed`.
    Cut {
        needed: u64,
    },
    OutOfWindows,
}

impl From<ImageError> for Stop {
    fn from(error: ImageError) -> Self {
        if error.fault == crate::image::Fault::Read { Self::Read(error) } else { Self::Damaged(error) }
    }
}

/// What extended headers say of the member after them.
#[derive(Default)]
struct Extended {
    name: Option<String>,
    size: Option<u64>,
    is_sparse: bool,
}

/// Where the walk stands.
#[derive(Default)]
struct Walk {
    /// The next header's offset.
    offset: u64,
    extended: Extended,
}

impl Walk {
    /// Takes the header `block` and moves on to the next.
    fn header(
        &mut self,
        block: &[u8; BLOCK_BYTES],
        blocks: &mut Blocks,
        conditions: &mut Vec<Condition>,
    ) -> Result<Option<Member>, Stop> {
        let at = self.offset;
        if !checksum_is_right(block) {
            if !has_magic(block) {
                return Err(
                    ImageError::malformed("tar header", at, "no header of a member stands here").into()
                );
            }
            if !conditions.iter().any(|condition| matches!(condition, Condition::BadChecksum { .. })) {
                conditions.push(Condition::BadChecksum { structure: "tar header", offset: at });
            }
        }
        let Some(size) = number(&SIZE.get(block)?) else {
            let reason = "it is neither an octal nor a base-256 number that fits";
            return Err(ImageError::malformed("size of a tar member", at.saturating_add(124), reason).into());
        };
        let data = at.saturating_add(BLOCK);
        let kind = TYPE.get(block)?;
        match kind {
            b'x' | b'g' => {
                let records = self.extended_header(blocks, data, size)?;
                // A global header speaks of all members: a size or a name in it makes no sense.
                if kind == b'x' {
                    self.extended.take_pax(&records, data)?;
                }
                self.move_beyond(data, size)?;
                return Ok(None);
            }
            b'L' => {
                let name = self.extended_header(blocks, data, size)?;
                self.extended.name = Some(checked_name(text(&name), data)?);
                self.move_beyond(data, size)?;
                return Ok(None);
            }
            b'K' | b'V' => {
                self.move_beyond(data, size)?;
                return Ok(None);
            }
            _ => {}
        }
        let extended = std::mem::take(&mut self.extended);
        let is_file = matches!(kind, b'0' | 0 | b'7' | b'S');
        // Links and folders have no data, whatever their size says.
        let has_data = !matches!(kind, b'1'..=b'6');
        let size = if has_data { extended.size.unwrap_or(size) } else { 0 };
        let data = if kind == b'S' { beyond_sparse_map(block, data, blocks)? } else { data };
        let name = match extended.name {
            Some(name) => name,
            None => checked_name(short_name(block)?, at)?,
        };
        self.move_beyond(data, size)?;
        let is_folder = name.ends_with('/');
        Ok(Some(Member {
            name,
            offset: data,
            size,
            is_file: is_file && !is_folder,
            is_sparse: kind == b'S' || extended.is_sparse,
        }))
    }

    fn extended_header(&self, blocks: &mut Blocks, data: u64, size: u64) -> Result<Vec<u8>, Stop> {
        if size > LONGEST_EXTENDED_HEADER {
            let reason = sentence!(
                "it has {size} bytes, more than the {most} that are read",
                size,
                most = LONGEST_EXTENDED_HEADER
            );
            return Err(ImageError::over_limit("extended header", self.offset, reason).into());
        }
        blocks.data(data, size)
    }

    fn move_beyond(&mut self, data: u64, size: u64) -> Result<(), Stop> {
        let end = size.checked_next_multiple_of(BLOCK).and_then(|size| data.checked_add(size));
        let Some(end) = end else {
            let reason = sentence!("a member of {size} bytes fits into no file", size);
            return Err(ImageError::malformed("size of a tar member", self.offset, reason).into());
        };
        self.offset = end;
        Ok(())
    }
}

impl Extended {
    /// Takes what the records of a pax header say: `length keyword=value`, each ended by a newline.
    fn take_pax(&mut self, mut records: &[u8], offset: u64) -> Result<(), Stop> {
        let malformed =
            || Stop::from(ImageError::malformed("pax header", offset, "a record has no true length"));
        while !records.is_empty() && records.first() != Some(&0) {
            let space = records.iter().take(20).position(|byte| *byte == b' ').ok_or_else(malformed)?;
            let length = records.get(..space).and_then(|digits| std::str::from_utf8(digits).ok());
            let length: usize = length.and_then(|digits| digits.parse().ok()).ok_or_else(malformed)?;
            let body = space.saturating_add(1)..length.saturating_sub(1);
            let record = records.get(body).ok_or_else(malformed)?;
            records = records.get(length..).ok_or_else(malformed)?;
            let Some(equals) = record.iter().position(|byte| *byte == b'=') else { continue };
            let (keyword, value) = record.split_at(equals);
            self.take_record(keyword, value.get(1..).unwrap_or_default(), offset)?;
        }
        Ok(())
    }

    fn take_record(&mut self, keyword: &[u8], value: &[u8], offset: u64) -> Result<(), Stop> {
        match keyword {
            b"path" | b"GNU.sparse.name" => self.name = Some(checked_name(text(value), offset)?),
            b"size" => {
                let size = std::str::from_utf8(value).ok().and_then(|digits| digits.parse().ok());
                let reason = "it is no number of bytes";
                self.size =
                    Some(size.ok_or_else(|| ImageError::malformed("size in a pax header", offset, reason))?);
            }
            _ => self.is_sparse |= keyword.starts_with(b"GNU.sparse."),
        }
        Ok(())
    }
}

/// Where the data of a GNU sparse member begins: behind the blocks of its map.
fn beyond_sparse_map(header: &[u8], data: u64, blocks: &mut Blocks) -> Result<u64, Stop> {
    /// No map is longer.
    const MOST_BLOCKS: usize = 4096;
    let mut data = data;
    let mut follows = GNU_EXTENDED.get(header)? != 0;
    for _ in 0..MOST_BLOCKS {
        if !follows {
            break;
        }
        let Some(block) = blocks.at(data)? else { break };
        follows = GNU_EXTENDED_MAP.get(&block)? != 0;
        data = data.saturating_add(BLOCK);
    }
    Ok(data)
}

fn has_magic(block: &[u8]) -> bool {
    MAGIC.get(block).is_ok_and(|magic| magic.starts_with(MAGIC_POSIX) || magic == MAGIC_GNU)
}

fn short_name(block: &[u8]) -> Result<String, ImageError> {
    let name = text(&NAME.get(block)?);
    let is_posix = MAGIC.get(block)?.starts_with(MAGIC_POSIX);
    let prefix = if is_posix { text(&PREFIX.get(block)?) } else { String::new() };
    Ok(if prefix.is_empty() { name } else { format!("{prefix}/{name}") })
}

/// The text up to the first NUL.
fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).into_owned()
}

fn checked_name(name: String, offset: u64) -> Result<String, ImageError> {
    if name.len() > LONGEST_NAME {
        let reason =
            sentence!("it has {length} bytes, more than {most}", length = name.len(), most = LONGEST_NAME);
        return Err(ImageError::over_limit("name of a tar member", offset, reason));
    }
    Ok(name)
}

/// A numeric field: octal digits between spaces, or, with the top bit set, base 256 (GNU, POSIX allows it).
fn number(field: &[u8]) -> Option<u64> {
    let (first, rest) = field.split_first()?;
    if *first & 0x80 != 0 {
        // A negative number has all the bits above it set.
        let start = u64::from(*first & 0x7F);
        return rest.iter().try_fold(start, |value, byte| {
            value.checked_mul(256).and_then(|value| value.checked_add(u64::from(*byte)))
        });
    }
    let digits = field.trim_ascii_start();
    let end = digits.iter().position(|byte| matches!(byte, 0 | b' ')).unwrap_or(digits.len());
    let digits = std::str::from_utf8(digits.get(..end)?).ok()?;
    if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, 8).ok() }
}

/// Whether the sum of the header's bytes is what it says. Old writers summed signed bytes.
fn checksum_is_right(block: &[u8]) -> bool {
    let Some(stated) = CHECKSUM.get(block).ok().and_then(|field| number(&field)) else { return false };
    let bytes = || {
        let as_spaces = |(at, byte): (usize, &u8)| if CHECKSUM_BYTES.contains(&at) { b' ' } else { *byte };
        block.iter().take(BLOCK_BYTES).enumerate().map(as_spaces)
    };
    let unsigned: u64 = bytes().map(u64::from).sum();
    let signed: i64 = bytes().map(|byte| i64::from(byte.cast_signed())).sum();
    stated == unsigned || i64::try_from(stated) == Ok(signed)
}

fn is_zero(block: &[u8]) -> bool {
    block.iter().all(|byte| *byte == 0)
}
