//! The whole journey as one script, with its steps to be switched on and off.

pub(super) mod disks;

use super::block::{Block, Code, Tone};
use super::control::Kind;
use super::locale::Locale;
use super::output::WritingOption;
use super::request::Situation;
use crate::plan::Plan;
use crate::read::read;
use crate::request::shape::Request;
use crate::runbook::estimate::Estimate;
use crate::runbook::step::{STEPS, Step};
use crate::runbook::{Copy, Language, Runbook, Script, write};
use crate::text::duration::duration;
use crate::text::fill;
use crate::text::runbook::RunbookTexts;
use crate::text::upload::UploadTexts;
use serde::Serialize;
use serde_json::{Map, Value};

/// The runbook as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShownRunbook {
    /// What can be chosen.
    pub options: Vec<WritingOption>,
    /// The script, its steps and estimates; or why there is none.
    pub blocks: Vec<Block>,
}

read!(struct ShownRunbook { options, blocks });

/// A flag that is off although it is on by default.
const OFF: &str = "no";

/// The runbook of the situation; `complete` says that the request has no errors.
pub(super) fn runbook(
    texts: &RunbookTexts,
    locale: &dyn Locale,
    situation: &Situation,
    request: &Request,
    complete: bool,
) -> ShownRunbook {
    if !["ImportSnapshot", "ImportImage"].contains(&request.call.name) {
        return ShownRunbook {
            options: Vec::new(),
            blocks: vec![Block::toned(Tone::Soft, texts.only_imports)],
        };
    }
    let plan = &situation.plan;
    let language = Language::from_name(&written(plan, "language")).unwrap_or(Language::Bash);
    let runbook = of(situation, request);
    let options = options(texts, plan, &runbook, language);
    let blocks = if complete {
        match write(&runbook, language) {
            Ok(script) => script_blocks(texts, locale, script),
            Err(problems) => problems
                .into_iter()
                .map(|problem| Block::toned(Tone::Warn, texts.say(&problem.message)))
                .collect(),
        }
    } else {
        vec![Block::toned(Tone::Soft, texts.waiting)]
    };
    ShownRunbook { options, blocks }
}

fn name(what: &str) -> String {
    format!("runbook.{what}")
}

fn written(plan: &Plan, what: &str) -> String {
    plan.writing.get(&name(what)).cloned().unwrap_or_default()
}

/// What the script is written from: the request, the image, and what the plan says of the other calls.
fn of(situation: &Situation, request: &Request) -> Runbook {
    let plan = &situation.plan;
    let regions = written(plan, "copies");
    let regions = regions.split([',', ' ']).map(str::trim).filter(|region| !region.is_empty());
    let is_switched = |about: &&crate::runbook::step::About| !written(plan, about.name).is_empty();
    // What an image proposes for RegisterImage is no wish to register one: a name is, or the step switched on.
    let is_wanted = |parameters: &&Map<String, Value>| {
        let is_named = parameters.get("Name").and_then(Value::as_str).is_some_and(|name| !name.is_empty());
        request.call.name == "ImportSnapshot" && (is_named || written(plan, Step::Register.name()) == "true")
    };
    let none = Map::new();
    let register = Some(plan.parameters.get("RegisterImage").unwrap_or(&none)).filter(is_wanted);
    Runbook {
        region: plan.region.trim().to_owned(),
        profile: plan.writing.get("profile").cloned(),
        disks: disks::of(situation, request),
        origin: Some(situation.upload.origin.clone()).filter(|origin| !origin.is_empty()),
        call: request.call.name.into(),
        parameters: request.parameters.clone(),
        register: register.cloned(),
        copies: regions.map(|region| Copy { region: region.into(), ..Copy::default() }).collect(),
        steps: STEPS
            .iter()
            .filter(is_switched)
            .map(|about| (about.step, written(plan, about.name) != OFF))
            .collect(),
        ..Runbook::default()
    }
}

fn options(texts: &RunbookTexts, plan: &Plan, runbook: &Runbook, language: Language) -> Vec<WritingOption> {
    let names = Language::ALL.iter().map(|language| language.name().to_owned()).collect();
    let mut options = vec![
        WritingOption {
            name: name("language"),
            label: texts.script_language.into(),
            help: String::new(),
            kind: Kind::Choice(names),
            value: language.name().into(),
            off: String::new(),
        },
        WritingOption {
            name: name("copies"),
            label: texts.copies.into(),
            help: texts.copies_help.into(),
            kind: Kind::Line,
            value: written(plan, "copies"),
            off: String::new(),
        },
    ];
    options.extend(STEPS.iter().map(|about| {
        let by_default = about.step.is_on_unless_told(runbook);
        let is_on = runbook.steps.get(&about.step).copied().unwrap_or(by_default);
        WritingOption {
            name: name(about.name),
            label: texts.translated(about.title).into(),
            help: String::new(),
            kind: Kind::Flag,
            value: if is_on { "true".into() } else { String::new() },
            off: OFF.into(),
        }
    }));
    options
}

fn script_blocks(texts: &RunbookTexts, locale: &dyn Locale, script: Script) -> Vec<Block> {
    let code = Code::new("runbook-text", texts.script, script.text).as_file(script.file_name);
    let mut blocks = vec![Block::Code(code)];
    blocks.extend(
        script.warnings.into_iter().map(|warning| Block::toned(Tone::Warn, texts.say(&warning.message))),
    );
    let steps =
        script.steps.into_iter().map(|step| [texts.say(&step.title), texts.say(&step.explanation)]).collect();
    blocks.push(Block::details(texts.steps, false, vec![Block::Facts(steps)]));
    let estimates = script.estimates.iter().map(|estimate| figure(texts, locale, estimate)).collect();
    blocks.push(Block::details(texts.estimates, false, vec![Block::Facts(estimates)]));
    blocks
}

fn figure(texts: &RunbookTexts, locale: &dyn Locale, estimate: &Estimate) -> [String; 2] {
    let upload = UploadTexts::of(texts.language);
    let dollars = |text: &str, [from, to]: [f64; 2]| {
        let (from, to) = (locale.decimal(from, 2), locale.decimal(to, 2));
        fill(text, &[("from", &from), ("to", &to)])
    };
    let times = estimate.seconds.map(|[from, to]| {
        let (from, to) = (duration(upload, from), duration(upload, to));
        fill(texts.time, &[("from", &from), ("to", &to)])
    });
    let figures = [
        times,
        estimate.dollars_once.map(|range| dollars(texts.once, range)),
        estimate.dollars_monthly.map(|range| dollars(texts.monthly, range)),
        Some(texts.say(&estimate.assumption)),
    ];
    let figures: Vec<String> = figures.into_iter().flatten().collect();
    [texts.say(&estimate.title), figures.join(". ")]
}
