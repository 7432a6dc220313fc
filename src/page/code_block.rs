//! Text to take away: shown, copied, downloaded.

use super::context::use_page;
use super::icon::{Shape, icon};
use crate::browser::{clipboard, document, download};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// Unique on the page.
    pub(super) id: AttrValue,
    /// What it is, for screen readers: "AWS CLI command".
    pub(super) label: AttrValue,
    /// The text.
    pub(super) text: AttrValue,
    /// The name of the file to download it as; no download where it is missing.
    #[prop_or_default]
    pub(super) file_name: Option<AttrValue>,
}

#[derive(Clone, Copy, PartialEq)]
enum Copied {
    No,
    Yes,
    Refused,
}

/// A block of text with its buttons.
#[component]
pub(super) fn CodeBlock(props: &Props) -> Html {
    let texts = use_page().texts;
    let copied = use_state_eq(|| Copied::No);
    {
        let copied = copied.clone();
        use_effect_with(props.text.clone(), move |_| copied.set(Copied::No));
    }
    let copy = {
        let (copied, text, id) = (copied.clone(), props.text.clone(), props.id.clone());
        Callback::from(move |_: MouseEvent| {
            let (copied, id) = (copied.clone(), id.clone());
            clipboard::copy(&text, move |done| {
                if !done {
                    document::select_text(&id);
                }
                copied.set(if done { Copied::Yes } else { Copied::Refused });
            });
        })
    };
    let save = {
        let (text, name) = (props.text.clone(), props.file_name.clone().unwrap_or_default());
        Callback::from(move |_: MouseEvent| {
            download::save(&name, "text/plain;charset=utf-8", &text);
        })
    };
    let said = match *copied {
        Copied::No => "",
        Copied::Yes => texts.copied,
        Copied::Refused => texts.copy_refused,
    };
    html! {
        <div class="code">
            <pre id={props.id.clone()} tabindex="0" role="region" aria-label={props.label.clone()}>{ &props.text }</pre>
            <div class="row">
                <button type="button" class="button" onclick={copy}>
                    { icon(Shape::Copy) }{ texts.copy }
                    <span class="visually-hidden">{ &props.label }</span>
                </button>
                if props.file_name.is_some() {
                    <button type="button" class="button" onclick={save}>
                        { icon(Shape::Download) }{ texts.download }
                        <span class="visually-hidden">{ &props.label }</span>
                    </button>
                }
                <span class="small soft" role="status">{ said }</span>
            </div>
        </div>
    }
}
