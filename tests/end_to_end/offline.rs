//! The page without a network, and newer builds of it: what the service worker keeps, and that nothing it does can keep
//! a person on a bad build.

use crate::browser::{Browser, journey};
use crate::images::Images;
use crate::page_server::PageServer;
use serde_json::json;
use std::fs::File;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// A copy of the built page that can become another build.
pub(crate) struct Build {
    folder: TempDir,
    /// When a file of it was written last.
    written: Mutex<SystemTime>,
}

const WORKER: &str = "service-worker.js";

impl Build {
    pub(crate) fn copy() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for entry in std::fs::read_dir(dist()).expect("`cargo xtask build` has made dist/").flatten() {
            std::fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("copied");
        }
        Self { folder, written: Mutex::new(SystemTime::now()) }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// What a deployment of another build does to the folder. The page of that build is titled `title`.
    fn deploy(&self, title: &str) {
        let index = self.read("index.html");
        let (before, rest) = index.split_once("<title>").expect("a title");
        let (_, after) = rest.split_once("</title>").expect("its end");
        self.write("index.html", &format!("{before}<title>{title}</title>{after}"));
        let status = Command::new(env!("CARGO_BIN_EXE_xtask")).arg("stamp").arg(self.path()).status();
        assert!(status.expect("xtask starts").success());
        self.write(WORKER, &self.read(WORKER));
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).expect("text")
    }

    /// Writes a file, as if seconds had passed since it was last written: the server tells versions apart by
    /// Last-Modified, in which a second is the least.
    fn write(&self, name: &str, text: &str) {
        let mut written = self.written.lock().expect("not poisoned");
        *written += Duration::from_secs(2);
        let path = self.path().join(name);
        std::fs::write(&path, text).expect("written");
        File::options().append(true).open(&path).and_then(|file| file.set_modified(*written)).expect("set");
    }

    /// Removes the files whose names begin so.
    pub(crate) fn remove(&self, beginning: &str) {
        for entry in std::fs::read_dir(self.path()).expect("readable").flatten() {
            if entry.file_name().to_string_lossy().starts_with(beginning) {
                std::fs::remove_file(entry.path()).expect("removed");
            }
        }
    }

    pub(crate) fn serve(&self, port: &str) -> PageServer {
        let folder = self.path().to_string_lossy().into_owned();
        PageServer::start_at(port, &["--folder", &folder])
    }
}

fn dist() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist")
}

/// Waits until the page's registration has an active worker.
async fn wait_for_worker(browser: &Browser) {
    let look = "window.timer ??= setInterval(async () => {
                    const registration = await navigator.serviceWorker.getRegistration();
                    window.there = registration?.active?.state === 'activated';
                }, 50)";
    browser.script(look).await;
    browser.wait_until("window.there").await;
}

/// Looks for an update until a worker that was installed waits to take its place. One look is not enough: the browser
/// joins it to one that is under way, and that may have begun before the deployment.
async fn wait_for_update(browser: &Browser) {
    let look = "window.looking ??= setInterval(async () => {
                    const registration = await navigator.serviceWorker.getRegistration();
                    window.waits = registration?.waiting?.state === 'installed';
                    if (!window.waits && !registration?.installing) await registration?.update().catch(() => {});
                }, 100)";
    browser.script(look).await;
    browser.wait_until("window.waits").await;
    browser.script("clearInterval(window.looking)").await;
}

/// Reloads until the page is of this build, more than once where the network was slow and a kept page came for it. On a
/// machine that was busy with much else, one reload of some hundreds never ended for the driver; the next one does.
async fn reload_until(browser: &Browser, title: &str) {
    for _ in 0..10 {
        if let Err(error) = browser.client.refresh().await {
            assert!(error.to_string().contains("timeout"), "the page reloads: {error}");
            continue;
        }
        browser.find("#image").await;
        if self::title(browser).await == title {
            return;
        }
    }
    panic!("the page is not of the build {title:?}, it is {:?}", self::title(browser).await);
}

async fn look_for_update(browser: &Browser) {
    let script = "return navigator.serviceWorker.getRegistration().then(registration => registration.update()).then(() => 'found', String)";
    browser.script(script).await;
}

async fn title(browser: &Browser) -> String {
    browser.client.title().await.expect("a title")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_works_without_its_server_after_the_first_visit() {
    let images = Images::new();
    let image = images.raw("disk.raw", 16 << 20);
    let page = PageServer::start_with(&["--prefix", "/tools/import"]);
    let address = page.address.clone();
    journey(&address, move |browser| async move {
        wait_for_worker(&browser).await;
        drop(page);
        browser.client.refresh().await.expect("the page reloads without its server");
        browser.find("#image").await;
        browser.pick(&image).await;
        browser.wait_for_verdict().await;
        browser.fill("#field-Region", "eu-central-1").await;
        browser.fill("#field-DiskContainer-UserBucket-S3Bucket", "my-disk-images").await;
        browser
            .wait_until("document.querySelector('#output-text')?.textContent.includes('my-disk-images')")
            .await;
        // What is not the page's own is not answered from anywhere.
        let other =
            "return fetch('./not-in-the-list.txt').then(answer => answer.status, () => 'unreachable')";
        assert_eq!(browser.script(other).await, "unreachable");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_build_is_announced_and_comes_by_a_reload_alone() {
    let build = Build::copy();
    build.deploy("first");
    let page = build.serve("0");
    let address = page.address.clone();
    journey(&address, move |browser| async move {
        wait_for_worker(&browser).await;
        let kept = "return caches.keys().then(names => names.join())";
        let first = browser.script(kept).await;
        build.deploy("second");
        look_for_update(&browser).await;
        browser
            .wait_until("document.querySelector('#update') && !document.querySelector('#update').hidden")
            .await;
        assert_eq!(title(&browser).await, "first", "nothing is reloaded by itself");
        browser.click("#update button").await;
        browser.wait_until("document.title === 'second' && document.querySelector('#image')").await;
        browser.wait_until("document.querySelector('#update').hidden").await;
        // The page is of the new build and alone: the old one's files are forgotten.
        browser
            .script(&format!(
                "window.keys = () => {{ {kept} }}; setInterval(async () => window.names = await keys(), 50)"
            ))
            .await;
        browser
            .wait_until(&format!("window.names && window.names !== {first} && !window.names.includes(',')"))
            .await;
        drop(page);
        browser.client.refresh().await.expect("the page reloads without its server");
        browser.find("#image").await;
        assert_eq!(title(&browser).await, "second");
    })
    .await;
}

/// A worker that does not parse, and one whose list names a file that is not there: the browser drops both, the page comes
/// from the network, and the next good build takes its place.
#[tokio::test(flavor = "multi_thread")]
async fn a_broken_worker_keeps_nobody_from_the_page_or_from_the_next_build() {
    let build = Build::copy();
    build.deploy("first");
    let page = build.serve("0");
    let address = page.address.clone();
    journey(&address, move |browser| async move {
        wait_for_worker(&browser).await;
        build.deploy("broken");
        build.write(WORKER, "const = nonsense");
        look_for_update(&browser).await;
        reload_until(&browser, "broken").await;

        build.deploy("half deployed");
        build.write(WORKER, &build.read(WORKER).replacen("\"icon.svg\"", "\"missing.svg\"", 1));
        look_for_update(&browser).await;
        reload_until(&browser, "half deployed").await;

        build.deploy("mended");
        wait_for_update(&browser).await;
        reload_until(&browser, "mended").await;
        // It is kept: what comes without the server is the good build, not the first one.
        drop(page);
        reload_until(&browser, "mended").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_fails_or_hangs_is_stood_in_for() {
    let build = Build::copy();
    let page = build.serve("0");
    let address = page.address.clone();
    let port = address.rsplit(':').next().and_then(|rest| rest.split('/').next()).expect("a port").to_owned();
    journey(&address, move |browser| async move {
        wait_for_worker(&browser).await;
        drop(page);
        // Takes connections and never answers.
        let listener =
            std::net::TcpListener::bind(format!("127.0.0.1:{port}")).expect("the port is free again");
        browser.client.refresh().await.expect("the page reloads");
        browser.find("#image").await;
        drop(listener);
        // Started again, the same page is taken from it.
        let page = build.serve(&port);
        build.deploy("back");
        browser.client.refresh().await.expect("the page reloads");
        browser.wait_until("document.title === 'back' && document.querySelector('#image')").await;
        drop(page);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn chromium_would_install_the_page() {
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        let errors = browser.devtools("Page.getInstallabilityErrors", json!({})).await;
        assert_eq!(errors["installabilityErrors"], json!([]), "{errors}");
        let manifest = browser.devtools("Page.getAppManifest", json!({})).await;
        assert_eq!(manifest["errors"], json!([]), "{manifest}");
        assert!(manifest["url"].as_str().is_some_and(|url| url.ends_with("/manifest.webmanifest")));
    })
    .await;
}
