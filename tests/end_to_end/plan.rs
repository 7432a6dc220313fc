//! The plan as something to keep and to hand on: link, file, draft; and the page with no file at hand.

use crate::browser::{Browser, journey};
use crate::page_server::PageServer;
use serde_json::json;

/// Puts text into the field for pasting, at once.
async fn paste(browser: &Browser, text: &str) {
    browser.find("#paste-text").await;
    browser
        .script(&format!(
            "const field = document.querySelector('#paste-text');
             field.value = {}; field.dispatchEvent(new InputEvent('input', {{bubbles: true}}));",
            json!(text)
        ))
        .await;
}

const COPY: &str = "aws ec2 copy-snapshot --region eu-west-3 --source-region eu-west-1 \
                    --source-snapshot-id snap-0123456789abcdef0 --description";
const REGION: &str = "document.querySelector('#field-Region')?.value";
const DRAFT: &str = "localStorage.getItem('import-planner.plan.v2')";

async fn has_value(browser: &Browser, what: &str, value: &str) {
    browser.wait_until(&format!("{what} === {}", json!(value))).await;
}

async fn press(browser: &Browser, within: &str, text: &str) {
    let button = format!(
        "[...document.querySelectorAll('{within} button')].find(button => button.innerText.includes('{text}'))"
    );
    browser.wait_until(&button).await;
    browser.script(&format!("({button}).click()")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_opens_the_plan_elsewhere_and_takes_nothing_that_was_entered_there() {
    let page = PageServer::start_with(&[]);
    let address = page.address.clone();
    journey(&page.address, |browser| async move {
        paste(&browser, &format!("{COPY} first")).await;
        browser.wait_until("document.querySelector('#plan-link')?.textContent.includes('#plan=1.')").await;
        browser.wait_until(&format!("{DRAFT}?.includes('first')")).await;
        let link = browser.text("#plan-link").await;
        // Elsewhere: another draft, and a page that is open already.
        browser.script("localStorage.clear()").await;
        browser.client.goto("about:blank").await.expect("it opens");
        browser.client.goto(&address).await.expect("it opens");
        paste(&browser, "aws ec2 import-snapshot --region us-east-2 --description mine").await;
        has_value(&browser, REGION, "us-east-2").await;
        browser.wait_until(&format!("{DRAFT}?.includes('mine')")).await;
        browser.client.goto(&link).await.expect("it opens");
        has_value(&browser, REGION, "eu-west-3").await;
        browser.wait_until("document.querySelector('#plan-notice').innerText.includes('not lost')").await;
        assert_eq!(browser.script("return location.hash").await, "");
        // The link is read once: a reload keeps what was changed since.
        browser.fill("#field-Region", "eu-north-1").await;
        browser.wait_until(&format!("{DRAFT}?.includes('eu-north-1')")).await;
        browser.client.refresh().await.expect("it reloads");
        has_value(&browser, REGION, "eu-north-1").await;
        browser.wait_until("document.querySelector('#plan-notice').innerText.startsWith('Restored')").await;
        // Opened over a draft that was restored, and undone.
        browser.client.goto("about:blank").await.expect("it opens");
        browser.client.goto(&link).await.expect("it opens");
        has_value(&browser, REGION, "eu-west-3").await;
        // What has been opened is told at the top, and the page stays there.
        assert_eq!(browser.script("return scrollY").await, json!(0));
        press(&browser, "#plan-notice", "Undo").await;
        has_value(&browser, REGION, "eu-north-1").await;
        // Discarding what was restored can be taken back too.
        browser.client.refresh().await.expect("it reloads");
        press(&browser, "#plan-notice", "Discard").await;
        has_value(&browser, REGION, "").await;
        press(&browser, "#plan-notice", "Undo").await;
        has_value(&browser, REGION, "eu-north-1").await;
        // What is no plan changes nothing; the place of a step is left to the browser.
        browser.script("location.hash = '#plan=1.AAAA'").await;
        browser.wait_until("document.querySelector('#plan-notice [data-tone=bad]')").await;
        browser.script("location.hash = '#upload'").await;
        assert_eq!(browser.script("return location.hash").await, "#upload");
        has_value(&browser, REGION, "eu-north-1").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_saved_file_opens_again_when_it_is_chosen() {
    let page = PageServer::start_with(&[]);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("import-plan.json");
    journey(&page.address, move |browser| async move {
        let _folder = folder;
        paste(&browser, &format!("{COPY} kept")).await;
        browser.find("#plan-save").await;
        // What the button offers for download, caught where it is made.
        browser
            .script(
                "const make = URL.createObjectURL;
                 URL.createObjectURL = blob => {
                   blob.text().then(text => { window.saved = text; });
                   return make(blob);
                 };",
            )
            .await;
        browser.wait_until(&format!("{DRAFT}?.includes('kept')")).await;
        browser.click("#plan-save").await;
        browser.wait_until("window.saved").await;
        let text = browser.script("return window.saved").await.as_str().expect("a text").to_owned();
        std::fs::write(&file, &text).expect("written");
        press(&browser, "#destination header", "Clear").await;
        has_value(&browser, REGION, "").await;
        // Who cleared it by mistake is told the way back.
        assert!(browser.text("#cleared").await.contains("Undo"));
        press(&browser, "#destination header", "Undo").await;
        has_value(&browser, REGION, "eu-west-3").await;
        press(&browser, "#destination header", "Clear").await;
        has_value(&browser, REGION, "").await;
        browser.pick(&file).await;
        has_value(&browser, REGION, "eu-west-3").await;
        browser.wait_until("document.querySelector('#pasted [data-tone=good]')").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_and_redo_change_what_lists_show_too() {
    const CALL: &str = "document.querySelector('#call')?.value";
    const BOOT_MODE: &str = "document.querySelector('#field-BootMode')?.value";
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        browser.click("#begin").await;
        browser.choose("#call", "ImportImage").await;
        browser.choose("#field-BootMode", "uefi").await;
        // What is entered in one field without another between is one step.
        browser.fill("#field-Region", "eu-west-1").await;
        browser.choose("#field-BootMode", "legacy-bios").await;
        press(&browser, "#destination header", "Undo").await;
        browser.wait_until(&format!("{BOOT_MODE} === 'uefi'")).await;
        press(&browser, "#destination header", "Redo").await;
        browser.wait_until(&format!("{BOOT_MODE} === 'legacy-bios'")).await;
        browser.choose("#call", "CopySnapshot").await;
        browser.wait_until("document.querySelector('#field-SourceSnapshotId')").await;
        // A snapshot is copied without an upload.
        browser.wait_until("document.querySelector('#upload').hidden").await;
        press(&browser, "#destination header", "Undo").await;
        browser
            .wait_until(&format!("{CALL} === 'ImportImage' && !document.querySelector('#upload').hidden"))
            .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_keeps_nothing_loses_only_the_draft() {
    let page = PageServer::start_with(&[]);
    // What a person chooses who forbids all sites to keep data: then even looking at localStorage throws.
    let forbidden = json!({"profile.default_content_setting_values.cookies": 2});
    let browser = Browser::open_with(&page.address, forbidden).await;
    let kept =
        browser.script("try { return String(localStorage) } catch (error) { return error.name }").await;
    assert_eq!(kept, "SecurityError", "the browser does forbid it");
    paste(&browser, &format!("{COPY} kept")).await;
    has_value(&browser, REGION, "eu-west-3").await;
    browser
        .wait_until("document.querySelector('#output-text')?.textContent.includes('--region eu-west-3')")
        .await;
    browser.wait_until("document.querySelector('#plan-link')?.textContent.includes('#plan=1.')").await;
    browser.client.refresh().await.expect("it reloads");
    browser.find("#begin").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_no_file_at_hand_the_samples_show_a_verdict_and_a_filled_in_form() {
    let page = PageServer::start_with(&[]);
    let address = page.address.clone();
    journey(&page.address, |browser| async move {
        browser.click("[data-sample='sample-server.vmdk']").await;
        browser.wait_for_verdict().await;
        browser.wait_until("!document.querySelector('.verdict[data-tone=bad]')").await;
        browser.client.goto(&address).await.expect("it opens");
        browser.script("localStorage.clear()").await;
        browser.client.refresh().await.expect("it reloads");
        browser.click("[data-sample='sample-server.qcow2']").await;
        browser.wait_for_verdict().await;
        browser.wait_until("document.querySelector('.verdict[data-tone=bad]')").await;
        // Refused, with a command as the way out.
        browser
            .wait_until("document.querySelector('.finding pre')?.textContent.includes('qemu-img convert')")
            .await;
        browser.script("localStorage.clear()").await;
        browser.client.refresh().await.expect("it reloads");
        browser.click("[data-sample='sample-plan.json']").await;
        has_value(
            &browser,
            "document.querySelector('#field-DiskContainer-UserBucket-S3Bucket')?.value",
            "amzn-s3-demo-bucket",
        )
        .await;
        browser
            .wait_until("document.querySelector('#output-text')?.textContent.includes('amzn-s3-demo-bucket')")
            .await;
        press(&browser, "#plan-notice", "Undo").await;
        has_value(&browser, "document.querySelector('#field-DiskContainer-UserBucket-S3Bucket')?.value", "")
            .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_changed_since_it_was_copied_is_marked() {
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        paste(&browser, &format!("{COPY} first")).await;
        browser.wait_until("document.querySelector('#output-text')?.textContent.includes('first')").await;
        let before = browser.content("#output-text").await;
        browser.script("navigator.clipboard.writeText = async text => { window.copied = text; }").await;
        press(&browser, "#output-panel", "Copy").await;
        browser.wait_until("document.querySelector('#output-panel').innerText.includes('Copied')").await;
        assert_eq!(browser.script("return window.copied").await, json!(before));
        assert_eq!(browser.script("return document.querySelectorAll('#output-text mark').length").await, 0);
        // On the way there is nothing to write.
        browser.fill("#field-Region", "eu-").await;
        browser.wait_until("!document.querySelector('#output-text')").await;
        browser.fill("#field-Region", "eu-north-1").await;
        browser
            .wait_until("document.querySelector('#output-text mark')?.textContent.includes('eu-north-1')")
            .await;
        // The line alone, and the text is whole.
        let marked = browser.script("return document.querySelectorAll('#output-text mark').length").await;
        assert_eq!(marked, 1);
        assert_eq!(browser.content("#output-text").await, before.replace("eu-west-3", "eu-north-1"));
    })
    .await;
}
