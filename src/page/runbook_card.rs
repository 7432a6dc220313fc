//! The whole journey as one script.

use super::blocks::blocks;
use super::context::use_page;
use super::output_card::options;
use yew::prelude::*;

/// The card of the runbook.
#[component]
pub(super) fn RunbookCard() -> Html {
    let page = use_page();
    html! {
        <section id="runbook" class="card" aria-labelledby="runbook-title">
            <header><h2 id="runbook-title">{ page.texts.runbook_title }</h2></header>
            <p class="soft small">{ page.texts.runbook_about }</p>
            if let Some(written) = &page.written {
                { blocks(&page, &written.runbook.blocks) }
                if !written.runbook.options.is_empty() {
                    <details>
                        <summary>{ page.texts.runbook_options }</summary>
                        { options(&page, &written.runbook.options) }
                    </details>
                }
            }
        </section>
    }
}
