//! What a person takes away: the request in every form, written anew with each change.

use super::blocks::blocks;
use super::context::{Page, use_page};
use super::field::{Bound, control};
use super::problems::problem_summary;
use crate::browser::document;
use crate::plan::Action;
use crate::present::control::Field;
use crate::present::{WritingOption, Written};
use std::rc::Rc;
use yew::prelude::*;

/// The card of the generated text.
#[component]
pub(super) fn OutputCard() -> Html {
    let page = use_page();
    html! {
        <section id="output" class="card" aria-labelledby="output-title" tabindex="-1">
            <header><h2 id="output-title">{ page.texts.output_title }</h2></header>
            if let Some(written) = &page.written {
                { tabs(&page, written) }
                { panel(&page, written) }
            }
            <div class="code">
                { problem_summary(&page, true) }
                { problem_summary(&page, false) }
            </div>
        </section>
    }
}

fn panel(page: &Page, written: &Written) -> Html {
    let writing = &written.writing;
    html! {
        <div id="output-panel" role="tabpanel" aria-labelledby={tab_id(&writing.form)} class="code">
            <p class="small soft">{ &writing.hint }</p>
            if written.output.is_empty() {
                <p class="soft">{ page.texts.output_waiting }</p>
            } else {
                { blocks(page, &written.output) }
            }
            { options(page, &writing.options) }
            if !writing.globals.is_empty() {
                <details>
                    <summary>{ page.texts.global_options }</summary>
                    { options(page, &writing.globals) }
                </details>
            }
        </div>
    }
}

/// What can be chosen of the writing.
pub(super) fn options(page: &Page, options: &[WritingOption]) -> Html {
    html! {
        <div class="fields compact">
            for option in options.iter() {
                <div key={option.name.clone()} class="contents">{ writing_option(page, option) }</div>
            }
        </div>
    }
}

fn writing_option(page: &Page, option: &WritingOption) -> Html {
    let field = Field {
        path: format!("writing.{}", option.name),
        label: option.label.clone(),
        help: option.help.clone(),
        example: String::new(),
        kind: option.kind.clone(),
        optional: false,
        wide: false,
    };
    let (name, off) = (option.name.clone(), option.off.clone());
    let change = move |value: String| {
        let value = if value.is_empty() { off.clone() } else { value };
        Action::SetWriting { name: name.clone(), value }
    };
    control(page, &field, &Bound { value: option.value.clone(), change: Rc::new(change) })
}

fn tab_id(form: &str) -> String {
    format!("tab-{form}")
}

fn chosen(form: &str) -> Action {
    Action::SetWriting { name: "form".into(), value: form.into() }
}

/// Tabs by the pattern of the ARIA authoring practices: one stop for Tab, the arrows move between them.
fn tabs(page: &Page, written: &Written) -> Html {
    let writing = &written.writing;
    let moved = {
        let (page, forms) = (page.clone(), writing.tabs.clone());
        let at = forms.iter().position(|[form, _]| *form == writing.form).unwrap_or(0);
        Callback::from(move |event: KeyboardEvent| {
            if let Some([form, _]) = neighbour(at, forms.len(), &event.key()).and_then(|next| forms.get(next))
            {
                event.prevent_default();
                page.change(chosen(form));
                document::focus(&tab_id(form));
            }
        })
    };
    html! {
        <div role="tablist" aria-label={page.texts.output_forms} class="tabs" onkeydown={moved}>
            for [form, name] in writing.tabs.iter() {
                { tab(page, form, name, *form == writing.form) }
            }
        </div>
    }
}

fn tab(page: &Page, form: &str, name: &str, is_chosen: bool) -> Html {
    let own = form.to_owned();
    let choose = page.changing(move |_: MouseEvent| chosen(&own));
    html! {
        <button key={form.to_owned()} id={tab_id(form)} type="button" role="tab" aria-controls="output-panel"
            aria-selected={if is_chosen { "true" } else { "false" }} tabindex={if is_chosen { "0" } else { "-1" }} onclick={choose}>
            { name }
        </button>
    }
}

fn neighbour(at: usize, length: usize, key: &str) -> Option<usize> {
    let last = length.checked_sub(1)?;
    match key {
        "ArrowRight" => Some(if at == last { 0 } else { at + 1 }),
        "ArrowLeft" => Some(at.checked_sub(1).unwrap_or(last)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}
