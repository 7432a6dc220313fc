//! How soon the page answers a person while a worker hashes gigabytes.

use crate::browser::journey;
use crate::images::Images;
use crate::page_server::PageServer;
use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::process::Command;

/// Collects how long each interaction took from the person's act to the next paint, in milliseconds; shorter ones than 16 are
/// not told by browsers. Several events make one interaction: a key is pressed, enters something, and is let go.
const WATCH: &str = "
    window.delays = {};
    new PerformanceObserver(list => {
        for (const {interactionId, duration} of list.getEntries()) {
            if (interactionId) window.delays[interactionId] = Math.max(window.delays[interactionId] ?? 0, duration);
        }
    }).observe({type: 'event', durationThreshold: 16})";

/// Interaction to Next Paint as it is defined: of each fifty interactions the longest is left out.
/// <https://web.dev/articles/inp>
fn interaction_to_next_paint(delays: &[f64]) -> f64 {
    let left_out = delays.len() / 50;
    delays.iter().rev().nth(left_out).copied().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_answers_while_six_gibibytes_are_hashed() {
    let images = Images::new();
    let raw = images.raw("disk.raw", 16 << 20);
    let disk = images.convert(&raw, "disk.vmdk", "vmdk", "subformat=streamOptimized");
    let archive = images.path("machine.ova");
    crate::archive::ova(&archive, 16 << 20, |file| {
        std::io::copy(&mut File::open(&disk)?, file)?;
        // A hole of 6 GiB takes no room, but it is hashed as bytes.
        file.seek(SeekFrom::Current(6 << 30)).map(drop)
    })
    .expect("the archive");
    std::fs::write(images.path("machine.mf"), format!("SHA256(disk.vmdk)= {}\n", "0".repeat(64)))
        .expect("written");
    let tar = Command::new("tar")
        .arg("--format=ustar")
        .arg("-rf")
        .arg(&archive)
        .arg("-C")
        .arg(images.path(""))
        .arg("machine.mf")
        .status();
    assert!(tar.expect("tar starts").success());
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        let _images = images;
        browser.pick(&archive).await;
        browser.click("#verify").await;
        browser.wait_until("document.querySelector('#image [role=status] button')").await;
        browser.script(WATCH).await;
        let started = std::time::Instant::now();
        for round in 0..6 {
            browser.fill("#field-Region", if round % 2 == 0 { "eu-central-1" } else { "us-east-1" }).await;
            browser.fill("#field-DiskContainers-0--UserBucket-S3Bucket", &format!("my-disk-images-{round}")).await;
            browser.click("#tab-cli-json").await;
            browser.click("#tab-cli").await;
        }
        let is_hashing = "return Boolean(document.querySelector('#image [role=status] button'))";
        assert_eq!(browser.script(is_hashing).await, true, "the digests are still being compared");
        println!("interactions went on for {:.1} s beside the hashing", started.elapsed().as_secs_f64());
        let delays = browser
            .script("return new Promise(resolve => setTimeout(() => resolve(Object.values(window.delays).sort((a, b) => a - b)), 300))")
            .await;
        let delays: Vec<f64> = serde_json::from_value(delays).expect("numbers");
        let longest = delays.last().copied().unwrap_or_default();
        let delay = interaction_to_next_paint(&delays);
        println!(
            "interaction to next paint: {delay:.0} ms; the longest of {} took {longest:.0} ms",
            delays.len()
        );
        // A shared machine is no stopwatch: the measure is 100 ms, and the test fails only far beyond it.
        assert!(delay < 200.0 && longest < 400.0, "{delays:?}");
    })
    .await;
}
