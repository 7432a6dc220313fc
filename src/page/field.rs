//! One control with its label, help and problem.
//!
//! These are functions and not components: each component costs some 8 KB of program.

use super::blocks::sign;
use super::context::Page;
use super::icon::icon;
use super::journey::tone_name;
use super::problems::{control_id, tone_of};
use crate::plan::Action;
use crate::present::REGION;
use crate::present::control::{Field, Kind};
use serde_json::Value;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What a control shows and what it does when its value changes; of a parameter or of anything else.
pub(super) struct Bound {
    /// The value as text; of a flag, empty or `true`.
    pub(super) value: String,
    /// What a new value changes; of a flag, empty or `true`.
    pub(super) change: Rc<dyn Fn(String) -> Action>,
}

/// The control of the parameter that `field` describes.
pub(super) fn parameter(page: &Page, field: &Field) -> Html {
    let path = field.path.clone();
    let is_flag = field.kind == Kind::Flag;
    let keeps_empty = path.starts_with("TagSpecifications");
    let change = move |value: String| {
        // An empty value is a value of a tag, and of nothing else.
        let value = if value.is_empty() && !keeps_empty {
            None
        } else if is_flag {
            Some(Value::Bool(true))
        } else {
            Some(Value::String(value))
        };
        Action::Set { path: path.clone(), value }
    };
    let shown = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Bool(false) if is_flag => String::new(),
        value => value.to_string(),
    };
    let value = page.plan().get(&field.path).map_or_else(String::new, |value| match value {
        Value::Object(_) | Value::Array(_) => String::new(),
        value => shown(value),
    });
    control(page, field, &Bound { value, change: Rc::new(change) })
}

/// The Region, which is no parameter but goes with every call.
pub(super) fn region(page: &Page, label: &str, help: &str, regions: &[String]) -> Html {
    let field = Field {
        path: REGION.into(),
        label: label.into(),
        help: help.into(),
        example: "eu-central-1".into(),
        kind: Kind::Proposed(regions.to_vec()),
        optional: false,
        wide: false,
    };
    let change = |value: String| Action::SetRegion(value.trim().to_owned());
    control(page, &field, &Bound { value: page.plan().region.clone(), change: Rc::new(change) })
}

/// A control with its label above and its problem and help below.
pub(super) fn control(page: &Page, field: &Field, bound: &Bound) -> Html {
    let id = control_id(&field.path);
    let is_flag = field.kind == Kind::Flag;
    let label = html! {
        <label for={id.clone()}>
            { &field.label }
            if field.optional && !is_flag {
                <span class="optional soft small">{ " · " }{ page.texts.optional }</span>
            }
        </label>
    };
    html! {
        <div class={if field.wide || is_flag { "field wide" } else { "field" }}>
            if is_flag {
                <span class="check">{ input(page, field, bound, &id) }{ label }</span>
            } else {
                { label }
                { input(page, field, bound, &id) }
            }
            { problem_line(page, &id, &field.path) }
            <p id={format!("{id}-help")} class="hint">{ &field.help }</p>
        </div>
    }
}

/// The place of the problem beside a control, there even while there is none: the control's description points to it.
fn problem_line(page: &Page, id: &str, path: &str) -> Html {
    html! {
        <div id={format!("{id}-problem")}>
            if let Some(problem) = page.problem_of(path) {
                <p class="problem" data-tone={tone_name(tone_of(problem.is_error))}>
                    { icon(sign(tone_of(problem.is_error))) }<span>{ &problem.message }</span>
                </p>
            }
        </div>
    }
}

/// The value of an input or a list; both call it `value`.
fn value_of(event: &Event) -> String {
    let input: HtmlInputElement = event.target_unchecked_into();
    if input.type_() != "checkbox" {
        input.value()
    } else if input.checked() {
        "true".into()
    } else {
        String::new()
    }
}

fn input(page: &Page, field: &Field, bound: &Bound, id: &str) -> Html {
    let id = AttrValue::from(id.to_owned());
    let described = format!("{id}-help {id}-problem");
    let invalid =
        if page.problem_of(&field.path).is_some_and(|problem| problem.is_error) { "true" } else { "false" };
    let change = Rc::clone(&bound.change);
    let typed = page.changing(move |event: InputEvent| change(value_of(&event)));
    // What fills in fields by itself (a password manager, a test's driver) may tell of the end alone.
    let entered = {
        let change = Rc::clone(&bound.change);
        page.changing(move |event: Event| change(value_of(&event)))
    };
    let chosen = {
        let (change, page, path) = (Rc::clone(&bound.change), page.clone(), field.path.clone());
        Callback::from(move |event: Event| {
            page.change(change(value_of(&event)));
            page.leave(&path);
        })
    };
    let left = {
        let (page, path) = (page.clone(), field.path.clone());
        Callback::from(move |_: FocusEvent| page.leave(&path))
    };
    let value = bound.value.clone();
    match &field.kind {
        Kind::Line | Kind::Proposed(_) => html! {
            <>
            <input id={id.clone()} type="text" autocomplete="off" spellcheck="false" {value} placeholder={field.example.clone()}
                list={matches!(field.kind, Kind::Proposed(_)).then(|| format!("{id}-list"))}
                aria-describedby={described} aria-invalid={invalid} oninput={typed} onchange={entered} onblur={left} />
            if let Kind::Proposed(proposed) = &field.kind {
                <datalist id={format!("{id}-list")}>
                    for own in proposed.iter() {
                        <option key={own.clone()} value={own.clone()} />
                    }
                </datalist>
            }
            </>
        },
        Kind::Flag => html! {
            <input {id} type="checkbox" checked={!value.is_empty()} aria-describedby={described} aria-invalid={invalid} onchange={chosen} />
        },
        // The value is set as a property, too: once a person has chosen an option, the browser pays no heed to the attribute
        // of another, and Undo would change the request alone.
        Kind::Choice(values) => html! {
            <select {id} ~value={value.clone()} aria-describedby={described} aria-invalid={invalid} onchange={chosen} onblur={left}>
                if field.optional || value.is_empty() {
                    <option value="" selected={value.is_empty()}>{ page.texts.choose }</option>
                }
                for choice in values.iter() {
                    <option key={choice.clone()} value={choice.clone()} selected={*choice == value}>{ choice }</option>
                }
                if !value.is_empty() && !values.contains(&value) {
                    <option value={value.clone()} selected={true}>{ &value }</option>
                }
            </select>
        },
    }
}
