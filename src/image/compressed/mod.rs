//! Compressed files: what is inside, as far as their beginning tells.
//!
//! EC2 takes none of them, but what to do depends on what comes out. So the beginning is decompressed, with a bound
//! on both sides, and looked at like any other file (`inside`).

mod bzip2;
pub(crate) mod deflate;
mod gzip;
mod inside;
mod lz4;
mod lzma;
mod rar;
mod seven_zip;
mod xz;
mod zip;
mod zstd;

#[cfg(test)]
mod tests;

use super::detect::Reader;

/// The readers of compressed files, those with more than a magic number to go by first.
pub static READERS: &[&Reader] = &[
    &xz::READER,
    &seven_zip::READER,
    &rar::READER,
    &zip::READER,
    &gzip::READER,
    &bzip2::READER,
    &zstd::READER,
    &lz4::READER,
    &lzma::READER,
];
