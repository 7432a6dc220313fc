//! The wire oracle: the real AWS CLI, version 1 and version 2, and boto3 run what the project generates, and what they send must be the EC2
//! Query body that the project shows.
//!
//! A [`recorder`] on loopback answers them; `cargo xtask test` installs them and names their Python.

#![cfg(not(target_arch = "wasm32"))]

mod body;
mod checkers;
mod clients;
mod hostile;
#[path = "../python/mod.rs"]
mod python;
mod random;
mod recorder;
mod requests;
mod ways;

use clients::{Folder, Outcome};
use import_planner::render::cli::{Style, Version};
use import_planner::render::shell::Layout;
use import_planner::render::{As, Options, Output, render};
use import_planner::request::calls::{CALLS, IMPORT_SNAPSHOT};
use import_planner::request::shape::{Call, Request};
use random::Random;
use recorder::Recorder;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use ways::Way;

/// The Region that every call is sent to.
const REGION: &str = "us-west-2";

/// The least number of random requests in one run.
const REQUESTS: usize = 300;

fn write(request: &Request, way: As, style: Style) -> Output {
    let options = Options { region: Some(REGION.into()), style, ..Options::default() };
    render(request, way, &options, Vec::new()).unwrap()
}

fn shown(request: &Request) -> String {
    write(request, As::Query, Style::default()).text
}

/// What each request's clients sent otherwise than its Query body, with the text that they ran.
///
/// `ways` chooses those of each request by its number in the list.
fn faults(requests: &[Request], ways: impl Fn(usize) -> Vec<Way>) -> Vec<String> {
    let (recorder, folder) = (Recorder::start(), Folder::new());
    let chosen: Vec<(&Request, Way)> = requests
        .iter()
        .enumerate()
        .flat_map(|(number, request)| ways(number).into_iter().map(move |way| (request, way)))
        .collect();
    let jobs = ways::jobs(&chosen, &folder);
    let outcomes = clients::run(&jobs, &recorder, &folder);
    folder.assert_nothing_escaped();
    let each = chosen.iter().zip(&jobs).zip(outcomes).enumerate();
    let found = each.filter_map(|(number, (((request, way), job), outcome))| {
        let fault = compare(request, &recorder, number).err()?;
        let parameters = Value::from(request.parameters.clone());
        let Outcome { code, printed } = outcome;
        Some(format!(
            "{fault}\n  {way:?}, exit code {code}: {printed}\n  request: {parameters}\n  ran: {job:?}"
        ))
    });
    found.collect()
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
    assert_none(&faults(&requests, |_| ways::every()));
}

/// Random valid requests, at least [`REQUESTS`]: one for each parameter of each call, over and over.
fn random_requests(parameters: &[(&'static Call, String)], seed: u64) -> Vec<Request> {
    let mut random = Random::new(seed);
    let number = parameters.len().max(REQUESTS);
    let wanted = parameters.iter().cycle().take(number);
    wanted.map(|(call, path)| requests::with_parameter(call, path, &mut random)).collect()
}

/// Every parameter of every call.
fn every_parameter() -> Vec<(&'static Call, String)> {
    let of_call = |call| requests::paths(call).into_iter().map(move |path| (call, path));
    CALLS.into_iter().flat_map(of_call).collect()
}

#[test]
fn random_requests_with_every_parameter_of_every_call_arrive_as_they_are_shown() {
    let every = every_parameter();
    let requests = random_requests(&every, 20_161_115);
    assert!(requests.len() >= REQUESTS);
    let seen: BTreeSet<_> = requests.iter().flat_map(parameters_sent).collect();
    let missing: Vec<_> =
        every.iter().filter(|(call, path)| !seen.contains(&(call.name, path.clone()))).collect();
    assert!(missing.is_empty(), "never sent: {missing:?}");
    // A parameter takes another turn each time it comes round, however many parameters there are.
    let turn = |number: usize| number % every.len() + number / every.len();
    assert_none(&faults(&requests, |number| ways::by_turns(turn(number))));
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
    let versions = [Version::One, Version::Two];
    let runs = chosen.into_iter().flat_map(|text| versions.map(|version| (text, version)));
    for (number, (text, version)) in runs.enumerate() {
        let request = hostile_import(text);
        let layout = if number % 3 == 0 { Layout::OneLine } else { Layout::Wrapped };
        let command = write(&request, As::Cli, Style { version, layout, ..Style::default() }).text;
        let ran = clients::run_by_bash(&command, version, number, &recorder, &folder);
        ran.and_then(|()| compare(&request, &recorder, number))
            .unwrap_or_else(|fault| panic!("{fault}\n{command}"));
        folder.assert_nothing_escaped();
    }
}
