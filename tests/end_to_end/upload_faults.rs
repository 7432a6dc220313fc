//! Uploads that meet with every fault there is. Each ends with the file's own bytes under the key, or with a reason and no
//! object.

use crate::browser::{Browser, journey};
use crate::images::sha256;
use crate::s3_faults::{About, Fault};
use crate::s3_server::S3Server;
use crate::upload::{World, paste, pick_and_wait, start_upload};
use crate::upload_in_parts::{
    KEY, credentials, make_ticket, prepare_by_credentials, prepare_by_ticket, receipt, wait_for_parts,
};
use crate::upload_settings::set;
use std::collections::BTreeMap;
use std::io::{Seek, SeekFrom, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long an upload with many faults may take: the waits between tries grow to 16 seconds.
const PATIENCE: Duration = Duration::from_secs(400);

/// What the tries of a part meet with, beginning with another one for each part. Another ETag ends them where the page
/// cannot see that it is wrong, and a late answer always does: they are last.
const OF_PARTS: &[[Fault; 2]] = &[
    [Fault::Refused(500, "InternalError"), Fault::CutMidway],
    [Fault::CutMidway, Fault::AnswerLost],
    [Fault::CutMidway, Fault::WrongEtag],
    [Fault::AnswerLost, Fault::Refused(500, "InternalError")],
    [Fault::Refused(400, "RequestTimeout"), Fault::AnsweredLate],
    [Fault::Refused(502, "BadGateway"), Fault::CutMidway],
    [Fault::Refused(400, "BadDigest"), Fault::AnswerLost],
    [Fault::Refused(504, "GatewayTimeout"), Fault::WrongEtag],
];

/// The key of a second upload of the same file.
const SECOND: &str = "imports/second.raw";

/// [`faults_that_pass`], and the URLs of two parts, one early and one late, expire on the way: the page waits for new
/// signatures.
fn every_fault(about: About, before: u32) -> Option<Fault> {
    if matches!(about, About::Part(9 | 80)) && before == 1 {
        return Some(Fault::Expired);
    }
    faults_that_pass(about, before)
}

/// What happens to the parts and to the requests about the whole. S3 asks for fewer requests three times only: each time
/// the page halves what it sends at once, and a test has not all day.
fn faults_that_pass(about: About, before: u32) -> Option<Fault> {
    let at = usize::try_from(before).unwrap_or(usize::MAX);
    let whole: &[Fault] = match about {
        About::Part(5 | 40) if before == 0 => return Some(Fault::Refused(503, "SlowDown")),
        About::Part(20) if before == 0 => return Some(Fault::Refused(503, "ServiceUnavailable")),
        About::Part(number) => &OF_PARTS[usize::from(number) % OF_PARTS.len()],
        About::Create => &[Fault::Refused(500, "InternalError"), Fault::Refused(503, "SlowDown")],
        About::List => &[Fault::CutMidway, Fault::Refused(500, "InternalError")],
        About::Complete => {
            &[Fault::ErrorInSuccess, Fault::Refused(503, "SlowDown"), Fault::CutMidway, Fault::AnswerLost]
        }
        About::Head => &[Fault::Refused(500, "InternalError"), Fault::CutMidway],
        About::Put | About::Abort => &[Fault::Refused(503, "SlowDown")],
    };
    whole.get(at).copied()
}

/// Prints a line past the test's own output, which nobody sees of a test that passes.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// How many faults there were, which it prints by kind.
fn count(faults: &BTreeMap<Fault, u32>) -> u32 {
    for (fault, count) in faults {
        say(&format!("{count:>6}  {fault}"));
    }
    let sum = faults.values().sum();
    say(&format!("{sum:>6}  faults in all"));
    sum
}

/// By what an upload is signed.
#[derive(Clone, Copy)]
enum Means {
    Ticket,
    Credentials,
}

/// Waits until the upload has ended. Where it waits for new signatures, it gets them.
async fn see_through(browser: &Browser, server: &S3Server, means: Means) {
    let started = Instant::now();
    loop {
        assert!(
            started.elapsed() < PATIENCE,
            "it has not ended; the page says:\n{}",
            browser.page_text().await
        );
        let phase = browser.script("return document.querySelector('#upload-outcome')?.dataset.phase").await;
        match phase.as_str() {
            Some("done" | "failed" | "cancelled") => return,
            Some("held") => {
                match means {
                    Means::Ticket => renew_ticket(browser, server).await,
                    Means::Credentials => paste(browser, &credentials(server)).await,
                }
                start_upload(browser).await;
                goes_on(browser).await;
            }
            _ => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    }
}

/// Waits until so many parts have arrived. An upload that has given up on a server which was away is told to go on, as a
/// person would.
async fn see_parts_arrive(browser: &Browser, server: &S3Server, count: usize) {
    let started = Instant::now();
    while server.parts().len() < count {
        let parts = server.parts();
        assert!(
            started.elapsed() < PATIENCE,
            "only the parts {parts:?} have arrived; the page says:\n{}",
            browser.page_text().await
        );
        let phase = browser.script("return document.querySelector('#upload-outcome')?.dataset.phase").await;
        if phase.as_str() == Some("held") {
            start_upload(browser).await;
            goes_on(browser).await;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Gives an upload that was held a while to go on. It may be held again, by another part, before anybody has looked: then
/// it is for the caller to look at it once more.
async fn goes_on(browser: &Browser) {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(5) {
        let phase = browser.script("return document.querySelector('#upload-outcome')?.dataset.phase").await;
        if phase.as_str() != Some("held") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A ticket for the upload that was begun, by the page's own script.
async fn renew_ticket(browser: &Browser, server: &S3Server) {
    browser
        .wait_until("!document.querySelector('#ticket-script').textContent.includes('UPLOAD_ID = None')")
        .await;
    paste(browser, &make_ticket(&browser.content("#ticket-script").await, server)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn over_two_hundred_faults_a_reload_and_a_restart_of_the_server_lose_no_byte() {
    let world = Arc::new(World::new().await);
    let image = world.images.full("disk.raw", 420 << 20);
    let expected = sha256(&image);
    let (by_ticket, by_credentials) = (Arc::clone(&world), Arc::clone(&world));
    let (image_of_ticket, expected_of_ticket) = (image.clone(), expected.clone());
    journey(&world.page.address, move |browser| async move {
        let (server, image) = (&by_ticket.server, image_of_ticket);
        // Its requests pass: the script asks S3 too.
        prepare_by_ticket(&browser, server, &image).await;
        set(&browser, "parallel", "16").await;
        server.set_faults(Some(faults_that_pass));
        start_upload(&browser).await;
        see_parts_arrive(&browser, server, 4).await;
        server.restart(Duration::from_secs(2)).await;
        see_parts_arrive(&browser, server, 10).await;
        browser.client.refresh().await.expect("the page reloads");
        pick_and_wait(&browser, &image).await;
        // The script's own requests pass.
        server.set_faults(None);
        renew_ticket(&browser, server).await;
        browser.wait_until("document.querySelector('#upload-target').innerText.includes('goes on')").await;
        set(&browser, "parallel", "16").await;
        server.set_faults(Some(every_fault));
        start_upload(&browser).await;
        see_through(&browser, server, Means::Ticket).await;
        let receipt = receipt(&browser).await;
        assert_eq!(receipt["checks"]["parts"], "compared", "{receipt}");
        assert_eq!(server.object_sha256(KEY), Some(expected_of_ticket));
    })
    .await;
    journey(&world.page.address, move |browser| async move {
        let server = &by_credentials.server;
        prepare_by_credentials(&browser, server, &image, SECOND).await;
        set(&browser, "parallel", "16").await;
        server.set_faults(Some(every_fault));
        start_upload(&browser).await;
        see_through(&browser, server, Means::Credentials).await;
        let receipt = receipt(&browser).await;
        assert_eq!(receipt["checks"]["parts"], "signedChecksum", "{receipt}");
        assert_eq!(server.object_sha256(SECOND), Some(expected));
    })
    .await;
    let faults = world.server.faults();
    assert!(count(&faults) >= 200, "{faults:?}");
    assert!(
        OF_PARTS.iter().flat_map(|faults| faults.iter()).all(|fault| faults.contains_key(fault)),
        "{faults:?}"
    );
    assert!(
        faults.contains_key(&Fault::Expired) && faults.contains_key(&Fault::ErrorInSuccess),
        "{faults:?}"
    );
}

/// Two parts are never read to their end, and the look at the object is never answered.
fn stalls(about: About, before: u32) -> Option<Fault> {
    match (about, before) {
        (About::Part(1 | 2), 0) => Some(Fault::StalledMidway),
        (About::Head, 0) => Some(Fault::NeverAnswered),
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_that_stall_are_broken_off_and_sent_again() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 100 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            prepare_by_credentials(&browser, server, &image, KEY).await;
            server.set_faults(Some(stalls));
            start_upload(&browser).await;
            // The patience of the page with each of them is a minute.
            see_through(&browser, server, Means::Credentials).await;
            assert!(receipt(&browser).await["retries"].as_u64() >= Some(3));
            assert_eq!(server.object_sha256(KEY), Some(sha256(&image)));
            assert_eq!(count(&server.faults()), 3);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_changes_midway_holds_its_upload_which_leaves_nothing_when_it_is_given_up() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 42 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            server.set_most_parts(Some(3));
            prepare_by_ticket(&browser, server, &image).await;
            start_upload(&browser).await;
            wait_for_parts(server, 3).await;
            // In its place: one who empties the file first and is seen at it ends the upload at once, for its size.
            let mut file = std::fs::OpenOptions::new().write(true).open(&image).expect("there");
            file.seek(SeekFrom::Start(30 << 20)).expect("long enough");
            file.write_all(&[0xA5; 512]).expect("written");
            server.set_most_parts(None);
            let text = browser.text("[data-phase=held]").await;
            assert!(text.contains("changed on disk"), "{text}");
            // Going on does not help, and makes no object of two files.
            start_upload(&browser).await;
            browser.wait_until("document.querySelector('[data-phase=sending]')").await;
            browser.find("[data-phase=held]").await;
            browser.click("#upload-cancel").await;
            browser.find("[data-phase=cancelled]").await;
            assert_eq!(server.object_sha256(KEY), None);
            assert_eq!(server.left_of_uploads(), Vec::<String>::new());
        })
        .await;
}

/// Every part is refused, as by a policy that forbids it.
fn parts_are_denied(about: About, _: u32) -> Option<Fault> {
    matches!(about, About::Part(_)).then_some(Fault::Refused(403, "AccessDenied"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_refused_for_good_says_so_and_makes_no_object() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 42 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            prepare_by_credentials(&browser, server, &image, KEY).await;
            server.set_faults(Some(parts_are_denied));
            start_upload(&browser).await;
            browser.find("[data-phase=held]").await;
            let text = browser.text("[data-phase=held]").await;
            assert!(text.contains("AccessDenied"), "{text}");
            assert_eq!(server.object_sha256(KEY), None);
            // Whoever mends it goes on where it stopped.
            server.set_faults(None);
            start_upload(&browser).await;
            receipt(&browser).await;
            assert_eq!(server.object_sha256(KEY), Some(sha256(&image)));
        })
        .await;
}
