//! The page in German, and back.

use crate::browser::{Browser, journey};
use crate::images::Images;
use crate::page_server::PageServer;
use serde_json::json;

async fn choose_language(browser: &Browser, tag: &str) {
    browser.choose("#language", tag).await;
    browser.wait_until(&format!("document.documentElement.lang === '{tag}'")).await;
}

async fn says(browser: &Browser, words: &str) {
    browser.wait_until(&format!("document.body.textContent.includes({})", json!(words))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_goes_on_in_german_and_comes_back_without_losing_anything() {
    let images = Images::new();
    let raw = images.raw("disk.raw", 32 << 20);
    let refused = images.convert(&raw, "disk.qcow2", "qcow2", "");
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        browser.pick(&refused).await;
        browser.wait_for_verdict().await;
        says(&browser, "EC2 does not import QCOW2 images").await;
        browser.find("#field-DiskContainer-UserBucket-S3Bucket").await;
        browser.fill("#field-DiskContainer-UserBucket-S3Bucket", "My/Bucket").await;
        let reads = report(&browser).await["reads"].clone();

        choose_language(&browser, "de").await;
        says(&browser, "Importiert EC2 diesen Datenträger?").await;
        // The verdict at hand is said again, not read again: the report is the same, and it is for programs.
        says(&browser, "EC2 importiert keine QCOW2-Abbilder").await;
        assert_eq!(report(&browser).await["reads"], reads);
        assert!(report(&browser).await.to_string().contains("EC2 does not import QCOW2 images"));
        // What was entered is still there, and its problem is said in German.
        assert_eq!(value(&browser).await, "My/Bucket");
        says(&browser, "Ein Bucketname hat keinen Schrägstrich").await;
        says(&browser, "Bucket und Schlüssel").await;
        // Numbers are the browser's own in that language: 33,554,432 bytes.
        says(&browser, "33.554.432").await;

        // The choice is kept for the next visit.
        browser.client.refresh().await.expect("the page opens again");
        browser.find("#image").await;
        browser.wait_until("document.documentElement.lang === 'de'").await;
        says(&browser, "Importiert EC2 diesen Datenträger?").await;

        choose_language(&browser, "en").await;
        says(&browser, "Will EC2 import this disk?").await;
        says(&browser, "A bucket's name has no slash").await;
        assert_eq!(value(&browser).await, "My/Bucket");
    })
    .await;
}

async fn value(browser: &Browser) -> String {
    let id = "field-DiskContainer-UserBucket-S3Bucket";
    browser.find(&format!("#{id}")).await;
    let value = browser.script(&format!("return document.getElementById('{id}').value")).await;
    value.as_str().unwrap_or_default().to_owned()
}

async fn report(browser: &Browser) -> serde_json::Value {
    serde_json::from_str(&browser.content("#report-json").await).expect("the report is JSON")
}
