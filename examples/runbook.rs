//! Writes the runbook of a plan on standard input.
//!
//! `cargo run --release --example runbook -- --as bash < plan.json > import.sh`

use import_planner::request::validate::Problem;
use import_planner::runbook::{Language, Runbook, write};
use std::io::{Read, Write};
use std::process::ExitCode;

const USAGE: &str = "\
Usage: runbook --as bash|powershell|python [--explain] < plan.json

The plan is a JSON object: region, disks [{bucket, key, file {name, size}}], call, parameters, and what else the journey
needs.
The script goes to standard output, or with --explain its steps and estimates as JSON; problems go to standard error,
one JSON object a line. Exit codes: 0 written, 1 not read or wrong usage, 2 the plan is invalid.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help") {
        print!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    run(&arguments).unwrap_or_else(|fault| {
        eprintln!("{fault}");
        ExitCode::FAILURE
    })
}

fn run(arguments: &[String]) -> Result<ExitCode, String> {
    let explain = arguments.iter().any(|argument| argument == "--explain");
    let rest: Vec<&str> =
        arguments.iter().map(String::as_str).filter(|argument| *argument != "--explain").collect();
    let ["--as", name] = rest[..] else { return Err(USAGE.to_owned()) };
    let language = Language::from_name(name).ok_or_else(|| format!("--as does not know {name}.\n{USAGE}"))?;
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| format!("The plan on standard input cannot be read: {error}."))?;
    let runbook: Runbook =
        serde_json::from_str(&text).map_err(|error| format!("This is no plan of a runbook: {error}."))?;
    let script = match write(&runbook, language) {
        Ok(script) => script,
        Err(problems) => {
            report(&problems);
            return Ok(ExitCode::from(2));
        }
    };
    report(&script.warnings);
    let output = if explain {
        let explanation = serde_json::json!({"steps": script.steps, "estimates": script.estimates});
        format!("{explanation:#}\n")
    } else {
        script.text
    };
    std::io::stdout()
        .write_all(output.as_bytes())
        .map_err(|error| format!("The runbook cannot be written: {error}."))?;
    Ok(ExitCode::SUCCESS)
}

fn report(problems: &[Problem]) {
    for problem in problems {
        match serde_json::to_string(problem) {
            Ok(line) => eprintln!("{line}"),
            Err(error) => eprintln!("A problem cannot be written: {error}."),
        }
    }
}
