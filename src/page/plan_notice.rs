//! What is said of a plan that the person did not just type: one from the last visit, one from a link.

use super::blocks::blocks;
use super::context::{Shared, Step, use_page};
use crate::browser::address;
use crate::browser::locale::Intl;
use crate::plan::Action;
use crate::present::{Locale, Pasted};
use crate::text::fill;
use yew::prelude::*;

/// Where the plan has come from, as far as there is something to say of it.
#[derive(Clone, PartialEq)]
pub(super) enum Origin {
    /// The person's own, or said and read.
    Own,
    /// From the last visit: when it was entered, in milliseconds since 1970.
    Restored(f64),
    /// The same, taken away.
    Discarded,
    /// From a link or from the examples; what there is to say is what was made of it.
    Opened,
}

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// Where the plan has come from.
    pub(super) origin: UseStateHandle<Origin>,
    /// What was made of what was opened.
    pub(super) opened: Option<Shared<Pasted>>,
}

/// The notice; empty where there is nothing to say.
#[component]
pub(super) fn PlanNotice(props: &Props) -> Html {
    let page = use_page();
    let texts = page.texts;
    let becoming = |origin: Origin, step: Option<fn() -> Step>| {
        let (state, origin_now) = (page.state.dispatcher(), props.origin.setter());
        Callback::from(move |_: MouseEvent| {
            if let Some(step) = step {
                state.dispatch(step());
            }
            origin_now.set(origin.clone());
        })
    };
    let undo = |name: &'static str| {
        html! {
            <button type="button" class="button" onclick={becoming(Origin::Own, Some(|| Step::Undo))}>{ name }</button>
        }
    };
    html! {
        <div id="plan-notice" class="contents" role="status">
            if *props.origin != Origin::Own {
                <div class="card row">
                    if let Origin::Restored(moment) = *props.origin {
                        <p>{ fill(texts.restored, &[("date", &Intl(texts.language).moment(moment))]) }</p>
                        <button type="button" class="button" onclick={becoming(Origin::Discarded, Some(|| Step::Change(Action::Clear)))}>{ texts.discard }</button>
                    } else if *props.origin == Origin::Discarded {
                        <p>{ texts.discarded }</p>
                        { undo(texts.undo) }
                    } else if let Some(opened) = &props.opened {
                        { blocks(&page, &opened.blocks) }
                        if !opened.changes.is_empty() { { undo(texts.undo) } }
                    }
                    <button type="button" class="button quiet" onclick={becoming(Origin::Own, None)}>{ texts.dismiss }</button>
                </div>
            }
        </div>
    }
}

/// Opens the plan that the page's address holds, now and whenever the person goes to another one.
#[hook]
pub(super) fn use_link(open: Callback<String>) {
    use_effect_with(open, |open| {
        let open = open.clone();
        let take = move || {
            if let Some(link) = address::take_plan() {
                open.emit(link);
            }
        };
        take();
        let listener = address::on_fragment(take);
        move || drop(listener)
    });
}
