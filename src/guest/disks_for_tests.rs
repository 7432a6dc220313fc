//! Disks that the tests of this stage build by hand, and a source that counts what is read from it.

use crate::image::cache::BlockCache;
use crate::image::{ReadAt, ReadError, Source};
use std::collections::BTreeMap;
use std::process::Command;
use std::rc::Rc;

pub(super) const MIB: u64 = 1 << 20;

pub(super) const LINUX: &str = "0FC63DAF-8483-4772-8E79-3D69D8477DE4";
pub(super) const ESP: &str = "C12A7328-F81F-11D2-BA4B-00A0C93EC93B";
pub(super) const BIOS_BOOT: &str = "21686148-6449-6E6F-744E-656564454649";
pub(super) const BASIC_DATA: &str = "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7";

/// A disk of any size that holds zeros but for what was put into it.
#[derive(Clone, Default)]
pub(super) struct SparseDisk {
    pub(super) size: u64,
    runs: BTreeMap<u64, Vec<u8>>,
}

impl SparseDisk {
    pub(super) fn new(size: u64) -> Self {
        Self { size, runs: BTreeMap::new() }
    }

    /// Puts `bytes` at `offset`; where runs overlap, the one that begins later on the disk wins.
    pub(super) fn put(&mut self, offset: u64, bytes: &[u8]) -> &mut Self {
        let mut whole = self.runs.remove(&offset).unwrap_or_default();
        whole.splice(..bytes.len().min(whole.len()), bytes.iter().copied());
        self.runs.insert(offset, whole);
        self
    }

    pub(super) fn source(&self) -> Source {
        Rc::new(self.clone())
    }

    /// The disk behind a cache, which counts reads of 64 KiB.
    pub(super) fn counted(&self) -> Rc<BlockCache> {
        Rc::new(BlockCache::new(self.source()))
    }
}

impl ReadAt for SparseDisk {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        crate::image::read_at::check_bounds(offset, buf.len(), self.size)?;
        buf.fill(0);
        let end = offset + buf.len() as u64;
        for (start, bytes) in &self.runs {
            let from = offset.max(*start);
            let to = end.min(start + bytes.len() as u64);
            if from < to {
                buf[(from - offset) as usize..(to - offset) as usize]
                    .copy_from_slice(&bytes[(from - start) as usize..(to - start) as usize]);
            }
        }
        Ok(())
    }
}

/// An entry of an MBR: type, first sector, sectors, active.
pub(super) type MbrEntry = (u8, u32, u32, bool);

/// A sector with up to four entries and the mark 55 AA.
pub(super) fn mbr_sector(entries: &[MbrEntry]) -> Vec<u8> {
    let mut sector = vec![0; 512];
    for (at, (kind, start, sectors, active)) in entries.iter().enumerate() {
        let entry = &mut sector[446 + 16 * at..][..16];
        entry[0] = if *active { 0x80 } else { 0 };
        entry[4] = *kind;
        entry[8..12].copy_from_slice(&start.to_le_bytes());
        entry[12..].copy_from_slice(&sectors.to_le_bytes());
    }
    sector[510..].copy_from_slice(&[0x55, 0xAA]);
    sector
}

/// A GPT to be built: where its copies lie follows from `size` and `sector`.
pub(super) struct GptLayout<'a> {
    pub(super) size: u64,
    pub(super) sector: u64,
    /// Type GUID, first and last sector, name.
    pub(super) entries: &'a [(&'a str, u64, u64, &'a str)],
}

impl GptLayout<'_> {
    fn last(&self) -> u64 {
        self.size / self.sector - 1
    }

    fn array_sectors(&self) -> u64 {
        128 * 128 / self.sector
    }

    pub(super) fn array(&self) -> Vec<u8> {
        let mut array = vec![0; 128 * 128];
        for (at, (guid, first, last, name)) in self.entries.iter().enumerate() {
            let entry = &mut array[at * 128..][..128];
            entry[..16].copy_from_slice(&guid_bytes(guid));
            entry[16] = at as u8 + 1;
            entry[32..40].copy_from_slice(&first.to_le_bytes());
            entry[40..48].copy_from_slice(&last.to_le_bytes());
            for (unit, to) in name.encode_utf16().zip(entry[56..].chunks_exact_mut(2)) {
                to.copy_from_slice(&unit.to_le_bytes());
            }
        }
        array
    }

    pub(super) fn header(&self, my: u64, alternate: u64, array_lba: u64) -> Vec<u8> {
        let mut header = vec![0; 92];
        header[..8].copy_from_slice(b"EFI PART");
        header[8..12].copy_from_slice(&0x1_0000_u32.to_le_bytes());
        header[12..16].copy_from_slice(&92_u32.to_le_bytes());
        header[24..32].copy_from_slice(&my.to_le_bytes());
        header[32..40].copy_from_slice(&alternate.to_le_bytes());
        header[40..48].copy_from_slice(&(2 + self.array_sectors()).to_le_bytes());
        header[48..56].copy_from_slice(&(self.last() - 1 - self.array_sectors()).to_le_bytes());
        header[72..80].copy_from_slice(&array_lba.to_le_bytes());
        header[80..84].copy_from_slice(&128_u32.to_le_bytes());
        header[84..88].copy_from_slice(&128_u32.to_le_bytes());
        header[88..92].copy_from_slice(&crc32fast::hash(&self.array()).to_le_bytes());
        let checksum = crc32fast::hash(&header);
        header[16..20].copy_from_slice(&checksum.to_le_bytes());
        header
    }

    /// Where the backup header lies, in bytes.
    pub(super) fn backup_offset(&self) -> u64 {
        self.last() * self.sector
    }

    pub(super) fn disk(&self) -> SparseDisk {
        let last = self.last();
        let backup_array = last - self.array_sectors();
        let mut disk = SparseDisk::new(self.size);
        disk.put(0, &mbr_sector(&[(0xEE, 1, u32::MAX, false)]))
            .put(self.sector, &self.header(1, last, 2))
            .put(2 * self.sector, &self.array())
            .put(backup_array * self.sector, &self.array())
            .put(last * self.sector, &self.header(last, 1, backup_array));
        disk
    }
}

fn guid_bytes(guid: &str) -> Vec<u8> {
    let groups: Vec<Vec<u8>> = guid
        .split('-')
        .map(|group| {
            (0..group.len() / 2).map(|at| u8::from_str_radix(&group[2 * at..2 * at + 2], 16).unwrap())
        })
        .map(Iterator::collect)
        .collect();
    let reversed = groups[..3].iter().flat_map(|group| group.iter().rev().copied());
    reversed.chain(groups[3..].iter().flatten().copied()).collect()
}

/// A small deterministic generator (xorshift64*), for tests over mutated bytes.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }
}

/// Runs a tool, also one of the administrator's, and gives what it printed.
pub(super) fn tool(name: &str, arguments: &[&str]) -> String {
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new(name)
        .args(arguments)
        .env("PATH", format!("{path}:/usr/sbin:/sbin"))
        .output()
        .unwrap_or_else(|error| panic!("this test needs the tool {name}: {error}"));
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
