//! What is seen before the page's program runs, or when it cannot; and the colours of it.

use crate::browser::{Browser, journey};
use crate::offline::Build;
use crate::page_server::PageServer;
use serde_json::{Value, json};

/// Where what both the shell and the page show stands.
const PLACES: &str = "
    const shown = ['.top-bar', '.brand img', '.privacy', 'h1', '.drop-zone', '.drop-zone .icon', '.drop-zone strong',
        '.drop-zone .primary', '.drop-zone p:nth-of-type(2)', '.drop-zone p:nth-of-type(3)', '.beginnings .quiet'];
    return shown.map(selector => {
        const {x, y, width, height} = document.querySelector(selector).getBoundingClientRect();
        return [selector, ...[x, y, width, height].map(Math.round)];
    })";

async fn places(browser: &Browser, width: u32) -> Value {
    browser.set_width(width).await;
    browser.script(PLACES).await
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_when_the_page_takes_the_place_of_the_shell() {
    let page = PageServer::start_with(&[]);
    let shell = Build::copy();
    shell.remove("boot-");
    let shell = shell.serve("0");
    let address = page.address.clone();
    journey(&address, |browser| async move {
        for (language, loading) in [("en", "Loading …"), ("de", "Wird geladen …")] {
            let choose = format!("localStorage.setItem('import-planner.language', '{language}')");
            browser.client.goto(&page.address).await.expect("the page opens");
            browser.script(&choose).await;
            browser.client.refresh().await.expect("the page opens in the language");
            browser.find("#image").await;
            let drawn = [places(&browser, 1280).await, places(&browser, 390).await];
            browser.client.goto(&shell.address).await.expect("the shell opens");
            browser.script(&choose).await;
            browser.client.refresh().await.expect("the shell opens in the language");
            assert_eq!(browser.script("return document.querySelector('#boot-message').innerText").await, loading);
            assert_eq!([places(&browser, 1280).await, places(&browser, 390).await], drawn, "{language}");
        }
        browser.client.goto(&page.address).await.expect("the page opens");
        browser.find("#image").await;
        browser
            .script(
                "window.shift = 0;
                 new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shift += entry.value; })
                     .observe({type: 'layout-shift', buffered: true})",
            )
            .await;
        let shift = browser.script("return new Promise(resolve => setTimeout(() => resolve(window.shift), 500))").await;
        println!("cumulative layout shift: {shift}");
        assert!(shift.as_f64().is_some_and(|shift| shift < 0.01), "{shift}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_whose_program_cannot_run_says_what_it_needs() {
    let page = PageServer::start_with(&[]);
    let incomplete = Build::copy();
    incomplete.remove("import-planner-");
    let incomplete = incomplete.serve("0");
    let address = page.address.clone();
    journey(&address, |browser| async move {
        browser.client.goto(&incomplete.address).await.expect("the page opens");
        let says = |text: &str| {
            format!("document.querySelector('#boot-message').innerText.includes({})", json!(text))
        };
        browser.wait_until(&says("files may be incomplete on the server")).await;
        // As in a browser where it is switched off; the service worker of another origin has no part in this.
        let off = json!({"source": "delete globalThis.WebAssembly"});
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", off).await;
        browser.client.goto(&page.address).await.expect("the page opens");
        browser.wait_until(&says("WebAssembly switched off")).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chosen_colours_are_there_from_the_first_paint() {
    let page = PageServer::start_with(&[]);
    let shell = Build::copy();
    journey(&page.address, |browser| async move {
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": "light"}]});
        browser.devtools("Emulation.setEmulatedMedia", media).await;
        let colours = "return [getComputedStyle(document.body).backgroundColor, document.querySelector('meta[name=theme-color]').content]";
        let light = browser.script(colours).await;
        browser.choose("#theme", "dark").await;
        let dark = browser.script(colours).await;
        assert!(dark[0] != light[0] && dark[1] != light[1], "{light} {dark}");
        assert_eq!(dark, json!(["rgb(20, 23, 28)", "#14171c"]));
        browser.client.refresh().await.expect("the page reloads");
        browser.find("#image").await;
        assert_eq!(browser.script(colours).await, dark);
        assert_eq!(browser.script("return document.querySelector('#theme').value").await, "dark");
        // Before the page's program: the shell alone, at an address of its own, where the same is chosen.
        shell.remove("boot-");
        let shell = shell.serve("0");
        browser.client.goto(&shell.address).await.expect("the shell opens");
        browser.script("localStorage.setItem('import-planner.theme', 'dark')").await;
        browser.client.refresh().await.expect("the shell reloads");
        assert_eq!(browser.script(colours).await, dark);
    })
    .await;
}
