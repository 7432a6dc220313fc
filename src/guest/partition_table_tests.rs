//! Partition tables built by hand: what is found in them and what is said of their damage.

use super::disks_for_tests::*;
use super::*;

const ENTRIES: &[(&str, u64, u64, &str)] = &[(ESP, 2048, 10239, "esp"), (LINUX, 10240, 60000, "Wurzel ü")];
const LAYOUT: GptLayout = GptLayout { size: 64 * MIB, sector: 512, entries: ENTRIES };

fn first(disk: &SparseDisk) -> Guest {
    examine(&disk.source(), Depth::First).unwrap()
}

fn places(guest: &Guest) -> Vec<(u32, u64, u64)> {
    guest.partitions.iter().map(|partition| (partition.index, partition.start, partition.size)).collect()
}

fn good_places() -> Vec<(u32, u64, u64)> {
    vec![(1, MIB, 4 * MIB), (2, 5 * MIB, 49761 * 512)]
}

fn ext4_superblock() -> Vec<u8> {
    let mut block = vec![0; 1024];
    block[56..58].copy_from_slice(&[0x53, 0xEF]);
    block[96] = 0x40;
    block
}

#[test]
fn an_mbr_gives_type_place_and_active_flag() {
    let mut disk = SparseDisk::new(64 * MIB);
    disk.put(0, &mbr_sector(&[(0x83, 2048, 4096, true), (0, 0, 0, false), (0x07, 8192, 1024, false)]));
    let guest = first(&disk);
    assert_eq!(guest.table, TableKind::Mbr);
    assert_eq!(places(&guest), [(1, MIB, 2 * MIB), (3, 4 * MIB, MIB / 2)]);
    assert_eq!(guest.partitions[0].type_id, "0x83");
    assert_eq!(guest.partitions[0].type_name.as_deref(), Some("Linux"));
    assert!(guest.partitions[0].active && !guest.partitions[1].active);
    assert_eq!(guest.boot_mode, Some(BootMode::LegacyBios));
    assert_eq!(guest.conditions, []);
}

#[test]
fn without_an_active_partition_only_grub_makes_an_mbr_bootable() {
    let mut disk = SparseDisk::new(64 * MIB);
    let mut sector = mbr_sector(&[(0x83, 2048, 4096, false)]);
    disk.put(0, &sector);
    assert_eq!(first(&disk).boot_mode, Some(BootMode::None));
    sector[0x180..0x185].copy_from_slice(b"GRUB ");
    disk.put(0, &sector);
    assert_eq!(first(&disk).boot_mode, Some(BootMode::LegacyBios));
}

#[test]
fn an_mbr_with_an_efi_partition_is_for_uefi() {
    let mut disk = SparseDisk::new(64 * MIB);
    disk.put(0, &mbr_sector(&[(0xEF, 2048, 4096, false)]));
    assert_eq!(first(&disk).boot_mode, Some(BootMode::Uefi));
}

#[test]
fn logical_partitions_are_placed_from_their_own_record() {
    let mut disk = SparseDisk::new(64 * MIB);
    disk.put(0, &mbr_sector(&[(0x83, 2048, 2048, true), (0x05, 8192, 65536, false)]))
        .put(8192 * 512, &mbr_sector(&[(0x82, 2048, 4096, false), (0x05, 20000, 9000, false)]))
        .put(28192 * 512, &mbr_sector(&[(0x8E, 64, 100, false)]));
    let guest = first(&disk);
    assert_eq!(
        places(&guest),
        [(1, MIB, MIB), (2, 4 * MIB, 32 * MIB), (5, 10240 * 512, 2 * MIB), (6, (28192 + 64) * 512, 51200)]
    );
    assert_eq!(guest.conditions, []);
}

#[test]
fn a_chain_of_extended_records_that_loops_ends_and_is_named() {
    let mut disk = SparseDisk::new(64 * MIB);
    disk.put(0, &mbr_sector(&[(0x0F, 8192, 65536, false)]))
        .put(8192 * 512, &mbr_sector(&[(0x83, 64, 100, false), (0x05, 1000, 100, false)]))
        .put(9192 * 512, &mbr_sector(&[(0x83, 64, 100, false), (0x05, 0, 100, false)]));
    let guest = first(&disk);
    assert_eq!(guest.partitions.len(), 3);
    let [GuestCondition::DamagedTable { reason }] = &guest.conditions[..] else {
        panic!("{:?}", guest.conditions)
    };
    assert!(reason.contains("comes back to byte 4194304"), "{reason}");
}

#[test]
fn an_endless_chain_of_extended_records_is_cut() {
    let mut disk = SparseDisk::new(64 * MIB);
    disk.put(0, &mbr_sector(&[(0x0F, 1, 100_000, false)]));
    for at in 0..400_u32 {
        let record = mbr_sector(&[(0x83, 1, 1, false), (0x05, 2 * (at + 1), 2, false)]);
        disk.put(u64::from(1 + 2 * at) * 512, &record);
    }
    let guest = examine(&disk.source(), Depth::Complete).unwrap();
    assert_eq!(guest.partitions.len(), 1 + 128);
    assert!(matches!(&guest.conditions[..], [GuestCondition::DamagedTable { .. }]), "{:?}", guest.conditions);
}

#[test]
fn an_extended_record_beyond_the_end_is_damage() {
    let mut disk = SparseDisk::new(MIB);
    disk.put(0, &mbr_sector(&[(0x05, 4_000_000, 100, false)]));
    let conditions = first(&disk).conditions;
    assert!(conditions.iter().any(|condition| matches!(condition, GuestCondition::DamagedTable { .. })));
    assert!(conditions.contains(&GuestCondition::PartitionBeyondEnd { index: 1, end: 4_000_100 * 512 }));
}

#[test]
fn boot_sectors_of_file_systems_are_not_tables() {
    let mut ntfs = mbr_sector(&[(0x83, 1, 1, false)]);
    ntfs[3..11].copy_from_slice(b"NTFS    ");
    ntfs[11..13].copy_from_slice(&512_u16.to_le_bytes());
    let mut exfat = mbr_sector(&[(0x83, 1, 1, false)]);
    exfat[3..11].copy_from_slice(b"EXFAT   ");
    let mut fat = mbr_sector(&[(0x83, 1, 1, false)]);
    fat[11..27].copy_from_slice(&[0, 2, 4, 1, 0, 2, 0, 2, 0, 0x10, 0xF8, 2, 0, 0, 0, 0]);
    fat[54..62].copy_from_slice(b"FAT12   ");
    for (sector, name) in [(ntfs, "ntfs"), (exfat, "exfat"), (fat, "fat12")] {
        let mut disk = SparseDisk::new(2 * MIB);
        disk.put(0, &sector);
        let guest = first(&disk);
        assert_eq!(guest.table, TableKind::None, "{name}");
        assert_eq!(guest.whole_disk.as_deref(), Some(name));
    }
}

#[test]
fn a_boot_indicator_that_is_neither_00_nor_80_makes_it_no_table() {
    let mut sector = mbr_sector(&[(0x83, 2048, 4096, false)]);
    sector[446 + 16] = 0x42;
    let mut disk = SparseDisk::new(4 * MIB);
    disk.put(0, &sector);
    assert_eq!(first(&disk).table, TableKind::None);
}

#[test]
fn an_empty_mbr_over_a_whole_disk_volume_is_no_table() {
    let mut disk = SparseDisk::new(4 * MIB);
    disk.put(0, &mbr_sector(&[])).put(1024, &ext4_superblock());
    let guest = first(&disk);
    assert_eq!((guest.table, guest.whole_disk.as_deref()), (TableKind::None, Some("ext4")));
}

#[test]
fn an_empty_mbr_alone_is_a_table() {
    let mut disk = SparseDisk::new(4 * MIB);
    disk.put(0, &mbr_sector(&[]));
    assert_eq!(first(&disk).table, TableKind::Mbr);
}

#[test]
fn a_gpt_gives_type_name_and_place() {
    let mut disk = LAYOUT.disk();
    disk.put(5 * MIB + 1024, &ext4_superblock());
    let guest = first(&disk);
    assert_eq!((guest.table, guest.boot_mode), (TableKind::Gpt, Some(BootMode::Uefi)));
    assert_eq!(places(&guest), good_places());
    assert_eq!(guest.partitions[0].type_id, ESP);
    assert_eq!(guest.partitions[0].type_name.as_deref(), Some("EFI system"));
    assert_eq!(guest.partitions[1].name, "Wurzel ü");
    assert_eq!(guest.partitions[1].filesystem.as_deref(), Some("ext4"));
    assert_eq!(guest.conditions, []);
}

#[test]
fn a_gpt_for_sectors_of_4096_bytes_is_read_and_said_so() {
    let layout = GptLayout { size: 64 * MIB, sector: 4096, entries: &[(LINUX, 256, 511, "root")] };
    let guest = first(&layout.disk());
    assert_eq!(places(&guest), [(1, MIB, MIB)]);
    assert_eq!(guest.conditions, [GuestCondition::SectorSize { bytes: 4096 }]);
}

#[test]
fn with_a_bad_primary_the_backup_is_used() {
    let bad_header = (512 + 50, "the checksum of its header is wrong");
    let bad_array = (1024 + 40, "the checksum of its entries is wrong");
    for (offset, said) in [bad_header, bad_array] {
        let mut disk = LAYOUT.disk();
        disk.put(offset, b"?");
        let guest = first(&disk);
        assert_eq!(places(&guest), good_places(), "{said}");
        assert_eq!(guest.conditions, [GuestCondition::BadGptCopy { copy: "primary", reason: said.into() }]);
    }
}

#[test]
fn a_primary_that_was_wiped_leaves_the_backup() {
    let mut disk = LAYOUT.disk();
    disk.put(512, &[0; 92]);
    let guest = first(&disk);
    assert_eq!(places(&guest), good_places());
    assert!(matches!(guest.conditions[..], [GuestCondition::BadGptCopy { copy: "primary", .. }]));
}

#[test]
fn a_bad_backup_is_said_and_the_primary_used() {
    for damage in [&[0_u8; 92][..], b"EFI PART????????"] {
        let mut disk = LAYOUT.disk();
        disk.put(LAYOUT.backup_offset(), damage);
        let guest = first(&disk);
        assert_eq!(places(&guest), good_places());
        assert!(matches!(guest.conditions[..], [GuestCondition::BadGptCopy { copy: "backup", .. }]));
    }
}

#[test]
fn with_both_copies_bad_there_are_no_partitions_and_no_boot_mode() {
    let mut disk = LAYOUT.disk();
    disk.put(512 + 50, b"?").put(LAYOUT.backup_offset() + 50, b"?");
    let guest = first(&disk);
    assert_eq!((guest.table, guest.boot_mode), (TableKind::Gpt, None));
    assert_eq!(guest.partitions, []);
    assert!(matches!(guest.conditions[..], [GuestCondition::DamagedTable { .. }]), "{:?}", guest.conditions);
}

#[test]
fn a_protective_mbr_without_a_gpt_is_damage() {
    let mut disk = SparseDisk::new(MIB);
    disk.put(0, &mbr_sector(&[(0xEE, 1, u32::MAX, false)]));
    let guest = first(&disk);
    assert_eq!(guest.table, TableKind::Gpt);
    assert!(matches!(guest.conditions[..], [GuestCondition::DamagedTable { .. }]));
}

#[test]
fn a_grown_disk_is_harmless_and_named() {
    let mut disk = LAYOUT.disk();
    disk.size *= 2;
    let guest = first(&disk);
    assert_eq!(places(&guest), good_places());
    assert_eq!(guest.conditions, [GuestCondition::GrownDisk]);
}

#[test]
fn a_cut_disk_lacks_its_backup_and_the_end_of_a_partition() {
    let mut disk = LAYOUT.disk();
    disk.size = 16 * MIB;
    let conditions = first(&disk).conditions;
    assert!(matches!(
        conditions[..],
        [
            GuestCondition::BadGptCopy { copy: "backup", .. },
            GuestCondition::PartitionBeyondEnd { index: 2, end: 30_720_512 }
        ]
    ));
}

#[test]
fn a_gpt_without_protective_mbr_is_found() {
    let mut disk = LAYOUT.disk();
    disk.put(510, &[0, 0]);
    let guest = first(&disk);
    assert_eq!((guest.table, places(&guest)), (TableKind::Gpt, good_places()));
    assert_eq!(guest.conditions, [GuestCondition::NoProtectiveMbr]);
}

#[test]
fn a_gpt_beside_the_real_entries_of_an_mbr_is_left_over() {
    let mut disk = LAYOUT.disk();
    disk.put(0, &mbr_sector(&[(0x83, 4096, 4096, true)]));
    let guest = first(&disk);
    assert_eq!((guest.table, places(&guest)), (TableKind::Mbr, vec![(1, 2 * MIB, 2 * MIB)]));
}

#[test]
fn a_left_over_backup_behind_a_file_system_is_no_table() {
    let mut disk = LAYOUT.disk();
    disk.put(0, &[0; 512]).put(512, &[0; 92]).put(1024, &ext4_superblock());
    let guest = first(&disk);
    assert_eq!((guest.table, guest.whole_disk.as_deref()), (TableKind::None, Some("ext4")));
}

#[test]
fn a_hybrid_has_the_partitions_of_its_gpt() {
    let mut disk = LAYOUT.disk();
    disk.put(0, &mbr_sector(&[(0xEE, 1, 2047, false), (0x83, 10240, 49761, true)]));
    let guest = first(&disk);
    assert_eq!((guest.table, places(&guest)), (TableKind::Hybrid, good_places()));
    assert_eq!(guest.boot_mode, Some(BootMode::Both));
}

#[test]
fn a_bios_boot_partition_and_an_efi_one_mean_both_modes() {
    let entries = [(BIOS_BOOT, 2048, 4095, ""), (ESP, 4096, 8191, ""), (LINUX, 8192, 9999, "")];
    let layout = GptLayout { size: 64 * MIB, sector: 512, entries: &entries };
    assert_eq!(first(&layout.disk()).boot_mode, Some(BootMode::Both));
    let layout = GptLayout { size: 64 * MIB, sector: 512, entries: &entries[..1] };
    assert_eq!(first(&layout.disk()).boot_mode, Some(BootMode::LegacyBios));
    let layout = GptLayout { size: 64 * MIB, sector: 512, entries: &[(BASIC_DATA, 2048, 4095, "")] };
    assert_eq!(first(&layout.disk()).boot_mode, Some(BootMode::None));
}

#[test]
fn an_entry_that_ends_before_it_begins_is_damage() {
    let layout = GptLayout { size: 64 * MIB, sector: 512, entries: &[(LINUX, 4096, 2048, "")] };
    let guest = first(&layout.disk());
    assert_eq!(guest.partitions, []);
    assert!(matches!(guest.conditions[..], [GuestCondition::DamagedTable { .. }]));
}

#[test]
fn a_header_that_asks_for_too_many_entries_is_refused_before_they_are_read() {
    let mut disk = LAYOUT.disk();
    let mut header = LAYOUT.header(1, LAYOUT.size / 512 - 1, 2);
    header[80..84].copy_from_slice(&u32::MAX.to_le_bytes());
    header[16..20].fill(0);
    let checksum = crc32fast::hash(&header);
    header[16..20].copy_from_slice(&checksum.to_le_bytes());
    disk.put(512, &header);
    let [GuestCondition::BadGptCopy { copy: "primary", reason }] = &first(&disk).conditions[..] else {
        panic!("the header was taken")
    };
    assert!(reason.contains("4294967295 entries"), "{reason}");
}

#[test]
fn a_disk_of_many_terabytes_is_read_at_its_end() {
    let sectors = (6_u64 << 40) / 512;
    let layout = GptLayout { size: 6 << 40, sector: 512, entries: &[(LINUX, 2048, sectors - 34, "")] };
    let guest = first(&layout.disk());
    assert_eq!(places(&guest), [(1, MIB, (sectors - 34 - 2047) * 512)]);
    assert_eq!(guest.conditions, []);
}

#[test]
fn an_apple_partition_map_is_listed() {
    let mut disk = SparseDisk::new(8 * MIB);
    disk.put(0, b"ER\x02\x00");
    for (at, (kind, start, blocks)) in
        [("Apple_partition_map", 1, 63), ("Apple_HFS", 64, 1000_u32)].iter().enumerate()
    {
        let mut entry = vec![0; 512];
        entry[..2].copy_from_slice(b"PM");
        entry[4..8].copy_from_slice(&2_u32.to_be_bytes());
        entry[8..12].copy_from_slice(&u32::to_be_bytes(*start));
        entry[12..16].copy_from_slice(&blocks.to_be_bytes());
        entry[48..48 + kind.len()].copy_from_slice(kind.as_bytes());
        disk.put(512 * (at as u64 + 1), &entry);
    }
    let guest = first(&disk);
    assert_eq!(guest.table, TableKind::Apm);
    assert_eq!(places(&guest), [(1, 512, 63 * 512), (2, 64 * 512, 512_000)]);
    assert_eq!(guest.partitions[1].type_id, "Apple_HFS");
}

#[test]
fn the_first_pass_stays_within_twelve_reads_whatever_the_disk() {
    let many: Vec<_> = (0..100).map(|at| (LINUX, 2048 + at * 1000, 2048 + at * 1000 + 999, "")).collect();
    let layout = GptLayout { size: 64 * MIB, sector: 512, entries: &many };
    let blank = SparseDisk::new(64 * MIB);
    for disk in [layout.disk(), LAYOUT.disk(), blank] {
        let counted = disk.counted();
        let source: Source = counted.clone();
        examine(&source, Depth::First).unwrap();
        assert!(counted.reads().reads <= 12, "{:?}", counted.reads());
    }
}

#[test]
fn the_first_pass_signs_the_first_eight_partitions() {
    let many: Vec<_> = (0..10).map(|at| (LINUX, 2048 * (at + 1), 2048 * (at + 2) - 1, "")).collect();
    let layout = GptLayout { size: 64 * MIB, sector: 512, entries: &many };
    let mut disk = layout.disk();
    for at in 0..10 {
        disk.put((at + 1) * MIB + 1024, &ext4_superblock());
    }
    let signed = first(&disk).partitions.iter().filter(|partition| partition.filesystem.is_some()).count();
    assert_eq!(signed, 8);
    let complete = examine(&disk.source(), Depth::Complete).unwrap();
    assert!(complete.partitions.iter().all(|partition| partition.filesystem.as_deref() == Some("ext4")));
}

#[test]
fn mutated_tables_never_panic() {
    let mut random = Random(7);
    let mut extended = SparseDisk::new(64 * MIB);
    extended
        .put(0, &mbr_sector(&[(0x83, 2048, 2048, true), (0x05, 8192, 65536, false)]))
        .put(8192 * 512, &mbr_sector(&[(0x82, 2048, 4096, false), (0x05, 20000, 9000, false)]));
    for round in 0..2000 {
        let mut disk = if round % 2 == 0 { LAYOUT.disk() } else { extended.clone() };
        for _ in 0..=random.below(4) {
            let area =
                [0, 446, 512, 1024, 8192 * 512 + 446, LAYOUT.backup_offset()][random.below(6) as usize];
            disk.put(area + random.below(100), &random.next().to_le_bytes()[..=random.below(7) as usize]);
        }
        if random.below(4) == 0 {
            disk.size = random.below(64 * MIB);
        }
        examine(&disk.source(), Depth::Complete).unwrap();
    }
}

#[test]
fn what_keeps_the_first_sector_from_being_read_is_returned() {
    struct Fails(ReadError);
    impl crate::image::ReadAt for Fails {
        fn size(&self) -> u64 {
            MIB
        }
        fn read_at(&self, _: u64, _: &mut [u8]) -> Result<(), ReadError> {
            Err(self.0.clone())
        }
    }
    let failed = ReadError::Failed { offset: 0, reason: "the file was removed".into() };
    let corrupt = ReadError::Corrupt { offset: 0, reason: "a grain does not inflate".into() };
    let gone: Source = Rc::new(Fails(failed.clone()));
    assert_eq!(examine(&gone, Depth::First).unwrap_err(), failed);
    let damaged: Source = Rc::new(Fails(corrupt.clone()));
    assert_eq!(examine(&damaged, Depth::First).unwrap_err(), corrupt);
}
