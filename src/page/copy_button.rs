//! A button that copies a text, and says whether it did.

use super::context::use_page;
use super::icon::{Shape, icon};
use crate::browser::{clipboard, document};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// What is copied.
    pub(super) text: AttrValue,
    /// What the button says.
    pub(super) name: AttrValue,
    /// What else it says to those who hear it.
    #[prop_or_default]
    pub(super) about: AttrValue,
    /// The element that shows the text, which is selected where the browser does not allow copying.
    pub(super) shown_in: AttrValue,
    /// Hears that it was copied.
    #[prop_or_default]
    pub(super) on_copied: Callback<()>,
    /// Further buttons, before what is said.
    #[prop_or_default]
    pub(super) children: Html,
}

#[derive(Clone, Copy, PartialEq)]
enum Copied {
    No,
    Yes,
    Refused,
}

/// The button, and what is said once it was pressed.
#[component]
pub(super) fn CopyButton(props: &Props) -> Html {
    let texts = use_page().texts;
    let copied = use_state_eq(|| Copied::No);
    {
        let copied = copied.clone();
        use_effect_with(props.text.clone(), move |_| copied.set(Copied::No));
    }
    let copy = {
        let (copied, text, id) = (copied.clone(), props.text.clone(), props.shown_in.clone());
        let on_copied = props.on_copied.clone();
        Callback::from(move |_: MouseEvent| {
            let (copied, id, on_copied) = (copied.clone(), id.clone(), on_copied.clone());
            clipboard::copy(&text, move |done| {
                if done {
                    on_copied.emit(());
                } else {
                    document::select_text(&id);
                }
                copied.set(if done { Copied::Yes } else { Copied::Refused });
            });
        })
    };
    let said = match *copied {
        Copied::No => "",
        Copied::Yes => texts.copied,
        Copied::Refused => texts.copy_refused,
    };
    html! {
        <div class="row">
            <button type="button" class="button" onclick={copy}>
                { icon(Shape::Copy) }{ &props.name }
                <span class="visually-hidden">{ &props.about }</span>
            </button>
            { props.children.clone() }
            <span class="small soft" role="status">{ said }</span>
        </div>
    }
}
