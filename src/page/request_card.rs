//! The third step: what is to be asked of EC2, and how. The controls come from the call's table.

use super::context::{Page, Step, use_page};
use super::controls::controls;
use super::field::region;
use crate::plan::Action;
use crate::present::Written;
use crate::text::fill;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// Why there is no form; what the browser says of it.
    pub(super) failed: Option<String>,
}

/// The card of the request's form.
#[component]
pub(super) fn RequestCard(props: &Props) -> Html {
    let page = use_page();
    let texts = page.texts;
    let history = &page.state.0;
    html! {
        <section id="request" class="card" aria-labelledby="request-title">
            <header>
                <h2 id="request-title">{ texts.import_title }</h2>
                <span class="row">
                    { step_button(&page, texts.undo, history.can_undo(), || Step::Undo) }
                    { step_button(&page, texts.redo, history.can_redo(), || Step::Redo) }
                    { step_button(&page, texts.clear_all, true, || Step::Change(Action::Clear)) }
                </span>
            </header>
            <div role="alert">
                if let Some(reason) = &props.failed {
                    <p class="notice" data-tone="bad">{ fill(texts.form_failed, &[("reason", reason)]) }</p>
                }
            </div>
            if let Some(written) = &page.written {
                { form(&page, written) }
            } else if props.failed.is_none() {
                <p class="soft" role="status">{ texts.loading_form }</p>
            }
        </section>
    }
}

fn step_button(page: &Page, text: &'static str, enabled: bool, step: fn() -> Step) -> Html {
    let state = page.state.dispatcher();
    let act = Callback::from(move |_: MouseEvent| state.dispatch(step()));
    html! { <button type="button" class="button quiet" disabled={!enabled} onclick={act}>{ text }</button> }
}

fn form(page: &Page, written: &Written) -> Html {
    let choose = page
        .changing(|event: Event| Action::SetCall(event.target_unchecked_into::<HtmlInputElement>().value()));
    let current = &page.plan().call;
    html! {
        <>
            <div class="fields">
                <div class="field">
                    <label for="call">{ page.texts.call }</label>
                    <select id="call" aria-describedby="call-help" onchange={choose}>
                        for [name, _] in written.calls.iter() {
                            <option key={name.clone()} value={name.clone()} selected={name == current}>{ name }</option>
                        }
                    </select>
                    <p id="call-help" class="hint">
                        { &written.form.help }{ " " }
                        <a href={written.form.page.clone()} target="_blank" rel="noreferrer">{ page.texts.reference }</a>
                    </p>
                </div>
                { region(page, page.texts.region, page.texts.region_hint, &written.regions) }
            </div>
            { controls(page, &written.form.main) }
            <details>
                <summary>{ page.texts.more_options }</summary>
                { controls(page, &written.form.more) }
            </details>
        </>
    }
}
