//! What is shown when the page's program has stopped: Yew is gone by then, so this is plain DOM.

use crate::browser::document;
use crate::browser::language::texts;

/// Replaces the page by a sentence, a way to go on, and the report to pass on.
///
/// The report is set as text, never as markup. The plan is kept: it was saved with each change.
pub fn show_panic(report: &str) {
    let version = option_env!("IMPORT_PLANNER_COMMIT").unwrap_or_default();
    let report = format!("Import Planner {} {version}\n{report}", env!("CARGO_PKG_VERSION"));
    let _ = build(&report);
}

fn build(report: &str) -> Option<()> {
    let texts = texts();
    let root = document::element("app")?;
    let document = root.owner_document()?;
    root.set_inner_html("");
    let parts = [("h1", texts.panic_title), ("p", texts.panic_text), ("pre", report), ("a", texts.reload)];
    let main = document.create_element("main").ok()?;
    main.set_attribute("class", "boot").ok()?;
    // Inside the landmark, which it would otherwise take the place of.
    let alert = document.create_element("div").ok()?;
    alert.set_attribute("role", "alert").ok()?;
    for (tag, text) in parts {
        let element = document.create_element(tag).ok()?;
        element.set_text_content(Some(text));
        if tag == "a" {
            element.set_attribute("href", "").ok()?;
        }
        alert.append_child(&element).ok()?;
    }
    main.append_child(&alert).ok()?;
    root.append_child(&main).ok()?;
    Some(())
}
