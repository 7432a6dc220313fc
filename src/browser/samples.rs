//! The samples that lie beside the page.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, File, Response};

/// Fetches `name` from where the page lies and hands it over as if it had been chosen; `None` where it does not come.
pub fn fetch(name: &'static str, done: impl FnOnce(Option<File>) + 'static) {
    spawn_local(async move { done(fetched(name).await) });
}

async fn fetched(name: &str) -> Option<File> {
    let response = JsFuture::from(web_sys::window()?.fetch_with_str(&format!("./{name}"))).await.ok()?;
    let response: Response = response.dyn_into().ok().filter(Response::ok)?;
    let blob: Blob = JsFuture::from(response.blob().ok()?).await.ok()?.dyn_into().ok()?;
    File::new_with_blob_sequence(&js_sys::Array::of1(&blob), name).ok()
}
