//! The request written down, in the form that the person chose.

use super::block::{Block, Code, Tone};
use super::control::Kind;
use crate::plan::Plan;
use crate::read::read;
use crate::render::cli::{Style, Version};
use crate::render::globals::{GLOBAL_OPTIONS, GlobalOption, Takes};
use crate::render::shell::{Layout, Shell};
use crate::render::{As, Options, Output, RENDERINGS, Rendering, Setting, render};
use crate::request::shape::Request;
use crate::request::validate::{Level, Problem};
use crate::text::fill;
use crate::text::form::FormTexts;
use serde::Serialize;

/// How a command is laid out, as the plan says it.
const LINES: &str = "lines";
const LINE: &str = "line";

/// The ways to write a request, and how the chosen one can be varied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Writing {
    /// The tabs: the form's name in the plan and its name for a person.
    pub tabs: Vec<[String; 2]>,
    /// The form that is chosen.
    pub form: String,
    /// What it is for.
    pub hint: String,
    /// What most people vary.
    pub options: Vec<WritingOption>,
    /// The AWS CLI's global options, which few need.
    pub globals: Vec<WritingOption>,
}

read!(struct Writing { tabs, form, hint, options, globals });

/// Something about the writing that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WritingOption {
    /// Its name in the plan: `shell`, or an option of the CLI.
    pub name: String,
    /// Its name for a person.
    pub label: String,
    /// What it does; empty for nothing to say.
    pub help: String,
    /// What can be chosen.
    pub kind: Kind,
    /// What is chosen.
    pub value: String,
    /// What the plan keeps of a flag that is taken away; empty where that is the default.
    pub off: String,
}

read!(struct WritingOption { name, label, help, kind, value, off });

/// The request in the form that the plan names, and the ways there are.
pub(super) fn write(
    texts: &FormTexts,
    plan: &Plan,
    request: &Request,
    problems: &[Problem],
) -> (Writing, Vec<Block>) {
    let named = |name: &str| plan.writing.get(name).map(String::as_str).unwrap_or_default();
    let form = As::from_name(named("form")).unwrap_or(As::Cli);
    let options = Options {
        region: Some(plan.region.trim().to_owned()).filter(|region| !region.is_empty()),
        profile: Some(named("profile").to_owned()).filter(|profile| !profile.is_empty()),
        style: style(plan),
    };
    let rendering = form.rendering();
    let writing = Writing {
        tabs: RENDERINGS.iter().map(|own| [own.name.to_owned(), tab(texts, own.way).0.to_owned()]).collect(),
        form: form.name().into(),
        hint: tab(texts, form).1.into(),
        options: varied(texts, rendering, &options),
        globals: if rendering.settings.contains(&Setting::Globals) {
            globals(texts, plan, &options.style)
        } else {
            Vec::new()
        },
    };
    let stopped = problems.iter().any(|problem| problem.level == Level::Error);
    if stopped && !form.is_skeleton() {
        return (writing, Vec::new());
    }
    let blocks = match render(request, form, &options, Vec::new()) {
        Ok(output) => written(texts, form, output),
        Err(problems) => {
            vec![Block::toned(
                Tone::Warn,
                fill(texts.output_failed, &[("reason", &sentences(texts, &problems))]),
            )]
        }
    };
    (writing, blocks)
}

fn written(texts: &FormTexts, form: As, output: Output) -> Vec<Block> {
    let code = Code::new("output-text", tab(texts, form).0, output.text).as_file(output.file_name);
    let mut blocks = vec![Block::Code(code)];
    if let Some(command) = output.command {
        let label = if form.is_skeleton() { texts.output_command_prints } else { texts.output_command };
        blocks.push(Block::Code(Code::new("output-command", label, command)));
    }
    blocks.extend(output.notes.into_iter().map(|note| Block::toned(Tone::Soft, texts.say(&note))));
    for file in output.beside {
        let heading = format!("{}: {}", texts.output_beside, file.name);
        blocks.push(Block::Heading(heading));
        let code =
            Code::new(format!("beside-{}", file.name), file.name.clone(), file.text).as_file(file.name);
        blocks.push(Block::Code(code));
    }
    blocks
}

fn sentences(texts: &FormTexts, problems: &[Problem]) -> String {
    problems.iter().map(|problem| texts.say(&problem.message)).collect::<Vec<_>>().join(" ")
}

/// The form's name and what it is for.
fn tab(texts: &FormTexts, form: As) -> (&'static str, &'static str) {
    match form {
        As::Cli => (texts.output_cli, texts.output_hint_cli),
        As::CliJson => (texts.output_json, texts.output_hint_json),
        As::CliYaml => (texts.output_yaml, texts.output_hint_yaml),
        As::Boto3 => (texts.output_boto3, texts.output_hint_boto3),
        As::Terraform => (texts.output_terraform, texts.output_hint_terraform),
        As::Query => (texts.output_query, texts.output_hint_query),
        As::Curl => (texts.output_curl, texts.output_hint_curl),
        As::Skeleton => (texts.output_skeleton, texts.output_hint_skeleton),
        As::SkeletonYaml => (texts.output_skeleton_yaml, texts.output_hint_skeleton),
        As::SkeletonOutput => (texts.output_skeleton_output, texts.output_hint_skeleton_output),
    }
}

/// How commands are written, as the plan says.
pub(super) fn style(plan: &Plan) -> Style {
    let named = |name: &str| plan.writing.get(name).map(String::as_str).unwrap_or_default();
    let version = if named("version") == "1" { Version::One } else { Version::Two };
    let is_set = |option: &&GlobalOption| {
        option.is_in(version)
            && !["--region", "--profile"].contains(&option.name)
            && !named(option.name).is_empty()
    };
    let spelled = |option: &GlobalOption| {
        let value = (option.takes != Takes::Nothing).then(|| named(option.name).to_owned());
        (option.name.to_owned(), value)
    };
    Style {
        version,
        shell: Shell::ALL.into_iter().find(|shell| shell.name() == named("shell")).unwrap_or_default(),
        layout: if named("layout") == LINE { Layout::OneLine } else { Layout::default() },
        globals: GLOBAL_OPTIONS.iter().filter(is_set).map(spelled).collect(),
    }
}

fn varied(texts: &FormTexts, rendering: &Rendering, options: &Options) -> Vec<WritingOption> {
    let choice = |name: &str, label: &str, values: &[&str], value: &str| WritingOption {
        name: name.into(),
        label: label.into(),
        help: String::new(),
        kind: Kind::Choice(values.iter().map(|value| (*value).to_owned()).collect()),
        value: value.into(),
        off: String::new(),
    };
    let style = &options.style;
    let vary = |setting: &Setting| match setting {
        Setting::Version => {
            let version = if style.version == Version::One { "1" } else { "2" };
            Some(choice("version", texts.writing_version, &["2", "1"], version))
        }
        Setting::Shell => {
            Some(choice("shell", texts.writing_shell, &Shell::ALL.map(Shell::name), style.shell.name()))
        }
        Setting::Layout => {
            let layout = if style.layout == Layout::OneLine { LINE } else { LINES };
            Some(choice("layout", texts.writing_layout, &[LINES, LINE], layout))
        }
        Setting::Profile => {
            let profile = options.profile.as_deref().unwrap_or_default();
            Some(WritingOption { kind: Kind::Line, ..choice("profile", texts.writing_profile, &[], profile) })
        }
        // The Region is the plan's own, and the globals have a disclosure.
        Setting::Region | Setting::Globals => None,
    };
    rendering.settings.iter().filter_map(vary).collect()
}

fn globals(texts: &FormTexts, plan: &Plan, style: &Style) -> Vec<WritingOption> {
    let shown = |option: &&GlobalOption| {
        option.is_in(style.version) && !["--region", "--profile"].contains(&option.name)
    };
    let control = |option: &GlobalOption| WritingOption {
        name: option.name.into(),
        label: option.name.into(),
        help: texts.translated(option.help).into(),
        kind: match option.takes {
            Takes::Nothing => Kind::Flag,
            Takes::Text | Takes::Seconds => Kind::Line,
            Takes::OneOf(both, second) => {
                let second = if style.version == Version::Two { second } else { &[] };
                Kind::Choice(both.iter().chain(second).map(|value| (*value).to_owned()).collect())
            }
        },
        value: plan.writing.get(option.name).cloned().unwrap_or_default(),
        off: String::new(),
    };
    GLOBAL_OPTIONS.iter().filter(shown).map(control).collect()
}
