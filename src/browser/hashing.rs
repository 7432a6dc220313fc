//! Checksums of stretches of a file, read chunk by chunk without holding up the worker.

use super::file::{size_of, slice};
use crate::upload::checksum::{Crc64, Digests, Hasher};
use crate::upload::resume::samples;
use js_sys::{Reflect, Uint8Array};
use std::ops::Range;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStreamDefaultReader};

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

/// Hands the bytes to `take`, chunk by chunk, of the browser's own size: a few hundred kibibytes. It reads ahead, and no
/// further than its pipe is long; one pipe for the whole costs half of what one for each few mebibytes does. Between two
/// chunks the worker hears what its requests have to say.
async fn read(file: &Blob, range: Range<u64>, mut take: impl FnMut(&[u8])) -> Result<(), JsValue> {
    let reader: ReadableStreamDefaultReader =
        slice(file, range.start, range.end)?.stream().get_reader().dyn_into()?;
    let mut bytes = Vec::new();
    let mut left = range.end - range.start;
    loop {
        let step = JsFuture::from(reader.read()).await?;
        let Ok(chunk) = Reflect::get(&step, &"value".into())?.dyn_into::<Uint8Array>() else { break };
        left = left.checked_sub(u64::from(chunk.length())).ok_or_else(has_changed)?;
        bytes.resize(chunk.length() as usize, 0);
        chunk.copy_to(&mut bytes);
        take(&bytes);
    }
    // A file that shrank gives fewer bytes without an error in some browsers.
    if left == 0 { Ok(()) } else { Err(has_changed()) }
}

fn has_changed() -> JsValue {
    JsValue::from_str("the file has changed")
}
