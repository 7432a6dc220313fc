//! Help, by its button and by a key that can be switched off.

use crate::audit::Audit;
use crate::browser::{Browser, journey};
use crate::page_server::PageServer;
use crate::requests::press;

const ESCAPE: &str = "\u{E00C}";

const IS_OPEN: &str = "document.querySelector('#help:popover-open')";

async fn is_open(browser: &Browser) -> bool {
    browser.script(&format!("return Boolean({IS_OPEN})")).await == true
}

#[tokio::test(flavor = "multi_thread")]
async fn help_opens_by_its_button_or_a_key_and_gives_the_focus_back() {
    let page = PageServer::start_with(&[]);
    journey(&page.address, |browser| async move {
        browser.find("#image").await;
        browser.script("document.querySelector('#image button').focus()").await;
        press(&browser, "?").await;
        browser.wait_until(IS_OPEN).await;
        let mut audit = Audit::default();
        audit.check(&browser, "help").await;
        audit.finish();
        press(&browser, ESCAPE).await;
        browser.wait_until(&format!("!{IS_OPEN}")).await;

        browser.click("#help-open").await;
        browser.wait_until(IS_OPEN).await;
        press(&browser, ESCAPE).await;
        browser.wait_until("document.activeElement.id === 'help-open'").await;

        // Where text is entered it is a character like any other.
        browser.fill("#paste-text", "why?").await;
        assert!(!is_open(&browser).await);

        browser.click("#help-open").await;
        browser.click("#help-key").await;
        press(&browser, ESCAPE).await;
        browser.client.refresh().await.expect("the page reloads");
        browser.find("#image").await;
        browser.script("document.querySelector('#image button').focus()").await;
        press(&browser, "?").await;
        assert!(!is_open(&browser).await, "the key was switched off");
        browser.click("#help-open").await;
        browser.wait_until("document.querySelector('#help:popover-open #help-key:not(:checked)')").await;
    })
    .await;
}
