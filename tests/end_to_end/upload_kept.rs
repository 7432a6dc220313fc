//! What is kept of an upload, and what is not: a reload in the midst of it, discarding, and no trace of a secret.

use crate::browser::Browser;
use crate::images::sha256;
use crate::s3_server::BUCKET;
use crate::upload::{World, fill_in, paste, pick_and_wait, start_upload};
use crate::upload_in_parts::{
    allow_page, credentials, each_part_was_taken_once, interrupt_by_reload, prepare_by_credentials,
    prepare_by_ticket, receipt, reload_amid_upload, wait_for_parts,
};
use serde_json::json;
use std::sync::Arc;

const KEY: &str = "imports/disk.raw";

/// Lets the page's dialog for files give a file of the browser's own file system, which needs no person: the dialog alone
/// is replaced, the handle is a real one. It is filled with what the person picked before.
async fn give_handles(browser: &Browser) {
    browser
        .script(
            "window.showOpenFilePicker = async () => {
                 const folder = await navigator.storage.getDirectory();
                 return [await folder.getFileHandle('disk.raw')];
             };",
        )
        .await;
}

/// Writes a file of so many bytes, none of which repeat, into the browser's own file system.
async fn make_file(browser: &Browser, mebibytes: u32) {
    browser
        .script(&format!(
            "window.made = (async () => {{
                 const folder = await navigator.storage.getDirectory();
                 const file = await folder.getFileHandle('disk.raw', {{create: true}});
                 const writer = await file.createWritable();
                 for (let index = 0; index < {mebibytes}; index += 1) {{
                     const bytes = new Uint32Array(262144).map((_, at) => Math.imul(at + index * 262144 + 1, 2654435761));
                     await writer.write(bytes);
                 }}
                 await writer.close();
             }})().then(() => {{ window.isMade = true; }});"
        ))
        .await;
    browser.wait_until("window.isMade").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_reload_one_press_reads_the_file_again_and_credentials_send_the_rest() {
    let world = World::new().await;
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            make_file(&browser, 100).await;
            give_handles(&browser).await;
            browser.click("#image button.primary").await;
            browser.wait_for_verdict().await;
            fill_in(&browser, KEY).await;
            allow_page(&browser, server).await;
            paste(&browser, &credentials(server)).await;
            reload_amid_upload(&browser, server, 3).await;
            server.set_most_parts(None);

            let listed = browser.text("#unfinished").await;
            assert!(listed.contains("disk.raw") && listed.contains(KEY), "{listed}");
            browser.click("#unfinished button.primary").await;
            browser.wait_for_verdict().await;
            browser
                .wait_until("document.querySelector('#upload-target')?.innerText.includes('was begun')")
                .await;
            paste(&browser, &credentials(server)).await;
            browser
                .wait_until("document.querySelector('#upload-target').innerText.includes('goes on')")
                .await;
            start_upload(&browser).await;
            receipt(&browser).await;
            each_part_was_taken_once(server, 7);
            let expected = world.images.path("expected");
            let words = (0..25 << 20).map(|at: u32| (at + 1).wrapping_mul(2_654_435_761));
            std::fs::write(&expected, words.flat_map(u32::to_le_bytes).collect::<Vec<u8>>())
                .expect("written");
            assert_eq!(server.object_sha256(KEY), Some(sha256(&expected)));
            // Nothing is left to go on with.
            browser.wait_until("!document.querySelector('#unfinished')").await;
            browser.client.refresh().await.expect("the page reloads");
            browser.find("#image").await;
            let databases = "return indexedDB.databases().then(all => all.length)";
            assert_eq!(browser.script(databases).await, json!(0));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_dies_in_the_midst_of_an_upload_loses_no_part_that_has_arrived() {
    let world = Arc::new(World::new().await);
    let image = world.images.full("disk.raw", 100 << 20);
    let profile = tempfile::tempdir().expect("a folder for the profile");
    let picked = image.clone();
    let first = Browser::open_on(profile.path(), &world.page.address).await;
    let begin = |browser: Arc<Browser>, world: Arc<World>| async move {
        let server = &world.server;
        server.set_most_parts(Some(3));
        prepare_by_credentials(&browser, server, &picked, KEY).await;
        start_upload(&browser).await;
        wait_for_parts(server, 3).await;
        browser.kill();
    };
    Arc::clone(&world).journey_in(first, begin).await;
    world.server.set_most_parts(None);
    let second = Browser::open_on(profile.path(), &world.page.address).await;
    let finish = |browser: Arc<Browser>, world: Arc<World>| async move {
        let server = &world.server;
        let listed = browser.text("#unfinished").await;
        assert!(listed.contains("disk.raw") && listed.contains(KEY), "{listed}");
        pick_and_wait(&browser, &image).await;
        paste(&browser, &credentials(server)).await;
        // Of the draft, a crash may take the last seconds.
        browser.fill("#field-Region", "us-east-1").await;
        browser.fill("#field-DiskContainer-UserBucket-S3Bucket", BUCKET).await;
        browser.fill("#field-DiskContainer-UserBucket-S3Key", KEY).await;
        browser.wait_until("document.querySelector('#upload-target').innerText.includes('goes on')").await;
        start_upload(&browser).await;
        receipt(&browser).await;
        each_part_was_taken_once(server, 7);
        assert_eq!(server.object_sha256(KEY), Some(sha256(&image)));
    };
    world.journey_in(second, finish).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_to_another_place_leaves_the_one_that_was_begun() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 42 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            interrupt_by_reload(&browser, server, &image, 2).await;
            server.set_most_parts(None);
            let other = "imports/other.raw";
            prepare_by_credentials(&browser, server, &image, other).await;
            start_upload(&browser).await;
            receipt(&browser).await;
            assert_eq!(server.object_sha256(other), Some(sha256(&image)));
            // What was begun is still there, and goes on.
            let listed = browser.text("#unfinished").await;
            assert!(listed.contains(KEY), "{listed}");
            let before = server.parts().len();
            browser.fill("#field-DiskContainer-UserBucket-S3Key", KEY).await;
            browser
                .wait_until("document.querySelector('#upload-target').innerText.includes('goes on')")
                .await;
            start_upload(&browser).await;
            browser.wait_until("!document.querySelector('#unfinished')").await;
            receipt(&browser).await;
            assert_eq!(server.object_sha256(KEY), Some(sha256(&image)));
            assert_eq!(server.parts().len(), before + 7, "two of nine parts had arrived");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unfinished_upload_is_discarded_once_it_is_confirmed_and_leaves_nothing() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 42 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            interrupt_by_reload(&browser, server, &image, 2).await;
            server.set_most_parts(None);
            // No file has been chosen, and the upload is listed.
            browser.click("#unfinished [data-discard=ask]").await;
            browser.find("#unfinished [data-discard=sure]").await;
            assert_ne!(server.left_of_uploads(), Vec::<String>::new());
            browser.wait_until("document.querySelector('#field-UploadMeans')").await;
            paste(&browser, &credentials(server)).await;
            browser.click("#unfinished [data-discard=sure]").await;
            browser
                .wait_until("document.querySelector('#unfinished').innerText.includes('Nothing is left')")
                .await;
            assert_eq!(server.left_of_uploads(), Vec::<String>::new());
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_discards_without_a_key_to_the_bucket_gets_the_command() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 42 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            interrupt_by_reload(&browser, server, &image, 2).await;
            browser.click("#unfinished [data-discard=ask]").await;
            browser.click("#unfinished [data-discard=sure]").await;
            let command = browser.content("#abort-command").await;
            assert!(command.contains("abort-multipart-upload") && command.contains(KEY), "{command}");
            browser.client.refresh().await.expect("the page reloads");
            browser.find("#image").await;
            assert_eq!(
                browser.script("return Boolean(document.querySelector('#unfinished'))").await,
                json!(false)
            );
        })
        .await;
}

/// Everything in which a page could leave a trace: what it shows and holds, its storage and databases, its history.
pub(crate) async fn traces(browser: &Browser) -> String {
    let script = "const done = arguments[arguments.length - 1];
        (async () => {
            const kept = [];
            for (const {name} of await indexedDB.databases()) {
                const database = await new Promise((good, bad) => {
                    const request = indexedDB.open(name);
                    request.onsuccess = () => good(request.result);
                    request.onerror = bad;
                });
                for (const store of database.objectStoreNames) {
                    kept.push(await new Promise((good, bad) => {
                        const request = database.transaction(store).objectStore(store).getAll();
                        request.onsuccess = () => good(JSON.stringify(request.result));
                        request.onerror = bad;
                    }));
                }
                database.close();
            }
            const page = document.documentElement.cloneNode(true);
            const fields = [...document.querySelectorAll('input, select, textarea')].map(field => field.value);
            return [page.innerHTML, ...fields, location.href, JSON.stringify(history.state), document.title,
                JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, ...kept].join('\\n');
        })().then(done, error => done('failed: ' + error));";
    let traces = browser.client.execute_async(script, Vec::new()).await.expect("the script runs");
    let traces = traces.as_str().expect("a text").to_owned();
    assert!(!traces.starts_with("failed"), "{traces}");
    traces
}

/// What the page has written to the console is read on the page itself, from its first line on.
async fn listen_to_console(browser: &Browser) {
    browser
        .script(
            "window.said = [];
             for (const level of ['log', 'info', 'warn', 'error', 'debug']) {
                 const before = console[level];
                 console[level] = (...words) => { window.said.push(words.map(String).join(' ')); before(...words); };
             }",
        )
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_signature_and_no_secret_leaves_a_trace_during_and_after_an_upload() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 42 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            listen_to_console(&browser).await;
            server.set_most_parts(Some(2));
            let ticket = prepare_by_ticket(&browser, server, &image).await;
            let signature = ticket.split("X-Amz-Signature=").nth(1).expect("a signature");
            let signature: String = signature.chars().take_while(char::is_ascii_hexdigit).collect();
            assert_eq!(signature.len(), 64);
            let secret_key = server.keys().1;
            let has_secret = move |traces: &str| {
                [signature.as_str(), secret_key, "X-Amz-Credential="]
                    .iter()
                    .any(|secret| traces.contains(secret))
            };
            start_upload(&browser).await;
            wait_for_parts(server, 2).await;
            browser.click("#upload-pause").await;
            browser.find("[data-phase=paused]").await;
            // The record comes into the database a moment later: this looks where it is.
            let started = std::time::Instant::now();
            let mut during = traces(&browser).await;
            while !during.contains("uploadId") {
                assert!(started.elapsed().as_secs() < 30, "{during}");
                during = traces(&browser).await;
            }
            assert!(!has_secret(&during), "{during}");
            paste(&browser, &credentials(server)).await;
            server.set_most_parts(None);
            browser.click("#upload-resume").await;
            receipt(&browser).await;
            let after = traces(&browser).await;
            assert!(!has_secret(&after), "{after}");
            let said = browser.script("return window.said.join('\\n')").await;
            assert!(!has_secret(said.as_str().expect("text")), "{said}");
            assert_eq!(server.object_sha256(KEY), Some(sha256(&image)));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_keeps_nothing_uploads_all_the_same() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 42 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            // A database of a later version cannot be opened, as one in a private window may not be.
            browser
                .script(
                    "const request = indexedDB.open('import-planner', 999);
                 request.onsuccess = () => { window.isBlocked = true; request.result.close(); };",
                )
                .await;
            browser.wait_until("window.isBlocked").await;
            prepare_by_ticket(&browser, server, &image).await;
            start_upload(&browser).await;
            receipt(&browser).await;
            assert_eq!(server.object_sha256(KEY), Some(sha256(&image)));
        })
        .await;
}
