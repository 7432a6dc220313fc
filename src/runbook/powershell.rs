//! The runbook for Windows PowerShell 5.1 and PowerShell 7, with the AWS CLI, version 2.
//!
//! Every value is JSON inside a here-string, where PowerShell expands nothing and which ends only at a line that begins
//! with a quote: no line of JSON does. The JSON is ASCII, because Windows PowerShell reads a file without a byte order mark
//! in the code page of the machine.

use super::Disk;
use super::bash;
use super::documents;
use super::journey::{Journey, error};
use super::layout::{self, lay_out};
use super::marks::Variable;
use super::step::Step;
use super::template::{self, Frame, Shared, Values};
use crate::render::document::{Fields, to_json};
use crate::render::shell::{self, Shell};
use crate::request::validate::Problem;
use crate::sentence::{Sentence, sentence};
use serde_json::{Value, json};
use std::fmt::Write;

/// The parts that steps share, each with the steps that use it.
const SHARED: &[Shared] = &[
    (include_str!("powershell/start_import.ps1"), &[Step::DryRun, Step::Import]),
    (include_str!("powershell/object.ps1"), &[Step::Upload, Step::Import]),
    (
        include_str!("powershell/result.ps1"),
        &[Step::Import, Step::Wait, Step::Tag, Step::Register, Step::Copy, Step::CleanUp],
    ),
    (include_str!("powershell/wait.ps1"), &[Step::Wait, Step::Copy]),
];

/// How the parts become one script.
const FRAME: Frame = Frame {
    head: include_str!("powershell/head.ps1"),
    main: include_str!("powershell/main.ps1"),
    shared: SHARED,
    part,
    case: |name, title, function| format!("    '{name}' = @('{title}', '{function}')"),
    below_comment: "\n",
    between_parts: "\n",
};

/// The function of a step and the part it is in.
fn part(step: Step, journey: &Journey<'_>) -> (&'static str, &'static str) {
    match step {
        Step::DryRun => ("Test-Import", include_str!("powershell/dry_run.ps1")),
        Step::Bucket => ("Set-Bucket", include_str!("powershell/bucket.ps1")),
        Step::Cors => ("Set-Cors", include_str!("powershell/cors.ps1")),
        Step::Role => ("Set-Role", include_str!("powershell/role.ps1")),
        Step::Presign => ("New-UploadAddress", include_str!("powershell/presign.ps1")),
        Step::Upload => ("Send-Image", include_str!("powershell/upload.ps1")),
        Step::Import => ("Import-Image", include_str!("powershell/import.ps1")),
        Step::Wait => ("Wait-Import", include_str!("powershell/wait_import.ps1")),
        Step::Tag if journey.makes_image() => ("Set-Tags", include_str!("powershell/tag_image.ps1")),
        Step::Tag => ("Set-Tags", include_str!("powershell/tag_snapshot.ps1")),
        Step::Register => ("Register-Image", include_str!("powershell/register.ps1")),
        Step::Copy => ("Copy-ToRegions", include_str!("powershell/copy.ps1")),
        Step::CleanUp => ("Remove-Leftovers", include_str!("powershell/clean_up.ps1")),
    }
}

/// Writes the script.
pub(super) fn script(journey: &Journey<'_>) -> Result<String, Vec<Problem>> {
    if journey.takes(Step::Upload) {
        check_names(&journey.runbook.disks)?;
    }
    let mut values = settings(journey);
    // The first value of a name counts.
    values.extend(words_of_the_kind(journey));
    values.extend(bash::words_of_the_kind(journey));
    values.extend(documents(journey));
    Ok(template::script(&FRAME, journey, values))
}

/// The upload is the one command whose arguments a person has named.
fn check_names(disks: &[Disk]) -> Result<(), Vec<Problem>> {
    for (number, disk) in disks.iter().enumerate() {
        for (member, text) in [("key", &disk.key), ("file.name", &disk.file.name)] {
            if let Err(reason) = shell::quote(text, Shell::PowerShell) {
                let message = sentence!(
                    "This cannot be uploaded from PowerShell, because {reason}. Change the name, or choose the Python runbook.",
                    reason = Sentence::from(reason.0)
                );
                return Err(vec![error(&format!("disks[{number}].{member}"), "inexpressible", message)]);
            }
        }
    }
    Ok(())
}

fn settings(journey: &Journey<'_>) -> Values {
    let runbook = journey.runbook;
    let disk = |disk: &Disk| {
        json!({
            "Bucket": disk.bucket,
            "Key": disk.key,
            "File": bash::local_path(&disk.file.name),
            "Size": disk.file.size,
        })
    };
    let plan = json!({
        "Region": runbook.region,
        "Profile": runbook.profile,
        "Disks": runbook.disks.iter().map(disk).collect::<Vec<_>>(),
        "Role": journey.role,
        "Run": journey.run,
        "Token": journey.token,
    });
    let names: Vec<&str> = journey.steps.iter().map(|step| step.name()).collect();
    vec![
        ("journey", bash::title(journey)),
        ("steps", names.join(" ")),
        ("plan", ascii_json(&plan)),
        ("operation", journey.import.cli.to_owned()),
        ("account_mark", journey.marks.mark(Variable::Account)),
        ("snapshot_mark", journey.marks.mark(Variable::Snapshot)),
    ]
}

/// The words in which the two imports differ, as PowerShell has them.
fn words_of_the_kind(journey: &Journey<'_>) -> Values {
    let words: [(&'static str, [&str; 2]); 4] = [
        ("describe_results_operation", ["describe-snapshots", "describe-images"]),
        (
            "state_filter",
            ["Name = 'status'; Values = @('completed')", "Name = 'state'; Values = @('available')"],
        ),
        ("owners", ["OwnerIds", "Owners"]),
        ("detail_of_task", ["Get-Property $Task SnapshotTaskDetail", "$Task"]),
    ];
    let column = usize::from(journey.makes_image());
    words.map(|(name, words)| (name, words[column].to_owned())).to_vec()
}

fn documents(journey: &Journey<'_>) -> Values {
    let rule = journey.runbook.origin.as_deref().map(documents::cors::rule).unwrap_or_default();
    let copies = journey.copies.iter().map(|(region, fields)| {
        // The name of a Region is small letters, digits and hyphens: the journey was validated.
        format!("    '{region}' = @'\n{}\n'@", ascii_json(&request(fields)))
    });
    vec![
        ("import", ascii_json(&request(&journey.import_fields))),
        ("register", ascii_json(&request(&journey.register_fields))),
        ("copies", copies.collect::<Vec<_>>().join("\n")),
        ("public_access", ascii_json(&documents::public_access::configuration())),
        ("lifecycle", ascii_json(&documents::lifecycle::configuration())),
        ("cors_rule", ascii_json(&rule)),
        ("trust", ascii_json(&journey.trust)),
        ("role_policy", ascii_json(&journey.role_policy)),
        ("tags", ascii_json(&journey.tags)),
    ]
}

fn request(fields: &Fields) -> Value {
    Value::Object(to_json(fields))
}

/// JSON in which everything but printable ASCII is escaped.
fn ascii_json(value: &Value) -> String {
    let scalar = |value: &Value| {
        let mut text = String::new();
        for character in value.to_string().chars() {
            if (' '..='~').contains(&character) {
                text.push(character);
                continue;
            }
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(text, "\\u{unit:04x}");
            }
        }
        text
    };
    lay_out(value, &layout::Style { scalar: &scalar, step: 2, trailing_comma: false }, 0)
}
