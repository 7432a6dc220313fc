//! What is to be asked of EC2 beside the place of the image. The controls come from the call's table.

use super::context::{Page, use_page};
use super::controls::controls;
use crate::present::Written;
use crate::text::fill;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// Why there is no form; what the browser says of it.
    pub(super) failed: Option<String>,
}

/// The card of the call's other parameters.
#[component]
pub(super) fn RequestCard(props: &Props) -> Html {
    let page = use_page();
    let texts = page.texts;
    html! {
        <section id="request" class="card" aria-labelledby="request-title" tabindex="-1">
            <header>
                <h2 id="request-title">{ fill(texts.import_title, &[("call", &page.plan().call)]) }</h2>
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

fn form(page: &Page, written: &Written) -> Html {
    html! {
        <>
            { controls(page, &written.form.main) }
            if !written.form.more.is_empty() {
                <details>
                    <summary>{ page.texts.more_options }</summary>
                    { controls(page, &written.form.more) }
                </details>
            }
        </>
    }
}
