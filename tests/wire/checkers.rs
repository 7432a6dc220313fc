//! What is generated, judged by the checkers of its own language: shellcheck, Terraform's formatter and a parser of its
//! language, and the skeletons that the AWS CLI prints itself.

use crate::clients::{self, Folder, Job, PYTHON};
use crate::recorder::Recorder;
use crate::{REGION, every_parameter, hostile, hostile_import, random_requests, write};
use import_planner::render::cli::{Style, Version};
use import_planner::render::globals::{GLOBAL_OPTIONS, Takes};
use import_planner::render::shell::Layout;
use import_planner::render::{As, Options, render};
use import_planner::request::calls::CALLS;
use import_planner::request::shape::Request;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Requests of hostile texts, and random ones with every parameter.
fn requests() -> Vec<Request> {
    let hostile = hostile::TEXTS.into_iter().map(hostile_import);
    hostile.chain(random_requests(&every_parameter(), 5)).collect()
}

#[test]
fn shellcheck_finds_nothing_in_what_is_written_for_bash() {
    let folder = Folder::new();
    let mut scripts: Vec<PathBuf> = Vec::new();
    for (number, request) in requests().iter().enumerate() {
        let layout = if number % 2 == 0 { Layout::Wrapped } else { Layout::OneLine };
        let version = if number % 4 < 2 { Version::One } else { Version::Two };
        for way in [As::Cli, As::Curl] {
            let text = write(request, way, Style { version, layout, ..Style::default() }).text;
            scripts
                .push(folder.save(&format!("{number}-{}.sh", way.name()), &format!("#!/bin/bash\n{text}")));
        }
    }
    // Its doubts whether a `$` in single quotes was meant to be expanded, and whether a backslash at the end of a text
    // was meant to escape the quote: neither ever is.
    let mut shellcheck = clients::command("shellcheck", &folder);
    let output =
        shellcheck.args(["--norc", "--exclude=SC2016,SC1003", "--format=gcc"]).args(&scripts).output();
    let output = output.expect("shellcheck runs; `cargo xtask test` installs it");
    let said = String::from_utf8_lossy(&output.stdout);
    let first: Vec<&str> = said.lines().take(10).collect();
    assert!(output.status.success(), "{}\n{}", first.join("\n"), String::from_utf8_lossy(&output.stderr));
}

/// Reads each file with python-hcl2, which gives text as its literal, and knows an escaped template only where its brace
/// is closed: it gets the sign's number instead.
const READ_TERRAFORM: &str = r#"
import hcl2, json, sys

def text(literal):
    if not literal.startswith('"'):
        return literal
    return json.loads(literal)

def plain(value):
    if isinstance(value, dict):
        return {text(name): plain(inner) for name, inner in value.items() if name != "__is_block__"}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return text(value) if isinstance(value, str) else value

def read(path):
    try:
        with open(path) as file:
            source = file.read().replace("$${", r"\u0024{").replace("%%{", r"\u0025{")
        return plain(hcl2.loads(source))
    except Exception as error:
        return f"{type(error).__name__}: {error}"

json.dump([read(path) for path in sys.argv[1:]], sys.stdout)
"#;

/// The arguments that a Terraform resource of the request must have, told without the renderer's code.
fn scalars(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => members.values().for_each(|value| scalars(value, into)),
        Value::Array(items) => items.iter().for_each(|value| scalars(value, into)),
        Value::String(text) => drop(into.insert(text.clone())),
        other => drop(into.insert(other.to_string())),
    }
}

#[test]
fn terraform_files_are_formatted_and_hold_the_texts_of_the_request() {
    const CALLS: [&str; 3] = ["ImportSnapshot", "CopySnapshot", "RegisterImage"];
    let folder = Folder::new();
    let requests: Vec<Request> =
        requests().into_iter().filter(|request| CALLS.contains(&request.call.name)).collect();
    let files: Vec<PathBuf> = requests
        .iter()
        .enumerate()
        .map(|(number, request)| {
            folder.save(&format!("{number}.tf"), &write(request, As::Terraform, Style::default()).text)
        })
        .collect();
    let output =
        clients::command(&PYTHON, &folder).args(["-c", READ_TERRAFORM]).args(&files).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    for (request, read) in requests.iter().zip(&read) {
        assert!(read.is_object(), "{read}: {}", write(request, As::Terraform, Style::default()).text);
        assert_eq!(read["provider"][0]["aws"]["region"], REGION);
        let mut found = BTreeSet::new();
        scalars(&read["resource"], &mut found);
        for path in ["Description", "DiskContainer.UserBucket.S3Key", "SourceSnapshotId", "Name", "KmsKeyId"]
        {
            if let Some(text) = request.text(path) {
                assert!(found.contains(text), "{path} {text:?} is not in {read}");
            }
        }
    }
    check_format(&folder);
}

/// Terraform's own formatter changes nothing; Debian has no package of it, so it is asked where it is installed.
fn check_format(folder: &Folder) {
    match clients::command("terraform", folder).args(["fmt", "-check", "-diff"]).output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout)),
        Err(_) => println!("terraform is not on PATH: its formatter was not asked"),
    }
}

/// The names in a JSON value with their nesting, in order, and whether each is text, a number and so on.
fn outline(value: &Value) -> Value {
    match value {
        Value::Object(members) => members.iter().map(|(name, value)| json!([name, outline(value)])).collect(),
        Value::Array(items) => json!({ "list": items.iter().map(outline).collect::<Vec<_>>() }),
        Value::String(_) => "text".into(),
        Value::Bool(_) => "boolean".into(),
        Value::Number(number) if number.is_f64() => "double".into(),
        _ => "integer".into(),
    }
}

#[test]
fn skeletons_are_those_that_the_cli_prints_and_takes() {
    let (recorder, folder) = (Recorder::start(), Folder::new());
    let skeleton = |call, way| write(&Request::new(call), way, Style::default()).text;
    let mut jobs = Vec::new();
    for call in CALLS {
        let cli = |version, words: [&str; 2]| {
            let words = ["--region", REGION, "ec2", call.cli].into_iter().chain(words);
            Job::Cli(version, words.map(str::to_owned).collect(), folder.path().to_owned())
        };
        let save = |ending: &str, way| {
            // The one parameter that cannot stay empty is filled in, as a person would.
            let text = skeleton(call, way).replace("\"Name\": \"\"", "\"Name\": \"web\"");
            let text = text.replace("Name: \"\" # [REQUIRED]", "Name: web #");
            let path = folder.save(&format!("{}{ending}", call.cli), &text);
            format!("file://{}", path.display())
        };
        let printed = |way, version| {
            let style = Style { version, ..Style::default() };
            let command = write(&Request::new(call), way, style).command.unwrap();
            let words = clients::split_by_bash(&[command], &folder).remove(0);
            Job::Cli(version, words, folder.path().to_owned())
        };
        jobs.push(printed(As::Skeleton, Version::One));
        jobs.push(printed(As::SkeletonOutput, Version::One));
        jobs.push(printed(As::SkeletonYaml, Version::Two));
        jobs.push(cli(Version::One, ["--cli-input-json", &save(".json", As::Skeleton)]));
        jobs.push(cli(Version::Two, ["--cli-input-yaml", &save(".yaml", As::SkeletonYaml)]));
    }
    let outcomes = clients::run(&jobs, &recorder, &folder);
    for (call, outcomes) in CALLS.into_iter().zip(outcomes.chunks(5)) {
        for (number, outcome) in outcomes.iter().enumerate() {
            assert_eq!(outcome.code, json!(0), "{}, {number}: {}", call.name, outcome.printed);
        }
        let printed = |number: usize| serde_json::from_str::<Value>(&outcomes[number].printed).unwrap();
        let ours = |way| serde_json::from_str::<Value>(&skeleton(call, way)).unwrap();
        assert_eq!(outline(&ours(As::Skeleton)), outline(&printed(0)), "{}", call.name);
        assert_eq!(ours(As::SkeletonOutput), printed(1), "{}", call.name);
        let names = |yaml: &str| -> Vec<String> {
            let keys =
                yaml.lines().filter_map(|line| line.split_once(':').filter(|_| !line.starts_with('#')));
            keys.map(|(key, _)| key.trim_matches([' ', '-']).to_owned()).collect()
        };
        assert_eq!(names(&skeleton(call, As::SkeletonYaml)), names(&outcomes[2].printed), "{}", call.name);
    }
}

/// Prints the CLI's global options with the values that they take.
const READ_OPTIONS: &str = "
import json, os, awscli
options = json.load(open(os.path.join(os.path.dirname(awscli.__file__), 'data', 'cli.json')))['options']
print(json.dumps({'--' + name: option.get('choices', []) for name, option in options.items()}))
";

#[test]
fn global_options_are_those_of_either_version() {
    // What a newer version 2 has and Debian's does not.
    const NEWER: [(&str, &str); 1] = [("--output", "off")];
    let folder = Folder::new();
    for (version, python) in [(Version::One, &*PYTHON), (Version::Two, &*clients::PYTHON_OF_VERSION_2)] {
        let output = clients::command(python, &folder).args(["-c", READ_OPTIONS]).output().unwrap();
        let theirs: serde_json::Map<String, Value> = serde_json::from_slice(&output.stdout).unwrap();
        for (name, values) in &theirs {
            let option = GLOBAL_OPTIONS.iter().find(|option| option.name == name && option.is_in(version));
            let option = option.unwrap_or_else(|| panic!("{version:?}: {name} is not in the table"));
            let ours = match option.takes {
                Takes::OneOf(both, second) if version == Version::Two => [both, second].concat(),
                Takes::OneOf(both, _) => both.to_vec(),
                _ => Vec::new(),
            };
            let ours: Vec<&str> =
                ours.into_iter().filter(|value| !NEWER.contains(&(name.as_str(), value))).collect();
            assert_eq!(json!(ours), *values, "{version:?}: {name}");
        }
        let ours = GLOBAL_OPTIONS.iter().filter(|option| option.is_in(version)).count();
        assert_eq!(ours, theirs.len(), "{version:?}: the table has options too many");
    }
}

#[test]
fn every_global_option_is_taken_by_the_cli_that_it_is_written_for() {
    let (recorder, folder) = (Recorder::start(), Folder::new());
    let request = hostile_import("x");
    let mut jobs = Vec::new();
    for version in [Version::One, Version::Two] {
        for option in GLOBAL_OPTIONS.iter().filter(|option| option.is_in(version)) {
            let value = match (option.name, option.takes) {
                // These two say where to, which is the test's own affair; and this one would ask on a terminal.
                ("--region" | "--endpoint-url" | "--cli-auto-prompt", _) => continue,
                ("--profile", _) => "default",
                ("--query", _) => "ImportTaskId",
                (_, Takes::Nothing) => "",
                (_, Takes::Text) => "/dev/null",
                (_, Takes::Seconds) => "20",
                (_, Takes::OneOf(both, second)) => both.iter().chain(second).next().unwrap(),
            };
            let global = (option.name.to_owned(), Some(value.to_owned()).filter(|value| !value.is_empty()));
            let style = Style { version, layout: Layout::OneLine, globals: vec![global], ..Style::default() };
            let options = Options { region: Some(REGION.into()), style, ..Options::default() };
            let text = render(&request, As::Cli, &options, Vec::new()).unwrap().text;
            let words = clients::split_by_bash(&[text], &folder).remove(0);
            jobs.push((option.name, Job::Cli(version, words, folder.path().to_owned())));
        }
    }
    folder
        .save("credentials", "[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = secret\n");
    let (names, jobs): (Vec<&str>, Vec<Job>) = jobs.into_iter().unzip();
    let outcomes = clients::run(&jobs, &recorder, &folder);
    for (name, outcome) in names.iter().zip(outcomes) {
        assert_eq!(outcome.code, json!(0), "{name}: {}", outcome.printed);
    }
}
