//! The choice of the language.

use super::context::Page;
use crate::browser::language;
use crate::text::language::Language;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A list of the languages, each by its own name.
pub(super) fn language_choice(page: &Page, current: &UseStateHandle<Language>) -> Html {
    let choose = {
        let current = current.setter();
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            if let Some(chosen) = Language::of_tag(&value) {
                // First the document, by which every question to a worker goes.
                language::choose(chosen);
                current.set(chosen);
            }
        })
    };
    html! {
        <select id="language" class="language" aria-label={page.texts.choose_language} onchange={choose}>
            for own in Language::ALL {
                <option key={own.tag()} value={own.tag()} lang={own.tag()} selected={own == **current}>{ own.name() }</option>
            }
        </select>
    }
}
