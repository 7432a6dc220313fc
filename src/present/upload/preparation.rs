//! How to come by what lets the page upload: scripts for whoever has credentials, and the bucket's CORS rule.

use super::super::block::{Block, Code, Tone};
use super::super::image::ImageFacts;
use super::settings::Chosen;
use super::target::Destination;
use crate::render::command;
use crate::render::shell::Shell;
use crate::text::upload::UploadTexts;
use crate::upload::part_plan::PartPlan;
use crate::upload::resume::Record;
use crate::upload::ticket_script::{Wanted, config_arguments};
use crate::upload::{SINGLE_PUT_LIMIT, cors};

/// What stands in the scripts for a bucket that is not filled in yet.
const BUCKET: &str = "my-bucket";
/// What stands in them for a Region that is not.
const REGION: &str = "eu-central-1";

fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.is_empty() { otherwise } else { text }
}

/// The scripts and the CORS rule.
pub(super) fn preparation(
    texts: &UploadTexts,
    image: Option<&ImageFacts>,
    destination: &Destination,
    record: Option<&Record>,
    chosen: &Chosen,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    if record.is_none() && !destination.is_complete() {
        blocks.push(Block::toned(Tone::Warn, texts.upload_placeholders));
    }
    if let Some(wanted) = image.and_then(|image| wanted(image, destination, record, chosen)) {
        let about = if wanted.is_too_long_for_a_ticket() {
            texts.ticket_gives_credentials
        } else {
            texts.ticket_about
        };
        let script =
            Code::new("ticket-script", texts.ticket_script_label, wanted.script()).as_file("make_ticket.py");
        let body = vec![Block::toned(Tone::Soft, about), Block::Code(script)];
        blocks.push(Block::details(texts.ticket_script, false, body));
    }
    if image.is_none_or(|image| image.file_size <= SINGLE_PUT_LIMIT) && record.is_none() {
        let script = Code::new("presign-script", texts.upload_url_label, presign_script(destination, chosen));
        let body = vec![Block::Code(script.as_file("presign.py"))];
        blocks.push(Block::details(texts.upload_url_script, false, body));
    }
    blocks.push(Block::details(
        texts.upload_credentials,
        false,
        vec![
            Block::toned(Tone::Soft, texts.upload_credentials_about),
            Block::Code(Code::new(
                "credentials-command",
                texts.upload_credentials_label,
                "aws configure export-credentials --format env",
            )),
        ],
    ));
    blocks.push(Block::details(texts.upload_cors, false, cors_blocks(texts, destination, "prepare-")));
    blocks
}

/// The ticket to ask for: one for the missing parts, where an upload was begun before.
pub(super) fn wanted(
    image: &ImageFacts,
    destination: &Destination,
    record: Option<&Record>,
    chosen: &Chosen,
) -> Option<Wanted> {
    let fresh = Wanted {
        bucket: or(&destination.bucket, BUCKET).into(),
        key: or(&destination.key, &image.name).into(),
        region: or(&destination.region, REGION).into(),
        file_name: image.name.clone(),
        plan: PartPlan::for_file(image.file_size).ok()?,
        hours: chosen.hours,
        upload_id: None,
        role_arn: chosen.role_arn.clone(),
        network: chosen.route.endpoint(),
    };
    Some(match record {
        Some(record) => Wanted {
            bucket: record.bucket.clone(),
            key: record.key.clone(),
            region: record.region.clone(),
            plan: record.plan()?,
            upload_id: Some(record.upload_id.clone()),
            ..fresh
        },
        None => fresh,
    })
}

/// A command for a POSIX shell, where the shell can say it.
pub(super) fn command_block(
    id: &str,
    label: &str,
    mut words: Vec<String>,
    destination: &Destination,
) -> Option<Block> {
    if !destination.region.is_empty() && !words.iter().any(|word| word == "--region") {
        words.extend(["--region".into(), destination.region.clone()]);
    }
    let text = command::quote(&words, Shell::Posix).ok()?;
    Some(Block::Code(Code::new(id, label, text)))
}

/// The CORS rule for the page and bucket, and the command that applies it.
pub(super) fn cors_blocks(texts: &UploadTexts, destination: &Destination, prefix: &str) -> Vec<Block> {
    let region = Some(destination.region.as_str()).filter(|region| !region.is_empty());
    let rule = cors::configuration(&destination.origin);
    let rule = Code::new(format!("{prefix}cors-rule"), texts.cors_label, rule).as_file("cors.json");
    let words = cors::command(&destination.origin, or(&destination.bucket, BUCKET), region);
    let mut blocks = vec![Block::Code(rule), Block::toned(Tone::Soft, texts.cors_replaces)];
    let id = format!("{prefix}cors-command");
    blocks.extend(command_block(&id, texts.cors_command_label, words, destination));
    blocks
}

/// A script for whoever has the credentials; it knows the bucket, key and Region of the form. The values are written
/// as JSON strings, which Python reads as its own.
fn presign_script(destination: &Destination, chosen: &Chosen) -> String {
    let value = |text: &str, otherwise: &str| serde_json::Value::from(or(text, otherwise)).to_string();
    format!(
        "import boto3\nfrom botocore.config import Config\n\n\
         s3 = boto3.client(\n    \"s3\",\n    region_name={region},\n    \
         config=Config({arguments}),\n)\n\
         print(s3.generate_presigned_url(\n    \"put_object\",\n    \
         Params={{\"Bucket\": {bucket}, \"Key\": {key}}},\n    ExpiresIn={hours} * 3600,\n))\n",
        arguments = config_arguments(&chosen.route.endpoint()),
        hours = chosen.hours,
        region = value(&destination.region, REGION),
        bucket = value(&destination.bucket, BUCKET),
        key = value(&destination.key, "disk.vmdk"),
    )
}
