//! The page by Lighthouse: its four scores, and how soon it is drawn, on a slow phone with a slow network.

use crate::process::{find_on_path, project, run};
use crate::{Result, build, tools};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The scores that are asked for, and what the page is held to, of 100.
const SCORES: &[(&str, f64)] =
    &[("performance", 95.0), ("accessibility", 100.0), ("best-practices", 100.0), ("seo", 100.0)];

/// What else is printed, each in its own unit.
const FIGURES: &[&str] = &[
    "first-contentful-paint",
    "largest-contentful-paint",
    "total-blocking-time",
    "cumulative-layout-shift",
    "speed-index",
    "total-byte-weight",
];

/// How often it is run; the median counts.
const RUNS: usize = 3;

/// Runs Lighthouse's mobile preset on the built page, served compressed as CloudFront does.
pub(super) fn bench() -> Result<()> {
    build::build(build::Sizes::Quiet)?;
    let lighthouse = tools::lighthouse()?;
    let folder = project().join("target/bench-page");
    compressed_copy(&project().join("dist"), &folder.join("dist"))?;
    let server = Server::start(&folder.join("dist"))?;
    let mut reports = Vec::new();
    for number in 1..=RUNS {
        let path = folder.join(format!("lighthouse-{number}.json"));
        let mut command = Command::new(&lighthouse);
        command.arg(&server.address).arg("--output=json").arg(format!("--output-path={}", path.display()));
        command.args([
            "--quiet",
            "--form-factor=mobile",
            "--only-categories=performance,accessibility,best-practices,seo",
        ]);
        command.arg("--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-quic --disable-background-networking");
        if let Some(chromium) = find_on_path("chromium") {
            command.env("CHROME_PATH", chromium);
        }
        run(&format!("Lighthouse, run {number} of {RUNS}"), &mut command)?;
        let text = build::read(&path)?;
        reports.push(serde_json::from_slice(&text).map_err(|error| format!("{}: {error}", path.display()))?);
    }
    print_and_judge(&reports)
}

fn print_and_judge(reports: &[Value]) -> Result<()> {
    let mut low = Vec::new();
    println!("\n{:<28} {:>10}", "Lighthouse, mobile", "median");
    for (name, least) in SCORES {
        let score = median(reports, |report| report["categories"][name]["score"].as_f64()) * 100.0;
        println!("{name:<28} {score:>10.0}");
        // What was not measured is no number, and no number is below another.
        if score.is_nan() || score < *least {
            low.push(format!("{name} is {score:.0} and should be {least:.0}"));
        }
    }
    for name in FIGURES {
        let value = median(reports, |report| report["audits"][name]["numericValue"].as_f64());
        println!("{name:<28} {value:>10.2}");
    }
    for fault in reports.first().map(faults).unwrap_or_default() {
        println!("not perfect: {fault}");
    }
    if low.is_empty() { Ok(()) } else { Err(low.join("; ")) }
}

/// The audits that a score lost something by.
fn faults(report: &Value) -> Vec<String> {
    let categories = SCORES.iter().filter_map(|(name, _)| report["categories"][name]["auditRefs"].as_array());
    let counted =
        categories.flatten().filter(|audit| audit["weight"].as_f64().is_some_and(|weight| weight > 0.0));
    let audits = counted.filter_map(|audit| audit["id"].as_str()).map(|id| &report["audits"][id]);
    let lost = audits.filter(|audit| audit["score"].as_f64().is_some_and(|score| score < 0.9));
    lost.map(|audit| {
        format!(
            "{}: {}",
            audit["id"].as_str().unwrap_or_default(),
            audit["title"].as_str().unwrap_or_default()
        )
    })
    .collect()
}

fn median(reports: &[Value], value: impl Fn(&Value) -> Option<f64>) -> f64 {
    let mut values: Vec<f64> = reports.iter().filter_map(value).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A copy of the build with a compressed file beside each.
fn compressed_copy(from: &Path, to: &Path) -> Result<()> {
    let fault = |error: std::io::Error| format!("{}: {error}", to.display());
    if to.exists() {
        std::fs::remove_dir_all(to).map_err(fault)?;
    }
    std::fs::create_dir_all(to).map_err(fault)?;
    for entry in std::fs::read_dir(from).map_err(fault)?.flatten() {
        let bytes = build::read(&entry.path())?;
        let name = entry.file_name().to_string_lossy().into_owned();
        std::fs::write(to.join(format!("{name}.br")), build::brotli(&bytes, CLOUDFRONT_QUALITY))
            .map_err(fault)?;
        std::fs::write(to.join(name), bytes).map_err(fault)?;
    }
    Ok(())
}

/// CloudFront compresses while it answers, so not as well as brotli can.
const CLOUDFRONT_QUALITY: i32 = 5;

/// `cargo xtask serve` on a folder; dropping it stops it.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(folder: &Path) -> Result<Self> {
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let mut process = Command::new(program)
            .args(["serve", "--port", "0", "--folder"])
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("the server did not start: {error}"))?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut line).map_err(|error| error.to_string())?;
        }
        let address =
            line.split_whitespace().find(|word| word.starts_with("http://")).unwrap_or_default().to_owned();
        Ok(Self { process, address })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
