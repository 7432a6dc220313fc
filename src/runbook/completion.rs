//! The requests of a journey, completed with what the runbook says of disks, keys, roles and tags.

use super::documents::role_policy;
use super::journey::{SOME_SNAPSHOT, error, set};
use super::{RUN_TAG, Runbook, Tag};
use crate::request::calls::{COPY_SNAPSHOT, IMPORT_IMAGE, REGISTER_IMAGE};
use crate::request::rules::url;
use crate::request::shape::Request;
use crate::request::validate::Problem;
use crate::sentence::sentence;
use serde_json::{Map, Value, json};

/// Fills in disks, KMS key, role and tags, and finds where the request says something else.
pub(super) fn complete_import(
    runbook: &Runbook,
    request: &mut Request,
    run: &str,
    problems: &mut Vec<Problem>,
) {
    complete_disks(runbook, request, problems);
    let role = if runbook.role_name.is_empty() { "vmimport" } else { &runbook.role_name };
    let named = !runbook.role_name.is_empty();
    let wishes = [("RoleName", Some(role), named), ("KmsKeyId", runbook.kms_key_id.as_deref(), true)];
    for (member, wish, is_told) in wishes {
        let Some(wish) = wish else { continue };
        match request.text(member) {
            None => set(request, member, json!(wish)),
            Some(said) if said != wish && is_told => {
                let message = sentence!(
                    "The request says {said} here, the runbook {wish}: make the two agree.",
                    said,
                    wish
                );
                problems.push(error(&format!("parameters.{member}"), "contradiction", message));
            }
            Some(_) => {}
        }
    }
    if runbook.kms_key_id.is_some() && request.get("Encrypted").is_none() {
        set(request, "Encrypted", json!(true));
    }
    let resource =
        if request.call.name == IMPORT_IMAGE.name { "import-image-task" } else { "import-snapshot-task" };
    add_tags(request, resource, &runbook.tags, run);
}

/// Puts each disk that the request does not name yet into the next container that names no source.
fn complete_disks(runbook: &Runbook, request: &mut Request, problems: &mut Vec<Problem>) {
    let named = sources(request);
    let mut vacant = containers(request, runbook.disks.len());
    vacant.retain(|container| !has_source(request, container));
    let mut vacant = vacant.into_iter();
    for (number, disk) in runbook.disks.iter().enumerate() {
        let here = (disk.bucket.clone(), disk.key.clone());
        if named.contains(&here) {
            continue;
        }
        if let Some(container) = vacant.next() {
            set(request, &format!("{container}.UserBucket.S3Bucket"), json!(disk.bucket));
            set(request, &format!("{container}.UserBucket.S3Key"), json!(disk.key));
        } else {
            let message = sentence!(
                "The request does not import s3://{bucket}/{key}, which the runbook uploads: make the two agree.",
                bucket = here.0,
                key = here.1
            );
            problems.push(error(&format!("disks[{number}]"), "another-object", message));
        }
    }
}

/// The paths of the request's containers; a request for an image that has none yet gets as many as there are disks.
pub(super) fn containers(request: &Request, disks: usize) -> Vec<String> {
    if request.call.name != IMPORT_IMAGE.name {
        return vec!["DiskContainer".to_owned()];
    }
    let paths: Vec<String> = request.items("DiskContainers").into_iter().map(|(path, _)| path).collect();
    if paths.is_empty() {
        (0..disks).map(|number| format!("DiskContainers[{number}]")).collect()
    } else {
        paths
    }
}

fn has_source(request: &Request, container: &str) -> bool {
    ["UserBucket", "Url", "SnapshotId"]
        .iter()
        .any(|member| request.get(&format!("{container}.{member}")).is_some())
}

/// Bucket and key of every object that the import reads by its role.
pub(super) fn sources(request: &Request) -> Vec<(String, String)> {
    let list = request.items("DiskContainers").into_iter().map(|(path, _)| path);
    let paths = list.chain(["DiskContainer".to_owned()]);
    let source = |path: String| {
        let text = |member: &str| request.text(&format!("{path}.{member}"));
        if let (Some(bucket), Some(key)) = (text("UserBucket.S3Bucket"), text("UserBucket.S3Key")) {
            return Some((bucket.to_owned(), key.to_owned()));
        }
        let object = url::parse(text("Url")?).ok()?;
        Some((object.bucket?, object.key?))
    };
    paths.filter_map(source).collect()
}

pub(super) fn kms_keys(request: &Request) -> Vec<String> {
    let key = request.text("KmsKeyId").filter(|key| role_policy::needs_permission(key));
    key.map(str::to_owned).into_iter().collect()
}

/// RegisterImage with the imported snapshot in the first place that has none, and without its outdated defaults.
pub(super) fn complete_register(runbook: &Runbook, parameters: &Map<String, Value>, run: &str) -> Request {
    let mut request = Request { call: &REGISTER_IMAGE, parameters: parameters.clone() };
    for (member, value) in [
        ("RootDeviceName", json!("/dev/xvda")),
        ("VirtualizationType", json!("hvm")),
        ("EnaSupport", json!(true)),
    ] {
        if request.get(member).is_none() {
            set(&mut request, member, value);
        }
    }
    let root = request.get("RootDeviceName").cloned().unwrap_or_default();
    let mappings = request.items("BlockDeviceMappings");
    let is_root = |mapping: &Value| mapping.get("DeviceName") == Some(&root);
    let path = match mappings.iter().find(|(_, mapping)| is_root(mapping)) {
        Some((path, _)) => path.clone(),
        None => format!("BlockDeviceMappings[{}]", mappings.len()),
    };
    if request.get(&format!("{path}.DeviceName")).is_none() {
        set(&mut request, &format!("{path}.DeviceName"), root);
        set(&mut request, &format!("{path}.Ebs.VolumeType"), json!("gp3"));
        set(&mut request, &format!("{path}.Ebs.DeleteOnTermination"), json!(true));
    }
    set(&mut request, &format!("{path}.Ebs.SnapshotId"), json!(SOME_SNAPSHOT));
    request.parameters.shift_remove("DryRun");
    add_tags(&mut request, "image", &runbook.tags, run);
    request
}

pub(super) fn complete_copy(runbook: &Runbook, parameters: &Map<String, Value>, run: &str) -> Request {
    let mut request = Request { call: &COPY_SNAPSHOT, parameters: parameters.clone() };
    set(&mut request, "SourceRegion", json!(runbook.region));
    set(&mut request, "SourceSnapshotId", json!(SOME_SNAPSHOT));
    request.parameters.shift_remove("DryRun");
    add_tags(&mut request, "snapshot", &runbook.tags, run);
    request
}

/// Adds the runbook's tags, where the request has none of the same key, and the journey's own.
fn add_tags(request: &mut Request, resource: &str, tags: &[Tag], run: &str) {
    let lists = request.items("TagSpecifications");
    let number = lists
        .iter()
        .position(|(_, list)| list.get("ResourceType").and_then(Value::as_str) == Some(resource))
        .unwrap_or(lists.len());
    let path = format!("TagSpecifications[{number}]");
    set(request, &format!("{path}.ResourceType"), json!(resource));
    let mut all: Vec<Value> =
        request.items(&format!("{path}.Tags")).into_iter().map(|(_, tag)| tag.clone()).collect();
    for tag in tag_list(tags, run).as_array().into_iter().flatten() {
        if !all.iter().any(|there| there.get("Key") == tag.get("Key")) {
            all.push(tag.clone());
        }
    }
    set(request, &format!("{path}.Tags"), json!(all));
}

pub(super) fn tag_list(tags: &[Tag], run: &str) -> Value {
    let own = json!({"Key": RUN_TAG, "Value": run});
    let tags = tags.iter().filter(|tag| tag.key != RUN_TAG);
    tags.map(|tag| json!({"Key": tag.key, "Value": tag.value})).chain([own]).collect()
}
