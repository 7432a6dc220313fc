//! The runbook for Python 3.9 or newer and boto3.

use super::Disk;
use super::bash;
use super::documents;
use super::journey::Journey;
use super::layout::{self, lay_out};
use super::marks::{Piece, Variable};
use super::step::Step;
use super::template::{self, Frame, Shared, Values};
use crate::render::boto3;
use serde_json::Value;

/// The parts that steps share, each with the steps that use it.
const SHARED: &[Shared] = &[
    (include_str!("python/start_import.py"), &[Step::DryRun, Step::Import]),
    (include_str!("python/object.py"), &[Step::Upload, Step::Import]),
    (
        include_str!("python/result.py"),
        &[Step::Import, Step::Wait, Step::Tag, Step::Register, Step::Copy, Step::CleanUp],
    ),
    (include_str!("python/wait.py"), &[Step::Wait, Step::Copy]),
];

/// How the parts become one script.
const FRAME: Frame = Frame {
    head: include_str!("python/head.py"),
    main: include_str!("python/main.py"),
    shared: SHARED,
    part,
    case: |name, title, function| format!("    \"{name}\": (\"{title}\", {function}),"),
    below_comment: "\n\n\n",
    between_parts: "\n\n",
};

/// The function of a step and the part it is in.
fn part(step: Step, journey: &Journey<'_>) -> (&'static str, &'static str) {
    match step {
        Step::DryRun => ("dry_run", include_str!("python/dry_run.py")),
        Step::Bucket => ("bucket", include_str!("python/bucket.py")),
        Step::Cors => ("cors", include_str!("python/cors.py")),
        Step::Role => ("role", include_str!("python/role.py")),
        Step::Presign => ("presign", include_str!("python/presign.py")),
        Step::Upload => ("upload", include_str!("python/upload.py")),
        // `import` is a word of the language.
        Step::Import => ("import_", include_str!("python/import.py")),
        Step::Wait => ("wait", include_str!("python/wait_import.py")),
        Step::Tag if journey.makes_image() => ("tag", include_str!("python/tag_image.py")),
        Step::Tag => ("tag", include_str!("python/tag_snapshot.py")),
        Step::Register => ("register", include_str!("python/register.py")),
        Step::Copy => ("copy", include_str!("python/copy.py")),
        Step::CleanUp => ("clean_up", include_str!("python/clean_up.py")),
    }
}

/// Writes the script; Python can say everything.
pub(super) fn script(journey: &Journey<'_>) -> String {
    let mut values = settings(journey);
    // The first value of a name counts.
    values.extend(words_of_the_kind(journey));
    values.extend(bash::words_of_the_kind(journey));
    values.extend(documents(journey));
    template::script(&FRAME, journey, values)
}

fn settings(journey: &Journey<'_>) -> Values {
    let runbook = journey.runbook;
    let profile = runbook.profile.as_deref();
    let has_dot = journey.buckets().iter().any(|bucket| bucket.contains('.'));
    let names: Vec<&str> = journey.steps.iter().map(|step| step.name()).collect();
    vec![
        ("journey", bash::title(journey)),
        ("steps", names.join(" ")),
        ("region", boto3::literal(&runbook.region)),
        ("disks", runbook.disks.iter().map(disk).collect::<Vec<_>>().join("\n")),
        ("role", boto3::literal(&journey.role)),
        ("run", boto3::literal(&journey.run)),
        ("token", boto3::literal(&journey.token)),
        ("profile", profile.map_or(String::new(), |name| format!("profile_name={}, ", boto3::literal(name)))),
        // A bucket whose name has a dot fits no certificate.
        ("addressing", if has_dot { "path" } else { "virtual" }.to_owned()),
    ]
}

/// A disk, on a line of its own.
fn disk(disk: &Disk) -> String {
    let words = [&disk.bucket, &disk.key, &disk.file.name].map(|text| boto3::literal(text));
    format!("    Disk({}, {}),", words.join(", "), disk.file.size)
}

/// The words in which the two imports differ, as Python has them.
fn words_of_the_kind(journey: &Journey<'_>) -> Values {
    let words: [(&'static str, [&str; 2]); 5] = [
        ("describe_tasks_method", ["describe_import_snapshot_tasks", "describe_import_image_tasks"]),
        ("describe_results_method", ["describe_snapshots", "describe_images"]),
        (
            "state_filter",
            [
                r#"{"Name": "status", "Values": ["completed"]}"#,
                r#"{"Name": "state", "Values": ["available"]}"#,
            ],
        ),
        ("owners", ["OwnerIds", "Owners"]),
        ("detail_of_task", ["task.get(\"SnapshotTaskDetail\", {})", "task"]),
    ];
    let column = usize::from(journey.makes_image());
    words.map(|(name, words)| (name, words[column].to_owned())).to_vec()
}

fn documents(journey: &Journey<'_>) -> Values {
    let rule = journey.runbook.origin.as_deref().map(documents::cors::rule).unwrap_or_default();
    let copies = journey.copies.iter().map(|(region, fields)| {
        let arguments = with_variables(journey, &boto3::arguments(fields, 2));
        format!("        {}: dict({arguments}),", boto3::literal(region))
    });
    // The closing bracket's line is the template's own.
    let start = with_variables(journey, &boto3::arguments(&journey.import_fields, 1));
    vec![
        ("method", journey.import.python.to_owned()),
        ("start_import", start.trim_end().to_owned()),
        ("register", with_variables(journey, &boto3::arguments(&journey.register_fields, 2))),
        ("copies", copies.collect::<Vec<_>>().join("\n")),
        ("public_access", value(journey, &documents::public_access::configuration(), 12)),
        ("lifecycle", value(journey, &documents::lifecycle::configuration(), 12)),
        ("cors_rule", value(journey, &rule, 4)),
        ("trust", value(journey, &journey.trust, 4)),
        ("role_policy", value(journey, &journey.role_policy, 4)),
        ("tags", value(journey, &journey.tags, 0)),
    ]
}

/// Rendered arguments in which the literals that are marks become variables.
fn with_variables(journey: &Journey<'_>, text: &str) -> String {
    text.replace(&boto3::literal(&journey.marks.mark(Variable::Snapshot)), "snapshot_id")
}

/// A JSON value as a Python expression whose closing bracket stands at `column`.
fn value(journey: &Journey<'_>, json: &Value, column: usize) -> String {
    let scalar = |value: &Value| match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::String(text) => string(journey, text),
        other => other.to_string(),
    };
    lay_out(json, &layout::Style { scalar: &scalar, step: 4, trailing_comma: true }, column)
}

fn string(journey: &Journey<'_>, text: &str) -> String {
    let pieces: Vec<String> = journey
        .marks
        .split(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => boto3::literal(text),
            Piece::Variable(Variable::Account) => "account".to_owned(),
            Piece::Variable(Variable::Region) => "REGION".to_owned(),
            Piece::Variable(Variable::Snapshot) => "snapshot_id".to_owned(),
        })
        .collect();
    if pieces.is_empty() { boto3::literal("") } else { pieces.join(" + ") }
}
