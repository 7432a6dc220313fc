//! Files of real size as inputs of a few kilobytes.
//!
//! A disk has megabytes between its structures, and a fuzzer is good at kilobytes. So an input is the file's bytes
//! without its blank stretches, followed by a table of where they belong:
//!
//! ```text
//! bytes … | (blank sectors: u32, sectors of bytes: u16) × count | options: u8 | count: u8
//! ```
//!
//! The table stands at the end, so that bytes put in or taken out before it leave it whole; bytes beyond those that
//! it places follow the last run. Any bytes at all are an input. All numbers are little-endian, sectors have 512 bytes.

use import_planner::image::read_at::check_bounds;
use import_planner::image::{ReadAt, ReadError};

const SECTOR: usize = 512;
const ENTRY: usize = 6;
const TRAILER: usize = 2;

/// A file of which only the runs that are not blank are kept.
pub struct SparseFile {
    bytes: Vec<u8>,
    runs: Vec<Run>,
    size: u64,
    options: u8,
}

/// `bytes[from..from + len]` stand at `start` of the file.
#[derive(Clone, Copy)]
struct Run {
    start: u64,
    from: usize,
    len: usize,
}

impl SparseFile {
    /// The file that `input` stands for.
    pub fn from_input(input: &[u8]) -> Self {
        let Some((rest, &[options, count])) = input.split_last_chunk::<TRAILER>() else {
            return Self {
                bytes: input.to_vec(),
                runs: whole(0, 0, input.len()),
                size: input.len() as u64,
                options: 0,
            };
        };
        let table = usize::from(count).min(rest.len() / ENTRY) * ENTRY;
        let (bytes, table) = rest.split_at(rest.len() - table);
        let mut runs = Vec::new();
        let (mut start, mut from) = (0_u64, 0);
        for entry in table.as_chunks::<ENTRY>().0 {
            let [a, b, c, d, e, f] = *entry;
            start += u64::from(u32::from_le_bytes([a, b, c, d])) * SECTOR as u64;
            let len = (usize::from(u16::from_le_bytes([e, f])) * SECTOR).min(bytes.len() - from);
            runs.extend(whole(start, from, len));
            start += len as u64;
            from += len;
        }
        let len = bytes.len() - from;
        runs.extend(whole(start, from, len));
        Self { bytes: bytes.to_vec(), runs, size: start + len as u64, options }
    }

    /// The byte of options that the input ends with.
    pub fn options(&self) -> u8 {
        self.options
    }

    /// Writes `new` at `offset`, as far as the file is not blank there.
    pub fn write_at(&mut self, offset: u64, new: &[u8]) {
        for Run { start, from, len } in self.runs.iter().copied() {
            for (at, byte) in (offset..).zip(new) {
                if let Some(within) = at.checked_sub(start).filter(|within| *within < len as u64) {
                    self.bytes[from + within as usize] = *byte;
                }
            }
        }
    }

    /// Writes the file out, blank stretches as holes.
    pub fn write_to(&self, file: &std::fs::File) -> std::io::Result<()> {
        use std::os::unix::fs::FileExt;
        file.set_len(self.size)?;
        self.runs
            .iter()
            .try_for_each(|run| file.write_all_at(&self.bytes[run.from..run.from + run.len], run.start))
    }
}

fn whole(start: u64, from: usize, len: usize) -> Vec<Run> {
    if len == 0 { Vec::new() } else { vec![Run { start, from, len }] }
}

impl ReadAt for SparseFile {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size)?;
        buf.fill(0);
        let end = offset + buf.len() as u64;
        for run in &self.runs {
            let (first, last) = (run.start.max(offset), (run.start + run.len as u64).min(end));
            if first < last {
                let from = run.from + (first - run.start) as usize;
                let len = (last - first) as usize;
                buf[(first - offset) as usize..][..len].copy_from_slice(&self.bytes[from..from + len]);
            }
        }
        Ok(())
    }
}

/// The input that stands for `file`. Short blank stretches are kept as bytes where there are too many.
pub fn to_input(file: &[u8], options: u8) -> Vec<u8> {
    let longest_kept = (0..).map(|power| 1_usize << power);
    longest_kept
        .map(|kept| pack(file, kept))
        .find_map(|(bytes, table)| {
            let count = u8::try_from(table.len()).ok()?;
            let table = table
                .iter()
                .flat_map(|(blank, used)| [&blank.to_le_bytes()[..], &used.to_le_bytes()].concat());
            Some(bytes.into_iter().chain(table).chain([options, count]).collect())
        })
        .expect("a table of one run in the end")
}

/// The bytes and the table when blank stretches of fewer than `kept` sectors are kept.
fn pack(file: &[u8], kept: usize) -> (Vec<u8>, Vec<(u32, u16)>) {
    let is_blank = |sector: &[u8]| sector.len() == SECTOR && sector.iter().all(|byte| *byte == 0);
    let (mut bytes, mut table) = (Vec::new(), Vec::new());
    let mut blank = 0_u32;
    let sectors: Vec<&[u8]> = file.chunks(SECTOR).collect();
    for stretch in sectors.chunk_by(|a, b| is_blank(a) == is_blank(b)) {
        if is_blank(stretch[0]) && stretch.len() >= kept {
            blank += u32::try_from(stretch.len()).expect("a file below 2 TiB");
            continue;
        }
        for part in stretch.chunks(usize::from(u16::MAX)) {
            match table.last_mut() {
                Some((_, used)) if blank == 0 && usize::from(*used) + part.len() <= usize::from(u16::MAX) => {
                    *used += part.len() as u16;
                }
                _ => table.push((std::mem::take(&mut blank), part.len() as u16)),
            }
            bytes.extend(part.concat());
        }
    }
    if blank > 0 {
        table.push((blank, 0));
    }
    (bytes, table)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &SparseFile) -> Vec<u8> {
        let mut bytes = vec![0xEE; file.size() as usize];
        file.read_at(0, &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn a_file_comes_back_from_its_input() {
        let mut file = vec![0; 1_000_000];
        file[..3].copy_from_slice(b"abc");
        file[70_000] = 1;
        file[999_999] = 2;
        for size in [0, 1, 3, 511, 512, 513, 70_001, 900_000, 1_000_000] {
            let input = to_input(&file[..size], 7);
            assert!(input.len() < 2500, "{}", input.len());
            let back = SparseFile::from_input(&input);
            assert!(read(&back) == file[..size] && back.options() == 7, "{size}");
        }
    }

    #[test]
    fn a_file_with_many_blank_stretches_keeps_the_short_ones() {
        let file: Vec<u8> =
            (0..1_000_000_u32).map(|at| u8::from(at % 1024 < 512 || at % 100_000 < 50_000)).collect();
        assert!(read(&SparseFile::from_input(&to_input(&file, 0))) == file);
    }

    #[test]
    fn any_bytes_are_an_input() {
        for input in [&b""[..], b"a", b"ab", b"abcdef\x00\xff", &[0xff; 100]] {
            let file = SparseFile::from_input(input);
            assert!(file.size() < 1 << 50);
        }
    }

    #[test]
    fn a_blank_place_is_not_written_to() {
        let mut file = SparseFile::from_input(&to_input(&[&[1; 512][..], &[0; 4096], &[1; 512]].concat(), 0));
        file.write_at(510, &[9; 4]);
        file.write_at(4607, &[9; 2]);
        let bytes = read(&file);
        assert_eq!((bytes[509], bytes[510], bytes[512], bytes[4607], bytes[4608]), (1, 9, 0, 0, 9));
    }
}
