//! Commands, scripts, lists and calls as people write them, and our own curl.

use super::super::{any, read as read_for};
use super::*;

#[test]
fn the_shell_is_not_changed_for_a_variable_and_a_reading_with_the_call_comes_first() {
    let text = "aws ec2 import-snapshot --description 'a' --region \"$REGION\" --disk-container \
                \"Format=RAW,Url=s3://b-1/x\"";
    let expected = json!({"Description": "a", "DiskContainer": {"Format": "RAW", "Url": "s3://b-1/x"}});
    for usual in Shell::ALL {
        let pasted = read_for(text, Some(call()), usual).unwrap();
        assert_ne!(pasted.form, Form::Command(Shell::Cmd));
        assert_eq!(Value::Object(pasted.request.parameters), expected, "{usual:?}");
        assert_eq!(pasted.not_understood.len(), 1, "{usual:?}");
    }
}

#[test]
fn curl_on_one_line_is_read_back_without_a_remark_on_its_credentials() {
    let mut random = Random(0xC0);
    for layout in [Layout::OneLine, Layout::Wrapped].repeat(20) {
        let request = hostile_request(&mut random);
        let expected = Value::Object(document::to_json(&document::read(&request).unwrap()));
        let style = Style { layout, ..Style::default() };
        let options = Options { region: Some("eu-west-1".into()), style, ..Options::default() };
        let text = render(&request, As::Curl, &options, Vec::new()).unwrap().text;
        for usual in Shell::ALL {
            let pasted = read_for(&text, Some(call()), usual).unwrap();
            assert_eq!(pasted.not_understood, [], "{usual:?} {text}");
            assert_eq!(Value::Object(pasted.request.parameters), expected, "{usual:?} {text}");
        }
    }
    let style = Style { shell: Shell::PowerShell, ..Style::default() };
    let options = Options { region: Some("eu-west-1".into()), style, ..Options::default() };
    let text = render(&hostile_request(&mut random), As::Curl, &options, Vec::new()).unwrap().text;
    assert!(any(&text).unwrap_err().message.contains("lies in a file"));
    let variable = "curl --user \"$ID:$KEY\" -d \"Action=ImportSnapshot&Description=$NAME\" https://ec2.eu-west-1.amazonaws.com/";
    assert_eq!(reasons(variable), [(1, 62, "$".into())]);
}

#[test]
fn a_command_is_found_in_the_ways_in_which_people_write_one() {
    let command = "aws ec2 import-snapshot --description d";
    let options = |text: &str| {
        let pasted = any(text).unwrap();
        assert_eq!(Value::Object(pasted.request.parameters), json!({"Description": "d"}), "{text}");
        assert_eq!(pasted.not_understood, [], "{text}");
        let options =
            pasted.globals.into_iter().filter(|(name, _)| name == "--profile" || name == "--region");
        options.filter_map(|(name, value)| Some(format!("{name} {}", value?))).collect::<Vec<_>>().join(" ")
    };
    for (text, expected) in [
        (format!("AWS_PROFILE=x {command}"), "--profile x"),
        (format!("AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=b {command}"), "--region eu-west-1"),
        (format!("AWS_PROFILE=x {command} --profile y"), "--profile y"),
        (format!("export AWS_DEFAULT_REGION='eu-west-1'\n{command}"), "--region eu-west-1"),
        (format!("AWS_PROFILE=$P {command}"), ""),
        (format!("sudo -E {command}"), ""),
        (format!("T=$({command} --query ImportTaskId --output text)"), ""),
        (format!("T=\"$({command})\""), ""),
        (format!("T=`{command}`\n"), ""),
        (format!("cd /x && {command}"), ""),
        (format!("$task = {command} | ConvertFrom-Json"), ""),
        (format!("$env:AWS_PROFILE = \"x\"; $task = ({command})"), "--profile x"),
        (format!("#!/bin/bash\nset -e\naws s3 cp disk.raw s3://b/disk.raw\n{command}\n"), ""),
        (format!("aws s3 cp disk.raw s3://b/disk.raw\n{command}\n"), ""),
        (format!("& \"C:\\Program Files\\Amazon\\AWSCLIV2\\aws.exe\" {}", &command[4..]), ""),
        (format!("/usr/local/bin/{command}"), ""),
    ] {
        assert_eq!(options(&text), expected, "{text}");
    }
    let form = |text: &str| any(text).unwrap().form;
    assert_eq!(form(&format!("$task = {command}")), Form::Command(Shell::PowerShell));
    assert_eq!(form(&format!("Description: {command}")), Form::Yaml);
    for text in [format!("Please run {command}"), format!("# {command}"), "aws s3 cp a b".into()] {
        assert!(any(&text).is_err(), "{text}");
    }
}

#[test]
fn where_an_answer_goes_is_no_part_of_the_request_and_an_answer_is_not_its_command() {
    let ids = json!({"ImportTaskIds": ["import-snap-1"]});
    let command = "aws ec2 describe-import-snapshot-tasks --import-task-ids import-snap-1";
    for behind in ["2>/dev/null", "> out.json 2>&1", "| jq -r .x", "2>nul"] {
        for usual in Shell::ALL {
            let pasted = read_for(&format!("{command} {behind}\n"), None, usual).unwrap();
            let left: Vec<_> = pasted.not_understood.iter().map(|place| place.text.as_str()).collect();
            assert!(left.iter().all(|text| text.starts_with('>')), "{behind} {left:?}");
            assert_eq!(Value::Object(pasted.request.parameters), ids, "{behind} {usual:?}");
        }
    }
    let answered = format!("$ cd /x\n$ {command}\n{{\"ImportSnapshotTasks\": []}}\n");
    assert!(any(&answered).is_err());
    let compared = format!("[ $AWS_PROFILE = x ] && {command}");
    assert_eq!(any(&compared).unwrap().globals, []);
}

#[test]
fn a_list_of_containers_without_its_name_is_a_parameter_of_the_call_that_is_shown() {
    let image = calls::find("import-image");
    let container = json!({"Description": "d", "Format": "ova", "Url": "s3://b/k"});
    let list = Value::Array(vec![container.clone()]);
    let yaml = "- Description: d\n  Format: ova\n  Url: s3://b/k\n";
    for text in [list.to_string(), container.to_string(), yaml.to_owned(), yaml.replace("- ", "  ")] {
        for (shown, expected) in
            [(image, json!({"DiskContainers": list})), (Some(call()), json!({"DiskContainer": container}))]
        {
            let pasted = read_for(&text, shown, Shell::Posix).unwrap();
            assert_eq!(Some(pasted.request.call.name), shown.map(|call| call.name), "{text}");
            assert_eq!(Value::Object(pasted.request.parameters), expected, "{text}");
            assert_eq!(pasted.not_understood, []);
        }
    }
    let two = json!([{"DeviceName": "/dev/sda1", "SnapshotId": "snap-1"}, {"UserBucket": {"S3Bucket": "b", "S3Key": "k"}}]);
    assert_eq!(recognised(&two.to_string()).1, "ImportImage");
    for answer in [r#"[{"SnapshotId": "snap-1"}]"#, r#"[{"Description": "d"}]"#, "[]", "[1]", "[[]]", "- a\n"]
    {
        assert!(read_for(answer, image, Shell::Posix).is_err(), "{answer}");
    }
}

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

#[test]
fn scripts_of_nothing_but_beginnings_are_read_in_bounded_time() {
    let started = std::time::Instant::now();
    for piece in [
        "aws ec2 import-snapshot '\n",
        "aws ",
        "\naws x ec2 import-snapshot \"",
        "curl 'Action=",
        "AWS_PROFILE=",
        "(aws",
        "\naws.exe\"",
    ] {
        let _ = read(&format!("x\n{}", piece.repeat(LONGEST / piece.len() - 1)), call());
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
