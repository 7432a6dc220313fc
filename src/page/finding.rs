//! One finding: how grave it is for which call, what it is, and the way out.

use super::code_block::CodeBlock;
use super::icon::{Shape as Sign, icon};
use super::text::Texts;
use crate::render::command;
use crate::render::shell::Shell;
use crate::verdict::{Finding, Remedy, Severity};
use yew::prelude::*;

/// A finding, as an item of the list.
pub(super) fn finding_item(texts: &Texts, finding: &Finding, prefix: &str) -> Html {
    let severity = finding.severity.import_snapshot.max(finding.severity.import_image);
    let (tone, shape) = match severity {
        Some(Severity::Blocker) => ("bad", Sign::Cross),
        Some(Severity::Warning) => ("warn", Sign::Warning),
        _ => ("note", Sign::Info),
    };
    html! {
        <li key={finding.code.clone() + &finding.message} class="finding" data-tone={tone} data-code={finding.code.clone()}>
            { icon(shape) }
            <div>
                <p>{ &finding.message }</p>
                <p class="badges">
                    for (call, severity) in severities(finding) {
                        <span key={call} class="badge" data-tone={badge_tone(severity)}>{ call }{ ": " }{ severity_word(texts, severity) }</span>
                    }
                    <span class="small"><a href={finding.source.clone()} target="_blank" rel="noreferrer">{ texts.aws_page }</a></span>
                </p>
                if let Some(error) = &finding.aws_error {
                    <p class="small soft">{ texts.aws_would_say }{ " " }<code>{ error }</code></p>
                }
                if let Some(Remedy::Advice(advice)) = &finding.remedy {
                    <p><strong>{ texts.way_out }</strong>{ " " }{ advice }</p>
                }
                if let Some(command) = command_text(finding) {
                    <CodeBlock id={format!("{prefix}remedy-{}", finding.code)} label={texts.remedy_command} text={command} />
                }
            </div>
        </li>
    }
}

/// The remedy's command for a POSIX shell. A file name that no shell can say has no command.
fn command_text(finding: &Finding) -> Option<String> {
    match &finding.remedy {
        Some(Remedy::Command(words)) => command::quote(words, Shell::Posix).ok(),
        _ => None,
    }
}

fn severities(finding: &Finding) -> Vec<(&'static str, Severity)> {
    [("ImportSnapshot", finding.severity.import_snapshot), ("ImportImage", finding.severity.import_image)]
        .into_iter()
        .filter_map(|(call, severity)| Some((call, severity?)))
        .collect()
}

fn badge_tone(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocker => "bad",
        Severity::Warning => "warn",
        Severity::Note => "note",
    }
}

fn severity_word(texts: &Texts, severity: Severity) -> &'static str {
    match severity {
        Severity::Blocker => texts.severity_blocker,
        Severity::Warning => texts.severity_warning,
        Severity::Note => texts.severity_note,
    }
}
