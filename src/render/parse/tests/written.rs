//! Commands, scripts, lists and calls as people write them, and our own curl.

use super::*;

#[test]
fn of_a_python_call_only_what_is_no_literal_is_left_out() {
    let text = "ec2.import_snapshot(\n  DiskContainer=dict(Format=\"RAW\", UserBucket={'S3Bucket': bucket, 'S3Key': 'k' + x,\n   'More': [1, f(2, 3), 4]}),\n  \
                ClientData={'UploadStart': datetime(2015, 1, 2), 'UploadEnd': datetime.datetime(2015, 1, 1, 3, minute=4, tzinfo=datetime.timezone.utc),\n  \
                'Comment': name}, Description='d')";
    let pasted = read(text, call()).unwrap();
    assert_eq!(
        Value::Object(pasted.request.parameters),
        json!({
            "DiskContainer": {"Format": "RAW", "UserBucket": {"More": [1, 4]}},
            "ClientData": {"UploadStart": "2015-01-02T00:00:00", "UploadEnd": "2015-01-01T03:04:00Z"},
            "Description": "d"
        })
    );
    let left: Vec<_> = pasted.not_understood.iter().map(|place| place.text.as_str()).collect();
    assert_eq!(left, ["'S3Bucket': bucket", "'S3Key': 'k' + x", "f(2, 3)", "'Comment': name"]);
}
