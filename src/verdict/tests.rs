//! What holds for the whole catalogue.

use super::builder::Case;
use super::catalogue::{Rule, Way, rules};
use super::template::names;
use super::{Severity, catalogue_page};
use crate::image::Format;
use std::collections::BTreeSet;

#[test]
fn codes_are_stable_names_and_stand_once() {
    let mut codes = BTreeSet::new();
    for rule in rules() {
        assert!(codes.insert(rule.code), "{} stands twice", rule.code);
        assert!(
            rule.code.chars().all(|c| c == '-' || c.is_ascii_lowercase() || c.is_ascii_digit()),
            "{}",
            rule.code
        );
    }
}

#[test]
fn each_rule_concerns_a_call_and_rests_on_a_page_of_aws() {
    for rule in rules() {
        assert!(rule.severity.worst().is_some(), "{}", rule.code);
        assert!(rule.source.starts_with("https://docs.aws.amazon.com/"), "{}", rule.code);
        assert!(rule.message.ends_with(['.', '}']), "{} is no sentence", rule.code);
        assert!(!rule.title.ends_with('.'), "{}", rule.code);
    }
}

/// A blocker without a way out leaves a person helpless.
#[test]
fn each_blocker_and_warning_has_a_way_out_that_needs_no_value_but_those_of_its_sentence() {
    for rule in rules().filter(|rule| rule.severity.worst() >= Some(Severity::Warning)) {
        assert!(!rule.remedy.is_empty(), "{}", rule.code);
    }
    for rule in
        rules().filter(|rule| rule.severity.blocks() && rule.code != "compressed" && rule.code != "archive")
    {
        let last = rule.remedy.last();
        let Some(Way::Advice(advice)) = last else { panic!("{} may have no way out", rule.code) };
        let known: Vec<&str> = names(rule.message);
        let given_by_its_group = ["declared"];
        for name in names(advice) {
            assert!(known.contains(&name) || given_by_its_group.contains(&name), "{}: {name}", rule.code);
        }
    }
}

#[test]
fn no_finding_shows_a_template_s_braces() {
    let no_braces = |rule: &Rule| !rule.title.contains('{');
    assert!(rules().all(no_braces));
    for format in [Format::Qcow2, Format::Vmdk, Format::Raw, Format::Ova, Format::Gzip, Format::Unknown] {
        for finding in Case::new("a.vmdk", format).findings() {
            assert!(!finding.message.contains('{'), "{}: {}", finding.code, finding.message);
        }
    }
}

#[test]
fn the_worst_findings_come_first() {
    let mut case = Case::new("a.vmdk", Format::Qcow2);
    case.image.virtual_size = Some(1000);
    let worst: Vec<_> = case.findings().iter().map(|finding| finding.severity.worst()).collect();
    assert!(worst.is_sorted_by(|a, b| a >= b) && worst.len() >= 3, "{worst:?}");
}

#[test]
fn the_page_of_findings_is_that_of_the_catalogue() {
    let page = include_str!("../../docs/findings.md");
    assert!(
        page == catalogue_page(),
        "docs/findings.md is stale: cargo run --example findings > docs/findings.md"
    );
}
