//! One consistent whole of what was asked for: requests completed with what the runbook says, and validated.

use super::completion::{complete_copy, complete_import, complete_register, kms_keys, sources, tag_list};
use super::documents::role_policy::{self, Scope};
use super::documents::trust;
use super::marks::{Marks, Variable};
use super::step::{STEPS, Step};
use super::{Disk, Explained, File, Runbook};
use crate::render::document::{self, Fields};
use crate::request::calls::{COPY_SNAPSHOT, IMPORT_IMAGE, IMPORT_SNAPSHOT};
use crate::request::regions;
use crate::request::rules::{bucket, names};
use crate::request::shape::{Call, Request};
use crate::request::validate::{Circumstances, Fault, Level, Problem, validate};
use crate::sentence::{Sentence, sentence};
use crate::upload::SINGLE_PUT_LIMIT;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The longest client token of a person's own: the number of an attempt is put behind it, and EC2 takes 64 characters.
const LONGEST_TOKEN: usize = 60;

/// An id by which a request is validated before the script knows the real one.
pub(super) const SOME_SNAPSHOT: &str = "snap-0123456789abcdef0";

/// What the scripts are written from.
#[derive(Debug)]
pub(super) struct Journey<'a> {
    pub(super) runbook: &'a Runbook,
    pub(super) marks: Marks,
    /// The steps that are on, in order.
    pub(super) steps: Vec<Step>,
    pub(super) import: &'static Call,
    pub(super) import_fields: Fields,
    pub(super) register_fields: Fields,
    /// Region and call of each copy.
    pub(super) copies: Vec<(&'a str, Fields)>,
    /// Names this journey: the tag's value and the policy's name.
    pub(super) run: String,
    /// What the client tokens begin with.
    pub(super) token: String,
    pub(super) role: String,
    pub(super) trust: Value,
    pub(super) role_policy: Value,
    /// The tags of what the import makes, with the one of this journey.
    pub(super) tags: Value,
    pub(super) warnings: Vec<Problem>,
}

impl<'a> Journey<'a> {
    /// Completes and validates; the error is everything that was found when an error is among it.
    pub(super) fn prepare(runbook: &'a Runbook) -> Result<Self, Vec<Problem>> {
        let mut problems = check_fields(runbook);
        let Some(import) =
            [&IMPORT_SNAPSHOT, &IMPORT_IMAGE].into_iter().find(|call| call.name == runbook.call)
        else {
            let message = "The journey begins with ImportSnapshot or ImportImage: choose one of them.";
            problems.push(error("call", "call-is-no-import", message));
            return Err(problems);
        };
        let steps = steps(runbook, import, &mut problems);
        let run = run_name(runbook);
        let mut request = Request { call: import, parameters: runbook.parameters.clone() };
        let token = take_token(&mut request, &run, &mut problems);
        complete_import(runbook, &mut request, &run, &mut problems);
        let validated = request.clone();
        check(&validated, "parameters", runbook, &runbook.region, &mut problems);

        let marks = Marks::outside(&serde_json::to_string(runbook).unwrap_or_default());
        let register = runbook.register.as_ref().filter(|_| steps.contains(&Step::Register));
        let register = register.map(|parameters| complete_register(runbook, parameters, &run));
        let register_fields = fields(register, "register", &runbook.region, runbook, &marks, &mut problems);
        let mut copies = Vec::new();
        if steps.contains(&Step::Copy) {
            for (number, copy) in runbook.copies.iter().enumerate() {
                let request = complete_copy(runbook, &copy.parameters, &run);
                let path = format!("copies[{number}].parameters");
                let fields = fields(Some(request), &path, &copy.region, runbook, &marks, &mut problems);
                copies.push((copy.region.as_str(), fields));
            }
        }
        let import_fields = document::read(&request).unwrap_or_default();
        if problems.iter().any(|problem| problem.level == Level::Error) {
            return Err(problems);
        }
        let account = marks.mark(Variable::Account);
        let partition = regions::partition_of(&runbook.region).map_or("aws", |partition| partition.name);
        let scope = Scope {
            partition,
            region: &runbook.region,
            account: &account,
            objects: &sources(&request),
            kms_keys: &kms_keys(&request),
            with_licences: request.parameters.contains_key("LicenseSpecifications"),
        };
        Ok(Self {
            runbook,
            steps,
            import,
            import_fields,
            register_fields,
            copies,
            role: request.text("RoleName").unwrap_or("vmimport").to_owned(),
            trust: trust::policy(partition, &account),
            role_policy: role_policy::policy(&scope),
            tags: tag_list(&runbook.tags, &run),
            run,
            token,
            marks,
            warnings: problems,
        })
    }

    /// Whether a step is on.
    pub(super) fn takes(&self, step: Step) -> bool {
        self.steps.contains(&step)
    }

    /// The steps with their texts.
    pub(super) fn explained(&self) -> Vec<Explained> {
        let explained = |step: &Step| Explained {
            step: *step,
            title: step.about().title.into(),
            explanation: step.about().explanation.into(),
        };
        self.steps.iter().map(explained).collect()
    }

    /// Every bucket that disks are uploaded to, once, in the order of the disks.
    pub(super) fn buckets(&self) -> Vec<&'a str> {
        let mut buckets = Vec::new();
        for disk in &self.runbook.disks {
            if !buckets.contains(&disk.bucket.as_str()) {
                buckets.push(disk.bucket.as_str());
            }
        }
        buckets
    }

    /// Whether the import makes an image and not a snapshot.
    pub(super) fn makes_image(&self) -> bool {
        self.import.name == IMPORT_IMAGE.name
    }
}

/// The fields of the runbook itself.
fn check_fields(runbook: &Runbook) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut note = |path: &str, checked: Result<(), Fault>| {
        if let Err(fault) = checked {
            let Fault { level, code, message } = fault;
            problems.push(Problem { path: path.to_owned(), level, code: code.to_owned(), message });
        }
    };
    note("region", regions::check(&runbook.region));
    if !runbook.role_name.is_empty() {
        note("role_name", names::check_role(&runbook.role_name));
    }
    if let Some(origin) = &runbook.origin {
        note("origin", check_origin(origin));
    }
    for (number, disk) in runbook.disks.iter().enumerate() {
        note(&format!("disks[{number}].bucket"), bucket::check_bucket(&disk.bucket));
        note(&format!("disks[{number}].key"), bucket::check_key(&disk.key));
        if disk.key.ends_with('/') {
            // So `aws s3 cp` reads it.
            let message = "A key that ends with / is taken for a folder, into which the file goes under its own name: put the name of the object behind it.";
            note(&format!("disks[{number}].key"), Err(Fault::error("key-of-a-folder", message)));
        }
        note(&format!("disks[{number}].file"), check_file(&disk.file));
        let is_same = |other: &Disk| other.bucket == disk.bucket && other.key == disk.key;
        if runbook.disks.iter().take(number).any(is_same) {
            let message = sentence!(
                "Two disks would be uploaded to s3://{bucket}/{key}: give each a key of its own.",
                bucket = disk.bucket.as_str(),
                key = disk.key.as_str()
            );
            note(&format!("disks[{number}].key"), Err(Fault::error("object-twice", message)));
        }
    }
    for (number, copy) in runbook.copies.iter().enumerate() {
        let path = format!("copies[{number}].region");
        note(&path, regions::check(&copy.region));
        let earlier = runbook.copies.iter().take(number).any(|earlier| earlier.region == copy.region);
        if earlier || copy.region == runbook.region {
            let message = "Name each Region once, and not that of the import: there the snapshot is already.";
            note(&path, Err(Fault::error("copy-region-twice", message)));
        }
    }
    problems
}

fn check_file(file: &File) -> Result<(), Fault> {
    if file.name.is_empty() || file.name.contains('\0') {
        return Err(Fault::error("file-name", "Name the image's file as the script shall find it."));
    }
    if file.size == 0 {
        let message = sentence!(
            "The size of {file} is not known, and the script uploads no file of another size: read the file on this page, or put its size into the script.",
            file = file.name.as_str()
        );
        return Err(Fault::warning("file-size-unknown", message));
    }
    Ok(())
}

/// Scheme, host and port, as a browser sends them.
fn check_origin(origin: &str) -> Result<(), Fault> {
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    let is_host = |host: &str| {
        !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte))
    };
    if host.is_some_and(is_host) {
        return Ok(());
    }
    let message = "An origin is scheme, host and port without a path, such as https://planner.example.";
    Err(Fault::error("origin-malformed", message))
}

/// The steps that are on; those without anything to do are problems.
fn steps(runbook: &Runbook, import: &Call, problems: &mut Vec<Problem>) -> Vec<Step> {
    let is_on = |step: Step| runbook.steps.get(&step).copied().unwrap_or(step.is_on_unless_told(runbook));
    let steps: Vec<Step> = STEPS.iter().map(|about| about.step).filter(|step| is_on(*step)).collect();
    let mut need = |step: Step, is_right: bool, code: &str, message: &'static str| {
        if steps.contains(&step) && !is_right {
            problems.push(error(&format!("steps.{}", step.name()), code, message));
        }
    };
    let makes_image = import.name == IMPORT_IMAGE.name;
    need(
        Step::Cors,
        runbook.origin.is_some(),
        "origin-needed",
        "The CORS rule is for a page: give the page's origin, or switch the step off.",
    );
    need(
        Step::Presign,
        runbook.disks.iter().all(|disk| disk.file.size <= SINGLE_PUT_LIMIT),
        "too-large-for-one-put",
        "One presigned PUT carries at most 5 GiB: switch the step presign off and let the step upload do it.",
    );
    need(
        Step::Register,
        runbook.register.is_some() && !makes_image,
        "nothing-to-register",
        if makes_image {
            "ImportImage registers its image itself: switch the step register off."
        } else {
            "Give the parameters of RegisterImage, or switch the step register off."
        },
    );
    need(
        Step::Copy,
        !runbook.copies.is_empty() && !makes_image,
        "nothing-to-copy",
        if makes_image {
            "CopySnapshot copies a snapshot, and ImportImage makes an image: switch the step copy off and copy the image with aws ec2 copy-image."
        } else {
            "Name the Regions to copy to, or switch the step copy off."
        },
    );
    for step in [Step::Bucket, Step::Cors, Step::Presign, Step::Upload] {
        need(
            step,
            !runbook.disks.is_empty(),
            "nothing-to-upload",
            "The import reads no disk from a bucket: switch the step off.",
        );
    }
    if steps.is_empty() {
        problems.push(error("steps", "no-steps", "Every step is switched off: switch one on."));
    }
    steps
}

/// A name that the same runbook always has and another one has not.
fn run_name(runbook: &Runbook) -> String {
    let mut identity = vec![json!(runbook.region)];
    for disk in &runbook.disks {
        identity.extend([json!(disk.bucket), json!(disk.key), json!(disk.file.size)]);
    }
    identity.extend([json!(runbook.call), json!(runbook.parameters)]);
    identity.extend([json!(runbook.kms_key_id), json!(runbook.role_name)]);
    let digest = Sha256::digest(Value::from(identity).to_string().as_bytes());
    let mut name = String::from("import-planner-");
    for byte in digest.iter().take(6) {
        // Writing to a string cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}

/// The request's own token, or the journey's name; it leaves the request, because each attempt has a token of its own.
fn take_token(request: &mut Request, run: &str, problems: &mut Vec<Problem>) -> String {
    request.parameters.shift_remove("DryRun");
    match request.parameters.shift_remove("ClientToken") {
        Some(Value::String(token)) if !token.is_empty() => {
            let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
            if token.len() > LONGEST_TOKEN || !token.bytes().all(is_word) {
                let message = "A runbook puts the number of the attempt behind the client token: take at most 60 letters, digits and - _ ., or leave it out.";
                problems.push(error("parameters.ClientToken", "client-token-for-a-runbook", message));
            }
            token
        }
        _ => run.to_owned(),
    }
}

/// A request's fields with the mark of the snapshot in place of the id it was validated with.
fn fields(
    request: Option<Request>,
    path: &str,
    region: &str,
    runbook: &Runbook,
    marks: &Marks,
    problems: &mut Vec<Problem>,
) -> Fields {
    let Some(mut request) = request else { return Fields::new() };
    check(&request, path, runbook, region, problems);
    let mark = json!(marks.mark(Variable::Snapshot));
    if request.call.name == COPY_SNAPSHOT.name {
        set(&mut request, "SourceSnapshotId", mark);
    } else {
        let mappings = request.items("BlockDeviceMappings");
        let ours = mappings.into_iter().find(|(_, mapping)| {
            mapping.pointer("/Ebs/SnapshotId").and_then(Value::as_str) == Some(SOME_SNAPSHOT)
        });
        if let Some((path, _)) = ours {
            set(&mut request, &format!("{path}.Ebs.SnapshotId"), mark);
        }
    }
    document::read(&request).unwrap_or_default()
}

fn check(request: &Request, path: &str, runbook: &Runbook, region: &str, problems: &mut Vec<Problem>) {
    // The rules that ask for a size are about a snapshot or an image of one disk.
    let disk_size = if let [disk] = runbook.disks.as_slice() { disk.disk_size } else { None };
    let circumstances =
        Circumstances { region: Some(region.to_owned()), disk_size, ..Circumstances::default() };
    for problem in validate(request, &circumstances) {
        // The Regions are checked as fields of the runbook.
        if problem.path != "Region" {
            problems.push(Problem { path: format!("{path}.{}", problem.path), ..problem });
        }
    }
}

/// Sets a value at one of the paths written above, all of which are well-formed.
pub(super) fn set(request: &mut Request, path: &str, value: Value) {
    let outcome = request.set(path, value);
    debug_assert!(outcome.is_ok(), "{path}");
}

pub(super) fn error(path: &str, code: &str, message: impl Into<Sentence>) -> Problem {
    Problem { path: path.to_owned(), level: Level::Error, code: code.to_owned(), message: message.into() }
}
