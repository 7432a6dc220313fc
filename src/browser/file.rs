//! A `Blob`, most often a `File`, as a [`ReadAt`], in a worker.

use crate::image::read_at::{ReadAt, ReadError, check_bounds};
use crate::sentence::Sentence;
use crate::upload::resume::stretch;
use wasm_bindgen::{JsCast, JsValue};

/// A file the person picked, read synchronously with `FileReaderSync`, which only workers have.
pub struct BrowserFile {
    file: web_sys::Blob,
    reader: web_sys::FileReaderSync,
    size: u64,
}

impl BrowserFile {
    /// Wraps `file`.
    ///
    /// # Errors
    /// The browser's own, when this is not a worker.
    pub fn new(file: web_sys::Blob) -> Result<Self, JsValue> {
        let reader = web_sys::FileReaderSync::new()?;
        let size = size_of(&file);
        Ok(Self { file, reader, size })
    }
}

/// The largest file that is read as text, in bytes: what `task::read_answer` takes.
const LONGEST_TEXT: u64 = crate::task::LONGEST as u64;

/// The ends of the names of files that hold an answer of AWS, an input or a script.
const TEXT_ENDINGS: [&str; 9] = [".json", ".yaml", ".yml", ".xml", ".txt", ".log", ".sh", ".ps1", ".py"];

/// Whether a file is a text to be pasted rather than an image: by its name, since an image never has one of these, and
/// small.
pub fn is_text(file: &web_sys::File) -> bool {
    let name = file.name().to_ascii_lowercase();
    may_be_text(file) && TEXT_ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Whether a file is small enough to be read as a text where one is expected, whatever its name.
pub fn may_be_text(file: &web_sys::File) -> bool {
    size_of(file) <= LONGEST_TEXT
}

/// The files of a list as browsers hand them over: of a field, a drop, or the clipboard.
pub fn listed(files: Option<web_sys::FileList>) -> Vec<web_sys::File> {
    files.map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect()).unwrap_or_default()
}

/// Reads a text file and hands its text to `take`; what is no UTF-8 in it is shown as such. `None` is a file that the
/// browser cannot read.
pub fn read_text(file: &web_sys::File, take: impl Fn(Option<String>) + 'static) {
    let text = file.text();
    wasm_bindgen_futures::spawn_local(async move {
        take(wasm_bindgen_futures::JsFuture::from(text).await.ok().and_then(|text| text.as_string()));
    });
}

/// A file's size in bytes. A `Blob` gives it as a float, exact up to 2^53.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a size is a whole number below 2^53"
)]
pub fn size_of(blob: &web_sys::Blob) -> u64 {
    blob.size() as u64
}

/// The bytes `start..end` of `blob`, without a type: a type would be sent as a header that was not signed.
///
/// # Errors
/// The browser's own, when it refuses to cut `blob`.
#[expect(clippy::cast_precision_loss, reason = "no file has more than 2^53 bytes")]
pub fn slice(blob: &web_sys::Blob, start: u64, end: u64) -> Result<web_sys::Blob, JsValue> {
    blob.slice_with_f64_and_f64_and_content_type(start as f64, end as f64, "")
}

/// A file to be uploaded: one that was picked, or a stretch of it.
#[derive(Clone, PartialEq)]
pub struct Piece {
    /// Its bytes.
    pub blob: web_sys::Blob,
    /// The name of the file that it is.
    pub name: String,
    /// The name of the file that was picked.
    pub picked: String,
    /// When the file that was picked was last changed, in milliseconds since 1970.
    pub modified: i64,
    /// Where it begins in that, in bytes.
    pub offset: u64,
}

impl Piece {
    /// The whole of `file`.
    pub fn whole(file: &web_sys::File) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "a moment in this era")]
        let modified = file.last_modified() as i64;
        Self { blob: file.clone().into(), name: file.name(), picked: file.name(), modified, offset: 0 }
    }

    /// Which stretch of which file it is.
    pub fn stretch(&self) -> String {
        stretch(size_of(&self.blob), self.modified, self.offset)
    }

    /// The bytes `offset..offset + length` of `file`, which are the file `name`; `None` where the browser refuses.
    pub fn part(file: &web_sys::File, name: &str, offset: u64, length: u64) -> Option<Self> {
        let blob = slice(file, offset, offset.checked_add(length)?).ok()?;
        Some(Self { blob, name: name.to_owned(), offset, ..Self::whole(file) })
    }
}

impl ReadAt for BrowserFile {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size)?;
        let failed = |error: JsValue| ReadError::Failed { offset, reason: reason(&error) };
        let blob = slice(&self.file, offset, offset + buf.len() as u64).map_err(failed)?;
        let buffer = self.reader.read_as_array_buffer(&blob).map_err(failed)?;
        let bytes = js_sys::Uint8Array::new(&buffer);
        // A file that shrank after it was picked gives fewer bytes without an error in some browsers.
        if bytes.length() as usize != buf.len() {
            return Err(ReadError::Failed { offset, reason: CHANGED.into() });
        }
        bytes.copy_to(buf);
        Ok(())
    }
}

const CHANGED: &str = "the file has changed since it was picked; pick it again";

/// The browser's error as a clause for a person.
fn reason(error: &JsValue) -> Sentence {
    match error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.name())).as_deref() {
        Some("NotReadableError") => CHANGED.into(),
        Some("NotFoundError") => {
            "the file has been moved or deleted since it was picked; pick it again".into()
        }
        Some("SecurityError") => "the browser does not allow this file to be read".into(),
        _ => error.dyn_ref::<js_sys::Error>().map_or_else(
            || "the browser did not say why".into(),
            |error| Sentence::verbatim(String::from(error.message())),
        ),
    }
}
