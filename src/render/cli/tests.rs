use crate::render::cli::Version;
use crate::render::shell::{Layout, Shell};
use crate::render::tests::{everything, request, text};
use crate::render::{As, Options, Output, cli, render};
use serde_json::json;

fn options(shell: Shell, version: Version) -> Options {
    let style = cli::Style { version, shell, layout: Layout::OneLine, globals: Vec::new() };
    Options { style, ..Options::default() }
}

fn output(parameters: serde_json::Value, shell: Shell, version: Version) -> Output {
    render(&request(parameters), As::Cli, &options(shell, version), Vec::new()).unwrap()
}

#[test]
fn a_command_is_wrapped_with_an_option_a_line_and_global_options_first() {
    let mut options = options(Shell::Posix, Version::Two);
    options.style.layout = Layout::Wrapped;
    options.region = Some("eu-west-1".into());
    options.profile = Some("my profile".into());
    assert_eq!(
        text(&everything(), As::Cli, &options),
        r#"aws ec2 import-snapshot \
  --region eu-west-1 \
  --profile 'my profile' \
  --client-data Comment=c,UploadEnd=2026-01-02T02:05:06.789000Z,UploadSize=12.0,UploadStart=2026-01-02T03:04:05Z \
  --description 'My disk & "quotes" é +~*' \
  --disk-container 'Format=VMDK,UserBucket={S3Bucket=my-bucket,S3Key="a b/ü+disk.vmdk"}' \
  --dry-run \
  --no-encrypted \
  --max-results 7 \
  --import-task-ids import-snap-0a import-snap-0b \
  --tag-specifications 'ResourceType=import-snapshot-task,Tags=[{Key=Name,Value="web 1"},{Key=Empty,Value=""},{Key=NoValue}]'
"#
    );
}

#[test]
fn quotes_and_backslashes_inside_a_structure_take_json() {
    let parameters = json!({"DiskContainer": {"Description": "a\\b \"c\""}});
    assert_eq!(
        output(parameters, Shell::Posix, Version::Two).text,
        "aws ec2 import-snapshot --disk-container '{\"Description\":\"a\\\\b \\\"c\\\"\"}'\n"
    );
}

#[test]
fn a_value_that_begins_with_a_dash_or_is_empty_stays_with_its_option() {
    let parameters = json!({"Description": "--x", "KmsKeyId": ""});
    assert_eq!(
        output(parameters, Shell::Posix, Version::Two).text,
        "aws ec2 import-snapshot --description=--x --kms-key-id=\n"
    );
}

#[test]
fn only_version_1_is_kept_from_fetching_a_web_address() {
    let parameters = json!({"Description": "https://example.com/", "KmsKeyId": "k"});
    assert_eq!(
        output(parameters.clone(), Shell::Posix, Version::Two).text,
        "aws ec2 import-snapshot --description https://example.com/ --kms-key-id k\n"
    );
    assert_eq!(
        output(parameters, Shell::Posix, Version::One).text,
        "aws ec2 import-snapshot --cli-input-json '{\"Description\":\"https://example.com/\"}' --kms-key-id k\n"
    );
}

#[test]
fn control_characters_travel_as_json_escapes() {
    let parameters = json!({"Description": "a\0b\u{1b}[201~\u{7f}"});
    assert_eq!(
        output(parameters, Shell::Posix, Version::Two).text,
        "aws ec2 import-snapshot --cli-input-json '{\"Description\":\"a\\u0000b\\u001b[201~\\u007f\"}'\n"
    );
}

#[test]
fn what_a_shell_cannot_say_goes_into_a_file_with_the_whole_request() {
    let cases = [
        (Shell::Cmd, Version::Two, "100%"),
        (Shell::Cmd, Version::Two, "Hello!"),
        (Shell::PowerShell, Version::Two, "a \"quote\""),
        (Shell::PowerShell, Version::Two, "a dir\\"),
        (Shell::PowerShell, Version::One, "a & b"),
        (Shell::PowerShell, Version::One, "https://example.com/"),
    ];
    for (shell, version, description) in cases {
        let output = output(json!({"Description": description, "KmsKeyId": "k"}), shell, version);
        let quote = if shell == Shell::PowerShell { "'" } else { "" };
        let expected =
            format!("aws ec2 import-snapshot --cli-input-json {quote}file://import-snapshot.json{quote}\n");
        assert_eq!(output.text, expected, "{description}");
        let [file] = &output.beside[..] else { panic!("one file") };
        assert_eq!(file.name, "import-snapshot.json");
        let parameters: serde_json::Value = serde_json::from_str(&file.text).unwrap();
        assert_eq!(parameters, json!({"Description": description, "KmsKeyId": "k"}));
        assert_eq!(output.notes.len(), 1);
    }
}

#[test]
fn a_command_too_long_for_cmd_goes_into_a_file() {
    let output = output(json!({"Description": "x".repeat(9000)}), Shell::Cmd, Version::Two);
    assert_eq!(output.beside.len(), 1);
}

#[test]
fn each_version_takes_its_own_global_options() {
    let global = |version, name: &str, value: Option<&str>| {
        let mut options = options(Shell::Posix, version);
        options.style.globals = vec![(name.to_owned(), value.map(str::to_owned))];
        render(&request(json!({})), As::Cli, &options, Vec::new()).map(|output| output.text)
    };
    assert_eq!(
        global(Version::Two, "--no-cli-pager", None).unwrap(),
        "aws ec2 import-snapshot --no-cli-pager\n"
    );
    assert!(global(Version::One, "--no-cli-pager", None).is_err());
    assert!(global(Version::Two, "--output", Some("yaml")).is_ok());
    assert!(global(Version::One, "--output", Some("yaml")).is_err());
    assert!(global(Version::One, "--endpoint-url", Some("http://127.0.0.1:8080")).is_ok());
    assert!(global(Version::One, "--cli-read-timeout", Some("soon")).is_err());
    assert!(global(Version::One, "--region", None).is_err());
}

#[test]
fn global_options_that_exclude_each_other_or_come_twice_are_problems() {
    let codes = |names: &[&str]| {
        let mut options = options(Shell::Posix, Version::Two);
        options.style.globals = names.iter().map(|name| ((*name).to_owned(), None)).collect();
        let problems = render(&request(json!({})), As::Cli, &options, Vec::new()).err().unwrap_or_default();
        problems.into_iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&["--cli-auto-prompt", "--no-cli-auto-prompt"]), ["options-exclusive"]);
    assert_eq!(codes(&["--debug", "--debug"]), ["option-twice"]);
    assert!(codes(&["--debug", "--no-cli-auto-prompt"]).is_empty());
}
