//! The page's states one by one, held to axe-core's rules with everything unfolded, light and dark, wide and narrow. What
//! other journeys come by is held to them in passing, see [`crate::audit`].

use crate::audit::Audit;
use crate::browser::journey;
use crate::dropping::drag;
use crate::images::Images;
use crate::page_server::PageServer;
use crate::requests;
use crate::upload::{World, paste, presign, start_upload};
use crate::upload_in_parts::{credentials, prepare_by_ticket, wait_for_parts};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn the_form_and_what_is_written_are_accessible() {
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        let mut audit = Audit::default();
        audit.check(&browser, "empty").await;
        browser.click("#begin").await;
        browser.find("#call").await;
        audit.check(&browser, "begun").await;
        // A bucket's name that cannot be, in a field that was left.
        browser.fill("#field-DiskContainer-UserBucket-S3Bucket", "my").await;
        browser.fill("#field-Region", "eu-west-3").await;
        browser.find("[aria-invalid=true]").await;
        audit.check(&browser, "problems").await;
        requests::paste(&browser, "aws ec2 import-image --region eu-west-3 --disk-containers Format=VMDK,UserBucket={S3Bucket=my-bucket,S3Key=disk.vmdk} --tag-specifications ResourceType=import-image-task,Tags=[{Key=Name,Value=x}]").await;
        requests::written(&browser, "import-image").await;
        browser.find("#runbook-text").await;
        audit.check(&browser, "written").await;
        for tab in ["tab-terraform", "tab-cli-json"] {
            browser.script(&format!("document.getElementById('{tab}')?.click()")).await;
            audit.check(&browser, tab).await;
        }
        let failed = json!({"ImportSnapshotTasks": [{"ImportTaskId": "import-snap-0123456789abcdef0",
            "SnapshotTaskDetail": {"Status": "deleted", "StatusMessage": "ClientError: Unsupported VMDK File Format"}}]});
        requests::paste(&browser, &failed.to_string()).await;
        browser.find("#pasted [data-tone=bad]").await;
        audit.check(&browser, "an answer").await;
        browser.script("document.querySelector('#update').hidden = false").await;
        audit.check(&browser, "a new version").await;
        audit.finish();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn verdicts_are_accessible() {
    let images = Images::new();
    let raw = images.raw("disk.raw", 32 << 20);
    let stream = images.convert(&raw, "disk.vmdk", "vmdk", "subformat=streamOptimized");
    let refused = images.convert(&raw, "disk.qcow2", "qcow2", "");
    let appliance = images.appliance("machine.ova", false);
    let two = [images.raw("root.raw", 16 << 20), images.raw("data.raw", 16 << 20)];
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        let _images = images;
        let mut audit = Audit::default();
        for image in [stream, raw, refused, appliance] {
            browser.pick(&image).await;
            let name = image.file_name().expect("a name").to_string_lossy().into_owned();
            browser
                .wait_until(&format!("document.querySelector('.file-name')?.textContent === '{name}'"))
                .await;
            browser.wait_until("document.querySelector('.verdict')").await;
            audit.check(&browser, &name).await;
        }
        browser.click("#verify").await;
        browser.wait_until("!document.querySelector('#verify, #stop-reading')").await;
        audit.check(&browser, "digests that differ").await;
        let input = browser.find("#image input[type=file]").await;
        let both = format!("{}\n{}", two[0].display(), two[1].display());
        input.send_keys(&both).await.expect("the files are taken");
        browser.wait_until("document.querySelectorAll('.images button').length === 2").await;
        browser.wait_for_verdict().await;
        audit.check(&browser, "two disks of a machine").await;
        drag(&browser, "dragEnter", &[&two[0]], (200.0, 200.0)).await;
        browser.find(".drop-overlay").await;
        audit.check(&browser, "files above the page").await;
        audit.finish();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_are_accessible() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 42 << 20);
    let second = world.images.full("second.raw", 12 << 20);
    world
        .journey(move |browser, world| async move {
            let mut audit = Audit::default();
            let server = &world.server;
            server.set_most_parts(Some(2));
            prepare_by_ticket(&browser, server, &image).await;
            audit.check(&browser, "ready to be uploaded").await;
            start_upload(&browser).await;
            wait_for_parts(server, 2).await;
            audit.check(&browser, "sending").await;
            browser.click("#upload-pause").await;
            browser.find("[data-phase=paused]").await;
            audit.check(&browser, "paused").await;
            browser.click("#upload-resume").await;
            server.set_most_parts(None);
            browser.find("[data-phase=done]").await;
            audit.check(&browser, "uploaded").await;
            // One that was begun by credentials and left, one that waits behind it, and one that is cancelled.
            server.set_most_parts(Some(server.parts().len() + 1));
            paste(&browser, &credentials(server)).await;
            start_upload(&browser).await;
            browser.find("[data-phase=sending]").await;
            browser.pick(&second).await;
            browser.wait_until("document.querySelector('#upload-add:enabled')").await;
            browser.click("#upload-add").await;
            browser.find(".uploads li").await;
            audit.check(&browser, "a queue").await;
            browser.client.refresh().await.expect("the page reloads");
            browser.find("#unfinished").await;
            audit.check(&browser, "an unfinished upload").await;
            browser.click("#unfinished [data-discard=ask]").await;
            browser.find("#unfinished [data-discard=sure]").await;
            audit.check(&browser, "asked whether to discard").await;
            browser.click("#unfinished [data-discard=sure]").await;
            browser.find("#abort-command").await;
            audit.check(&browser, "discarded").await;
            audit.finish();
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_upload_is_accessible() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 12 << 20);
    world
        .journey(move |browser, world| async move {
            let mut audit = Audit::default();
            let server = &world.server;
            let ticket = prepare_by_ticket(&browser, server, &image).await;
            let url = presign(&browser.content("#presign-script").await, server, 3600);
            paste(&browser, &url.replace("disk.raw", "other.raw")).await;
            start_upload(&browser).await;
            browser.find("[data-phase=held]").await;
            audit.check(&browser, "held").await;
            paste(&browser, &ticket).await;
            std::fs::write(&image, "something else").expect("written");
            start_upload(&browser).await;
            browser.find("[data-phase=failed]").await;
            audit.check(&browser, "failed").await;
            audit.finish();
        })
        .await;
}

/// Breaks the document under the page's program, so that it stops at the next change.
const STOP: &str = "
    Node.prototype.insertBefore = () => { throw new Error('The document is broken.'); };
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(2048)], 'disk.raw'));
    window.dispatchEvent(new DragEvent('drop', {dataTransfer: data, cancelable: true}))";

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_has_stopped_says_so_and_keeps_the_plan() {
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        browser.click("#begin").await;
        browser.fill("#field-DiskContainer-UserBucket-S3Bucket", "my-disk-images").await;
        browser.wait_until("localStorage.getItem('import-planner.plan.v2')?.includes('my-disk-images')").await;
        browser.client.refresh().await.expect("the page reloads");
        // With something in the plan the form is there at once, and so is what stops.
        browser.find("#request").await;
        browser.script(STOP).await;
        browser.find("[role=alert] pre").await;
        let mut audit = Audit::default();
        audit.check(&browser, "stopped").await;
        audit.finish();
        browser.client.refresh().await.expect("the page reloads");
        browser.wait_until("document.querySelector('#field-DiskContainer-UserBucket-S3Bucket')?.value === 'my-disk-images'").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_has_stopped_hands_over_its_report_and_can_be_begun_anew() {
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        browser.click("#begin").await;
        browser.fill("#field-DiskContainer-UserBucket-S3Bucket", "my-disk-images").await;
        browser
            .wait_until("localStorage.getItem('import-planner.plan.v2')?.includes('my-disk-images')")
            .await;
        browser.script(STOP).await;
        browser.find("[role=alert] pre").await;
        browser.script("navigator.clipboard.writeText = async text => { window.copied = text; }").await;
        browser.click("[data-stopped=copy]").await;
        browser.wait_until("window.copied?.startsWith('Import Planner ')").await;
        let selected = browser.script("return getSelection().toString()").await;
        assert!(selected.as_str().is_some_and(|text| text.contains("panicked at")), "{selected}");
        browser.click("[data-stopped=discard]").await;
        // The page as on the first day.
        browser.find("#begin").await;
        assert!(browser.script("return localStorage.getItem('import-planner.plan.v2')").await.is_null());
    })
    .await;
}
