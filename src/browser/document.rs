//! The document: focus, and what belongs to the page as a whole.

use wasm_bindgen::JsCast;

/// The element with this id.
pub fn element(id: &str) -> Option<web_sys::Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

/// Gives the document its title.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// What the person has chosen of light and dark: empty for what the system says.
pub fn theme() -> String {
    let root = web_sys::window().and_then(|window| window.document()?.document_element());
    root.and_then(|root| root.get_attribute("data-theme")).unwrap_or_default()
}

/// Moves the focus to the element with this id, and scrolls it into view.
pub fn focus(id: &str) {
    if let Some(element) = element(id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        // What lies in a closed disclosure cannot take the focus.
        let mut around = element.closest("details").ok().flatten();
        while let Some(details) = around {
            let _ = details.set_attribute("open", "");
            around = details.parent_element().and_then(|parent| parent.closest("details").ok().flatten());
        }
        let _ = element.focus();
    }
}

/// Scrolls the element with this id into view, no further than needed.
pub fn show(id: &str) {
    if let Some(element) = element(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Scrolls a row that is wider than its place, until the element that `selector` names is seen in it.
pub fn show_in_row(selector: &str) {
    const MARGIN: i32 = 16;
    let found = web_sys::window().and_then(|window| window.document()?.query_selector(selector).ok()?);
    let element = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some((element, row)) =
        element.and_then(|element| Some((element.clone(), element.offset_parent()?)))
    {
        row.set_scroll_left(element.offset_left() - MARGIN);
    }
}

/// Whether what happened did so in a field that text is entered in; a box that is ticked is none.
pub fn is_in_text_field(event: &web_sys::Event) -> bool {
    const FIELDS: &str = "textarea, input:not([type=checkbox], [type=radio], [type=button])";
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| element.matches(FIELDS).unwrap_or(false))
}

/// Selects the text inside the element with this id, for copying by hand.
pub fn select_text(id: &str) {
    let Some(window) = web_sys::window() else { return };
    let element = window.document().and_then(|document| document.get_element_by_id(id));
    if let (Some(element), Ok(Some(selection))) = (element, window.get_selection()) {
        let _ = selection.select_all_children(&element);
    }
}

/// Opens the browser's own dialog for printing.
pub fn print() {
    let _ = web_sys::window().map(|window| window.print());
}

/// Where the page was loaded from: `https://planner.example`, the origin that S3's CORS rule must name.
pub fn origin() -> String {
    web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// Now, in milliseconds since 1970.
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// Now, in whole seconds since 1970.
#[expect(clippy::cast_possible_truncation, reason = "a moment in this era")]
pub fn now_in_seconds() -> i64 {
    (now() / 1000.0) as i64
}
