//! What AWS's documents state of a request, one line each: a request that breaks just this statement, and what is said.

use crate::request::calls;
use crate::request::shape::Request;
use crate::request::validate::Level::{self, Error, Warning};
use crate::request::validate::{Circumstances, validate};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// The Region and the time of the call, and a disk of 1 TiB.
fn circumstances() -> Circumstances {
    Circumstances { region: Some("us-west-2".into()), disk_size: Some(1 << 40), now: Some(1_767_323_045) }
}

/// A request of a call with which nothing is wrong.
fn sound(call: &str) -> Value {
    let disk = json!({ "Format": "RAW", "UserBucket": { "S3Bucket": "disks", "S3Key": "disk" } });
    let snapshot = "snap-0123456789abcdef0";
    match call {
        "import-snapshot" => json!({ "DiskContainer": disk }),
        "import-image" => json!({ "DiskContainers": [disk] }),
        "copy-snapshot" => json!({ "SourceRegion": "eu-west-1", "SourceSnapshotId": snapshot }),
        "cancel-import-task" => json!({ "ImportTaskId": "import-snap-0123456789abcdef0" }),
        "register-image" => json!({
            "Name": "web-1",
            "Architecture": "x86_64",
            "BootMode": "uefi",
            "VirtualizationType": "hvm",
            "EnaSupport": true,
            "RootDeviceName": "/dev/xvda",
            "BlockDeviceMappings": [{ "DeviceName": "/dev/xvda", "Ebs": { "SnapshotId": snapshot } }],
        }),
        _ => json!({}),
    }
}

/// A call, what is changed in its sound request (null takes away), and the one problem that follows.
type Statement = (&'static str, &'static str, &'static str, Level, &'static str);

const SNAPSHOT: &str = "import-snapshot";
const IMAGE: &str = "import-image";
const COPY: &str = "copy-snapshot";
const REGISTER: &str = "register-image";
const TASKS: &str = "describe-import-image-tasks";

const STATEMENTS: &[Statement] = &[
    // Types, enumerations and what is required.
    (SNAPSHOT, r#"{"DiskContainer": null}"#, "DiskContainer", Error, "missing-member"),
    (COPY, r#"{"SourceRegion": null}"#, "SourceRegion", Error, "missing-member"),
    (SNAPSHOT, r#"{"Descripton": "x"}"#, "Descripton", Error, "unknown-member"),
    (SNAPSHOT, r#"{"Encrypted": "maybe"}"#, "Encrypted", Error, "wrong-type"),
    (IMAGE, r#"{"Hypervisor": "kvm"}"#, "Hypervisor", Error, "value-not-allowed"),
    (IMAGE, r#"{"Platform": "linux"}"#, "Platform", Warning, "value-case"),
    (REGISTER, r#"{"BootMode": "bios"}"#, "BootMode", Error, "value-not-allowed"),
    (SNAPSHOT, r#"{"DiskContainer.Format": "VHDX"}"#, "DiskContainer.Format", Warning, "vhdx-doubtful"),
    (SNAPSHOT, r#"{"DiskContainer.Format": "OVA"}"#, "DiskContainer.Format", Error, "ova-needs-import-image"),
    (IMAGE, r#"{"Architecture": "arm64"}"#, "Architecture", Error, "arm64-not-on-import"),
    (IMAGE, r#"{"Architecture": "i386"}"#, "Architecture", Warning, "i386-withdrawn"),
    (IMAGE, r#"{"BootMode": "uefi-preferred"}"#, "BootMode", Error, "boot-mode-not-on-import"),
    // Formats of ids and names.
    (COPY, r#"{"SourceSnapshotId": "snap-1"}"#, "SourceSnapshotId", Error, "id-malformed"),
    ("cancel-import-task", r#"{"ImportTaskId": "import-1"}"#, "ImportTaskId", Error, "id-malformed"),
    (
        "describe-import-snapshot-tasks",
        r#"{"ImportTaskIds": ["import-ami-0123456789abcdef0"]}"#,
        "ImportTaskIds[0]",
        Error,
        "id-malformed",
    ),
    ("describe-snapshots", r#"{"MaxResults": 4}"#, "MaxResults", Error, "number-out-of-range"),
    ("describe-snapshots", r#"{"OwnerIds": ["me"]}"#, "OwnerIds[0]", Error, "id-malformed"),
    (SNAPSHOT, r#"{"RoleName": "arn:aws:iam::111122223333:role/r"}"#, "RoleName", Error, "role-malformed"),
    (SNAPSHOT, r#"{"ClientToken": "ключ"}"#, "ClientToken", Error, "client-token-malformed"),
    (SNAPSHOT, r#"{"ClientToken": ""}"#, "ClientToken", Warning, "client-token-empty"),
    (REGISTER, r#"{"Name": "a&b"}"#, "Name", Error, "image-name-malformed"),
    // Moments.
    (SNAPSHOT, r#"{"ClientData.UploadEnd": "soon"}"#, "ClientData.UploadEnd", Error, "malformed-timestamp"),
    (
        SNAPSHOT,
        r#"{"ClientData.UploadStart": "2026-01-01T12:00:00Z", "ClientData.UploadEnd": "2026-01-01T13:30:00+02:00"}"#,
        "ClientData.UploadEnd",
        Warning,
        "upload-ends-before-start",
    ),
    (
        SNAPSHOT,
        r#"{"ClientData.UploadSize": 3115815424}"#,
        "ClientData.UploadSize",
        Warning,
        "upload-size-not-in-gib",
    ),
    (SNAPSHOT, r#"{"ClientData.UploadSize": -1}"#, "ClientData.UploadSize", Error, "number-out-of-range"),
    // Buckets, keys and URLs.
    (
        SNAPSHOT,
        r#"{"DiskContainer.UserBucket.S3Bucket": "a/b"}"#,
        "DiskContainer.UserBucket.S3Bucket",
        Error,
        "bucket-malformed",
    ),
    (
        SNAPSHOT,
        r#"{"DiskContainer.UserBucket.S3Bucket": "My_Bucket"}"#,
        "DiskContainer.UserBucket.S3Bucket",
        Warning,
        "bucket-name-of-old-kind",
    ),
    (
        SNAPSHOT,
        r#"{"DiskContainer.UserBucket.S3Bucket": "zone--x-s3"}"#,
        "DiskContainer.UserBucket.S3Bucket",
        Warning,
        "bucket-name-reserved",
    ),
    (
        SNAPSHOT,
        r#"{"DiskContainer.UserBucket.S3Key": ""}"#,
        "DiskContainer.UserBucket.S3Key",
        Error,
        "key-malformed",
    ),
    (
        SNAPSHOT,
        r#"{"DiskContainer.UserBucket.S3Key": "/a.raw"}"#,
        "DiskContainer.UserBucket.S3Key",
        Warning,
        "key-doubtful",
    ),
    (
        SNAPSHOT,
        r#"{"DiskContainer.UserBucket": null, "DiskContainer.Url": "http://disks.s3.amazonaws.com/a.raw"}"#,
        "DiskContainer.Url",
        Error,
        "url-malformed",
    ),
    (
        SNAPSHOT,
        r#"{"DiskContainer.UserBucket": null, "DiskContainer.Url": "https://example.com/a.raw"}"#,
        "DiskContainer.Url",
        Warning,
        "url-not-in-s3",
    ),
    (
        SNAPSHOT,
        r#"{"DiskContainer.UserBucket": null, "DiskContainer.Url": "https://disks.s3.us-west-2.amazonaws.com/a.raw"}"#,
        "DiskContainer.Url",
        Warning,
        "url-not-signed",
    ),
    (
        SNAPSHOT,
        r#"{"DiskContainer.UserBucket": null, "DiskContainer.Url": "https://disks.s3.eu-west-1.amazonaws.com/a.raw?X-Amz-Signature=0"}"#,
        "DiskContainer.Url",
        Error,
        "url-in-another-region",
    ),
    (
        SNAPSHOT,
        r#"{"DiskContainer.UserBucket": null, "DiskContainer.Url": "https://disks.s3.us-west-2.amazonaws.com/a.raw?X-Amz-Credential=K%2F20260102%2Fus-west-2%2Fs3%2Faws4_request&X-Amz-Date=20260102T000000Z&X-Amz-Expires=900&X-Amz-Signature=0"}"#,
        "DiskContainer.Url",
        Error,
        "url-expired",
    ),
    (
        SNAPSHOT,
        r#"{"DiskContainer.UserBucket": null, "DiskContainer.Url": "https://disks.s3.us-west-2.amazonaws.com/a.raw?X-Amz-Credential=K%2F20260102%2Fus-west-2%2Fs3%2Faws4_request&X-Amz-Date=20260102T000000Z&X-Amz-Expires=604801&X-Amz-Signature=0"}"#,
        "DiskContainer.Url",
        Error,
        "url-lifetime",
    ),
    (
        SNAPSHOT,
        r#"{"DiskContainer.UserBucket": null, "DiskContainer.Url": "https://disks.s3.us-west-2.amazonaws.com/a.raw?signature-removed"}"#,
        "DiskContainer.Url",
        Error,
        "url-signature-removed",
    ),
    (
        SNAPSHOT,
        r#"{"DiskContainer.UserBucket": null, "DiskContainer.Url": "https://disks.s3.us-west-2.amazonaws.com/a.raw?X-Amz-Credential=K%2F20260102%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Signature=0"}"#,
        "DiskContainer.Url",
        Error,
        "url-signed-for-another-region",
    ),
    (
        SNAPSHOT,
        r#"{"DiskContainer.UserBucket": null, "DiskContainer.Url": "https://disks.s3.us-west-2.amazonaws.com/a.raw?X-Amz-Credential=K%2F20260102%2Fus-west-2%2Fs3%2Faws4_request&X-Amz-SignedHeaders=content-type%3Bhost&X-Amz-Signature=0"}"#,
        "DiskContainer.Url",
        Warning,
        "url-signs-headers",
    ),
    // The disks of an import.
    (SNAPSHOT, r#"{"DiskContainer.Url": "s3://disks/a.raw"}"#, "DiskContainer", Error, "disk-source"),
    (
        SNAPSHOT,
        r#"{"DiskContainer.UserBucket.S3Key": "a.vhd"}"#,
        "DiskContainer.Format",
        Warning,
        "disk-format",
    ),
    (IMAGE, r#"{"DiskContainers": []}"#, "DiskContainers", Error, "number-of-disks"),
    (
        IMAGE,
        r#"{"DiskContainers": [{"Format": "OVA", "Url": "s3://disks/a"}, {"Format": "RAW", "Url": "s3://disks/b"}]}"#,
        "DiskContainers[0].Format",
        Error,
        "ova-not-alone",
    ),
    (
        IMAGE,
        r#"{"DiskContainers[0].DeviceName": "x", "DiskContainers[1]": {"Format": "RAW", "Url": "s3://disks/b", "DeviceName": "x"}}"#,
        "DiskContainers[1].DeviceName",
        Warning,
        "device-named-twice",
    ),
    (
        IMAGE,
        r#"{"DiskContainers": [{"SnapshotId": "snap-0123456789abcdef0"}], "BootMode": "uefi"}"#,
        "Platform",
        Error,
        "platform-needed",
    ),
    // Keys and encryption.
    (SNAPSHOT, r#"{"KmsKeyId": "my-key", "Encrypted": true}"#, "KmsKeyId", Error, "kms-key-malformed"),
    (SNAPSHOT, r#"{"KmsKeyId": "alias/k"}"#, "Encrypted", Error, "kms-key-needs-encrypted"),
    (COPY, r#"{"KmsKeyId": "alias/k"}"#, "Encrypted", Warning, "kms-key-needs-encrypted"),
    (
        IMAGE,
        r#"{"KmsKeyId": "arn:aws:kms:us-east-1:111122223333:alias/k", "Encrypted": true}"#,
        "KmsKeyId",
        Error,
        "kms-key-in-another-region",
    ),
    (
        IMAGE,
        r#"{"KmsKeyId": "arn:aws-cn:kms:us-west-2:111122223333:alias/k", "Encrypted": true}"#,
        "KmsKeyId",
        Error,
        "arn-malformed",
    ),
    (
        SNAPSHOT,
        r#"{"KmsKeyId": "alias/aws/ebs", "Encrypted": true}"#,
        "KmsKeyId",
        Warning,
        "kms-default-key-named",
    ),
    (COPY, r#"{"Encrypted": false}"#, "Encrypted", Error, "copy-cannot-be-unencrypted"),
    // Licences.
    (
        IMAGE,
        r#"{"LicenseType": "BYOL", "UsageOperation": "RunInstances"}"#,
        "UsageOperation",
        Error,
        "license-given-twice",
    ),
    (
        IMAGE,
        r#"{"LicenseType": "AWS", "Platform": "Linux"}"#,
        "LicenseType",
        Warning,
        "license-not-for-platform",
    ),
    (IMAGE, r#"{"UsageOperation": "0002"}"#, "UsageOperation", Error, "usage-operation-malformed"),
    (
        IMAGE,
        r#"{"UsageOperation": "RunInstances:9999"}"#,
        "UsageOperation",
        Warning,
        "usage-operation-unknown",
    ),
    // Tags.
    (
        SNAPSHOT,
        r#"{"TagSpecifications": [{"ResourceType": "snapshot", "Tags": [{"Key": "k"}]}]}"#,
        "TagSpecifications[0].ResourceType",
        Error,
        "resource-type-not-taggable-here",
    ),
    (
        COPY,
        r#"{"TagSpecifications": [{"ResourceType": "snapshto", "Tags": [{"Key": "k"}]}]}"#,
        "TagSpecifications[0].ResourceType",
        Error,
        "resource-type-unknown",
    ),
    (
        COPY,
        r#"{"TagSpecifications": [{"ResourceType": "snapshot"}]}"#,
        "TagSpecifications[0].Tags",
        Warning,
        "tag-list",
    ),
    (
        COPY,
        r#"{"TagSpecifications": [{"ResourceType": "snapshot", "Tags": [{"Key": ""}]}]}"#,
        "TagSpecifications[0].Tags[0].Key",
        Error,
        "tag-key-empty",
    ),
    (
        COPY,
        r#"{"TagSpecifications": [{"ResourceType": "snapshot", "Tags": [{"Key": "aws:x"}]}]}"#,
        "TagSpecifications[0].Tags[0].Key",
        Error,
        "tag-key-reserved",
    ),
    (
        COPY,
        r#"{"TagSpecifications": [{"ResourceType": "snapshot", "Tags": [{"Key": "k"}, {"Key": "k"}]}]}"#,
        "TagSpecifications[0].Tags[1].Key",
        Error,
        "tag-key-twice",
    ),
    // Regions, Outposts and Local Zones.
    (COPY, r#"{"SourceRegion": "eu-west-9"}"#, "SourceRegion", Warning, "region-unknown"),
    (COPY, r#"{"SourceRegion": "eu-west-1a"}"#, "SourceRegion", Error, "region-is-a-zone"),
    (COPY, r#"{"SourceRegion": "Ireland"}"#, "SourceRegion", Error, "region-malformed"),
    (COPY, r#"{"SourceRegion": "cn-north-1"}"#, "SourceRegion", Error, "copy-to-another-partition"),
    (
        COPY,
        r#"{"DestinationOutpostArn": "arn:aws:outposts:us-west-2:111122223333:outpost/op-0123456789abcdef0"}"#,
        "DestinationOutpostArn",
        Error,
        "copy-to-outpost",
    ),
    (
        COPY,
        r#"{"SourceRegion": "us-west-2", "DestinationAvailabilityZone": "us-west-2-lax-1a", "CompletionDurationMinutes": 60}"#,
        "CompletionDurationMinutes",
        Error,
        "copy-to-local-zone",
    ),
    (
        COPY,
        r#"{"DestinationAvailabilityZone": "us-west-2a"}"#,
        "DestinationAvailabilityZone",
        Error,
        "zone-not-local",
    ),
    (
        COPY,
        r#"{"DestinationAvailabilityZone": "lax"}"#,
        "DestinationAvailabilityZone",
        Error,
        "zone-malformed",
    ),
    // Durations: 15 minutes to 48 hours in steps of 15, at 500 MiB a second.
    (
        COPY,
        r#"{"CompletionDurationMinutes": 2895}"#,
        "CompletionDurationMinutes",
        Error,
        "number-out-of-range",
    ),
    (
        COPY,
        r#"{"CompletionDurationMinutes": 50}"#,
        "CompletionDurationMinutes",
        Error,
        "duration-not-in-steps",
    ),
    (
        COPY,
        r#"{"CompletionDurationMinutes": 30}"#,
        "CompletionDurationMinutes",
        Warning,
        "duration-too-short",
    ),
    // The signed URL of a copy.
    (COPY, r#"{"DestinationRegion": "us-west-2"}"#, "DestinationRegion", Warning, "destination-region"),
    (
        COPY,
        r#"{"PresignedUrl": "https://ec2.eu-west-1.amazonaws.com/"}"#,
        "PresignedUrl",
        Error,
        "presigned-url-malformed",
    ),
    (
        COPY,
        r#"{"PresignedUrl": "https://ec2.eu-west-1.amazonaws.com/?Action=CopySnapshot&SourceRegion=eu-west-1&SourceSnapshotId=snap-0123456789abcdef1&DestinationRegion=us-west-2&X-Amz-Credential=K%2F20260102%2Feu-west-1%2Fec2%2Faws4_request"}"#,
        "PresignedUrl",
        Error,
        "presigned-url-differs",
    ),
    // The filters of what is listed.
    (TASKS, r#"{"Filters[0].Values[0]": "active"}"#, "Filters[0].Name", Error, "filter-without-name"),
    (TASKS, r#"{"Filters[0].Name": "state"}"#, "Filters[0].Name", Warning, "task-filter-unknown"),
    // The image that is registered, and its volumes.
    (REGISTER, r#"{"EnaSupport": null}"#, "EnaSupport", Warning, "old-default"),
    (
        REGISTER,
        r#"{"Architecture": "arm64", "BootMode": "legacy-bios"}"#,
        "BootMode",
        Warning,
        "boot-mode-not-for-architecture",
    ),
    (REGISTER, r#"{"TpmSupport": "v2.0", "BootMode": "legacy-bios"}"#, "BootMode", Warning, "tpm-needs-uefi"),
    (
        REGISTER,
        r#"{"RootDeviceName": "/dev/sda1"}"#,
        "BlockDeviceMappings",
        Warning,
        "root-device-not-mapped",
    ),
    (
        REGISTER,
        r#"{"BlockDeviceMappings[1].DeviceName": "/dev/xvda"}"#,
        "BlockDeviceMappings[1].DeviceName",
        Error,
        "device-mapped-twice",
    ),
    (
        REGISTER,
        r#"{"BlockDeviceMappings[0].Ebs.VolumeSize": 1023}"#,
        "BlockDeviceMappings[0].Ebs.VolumeSize",
        Error,
        "volume-size",
    ),
    (
        REGISTER,
        r#"{"BlockDeviceMappings[0].Ebs.VolumeType": "gp2", "BlockDeviceMappings[0].Ebs.Iops": 3000}"#,
        "BlockDeviceMappings[0].Ebs.Iops",
        Error,
        "volume-speed",
    ),
    (
        REGISTER,
        r#"{"BlockDeviceMappings[0].Ebs.Encrypted": true}"#,
        "BlockDeviceMappings[0].Ebs.Encrypted",
        Error,
        "volume-encryption",
    ),
    (
        REGISTER,
        r#"{"BlockDeviceMappings[0].Ebs.AvailabilityZone": "us-west-2a", "BlockDeviceMappings[0].Ebs.AvailabilityZoneId": "usw2-az1"}"#,
        "BlockDeviceMappings[0].Ebs.AvailabilityZoneId",
        Error,
        "volume-zone-twice",
    ),
];

/// Limits whose breach takes more text than a line.
fn long_statements() -> Vec<(&'static str, String, String, Level, &'static str)> {
    let tags = |tags: Vec<Value>| {
        json!({ "TagSpecifications": [{ "ResourceType": "snapshot", "Tags": tags }] }).to_string()
    };
    let many = (0..51).map(|number| json!({ "Key": number.to_string() })).collect();
    let long = |name: &str, length| tags(vec![json!({ "Key": "k", name: "x".repeat(length) })]);
    let tag = |name: &str| format!("TagSpecifications[0].Tags[0].{name}");
    let description = json!({ "Description": "x".repeat(256) }).to_string();
    let token = json!({ "ClientToken": "x".repeat(65) }).to_string();
    vec![
        (COPY, tags(many), "TagSpecifications".into(), Error, "too-many-tags"),
        (COPY, long("Key", 128), tag("Key"), Error, "text-too-long"),
        (COPY, long("Value", 257), tag("Value"), Error, "text-too-long"),
        (REGISTER, description, "Description".into(), Error, "text-too-long"),
        (SNAPSHOT, token, "ClientToken".into(), Error, "client-token-malformed"),
    ]
}

fn every_statement() -> Vec<(&'static str, String, String, Level, &'static str)> {
    let short = STATEMENTS.iter();
    let short = short
        .map(|(call, change, path, level, code)| (*call, (*change).into(), (*path).into(), *level, *code));
    short.chain(long_statements()).collect()
}

/// Everything wrong with the sound request of a call after a change.
fn problems(call: &str, change: &str) -> Vec<(String, Level, String)> {
    let mut request =
        Request { call: calls::find(call).unwrap(), parameters: sound(call).as_object().unwrap().clone() };
    for (path, value) in serde_json::from_str::<Map<String, Value>>(change).unwrap() {
        request.set(&path, value).unwrap();
    }
    let problems = validate(&request, &circumstances());
    problems.into_iter().map(|problem| (problem.path, problem.level, problem.code)).collect()
}

#[test]
fn the_sound_requests_are_sound() {
    for call in calls::CALLS {
        assert_eq!(problems(call.cli, "{}"), [], "{}", call.name);
    }
}

#[test]
fn a_request_that_breaks_one_statement_is_told_so_and_nothing_else() {
    let told = every_statement().into_iter().map(|(call, change, path, level, code)| {
        (format!("{call}: {change}"), problems(call, &change), [(path, level, code.to_owned())])
    });
    let wrong: Vec<_> = told.filter(|(_, told, wanted)| told != wanted).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The codes that the sources name, tests apart.
fn codes_in(folder: &Path, codes: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            codes_in(&path, codes);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        let is_test = ["tests.rs", "testing.rs", "statements.rs"].iter().any(|name| path.ends_with(name));
        let after = ["error(", "warning(", "code:"].into_iter().flat_map(|start| text.split(start).skip(1));
        let literals = after.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next());
        let is_code = |text: &&str| {
            text.contains('-')
                && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        codes.extend(literals.filter(is_code).filter(|_| !is_test).map(str::to_owned));
    }
}

#[test]
fn every_code_has_a_statement() {
    let mut codes = BTreeSet::new();
    codes_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/request"), &mut codes);
    codes.extend(calls::CALLS.iter().flat_map(|call| call.rules).map(|rule| rule.code.to_owned()));
    assert!(codes.len() > 70, "the codes are where this test looks: {codes:?}");
    let stated: BTreeSet<String> = every_statement().into_iter().map(|(.., code)| code.to_owned()).collect();
    let missing: Vec<_> = codes.difference(&stated).collect();
    assert!(missing.is_empty(), "no statement breaks {missing:?}");
}
