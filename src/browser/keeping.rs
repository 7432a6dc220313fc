//! Keeps what an upload needs to go on after a reload: one write after another, and of those that wait only the newest.

use super::kept::{self, Kept};
use crate::upload::resume::Record;
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsValue;

/// What is to be done about what is kept.
pub(super) enum Keeping {
    Keep(Box<Record>),
    Forget,
}

/// Keeps the record of one upload.
pub(super) struct Keeper {
    /// The handle of the file; `undefined` where there is none.
    handle: JsValue,
    next: RefCell<Option<Keeping>>,
    /// What the record is kept under; `None` while nothing is kept.
    id: RefCell<Option<String>>,
    is_busy: Cell<bool>,
    /// Whether the page is to hear what is kept, once it is.
    is_list_wanted: Cell<bool>,
}

impl Keeper {
    /// `id` is what the upload's record is kept under, where it was begun before.
    pub(super) fn new(handle: JsValue, id: Option<String>) -> Self {
        Self {
            handle,
            next: RefCell::default(),
            id: RefCell::new(id),
            is_busy: Cell::new(false),
            is_list_wanted: Cell::new(false),
        }
    }

    /// Whether something is still being written.
    pub(super) fn is_busy(&self) -> bool {
        self.is_busy.get()
    }

    /// The page is to hear what is kept, once all that waits is written.
    pub(super) fn want_list(&self) {
        self.is_list_wanted.set(true);
    }

    /// Puts this in the place of what waits. Gives whether somebody has to [`Self::write`] it now.
    pub(super) fn put(&self, keeping: Keeping) -> bool {
        self.next.borrow_mut().replace(keeping);
        !self.is_busy.replace(true)
    }

    /// Writes what waits, until nothing does. `list` tells the page what is kept.
    pub(super) async fn write(&self, list: impl AsyncFn()) {
        loop {
            let next = self.next.borrow_mut().take();
            match next {
                Some(Keeping::Keep(record)) => self.keep(*record).await,
                Some(Keeping::Forget) => {
                    let id = self.id.borrow_mut().take();
                    if let Some(id) = id {
                        kept::forget(&id).await;
                    }
                }
                // What is kept before the page hears of it.
                None if self.is_list_wanted.take() => list().await,
                None => break,
            }
        }
        self.is_busy.set(false);
    }

    async fn keep(&self, record: Record) {
        let id = record.id();
        let before = self.id.borrow_mut().replace(id.clone());
        if let Some(before) = before.filter(|before| *before != id) {
            kept::forget(&before).await;
        }
        let handle = self.handle.clone();
        kept::keep(&Kept { id, record: record.to_json(), handle }).await;
    }
}
