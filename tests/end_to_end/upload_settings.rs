//! What a person can set and do around an upload: its pace while it runs, one upload after another, what runs out.

use crate::browser::Browser;
use crate::images::sha256;
use crate::s3_server::{BUCKET, S3Server};
use crate::upload::{World, fill_in, paste, pick_and_wait, start_upload};
use crate::upload_in_parts::{
    allow_page, credentials, in_small_parts, make_ticket, prepare_by_credentials, receipt, wait_for_parts,
};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Changes a setting of the upload, as typing does.
pub(crate) async fn set(browser: &Browser, name: &str, value: &str) {
    browser.wait_until(&format!("document.getElementById('field-writing-upload-{name}')")).await;
    browser
        .script(&format!(
            "document.querySelector('#upload-settings').open = true;
             const field = document.getElementById('field-writing-upload-{name}');
             field.value = '{value}'; field.dispatchEvent(new InputEvent('input', {{bubbles: true}}));"
        ))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pace_can_be_changed_while_the_upload_runs() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 100 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            prepare_by_credentials(&browser, server, &image, "disk.raw").await;
            set(&browser, "parallel", "99").await;
            browser.wait_until("document.querySelector('#upload').innerText.includes('from 1 to 16.')").await;
            assert!(browser.script("return document.querySelector('#upload-start').disabled").await == true);

            // One part of 16 MiB in sixteen seconds: the second waits.
            set(&browser, "parallel", "1").await;
            set(&browser, "speed", "1").await;
            start_upload(&browser).await;
            wait_for_parts(server, 1).await;
            tokio::time::sleep(Duration::from_secs(2)).await;
            assert_eq!(server.parts().len(), 1);
            // Without the limit, and by more at a time, the rest does not take those sixteen seconds.
            let started = Instant::now();
            set(&browser, "parallel", "6").await;
            set(&browser, "speed", "").await;
            receipt(&browser).await;
            assert!(started.elapsed() < Duration::from_secs(14), "{:?}", started.elapsed());
            assert_eq!(server.object_sha256("disk.raw"), Some(sha256(&image)));
        })
        .await;
}

/// Picks disks that together are a machine, which ImportImage takes, names their bucket, and pastes credentials. Each has
/// its key by its name; the second one may get another.
async fn prepare_machine(browser: &Browser, server: &S3Server, disks: &[PathBuf], second_key: Option<&str>) {
    let paths: Vec<_> = disks.iter().map(|disk| disk.to_string_lossy()).collect();
    let input = browser.find("#image input[type=file]").await;
    input.send_keys(&paths.join("\n")).await.expect("the files are taken");
    browser.wait_for_verdict().await;
    browser.fill("#field-Region", "us-east-1").await;
    browser.fill("#field-DiskContainers-0--UserBucket-S3Bucket", BUCKET).await;
    if let Some(key) = second_key {
        browser.fill("#field-DiskContainers-1--UserBucket-S3Key", key).await;
    }
    allow_page(browser, server).await;
    paste(browser, &credentials(server)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_disks_of_a_machine_are_uploaded_at_one_press() {
    let world = World::new().await;
    let disks = ["root.raw", "data.raw", "logs.raw"].map(|name| world.images.full(name, 18 << 20));
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            prepare_machine(&browser, server, &disks, Some("more/second.raw")).await;
            let button = browser.text("#upload-all").await;
            assert!(button.contains("all 3 disks"), "{button}");
            browser.click("#upload-all").await;
            browser
                .wait_until("document.querySelectorAll('#upload-queue [data-standing=done]').length === 3")
                .await;
            for (key, disk) in ["root.raw", "more/second.raw", "logs.raw"].iter().zip(&disks) {
                assert_eq!(server.object_sha256(key), Some(sha256(disk)), "{key}");
            }
            // What is in the queue is not offered again.
            browser.wait_until("document.querySelector('#upload-all:disabled')").await;
        })
        .await;
}

/// The first part of the second disk is refused until that is mended.
fn second_disk_is_refused(about: crate::s3_faults::About, before: u32) -> Option<crate::s3_faults::Fault> {
    use crate::s3_faults::{About, Fault};
    (matches!(about, About::Put) && before == 1).then_some(Fault::Refused(403, "AccessDenied"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_waits_for_the_person_goes_on_whichever_is_chosen_meanwhile() {
    let world = World::new().await;
    // Each goes in one PUT: nothing of it is in the bucket while it is held.
    let disks = ["root.raw", "data.raw"].map(|name| world.images.full(name, 2 << 20));
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            prepare_machine(&browser, server, &disks, None).await;
            server.set_faults(Some(second_disk_is_refused));
            // The first disk is the one that is chosen, and it stays so.
            browser.click("#upload-all").await;
            browser.find("[data-phase=held]").await;
            server.set_faults(None);
            start_upload(&browser).await;
            browser
                .wait_until("document.querySelectorAll('#upload-queue [data-standing=done]').length === 2")
                .await;
            for (key, disk) in ["root.raw", "data.raw"].iter().zip(&disks) {
                assert_eq!(server.object_sha256(key), Some(sha256(disk)), "{key}");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_uploaded_one_after_another_by_the_same_credentials() {
    let world = World::new().await;
    let first = world.images.full("first.raw", 42 << 20);
    let second = world.images.full("second.raw", 21 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            // The same bucket and key are not taken twice; the second file gets its own name under the same prefix.
            add_behind(&browser, server, &first, &second).await;
            browser.find("#upload-add:disabled").await;
            assert!(browser.text("#upload-queue").await.contains("imports/second.raw"));
            server.set_most_parts(None);
            browser.find("#upload-queue [data-standing=done]").await;
            receipt_of(&browser, 1).await;
            assert_eq!(server.object_sha256("imports/first.raw"), Some(sha256(&first)));
            assert_eq!(server.object_sha256("imports/second.raw"), Some(sha256(&second)));
            // Of both there is a receipt.
            browser.find("#upload-receipt").await;
        })
        .await;
}

/// Adds `second` behind the upload of `first`, which waits in the middle, both by credentials.
async fn add_behind(browser: &Browser, server: &S3Server, first: &Path, second: &Path) {
    prepare_by_credentials(browser, server, first, "imports/first.raw").await;
    server.set_most_parts(Some(1));
    start_upload(browser).await;
    wait_for_parts(server, 1).await;
    pick_and_wait(browser, second).await;
    browser.wait_until("document.querySelector('#upload-add:enabled')").await;
    browser.click("#upload-add").await;
    browser.find("#upload-queue [data-standing=waiting]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_sent_by_the_credentials_of_its_turn_and_not_by_forgotten_ones() {
    let world = World::new().await;
    let first = world.images.full("first.raw", 42 << 20);
    let second = world.images.full("second.raw", 2 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            add_behind(&browser, server, &first, &second).await;
            browser.click("#upload-forget").await;
            browser
                .wait_until(
                    "document.querySelector('#upload-queue').textContent.includes('waits for credentials')",
                )
                .await;
            server.set_most_parts(None);
            browser.find("[data-phase=done]").await;
            assert_eq!(server.object_sha256("imports/second.raw"), None);
            paste(&browser, &credentials(server)).await;
            browser.find("#upload-queue [data-standing=done]").await;
            assert_eq!(server.object_sha256("imports/second.raw"), Some(sha256(&second)));
        })
        .await;
}

/// A file in one PUT is refused, as while credentials have expired.
fn one_put_is_refused(about: crate::s3_faults::About, _: u32) -> Option<crate::s3_faults::Fault> {
    use crate::s3_faults::{About, Fault};
    (about == About::Put).then_some(Fault::Refused(403, "AccessDenied"))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_goes_on_to_where_it_was_ordered_and_not_over_what_the_form_names() {
    let world = World::new().await;
    let first = world.images.full("first.raw", 42 << 20);
    let second = world.images.full("second.raw", 2 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            add_behind(&browser, server, &first, &second).await;
            server.set_faults(Some(one_put_is_refused));
            server.set_most_parts(None);
            browser.find("[data-phase=held]").await;
            server.set_faults(None);
            // The second file is the one that is chosen, and the form names the first one's key.
            start_upload(&browser).await;
            browser.find("#upload-queue [data-standing=done]").await;
            assert_eq!(server.object_sha256("imports/first.raw"), Some(sha256(&first)));
            assert_eq!(server.object_sha256("imports/second.raw"), Some(sha256(&second)));
        })
        .await;
}

async fn receipt_of(browser: &Browser, number: u32) {
    browser.find("[data-phase=done]").await;
    browser.find(&format!("#upload-receipt-{number}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_expires_midway_is_renewed_and_what_has_arrived_stays() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 42 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            pick_and_wait(&browser, &image).await;
            fill_in(&browser, "disk.raw").await;
            allow_page(&browser, server).await;
            let script = in_small_parts(&browser.content("#ticket-script").await);
            let hours = script.lines().find(|line| line.starts_with("HOURS = ")).expect("the constant");
            let short = script.replace(hours, "HOURS = 15 / 3600");
            server.set_most_parts(Some(3));
            paste(&browser, &make_ticket(&short, server)).await;
            start_upload(&browser).await;
            wait_for_parts(server, 3).await;
            tokio::time::sleep(Duration::from_secs(15)).await;
            server.set_most_parts(None);
            browser.find("[data-phase=held]").await;
            let text = browser.text("[data-phase=held]").await;
            assert!(text.contains("expired"), "{text}");
            // The script knows the upload that waits.
            browser
                .wait_until("document.querySelector('#ticket-script').textContent.includes('UPLOAD_ID = \"')")
                .await;
            paste(&browser, &make_ticket(&browser.content("#ticket-script").await, server)).await;
            start_upload(&browser).await;
            receipt(&browser).await;
            assert_eq!(server.object_sha256("disk.raw"), Some(sha256(&image)));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_runs_out_before_the_eyes_of_who_waits() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 42 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            pick_and_wait(&browser, &image).await;
            fill_in(&browser, "disk.raw").await;
            let script = browser.content("#ticket-script").await;
            let line =
                script.lines().find(|line| line.starts_with("HOURS = ")).expect("the constant").to_owned();
            paste(&browser, &make_ticket(&script.replace(&line, "HOURS = 12 / 3600"), server)).await;
            browser.wait_until("document.querySelector('#upload-start:enabled')").await;
            // Nothing is done on the page.
            browser.wait_until("document.querySelector('#upload-start:disabled')").await;
            assert!(browser.text("#upload").await.contains("expired"));
        })
        .await;
}
