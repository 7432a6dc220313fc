//! Headless Chromium, driven by WebDriver: what a person would look for and do on the page.

use crate::audit::{self, Audit};
use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tempfile::TempDir;

/// A browser with the page open.
pub(crate) struct Browser {
    pub(crate) client: Client,
    driver: Driver,
    /// What axe-core finds fault with on the way; `None` where nobody looks, and while somebody does.
    audit: Mutex<Option<Audit>>,
}

/// The browser's driver; dropping it ends the process. The browser itself is ended by [`Browser::close`], which every journey
/// reaches through [`journey`](crate::browser::journey): killing the driver alone would leave the browser behind.
struct Driver {
    process: Child,
    /// Chromium's profile, where it is this browser's alone; Firefox's is made by its driver.
    _profile: Option<TempDir>,
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// How long anything on the page may take to appear.
const PATIENCE: Duration = Duration::from_secs(30);

impl Browser {
    /// Starts Chromium on an empty profile and opens `address`.
    pub(crate) async fn open(address: &str) -> Self {
        Self::open_with(address, json!({})).await
    }

    /// The same with settings of Chromium, by their names in its preferences.
    pub(crate) async fn open_with(address: &str, preferences: Value) -> Self {
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let capabilities = chromium(profile.path(), preferences);
        Self::open_by("chromedriver", capabilities, Some(profile), address).await
    }

    /// Starts Chromium on a profile that outlives it.
    pub(crate) async fn open_on(profile: &Path, address: &str) -> Self {
        Self::open_by("chromedriver", chromium(profile, json!({})), None, address).await
    }

    /// Starts Firefox on an empty profile, by this geckodriver, and opens `address`.
    pub(crate) async fn open_firefox(driver: &str, address: &str) -> Self {
        let capabilities = json!({"moz:firefoxOptions": {"args": ["-headless"]}});
        let browser = Self::open_by(driver, capabilities, None, address).await;
        // axe-core's own findings differ by browser; the page's markup does not.
        browser.stop_auditing();
        browser
    }

    async fn open_by(driver: &str, capabilities: Value, profile: Option<TempDir>, address: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("a port")
            .port();
        let process = Command::new(driver)
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{driver} does not start: {error}"));
        let driver = Driver { process, _profile: profile };
        let client = connect(port, capabilities).await;
        client.goto(address).await.expect("the page opens");
        let audit = Mutex::new(audit::is_wanted().then(Audit::default));
        let browser = Self { client, driver, audit };
        browser.find("#image").await;
        browser
    }

    /// The process of chromedriver, below which Chromium's lie.
    #[allow(dead_code, reason = "the benchmark looks at their memory")]
    pub(crate) fn driver_process(&self) -> u32 {
        self.driver.process.id()
    }

    /// Kills the browser as a crash would: it can write nothing any more.
    pub(crate) fn kill(&self) {
        let driver = self.driver.process.id();
        // The browser's own process; those below it end with it.
        let kill = format!("kill -KILL $(cat /proc/{driver}/task/*/children)");
        assert!(Command::new("sh").args(["-c", &kill]).status().expect("sh starts").success());
    }

    /// Ends the browser, and fails when what it showed on the way breaks a rule of accessibility.
    pub(crate) async fn close(self) {
        if let Some(audit) = self.end().await {
            audit.finish();
        }
    }

    /// Ends the browser; gives what was found on the way.
    async fn end(self) -> Option<Audit> {
        let _ = self.client.close().await;
        drop(self.driver);
        self.audit.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at nothing on the way from here on.
    pub(crate) fn stop_auditing(&self) {
        self.audit.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// Holds what the page shows to the rules of accessibility, where this state of it is a new one.
    async fn audit(&self, state: &str) {
        let audit = || self.audit.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = audit().take();
        if let Some(mut taken) = taken {
            taken.check_if_new(self, state).await;
            audit().replace(taken);
        }
    }

    /// The element, once it is there.
    pub(crate) async fn find(&self, selector: &str) -> Element {
        let wait = self.client.wait().at_most(PATIENCE);
        match wait.for_element(Locator::Css(selector)).await {
            Ok(element) => {
                self.audit(selector).await;
                element
            }
            Err(error) => {
                panic!("{selector} did not appear ({error}); the page says:\n{}", self.page_text().await)
            }
        }
    }

    /// Everything the page shows.
    pub(crate) async fn page_text(&self) -> String {
        self.script("return document.body.innerText").await.as_str().unwrap_or_default().to_owned()
    }

    /// The text of the element, once it is there.
    pub(crate) async fn text(&self, selector: &str) -> String {
        self.find(selector).await.text().await.expect("it has text")
    }

    /// The whole text of an element, shown or not, once it is there.
    pub(crate) async fn content(&self, selector: &str) -> String {
        self.find(selector).await;
        let content =
            self.script(&format!("return document.querySelector({}).textContent", json!(selector))).await;
        content.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the script's value is true.
    pub(crate) async fn wait_until(&self, condition: &str) {
        let started = std::time::Instant::now();
        // What it looks at may not be there yet.
        let look = format!("try {{ return Boolean({condition}) }} catch {{ return false }}");
        while self.script(&look).await != json!(true) {
            assert!(
                started.elapsed() < PATIENCE,
                "it never came true: {condition}; the page says:\n{}",
                self.page_text().await
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.audit(condition).await;
    }

    /// Clicks, in the middle of the window: at its edge the bar at the top may lie over it.
    pub(crate) async fn click(&self, selector: &str) {
        let element = self.find(selector).await;
        let into_view = "arguments[0].scrollIntoView({block: 'center'})";
        let handle = serde_json::to_value(&element).expect("an element has a handle");
        let _ = self.client.execute(into_view, vec![handle]).await;
        element.click().await.unwrap_or_else(|error| panic!("{selector} cannot be clicked: {error}"));
    }

    /// Types into a field in the place of all that is in it. WebDriver's own way to empty a field tells the page nothing
    /// of it: what the page draws next would bring back what was there.
    pub(crate) async fn fill(&self, selector: &str, text: &str) {
        const SELECT_ALL: &str = "\u{E009}a\u{E000}";
        let field = self.find(selector).await;
        field
            .send_keys(&format!("{SELECT_ALL}{text}"))
            .await
            .unwrap_or_else(|error| panic!("{selector} cannot be typed into: {error}"));
    }

    /// Chooses an option of a list by its value.
    pub(crate) async fn choose(&self, selector: &str, value: &str) {
        let list = self.find(selector).await;
        list.select_by_value(value)
            .await
            .unwrap_or_else(|error| panic!("{value} is not in {selector}: {error}"));
    }

    /// Picks a file, as the browser's own dialog would.
    pub(crate) async fn pick(&self, file: &Path) {
        let input = self.find("#image input[type=file]").await;
        input.send_keys(&file.to_string_lossy()).await.expect("the file is taken");
    }

    /// Runs a script on the page.
    pub(crate) async fn script(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Asks Chromium's developer tools.
    pub(crate) async fn devtools(&self, command: &'static str, parameters: Value) -> Value {
        let result = self.client.issue_cmd(Devtools { command, parameters }).await;
        result.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Shows the page in a window of this width, in pixels: narrower than a real window can be.
    pub(crate) async fn set_width(&self, width: u32) {
        let metrics = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// The code of every finding shown.
    pub(crate) async fn findings(&self) -> Vec<String> {
        let codes = self
            .script("return [...document.querySelectorAll('.finding')].map(item => item.dataset.code)")
            .await;
        serde_json::from_value(codes).expect("codes are texts")
    }

    /// Waits for both passes of an inspection to end.
    pub(crate) async fn wait_for_verdict(&self) {
        self.wait_until("document.querySelector('.verdict') && !document.querySelector('#stop-reading')")
            .await;
    }
}

/// A command of Chromium's DevTools protocol, as chromedriver takes it.
#[derive(Debug)]
struct Devtools {
    command: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for Devtools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (hyper::Method, Option<String>) {
        let body = json!({"cmd": self.command, "params": self.parameters});
        (hyper::Method::POST, Some(body.to_string()))
    }
}

fn chromium(profile: &Path, preferences: Value) -> Value {
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        // Smooth scrolling would still move what a click is aimed at.
        "--force-prefers-reduced-motion",
        "--window-size=1280,1000",
    ];
    let mut arguments: Vec<String> = arguments.map(str::to_owned).to_vec();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    json!({"goog:chromeOptions": {"args": arguments, "prefs": preferences}, "goog:loggingPrefs": {"browser": "ALL"},
        // Those that do not end are told within the time of a test.
        "timeouts": {"pageLoad": 60_000}})
}

async fn connect(port: u16, capabilities: Value) -> Client {
    let Value::Object(capabilities) = capabilities else { unreachable!("it is an object") };
    let started = std::time::Instant::now();
    loop {
        let result = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities.clone())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await;
        match result {
            Ok(client) => return client,
            Err(error) if started.elapsed() > PATIENCE => panic!("the browser did not start: {error}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

/// Runs a journey in a browser of its own and ends the browser whether it passes or fails.
pub(crate) async fn journey<F>(address: &str, steps: impl FnOnce(Arc<Browser>) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    journey_in(Browser::open(address).await, steps).await;
}

/// The same in a browser that is open already.
pub(crate) async fn journey_in<F>(browser: Browser, steps: impl FnOnce(Arc<Browser>) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let browser = Arc::new(browser);
    let result = tokio::spawn(steps(Arc::clone(&browser))).await;
    let audit = match Arc::try_unwrap(browser) {
        Ok(browser) => browser.end().await,
        Err(_) => None,
    };
    if let Err(failure) = result {
        std::panic::resume_unwind(failure.into_panic());
    }
    if let Some(audit) = audit {
        audit.finish();
    }
}
