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
    // `www/stopped.mjs` does what its buttons say: this program answers nothing any more.
    let parts = [
        ("h1", texts.panic_title, None),
        ("p", texts.panic_text, None),
        ("pre", report, None),
        ("a", texts.reload, Some(("href", ""))),
        ("button", texts.report_copy, Some(("data-stopped", "copy"))),
        ("button", texts.panic_discard, Some(("data-stopped", "discard"))),
    ];
    let main = document.create_element("main").ok()?;
    main.set_attribute("class", "boot").ok()?;
    // Inside the landmark, which it would otherwise take the place of.
    let alert = document.create_element("div").ok()?;
    alert.set_attribute("role", "alert").ok()?;
    for (tag, text, attribute) in parts {
        let element = document.create_element(tag).ok()?;
        element.set_text_content(Some(text));
        if tag != "h1" && tag != "p" && tag != "pre" {
            element.set_attribute("class", "button").ok()?;
        }
        if let Some((name, value)) = attribute {
            element.set_attribute(name, value).ok()?;
        }
        alert.append_child(&element).ok()?;
    }
    main.append_child(&alert).ok()?;
    root.append_child(&main).ok()?;
    Some(())
}
