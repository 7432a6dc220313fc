use super::{check_local_zone, check_outpost_arn, shortest_duration};
use crate::request::calls::COPY_SNAPSHOT;
use crate::request::rules::testing::{codes, problems, problems_in, validate_with};
use crate::request::validate::{Circumstances, Level};
use serde_json::{Value, json};

const GIB: u64 = 1 << 30;

fn copy(with: Value) -> Value {
    let mut request = json!({ "SourceRegion": "us-west-2", "SourceSnapshotId": "snap-066877671789bd71b" });
    for (name, value) in with.as_object().unwrap() {
        request[name] = value.clone();
    }
    request
}

#[test]
fn the_source_is_required() {
    assert_eq!(codes(&COPY_SNAPSHOT, &json!({})), ["missing-member", "missing-member"]);
    assert!(codes(&COPY_SNAPSHOT, &copy(json!({}))).is_empty());
}

#[test]
fn a_copy_cannot_be_unencrypted() {
    assert_eq!(codes(&COPY_SNAPSHOT, &copy(json!({ "Encrypted": false }))), ["copy-cannot-be-unencrypted"]);
    assert!(codes(&COPY_SNAPSHOT, &copy(json!({ "Encrypted": true }))).is_empty());
}

#[test]
fn a_key_without_the_flag_is_a_warning_on_a_copy() {
    let found = problems(&COPY_SNAPSHOT, &copy(json!({ "KmsKeyId": "alias/k" })));
    assert_eq!((found[0].code.as_str(), found[0].level), ("kms-key-needs-encrypted", Level::Warning));
}

#[test]
fn a_duration_goes_in_steps_of_fifteen_minutes_up_to_two_days() {
    let with = |minutes: i64| codes(&COPY_SNAPSHOT, &copy(json!({ "CompletionDurationMinutes": minutes })));
    assert!(with(15).is_empty() && with(2880).is_empty());
    assert_eq!(with(20), ["duration-not-in-steps"]);
    assert_eq!(with(0), ["number-out-of-range"]);
    assert_eq!(with(14), ["number-out-of-range"]);
    assert_eq!(with(2895), ["number-out-of-range"]);
}

#[test]
fn the_shortest_duration_follows_from_500_mib_a_second() {
    // 15 minutes at 500 MiB/s are 450,000 MiB.
    assert_eq!(shortest_duration(450_000 << 20), 15);
    assert_eq!(shortest_duration((450_000 << 20) + 1), 30);
    assert_eq!(shortest_duration(0), 15);
    assert!(shortest_duration(u64::MAX) > super::LONGEST);
}

#[test]
fn a_duration_the_size_cannot_make_is_a_warning() {
    let found = |size| {
        let circumstances = Circumstances { disk_size: Some(size), ..Circumstances::default() };
        validate_with(&COPY_SNAPSHOT, &copy(json!({ "CompletionDurationMinutes": 15 })), &circumstances)
    };
    assert!(found(400 * GIB).is_empty());
    assert_eq!(found(1024 * GIB)[0].level, Level::Warning);
    assert!(found(1024 * GIB)[0].message.contains("45 minutes"), "{:?}", found(1024 * GIB));
    assert!(found(u64::MAX)[0].message.contains("48 hours"));
}

#[test]
fn an_outpost_belongs_to_the_source_region_and_takes_no_duration() {
    let arn = "arn:aws:outposts:us-west-2:111122223333:outpost/op-0123456789abcdef0";
    assert_eq!(check_outpost_arn(arn), Ok(()));
    assert!(check_outpost_arn("op-0123456789abcdef0").is_err());
    assert!(
        problems_in("us-west-2", &COPY_SNAPSHOT, &copy(json!({ "DestinationOutpostArn": arn }))).is_empty()
    );
    let elsewhere = copy(json!({ "DestinationOutpostArn": arn, "SourceRegion": "us-east-1" }));
    assert_eq!(codes(&COPY_SNAPSHOT, &elsewhere), ["copy-to-outpost"]);
    let timed = copy(json!({ "DestinationOutpostArn": arn, "CompletionDurationMinutes": 15 }));
    assert_eq!(problems(&COPY_SNAPSHOT, &timed)[0].path, "CompletionDurationMinutes");
    let both =
        copy(json!({ "DestinationOutpostArn": arn, "DestinationAvailabilityZone": "us-west-2-lax-1a" }));
    assert_eq!(codes(&COPY_SNAPSHOT, &both), ["copy-to-outpost"]);
}

#[test]
fn a_local_zone_is_told_from_an_availability_zone() {
    assert_eq!(check_local_zone("us-west-2-lax-1a"), Ok(()));
    assert_eq!(check_local_zone("us-west-2a").unwrap_err().code, "zone-not-local");
    assert_eq!(check_local_zone("lax").unwrap_err().code, "zone-malformed");
}

#[test]
fn a_local_zone_belongs_to_the_region_of_the_call() {
    let request = copy(json!({ "DestinationAvailabilityZone": "us-west-2-lax-1a" }));
    assert!(problems_in("us-west-2", &COPY_SNAPSHOT, &request).is_empty());
    assert_eq!(problems_in("us-east-1", &COPY_SNAPSHOT, &request)[0].code, "copy-to-local-zone");
}

#[test]
fn nothing_is_copied_to_another_partition() {
    assert_eq!(
        problems_in("cn-north-1", &COPY_SNAPSHOT, &copy(json!({})))[0].code,
        "copy-to-another-partition"
    );
}

#[test]
fn an_unknown_region_is_a_warning_and_is_read_as_written() {
    let found = problems(&COPY_SNAPSHOT, &copy(json!({ "SourceRegion": "eu-west-9" })));
    assert_eq!((found[0].code.as_str(), found[0].level), ("region-unknown", Level::Warning));
}

const SIGNED: &str = "https://ec2.us-west-2.amazonaws.com/?Action=CopySnapshot&Version=2016-11-15&SourceRegion=us-west-2&SourceSnapshotId=snap-066877671789bd71b&DestinationRegion=us-east-1&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20260102%2Fus-west-2%2Fec2%2Faws4_request&X-Amz-Date=20260102T030405Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=abcdef";

#[test]
fn a_signed_url_says_the_same_as_the_request() {
    let with = |url: &str| copy(json!({ "PresignedUrl": url, "DestinationRegion": "us-east-1" }));
    assert!(problems_in("us-east-1", &COPY_SNAPSHOT, &with(SIGNED)).is_empty());
    for changed in [
        SIGNED.replace("Action=CopySnapshot&", ""),
        SIGNED.replace("snap-066877671789bd71b", "snap-066877671789bd71c"),
        SIGNED.replace("DestinationRegion=us-east-1", "DestinationRegion=us-east-2"),
        SIGNED.replace("%2Fus-west-2%2F", "%2Fus-east-1%2F"),
    ] {
        let found = problems_in("us-east-1", &COPY_SNAPSHOT, &with(&changed));
        assert_eq!(found.len(), 1, "{changed}");
        assert_eq!((found[0].path.as_str(), found[0].level), ("PresignedUrl", Level::Error));
    }
}

#[test]
fn a_signed_url_for_another_service_or_without_signature_is_an_error() {
    for changed in
        [SIGNED.replace("%2Fec2%2F", "%2Fs3%2F"), "https://ec2.us-west-2.amazonaws.com/".to_owned()]
    {
        assert_eq!(
            codes(&COPY_SNAPSHOT, &copy(json!({ "PresignedUrl": changed })))[0],
            "presigned-url-malformed"
        );
    }
}

#[test]
fn a_destination_without_a_signed_url_is_a_warning() {
    let request = copy(json!({ "DestinationRegion": "us-east-1" }));
    assert_eq!(problems_in("us-east-1", &COPY_SNAPSHOT, &request)[0].level, Level::Warning);
    assert_eq!(problems_in("us-east-2", &COPY_SNAPSHOT, &request)[0].level, Level::Error);
}
