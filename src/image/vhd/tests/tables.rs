//! Dynamic headers and block allocation tables that are damaged, cut or hostile.

use super::super::super::testing::{assert_holds, cost_of_opening, open_bytes};
use super::super::super::{Condition, Depth, Fault, ReadError};
use super::builder::{BLOCKS, filled, footer_of, seal_header, set_entry, sparse};
use super::image_of;

fn dynamic() -> Vec<u8> {
    sparse(3, 1, &[Some((0xFF, filled(5))), None, Some((0xFF, filled(6)))])
}

fn damage(file: &[u8]) -> (Fault, &'static str, String) {
    let image = image_of(file);
    let error = image.conditions.iter().find_map(|condition| match condition {
        Condition::Damaged(error) => Some((error.fault, error.field, error.reason.to_string())),
        _ => None,
    });
    error.unwrap_or_else(|| panic!("{:?}", image.conditions))
}

#[test]
fn a_header_whose_checksum_is_wrong_is_read_all_the_same() {
    let mut file = dynamic();
    file[512 + 300] = 1;
    let opened = open_bytes(file, Depth::First);
    assert_eq!(
        opened.image.conditions,
        [Condition::BadChecksum { structure: "dynamic header", offset: 512 }]
    );
    assert_holds(&opened.disk.unwrap(), &[filled(5), filled(0), filled(6)].concat(), "bad checksum");
}

#[test]
fn headers_that_break_the_rules_are_refused_with_the_field() {
    let cases: &[(usize, &[u8], &str)] = &[
        (512, b"noheader", "dynamic header"),
        (544, &[0, 0, 0, 0], "block size"),
        (544, &[0, 0, 0x10, 1], "block size"),
        (544, &[0x80, 0, 0, 0], "block size"),
        (540, &[0, 0, 0, 2], "max table entries"),
    ];
    for (offset, bytes, field) in cases {
        let mut file = dynamic();
        file[*offset..offset + bytes.len()].copy_from_slice(bytes);
        seal_header(&mut file);
        let (fault, damaged, _) = damage(&file);
        assert_eq!((fault, damaged), (Fault::Malformed, *field));
        assert!(open_bytes(file, Depth::Complete).disk.is_none());
    }
}

#[test]
fn a_table_beyond_the_end_costs_nothing() {
    let mut file = dynamic();
    let size = u64::from(u32::MAX) * 512;
    for footer in [0, file.len() - 512] {
        file[footer + 48..footer + 56].copy_from_slice(&size.to_be_bytes());
        super::builder::seal_footer(&mut file[footer..]);
    }
    file[540..548].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 2, 0]);
    seal_header(&mut file);
    let opened = open_bytes(file, Depth::Complete);
    let needed = Some(2048 + u64::from(u32::MAX) * 4);
    assert_eq!(
        opened.image.conditions,
        [Condition::Truncated { structure: "block allocation table", needed }]
    );
    assert!(opened.disk.is_none());
}

#[test]
fn a_file_without_its_end_says_how_long_it_should_be() {
    let sound = dynamic();
    let needed = Some(sound.len() as u64);
    let cut = |length: usize| open_bytes(sound[..length].to_vec(), Depth::First);
    let opened = cut(sound.len() - 512);
    assert_eq!(opened.image.conditions, [Condition::Truncated { structure: "footer", needed }]);
    assert!(opened.disk.is_some());
    let opened = cut(sound.len() - 1024);
    assert_eq!(opened.image.conditions, [Condition::Truncated { structure: "blocks", needed }]);
    let disk = opened.disk.unwrap();
    let mut buf = [0; 512];
    disk.read_at(0, &mut buf).unwrap();
    assert!(matches!(disk.read_at(3 * 4096 - 512, &mut buf), Err(ReadError::Corrupt { offset: 11_776, .. })));
}

#[test]
fn blocks_beyond_the_end_are_told_also_when_the_footer_is_there() {
    let mut file = dynamic();
    set_entry(&mut file, 1, 0x0100_0000);
    let needed = Some((0x0100_0000 + 1 + 8 + 1) * 512);
    assert_eq!(image_of(&file).conditions, [Condition::Truncated { structure: "blocks", needed }]);
}

#[test]
fn blocks_over_each_other_or_over_a_structure_are_damage() {
    let first = (BLOCKS / 512) as u32;
    for (sector, reason) in [
        (first, "two blocks share the bytes at offset 2560"),
        (first + 8, "two blocks share the bytes at offset 2560"),
        (0, "a block at offset 0 lies over the block allocation table"),
        (first + 17, "a block at offset 11264 lies over the footer"),
    ] {
        let mut file = dynamic();
        set_entry(&mut file, 1, sector);
        let (fault, field, said) = damage(&file);
        assert_eq!((fault, field), (Fault::Malformed, "block allocation table"));
        assert_eq!(said, reason);
    }
}

#[test]
fn the_last_block_need_not_be_whole() {
    let mut file = dynamic();
    let end = file.split_off(file.len() - 512);
    file.truncate(file.len() - 1024);
    file.extend_from_slice(&end);
    for footer in [0, file.len() - 512] {
        file[footer + 54..footer + 56].copy_from_slice(&(3 * 4096_u16 - 1024).to_be_bytes());
        super::builder::seal_footer(&mut file[footer..]);
    }
    let opened = open_bytes(file, Depth::Complete);
    assert_eq!(opened.image.conditions, []);
    let expected = [filled(5), filled(0), filled(6)].concat();
    assert_holds(&opened.disk.unwrap(), &expected[..3 * 4096 - 1024], "short last block");
}

#[test]
fn a_table_of_gigabytes_is_not_gone_through() {
    let mut file = dynamic();
    file.truncate(1536);
    // 2^30 blocks of 512 bytes.
    file[540..544].copy_from_slice(&(1_u32 << 30).to_be_bytes());
    file[544..548].copy_from_slice(&512_u32.to_be_bytes());
    seal_header(&mut file);
    file[..512].copy_from_slice(&footer_of(3, 1 << 39, 1));
    assert!(cost_of_opening(file, 8 << 30) < 1 << 20);
}
