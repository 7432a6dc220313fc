//! The fourth step: sending the image to S3 by a presigned URL.

use super::blocks::blocks;
use super::context::{Page, use_page};
use super::inspection::Picked;
use super::problems::control_id;
use super::uploading::{UseUpload, use_upload};
use crate::present::upload::{Phase, Target};
use web_sys::{File, HtmlTextAreaElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) picked: Option<Picked>,
    /// The name of the file that the report is about.
    pub(super) name: Option<String>,
    /// The presigned URL: a key to the bucket, which lives in the page's memory alone.
    pub(super) url: UseStateHandle<String>,
}

/// The card of the upload.
#[component]
pub(super) fn UploadCard(props: &Props) -> Html {
    let page = use_page();
    let upload = use_upload();
    let file = props.picked.as_ref().and_then(|picked| picked.reported(props.name.as_deref()).cloned());
    let target = page.written.as_ref().map(|written| &written.target);
    html! {
        <section id="upload" class="card" aria-labelledby="upload-title">
            <header><h2 id="upload-title">{ page.texts.upload_title }</h2></header>
            { url_field(&page, &props.url, target, upload.phase() == Phase::Sending) }
            if let Some(target) = target {
                { blocks(&page, &target.preparation) }
                <div id="upload-target">{ blocks(&page, &target.blocks) }</div>
                { start_row(&page, &props.url, target, file, &upload) }
            }
            { outcome(&page, &upload) }
        </section>
    }
}

fn url_field(page: &Page, url: &UseStateHandle<String>, target: Option<&Target>, disabled: bool) -> Html {
    let id = control_id("PresignedPut");
    let typed = {
        let url = url.setter();
        Callback::from(move |event: InputEvent| {
            url.set(event.target_unchecked_into::<HtmlTextAreaElement>().value());
        })
    };
    let problem = target.map(|target| target.problem.clone()).unwrap_or_default();
    html! {
        <div class="field">
            <label for={id.clone()}>{ page.texts.upload_url }</label>
            <textarea id={id.clone()} rows="3" spellcheck="false" autocomplete="off" placeholder="https://…?X-Amz-Algorithm=AWS4-HMAC-SHA256&…"
                value={(**url).clone()} oninput={typed} {disabled}
                aria-describedby={format!("{id}-help {id}-problem")} aria-invalid={if problem.is_empty() { "false" } else { "true" }} />
            <p id={format!("{id}-help")} class="hint">{ page.texts.upload_url_hint }</p>
            <div id={format!("{id}-problem")} role="status">
                if !problem.is_empty() {
                    <p class="problem" data-tone="bad">{ problem }</p>
                }
            </div>
        </div>
    }
}

fn start_row(
    page: &Page,
    url: &UseStateHandle<String>,
    target: &Target,
    file: Option<File>,
    upload: &UseUpload,
) -> Html {
    let texts = page.texts;
    let sending = upload.phase() == Phase::Sending;
    let (text, id) = match upload.phase() {
        Phase::Idle => (texts.upload_start, "upload-start"),
        Phase::Sending => (texts.upload_cancel, "upload-cancel"),
        _ => (texts.upload_again, "upload-start"),
    };
    let act = {
        let (upload, url, destination) = (upload.clone(), url.clone(), target.destination.clone());
        Callback::from(move |_: MouseEvent| match &file {
            _ if sending => upload.cancel.emit(()),
            Some(file) => upload.start.emit(((*url).clone(), file.clone(), destination.clone())),
            None => {}
        })
    };
    // One button for both, so that the focus stays on it.
    html! {
        <div class="row">
            <button {id} type="button" class="button primary" onclick={act} disabled={!sending && !target.obstacle.is_empty()} aria-describedby="upload-obstacle">
                { text }
            </button>
            <span id="upload-obstacle" class="small soft">{ &target.obstacle }</span>
        </div>
    }
}

fn outcome(page: &Page, upload: &UseUpload) -> Html {
    let phase = upload.phase();
    let (name, role) = match phase {
        Phase::Idle => ("idle", "status"),
        // A progress bar tells of itself: as a status it would be read out ten times a second.
        Phase::Sending => ("sending", "group"),
        Phase::Done => ("done", "status"),
        Phase::Failed => ("failed", "alert"),
        Phase::Cancelled => ("cancelled", "status"),
    };
    html! {
        <div id="upload-outcome" data-phase={name} {role}>
            if let Some(sent) = &upload.sent {
                { blocks(page, &sent.blocks) }
            }
        </div>
    }
}
