//! Where what a person drops, pastes or opens goes: images to be read, plans and answers to the composer, keys to the
//! bucket to the upload.

use super::drop_target::{Dropped, use_drop_target};
use super::paste_target::use_paste_target;
use super::plan_notice::{Origin, use_link};
use crate::browser::{document, file};
use crate::upload::means::is_key;
use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// How long the composer takes at most to say what was pasted, in milliseconds.
const TIME_TO_ANSWER: u32 = 500;

/// Who is given what.
pub(super) struct Takers {
    /// Takes files that are to be read as images.
    pub(super) on_images: Callback<Vec<web_sys::File>>,
    /// Takes a text that may be a plan, a request or an answer.
    pub(super) on_paste: Callback<String>,
    /// Takes a key to the bucket.
    pub(super) means: UseStateSetter<String>,
    /// Learns where the plan comes from.
    pub(super) origin: UseStateSetter<Origin>,
    /// Learns that there is something to plan.
    pub(super) begun: UseStateSetter<bool>,
}

/// The ways in.
pub(super) struct Taking {
    /// A plan, as a text.
    pub(super) on_plan: Callback<String>,
    /// Any text.
    pub(super) on_text: Callback<String>,
    /// Files, texts among them.
    pub(super) on_files: Callback<Dropped>,
    /// Whether a folder was dropped last, which is no image.
    pub(super) is_folder_refused: bool,
    /// Whether something is being dragged over the page.
    pub(super) is_dragging: bool,
    /// What was pasted last that may be shown.
    pub(super) shown: AttrValue,
}

/// Takes what is dropped and pasted anywhere on the page, and the plan in its address.
#[hook]
pub(super) fn use_taking(takers: Takers) -> Taking {
    let Takers { on_images, on_paste, means, origin, begun } = takers;
    let is_folder_refused = use_state_eq(|| false);
    let shown = use_state_eq(AttrValue::default);
    // What is opened is told at the top of the page, and what is pasted where it was pasted.
    let on_plan = {
        let (origin, begun) = (origin.clone(), begun.clone());
        use_callback(on_paste.clone(), move |text: String, on_paste| {
            origin.set(Origin::Opened);
            begun.set(true);
            on_paste.emit(text);
        })
    };
    // A key to the bucket belongs where nothing shows it, wherever it was pasted or dropped.
    let on_text = {
        let shown = shown.setter();
        use_callback(on_paste, move |text: String, on_paste| {
            if is_key(&text) {
                means.set(text);
                begun.set(true);
                // On a fresh page the card is drawn first, and then what is said of the key.
                Timeout::new(0, || document::focus("upload")).forget();
                Timeout::new(TIME_TO_ANSWER, || document::show("upload-held")).forget();
            } else {
                document::focus("paste-text");
                origin.set(Origin::Own);
                shown.set(text.clone().into());
                on_paste.emit(text);
            }
        })
    };
    let on_files = {
        let is_folder_refused = is_folder_refused.setter();
        use_callback((on_images, on_text.clone()), move |dropped, (on_images, on_text)| {
            is_folder_refused.set(matches!(dropped, Dropped::Folder));
            let Dropped::Files(files) = dropped else { return };
            match files.as_slice() {
                [file] if file::is_text(file) => {
                    let (on_images, on_text, all) = (on_images.clone(), on_text.clone(), files.clone());
                    // Who reads images says of any file why it cannot be read.
                    file::read_text(file, move |text| match text {
                        Some(text) => on_text.emit(text),
                        None => on_images.emit(all.clone()),
                    });
                }
                _ => on_images.emit(files),
            }
        })
    };
    use_link(on_plan.clone());
    use_paste_target(on_files.clone(), on_text.clone());
    let is_dragging = use_drop_target(on_files.clone());
    Taking {
        on_plan,
        on_text,
        on_files,
        is_folder_refused: *is_folder_refused,
        is_dragging,
        shown: (*shown).clone(),
    }
}
