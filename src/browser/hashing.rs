//! Checksums of stretches of a file, read piece by piece without holding up the worker.

use super::file::{size_of, slice};
use crate::upload::checksum::{Crc64, Digests, Hasher};
use crate::upload::resume::samples;
use js_sys::Uint8Array;
use std::ops::Range;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// How much is read at a time, in bytes. Between two pieces the worker hears what its requests have to say.
const PIECE: u64 = 4 * 1024 * 1024;

/// What the bytes add up to.
///
/// # Errors
/// The browser's own, when the file can no longer be read.
pub(super) async fn digests(file: &Blob, range: Range<u64>, with_md5: bool) -> Result<Digests, JsValue> {
    let mut hasher = Hasher::new(with_md5);
    read(file, range, |bytes| hasher.update(bytes)).await?;
    Ok(hasher.finish())
}

/// What tells the file from another of the same size and time.
///
/// # Errors
/// The browser's own, when the file cannot be read.
pub(super) async fn sample(file: &Blob) -> Result<Crc64, JsValue> {
    let mut hasher = Hasher::new(false);
    for range in samples(size_of(file)) {
        read(file, range, |bytes| hasher.update(bytes)).await?;
    }
    Ok(hasher.finish().crc64nvme)
}

/// Whether the file can still be read: one that was changed or removed since it was picked cannot.
pub(super) async fn is_intact(file: &Blob) -> bool {
    let first = 0..size_of(file).min(1);
    read(file, first, |_| ()).await.is_ok()
}

/// Hands the bytes to `take`, piece by piece. While one is taken the browser reads the next.
async fn read(file: &Blob, range: Range<u64>, mut take: impl FnMut(&[u8])) -> Result<(), JsValue> {
    let piece = |start: u64| {
        let end = range.end.min(start + PIECE);
        let bytes = slice(file, start, end).map(|piece| JsFuture::from(piece.array_buffer()));
        (end, bytes)
    };
    let mut bytes = Vec::new();
    let mut start = range.start;
    let mut next = (start < range.end).then(|| piece(start));
    while let Some((end, buffer)) = next {
        let buffer = Uint8Array::new(&buffer?.await?);
        // A file that shrank gives fewer bytes without an error in some browsers.
        if u64::from(buffer.length()) != end - start {
            return Err(JsValue::from_str("the file has changed"));
        }
        next = (end < range.end).then(|| piece(end));
        bytes.resize(buffer.length() as usize, 0);
        buffer.copy_to(&mut bytes);
        take(&bytes);
        start = end;
    }
    Ok(())
}
