//! Uploads in parts: by a ticket and by credentials, through failures, a reload and a cancellation.

use crate::browser::Browser;
use crate::images::sha256;
use crate::s3_faults::{About, Fault};
use crate::s3_server::S3Server;
use crate::upload::{World, fill_in, paste, pick_and_wait, start_upload};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

pub(crate) const KEY: &str = "imports/disk.raw";

/// Runs the page's own script that makes a ticket, with the credentials of the test's S3 server, and gives the ticket.
pub(crate) fn make_ticket(script: &str, server: &S3Server) -> String {
    let (access_key, secret_key) = server.keys();
    let folder = tempfile::tempdir().expect("a folder for the ticket");
    let python = std::env::var("IMPORT_PLANNER_PYTHON").unwrap_or_else(|_| "python3".into());
    let output = Command::new(python)
        .args(["-c", script])
        .current_dir(folder.path())
        .env("AWS_ENDPOINT_URL_S3", &server.origin)
        .env("AWS_ACCESS_KEY_ID", access_key)
        .env("AWS_SECRET_ACCESS_KEY", secret_key)
        .output()
        .expect("Python starts (`cargo xtask test` sets IMPORT_PLANNER_PYTHON)");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read_to_string(folder.path().join("disk.raw.ticket.json")).expect("the ticket")
}

/// Credentials for the test's S3 server, as a shell has them.
pub(crate) fn credentials(server: &S3Server) -> String {
    let (access_key, secret_key) = server.keys();
    format!(
        "export AWS_ACCESS_KEY_ID={access_key}\nexport AWS_SECRET_ACCESS_KEY={secret_key}\nexport AWS_ENDPOINT_URL_S3={}\n",
        server.origin
    )
}

/// Two of three parts fail when they are sent for the first time.
fn first_tries_fail(about: About, before: u32) -> Option<Fault> {
    match about {
        About::Part(number) if before == 0 && number % 3 == 1 => Some(Fault::Refused(503, "SlowDown")),
        About::Part(number) if before == 0 && number % 3 == 2 => Some(Fault::CutMidway),
        _ => None,
    }
}

/// The script with parts of 5 MiB, the smallest there are, so that a small file has many.
pub(crate) fn in_small_parts(script: &str) -> String {
    let line = script.lines().find(|line| line.starts_with("PART_SIZE = ")).expect("the constant");
    script.replace(line, "PART_SIZE = 5242880")
}

/// The bucket allows the page all that an upload in parts needs, by the rule that the page itself shows.
pub(crate) async fn allow_page(browser: &Browser, server: &S3Server) {
    server.set_cors(&browser.content("#prepare-cors-rule").await);
}

/// Picks the image, and pastes a ticket made by the page's script.
pub(crate) async fn prepare_by_ticket(browser: &Browser, server: &S3Server, image: &Path) -> String {
    pick_and_wait(browser, image).await;
    fill_in(browser, KEY).await;
    allow_page(browser, server).await;
    let ticket = make_ticket(&in_small_parts(&browser.content("#ticket-script").await), server);
    paste(browser, &ticket).await;
    browser.wait_until("document.querySelector('#upload-target dl')").await;
    ticket
}

/// Picks the image, names its key, and pastes credentials.
pub(crate) async fn prepare_by_credentials(browser: &Browser, server: &S3Server, image: &Path, key: &str) {
    pick_and_wait(browser, image).await;
    fill_in(browser, key).await;
    allow_page(browser, server).await;
    paste(browser, &credentials(server)).await;
    browser.wait_until("document.querySelector('#upload-target dl')").await;
}

/// Begins an upload by a ticket and leaves the page once so many parts have arrived; no further ones are taken.
pub(crate) async fn interrupt_by_reload(browser: &Browser, server: &S3Server, image: &Path, parts: usize) {
    prepare_by_ticket(browser, server, image).await;
    reload_amid_upload(browser, server, parts).await;
}

/// Begins the upload that was prepared and leaves the page once so many parts have arrived; no further ones are taken.
pub(crate) async fn reload_amid_upload(browser: &Browser, server: &S3Server, parts: usize) {
    server.set_most_parts(Some(parts));
    start_upload(browser).await;
    wait_for_parts(server, parts).await;
    browser.wait_until("document.querySelector('.figures')").await;
    browser.client.refresh().await.expect("the page reloads");
}

pub(crate) async fn receipt(browser: &Browser) -> Value {
    browser.wait_until("document.querySelector('[data-phase=done],[data-phase=failed]')").await;
    browser.find("[data-phase=done]").await;
    serde_json::from_str(&browser.content("#upload-receipt").await).expect("the receipt is JSON")
}

/// Of so many parts the server has each, and none was sent to it twice.
pub(crate) fn each_part_was_taken_once(server: &S3Server, count: u16) {
    let mut parts = server.parts();
    parts.sort_unstable();
    assert_eq!(parts, (1..=count).collect::<Vec<u16>>(), "each part was taken once");
}

pub(crate) async fn wait_for_parts(server: &S3Server, count: usize) {
    let started = std::time::Instant::now();
    while server.parts().len() < count {
        assert!(started.elapsed().as_secs() < 180, "the parts {:?} have arrived", server.parts());
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_uploads_in_parts_through_failures() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 42 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            let ticket = prepare_by_ticket(&browser, server, &image).await;
            let facts = browser.text("#upload-target").await;
            assert!(facts.contains("9 of 5"), "{facts}");
            server.set_faults(Some(first_tries_fail));
            start_upload(&browser).await;
            let receipt = receipt(&browser).await;
            assert_eq!(server.object_sha256(KEY), Some(sha256(&image)));
            assert_eq!((&receipt["parts"], &receipt["size"]), (&json!(9), &json!(42 << 20)));
            assert!(!server.faults().is_empty() && receipt["retries"].as_u64() > Some(0), "{receipt}");
            assert_eq!(receipt["checks"]["parts"], "compared");
            // What is known of the upload is proposed for the request.
            browser
                .wait_until("document.querySelector('#output-text').textContent.includes('UploadSize')")
                .await;

            let signature = ticket.split("X-Amz-Signature=").nth(1).expect("a signature");
            let signature: String = signature.chars().take_while(char::is_ascii_hexdigit).collect();
            let kept = browser.script("return document.body.innerText + JSON.stringify(localStorage)").await;
            assert!(!kept.as_str().expect("text").contains(&signature));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_upload_in_parts_through_failures() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 100 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            prepare_by_credentials(&browser, server, &image, KEY).await;
            let facts = browser.text("#upload-target").await;
            assert!(facts.contains("7 of 16"), "{facts}");
            let (access_key, secret_key) = server.keys();
            assert_eq!(facts.contains("AKIA"), access_key.starts_with("AKIA"), "{facts}");
            server.set_faults(Some(first_tries_fail));
            start_upload(&browser).await;
            let receipt = receipt(&browser).await;
            assert_eq!(server.object_sha256(KEY), Some(sha256(&image)));
            assert_eq!(receipt["checks"]["parts"], "signedChecksum", "{receipt}");
            let kept = browser.script("return document.body.innerText + JSON.stringify(localStorage)").await;
            assert!(!kept.as_str().expect("text").contains(secret_key));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reload_in_the_midst_of_an_upload_loses_no_part_that_has_arrived() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 42 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            interrupt_by_reload(&browser, server, &image, 4).await;
            server.set_most_parts(None);

            pick_and_wait(&browser, &image).await;
            browser
                .wait_until("document.querySelector('#upload-target')?.innerText.includes('was begun')")
                .await;
            // The script knows the upload and signs what is missing.
            let ticket = make_ticket(&browser.content("#ticket-script").await, server);
            let renewed: Value = serde_json::from_str(&ticket).expect("JSON");
            let missing = 9 - server.parts().len();
            assert_eq!(renewed["multipart"]["parts"].as_array().map(Vec::len), Some(missing));
            assert!(missing > 0, "nothing was left to be sent");
            paste(&browser, &ticket).await;
            browser
                .wait_until("document.querySelector('#upload-target').innerText.includes('goes on')")
                .await;
            start_upload(&browser).await;
            receipt(&browser).await;
            assert_eq!(server.object_sha256(KEY), Some(sha256(&image)));
            each_part_was_taken_once(server, 9);
            browser
                .wait_until("!document.querySelector('#upload-target').innerText.includes('was begun')")
                .await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_in_parts_can_be_paused_and_cancelled_and_leaves_nothing() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 42 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            server.set_most_parts(Some(2));
            prepare_by_ticket(&browser, server, &image).await;
            assert_ne!(server.left_of_uploads(), Vec::<String>::new());
            start_upload(&browser).await;
            wait_for_parts(server, 2).await;
            browser.click("#upload-pause").await;
            browser.find("[data-phase=paused]").await;
            browser.click("#upload-resume").await;
            browser.find("[data-phase=sending]").await;
            browser.click("#upload-cancel").await;
            browser
                .wait_until("document.querySelector('#upload-outcome').innerText.includes('Nothing is left')")
                .await;
            assert_eq!(server.left_of_uploads(), Vec::<String>::new());
            assert_eq!(server.object_sha256(KEY), None);
        })
        .await;
}
