//! The manifest of an OVF package (DSP0243 1.1 §5.1, 2.1 §6.1): a digest a file. Writers spell a line
//! `SHA1(disk.vmdk)= 0123…` or `SHA256 (disk.vmdk) = 0123…`.

use super::digests::{Algorithm, digests};
use super::package::{Package, has_extension};
use crate::image::read_at::{ReadError, Source};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// How many lines are taken.
const MAX_LINES: usize = 10_000;
/// Up to what size a file is checked while the image is opened, in bytes: the descriptor, which people edit after it
/// was signed.
const SMALL: u64 = 1024 * 1024;
/// How large those files may be together, in bytes.
const SMALL_TOGETHER: u64 = 16 * 1024 * 1024;

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
    let algorithm =
        Algorithm::ALL.into_iter().find(|algorithm| algorithm.name().eq_ignore_ascii_case(&word))?;
    let digest = hexadecimal(digest.trim_start().strip_prefix('=')?.trim())?;
    (digest.len() == algorithm.length()).then(|| ManifestLine { file: file.to_owned(), algorithm, digest })
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

/// How a file compares with its line of the manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DigestState {
    /// Not checked: it is too large for the passes before the check, or it is not here byte by byte (cut, or stored
    /// without its holes).
    Unchecked,
    /// It has the digest that its line says.
    Matches,
    /// It has another digest.
    Differs,
    /// There is no such file.
    Missing,
    /// No line names it.
    Unlisted,
}

/// A file of a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestFile {
    /// Its name in the manifest; of one that is not listed, in the archive.
    pub name: String,
    /// What is known of its digest.
    pub state: DigestState,
    /// What its digest should be, and the place of its bytes among the contents.
    expected: Option<Expected>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Expected {
    algorithm: Algorithm,
    digest: Vec<u8>,
    content: Option<usize>,
}

impl ManifestFile {
    /// The algorithm of its line; `None` where it has none.
    pub fn algorithm(&self) -> Option<Algorithm> {
        self.expected.as_ref().map(|expected| expected.algorithm)
    }

    /// Where its bytes are and by which algorithm they must still be checked.
    fn open_question(&self) -> Option<(usize, Algorithm)> {
        let expected = self.expected.as_ref().filter(|_| self.state == DigestState::Unchecked)?;
        Some((expected.content?, expected.algorithm))
    }
}

/// What a manifest says of an appliance's files, and how far that was compared with them.
#[derive(Clone, Default)]
pub struct Manifest {
    /// One for each line, in their order, then one for each file that no line names.
    pub files: Vec<ManifestFile>,
    /// The files that can be read, by their place in the archive.
    contents: BTreeMap<usize, Source>,
}

impl std::fmt::Debug for Manifest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Manifest").field("files", &self.files).finish_non_exhaustive()
    }
}

impl Manifest {
    /// What `lines` say of the files of `package`, of which those at `expected` should each have one.
    pub(super) fn new(lines: Vec<ManifestLine>, package: &Package, expected: &BTreeSet<usize>) -> Self {
        let mut manifest = Self::default();
        let mut listed = BTreeSet::new();
        for line in lines {
            let place = package.place_of(&line.file);
            listed.extend(place);
            let file = place.and_then(|at| Some((at, package.files.get(at)?)));
            let readable = file.filter(|(_, file)| !file.is_sparse && file.source.size() == file.size);
            if let Some((at, file)) = readable {
                manifest.contents.insert(at, file.source.clone());
            }
            // A file in chunks may have one line for all of them.
            let is_here = || place.is_some() || package.find(&format!("{}.000000000", line.file)).is_some();
            manifest.files.push(ManifestFile {
                state: if package.is_whole && !is_here() {
                    DigestState::Missing
                } else {
                    DigestState::Unchecked
                },
                name: line.file,
                expected: Some(Expected {
                    algorithm: line.algorithm,
                    digest: line.digest,
                    content: readable.map(|(at, _)| at),
                }),
            });
        }
        let unlisted = expected.difference(&listed);
        let files = unlisted.filter_map(|at| package.files.get(*at));
        // No file can hold its own digest, and the certificate signs the manifest.
        let files = files.filter(|file| !["mf", "cert"].iter().any(|kind| has_extension(&file.name, kind)));
        manifest.files.extend(files.map(|file| ManifestFile {
            name: file.name.clone(),
            state: DigestState::Unlisted,
            expected: None,
        }));
        manifest
    }

    /// The algorithms of its lines.
    pub fn algorithms(&self) -> BTreeSet<Algorithm> {
        self.files.iter().filter_map(ManifestFile::algorithm).collect()
    }

    /// How many bytes [`Self::check`] would read.
    pub fn unchecked_bytes(&self) -> u64 {
        let contents = self.open_questions().into_keys();
        contents.map(|at| self.size_of(at)).fold(0, u64::saturating_add)
    }

    /// Reads every file that has not been compared with its line yet, each once, in windows of 4 MiB, and compares
    /// them.
    ///
    /// `progress` is told before the first and after each window how many bytes are done and how many there are, and
    /// may end the check: then nothing was compared.
    ///
    /// # Errors
    /// A read that failed.
    pub fn check(
        &mut self,
        progress: impl FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, ReadError> {
        let questions = self.open_questions();
        self.answer(questions, progress)
    }

    /// Like [`Self::check`], for the small files alone.
    pub(super) fn check_small(&mut self) -> Result<(), ReadError> {
        let mut questions = self.open_questions();
        let mut together = 0_u64;
        questions.retain(|at, _| {
            let size = self.size_of(*at);
            if size > SMALL || together.saturating_add(size) > SMALL_TOGETHER {
                return false;
            }
            together = together.saturating_add(size);
            true
        });
        self.answer(questions, |_, _| ControlFlow::Continue(())).map(|_| ())
    }

    /// What is still to be computed: by file, so that one with many lines is read once.
    fn open_questions(&self) -> BTreeMap<usize, BTreeSet<Algorithm>> {
        let mut questions: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (content, algorithm) in self.files.iter().filter_map(ManifestFile::open_question) {
            questions.entry(content).or_default().insert(algorithm);
        }
        questions
    }

    fn size_of(&self, content: usize) -> u64 {
        self.contents.get(&content).map_or(0, |source| source.size())
    }

    fn answer(
        &mut self,
        questions: BTreeMap<usize, BTreeSet<Algorithm>>,
        mut progress: impl FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, ReadError> {
        let total = questions.keys().map(|at| self.size_of(*at)).fold(0, u64::saturating_add);
        if progress(0, total).is_break() {
            return Ok(ControlFlow::Break(()));
        }
        let mut before = 0_u64;
        let mut answers = BTreeMap::new();
        for (at, algorithms) in questions {
            let Some(source) = self.contents.get(&at) else { continue };
            let within = |done: u64| progress(before.saturating_add(done), total);
            let Some(found) = digests(source.as_ref(), &algorithms, within)? else {
                return Ok(ControlFlow::Break(()));
            };
            before = before.saturating_add(source.size());
            answers.insert(at, found);
        }
        for file in &mut self.files {
            let Some((content, algorithm)) = file.open_question() else { continue };
            let Some(found) = answers.get(&content).and_then(|found| found.get(&algorithm)) else { continue };
            let is_right = file.expected.as_ref().is_some_and(|expected| expected.digest == *found);
            file.state = if is_right { DigestState::Matches } else { DigestState::Differs };
        }
        Ok(ControlFlow::Continue(()))
    }
}
