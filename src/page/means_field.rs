//! What the page may upload by: pasted, or read from a file. It is a key to the bucket: once it is understood it is shown
//! no more, and on demand it is forgotten.

use super::context::Page;
use super::drop_target::Dropped;
use super::file_button::FileButton;
use super::icon::{Shape, icon};
use super::problems::control_id;
use crate::browser::{document, file};
use crate::present::upload::Target;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// The field. `on_files` takes files that are none of what the page can upload by.
pub(super) fn means_field(
    page: &Page,
    pasted: &UseStateHandle<String>,
    target: Option<&Target>,
    on_files: &Callback<Dropped>,
) -> Html {
    let texts = page.texts;
    let id = control_id("UploadMeans");
    let typed = {
        let pasted = pasted.setter();
        Callback::from(move |event: InputEvent| {
            pasted.set(event.target_unchecked_into::<HtmlTextAreaElement>().value());
        })
    };
    let forget = {
        let (pasted, id) = (pasted.setter(), id.clone());
        Callback::from(move |_: MouseEvent| {
            pasted.set(String::new());
            // The button that had the focus goes.
            document::focus(&id);
        })
    };
    let take = {
        let (pasted, on_files) = (pasted.setter(), on_files.clone());
        Callback::from(move |dropped: Dropped| match &dropped {
            Dropped::Files(files) if matches!(files.as_slice(), [file] if file::may_be_text(file)) => {
                let (pasted, on_files, dropped) = (pasted.clone(), on_files.clone(), dropped.clone());
                file::read_text(&files[0], move |text| match text {
                    Some(text) => pasted.set(text),
                    None => on_files.emit(dropped.clone()),
                });
            }
            _ => on_files.emit(dropped),
        })
    };
    let problem = target.map(|target| target.problem.clone()).unwrap_or_default();
    let is_held = !pasted.is_empty() && !page.is_outdated && target.is_some_and(|target| target.is_held);
    let (value, example) = if is_held {
        (String::new(), texts.upload_means_instead)
    } else {
        ((**pasted).clone(), texts.upload_means_example)
    };
    html! {
        <div class="field">
            <label for={id.clone()}>{ texts.upload_means }</label>
            <textarea id={id.clone()} rows="3" spellcheck="false" autocomplete="off" placeholder={example} {value} oninput={typed}
                aria-describedby={format!("{id}-help {id}-problem")} aria-invalid={if problem.is_empty() { "false" } else { "true" }} />
            <p id={format!("{id}-help")} class="hint">{ texts.upload_means_hint }</p>
            <div id={format!("{id}-problem")} role="status">
                if !problem.is_empty() {
                    <p class="problem" data-tone="bad">{ problem }</p>
                } else if is_held {
                    <p id="upload-held">{ icon(Shape::Lock) }{ texts.upload_means_held }</p>
                }
            </div>
            <div class="row">
                <FileButton text={texts.upload_means_file} primary={false} on_files={take} />
                if is_held {
                    <button id="upload-forget" type="button" class="button" onclick={forget}>{ texts.upload_forget }</button>
                }
            </div>
        </div>
    }
}
