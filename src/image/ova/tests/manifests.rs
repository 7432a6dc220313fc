//! Manifests and their digests.

use super::super::digests::{Algorithm, digests};
use super::super::manifest::{DigestState, Manifest, ManifestLine, parse};
use super::build::{Tar, conditions, manifest_line, ovf, raw_disk, signed};
use crate::image::testing::{open_bytes, open_first};
use crate::image::{Depth, FileSet, NamedSource, Source};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Digests of "abc": FIPS 180-4's own examples.
const OF_ABC: &[(&str, &str)] = &[
    ("SHA1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    ("SHA256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
        "SHA384",
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
    ),
    (
        "SHA512",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
         2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    ),
];

fn line(text: &str) -> ManifestLine {
    let lines = parse(text);
    assert_eq!(lines.len(), 1, "{text}");
    lines[0].clone()
}

#[test]
fn both_spellings_of_every_algorithm_are_read_and_computed() {
    let all = BTreeSet::from(Algorithm::ALL);
    let found = digests(&b"abc".to_vec(), &all, |_| ControlFlow::Continue(())).unwrap().unwrap();
    assert_eq!(OF_ABC.len(), Algorithm::ALL.len());
    for (algorithm, digest) in OF_ABC {
        for text in [
            format!("{algorithm}(disk (1).vmdk)= {digest}"),
            format!("{algorithm} (disk (1).vmdk) = {digest}\r\n"),
            format!("{}-{}(disk (1).vmdk)={}", &algorithm[..3], &algorithm[3..], digest.to_uppercase()),
        ] {
            let line = line(&text);
            assert_eq!((line.file.as_str(), line.algorithm.name()), ("disk (1).vmdk", *algorithm));
            assert_eq!(found[&line.algorithm], line.digest);
        }
    }
}

#[test]
fn what_is_no_line_is_passed_over() {
    for text in
        ["", "# SHA1", "SHA1(a)= 12", "SHA1(a)= zz", "MD5(a)= 00", "SHA1 a = 0", "SHA1(a) 00", "SHA1()= +1"]
    {
        assert_eq!(parse(text), [], "{text}");
    }
}

#[test]
fn a_long_file_is_read_in_windows_and_can_be_left() {
    let file = vec![0_u8; 9 * 1024 * 1024];
    let sha1 = BTreeSet::from([Algorithm::Sha1]);
    let mut told = Vec::new();
    let found = digests(&file, &sha1, |done| {
        told.push(done >> 20);
        ControlFlow::Continue(())
    });
    assert_eq!((found.unwrap().unwrap()[&Algorithm::Sha1].len(), told), (20, vec![4, 8, 9]));
    assert_eq!(digests(&file, &sha1, |_| ControlFlow::Break(())), Ok(None));
}

/// The manifest of an archive, as `depth` leaves it.
fn manifest_of(archive: Vec<u8>, depth: Depth) -> Manifest {
    open_bytes(archive, depth).image.appliance.unwrap().manifest.unwrap()
}

fn states(manifest: &Manifest) -> Vec<(&str, DigestState)> {
    manifest.files.iter().map(|file| (file.name.as_str(), file.state)).collect()
}

#[test]
fn small_files_are_checked_by_the_second_pass_and_not_by_the_first() {
    use DigestState::{Differs, Matches, Unchecked};
    let edited = ovf().replace("web server", "new server");
    for (descriptor, disk, expected) in [
        (ovf(), raw_disk(1), [Matches, Matches]),
        (edited, raw_disk(1), [Differs, Matches]),
        (ovf(), raw_disk(2), [Matches, Differs]),
    ] {
        let archive = signed(&descriptor, &disk);
        let first = manifest_of(archive.clone(), Depth::First);
        assert_eq!(states(&first), [("vm.ovf", Unchecked), ("disk.img", Unchecked)]);
        assert_eq!(first.unchecked_bytes(), (descriptor.len() + disk.len()) as u64);
        let complete = manifest_of(archive, Depth::Complete);
        assert_eq!(states(&complete), [("vm.ovf", expected[0]), ("disk.img", expected[1])]);
        assert_eq!(complete.unchecked_bytes(), 0);
    }
}

/// An archive with a member of 2 MiB, too large for the second pass, and `lines` about it.
fn with_large(lines: &str) -> Vec<u8> {
    let manifest = manifest_line("vm.ovf", ovf().as_bytes()) + lines;
    Tar::default()
        .file("vm.ovf", ovf().as_bytes())
        .file("vm.mf", manifest.as_bytes())
        .file("disk.img", &raw_disk(1))
        .file("large.bin", &vec![7; 2 << 20])
        .end()
}

#[test]
fn a_large_file_is_left_to_the_check_and_read_once_for_all_its_lines() {
    use DigestState::{Differs, Matches, Unchecked, Unlisted};
    let right = manifest_line("large.bin", &vec![7; 2 << 20]);
    let lines = [right.clone(), manifest_line("./large.bin", b""), right].concat();
    let mut manifest = manifest_of(with_large(&lines), Depth::Complete);
    let state_of_lines =
        |manifest: &Manifest| manifest.files[1..4].iter().map(|file| file.state).collect::<Vec<_>>();
    assert_eq!(state_of_lines(&manifest), [Unchecked; 3]);
    assert_eq!(manifest.unchecked_bytes(), 2 << 20);
    let mut told = Vec::new();
    let answer = manifest.check(|done, total| {
        told.push((done, total));
        ControlFlow::Continue(())
    });
    assert_eq!(answer, Ok(ControlFlow::Continue(())));
    assert_eq!(told, [(0, 2 << 20), (2 << 20, 2 << 20)]);
    assert_eq!(state_of_lines(&manifest), [Matches, Differs, Matches]);
    assert_eq!(states(&manifest)[4], ("disk.img", Unlisted));
}

#[test]
fn a_check_that_was_ended_says_nothing_of_any_file() {
    let mut manifest =
        manifest_of(with_large(&manifest_line("large.bin", &vec![7; 2 << 20])), Depth::Complete);
    let before = states(&manifest).into_iter().map(|(_, state)| state).collect::<Vec<_>>();
    for allowed in 0..2 {
        let mut calls = 0;
        let answer = manifest.check(|_, _| {
            calls += 1;
            if calls > allowed { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(answer, Ok(ControlFlow::Break(())));
        assert_eq!(states(&manifest).into_iter().map(|(_, state)| state).collect::<Vec<_>>(), before);
    }
}

#[test]
fn a_line_without_its_file_is_missing_and_a_file_without_a_line_unlisted() {
    use DigestState::{Matches, Missing, Unlisted};
    let manifest =
        manifest_line("vm.ovf", ovf().as_bytes()) + &manifest_line("vm.nvram", b"settings of the firmware");
    let archive = Tar::default()
        .file("vm.ovf", ovf().as_bytes())
        .file("vm.mf", manifest.as_bytes())
        .file("vm.cert", b"-----BEGIN CERTIFICATE-----")
        .file("disk.img", &raw_disk(1))
        .end();
    let manifest = manifest_of(archive, Depth::Complete);
    let expected = [("vm.ovf", Matches), ("vm.nvram", Missing), ("disk.img", Unlisted)];
    assert_eq!(states(&manifest), expected);
}

#[test]
fn a_file_that_the_archive_s_end_cuts_is_not_compared() {
    let mut archive = signed(&ovf(), &raw_disk(1));
    archive.truncate(archive.len() - 1024 - 512);
    let mut manifest = manifest_of(archive, Depth::Complete);
    assert_eq!(manifest.unchecked_bytes(), 0);
    assert!(manifest.check(|_, _| ControlFlow::Continue(())).is_ok());
    assert_eq!(states(&manifest)[1], ("disk.img", DigestState::Unchecked));
}

#[test]
fn a_line_for_all_chunks_of_a_file_misses_nothing() {
    let descriptor = ovf().replace("ovf:href=", "ovf:chunkSize=\"32768\" ovf:href=");
    let disk = raw_disk(1);
    let manifest = manifest_line("vm.ovf", descriptor.as_bytes()) + &manifest_line("disk.img", &disk);
    let archive = Tar::default()
        .file("vm.ovf", descriptor.as_bytes())
        .file("vm.mf", manifest.as_bytes())
        .file("disk.img.000000000", &disk[..32_768])
        .file("disk.img.000000001", &disk[32_768..])
        .end();
    assert_eq!(states(&manifest_of(archive, Depth::Complete))[1], ("disk.img", DigestState::Unchecked));
}

#[test]
fn files_beside_a_descriptor_are_checked_like_members() {
    let other = manifest_line("other.ovf", b"another machine");
    let manifest = manifest_line("vm.ovf", ovf().as_bytes()) + &manifest_line("disk.img", &raw_disk(2));
    let file = |name: &str, bytes: &[u8]| {
        let source: Source = Rc::new(bytes.to_vec());
        NamedSource { name: name.into(), source }
    };
    let set = FileSet {
        files: vec![
            file("VM.ovf", ovf().as_bytes()),
            file("other.mf", other.as_bytes()),
            file("vm.mf", manifest.as_bytes()),
            file("disk.img", &raw_disk(1)),
            file("notes.txt", b"none of the package"),
        ],
    };
    let manifest = open_first(&set, Depth::Complete).image.appliance.unwrap().manifest.unwrap();
    let expected = [("vm.ovf", DigestState::Matches), ("disk.img", DigestState::Differs)];
    assert_eq!(states(&manifest), expected);
}

#[test]
fn an_untouched_appliance_has_no_condition() {
    assert_eq!(conditions(signed(&ovf(), &raw_disk(1))), []);
}

#[test]
fn lines_and_members_without_number_are_compared_in_time() {
    // Every line may mean every file: one name in many folders, and many lines of it.
    let line = "SHA1(disk.img)= a9993e364706816aba3e25717850c26c9cd0d89d\n";
    let (lines, members) = (1 << 20, 15_000);
    let manifest = line.repeat(lines / line.len());
    let start = Tar::default().file("vm.ovf", ovf().as_bytes()).file("vm.mf", manifest.as_bytes());
    let archive = (0..members).fold(start, |tar, folder| tar.file(&format!("{folder}/disk.img"), b"abd"));
    let archive = archive.file("disk.img", &raw_disk(1)).end();
    let start = Instant::now();
    let manifest = manifest_of(archive, Depth::Complete);
    assert!(manifest.files.len() <= 10_000 + members + 2, "{}", manifest.files.len());
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}
