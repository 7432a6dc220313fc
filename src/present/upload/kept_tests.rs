//! Uploads that were begun before, and keys of their own for those that follow one another.

use super::super::Plain;
use super::tests::{CREDENTIALS, SIZE, situation, target_of, text_of};
use super::{Phase, Target, discarded, unfinished};
use crate::plan::Action;
use crate::read::Read;
use crate::text::upload::ENGLISH;
use crate::upload::resume::Record;
use serde_json::json;

fn record(key: &str) -> String {
    json!({
        "version": 1, "bucket": "bucket", "key": key, "region": "eu-west-1", "uploadId": "begun-before",
        "file": {"name": "machine.ova", "size": SIZE, "modified": 5, "offset": 0, "sample": null}, "partSize": 16 << 20,
        "checksums": false, "done": [{"number": 2, "etag": "\"e\"", "crc64nvme": "rosUhgp5mIg=", "verified": true}],
        "started": 1_794_999_000_000_u64, "retries": 0
    })
    .to_string()
}

#[test]
fn an_unfinished_upload_is_listed_with_how_it_can_be_gone_on_with() {
    let listed = |has_handle| unfinished(&ENGLISH, &Plain, record("disk.raw"), has_handle).expect("a record");
    let with = listed(true);
    assert_eq!((with.id.as_str(), with.stretch.as_str()), ("41943040.5.0.begun-before", "41943040.5.0"));
    assert_eq!(with.go_on, "Go on with machine.ova");
    assert!(with.about.contains("16.0\u{a0}MiB of 40.0\u{a0}MiB") && with.about.contains("bucket/disk.raw"));
    assert!(listed(false).go_on.contains("choose the file machine.ova again"));
    assert_eq!(unfinished(&ENGLISH, &Plain, "{}".into(), true), None);
}

#[test]
fn who_discards_without_a_key_to_the_bucket_is_told_what_is_left() {
    let sent = discarded(&ENGLISH, &Record::read(&record("disk.raw")).unwrap());
    assert_eq!(sent.phase, Phase::Cancelled);
    let text = text_of(&sent);
    let command =
        "abort-multipart-upload --bucket bucket --key disk.raw --upload-id begun-before --region eu-west-1";
    assert!(text.contains(command), "{text}");
}

#[test]
fn the_place_of_what_was_begun_is_offered_where_the_form_has_another() {
    let offers = |key: &str| {
        let mut situation = situation(CREDENTIALS);
        situation.upload.records = vec![record(key)];
        text_of(&target_of(&situation).blocks).contains(ENGLISH.upload_use_these)
    };
    assert!(!offers("disk.raw") && offers("imports/other.raw"));
}

#[test]
fn of_uploads_to_two_places_the_one_that_the_form_names_goes_on() {
    let mut situation = situation(CREDENTIALS);
    situation.upload.records = vec![record("elsewhere.raw"), record("disk.raw")];
    let blocks = text_of(&target_of(&situation).blocks);
    let told = |key: &str| blocks.find(&format!("bucket/{key}")).expect("it is told of");
    assert!(told("elsewhere.raw") < told("disk.raw"));
    assert_eq!(blocks.matches(ENGLISH.upload_goes_on).count(), 1, "{blocks}");
    assert_eq!(blocks.matches(ENGLISH.upload_begins_anew).count(), 0, "{blocks}");
}

#[test]
fn a_file_that_follows_has_its_own_key_under_the_prefix_of_the_form() {
    let mut situation = situation(CREDENTIALS);
    assert_eq!(target_of(&situation).own_key, "machine.ova");
    let path = "DiskContainer.UserBucket.S3Key".to_owned();
    situation.plan = situation.plan.after(Action::Set { path, value: Some("imports/2026/disk.raw".into()) });
    assert_eq!(target_of(&situation).own_key, "imports/2026/machine.ova");
    // What names an object itself is for that one alone.
    situation.upload.url = String::new();
    assert_eq!(target_of(&situation).own_key, "");
}

#[test]
fn settings_reach_the_target_and_the_scripts_and_the_server_reaches_no_draft() {
    let mut situation = situation(CREDENTIALS);
    for (name, value) in
        [("upload.parallel", "9"), ("upload.server", "https://s3.example.org"), ("upload.hours", "3")]
    {
        situation.plan = situation.plan.after(Action::SetWriting { name: name.into(), value: value.into() });
    }
    let target = target_of(&situation);
    assert_eq!(target.pace.map(|pace| pace.parallel), Some(9));
    assert!(text_of(&target.blocks).contains("s3.example.org"), "the host is named before anything is sent");
    let scripts = text_of(&target.preparation);
    assert!(scripts.contains("HOURS = 3") && scripts.contains("ExpiresIn=3 * 3600"), "{scripts}");
    assert!(scripts.contains("ENDPOINT = {}") && !scripts.contains("True}"), "{scripts}");
    let fips = Action::SetWriting { name: "upload.network".into(), value: "fips".into() };
    let mut chosen = situation.clone();
    chosen.plan = chosen.plan.after(fips);
    let scripts = text_of(&target_of(&chosen).preparation);
    let (ticket, url) = ("ENDPOINT = {\\\"use_fips_endpoint\\\": True}", "}, use_fips_endpoint=True)");
    assert!(scripts.contains(ticket) && scripts.contains(url), "{scripts}");
    let draft = situation.plan.without_secrets();
    assert!(draft.writing.contains_key("upload.parallel") && !draft.writing.contains_key("upload.server"));
    // The page reads all of it as it was told.
    let told = serde_json::from_str(&text_of(&target)).unwrap();
    assert_eq!(Target::read(&told), Some(target));

    situation.plan =
        situation.plan.after(Action::SetWriting { name: "upload.parallel".into(), value: "0".into() });
    let target = target_of(&situation);
    assert_eq!((target.pace, target.obstacle.as_str()), (None, ENGLISH.settings_parallel_wrong));
}
