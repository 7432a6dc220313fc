//! Whatever was pasted: a command, an input, a request, an answer of AWS, an error, or an ID.

use super::answer;
use super::block::{Block, Offer, Tone};
use super::kept;
use crate::plan::{Action, Plan};
use crate::read::read;
use crate::render::parse::{self, Form, NotRead, Pasted as Request};
use crate::request::calls;
use crate::request::rules::url;
use crate::task::{self, Answer};
use crate::text::answer::AnswerTexts;
use crate::text::fill;
use serde::Serialize;
use serde_json::{Value, json};

/// What was made of a pasted text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pasted {
    /// What there is to say of it.
    pub blocks: Vec<Block>,
    /// What it changes.
    pub changes: Vec<Action>,
}

read!(struct Pasted { blocks, changes });

/// Reads a pasted text, which is hostile, in the light of the plan.
pub(super) fn paste(texts: &AnswerTexts, plan: &Plan, text: &str) -> Pasted {
    if let Some(opened) = kept::opened(texts, plan, text.trim()) {
        return opened;
    }
    if let Some(known) = known_by_its_form(texts, plan, text.trim()) {
        return known;
    }
    let request = parse::read(text, calls::find(&plan.call), super::output::style(plan).shell);
    // These say themselves that they are requests; JSON and YAML may as well be an answer, whose members no request has.
    let is_request = |request: &Request| {
        matches!(request.form, Form::Command(_) | Form::Query | Form::Python)
            || request.request.parameters.keys().all(|name| request.request.call.member(name).is_some())
    };
    match request {
        Ok(request) if is_request(&request) => filled(texts, request),
        request => match (task::read_answer(text), request) {
            (Ok(answer), _) if has_content(&answer) => {
                Pasted { blocks: answer::blocks(texts, plan, &answer), changes: Vec::new() }
            }
            (_, Ok(request)) => filled(texts, request),
            (Ok(_), Err(_)) => said(Tone::Warn, texts.nothing),
            (Err(answer), Err(request)) => said(Tone::Bad, &refusal(texts, text, answer, request)),
        },
    }
}

fn has_content(answer: &Answer) -> bool {
    !answer.tasks.is_empty() || !answer.errors.is_empty()
}

pub(super) fn said(tone: Tone, text: &str) -> Pasted {
    Pasted { blocks: vec![Block::toned(tone, text)], changes: Vec::new() }
}

/// Of the reasons the one that fits: what looks like a command was meant as a request, and JSON that is broken says where.
fn refusal(texts: &AnswerTexts, text: &str, answer: task::NotRead, request: NotRead) -> String {
    let text = text.trim_start();
    // Only what is broken has a place.
    let is_broken = text.starts_with('{') && request.line > 0;
    if is_broken || text.starts_with("aws") {
        texts.say(&request.message)
    } else if text.contains("resource \"aws_") {
        texts.terraform_not_read.into()
    } else {
        texts.say(&answer.0)
    }
}

fn filled(texts: &AnswerTexts, pasted: Request) -> Pasted {
    let call = pasted.request.call.name;
    let said = if pasted.is_call_guessed { texts.filled_guess } else { texts.filled };
    let mut blocks = vec![Block::toned(Tone::Good, fill(said, &[("call", call)]))];
    for left in &pasted.not_understood {
        let (line, reason) = (left.line.to_string(), texts.say(&left.reason));
        let values = [("line", line.as_str()), ("text", left.text.as_str()), ("reason", reason.as_str())];
        blocks.push(Block::toned(Tone::Warn, fill(texts.not_understood, &values)));
    }
    let mut changes = vec![Action::Fill { call: call.into(), parameters: pasted.request.parameters.clone() }];
    for (name, value) in pasted.globals {
        changes.push(match (name.as_str(), value) {
            ("--region", Some(region)) => Action::SetRegion(region),
            ("--profile", value) => {
                Action::SetWriting { name: "profile".into(), value: value.unwrap_or_default() }
            }
            (_, value) => Action::SetWriting { name, value: value.unwrap_or_else(|| "true".into()) },
        });
    }
    Pasted { blocks, changes }
}

/// What begins in a way of its own: an ID, an ARN, or the address of an object; nothing else on the line.
fn known_by_its_form(texts: &AnswerTexts, plan: &Plan, text: &str) -> Option<Pasted> {
    // Of these only a key has spaces.
    let is_split: fn(char) -> bool =
        if text.starts_with("s3://") { |sign: char| sign.is_control() } else { char::is_whitespace };
    if text.is_empty() || text.len() > 2048 || text.contains(is_split) {
        return None;
    }
    let form_of = |call: &str, parameters: Value| {
        let Value::Object(parameters) = parameters else { return None };
        let text = fill(texts.fill_form, &[("call", call)]);
        Some(Offer { text, changes: vec![Action::Fill { call: call.into(), parameters }] })
    };
    let text = id_of_arn(text).unwrap_or(text);
    let imports = |container: Value| {
        let snapshot = form_of("ImportSnapshot", json!({"DiskContainer": container}));
        vec![snapshot, form_of("ImportImage", json!({"DiskContainers": [container]}))]
    };
    let (sentence, offers) = if is_presigned(text) {
        (texts.known_url, imports(json!({"Url": text})))
    } else if let Some(object) = object(text) {
        let mut offers = imports(container(&object));
        for offer in offers.iter_mut().flatten() {
            offer.changes.extend(object.region.clone().map(Action::SetRegion));
        }
        (texts.known_object, offers)
    } else if text.starts_with("snap-") {
        let copy = json!({"SourceSnapshotId": text, "SourceRegion": plan.region});
        let mapping = json!([{"DeviceName": "/dev/sda1", "Ebs": {"SnapshotId": text}}]);
        let register = json!({"BlockDeviceMappings": mapping, "RootDeviceName": "/dev/sda1"});
        (
            texts.known_snapshot,
            vec![
                form_of("RegisterImage", register),
                form_of("CopySnapshot", copy),
                form_of("DescribeSnapshots", json!({"SnapshotIds": [text]})),
            ],
        )
    } else if text.starts_with("import-snap-") {
        let asked = form_of("DescribeImportSnapshotTasks", json!({"ImportTaskIds": [text]}));
        (texts.known_task, vec![asked, form_of("CancelImportTask", json!({"ImportTaskId": text}))])
    } else if text.starts_with("import-ami-") {
        let asked = form_of("DescribeImportImageTasks", json!({"ImportTaskIds": [text]}));
        (texts.known_task, vec![asked, form_of("CancelImportTask", json!({"ImportTaskId": text}))])
    } else if text.starts_with("arn:") && text.contains(":kms:") {
        let set = |path: &str, value: Value| Action::Set { path: path.into(), value: Some(value) };
        let changes = vec![set("Encrypted", true.into()), set("KmsKeyId", text.into())];
        (texts.known_kms, vec![Some(Offer { text: texts.use_kms.into(), changes })])
    } else {
        return None;
    };
    let offers = offers.into_iter().flatten().collect();
    Some(Pasted {
        blocks: vec![Block::toned(Tone::Note, sentence), Block::Offers(offers)],
        changes: Vec::new(),
    })
}

/// The ID at the end of an ARN of EC2: `arn:aws:ec2:eu-west-1::snapshot/snap-0123456789abcdef0`.
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html>
fn id_of_arn(text: &str) -> Option<&str> {
    let mut parts = text.strip_prefix("arn:")?.splitn(5, ':');
    let (_partition, service) = (parts.next()?, parts.next()?);
    let (_, id) = parts.nth(2)?.split_once('/')?;
    (service == "ec2").then_some(id)
}

/// Whether it is a signed URL, and not one of EC2's own requests.
fn is_presigned(text: &str) -> bool {
    let signature = url::parse(text).ok().and_then(|object| object.signature);
    signature.is_some_and(|signature| signature.service.as_deref() != Some("ec2"))
}

/// An object in S3.
struct Object {
    bucket: String,
    key: String,
    region: Option<String>,
}

/// The object of an address, `s3://bucket/key` or `https://bucket.s3.eu-west-1.amazonaws.com/key`, or of an ARN,
/// `arn:aws:s3:::bucket/key`.
fn object(text: &str) -> Option<Object> {
    let of_arn = || text.strip_prefix("arn:")?.split_once(":s3:::").map(|(_, object)| object);
    let (bucket, key, region) = if let Some(object) = text.strip_prefix("s3://").or_else(of_arn) {
        // A command's arguments are no key.
        let (bucket, key) =
            object.split_once('/').filter(|(_, key)| !key.contains(" --") && !key.contains("://"))?;
        (bucket.to_owned(), key.to_owned(), None)
    } else {
        // A query names a version, or signs.
        url::split(text).filter(|parts| parts.query.is_none())?;
        let object = url::parse(text).ok().filter(|object| object.is_s3)?;
        (object.bucket?, object.key?, object.region)
    };
    (!bucket.is_empty() && !key.is_empty()).then_some(Object { bucket, key, region })
}

/// The container of an object, with the format that its name tells of, where it does.
fn container(Object { bucket, key, .. }: &Object) -> Value {
    const FORMATS: [(&str, &str); 6] = [
        (".ova", "OVA"),
        (".vmdk", "VMDK"),
        (".vhdx", "VHDX"),
        (".vhd", "VHD"),
        (".raw", "RAW"),
        (".img", "RAW"),
    ];
    let name = key.to_ascii_lowercase();
    let mut container = json!({"UserBucket": {"S3Bucket": bucket, "S3Key": key}});
    if let Some((_, format)) = FORMATS.iter().find(|(ending, _)| name.ends_with(ending)) {
        container["Format"] = json!(format);
    }
    container
}
