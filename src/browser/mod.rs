//! The only code that touches the browser: files, workers, requests, storage, the clipboard.
//!
//! It is thin: it moves bytes and events between the browser and the stages, and decides nothing.

pub mod address;
pub mod attention;
pub mod clipboard;
pub mod composer;
pub mod composer_worker;
pub mod document;
pub mod download;
mod executor;
pub mod file;
pub mod handle;
mod hashing;
pub mod inspector;
pub mod inspector_worker;
mod keeping;
pub mod kept;
pub mod language;
pub mod locale;
mod request;
pub mod samples;
mod serving;
pub mod storage;
pub mod uploader;
pub mod uploader_worker;
mod worker;
