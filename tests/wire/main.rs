//! The wire oracle: the real AWS CLI v1 and boto3 run what the project generates, and what they send must be the EC2
//! Query body that the project shows.
//!
//! A [`recorder`] on loopback answers them; `cargo xtask test` installs them and names their Python.

#![cfg(not(target_arch = "wasm32"))]

mod body;
mod clients;
mod hostile;
#[path = "../python/mod.rs"]
mod python;
mod random;
mod recorder;
mod requests;

use clients::{Folder, Job};
use import_planner::render::cli::{Style, Version};
use import_planner::render::shell::Layout;
use import_planner::render::{As, Options, Output, render};
use import_planner::request::calls::{CALLS, IMPORT_SNAPSHOT};
use import_planner::request::shape::Request;
use random::Random;
use recorder::Recorder;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The Region that every call is sent to.
const REGION: &str = "us-west-2";

/// The least number of random requests in one run.
const REQUESTS: usize = 300;

fn write(request: &Request, way: As, layout: Layout) -> Output {
    let style = Style { version: Version::One, layout, ..Style::default() };
    let options = Options { region: Some(REGION.into()), style, ..Options::default() };
    render(request, way, &options, Vec::new()).unwrap()
}

fn shown(request: &Request) -> String {
    write(request, As::Query, Layout::OneLine).text
}

/// The command for bash, which needs no file beside it.
fn command(request: &Request, layout: Layout) -> String {
    let output = write(request, As::Cli, layout);
    assert!(output.beside.is_empty(), "bash can say everything");
    output.text
}

/// What each request's clients sent otherwise than its Query body, with the text that they ran.
fn faults(requests: &[Request]) -> Vec<String> {
    let (recorder, folder) = (Recorder::start(), Folder::new());
    let layouts = [Layout::OneLine, Layout::Wrapped];
    let commands: Vec<String> = requests
        .iter()
        .zip(layouts.iter().cycle())
        .map(|(request, layout)| command(request, *layout))
        .collect();
    let mut jobs = Vec::new();
    let words = clients::split_by_bash(&commands, &folder);
    for ((number, request), words) in requests.iter().enumerate().zip(words) {
        jobs.push(Job::Cli(words));
        // By turns, for the sake of time: the parameters come round again with the other client.
        if number % 2 == 0 {
            jobs.push(Job::Python(write(request, As::Boto3, Layout::OneLine).text));
            continue;
        }
        let text = write(request, As::CliJson, Layout::OneLine).text;
        let input = format!("file://{}", folder.save(&format!("{number}.json"), &text).display());
        let words = ["--region", REGION, "ec2", request.call.cli, "--cli-input-json", &input];
        jobs.push(Job::Cli(words.map(str::to_owned).to_vec()));
    }
    let failed = clients::run(&jobs, &recorder, &folder);
    folder.assert_nothing_escaped();
    let each = jobs.iter().enumerate().filter_map(|(number, job)| {
        let request = &requests[number / 2];
        let what = match job {
            Job::Cli(words) => format!("aws {words:?}"),
            Job::Python(text) => text.clone(),
        };
        let fault = failed.get(&number).cloned().or_else(|| compare(request, &recorder, number).err())?;
        Some(format!("{fault}\n  request: {}\n  ran: {what}", Value::from(request.parameters.clone())))
    });
    each.collect()
}

fn compare(request: &Request, recorder: &Recorder, number: usize) -> Result<(), String> {
    let differences = body::differences(&shown(request), &recorder.body(number)?, REGION);
    if differences.is_empty() { Ok(()) } else { Err(differences.join("\n")) }
}

fn assert_none(faults: &[String]) {
    let first: Vec<&str> = faults.iter().take(5).map(String::as_str).collect();
    assert!(faults.is_empty(), "{} runs differ, the first of them:\n{}", faults.len(), first.join("\n\n"));
}

/// The ImportSnapshot of a text in every place that takes any text.
fn hostile_import(text: &str) -> Request {
    let tag: String = text.chars().take(127).collect();
    let parameters = json!({
        "ClientData": {"Comment": text},
        "Description": text,
        "DiskContainer": {
            "Description": text,
            "Format": "VMDK",
            "UserBucket": {"S3Bucket": "my-bucket", "S3Key": text},
        },
        "TagSpecifications": [{
            "ResourceType": "import-snapshot-task",
            "Tags": [{"Key": tag, "Value": text}, {"Key": "empty", "Value": ""}, {"Key": "none"}],
        }],
    });
    let Value::Object(parameters) = parameters else { unreachable!() };
    Request { call: &IMPORT_SNAPSHOT, parameters }
}

#[test]
fn hostile_text_arrives_as_it_is() {
    let requests: Vec<Request> = hostile::TEXTS.into_iter().map(hostile_import).collect();
    assert_none(&faults(&requests));
}

#[test]
fn random_requests_with_every_parameter_of_every_call_arrive_as_they_are_shown() {
    let mut random = Random::new(20_161_115);
    let every: Vec<_> = CALLS
        .into_iter()
        .flat_map(|call| requests::paths(call).into_iter().map(move |path| (call, path)))
        .collect();
    let requests: Vec<Request> = every
        .iter()
        .cycle()
        .take(every.len().max(REQUESTS))
        .map(|(call, path)| requests::with_parameter(call, path, &mut random))
        .collect();
    assert!(requests.len() >= REQUESTS);
    let seen: BTreeSet<_> = requests.iter().flat_map(parameters_sent).collect();
    let missing: Vec<_> =
        every.iter().filter(|(call, path)| !seen.contains(&(call.name, path.clone()))).collect();
    assert!(missing.is_empty(), "never sent: {missing:?}");
    assert_none(&faults(&requests));
}

/// The parameters of which the Query body holds something, by their paths without numbers.
fn parameters_sent(request: &Request) -> BTreeSet<(&'static str, String)> {
    let call = request.call;
    let sent: BTreeSet<String> = body::pairs(&shown(request))
        .into_iter()
        .map(|(name, _)| {
            let words = name.split('.').filter(|word| word.parse::<usize>().is_err());
            words.collect::<Vec<_>>().join(".")
        })
        .collect();
    let paths = requests::paths(call).into_iter().filter(|path| {
        let name = query_name(request, path);
        sent.iter()
            .any(|sent| sent.strip_prefix(&name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    });
    paths.map(|path| (call.name, path)).collect()
}

/// A path in the names of the Query protocol.
fn query_name(request: &Request, path: &str) -> String {
    let ends = path.match_indices('.').map(|(end, _)| end).chain([path.len()]);
    let names = ends.map(|end| request.call.member(&path[..end]).unwrap().query);
    names.collect::<Vec<_>>().join(".")
}

#[test]
fn bash_and_the_cli_of_its_path_send_what_is_shown() {
    let (recorder, folder) = (Recorder::start(), Folder::new());
    let chosen = [
        "$(touch escaped-from-the-shell)",
        "'; touch escaped-from-the-shell; '",
        "x\ntouch escaped-from-the-shell\n",
        "https://127.0.0.1:9/nothing",
        "\u{1}\u{1b}[31m\u{7f}\u{85}",
    ];
    for (number, text) in chosen.into_iter().enumerate() {
        let request = hostile_import(text);
        let layout = if number % 2 == 0 { Layout::Wrapped } else { Layout::OneLine };
        let command = command(&request, layout);
        let ran = clients::run_by_bash(&command, number, &recorder, &folder);
        ran.and_then(|()| compare(&request, &recorder, number))
            .unwrap_or_else(|fault| panic!("{fault}\n{command}"));
        folder.assert_nothing_escaped();
    }
}
