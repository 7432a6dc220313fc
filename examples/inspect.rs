//! Says what disk images are and what EC2 would do with them.
//!
//! ```text
//! cargo run --release --example inspect -- [--json] [--first | --verify] [--set] FILE…
//! ```
//!
//! `--json` prints one object a file, each on a line of its own. `--first` stops after the first pass. `--verify`
//! also reads appliances through and compares them with their manifests. With `--set` the files belong together (a
//! descriptor and its extents, a disk and its parent): each that is no part of another is reported. Exits with 0 when everything was inspected, 1 when a file could not be read, 2 when it was called wrongly.

use import_planner::image::ova::manifest::DigestState;
use import_planner::image::read_at::DiskFile;
use import_planner::image::{Depth, FileSet, NamedSource};
use import_planner::inspect::{DiskInAppliance, DiskUpload, Inspector, ManifestReport, Report};
use import_planner::render::command;
use import_planner::render::shell::Shell;
use import_planner::sentence;
use import_planner::verdict::template::{escaped, shown};
use import_planner::verdict::{Finding, Remedy, Severity, Verdict};
use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;

const USAGE: &str = "usage: inspect [--json] [--first | --verify] [--set] FILE…";

/// How far to go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
    First,
    Complete,
    Verified,
}

/// What was asked for.
struct Options {
    json: bool,
    until: Until,
    is_set: bool,
    files: Vec<PathBuf>,
}

fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("{problem}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let sets: Vec<&[PathBuf]> =
        if options.is_set { vec![&options.files] } else { options.files.chunks(1).collect() };
    let mut all_read = true;
    for set in sets {
        match inspect(set, options.until) {
            Ok(reports) => {
                for report in reports {
                    // Whoever reads may have had enough: `inspect … | head -1`.
                    if print(&report, options.json).is_err() {
                        return ExitCode::SUCCESS;
                    }
                }
            }
            Err(problem) => {
                eprintln!("{problem}");
                all_read = false;
            }
        }
    }
    if all_read { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn options() -> Result<Options, String> {
    let mut options = Options { json: false, until: Until::Complete, is_set: false, files: Vec::new() };
    let mut only_files = false;
    for argument in std::env::args_os().skip(1) {
        match argument.to_str().filter(|_| !only_files) {
            Some("--") => only_files = true,
            Some("--json") => options.json = true,
            Some("--first") => options.until = Until::First,
            Some("--verify") => options.until = Until::Verified,
            Some("--set") => options.is_set = true,
            Some(unknown) if unknown.starts_with("--") => {
                return Err(format!("unknown option {}", shown(unknown)));
            }
            _ => options.files.push(argument.into()),
        }
    }
    if options.files.is_empty() { Err("no file was named".into()) } else { Ok(options) }
}

fn inspect(paths: &[PathBuf], until: Until) -> Result<Vec<Report>, String> {
    let files = paths.iter().map(|path| open(path)).collect::<Result<_, _>>()?;
    let inspector = Inspector::new(FileSet { files });
    let unread = |error| {
        let names: Vec<String> = paths.iter().map(|path| shown(&path.to_string_lossy())).collect();
        format!("{}: {error}", names.join(", "))
    };
    let heads = inspector.heads().map_err(unread)?;
    let report = |index| match until {
        Until::First => inspector.report(index, Depth::First).map(Some),
        Until::Complete => inspector.report(index, Depth::Complete).map(Some),
        Until::Verified => inspector.verified_report(index, show_progress),
    };
    heads.into_iter().filter_map(|index| report(index).map_err(unread).transpose()).collect()
}

/// On a terminal alone, in one line that the next overwrites.
fn show_progress(done: u64, total: u64) -> ControlFlow<()> {
    let mut terminal = std::io::stderr().lock();
    if terminal.is_terminal() {
        let end = if done == total { "\n" } else { "" };
        // Nobody is worse off for a progress that was not shown.
        let _ = write!(
            terminal,
            "\rdigests: {} of {}\x1b[K{end}",
            sentence::size(done, '.', "bytes"),
            sentence::size(total, '.', "bytes")
        );
    }
    ControlFlow::Continue(())
}

fn open(path: &Path) -> Result<NamedSource, String> {
    let name = path.to_string_lossy().into_owned();
    let failed = |reason: &dyn std::fmt::Display| format!("{}: {reason}", shown(&name));
    let metadata = std::fs::metadata(path).map_err(|error| failed(&error))?;
    if !metadata.is_file() {
        // A pipe would be waited for, a device has no size.
        return Err(failed(&"it is not a regular file"));
    }
    let source = DiskFile::open(path).map_err(|error| failed(&error))?;
    Ok(NamedSource { name, source: Rc::new(source) })
}

fn print(report: &Report, json: bool) -> std::io::Result<()> {
    let text = if json {
        serde_json::to_string(report).map_err(std::io::Error::other)?
    } else {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = describe(&mut text, report, "");
        text
    };
    writeln!(std::io::stdout().lock(), "{text}")
}

fn describe(text: &mut String, report: &Report, indent: &str) -> std::fmt::Result {
    writeln!(text, "{indent}{}: {}", shown(&report.path), headline(report))?;
    writeln!(text, "{indent}  ImportSnapshot: {}", verdict_said(report.verdict.import_snapshot))?;
    writeln!(text, "{indent}  ImportImage:    {}", verdict_said(report.verdict.import_image))?;
    describe_advice(text, report, indent)?;
    for finding in &report.findings {
        describe_finding(text, finding, indent)?;
    }
    for partition in &report.partitions {
        let kind = partition.type_name.as_deref().unwrap_or(&partition.type_id);
        let filesystem = partition.filesystem.as_deref().unwrap_or("no known file system");
        let label =
            partition.label.as_deref().map(|label| format!(" \"{}\"", shown(label))).unwrap_or_default();
        writeln!(
            text,
            "{indent}  partition {}: {} at {}, {kind}, {filesystem}{label}",
            partition.index,
            sentence::size(partition.size, '.', "bytes"),
            sentence::size(partition.start, '.', "bytes"),
        )?;
    }
    if let Some(manifest) = &report.manifest {
        describe_manifest(text, manifest, indent)?;
    }
    describe_volume_groups(text, report, indent)?;
    for disk in &report.disks {
        describe_disk(text, disk, &format!("{indent}    "))?;
    }
    if indent.is_empty() {
        writeln!(
            text,
            "  ({} read, in {} reads)",
            sentence::size(report.bytes_read, '.', "bytes"),
            report.reads
        )?;
    }
    Ok(())
}

fn describe_manifest(text: &mut String, manifest: &ManifestReport, indent: &str) -> std::fmt::Result {
    for file in &manifest.files {
        let state = match file.state {
            DigestState::Unchecked => "not checked",
            DigestState::Matches => "matches",
            DigestState::Differs => "DIFFERS",
            DigestState::Missing => "is missing",
            DigestState::Unlisted => "is not listed",
        };
        writeln!(text, "{indent}  manifest ({}): {} {state}", manifest.algorithm, shown(&file.name))?;
    }
    Ok(())
}

fn describe_volume_groups(text: &mut String, report: &Report, indent: &str) -> std::fmt::Result {
    for group in &report.volume_groups {
        for volume in &group.logical_volumes {
            let filesystem = volume.filesystem.as_deref().unwrap_or("no known file system");
            let label =
                volume.label.as_deref().map(|label| format!(" \"{}\"", shown(label))).unwrap_or_default();
            writeln!(
                text,
                "{indent}  logical volume {}/{}: {}, {}, {filesystem}{label}",
                shown(&group.name),
                shown(&volume.name),
                sentence::size(volume.size, '.', "bytes"),
                shown(&volume.layout),
            )?;
        }
    }
    Ok(())
}

fn describe_disk(text: &mut String, disk: &DiskInAppliance, indent: &str) -> std::fmt::Result {
    describe(text, &disk.report, indent)?;
    if let Some(place) = &disk.attachment {
        let boot = if disk.is_boot_disk { ", the boot disk" } else { "" };
        writeln!(text, "{indent}  attached to {} {}:{}{boot}", place.bus, place.controller, place.unit)?;
    }
    match &disk.upload {
        DiskUpload::Slice { offset, length, .. } => {
            writeln!(text, "{indent}  can be uploaded out of the archive: {length} bytes at {offset}")
        }
        DiskUpload::File { .. } => Ok(()),
        DiskUpload::Impossible { message, .. } => writeln!(text, "{indent}  {message}"),
    }
}

fn headline(report: &Report) -> String {
    let mut parts = vec![report.format.name().to_string()];
    parts.extend(report.subformat.iter().map(|subformat| shown(subformat)));
    parts.extend(report.virtual_size.map(|size| format!("a disk of {}", sentence::size(size, '.', "bytes"))));
    parts.push(format!("a file of {}", sentence::size(report.file_size, '.', "bytes")));
    parts.extend(report.creator.iter().map(|creator| format!("written by {}", shown(creator))));
    parts.extend(report.os.iter().filter_map(|os| os.name.as_deref()).map(shown));
    parts.join(", ")
}

fn verdict_said(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accepted => "accepted",
        Verdict::AcceptedWithWarnings => "accepted, with warnings",
        Verdict::Refused => "refused",
    }
}

fn describe_advice(text: &mut String, report: &Report, indent: &str) -> std::fmt::Result {
    let advice = &report.advice;
    for reason in &advice.reasons {
        writeln!(text, "{indent}  {}", reason.message)?;
    }
    if let (None, Some(remedy)) = (advice.call, &advice.remedy) {
        writeln!(text, "{indent}  Way out: {}", remedy_said(remedy))?;
    }
    let asked = [
        ("Format", &advice.format),
        ("BootMode", &advice.boot_mode),
        ("Architecture", &advice.architecture),
        ("LicenseType", &advice.license_type),
        ("Platform", &advice.platform),
    ];
    let asked: Vec<String> = asked
        .iter()
        .filter_map(|(name, value)| value.as_ref().map(|value| format!("{name}={value}")))
        .collect();
    match advice.call {
        Some(call) => writeln!(text, "{indent}  Use {call:?}: {}", asked.join(" ")),
        None => Ok(()),
    }
}

fn describe_finding(text: &mut String, finding: &Finding, indent: &str) -> std::fmt::Result {
    writeln!(text, "{indent}  {}: {} [{}]", weight(finding), finding.message, finding.code)?;
    if let Some(remedy) = &finding.remedy {
        writeln!(text, "{indent}      {}", remedy_said(remedy))?;
    }
    writeln!(text, "{indent}      {}", finding.source)
}

/// How much a finding weighs, and for which call where they differ.
fn weight(finding: &Finding) -> String {
    let word = |severity: Option<Severity>| match severity {
        Some(Severity::Blocker) => "BLOCKER",
        Some(Severity::Warning) => "warning",
        Some(Severity::Note) => "note",
        None => "",
    };
    let (snapshot, image) = (finding.severity.import_snapshot, finding.severity.import_image);
    match (snapshot, image) {
        _ if snapshot == image => word(image).into(),
        (None, image) => format!("{} (ImportImage)", word(image)),
        (snapshot, None) => format!("{} (ImportSnapshot)", word(snapshot)),
        _ => format!("{} (ImportImage), {} (ImportSnapshot)", word(image), word(snapshot)),
    }
}

/// A command as it can be pasted into a POSIX shell. Of a name that would turn the terminal upside down the escaped form
/// is shown, which cannot be pasted; `--json` has the exact words.
fn remedy_said(remedy: &Remedy) -> String {
    let words = match remedy {
        Remedy::Advice(sentence) => return sentence.to_string(),
        Remedy::Command(words) => words,
    };
    let is_plain = words.iter().all(|word| escaped(word) == *word);
    match command::quote(words, Shell::Posix) {
        Ok(line) if is_plain => line,
        _ => {
            let words: Vec<String> = words.iter().map(|word| escaped(word)).collect();
            format!("{} (a name is escaped here; --json has it exactly)", words.join(" "))
        }
    }
}
