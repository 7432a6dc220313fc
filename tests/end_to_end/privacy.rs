//! What leaves the browser before a person presses Upload: requests for the page's own files. That the page and its
//! workers can reach no other host is what their policies are for (`inspection.rs`).

use crate::browser::journey;
use crate::images::Images;
use crate::page_server::PageServer;
use crate::requests;
use crate::upload::foreign_requests;
use serde_json::json;
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Hands everything on to the page's server and notes what the browser sends.
struct Relay {
    address: String,
    sent: Arc<Mutex<Vec<u8>>>,
}

impl Relay {
    fn start(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}/", listener.local_addr().expect("an address"));
        let sent = Arc::<Mutex<Vec<u8>>>::default();
        let (noted, server) = (Arc::clone(&sent), server.to_owned());
        // It ends with the test's process.
        std::thread::spawn(move || {
            for browser in listener.incoming().flatten() {
                let server = TcpStream::connect(&server).expect("the page's server answers");
                let (from_server, to_browser) = (server.try_clone(), browser.try_clone());
                let noted = Arc::clone(&noted);
                std::thread::spawn(move || {
                    copy(browser, server, |bytes| noted.lock().unwrap().extend(bytes));
                });
                if let (Ok(from_server), Ok(to_browser)) = (from_server, to_browser) {
                    std::thread::spawn(move || copy(from_server, to_browser, |_| ()));
                }
            }
        });
        Self { address, sent }
    }

    /// Everything that the browser has sent so far.
    fn sent(&self) -> String {
        String::from_utf8_lossy(&self.sent.lock().unwrap()).into_owned()
    }
}

fn copy(mut from: TcpStream, mut to: TcpStream, note: impl Fn(&[u8])) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        note(&buffer[..count]);
        if to.write_all(&buffer[..count]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
}

/// The first lines of the requests.
fn requests(sent: &str) -> Vec<String> {
    sent.lines().filter(|line| line.ends_with(" HTTP/1.1")).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_image_form_and_pasted_text_nothing_leaves_the_browser() {
    let images = Images::new();
    let (first, second) = (images.raw("first-disk.raw", 32 << 20), images.raw("second-disk.raw", 32 << 20));
    let page = PageServer::start_with(&[]);
    let server = page.address.trim_start_matches("http://").trim_end_matches('/');
    let relay = Relay::start(server);
    let address = relay.address.clone();
    journey(&address, |browser| async move {
        let _images = images;
        // With the first image, the page loads the programs of its workers.
        browser.pick(&first).await;
        browser.wait_for_verdict().await;
        browser.find("#output-panel").await;
        // Offline use: the service worker takes all files, once.
        browser.wait_until("navigator.serviceWorker.controller || window.isReady || (navigator.serviceWorker.ready.then(() => { window.isReady = true; }), false)").await;
        let loaded = requests(&relay.sent());
        let files: BTreeSet<&str> = loaded.iter().filter_map(|line| line.split(' ').nth(1)).collect();
        for line in &loaded {
            assert!(line.starts_with("GET /") || line.starts_with("HEAD /"), "{line}");
            assert!(!line.contains('?') && !line.contains("disk"), "{line}");
        }
        assert!(files.iter().any(|file| file.contains("worker")), "{files:?}");

        browser.pick(&second).await;
        browser.wait_until("document.querySelector('.file-name')?.textContent === 'second-disk.raw'").await;
        browser.wait_for_verdict().await;
        browser.fill("#field-Region", "eu-central-1").await;
        browser.fill("#field-DiskContainer-UserBucket-S3Bucket", "a-bucket-of-mine").await;
        requests::written(&browser, "a-bucket-of-mine").await;
        requests::paste(&browser, "aws ec2 copy-snapshot --region eu-west-3 --source-region eu-west-1 --source-snapshot-id snap-0123456789abcdef0").await;
        requests::written(&browser, "snap-0123456789abcdef0").await;
        let sent = relay.sent();
        let asked_for = requests(&sent);
        let later: Vec<_> = asked_for.iter().skip(loaded.len()).collect();
        assert!(later.iter().all(|line| loaded.contains(line)), "only what was there already: {later:?}");
        assert_eq!(foreign_requests(&browser).await, json!([]));
        for word in ["second-disk", "a-bucket-of-mine", "eu-west-3"] {
            assert!(!sent.contains(word), "{word}");
        }
    })
    .await;
}
