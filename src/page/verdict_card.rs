//! The second step: the answer first, then why, then everything the bytes say.

use super::blocks::blocks;
use super::context::{Shared, use_page};
use crate::present::Inspected;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) inspected: Option<Shared<Inspected>>,
    /// Whether an image was chosen.
    pub(super) picked: bool,
}

/// The card of the verdict; before an image is chosen there is none.
#[component]
pub(super) fn VerdictCard(props: &Props) -> Html {
    let page = use_page();
    let announcement = props.inspected.as_ref().map(|inspected| inspected.announcement.clone());
    html! {
        <div class="contents">
            <p class="visually-hidden" role="status">{ announcement.unwrap_or_default() }</p>
            if props.picked {
                <section id="verdict" class="card" aria-labelledby="verdict-title">
                    <header><h2 id="verdict-title">{ page.texts.step_verdict }</h2></header>
                    if let Some(inspected) = &props.inspected {
                        { blocks(&page, &inspected.blocks) }
                    } else {
                        <p class="soft">{ page.texts.verdict_empty }</p>
                    }
                </section>
            }
        </div>
    }
}
