//! The answer first, then why, then everything the bytes say.

use super::block::{Block, Code, Finding as Shown, Label, Link, Table, Tone};
use super::locale::Locale;
use super::map::disk_map;
use crate::guest::{BootMode, TableKind};
use crate::image::ova::manifest::DigestState;
use crate::inspect::{Machine, Report};
use crate::render::command;
use crate::render::shell::Shell;
use crate::text::aws_pages::link_text;
use crate::text::fill;
use crate::text::report::ReportTexts;
use crate::verdict::{Finding, Remedy, Severity, Verdict};

/// What there is to say of an image and of the disks inside it.
pub(super) fn blocks(texts: &ReportTexts, locale: &dyn Locale, report: &Report) -> Vec<Block> {
    let mut blocks = body(texts, locale, report, "");
    for (index, disk) in report.disks.iter().enumerate() {
        let summary = fill(texts.disk_in_appliance, &[("name", &disk.report.path)]);
        let body = body(texts, locale, &disk.report, &format!("disk-{index}-"));
        blocks.push(Block::details(summary, true, body));
    }
    blocks
}

/// What there is to say of one image, or of one disk of an appliance. `prefix` keeps the ids apart.
fn body(texts: &ReportTexts, locale: &dyn Locale, report: &Report, prefix: &str) -> Vec<Block> {
    let answer = |verdict, about: &str| Label {
        tone: tone_of(verdict),
        text: word(texts, verdict, report.complete),
        about: about.into(),
    };
    let mut blocks = vec![Block::Answers(vec![
        answer(report.verdict.import_snapshot, texts.verdict_snapshot),
        answer(report.verdict.import_image, texts.verdict_image),
    ])];
    let reasons = report.advice.reasons.iter();
    blocks.extend(reasons.map(|reason| Block::led(Tone::Note, texts.advice, texts.say(&reason.message))));
    blocks.push(if report.findings.is_empty() {
        Block::toned(Tone::Soft, texts.no_findings)
    } else {
        let sorted = most_severe_first(&report.findings);
        Block::Findings(sorted.into_iter().map(|finding| shown(texts, finding, prefix)).collect())
    });
    blocks.extend(disk_map(texts, locale, report));
    blocks.extend(volumes(texts, locale, report));
    blocks.extend(manifest(texts, report));
    blocks.push(Block::Facts(main_facts(texts, locale, report)));
    let reads = [("reads", locale.number(report.reads)), ("bytes", locale.size(report.bytes_read))];
    let reads = fill(texts.reads, &reads.each_ref().map(|(name, value)| (*name, value.as_str())));
    let own = report.facts.iter().map(|fact| [fact.name.clone(), fact.value.clone()]).collect();
    let details = vec![Block::Facts(own), Block::toned(Tone::Soft, reads)];
    blocks.push(Block::details(texts.details, false, details));
    blocks
}

/// The logical volumes of every volume group.
fn volumes(texts: &ReportTexts, locale: &dyn Locale, report: &Report) -> Option<Block> {
    let rows: Vec<Vec<String>> = report
        .volume_groups
        .iter()
        .flat_map(|group| group.logical_volumes.iter().map(move |volume| (group, volume)))
        .map(|(group, volume)| {
            vec![
                format!("{}/{}", group.name, volume.name),
                volume.layout.clone(),
                volume.filesystem.clone().unwrap_or_else(|| "–".into()),
                locale.size(volume.size),
            ]
        })
        .collect();
    let head = [texts.volume, texts.volume_layout, texts.map_file_system, texts.map_size];
    // A region's name stands once on the page, and several disks may have such a table.
    let label = format!("{}: {}", texts.volume, report.path);
    let table = Table { label, head: head.map(str::to_owned).to_vec(), rows, swatches: false };
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

/// How the files of an appliance compare with its manifest.
fn manifest(texts: &ReportTexts, report: &Report) -> Option<Block> {
    let manifest = report.manifest.as_ref()?;
    let word = |state| match state {
        DigestState::Unchecked => texts.digest_unchecked,
        DigestState::Matches => texts.digest_matches,
        DigestState::Differs => texts.digest_differs,
        DigestState::Missing => texts.digest_missing,
        DigestState::Unlisted => texts.digest_unlisted,
    };
    let facts = manifest.files.iter().map(|file| [file.name.clone(), word(file.state).into()]).collect();
    let summary = fill(texts.manifest, &[("algorithm", &manifest.algorithm)]);
    Some(Block::details(summary, false, vec![Block::Facts(facts)]))
}

/// What ImportImage would make of several disks as one machine; of all of which everything is known, or not yet.
pub(super) fn machine(texts: &ReportTexts, machine: &Machine, is_complete: bool) -> Vec<Block> {
    let count = machine.disks.len().to_string();
    let answer = Label {
        tone: tone_of(machine.verdict),
        text: word(texts, machine.verdict, is_complete),
        about: fill(texts.verdict_machine, &[("count", &count)]),
    };
    let mut blocks = vec![Block::Answers(vec![answer])];
    if !machine.findings.is_empty() {
        let findings = machine.findings.iter().map(|finding| shown(texts, finding, "machine-"));
        blocks.push(Block::Findings(findings.collect()));
    }
    blocks.push(Block::toned(Tone::Soft, texts.machine_about));
    blocks
}

/// The two answers, each in a word.
pub(super) fn answers_in_short(texts: &ReportTexts, report: &Report) -> Vec<Label> {
    let of = |call: &str, verdict| Label {
        tone: tone_of(verdict),
        text: word(texts, verdict, report.complete),
        about: call.into(),
    };
    vec![of("ImportSnapshot", report.verdict.import_snapshot), of("ImportImage", report.verdict.import_image)]
}

/// The answers in a sentence, for those who hear them.
pub(super) fn announcement(texts: &ReportTexts, reports: &[Report], machine: Option<&Machine>) -> String {
    let of = |report: &Report| {
        let snapshot = word(texts, report.verdict.import_snapshot, report.complete);
        let image = word(texts, report.verdict.import_image, report.complete);
        fill(texts.verdict_announced, &[("snapshot", &snapshot), ("image", &image)])
    };
    match (reports, machine) {
        ([report], _) => of(report),
        (_, Some(machine)) => {
            let count = reports.len().to_string();
            let image = word(texts, machine.verdict, are_complete(reports));
            fill(texts.verdict_announced_of_several, &[("count", &count), ("image", &image)])
        }
        (reports, None) => {
            let one = |report: &Report| format!("{}: {}", report.path, of(report));
            reports.iter().map(one).collect::<Vec<_>>().join(" ")
        }
    }
}

/// The tone in which a verdict is shown.
pub(super) fn tone_of(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Accepted => Tone::Good,
        Verdict::AcceptedWithWarnings => Tone::Warn,
        Verdict::Refused => Tone::Bad,
    }
}

/// Whether all of every image was read that a verdict can rest on.
pub(super) fn are_complete(reports: &[Report]) -> bool {
    reports.iter().all(|report| report.complete)
}

/// A verdict in a word. What the rest of an image can still change is no last word; a refusal stays one whatever is found
/// besides.
fn word(texts: &ReportTexts, verdict: Verdict, is_complete: bool) -> String {
    let word = match verdict {
        Verdict::Accepted => texts.verdict_accepted,
        Verdict::AcceptedWithWarnings => texts.verdict_warnings,
        Verdict::Refused => return texts.verdict_refused.into(),
    };
    if is_complete { word.into() } else { fill(texts.verdict_so_far, &[("verdict", word)]) }
}

/// Blockers before warnings before notes; otherwise in the order of the rules.
fn most_severe_first(findings: &[Finding]) -> Vec<&Finding> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.severity.worst()));
    sorted
}

fn shown(texts: &ReportTexts, finding: &Finding, prefix: &str) -> Shown {
    let badges = [
        ("ImportSnapshot", finding.severity.import_snapshot),
        ("ImportImage", finding.severity.import_image),
    ];
    let (command, way_out) = match &finding.remedy {
        Some(Remedy::Command(words)) => (command_of(texts, finding, words, prefix), None),
        Some(Remedy::Advice(advice)) => (None, Some(texts.say(advice))),
        None => (None, None),
    };
    Shown {
        code: finding.code.clone(),
        tone: finding.severity.worst().map_or(Tone::Note, severity_tone),
        text: texts.say(&finding.message),
        badges: badges
            .into_iter()
            .filter_map(|(call, severity)| Some(badge(texts, call, severity?)))
            .collect(),
        link: (!finding.source.is_empty()).then(|| Link {
            text: link_text(texts.aws_page, texts.sentences, &finding.source),
            address: finding.source.clone(),
        }),
        aws_error: finding.aws_error.clone(),
        way_out,
        command,
    }
}

/// The remedy's command for a POSIX shell. A file name that no shell can say has no command.
fn command_of(texts: &ReportTexts, finding: &Finding, words: &[String], prefix: &str) -> Option<Code> {
    let text = command::quote(words, Shell::Posix).ok()?;
    Some(Code::new(format!("{prefix}remedy-{}", finding.code), texts.remedy_command, text))
}

fn badge(texts: &ReportTexts, call: &str, severity: Severity) -> Label {
    let word = match severity {
        Severity::Blocker => texts.severity_blocker,
        Severity::Warning => texts.severity_warning,
        Severity::Note => texts.severity_note,
    };
    Label { tone: severity_tone(severity), text: word.into(), about: call.into() }
}

fn severity_tone(severity: Severity) -> Tone {
    match severity {
        Severity::Blocker => Tone::Bad,
        Severity::Warning => Tone::Warn,
        Severity::Note => Tone::Note,
    }
}

fn main_facts(texts: &ReportTexts, locale: &dyn Locale, report: &Report) -> Vec<[String; 2]> {
    let exact = |bytes| match bytes {
        // These are said in bytes anyway.
        0..1024 => locale.size(bytes),
        _ => fill(texts.bytes, &[("size", &locale.size(bytes)), ("bytes", &locale.number(bytes))]),
    };
    let format = match &report.subformat {
        Some(subformat) => format!("{} ({subformat})", report.format.name().to_uppercase()),
        None => report.format.name().to_uppercase(),
    };
    let table = report.partition_table.map(|table| match table {
        TableKind::Mbr => "MBR",
        TableKind::Gpt => "GPT",
        TableKind::Hybrid => "GPT + MBR (hybrid)",
        TableKind::Apm => "Apple",
        TableKind::None => texts.table_none,
    });
    let boot_mode = report.boot_mode.map(|mode| match mode {
        BootMode::LegacyBios => "BIOS",
        BootMode::Uefi => "UEFI",
        BootMode::Both => texts.boot_both,
        BootMode::None => texts.boot_none,
    });
    let system = report.os.as_ref().map(|os| {
        let name = os.name.clone().unwrap_or_else(|| os.family.clone());
        match &os.version {
            Some(version) if !name.contains(version.as_str()) => format!("{name} {version}"),
            _ => name,
        }
    });
    let kernels = report.os.as_ref().map(|os| os.kernels.join(", ")).filter(|kernels| !kernels.is_empty());
    [
        (texts.fact_format, Some(format)),
        (texts.fact_virtual_size, report.virtual_size.map(exact)),
        (texts.fact_file_size, Some(exact(report.file_size))),
        (texts.fact_creator, report.creator.clone()),
        (texts.fact_parent, report.parent.clone()),
        (texts.fact_table, table.map(str::to_owned)),
        (texts.fact_whole_disk, report.whole_disk.clone()),
        (texts.fact_boot_mode, boot_mode.map(str::to_owned)),
        (texts.fact_architecture, report.architecture.clone()),
        (texts.fact_system, system),
        (texts.fact_kernels, kernels),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some([name.to_owned(), value?]))
    .collect()
}
