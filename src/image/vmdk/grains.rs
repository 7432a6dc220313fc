//! Where a grain lies: the two-level table (grain directory, grain tables) that all three sparse kinds share.

use super::layout::SECTOR;
use super::recent::Recent;
use crate::image::read_at::{ReadError, Source, read_up_to};
use std::cell::RefCell;
use std::rc::Rc;

/// What sets the three kinds of sparse extents apart in their tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// 32-bit entries, sectors of the file; a grain table entry of 1 stands for zeros.
    Hosted,
    /// 32-bit entries, sectors of the file.
    Cowd,
    /// 64-bit entries with a type in the upper four bits; tables and grains lie in areas of their own.
    SeSparse {
        /// Where the grain tables begin, in bytes.
        tables: u64,
        /// Where the grains begin, in bytes.
        grains: u64,
    },
}

impl Dialect {
    /// Bytes of an entry of the directory and of a table.
    pub(super) fn entry_bytes(self) -> u64 {
        match self {
            Self::Hosted | Self::Cowd => 4,
            Self::SeSparse { .. } => 8,
        }
    }
}

/// How the grains are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    /// As they are.
    Plain,
    /// As zlib streams, behind a marker or not.
    Zlib {
        /// Whether a marker with the length stands before each.
        markers: bool,
    },
}

/// The shape of a sparse extent, checked: no value here can overflow or divide by zero.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    /// The kind of tables.
    pub dialect: Dialect,
    /// Where the grain directory begins, in bytes.
    pub directory: u64,
    /// How many entries it has.
    pub directory_entries: u64,
    /// How many entries a grain table has.
    pub entries_per_table: u64,
    /// Bytes of a grain.
    pub grain_bytes: u64,
    /// Bytes of the virtual disk in this extent.
    pub size: u64,
    /// How grains are stored.
    pub packing: Packing,
}

/// The most entries a grain directory may have: enough for 64 TiB in the smallest usual tables of ESX.
const MOST_DIRECTORY_ENTRIES: u64 = 4 * 1024 * 1024;

impl Layout {
    /// How many entries the directory of a disk of `size` bytes needs; `None` beyond what is read here.
    pub(super) fn entries_needed(size: u64, grain_bytes: u64, entries_per_table: u64) -> Option<u64> {
        let reach = grain_bytes.checked_mul(entries_per_table).filter(|reach| *reach > 0)?;
        Some(size.div_ceil(reach)).filter(|entries| *entries <= MOST_DIRECTORY_ENTRIES)
    }

    /// Bytes of a grain table.
    pub(super) fn table_bytes(&self) -> u64 {
        self.entries_per_table.saturating_mul(self.dialect.entry_bytes())
    }

    /// Bytes of the virtual disk that one grain table maps.
    pub(super) fn table_reach(&self) -> u64 {
        self.entries_per_table.saturating_mul(self.grain_bytes)
    }

    /// How many entries of the `index`th table are in use: the last one's tail maps nothing.
    pub(super) fn entries_used(&self, index: u64) -> u64 {
        let grains = self.size.div_ceil(self.grain_bytes.max(1));
        grains.saturating_sub(index.saturating_mul(self.entries_per_table)).min(self.entries_per_table)
    }

    /// The place in the file that an entry of the grain directory names; `None` where there is no table.
    pub(super) fn table_offset(&self, entry: u64) -> Result<Option<u64>, &'static str> {
        match self.dialect {
            _ if entry == 0 => Ok(None),
            Dialect::Hosted | Dialect::Cowd => Ok(Some(entry.saturating_mul(SECTOR))),
            Dialect::SeSparse { tables, .. } => {
                // The upper half says that the table is allocated; 64 TiB need no more than 32 bits of number.
                if entry >> 32 != 0x1000_0000 {
                    return Err("an entry of the grain directory is of an unknown type");
                }
                let number = entry & 0xFFFF_FFFF;
                Ok(Some(tables.saturating_add(number.saturating_mul(self.table_bytes()))))
            }
        }
    }

    /// The place that an entry of a grain table names.
    pub(super) fn place(&self, entry: u64) -> Result<Place, &'static str> {
        match self.dialect {
            _ if entry == 0 => Ok(Place::Absent),
            // Sector 1 can hold no grain, so the value means zeros whether or not the flag for it is set.
            Dialect::Hosted if entry == 1 => Ok(Place::Zero),
            Dialect::Hosted | Dialect::Cowd => Ok(Place::At(entry.saturating_mul(SECTOR))),
            Dialect::SeSparse { grains, .. } => match entry >> 60 {
                // Unmapped by the guest, or written with zeros.
                1 | 2 => Ok(Place::Zero),
                // The number's upper 12 bits stand below the lower 48 bits' place.
                3 => {
                    let number = ((entry >> 48) & 0xFFF) | ((entry & 0xFFFF_FFFF_FFFF) << 12);
                    Ok(Place::At(grains.saturating_add(number.saturating_mul(self.grain_bytes))))
                }
                _ => Err("an entry of a grain table is of an unknown type"),
            },
        }
    }
}

/// Where the content of a grain comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Not in this extent: from the parent, or zeros.
    Absent,
    /// Zeros, whatever the parent has.
    Zero,
    /// In the file at this offset, in bytes.
    At(u64),
}

/// Entries that are read and kept together.
const PAGE_ENTRIES: u64 = 512;
/// Pages that are kept: 1 MiB of the widest entries.
const PAGES: usize = 256;

/// The tables of an extent, read as they are needed.
pub(super) struct Grains {
    /// The file.
    pub source: Source,
    /// Its shape.
    pub layout: Layout,
    pages: RefCell<Recent<[u8]>>,
}

impl Grains {
    pub(super) fn new(source: Source, layout: Layout) -> Self {
        Self { source, layout, pages: RefCell::new(Recent::new(PAGES)) }
    }

    /// Where the `grain`th grain lies.
    pub(super) fn locate(&self, grain: u64) -> Result<Place, ReadError> {
        let layout = &self.layout;
        let corrupt = |reason: &'static str| ReadError::Corrupt {
            offset: grain.saturating_mul(layout.grain_bytes),
            reason: reason.into(),
        };
        let table = grain.checked_div(layout.entries_per_table).unwrap_or(0);
        let within = grain.checked_rem(layout.entries_per_table).unwrap_or(0);
        let entry = self
            .entry(layout.directory, table)?
            .ok_or_else(|| corrupt("the grain directory lies beyond the end of the file"))?;
        let Some(offset) = layout.table_offset(entry).map_err(corrupt)? else {
            return Ok(Place::Absent);
        };
        let entry = self
            .entry(offset, within)?
            .ok_or_else(|| corrupt("its grain table lies beyond the end of the file"))?;
        layout.place(entry).map_err(corrupt)
    }

    /// The `index`th entry of the table at `table`; `None` beyond the end of the file.
    fn entry(&self, table: u64, index: u64) -> Result<Option<u64>, ReadError> {
        let width = self.layout.dialect.entry_bytes();
        let first = index.saturating_sub(index % PAGE_ENTRIES);
        let page_offset = table.saturating_add(first.saturating_mul(width));
        let known = self.pages.borrow_mut().get(page_offset);
        let page = if let Some(page) = known {
            page
        } else {
            let wanted = PAGE_ENTRIES.saturating_mul(width);
            let page = read_up_to(self.source.as_ref(), page_offset, usize::try_from(wanted).unwrap_or(0))?;
            let page: Rc<[u8]> = page.into();
            self.pages.borrow_mut().put(page_offset, Rc::clone(&page));
            page
        };
        Ok(entry_at(&page, index % PAGE_ENTRIES, width))
    }
}

/// The `index`th entry of `width` bytes in `table`.
pub(super) fn entry_at(table: &[u8], index: u64, width: u64) -> Option<u64> {
    let start = usize::try_from(index.checked_mul(width)?).ok()?;
    let bytes = table.get(start..)?;
    if width == 4 {
        bytes.first_chunk().map(|bytes| u64::from(u32::from_le_bytes(*bytes)))
    } else {
        bytes.first_chunk().map(|bytes| u64::from_le_bytes(*bytes))
    }
}
