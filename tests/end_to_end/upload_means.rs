//! What the page uploads by, wherever it comes from: it goes where nothing shows it, and is forgotten on demand.

use crate::browser::Browser;
use crate::images::sha256;
use crate::requests::paste_on_page;
use crate::upload::{World, fill_in, pick_and_wait, start_upload};
use crate::upload_in_parts::{KEY, allow_page, credentials, in_small_parts, make_ticket, receipt};
use crate::upload_kept::traces;
use serde_json::json;
use std::path::Path;

/// Chooses a file by the input below `selector`.
async fn choose(browser: &Browser, selector: &str, file: &Path) {
    let input = browser.find(&format!("{selector} input[type=file]")).await;
    input.send_keys(&file.to_string_lossy()).await.expect("the file is taken");
}

async fn is_held(browser: &Browser, what: &str) {
    browser.find("#upload-held").await;
    assert!(browser.text("#upload-target").await.contains(what));
    let traces = traces(browser).await;
    assert!(!traces.contains("X-Amz-Signature") && !traces.contains("AWS_SECRET_ACCESS_KEY"), "{traces}");
}

async fn forget(browser: &Browser) {
    browser.click("#upload-forget").await;
    browser.wait_until("!document.querySelector('#upload-held')").await;
    browser.wait_until("document.querySelector('#upload-start:disabled')").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_is_taken_from_its_file_and_forgotten_on_demand() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 42 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            pick_and_wait(&browser, &image).await;
            fill_in(&browser, KEY).await;
            allow_page(&browser, server).await;
            let ticket = make_ticket(&in_small_parts(&browser.content("#ticket-script").await), server);
            let folder = tempfile::tempdir().expect("a folder");
            let file = folder.path().join("disk.raw.ticket.json");
            std::fs::write(&file, &ticket).expect("written");
            // By the button that stands where it belongs.
            choose(&browser, "#upload", &file).await;
            is_held(&browser, "disk.raw").await;
            forget(&browser).await;
            // And wherever else on the page it is dropped: it is no image, and no text to be shown.
            choose(&browser, "#image", &file).await;
            is_held(&browser, "disk.raw").await;
            assert_eq!(browser.script("return document.querySelector('#paste-text').value").await, json!(""));
            start_upload(&browser).await;
            receipt(&browser).await;
            assert_eq!(server.object_sha256(KEY), Some(sha256(&image)));
            browser
                .wait_until("document.querySelector('.journey a[href=\"#upload\"]').dataset.state === 'good'")
                .await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_pasted_anywhere_go_where_nothing_shows_them() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 1 << 20);
    world
        .journey(move |browser, world| async move {
            pick_and_wait(&browser, &image).await;
            fill_in(&browser, KEY).await;
            let keys = credentials(&world.server);
            paste_on_page(&browser, &format!("data.setData('text/plain', {})", json!(keys))).await;
            is_held(&browser, "disk.raw").await;
            browser.wait_until("document.activeElement.id === 'upload'").await;
            // Into the field for everything else, too: it is taken out of it again.
            browser
                .script(&format!(
                    "const field = document.querySelector('#paste-text'); field.value = {};
                     field.dispatchEvent(new InputEvent('input', {{bubbles: true}}))",
                    json!(keys)
                ))
                .await;
            is_held(&browser, "disk.raw").await;
            assert_eq!(browser.script("return document.querySelector('#paste-text').value").await, json!(""));
            // Something that is none says so, and stays to be mended.
            crate::upload::paste(&browser, "no key").await;
            browser
                .wait_until(
                    "document.querySelector('#field-UploadMeans').getAttribute('aria-invalid') === 'true'",
                )
                .await;
            assert_eq!(
                browser.script("return document.querySelector('#field-UploadMeans').value").await,
                json!("no key")
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_browser_asks_before_an_upload_is_left_and_keeps_the_screen_awake_for_it() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 42 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            server.set_most_parts(Some(1));
            // A headless browser has no screen: what the page asks for is noted.
            browser
                .script(
                    "window.awake = [];
                     navigator.wakeLock.request = async kind => {
                         window.awake.push(kind);
                         return {release: async () => { window.awake.push('released'); }};
                     };",
                )
                .await;
            let asks = "(() => {
                const event = new Event('beforeunload', {cancelable: true});
                return !window.dispatchEvent(event);
            })()";
            crate::upload_in_parts::prepare_by_credentials(&browser, server, &image, KEY).await;
            assert_eq!(browser.script(&format!("return {asks}")).await, json!(false));
            start_upload(&browser).await;
            crate::upload_in_parts::wait_for_parts(server, 1).await;
            assert_eq!(browser.script(&format!("return {asks}")).await, json!(true));
            browser.wait_until("window.awake.join() === 'screen'").await;
            server.set_most_parts(None);
            receipt(&browser).await;
            browser.wait_until(&format!("!{asks} && window.awake.join() === 'screen,released'")).await;
        })
        .await;
}
