//! A parameter of the request as a form control, driven by its row in the call's table.
//!
//! These are functions and not components: each component costs some 8 KB of program.

use super::context::Page;
use super::icon::{Shape as Sign, icon};
use super::problems::control_id;
use crate::plan::Action;
use crate::request::shape::{Member, Shape};
use crate::request::validate::{Level, Problem};
use serde_json::Value;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// A labelled control with its help and its problem, for the parameter at `path`.
pub(super) fn field(page: &Page, path: &'static str, member: &'static Member, wide: bool) -> Html {
    let label = page.texts.label(path);
    if matches!(member.shape, Shape::Boolean) {
        return check_box(page, path, &label, member.help);
    }
    let optional = !member.required && !path.starts_with("DiskContainer");
    let control = match member.shape {
        Shape::Text(text) if !text.values.is_empty() => choice(page, path, text.values),
        _ => line(page, path, member.example),
    };
    labelled(page, &Label { path, text: &label, optional, wide, help: member.help }, control)
}

/// The Region, which is no parameter but goes with every call.
pub(super) fn region_field(page: &Page, path: &'static str) -> Html {
    let id = control_id(path);
    let typed = {
        let page = page.clone();
        Callback::from(move |event: InputEvent| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            page.change(Action::SetRegion(value.trim().to_owned()));
        })
    };
    let control = html! {
        <input id={id.clone()} type="text" list="regions" autocomplete="off" spellcheck="false" placeholder="eu-central-1"
            value={page.plan.0.region.clone()} aria-describedby={described_by(&id)} aria-invalid={invalid(page, path)}
            oninput={typed} onblur={on_leave(page, path)} />
    };
    let label =
        Label { path, text: page.texts.region, optional: false, wide: false, help: page.texts.region_hint };
    labelled(page, &label, control)
}

/// What stands around a control.
struct Label<'a> {
    path: &'a str,
    text: &'a str,
    optional: bool,
    wide: bool,
    help: &'static str,
}

/// A control with its label above and its help and problem below. The control's id is [`control_id`] of the path.
fn labelled(page: &Page, label: &Label, control: Html) -> Html {
    let id = control_id(label.path);
    html! {
        <div class={classes!("field", label.wide.then_some("wide"))}>
            <label for={id.clone()}>
                { label.text }
                if label.optional {
                    <span class="soft small">{ " · " }{ page.texts.optional }</span>
                }
            </label>
            { control }
            <p id={format!("{id}-help")} class="hint">{ label.help }</p>
            { problem_line(&id, page.problem_of(label.path)) }
        </div>
    }
}

/// The place of the problem beside a control, there even while there is none: the control's description points to it.
pub(super) fn problem_line(id: &str, problem: Option<&Problem>) -> Html {
    html! {
        <div id={format!("{id}-problem")}>
            if let Some(problem) = problem {
                <p class="problem" data-tone={if problem.level == Level::Error { "bad" } else { "warn" }}>
                    { icon(Sign::Warning) }<span>{ &problem.message }</span>
                </p>
            }
        </div>
    }
}

fn described_by(id: &str) -> String {
    format!("{id}-help {id}-problem")
}

/// The value of `aria-invalid`: warnings leave a control valid.
pub(super) fn invalid(page: &Page, path: &str) -> &'static str {
    let wrong = page.problem_of(path).is_some_and(|problem| problem.level == Level::Error);
    if wrong { "true" } else { "false" }
}

/// Notes that the control at `path` was left.
pub(super) fn on_leave(page: &Page, path: &str) -> Callback<FocusEvent> {
    let (page, path) = (page.clone(), path.to_owned());
    Callback::from(move |_| page.leave(&path))
}

fn set_text(path: &str, value: String) -> Action {
    let value = (!value.is_empty()).then_some(Value::String(value));
    Action::Set { path: path.to_owned(), value }
}

fn line(page: &Page, path: &'static str, example: &'static str) -> Html {
    let id = control_id(path);
    let typed = {
        let page = page.clone();
        Callback::from(move |event: InputEvent| {
            page.change(set_text(path, event.target_unchecked_into::<HtmlInputElement>().value()));
        })
    };
    html! {
        <input id={id.clone()} type="text" autocomplete="off" spellcheck="false" value={page.plan.0.text(path)}
            placeholder={example} aria-describedby={described_by(&id)} aria-invalid={invalid(page, path)}
            oninput={typed} onblur={on_leave(page, path)} />
    }
}

fn choice(page: &Page, path: &'static str, values: &'static [&'static str]) -> Html {
    let id = control_id(path);
    let current = page.plan.0.text(path);
    let chosen = {
        let page = page.clone();
        Callback::from(move |event: Event| {
            page.change(set_text(path, event.target_unchecked_into::<HtmlSelectElement>().value()));
            page.leave(path);
        })
    };
    html! {
        <select id={id.clone()} aria-describedby={described_by(&id)} aria-invalid={invalid(page, path)}
            onchange={chosen} onblur={on_leave(page, path)}>
            <option value="" selected={current.is_empty()}>{ page.texts.choose }</option>
            for value in values.iter().copied() {
                <option key={value} {value} selected={current == value}>{ value }</option>
            }
            if !current.is_empty() && !values.contains(&current.as_str()) {
                <option value={current.clone()} selected=true>{ &current }</option>
            }
        </select>
    }
}

fn check_box(page: &Page, path: &'static str, label: &str, help: &'static str) -> Html {
    let id = control_id(path);
    let changed = {
        let page = page.clone();
        Callback::from(move |event: Event| {
            let checked = event.target_unchecked_into::<HtmlInputElement>().checked();
            page.change(Action::Set { path: path.to_owned(), value: checked.then_some(Value::Bool(true)) });
            page.leave(path);
        })
    };
    html! {
        <div class="field wide">
            <span class="check">
                <input id={id.clone()} type="checkbox" checked={page.plan.0.get(path) == Some(Value::Bool(true))}
                    aria-describedby={described_by(&id)} onchange={changed} />
                <label for={id.clone()}>{ label }</label>
            </span>
            <p id={format!("{id}-help")} class="hint">{ help }</p>
            { problem_line(&id, page.problem_of(path)) }
        </div>
    }
}
