//! Which language the page speaks: what the person chose, else what the browser prefers.
//!
//! The document's `lang` is the one place that says it while the page is open; every question to a worker carries it.

use crate::text::language::Language;

const KEY: &str = "import-planner.language";

/// The language of the document.
pub fn current() -> Language {
    let root = web_sys::window().and_then(|window| window.document()?.document_element());
    root.and_then(|root| Language::of_tag(&root.get_attribute("lang")?)).unwrap_or_default()
}

/// Gives the document the language of the last visit, or the first that the browser prefers and the page knows.
pub fn begin() -> Language {
    let chosen = storage().and_then(|storage| storage.get_item(KEY).ok()?);
    let language = chosen.as_deref().and_then(Language::of_tag).or_else(preferred).unwrap_or_default();
    show(language);
    language
}

/// Gives the document another language, and keeps that for the next visit.
pub fn choose(language: Language) {
    show(language);
    if let Some(storage) = storage() {
        let _ = storage.set_item(KEY, language.tag());
    }
}

fn show(language: Language) {
    if let Some(root) = web_sys::window().and_then(|window| window.document()?.document_element()) {
        let _ = root.set_attribute("lang", language.tag());
    }
}

fn preferred() -> Option<Language> {
    let languages = web_sys::window()?.navigator().languages();
    languages.iter().find_map(|tag| Language::of_tag(&tag.as_string()?))
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
