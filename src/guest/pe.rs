//! Portable Executables: the processor of EFI loaders, kernels and Windows, and the version of Windows' kernel.
//!
//! Microsoft's PE Format specification.

use super::file_tree::{FileTree, MAX_FILE};
use crate::image::layout::{Field, bytes_at, le_u16, le_u32};

const DOS_MARK: Field<[u8; 2]> = bytes_at("e_magic", 0);
const HEADER_OFFSET: Field<u32> = le_u32("e_lfanew", 60);

const PE_MARK: Field<[u8; 4]> = bytes_at("Signature", 0);
const MACHINE: Field<u16> = le_u16("Machine", 4);
const SECTION_COUNT: Field<u16> = le_u16("NumberOfSections", 6);
const OPTIONAL_SIZE: Field<u16> = le_u16("SizeOfOptionalHeader", 20);
const OPTIONAL: usize = 24;

const SECTION_SIZE: usize = 40;
const SECTION_NAME: Field<[u8; 8]> = bytes_at("Name", 0);
const SECTION_ADDRESS: Field<u32> = le_u32("VirtualAddress", 12);
const SECTION_RAW_SIZE: Field<u32> = le_u32("SizeOfRawData", 16);
const SECTION_RAW_OFFSET: Field<u32> = le_u32("PointerToRawData", 20);

const RESOURCE_NAMED: Field<u16> = le_u16("NumberOfNamedEntries", 12);
const RESOURCE_NUMBERED: Field<u16> = le_u16("NumberOfIdEntries", 14);
const RESOURCE_ENTRIES: usize = 16;
/// RT_VERSION.
const VERSION_TYPE: u32 = 16;
/// The mark of VS_FIXEDFILEINFO.
const FIXED_INFO: [u8; 4] = 0xFEEF_04BD_u32.to_le_bytes();
const FILE_VERSION_HIGH: Field<u32> = le_u32("dwFileVersionMS", 8);
const FILE_VERSION_LOW: Field<u32> = le_u32("dwFileVersionLS", 12);

/// How much of a file's start holds its headers, in bytes.
pub(super) const HEADERS: usize = 4096;

/// The COFF header within the file's first bytes.
fn header(start: &[u8]) -> Option<&[u8]> {
    (DOS_MARK.get(start).ok()? == *b"MZ").then_some(())?;
    let header = start.get(usize::try_from(HEADER_OFFSET.get(start).ok()?).ok()?..)?;
    (PE_MARK.get(header).ok()? == *b"PE\0\0").then_some(header)
}

/// The processor that the program whose first bytes these are is for.
pub(super) fn architecture(start: &[u8]) -> Option<&'static str> {
    Some(match MACHINE.get(header(start)?).ok()? {
        0x8664 => "x86_64",
        0xAA64 => "arm64",
        0x014C => "i386",
        0x01C0 | 0x01C2 | 0x01C4 => "arm",
        0x5064 => "riscv64",
        _ => return None,
    })
}

/// The file version of the program at `path`: four numbers.
pub(super) fn file_version(tree: &dyn FileTree, path: &str) -> Option<[u16; 4]> {
    let start = tree.read_range(path, 0, HEADERS)?;
    let (offset, size, address) = resource_section(header(&start)?)?;
    let section = tree.read_range(path, u64::from(offset), usize::try_from(size).ok()?.min(MAX_FILE))?;
    let data = version_resource(&section, address)?;
    let at = data.windows(FIXED_INFO.len()).position(|window| window == FIXED_INFO)?;
    let info = data.get(at..)?;
    let (high, low) = (FILE_VERSION_HIGH.get(info).ok()?, FILE_VERSION_LOW.get(info).ok()?);
    let halves = |number: u32| [number >> 16, number & 0xFFFF].map(|half| u16::try_from(half).unwrap_or(0));
    let ([major, minor], [build, revision]) = (halves(high), halves(low));
    Some([major, minor, build, revision])
}

/// Where the resources lie in the file, how many bytes they have, and their address in memory.
fn resource_section(header: &[u8]) -> Option<(u32, u32, u32)> {
    let count = usize::from(SECTION_COUNT.get(header).ok()?);
    let table = header.get(OPTIONAL.checked_add(usize::from(OPTIONAL_SIZE.get(header).ok()?))?..)?;
    let section = table
        .chunks_exact(SECTION_SIZE)
        .take(count)
        .find(|section| SECTION_NAME.get(section).is_ok_and(|name| name == *b".rsrc\0\0\0"))?;
    Some((
        SECTION_RAW_OFFSET.get(section).ok()?,
        SECTION_RAW_SIZE.get(section).ok()?,
        SECTION_ADDRESS.get(section).ok()?,
    ))
}

/// Three levels: type, name, language; then the place of the data, as an address in memory.
fn version_resource(section: &[u8], address: u32) -> Option<&[u8]> {
    let name = child(section, 0, Some(VERSION_TYPE))?;
    let language = child(section, name, None)?;
    let leaf = section.get(child(section, language, None)?..)?;
    let start = le_u32("OffsetToData", 0).get(leaf).ok()?.checked_sub(address)?;
    let size = le_u32("Size", 4).get(leaf).ok()?;
    let start = usize::try_from(start).ok()?;
    section.get(start..start.checked_add(usize::try_from(size).ok()?)?)
}

/// Where the entry with this number (or the first) of the directory at `offset` leads to.
fn child(section: &[u8], offset: usize, number: Option<u32>) -> Option<usize> {
    let directory = section.get(offset..)?;
    let count = RESOURCE_NAMED.get(directory).ok()?.checked_add(RESOURCE_NUMBERED.get(directory).ok()?)?;
    let entry = directory
        .get(RESOURCE_ENTRIES..)?
        .chunks_exact(8)
        .take(usize::from(count))
        .find(|entry| number.is_none() || le_u32("Id", 0).get(entry).ok() == number)?;
    // The highest bit tells a directory from data.
    usize::try_from(le_u32("OffsetToData", 4).get(entry).ok()? & 0x7FFF_FFFF).ok()
}
