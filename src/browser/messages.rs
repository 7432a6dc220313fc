//! What the page and its worker say to each other.
//!
//! The `File` itself is passed (a structured clone, no copy), never its bytes. Numbers travel as BigInt where they
//! have 64 bits: a hostile header may hold a size that no JavaScript number can.

use crate::inspect::Report;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

/// From the page. Of the files dropped together, the first is the one that was meant, unless a descriptor is among
/// them.
#[derive(Serialize, Deserialize)]
pub enum Request {
    /// Say what these files are.
    Inspect(Vec<PickedFile>),
    /// Read the appliance in these files through, and compare it with its manifest.
    Verify(Vec<PickedFile>),
}

/// A file with the name it goes by.
#[derive(Serialize, Deserialize)]
pub struct PickedFile {
    /// The file's name, without folders.
    pub name: String,
    /// The live object.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    pub file: web_sys::File,
}

/// From the worker.
#[derive(Serialize, Deserialize)]
pub enum Reply {
    /// To [`Request::Inspect`].
    Inspection(Answer),
    /// To [`Request::Verify`].
    Verification(Verification),
}

/// What comes of an inspection.
#[derive(Serialize, Deserialize)]
pub enum Answer {
    /// The first verdict, from a bounded number of reads; the second pass goes on.
    First(Box<Report>),
    /// Everything the bytes allow.
    Complete(Box<Report>),
    /// The file could not be read; a sentence.
    Failed(String),
}

/// What comes of comparing an appliance with its manifest.
#[derive(Serialize, Deserialize)]
pub enum Verification {
    /// It is under way. In bytes; `total` is never 0.
    Progress {
        /// How many have been read.
        done: u64,
        /// How many there are.
        total: u64,
    },
    /// The complete report, with [`Report::manifest`] and the findings that follow from it.
    Finished(Box<Report>),
    /// The file could not be read; a sentence.
    Failed(String),
}

/// A value as a message.
pub fn to_message<T: Serialize>(value: &T) -> Result<JsValue, serde_wasm_bindgen::Error> {
    value.serialize(&serde_wasm_bindgen::Serializer::new().serialize_large_number_types_as_bigints(true))
}

/// A message as a value.
pub fn from_message<T: for<'de> Deserialize<'de>>(message: JsValue) -> Result<T, serde_wasm_bindgen::Error> {
    serde_wasm_bindgen::from_value(message)
}
