//! Handles of files, which browsers built on Chromium give: by one, a file can be read again after a reload.
//!
//! They are called by their names rather than through bindings: where a browser lacks them, nothing happens.

use super::file::Piece;
use js_sys::{Array, Function, Map, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DataTransfer, File};

thread_local! {
    /// The handles of the files that were chosen in this visit, by their names and when they were last changed.
    static HANDLES: Map = Map::new();
}

/// The handle of the file of this name that was last changed at `modified` (milliseconds since 1970); `undefined` where
/// there is none.
pub fn of(name: &str, modified: i64) -> JsValue {
    HANDLES.with(|handles| handles.get(&key(name, modified)))
}

/// Two folders may each have a disk.vmdk.
fn key(name: &str, modified: i64) -> JsValue {
    format!("{modified} {name}").into()
}

fn remember(handle: &JsValue, file: &File) {
    let Piece { picked, modified, .. } = Piece::whole(file);
    HANDLES.with(|handles| handles.set(&key(&picked, modified), handle));
}

/// Remembers the handles of what is being dropped. They can be asked for while the drop is handled alone.
pub fn remember_dropped(data: &DataTransfer) {
    let items = data.items();
    for item in (0..items.length()).filter_map(|at| items.get(at)) {
        if let Some(promise) = promise(&item, "getAsFileSystemHandle", None) {
            spawn_local(async move {
                if let Ok(handle) = JsFuture::from(promise).await
                    && let Some(file) = file(&handle).await
                {
                    remember(&handle, &file);
                }
            });
        }
    }
}

/// Lets the person choose files by the dialog that gives handles, and hands them to `take`; says whether the browser has
/// one.
pub fn choose(take: impl Fn(Vec<File>) + 'static) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let options = object("multiple", &JsValue::TRUE);
    let Some(chosen) = promise(&window, "showOpenFilePicker", Some(&options)) else { return false };
    spawn_local(async move {
        // Who closes the dialog has chosen nothing.
        let Ok(handles) = JsFuture::from(chosen).await else { return };
        let mut files = Vec::new();
        for handle in Array::from(&handles).iter() {
            if let Some(file) = file(&handle).await {
                remember(&handle, &file);
                files.push(file);
            }
        }
        take(files);
    });
    true
}

/// Reads a file again by the handle that was kept of it, once the person lets the page; `None` where they do not, or the
/// file is gone. It is to be called while a click is handled.
pub async fn read_again(handle: JsValue) -> Option<File> {
    let options = object("mode", &"read".into());
    if let Some(asked) = promise(&handle, "requestPermission", Some(&options)) {
        let answer = JsFuture::from(asked).await.ok()?;
        if answer.as_string().as_deref() != Some("granted") {
            return None;
        }
    }
    let file = file(&handle).await?;
    remember(&handle, &file);
    Some(file)
}

async fn file(handle: &JsValue) -> Option<File> {
    JsFuture::from(promise(handle, "getFile", None)?).await.ok()?.dyn_into().ok()
}

/// What the method promises; `None` where there is no such method or it refuses at once.
pub(super) fn promise(of: &JsValue, method: &str, argument: Option<&JsValue>) -> Option<Promise> {
    let method: Function = Reflect::get(of, &method.into()).ok()?.dyn_into().ok()?;
    let arguments = argument.map_or_else(Array::new, Array::of1);
    Reflect::apply(&method, of, &arguments).ok()?.dyn_into().ok()
}

fn object(name: &str, value: &JsValue) -> JsValue {
    let object = Object::new();
    let _ = Reflect::set(&object, &name.into(), value);
    object.into()
}
