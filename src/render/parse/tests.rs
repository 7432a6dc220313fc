mod written;

use super::{Form, LONGEST, NotRead, Pasted, words};
use crate::render::cli::{Style, Version};
use crate::render::shell::tests::Random;
use crate::render::shell::{Layout, Shell};
use crate::render::{As, Options, document, render};
use crate::request::calls;
use crate::request::shape::{Call, Request};
use serde_json::Value;
use serde_json::json;

fn call() -> &'static Call {
    calls::find("import-snapshot").unwrap()
}

fn read(text: &str, call: &'static Call) -> Result<Pasted, NotRead> {
    super::read(text, Some(call), Shell::Posix)
}

fn parameters(text: &str) -> Value {
    let pasted = read(text, call()).unwrap();
    assert_eq!(pasted.not_understood, [], "{text}");
    Value::Object(pasted.request.parameters)
}

fn reasons(text: &str) -> Vec<(usize, usize, String)> {
    let not_understood = read(text, call()).unwrap().not_understood;
    not_understood.into_iter().map(|place| (place.line, place.column, place.text)).collect()
}

/// A request of hostile text in every place that takes text.
fn hostile_request(random: &mut Random) -> Request {
    let mut text = || random.hostile_text();
    let parameters = json!({
        "ClientData": {"Comment": text(), "UploadSize": 12.5, "UploadStart": "2026-01-02T03:04:05Z"},
        "Description": text(),
        "DiskContainer": {"Format": text(), "UserBucket": {"S3Bucket": text(), "S3Key": text()}},
        "DryRun": true,
        "Encrypted": false,
        "KmsKeyId": text(),
        "TagSpecifications": [
            {"ResourceType": text(), "Tags": [{"Key": text(), "Value": text()}, {"Key": text()}]},
            {"ResourceType": text()}
        ]
    });
    let Value::Object(parameters) = parameters else { panic!("an object") };
    Request { call: call(), parameters }
}

#[test]
fn every_way_that_can_be_read_gives_back_the_request_whatever_its_text_holds() {
    let mut random = Random(0x00C0_FFEE);
    for round in 0..300 {
        let request = hostile_request(&mut random);
        let expected = Value::Object(document::to_json(&document::read(&request).unwrap()));
        for way in [As::Query, As::CliJson, As::CliYaml, As::Boto3, As::Cli] {
            for (shell, version) in
                Shell::ALL.into_iter().flat_map(|shell| [(shell, Version::One), (shell, Version::Two)])
            {
                let layout = if round % 2 == 0 { Layout::OneLine } else { Layout::Wrapped };
                let style = Style { version, shell, layout, globals: Vec::new() };
                let options = Options { region: Some("eu-west-1".into()), style, ..Options::default() };
                let output = render(&request, way, &options, Vec::new()).unwrap();
                let text = output.beside.first().map_or(&output.text, |file| &file.text);
                let pasted = super::read(text, Some(call()), shell).unwrap();
                assert_eq!(Value::Object(pasted.request.parameters), expected, "{way:?} {shell:?}\n{text}");
                assert_eq!(pasted.not_understood, [], "{way:?} {shell:?}\n{text}");
                if matches!(way, As::Query | As::CliJson | As::CliYaml | As::Boto3) {
                    break;
                }
            }
        }
    }
}

#[test]
fn a_curl_command_gives_back_its_body() {
    let request = hostile_request(&mut Random(7));
    let expected = Value::Object(document::to_json(&document::read(&request).unwrap()));
    let options = Options { region: Some("eu-west-1".into()), ..Options::default() };
    let output = render(&request, As::Curl, &options, Vec::new()).unwrap();
    let pasted = read(&output.text, call()).unwrap();
    assert_eq!(Value::Object(pasted.request.parameters), expected);
    assert_eq!(pasted.globals, [("--region".to_owned(), Some("eu-west-1".to_owned()))]);
}

#[test]
fn a_command_as_people_write_it_is_read_with_its_global_options() {
    let text = "$ aws --profile work ec2 import-snapshot --region=eu-west-1 --description \"My \\\"disk\\\"\" \\\n  \
                --disk-container Format=VMDK,UserBucket='{S3Bucket=b,S3Key=k}' --no-encrypted --dry-run  # try it\n";
    let pasted = read(text, call()).unwrap();
    assert_eq!(pasted.form, Form::Command(Shell::Posix));
    assert_eq!(pasted.not_understood, []);
    assert_eq!(
        pasted.globals,
        [
            ("--profile".to_owned(), Some("work".to_owned())),
            ("--region".to_owned(), Some("eu-west-1".to_owned()))
        ]
    );
    assert_eq!(
        Value::Object(pasted.request.parameters),
        json!({
            "Description": "My \"disk\"",
            "DiskContainer": {"Format": "VMDK", "UserBucket": {"S3Bucket": "b", "S3Key": "k"}},
            "Encrypted": false,
            "DryRun": true
        })
    );
}

#[test]
fn quotes_escaped_for_windows_powershell_are_read_as_quotes() {
    let text = "aws ec2 import-snapshot `\n  --disk-container '{\\\"Format\\\":\\\"VMDK\\\"}'";
    assert_eq!(parameters(text), json!({"DiskContainer": {"Format": "VMDK"}}));
}

#[test]
fn the_shell_of_a_command_on_one_line_is_told_by_its_quotes() {
    let form = |text: &str| read(text, call()).unwrap().form;
    let start = "aws ec2 import-snapshot --description";
    assert_eq!(form(&format!("{start} 'it'\\''s a'")), Form::Command(Shell::Posix));
    assert_eq!(form(&format!("{start} 'it''s a'")), Form::Command(Shell::PowerShell));
}

#[test]
fn options_override_the_input_beside_them() {
    let text =
        r#"aws ec2 import-snapshot --cli-input-json '{"Description":"a","RoleName":"r"}' --description b"#;
    assert_eq!(parameters(text), json!({"Description": "b", "RoleName": "r"}));
    let two = r#"aws ec2 import-snapshot --cli-input-json '{"RoleName":"r"}' --cli-input-yaml 'RoleName: s'"#;
    let pasted = read(two, call()).unwrap();
    assert_eq!(Value::Object(pasted.request.parameters), json!({"RoleName": "r"}));
    assert_eq!(pasted.not_understood.len(), 1);
}

#[test]
fn shorthand_lists_and_quotes_are_read_as_the_cli_reads_them() {
    let text = "aws ec2 import-snapshot --tag-specifications \
                'ResourceType=import-snapshot-task,Tags=[{Key=a b,Value=\"x,\\\"y\"}, {Key=c\\,d,Value=}]' ResourceType=x";
    assert_eq!(
        parameters(text),
        json!({"TagSpecifications": [
            {"ResourceType": "import-snapshot-task",
             "Tags": [{"Key": "a b", "Value": "x,\"y"}, {"Key": "c,d", "Value": ""}]},
            {"ResourceType": "x"}
        ]})
    );
}

#[test]
fn what_is_not_understood_is_listed_with_its_place() {
    assert_eq!(
        reasons("aws ec2 import-snapshot --descripton x \\\n --description \"$HOME/x\" ; rm -rf /"),
        [(2, 17, "$".into()), (2, 26, "; rm -rf /".into()), (1, 25, "--descripton".into())]
    );
    assert_eq!(
        reasons("aws ec2 import-snapshot --cli-input-json file://in.json"),
        [(1, 42, "file://in.json".into())]
    );
    assert_eq!(
        reasons("ec2.import_snapshot(\n    Description=name,\n    DryRun=True,\n    **more)"),
        [(2, 5, "Description=name".into()), (4, 5, "**more".into())]
    );
    assert_eq!(reasons("Action=ImportSnapshot&\nNonsense=1"), [(2, 1, "Nonsense=1".into())]);
}

#[test]
fn python_as_people_write_it_is_read() {
    let text = "client = boto3.client('ec2', region_name='eu-west-1')\n\
                response = client.import_snapshot(\n  Description='a' \"b\", # why\n  ClientData={'UploadSize': 1_000, 'UploadStart': '2026-01-02T03:04:05Z',},\n  \
                TagSpecifications=[dict_free := None] if False else [],\n  RoleName=r'a\\b', DryRun=(True))\n";
    let pasted = read(text, call()).unwrap();
    assert_eq!(pasted.globals, [("--region".to_owned(), Some("eu-west-1".to_owned()))]);
    assert_eq!(
        Value::Object(pasted.request.parameters),
        json!({
            "Description": "ab",
            "ClientData": {"UploadSize": 1000.0, "UploadStart": "2026-01-02T03:04:05Z"},
            "RoleName": "a\\b",
            "DryRun": true
        })
    );
    assert_eq!(pasted.not_understood.len(), 1);
}

#[test]
fn yaml_as_people_write_it_is_read_but_aliases_are_not_followed() {
    let text = "# mine\nDescription: >-\n  two\n  lines\nDryRun: yes\nEncrypted: true\nKmsKeyId: 0123\nRoleName: &a r\nClientToken: *a\n\
                DiskContainer: {Format: 'VMDK', UserBucket: {S3Bucket: b, S3Key: k}}\n";
    let pasted = read(text, call()).unwrap();
    assert_eq!(pasted.form, Form::Yaml);
    assert_eq!(
        Value::Object(pasted.request.parameters),
        json!({
            "Description": "two lines", "DryRun": "yes", "Encrypted": true, "KmsKeyId": "0123", "RoleName": "r",
            "DiskContainer": {"Format": "VMDK", "UserBucket": {"S3Bucket": "b", "S3Key": "k"}}
        })
    );
    assert_eq!(pasted.not_understood.iter().map(|place| place.line).collect::<Vec<_>>(), [9]);
}

#[test]
fn hostile_text_is_read_or_refused_and_never_breaks() {
    let deep = |open: &str| open.repeat(LONGEST / open.len() / 4);
    let texts = [
        deep("["),
        deep("{\"a\":"),
        format!("A: {}", deep("[")),
        format!("A: {}", deep("{a: ")),
        deep("- "),
        format!("aws ec2 import-snapshot --tag-specifications '{}'", deep("[")),
        format!("aws ec2 import-snapshot --disk-container 'A={}'", deep("{a=")),
        format!("aws ec2 import-snapshot --disk-container 'A={}'", deep("[")),
        format!("aws ec2 import-snapshot {}", deep("\" ")),
        format!("Action=ImportSnapshot&{}=1", deep("a.")),
        format!("Action=ImportSnapshot&{}", deep("a&")),
        format!("ec2.import_snapshot(Description={}", deep("[")),
        format!("ec2.import_snapshot({}", deep("'")),
        format!("x.import_snapshot({}", deep("(")),
        "Action=ImportSnapshot&Description=%F".into(),
        "aws".into(),
        "curl".into(),
        "aws ec2 import-snapshot --description".into(),
        "aws ec2 run-instances".into(),
        "\u{feff}{\"Description\": \"x\"".into(),
        "just a sentence.".into(),
        " ".into(),
        "x".repeat(LONGEST + 1),
    ];
    for text in texts {
        let _ = read(&text, call());
    }
    let mut random = Random(0xBAD);
    for _ in 0..3000 {
        let text: String = (0..6).map(|_| random.hostile_text()).collect();
        for start in [
            "aws ec2 import-snapshot --disk-container ",
            "Action=ImportSnapshot&",
            "c.import_snapshot(Description=",
            "A: ",
            "{",
            "",
        ] {
            let _ = read(&format!("{start}{text}"), call());
        }
    }
}

/// How Windows PowerShell 5 makes a command line of its arguments.
fn windows_powershell_line(arguments: &[words::Word]) -> String {
    let quoted = arguments.iter().map(|argument| {
        let needs_quotes = argument.text.chars().any(char::is_whitespace);
        if needs_quotes { format!("\"{}\"", argument.text) } else { argument.text.clone() }
    });
    quoted.collect::<Vec<_>>().join(" ")
}

#[test]
fn powershell_and_cmd_hand_on_exactly_the_arguments_they_can_say() {
    let mut random = Random(0xF00D);
    let mut said = [0, 0];
    for _ in 0..4000 {
        let vector: Vec<String> =
            std::iter::once("aws".to_owned()).chain((0..3).map(|_| random.hostile_text())).collect();
        for (count, shell) in said.iter_mut().zip([Shell::PowerShell, Shell::Cmd]) {
            let Ok(text) = crate::render::command::quote(&vector, shell) else { continue };
            *count += 1;
            let words::Split { words, faults, .. } = words::split(&text, shell);
            assert_eq!(faults.len(), 0, "{text}: {faults:?}");
            let read: Vec<_> = words.iter().map(|word| word.text.clone()).collect();
            assert_eq!(read, vector, "{text}");
            if shell == Shell::PowerShell {
                let line: Vec<_> =
                    windows_powershell_line(&words).chars().map(|character| (character, 0)).collect();
                let handed_on: Vec<_> =
                    words::c_runtime_words(&line).into_iter().map(|word| word.text).collect();
                assert_eq!(handed_on, vector, "{text}");
            }
        }
    }
    assert!(said.iter().all(|count| *count > 300), "{said:?}");
}

/// What a text of any form is taken for: its form, its call and its parameters.
fn recognised(text: &str) -> (Form, &'static str, Value) {
    let pasted = super::any(text).unwrap();
    assert_eq!(pasted.not_understood, [], "{text}");
    (pasted.form, pasted.request.call.name, Value::Object(pasted.request.parameters))
}

#[test]
fn the_form_and_the_call_are_recognised_without_a_hint() {
    let copy = json!({"SourceRegion": "us-west-2", "SourceSnapshotId": "snap-066877671789bd71b"});
    let bash = "aws ec2 copy-snapshot \\\n  --source-region us-west-2 \\\n  --source-snapshot-id snap-066877671789bd71b";
    for (text, form) in [
        (bash.to_owned(), Form::Command(Shell::Posix)),
        (bash.replace('\\', "`"), Form::Command(Shell::PowerShell)),
        (bash.replace('\\', "^"), Form::Command(Shell::Cmd)),
        (copy.to_string(), Form::Json),
        ("SourceRegion: us-west-2\nSourceSnapshotId: snap-066877671789bd71b\n".into(), Form::Yaml),
        (
            "Action=CopySnapshot&SourceRegion=us-west-2&SourceSnapshotId=snap-066877671789bd71b".into(),
            Form::Query,
        ),
        (
            "ec2.copy_snapshot(SourceRegion='us-west-2', SourceSnapshotId='snap-066877671789bd71b')".into(),
            Form::Python,
        ),
    ] {
        assert_eq!(recognised(&text), (form, "CopySnapshot", copy.clone()));
    }
}

#[test]
fn a_call_is_told_from_the_members_and_the_one_shown_decides_between_equals() {
    let call = |text: &str, shown: Option<&'static Call>| {
        let pasted = super::read(text, shown, Shell::Posix).unwrap();
        assert!(pasted.is_call_guessed);
        pasted.request.call.name
    };
    let image = calls::find("import-image");
    assert_eq!(call(r#"{"DiskContainers": [], "Description": "d"}"#, None), "ImportImage");
    assert_eq!(call("BlockDeviceMappings: []\nDescription: d", image), "RegisterImage");
    assert_eq!(call(r#"{"Description": "d", "Encrypted": true}"#, image), "ImportImage");
    assert_eq!(call(r#"{"Description": "d", "Encrypted": true}"#, None), "ImportSnapshot");
    assert_eq!(call(r#"{"Nonsense": 1}"#, image), "ImportImage");
    assert!(super::any(r#"{"Nonsense": 1}"#).is_err());
}

#[test]
fn the_examples_of_the_clis_own_pages_are_read_whole() {
    let text = "aws ec2 import-snapshot \\\n    --description \"My server VMDK\" \\\n    \
                --disk-container Format=VMDK,UserBucket={'S3Bucket=my-import-bucket,S3Key=vms/my-server-vm.vmdk'}";
    let expected = json!({
        "Description": "My server VMDK",
        "DiskContainer": {
            "Format": "VMDK",
            "UserBucket": {"S3Bucket": "my-import-bucket", "S3Key": "vms/my-server-vm.vmdk"}
        }
    });
    assert_eq!(recognised(text).2, expected);
    let expanded =
        "aws ec2 import-snapshot \\\n --disk-container Format=VMDK,UserBucket={S3Bucket=b,S3Key=k}";
    assert_eq!(super::any(expanded).unwrap().not_understood.len(), 1);
}

#[test]
fn the_samples_of_the_api_reference_are_read_whole() {
    let text = "https://ec2.us-west-2.amazonaws.com/?Action=CopySnapshot\n&SourceRegion=us-west-1\n\
                &SourceSnapshotId=snap-1234567890abcdef0\n&Description=My%20snapshot\n&AUTHPARAMS";
    let expected = json!({
        "SourceRegion": "us-west-1",
        "SourceSnapshotId": "snap-1234567890abcdef0",
        "Description": "My snapshot"
    });
    assert_eq!(recognised(text), (Form::Query, "CopySnapshot", expected.clone()));
    let region = ("--region".to_owned(), Some("us-west-2".to_owned()));
    assert_eq!(super::any(text).unwrap().globals, [region]);
    let sent = "POST / HTTP/1.1\r\nHost: ec2.eu-west-1.amazonaws.com\r\n\r\nAction=CopySnapshot&Version=2016-11-15\
                &SourceRegion=us-west-1&SourceSnapshotId=snap-1234567890abcdef0&Description=My+snapshot\r\n";
    assert_eq!(recognised(sent).2, expected);
    let get = "GET /?Version=2016-11-15&Action=CancelImportTask&ImportTaskId=import-snap-1&X-Amz-Signature=00 HTTP/1.1\n";
    assert_eq!(recognised(get).2, json!({"ImportTaskId": "import-snap-1"}));
    let wrong = super::any("https://ec2.amazonaws.com/?Action=CancelImportTask\n&Nonsense=1").unwrap();
    let places: Vec<_> = wrong.not_understood.iter().map(|place| (place.line, place.column)).collect();
    assert_eq!(places, [(2, 2)]);
}

#[test]
fn what_was_read_is_data() {
    let data = serde_json::to_value(super::any("DryRun: true\nSourceRegion: x").unwrap()).unwrap();
    assert_eq!(
        data["request"],
        json!({"call": "CopySnapshot", "parameters": {"DryRun": true, "SourceRegion": "x"}})
    );
    assert_eq!(data["form"], "yaml");
}
