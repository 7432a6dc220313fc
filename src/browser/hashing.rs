//! Checksums of stretches of a file, read chunk by chunk without holding up the worker.

use super::file::{size_of, slice};
use crate::upload::checksum::{Crc64, Digests, Hasher};
use crate::upload::resume::samples;
use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use std::ops::Range;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Response};

/// How much is read at a time at most, in bytes.
const CHUNK: u32 = 512 * 1024;

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

/// Hands the bytes to `take`, chunk by chunk. Between two chunks the worker hears what its requests have to say.
async fn read(file: &Blob, range: Range<u64>, mut take: impl FnMut(&[u8])) -> Result<(), JsValue> {
    let mut chunks = Chunks::of(&slice(file, range.start, range.end)?)?;
    let mut bytes = Vec::new();
    let mut left = range.end - range.start;
    while let Some(chunk) = chunks.next().await? {
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

/// The bytes of a file as the browser reads them, into the same memory again and again: with fresh memory for each chunk,
/// clearing its pages and collecting it costs as much as all else that is done with the bytes.
struct Chunks {
    reader: JsValue,
    read: Function,
    /// Where the next chunk may go; it is the browser's while it reads.
    room: Uint8Array,
}

impl Chunks {
    fn of(file: &Blob) -> Result<Self, JsValue> {
        // The stream of a response takes memory of ours (a "byob" reader), which that of a file does not in Chromium.
        let response = Response::new_with_opt_blob(Some(file))?;
        let stream = Reflect::get(&response, &"body".into())?;
        let reader_of: Function = Reflect::get(&stream, &"getReader".into())?.dyn_into()?;
        let options = Object::new();
        Reflect::set(&options, &"mode".into(), &"byob".into())?;
        // A browser whose streams take none brings its own, and pays no heed to what `read` is given.
        let reader = reader_of.call1(&stream, &options).or_else(|_| reader_of.call0(&stream))?;
        let read = Reflect::get(&reader, &"read".into())?.dyn_into()?;
        Ok(Self { reader, read, room: Uint8Array::new_with_length(CHUNK) })
    }

    async fn next(&mut self) -> Result<Option<Uint8Array>, JsValue> {
        let promise: Promise = self.read.call1(&self.reader, &self.room)?.dyn_into()?;
        let step = JsFuture::from(promise).await?;
        if Reflect::get(&step, &"done".into())?.is_truthy() {
            return Ok(None);
        }
        let chunk: Uint8Array = Reflect::get(&step, &"value".into())?.dyn_into()?;
        self.room = Uint8Array::new(&chunk.buffer());
        Ok(Some(chunk))
    }
}
