//! What every fuzz target does with its input, and what it holds the inspector to.
//!
//! A target takes an input apart into a file ([`sparse`]) and reads it as the page would. It fails when the reader
//! panics, reads outside the file, takes longer than [`LONGEST`] (and as long again for each [`TABLES`]), or more memory than [`MOST_MEMORY`].

mod checksums;
pub mod sparse;

use cpu_time::ThreadTime;
use import_planner::image::cache::BlockCache;
use import_planner::image::detect::{PROBE, Probe, Reader};
use import_planner::image::read_at::read_up_to;
use import_planner::image::runs::MAX_RUNS;
use import_planner::image::{Depth, FileSet, NamedSource, Opened, Opening, ReadAt, ReadError, Source};
use import_planner::inspect::Inspector;
use peak_alloc::PeakAlloc;
use sparse::SparseFile;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The processor's time that one run may take. Not the clock's: another program on the machine is no fault of ours.
const LONGEST: Duration = Duration::from_secs(1);

/// For each of these bytes read, a run may take as long again: the complete pass goes through tables of up to 256 MiB,
/// entry by entry, and as it is built for fuzzing each step is counted.
const TABLES: u64 = 16 << 20;

/// Bytes that one run may have allocated at a time. The block cache takes 16 MiB of them.
const MOST_MEMORY: usize = 64 << 20;

/// Reads of the file before the first verdict, as [`Depth::First`] promises.
const FIRST_READS: u64 = 24;

/// The bit of an input's options that asks for its checksums to be put right.
const REPAIR_CHECKSUMS: u8 = 1;

/// Reads the input as each of `readers` that recognises it, in both passes, and then the disk in it.
pub fn readers(readers: &[&Reader], input: &[u8]) {
    measured(input, |file| {
        let source: Source = Rc::new(BlockCache::new(file));
        let size = source.size();
        let head = read_up_to(source.as_ref(), 0, PROBE).expect("the file can be read");
        let tail =
            read_up_to(source.as_ref(), size.saturating_sub(PROBE as u64), PROBE).expect("so can its end");
        let probe = Probe { head: &head, tail: &tail, size, source: &source };
        let set = two_names(&source);
        for reader in readers.iter().filter(|reader| size > 0 && (reader.recognise)(&probe)) {
            for depth in [Depth::First, Depth::Complete] {
                let opening = Opening { name: "a", set: &set, depth, nesting: 0 };
                if let Ok(opened) = (reader.open)(&source, &opening) {
                    read_disk(&opened);
                }
            }
        }
    });
}

/// Looks for partitions, file systems and systems on a raw disk.
pub fn guest(input: &[u8]) {
    measured(input, |file| {
        let source: Source = Rc::new(BlockCache::new(file));
        for depth in [Depth::First, Depth::Complete] {
            import_planner::guest::examine(&source, depth).expect("the file can be read");
        }
    });
}

/// Both passes of the whole inspection, and the way of the report to the page.
pub fn inspect(input: &[u8]) {
    measured(input, |file| {
        let inspector = Inspector::new(FileSet::of("a", file.clone()));
        let first = inspector.first().expect("the file can be read");
        assert!(first.reads <= FIRST_READS, "{} reads before the first verdict", first.reads);
        let complete = inspector.complete().expect("the file can be read");
        serde_json::to_string(&complete).expect("a report is JSON");
        // A file may name itself, or one that names it in turn, as its parent or extent.
        Inspector::new(two_names(&file)).complete().expect("the file can be read");
    });
}

fn two_names(source: &Source) -> FileSet {
    let called = |name: &str| NamedSource { name: name.into(), source: source.clone() };
    FileSet { files: vec![called("a"), called("b")] }
}

/// Reads the disk where readers go wrong: at both ends, across its clusters, in the middle.
fn read_disk(Opened { image, disk }: &Opened) {
    assert!(image.allocated.len() <= MAX_RUNS, "{} runs", image.allocated.len());
    let Some(disk) = disk else { return };
    let size = disk.size();
    for offset in [0, 65_000, size / 2, size.saturating_sub(70_000)] {
        // What does not decode is an error of its own; only the bounds are known here.
        match read_up_to(disk.as_ref(), offset, 70_000) {
            Err(ReadError::OutOfBounds { offset, len, size }) if size == disk.size() => {
                panic!("the disk of {size} bytes refused {len} bytes at {offset}")
            }
            _ => {}
        }
    }
}

/// Takes `input` apart, runs `read` on the file and holds it to the limits.
fn measured(input: &[u8], read: impl FnOnce(Source)) {
    let mut file = SparseFile::from_input(input);
    if file.options() & REPAIR_CHECKSUMS != 0 {
        checksums::repair(&mut file);
    }
    let guarded = Rc::new(Guarded { file, bytes_read: Cell::new(0) });
    let file: Source = guarded.clone();
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let begun = ThreadTime::now();
    read(file);
    let time = begun.elapsed();
    let memory = MEMORY.peak_usage().saturating_sub(before);
    report_worst(time, memory);
    let bytes_read = guarded.bytes_read.get();
    let longest = LONGEST * (1 + u32::try_from(bytes_read / TABLES).unwrap_or(u32::MAX - 1));
    assert!(time < longest, "the run took {time:?} for {bytes_read} bytes read");
    assert!(memory < MOST_MEMORY, "the run took {memory} bytes of memory");
}

/// Says when a run took more than every one before it: the last such lines of a log are the worst of the campaign.
fn report_worst(time: Duration, memory: usize) {
    static LONGEST_YET: AtomicU64 = AtomicU64::new(0);
    static MOST_YET: AtomicU64 = AtomicU64::new(0);
    let milliseconds = time.as_millis() as u64;
    if LONGEST_YET.fetch_max(milliseconds, Ordering::Relaxed) < milliseconds {
        eprintln!("longest run yet: {milliseconds} ms");
    }
    let kibibytes = memory as u64 / 1024;
    if MOST_YET.fetch_max(kibibytes, Ordering::Relaxed) < kibibytes {
        eprintln!("most memory yet: {kibibytes} KiB");
    }
}

/// The file as the browser gives it, except that a read outside it ends the run.
struct Guarded {
    file: SparseFile,
    bytes_read: Cell<u64>,
}

impl ReadAt for Guarded {
    fn size(&self) -> u64 {
        self.file.size()
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        let end = offset.checked_add(buf.len() as u64);
        assert!(
            end.is_some_and(|end| end <= self.size()),
            "{} bytes at {offset} of {}",
            buf.len(),
            self.size()
        );
        self.bytes_read.set(self.bytes_read.get() + buf.len() as u64);
        self.file.read_at(offset, buf)
    }
}
