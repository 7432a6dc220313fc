//! How the page lies on screens of every width, on paper, in a person's own colours, and under the keys that lead through it.

use crate::browser::{Browser, journey};
use crate::images::Images;
use crate::offline::Build;
use crate::page_server::PageServer;
use crate::upload::{World, fill_in, pick_and_wait, start_upload};
use crate::upload_in_parts::prepare_by_credentials;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// What is wider than the window or than its card, by how it is found.
const WIDER: &str = "
    const wide = [...document.querySelectorAll('body *')].filter(part => {
        const {right, width} = part.getBoundingClientRect();
        const card = part.closest('.card')?.getBoundingClientRect().right ?? innerWidth;
        // What is folded up has the place it had when it was open; what scrolls by itself may hold what is wider.
        return width > 0 && part.checkVisibility() && right > Math.min(card, innerWidth) + 1
            && !part.closest('pre, table, .tabs, .journey, .visually-hidden');
    });
    return document.documentElement.scrollWidth > innerWidth || wide.length
        ? [innerWidth, document.documentElement.scrollWidth, ...wide.slice(0, 5).map(part => part.outerHTML.slice(0, 120))] : []";

async fn fits(browser: &Browser, state: &str) {
    // 320 px are what is left of 1280 at a zoom of 400 % (WCAG 2.2, 1.4.10).
    for width in [320, 390, 768, 1280, 3840] {
        browser.set_width(width).await;
        assert_eq!(browser.script(WIDER).await, json!([]), "{state}, {width} px");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_needs_to_be_scrolled_sideways_on_any_screen() {
    let page = PageServer::start_with(&[]);
    let images = Images::new();
    let raw = images.raw("a-rather-long-name-of-a-disk-image-that-somebody-gave-it-0123456789.raw", 64 << 20);
    journey(&page.address, |browser| async move {
        let _images = images;
        fits(&browser, "empty").await;
        pick_and_wait(&browser, &raw).await;
        browser.find("#request").await;
        browser.script("document.querySelectorAll('details').forEach(part => part.open = true)").await;
        fits(&browser, "a verdict and an empty form").await;
        fill_in(&browser, "a/key/that/is/long/enough/to/need/a/line/of/its/own/disk.raw").await;
        browser.find("#output-text").await;
        fits(&browser, "a request").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_fits_on_every_screen_while_it_is_under_way_paused_and_done() {
    let world = World::new().await;
    let image = world.images.full("disk.raw", 42 << 20);
    world
        .journey(move |browser, world| async move {
            let server = &world.server;
            server.set_most_parts(Some(1));
            prepare_by_credentials(&browser, server, &image, "imports/disk.raw").await;
            start_upload(&browser).await;
            browser.find("[data-phase=sending] progress").await;
            fits(&browser, "an upload under way").await;
            browser.click("#upload-pause").await;
            browser.find("[data-phase=paused] progress").await;
            fits(&browser, "a paused upload").await;
            server.set_most_parts(None);
            browser.click("#upload-resume").await;
            browser.find("[data-phase=done]").await;
            fits(&browser, "an upload that is done").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_request_stays_in_view_on_a_wide_screen_while_the_form_is_filled_in() {
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        browser.click("#begin").await;
        fill_in(&browser, "disk.raw").await;
        browser.find("#output-text").await;
        browser.set_width(1280).await;
        for card in ["destination", "upload", "request"] {
            browser
                .script(&format!("document.getElementById('{card}').scrollIntoView({{behavior: 'instant'}})"))
                .await;
            browser
                .wait_until(
                    "(() => {
                        const {top} = document.getElementById('output-text').getBoundingClientRect();
                        return top >= 0 && top < innerHeight;
                    })()",
                )
                .await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_leads_to_its_card_and_takes_the_focus_along() {
    let world = World::new().await;
    let image = world.images.raw("disk.raw", 1 << 20);
    world
        .journey(move |browser, world| async move {
            let _images = &world.images;
            pick_and_wait(&browser, &image).await;
            browser.find("#request").await;
            let steps = browser
                .script("return [...document.querySelectorAll('.journey a')].map(step => step.hash)")
                .await;
            let steps: Vec<String> = serde_json::from_value(steps).expect("texts");
            assert_eq!(steps, ["#image", "#verdict", "#destination", "#upload", "#request", "#paste"]);
            for step in steps {
                browser
                    .client
                    .find(fantoccini::Locator::Css(&format!(".journey a[href='{step}']")))
                    .await
                    .expect("a step")
                    .click()
                    .await
                    .expect("it is clicked");
                // The browser moves the place from which Tab goes on; the next stop lies in the card.
                browser.wait_until(&format!("location.hash === '{step}'")).await;
                crate::requests::press(&browser, "\u{e004}").await;
                let inside = format!("return Boolean(document.activeElement.closest('{step}'))");
                assert_eq!(browser.script(&inside).await, json!(true), "{step}");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_paper_there_is_the_plan_and_no_control() {
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        browser.click("[data-sample='sample-server.vmdk']").await;
        browser.find(".verdict").await;
        browser.choose("#call", "ImportSnapshot").await;
        fill_in(&browser, "images/disk.raw").await;
        browser.find("#output-text").await;
        browser.devtools("Emulation.setEmulatedMedia", json!({"media": "print"})).await;
        let text = browser.page_text().await;
        assert!(text.contains("images/disk.raw") && text.contains("aws ec2 import-snapshot"), "{text}");
        let controls = "return [...document.querySelectorAll('button, select, textarea, input')]
            .filter(part => part.getClientRects().length > 0).map(part => part.outerHTML.slice(0, 100))";
        assert_eq!(browser.script(controls).await, json!([]));
        let paper = browser.devtools("Page.printToPDF", json!({})).await;
        let paper = paper["data"].as_str().and_then(|pdf| STANDARD.decode(pdf).ok()).expect("a sheet");
        // Each page is an object of its own, `/Type /Page`; their list is `/Type /Pages`.
        let paper = String::from_utf8_lossy(&paper);
        let pages = paper.matches("/Type /Page").count() - paper.matches("/Type /Pages").count();
        assert!((1..=3).contains(&pages), "{pages} pages");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_drawn_is_seen_in_the_colours_that_a_person_forces() {
    let page = PageServer::start_with(&[]);
    let images = Images::new();
    let raw = images.full("disk.raw", 8 << 20);
    journey(&page.address, |browser| async move {
        let _images = images;
        pick_and_wait(&browser, &raw).await;
        browser.find(".disk-map svg").await;
        let forced = json!({"features": [{"name": "forced-colors", "value": "active"}]});
        browser.devtools("Emulation.setEmulatedMedia", forced).await;
        let colours: Value = browser
            .script(
                "const canvas = getComputedStyle(document.body).backgroundColor;
                 return [...document.querySelectorAll('.disk-map svg rect.part, .disk-map svg .allocated')]
                     .map(part => [canvas, getComputedStyle(part).fill])",
            )
            .await;
        let colours: Vec<[String; 2]> = serde_json::from_value(colours).expect("colours");
        assert!(!colours.is_empty());
        assert!(colours.iter().all(|[canvas, own]| canvas != own), "{colours:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_the_page_says_what_it_needs_in_each_language() {
    let shell = Build::copy();
    let page = shell.serve("0");
    let address = page.address.clone();
    journey(&address, |browser| async move {
        browser.devtools("Emulation.setScriptExecutionDisabled", json!({"value": true})).await;
        browser.client.refresh().await.expect("the page reloads");
        let text = browser.text("noscript").await;
        assert!(text.contains("It needs JavaScript and WebAssembly"), "{text}");
        assert!(text.contains("Sie braucht JavaScript und WebAssembly"), "{text}");
        drop((page, shell));
    })
    .await;
}
