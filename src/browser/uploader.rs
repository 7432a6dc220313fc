//! The page's end of the worker that sends files.

use super::worker::PageWorker;
use crate::present::{Ask, Discard, Errand, Steer, Told};
use wasm_bindgen::JsValue;
use web_sys::Blob;

/// An upload in a worker of its own; dropping it ends the worker, which breaks off what is being sent.
pub struct Uploader(PageWorker);

impl Uploader {
    /// Starts the worker; `told` hears how its uploads stand, and beside the list of unfinished ones the handles of
    /// their files.
    ///
    /// # Errors
    /// A sentence, when the browser does not start it.
    pub fn start(told: impl Fn(Told, Vec<JsValue>) + Clone + 'static) -> Result<Self, String> {
        PageWorker::start_with("uploader", told).map(Self)
    }

    /// Sends `file`, or goes on with an upload of it that waits. `handle` is that of the file on the disk, or
    /// `undefined`.
    ///
    /// # Errors
    /// A sentence, when the browser does not hand it over.
    pub fn send(&self, errand: Errand, file: &Blob, handle: &JsValue) -> Result<(), String> {
        self.0.ask_with(&Ask::Send(Box::new(errand)), std::slice::from_ref(file), handle)
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

    /// Asks which uploads have not ended.
    ///
    /// # Errors
    /// A sentence, when the browser does not hand it over.
    pub fn ask_for_kept(&self) -> Result<(), String> {
        self.0.ask(&Ask::Kept, &[])
    }

    /// Gives up an upload that was begun before.
    ///
    /// # Errors
    /// A sentence, when the browser does not hand it over.
    pub fn discard(&self, discard: Discard) -> Result<(), String> {
        self.0.ask(&Ask::Discard(Box::new(discard)), &[])
    }
}
