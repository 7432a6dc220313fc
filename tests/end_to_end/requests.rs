//! The request: every call's form, every form of writing, what is pasted, and what AWS answered.

use crate::browser::{Browser, journey};
use crate::images::Images;
use crate::page_server::PageServer;
use serde_json::json;

const CALLS: [&str; 8] = [
    "ImportSnapshot",
    "ImportImage",
    "CopySnapshot",
    "RegisterImage",
    "DescribeImportSnapshotTasks",
    "DescribeImportImageTasks",
    "CancelImportTask",
    "DescribeSnapshots",
];

/// Puts text into the field for pasting, at once.
pub(crate) async fn paste(browser: &Browser, text: &str) {
    browser.find("#paste-text").await;
    browser
        .script(&format!(
            "const field = document.querySelector('#paste-text');
             field.value = {}; field.dispatchEvent(new InputEvent('input', {{bubbles: true}}));",
            json!(text)
        ))
        .await;
}

/// Waits for the written request to hold `text`.
pub(crate) async fn written(browser: &Browser, text: &str) {
    let there = format!("document.querySelector('#output-text')?.textContent.includes({})", json!(text));
    browser.wait_until(&there).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_command_fills_the_form_and_is_written_in_every_form() {
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        let command = "aws ec2 copy-snapshot --region eu-west-3 --source-region eu-west-1 \
                       --source-snapshot-id snap-0123456789abcdef0 --description \"it's \\$(mine)\"";
        paste(&browser, command).await;
        written(&browser, "--source-snapshot-id snap-0123456789abcdef0").await;
        assert_eq!(browser.script("return document.querySelector('#call').value").await, "CopySnapshot");
        let tabs =
            browser.script("return [...document.querySelectorAll('[role=tab]')].map(tab => tab.id)").await;
        let tabs: Vec<String> = serde_json::from_value(tabs).expect("ids");
        assert_eq!(tabs.len(), 10, "{tabs:?}");
        for tab in tabs {
            browser.click(&format!("#{tab}")).await;
            browser
                .wait_until(&format!(
                    "document.querySelector('#{tab}').getAttribute('aria-selected') === 'true' && \
                     document.querySelector('#output-text')?.textContent.length > 20"
                ))
                .await;
        }
        // The shells quote each in its own way, and the choice is kept.
        browser.click("#tab-cli").await;
        browser.choose("#field-writing-shell", "PowerShell").await;
        written(&browser, "'it''s $(mine)'").await;
        browser.choose("#field-writing-version", "1").await;
        browser.choose("#field-writing-layout", "line").await;
        browser
            .wait_until("document.querySelector('#output-text').textContent.trim().split('\\n').length === 1")
            .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_call_has_its_form_and_lists_grow_and_shrink() {
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        browser.click("#begin").await;
        browser.find("#call").await;
        for call in CALLS {
            browser.choose("#call", call).await;
            browser
                .wait_until(&format!(
                    "document.querySelector('#call-help a').href.includes('API_{call}') && \
                     document.querySelectorAll('#destination .field, #request .field').length > 3"
                ))
                .await;
        }
        browser.choose("#call", "ImportImage").await;
        browser.click("#field-DiskContainers-add").await;
        browser.find("#field-DiskContainers-1--UserBucket-S3Bucket").await;
        browser.fill("#field-DiskContainers-1--UserBucket-S3Bucket", "second-bucket").await;
        browser.click("#field-TagSpecifications-0--Tags-add").await;
        browser.fill("#field-TagSpecifications-0--Tags-0--Key", "Name").await;
        let draft = "localStorage.getItem('import-planner.plan.v2')";
        browser.wait_until(&format!("{draft}?.includes('second-bucket') && {draft}.includes('Name')")).await;
        // Removing the first disk keeps what was typed for the second, and can be undone.
        browser
            .script("[...document.querySelectorAll('.item > button')].at(0).click()")
            .await;
        browser
            .wait_until("document.querySelector('#field-DiskContainers-0--UserBucket-S3Bucket')?.value === 'second-bucket'")
            .await;
        browser.script("[...document.querySelectorAll('#destination header button')].at(0).click()").await;
        browser
            .wait_until("document.querySelector('#field-DiskContainers-1--UserBucket-S3Bucket')?.value === 'second-bucket'")
            .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_task_is_explained_and_a_finished_one_leads_to_the_next_call() {
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        paste(&browser, "An error occurred (DryRunOperation) when calling the ImportSnapshot operation: Request would have succeeded, but DryRun flag is set.").await;
        browser.wait_until("document.querySelector('#pasted [data-tone=good]')").await;
        let failed = json!({"ImportSnapshotTasks": [{"ImportTaskId": "import-snap-0123456789abcdef0",
            "SnapshotTaskDetail": {"Status": "deleted", "StatusMessage": "ClientError: Unsupported VMDK File Format"}}]});
        paste(&browser, &failed.to_string()).await;
        browser.wait_until("document.querySelector('#pasted [data-tone=bad]')?.innerText.includes('Unsupported VMDK')").await;
        let done = json!({"ImportSnapshotTasks": [{"ImportTaskId": "import-snap-0123456789abcdef0",
            "SnapshotTaskDetail": {"Status": "completed", "SnapshotId": "snap-0123456789abcdef0"}}]});
        paste(&browser, &done.to_string()).await;
        browser
            .wait_until("[...document.querySelectorAll('#pasted button')].some(button => button.innerText.includes('RegisterImage'))")
            .await;
        browser
            .script("[...document.querySelectorAll('#pasted button')].find(button => button.innerText.includes('RegisterImage')).click()")
            .await;
        // The form comes up with the snapshot already in it.
        browser.wait_until("document.querySelector('#call')?.value === 'RegisterImage'").await;
        browser
            .wait_until("[...document.querySelectorAll('#destination input, #request input')].some(input => input.value === 'snap-0123456789abcdef0')")
            .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journey_is_written_as_a_script_whose_steps_can_be_switched_off() {
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        paste(
            &browser,
            "aws ec2 import-snapshot --region eu-west-3 --disk-container Format=RAW,UserBucket={S3Bucket=my-bucket,S3Key=disk.raw}",
        )
        .await;
        let has = |text: &str| format!("document.querySelector('#runbook-text')?.textContent.includes('{text}')");
        browser.wait_until(&has("create-bucket")).await;
        browser.script("document.querySelector('#runbook details:last-of-type').open = true").await;
        browser.script("document.querySelector('#field-writing-runbook-bucket').click()").await;
        browser.wait_until(&format!("!({})", has("create-bucket"))).await;
        browser.script("[...document.querySelectorAll('#runbook details')].forEach(part => part.open = true)").await;
        browser.choose("#field-writing-runbook-language", "python").await;
        browser.wait_until(&has("import boto3")).await;
    })
    .await;
}

/// Pastes beside all fields what a script puts into `data`. WebDriver has no clipboard: the event is the browser's own, and
/// what it holds is made here.
pub(crate) async fn paste_on_page(browser: &Browser, fill: &str) {
    let script = format!(
        "const data = new DataTransfer(); {fill};
         document.body.dispatchEvent(new ClipboardEvent('paste', {{clipboardData: data, bubbles: true, cancelable: true}}))"
    );
    browser.script(&script).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_pasted_anywhere_on_the_page_is_known() {
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        browser.find("#image").await;
        paste_on_page(&browser, "data.setData('text/plain', 's3://my-bucket/images/disk.vmdk')").await;
        browser.wait_until("document.querySelectorAll('#pasted button').length === 2").await;
        assert_eq!(browser.script("return document.activeElement.value").await, "s3://my-bucket/images/disk.vmdk");
        browser.click("#pasted button").await;
        browser.wait_until("document.querySelector('#field-DiskContainer-UserBucket-S3Key')?.value === 'images/disk.vmdk'").await;
        // A file is read as if it had been dropped.
        paste_on_page(&browser, "data.items.add(new File(['QFI\\xfb'], 'disk.qcow2'))").await;
        browser.wait_until("document.querySelector('#image').innerText.includes('disk.qcow2')").await;
    })
    .await;
}

/// One key after the other to whatever has the focus.
pub(crate) async fn press(browser: &Browser, keys: &str) {
    let focused = browser.client.active_element().await.expect("something has the focus");
    focused.send_keys(keys).await.expect("the keys are taken");
}

/// Tab until the element that `selector` names has the focus.
pub(crate) async fn tab_to(browser: &Browser, selector: &str) {
    for _ in 0..120 {
        let there =
            browser.script(&format!("return document.activeElement?.matches({})", json!(selector))).await;
        if there == json!(true) {
            return;
        }
        press(browser, "\u{e004}").await;
    }
    panic!("Tab never reached {selector}; the page says:\n{}", browser.page_text().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_says_what_is_missing_and_finds_no_fault_before_a_field_is_left() {
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        let is_silent = "return !document.querySelector('[aria-invalid=true], [data-tone=bad]')";
        browser.click("#begin").await;
        browser
            .wait_until(
                "(text => text.includes('Still to be filled in') && text.includes('Region'))
                    (document.querySelector('.problem-summary[data-level=note]').innerText)",
            )
            .await;
        assert_eq!(browser.script(is_silent).await, json!(true));
        // Half a name is no fault while it is being typed.
        let bucket = "field-DiskContainer-UserBucket-S3Bucket";
        browser.fill(&format!("#{bucket}"), "my").await;
        browser.wait_until("document.querySelector('#output')").await;
        assert_eq!(browser.script(is_silent).await, json!(true));
        press(&browser, "\u{e004}").await;
        browser.find(&format!("#{bucket}[aria-invalid=true]")).await;
        // Each of the summary's links leads to its field.
        let link = format!(".problem-summary a[href='#{bucket}']");
        browser.click(&link).await;
        browser.wait_until(&format!("document.activeElement.id === '{bucket}'")).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_the_browser_does_not_copy_is_selected_for_the_person() {
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        browser.click("#begin").await;
        crate::upload::fill_in(&browser, "disk.raw").await;
        browser.find("#output-text").await;
        for refusal in
            ["navigator.clipboard.writeText = async () => { throw new DOMException('no', 'NotAllowedError'); }",
             // Without a secure context there is none.
             "Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true})"]
        {
            browser.script("getSelection().removeAllRanges()").await;
            browser.script(refusal).await;
            browser.click("#output-panel .code .row button").await;
            browser
                .wait_until("getSelection().toString().trim() === document.querySelector('#output-text').innerText.trim()")
                .await;
            let said = browser.text("#output-panel .code .row [role=status]").await;
            assert!(said.contains("selected"), "{said}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_written_by_keyboard_alone() {
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        tab_to(&browser, "#begin").await;
        press(&browser, "\u{e007}").await;
        browser.find("#call").await;
        tab_to(&browser, "#call").await;
        press(&browser, "CopySnapshot").await;
        browser.find("#field-SourceSnapshotId").await;
        tab_to(&browser, "#field-Region").await;
        press(&browser, "eu-west-3").await;
        tab_to(&browser, "#field-SourceRegion").await;
        press(&browser, "eu-west-1").await;
        tab_to(&browser, "#field-SourceSnapshotId").await;
        press(&browser, "snap-0123456789abcdef0").await;
        written(&browser, "copy-snapshot").await;
        tab_to(&browser, "#tab-cli").await;
        press(&browser, "\u{e014}").await;
        browser.wait_until("document.activeElement.id === 'tab-cli-json'").await;
        written(&browser, "SourceSnapshotId").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_digests_of_an_appliance_are_checked_on_request() {
    let page = PageServer::start_with(&[]);
    let images = Images::new();
    let (right, wrong) = (images.appliance("right.ova", true), images.appliance("wrong.ova", false));
    journey(&page.address, move |browser| async move {
        let _images = images;
        for (file, is_right) in [(right, true), (wrong, false)] {
            browser.pick(&file).await;
            browser.find("#verify").await;
            browser.click("#verify").await;
            browser.wait_until("document.querySelector('#verdict') && !document.querySelector('#verify') && !document.querySelector('#stop-reading')").await;
            let found = browser.findings().await.iter().any(|code| code == "ova-digest-mismatch");
            assert_eq!(found, !is_right, "{:?}", browser.findings().await);
        }
    })
    .await;
}
