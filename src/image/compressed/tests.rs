//! Compressed files. gzip, ZIP, bzip2 and parts of Zstandard are made here; xz, LZMA and two Zstandard files are the
//! bytes that the codecs' own programs make of [`small_disk`].

use super::super::testing::{Random, open_bytes, source_disk};
use super::super::{Condition, Depth, Format, Image};
use std::io::Read;

/// `xz -9` of the small disk.
const XZ: &str = "fd377a585a000004e6d6b446020021011c00000010cf58ccefffff01035d00311bece8202990277a3e451757140072d3\
    28d330588375872dd9bdae669803c00700737fc8dfc2054d99147801d5e62aec0a52cfb1b9085239efbc33ebf1b8950f\
    d756b5b8de8ffb9c53c599bd3b987e666cbfc78be9f13c6f6108e89f9f0854176242efa9db5cc1e690247bf3ba90469a\
    5e41748418aa4335772101f3cde0672ea5717859f80bcdff9528460fa9fc7cdefb9a302e56c08f85f38381c065c42553\
    f8f591363105a5b0ee6fc1704d470cd19111aaad601dbaceb127185c5986e9665258bee976ac59e4e55b0508f9c7daad\
    fcfb522b74cd1e5b2042f9dd533df82964093b80cb2a6cdfb53bf0c4bd2e5faa0f3e4b664290130eff1093f871744575\
    89000000df53f5757a12cd6b00019f028080400095c1b0a9b1c467fb020000000004595a";
/// `xz --format=lzma` of the small disk, without its size.
const LZMA: &str = "5d00008000ffffffffffffffff00311bece8202990277a3e451757140072d328d330588375872dd9bdae669803c00700\
    737fc8dfc2054d99147801d5e62aec0a52cfb1b9085239efbc33ebf1b8950fd756b5b8de8ffb9c53c599bd3b987e666c\
    bfc78be9f13c6f6108e89f9f0854176242efa9db5cc1e690247bf3ba90469a5e41748418aa4335772101f3cde0672ea5\
    717859f80bcdff9528460fa9fc7cdefb9a302e56c08f85f38381c065c42553f8f591363105a5b0ee6fc1704d470cd191\
    11aaad601dbaceb127185c5986e9665258bee976ac59e4e55b0508f9c7daadfcfb522b74cd1e5b2042f9dd533df82964\
    093b80cb2a6cdfb53bf0c4bd2e5faa0f3e4b664290130eff1093f87174457e5e40fffff7d3f000";
/// `zstd -19` of the small disk, with its size.
const ZSTD: &str = "28b52ffda400001000e40100a402626f6f7420636f6465206f6620612074657374206469736b00800002008300000000\
    01000000040055aa040057fc9083d1f5a56282a826aa023c020010000200100002001000020010000200100002001000\
    0300100047465122";
/// `zstd --long=27` of the small disk from a pipe: a window of 128 MiB and no size.
const ZSTD_WIDE: &str = "28b52ffd0488c40100b402626f6f7420636f6465206f6620612074657374206469736b00800002008300000000010000\
    00040055aa00031000fcfdf960541355f102001000020010000200100002001000020010000200100003001000474651\
    22";

fn hexadecimal(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// A disk of 1 MiB with one partition and nothing in it.
fn small_disk() -> Vec<u8> {
    let mut disk = vec![0; 1 << 20];
    disk[..24].copy_from_slice(b"boot code of a test disk");
    disk[446..462].copy_from_slice(&[0x80, 0, 2, 0, 0x83, 0, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0]);
    disk[510..512].copy_from_slice(b"\x55\xaa");
    disk
}

/// A disk with a partition table and all that [`source_disk`] has.
fn large_disk() -> Vec<u8> {
    let mut disk = source_disk();
    disk[..512].copy_from_slice(&small_disk()[..512]);
    disk
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut file = b"\x1f\x8b\x08\x08\0\0\0\0\0\x03disk.img\0".to_vec();
    file.extend(miniz_oxide::deflate::compress_to_vec(bytes, 6));
    file.extend(crc32fast::hash(bytes).to_le_bytes());
    file.extend((bytes.len() as u32).to_le_bytes());
    file
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    ::bzip2::read::BzEncoder::new(bytes, ::bzip2::Compression::best()).read_to_end(&mut file).unwrap();
    file
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// A ZIP with a folder and one file; `wide` writes the sizes into a ZIP64 field.
fn zip(bytes: &[u8], method: u16, flags: u16, wide: bool) -> Vec<u8> {
    let data = if method == 8 { miniz_oxide::deflate::compress_to_vec(bytes, 6) } else { bytes.to_vec() };
    let (compressed, uncompressed) = (data.len() as u64, bytes.len() as u64);
    let extra = if wide {
        [&[1, 0, 16, 0], &uncompressed.to_le_bytes()[..], &compressed.to_le_bytes()].concat()
    } else {
        Vec::new()
    };
    let fixed = |name: &str, method: u16, sizes: bool, extra: &[u8]| {
        let size = |size: u64| match (sizes, wide) {
            (false, _) => 0,
            (true, true) => u32::MAX,
            (true, false) => size as u32,
        };
        let mut header = Vec::new();
        header.extend(20_u16.to_le_bytes());
        header.extend(flags.to_le_bytes());
        header.extend(method.to_le_bytes());
        header.extend([0; 8]);
        header.extend(size(compressed).to_le_bytes());
        header.extend(size(uncompressed).to_le_bytes());
        header.extend((name.len() as u16).to_le_bytes());
        header.extend((extra.len() as u16).to_le_bytes());
        header
    };
    let mut file = Vec::new();
    let mut directory = Vec::new();
    for (name, method, data) in [("images/", 0, &[][..]), ("images/disk.img", method, &data)] {
        let (sizes, extra) = if data.is_empty() { (false, &[][..]) } else { (true, &extra[..]) };
        let offset = file.len() as u32;
        file.extend(b"PK\x03\x04");
        // The local header of a streamed file has no sizes: they follow the data.
        file.extend(fixed(name, method, false, &[]));
        file.extend(name.as_bytes());
        file.extend(data);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(fixed(name, method, sizes, extra));
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
        directory.extend(extra);
    }
    let start = file.len() as u32;
    file.extend(&directory);
    file.extend(b"PK\x05\x06\0\0\0\0\x02\0\x02\0");
    file.extend((directory.len() as u32).to_le_bytes());
    file.extend(start.to_le_bytes());
    file.extend(b"\x03\0end");
    file
}

/// What is inside `bytes`, in both passes.
fn inside(bytes: &[u8], format: Format) -> [Image; 2] {
    [Depth::First, Depth::Complete].map(|depth| {
        let image = open_bytes(bytes.to_vec(), depth).image;
        assert_eq!(image.format, format, "{depth:?}");
        assert_eq!(image.conditions, [], "{depth:?}");
        *image.compressed.unwrap_or_else(|| panic!("{format:?} {depth:?}: nothing inside"))
    })
}

#[test]
fn a_raw_disk_is_seen_in_every_compression() {
    let (small, large) = (small_disk(), large_disk());
    let sized = [
        (Format::Gzip, gzip(&small), &small),
        (Format::Gzip, gzip(&large), &large),
        (Format::Xz, hexadecimal(XZ), &small),
        (Format::Zstd, hexadecimal(ZSTD), &small),
        (Format::Zip, zip(&large, 8, 8, false), &large),
        (Format::Zip, zip(&large, 8, 8, true), &large),
        (Format::Zip, zip(&large, 0, 8, false), &large),
    ];
    for (format, bytes, disk) in sized {
        for held in inside(&bytes, format) {
            assert_eq!(held.format, Format::Raw, "{format:?}");
            assert_eq!(held.virtual_size, Some(disk.len() as u64), "{format:?}");
        }
    }
    let unsized_ = [
        (Format::Bzip2, bzip2(&large)),
        (Format::Zstd, zstd(&large)),
        (Format::Zstd, hexadecimal(ZSTD_WIDE)),
        (Format::Lzma, hexadecimal(LZMA)),
    ];
    for (format, bytes) in unsized_ {
        assert_eq!(inside(&bytes, format)[0].format, Format::Raw, "{format:?}");
    }
}

#[test]
fn a_container_is_seen_through_a_compression_and_through_two() {
    let folder = super::super::testing::Folder::new();
    folder.qemu_img(&["create", "-q", "-f", "qcow2", "disk.qcow2", "3T"]);
    let qcow2 = folder.read("disk.qcow2");
    for bytes in [gzip(&qcow2), zip(&qcow2, 8, 0, false), zip(&qcow2, 0, 0, false)] {
        let format = if bytes[0] == b'P' { Format::Zip } else { Format::Gzip };
        for held in inside(&bytes, format) {
            assert_eq!((held.format, held.virtual_size), (Format::Qcow2, Some(3 << 40)), "{format:?}");
            assert_eq!((held.file_size, held.conditions), (qcow2.len() as u64, vec![]));
        }
    }
    let [held, _] = inside(&gzip(&bzip2(&qcow2)), Format::Gzip);
    assert_eq!((held.format, held.compressed.unwrap().format), (Format::Bzip2, Format::Qcow2));
}

#[test]
fn compressions_without_end_stop_at_the_limit_of_nesting() {
    let mut bytes = small_disk();
    for _ in 0..20 {
        bytes = gzip(&bytes);
    }
    let mut image = open_bytes(bytes, Depth::Complete).image;
    let mut depth = 0;
    while let Some(held) = image.compressed {
        image = *held;
        depth += 1;
    }
    assert_eq!(depth, super::super::Opening::MAX_NESTING);
}

#[test]
fn what_is_no_disk_is_unknown() {
    let [held, complete] = inside(&gzip(b"a letter to nobody"), Format::Gzip);
    assert_eq!((held.format, held.file_size), (Format::Unknown, 18));
    assert_eq!(complete.format, Format::Unknown);
    assert_eq!(inside(&gzip(b""), Format::Gzip)[0].format, Format::Empty);
}

#[test]
fn streams_and_frames_and_members_that_follow_each_other_are_no_end() {
    let twice = |bytes: Vec<u8>| [bytes.clone(), bytes].concat();
    let [held, _] = inside(&twice(hexadecimal(XZ)), Format::Xz);
    assert_eq!(held.virtual_size, Some(2 << 20));
    let padded = [twice(hexadecimal(XZ)), vec![0; 8]].concat();
    assert_eq!(inside(&padded, Format::Xz)[0].virtual_size, Some(2 << 20));
    let skipped = [b"\x50\x2a\x4d\x18\x03\0\0\0abc".to_vec(), hexadecimal(ZSTD)].concat();
    assert_eq!(inside(&skipped, Format::Zstd)[0].virtual_size, Some(1 << 20));
}

#[test]
fn a_zstandard_file_of_many_frames_does_not_pass_its_first_for_all() {
    let noise: Vec<u8> = {
        let mut random = Random::new(5);
        (0..40_000).map(|_| random.next() as u8).collect()
    };
    let mut first = small_disk();
    first.truncate(8192);
    let mut file = b"\x28\xb5\x2f\xfd\x60".to_vec();
    file.extend((8192_u16 - 256).to_le_bytes());
    file.extend((8192_u32 << 3 | 1).to_le_bytes()[..3].iter());
    file.extend(&first);
    let alone = file.clone();
    file.extend(zstd(&noise));
    assert_eq!(inside(&alone, Format::Zstd)[0].virtual_size, Some(8192));
    assert_eq!(inside(&file, Format::Zstd)[0].virtual_size, None);
}

#[test]
fn a_decompression_bomb_costs_no_more_than_its_beginning() {
    let bomb = gzip(&vec![0; 256 << 20]);
    let [first, complete] = inside(&bomb, Format::Gzip);
    assert_eq!((first.format, complete.format), (Format::Unknown, Format::Unknown));
    assert_eq!(complete.file_size, 256 << 20);
}

#[test]
fn a_cut_file_is_damaged_where_the_format_can_tell() {
    let cut = |bytes: &[u8]| open_bytes(bytes[..bytes.len() * 2 / 3].to_vec(), Depth::First).image;
    let image = cut(&zip(&large_disk(), 8, 0, false));
    assert!(matches!(image.conditions[..], [Condition::Truncated { structure: "central directory", .. }]));
    let image = cut(&hexadecimal(XZ));
    assert_eq!(image.format, Format::Xz);
    assert!(matches!(&image.conditions[..], [Condition::Damaged(error)] if error.field == "stream footer"));
}

#[test]
fn an_encrypted_zip_is_not_looked_into() {
    let image = open_bytes(zip(&large_disk(), 8, 1, false), Depth::First).image;
    assert_eq!(image.conditions, [Condition::Encrypted { scheme: "ZIP" }]);
    assert!(image.compressed.is_none());
}

#[test]
fn archives_that_are_only_recognised_are_recognised_by_more_than_a_magic_number() {
    let mut seven_zip = b"7z\xbc\xaf\x27\x1c\0\x04".to_vec();
    let start_header = [[0; 16].as_slice(), &[1; 4]].concat();
    seven_zip.extend(crc32fast::hash(&start_header).to_le_bytes());
    seven_zip.extend(&start_header);
    let lz4 = [b"\x04\x22\x4d\x18\x68\x40".as_slice(), &5_u64.to_le_bytes(), &[0; 20]].concat();
    let rar = b"Rar!\x1a\x07\x01\0 and more".to_vec();
    for (format, bytes, broken) in
        [(Format::SevenZip, seven_zip, 8), (Format::Lz4, lz4, 4), (Format::Rar, rar, 6)]
    {
        assert_eq!(open_bytes(bytes.clone(), Depth::First).image.format, format);
        let mut other = bytes;
        other[broken] ^= 0xFF;
        assert_eq!(open_bytes(other, Depth::First).image.format, Format::Raw, "{format:?}");
    }
}

#[test]
fn a_magic_number_without_compressed_data_is_no_compressed_file() {
    let mut random = Random::new(17);
    for magic in [b"\x1f\x8b\x08\0".as_slice(), b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"BZh9", b"PK\x03\x04"] {
        let mut bytes: Vec<u8> = (0..4096).map(|_| random.next() as u8 | 0x86).collect();
        bytes[..magic.len()].copy_from_slice(magic);
        assert_eq!(open_bytes(bytes, Depth::First).image.format, Format::Raw, "{magic:?}");
    }
}
