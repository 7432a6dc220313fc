//! The only code that touches the browser: files, workers, requests, storage, the clipboard.
//!
//! It is thin: it moves bytes and events between the browser and the stages, and decides nothing.

pub mod address;
pub mod attention;
pub mod clipboard;
pub mod composer;
pub mod composing;
pub mod document;
pub mod download;
mod executor;
pub mod file;
pub mod handle;
mod hashing;
pub mod inspector;
pub mod kept;
pub mod language;
pub mod locale;
pub mod reading;
mod request;
pub mod samples;
pub mod sending;
mod serving;
pub mod storage;
pub mod uploader;
mod worker;
