//! Logs that must be replayed, and those that must not.

use super::super::super::testing::{assert_holds, open_bytes};
use super::super::super::{Condition, Depth, Fault};
use super::builder::{BAT, DATA, Draft, LOG, LOG_SIZE, LogEntry, Write, at, filled, put_log, seal};

/// A disk whose first two blocks are written but not yet in the table.
fn before() -> Vec<u8> {
    Draft { data: vec![filled(5), filled(6)], ..Draft::default() }.build()
}

/// The sector of the table with these entries.
fn table(words: &[u64]) -> Vec<u8> {
    let mut sector: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    sector.resize(4096, 0);
    sector
}

fn entry(number: u64, tail: u32, writes: Vec<Write<'_>>) -> LogEntry<'_> {
    LogEntry { number, tail, writes, file_size: 6 << 20 }
}

fn is_replayed(file: Vec<u8>, expected: &[u8], entries: usize) {
    let opened = open_bytes(file, Depth::Complete);
    let evidence = "its log holds changes that were not carried out".into();
    assert_eq!(opened.image.conditions, [Condition::NotClosed { evidence }]);
    let fact = opened.image.facts.iter().find(|fact| fact.name == "log").unwrap();
    assert_eq!(fact.value, format!("{entries} entries, replayed in memory"));
    assert_holds(&opened.disk.unwrap(), expected, "replayed");
}

fn is_not_replayed(file: Vec<u8>) {
    let opened = open_bytes(file, Depth::Complete);
    assert_eq!(opened.image.conditions, []);
    assert_holds(&opened.disk.unwrap(), &vec![0; 3 << 20], "not replayed");
}

#[test]
fn a_write_to_the_table_counts_before_the_table() {
    let mut file = before();
    let sector = table(&[at(0, 6)]);
    put_log(&mut file, 0, &entry(1, 0, vec![Write::Sector(BAT as u64, &sector)]).build());
    is_replayed(file, &[filled(5), filled(0), filled(0)].concat(), 1);
}

#[test]
fn the_first_and_the_last_bytes_of_a_sector_come_from_its_descriptor() {
    let mut file = before();
    let sector = table(&[at(0, 6)]);
    let data: Vec<u8> = (0..4096_u32).map(|at| (at % 251) as u8).collect();
    let offset = DATA as u64 + 8192;
    let writes = vec![
        Write::Sector(BAT as u64, &sector),
        Write::Sector(offset, &data),
        Write::Zeros(DATA as u64 + 65_536, 131_072),
    ];
    put_log(&mut file, 0, &entry(0x1_0000_0002, 0, writes).build());
    let mut expected = [filled(5), filled(0), filled(0)].concat();
    expected[8192..8192 + 4096].copy_from_slice(&data);
    expected[65_536..65_536 + 131_072].fill(0);
    is_replayed(file, &expected, 1);
}

#[test]
fn later_entries_cover_earlier_ones_also_around_the_end_of_the_log() {
    let mut file = before();
    let (first, second) = (table(&[at(1, 6), at(0, 6)]), table(&[at(0, 6), at(1, 6)]));
    let start = LOG_SIZE - 12_288;
    let tail = start as u32;
    let first = entry(7, tail, vec![Write::Sector(BAT as u64, &first)]).build();
    let second = entry(8, tail, vec![Write::Sector(BAT as u64, &second)]).build();
    put_log(&mut file, start, &[first, second].concat());
    is_replayed(file, &[filled(5), filled(6), filled(0)].concat(), 2);
}

#[test]
fn entries_before_the_tail_were_carried_out_and_are_not_replayed() {
    let mut file = before();
    let (old, new) = (table(&[at(0, 6), at(1, 6)]), table(&[at(1, 6)]));
    let old = entry(1, 0, vec![Write::Sector(BAT as u64, &old), Write::Zeros(DATA as u64, 1 << 20)]).build();
    let new = entry(2, old.len() as u32, vec![Write::Sector(BAT as u64, &new)]).build();
    put_log(&mut file, 0, &[old, new].concat());
    is_replayed(file, &[filled(6), filled(0), filled(0)].concat(), 1);
}

#[test]
fn of_two_sequences_the_newer_one_is_replayed() {
    let mut file = before();
    let (old, new) = (table(&[at(0, 6)]), table(&[at(1, 6)]));
    let newer = entry(90, 65_536, vec![Write::Sector(BAT as u64, &new)]).build();
    put_log(&mut file, 65_536, &newer);
    let older = entry(80, 262_144, vec![Write::Sector(BAT as u64, &old)]).build();
    put_log(&mut file, 262_144, &older);
    is_replayed(file, &[filled(6), filled(0), filled(0)].concat(), 1);
}

#[test]
fn a_log_without_a_sound_entry_of_its_own_is_harmless() {
    let sector = table(&[at(0, 6)]);
    let sound = || entry(1, 0, vec![Write::Sector(BAT as u64, &sector)]).build();
    let mut empty = before();
    put_log(&mut empty, 0, &[]);
    is_not_replayed(empty);

    let mut torn = before();
    put_log(&mut torn, 0, &sound());
    torn[LOG + 5000] ^= 1;
    is_not_replayed(torn);

    let mut foreign = before();
    put_log(&mut foreign, 0, &sound());
    for header in [64 << 10, 128 << 10] {
        foreign[header + 48] = 1;
    }
    seal(&mut foreign);
    is_not_replayed(foreign);

    let mut closed = before();
    put_log(&mut closed, 0, &sound());
    for header in [64 << 10, 128 << 10] {
        closed[header + 48..header + 64].fill(0);
    }
    seal(&mut closed);
    is_not_replayed(closed);

    let mut headless = before();
    put_log(&mut headless, 0, &entry(1, 8192, vec![Write::Sector(BAT as u64, &sector)]).build());
    is_not_replayed(headless);

    let mut crooked = before();
    put_log(&mut crooked, 0, &entry(1, 0, vec![Write::Sector(BAT as u64 + 512, &sector)]).build());
    is_not_replayed(crooked);
}

#[test]
fn a_file_shorter_than_its_log_knows_is_cut() {
    let mut file = before();
    let mut entry = entry(1, 0, vec![Write::Zeros(DATA as u64, 4096)]);
    entry.file_size = 100 << 20;
    put_log(&mut file, 0, &entry.build());
    let conditions = open_bytes(file, Depth::First).image.conditions;
    let needed = Some(100 << 20);
    assert!(conditions.contains(&Condition::Truncated { structure: "end that the log knows", needed }));
}

#[test]
fn a_log_that_lies_where_none_can_or_is_too_long_is_damage() {
    let cases: &[(usize, &[u8], Fault)] = &[
        (72, &0_u64.to_le_bytes(), Fault::Malformed),
        (72, &(1_u64 << 60).to_le_bytes(), Fault::Malformed),
        (72, &(4096 + (1_u64 << 20)).to_le_bytes(), Fault::Malformed),
        (68, &(1_u32 << 30).to_le_bytes(), Fault::OverLimit),
    ];
    for (field, bytes, fault) in cases {
        let mut file = before();
        put_log(&mut file, 0, &[]);
        for header in [64 << 10, 128 << 10] {
            file[header + field..header + field + bytes.len()].copy_from_slice(bytes);
        }
        seal(&mut file);
        let opened = open_bytes(file, Depth::First);
        let [Condition::Damaged(error)] = &opened.image.conditions[..] else {
            panic!("{:?}", opened.image.conditions)
        };
        assert_eq!(error.fault, *fault);
        assert!(opened.disk.is_none());
    }
}
