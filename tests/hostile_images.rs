//! Images of every format with their bytes changed: whatever they say, the inspector ends with a report, reads nothing
//! outside the file, and does not read for ever. The fuzz targets of `fuzz/` look further, for as long as they are let.
#![cfg(not(target_arch = "wasm32"))]

mod images;

use import_planner::image::cache::BlockCache;
use import_planner::image::read_at::read_up_to;
use import_planner::image::{Depth, FileSet, NamedSource, Opening, ReadAt, ReadError, Source, detect};
use import_planner::inspect::Inspector;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::fmt::Debug;
use std::rc::Rc;
use std::sync::LazyLock;

/// Made once for all tests.
static SAMPLES: LazyLock<Vec<images::Sample>> = LazyLock::new(images::samples);

/// How often each image is changed. The same changes in every run: what fails here fails for everybody.
const CASES: u32 = 24;

/// Reads of the file before the first verdict.
const FIRST_READS: u64 = 24;

/// Reads that both passes take at most: each 64 KiB of the images' 4 MiB once, with as many again for what is read
/// in longer stretches.
const MOST_READS: u64 = 160;

/// The numbers at which sums wrap and signs turn.
const EXTREMES: [u64; 9] = [0, 1, 0x7F, 0xFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, u64::MAX >> 1, u64::MAX];

/// One thing that happens to an image.
#[derive(Debug, Clone)]
enum Change {
    /// A bit of a byte that is used turns.
    Flip(Index, u8),
    /// A field becomes a number of so many bytes, big-endian or not.
    Field { place: Index, width: usize, value: u64, big_endian: bool },
    /// From there on, for up to so many bytes, anything.
    Noise(Index, Vec<u8>),
    /// A stretch that is used appears at another place.
    Copy { from: Index, to: Index, len: usize },
    /// The rest is missing.
    Cut(Index),
}

fn change() -> impl Strategy<Value = Change> {
    let number = prop_oneof![prop::sample::select(EXTREMES.to_vec()), any::<u64>()];
    let width = prop::sample::select(vec![1, 2, 4, 8]);
    let field = (any::<Index>(), width, number, any::<bool>());
    prop_oneof![
        4 => (any::<Index>(), 0..8_u8).prop_map(|(place, bit)| Change::Flip(place, bit)),
        6 => field.prop_map(|(place, width, value, big_endian)| Change::Field { place, width, value, big_endian }),
        1 => (any::<Index>(), prop::collection::vec(any::<u8>(), 1..64)).prop_map(|(place, noise)| Change::Noise(place, noise)),
        1 => (any::<Index>(), any::<Index>(), 1..4096_usize).prop_map(|(from, to, len)| Change::Copy { from, to, len }),
        1 => any::<Index>().prop_map(Change::Cut),
    ]
}

/// Where the structures are: at every 4 bytes of the stretches of 16 that are not blank.
fn used(image: &[u8]) -> Vec<usize> {
    let stretches = image.chunks(16).enumerate().filter(|(_, bytes)| bytes.iter().any(|byte| *byte != 0));
    stretches.flat_map(|(index, _)| (0..16).step_by(4).map(move |at| index * 16 + at)).collect()
}

fn changed(image: &[u8], used: &[usize], changes: &[Change]) -> Vec<u8> {
    let mut bytes = image.to_vec();
    let write = |bytes: &mut [u8], at: usize, new: &[u8]| {
        bytes.iter_mut().skip(at).zip(new).for_each(|(byte, new)| *byte = *new);
    };
    for change in changes {
        match change {
            Change::Flip(place, bit) => {
                bytes.iter_mut().skip(*place.get(used)).take(1).for_each(|byte| *byte ^= 1 << bit);
            }
            Change::Field { place, width, value, big_endian } => {
                let number = if *big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
                let number = if *big_endian { &number[8 - width..] } else { &number[..*width] };
                write(&mut bytes, *place.get(used), number);
            }
            Change::Noise(place, noise) => write(&mut bytes, *place.get(used), noise),
            Change::Copy { from, to, len } => {
                let part: Vec<u8> = bytes.iter().skip(*from.get(used)).take(*len).copied().collect();
                write(&mut bytes, *to.get(used), &part);
            }
            Change::Cut(place) => bytes.truncate(*place.get(used)),
        }
    }
    bytes
}

/// A file that no read may miss.
struct Guarded(Vec<u8>);

impl ReadAt for Guarded {
    fn size(&self) -> u64 {
        self.0.size()
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        self.0.read_at(offset, buf).inspect_err(|error| panic!("{error}"))
    }
}

/// Both passes over a file, which is there under two names: it may call itself its own parent or extent.
fn survives(bytes: Vec<u8>) {
    let source: Source = Rc::new(Guarded(bytes));
    let first = Inspector::new(FileSet::of("b", source.clone())).first().expect("the file can be read");
    assert!(first.reads <= FIRST_READS, "{} reads before the first verdict", first.reads);
    let files = ["a", "b"].map(|name| NamedSource { name: name.into(), source: source.clone() });
    let complete = Inspector::new(FileSet { files: files.into() }).complete().expect("the file can be read");
    assert!(complete.reads <= 2 * MOST_READS, "{} reads of two names", complete.reads);
    read_disk(&source);
}

/// Reads the disk in an image at its ends and in the middle. What does not decode is an error; nothing else is held here.
fn read_disk(source: &Source) {
    let set = FileSet::of("image", Rc::new(BlockCache::new(source.clone())));
    let opening = Opening { name: "image", set: &set, depth: Depth::First, nesting: 0 };
    let opened = detect::open(&set.files[0].source, &opening).expect("the file can be read");
    let Some(disk) = opened.disk else { return };
    let size = disk.size();
    for offset in [0, 65_000, size / 2, size.saturating_sub(70_000)] {
        let _ = read_up_to(disk.as_ref(), offset, 70_000);
    }
}

/// Runs `test` on what `strategy` makes; the smallest input that fails is printed.
fn holds<T: Debug>(what: &str, cases: u32, strategy: impl Strategy<Value = T>, test: impl Fn(T)) {
    let config =
        Config { cases, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..Config::default() };
    let result = TestRunner::new(config).run(&strategy, |input| {
        test(input);
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{what}: {failure}");
    }
}

#[test]
fn a_changed_image_of_any_format_is_reported_on() {
    for sample in &*SAMPLES {
        let used = used(&sample.bytes);
        let what = format!("{} {}", sample.format, sample.name);
        holds(&what, CASES, prop::collection::vec(change(), 1..6), |changes| {
            survives(changed(&sample.bytes, &used, &changes));
        });
    }
}

#[test]
fn random_bytes_are_reported_on() {
    holds("random bytes", 200, prop::collection::vec(any::<u8>(), 0..5000), survives);
}

#[test]
fn the_beginning_of_an_image_followed_by_random_bytes_is_reported_on() {
    for sample in &*SAMPLES {
        let noise = (1..2048_usize, prop::collection::vec(any::<u8>(), 0..3000));
        holds(&sample.name, CASES / 2, noise, |(kept, noise)| {
            survives([&sample.bytes[..kept.min(sample.bytes.len())], &noise].concat());
        });
    }
}

#[test]
fn every_sample_is_of_its_format_before_it_is_changed() {
    for sample in &*SAMPLES {
        let source: Source = Rc::new(sample.bytes.clone());
        let report = Inspector::new(FileSet::of("image", source)).complete().expect("bytes in memory");
        let expected: &[&str] = match sample.format {
            "qcow2" => &["qcow", "qcow2"],
            "ova" => &["ova", "ovf"],
            "compressed" => &["gzip", "bzip2", "xz", "lzma", "zip", "zstd", "lz4"],
            _ => std::slice::from_ref(&sample.format),
        };
        assert!(
            expected.contains(&report.format.name()),
            "{} {}: {}",
            sample.format,
            sample.name,
            report.format.name()
        );
    }
}
