//! A parameter of the request as a form control, driven by its row in the call's table.

use super::context::{Page, use_page};
use super::icon::{Icon, Shape};
use super::problems::control_id;
use crate::plan::Action;
use crate::request::shape::{Member, Shape as Kind};
use crate::request::validate::{Level, Problem};
use serde_json::Value;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The parameter's path in the API's own names.
    pub(super) path: AttrValue,
    /// Its row in the call's table.
    pub(super) member: &'static Member,
    /// Whether it takes the whole width.
    #[prop_or_default]
    pub(super) wide: bool,
}

impl PartialEq for Member {
    /// Rows live in tables: the same row is the same address.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// A labelled control with its help and its problem.
#[component]
pub(super) fn Field(props: &Props) -> Html {
    let page = use_page();
    let label = page.texts.label(&props.path);
    let problem = page.problem_of(&props.path).cloned();
    if matches!(props.member.shape, Kind::Boolean) {
        return html! { <CheckBox path={props.path.clone()} {label} help={props.member.help} {problem} /> };
    }
    let optional = !props.member.required && !props.path.starts_with("DiskContainer");
    html! {
        <Labelled path={props.path.clone()} {label} {optional} wide={props.wide} help={props.member.help} problem={problem.clone()}>
            if let Some(values) = choices(props.member) {
                <Choice path={props.path.clone()} {values} {problem} />
            } else {
                <Line path={props.path.clone()} example={props.member.example} {problem} />
            }
        </Labelled>
    }
}

fn choices(member: &'static Member) -> Option<&'static [&'static str]> {
    match member.shape {
        Kind::Text(text) if !text.values.is_empty() => Some(text.values),
        _ => None,
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct LabelledProps {
    pub(super) path: AttrValue,
    pub(super) label: AttrValue,
    #[prop_or_default]
    pub(super) optional: bool,
    #[prop_or_default]
    pub(super) wide: bool,
    pub(super) help: AttrValue,
    pub(super) problem: Option<Problem>,
    pub(super) children: Html,
}

/// A control with its label above and its help and problem below. The control's id is [`control_id`] of the path.
#[component]
pub(super) fn Labelled(props: &LabelledProps) -> Html {
    let texts = use_page().texts;
    let id = control_id(&props.path);
    html! {
        <div class={classes!("field", props.wide.then_some("wide"))}>
            <label for={id.clone()}>
                { &props.label }
                if props.optional {
                    <span class="soft small">{ " · " }{ texts.optional }</span>
                }
            </label>
            { props.children.clone() }
            <p id={format!("{id}-help")} class="hint">{ &props.help }</p>
            <ProblemLine id={format!("{id}-problem")} problem={props.problem.clone()} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ProblemLineProps {
    id: AttrValue,
    problem: Option<Problem>,
}

#[component]
fn ProblemLine(props: &ProblemLineProps) -> Html {
    html! {
        <div id={props.id.clone()}>
            if let Some(problem) = &props.problem {
                <p class="problem" data-tone={if problem.level == Level::Error { "bad" } else { "warn" }}>
                    <Icon shape={Shape::Warning} /><span>{ &problem.message }</span>
                </p>
            }
        </div>
    }
}

fn described_by(id: &str) -> String {
    format!("{id}-help {id}-problem")
}

fn invalid(problem: Option<&Problem>) -> &'static str {
    if problem.is_some_and(|problem| problem.level == Level::Error) { "true" } else { "false" }
}

/// What an input does when it is typed into, and when it is left.
fn text_changes(page: &Page, path: &AttrValue) -> (Callback<InputEvent>, Callback<FocusEvent>) {
    let typed = {
        let (page, path) = (page.clone(), path.clone());
        Callback::from(move |event: InputEvent| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            page.change(set_text(&path, value));
        })
    };
    let left = {
        let (page, path) = (page.clone(), path.clone());
        Callback::from(move |_: FocusEvent| page.leave(&path))
    };
    (typed, left)
}

fn set_text(path: &str, value: String) -> Action {
    let value = (!value.is_empty()).then_some(Value::String(value));
    Action::Set { path: path.to_owned(), value }
}

#[derive(Properties, PartialEq)]
struct LineProps {
    path: AttrValue,
    example: &'static str,
    problem: Option<Problem>,
}

#[component]
fn Line(props: &LineProps) -> Html {
    let page = use_page();
    let id = control_id(&props.path);
    let (typed, left) = text_changes(&page, &props.path);
    html! {
        <input id={id.clone()} type="text" autocomplete="off" spellcheck="false" value={page.plan.0.text(&props.path)}
            placeholder={props.example} aria-describedby={described_by(&id)} aria-invalid={invalid(props.problem.as_ref())}
            oninput={typed} onblur={left} />
    }
}

#[derive(Properties, PartialEq)]
struct ChoiceProps {
    path: AttrValue,
    values: &'static [&'static str],
    problem: Option<Problem>,
}

#[component]
fn Choice(props: &ChoiceProps) -> Html {
    let page = use_page();
    let id = control_id(&props.path);
    let current = page.plan.0.text(&props.path);
    let chosen = {
        let (page, path) = (page.clone(), props.path.clone());
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            page.change(set_text(&path, value));
            page.leave(&path);
        })
    };
    let left = {
        let (page, path) = (page.clone(), props.path.clone());
        Callback::from(move |_: FocusEvent| page.leave(&path))
    };
    html! {
        <select id={id.clone()} aria-describedby={described_by(&id)} aria-invalid={invalid(props.problem.as_ref())}
            onchange={chosen} onblur={left}>
            <option value="" selected={current.is_empty()}>{ page.texts.choose }</option>
            for value in props.values.iter().copied() {
                <option key={value} {value} selected={current == value}>{ value }</option>
            }
            if !current.is_empty() && !props.values.contains(&current.as_str()) {
                <option value={current.clone()} selected=true>{ &current }</option>
            }
        </select>
    }
}

#[derive(Properties, PartialEq)]
struct CheckBoxProps {
    path: AttrValue,
    label: AttrValue,
    help: AttrValue,
    problem: Option<Problem>,
}

#[component]
fn CheckBox(props: &CheckBoxProps) -> Html {
    let page = use_page();
    let id = control_id(&props.path);
    let changed = {
        let (page, path) = (page.clone(), props.path.clone());
        Callback::from(move |event: Event| {
            let checked = event.target_unchecked_into::<HtmlInputElement>().checked();
            page.change(Action::Set { path: path.to_string(), value: checked.then_some(Value::Bool(true)) });
            page.leave(&path);
        })
    };
    html! {
        <div class="field wide">
            <span class="check">
                <input id={id.clone()} type="checkbox" checked={page.plan.0.get(&props.path) == Some(Value::Bool(true))}
                    aria-describedby={described_by(&id)} onchange={changed} />
                <label for={id.clone()}>{ &props.label }</label>
            </span>
            <p id={format!("{id}-help")} class="hint">{ &props.help }</p>
            <ProblemLine id={format!("{id}-problem")} problem={props.problem.clone()} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct RegionProps {
    /// The path under which its problems are kept.
    pub(super) path: AttrValue,
}

/// The Region, which is no parameter but goes with every call.
#[component]
pub(super) fn RegionField(props: &RegionProps) -> Html {
    let page = use_page();
    let id = control_id(&props.path);
    let problem = page.problem_of(&props.path).cloned();
    let typed = {
        let page = page.clone();
        Callback::from(move |event: InputEvent| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            page.change(Action::SetRegion(value.trim().to_owned()));
        })
    };
    let (_, left) = text_changes(&page, &props.path);
    html! {
        <Labelled path={props.path.clone()} label={page.texts.region} help={page.texts.region_hint} problem={problem.clone()}>
            <input id={id.clone()} type="text" list="regions" autocomplete="off" spellcheck="false" placeholder="eu-central-1"
                value={page.plan.0.region.clone()} aria-describedby={described_by(&id)} aria-invalid={invalid(problem.as_ref())}
                oninput={typed} onblur={left} />
        </Labelled>
    }
}
