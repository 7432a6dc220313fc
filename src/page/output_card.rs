//! What a person takes away: the request in every form, written anew with each change.

use super::code_block::CodeBlock;
use super::context::{Page, use_page};
use super::problems::problem_summary;
use super::text::{Texts, fill};
use crate::browser::document;
use crate::render::{As, Options, Output, render};
use crate::request::validate::{Level, Problem};
use yew::prelude::*;

/// The forms that are offered, in the order of the tabs.
const FORMS: &[As] = &[As::Cli, As::CliJson, As::Query];

/// The card of the generated text.
#[component]
pub(super) fn OutputCard() -> Html {
    let page = use_page();
    let texts = page.texts;
    let form = use_state_eq(|| As::Cli);
    let output = written(&page, *form);
    html! {
        <section id="output" class="card" aria-labelledby="output-title">
            <header><h2 id="output-title">{ texts.output_title }</h2></header>
            { tabs(texts, *form, &Callback::from({ let form = form.clone(); move |chosen| form.set(chosen) })) }
            <div id="output-panel" role="tabpanel" aria-labelledby={tab_id(*form)} class="code">
                <p class="small soft">{ hint(texts, *form) }</p>
                if let Some(Ok(output)) = &output {
                    <CodeBlock id="output-text" label={name(texts, *form)} text={output.text.clone()} file_name={output.file_name.clone()} />
                    for note in output.notes.iter() {
                        <p key={note.clone()} class="small soft">{ note }</p>
                    }
                    for file in output.beside.iter() {
                        <h3 key={file.name.clone()}>{ texts.output_beside }{": "}<code>{ &file.name }</code></h3>
                        <CodeBlock id={format!("beside-{}", file.name)} label={file.name.clone()} text={file.text.clone()} file_name={file.name.clone()} />
                    }
                } else if let Some(Err(reason)) = &output {
                    <p class="notice" data-tone="warn">{ fill(texts.output_failed, &[("reason", reason)]) }</p>
                } else {
                    <p class="soft">{ texts.output_waiting }</p>
                }
            </div>
            <div class="code">
                { problem_summary(&page, Level::Error) }
                { problem_summary(&page, Level::Warning) }
            </div>
        </section>
    }
}

/// The request in one form; `None` while something must be mended first.
fn written(page: &Page, form: As) -> Option<Result<Output, String>> {
    if page.problems.iter().any(|problem| problem.level == Level::Error) {
        return None;
    }
    let plan = &page.plan.0;
    let options = Options { region: Some(plan.region.clone()), ..Options::default() };
    Some(render(&plan.request(), form, &options, Vec::new()).map_err(|problems| sentences(&problems)))
}

fn sentences(problems: &[Problem]) -> String {
    problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join(" ")
}

fn name(texts: &Texts, form: As) -> &'static str {
    match form {
        As::CliJson => texts.output_json,
        As::Query => texts.output_query,
        _ => texts.output_cli,
    }
}

fn hint(texts: &Texts, form: As) -> &'static str {
    match form {
        As::CliJson => texts.output_hint_json,
        As::Query => texts.output_hint_query,
        _ => texts.output_hint_cli,
    }
}

fn tab_id(form: As) -> String {
    format!("tab-{}", form.name())
}

/// Tabs by the pattern of the ARIA authoring practices: one stop for Tab, the arrows move between them.
fn tabs(texts: &Texts, chosen: As, on_choose: &Callback<As>) -> Html {
    let moved = {
        let on_choose = on_choose.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(next) = neighbour(chosen, &event.key()) {
                event.prevent_default();
                on_choose.emit(next);
                document::focus(&tab_id(next));
            }
        })
    };
    html! {
        <div role="tablist" aria-label={texts.output_forms} class="tabs" onkeydown={moved}>
            for form in FORMS.iter().copied() {
                <button key={form.name()} id={tab_id(form)} type="button" role="tab" aria-controls="output-panel"
                    aria-selected={if form == chosen { "true" } else { "false" }}
                    tabindex={if form == chosen { "0" } else { "-1" }}
                    onclick={on_choose.reform(move |_: MouseEvent| form)}>
                    { name(texts, form) }
                </button>
            }
        </div>
    }
}

fn neighbour(chosen: As, key: &str) -> Option<As> {
    let at = FORMS.iter().position(|form| *form == chosen)?;
    let last = FORMS.len() - 1;
    let next = match key {
        "ArrowRight" => {
            if at == last {
                0
            } else {
                at + 1
            }
        }
        "ArrowLeft" => at.checked_sub(1).unwrap_or(last),
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    FORMS.get(next).copied()
}
