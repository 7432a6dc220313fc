//! The manifest of an OVF package (DSP0243 1.1 §5.1, 2.1 §6.1): a digest a file. Writers spell a line
//! `SHA1(disk.vmdk)= 0123…` or `SHA256 (disk.vmdk) = 0123…`.

use crate::image::read_at::{ReadAt, ReadError, read_up_to};
use sha1::{Digest as _, Sha1};
use sha2::{Sha256, Sha512};
use std::ops::ControlFlow;

/// How many lines are taken.
const MAX_LINES: usize = 10_000;
/// How much of a file is read and hashed at once, in bytes.
const WINDOW: usize = 4 * 1024 * 1024;

/// A digest algorithm of a manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// SHA-1, of OVF 1.
    Sha1,
    /// SHA-256, of OVF 2.
    Sha256,
    /// SHA-512, of some writers.
    Sha512,
}

/// The names as manifests spell them, and how many bytes the digest has.
const ALGORITHMS: &[(&str, Algorithm, usize)] =
    &[("SHA1", Algorithm::Sha1, 20), ("SHA256", Algorithm::Sha256, 32), ("SHA512", Algorithm::Sha512, 64)];

impl Algorithm {
    /// The name in the manifest's spelling.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha512 => "SHA512",
        }
    }
}

/// A line of a manifest: what a file's digest should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestLine {
    /// The file, as the manifest names it.
    pub file: String,
    /// The algorithm.
    pub algorithm: Algorithm,
    /// The digest; as long as the algorithm's.
    pub digest: Vec<u8>,
}

/// The lines of the manifest `text`. What is no such line is passed over: manifests carry comments, too.
pub fn parse(text: &str) -> Vec<ManifestLine> {
    text.lines().filter_map(line).take(MAX_LINES).collect()
}

fn line(line: &str) -> Option<ManifestLine> {
    let line = line.trim_start_matches('\u{feff}').trim();
    let (algorithm, rest) = line.split_once('(')?;
    // A file's name may hold a parenthesis itself, a digest never.
    let (file, digest) = rest.rsplit_once(')')?;
    let word = algorithm.trim().replace('-', "");
    let (_, algorithm, length) = ALGORITHMS.iter().find(|(name, ..)| name.eq_ignore_ascii_case(&word))?;
    let digest = hexadecimal(digest.trim_start().strip_prefix('=')?.trim())?;
    (digest.len() == *length).then(|| ManifestLine { file: file.to_owned(), algorithm: *algorithm, digest })
}

fn hexadecimal(digits: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().copied().map(hexadecimal_byte).collect()
}

pub(super) fn hexadecimal_byte(digits: [u8; 2]) -> Option<u8> {
    // The parser of integers would take a sign, too.
    let text = std::str::from_utf8(&digits).ok().filter(|_| digits.iter().all(u8::is_ascii_hexdigit))?;
    u8::from_str_radix(text, 16).ok()
}

/// Reads the whole of `file` in windows of 4 MiB and says whether its digest is the one of `line`.
///
/// `progress` is told after each window how many bytes are done, and may end the reading: the answer is then `None`.
///
/// # Errors
/// A read that failed.
pub fn verify(
    file: &dyn ReadAt,
    line: &ManifestLine,
    mut progress: impl FnMut(u64) -> ControlFlow<()>,
) -> Result<Option<bool>, ReadError> {
    let mut digester = Digester::new(line.algorithm);
    let mut done = 0;
    while done < file.size() {
        let window = read_up_to(file, done, WINDOW)?;
        digester.update(&window);
        done = done.saturating_add(window.len() as u64);
        if progress(done).is_break() {
            return Ok(None);
        }
    }
    Ok(Some(digester.finish() == line.digest))
}

/// A digest under way.
enum Digester {
    Sha1(Sha1),
    Sha256(Sha256),
    Sha512(Sha512),
}

impl Digester {
    fn new(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Sha1 => Self::Sha1(Sha1::new()),
            Algorithm::Sha256 => Self::Sha256(Sha256::new()),
            Algorithm::Sha512 => Self::Sha512(Sha512::new()),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha1(hasher) => hasher.update(bytes),
            Self::Sha256(hasher) => hasher.update(bytes),
            Self::Sha512(hasher) => hasher.update(bytes),
        }
    }

    fn finish(self) -> Vec<u8> {
        match self {
            Self::Sha1(hasher) => hasher.finalize().to_vec(),
            Self::Sha256(hasher) => hasher.finalize().to_vec(),
            Self::Sha512(hasher) => hasher.finalize().to_vec(),
        }
    }
}
