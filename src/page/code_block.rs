//! Text to take away: shown, copied, downloaded; and what of it is no longer as it was copied.

use super::context::use_page;
use super::copy_button::CopyButton;
use super::icon::{Shape, icon};
use crate::browser::download;
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

/// A block of text with its buttons.
#[component]
pub(super) fn CodeBlock(props: &Props) -> Html {
    let page = use_page();
    let texts = page.texts;
    let on_copied = {
        let (page, id, label, text) =
            (page.clone(), props.id.clone(), props.label.clone(), props.text.clone());
        Callback::from(move |()| page.note_copied(&id, &label, &text))
    };
    let save = {
        let (text, name) = (props.text.clone(), props.file_name.clone().unwrap_or_default());
        Callback::from(move |_: MouseEvent| {
            download::save(&name, "text/plain;charset=utf-8", &text);
        })
    };
    let before = page.copied_of(&props.id, &props.label).map_or("", AttrValue::as_str);
    let is_changed = !before.is_empty() && before != props.text.as_str();
    html! {
        <div class="code">
            <pre id={props.id.clone()} tabindex="0" role="region" aria-label={props.label.clone()}>
                if is_changed {
                    for line in props.text.split_inclusive('\n') {
                        if before.lines().any(|own| own == line.trim_end_matches('\n')) { { line } } else { <mark>{ line }</mark> }
                    }
                } else {
                    { &props.text }
                }
            </pre>
            <CopyButton text={props.text.clone()} name={texts.copy} about={props.label.clone()} shown_in={props.id.clone()} {on_copied}>
                if props.file_name.is_some() {
                    <button type="button" class="button" onclick={save}>
                        { icon(Shape::Download) }{ texts.download }
                        <span class="visually-hidden">{ &props.label }</span>
                    </button>
                }
            </CopyButton>
            <p class="small changed" role="status">{ if is_changed { texts.changed_since_copied } else { "" } }</p>
        </div>
    }
}
