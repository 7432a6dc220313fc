//! The page's end of the worker that sends files.

use super::worker::PageWorker;
use crate::present::upload::Destination;
use crate::present::{Ask, Told};
use web_sys::Blob;

/// An upload in a worker of its own; dropping it ends the worker, which aborts what is being sent.
pub struct Uploader(#[expect(dead_code, reason = "it lives as long as the upload")] PageWorker);

impl Uploader {
    /// Begins to send `file` by the presigned `url`; `told` hears how it stands.
    ///
    /// # Errors
    /// A sentence, when the browser does not start it.
    pub fn start(
        url: &str,
        name: &str,
        file: &Blob,
        destination: Destination,
        told: impl Fn(Told) + Clone + 'static,
    ) -> Result<Self, String> {
        let worker = PageWorker::start("uploader", told)?;
        let ask = Ask::Send { url: url.trim().to_owned(), name: name.to_owned(), destination };
        worker.ask(&ask, std::slice::from_ref(file))?;
        Ok(Self(worker))
    }
}
