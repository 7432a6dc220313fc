//! Checksums of stretches of a file, read chunk by chunk without holding up the worker.

use super::file::{size_of, slice};
use crate::upload::checksum::{Crc64, Digests, Hasher};
use crate::upload::resume::samples;
use gloo::timers::future::TimeoutFuture;
use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use std::ops::Range;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Response};

/// How much is read at a time at most, in bytes.
const CHUNK: u32 = 1024 * 1024;

/// Why bytes of a file are not to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// There are fewer or more than there were.
    Changed,
    /// The browser does not read them, and does not say why: the file changed or is gone, or its drive is away.
    Refused,
}

/// What the bytes add up to. A drive that is away for some seconds is waited for.
///
/// # Errors
/// The bytes are not to be had.
pub(super) async fn digests(file: &Blob, range: Range<u64>, with_md5: bool) -> Result<Digests, Unread> {
    for _ in WAITS {
        let mut hasher = Hasher::new(with_md5);
        match read(file, range.clone(), |bytes| hasher.update(bytes)).await {
            Ok(()) => return Ok(hasher.finish()),
            Err(Unread::Refused) if becomes_readable(file).await => {}
            Err(unread) => return Err(unread),
        }
    }
    Err(Unread::Refused)
}

/// What tells the file from another of the same size and time.
///
/// # Errors
/// The bytes are not to be had.
pub(super) async fn sample(file: &Blob) -> Result<Crc64, Unread> {
    let mut hasher = Hasher::new(false);
    for range in samples(size_of(file)) {
        read(file, range, |bytes| hasher.update(bytes)).await?;
    }
    Ok(hasher.finish().crc64nvme)
}

/// How long to wait before a file that cannot be read is tried again, in milliseconds: a drive on the network may be away
/// for a moment.
const WAITS: [u32; 3] = [500, 1500, 4000];

/// Whether the file can be read, now or in a few seconds: one that was changed or removed since it was picked never can.
pub(super) async fn becomes_readable(file: &Blob) -> bool {
    for wait in WAITS {
        if is_readable(file).await {
            return true;
        }
        TimeoutFuture::new(wait).await;
    }
    is_readable(file).await
}

async fn is_readable(file: &Blob) -> bool {
    let first = 0..size_of(file).min(1);
    read(file, first, |_| ()).await.is_ok()
}

/// Hands the bytes to `take`, chunk by chunk. Between two chunks the worker hears what its requests have to say.
async fn read(file: &Blob, range: Range<u64>, mut take: impl FnMut(&[u8])) -> Result<(), Unread> {
    let refused = |_| Unread::Refused;
    let piece = slice(file, range.start, range.end).map_err(refused)?;
    let mut chunks = Chunks::of(&piece).map_err(refused)?;
    let mut bytes = Vec::new();
    let mut left = range.end - range.start;
    while let Some(chunk) = chunks.next().await.map_err(refused)? {
        left = left.checked_sub(u64::from(chunk.length())).ok_or(Unread::Changed)?;
        bytes.resize(chunk.length() as usize, 0);
        chunk.copy_to(&mut bytes);
        take(&bytes);
    }
    // A file that shrank gives fewer bytes without an error in some browsers.
    if left == 0 { Ok(()) } else { Err(Unread::Changed) }
}

/// The bytes of a file as the browser reads them, into the same memory again and again: with fresh memory for each chunk,
/// clearing its pages and collecting it costs as much as all else that is done with the bytes.
struct Chunks {
    /// Held for as long as it is read from: Chromium collects a stream whose reader nobody holds, and the promise of its
    /// next chunk is never kept.
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
