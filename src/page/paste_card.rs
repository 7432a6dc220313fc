//! Whatever a person has at hand: a command, an input, an answer of AWS, an error, an ID.

use super::blocks::blocks;
use super::context::{Shared, use_page};
use crate::present::Pasted;
use crate::upload::means::is_key;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// What was pasted last, here or elsewhere on the page.
    pub(super) text: AttrValue,
    /// What was made of it.
    pub(super) pasted: Option<Shared<Pasted>>,
    /// Hears what was pasted.
    pub(super) on_paste: Callback<String>,
}

/// The card for pasting.
#[component]
pub(super) fn PasteCard(props: &Props) -> Html {
    let page = use_page();
    let typed = props.on_paste.reform(|event: InputEvent| {
        let field: HtmlTextAreaElement = event.target_unchecked_into();
        let text = field.value();
        if is_key(&text) {
            // It goes where nothing shows it.
            field.set_value("");
        }
        text
    });
    html! {
        <section id="paste" class="card" aria-labelledby="paste-title" tabindex="-1">
            <header><h2 id="paste-title">{ page.texts.paste_title }</h2></header>
            <div class="field">
                <label for="paste-text">{ page.texts.paste_label }</label>
                <textarea id="paste-text" rows="4" spellcheck="false" autocomplete="off" aria-describedby="paste-help" value={props.text.clone()} oninput={typed} />
                <p id="paste-help" class="hint">{ page.texts.paste_hint }</p>
            </div>
            <div id="pasted" role="status">
                if let Some(pasted) = &props.pasted {
                    { blocks(&page, &pasted.blocks) }
                }
            </div>
        </section>
    }
}
