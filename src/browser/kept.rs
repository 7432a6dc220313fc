//! What is kept of unfinished uploads, in the browser's own database, by the worker that sends. While there is none, there is
//! no database: so the page knows at once, and after a crash, too, whether that worker has anything to tell.
//!
//! Storage may be switched off or full: then nothing is kept, and nothing fails. A handle of a file, where the browser
//! gives one, is kept beside the record: with it the page reads the file again without its being chosen again.

use idb::builder::{DatabaseBuilder, ObjectStoreBuilder};
use idb::{Error, Factory, ObjectStore, TransactionMode};
use js_sys::{Array, Function, Promise, Reflect};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::WorkerGlobalScope;

const DATABASE: &str = "import-planner";
const STORE: &str = "uploads";

/// How long the database may take, in milliseconds.
const PATIENCE: i32 = 3000;

/// An upload as it is kept.
pub(super) struct Kept {
    /// What it is kept under: [`Record::id`](crate::upload::resume::Record::id).
    pub(super) id: String,
    /// The record, as `upload::resume` writes it.
    pub(super) record: String,
    /// The handle of the file; `undefined` where there is none.
    pub(super) handle: JsValue,
}

/// Whether anything may be kept; so it is, too, where the browser does not say. For the page itself: the workers' program is
/// not loaded for it.
pub async fn may_exist() -> bool {
    let names = async {
        let factory = Reflect::get(&js_sys::global(), &"indexedDB".into())?;
        let databases: Function = Reflect::get(&factory, &"databases".into())?.dyn_into()?;
        let databases: Promise = databases.call0(&factory)?.dyn_into()?;
        Ok::<_, JsValue>(Array::from(&JsFuture::from(databases).await?))
    };
    let is_own = |own: JsValue| Reflect::get(&own, &"name".into()).is_ok_and(|name| name == DATABASE);
    names.await.map_or(true, |names| names.iter().any(is_own))
}

/// All that is kept, in no order that means anything.
pub(super) async fn all() -> Vec<Kept> {
    let read = with_store(TransactionMode::ReadOnly, async |store| store.get_all(None, None)?.await);
    let values = in_time(read).await.and_then(Result::ok);
    values.unwrap_or_default().iter().filter_map(from_value).collect()
}

/// Removes the database, in which nothing is kept any more. A record that another tab writes in this very moment goes with it,
/// until that tab writes the next: of an upload that has just begun.
pub(super) async fn remove() {
    let remove = async { Factory::new()?.delete(DATABASE)?.await };
    in_time::<Result<(), Error>>(remove).await;
}

/// What is kept of one upload.
pub(super) async fn one(id: &str) -> Option<Kept> {
    let read = with_store(TransactionMode::ReadOnly, async |store| store.get(JsValue::from_str(id))?.await);
    from_value(&in_time(read).await?.ok()??)
}

/// Keeps an upload, in the place of what was kept of it before.
pub(super) async fn keep(kept: &Kept) {
    let whole = value_of(kept, &kept.handle);
    if let Some(Err(_)) = in_time(write(&kept.id, Some(whole))).await {
        // A browser that cannot store handles refuses the whole of it.
        let bare = value_of(kept, &JsValue::UNDEFINED);
        in_time(write(&kept.id, Some(bare))).await;
    }
}

/// Forgets an upload.
pub(super) async fn forget(id: &str) {
    in_time(write(id, None)).await;
}

async fn write(id: &str, value: Option<JsValue>) -> Result<(), Error> {
    let key = JsValue::from_str(id);
    let write = async |store: ObjectStore| {
        match value {
            Some(value) => drop(store.put(&value, Some(&key))?.await?),
            None => store.delete(key)?.await?,
        }
        Ok(())
    };
    with_store(TransactionMode::ReadWrite, write).await
}

/// What the work gives; `None` where the database does not answer. No upload waits for it longer than this.
async fn in_time<T>(work: impl Future<Output = T>) -> Option<T> {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let timer = Promise::new(&mut |resolve, _| {
        let _ = scope.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, PATIENCE);
    });
    let (mut work, mut timer) = (pin!(work), pin!(JsFuture::from(timer)));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => timer.as_mut().poll(context).map(|_| None),
    })
    .await
}

/// Works on the records. Whatever comes of it the database is closed again: as long as it is open, nobody can remove it.
async fn with_store<T>(
    mode: TransactionMode,
    work: impl AsyncFnOnce(ObjectStore) -> Result<T, Error>,
) -> Result<T, Error> {
    let store = ObjectStoreBuilder::new(STORE);
    let database = DatabaseBuilder::new(DATABASE).version(1).add_object_store(store).build().await?;
    let done =
        match database.transaction(&[STORE], mode).and_then(|transaction| transaction.object_store(STORE)) {
            Ok(store) => work(store).await,
            Err(error) => Err(error),
        };
    database.close();
    done
}

fn value_of(kept: &Kept, handle: &JsValue) -> JsValue {
    Array::of3(&JsValue::from_str(&kept.id), &JsValue::from_str(&kept.record), handle).into()
}

fn from_value(value: &JsValue) -> Option<Kept> {
    let parts = Array::is_array(value).then(|| Array::from(value))?;
    Some(Kept { id: parts.get(0).as_string()?, record: parts.get(1).as_string()?, handle: parts.get(2) })
}
