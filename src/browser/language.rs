//! Which language the page speaks.
//!
//! The document's `lang` is the one place that says it while the page is open; every question to a worker carries it.
//! `www/language.js` sets it before the first paint.

use super::document;
use crate::text::language::Language;
use crate::text::page::PageTexts;

/// Where the choice is kept; `www/language.js` reads it.
const KEY: &str = "import-planner.language";

fn root() -> Option<web_sys::Element> {
    web_sys::window()?.document()?.document_element()
}

/// The language of the document.
pub fn current() -> Language {
    root().and_then(|root| Language::of_tag(&root.get_attribute("lang")?)).unwrap_or_default()
}

/// The page's texts in the language of the document.
pub fn texts() -> &'static PageTexts {
    PageTexts::of(current())
}

/// Gives the document another language, and keeps that for the next visit.
pub fn choose(language: Language) {
    if let Some(root) = root() {
        let _ = root.set_attribute("lang", language.tag());
    }
    if let Some(Ok(Some(storage))) = web_sys::window().map(|window| window.local_storage()) {
        let _ = storage.set_item(KEY, language.tag());
    }
    document::set_title(texts().document_title);
}
