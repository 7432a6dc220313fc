//! The runbook for bash 3.2 or newer and the AWS CLI, version 1 or 2.

use super::Disk;
use super::documents;
use super::journey::{Journey, error};
use super::layout::{self, lay_out};
use super::marks::{Piece, Variable};
use super::step::Step;
use super::template::{self, Frame, Shared, Values};
use crate::render::cli::{self, Style, Version, one_line_json};
use crate::render::document::Fields;
use crate::render::shell::{self, Inexpressible, Layout, Shell};
use crate::request::calls::{COPY_SNAPSHOT, REGISTER_IMAGE};
use crate::request::shape::Call;
use crate::request::validate::Problem;
use crate::sentence::{Sentence, sentence};
use serde_json::Value;

/// The parts that steps share, each with the steps that use it.
const SHARED: &[Shared] = &[
    (include_str!("bash/start_import.sh"), &[Step::DryRun, Step::Import]),
    (include_str!("bash/each_disk.sh"), &[Step::Presign, Step::Upload, Step::Import, Step::CleanUp]),
    (include_str!("bash/object.sh"), &[Step::Upload, Step::Import]),
    (
        include_str!("bash/result.sh"),
        &[Step::Import, Step::Wait, Step::Tag, Step::Register, Step::Copy, Step::CleanUp],
    ),
    (include_str!("bash/wait.sh"), &[Step::Wait, Step::Copy]),
];

/// How the parts become one script.
const FRAME: Frame = Frame {
    head: include_str!("bash/head.sh"),
    main: include_str!("bash/main.sh"),
    shared: SHARED,
    part,
    case: |name, title, function| format!("    {name})\n      say '== {title}'\n      {function}\n      ;;"),
    below_comment: "\n",
    between_parts: "\n",
};

/// The function of a step and the part it is in.
fn part(step: Step, journey: &Journey<'_>) -> (&'static str, &'static str) {
    match step {
        Step::DryRun => ("dry_run", include_str!("bash/dry_run.sh")),
        Step::Bucket => ("bucket", include_str!("bash/bucket.sh")),
        Step::Cors => ("cors", include_str!("bash/cors.sh")),
        Step::Role => ("role", include_str!("bash/role.sh")),
        Step::Presign => ("presign", include_str!("bash/presign.sh")),
        Step::Upload => ("upload", include_str!("bash/upload.sh")),
        Step::Import => ("import", include_str!("bash/import.sh")),
        // `wait` is a builtin.
        Step::Wait => ("await", include_str!("bash/wait_import.sh")),
        Step::Tag if journey.makes_image() => ("tag", include_str!("bash/tag_image.sh")),
        Step::Tag => ("tag", include_str!("bash/tag_snapshot.sh")),
        Step::Register => ("register", include_str!("bash/register.sh")),
        Step::Copy => ("copy", include_str!("bash/copy.sh")),
        Step::CleanUp => ("clean_up", include_str!("bash/clean_up.sh")),
    }
}

/// Writes the script.
pub(super) fn script(journey: &Journey<'_>) -> Result<String, Vec<Problem>> {
    let mut values = settings(journey)?;
    values.extend(words_of_the_kind(journey));
    values.extend(documents(journey)?);
    values.extend(calls(journey)?);
    Ok(template::script(&FRAME, journey, values))
}

/// What the script knows from the beginning.
fn settings(journey: &Journey<'_>) -> Result<Values, Vec<Problem>> {
    let runbook = journey.runbook;
    let profile = match &runbook.profile {
        Some(profile) => format!("export AWS_PROFILE={}\n", quote("profile", profile)?),
        None => String::new(),
    };
    let names: Vec<&str> = journey.steps.iter().map(|step| step.name()).collect();
    Ok(vec![
        ("journey", title(journey)),
        ("steps", names.join(" ")),
        ("region", quote("region", &runbook.region)?),
        ("disks", disks(&runbook.disks)?),
        // Letters, digits, dots, hyphens and underscores, as old buckets may have them: the journey was validated.
        ("buckets", journey.buckets().join(" ")),
        ("role", quote("role_name", &journey.role)?),
        ("run", journey.run.clone()),
        ("token", quote("parameters.ClientToken", &journey.token)?),
        ("profile", profile),
    ])
}

/// A line of words for each disk.
fn disks(disks: &[Disk]) -> Result<String, Vec<Problem>> {
    let mut lines = Vec::new();
    for (number, disk) in disks.iter().enumerate() {
        let fetched = ["file://", "fileb://", "http://", "https://"];
        if fetched.iter().any(|beginning| disk.key.starts_with(beginning)) {
            let message = "The AWS CLI would read a key that begins so from there: choose another key, or the Python runbook.";
            return Err(vec![error(&format!("disks[{number}].key"), "inexpressible", message)]);
        }
        let words = [
            quote(&format!("disks[{number}].bucket"), &disk.bucket)?,
            quote(&format!("disks[{number}].key"), &disk.key)?,
            quote(&format!("disks[{number}].file.name"), &local_path(&disk.file.name))?,
            disk.file.size.to_string(),
        ];
        lines.push(format!("  {}", words.join(" ")));
    }
    Ok(lines.join("\n"))
}

/// The title's words, all of them the project's own.
pub(super) fn title(journey: &Journey<'_>) -> String {
    let mut words = vec![journey.import.name];
    for (step, call) in [(Step::Register, "RegisterImage"), (Step::Copy, "CopySnapshot")] {
        if journey.takes(step) {
            words.push(call);
        }
    }
    words.join(", ")
}

/// A path that no program takes for an option or an address.
pub(super) fn local_path(name: &str) -> String {
    if name.starts_with('-') || name.contains("://") { format!("./{name}") } else { name.to_owned() }
}

/// How ImportSnapshot and ImportImage differ in what they make and how it is described.
pub(super) fn words_of_the_kind(journey: &Journey<'_>) -> Values {
    let words: [(&'static str, [&str; 2]); 8] = [
        ("describe_tasks", ["describe-import-snapshot-tasks", "describe-import-image-tasks"]),
        ("tasks", ["ImportSnapshotTasks", "ImportImageTasks"]),
        ("detail", ["SnapshotTaskDetail.", ""]),
        ("result", ["snapshot", "image"]),
        ("result_member", ["SnapshotId", "ImageId"]),
        ("results", ["Snapshots", "Images"]),
        ("state_filter", ["Name=status,Values=completed", "Name=state,Values=available"]),
        ("describe_results", ["describe-snapshots --owner-ids self", "describe-images --owners self"]),
    ];
    let column = usize::from(journey.makes_image());
    words.map(|(name, words)| (name, words[column].to_owned())).to_vec()
}

fn documents(journey: &Journey<'_>) -> Result<Values, Vec<Problem>> {
    let location = if journey.runbook.region == "us-east-1" {
        "    # us-east-1 is the one Region that S3 refuses as a LocationConstraint.\n    aws s3api create-bucket --region \"$region\" --bucket \"$bucket\" >/dev/null"
    } else {
        "    aws s3api create-bucket --region \"$region\" --bucket \"$bucket\" \\\n      --create-bucket-configuration \"LocationConstraint=$region\" >/dev/null"
    };
    let rule = journey.runbook.origin.as_deref().map(documents::cors::rule).unwrap_or_default();
    Ok(vec![
        ("location", location.to_owned()),
        ("public_access", document(journey, &documents::public_access::configuration(), 6)?),
        ("lifecycle", document(journey, &documents::lifecycle::configuration(), 6)?),
        ("cors_rule", document(journey, &rule, 2)?),
        ("cors_enough", cors_enough(&rule)),
        ("trust", document(journey, &journey.trust, 6)?),
        ("role_policy", document(journey, &journey.role_policy, 4)?),
        ("tags", word(journey, &one_line_json(&journey.tags)).map_err(|reason| unsayable("tags", reason))?),
    ])
}

/// The condition, as JMESPath has it, that another CORS rule lets the page do as much as this one. What is in it are names of
/// methods and an origin, neither of which has a quote: the journey was validated.
fn cors_enough(rule: &Value) -> String {
    let members = ["AllowedOrigins", "AllowedMethods", "AllowedHeaders"];
    let allowed = members.into_iter().flat_map(|member| {
        let values =
            rule.get(member).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        values.map(move |value| (member, value))
    });
    let contains = |(member, value)| format!("{member} && contains({member}, '{value}')");
    allowed.chain([("ExposeHeaders", "ETag")]).map(contains).collect::<Vec<_>>().join(" &&\n      ")
}

/// A document as one word over several lines; `column` is where its closing bracket stands.
fn document(journey: &Journey<'_>, value: &Value, column: usize) -> Result<String, Vec<Problem>> {
    let style = layout::Style { scalar: &one_line_json, step: 2, trailing_comma: false };
    word(journey, &lay_out(value, &style, column)).map_err(|reason| unsayable("", reason))
}

fn calls(journey: &Journey<'_>) -> Result<Values, Vec<Problem>> {
    let mut cases = Vec::new();
    for (region, fields) in &journey.copies {
        let mut lines = call(journey, &COPY_SNAPSHOT, fields, region, 8)?;
        lines.push_str(" \\\n        --query SnapshotId --output text");
        cases.push(format!("    {region})\n      {lines}\n      ;;"));
    }
    let regions: Vec<&str> = journey.copies.iter().map(|(region, _)| *region).collect();
    let own = journey.marks.mark(Variable::Region);
    Ok(vec![
        ("start_import", call(journey, journey.import, &journey.import_fields, &own, 4)?),
        ("register", call(journey, &REGISTER_IMAGE, &journey.register_fields, &own, 6)?),
        ("copies", cases.join("\n")),
        ("destinations", regions.join(" ")),
    ])
}

/// A command of the CLI renderer, an option a line.
fn call(
    journey: &Journey<'_>,
    call: &'static Call,
    fields: &Fields,
    region: &str,
    indent: usize,
) -> Result<String, Vec<Problem>> {
    // What version 1 takes, version 2 takes too.
    let style = Style {
        version: Version::One,
        shell: Shell::Posix,
        layout: Layout::Wrapped,
        globals: vec![("--region".to_owned(), Some(region.to_owned()))],
    };
    let groups = cli::words(call, fields, &style)?.unwrap_or_default();
    let mut lines = Vec::new();
    for group in groups {
        let words: Result<Vec<String>, _> = group.iter().map(|text| word(journey, text)).collect();
        lines.push(words.map_err(|reason| unsayable(call.name, reason))?.join(" "));
    }
    Ok(lines.join(&format!(" \\\n{}", " ".repeat(indent))))
}

/// One word of the shell, with variables where the text has marks.
fn word(journey: &Journey<'_>, text: &str) -> Result<String, Inexpressible> {
    let mut word = String::new();
    for piece in journey.marks.split(text) {
        match piece {
            Piece::Text(text) => word.push_str(&shell::quote(text, Shell::Posix)?),
            Piece::Variable(Variable::Account) => word.push_str("\"$account\""),
            Piece::Variable(Variable::Region) => word.push_str("\"$region\""),
            Piece::Variable(Variable::Snapshot) => word.push_str("\"$snapshot_id\""),
        }
    }
    if word.is_empty() { shell::quote("", Shell::Posix) } else { Ok(word) }
}

fn quote(path: &str, text: &str) -> Result<String, Vec<Problem>> {
    shell::quote(text, Shell::Posix).map_err(|reason| unsayable(path, reason))
}

fn unsayable(path: &str, reason: Inexpressible) -> Vec<Problem> {
    let message = sentence!(
        "This value cannot be written for bash, because {reason}. Change the value, or choose the Python runbook.",
        reason = Sentence::from(reason.0)
    );
    vec![error(path, "inexpressible", message)]
}
