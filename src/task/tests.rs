//! Whole answers in every form, and texts that are none.

use super::*;
use serde_json::json;

/// One answer in each form that names its fields; all say the same.
const IMPORT_SNAPSHOT: [(&str, &str); 6] = [
    (
        // The sample of AWS's own page, which lacks a comma behind "pending".
        "json",
        r#"{
    "Description": "My server VMDK",
    "ImportTaskId": "import-snap-1234567890abcdef0",
    "SnapshotTaskDetail": {
        "Description": "My server VMDK",
        "DiskImageSize": "0.0",
        "Format": "VMDK",
        "Progress": "3",
        "Status": "active",
        "StatusMessage": "pending"
        "UserBucket": {
            "S3Bucket": "my-import-bucket",
            "S3Key": "vms/my-server-vm.vmdk"
        }
    }
}
"#,
    ),
    (
        "yaml",
        "Description: My server VMDK
ImportTaskId: import-snap-1234567890abcdef0
SnapshotTaskDetail:
  Description: My server VMDK
  DiskImageSize: 0.0
  Format: VMDK
  Progress: '3'
  Status: active
  StatusMessage: pending
  UserBucket:
    S3Bucket: my-import-bucket
    S3Key: vms/my-server-vm.vmdk
",
    ),
    (
        "text",
        "My server VMDK\timport-snap-1234567890abcdef0
SNAPSHOTTASKDETAIL\tMy server VMDK\t0.0\tVMDK\t3\tactive\tpending
USERBUCKET\tmy-import-bucket\tvms/my-server-vm.vmdk
",
    ),
    (
        "table",
        "\
----------------------------------------------------------
|                     ImportSnapshot                     |
+-----------------+--------------------------------------+
|  Description    |  My server VMDK                      |
|  ImportTaskId   |  import-snap-1234567890abcdef0       |
+-----------------+--------------------------------------+
||                  SnapshotTaskDetail                  ||
|+------------------+-----------------------------------+|
||  Description     |  My server VMDK                   ||
||  DiskImageSize   |  0.0                              ||
||  Format          |  VMDK                             ||
||  Progress        |  3                                ||
||  Status          |  active                           ||
||  StatusMessage   |  pending                          ||
|+------------------+-----------------------------------+|
|||                     UserBucket                     |||
||+--------------------+-------------------------------+||
|||  S3Bucket          |  my-import-bucket             |||
|||  S3Key             |  vms/my-server-vm.vmdk        |||
||+--------------------+-------------------------------+||
",
    ),
    (
        "xml",
        "<ImportSnapshotResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">
  <requestId>59dbff89-35bd-4eac-99ed-be587ed81825</requestId>
  <importTaskId>import-snap-1234567890abcdef0</importTaskId>
  <description>My server VMDK</description>
  <snapshotTaskDetail>
    <description>My server VMDK</description>
    <diskImageSize>0.0</diskImageSize>
    <format>VMDK</format>
    <progress>3</progress>
    <status>active</status>
    <statusMessage>pending</statusMessage>
    <userBucket><s3Bucket>my-import-bucket</s3Bucket><s3Key>vms/my-server-vm.vmdk</s3Key></userBucket>
  </snapshotTaskDetail>
  <tagSet/>
</ImportSnapshotResponse>",
    ),
    (
        "python",
        "{'Description': 'My server VMDK', 'ImportTaskId': 'import-snap-1234567890abcdef0', 'SnapshotTaskDetail': \
         {'Description': 'My server VMDK', 'DiskImageSize': 0.0, 'Format': 'VMDK', 'Progress': '3', 'Status': 'active', \
         'StatusMessage': 'pending', 'UserBucket': {'S3Bucket': 'my-import-bucket', 'S3Key': 'vms/my-server-vm.vmdk'}}, \
         'ResponseMetadata': {'RequestId': '59dbff89', 'HTTPStatusCode': 200, 'HTTPHeaders': {'date': 'x'}, \
         'RetryAttempts': 0}}",
    ),
];

fn only(answer: &Answer) -> &Task {
    assert_eq!(answer.tasks.len(), 1, "{answer:?}");
    &answer.tasks[0]
}

fn form(answer: &Answer) -> String {
    serde_json::to_value(answer.form).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn the_same_answer_is_read_from_every_form() {
    for (name, text) in IMPORT_SNAPSHOT {
        let answer = read_answer(text).unwrap();
        assert_eq!(form(&answer), name);
        assert!(answer.not_understood.is_empty(), "{name}: {:?}", answer.not_understood);
        assert_eq!(answer.call.as_deref(), Some("ImportSnapshot"), "{name}");
        let task = only(&answer);
        assert_eq!(task.kind, Kind::SnapshotTask);
        assert_eq!(task.id.as_deref(), Some("import-snap-1234567890abcdef0"), "{name}");
        assert_eq!((task.status.as_deref(), task.outcome), (Some("active"), Outcome::Running), "{name}");
        assert_eq!(task.progress, Some(3), "{name}");
        assert_eq!(task.message.as_deref(), Some("pending"), "{name}");
        assert_eq!(task.stage.as_deref(), Some("The task waits for its turn."), "{name}");
        assert_eq!(task.format.as_deref(), Some("VMDK"), "{name}");
        assert_eq!(task.size, None, "{name}");
        let rows: Vec<(&str, &str)> =
            task.rows.iter().map(|row| (row.path.as_str(), row.value.as_str())).collect();
        let expected = [
            ("Description", "My server VMDK"),
            ("ImportTaskId", "import-snap-1234567890abcdef0"),
            ("SnapshotTaskDetail.Description", "My server VMDK"),
            ("SnapshotTaskDetail.DiskImageSize", "0.0"),
            ("SnapshotTaskDetail.Format", "VMDK"),
            ("SnapshotTaskDetail.Progress", "3"),
            ("SnapshotTaskDetail.Status", "active"),
            ("SnapshotTaskDetail.StatusMessage", "pending"),
            ("SnapshotTaskDetail.UserBucket.S3Bucket", "my-import-bucket"),
            ("SnapshotTaskDetail.UserBucket.S3Key", "vms/my-server-vm.vmdk"),
        ];
        assert_eq!(rows, expected, "{name}");
    }
}

#[test]
fn a_running_task_is_asked_for_again() {
    let answer = read_answer(IMPORT_SNAPSHOT[0].1).unwrap();
    let expected = Prepared {
        call: "DescribeImportSnapshotTasks",
        parameters: serde_json::from_value(json!({"ImportTaskIds": ["import-snap-1234567890abcdef0"]}))
            .unwrap(),
    };
    assert_eq!(answer.next.len(), 1);
    assert_eq!((answer.next[0].action, answer.next[0].request.as_ref()), (Action::Poll, Some(&expected)));
}

#[test]
fn the_requests_id_is_kept_where_the_form_has_it() {
    let id = |index: usize| read_answer(IMPORT_SNAPSHOT[index].1).unwrap().request_id;
    assert_eq!(id(4).as_deref(), Some("59dbff89-35bd-4eac-99ed-be587ed81825"));
    assert_eq!(id(5).as_deref(), Some("59dbff89"));
}

#[test]
fn both_namings_and_numbers_as_texts_or_numbers_mean_the_same() {
    let wire = r#"{"requestId": "r", "importTaskId": "import-ami-1", "progress": 42, "status": "active", "encrypted": "True",
        "snapshotDetailSet": {"items": [{"deviceName": "/dev/sda1", "diskImageSize": 3115815424, "snapshotId": "snap-1"}]},
        "tagSet": {"item": {"key": "Name", "value": "web"}}, "licenseSpecifications": [{"licenseConfigurationArn": "arn:a"}]}"#;
    let cli = r#"{"ImportTaskId": "import-ami-1", "Progress": "42", "Status": "active", "Encrypted": true,
        "SnapshotDetails": [{"DeviceName": "/dev/sda1", "DiskImageSize": "3115815424", "SnapshotId": "snap-1"}],
        "Tags": [{"Key": "Name", "Value": "web"}], "LicenseSpecifications": [{"LicenseConfigurationArn": "arn:a"}]}"#;
    let (wire, cli) = (read_answer(wire).unwrap(), read_answer(cli).unwrap());
    assert_eq!(wire.tasks, cli.tasks);
    assert_eq!(wire.request_id.as_deref(), Some("r"));
    assert!(wire.not_understood.is_empty(), "{:?}", wire.not_understood);
    let task = only(&cli);
    assert_eq!((task.kind, task.progress, task.size), (Kind::ImageTask, Some(42), Some(3_115_815_424)));
    assert_eq!(task.snapshot_ids, ["snap-1"]);
    assert_eq!(task.tags, [Tag { key: "Name".into(), value: "web".into() }]);
}

#[test]
fn a_failed_task_is_explained_with_the_findings_that_foretell_it() {
    let answer = read_answer(
        r#"{"ImportSnapshotTasks": [{"ImportTaskId": "import-snap-1", "SnapshotTaskDetail": {"Status": "deleted",
        "StatusMessage": "ClientError: Disk validation failed [Unsupported VMDK File Format]"}}]}"#,
    )
    .unwrap();
    let task = only(&answer);
    assert_eq!(task.outcome, Outcome::Failed);
    let explanation = task.explanation.as_ref().unwrap();
    assert_eq!(explanation.code, "vmdk-not-supported");
    assert!(explanation.findings.contains(&"vmdk-not-stream-optimized"));
    assert_eq!(answer.next[0].action, Action::Mend);
}

#[test]
fn a_failure_that_only_a_disk_tells_of_is_carried_up() {
    let answer = read_answer(
        r#"{"ImportImageTasks": [{"ImportTaskId": "import-ami-1", "Status": "deleted", "StatusMessage": "failed",
        "SnapshotDetails": [{"Status": "error", "StatusMessage": "ClientError: Provided image file was corrupted"}]}]}"#,
    )
    .unwrap();
    assert_eq!(only(&answer).disks[0].explanation.as_ref().unwrap().code, "file-corrupted");
    assert!(answer.next[0].sentence.contains("upload"), "{:?}", answer.next);
}

#[test]
fn a_finished_snapshot_is_carried_into_the_next_requests() {
    let answer = read_answer(
        "IMPORTSNAPSHOTTASKS\timport-snap-0123456789abcdef0\n\
         SNAPSHOTTASKDETAIL\t2147483648.0\tRAW\t100\tsnap-0123456789abcdef0\tcompleted\n",
    )
    .unwrap();
    assert_eq!(only(&answer).size, Some(2 << 30));
    let of = |action: Action| {
        let step = answer.next.iter().find(|step| step.action == action).unwrap();
        step.request.clone().unwrap().parameters
    };
    assert_eq!(of(Action::Copy)["SourceSnapshotId"], "snap-0123456789abcdef0");
    assert_eq!(of(Action::Register)["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"], "snap-0123456789abcdef0");
    assert_eq!(of(Action::Register)["VirtualizationType"], "hvm");
}

#[test]
fn every_step_that_is_a_request_is_one_of_its_call() {
    use crate::request::{
        calls,
        shape::Request,
        validate::{Circumstances, validate},
    };
    let texts = [
        "ami-0123456789abcdef0",
        r#"{"SnapshotId": "snap-0123456789abcdef0"}"#,
        r#"{"Snapshots": [{"SnapshotId": "snap-0123456789abcdef0", "State": "completed"}], "NextToken": "abc"}"#,
        r#"{"ImportImageTasks": [{"ImportTaskId": "import-ami-0123456789abcdef0", "Status": "active"}]}"#,
    ];
    for text in texts {
        for step in read_answer(text).unwrap().next {
            let Some(prepared) = step.request else { continue };
            let call = calls::find(prepared.call).unwrap();
            let request = Request { call, parameters: prepared.parameters };
            // What the person must add is missing, and nothing else is wrong.
            let wrong: Vec<_> = validate(&request, &Circumstances::default())
                .into_iter()
                .filter(|problem| request.get(&problem.path).is_some())
                .collect();
            assert!(wrong.is_empty(), "{text}: {wrong:?}");
        }
    }
}

#[test]
fn pages_of_a_yaml_stream_are_one_answer() {
    let answer = read_answer(
        "- ImportSnapshotTasks:\n  - ImportTaskId: import-snap-1\n    SnapshotTaskDetail:\n      Status: active\n\
         - ImportSnapshotTasks:\n  - ImportTaskId: import-snap-2\n    SnapshotTaskDetail:\n      Status: completed\n      \
         SnapshotId: snap-1\n",
    )
    .unwrap();
    assert_eq!(answer.form, Form::Yaml);
    assert_eq!(answer.tasks.len(), 2);
    assert_eq!(answer.tasks[1].outcome, Outcome::Succeeded);
}

#[test]
fn an_item_without_the_answer_around_it_is_known() {
    let detail =
        read_answer(r#"{"Status": "active", "Progress": "7", "DiskImageSize": 1.0, "Format": "RAW"}"#)
            .unwrap();
    assert_eq!(only(&detail).progress, Some(7));
    let tasks =
        read_answer(r#"[{"ImportTaskId": "import-ami-1", "BootMode": "uefi", "Status": "active"}]"#).unwrap();
    assert_eq!(only(&tasks).kind, Kind::ImageTask);
    let snapshot =
        read_answer(r#"{"SnapshotId": "snap-1", "State": "pending", "Progress": "8%", "VolumeSize": 8}"#)
            .unwrap();
    assert_eq!(
        (only(&snapshot).kind, only(&snapshot).progress, only(&snapshot).size),
        (Kind::Snapshot, Some(8), Some(8 << 30))
    );
}

#[test]
fn small_answers_are_known_by_their_one_field() {
    for (text, call, outcome) in [
        (r#"{"SnapshotId": "snap-066877671789bd71b"}"#, "CopySnapshot", Outcome::Running),
        (r#"{"ImageId": "ami-066877671789bd71b"}"#, "RegisterImage", Outcome::Succeeded),
        (
            r#"{"ImportTaskId": "import-snap-1", "State": "deleting", "PreviousState": "active"}"#,
            "CancelImportTask",
            Outcome::Cancelled,
        ),
        (r#"{"ImportTaskId": "import-ami-1"}"#, "ImportImage", Outcome::Unknown),
        (r#"{"ImportTaskId": "import-snap-1"}"#, "ImportSnapshot", Outcome::Unknown),
    ] {
        let answer = read_answer(text).unwrap();
        assert_eq!(answer.call.as_deref(), Some(call), "{text}");
        assert_eq!(only(&answer).outcome, outcome, "{text}");
    }
}

#[test]
fn an_empty_list_is_an_answer_without_tasks() {
    for text in [
        r#"{"ImportSnapshotTasks": []}"#,
        "<DescribeImportSnapshotTasksResponse><requestId>r</requestId><importSnapshotTaskSet/></DescribeImportSnapshotTasksResponse>",
    ] {
        let answer = read_answer(text).unwrap();
        assert_eq!(answer.call.as_deref(), Some("DescribeImportSnapshotTasks"));
        assert!(answer.tasks.is_empty());
    }
}

#[test]
fn what_is_no_field_is_named_with_its_path() {
    let answer = read_answer(
        r#"{"ImportTaskId": "import-snap-1", "SnapshotTaskDetail": {"Colour": "red", "Status": ["x"]}}"#,
    )
    .unwrap();
    let places: Vec<&str> = answer.not_understood.iter().map(|note| &*note.place).collect();
    assert_eq!(places, ["SnapshotTaskDetail.Colour", "SnapshotTaskDetail.Status"]);
    assert_eq!(answer.not_understood[0].text, "red");
}

#[test]
fn an_unknown_state_is_shown_as_it_is() {
    let answer = read_answer(r#"{"ImportTaskId": "import-ami-1", "Status": "hibernating"}"#).unwrap();
    assert_eq!(only(&answer).status.as_deref(), Some("hibernating"));
    assert_eq!(only(&answer).outcome, Outcome::Unknown);
}

#[test]
fn the_signature_of_an_address_is_not_shown() {
    let answer = read_answer(
        r#"{"ImportTaskId": "import-snap-1", "SnapshotTaskDetail":
        {"Url": "https://b.s3.amazonaws.com/k?X-Amz-Signature=0123456789abcdef&X-Amz-Credential=AKID"}}"#,
    )
    .unwrap();
    let shown = serde_json::to_string(&answer).unwrap();
    assert!(!shown.contains("0123456789abcdef"), "{shown}");
    assert!(shown.contains("https://b.s3.amazonaws.com/k"), "{shown}");
}

#[test]
fn a_dry_run_that_passed_is_good_news() {
    for text in [
        "\nAn error occurred (DryRunOperation) when calling the ImportSnapshot operation: Request would have succeeded, but DryRun flag is set.\n",
        "<?xml version=\"1.0\"?><Response><Errors><Error><Code>DryRunOperation</Code><Message>Request would have succeeded, but DryRun flag is set.</Message></Error></Errors><RequestID>r</RequestID></Response>",
        "Traceback (most recent call last):\n  File \"x.py\", line 1\nbotocore.exceptions.ClientError: An error occurred (DryRunOperation) when calling the ImportSnapshot operation: Request would have succeeded, but DryRun flag is set.",
    ] {
        let answer = read_answer(text).unwrap();
        assert!(answer.errors[0].is_good, "{text}");
        assert_eq!(answer.next[0].action, Action::Send);
    }
}

#[test]
fn an_encoded_message_comes_with_the_command_that_decodes_it() {
    let encoded = "4Gn-Zt_0yXkq".repeat(20);
    let text = format!(
        "An error occurred (UnauthorizedOperation) when calling the ImportImage operation: You are not authorized to perform \
         this operation. User: arn:aws:iam::123456789012:user/me is not authorized to perform: ec2:ImportImage on resource: \
         arn:aws:ec2:eu-west-1:123456789012:import-image-task/*. Encoded authorization failure message: {encoded}\n"
    );
    let answer = read_answer(&text).unwrap();
    assert_eq!(answer.call.as_deref(), Some("ImportImage"));
    assert_eq!(answer.errors[0].explanation.as_ref().unwrap().code, "not-authorized");
    let step = &answer.next[0];
    assert_eq!(step.action, Action::Decode);
    let command = step.command.as_ref().unwrap();
    assert_eq!(&command[..5], ["aws", "sts", "decode-authorization-message", "--encoded-message", &encoded]);
}

#[test]
fn a_hostile_encoded_message_is_no_command() {
    let text = "An error occurred (UnauthorizedOperation) when calling the ImportImage operation: Encoded authorization \
                failure message: $(touch-this-file-now) x";
    assert!(read_answer(text).unwrap().next.iter().all(|step| step.command.is_none()));
}

#[test]
fn a_lone_message_and_a_log_are_looked_up() {
    let answer = read_answer("ClientError: Unknown OS / Missing OS files.").unwrap();
    assert_eq!(answer.errors[0].explanation.as_ref().unwrap().code, "unknown-system");
    let log = "2026-01-02 10:00 task started\n2026-01-02 11:00 ClientError: No valid partitions. Not a valid volume.\nbye\n";
    let answer = read_answer(log).unwrap();
    assert_eq!(answer.errors.len(), 1);
    assert_eq!(answer.errors[0].explanation.as_ref().unwrap().code, "no-valid-partitions");
}

#[test]
fn the_rows_of_the_waiting_loop_are_tasks() {
    let text = "$ sh wait.sh\nactive\t43\timport-snap-0123456789abcdef0\tNone\tdownloading/converting\n\
                deleted\tNone\timport-snap-0123456789abcdef0\tNone\tClientError: Unknown OS / Missing OS files.\n";
    let answer = read_answer(text).unwrap();
    let task = only(&answer);
    assert_eq!((task.kind, task.outcome), (Kind::SnapshotTask, Outcome::Failed));
    assert_eq!(task.explanation.as_ref().unwrap().code, "unknown-system");
    let refused = "An error occurred (RequestLimitExceeded) when calling the DescribeImportSnapshotTasks operation: Slow.\n\n";
    let answer = read_answer(&format!("active\t43\timport-snap-1\tNone\tpending\n{refused}")).unwrap();
    assert_eq!((answer.tasks.len(), answer.errors.len()), (1, 1));
}

#[test]
fn the_message_of_a_failed_task_that_nobody_knows_has_the_same_next_step_as_in_its_answer() {
    let message = "ServerError: The hamster has left the wheel.";
    let lone = read_answer(&format!("{message}\n")).unwrap();
    assert_eq!(lone.errors[0].message, message);
    let within = json!({"ImportSnapshotTasks": [
        {"ImportTaskId": "import-snap-1", "SnapshotTaskDetail": {"Status": "deleted", "StatusMessage": message}}
    ]});
    let within = read_answer(&within.to_string()).unwrap();
    let sentence = |answer: &Answer| answer.next.iter().map(|step| step.sentence.clone()).collect::<Vec<_>>();
    assert_eq!(sentence(&lone), sentence(&within));
    assert!(read_answer("Some ServerError: within a sentence").is_err());
}

#[test]
fn the_id_decides_whose_task_a_list_of_properties_is() {
    let text = "ImportTaskId : import-snap-0123456789abcdef0\nStatus       : active\nProgress     : 43\n";
    let answer = read_answer(text).unwrap();
    assert_eq!(answer.call.as_deref(), Some("ImportSnapshot"));
    assert_eq!(answer.not_understood, []);
    let task = only(&answer);
    assert_eq!((task.kind, task.outcome, task.progress), (Kind::SnapshotTask, Outcome::Running, Some(43)));
    let answer = read_answer(&text.replace("import-snap-", "import-ami-")).unwrap();
    assert_eq!(only(&answer).kind, Kind::ImageTask);
    let updated = read_answer(r#"{"ImportTaskId": "import-ami-1", "Status": "updated"}"#).unwrap();
    assert!(only(&updated).stage.is_some());
    assert_eq!(only(&updated).outcome, Outcome::Running);
}

#[test]
fn what_a_client_warns_of_before_its_answer_is_skipped() {
    let text = "urllib3: this version of Python is old.\nPlease update.\n{\"ImageId\": \"ami-1\"}\n";
    assert_eq!(only(&read_answer(text).unwrap()).image_id.as_deref(), Some("ami-1"));
}

#[test]
fn what_is_no_answer_is_said_to_be_none() {
    for text in
        ["", "  \n", "hello", "{}", "[]", "<a/>", "key: value", "{\"a\": 1}", "<html><body>x</body></html>"]
    {
        let fault = read_answer(text).unwrap_err();
        assert!(fault.0.ends_with('.'), "{text}: {fault}");
    }
    assert!(read_answer(&" ".repeat(LONGEST + 1)).unwrap_err().0.contains("4 MiB"));
}

/// A generator of numbers (xorshift), so that a failure can be run again.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (limit.max(1) as u64)).unwrap()
    }
}

#[test]
fn no_change_of_a_text_makes_the_reader_panic() {
    const SIGNS: &[char] = &[
        '{', '}', '[', ']', '"', '\'', ',', ':', '|', '+', '-', '<', '>', '/', '&', '\t', '\n', '\\', 'u',
        '0', '%', 'é', '漢', '\u{1b}', '\0', ' ',
    ];
    let error = "An error occurred (UnauthorizedOperation) when calling the X operation: Encoded authorization failure message: abc";
    let mut random = Random(0x2016_1115);
    for (_, text) in IMPORT_SNAPSHOT.into_iter().chain([("error", error)]) {
        let original: Vec<char> = text.chars().collect();
        for _ in 0..400 {
            let mut changed = original.clone();
            for _ in 0..=random.below(6) {
                let at = random.below(changed.len());
                let sign = SIGNS[random.below(SIGNS.len())];
                match random.below(5) {
                    0 => changed.truncate(at),
                    1 => changed.insert(at.min(changed.len()), sign),
                    2 if !changed.is_empty() => drop(changed.remove(at)),
                    3 => {
                        let piece = changed[at.min(changed.len())..].to_vec();
                        changed.extend(piece);
                    }
                    _ => {
                        if let Some(place) = changed.get_mut(at) {
                            *place = sign;
                        }
                    }
                }
            }
            let _ = read_answer(&changed.into_iter().collect::<String>());
        }
    }
}

#[test]
fn long_hostile_texts_end_in_reasonable_time() {
    // An eighth of the limit: every reader's time grows with the length alone.
    const LENGTH: usize = LONGEST / 8;
    let texts = [
        "[".repeat(LENGTH),
        "{\"a\":".repeat(LENGTH / 5),
        "\t".repeat(LENGTH),
        "a\t".repeat(LENGTH / 2),
        "TAGS\ta\tb\n".repeat(LENGTH / 9),
        "|".repeat(LENGTH),
        "-----\n".to_owned() + &"|+-+|\n".repeat(LENGTH / 8),
        "<a>".repeat(LENGTH / 3),
        "- ".repeat(LENGTH / 2),
        "An error occurred (".repeat(LENGTH / 19),
        "does not exist ".repeat(LENGTH / 15),
        "api error a: ".repeat(LENGTH / 13),
        "{'a': datetime.datetime(".repeat(LENGTH / 24),
        "ImportTaskId: [".repeat(LENGTH / 15),
        "{\"ImportSnapshotTasks\": [".to_owned() + &"{\"Tags\":[{}]},".repeat(LENGTH / 15),
    ];
    for text in texts {
        let begun = std::time::Instant::now();
        let _ = read_answer(&text);
        let start: String = text.chars().take(12).collect();
        // A debug build on a busy machine takes one second.
        assert!(begun.elapsed().as_secs() < 10, "{start:?} took {:?}", begun.elapsed());
    }
}
