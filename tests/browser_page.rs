//! The page's components in a real browser.
#![cfg(target_arch = "wasm32")]

use import_planner::browser::composer::Compose;
use import_planner::browser::locale::Intl;
use import_planner::page::{App, AppProps};
use import_planner::present::{self, Ask, Told};
use import_planner::text::language::Language;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, InputEvent, InputEventInit};
use yew::platform::time::sleep;

wasm_bindgen_test_configure!(run_in_browser);

const ROOT: &str = "page-under-test";

/// Writes requests here and now, where the page would ask a worker. A pasted text ends it, as a fault in the worker
/// would.
fn in_process() -> Compose {
    Compose(Rc::new(|told| {
        Rc::new(move |ask| match ask {
            Ask::Paste { .. } => told(Told::Stopped("it broke".into())),
            ask => {
                if let Some(answer) = present::answer(ask, Language::English, &Intl(Language::English)) {
                    told(answer);
                }
            }
        })
    }))
}

/// Mounts the page on an empty draft, and goes on without an image.
async fn page() -> Document {
    let window = web_sys::window().expect("a window");
    window.local_storage().expect("allowed").expect("there").clear().expect("emptied");
    let document = window.document().expect("a document");
    // The test runner writes its results into the same document: only what a test before has mounted may go.
    if let Some(before) = document.get_element_by_id(ROOT) {
        before.remove();
    }
    let root = document.create_element("div").expect("an element");
    root.set_id(ROOT);
    document.body().expect("a body").append_child(&root).expect("mounted");
    yew::Renderer::<App>::with_root_and_props(root, AppProps { compose: in_process() }).render();
    settled().await;
    find(&document, "#begin").unchecked_into::<HtmlElement>().click();
    settled().await;
    document
}

async fn settled() {
    yew::scheduler::flush().await;
    // Effects run after the browser has painted.
    sleep(std::time::Duration::from_millis(30)).await;
}

fn find(document: &Document, selector: &str) -> Element {
    document
        .query_selector(selector)
        .expect("a selector")
        .unwrap_or_else(|| panic!("{selector} is not there"))
}

async fn type_into(document: &Document, selector: &str, text: &str) {
    let input: HtmlInputElement = find(document, selector).unchecked_into();
    input.focus().expect("focused");
    let init = InputEventInit::new();
    init.set_bubbles(true);
    for end in 1..=text.chars().count() {
        input.set_value(&text.chars().take(end).collect::<String>());
        let event = InputEvent::new_with_event_init_dict("input", &init).expect("an event");
        input.dispatch_event(&event).expect("heard");
        settled().await;
    }
}

/// What the browser does when the focus goes on; a page without the window's own focus gets no such event.
async fn leave(document: &Document, selector: &str) {
    let event = web_sys::FocusEvent::new("blur").expect("an event");
    find(document, selector).dispatch_event(&event).expect("heard");
    settled().await;
}

const BUCKET: &str = "#field-DiskContainer-UserBucket-S3Bucket";
const KEY: &str = "#field-DiskContainer-UserBucket-S3Key";

#[wasm_bindgen_test]
async fn an_input_keeps_its_focus_while_problems_come_and_go_around_it() {
    let document = page().await;
    let before = find(&document, BUCKET);
    // Every prefix of this name is judged anew: too short at first, then right.
    type_into(&document, BUCKET, "my-bucket").await;
    assert_eq!(document.active_element(), Some(before.clone()), "the same element still has the focus");
    leave(&document, BUCKET).await;
    assert_eq!(before.get_attribute("aria-invalid").as_deref(), Some("false"));
    type_into(&document, BUCKET, "my").await;
    let text = document.body().expect("a body").inner_text();
    assert_eq!(
        before.get_attribute("aria-invalid").as_deref(),
        Some("true"),
        "two characters are too few: {text}"
    );
    assert_eq!(document.active_element(), Some(before), "the same element still has the focus");
}

#[wasm_bindgen_test]
async fn parts_that_show_nothing_can_come_and_go_without_a_panic() {
    // yewstack/yew#4092: a panic here would end the whole page.
    let document = page().await;
    for text in ["b", "my-bucket", "b", "my-bucket"] {
        type_into(&document, BUCKET, text).await;
        leave(&document, BUCKET).await;
        let radios = document.query_selector_all("#destination input[type=radio]").expect("a selector");
        for index in [1, 0] {
            radios.item(index).expect("two").unchecked_into::<HtmlElement>().click();
            settled().await;
        }
    }
    assert_eq!(find(&document, BUCKET).unchecked_into::<HtmlInputElement>().value(), "my-bucket");
}

#[wasm_bindgen_test]
async fn the_command_appears_when_the_form_is_complete_and_goes_when_it_is_not() {
    let document = page().await;
    assert!(document.get_element_by_id("output-text").is_none());
    type_into(&document, "#field-Region", "eu-central-1").await;
    type_into(&document, BUCKET, "my-bucket").await;
    type_into(&document, KEY, "disk.vmdk").await;
    let format: web_sys::HtmlSelectElement = find(&document, "#field-DiskContainer-Format").unchecked_into();
    format.set_value("VMDK");
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    let event = web_sys::Event::new_with_event_init_dict("change", &init).expect("an event");
    format.dispatch_event(&event).expect("heard");
    settled().await;
    let command = find(&document, "#output-text").text_content().unwrap_or_default();
    assert!(command.contains("--region eu-central-1") && command.contains("my-bucket"), "{command}");

    type_into(&document, "#field-KmsKeyId", "alias/mine").await;
    assert!(document.get_element_by_id("output-text").is_none(), "a key needs encryption");
    find(&document, "#field-Encrypted").unchecked_into::<HtmlElement>().click();
    settled().await;
    assert!(document.get_element_by_id("output-text").is_some());
}

#[wasm_bindgen_test]
async fn every_control_has_a_name_and_every_description_it_points_to_exists() {
    let document = page().await;
    let controls = document.query_selector_all("input, select, textarea, button").expect("a selector");
    for index in 0..controls.length() {
        let control: Element = controls.item(index).expect("counted").unchecked_into();
        let html = control.outer_html();
        let id = control.id();
        let labelled = control.has_attribute("aria-label")
            || (!id.is_empty()
                && document.query_selector(&format!("label[for='{id}']")).expect("a selector").is_some())
            || control.closest("label").expect("a selector").is_some()
            || (control.tag_name() == "BUTTON"
                && !control.text_content().unwrap_or_default().trim().is_empty());
        assert!(labelled, "no name: {html}");
        for described in control.get_attribute("aria-describedby").unwrap_or_default().split_whitespace() {
            assert!(document.get_element_by_id(described).is_some(), "{described} is missing: {html}");
        }
    }
}

#[wasm_bindgen_test]
async fn a_worker_that_stops_takes_no_form_with_it() {
    let document = page().await;
    type_into(&document, BUCKET, "my-bucket").await;
    type_into(&document, "#paste-text", "x").await;
    let said = find(&document, "#request [role=alert]").text_content().unwrap_or_default();
    assert!(said.contains("it broke"), "{said}");
    assert_eq!(find(&document, BUCKET).unchecked_into::<HtmlInputElement>().value(), "my-bucket");
    type_into(&document, KEY, "disk.raw").await;
    let said = find(&document, "#request [role=alert]").text_content().unwrap_or_default();
    assert_eq!(said, "", "what is entered next is written again");
}
