//! FAT12, FAT16 and FAT32, as far as an EFI system partition needs: folders, long names, files.
//!
//! Own code, because the crate for it wants to write too. Microsoft's FAT32 File System Specification, 2000.

use super::file_tree::{Entry, FileTree, MAX_ENTRIES, MAX_FILE};
use super::signatures::{FatKind, fat_kind};
use crate::image::Source;
use crate::image::layout::{Field, bytes_at, le_u16, le_u32, u8_at};
use crate::image::read_at::{read_up_to, read_vec};
use crate::sentence::{Sentence, sentence};
use std::cell::RefCell;

const BYTES_PER_SECTOR: Field<u16> = le_u16("BPB_BytsPerSec", 11);
const SECTORS_PER_CLUSTER: Field<u8> = u8_at("BPB_SecPerClus", 13);
const RESERVED: Field<u16> = le_u16("BPB_RsvdSecCnt", 14);
const FATS: Field<u8> = u8_at("BPB_NumFATs", 16);
const ROOT_ENTRIES: Field<u16> = le_u16("BPB_RootEntCnt", 17);
const FAT_SIZE_16: Field<u16> = le_u16("BPB_FATSz16", 22);
const FAT_SIZE_32: Field<u32> = le_u32("BPB_FATSz32", 36);
const ROOT_CLUSTER: Field<u32> = le_u32("BPB_RootClus", 44);

const ENTRY_SIZE: usize = 32;
const NAME: Field<[u8; 11]> = bytes_at("DIR_Name", 0);
const ATTRIBUTES: Field<u8> = u8_at("DIR_Attr", 11);
const CASE: Field<u8> = u8_at("DIR_NTRes", 12);
const CLUSTER_HIGH: Field<u16> = le_u16("DIR_FstClusHI", 20);
const CLUSTER_LOW: Field<u16> = le_u16("DIR_FstClusLO", 26);
const FILE_SIZE: Field<u32> = le_u32("DIR_FileSize", 28);

const FOLDER: u8 = 0x10;
const VOLUME_LABEL: u8 = 0x08;
const LONG_NAME: u8 = 0x0F;

/// A FAT volume that was opened.
pub(super) struct FatTree {
    source: Source,
    kind: FatKind,
    cluster_size: u64,
    table: u64,
    data: u64,
    root: Root,
    damage: RefCell<Option<Sentence>>,
}

#[derive(Clone, Copy)]
enum Root {
    /// FAT12 and FAT16 keep it in a place of its own: offset and length in bytes.
    Place(u64, usize),
    /// FAT32 in a chain of clusters.
    Chain(u32),
}

struct Found {
    name: String,
    short_name: String,
    is_folder: bool,
    cluster: u32,
    size: u64,
}

impl Found {
    fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name) || self.short_name.eq_ignore_ascii_case(name)
    }
}

impl FatTree {
    /// Opens the volume on `source`. The error is a clause for a person.
    pub(super) fn open(source: &Source) -> Result<Self, Sentence> {
        let boot = read_vec(source.as_ref(), 0, 512).map_err(|error| error.sentence())?;
        let kind = fat_kind(&boot).ok_or("its boot sector is not plausible")?;
        let parsed: Result<Self, crate::image::ImageError> = (|| {
            let sector = u64::from(BYTES_PER_SECTOR.get(&boot)?);
            let fat_size = match FAT_SIZE_16.get(&boot)? {
                0 => u64::from(FAT_SIZE_32.get(&boot)?),
                size => u64::from(size),
            };
            let fats = u64::from(FATS.get(&boot)?).saturating_mul(fat_size).saturating_mul(sector);
            let table = u64::from(RESERVED.get(&boot)?).saturating_mul(sector);
            let after_tables = table.saturating_add(fats);
            let root_length = usize::from(ROOT_ENTRIES.get(&boot)?).saturating_mul(ENTRY_SIZE);
            let root_sectors = (root_length as u64).div_ceil(sector.max(1)).saturating_mul(sector);
            let root = match kind {
                FatKind::Fat32 => Root::Chain(ROOT_CLUSTER.get(&boot)?),
                FatKind::Fat12 | FatKind::Fat16 => Root::Place(after_tables, root_length),
            };
            Ok(Self {
                source: source.clone(),
                kind,
                cluster_size: u64::from(SECTORS_PER_CLUSTER.get(&boot)?).saturating_mul(sector),
                table,
                data: after_tables.saturating_add(root_sectors),
                root,
                damage: RefCell::default(),
            })
        })();
        parsed.map_err(|error| error.sentence())
    }

    fn note(&self, reason: impl Into<Sentence>) {
        self.damage.borrow_mut().get_or_insert_with(|| reason.into());
    }

    /// The cluster after `cluster`; `None` at the end of a chain.
    fn next(&self, cluster: u32) -> Result<Option<u32>, Sentence> {
        let cluster_64 = u64::from(cluster);
        let (offset, len) = match self.kind {
            FatKind::Fat12 => (cluster_64.saturating_add(cluster_64 >> 1), 2),
            FatKind::Fat16 => (cluster_64.saturating_mul(2), 2),
            FatKind::Fat32 => (cluster_64.saturating_mul(4), 4),
        };
        let mut bytes = [0; 4];
        let part = bytes.get_mut(..len).unwrap_or_default();
        self.source
            .read_at(self.table.saturating_add(offset), part)
            .map_err(|error| sentence!("the entry of cluster {cluster}: {error}", cluster, error))?;
        let value = u32::from_le_bytes(bytes);
        let (value, last) = match self.kind {
            FatKind::Fat12 if cluster & 1 == 1 => (value >> 4, 0xFF8),
            FatKind::Fat12 => (value & 0xFFF, 0xFF8),
            FatKind::Fat16 => (value, 0xFFF8),
            FatKind::Fat32 => (value & 0x0FFF_FFFF, 0x0FFF_FFF8),
        };
        match value {
            value if value >= last => Ok(None),
            0 | 1 => Err(sentence!("the chain breaks off after cluster {cluster}", cluster)),
            value => Ok(Some(value)),
        }
    }

    /// At most `len` bytes of the chain that begins with `cluster`, from `offset` on. Each cluster of the chain
    /// lies within `offset + len`, which bounds the walk even where a chain loops.
    fn chain(&self, cluster: u32, offset: u64, len: usize) -> Result<Vec<u8>, Sentence> {
        let mut bytes = Vec::new();
        let mut current = Some(cluster);
        let mut position = 0_u64;
        let end = offset.saturating_add(len as u64);
        while let Some(cluster) = current.filter(|_| position < end) {
            let after = position.saturating_add(self.cluster_size);
            if after > offset {
                let index = cluster
                    .checked_sub(2)
                    .ok_or_else(|| sentence!("cluster {cluster} cannot be", cluster))?;
                let start = u64::from(index).saturating_mul(self.cluster_size).saturating_add(self.data);
                let skipped = offset.saturating_sub(position);
                let wanted = after.min(end).saturating_sub(position.saturating_add(skipped));
                let wanted = usize::try_from(wanted).unwrap_or(0);
                let part = read_vec(self.source.as_ref(), start.saturating_add(skipped), wanted)
                    .map_err(|error| sentence!("cluster {cluster}: {error}", cluster, error))?;
                bytes.extend(part);
            }
            position = after;
            if position < end {
                current = self.next(cluster)?;
            }
        }
        Ok(bytes)
    }

    fn folder(&self, place: Root) -> Result<Vec<Found>, Sentence> {
        let bytes = match place {
            Root::Place(offset, len) => {
                read_up_to(self.source.as_ref(), offset, len).map_err(|error| error.sentence())?
            }
            // One cluster after the other: most folders end in their first.
            Root::Chain(cluster) => self.folder_chain(cluster)?,
        };
        Ok(entries(&bytes))
    }

    fn folder_chain(&self, cluster: u32) -> Result<Vec<u8>, Sentence> {
        const LIMIT: usize = MAX_ENTRIES * ENTRY_SIZE;
        let mut bytes = Vec::new();
        let mut current = Some(cluster);
        while let Some(cluster) = current.filter(|_| bytes.len() < LIMIT) {
            let part = self.chain(cluster, 0, usize::try_from(self.cluster_size).unwrap_or(LIMIT))?;
            let ends = part.chunks_exact(ENTRY_SIZE).any(|entry| entry.first() == Some(&0));
            bytes.extend(part);
            current = if ends { None } else { self.next(cluster)? };
        }
        Ok(bytes)
    }

    /// The file or folder at `path`; `Ok(None)` when there is none. The root has no entry.
    fn find(&self, path: &str) -> Result<Option<Found>, Sentence> {
        let mut place = self.root;
        let mut found: Option<Found> = None;
        for name in path.split('/').filter(|name| !name.is_empty()) {
            if let Some(folder) = &found {
                if !folder.is_folder {
                    return Ok(None);
                }
                place = Root::Chain(folder.cluster);
            }
            found = self.folder(place)?.into_iter().find(|entry| entry.is_called(name));
            if found.is_none() {
                return Ok(None);
            }
        }
        Ok(found)
    }

    fn noting<T>(&self, path: &str, result: Result<T, Sentence>) -> Option<T> {
        result.inspect_err(|reason| self.note(sentence!("{path}: {reason}", path, reason))).ok()
    }
}

impl FileTree for FatTree {
    fn read_range(&self, path: &str, offset: u64, len: usize) -> Option<Vec<u8>> {
        let file = self.noting(path, self.find(path))??;
        if file.is_folder {
            return None;
        }
        let left = file.size.saturating_sub(offset);
        let len = usize::try_from(left).unwrap_or(usize::MAX).min(len).min(MAX_FILE);
        if len == 0 {
            return Some(Vec::new());
        }
        self.noting(path, self.chain(file.cluster, offset, len))
    }

    fn list(&self, path: &str) -> Vec<Entry> {
        let names = (|| {
            let place = match self.find(path)? {
                Some(folder) if folder.is_folder => Root::Chain(folder.cluster),
                None if path.trim_matches('/').is_empty() => self.root,
                _ => return Ok(Vec::new()),
            };
            self.folder(place)
        })();
        let entries = self.noting(path, names).unwrap_or_default();
        entries.into_iter().map(|found| Entry { name: found.name, is_folder: found.is_folder }).collect()
    }

    fn damage(&self) -> Option<Sentence> {
        self.damage.borrow().clone()
    }
}

/// The entries of a folder, without its label, deleted ones and the two dots. The parts of a long name stand before
/// the entry they belong to, last part first.
fn entries(bytes: &[u8]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut long_name: Vec<u16> = Vec::new();
    for entry in bytes.chunks_exact(ENTRY_SIZE) {
        let (Ok(name), Ok(attributes)) = (NAME.get(entry), ATTRIBUTES.get(entry)) else { break };
        match name.first() {
            Some(0) => break,
            Some(0xE5 | b'.') => long_name.clear(),
            Some(order) if attributes & 0x3F == LONG_NAME => {
                // 0x40 marks the first part met, which is the name's last.
                if order & 0x40 != 0 {
                    long_name.clear();
                }
                long_name.splice(..0, long_name_part(entry));
            }
            _ if attributes & VOLUME_LABEL != 0 => long_name.clear(),
            _ => {
                let short_name = short_name(&name, CASE.get(entry).unwrap_or(0));
                let long = String::from_utf16_lossy(&long_name);
                long_name.clear();
                let high = CLUSTER_HIGH.get(entry).unwrap_or(0);
                let low = CLUSTER_LOW.get(entry).unwrap_or(0);
                found.push(Found {
                    name: if long.is_empty() { short_name.clone() } else { long },
                    short_name,
                    is_folder: attributes & FOLDER != 0,
                    cluster: u32::from(high) << 16 | u32::from(low),
                    size: u64::from(FILE_SIZE.get(entry).unwrap_or(0)),
                });
            }
        }
    }
    found
}

/// Thirteen UTF-16 units in three places of the entry, ended by zero where they are fewer.
fn long_name_part(entry: &[u8]) -> Vec<u16> {
    [1..11, 14..26, 28..32]
        .into_iter()
        .filter_map(|range| entry.get(range))
        .flat_map(|bytes| bytes.chunks_exact(2))
        .filter_map(|pair| pair.first_chunk().copied().map(u16::from_le_bytes))
        .take_while(|unit| *unit != 0)
        .collect()
}

/// "GRUBX64 EFI" as "GRUBX64.EFI"; Windows NT notes in two bits which half is in lower case.
fn short_name(name: &[u8; 11], case: u8) -> String {
    let (base, extension) = name.split_at(8);
    let text = |bytes: &[u8], lower: bool| {
        let text = String::from_utf8_lossy(bytes).trim_end().to_owned();
        if lower { text.to_lowercase() } else { text }
    };
    let base = text(base, case & 0x08 != 0);
    let extension = text(extension, case & 0x10 != 0);
    if extension.is_empty() { base } else { format!("{base}.{extension}") }
}
