use crate::request::calls::IMPORT_SNAPSHOT;
use crate::request::shape::Request;
use serde_json::{Value, json};

fn request(parameters: Value) -> Request {
    Request::from_json(&IMPORT_SNAPSHOT, &parameters.to_string()).unwrap()
}

#[test]
fn set_makes_the_structures_and_lists_on_the_way() {
    let mut made = Request::new(&IMPORT_SNAPSHOT);
    made.set("TagSpecifications[0].Tags[1].Key", json!("Name")).unwrap();
    made.set("DiskContainer.UserBucket.S3Bucket", json!("disks")).unwrap();
    let expected = json!({
        "TagSpecifications": [{ "Tags": [{}, { "Key": "Name" }] }],
        "DiskContainer": { "UserBucket": { "S3Bucket": "disks" } },
    });
    assert_eq!(Value::Object(made.parameters), expected);
}

#[test]
fn set_replaces_what_is_of_another_type() {
    let mut made = request(json!({ "DiskContainer": "text" }));
    made.set("DiskContainer.Format", json!("RAW")).unwrap();
    assert_eq!(made.text("DiskContainer.Format"), Some("RAW"));
}

#[test]
fn get_answers_none_for_what_is_not_there() {
    let made = request(json!({ "TagSpecifications": [{}], "Description": "d" }));
    for path in [
        "Nothing",
        "TagSpecifications[1]",
        "TagSpecifications.Tags",
        "Description.x",
        "Description[0]",
        "",
        "[",
    ] {
        assert_eq!(made.get(path), None, "{path}");
    }
}

#[test]
fn remove_takes_the_empty_structures_around_with_it() {
    let mut made =
        request(json!({ "DiskContainer": { "UserBucket": { "S3Bucket": "disks" } }, "Encrypted": true }));
    made.remove("DiskContainer.UserBucket.S3Bucket").unwrap();
    assert_eq!(Value::Object(made.parameters), json!({ "Encrypted": true }));
}

#[test]
fn remove_keeps_a_row_whose_last_field_was_emptied() {
    let mut made = request(json!({ "TagSpecifications": [{ "Tags": [{ "Key": "a" }, { "Key": "b" }] }] }));
    made.remove("TagSpecifications[0].Tags[0].Key").unwrap();
    assert_eq!(made.get("TagSpecifications[0].Tags"), Some(&json!([{}, { "Key": "b" }])));
    made.remove("TagSpecifications[0].Tags[0]").unwrap();
    assert_eq!(made.get("TagSpecifications[0].Tags"), Some(&json!([{ "Key": "b" }])));
}

#[test]
fn setting_null_removes() {
    let mut made = request(json!({ "Description": "d" }));
    made.set("Description", Value::Null).unwrap();
    assert!(made.parameters.is_empty());
}

#[test]
fn a_bad_path_changes_nothing() {
    let mut made = request(json!({ "Description": "d" }));
    let before = made.parameters.clone();
    assert!(made.set("A[1000000]", json!(1)).is_err());
    assert!(made.remove("..").is_err());
    assert_eq!(made.parameters, before);
}

#[test]
fn text_that_is_no_json_is_refused_with_its_place() {
    let problem = Request::from_json(&IMPORT_SNAPSHOT, "{\n  \"a\": }").unwrap_err();
    assert_eq!(problem.code, "not-json");
    assert!(problem.message.contains("line 2, column 8"), "{}", problem.message);
    assert_eq!(problem.message.matches("line").count(), 1, "{}", problem.message);
}

#[test]
fn json_that_is_no_object_is_refused() {
    assert_eq!(Request::from_json(&IMPORT_SNAPSHOT, "[]").unwrap_err().code, "json-not-an-object");
}

#[test]
fn json_nested_without_end_is_refused_not_followed() {
    let text = format!("{{\"a\":{}", "[".repeat(500_000));
    assert_eq!(Request::from_json(&IMPORT_SNAPSHOT, &text).unwrap_err().code, "not-json");
    let long = " ".repeat(super::MAXIMUM_TEXT + 1);
    assert_eq!(Request::from_json(&IMPORT_SNAPSHOT, &long).unwrap_err().code, "json-too-long");
}

#[test]
fn a_byte_order_mark_is_skipped() {
    assert!(Request::from_json(&IMPORT_SNAPSHOT, "\u{feff}{}").is_ok());
}

#[test]
fn numbers_and_booleans_typed_as_text_become_what_they_are() {
    let typed = request(
        json!({ "Encrypted": "true", "ClientData": { "UploadSize": "12.5" }, "Description": "true" }),
    );
    let expected = json!({ "Encrypted": true, "ClientData": { "UploadSize": 12.5 }, "Description": "true" });
    assert_eq!(Value::Object(typed.normalised().parameters), expected);
}

#[test]
fn secrets_are_dropped_wherever_they_were_pasted() {
    let signed = "https://disks.s3.eu-west-1.amazonaws.com/a.raw?X-Amz-Signature=abcdef";
    let secret = request(json!({
        "DiskContainer": { "Url": signed, "UserBucket": { "S3Key": signed } },
        "Description": signed,
        "Unknown": [{ "deep": signed }],
        "TagSpecifications": [{ "Tags": [{ "Key": "k", "Value": signed }] }],
    }));
    assert!(secret.has_secrets());
    let public = secret.without_secrets();
    assert!(!Value::Object(public.parameters.clone()).to_string().contains("abcdef"));
    assert!(!public.has_secrets());
}

#[test]
fn an_address_without_a_signature_is_no_secret() {
    assert!(!request(json!({ "DiskContainer": { "Url": "s3://disks/a.raw" } })).has_secrets());
}
