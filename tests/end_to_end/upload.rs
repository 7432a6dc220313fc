//! From the image to the object in S3: the form, the command, the presigned URL, the upload.

use crate::browser::{Browser, journey_in};
use crate::images::{Images, sha256};
use crate::page_server::PageServer;
use crate::requests::{press, tab_to};
use crate::s3_server::{BUCKET, S3Server};
use crate::upload_in_parts::{allow_page, credentials};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

const URL_FIELD: &str = "#field-UploadMeans";

/// Fills in where the image goes.
pub(crate) async fn fill_in(browser: &Browser, key: &str) {
    browser.fill("#field-Region", "us-east-1").await;
    browser.fill("#field-DiskContainer-UserBucket-S3Bucket", BUCKET).await;
    browser.fill("#field-DiskContainer-UserBucket-S3Key", key).await;
    // The request is written a moment later, in a worker.
    let written = format!("document.querySelector('#presign-script')?.textContent.includes({})", json!(key));
    browser.wait_until(&written).await;
}

/// Presses Upload as soon as it can be pressed.
pub(crate) async fn start_upload(browser: &Browser) {
    browser.wait_until("document.querySelector('#upload-start:enabled')").await;
    browser.click("#upload-start").await;
}

/// Runs the page's own script, with the credentials of the test's S3 server, and gives the URL it prints.
pub(crate) fn presign(script: &str, server: &S3Server, seconds: u32) -> String {
    let script = script.replace("12 * 3600", &seconds.to_string());
    let (access_key, secret_key) = server.keys();
    let python = std::env::var("IMPORT_PLANNER_PYTHON").unwrap_or_else(|_| "python3".into());
    let output = Command::new(python)
        .args(["-c", &script])
        .env("AWS_ENDPOINT_URL_S3", &server.origin)
        .env("AWS_ACCESS_KEY_ID", access_key)
        .env("AWS_SECRET_ACCESS_KEY", secret_key)
        .output()
        .expect("Python starts (`cargo xtask test` sets IMPORT_PLANNER_PYTHON)");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("a URL").trim().to_owned()
}

/// What `aws s3api put-bucket-cors` does with the rule that the page shows.
pub(crate) fn apply_cors(server: &S3Server, rule: &str) {
    server.set_cors(rule);
}

/// Puts text into the field that says how the page may upload, as a paste does: at once.
pub(crate) async fn paste(browser: &Browser, url: &str) {
    browser
        .script(&format!(
            "const field = document.querySelector('{URL_FIELD}');
             field.value = {}; field.dispatchEvent(new InputEvent('input', {{bubbles: true}}));",
            json!(url)
        ))
        .await;
}

pub(crate) struct World {
    pub(crate) server: S3Server,
    pub(crate) page: PageServer,
    pub(crate) images: Images,
}

impl World {
    pub(crate) async fn new() -> Self {
        let server = S3Server::start().await;
        Self { page: PageServer::start(&server.origin), images: Images::new(), server }
    }

    /// The same with the page below this path.
    pub(crate) async fn below(prefix: &str) -> Self {
        let server = S3Server::start().await;
        let page = PageServer::start_with(&["--s3-origin", &server.origin, "--prefix", prefix]);
        Self { page, images: Images::new(), server }
    }

    /// Runs a journey on its page; it lives until that has ended.
    pub(crate) async fn journey<F>(self, steps: impl FnOnce(Arc<Browser>, Arc<Self>) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let browser = Browser::open(&self.page.address).await;
        Arc::new(self).journey_in(browser, steps).await;
    }

    /// The same in a browser that is open already.
    pub(crate) async fn journey_in<F>(
        self: Arc<Self>,
        browser: Browser,
        steps: impl FnOnce(Arc<Browser>, Arc<Self>) -> F,
    ) where
        F: Future<Output = ()> + Send + 'static,
    {
        journey_in(browser, move |browser| steps(browser, self)).await;
    }

    /// The bucket allows the page from the beginning.
    fn allow_page(&self) {
        let rule = json!({"CORSRules": [{"AllowedOrigins": [self.page.origin()], "AllowedMethods": ["PUT"], "AllowedHeaders": ["*"], "ExposeHeaders": ["ETag"]}]});
        self.server.set_cors(&rule.to_string());
    }

    pub(crate) fn stream_optimized(&self) -> PathBuf {
        let raw = self.images.raw("disk.raw", 64 << 20);
        self.images.convert(&raw, "disk.vmdk", "vmdk", "subformat=streamOptimized")
    }
}

pub(crate) async fn pick_and_wait(browser: &Browser, image: &Path) {
    browser.pick(image).await;
    browser.wait_for_verdict().await;
}

/// Picks the image, names its key, and pastes a URL that the page's script has signed.
async fn prepare_by_url(browser: &Browser, server: &S3Server, image: &Path, key: &str) {
    pick_and_wait(browser, image).await;
    fill_in(browser, key).await;
    paste(browser, &presign(&browser.content("#presign-script").await, server, 3600)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_goes_from_the_image_to_the_object_in_s3() {
    let world = World::new().await;
    let image = world.stream_optimized();
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            pick_and_wait(&browser, &image).await;
            assert_eq!(browser.findings().await.iter().filter(|code| code.contains("vmdk")).count(), 0);
            // The format is proposed from the image; the rest is typed.
            fill_in(&browser, "imports/disk.vmdk").await;
            browser.wait_until("document.querySelector('#output-text')").await;
            let command = browser.content("#output-text").await;
            assert!(command.contains("import-snapshot") && command.contains("VMDK"), "{command}");

            let url = presign(&browser.content("#presign-script").await, server, 3600);
            paste(&browser, &url).await;
            browser.wait_until("document.querySelector('#upload-target dl')").await;
            let facts = browser.text("#upload-target").await;
            assert!(facts.contains(BUCKET) && facts.contains("imports/disk.vmdk"), "{facts}");

            // Nothing has left the page so far: neither to S3 nor to anybody else.
            assert_eq!(server.requests(), Vec::<String>::new());
            assert_eq!(foreign_requests(&browser).await, json!([]));

            // Without a CORS rule the page says so, with the rule; applied, the same upload passes.
            start_upload(&browser).await;
            browser.find("#cors-rule").await;
            apply_cors(server, &browser.content("#cors-rule").await);
            start_upload(&browser).await;
            browser.find("[data-phase=done]").await;
            assert_eq!(server.object_sha256("imports/disk.vmdk"), Some(sha256(&image)));
            assert!(browser.text("[data-phase=done]").await.contains("ETag"));

            no_trace_of_the_signature(&browser, &url).await;
        })
        .await;
}

/// The addresses outside the page's own origin that the page has asked for.
pub(crate) async fn foreign_requests(browser: &Browser) -> serde_json::Value {
    browser
        .script(
            "return performance.getEntriesByType('resource').map(entry => entry.name)
                .filter(name => new URL(name).origin !== location.origin)",
        )
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_image_to_the_object_by_keyboard_alone() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 12 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            // The browser's own dialog for files is operated by its own keys; a driver answers in its place.
            pick_and_wait(&browser, &image).await;
            allow_page(&browser, server).await;
            tab_to(&browser, "#field-Region").await;
            press(&browser, "us-east-1").await;
            tab_to(&browser, "#field-DiskContainer-UserBucket-S3Bucket").await;
            press(&browser, BUCKET).await;
            tab_to(&browser, URL_FIELD).await;
            press(&browser, &credentials(server)).await;
            browser.wait_until("document.querySelector('#upload-start:enabled')").await;
            tab_to(&browser, "#upload-start").await;
            press(&browser, "\u{e00d}").await;
            browser.find("[data-phase=done]").await;
            assert_eq!(server.object_sha256("disk.raw"), Some(sha256(&image)));
            // The same button would send it again: the focus has not been lost.
            assert_eq!(browser.script("return document.activeElement.id").await, json!("upload-start"));
            tab_to(&browser, "#tab-cli").await;
            tab_to(&browser, "#output-panel .code button").await;
            browser.script("navigator.clipboard.writeText = async text => { window.copied = text; }").await;
            press(&browser, "\u{e007}").await;
            browser.wait_until("window.copied?.includes('import-snapshot')").await;
        })
        .await;
}

/// The signature is in the field and nowhere else: not in the text, the storage, the history or the address.
async fn no_trace_of_the_signature(browser: &Browser, url: &str) {
    let signature =
        url.split("X-Amz-Signature=").nth(1).expect("a signature").split('&').next().expect("its value");
    let traces = browser
        .script(
            "return [document.body.innerText, location.href, JSON.stringify(localStorage), JSON.stringify(sessionStorage),
                     JSON.stringify(history.state)].join(' ')",
        )
        .await;
    assert!(!traces.as_str().expect("text").contains(signature));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_signature_and_an_expired_url_are_told_apart() {
    let world = World::new().await;
    world.allow_page();
    let image = world.stream_optimized();
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            pick_and_wait(&browser, &image).await;
            fill_in(&browser, "disk.vmdk").await;
            let script = browser.content("#presign-script").await;
            let url = presign(&script, server, 3600);

            let changed = url.replace("disk.vmdk", "other.vmdk");
            paste(&browser, &changed).await;
            start_upload(&browser).await;
            browser.find("[data-phase=held]").await;
            let text = browser.text("[data-phase=held]").await;
            assert!(text.contains("signature"), "{text}");

            let short = presign(&script, server, 1);
            tokio::time::sleep(Duration::from_millis(2100)).await;
            paste(&browser, &short).await;
            browser.wait_until("document.querySelector('#upload-start:disabled')").await;
            assert!(browser.text("#upload").await.contains("expired"));
            assert_eq!(server.object_sha256("other.vmdk"), None);
            assert_eq!(server.object_sha256("disk.vmdk"), None);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_can_be_cancelled_and_leaves_no_object() {
    let world = World::new().await;
    world.allow_page();
    world.server.set_delay(Duration::from_secs(20));
    let image = world.stream_optimized();
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            prepare_by_url(&browser, &world.server, &image, "disk.vmdk").await;
            start_upload(&browser).await;
            browser.click("#upload-cancel").await;
            browser
                .wait_until("document.querySelector('#upload-outcome').innerText.includes('Cancelled')")
                .await;
            assert_eq!(server.object_sha256("disk.vmdk"), None);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_changes_during_the_upload_is_not_called_done() {
    let world = World::new().await;
    world.allow_page();
    let image = world.stream_optimized();
    world
        .journey(move |browser, world| async move {
            prepare_by_url(&browser, &world.server, &image, "disk.vmdk").await;
            // Changed after it was picked: the browser must not send what was not inspected.
            let mut bytes = std::fs::read(&image).expect("readable");
            bytes.extend_from_slice(&[0; 512]);
            std::fs::write(&image, bytes).expect("written");
            start_upload(&browser).await;
            browser.find("[data-phase=failed]").await;
            let text = browser.text("[data-phase=failed]").await;
            assert!(text.contains("changed on disk"), "{text}");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_survives_a_reload_and_keeps_no_signature() {
    let world = World::new().await;
    world
        .journey(move |browser, world| async move {
            browser.click("#begin").await;
            fill_in(&browser, "folder/disk.vmdk").await;
            browser.choose("#field-DiskContainer-Format", "VMDK").await;
            let url = presign(&browser.content("#presign-script").await, &world.server, 3600);
            paste(&browser, &url).await;
            browser.wait_until("document.querySelector('#upload-target dl')").await;
            let command = browser.content("#output-text").await;
            browser.client.refresh().await.expect("the page reloads");
            browser.wait_until("document.querySelector('#output-text')").await;
            assert_eq!(browser.content("#output-text").await, command);
            assert_eq!(
                browser.script(&format!("return document.querySelector('{URL_FIELD}').value")).await,
                ""
            );
            no_trace_of_the_signature(&browser, &url).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_is_uploaded_straight_out_of_its_appliance() {
    let world = World::new().await;
    world.allow_page();
    let appliance = world.images.appliance("machine.ova", true);
    let disk = world.images.path("machine.ova.vmdk");
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            browser.pick(&appliance).await;
            // Both passes have ended when the comparison with the manifest is offered.
            browser.find("#verify").await;
            browser.choose("#call", "ImportSnapshot").await;
            browser.choose("#field-UploadPiece", "1").await;
            browser
                .wait_until("document.querySelector('#field-DiskContainer-Format')?.value === 'VMDK'")
                .await;
            fill_in(&browser, "imports/disk.vmdk").await;
            let url = presign(&browser.content("#presign-script").await, server, 3600);
            paste(&browser, &url).await;
            start_upload(&browser).await;
            browser.find("[data-phase=done]").await;
            // The archive holds the disk as it is: what arrives is the disk's own file.
            assert_eq!(server.object_sha256("imports/disk.vmdk"), Some(sha256(&disk)));
        })
        .await;
}
