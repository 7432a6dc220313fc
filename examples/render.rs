//! Writes the request on standard input down in one of the ways the page offers.
//!
//! `cargo run --release --example render -- --call import-snapshot --as cli < request.json`

use import_planner::render::cli::Version;
use import_planner::render::shell::{Layout, Shell};
use import_planner::render::{As, Options, Output, render};
use import_planner::request::calls;
use import_planner::request::shape::{Call, Request};
use import_planner::request::validate::{Circumstances, Problem, validate};
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::process::ExitCode;

const USAGE: &str = "\
Usage: render --call CALL --as WAY [options] < request.json

The request is a JSON object in the API's own names. The text goes to standard output; the command that goes with it,
remarks and problems (one JSON object a line) go to standard error. Exit codes: 0 written, 1 not read or wrong usage, 2 the request is invalid.

  --call CALL          import-snapshot, …
  --as WAY             cli, cli-json, cli-yaml, boto3, terraform, query, curl, skeleton (of the input, as JSON),
                       skeleton-yaml (the same as YAML), skeleton-output (of the answer)
  --cli-version 1|2    the AWS CLI that will run the command (2)
  --shell SHELL        bash, powershell or cmd (bash)
  --one-line           do not wrap commands
  --region REGION      the Region the call is sent to
  --profile PROFILE    the profile whose credentials are used
  --global NAME[=VAL]  another global option of the AWS CLI, as often as needed: --global --output=json
  --save FOLDER        save the files that the text needs beside it there
  --help               this text
";

struct Arguments {
    call: &'static Call,
    way: As,
    options: Options,
    save: Option<String>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help") {
        print!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let outcome = read_arguments(arguments).and_then(run);
    outcome.unwrap_or_else(|fault| {
        eprintln!("{fault}");
        ExitCode::FAILURE
    })
}

fn run(arguments: Arguments) -> Result<ExitCode, String> {
    let Arguments { call, way, options, save } = arguments;
    let request = if way.is_skeleton() { Ok(Request::new(call)) } else { read_request(call)? };
    let written = request.map_err(|problem| vec![problem]).and_then(|request| {
        let circumstances =
            Circumstances { region: options.region.clone(), now: now(), ..Circumstances::default() };
        let problems = validate(&request, &circumstances);
        render(&request, way, &options, problems)
    });
    match written {
        Ok(output) => {
            report(&output.warnings);
            show(&output, save.as_deref())?;
            Ok(ExitCode::SUCCESS)
        }
        Err(problems) => {
            report(&problems);
            Ok(ExitCode::from(2))
        }
    }
}

fn read_request(call: &'static Call) -> Result<Result<Request, Problem>, String> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| format!("The request on standard input cannot be read: {error}."))?;
    Ok(Request::from_json(call, &text))
}

fn report(problems: &[Problem]) {
    for problem in problems {
        match serde_json::to_string(problem) {
            Ok(line) => eprintln!("{line}"),
            Err(error) => eprintln!("A problem cannot be written: {error}."),
        }
    }
}

fn show(output: &Output, folder: Option<&str>) -> Result<(), String> {
    let mut text = output.text.clone();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    std::io::stdout()
        .write_all(text.as_bytes())
        .map_err(|error| format!("The text cannot be written: {error}."))?;
    if let Some(command) = &output.command {
        eprintln!("{command}");
    }
    for note in &output.notes {
        eprintln!("{note}");
    }
    for file in &output.beside {
        match folder {
            Some(folder) => std::fs::write(std::path::Path::new(folder).join(&file.name), &file.text)
                .map_err(|error| format!("{} cannot be saved in {folder}: {error}.", file.name))?,
            None => eprintln!("The file {} is needed beside it: --save FOLDER saves it.", file.name),
        }
    }
    Ok(())
}

fn now() -> Option<i64> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok()
}

fn read_arguments(arguments: Vec<String>) -> Result<Arguments, String> {
    let mut call = None;
    let mut way = None;
    let mut save = None;
    let mut options = Options::default();
    let mut rest = arguments.into_iter();
    while let Some(name) = rest.next() {
        if name == "--one-line" {
            options.style.layout = Layout::OneLine;
            continue;
        }
        let value = rest.next().ok_or_else(|| format!("{name} needs a value; --help lists the options."))?;
        let unknown = || format!("{name} does not know {value}; --help lists what it knows.");
        match name.as_str() {
            "--call" => {
                call = Some(calls::find(&value).ok_or_else(|| format!("{} {}", unknown(), known_calls()))?);
            }
            "--as" => way = Some(As::from_name(&value).ok_or_else(unknown)?),
            "--cli-version" => options.style.version = version(&value).ok_or_else(unknown)?,
            "--shell" => options.style.shell = shell(&value).ok_or_else(unknown)?,
            "--region" => options.region = Some(value),
            "--profile" => options.profile = Some(value),
            "--global" => options.style.globals.push(match value.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (value, None),
            }),
            "--save" => save = Some(value),
            _ => return Err(format!("There is no option {name}; --help lists the options.")),
        }
    }
    let (Some(call), Some(way)) = (call, way) else { return Err(USAGE.to_owned()) };
    Ok(Arguments { call, way, options, save })
}

fn known_calls() -> String {
    let mut known = String::from("The calls are:");
    for call in calls::CALLS {
        // Writing to a string cannot fail.
        let _ = write!(known, " {}", call.cli);
    }
    known + "."
}

fn version(text: &str) -> Option<Version> {
    match text {
        "1" => Some(Version::One),
        "2" => Some(Version::Two),
        _ => None,
    }
}

fn shell(text: &str) -> Option<Shell> {
    match text {
        "bash" | "sh" | "zsh" | "posix" => Some(Shell::Posix),
        "powershell" => Some(Shell::PowerShell),
        "cmd" => Some(Shell::Cmd),
        _ => None,
    }
}
