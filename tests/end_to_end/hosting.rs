//! The page as it is hosted: below a path, each file with the headers of its own, the workers' stricter policies too.

use crate::browser::journey;
use crate::images::sha256;
use crate::upload::{
    World, apply_cors, fill_in, foreign_requests, paste, pick_and_wait, presign, start_upload,
};
use serde_json::json;
use std::sync::Arc;

#[tokio::test(flavor = "multi_thread")]
async fn a_page_below_a_path_inspects_writes_and_uploads() {
    let world = World::below("/tools/import").await;
    let image = world.stream_optimized();
    let address = world.page.address.clone();
    assert!(address.ends_with("/tools/import/"), "{address}");
    let world = Arc::new(world);
    journey(&address, move |browser| async move {
        let server = &world.server;
        pick_and_wait(&browser, &image).await;
        fill_in(&browser, "imports/disk.vmdk").await;
        paste(&browser, &presign(&browser.content("#presign-script").await, server, 3600)).await;
        browser.wait_until("document.querySelector('#upload-target dl')").await;
        assert_eq!(foreign_requests(&browser).await, json!([]));
        apply_cors(server, &browser.content("#prepare-cors-rule").await);
        start_upload(&browser).await;
        browser.find("[data-phase=done]").await;
        assert_eq!(server.object_sha256("imports/disk.vmdk"), Some(sha256(&image)));
        // All that was loaded of the page's own origin lies below its path.
        let outside = browser
            .script(
                "return performance.getEntriesByType('resource').map(entry => new URL(entry.name))
                    .filter(url => url.origin === location.origin && !url.pathname.startsWith('/tools/import/')).map(String)",
            )
            .await;
        assert_eq!(outside, json!([]));
    })
    .await;
}
