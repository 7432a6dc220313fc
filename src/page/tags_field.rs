//! The tags of the import task: rows of a key and a value.

use super::context::Page;
use super::field::{invalid, on_leave, problem_line};
use super::icon::{Shape, icon};
use super::problems::control_id;
use super::text::fill;
use crate::plan::Action;
use serde_json::{Value, json};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Where the tags lie in the request. One specification is enough: each call tags one type of resource.
const TAGS: &str = "TagSpecifications[0].Tags";

/// The rows, and the button that adds one. `resource_type` is what the call tags: `import-snapshot-task`.
pub(super) fn tags_field(page: &Page, resource_type: &'static str) -> Html {
    let texts = page.texts;
    let tags = match page.plan.0.get(TAGS) {
        Some(Value::Array(tags)) => tags,
        _ => Vec::new(),
    };
    let replace = {
        let page = page.clone();
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
                <div key={index} class="tag-row">
                    { tag_input(page, index, "Key", texts.tag_key) }
                    { tag_input(page, index, "Value", texts.tag_value) }
                    { remove_button(page, index, &tags, &replace) }
                </div>
            }
            <div><button type="button" class="button quiet" onclick={add}>{ icon(Shape::Plus) }{ texts.tag_add }</button></div>
        </fieldset>
    }
}

fn remove_button(page: &Page, index: usize, tags: &[Value], replace: &Callback<Vec<Value>>) -> Html {
    let number = (index + 1).to_string();
    let remove = {
        let (tags, replace) = (tags.to_vec(), replace.clone());
        Callback::from(move |_: MouseEvent| {
            let kept = tags.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, tag)| tag.clone());
            replace.emit(kept.collect());
        })
    };
    html! {
        <button type="button" class="button quiet" onclick={remove}>
            { icon(Shape::Trash) }
            <span class="visually-hidden">{ fill(page.texts.tag_remove, &[("number", &number)]) }</span>
        </button>
    }
}

fn tag_input(page: &Page, index: usize, part: &'static str, label: &str) -> Html {
    let path = format!("{TAGS}[{index}].{part}");
    let id = control_id(&path);
    let label = fill(label, &[("number", &(index + 1).to_string())]);
    let typed = {
        let (page, path) = (page.clone(), path.clone());
        Callback::from(move |event: InputEvent| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            // An empty value is a value here: a tag may have one.
            page.change(Action::Set { path: path.clone(), value: Some(Value::String(value)) });
        })
    };
    html! {
        <div class="field">
            <input id={id.clone()} type="text" autocomplete="off" aria-label={label} placeholder={part}
                value={page.plan.0.text(&path)} aria-describedby={format!("{id}-problem")}
                aria-invalid={invalid(page, &path)} oninput={typed} onblur={on_leave(page, &path)} />
            { problem_line(&id, page.problem_of(&path)) }
        </div>
    }
}
