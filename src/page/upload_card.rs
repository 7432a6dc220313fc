//! The fourth step: sending the image to S3 by a presigned URL.

use super::code_block::CodeBlock;
use super::context::{Page, use_page};
use super::inspection::Picked;
use super::problems::control_id;
use super::upload_progress::UploadOutcome;
use super::uploading::use_upload;
use crate::browser::document::now_in_seconds;
use crate::browser::file::size_of;
use crate::browser::locale::Intl;
use crate::plan::{Action, Plan};
use crate::present::{ImageFacts, Locale};
use crate::render::command;
use crate::render::shell::Shell;
use crate::upload::SINGLE_PUT_LIMIT;
use crate::upload::presigned::{Doubt, NotPresigned, Presigned};
use crate::text::duration::duration;
use crate::text::fill;
use crate::text::upload::{ENGLISH, UploadTexts};
use crate::upload::single::State;
use web_sys::{File, HtmlTextAreaElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) picked: Option<Picked>,
    pub(super) facts: Option<ImageFacts>,
}

/// The card of the upload. The URL lives in this component's memory alone: it is a key to the bucket.
#[component]
pub(super) fn UploadCard(props: &Props) -> Html {
    let page = use_page();
    let texts = &ENGLISH;
    let url = use_state_eq(String::new);
    let upload = use_upload();
    let read = (!url.trim().is_empty()).then(|| Presigned::read(&url, now_in_seconds()));
    let file = props.picked.as_ref().and_then(|picked| picked.reported(props.facts.as_ref().map(|facts| facts.name.as_str())).cloned());
    {
        let reset = upload.reset.clone();
        let subject = (props.picked.clone(), url.clone());
        use_effect_with(subject, move |_| reset.emit(()));
    }
    let typed = {
        let url = url.clone();
        Callback::from(move |event: InputEvent| {
            url.set(event.target_unchecked_into::<HtmlTextAreaElement>().value());
        })
    };
    let sending = matches!(upload.state, State::Sending(_));
    let start = {
        let (upload, url, file) = (upload.clone(), url.clone(), file.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(file) = file.clone() {
                upload.start.emit((url.trim().to_owned(), file));
            }
        })
    };
    let refused = props.facts.as_ref().is_some_and(ImageFacts::is_refused);
    let bucket = match &read {
        Some(Ok(presigned)) => presigned.bucket.clone().unwrap_or_default(),
        _ => String::new(),
    };
    let id = control_id("PresignedPut");
    html! {
        <section id="upload" class="card" aria-labelledby="upload-title">
            <header><h2 id="upload-title">{ texts.upload_title }</h2></header>
            <div class="field">
                <label for={id.clone()}>{ texts.upload_url }</label>
                <textarea id={id.clone()} rows="3" spellcheck="false" autocomplete="off" placeholder="https://…?X-Amz-Algorithm=AWS4-HMAC-SHA256&…"
                    value={(*url).clone()} oninput={typed} disabled={sending}
                    aria-describedby={format!("{id}-help {id}-problem")}
                    aria-invalid={if matches!(read, Some(Err(_))) { "true" } else { "false" }} />
                <p id={format!("{id}-help")} class="hint">{ texts.upload_url_hint }</p>
                <div id={format!("{id}-problem")} role="status">
                    if let Some(Err(reason)) = &read {
                        <p class="problem" data-tone="bad">{ not_presigned(texts, *reason) }</p>
                    }
                </div>
            </div>
            <details>
                <summary>{ texts.upload_url_script }</summary>
                <CodeBlock id="presign-script" label={texts.upload_url_label} text={presign_script(page.plan())} file_name="presign.py" />
            </details>
            <div>
                if let Some(Ok(presigned)) = &read {
                    <Target presigned={presigned.clone()} />
                }
            </div>
            <div>
                if let Some(file) = &file {
                    if size_of(file) > SINGLE_PUT_LIMIT {
                        <TooLarge file={file.clone()} bucket={bucket.clone()} />
                    } else {
                        if refused {
                            <p class="small soft">{ texts.upload_refused_image }</p>
                        }
                        if !sending {
                            <button id="upload-start" type="button" class="button primary" onclick={start} disabled={!is_ready(read.as_ref())}>
                                { start_text(texts, &upload.state) }
                            </button>
                        }
                    }
                } else {
                    <p class="soft">{ texts.upload_needs_image }</p>
                }
            </div>
            <UploadOutcome state={upload.state.clone()} cancel={upload.cancel.clone()} {bucket} />
        </section>
    }
}

fn start_text(texts: &UploadTexts, state: &State) -> &'static str {
    if *state == State::Idle { texts.upload_start } else { texts.upload_again }
}

/// A URL that has expired or belongs to another service cannot work; the other doubts are the person's to weigh.
fn is_ready(read: Option<&Result<Presigned, NotPresigned>>) -> bool {
    matches!(read, Some(Ok(presigned)) if !presigned.doubts.iter().any(|doubt| matches!(doubt, Doubt::Expired | Doubt::OtherService(_))))
}

fn not_presigned(texts: &UploadTexts, reason: NotPresigned) -> &'static str {
    match reason {
        NotPresigned::NoUrl => texts.upload_not_url,
        NotPresigned::NotSigned => texts.upload_not_signed,
    }
}

/// A script for whoever has the credentials; it knows the bucket, key and Region of the form. The values are written
/// as JSON strings, which Python reads as its own.
fn presign_script(plan: &Plan) -> String {
    let value = |path: &str, otherwise: &str| {
        let text = plan.text(path);
        serde_json::Value::from(if text.is_empty() { otherwise.to_owned() } else { text }).to_string()
    };
    let region = if plan.region.is_empty() { "eu-central-1" } else { &plan.region };
    format!(
        "import boto3\nfrom botocore.config import Config\n\n\
         s3 = boto3.client(\n    \"s3\",\n    region_name={region},\n    \
         config=Config(signature_version=\"s3v4\", s3={{\"addressing_style\": \"virtual\"}}),\n)\n\
         print(s3.generate_presigned_url(\n    \"put_object\",\n    \
         Params={{\"Bucket\": {bucket}, \"Key\": {key}}},\n    ExpiresIn=6 * 3600,\n))\n",
        region = serde_json::Value::from(region),
        bucket = value("DiskContainer.UserBucket.S3Bucket", "my-bucket"),
        key = value("DiskContainer.UserBucket.S3Key", "disk.vmdk"),
    )
}

#[derive(Properties, PartialEq)]
struct TargetProps {
    presigned: Presigned,
}

/// Where the URL leads, what speaks against it, and how it differs from the form.
#[component]
fn Target(props: &TargetProps) -> Html {
    let page = use_page();
    let texts = &ENGLISH;
    let presigned = &props.presigned;
    let differences = differences(&page, presigned);
    let adopt = {
        let (page, presigned) = (page.clone(), presigned.clone());
        Callback::from(move |_: MouseEvent| adopt(&page, &presigned))
    };
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| texts.upload_unknown.to_owned());
    html! {
        <>
            <dl class="facts" id="presigned-facts">
                <div><dt>{ texts.upload_host }</dt><dd>{ &presigned.host }</dd></div>
                <div><dt>{ texts.upload_bucket }</dt><dd>{ shown(&presigned.bucket) }</dd></div>
                <div><dt>{ texts.upload_key }</dt><dd>{ shown(&presigned.key) }</dd></div>
                <div><dt>{ texts.upload_region }</dt><dd>{ shown(&presigned.region) }</dd></div>
                <div><dt>{ texts.upload_expires }</dt><dd>{ expiry(texts, presigned.expires) }</dd></div>
            </dl>
            for doubt in presigned.doubts.iter() {
                <p class="notice" data-tone="warn">{ doubt_text(texts, doubt) }</p>
            }
            if !differences.is_empty() {
                <div class="notice" data-tone="warn">
                    for difference in differences.iter() {
                        <p>{ difference }</p>
                    }
                    <p><button type="button" class="button" onclick={adopt}>{ texts.upload_use_these }</button></p>
                </div>
            }
        </>
    }
}

const BUCKET: &str = "DiskContainer.UserBucket.S3Bucket";
const KEY: &str = "DiskContainer.UserBucket.S3Key";

fn differences(page: &Page, presigned: &Presigned) -> Vec<String> {
    let (texts, plan) = (&ENGLISH, page.plan());
    [
        (texts.upload_bucket, &presigned.bucket, plan.text(BUCKET)),
        (texts.upload_key, &presigned.key, plan.text(KEY)),
        (texts.upload_region, &presigned.region, plan.region.clone()),
    ]
    .into_iter()
    .filter_map(|(field, url, form)| {
        let url = url.as_deref()?;
        (url != form && !form.is_empty())
            .then(|| fill(texts.upload_differs, &[("url", url), ("form", form.as_str()), ("field", field)]))
    })
    .collect()
}

fn adopt(page: &Page, presigned: &Presigned) {
    page.change(Action::Choose { path: "DiskContainer".into(), way: "UserBucket".into() });
    for (path, value) in [(BUCKET, &presigned.bucket), (KEY, &presigned.key)] {
        if let Some(value) = value {
            page.change(Action::Set { path: path.into(), value: Some(value.clone().into()) });
        }
    }
    if let Some(region) = &presigned.region {
        page.change(Action::SetRegion(region.clone()));
    }
}

#[expect(clippy::cast_precision_loss, reason = "a moment in this era")]
fn expiry(texts: &UploadTexts, expires: Option<i64>) -> String {
    let Some(expires) = expires else { return texts.upload_unknown.into() };
    let moment = Intl.moment(expires as f64 * 1000.0);
    let left = expires - now_in_seconds();
    if left <= 0 {
        fill(texts.upload_expired, &[("moment", &moment)])
    } else {
        fill(texts.upload_expires_in, &[("moment", &moment), ("duration", &duration(texts, left as f64))])
    }
}

fn doubt_text(texts: &UploadTexts, doubt: &Doubt) -> String {
    match doubt {
        Doubt::Expired => texts.doubt_expired.into(),
        Doubt::SignedHeaders(headers) => fill(texts.doubt_headers, &[("headers", &headers.join(", "))]),
        Doubt::ChecksumOfNothing => texts.doubt_checksum.into(),
        Doubt::OtherService(service) => fill(texts.doubt_service, &[("service", service)]),
        Doubt::PartOfMultipart => texts.doubt_part.into(),
    }
}

#[derive(Properties, PartialEq)]
struct TooLargeProps {
    file: File,
    bucket: String,
}

/// What to do with a file that one PUT cannot carry.
#[component]
fn TooLarge(props: &TooLargeProps) -> Html {
    let page = use_page();
    let texts = &ENGLISH;
    let plan = page.plan();
    let key = plan.text(KEY);
    let key = if key.is_empty() { props.file.name() } else { key };
    let bucket = if props.bucket.is_empty() { plan.text(BUCKET) } else { props.bucket.clone() };
    let mut words: Vec<String> = ["aws", "s3", "cp"].map(str::to_owned).to_vec();
    words.extend([format!("./{}", props.file.name()), format!("s3://{bucket}/{key}")]);
    if !plan.region.is_empty() {
        words.extend(["--region".into(), plan.region.clone()]);
    }
    html! {
        <div class="notice" data-tone="warn">
            <p>{ fill(texts.upload_too_large, &[("size", &Intl.size(size_of(&props.file)))]) }</p>
            if let Ok(text) = command::quote(&words, Shell::Posix) {
                <CodeBlock id="upload-in-parts" label={texts.upload_large_command} {text} />
            }
        </div>
    }
}
