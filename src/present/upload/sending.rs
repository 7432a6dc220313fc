//! An upload under way, done, or failed, and what to do then.

use super::super::block::{Block, Progress, Tone};
use super::super::locale::Locale;
use super::target::{Destination, cors_blocks};
use crate::read::read;
use crate::text::duration::duration;
use crate::text::fill;
use crate::text::upload::UploadTexts;
use crate::upload::failure::Failure;
use crate::upload::single::{Done, Sending, State};
use serde::Serialize;

/// How far an upload has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Nothing is sent.
    Idle,
    /// Bytes are on their way.
    Sending,
    /// S3 has the object.
    Done,
    /// It failed.
    Failed,
    /// The person stopped it.
    Cancelled,
}

/// An upload as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// How far it has come.
    pub phase: Phase,
    /// What there is to say.
    pub blocks: Vec<Block>,
}

read!(enum Phase { "idle" => Idle, "sending" => Sending, "done" => Done, "failed" => Failed, "cancelled" => Cancelled });
read!(struct Sent { phase, blocks });

/// The state of an upload in words. `name` is the file's.
pub fn shown(
    texts: &UploadTexts,
    locale: &dyn Locale,
    state: &State,
    name: &str,
    destination: &Destination,
) -> Sent {
    let (phase, blocks) = match state {
        State::Idle => (Phase::Idle, Vec::new()),
        State::Sending(sending) => (Phase::Sending, progress(texts, locale, sending, name)),
        State::Done(done) => (Phase::Done, vec![done_block(texts, locale, done, name)]),
        State::Failed(failure) => (Phase::Failed, failed(texts, failure, destination)),
        State::Cancelled => (Phase::Cancelled, vec![Block::toned(Tone::Note, texts.upload_cancelled)]),
    };
    Sent { phase, blocks }
}

fn progress(texts: &UploadTexts, locale: &dyn Locale, sending: &Sending, name: &str) -> Vec<Block> {
    let sizes = [("sent", locale.size(sending.sent)), ("total", locale.size(sending.total))];
    let mut figures =
        vec![name.to_owned(), fill(texts.upload_sent, &sizes.each_ref().map(|(n, v)| (*n, v.as_str())))];
    if sending.sent >= sending.total {
        figures.push(texts.upload_waiting.into());
    } else {
        let rate = sending.rate.bytes_per_second().map(|rate| locale.size(whole(rate)));
        figures.extend(rate.map(|rate| fill(texts.upload_rate, &[("rate", &rate)])));
        let left = sending.rate.seconds_left(sending.total).map(|left| duration(texts, left));
        figures.extend(left.map(|left| fill(texts.upload_left, &[("duration", &left)])));
    }
    vec![Block::Progress(Progress {
        label: texts.upload_progress.into(),
        done: sending.sent,
        of: sending.total,
        figures,
    })]
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate in bytes, not negative")]
fn whole(rate: f64) -> u64 {
    rate as u64
}

fn done_block(texts: &UploadTexts, locale: &dyn Locale, done: &Done, name: &str) -> Block {
    let duration = duration(texts, (done.ended - done.started) / 1000.0);
    let size = locale.size(done.size);
    let lead = fill(texts.upload_done, &[("name", name), ("size", &size), ("duration", &duration)]);
    let etag = match &done.etag {
        Some(etag) => fill(texts.upload_done_etag, &[("etag", etag)]),
        None => texts.upload_done_no_etag.into(),
    };
    Block::led(Tone::Good, lead, etag)
}

fn failed(texts: &UploadTexts, failure: &Failure, destination: &Destination) -> Vec<Block> {
    let mut blocks = vec![Block::led(Tone::Bad, texts.upload_failed, failure_text(texts, failure))];
    if *failure == Failure::NotAllowedByCors {
        blocks.extend(cors_blocks(texts, destination, ""));
    }
    blocks
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
