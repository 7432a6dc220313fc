//! The second step: the answer first, then why, then everything the bytes say.

use super::blocks::blocks;
use super::context::use_page;
use super::inspection::UseInspection;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) inspection: UseInspection,
}

/// The card of the verdict; before an image is chosen there is none.
#[component]
pub(super) fn VerdictCard(props: &Props) -> Html {
    let page = use_page();
    let set = props.inspection.state.inspected();
    let announcement = set.map(|set| set.announcement.clone());
    html! {
        <div class="contents">
            <p class="visually-hidden" role="status">{ announcement.unwrap_or_default() }</p>
            if props.inspection.state.picked().is_some() {
                <section id="verdict" class="card" aria-labelledby="verdict-title" tabindex="-1">
                    <header><h2 id="verdict-title">{ page.texts.step_verdict }</h2></header>
                    if let Some((set, image)) = set.zip(props.inspection.image()) {
                        if !set.machine.is_empty() {
                            { blocks(&page, &set.machine) }
                            <h3><bdi>{ &image.facts.name }</bdi></h3>
                        }
                        { blocks(&page, &image.blocks) }
                    } else {
                        <p class="soft">{ page.texts.verdict_empty }</p>
                    }
                </section>
            }
        </div>
    }
}
