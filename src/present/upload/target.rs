//! Where the presigned URL leads, what speaks against it, and how it differs from the form.

use super::super::block::{Block, Code, Offer, Tone};
use super::super::image::ImageFacts;
use super::super::locale::Locale;
use super::super::request::Situation;
use crate::plan::{Action, Plan};
use crate::read::read;
use crate::render::command;
use crate::render::shell::Shell;
use crate::text::duration::duration;
use crate::text::fill;
use crate::text::upload::UploadTexts;
use crate::upload::SINGLE_PUT_LIMIT;
use crate::upload::cors;
use crate::upload::presigned::{Doubt, NotPresigned, Presigned};
use serde::{Deserialize, Serialize};

/// What the page knows of an upload before it begins. The URL is a key to the bucket: it enters no draft.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UploadEntry {
    /// What was pasted.
    pub url: String,
    /// The page's own origin, which the bucket's CORS rule must name.
    pub origin: String,
}

/// Where an upload goes, as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Target {
    /// What is wrong with what was pasted; empty for nothing.
    pub problem: String,
    /// The URL's facts, its doubts, and how it differs from the form.
    pub blocks: Vec<Block>,
    /// How to make a URL, and the CORS rule to apply before.
    pub preparation: Vec<Block>,
    /// Why no upload can begin; empty where one can.
    pub obstacle: String,
    /// Where it goes.
    pub destination: Destination,
}

read!(struct Target { problem, blocks, preparation, obstacle, destination });

/// The bucket and Region that an upload goes to, as far as they are known; for what is said when it fails.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Destination {
    /// The bucket.
    pub bucket: String,
    /// The Region.
    pub region: String,
    /// The page's own origin.
    pub origin: String,
}

read!(struct Destination { bucket, region, origin });

/// The paths of bucket and key in the request of the current call, where it names an image.
fn places(plan: &Plan) -> Option<(String, String)> {
    let container = match plan.call.as_str() {
        "ImportSnapshot" => "DiskContainer",
        "ImportImage" => "DiskContainers[0]",
        _ => return None,
    };
    Some((format!("{container}.UserBucket.S3Bucket"), format!("{container}.UserBucket.S3Key")))
}

/// What there is to say of the upload that `situation` prepares.
pub(in super::super) fn target(texts: &UploadTexts, locale: &dyn Locale, situation: &Situation) -> Target {
    let (plan, entry) = (&situation.plan, &situation.upload);
    let pasted = !entry.url.trim().is_empty();
    let read = pasted.then(|| Presigned::read(&entry.url, situation.now));
    let presigned = read.as_ref().and_then(|read| read.as_ref().ok());
    let own = |path: Option<String>| path.map(|path| plan.text(&path)).unwrap_or_default();
    let (bucket_path, key_path) = places(plan).unzip();
    let named = |url: Option<&String>, form: String| url.cloned().unwrap_or(form);
    let destination = Destination {
        bucket: named(presigned.and_then(|url| url.bucket.as_ref()), own(bucket_path)),
        region: named(presigned.and_then(|url| url.region.as_ref()), plan.region.clone()),
        origin: entry.origin.clone(),
    };
    let key = named(presigned.and_then(|url| url.key.as_ref()), own(key_path));
    let mut blocks = Vec::new();
    if let Some(presigned) = presigned {
        blocks.push(Block::Facts(facts(texts, locale, presigned, situation.now)));
        blocks
            .extend(presigned.doubts.iter().map(|doubt| Block::toned(Tone::Warn, doubt_text(texts, doubt))));
        blocks.extend(differences(texts, plan, presigned));
    }
    if let Some(image) = &situation.image {
        blocks.extend(about_the_image(texts, locale, image, &destination, &key));
    }
    Target {
        problem: match &read {
            Some(Err(NotPresigned::NoUrl)) => texts.upload_not_url.into(),
            Some(Err(NotPresigned::NotSigned)) => texts.upload_not_signed.into(),
            _ => String::new(),
        },
        obstacle: obstacle(texts, situation, read.as_ref()).into(),
        preparation: preparation(texts, &destination, &key),
        blocks,
        destination,
    }
}

/// Why no upload can begin: a URL that has expired or belongs to another service cannot work; the other doubts are the
/// person's to weigh.
fn obstacle(
    texts: &UploadTexts,
    situation: &Situation,
    read: Option<&Result<Presigned, NotPresigned>>,
) -> &'static str {
    let hopeless = |doubt: &Doubt| matches!(doubt, Doubt::Expired | Doubt::OtherService(_));
    match (&situation.image, read) {
        (None, _) => texts.upload_needs_image,
        (Some(image), _) if image.file_size > SINGLE_PUT_LIMIT => texts.upload_in_parts_only,
        (_, None) => texts.upload_needs_url,
        (_, Some(Err(_))) => texts.upload_needs_url,
        (_, Some(Ok(presigned))) if presigned.doubts.iter().any(hopeless) => texts.upload_needs_new_url,
        _ => "",
    }
}

fn about_the_image(
    texts: &UploadTexts,
    locale: &dyn Locale,
    image: &ImageFacts,
    destination: &Destination,
    key: &str,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    if image.is_refused() {
        blocks.push(Block::toned(Tone::Soft, texts.upload_refused_image));
    }
    if image.file_size > SINGLE_PUT_LIMIT {
        let size = locale.size(image.file_size);
        blocks.push(Block::toned(Tone::Warn, fill(texts.upload_too_large, &[("size", &size)])));
        let key = if key.is_empty() { &image.name } else { key };
        let mut words: Vec<String> = ["aws", "s3", "cp"].map(str::to_owned).to_vec();
        words.extend([format!("./{}", image.name), format!("s3://{}/{key}", destination.bucket)]);
        blocks.extend(command_block("upload-in-parts", texts.upload_large_command, words, destination));
    }
    blocks
}

/// A command for a POSIX shell, where the shell can say it.
fn command_block(id: &str, label: &str, mut words: Vec<String>, destination: &Destination) -> Option<Block> {
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
    let words = cors::command(&destination.origin, &destination.bucket, region);
    let mut blocks = vec![Block::Code(rule), Block::toned(Tone::Soft, texts.cors_replaces)];
    let id = format!("{prefix}cors-command");
    blocks.extend(command_block(&id, texts.cors_command_label, words, destination));
    blocks
}

fn preparation(texts: &UploadTexts, destination: &Destination, key: &str) -> Vec<Block> {
    let script = presign_script(destination, key);
    let script = Code::new("presign-script", texts.upload_url_label, script).as_file("presign.py");
    vec![
        Block::details(texts.upload_url_script, false, vec![Block::Code(script)]),
        Block::details(texts.upload_cors, false, cors_blocks(texts, destination, "prepare-")),
    ]
}

/// A script for whoever has the credentials; it knows the bucket, key and Region of the form. The values are written
/// as JSON strings, which Python reads as its own.
fn presign_script(destination: &Destination, key: &str) -> String {
    let value = |text: &str, otherwise: &str| {
        serde_json::Value::from(if text.is_empty() { otherwise } else { text }).to_string()
    };
    format!(
        "import boto3\nfrom botocore.config import Config\n\n\
         s3 = boto3.client(\n    \"s3\",\n    region_name={region},\n    \
         config=Config(signature_version=\"s3v4\", s3={{\"addressing_style\": \"virtual\"}}),\n)\n\
         print(s3.generate_presigned_url(\n    \"put_object\",\n    \
         Params={{\"Bucket\": {bucket}, \"Key\": {key}}},\n    ExpiresIn=6 * 3600,\n))\n",
        region = value(&destination.region, "eu-central-1"),
        bucket = value(&destination.bucket, "my-bucket"),
        key = value(key, "disk.vmdk"),
    )
}

fn facts(texts: &UploadTexts, locale: &dyn Locale, presigned: &Presigned, now: i64) -> Vec<[String; 2]> {
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| texts.upload_unknown.to_owned());
    vec![
        [texts.upload_host.into(), presigned.host.clone()],
        [texts.upload_bucket.into(), shown(&presigned.bucket)],
        [texts.upload_key.into(), shown(&presigned.key)],
        [texts.upload_region.into(), shown(&presigned.region)],
        [texts.upload_expires.into(), expiry(texts, locale, presigned.expires, now)],
    ]
}

#[expect(clippy::cast_precision_loss, reason = "a moment in this era")]
fn expiry(texts: &UploadTexts, locale: &dyn Locale, expires: Option<i64>, now: i64) -> String {
    let Some(expires) = expires else { return texts.upload_unknown.into() };
    let moment = locale.moment(expires as f64 * 1000.0);
    let left = expires.saturating_sub(now);
    if left <= 0 {
        fill(texts.upload_expired, &[("moment", &moment)])
    } else {
        let duration = duration(texts, left as f64);
        fill(texts.upload_expires_in, &[("moment", &moment), ("duration", &duration)])
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

/// How the URL differs from the form, and the offer to take over what it says.
fn differences(texts: &UploadTexts, plan: &Plan, presigned: &Presigned) -> Vec<Block> {
    let Some((bucket, key)) = places(plan) else { return Vec::new() };
    let differing: Vec<Block> = [
        (texts.upload_bucket, &presigned.bucket, plan.text(&bucket)),
        (texts.upload_key, &presigned.key, plan.text(&key)),
        (texts.upload_region, &presigned.region, plan.region.clone()),
    ]
    .into_iter()
    .filter_map(|(field, url, form)| {
        let url = url.as_deref()?;
        let values = [("url", url), ("form", form.as_str()), ("field", field)];
        (url != form && !form.is_empty())
            .then(|| Block::toned(Tone::Warn, fill(texts.upload_differs, &values)))
    })
    .collect();
    let container = bucket.split(".UserBucket").next().unwrap_or_default().to_owned();
    let set = |path: String, value: &Option<String>| {
        value.clone().map(|value| Action::Set { path, value: Some(value.into()) })
    };
    let is_taken =
        |path: &str, value: &Option<String>| value.as_ref().is_none_or(|own| *own == plan.text(path));
    if is_taken(&bucket, &presigned.bucket) && is_taken(&key, &presigned.key) && differing.is_empty() {
        return Vec::new();
    }
    let changes = [
        Some(Action::Choose { path: container, way: "UserBucket".into() }),
        set(bucket, &presigned.bucket),
        set(key, &presigned.key),
        presigned.region.clone().map(Action::SetRegion),
    ];
    let offer =
        Offer { text: texts.upload_use_these.into(), changes: changes.into_iter().flatten().collect() };
    differing.into_iter().chain([Block::Offers(vec![offer])]).collect()
}
