use super::{Circumstances, Level, MAXIMUM_PROBLEMS, Problem, may_be_written, validate};
use crate::request::calls::{CALLS, DESCRIBE_SNAPSHOTS, IMPORT_IMAGE, IMPORT_SNAPSHOT};
use crate::request::rules::testing::{codes, problems, problems_in};
use crate::request::shape::{Member, Request, Shape, Text};
use serde_json::{Map, Value, json};

/// A whole request that nothing is wrong with, changed at one path.
fn import_with(path: &str, value: Value) -> Vec<Problem> {
    let mut request = Request::new(&IMPORT_SNAPSHOT);
    request.set("DiskContainer.Format", json!("VMDK")).unwrap();
    request.set("DiskContainer.UserBucket.S3Bucket", json!("my-bucket")).unwrap();
    request.set("DiskContainer.UserBucket.S3Key", json!("vms/web-1.vmdk")).unwrap();
    request.set(path, value).unwrap();
    validate(&request, &Circumstances::default())
}

fn only(problems: &[Problem]) -> (&str, &str, Level) {
    assert_eq!(problems.len(), 1, "{problems:?}");
    (&problems[0].path, &problems[0].code, problems[0].level)
}

#[test]
fn a_request_with_every_member_is_in_order() {
    let request = json!({
        "ClientData": {
            "Comment": "c",
            "UploadStart": "2026-01-02T03:04:05Z",
            "UploadEnd": "2026-01-02T04:05:06.789+00:00",
            "UploadSize": 12.5,
        },
        "ClientToken": "tok-1",
        "Description": "My disk & \"quotes\" é +~*",
        "DiskContainer": {
            "Description": "data disk",
            "Format": "VMDK",
            "UserBucket": { "S3Bucket": "my-bucket", "S3Key": "a b/ü+disk.vmdk" },
        },
        "DryRun": true,
        "Encrypted": true,
        "KmsKeyId": "alias/my-key",
        "RoleName": "vmimport",
        "TagSpecifications": [{
            "ResourceType": "import-snapshot-task",
            "Tags": [{ "Key": "Name", "Value": "web 1" }, { "Key": "Empty", "Value": "" }, { "Key": "NoValue" }],
        }],
    });
    assert_eq!(problems_in("us-east-1", &IMPORT_SNAPSHOT, &request), []);
}

#[test]
fn a_member_that_is_missing_is_named_with_its_path() {
    assert_eq!(codes(&IMPORT_SNAPSHOT, &json!({})), ["missing-member"]);
    let found = problems(
        &IMPORT_SNAPSHOT,
        &json!({ "DiskContainer": { "Format": "RAW", "UserBucket": { "S3Bucket": "disks" } } }),
    );
    assert_eq!(only(&found), ("DiskContainer.UserBucket.S3Key", "missing-member", Level::Error));
}

#[test]
fn an_unknown_member_is_an_error_that_names_the_one_meant() {
    for (wrong, meant) in [
        ("Descripton", "Description"),
        ("description", "Description"),
        ("kms-key-id", "KmsKeyId"),
        ("--kms-key-id", "KmsKeyId"),
        ("TagSpecification", "TagSpecifications"),
        ("DiskContainers", "DiskContainer"),
    ] {
        let found = import_with(wrong, json!("x"));
        assert_eq!(only(&found), (wrong, "unknown-member", Level::Error));
        assert!(found[0].message.ends_with(&format!("did you mean {meant}?")), "{}", found[0].message);
    }
    assert!(import_with("VolumeType", json!("gp3"))[0].message.ends_with("remove it."));
}

#[test]
fn a_value_of_the_wrong_type_says_which_is_wanted() {
    for (path, value) in [
        ("Description", json!(1)),
        ("Encrypted", json!("yes")),
        ("ClientData", json!([])),
        ("ClientData.UploadSize", json!("large")),
        ("ClientData.UploadStart", json!(true)),
        ("TagSpecifications", json!({})),
        ("KmsKeyId", json!({ "a": 1 })),
    ] {
        let found = import_with(path, value);
        assert!(
            found.iter().any(|problem| problem.path == path && problem.code == "wrong-type"),
            "{path}: {found:?}"
        );
    }
}

#[test]
fn null_is_to_be_left_out() {
    let found = problems(&DESCRIBE_SNAPSHOTS, &json!({ "NextToken": null }));
    assert_eq!(only(&found), ("NextToken", "wrong-type", Level::Error));
    assert!(found[0].message.contains("leave it out"));
}

#[test]
fn numbers_and_booleans_typed_as_text_are_taken() {
    assert_eq!(import_with("ClientData.UploadSize", json!("12.5")), []);
    assert_eq!(import_with("DryRun", json!("true")), []);
    assert_eq!(codes(&DESCRIBE_SNAPSHOTS, &json!({ "MaxResults": "5" })), [""; 0]);
    assert_eq!(codes(&DESCRIBE_SNAPSHOTS, &json!({ "MaxResults": "4" })), ["number-out-of-range"]);
    assert_eq!(codes(&DESCRIBE_SNAPSHOTS, &json!({ "MaxResults": 5.5 })), ["wrong-type"]);
}

#[test]
fn a_size_is_neither_negative_nor_without_end() {
    assert_eq!(import_with("ClientData.UploadSize", json!(-1))[0].code, "number-out-of-range");
    assert_eq!(import_with("ClientData.UploadSize", json!("inf"))[0].code, "wrong-type");
    assert_eq!(import_with("ClientData.UploadSize", json!("NaN"))[0].code, "wrong-type");
}

#[test]
fn a_moment_that_cannot_be_read_says_how_to_write_it() {
    let found = import_with("ClientData.UploadStart", json!("2026-01-02"));
    assert_eq!(only(&found), ("ClientData.UploadStart", "malformed-timestamp", Level::Error));
    assert!(found[0].message.contains("2026-01-31T12:00:00Z"));
}

#[test]
fn formats_are_taken_in_any_case_and_doubtful_ones_with_a_warning() {
    let with = |format: &str| {
        let disk = json!({ "Format": format, "UserBucket": { "S3Bucket": "disks", "S3Key": "a.img" } });
        problems(&IMPORT_SNAPSHOT, &json!({ "DiskContainer": disk }))
    };
    for format in ["VMDK", "vmdk", "Vhd", "RAW"] {
        assert_eq!(with(format), [], "{format}");
    }
    assert_eq!(only(&with("VHDX")), ("DiskContainer.Format", "vhdx-doubtful", Level::Warning));
    assert_eq!(only(&with("ova")), ("DiskContainer.Format", "ova-needs-import-image", Level::Error));
    let found = with("VDMK");
    assert_eq!(only(&found), ("DiskContainer.Format", "value-not-allowed", Level::Error));
}

#[test]
fn a_value_in_another_case_is_a_warning_where_case_may_count() {
    let request =
        json!({ "DiskContainers": [{ "Format": "RAW", "Url": "s3://disks/a.raw" }], "Platform": "linux" });
    assert_eq!(only(&problems(&IMPORT_IMAGE, &request)), ("Platform", "value-case", Level::Warning));
}

#[test]
fn an_image_refuses_arm_and_doubts_32_bits() {
    let with = |architecture: &str| {
        let disks = json!([{ "Format": "RAW", "Url": "s3://disks/a.raw" }]);
        problems(&IMPORT_IMAGE, &json!({ "Architecture": architecture, "DiskContainers": disks }))
    };
    assert_eq!(only(&with("arm64")), ("Architecture", "arm64-not-on-import", Level::Error));
    assert_eq!(only(&with("i386")), ("Architecture", "i386-withdrawn", Level::Warning));
    assert_eq!(with("x86_64"), []);
}

#[test]
fn the_region_of_the_call_is_checked_too() {
    let found = problems_in("eu-west-9", &DESCRIBE_SNAPSHOTS, &json!({}));
    assert_eq!(only(&found), ("Region", "region-unknown", Level::Warning));
    assert_eq!(problems_in("Ireland", &DESCRIBE_SNAPSHOTS, &json!({}))[0].level, Level::Error);
}

#[test]
fn problems_stand_in_the_order_of_the_table() {
    let request = json!({ "RoleName": "", "TagSpecifications": 1, "ClientToken": "ü", "KmsKeyId": "", "Encrypted": true });
    let paths: Vec<String> =
        problems(&IMPORT_SNAPSHOT, &request).into_iter().map(|problem| problem.path).collect();
    assert_eq!(paths, ["ClientToken", "DiskContainer", "KmsKeyId", "RoleName", "TagSpecifications"]);
}

#[test]
fn warnings_never_stop_the_writing_and_errors_do() {
    assert!(may_be_written(&problems_in("eu-west-9", &DESCRIBE_SNAPSHOTS, &json!({}))));
    assert!(!may_be_written(&problems(&IMPORT_SNAPSHOT, &json!({}))));
}

#[test]
fn a_million_wrong_items_make_a_bounded_answer_that_keeps_an_error() {
    let lists: Vec<Value> = vec![json!({ "ResourceType": "import-snapshot-task", "Tags": [] }); 1000];
    let found = import_with("TagSpecifications", lists.into());
    assert_eq!(found.len(), MAXIMUM_PROBLEMS);
    let mut members: Map<String, Value> = (0..100_000).map(|n| (format!("x{n}"), Value::Null)).collect();
    members.insert("DiskContainer".into(), json!({}));
    assert!(problems(&IMPORT_SNAPSHOT, &members.into()).len() <= MAXIMUM_PROBLEMS);
}

#[test]
fn warnings_beyond_number_do_not_hide_an_error_behind_them() {
    static TEXT: Text = Text { values: &["RAW"], ..Text::FREE };
    static LIST: Shape = Shape::List(&Shape::Text(&TEXT));
    let mut formats = vec![json!("raw"); 500];
    formats.push(json!("wrong"));
    let mut found = Vec::new();
    super::check_value("Formats", &LIST, &formats.into(), "Formats", &mut found);
    assert!(!may_be_written(&found));
    assert_eq!(found.len(), MAXIMUM_PROBLEMS);
}

#[test]
fn a_value_in_a_message_is_short_and_on_one_line() {
    let found = import_with("Encrypted", json!("a\nb".repeat(1000)));
    assert!(found[0].message.chars().count() < 200 && !found[0].message.contains('\n'));
}

/// A generator that gives the same numbers on every run (Marsaglia's xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

const TEXTS: [&str; 26] = [
    "",
    " ",
    "true",
    "-1",
    "1e400",
    "NaN",
    "é",
    "🖴🖴",
    "\u{0}\n\u{202e}",
    "snap-0123abcd",
    "us-east-1",
    "us-east-1é",
    "1a",
    "-a-1a",
    "arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab",
    "arn:::::",
    "alias/",
    "s3://",
    "s3://a/b",
    "https://a.s3.us-east-1.amazonaws.com/%?X-Amz-Credential=%2F%2F&X-Amz-Date=99999999T999999Z&X-Amz-Expires=-9",
    "https://s3.amazonaws.com",
    "https://.s3-.amazonaws.com/é",
    "https://é@%C3:443/?#?",
    "2026-02-30T00:00:00Z",
    "99999999T999999Z",
    "https://ec2.us-west-2.amazonaws.com/?X-Amz-Signature=1&SourceRegion",
];

/// Any JSON at all; `depth` bounds it.
fn anything(numbers: &mut Numbers, depth: usize) -> Value {
    match numbers.below(if depth == 0 { 4 } else { 6 }) {
        0 => Value::Null,
        1 => json!(numbers.below(2) == 0),
        2 => numbers
            .pick(&[json!(0), json!(-1), json!(u64::MAX), json!(i64::MIN), json!(1e308), json!(0.5)])
            .clone(),
        3 => json!(numbers.pick(&TEXTS)),
        4 => (0..numbers.below(4)).map(|_| anything(numbers, depth - 1)).collect(),
        _ => {
            let members = ["Key", "Format", "S3Key", "Tags", "x"];
            (0..numbers.below(4))
                .map(|_| ((*numbers.pick(&members)).to_owned(), anything(numbers, depth - 1)))
                .collect()
        }
    }
}

/// JSON of the shape the table asks for, now and then with something else in a place.
fn nearly(numbers: &mut Numbers, shape: &'static Shape) -> Value {
    if numbers.below(8) == 0 {
        return anything(numbers, 3);
    }
    match shape {
        Shape::Text(text) if !text.values.is_empty() && numbers.below(2) == 0 => {
            json!(numbers.pick(text.values))
        }
        Shape::Text(_) | Shape::Timestamp => json!(numbers.pick(&TEXTS)),
        Shape::Boolean => json!(numbers.below(2) == 0),
        Shape::Integer { .. } | Shape::Double => json!(numbers.below(5000)),
        Shape::Structure(members) => Value::Object(nearly_members(numbers, members)),
        Shape::List(item) => (0..numbers.below(4)).map(|_| nearly(numbers, item)).collect(),
    }
}

fn nearly_members(numbers: &mut Numbers, members: &'static [Member]) -> Map<String, Value> {
    let mut values = Map::new();
    for member in members {
        if numbers.below(3) > 0 {
            values.insert(member.name.into(), nearly(numbers, &member.shape));
        }
    }
    values
}

#[test]
fn no_json_makes_the_validation_panic_and_every_path_it_names_can_be_followed() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for round in 0..4_000 {
        let call = CALLS[round % CALLS.len()];
        let request = Request { call, parameters: nearly_members(&mut numbers, call.members) };
        let circumstances = Circumstances {
            region: (numbers.below(2) == 0).then(|| (*numbers.pick(&TEXTS)).to_owned()),
            disk_size: (numbers.below(2) == 0).then_some(u64::MAX),
            now: (numbers.below(2) == 0).then_some(i64::MAX),
        };
        for problem in validate(&request, &circumstances) {
            let known = problem.path == "Region" || request.call.member(&problem.path).is_some();
            let given = request.get(&problem.path).is_some();
            // Names that were made up may hold anything; those of the table are paths.
            assert!(known || given, "{} names {:?}", problem.code, problem.path);
            assert!(problem.message.ends_with(['.', '?', ':']), "{}: {}", problem.code, problem.message);
        }
        let public = request.without_secrets();
        assert!(!public.has_secrets(), "{:?}", request.parameters);
        assert_eq!(request.normalised().normalised().parameters, request.normalised().parameters);
    }
}
