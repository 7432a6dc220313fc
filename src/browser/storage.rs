//! The draft and the records of unfinished uploads, in the browser's own storage. Storage may be switched off: then nothing is kept, and nothing fails.

use crate::plan::Plan;
use crate::read::Read;

const KEY: &str = "import-planner.plan.v2";

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// The plan of the last visit, when there is one and this version of the page understands it.
pub fn load() -> Option<Plan> {
    let text = storage()?.get_item(KEY).ok()??;
    Plan::read(&serde_json::from_str(&text).ok()?)
}

/// Keeps a draft: a plan as JSON, from which the secrets have been taken.
pub fn save(draft: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(KEY, draft);
    }
}

/// What is kept of an unfinished upload of a file of this size and time: no URL and no credentials are in it.
pub fn upload_record(file: &web_sys::File) -> Option<String> {
    storage()?.get_item(&upload_key(file)).ok()?
}

/// Keeps that, in the place of what was kept before; nothing for an empty text.
pub fn keep_upload_record(file: &web_sys::File, record: &str) {
    if let Some(storage) = storage() {
        let key = upload_key(file);
        let _ = if record.is_empty() { storage.remove_item(&key) } else { storage.set_item(&key, record) };
    }
}

fn upload_key(file: &web_sys::File) -> String {
    format!("import-planner.upload.v1.{}.{}", file.size(), file.last_modified())
}
