//! A Btrfs of one leaf a tree (the on-disk format of btrfs.readthedocs.io): a top level, and subvolumes in it that
//! may have files in `/etc`. Logical addresses are those on the disk.

use crate::guest::disks_for_tests::SparseDisk;
use crate::image::Source;

const NODE: usize = 16384;
const SIZE: u64 = 8 << 20;
/// The one chunk, and the blocks in it.
const CHUNK: u64 = 1 << 20;
const CHUNK_SIZE: u64 = 4 << 20;
const CHUNK_TREE: u64 = CHUNK;
const ROOT_TREE: u64 = CHUNK + NODE as u64;
const FIRST_FILE_TREE: u64 = CHUNK + 2 * NODE as u64;

const TOP_LEVEL: u64 = 5;
const ROOT_FOLDER: u64 = 256;
const INODE_ITEM: u8 = 1;
const DIR_ITEM: u8 = 84;
const DIR_INDEX: u8 = 96;
const EXTENT_DATA: u8 = 108;
const ROOT_ITEM: u8 = 132;
const ROOT_REF: u8 = 156;
const CHUNK_ITEM: u8 = 228;
const FILE: u8 = 1;
const FOLDER: u8 = 2;

type Key = (u64, u8, u64);

/// A subvolume of the top level.
pub(super) struct Subvolume {
    number: u64,
    name: &'static str,
    /// Names and contents in `/etc`, which is missing where there are none.
    files: Vec<(&'static str, String)>,
}

impl Subvolume {
    pub(super) fn new(number: u64, name: &'static str, files: &[(&'static str, String)]) -> Self {
        Self { number, name, files: files.to_vec() }
    }

    fn tree(&self) -> Vec<(Key, Vec<u8>)> {
        let etc = ROOT_FOLDER + 1;
        let mut items = vec![((ROOT_FOLDER, INODE_ITEM, 0), inode(0o040_755, 0))];
        if !self.files.is_empty() {
            items.extend(entry(ROOT_FOLDER, 2, "etc", (etc, INODE_ITEM, 0), FOLDER));
            items.push(((etc, INODE_ITEM, 0), inode(0o040_755, 0)));
        }
        for (number, (name, content)) in (1..).zip(&self.files) {
            let file = etc + number;
            items.extend(entry(etc, number + 1, name, (file, INODE_ITEM, 0), FILE));
            items.push(((file, INODE_ITEM, 0), inode(0o100_644, content.len() as u64)));
            // Generation, size, no compression, no encryption, nothing, inline.
            let mut extent = [words(&[1, content.len() as u64]), vec![0; 5]].concat();
            extent.extend(content.as_bytes());
            items.push(((file, EXTENT_DATA, 0), extent));
        }
        items
    }
}

/// The file system.
pub(super) struct FileSystem {
    subvolumes: Vec<Subvolume>,
    default: u64,
}

impl FileSystem {
    pub(super) fn new() -> Self {
        Self { subvolumes: Vec::new(), default: TOP_LEVEL }
    }

    pub(super) fn with(mut self, subvolume: Subvolume) -> Self {
        self.subvolumes.push(subvolume);
        self
    }

    /// Makes the subvolume `number` the default.
    pub(super) fn starting(mut self, number: u64) -> Self {
        self.default = number;
        self
    }

    pub(super) fn source(&self) -> Source {
        let mut disk = SparseDisk::new(SIZE);
        let mut put = |at: u64, items: Vec<(Key, Vec<u8>)>| {
            disk.put(at, &leaf(at, items));
        };
        put(CHUNK_TREE, vec![((256, CHUNK_ITEM, CHUNK), chunk())]);
        let mut roots = vec![((TOP_LEVEL, ROOT_ITEM, 0), root(FIRST_FILE_TREE))];
        let [by_hash, _] = entry(6, 0, "default", (self.default, ROOT_ITEM, u64::MAX), FOLDER);
        roots.push(by_hash);
        let mut top = vec![((ROOT_FOLDER, INODE_ITEM, 0), inode(0o040_755, 0))];
        for (place, subvolume) in (1..).zip(&self.subvolumes) {
            let at = FIRST_FILE_TREE + place * NODE as u64;
            put(at, subvolume.tree());
            let index = place + 1;
            roots.push(((subvolume.number, ROOT_ITEM, 0), root(at)));
            let mut link = words(&[ROOT_FOLDER, index]);
            link.extend((subvolume.name.len() as u16).to_le_bytes());
            link.extend(subvolume.name.as_bytes());
            roots.push(((TOP_LEVEL, ROOT_REF, subvolume.number), link));
            let location = (subvolume.number, ROOT_ITEM, u64::MAX);
            top.extend(entry(ROOT_FOLDER, index, subvolume.name, location, FOLDER));
        }
        put(FIRST_FILE_TREE, top);
        put(ROOT_TREE, roots);
        disk.put(65536, &superblock());
        disk.source()
    }
}

fn words(words: &[u64]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn key((object, kind, offset): Key) -> Vec<u8> {
    [&object.to_le_bytes()[..], &[kind], &offset.to_le_bytes()].concat()
}

/// CRC-32C without its last step, from 0xFFFFFFFE on.
fn hash(name: &str) -> u64 {
    u64::from(!crc32c::crc32c_append(1, name.as_bytes()))
}

/// A name in a folder, once by its hash and once by its number.
fn entry(folder: u64, index: u64, name: &str, location: Key, kind: u8) -> [(Key, Vec<u8>); 2] {
    let mut data = key(location);
    data.extend(1_u64.to_le_bytes());
    data.extend(0_u16.to_le_bytes());
    data.extend((name.len() as u16).to_le_bytes());
    data.push(kind);
    data.extend(name.as_bytes());
    [((folder, DIR_ITEM, hash(name)), data.clone()), ((folder, DIR_INDEX, index), data)]
}

fn inode(mode: u32, size: u64) -> Vec<u8> {
    let mut item = words(&[1, 1, size, size, 0]);
    item.extend([1, 0, 0, mode].iter().flat_map(|word: &u32| word.to_le_bytes()));
    item.resize(160, 0);
    item
}

fn root(at: u64) -> Vec<u8> {
    let mut item = inode(0o040_755, 0);
    item.extend(words(&[1, ROOT_FOLDER, at, 0, NODE as u64, 0, 0]));
    item.extend(1_u32.to_le_bytes());
    item.resize(439, 0);
    item
}

fn chunk() -> Vec<u8> {
    let data_metadata_and_system = 7;
    let mut item = words(&[CHUNK_SIZE, 2, 65536, data_metadata_and_system]);
    item.extend([4096, 4096, 4096].iter().flat_map(|word: &u32| word.to_le_bytes()));
    item.extend([1, 0, 0, 0]);
    item.extend(words(&[1, CHUNK, 0, 0]));
    item
}

fn with_checksum(mut block: Vec<u8>) -> Vec<u8> {
    let sum = crc32c::crc32c(&block[32..]);
    block[..4].copy_from_slice(&sum.to_le_bytes());
    block
}

fn leaf(at: u64, mut items: Vec<(Key, Vec<u8>)>) -> Vec<u8> {
    const HEADER: usize = 101;
    items.sort_by_key(|(key, _)| *key);
    let mut block = vec![0; NODE];
    block[48..56].copy_from_slice(&at.to_le_bytes());
    block[80] = 1;
    block[96..100].copy_from_slice(&(items.len() as u32).to_le_bytes());
    let mut end = NODE - HEADER;
    for (number, (name, data)) in items.into_iter().enumerate() {
        end -= data.len();
        block[HEADER + end..HEADER + end + data.len()].copy_from_slice(&data);
        let mut item = key(name);
        item.extend((end as u32).to_le_bytes());
        item.extend((data.len() as u32).to_le_bytes());
        block[HEADER + 25 * number..HEADER + 25 * (number + 1)].copy_from_slice(&item);
    }
    with_checksum(block)
}

fn superblock() -> Vec<u8> {
    let mut block = vec![0; 4096];
    let mut put = |at: usize, bytes: &[u8]| block[at..at + bytes.len()].copy_from_slice(bytes);
    put(48, &65536_u64.to_le_bytes());
    put(64, b"_BHRfS_M");
    put(72, &words(&[1, ROOT_TREE, CHUNK_TREE, 0, 0, SIZE, SIZE, 6, 1]));
    put(144, &4096_u32.to_le_bytes());
    put(148, &(NODE as u32).to_le_bytes());
    put(152, &(NODE as u32).to_le_bytes());
    put(156, &4096_u32.to_le_bytes());
    let bootstrap = [key((256, CHUNK_ITEM, CHUNK)), chunk()].concat();
    put(160, &(bootstrap.len() as u32).to_le_bytes());
    put(201, &1_u64.to_le_bytes());
    put(811, &bootstrap);
    with_checksum(block)
}
