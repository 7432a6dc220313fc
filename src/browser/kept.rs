//! What is kept of unfinished uploads, in the browser's own database, by the worker that sends.
//!
//! Storage may be switched off or full: then nothing is kept, and nothing fails. A handle of a file, where the browser
//! gives one, is kept beside the record: with it the page reads the file again without its being chosen again.

use idb::builder::{DatabaseBuilder, ObjectStoreBuilder};
use idb::{Database, Error, ObjectStore, TransactionMode};
use js_sys::Array;
use wasm_bindgen::JsValue;

const DATABASE: &str = "import-planner";
const STORE: &str = "uploads";

/// An upload as it is kept.
pub(super) struct Kept {
    /// Which stretch of which file it is, as [`Errand::id`](crate::present::Errand::id) names it.
    pub(super) id: String,
    /// The record, as `upload::resume` writes it.
    pub(super) record: String,
    /// The handle of the file; `undefined` where there is none.
    pub(super) handle: JsValue,
}

/// All that is kept, in no order that means anything.
pub(super) async fn all() -> Vec<Kept> {
    let read = async {
        let database = open().await?;
        let values = store(&database, TransactionMode::ReadOnly)?.get_all(None, None)?.await;
        database.close();
        values
    };
    read.await.unwrap_or_default().iter().filter_map(from_value).collect()
}

/// What is kept of one upload.
pub(super) async fn one(id: &str) -> Option<Kept> {
    let read = async {
        let database = open().await?;
        let value = store(&database, TransactionMode::ReadOnly)?.get(JsValue::from_str(id))?.await;
        database.close();
        value
    };
    from_value(&read.await.ok()??)
}

/// Keeps an upload, in the place of what was kept of it before.
pub(super) async fn keep(kept: &Kept) {
    let whole = value_of(kept, &kept.handle);
    if write(&kept.id, Some(whole)).await.is_err() {
        // A browser that cannot store handles refuses the whole of it.
        let _ = write(&kept.id, Some(value_of(kept, &JsValue::UNDEFINED))).await;
    }
}

/// Forgets an upload.
pub(super) async fn forget(id: &str) {
    let _ = write(id, None).await;
}

async fn write(id: &str, value: Option<JsValue>) -> Result<(), Error> {
    let database = open().await?;
    let key = JsValue::from_str(id);
    let written = async {
        let store = store(&database, TransactionMode::ReadWrite)?;
        match value {
            Some(value) => drop(store.put(&value, Some(&key))?.await?),
            None => store.delete(key)?.await?,
        }
        Ok(())
    };
    let written = written.await;
    database.close();
    written
}

async fn open() -> Result<Database, Error> {
    let store = ObjectStoreBuilder::new(STORE);
    DatabaseBuilder::new(DATABASE).version(1).add_object_store(store).build().await
}

fn store(database: &Database, mode: TransactionMode) -> Result<ObjectStore, Error> {
    database.transaction(&[STORE], mode)?.object_store(STORE)
}

fn value_of(kept: &Kept, handle: &JsValue) -> JsValue {
    Array::of3(&JsValue::from_str(&kept.id), &JsValue::from_str(&kept.record), handle).into()
}

fn from_value(value: &JsValue) -> Option<Kept> {
    let parts = Array::is_array(value).then(|| Array::from(value))?;
    Some(Kept { id: parts.get(0).as_string()?, record: parts.get(1).as_string()?, handle: parts.get(2) })
}
