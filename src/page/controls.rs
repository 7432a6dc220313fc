//! The controls of a form: fields, groups and lists, as deep as the call's table has them.

use super::context::Page;
use super::field::parameter;
use super::icon::{Shape, icon};
use super::problems::control_id;
use crate::plan::Action;
use crate::present::control::{Control, Group, Item, List};
use yew::prelude::*;

/// Controls, fields beside each other, groups and lists below.
pub(super) fn controls(page: &Page, list: &[Control]) -> Html {
    html! {
        <div class="fields">
            for own in list.iter() {
                { drawn(page, own) }
            }
        </div>
    }
}

fn drawn(page: &Page, control: &Control) -> Html {
    match control {
        Control::Field(field) => {
            html! { <div key={field.path.clone()} class="contents">{ parameter(page, field) }</div> }
        }
        Control::Group(own) => {
            html! { <fieldset key={own.path.clone()} class="wide">{ group(page, own) }</fieldset> }
        }
        Control::List(own) => {
            html! { <fieldset key={own.path.clone()} class="wide">{ items(page, own) }</fieldset> }
        }
    }
}

fn group(page: &Page, own: &Group) -> Html {
    let name = control_id(&format!("{}.way", own.path));
    html! {
        <>
            <legend>{ &own.label }</legend>
            <div class="segments" role="radiogroup" aria-label={own.label.clone()} hidden={own.ways.is_empty()}>
                for [way, label] in own.ways.iter() {
                    <label key={way.clone()} class="check">
                        <input type="radio" name={name.clone()} value={way.clone()} checked={*way == own.way} onchange={choosing(page, &own.path, way)} />
                        { label }
                    </label>
                }
            </div>
            { controls(page, &own.controls) }
        </>
    }
}

fn choosing(page: &Page, path: &str, way: &str) -> Callback<Event> {
    let (path, way) = (path.to_owned(), way.to_owned());
    page.changing(move |_| Action::Choose { path: path.clone(), way: way.clone() })
}

fn items(page: &Page, own: &List) -> Html {
    let add = {
        let path = own.next.clone();
        page.changing(move |_: MouseEvent| Action::Add { path: path.clone() })
    };
    html! {
        <>
            <legend>{ &own.label }</legend>
            if !own.rows {
                <p class="hint">{ &own.help }</p>
            }
            for own_item in own.items.iter() {
                <div key={own_item.path.clone()} class={if own.rows { "tag-row" } else { "item" }}>
                    { controls(page, &own_item.controls) }
                    { remove_button(page, own_item, own.rows) }
                </div>
            }
            <div>
                <button type="button" id={control_id(&format!("{}.add", own.path))} class="button quiet" onclick={add}>{ icon(Shape::Plus) }{ &own.add }</button>
            </div>
        </>
    }
}

/// In a row there is room for its icon alone.
fn remove_button(page: &Page, item: &Item, in_row: bool) -> Html {
    let path = item.path.clone();
    let remove = page.changing(move |_: MouseEvent| Action::Set { path: path.clone(), value: None });
    html! {
        <button type="button" class="button quiet" onclick={remove}>
            { icon(Shape::Trash) }<span class={in_row.then_some("visually-hidden")}>{ &item.remove }</span>
        </button>
    }
}
