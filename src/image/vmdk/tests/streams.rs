use super::build::{GRAIN, Put, Style, descriptor, header, stream};
use super::*;
use crate::image::vmdk::layout::hosted;

const SIZE: usize = 40 << 20;
const STYLES: [Style; 3] = [Style::Esx, Style::Ovftool, Style::Workstation];

fn text(create_type: &str) -> String {
    let extents = format!("RDONLY {} SPARSE \"generated-stream.vmdk\"", SIZE / 512);
    descriptor(create_type, &extents, "ddb.longContentID = \"0123456789abcdef0123456789abcdef\"\n")
}

fn sample(style: Style) -> (Vec<u8>, Vec<u8>) {
    let disk = sample_disk(SIZE);
    let file = stream(&disk, style, &text("streamOptimized"));
    (disk, file)
}

#[test]
fn every_writers_shape_is_read() {
    for style in STYLES {
        let (disk, file) = sample(style);
        assert!(is_recognised(&file));
        let opened = open(&file);
        assert_eq!(opened.image.conditions, []);
        assert_eq!(opened.image.subformat.as_deref(), Some("streamOptimized"));
        assert_eq!(opened.image.virtual_size, Some(SIZE as u64));
        assert_disk_is(&opened, &disk);
    }
}

#[test]
fn the_first_pass_reads_little_and_finds_the_same() {
    for style in STYLES {
        let (_, file) = sample(style);
        let (opened, reads) = open_first(&file);
        assert_eq!(opened.image.conditions, []);
        assert!(reads <= 8, "{reads} reads");
    }
}

#[test]
fn zeros_behind_the_end_do_not_hide_it() {
    let (disk, file) = sample(Style::Esx);
    for count in [512, 60_000, 65_536, 131_072, 200_000, 3_000_000] {
        let mut padded = file.clone();
        padded.resize(file.len() + count, 0);
        let opened = open(&padded);
        assert_eq!(opened.image.conditions, [Condition::TrailingBytes { count: count as u64 }]);
        assert_disk_is(&opened, &disk);
    }
    let mut cut = file[..file.len() / 2].to_vec();
    cut.resize(file.len(), 0);
    assert!(matches!(open(&cut).image.conditions[0], Condition::Truncated { structure: "footer", .. }));
}

#[test]
fn the_flags_win_over_a_create_type_that_disagrees() {
    let disk = sample_disk(SIZE);
    let opened = open(&stream(&disk, Style::Esx, &text("monolithicSparse")));
    assert_eq!(opened.image.subformat.as_deref(), Some("streamOptimized"));
    let said = opened.image.facts.iter().find(|fact| fact.name == "subformat").unwrap();
    assert!(said.value.ends_with("claims monolithicSparse"), "{}", said.value);
    assert_disk_is(&opened, &disk);
}

#[test]
fn what_is_allocated_is_where_the_data_lies() {
    let (disk, file) = sample(Style::Esx);
    let allocated = open(&file).image.allocated;
    let expected: Vec<usize> =
        (0..SIZE / GRAIN).filter(|at| disk[at * GRAIN..][..GRAIN].iter().any(|byte| *byte != 0)).collect();
    let got: Vec<usize> =
        allocated.iter().flat_map(|run| run.start as usize / GRAIN..run.end as usize / GRAIN).collect();
    assert_eq!(got, expected);
}

#[test]
fn a_stream_without_its_footer_is_cut() {
    let (_, file) = sample(Style::Esx);
    for cut in [1024, 1536, 5000, file.len() / 2, file.len() - 1000] {
        let cut = &file[..file.len() - cut];
        let (opened, _) = open_first(cut);
        assert_eq!(truncated(&opened), Some(("footer", None)));
        assert!(opened.disk.is_none());
    }
}

#[test]
fn a_stream_that_lost_its_last_sector_or_a_part_of_it_is_cut() {
    for style in [Style::Esx, Style::Ovftool] {
        let (_, file) = sample(style);
        for cut in [1, 512] {
            let opened = open(&file[..file.len() - cut]);
            assert_eq!(truncated(&opened), Some(("end-of-stream marker", Some(file.len() as u64))));
        }
    }
}

#[test]
fn a_patched_header_whose_directory_is_lost_is_cut() {
    let (_, file) = sample(Style::Ovftool);
    let (opened, _) = open_first(&file[..file.len() - 4096]);
    let (structure, needed) = truncated(&opened).unwrap();
    assert_eq!(structure, "grain directory");
    assert!(needed.unwrap() > file.len() as u64 - 4096 && needed.unwrap() < file.len() as u64);
}

#[test]
fn a_stream_with_its_tables_at_the_front_is_cut_where_the_highest_grain_is() {
    let (_, file) = sample(Style::Workstation);
    assert_eq!(truncated(&open(&file)), None);
    // The file ends in the last grain's data: no more than a sector of padding follows it.
    let opened = open(&file[..file.len() - 600]);
    assert_eq!(truncated(&opened).map(|(structure, _)| structure), Some("grain"));
    let disk = opened.disk.unwrap();
    assert!(matches!(disk.read_at(SIZE as u64 - 1, &mut [0]), Err(crate::image::ReadError::Corrupt { .. })));
}

#[test]
fn a_footer_is_found_before_bytes_that_were_appended() {
    let (disk, mut file) = sample(Style::Esx);
    file.resize(file.len() + 100_000, 0);
    let opened = open(&file);
    assert_eq!(opened.image.conditions, [Condition::TrailingBytes { count: 100_000 }]);
    assert_disk_is(&opened, &disk);
}

#[test]
fn a_version_before_3_is_reported_and_read() {
    let (disk, mut file) = sample(Style::Workstation);
    hosted::VERSION.put(&mut file, 1);
    let opened = open(&file);
    assert_eq!(opened.image.conditions, [Condition::OldVersion { version: 1 }]);
    assert_disk_is(&opened, &disk);
}

#[test]
fn grains_without_markers_are_read() {
    let disk = sample_disk(GRAIN * 3);
    let mut file = stream(&disk, Style::Workstation, &text("streamOptimized"));
    let flags = hosted::FLAG_NEWLINE_TEST | hosted::FLAG_COMPRESSED;
    hosted::FLAGS.put(&mut file, flags);
    // Point each entry's grain at its data, which must begin on a sector: move it over its marker.
    for entry in 0..3 {
        let at = super::build::sparse_entry(entry);
        let sector = u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
        if sector != 0 {
            let size = u32::from_le_bytes(file[sector * 512 + 8..][..4].try_into().unwrap()) as usize;
            file.copy_within(sector * 512 + 12..sector * 512 + 12 + size, sector * 512);
        }
    }
    assert_disk_is(&open(&file), &disk);
}

#[test]
fn a_damaged_grain_fails_only_where_it_lies() {
    let (disk, mut file) = sample(Style::Workstation);
    let grain = disk.iter().position(|byte| *byte != 0).unwrap() / GRAIN;
    let at = super::build::sparse_entry(grain);
    let data = u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize * 512 + 12;
    file[data + 40..data + 60].fill(0xFF);
    let opened = open(&file);
    let read = |offset: usize| opened.disk.as_ref().unwrap().read_at(offset as u64, &mut [0; 16]);
    assert!(matches!(read(grain * GRAIN), Err(crate::image::ReadError::Corrupt { .. })));
    assert_eq!(read(SIZE - 16), Ok(()));
}

#[test]
fn a_grain_that_inflates_to_more_than_a_grain_is_refused() {
    let mut file = stream(&vec![7; GRAIN], Style::Workstation, &text("streamOptimized"));
    let bomb = miniz_oxide::deflate::compress_to_vec_zlib(&vec![0; 32 << 20], 9);
    assert!(bomb.len() < 2 * GRAIN);
    file.truncate(GRAIN + 8);
    file.extend_from_slice(&(bomb.len() as u32).to_le_bytes());
    file.extend_from_slice(&bomb);
    assert!(open(&file).disk.unwrap().read_at(0, &mut [0]).is_err());
}

#[test]
fn a_wiped_descriptor_is_damage() {
    let (_, mut file) = sample(Style::Esx);
    file[512..10_752].fill(0);
    assert_eq!(damaged(&open(&file)), Some("descriptor"));
}

#[test]
fn the_tables_of_a_64_gb_disk_are_gone_through_in_few_reads() {
    // Every grain of the disk is in the tables; all share one grain of data.
    let size = 64_usize << 30;
    let tables = size / (GRAIN * 512);
    let mut file = header(size, 128);
    hosted::VERSION.put(&mut file, 3);
    hosted::FLAGS.put(&mut file, 0x3_0001);
    hosted::COMPRESSION.put(&mut file, 1);
    file.extend_from_slice(text("streamOptimized").as_bytes());
    file.resize(128 * 512, 0);
    let first_table = 128 + (tables * 4).div_ceil(512);
    for table in 0..tables {
        file.extend_from_slice(&((first_table + table * 4) as u32).to_le_bytes());
    }
    let data = (first_table + tables * 4) as u32;
    for _ in 0..tables * 512 {
        file.extend_from_slice(&data.to_le_bytes());
    }
    file.resize(data as usize * 512 + 8, 0);
    let grain = miniz_oxide::deflate::compress_to_vec_zlib(&vec![9; GRAIN], 1);
    file.extend_from_slice(&(grain.len() as u32).to_le_bytes());
    file.extend_from_slice(&grain);
    file.resize(file.len().next_multiple_of(512), 0);
    let (first, reads) = open_first(&file);
    assert_eq!(first.image.conditions, []);
    assert!(reads <= 8, "{reads} reads in the first pass");
    let cache = Rc::new(BlockCache::new(Rc::new(file)));
    let opened = open_set(&[("disk.vmdk", Rc::clone(&cache) as Source)], Depth::Complete);
    assert_eq!(opened.image.allocated, vec![0..size as u64]);
    let reads = cache.reads().reads;
    assert!(reads <= 12, "{reads} reads");
    let mut end = [0; 4];
    opened.disk.unwrap().read_at(size as u64 - 4, &mut end).unwrap();
    assert_eq!(end, [9; 4]);
}

#[test]
fn tables_that_lie_far_apart_cost_a_bounded_number_of_reads() {
    // Each table has one entry and lies behind its grain, as in a stream, but farther apart than one read reaches.
    let (count, distance) = (1500_usize, 132_usize);
    let mut file = header(count * GRAIN, 128);
    hosted::ENTRIES_PER_TABLE.put(&mut file, 1);
    file.extend_from_slice(text("monolithicSparse").as_bytes());
    file.resize((256 + count * distance) * 512, 0);
    for table in 0..count {
        let sector = 256 + table * distance;
        file[128 * 512 + table * 4..][..4].copy_from_slice(&(sector as u32 + 128).to_le_bytes());
        file[(sector + 128) * 512..][..4].copy_from_slice(&(sector as u32).to_le_bytes());
    }
    let cache = Rc::new(BlockCache::new(Rc::new(file)));
    let opened = open_set(&[("disk.vmdk", Rc::clone(&cache) as Source)], Depth::Complete);
    assert_eq!(opened.image.conditions, []);
    assert_eq!(opened.image.allocated, vec![0..(count * GRAIN) as u64]);
    let reads = cache.reads().reads;
    assert!(reads <= 620, "{reads} reads");
}
