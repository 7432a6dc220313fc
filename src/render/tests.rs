//! A small table of the tests' own, and what all renderers share.

use super::*;
use crate::request::shape::{Call, Member, Shape, Text};
use serde_json::{Value, json};

const TEXT: Shape = Shape::Text(&Text::FREE);

const fn member(name: &'static str, query: &'static str, shape: Shape) -> Member {
    Member::new(name, query, shape, "A member.")
}

const TAG: &[Member] = &[member("Key", "Key", TEXT), member("Value", "Value", TEXT)];
const TAG_SPECIFICATION: &[Member] = &[
    member("ResourceType", "ResourceType", TEXT),
    member("Tags", "Tag", Shape::List(&Shape::Structure(TAG))),
];
const USER_BUCKET: &[Member] = &[member("S3Bucket", "S3Bucket", TEXT), member("S3Key", "S3Key", TEXT)];
const DISK_CONTAINER: &[Member] = &[
    member("Description", "Description", TEXT),
    member("Format", "Format", TEXT),
    member("Url", "Url", TEXT),
    member("UserBucket", "UserBucket", Shape::Structure(USER_BUCKET)),
];
const CLIENT_DATA: &[Member] = &[
    member("Comment", "Comment", TEXT),
    member("UploadEnd", "UploadEnd", Shape::Timestamp),
    member("UploadSize", "UploadSize", Shape::Double),
    member("UploadStart", "UploadStart", Shape::Timestamp),
];

/// A call with a member of every shape, named so that the real client knows it too.
pub(super) const IMPORT_SNAPSHOT: &Call = &Call {
    name: "ImportSnapshot",
    cli: "import-snapshot",
    python: "import_snapshot",
    help: "Imports a disk.",
    page: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportSnapshot.html",
    members: &[
        member("ClientData", "ClientData", Shape::Structure(CLIENT_DATA)),
        member("Description", "Description", TEXT),
        member("DiskContainer", "DiskContainer", Shape::Structure(DISK_CONTAINER)),
        member("DryRun", "DryRun", Shape::Boolean),
        member("Encrypted", "Encrypted", Shape::Boolean),
        member("KmsKeyId", "KmsKeyId", TEXT),
        member("MaxResults", "MaxResults", Shape::Integer { minimum: 1, maximum: 1000 }),
        member("ImportTaskIds", "ImportTaskId", Shape::List(&TEXT)),
        member("TagSpecifications", "TagSpecification", Shape::List(&Shape::Structure(TAG_SPECIFICATION))),
    ],
    rules: &[],
};

pub(super) fn request(parameters: Value) -> Request {
    let Value::Object(parameters) = parameters else { panic!("not an object") };
    Request { call: IMPORT_SNAPSHOT, parameters }
}

pub(super) fn everything() -> Request {
    request(json!({
        "TagSpecifications": [{
            "ResourceType": "import-snapshot-task",
            "Tags": [{"Key": "Name", "Value": "web 1"}, {"Key": "Empty", "Value": ""}, {"Key": "NoValue"}]
        }],
        "ClientData": {
            "UploadSize": 12,
            "UploadStart": "2026-01-02T03:04:05Z",
            "UploadEnd": "2026-01-02T04:05:06.789+02:00",
            "Comment": "c"
        },
        "Description": "My disk & \"quotes\" é +~*",
        "DiskContainer": {"Format": "VMDK", "UserBucket": {"S3Bucket": "my-bucket", "S3Key": "a b/ü+disk.vmdk"}},
        "DryRun": true,
        "Encrypted": false,
        "MaxResults": 7,
        "ImportTaskIds": ["import-snap-0a", "import-snap-0b"]
    }))
}

pub(super) fn text(request: &Request, way: As, options: &Options) -> String {
    render(request, way, options, Vec::new()).unwrap().text
}

#[test]
fn the_query_body_has_the_order_names_and_encoding_of_the_real_clients() {
    assert_eq!(
        text(&everything(), As::Query, &Options::default()),
        "Action=ImportSnapshot&Version=2016-11-15&ClientData.Comment=c\
         &ClientData.UploadEnd=2026-01-02T02%3A05%3A06.789000Z&ClientData.UploadSize=12.0\
         &ClientData.UploadStart=2026-01-02T03%3A04%3A05Z\
         &Description=My+disk+%26+%22quotes%22+%C3%A9+%2B~%2A&DiskContainer.Format=VMDK\
         &DiskContainer.UserBucket.S3Bucket=my-bucket&DiskContainer.UserBucket.S3Key=a+b%2F%C3%BC%2Bdisk.vmdk\
         &DryRun=true&Encrypted=false&MaxResults=7&ImportTaskId.1=import-snap-0a&ImportTaskId.2=import-snap-0b\
         &TagSpecification.1.ResourceType=import-snapshot-task\
         &TagSpecification.1.Tag.1.Key=Name&TagSpecification.1.Tag.1.Value=web+1\
         &TagSpecification.1.Tag.2.Key=Empty&TagSpecification.1.Tag.2.Value=\
         &TagSpecification.1.Tag.3.Key=NoValue"
    );
}

#[test]
fn an_error_stops_the_writing_and_a_warning_comes_with_it() {
    let problem =
        |level| Problem { path: "Description".into(), level, code: "code".into(), message: "Why.".into() };
    let stopped = render(
        &everything(),
        As::Query,
        &Options::default(),
        vec![problem(Level::Warning), problem(Level::Error)],
    );
    assert_eq!(stopped.unwrap_err().len(), 2);
    let warned =
        render(&everything(), As::Query, &Options::default(), vec![problem(Level::Warning)]).unwrap();
    assert_eq!(warned.warnings, [problem(Level::Warning)]);
}

#[test]
fn what_the_table_does_not_know_is_a_problem_with_its_path() {
    let request = request(json!({
        "Descripton": "x",
        "Encrypted": "maybe",
        "TagSpecifications": [{"Tags": [{"Key": "a"}, {"Key": 5}]}]
    }));
    let problems = render(&request, As::Query, &Options::default(), Vec::new()).unwrap_err();
    let found: Vec<_> =
        problems.iter().map(|problem| (problem.path.as_str(), problem.code.as_str())).collect();
    assert_eq!(
        found,
        [
            ("Descripton", "unknown-member"),
            ("Encrypted", "wrong-type"),
            ("TagSpecifications[0].Tags[1].Key", "wrong-type")
        ]
    );
}

#[test]
fn empty_structures_and_nulls_are_left_out() {
    let request =
        request(json!({"ClientData": {}, "Description": null, "ImportTaskIds": [], "KmsKeyId": ""}));
    assert_eq!(
        text(&request, As::Query, &Options::default()),
        "Action=ImportSnapshot&Version=2016-11-15&KmsKeyId="
    );
}

#[test]
fn terraform_gets_literals_whose_templates_are_escaped_and_what_it_lacks_is_said() {
    let request = request(json!({
        "Description": "a \"${b}\" %{c} $d",
        "DiskContainer": {"Format": "VMDK", "UserBucket": {"S3Bucket": "b", "S3Key": "k"}},
        "DryRun": true,
        "TagSpecifications": [{"ResourceType": "import-snapshot-task", "Tags": [{"Key": "Name", "Value": "x"}]}]
    }));
    let output = render(&request, As::Terraform, &Options::default(), Vec::new()).unwrap();
    let (_, resource) = output.text.split_once("\nresource ").unwrap();
    assert_eq!(
        resource,
        r#""aws_ebs_snapshot_import" "this" {
  description = "a \"$${b}\" %%{c} $d"

  disk_container {
    format = "VMDK"

    user_bucket {
      s3_bucket = "b"
      s3_key    = "k"
    }
  }

  tags = {
    "Name" = "x"
  }
}
"#
    );
    assert_eq!(output.notes.len(), 2, "{:?}", output.notes);
}

#[test]
fn terraform_is_given_what_its_provider_demands_and_told_what_it_would_refuse() {
    let output = |parameters: Value| {
        render(&request(parameters), As::Terraform, &Options::default(), Vec::new()).unwrap()
    };
    let container = |format: Value| json!({"DiskContainer": {"Format": format, "Url": "s3://b/k"}});
    let small = output(container(json!("vmdk")));
    assert!(small.text.contains("format = \"VMDK\""), "{}", small.text);
    assert!(small.notes.is_empty(), "{:?}", small.notes);
    for doubtful in [container(json!(null)), container(json!("VHDX"))] {
        let notes = output(doubtful).notes;
        assert!(matches!(&notes[..], [note] if note.contains("Terraform refuses")), "{notes:?}");
    }
    let mut data = container(json!("RAW"));
    data["ClientData"] = json!({"Comment": "c"});
    let notes = output(data.clone()).notes;
    assert!(matches!(&notes[..], [note] if note.contains("0001-01-01")), "{notes:?}");
    data["ClientData"]["UploadStart"] = json!("2026-01-02T03:04:05Z");
    assert!(output(data).notes.is_empty());
}

#[test]
fn terraform_aligns_no_name_with_one_whose_width_is_in_doubt() {
    let tags = [("Name", "a"), ("e\u{301}", "b"), ("диск", "c"), ("x", "d")];
    let tags: Vec<Value> = tags.iter().map(|(key, value)| json!({"Key": key, "Value": value})).collect();
    let request =
        request(json!({"TagSpecifications": [{"ResourceType": "import-snapshot-task", "Tags": tags}]}));
    let written = text(&request, As::Terraform, &Options::default());
    let (_, tags) = written.split_once("tags = {\n").unwrap();
    let expected = "    \"Name\" = \"a\"\n\n    \"e\u{301}\" = \"b\"\n\n    \"диск\" = \"c\"\n    \"x\"    = \"d\"\n  }\n}\n";
    assert_eq!(tags, expected);
}

#[test]
fn curl_needs_a_region_that_can_be_part_of_a_host_and_holds_no_credentials() {
    let written = |region: Option<&str>| {
        let options = Options { region: region.map(str::to_owned), ..Options::default() };
        render(&request(json!({"KmsKeyId": "k"})), As::Curl, &options, Vec::new())
    };
    for region in [None, Some(""), Some("evil.example/"), Some("$(x)")] {
        assert_eq!(written(region).unwrap_err()[0].code, "region-needed");
    }
    let text = written(Some("cn-north-1")).unwrap().text;
    assert!(text.ends_with("https://ec2.cn-north-1.amazonaws.com.cn/\n"), "{text}");
    assert!(text.contains("--user \"${AWS_ACCESS_KEY_ID}:${AWS_SECRET_ACCESS_KEY}\""), "{text}");
}

#[test]
fn the_skeletons_need_no_request_and_hold_every_member() {
    let text = text(&request(json!({"Nonsense": 1})), As::Skeleton, &Options::default());
    let skeleton: Value = serde_json::from_str(&text).unwrap();
    let names: Vec<_> = skeleton.as_object().unwrap().keys().map(String::as_str).collect();
    let members: Vec<_> = IMPORT_SNAPSHOT.members.iter().map(|member| member.name).collect();
    assert_eq!(names, members);
}

#[test]
fn an_input_file_and_a_skeleton_come_with_the_command_that_reads_or_prints_them() {
    let options = |version| {
        let style = cli::Style { version, layout: shell::Layout::OneLine, ..cli::Style::default() };
        Options { region: Some("eu-west-1".into()), style, ..Options::default() }
    };
    let command = |way, version| render(&everything(), way, &options(version), Vec::new()).unwrap().command;
    for (way, option) in [
        (As::CliJson, "--cli-input-json file://import-snapshot.json"),
        (As::CliYaml, "--cli-input-yaml file://import-snapshot.yaml"),
        (As::Skeleton, "--generate-cli-skeleton input"),
        (As::SkeletonYaml, "--generate-cli-skeleton yaml-input"),
        (As::SkeletonOutput, "--generate-cli-skeleton output"),
    ] {
        let expected = format!("aws ec2 import-snapshot --region eu-west-1 {option}");
        assert_eq!(command(way, cli::Version::Two).unwrap(), expected);
    }
    assert!(command(As::CliJson, cli::Version::One).is_some());
    let output = render(&everything(), As::CliYaml, &options(cli::Version::One), Vec::new()).unwrap();
    assert!(output.command.is_none() && output.notes[0].contains("use version 2"), "{:?}", output.notes);
}

#[test]
fn an_input_file_is_written_even_where_its_command_cannot_be() {
    let style = cli::Style { shell: shell::Shell::Cmd, ..cli::Style::default() };
    let options = Options { profile: Some("100%".into()), style, ..Options::default() };
    let output = render(&everything(), As::CliJson, &options, Vec::new()).unwrap();
    assert!(output.command.is_none());
    assert_eq!(output.notes.len(), 1);
}

#[test]
fn files_are_named_for_their_call_and_their_kind() {
    let name = |way| render(&everything(), way, &Options::default(), Vec::new()).unwrap().file_name;
    assert_eq!(name(As::Cli), "import-snapshot.sh");
    assert_eq!(name(As::Boto3), "import_snapshot.py");
    assert_eq!(name(As::SkeletonYaml), "import-snapshot.skeleton.yaml");
    assert_eq!(name(As::SkeletonOutput), "import-snapshot.output.json");
}
