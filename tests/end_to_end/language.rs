//! The page in German, and back.

use crate::audit::Audit;
use crate::browser::{Browser, journey};
use crate::images::Images;
use crate::inspection::report;
use crate::page_server::PageServer;
use crate::requests;
use crate::upload::{World, fill_in, paste, presign, start_upload};
use serde_json::json;
use std::path::Path;

const BUCKET_FIELD: &str = "field-DiskContainer-UserBucket-S3Bucket";

async fn choose_language(browser: &Browser, tag: &str) {
    browser.choose("#language", tag).await;
    browser.wait_until(&format!("document.documentElement.lang === '{tag}'")).await;
}

async fn says(browser: &Browser, words: &str) {
    browser.wait_until(&format!("document.body.textContent.includes({})", json!(words))).await;
}

async fn value(browser: &Browser) -> String {
    browser.find(&format!("#{BUCKET_FIELD}")).await;
    let value = browser.script(&format!("return document.getElementById('{BUCKET_FIELD}').value")).await;
    value.as_str().unwrap_or_default().to_owned()
}

/// Texts with small words that German does not have. Code and names of files are the same in every language.
const ENGLISH: &str = r"
    const words = /\b(the|of|is|are|and|with|your|you|this|that|to|from|for)\b/i;
    const same = 'pre, code, option, textarea, script, style, bdi, [lang=en]:not(html)';
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const {data, parentElement} = walker.currentNode;
        if (words.test(data) && !parentElement.closest(same)) found.push(data);
    }
    for (const element of document.querySelectorAll('[aria-label]')) {
        const label = element.getAttribute('aria-label');
        if (words.test(label)) found.push(label);
    }
    return found";

async fn is_german(browser: &Browser, state: &str) {
    assert_eq!(browser.script(ENGLISH).await, json!([]), "{state}");
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
        browser.fill(&format!("#{BUCKET_FIELD}"), "My/Bucket").await;
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

        // The choice is kept for the next visit, which says what it has restored.
        browser.client.refresh().await.expect("the page opens again");
        browser.find("#image").await;
        browser.wait_until("document.documentElement.lang === 'de'").await;
        browser.wait_until("document.title === 'Import Planner für AWS VM Import/Export'").await;
        says(&browser, "Wiederhergestellt, was am").await;

        choose_language(&browser, "en").await;
        says(&browser, "Will EC2 import this disk?").await;
        says(&browser, "Restored what you entered on").await;
        says(&browser, "Bucket and key").await;
        assert_eq!(value(&browser).await, "My/Bucket");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_a_person_reads_is_left_in_english() {
    let images = Images::new();
    let disks = [images.raw("root.raw", 32 << 20), images.raw("data.raw", 16 << 20)];
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        let _images = images;
        let mut audit = Audit::default();
        browser.find("#image").await;
        assert_ne!(browser.script(ENGLISH).await, json!([]), "English is found where there is some");
        choose_language(&browser, "de").await;
        is_german(&browser, "empty").await;
        audit.check(&browser, "empty, in German").await;
        browser.click("[data-sample='sample-server.vmdk']").await;
        browser.wait_for_verdict().await;
        says(&browser, "Angenommen").await;
        browser.find("#upload-target").await;
        is_german(&browser, "accepted").await;
        audit.check(&browser, "accepted, in German").await;

        // A link that is none, a bucket that cannot be, a call that lacks a value.
        requests::paste(&browser, "https://planner.example/#plan=1.AAAA").await;
        says(&browser, "Ein Teil davon fehlt oder wurde geändert").await;
        browser.choose("#call", "ImportSnapshot").await;
        browser.fill(&format!("#{BUCKET_FIELD}"), "My/Bucket").await;
        browser.fill("#field-Region", "nowhere").await;
        says(&browser, "Ein Bucketname hat keinen Schrägstrich").await;
        is_german(&browser, "problems").await;
        audit.check(&browser, "problems, in German").await;

        // Several disks are one machine.
        browser.pick(Path::new(&disks.each_ref().map(|disk| disk.to_string_lossy()).join("\n"))).await;
        browser.find(".images").await;
        browser.wait_for_verdict().await;
        says(&browser, "aus den 2 Datenträgern wird ein AMI").await;
        is_german(&browser, "several disks").await;

        requests::paste(&browser, include_str!("../../www/sample-plan.json")).await;
        says(&browser, "Der Plan ist geöffnet.").await;
        for call in ["ImportSnapshot", "ImportImage", "CopySnapshot"] {
            browser.choose("#call", call).await;
            browser.find("#output-text").await;
            is_german(&browser, call).await;
        }
        // What the pasted plan asked for has been done, and is not done again to be said in another language.
        choose_language(&browser, "en").await;
        says(&browser, "The plan is opened.").await;
        assert_eq!(browser.script("return document.querySelector('#call').value").await, "CopySnapshot");
        audit.finish();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_tells_of_itself_in_the_language_of_the_page() {
    let world = World::new().await;
    let image = world.stream_optimized();
    world
        .journey(move |browser, world| async move {
            choose_language(&browser, "de").await;
            browser.pick(&image).await;
            browser.wait_for_verdict().await;
            fill_in(&browser, "imports/disk.vmdk").await;
            paste(&browser, "no URL").await;
            says(&browser, "Das ist weder ein Ticket noch Zugangsdaten").await;
            is_german(&browser, "what was pasted is none").await;
            let url = presign(&browser.content("#presign-script").await, &world.server, 3600);
            paste(&browser, &url).await;
            start_upload(&browser).await;
            // No rule of the bucket allows the page yet.
            browser.find("[data-phase=held]").await;
            says(&browser, "Diese Regel anwenden").await;
            is_german(&browser, "held").await;
            choose_language(&browser, "en").await;
            says(&browser, "Apply this rule").await;
            choose_language(&browser, "de").await;
            world.server.set_cors(&browser.content("#cors-rule").await);
            start_upload(&browser).await;
            browser.find("[data-phase=done]").await;
            says(&browser, "Hochgeladen: disk.vmdk").await;
            is_german(&browser, "uploaded").await;
            // The object is there once: nothing is sent again to say it in another language.
            let requests = world.server.requests();
            choose_language(&browser, "en").await;
            says(&browser, "Uploaded: disk.vmdk").await;
            assert_eq!(world.server.requests(), requests);
        })
        .await;
}
