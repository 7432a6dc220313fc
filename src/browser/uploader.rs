//! The page's end of the worker that sends files.

use super::worker::PageWorker;
use crate::present::{Ask, Errand, Steer, Told};
use web_sys::Blob;

/// An upload in a worker of its own; dropping it ends the worker, which breaks off what is being sent.
pub struct Uploader(PageWorker);

impl Uploader {
    /// Starts the worker; `told` hears how its uploads stand.
    ///
    /// # Errors
    /// A sentence, when the browser does not start it.
    pub fn start(told: impl Fn(Told) + Clone + 'static) -> Result<Self, String> {
        PageWorker::start("uploader", told).map(Self)
    }

    /// Sends `file`, or goes on with an upload of it that waits.
    ///
    /// # Errors
    /// A sentence, when the browser does not hand it over.
    pub fn send(&self, errand: Errand, file: &Blob) -> Result<(), String> {
        self.0.ask(&Ask::Send(Box::new(errand)), std::slice::from_ref(file))
    }

    /// Has the worker say how the upload stands in the language of the document.
    ///
    /// # Errors
    /// A sentence, when the browser does not hand it over.
    pub fn say_again(&self) -> Result<(), String> {
        self.0.ask(&Ask::SayAgain, &[])
    }

    /// Changes the course of the upload.
    ///
    /// # Errors
    /// A sentence, when the browser does not hand it over.
    pub fn steer(&self, steer: Steer) -> Result<(), String> {
        self.0.ask(&Ask::Steer(steer), &[])
    }
}
