//! Dropping an image and reading what it is.

use crate::browser::{Browser, journey};
use crate::images::Images;
use crate::page_server::PageServer;
use serde_json::Value;
use std::path::Path;
use std::process::Command;

pub(crate) async fn report(browser: &Browser) -> Value {
    serde_json::from_str(&browser.content("#report-json").await).expect("the report is JSON")
}

pub(crate) async fn inspect(browser: &Browser, image: &Path) -> Value {
    browser.pick(image).await;
    let name = image.file_name().expect("a name").to_string_lossy().into_owned();
    browser
        .wait_until(&format!(
            "document.querySelector('.file-name')?.textContent === {}",
            serde_json::json!(name)
        ))
        .await;
    browser.wait_for_verdict().await;
    report(browser).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_ec2_refuses_comes_with_the_command_that_mends_it() {
    let images = Images::new();
    let raw = images.raw("disk.raw", 32 << 20);
    let refused = images.convert(&raw, "it's a disk.qcow2", "qcow2", "");
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        let report = inspect(&browser, &refused).await;
        assert_eq!(report["format"], "qcow2");
        assert_eq!(report["verdict"]["import_snapshot"], "refused");
        // The command is run as a person would: pasted into a shell beside the file.
        let command = browser.script("return document.querySelector('.finding pre').textContent").await;
        let folder = refused.parent().expect("a folder");
        let before: Vec<_> =
            std::fs::read_dir(folder).expect("readable").flatten().map(|entry| entry.path()).collect();
        let status =
            Command::new("bash").args(["-c", command.as_str().expect("text")]).current_dir(folder).status();
        assert!(status.expect("bash starts").success(), "{command} works");
        let made = std::fs::read_dir(folder).expect("readable").flatten().map(|entry| entry.path());
        let made: Vec<_> = made.filter(|path| !before.contains(path)).collect();
        assert_eq!(made.len(), 1, "the command makes one file");
        let report = inspect(&browser, &made[0]).await;
        assert_ne!(report["verdict"]["import_snapshot"], "refused", "{report:#}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_in_several_extents_is_whole_with_all_its_files_and_names_what_is_missing() {
    let images = Images::new();
    // Extents of 2 GiB at most: a larger disk has several.
    let raw = images.raw("large.raw", 5 << 30);
    let descriptor = images.convert(&raw, "large.vmdk", "vmdk", "subformat=twoGbMaxExtentSparse");
    let extents = ["large-s001.vmdk", "large-s002.vmdk", "large-s003.vmdk"].map(|name| images.path(name));
    assert!(extents.iter().all(|extent| extent.exists()));
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        let _images = images;
        let alone = inspect(&browser, &descriptor).await;
        assert_ne!(alone["verdict"]["import_snapshot"], "accepted", "{alone:#}");
        let said = browser.text("#verdict").await;
        assert!(
            extents
                .iter()
                .all(|extent| said.contains(&*extent.file_name().expect("a name").to_string_lossy())),
            "{said}"
        );
        // The other files are added to what was chosen.
        let add = browser.find("#image .file-buttons span:last-child input").await;
        let paths: Vec<_> = extents.iter().map(|extent| extent.to_string_lossy()).collect();
        add.send_keys(&paths.join("\n")).await.expect("the files are taken");
        browser.wait_until("document.querySelector('#image')?.innerText.includes('large-s003.vmdk')").await;
        browser.wait_for_verdict().await;
        let whole = report(&browser).await;
        assert_eq!(
            (&whole["virtual_size"], &whole["partition_table"]),
            (&(5_u64 << 30).into(), &"mbr".into()),
            "{whole:#}"
        );
        // EC2 takes no such disk; the page says how it becomes one.
        assert_eq!(whole["verdict"]["import_snapshot"], "refused");
        assert!(browser.text("#verdict").await.contains("qemu-img convert"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_disks_of_one_machine_are_judged_together_and_asked_for_in_one_request() {
    let images = Images::new();
    let (root, data) = (images.raw("root.raw", 16 << 20), images.path("data.raw"));
    std::fs::write(&data, vec![0; 1 << 20]).expect("written");
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        inspect(&browser, &data).await;
        browser.wait_until("document.querySelectorAll('#image input[type=file]').length === 2").await;
        let add = browser.find("#image .file-buttons span:last-child input").await;
        add.send_keys(&root.to_string_lossy()).await.expect("the file is taken");
        browser.wait_until("document.querySelectorAll('.images button').length === 2").await;
        browser.wait_for_verdict().await;
        let names =
            "return [...document.querySelectorAll('.images .file-name')].map(name => name.textContent)";
        assert_eq!(browser.script(names).await, serde_json::json!(["data.raw", "root.raw"]));
        // The one that is chosen is what the verdict is about.
        assert_eq!(report(&browser).await["path"], "data.raw");
        browser.click(".images li:nth-child(2) button").await;
        browser
            .wait_until("document.querySelector('.images li:nth-child(2) button').ariaPressed === 'true'")
            .await;
        assert_eq!(report(&browser).await["path"], "root.raw");
        let key = "document.querySelector('#field-DiskContainer-UserBucket-S3Key')?.value === 'root.raw'";
        browser.wait_until(key).await;
        // Both are containers of one request, the disk with a partition that starts first.
        browser.choose("#call", "ImportImage").await;
        browser.fill("#field-Region", "eu-central-1").await;
        browser.fill("#field-DiskContainers-0--UserBucket-S3Bucket", "amzn-s3-demo-bucket").await;
        browser.click("#tab-cli-json").await;
        browser.wait_until("document.querySelector('#output-text')?.textContent.includes('data.raw')").await;
        let request: Value =
            serde_json::from_str(&browser.content("#output-text").await).expect("the input is JSON");
        let place = |index: usize| request["DiskContainers"][index]["UserBucket"].clone();
        let expected = |key: &str| serde_json::json!({"S3Bucket": "amzn-s3-demo-bucket", "S3Key": key});
        assert_eq!([place(0), place(1)], [expected("root.raw"), expected("data.raw")]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_file_and_an_empty_one_are_refused_in_words() {
    let images = Images::new();
    let text = images.path("notes.vmdk");
    std::fs::write(&text, "Buy milk.\n".repeat(100)).expect("written");
    let empty = images.path("empty.raw");
    std::fs::write(&empty, "").expect("written");
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        for (file, format) in [(text, "unknown"), (empty, "empty")] {
            let report = inspect(&browser, &file).await;
            assert_eq!(report["format"], format);
            assert_eq!(report["verdict"]["import_image"], "refused");
            assert!(!browser.findings().await.is_empty());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn page_and_workers_can_reach_no_other_origin_and_the_uploader_only_s3() {
    let page = PageServer::start_with(&["--s3-origin", "http://127.0.0.1:9"]);
    journey(&page.address, |browser| async move {
        // The headers on the very files that the page starts its workers from.
        let policies = browser
            .script(
                "const {dataset} = document.querySelector('script[data-worker]');
                 const policy = program => fetch(new URL(dataset[program], document.baseURI))
                     .then(answer => answer.headers.get('content-security-policy'));
                 return Promise.all(['worker', 'composer', 'uploader'].map(policy))",
            )
            .await;
        for (program, sealed) in [(0, true), (1, true), (2, false)] {
            let policy = policies[program].as_str().expect("a policy");
            assert_eq!(policy.contains("connect-src 'self';"), sealed, "{policy}");
        }
        assert!(policies[2].as_str().is_some_and(|policy| policy.contains("http://127.0.0.1:9")));
        // What the browser makes of it: the page's own request to a foreign origin is a violation.
        let violated = browser
            .script(
                "return new Promise(resolve => {
                    document.addEventListener('securitypolicyviolation', event => resolve(event.violatedDirective), {once: true});
                    fetch('http://127.0.0.1:10/').catch(() => setTimeout(() => resolve('none'), 500));
                 })",
            )
            .await;
        assert_eq!(violated, "connect-src");
    })
    .await;
}
