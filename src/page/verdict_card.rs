//! The second step: the answer first, then why, then everything the bytes say.

use super::code_block::CodeBlock;
use super::context::use_page;
use super::disk_map::disk_map;
use super::finding::finding_item;
use super::icon::{Shape, icon};
use super::text::{Texts, fill};
use crate::browser::locale;
use crate::guest::{BootMode, TableKind};
use crate::inspect::Report;
use crate::verdict::{Finding, Verdict};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) report: Option<Rc<Report>>,
}

/// The card of the verdict.
#[component]
pub(super) fn VerdictCard(props: &Props) -> Html {
    let texts = use_page().texts;
    html! {
        <section id="verdict" class="card" aria-labelledby="verdict-title">
            <header><h2 id="verdict-title">{ texts.step_verdict }</h2></header>
            <p class="visually-hidden" role="status">{ announcement(texts, props.report.as_deref()) }</p>
            if let Some(report) = &props.report {
                <Answer report={Rc::clone(report)} />
            } else {
                <p class="soft">{ texts.verdict_empty }</p>
            }
        </section>
    }
}

fn announcement(texts: &Texts, report: Option<&Report>) -> String {
    report.map_or_else(String::new, |report| {
        let snapshot = word(texts, report.verdict.import_snapshot);
        let image = word(texts, report.verdict.import_image);
        fill(texts.verdict_announced, &[("snapshot", snapshot), ("image", image)])
    })
}

/// The colour in which a verdict is shown.
fn tone_of(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accepted => "good",
        Verdict::AcceptedWithWarnings => "warn",
        Verdict::Refused => "bad",
    }
}

fn word(texts: &Texts, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accepted => texts.verdict_accepted,
        Verdict::AcceptedWithWarnings => texts.verdict_warnings,
        Verdict::Refused => texts.verdict_refused,
    }
}

#[derive(Properties, PartialEq)]
struct AnswerProps {
    report: Rc<Report>,
}

#[component]
fn Answer(props: &AnswerProps) -> Html {
    let texts = use_page().texts;
    let report = &props.report;
    let json = use_memo(Rc::clone(report), |report| {
        AttrValue::from(serde_json::to_string_pretty(&**report).unwrap_or_default())
    });
    html! {
        <>
            { body(texts, report, "") }
            for (index, disk) in report.disks.iter().enumerate() {
                <details key={index} open=true>
                    <summary>{ fill(texts.disk_in_appliance, &[("name", &disk.report.path)]) }</summary>
                    <div class="code">{ body(texts, &disk.report, &format!("disk-{index}-")) }</div>
                </details>
            }
            <details>
                <summary>{ texts.as_json }</summary>
                <CodeBlock id="report-json" label={texts.json_label} text={(*json).clone()} file_name="import-report.json" />
            </details>
        </>
    }
}

/// What there is to say of one image, or of one disk of an appliance. `prefix` keeps the ids apart.
fn body(texts: &Texts, report: &Report, prefix: &str) -> Html {
    html! {
        <>
            <div class="verdicts">
                { verdict_box(texts, report.verdict.import_snapshot, texts.verdict_snapshot) }
                { verdict_box(texts, report.verdict.import_image, texts.verdict_image) }
            </div>
            for reason in report.advice.reasons.iter() {
                <p key={reason.code.clone()} class="notice" data-tone="note"><span><strong>{ texts.advice }</strong>{ " " }{ &reason.message }</span></p>
            }
            <ul class="findings">
                for finding in most_severe_first(&report.findings) {
                    { finding_item(texts, finding, prefix) }
                }
                if report.findings.is_empty() {
                    <li class="soft">{ texts.no_findings }</li>
                }
            </ul>
            <div>
                if !report.partitions.is_empty() {
                    { disk_map(texts, report) }
                }
            </div>
            { facts(texts, report) }
        </>
    }
}

/// Blockers before warnings before notes; otherwise in the order of the rules.
fn most_severe_first(findings: &[Finding]) -> Vec<&Finding> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| {
        std::cmp::Reverse(finding.severity.import_snapshot.max(finding.severity.import_image))
    });
    sorted
}

fn verdict_box(texts: &Texts, verdict: Verdict, call: &str) -> Html {
    let shape = match verdict {
        Verdict::Accepted => Shape::Check,
        Verdict::AcceptedWithWarnings => Shape::Warning,
        Verdict::Refused => Shape::Cross,
    };
    html! {
        <div class="verdict" data-tone={tone_of(verdict)}>
            { icon(shape) }
            <strong>{ word(texts, verdict) }</strong>
            <span class="small">{ call }</span>
        </div>
    }
}

/// The table of facts: what is always known, then what the container's own structures say.
fn facts(texts: &Texts, report: &Report) -> Html {
    let reads = fill(
        texts.reads,
        &[("reads", &locale::number(report.reads)), ("bytes", &locale::size(report.bytes_read))],
    );
    html! {
        <>
            <dl class="facts">
                for (name, value) in main_facts(texts, report) {
                    <div key={name}><dt>{ name }</dt><dd>{ value }</dd></div>
                }
            </dl>
            <details>
                <summary>{ texts.details }</summary>
                <dl class="facts">
                    for (index, fact) in report.facts.iter().enumerate() {
                        <div key={index}><dt>{ &fact.name }</dt><dd>{ &fact.value }</dd></div>
                    }
                </dl>
                <p class="small soft">{ reads }</p>
            </details>
        </>
    }
}

fn main_facts(texts: &Texts, report: &Report) -> Vec<(&'static str, String)> {
    let exact =
        |bytes| fill(texts.bytes, &[("size", &locale::size(bytes)), ("bytes", &locale::number(bytes))]);
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
    .filter_map(|(name, value)| Some((name, value?)))
    .collect()
}
