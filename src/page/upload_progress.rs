//! An upload under way, done, or failed, and what to do then.

use super::code_block::CodeBlock;
use super::context::use_page;
use crate::browser::document;
use crate::browser::locale::Intl;
use crate::present::Locale;
use crate::render::command;
use crate::render::shell::Shell;
use crate::upload::cors;
use crate::upload::failure::Failure;
use crate::text::duration::duration;
use crate::text::fill;
use crate::text::upload::{ENGLISH, UploadTexts};
use crate::upload::single::{Done, Sending, State};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) state: State,
    pub(super) cancel: Callback<()>,
    /// The bucket of the URL, for the CORS rule.
    pub(super) bucket: String,
}

/// Where the upload stands.
#[component]
pub(super) fn UploadOutcome(props: &Props) -> Html {
    let texts = &ENGLISH;
    html! {
        <div id="upload-outcome">
            if let State::Sending(sending) = &props.state {
                <Progress sending={sending.clone()} cancel={props.cancel.clone()} />
            }
            <div role="status">
                if let State::Done(done) = &props.state {
                    <div class="notice" data-tone="good" id="upload-done">
                        <p><strong>{ done_text(texts, done) }</strong></p>
                        <p>{ etag_text(texts, done) }</p>
                    </div>
                }
                if props.state == State::Cancelled {
                    <p class="notice" data-tone="note">{ texts.upload_cancelled }</p>
                }
            </div>
            <div role="alert">
                if let State::Failed(failure) = &props.state {
                    <div class="notice" data-tone="bad" id="upload-failed">
                        <p><strong>{ texts.upload_failed }</strong>{ " " }{ failure_text(texts, failure) }</p>
                        if *failure == Failure::NotAllowedByCors {
                            <CorsRule bucket={props.bucket.clone()} />
                        }
                    </div>
                }
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ProgressProps {
    sending: Sending,
    cancel: Callback<()>,
}

#[component]
fn Progress(props: &ProgressProps) -> Html {
    let texts = &ENGLISH;
    let sending = &props.sending;
    let cancel = props.cancel.reform(|_: MouseEvent| ());
    let sent = fill(
        texts.upload_sent,
        &[("sent", &Intl.size(sending.sent)), ("total", &Intl.size(sending.total))],
    );
    html! {
        <div class="code">
            <progress max={sending.total.max(1).to_string()} value={sending.sent.to_string()} aria-label={texts.upload_progress} />
            <p class="figures small">
                <span>{ sent }</span>
                if let Some(rate) = sending.rate.bytes_per_second() {
                    <span>{ fill(texts.upload_rate, &[("rate", &Intl.size(whole(rate)))]) }</span>
                }
                if let Some(left) = sending.rate.seconds_left(sending.total) {
                    <span>{ fill(texts.upload_left, &[("duration", &duration(texts, left))]) }</span>
                }
            </p>
            <div><button id="upload-cancel" type="button" class="button" onclick={cancel}>{ texts.upload_cancel }</button></div>
        </div>
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate in bytes, not negative")]
fn whole(rate: f64) -> u64 {
    rate as u64
}

fn done_text(texts: &UploadTexts, done: &Done) -> String {
    let duration = duration(texts, (done.ended - done.started) / 1000.0);
    fill(texts.upload_done, &[("size", &Intl.size(done.size)), ("duration", &duration)])
}

fn etag_text(texts: &UploadTexts, done: &Done) -> String {
    match &done.etag {
        Some(etag) => fill(texts.upload_done_etag, &[("etag", etag)]),
        None => texts.upload_done_no_etag.into(),
    }
}

fn failure_text(texts: &UploadTexts, failure: &Failure) -> String {
    match failure {
        Failure::NetworkLost => texts.failure_network.into(),
        Failure::NotAllowedByCors => texts.failure_cors.into(),
        Failure::BlockedByPolicy => texts.failure_policy.into(),
        Failure::NotSent { reason } => fill(texts.failure_not_sent, &[("reason", reason)]),
        Failure::FileChanged => texts.failure_file_changed.into(),
        Failure::Expired => texts.failure_expired.into(),
        Failure::SignatureRefused { message } => fill(texts.failure_signature, &[("message", message)]),
        Failure::WrongRegion { expected: Some(region) } => fill(texts.failure_region, &[("region", region)]),
        Failure::WrongRegion { expected: None } => texts.failure_region_unknown.into(),
        Failure::HeadersDiffer { message } => fill(texts.failure_headers, &[("message", message)]),
        Failure::ClockSkewed => texts.failure_clock.into(),
        Failure::AccessDenied { message } => fill(texts.failure_denied, &[("message", message)]),
        Failure::NoSuchBucket => texts.failure_no_bucket.into(),
        Failure::TooLarge => texts.failure_too_large.into(),
        Failure::Busy { status } => fill(texts.failure_busy, &[("status", &status.to_string())]),
        Failure::Other { status, code, message } => fill(
            texts.failure_other,
            &[("status", &status.to_string()), ("code", code), ("message", message)],
        ),
    }
}

#[derive(Properties, PartialEq)]
struct CorsProps {
    bucket: String,
}

/// The CORS rule for this page and bucket, and the command that applies it.
#[component]
fn CorsRule(props: &CorsProps) -> Html {
    let page = use_page();
    let texts = &ENGLISH;
    let origin = document::origin();
    let region = Some(page.plan().region.as_str()).filter(|region| !region.is_empty());
    let words = cors::command(&origin, &props.bucket, region);
    html! {
        <>
            <CodeBlock id="cors-rule" label={texts.cors_label} text={cors::configuration(&origin)} file_name="cors.json" />
            <p class="small">{ texts.cors_replaces }</p>
            if let Ok(text) = command::quote(&words, Shell::Posix) {
                <CodeBlock id="cors-command" label={texts.cors_command_label} {text} />
            }
        </>
    }
}
