//! The draft, in the browser's own storage. Storage may be switched off: then nothing is kept, and nothing fails.

use super::document::now_in_seconds;
use crate::plan::Plan;
use crate::read::Read;

const KEY: &str = "import-planner.plan.v2";
/// When the draft was last changed, in seconds since 1970.
const SAVED: &str = "import-planner.plan.saved";

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// The plan of the last visit, when there is one and this version of the page understands it.
pub fn load() -> Option<Plan> {
    let text = storage()?.get_item(KEY).ok()??;
    Plan::read(&serde_json::from_str(&text).ok()?)
}

/// Keeps a draft: a plan as JSON, from which the secrets have been taken. One that is kept already keeps its time.
pub fn save(draft: &str) {
    let Some(storage) = storage() else { return };
    if storage.get_item(KEY).ok().flatten().as_deref() != Some(draft) {
        let _ = storage.set_item(KEY, draft);
        let _ = storage.set_item(SAVED, &now_in_seconds().to_string());
    }
}

/// When the plan of the last visit was entered, in milliseconds since 1970; `None` where there is none, or nothing was
/// entered in it.
pub fn saved_at() -> Option<f64> {
    load().filter(|plan| *plan != Plan::default())?;
    let seconds: i64 = storage()?.get_item(SAVED).ok()??.parse().ok()?;
    #[expect(clippy::cast_precision_loss, reason = "a moment in this era")]
    let milliseconds = seconds as f64 * 1000.0;
    Some(milliseconds)
}
