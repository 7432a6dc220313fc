//! Keeping the screen awake, and telling a person who is looking elsewhere. Where a browser lacks either, or the person
//! does not allow it, nothing happens.

use super::handle::promise;
use gloo::events::EventListener;
use js_sys::Reflect;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Notification, NotificationPermission};

/// The screen stays awake while this lives and the page is in view.
pub struct Awake {
    lock: Rc<RefCell<JsValue>>,
    _listener: Option<EventListener>,
}

/// Keeps the screen awake: a computer that falls asleep breaks off what it sends.
pub fn keep_awake() -> Awake {
    let lock = Rc::new(RefCell::new(JsValue::UNDEFINED));
    take_lock(&lock);
    // A browser gives the lock back when the page goes out of view.
    let taken = Rc::clone(&lock);
    let document = web_sys::window().and_then(|window| window.document());
    let listener = document
        .map(|document| EventListener::new(&document, "visibilitychange", move |_| take_lock(&taken)));
    Awake { lock, _listener: listener }
}

fn take_lock(lock: &Rc<RefCell<JsValue>>) {
    let Some(window) = web_sys::window() else { return };
    if is_hidden() {
        return;
    }
    let wake_lock = Reflect::get(&window.navigator(), &"wakeLock".into()).unwrap_or_default();
    if let Some(asked) = promise(&wake_lock, "request", Some(&"screen".into())) {
        let lock = Rc::downgrade(lock);
        spawn_local(async move {
            let Ok(taken) = JsFuture::from(asked).await else { return };
            let before = match lock.upgrade() {
                Some(lock) => lock.replace(taken),
                // Nobody wants it any more.
                None => taken,
            };
            release(&before);
        });
    }
}

fn release(lock: &JsValue) {
    let _ = promise(lock, "release", None);
}

impl Drop for Awake {
    fn drop(&mut self) {
        release(&self.lock.borrow());
    }
}

fn is_hidden() -> bool {
    web_sys::window().and_then(|window| window.document()).is_some_and(|document| document.hidden())
}

fn has_notifications() -> bool {
    Reflect::has(&js_sys::global(), &"Notification".into()).unwrap_or(false)
}

/// Asks the person whether the page may notify them, unless they have answered before. It is to be called while a click
/// is handled.
pub fn ask_to_notify() {
    if has_notifications() && Notification::permission() == NotificationPermission::Default {
        let _ = Notification::request_permission();
    }
}

/// Notifies the person, if they allow it and are looking elsewhere.
pub fn notify(text: &str) {
    if has_notifications() && is_hidden() && Notification::permission() == NotificationPermission::Granted {
        let _ = Notification::new(text);
    }
}
