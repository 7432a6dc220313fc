//! One upload by the page, and what is seen of the page meanwhile.

use crate::browser::Browser;
use crate::garage::{ACCESS_KEY, Garage, SECRET_KEY};
use crate::page_server::PageServer;
use crate::{BUCKET, KEY, memory};
use serde_json::json;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Where the signatures come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signed {
    InTheTab,
    ByTicket,
}

/// What was seen of the page.
pub(crate) struct Observed {
    /// The resident memory of its process before the upload, in bytes.
    pub(crate) before: u64,
    /// The same at its highest.
    pub(crate) peak: u64,
    /// The longest that its thread was busy at a time.
    pub(crate) longest_task: Duration,
}

/// Notes how long the page's thread is busy: a task of more than 50 ms is told by the browser, a shorter one by a timer
/// that is late.
const WATCH: &str = "
    window.longest = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) window.longest = Math.max(window.longest, entry.duration);
    }).observe({ type: 'longtask' });
    let last = performance.now();
    setInterval(() => {
        const now = performance.now();
        window.longest = Math.max(window.longest, now - last - 5);
        last = now;
    }, 5);";

/// How long an upload may take.
const PATIENCE: Duration = Duration::from_secs(900);

/// Uploads the file by a page of its own, to the server as it is reached at `port`.
pub(crate) async fn upload(garage: &Garage, port: u16, file: &Path, signed: Signed) -> (Duration, Observed) {
    let origin = format!("http://127.0.0.1:{port}");
    let page = PageServer::start(&origin);
    let rule = json!({"CORSRules": [{
        "AllowedOrigins": [page.origin()], "AllowedMethods": ["PUT", "POST", "GET", "HEAD", "DELETE"], "AllowedHeaders": ["*"],
        "ExposeHeaders": ["ETag", "Date", "x-amz-checksum-crc64nvme", "x-amz-version-id"], "MaxAgeSeconds": 3000,
    }]});
    garage.set_cors(&rule.to_string());
    let browser = Browser::open(&page.address).await;
    browser.pick(file).await;
    browser.wait_for_verdict().await;
    browser.fill("#field-Region", "us-east-1").await;
    browser.fill("#field-DiskContainer-UserBucket-S3Bucket", BUCKET).await;
    browser.fill("#field-DiskContainer-UserBucket-S3Key", KEY).await;
    browser
        .wait_until(&format!("document.querySelector('#ticket-script')?.textContent.includes({KEY:?})"))
        .await;
    let means = match signed {
        Signed::InTheTab => format!(
            "export AWS_ACCESS_KEY_ID={ACCESS_KEY}\nexport AWS_SECRET_ACCESS_KEY={SECRET_KEY}\nexport AWS_ENDPOINT_URL_S3={origin}\n"
        ),
        Signed::ByTicket => ticket(&browser.content("#ticket-script").await, &origin),
    };
    let paste = format!(
        "const field = document.querySelector('#field-UploadMeans');
         field.value = {}; field.dispatchEvent(new InputEvent('input', {{bubbles: true}}));",
        json!(means)
    );
    browser.script(&paste).await;
    browser.wait_until("document.querySelector('#upload-start:enabled')").await;
    browser.script(WATCH).await;
    let driver = browser.driver_process();
    let before = memory::of_page(driver);
    let peak = Arc::new(AtomicU64::new(before));
    let watched = Arc::clone(&peak);
    let watch = tokio::spawn(async move {
        loop {
            watched.fetch_max(memory::of_page(driver), Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    let started = Instant::now();
    browser.click("#upload-start").await;
    loop {
        let phase = browser.script("return document.querySelector('#upload-outcome')?.dataset.phase").await;
        match phase.as_str() {
            Some("done") => break,
            Some("failed" | "held") => panic!("the page says:\n{}", browser.page_text().await),
            _ => assert!(started.elapsed() < PATIENCE, "the page says:\n{}", browser.page_text().await),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let time = started.elapsed();
    watch.abort();
    let longest = browser.script("return window.longest").await.as_f64().unwrap_or_default();
    browser.close().await;
    let longest_task = Duration::from_secs_f64(longest.max(0.0) / 1000.0);
    (time, Observed { before, peak: peak.load(Ordering::Relaxed), longest_task })
}

/// Runs the page's own script that makes a ticket.
fn ticket(script: &str, origin: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder for the ticket");
    let output = Command::new(std::env::var("IMPORT_PLANNER_PYTHON").unwrap_or_else(|_| "python3".into()))
        .args(["-c", script])
        .current_dir(folder.path())
        .env("AWS_ENDPOINT_URL_S3", origin)
        .env("AWS_ACCESS_KEY_ID", ACCESS_KEY)
        .env("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
        .output()
        .expect("Python starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read_to_string(folder.path().join("disk.raw.ticket.json")).expect("the ticket")
}
