//! The tags of the import task: rows of a key and a value.

use super::context::use_page;
use super::icon::{Icon, Shape};
use super::problems::control_id;
use super::text::fill;
use crate::plan::Action;
use crate::request::validate::Problem;
use serde_json::{Value, json};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Where the tags lie in the request. One specification is enough: each call tags one type of resource.
const TAGS: &str = "TagSpecifications[0].Tags";

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The type of resource that the call tags: `import-snapshot-task`.
    pub(super) resource_type: &'static str,
}

/// The rows, and the button that adds one.
#[component]
pub(super) fn TagsField(props: &Props) -> Html {
    let page = use_page();
    let texts = page.texts;
    let tags = match page.plan.0.get(TAGS) {
        Some(Value::Array(tags)) => tags,
        _ => Vec::new(),
    };
    let replace = {
        let (page, resource_type) = (page.clone(), props.resource_type);
        Callback::from(move |tags: Vec<Value>| {
            let value = (!tags.is_empty()).then(|| json!([{"ResourceType": resource_type, "Tags": tags}]));
            page.change(Action::Set { path: "TagSpecifications".into(), value });
        })
    };
    let add = {
        let (replace, tags) = (replace.clone(), tags.clone());
        Callback::from(move |_: MouseEvent| {
            let mut tags = tags.clone();
            tags.push(json!({"Key": "", "Value": ""}));
            replace.emit(tags);
        })
    };
    html! {
        <fieldset>
            <legend>{ texts.tags }<span class="soft small">{ " · " }{ texts.optional }</span></legend>
            for index in 0..tags.len() {
                <TagRow key={index} {index} tags={tags.clone()} replace={replace.clone()} />
            }
            <div><button type="button" class="button quiet" onclick={add}><Icon shape={Shape::Plus} />{ texts.tag_add }</button></div>
        </fieldset>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    index: usize,
    tags: Vec<Value>,
    replace: Callback<Vec<Value>>,
}

#[component]
fn TagRow(props: &RowProps) -> Html {
    let page = use_page();
    let number = (props.index + 1).to_string();
    let remove = {
        let (tags, replace, index) = (props.tags.clone(), props.replace.clone(), props.index);
        Callback::from(move |_: MouseEvent| {
            let kept = tags.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, tag)| tag.clone());
            replace.emit(kept.collect());
        })
    };
    html! {
        <div class="tag-row">
            <TagInput part="Key" label={fill(page.texts.tag_key, &[("number", &number)])} index={props.index} />
            <TagInput part="Value" label={fill(page.texts.tag_value, &[("number", &number)])} index={props.index} />
            <button type="button" class="button quiet" onclick={remove}>
                <Icon shape={Shape::Trash} />
                <span class="visually-hidden">{ fill(page.texts.tag_remove, &[("number", &number)]) }</span>
            </button>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct InputProps {
    part: &'static str,
    label: String,
    index: usize,
}

#[component]
fn TagInput(props: &InputProps) -> Html {
    let page = use_page();
    let path = format!("{TAGS}[{}].{}", props.index, props.part);
    let id = control_id(&path);
    let problem = page.problem_of(&path).cloned();
    let typed = {
        let (page, path) = (page.clone(), path.clone());
        Callback::from(move |event: InputEvent| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            // An empty value is a value here: a tag may have one.
            page.change(Action::Set { path: path.clone(), value: Some(Value::String(value)) });
        })
    };
    let left = {
        let (page, path) = (page.clone(), path.clone());
        Callback::from(move |_: FocusEvent| page.leave(&path))
    };
    html! {
        <div class="field">
            <input id={id.clone()} type="text" autocomplete="off" aria-label={props.label.clone()} placeholder={props.part}
                value={page.plan.0.text(&path)} aria-describedby={format!("{id}-problem")}
                aria-invalid={if problem.is_some() { "true" } else { "false" }} oninput={typed} onblur={left} />
            <TagProblem id={format!("{id}-problem")} {problem} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct TagProblemProps {
    id: String,
    problem: Option<Problem>,
}

#[component]
fn TagProblem(props: &TagProblemProps) -> Html {
    html! {
        <div id={props.id.clone()}>
            if let Some(problem) = &props.problem {
                <p class="problem" data-tone="bad"><Icon shape={Shape::Warning} /><span>{ &problem.message }</span></p>
            }
        </div>
    }
}
