//! Reads what AWS answered from standard input and prints what was understood as JSON.
//!
//! `aws ec2 describe-import-snapshot-tasks | cargo run --release --example answer`

use import_planner::task;
use std::io::Read;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut bytes = Vec::new();
    // One byte more than is read of it, so that a longer text is known to be one.
    let limit = task::LONGEST as u64 + 1;
    if let Err(error) = std::io::stdin().take(limit).read_to_end(&mut bytes) {
        eprintln!("Standard input cannot be read: {error}.");
        return ExitCode::FAILURE;
    }
    let answer = task::read_answer(&String::from_utf8_lossy(&bytes));
    match answer.map(|answer| serde_json::to_string_pretty(&answer)) {
        Ok(Ok(json)) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Ok(Err(error)) => {
            eprintln!("The answer cannot be written as JSON: {error}.");
            ExitCode::FAILURE
        }
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
