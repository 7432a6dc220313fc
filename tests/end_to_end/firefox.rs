//! The shortest whole journey in a second browser engine: `cargo xtask test --browser firefox`.

use crate::browser::{Browser, journey_in};
use crate::images::Images;
use crate::page_server::PageServer;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "`cargo xtask test --browser firefox` installs Firefox and runs it"]
async fn an_image_is_judged_and_its_request_copied() {
    let driver = std::env::var("IMPORT_PLANNER_GECKODRIVER");
    let driver = driver.expect("`cargo xtask test --browser firefox` sets IMPORT_PLANNER_GECKODRIVER");
    let images = Images::new();
    let raw = images.raw("disk.raw", 32 << 20);
    let image = images.convert(&raw, "disk.vmdk", "vmdk", "subformat=streamOptimized");
    let page = PageServer::start_with(&[]);
    let browser = Browser::open_firefox(&driver, &page.address).await;
    journey_in(browser, |browser| async move {
        browser.pick(&image).await;
        browser.wait_for_verdict().await;
        let report: serde_json::Value =
            serde_json::from_str(&browser.content("#report-json").await).expect("the report is JSON");
        assert_eq!(report["format"], "vmdk", "{report:#}");
        assert_eq!(report["complete"], true);
        // Firefox types nothing after the keys by which `fill` selects what is in a field; these are empty.
        for (field, text) in
            [("#field-Region", "eu-central-1"), ("#field-DiskContainer-UserBucket-S3Bucket", "my-disk-images")]
        {
            browser.find(field).await.send_keys(text).await.expect("the text is typed");
        }
        browser.wait_until("document.querySelector('#output-text')?.textContent.includes('my-disk-images')").await;
        // What is copied is what is shown.
        browser.script("navigator.clipboard.writeText = async (text) => { window.copied = text; }").await;
        browser.script("[...document.querySelectorAll('#output button')].find(button => button.innerText.trim().startsWith('Copy')).click()").await;
        browser.wait_until("window.copied === document.querySelector('#output-text').textContent").await;
    })
    .await;
}
