//! What the real AWS CLI (version 1) and boto3 print of every answer, read back.

use crate::endpoint::{Endpoint, Reply};
use crate::python;
use crate::samples::{Sample, sample};
use import_planner::request::calls;
use import_planner::request::responses::RESPONSES;
use import_planner::request::responses::field::{Looks, Shape};
use import_planner::task::{Action, Answer, read_answer};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

/// What each call needs so that the CLI sends it.
fn arguments(call: &str) -> Vec<&'static str> {
    match call {
        "ImportSnapshot" => vec!["--disk-container", "Format=VMDK"],
        "ImportImage" => vec!["--disk-containers", "Format=VMDK"],
        "CopySnapshot" => {
            vec!["--source-region", "eu-west-1", "--source-snapshot-id", "snap-0123456789abcdef0"]
        }
        "RegisterImage" => vec!["--name", "web"],
        "CancelImportTask" => vec!["--import-task-id", "import-snap-0123456789abcdef0"],
        _ => Vec::new(),
    }
}

/// The job of the AWS CLI that asks for reply `number` and prints it in a form.
fn cli(number: usize, call: &str, form: &str) -> Value {
    let subcommand = calls::find(call).unwrap().cli;
    let mut words = vec!["ec2", subcommand, "--region", "us-west-2", "--output", form, "--color", "off"];
    words.extend(arguments(call));
    json!({"number": number, "arguments": words})
}

/// Runs jobs in one process of the real clients; what each printed.
fn run(jobs: &[Value], endpoint: &Endpoint) -> Vec<String> {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(python::with_modules("awscli, boto3"));
    command.env_clear().current_dir(home.path()).env("HOME", home.path());
    command.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
    command.envs([
        ("LC_ALL", "C.UTF-8"),
        ("PYTHONUTF8", "1"),
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_MAX_ATTEMPTS", "1"),
    ]);
    command.args(["-c", include_str!("../wire/clients.py"), &endpoint.url()]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&serde_json::to_vec(jobs).unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "the process of the clients failed");
    let results: Vec<(usize, Value, String)> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(results.len(), jobs.len());
    results.into_iter().map(|(.., printed)| printed).collect()
}

/// The rows of all entries, with the paths that they have within the whole answer.
fn rows(answer: &Answer) -> Vec<(String, String)> {
    let list = match answer.call.as_deref() {
        Some("DescribeImportSnapshotTasks") => "ImportSnapshotTasks",
        Some("DescribeImportImageTasks") => "ImportImageTasks",
        Some("DescribeSnapshots") => "Snapshots",
        _ => "",
    };
    let mut rows: Vec<(String, String)> = Vec::new();
    for (index, task) in answer.tasks.iter().enumerate() {
        let prefix = if list.is_empty() { String::new() } else { format!("{list}[{index}].") };
        rows.extend(task.rows.iter().map(|row| (format!("{prefix}{}", row.path), row.value.clone())));
    }
    rows.sort();
    rows
}

/// Reads what was printed and compares it with the sample.
fn check(sample: &Sample, form: &str, printed: &str) {
    let answer =
        read_answer(printed).unwrap_or_else(|fault| panic!("{} as {form}: {fault}\n{printed}", sample.call));
    let what = format!("{} as {form}\n{printed}", sample.call);
    assert_eq!(answer.call.as_deref(), Some(sample.call), "{what}");
    assert!(answer.not_understood.is_empty(), "{:?}\n{what}", answer.not_understood);
    let read: Vec<(String, String)> = rows(&answer)
        .into_iter()
        .map(|(path, value)| {
            // Every form writes the number in its own way; botocore parses moments.
            let value = if path.ends_with("DiskImageSize") {
                format!("{:?}", value.parse::<f64>().unwrap())
            } else {
                value
            };
            (path, value.replace("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z"))
        })
        .collect();
    let missing: Vec<_> = sample.rows.iter().filter(|row| !read.contains(row)).collect();
    let wrong: Vec<_> = read.iter().filter(|row| !sample.rows.contains(row)).collect();
    assert!(missing.is_empty() && wrong.is_empty(), "missing {missing:?}, instead {wrong:?}\n{what}");
}

/// Every answer, whole and with about two thirds of the fields that can be told by their looks: text names no fields,
/// so that nothing could tell a bucket without a key from a key without a bucket, or one state from another.
fn samples() -> Vec<Sample> {
    let whole = RESPONSES.iter().map(|response| sample(response, |_| true));
    let in_part = RESPONSES.iter().enumerate().map(|(number, response)| {
        let mut counter = number;
        sample(response, move |field| {
            counter += 1;
            let is_free = matches!(field.shape, Shape::Text(Looks::Free));
            is_free || ["Id", "Arn", "State"].iter().any(|end| field.name.ends_with(end)) || counter % 3 != 0
        })
    });
    whole.chain(in_part).collect()
}

#[test]
fn the_api_s_own_xml_is_read_field_by_field() {
    for sample in samples() {
        check(&sample, "XML", &sample.xml);
    }
}

#[test]
fn everything_that_the_real_clients_print_is_read_field_by_field() {
    let samples = samples();
    let endpoint = Endpoint::start(samples.iter().map(|sample| (200, sample.xml.clone())).collect());
    let forms = ["json", "text", "table"];
    let mut jobs = Vec::new();
    for (number, sample) in samples.iter().enumerate() {
        jobs.extend(forms.map(|form| cli(number, sample.call, form)));
        let method = calls::find(sample.call).unwrap().python;
        let arguments = match sample.call {
            "CopySnapshot" => "SourceRegion='eu-west-1', SourceSnapshotId='snap-0123456789abcdef0'",
            "RegisterImage" => "Name='web'",
            _ => "",
        };
        let program = format!(
            "import boto3\nprint(boto3.client('ec2', region_name='us-west-2').{method}({arguments}))"
        );
        jobs.push(json!({"number": number, "python": program}));
    }
    let printed = run(&jobs, &endpoint);
    for (sample, printed) in samples.iter().zip(printed.chunks(forms.len() + 1)) {
        for (form, printed) in forms.iter().chain(&["Python"]).zip(printed) {
            check(sample, form, printed);
        }
    }
}

#[test]
fn the_errors_that_the_real_clients_print_are_explained() {
    let error = |code: &str, message: &str| -> Reply {
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors><Error><Code>{code}</Code><Message>{message}\
             </Message></Error></Errors><RequestID>r-1</RequestID></Response>"
        );
        (412, text)
    };
    let encoded = "abcDEF-_0123456789".repeat(30);
    let unauthorized = format!(
        "You are not authorized to perform this operation. Encoded authorization failure message: {encoded}"
    );
    let endpoint = Endpoint::start(vec![
        error("DryRunOperation", "Request would have succeeded, but DryRun flag is set."),
        error("UnauthorizedOperation", &unauthorized),
    ]);
    let jobs = [cli(0, "ImportSnapshot", "json"), cli(1, "ImportImage", "text")];
    let printed = run(&jobs, &endpoint);
    let passed = read_answer(&printed[0]).unwrap();
    assert!(passed.errors[0].is_good, "{}", printed[0]);
    assert_eq!(passed.call.as_deref(), Some("ImportSnapshot"));
    let refused = read_answer(&printed[1]).unwrap();
    assert_eq!(refused.next[0].action, Action::Decode, "{}", printed[1]);
    assert!(refused.next[0].command.as_ref().unwrap().contains(&encoded));
}
