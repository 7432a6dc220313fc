//! An upload under way, waiting, done, or ended without an object, and what to do then.

use super::super::block::{Block, Code, PartTone, Progress, Strip, StripRun, Tone};
use super::super::locale::Locale;
use super::preparation::{command_block, cors_blocks};
use super::reasons::{failure_text, hold_text, needs_cors, stop_text};
use super::target::Destination;
use crate::plan::Action;
use crate::read::read;
use crate::text::duration::duration;
use crate::text::fill;
use crate::text::upload::UploadTexts;
use crate::upload::engine::{self, Counts, Hold, Left, PartState, Run, Stop, StopReason, View};
use crate::upload::receipt::{Checks, PartsCheck, Receipt, WholeCheck};
use serde::Serialize;

/// How far an upload has come, as the page's buttons need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Nothing is sent.
    Idle,
    /// Bytes are on their way.
    Sending,
    /// The person has paused it.
    Paused,
    /// It waits for something that the person must do.
    Held,
    /// It is being given up; what has arrived is being removed.
    Cancelling,
    /// S3 has the object.
    Done,
    /// It has ended without an object.
    Failed,
    /// The person gave it up.
    Cancelled,
}

/// An upload as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// How far it has come.
    pub phase: Phase,
    /// What there is to say.
    pub blocks: Vec<Block>,
    /// What the finished upload suggests for the requests.
    pub proposals: Vec<Action>,
    /// How far it has come, for those who hear the page: it changes with each tenth, not with each byte. Empty where the
    /// blocks are read out themselves.
    pub announcement: String,
    /// Whether something of it may be in the bucket: then it goes on to where it was begun, and nowhere else.
    pub is_placed: bool,
}

read!(enum Phase {
    "idle" => Idle, "sending" => Sending, "paused" => Paused, "held" => Held, "cancelling" => Cancelling,
    "done" => Done, "failed" => Failed, "cancelled" => Cancelled,
});
read!(struct Sent { phase, blocks, proposals, announcement, is_placed });

impl Sent {
    /// An upload in this phase, of which there is nothing more than this to say.
    pub fn of(phase: Phase, blocks: Vec<Block>) -> Self {
        Self { phase, blocks, proposals: Vec::new(), announcement: String::new(), is_placed: false }
    }
}

/// How an upload has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The object is there.
    Finished(Box<Receipt>),
    /// There is none.
    Stopped(Stop),
}

/// An upload, as far as it has come.
#[derive(Debug)]
pub struct Course<'a> {
    /// What the engine tells.
    pub view: View,
    /// How it ended, once it has.
    pub end: Option<&'a End>,
    /// The file's name.
    pub name: &'a str,
    /// Where it goes.
    pub destination: &'a Destination,
    /// Which of several uploads it is; 0 where it is the only one.
    pub number: u32,
    /// What was refused that the person did last; empty for nothing.
    pub notice: &'a str,
    /// Whether something of it may be in the bucket.
    pub is_placed: bool,
    /// Now, in milliseconds since 1970.
    pub now: u64,
}

/// An upload in words.
pub fn shown(texts: &UploadTexts, locale: &dyn Locale, course: &Course<'_>) -> Sent {
    let phase = phase(course);
    let mut proposals = Vec::new();
    let mut blocks = match course.end {
        Some(End::Finished(receipt)) => {
            proposals = client_data(receipt);
            finished(texts, locale, receipt, course.number)
        }
        Some(End::Stopped(stop)) => stopped(texts, stop, course.destination),
        None => under_way(texts, locale, course),
    };
    if !course.notice.is_empty() {
        blocks.push(Block::toned(Tone::Warn, course.notice));
    }
    let announcement = announcement(texts, locale, course, phase);
    Sent { phase, blocks, proposals, announcement, is_placed: course.is_placed }
}

fn announcement(texts: &UploadTexts, locale: &dyn Locale, course: &Course<'_>, phase: Phase) -> String {
    let view = &course.view;
    // A new one is read out: not each hundredth.
    let percent = locale.percent(hundredths(view) / 10 * 10);
    let template = match phase {
        Phase::Paused => texts.announce_paused,
        Phase::Sending | Phase::Cancelling if doing(texts, view).is_empty() => texts.announce_sending,
        Phase::Sending | Phase::Cancelling => texts.announce_doing,
        Phase::Idle | Phase::Held | Phase::Done | Phase::Failed | Phase::Cancelled => "",
    };
    fill(template, &[("name", course.name), ("percent", &percent), ("doing", doing(texts, view))])
}

fn hundredths(view: &View) -> u64 {
    (view.bytes_done * 100).checked_div(view.bytes_total).unwrap_or(0)
}

fn phase(course: &Course<'_>) -> Phase {
    match (course.end, &course.view.hold) {
        (Some(End::Finished(_)), _) => Phase::Done,
        (Some(End::Stopped(Stop { reason: StopReason::Cancelled, .. })), _) => Phase::Cancelled,
        (Some(End::Stopped(_)), _) => Phase::Failed,
        (None, Some(Hold::Paused)) => Phase::Paused,
        (None, Some(_)) => Phase::Held,
        (None, None) if course.view.phase == engine::Phase::Aborting => Phase::Cancelling,
        (None, None) => Phase::Sending,
    }
}

fn under_way(texts: &UploadTexts, locale: &dyn Locale, course: &Course<'_>) -> Vec<Block> {
    let view = &course.view;
    let mut blocks = Vec::new();
    if let Some(hold) = view.hold.as_ref().filter(|hold| **hold != Hold::Paused) {
        blocks.push(Block::led(Tone::Bad, texts.hold_lead, hold_text(texts, hold)));
        if needs_cors(hold) {
            blocks.extend(cors_blocks(texts, course.destination, ""));
        }
    }
    blocks.push(Block::Progress(Progress {
        label: texts.upload_progress.into(),
        done: view.bytes_done,
        of: view.bytes_total,
        figures: figures(texts, locale, course),
    }));
    if view.strip.iter().map(|run| u32::from(run.count)).sum::<u32>() > 1 {
        blocks.push(Block::Strip(strip(texts, locale, &view.strip, view.counts)));
    }
    blocks.extend(retrying(texts, locale, course));
    blocks
}

fn figures(texts: &UploadTexts, locale: &dyn Locale, course: &Course<'_>) -> Vec<String> {
    let view = &course.view;
    let sizes = [("sent", locale.size(view.bytes_done)), ("total", locale.size(view.bytes_total))];
    let mut figures = vec![
        locale.percent(hundredths(view)),
        course.name.to_owned(),
        fill(texts.upload_sent, &sizes.each_ref().map(|(name, value)| (*name, value.as_str()))),
    ];
    let doing = doing(texts, view);
    if doing.is_empty() {
        let rate = view.rate.map(|rate| locale.size(whole(rate)));
        figures.extend(rate.map(|rate| fill(texts.upload_rate, &[("rate", &rate)])));
        let left = view.seconds_left.map(|left| duration(texts, left));
        figures.extend(left.map(|left| fill(texts.upload_left, &[("duration", &left)])));
    } else {
        figures.push(doing.into());
    }
    figures
}

/// What is done while no bytes are sent; empty while they are.
fn doing(texts: &UploadTexts, view: &View) -> &'static str {
    match view.phase {
        _ if view.hold == Some(Hold::Paused) => texts.hold_paused,
        _ if view.hold.is_some() => "",
        _ if !view.online => texts.upload_offline,
        engine::Phase::Creating => texts.upload_creating,
        engine::Phase::Listing => texts.upload_listing,
        engine::Phase::Completing => texts.upload_completing,
        engine::Phase::ReadingBack => texts.upload_reading_back,
        engine::Phase::Aborting => texts.upload_aborting,
        engine::Phase::Sending if view.bytes_done >= view.bytes_total => texts.upload_waiting,
        _ => "",
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate in bytes, not negative")]
fn whole(rate: f64) -> u64 {
    rate as u64
}

fn strip(texts: &UploadTexts, locale: &dyn Locale, runs: &[Run], counts: Counts) -> Strip {
    let total: u32 = runs.iter().map(|run| u32::from(run.count)).sum();
    let number = |count: u16| locale.number(count.into());
    let lead =
        fill(texts.strip_label, &[("done", &number(counts.done)), ("total", &locale.number(total.into()))]);
    let others = [
        (texts.strip_sending, counts.sending),
        (texts.strip_hashing, counts.hashing),
        (texts.strip_retrying, counts.retrying),
        (texts.strip_retried, counts.retried),
    ];
    let others = others.into_iter().filter(|(_, count)| *count > 0);
    let others = others.map(|(text, count)| fill(text, &[("count", &number(count))]));
    let words: Vec<String> = std::iter::once(lead).chain(others).collect();
    let runs = runs.iter().map(|run| StripRun { tone: tone_of(run.state), count: run.count.into() });
    Strip { label: words.join(", "), runs: runs.collect() }
}

fn tone_of(state: PartState) -> PartTone {
    match state {
        PartState::Waiting => PartTone::Waiting,
        PartState::Hashing => PartTone::Hashing,
        PartState::Sending => PartTone::Sending,
        PartState::Retrying => PartTone::Retrying,
        PartState::Done => PartTone::Done,
        PartState::Retried => PartTone::Retried,
    }
}

#[expect(clippy::cast_precision_loss, reason = "a span of seconds")]
fn retrying(texts: &UploadTexts, locale: &dyn Locale, course: &Course<'_>) -> Vec<Block> {
    let items = course.view.retrying.iter().map(|retrying| {
        let what = match retrying.part {
            Some(part) => fill(texts.retry_part, &[("part", &locale.number(part.into()))]),
            None => texts.retry_whole.to_owned(),
        };
        let wait = retrying.next.saturating_sub(course.now) as f64 / 1000.0;
        let when = if wait >= 1.0 {
            fill(texts.retry_in, &[("duration", &duration(texts, wait))])
        } else {
            texts.retry_now.to_owned()
        };
        let count = fill(texts.retry_count, &[("count", &locale.number(retrying.attempts.into()))]);
        let reason = failure_text(texts, &retrying.reason);
        Block::led(Tone::Soft, format!("{what}: {count}, {when}."), reason)
    });
    items.collect()
}

fn finished(texts: &UploadTexts, locale: &dyn Locale, receipt: &Receipt, number: u32) -> Vec<Block> {
    #[expect(clippy::cast_precision_loss, reason = "a span of seconds")]
    let duration = duration(texts, receipt.ended.saturating_sub(receipt.started) as f64 / 1000.0);
    let size = locale.size(receipt.size);
    let values = [("name", receipt.file_name.as_str()), ("size", &size), ("duration", &duration)];
    let etag = match &receipt.etag {
        Some(etag) => fill(texts.upload_done_etag, &[("etag", etag)]),
        None => texts.upload_done_no_etag.into(),
    };
    let json = serde_json::to_string_pretty(&receipt.to_json()).unwrap_or_default();
    // Several receipts may be shown at once.
    let id = if number == 0 { "upload-receipt".to_owned() } else { format!("upload-receipt-{number}") };
    let code = Code::new(id, texts.receipt_label, json).as_file("upload-receipt.json");
    let mut blocks = vec![Block::led(Tone::Good, fill(texts.upload_done, &values), etag)];
    blocks.extend(checks(texts, receipt.checks));
    blocks.push(Block::details(texts.receipt, false, vec![Block::Code(code)]));
    blocks
}

/// What was compared; and, as a warning, what could not be, unless the rest shows it too.
fn checks(texts: &UploadTexts, checks: Checks) -> Vec<Block> {
    let (whole, is_whole_read) = match checks.whole {
        WholeCheck::Checksum => (texts.check_checksum, true),
        WholeCheck::Etag => (texts.check_etag, true),
        WholeCheck::SignedChecksum => (texts.check_signed, true),
        WholeCheck::Size => (texts.check_size, true),
        WholeCheck::NotReadBack => (texts.check_not_read_back, false),
    };
    // The checksum of the whole would tell of any part that is not right; its size would not.
    let has_sum = is_whole_read && checks.whole != WholeCheck::Size;
    let (parts, are_parts_shown) = match checks.parts {
        PartsCheck::SignedChecksum => (texts.check_parts_signed, true),
        PartsCheck::Compared => (texts.check_parts_compared, true),
        PartsCheck::NotAll => (texts.check_parts_some, has_sum),
        PartsCheck::NotAny => (texts.check_parts_none, has_sum),
    };
    let said = |tone, wanted: bool| {
        let texts = [(parts, are_parts_shown), (whole, is_whole_read)].into_iter();
        let texts: Vec<&str> =
            texts.filter(|(_, is_shown)| *is_shown == wanted).map(|(text, _)| text).collect();
        (!texts.is_empty()).then(|| Block::toned(tone, texts.join(" ")))
    };
    [said(Tone::Soft, true), said(Tone::Warn, false)].into_iter().flatten().collect()
}

/// `ClientData` of both imports.
fn client_data(receipt: &Receipt) -> Vec<Action> {
    let data = receipt.client_data();
    let members = data.as_object().into_iter().flatten();
    members
        .flat_map(|(name, value)| {
            ["ImportSnapshot", "ImportImage"].map(|call| Action::Propose {
                call: call.into(),
                path: format!("ClientData.{name}"),
                value: Some(value.clone()),
            })
        })
        .collect()
}

pub(super) fn stopped(texts: &UploadTexts, stop: &Stop, destination: &Destination) -> Vec<Block> {
    let is_cancelled = stop.reason == StopReason::Cancelled;
    let lead = if is_cancelled { texts.upload_cancelled } else { texts.upload_failed };
    let left = match &stop.left {
        Left::Nothing => texts.left_nothing,
        Left::Parts { .. } => texts.left_parts,
        Left::PartsOrObject { .. } => texts.left_parts_or_object,
        Left::Object => texts.left_object,
    };
    let text = [stop_text(texts, stop.reason), left].into_iter().filter(|text| !text.is_empty());
    let text = text.collect::<Vec<_>>().join(" ");
    let tone = match (&stop.left, is_cancelled) {
        (Left::Nothing, true) => Tone::Note,
        (_, true) => Tone::Warn,
        (_, false) => Tone::Bad,
    };
    let mut blocks = vec![Block::led(tone, lead, text)];
    if let Left::Parts { upload_id } | Left::PartsOrObject { upload_id } = &stop.left {
        let words = ["aws", "s3api", "abort-multipart-upload", "--bucket", &destination.bucket, "--key"];
        let mut words: Vec<String> = words.map(str::to_owned).to_vec();
        words.extend([destination.key.clone(), "--upload-id".into(), upload_id.clone()]);
        blocks.extend(command_block("abort-command", texts.abort_command_label, words, destination));
    }
    blocks
}

#[cfg(test)]
#[path = "sending_tests.rs"]
mod tests;
