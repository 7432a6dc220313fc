//! The catalogue as a page: `docs/findings.md`.

use super::catalogue::{CHAPTERS, Rule, Way};
use super::{Severity, supported};
use std::fmt::Write;

const INTRODUCTION: &str = "\
# Findings

What Import Planner may say about an image. This page is written from the rules in `src/verdict`:
`cargo run --example findings > docs/findings.md`; a test fails when it is stale.

A finding weighs differently for the two calls. A **blocker** means that AWS refuses the image by its own pages, or that
nobody can make a disk of its bytes; a **warning** that it may fail, or that what comes out may not be what was wanted; a
**note** is worth knowing. What AWS has not published is otherwise never a blocker. A code never changes its meaning.
";

/// The page, as Markdown.
pub fn catalogue_page() -> String {
    let mut page = INTRODUCTION.to_string();
    // Writing to a string cannot fail.
    let _ = writeln!(page, "\nThe lists of operating systems and kernels are as of {}.", supported::AS_OF);
    for chapter in CHAPTERS {
        let _ = writeln!(page, "\n## {}", chapter.title);
        for rule in chapter.rules {
            write_rule(&mut page, rule);
        }
    }
    page
}

fn write_rule(page: &mut String, rule: &Rule) {
    let severity = |severity: Option<Severity>| match severity {
        Some(Severity::Blocker) => "blocker",
        Some(Severity::Warning) => "warning",
        Some(Severity::Note) => "note",
        None => "–",
    };
    let _ = writeln!(page, "\n### `{}`\n\n{}.\n", rule.code, rule.title);
    let _ = writeln!(page, "- ImportSnapshot: {}", severity(rule.severity.import_snapshot));
    let _ = writeln!(page, "- ImportImage: {}", severity(rule.severity.import_image));
    let _ = writeln!(page, "- Says: {}", rule.message);
    for way in rule.remedy {
        let _ = match way {
            Way::Command(words) => writeln!(page, "- Way out: `{}`", words.join(" ")),
            Way::Advice(advice) => writeln!(page, "- Way out: {advice}"),
        };
    }
    if let Some(error) = rule.aws_error {
        let _ = writeln!(page, "- AWS says: `{error}`");
    }
    let _ = writeln!(page, "- Source: <{}>", rule.source);
}
