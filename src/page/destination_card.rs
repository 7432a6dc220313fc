//! What the image becomes, and where: the call, the Region, and the place in S3.

use super::context::{Page, Shared, Step, use_page};
use super::controls::controls;
use super::field::region;
use super::journey::is_import;
use crate::plan::{Action, Plan};
use crate::present::Written;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The card of the call and its place.
#[component]
pub(super) fn DestinationCard() -> Html {
    let page = use_page();
    let texts = page.texts;
    let history = &page.state.0;
    let is_empty = *page.plan() == Plan::default();
    let clear = {
        let page = page.clone();
        Callback::from(move |_: MouseEvent| {
            page.change(Action::Clear);
            // An empty form is a fresh one.
            page.left.set(Shared::new(Vec::new()));
        })
    };
    html! {
        <section id="destination" class="card" aria-labelledby="destination-title" tabindex="-1">
            <header>
                <h2 id="destination-title">{ texts.destination_title }</h2>
                <span class="row">
                    { step_button(&page, texts.undo, history.can_undo(), || Step::Undo) }
                    { step_button(&page, texts.redo, history.can_redo(), || Step::Redo) }
                    <button type="button" class="button quiet" onclick={clear}>{ texts.clear_all }</button>
                </span>
            </header>
            <p id="cleared" class="small soft" role="status">
                if is_empty && history.can_undo() { { texts.cleared } }
            </p>
            if let Some(written) = &page.written {
                { call_and_region(&page, written) }
                { controls(&page, &written.form.place) }
            }
        </section>
    }
}

fn step_button(page: &Page, text: &'static str, enabled: bool, step: fn() -> Step) -> Html {
    let state = page.state.dispatcher();
    let act = Callback::from(move |_: MouseEvent| state.dispatch(step()));
    html! { <button type="button" class="button quiet" disabled={!enabled} onclick={act}>{ text }</button> }
}

fn call_and_region(page: &Page, written: &Written) -> Html {
    let choose = page
        .changing(|event: Event| Action::SetCall(event.target_unchecked_into::<HtmlInputElement>().value()));
    let current = &page.plan().call;
    let region_hint =
        if is_import(page.plan()) { page.texts.region_hint } else { page.texts.region_hint_of_call };
    html! {
        <div class="fields">
            <div class="field">
                <label for="call">{ page.texts.call }</label>
                <select id="call" ~value={current.clone()} aria-describedby="call-help" onchange={choose}>
                    for [name, _] in written.calls.iter() {
                        <option key={name.clone()} value={name.clone()} selected={name == current}>{ name }</option>
                    }
                </select>
                <p id="call-help" class="hint">
                    { &written.form.help }{ " " }
                    <a href={written.form.page.clone()} target="_blank" rel="noreferrer">{ page.texts.reference }</a>
                </p>
            </div>
            { region(page, page.texts.region, region_hint, &written.regions) }
        </div>
    }
}
