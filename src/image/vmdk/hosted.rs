//! The hosted sparse extent ("KDMV"): monolithicSparse, the parts of twoGbMaxExtentSparse, and streamOptimized.

pub(super) use super::layout::hosted::HEADER_SIZE;

use super::disk::LARGEST_COMPRESSED_GRAIN;
use super::grains::{Dialect, Layout, Packing};
use super::layout::{HOSTED_MAGIC, SECTOR, hosted, marker};
use super::sparse::SparseExtent;
use super::survey::directory_is_sound;
use crate::image::read_at::{Source, read_up_to};
use crate::image::{Condition, Depth, ImageError};
use crate::sentence::sentence;

/// The fields of the header; offsets and sizes in sectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the specification's fields, declared in `layout`")]
pub(super) struct Header {
    pub version: u32,
    pub flags: u32,
    pub capacity: u64,
    pub grain_size: u64,
    pub descriptor_offset: u64,
    pub descriptor_size: u64,
    pub entries_per_table: u32,
    pub redundant_directory: u64,
    pub directory: u64,
    pub overhead: u64,
    pub unclean_shutdown: bool,
    pub newline_test: [u8; 4],
    pub compression: u16,
}

impl Header {
    /// Reads the fields.
    ///
    /// # Errors
    /// Malformed, when `bytes` is too short.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, ImageError> {
        Ok(Self {
            version: hosted::VERSION.get(bytes)?,
            flags: hosted::FLAGS.get(bytes)?,
            capacity: hosted::CAPACITY.get(bytes)?,
            grain_size: hosted::GRAIN_SIZE.get(bytes)?,
            descriptor_offset: hosted::DESCRIPTOR_OFFSET.get(bytes)?,
            descriptor_size: hosted::DESCRIPTOR_SIZE.get(bytes)?,
            entries_per_table: hosted::ENTRIES_PER_TABLE.get(bytes)?,
            redundant_directory: hosted::REDUNDANT_DIRECTORY.get(bytes)?,
            directory: hosted::DIRECTORY.get(bytes)?,
            overhead: hosted::OVERHEAD.get(bytes)?,
            unclean_shutdown: hosted::UNCLEAN_SHUTDOWN.get(bytes)? != 0,
            newline_test: hosted::NEWLINE_TEST.get(bytes)?,
            compression: hosted::COMPRESSION.get(bytes)?,
        })
    }

    /// Whether it is a stream of compressed grains. Only the flags say so: `createType` is wrong in the files of
    /// AWS VM Export, and the location of the directory differs from writer to writer.
    pub(super) fn is_stream_optimized(&self) -> bool {
        self.flags & hosted::FLAG_COMPRESSED != 0 && self.compression == hosted::COMPRESSION_DEFLATE
    }

    /// Whether the bytes that a text-mode transfer changes have been changed.
    pub(super) fn is_newline_damaged(&self) -> bool {
        self.flags & hosted::FLAG_NEWLINE_TEST != 0 && self.newline_test != hosted::NEWLINE_TEST_INTACT
    }

    /// Whether the mark is what a translation of line ends makes of it: each gets a carriage return, or loses it.
    fn is_newline_translated(&self) -> bool {
        self.newline_test.starts_with(b"\r\n \r") || self.newline_test.starts_with(b"\n \n")
    }

    /// Whether the fields agree with each other as only a real header's do.
    pub(super) fn is_plausible(&self) -> bool {
        self.newline_test == hosted::NEWLINE_TEST_INTACT && self.check().is_ok()
    }

    /// Bytes of the disk; `None` where that overflows.
    pub(super) fn size(&self) -> Option<u64> {
        self.capacity.checked_mul(SECTOR)
    }

    /// Checks the fields that everything else is computed from.
    fn check(&self) -> Result<(), ImageError> {
        /// Version 3 only adds change tracking or a stream's fields; it reads as version 1 does.
        const VERSIONS: std::ops::RangeInclusive<u32> = 1..=3;
        /// The most that any reader takes: 1 GiB.
        const LARGEST_GRAIN: u64 = 0x20_0000;
        let at = |offset: usize| offset as u64;
        if !VERSIONS.contains(&self.version) {
            let reason = sentence!("version {version} is not known (1 to 3 are)", version = self.version);
            return Err(ImageError::unsupported("version", at(hosted::VERSION.offset), reason));
        }
        let grain = self.grain_size;
        if !grain.is_power_of_two() || grain > LARGEST_GRAIN {
            let reason = sentence!("{grain} sectors are no grain size", grain);
            return Err(ImageError::malformed("grainSize", at(hosted::GRAIN_SIZE.offset), reason));
        }
        if !(1..=512).contains(&self.entries_per_table) {
            let reason = sentence!(
                "a grain table cannot have {entries_per_table} entries",
                entries_per_table = self.entries_per_table
            );
            return Err(ImageError::malformed("numGTEsPerGT", at(hosted::ENTRIES_PER_TABLE.offset), reason));
        }
        if self.flags & hosted::FLAG_COMPRESSED != 0 {
            if self.compression != hosted::COMPRESSION_DEFLATE {
                let reason =
                    sentence!("algorithm {compression} is not known", compression = self.compression);
                return Err(ImageError::unsupported(
                    "compressAlgorithm",
                    at(hosted::COMPRESSION.offset),
                    reason,
                ));
            }
            if grain.saturating_mul(SECTOR) > LARGEST_COMPRESSED_GRAIN {
                let reason = sentence!("compressed grains of {grain} sectors are not read", grain);
                return Err(ImageError::over_limit("grainSize", at(hosted::GRAIN_SIZE.offset), reason));
            }
        }
        Ok(())
    }

    /// The shape of the extent whose directory begins at sector `directory`.
    fn layout(&self, directory: u64) -> Result<Layout, ImageError> {
        let capacity_at = hosted::CAPACITY.offset as u64;
        let size = self.size().ok_or_else(|| {
            let reason =
                sentence!("{capacity} sectors are more than can be addressed", capacity = self.capacity);
            ImageError::malformed("capacity", capacity_at, reason)
        })?;
        let grain_bytes = self.grain_size.saturating_mul(SECTOR);
        let entries_per_table = u64::from(self.entries_per_table);
        let directory_entries =
            Layout::entries_needed(size, grain_bytes, entries_per_table).ok_or_else(|| {
                let reason = sentence!("a disk of {size} bytes needs more grain tables than are read", size);
                ImageError::over_limit("capacity", capacity_at, reason)
            })?;
        let directory_at = hosted::DIRECTORY.offset as u64;
        let directory = directory.checked_mul(SECTOR).filter(|offset| *offset > 0).ok_or_else(|| {
            ImageError::malformed(
                "gdOffset",
                directory_at,
                sentence!("sector {directory} cannot hold it", directory),
            )
        })?;
        let markers = self.flags & hosted::FLAG_MARKERS != 0;
        let packing = if self.is_stream_optimized() { Packing::Zlib { markers } } else { Packing::Plain };
        Ok(Layout {
            dialect: Dialect::Hosted,
            directory,
            directory_entries,
            entries_per_table,
            grain_bytes,
            size,
            packing,
        })
    }
}

/// Opens the extent whose first bytes are `head`.
///
/// # Errors
/// Only reads that failed.
pub(super) fn open_extent(source: &Source, head: &[u8], depth: Depth) -> Result<SparseExtent, ImageError> {
    let mut extent = SparseExtent::default();
    let Ok(header) = Header::parse(head) else {
        let needed = Some(HEADER_SIZE as u64);
        extent.conditions.push(Condition::Truncated { structure: "header", needed });
        return Ok(extent);
    };
    extent.size = header.size();
    let checked = header.check();
    // The fields behind the mark were moved with it, so that they need not make sense.
    if header.is_newline_damaged() && (checked.is_ok() || header.is_newline_translated()) {
        // Bytes were added or removed all over the file, so no offset in it can be trusted.
        extent.conditions.push(Condition::TextModeDamage);
        return Ok(extent);
    }
    if let Err(error) = checked {
        return Ok(extent.damaged(error));
    }
    if header.unclean_shutdown {
        extent
            .conditions
            .push(Condition::NotClosed { evidence: "uncleanShutdown is set in the header".into() });
    }
    // Writers before QEMU 2.5.1; ESXi says of them that the sparse VMDK version is too old.
    if header.is_stream_optimized() && header.version < 3 {
        extent.conditions.push(Condition::OldVersion { version: header.version });
    }
    check_overhead(source, &header, &mut extent.conditions);
    let Some(header) = newest_header(source, header, depth, &mut extent.conditions)? else {
        return Ok(extent);
    };
    match choose_directory(source, &header, &mut extent.conditions)? {
        Ok(layout) => extent.surveyed(source, layout, depth),
        Err(error) => Ok(extent.damaged(error)),
    }
}

/// Checks that the file holds at least the metadata that lies before the first grain.
fn check_overhead(source: &Source, header: &Header, conditions: &mut Vec<Condition>) {
    let needed = header.overhead.saturating_mul(SECTOR);
    if needed > source.size() {
        conditions
            .push(Condition::Truncated { structure: "metadata before the grains", needed: Some(needed) });
    }
}

/// The header, or the footer where there is one: it was written last, so it wins. `None` where the header leaves the
/// directory to a footer that is not there.
fn newest_header(
    source: &Source,
    header: Header,
    depth: Depth,
    conditions: &mut Vec<Condition>,
) -> Result<Option<Header>, ImageError> {
    if !header.is_stream_optimized() && header.directory != hosted::DIRECTORY_AT_END {
        return Ok(Some(header));
    }
    let needed = header.directory == hosted::DIRECTORY_AT_END;
    let windows = match depth {
        _ if !needed => 1,
        Depth::First => FIRST_WINDOWS,
        Depth::Complete => COMPLETE_WINDOWS,
    };
    let Some((offset, footer)) = find_footer(source, &header, windows)? else {
        if needed {
            conditions.retain(|condition| !matches!(condition, Condition::Truncated { .. }));
            conditions.push(Condition::Truncated { structure: "footer", needed: None });
            return Ok(None);
        }
        return Ok(Some(header));
    };
    // The footer's sector and the end-of-stream marker's.
    let end = offset.saturating_add(SECTOR.saturating_mul(2));
    let size = source.size();
    if end > size {
        conditions.push(Condition::Truncated { structure: "end-of-stream marker", needed: Some(end) });
    } else if end < size {
        conditions.push(Condition::TrailingBytes { count: size.saturating_sub(end) });
    }
    Ok(Some(footer))
}

/// A piece of the end that is searched for a footer at once: the last has been read for the recognition.
const WINDOW: u64 = 64 * 1024;
/// How many are searched when there must be a footer: some tools pad files after the end, most of them with zeros.
const FIRST_WINDOWS: u32 = 6;
const COMPLETE_WINDOWS: u32 = 1024;
/// How many are searched that are not all zeros.
const WINDOWS_WITH_BYTES: u32 = 2;

/// The last footer in the last `windows` pieces of the file, and where it lies: a sector with a marker before it and a
/// header that agrees with the first one.
fn find_footer(source: &Source, header: &Header, windows: u32) -> Result<Option<(u64, Header)>, ImageError> {
    let mut end = source.size();
    let mut with_bytes = 0_u32;
    for _ in 0..windows {
        let first = end.saturating_sub(WINDOW).next_multiple_of(SECTOR);
        let length = usize::try_from(end.saturating_sub(first)).unwrap_or(0);
        let bytes = read_up_to(source.as_ref(), first, length)?;
        if let Some(found) = footer_in(&bytes, first, header) {
            return Ok(Some(found));
        }
        if bytes.iter().any(|byte| *byte != 0) {
            with_bytes = with_bytes.saturating_add(1);
        }
        // The marker may be the last sector of the piece before.
        let next = first.saturating_add(SECTOR);
        if with_bytes >= WINDOWS_WITH_BYTES || first == 0 || next >= end {
            break;
        }
        end = next;
    }
    Ok(None)
}

/// The last footer in `bytes`, which lie at `first`.
fn footer_in(bytes: &[u8], first: u64, header: &Header) -> Option<(u64, Header)> {
    let sectors: Vec<&[u8]> = bytes.chunks_exact(HEADER_SIZE).collect();
    for (index, pair) in sectors.windows(2).enumerate().rev() {
        let [before, candidate] = pair else { continue };
        if !candidate.starts_with(HOSTED_MAGIC) || !is_footer_marker(before) {
            continue;
        }
        let Ok(footer) = Header::parse(candidate) else { continue };
        let agrees = footer.capacity == header.capacity
            && footer.grain_size == header.grain_size
            && footer.directory != hosted::DIRECTORY_AT_END;
        if agrees && footer.is_plausible() {
            let offset = first.saturating_add((index as u64).saturating_add(1).saturating_mul(SECTOR));
            return Some((offset, footer));
        }
    }
    None
}

fn is_footer_marker(sector: &[u8]) -> bool {
    marker::VALUE.get(sector) == Ok(1)
        && marker::SIZE.get(sector) == Ok(0)
        && marker::TYPE.get(sector) == Ok(marker::TYPE_FOOTER)
}

/// The shape with the first grain directory, or with the redundant one where only that is sound. The inner error
/// says that neither can be used at all.
fn choose_directory(
    source: &Source,
    header: &Header,
    conditions: &mut Vec<Condition>,
) -> Result<Result<Layout, ImageError>, ImageError> {
    let first = header.layout(header.directory);
    if header.flags & hosted::FLAG_REDUNDANT == 0 {
        return Ok(first);
    }
    let sound = match &first {
        Ok(layout) => directory_is_sound(source, layout)?,
        Err(_) => false,
    };
    if !sound
        && let Ok(second) = header.layout(header.redundant_directory)
        && directory_is_sound(source, &second)?
    {
        conditions.push(Condition::BadCopy {
            structure: "grain directory",
            offset: header.directory.saturating_mul(SECTOR),
            reason: "it, or a table that it names, lies outside the file".into(),
        });
        return Ok(Ok(second));
    }
    Ok(first)
}
