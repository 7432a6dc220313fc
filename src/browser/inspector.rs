//! The page's end of the worker that reads images.

use super::worker::PageWorker;
use crate::present::{Ask, Told};
use std::cell::Cell;
use std::rc::Rc;

/// A worker that inspects one set of files after the other, and compares appliances with their manifests.
///
/// Dropping it ends the worker: a busy worker hears no message, so that is also how either is cancelled. One
/// that is idle is kept, because starting another costs about 0.1 s.
pub struct Inspector {
    worker: PageWorker,
    busy: Rc<Cell<bool>>,
}

impl Inspector {
    /// Starts a worker; `told` is called for everything it says.
    ///
    /// # Errors
    /// A sentence, when the browser does not start the worker.
    pub fn start(told: impl Fn(Told) + Clone + 'static) -> Result<Self, String> {
        let busy = Rc::new(Cell::new(false));
        let state = Rc::clone(&busy);
        let worker = PageWorker::start("worker", move |said| {
            // One that has stopped stays busy, so that the next file gets a new one.
            // What is said again says nothing of what is under way.
            if !matches!(said, Told::Again(_)) {
                state.set(matches!(said, Told::First(_) | Told::Verifying(_) | Told::Stopped(_)));
            }
            told(said);
        })?;
        Ok(Self { worker, busy })
    }

    /// Whether an inspection or a verification is under way, or the worker has come to an end.
    pub fn is_busy(&self) -> bool {
        self.busy.get()
    }

    /// Has `files` inspected by the worker, which must be idle.
    ///
    /// # Errors
    /// A sentence, when the browser does not hand them over.
    pub fn inspect(&self, files: &[web_sys::File]) -> Result<(), String> {
        self.ask(&Ask::Inspect(names(files)), files)
    }

    /// Has the appliance that is image number `image` in `files` read through and compared with its manifest by the worker, which must be idle. It
    /// takes minutes: the worker tells [`Told::Verifying`] until it tells [`Told::Verified`] or [`Told::Failed`].
    ///
    /// # Errors
    /// A sentence, when the browser does not hand them over.
    pub fn verify(&self, files: &[web_sys::File], image: usize) -> Result<(), String> {
        self.ask(&Ask::Verify { names: names(files), image }, files)
    }

    /// Has the worker say again what it said last, in the language of the document. A busy worker does that when it is
    /// done.
    ///
    /// # Errors
    /// A sentence, when the browser does not hand it over.
    pub fn say_again(&self) -> Result<(), String> {
        self.worker.ask(&Ask::SayAgain, &[])
    }

    fn ask(&self, ask: &Ask, files: &[web_sys::File]) -> Result<(), String> {
        let files: Vec<_> = files.iter().map(|file| web_sys::Blob::clone(file)).collect();
        self.busy.set(true);
        self.worker.ask(ask, &files)
    }
}

fn names(files: &[web_sys::File]) -> Vec<String> {
    files.iter().map(web_sys::File::name).collect()
}
