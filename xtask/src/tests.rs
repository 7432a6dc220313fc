//! Runs every test, step by step, and sums up at the end.

use crate::process::{cargo, find_on_path, run};
use crate::{Result, build, packages, tools};
use std::time::{Duration, Instant};

/// What `cargo xtask test` was asked for.
pub(crate) struct Options {
    /// Whether to install missing packages without asking.
    pub(crate) yes: bool,
    /// The one step to run.
    pub(crate) only: Option<String>,
    /// Only the tests whose name contains this.
    pub(crate) test: Option<String>,
    /// The S3 server to upload to instead of the tests' own.
    pub(crate) s3: Option<String>,
    /// Another browser, in which its own journeys are run instead of all of this.
    pub(crate) browser: Option<String>,
}

struct Step {
    name: &'static str,
    heading: &'static str,
    run: fn(&Options) -> Result<()>,
}

/// The tests that run inside a browser; the others need files and programs.
const WASM_TESTS: &[&str] = &["--test", "browser_file", "--test", "browser_page"];

const STEPS: &[Step] = &[
    Step { name: "format", heading: "Format (rustfmt)", run: format },
    Step { name: "lint", heading: "Lints (clippy, native)", run: lint },
    Step { name: "lint-wasm", heading: "Lints (clippy, wasm32)", run: lint_wasm },
    Step { name: "dependencies", heading: "Dependencies (cargo deny)", run: dependencies },
    Step { name: "documentation", heading: "Documentation (rustdoc)", run: documentation },
    Step { name: "native", heading: "Native tests", run: native },
    Step { name: "wasm", heading: "Tests in headless Chromium (wasm)", run: wasm },
    Step { name: "end-to-end", heading: "End to end, in headless Chromium", run: end_to_end },
];

/// Sets up what the tests need and runs the steps; every step runs even when one before it failed.
pub(crate) fn test(options: &Options) -> Result<()> {
    if let Some(only) = &options.only
        && !STEPS.iter().any(|step| step.name == only)
    {
        let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
        return Err(format!("there is no step {only:?}; the steps are {}", names.join(", ")));
    }
    if options.s3.as_deref().is_some_and(|server| server != "garage") {
        return Err("the S3 server that --s3 takes is garage".into());
    }
    match options.browser.as_deref() {
        None => {}
        Some("firefox") => return firefox(options),
        Some(other) => {
            return Err(format!("the tests know no browser {other:?} besides Chromium but firefox"));
        }
    }
    packages::set_up(options.yes)?;
    tools::wasm_target()?;
    // Another server is of no matter to the other steps.
    let only = options.only.as_deref().or(options.s3.as_ref().map(|_| "end-to-end"));
    let mut summary: Vec<(&Step, Result<()>, Duration)> = Vec::new();
    for step in STEPS.iter().filter(|step| only.is_none_or(|only| only == step.name)) {
        println!("\n######## {}", step.heading);
        let started = Instant::now();
        let result = (step.run)(options);
        if let Err(message) = &result {
            println!("{message}");
        }
        summary.push((step, result, started.elapsed()));
    }
    println!("\n######## Summary");
    for (step, result, time) in &summary {
        let word = if result.is_ok() { "passed" } else { "FAILED" };
        println!("{word}  {:>6.1} s  {}", time.as_secs_f64(), step.heading);
    }
    let failed = summary.iter().filter(|(_, result, _)| result.is_err()).count();
    println!("\nsteps: {} passed, {failed} failed", summary.len() - failed);
    if failed == 0 { Ok(()) } else { Err("the tests failed: see above".into()) }
}

fn format(_: &Options) -> Result<()> {
    run("cargo fmt --check", cargo().args(["fmt", "--all", "--check"]))
}

fn lint(_: &Options) -> Result<()> {
    let mut command = cargo();
    command.args(["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]);
    run("cargo clippy", &mut command)
}

fn lint_wasm(_: &Options) -> Result<()> {
    let mut command = cargo();
    command.args(["clippy", "--locked", "--target", "wasm32-unknown-unknown", "--lib", "--bins"]);
    run("cargo clippy, for wasm32", command.args(WASM_TESTS).args(["--", "-D", "warnings"]))
}

fn documentation(_: &Options) -> Result<()> {
    let mut command = cargo();
    command.args(["doc", "--locked", "--no-deps", "--workspace"]);
    run("cargo doc", command.env("RUSTDOCFLAGS", "-D warnings"))?;
    // What draws the page and talks to the browser is there for wasm32 alone.
    let mut command = cargo();
    command.args(["doc", "--locked", "--no-deps", "--target", "wasm32-unknown-unknown", "--lib"]);
    run("cargo doc, for wasm32", command.env("RUSTDOCFLAGS", "-D warnings"))
}

/// Holds `deny.toml` where cargo-deny is installed: with the advisories where their database can be had. Licences and
/// sources are held by a test of xtask, too, with nothing to install.
fn dependencies(_: &Options) -> Result<()> {
    if find_on_path("cargo-deny").is_none() {
        println!(
            "cargo-deny is not installed: licences and sources are held by the native tests, advisories by nothing."
        );
        return Ok(());
    }
    let has_advisories = run("cargo deny fetch", cargo().args(["deny", "fetch", "db"])).is_ok();
    let mut command = cargo();
    command.args(["deny", "check", "bans", "licenses", "sources"]);
    if has_advisories {
        command.arg("advisories");
    } else {
        println!("The database of advisories cannot be had here: bans, licences and sources alone.");
    }
    run("cargo deny check", &mut command)
}

fn native(options: &Options) -> Result<()> {
    let mut command = cargo();
    command.args(["test", "--locked", "--package", "import-planner", "--no-fail-fast"]);
    let python = tools::aws_python()?;
    command.env("IMPORT_PLANNER_PYTHON", &python);
    run("cargo test", with_filter(&mut command, options))?;
    let mut command = cargo();
    command.args(["test", "--locked", "--package", "xtask", "--bins"]);
    command.env("IMPORT_PLANNER_PYTHON", &python);
    run("cargo test, of xtask", with_filter(&mut command, options))
}

fn wasm(options: &Options) -> Result<()> {
    let runner = tools::wasm_bindgen()?.join("wasm-bindgen-test-runner");
    let driver = find_on_path("chromedriver").ok_or("chromedriver is not on PATH")?;
    let mut command = cargo();
    command.args(["test", "--locked", "--target", "wasm32-unknown-unknown"]).args(WASM_TESTS);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner).env("CHROMEDRIVER", driver);
    run("cargo test, for wasm32", with_filter(&mut command, options))
}

fn end_to_end(options: &Options) -> Result<()> {
    build::build(build::Sizes::Print)?;
    let python = tools::aws_python()?;
    let axe = tools::axe()?;
    let journeys = |what: &str, audit: bool, arguments: &[&str]| {
        let mut command = cargo();
        command.args(["test", "--locked", "--package", "xtask", "--test", "end_to_end"]).args(arguments);
        command.env("IMPORT_PLANNER_PYTHON", &python).env("IMPORT_PLANNER_AXE", &axe);
        // Every state that they come by is held to axe-core's rules, except where time is taken or bytes are what counts.
        if audit {
            command.env("IMPORT_PLANNER_AUDIT", "every state");
        }
        if let Some(server) = &options.s3 {
            command.env("IMPORT_PLANNER_S3", server).env("IMPORT_PLANNER_GARAGE", tools::garage()?);
        }
        run(what, &mut command)
    };
    match (&options.test, &options.s3) {
        (Some(test), _) => journeys("cargo test, end to end", false, &[test]),
        (None, Some(_)) => journeys("cargo test, end to end", false, &["upload", "--", "--skip", "timing::"]),
        (None, None) => {
            // Beside other journeys a stopwatch would measure those.
            let timing = journeys(
                "cargo test, end to end, timing",
                false,
                &["timing::", "--", "--test-threads", "1", "--nocapture"],
            );
            timing.and(journeys("cargo test, end to end", true, &["--", "--skip", "timing::"]))
        }
    }
}

/// The journeys in Firefox. They are run on demand alone: a second browser and its driver take minutes to install.
fn firefox(options: &Options) -> Result<()> {
    packages::set_up_firefox(options.yes)?;
    let driver = tools::geckodriver()?.join("geckodriver");
    build::build(build::Sizes::Quiet)?;
    let mut command = cargo();
    command.args(["test", "--locked", "--package", "xtask", "--test", "end_to_end", "--"]);
    command.args(["--ignored", "firefox::"]);
    run("cargo test, in Firefox", command.env("IMPORT_PLANNER_GECKODRIVER", driver))
}

fn with_filter<'a>(
    command: &'a mut std::process::Command,
    options: &Options,
) -> &'a mut std::process::Command {
    if let Some(test) = &options.test {
        command.arg(test);
    }
    command
}
