//! The shortest whole journeys in a second browser engine: `cargo xtask test --browser firefox`.

use crate::browser::{Browser, journey_in};
use crate::images::{Images, sha256};
use crate::page_server::PageServer;
use crate::s3_server::BUCKET;
use crate::upload::{World, paste, pick_and_wait, start_upload};
use crate::upload_in_parts::{
    allow_page, credentials, each_part_was_taken_once, receipt, reload_amid_upload,
};
use std::sync::Arc;

async fn firefox(address: &str) -> Browser {
    let driver = std::env::var("IMPORT_PLANNER_GECKODRIVER");
    let driver = driver.expect("`cargo xtask test --browser firefox` sets IMPORT_PLANNER_GECKODRIVER");
    Browser::open_firefox(&driver, address).await
}

/// Types into fields that are empty: Firefox types nothing after the keys by which `fill` selects what is in a field.
async fn type_in(browser: &Browser, fields: &[(&str, &str)]) {
    for (field, text) in fields {
        browser.find(field).await.send_keys(text).await.expect("the text is typed");
    }
}

const REGION: &str = "#field-Region";
const BUCKET_FIELD: &str = "#field-DiskContainer-UserBucket-S3Bucket";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "`cargo xtask test --browser firefox` installs Firefox and runs it"]
async fn an_upload_goes_on_after_a_reload() {
    let world = Arc::new(World::new().await);
    let image = world.images.full("disk.raw", 100 << 20);
    let browser = firefox(&world.page.address).await;
    let steps = move |browser: Arc<Browser>, world: Arc<World>| async move {
        let server = &world.server;
        pick_and_wait(&browser, &image).await;
        type_in(&browser, &[(REGION, "us-east-1"), (BUCKET_FIELD, BUCKET)]).await;
        browser.wait_until("document.querySelector('#prepare-cors-rule')").await;
        allow_page(&browser, server).await;
        paste(&browser, &credentials(server)).await;
        // Firefox asks whether the page may be left while it uploads; a driver says yes.
        reload_amid_upload(&browser, server, 3).await;
        server.set_most_parts(None);
        assert!(browser.text("#unfinished").await.contains("disk.raw"));
        pick_and_wait(&browser, &image).await;
        paste(&browser, &credentials(server)).await;
        browser.wait_until("document.querySelector('#upload-target').innerText.includes('goes on')").await;
        start_upload(&browser).await;
        receipt(&browser).await;
        each_part_was_taken_once(server, 7);
        assert_eq!(server.object_sha256("disk.raw"), Some(sha256(&image)));
    };
    world.journey_in(browser, steps).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "`cargo xtask test --browser firefox` installs Firefox and runs it"]
async fn an_image_is_judged_and_its_request_copied() {
    let images = Images::new();
    let raw = images.raw("disk.raw", 32 << 20);
    let image = images.convert(&raw, "disk.vmdk", "vmdk", "subformat=streamOptimized");
    let page = PageServer::start_with(&[]);
    let browser = firefox(&page.address).await;
    journey_in(browser, |browser| async move {
        browser.pick(&image).await;
        browser.wait_for_verdict().await;
        let report: serde_json::Value =
            serde_json::from_str(&browser.content("#report-json").await).expect("the report is JSON");
        assert_eq!(report["format"], "vmdk", "{report:#}");
        assert_eq!(report["complete"], true);
        type_in(&browser, &[(REGION, "eu-central-1"), (BUCKET_FIELD, "my-disk-images")]).await;
        browser.wait_until("document.querySelector('#output-text')?.textContent.includes('my-disk-images')").await;
        // What is copied is what is shown.
        browser.script("navigator.clipboard.writeText = async (text) => { window.copied = text; }").await;
        browser.script("[...document.querySelectorAll('#output button')].find(button => button.innerText.trim().startsWith('Copy')).click()").await;
        browser.wait_until("window.copied === document.querySelector('#output-text').textContent").await;
    })
    .await;
}
