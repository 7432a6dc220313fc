//! The digests of a file, several of them from one reading.

use crate::image::read_at::{ReadAt, ReadError};
use sha1::Sha1;
use sha2::digest::DynDigest;
use sha2::{Sha256, Sha384, Sha512};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// How much of a file is read and hashed at once, in bytes.
const WINDOW: usize = 4 * 1024 * 1024;

/// A digest algorithm of a manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// SHA-1, of OVF 1.
    Sha1,
    /// SHA-256, of OVF 2.
    Sha256,
    /// SHA-384, of some writers.
    Sha384,
    /// SHA-512, of some writers.
    Sha512,
}

impl Algorithm {
    /// All there are.
    pub const ALL: [Self; 4] = [Self::Sha1, Self::Sha256, Self::Sha384, Self::Sha512];

    /// The name in the manifest's spelling.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha384 => "SHA384",
            Self::Sha512 => "SHA512",
        }
    }

    /// How many bytes a digest has.
    pub fn length(self) -> usize {
        self.start().output_size()
    }

    fn start(self) -> Box<dyn DynDigest> {
        match self {
            Self::Sha1 => Box::new(Sha1::default()),
            Self::Sha256 => Box::new(Sha256::default()),
            Self::Sha384 => Box::new(Sha384::default()),
            Self::Sha512 => Box::new(Sha512::default()),
        }
    }
}

/// Reads the whole of `file` once, in windows of 4 MiB, and gives its digests by each of `algorithms`.
///
/// `progress` is told after each window how many bytes of the file are done, and may end the reading: the answer is
/// then `None`.
///
/// # Errors
/// A read that failed.
pub fn digests(
    file: &dyn ReadAt,
    algorithms: &BTreeSet<Algorithm>,
    mut progress: impl FnMut(u64) -> ControlFlow<()>,
) -> Result<Option<BTreeMap<Algorithm, Vec<u8>>>, ReadError> {
    let mut under_way: Vec<_> = algorithms.iter().map(|algorithm| (*algorithm, algorithm.start())).collect();
    let mut window = vec![0; usize::try_from(file.size()).unwrap_or(WINDOW).min(WINDOW)];
    let mut done = 0;
    while done < file.size() {
        let left = usize::try_from(file.size().saturating_sub(done)).unwrap_or(WINDOW);
        let (bytes, _) = window.split_at_mut(left.min(WINDOW));
        file.read_at(done, bytes)?;
        for (_, digest) in &mut under_way {
            digest.update(bytes);
        }
        done = done.saturating_add(bytes.len() as u64);
        if progress(done).is_break() {
            return Ok(None);
        }
    }
    let finished = under_way.into_iter().map(|(algorithm, mut digest)| {
        let mut bytes = vec![0; digest.output_size()];
        // It fails only where the buffer has another length.
        let _ = digest.finalize_into_reset(&mut bytes);
        (algorithm, bytes)
    });
    Ok(Some(finished.collect()))
}
