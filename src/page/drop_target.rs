//! The whole page is a drop target: a file dropped anywhere is taken, and never navigated to.

use crate::browser::{document, file, handle};
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, DragEvent, File};
use yew::prelude::*;

/// What was dropped.
#[derive(Clone)]
pub(super) enum Dropped {
    /// One file or several.
    Files(Vec<File>),
    /// A folder, which has no bytes to read.
    Folder,
}

/// Takes files dropped anywhere on the page, and says whether something is being dragged over it.
#[hook]
pub(super) fn use_drop_target(on_drop: Callback<Dropped>) -> bool {
    let over = use_state_eq(|| false);
    {
        let over = over.clone();
        use_effect_with(on_drop, move |on_drop| {
            let listeners = listen(move |is_over| over.set(is_over), on_drop.clone());
            move || drop(listeners)
        });
    }
    *over
}

fn listen(set_over: impl Fn(bool) + Clone + 'static, on_drop: Callback<Dropped>) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let on = |name: &'static str, act: Box<dyn Fn(&DragEvent)>| {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&window, name, options, move |event| {
            let Some(event) = event.dyn_ref::<DragEvent>() else { return };
            if event.data_transfer().is_some_and(|data| carries_files(&data)) {
                event.prevent_default();
                act(event);
            } else if !document::is_in_text_field(event) {
                // A link that is dropped beside a field would navigate away.
                event.prevent_default();
            }
        })
    };
    let (set_entered, set_over, set_left, set_ended) =
        (set_over.clone(), set_over.clone(), set_over.clone(), set_over);
    vec![
        on("dragenter", Box::new(move |_| set_entered(true))),
        on("dragover", Box::new(move |_| set_over(true))),
        on(
            "dragleave",
            Box::new(move |event| {
                // From one part of the page to another it is left for that part; from the page, for nothing.
                if event.related_target().is_none() {
                    set_left(false);
                }
            }),
        ),
        on(
            "drop",
            Box::new(move |event| {
                set_ended(false);
                if let Some(data) = event.data_transfer() {
                    on_drop.emit(dropped(&data));
                }
            }),
        ),
    ]
}

fn carries_files(data: &DataTransfer) -> bool {
    data.types().iter().any(|kind| kind.as_string().is_some_and(|kind| kind == "Files"))
}

fn dropped(data: &DataTransfer) -> Dropped {
    let items = data.items();
    let folder = (0..items.length())
        .filter_map(|index| items.get(index))
        .filter_map(|item| item.webkit_get_as_entry().ok().flatten())
        .any(|entry| entry.is_directory());
    if folder {
        return Dropped::Folder;
    }
    handle::remember_dropped(data);
    Dropped::Files(file::listed(data.files()))
}
