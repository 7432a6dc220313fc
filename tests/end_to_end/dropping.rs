//! Files that are dragged over the page and dropped on it, as the browser itself tells the page of them.

use crate::browser::{Browser, journey};
use crate::images::Images;
use crate::page_server::PageServer;
use serde_json::{Value, json};
use std::path::Path;

/// The middle of an element, in pixels of the window.
async fn middle(browser: &Browser, selector: &str) -> (f64, f64) {
    browser.find(selector).await;
    let script = format!(
        "const {{x, y, width, height}} = document.querySelector({}).getBoundingClientRect();
         return [x + width / 2, y + Math.min(height / 2, 40)]",
        json!(selector)
    );
    serde_json::from_value(browser.script(&script).await).expect("two numbers")
}

/// One step of a drag with these files: `dragEnter`, `dragOver` or `drop`.
pub(crate) async fn drag(browser: &Browser, step: &str, files: &[&Path], (x, y): (f64, f64)) {
    // 1: the files would be copied.
    let data: Value = json!({"items": [], "files": files, "dragOperationsMask": 1});
    let event = json!({"type": step, "x": x, "y": y, "data": data});
    browser.devtools("Input.dispatchDragEvent", event).await;
}

const IS_OVERLAID: &str = "document.querySelector('.drop-overlay')";

#[tokio::test(flavor = "multi_thread")]
async fn an_image_can_be_dropped_anywhere_even_on_the_bar_at_the_top() {
    let images = Images::new();
    let (first, second) = (images.raw("first.raw", 16 << 20), images.raw("second.raw", 16 << 20));
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        let _images = images;
        let bar = middle(&browser, ".brand").await;
        drag(&browser, "dragEnter", &[&first], bar).await;
        drag(&browser, "drop", &[&first], bar).await;
        browser.wait_for_verdict().await;
        assert_eq!(browser.text(".file-name").await, "first.raw");
        // Two at once, on a card that has nothing to do with them.
        let card = middle(&browser, "#verdict").await;
        drag(&browser, "dragEnter", &[&first, &second], card).await;
        drag(&browser, "drop", &[&first, &second], card).await;
        browser.wait_until("document.querySelectorAll('.images button').length === 2").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sign_to_drop_stays_while_files_are_dragged_across_the_page_and_goes_with_them() {
    let images = Images::new();
    let image = images.raw("disk.raw", 1 << 20);
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        let _images = images;
        let places = [".brand", "#image h1", ".drop-zone", "#begin"];
        drag(&browser, "dragEnter", &[&image], middle(&browser, places[0]).await).await;
        browser.wait_until(IS_OVERLAID).await;
        browser
            .script(&format!(
                "window.flickers = 0;
                 new MutationObserver(() => {{ if (!{IS_OVERLAID}) window.flickers += 1; }})
                     .observe(document.body, {{childList: true, subtree: true}})"
            ))
            .await;
        for place in places {
            drag(&browser, "dragOver", &[&image], middle(&browser, place).await).await;
        }
        assert_eq!(browser.script("return window.flickers").await, json!(0));
        // Beyond the edge of the window.
        drag(&browser, "dragOver", &[&image], (-10.0, -10.0)).await;
        browser.wait_until(&format!("!{IS_OVERLAID}")).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_refused_in_words_and_nothing_is_lost_or_left() {
    let images = Images::new();
    let image = images.raw("disk.raw", 16 << 20);
    let folder = images.path("");
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        let address = browser.script("return location.href").await;
        browser.pick(&image).await;
        browser.wait_for_verdict().await;
        let place = middle(&browser, "#verdict").await;
        drag(&browser, "dragEnter", &[&folder], place).await;
        drag(&browser, "drop", &[&folder], place).await;
        browser.find("#image [role=alert] .notice").await;
        assert_eq!(browser.text(".file-name").await, "disk.raw");
        assert_eq!(browser.script("return location.href").await, address);
        drop(images);
    })
    .await;
}
