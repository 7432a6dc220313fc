//! The draft, in the browser's own storage. Storage may be switched off: then nothing is kept, and nothing fails.

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
