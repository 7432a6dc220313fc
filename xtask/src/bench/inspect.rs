//! The inspector beside `qemu-img info`, each as a program, over the same files in the same run.

#[path = "../../../benches/inspect/archive.rs"]
mod archive;
#[path = "../../../benches/inspect/formats.rs"]
mod formats;
#[path = "../../../benches/inspect/large_appliance.rs"]
mod large_appliance;
#[path = "../../../benches/inspect/system_disk.rs"]
mod system_disk;
#[path = "../../../benches/inspect/tools.rs"]
mod tools;

use crate::process::{cargo, project, run};
use crate::{Result, packages};
use formats::Image;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often each program is run on each image; the median is told.
const ROUNDS: usize = 21;

/// The reads of 64 KiB that the first verdict may take.
const FIRST_READS: u64 = 24;

/// What makes the images, and what they are compared with.
const PROGRAMS: &[&str] = &["qemu-img", "sfdisk", "mkfs.vfat", "mcopy", "mke2fs"];

/// Prints the table, and fails when a promise is not kept.
pub(super) fn bench() -> Result<()> {
    packages::set_up_only(PROGRAMS)?;
    let mut build = cargo();
    run(
        "cargo build --release --example inspect",
        build.args(["build", "--release", "--example", "inspect"]),
    )?;
    let inspector =
        target().join("release/examples").join(format!("inspect{}", std::env::consts::EXE_SUFFIX));
    let folder = target().join("bench-images");
    fresh(&folder)?;
    println!("==> Making the images (about 2 GB in {})", folder.display());
    let images = formats::make_all(&folder);
    println!("    each program {ROUNDS} times on each image, by turns; the medians:\n");
    let measured = images.iter().map(|image| measure(&inspector, image)).collect::<Result<Vec<_>>>();
    std::fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let rows = measured?;
    print(&rows);
    judge(&rows)
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| project().join("target"), PathBuf::from)
}

fn fresh(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}

/// One of the inspector's passes.
struct Pass {
    time: Duration,
    reads: u64,
    bytes: u64,
}

struct Row {
    name: &'static str,
    first: Pass,
    complete: Pass,
    qemu_img: Duration,
}

fn measure(inspector: &Path, image: &Image) -> Result<Row> {
    let mut complete = Command::new(inspector);
    complete.arg("--json");
    if image.files.len() > 1 {
        complete.arg("--set");
    }
    let mut first = Command::new(inspector);
    first.args(complete.get_args()).arg("--first").args(&image.files);
    complete.args(&image.files);
    let mut qemu_img = Command::new("qemu-img");
    qemu_img.args(["info", "--output=json"]).arg(&image.files[0]);
    let (first_counts, complete_counts) = (counts(&mut first)?, counts(&mut complete)?);
    timed(&mut qemu_img)?;
    let mut times: [Vec<Duration>; 3] = Default::default();
    for _ in 0..ROUNDS {
        for (command, times) in [&mut first, &mut complete, &mut qemu_img].into_iter().zip(&mut times) {
            times.push(timed(command)?);
        }
    }
    let [first, complete, qemu_img] = times.map(median);
    let pass = |time, (reads, bytes)| Pass { time, reads, bytes };
    Ok(Row {
        name: image.name,
        first: pass(first, first_counts),
        complete: pass(complete, complete_counts),
        qemu_img,
    })
}

/// How long the program takes, from its start to its end.
fn timed(command: &mut Command) -> Result<Duration> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let started = Instant::now();
    let status = command.status().map_err(|error| format!("{command:?}: {error}"))?;
    let time = started.elapsed();
    if status.success() { Ok(time) } else { Err(format!("{command:?} failed ({status})")) }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The reads and bytes that the inspector reports of itself.
fn counts(command: &mut Command) -> Result<(u64, u64)> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let report: serde_json::Value =
        text.lines().next().and_then(|line| serde_json::from_str(line).ok()).ok_or_else(|| {
            format!("{command:?} printed no report: {}", String::from_utf8_lossy(&output.stderr))
        })?;
    let number = |key: &str| report[key].as_u64().ok_or_else(|| format!("the report has no {key}"));
    Ok((number("reads")?, number("bytes_read")?))
}

fn print(rows: &[Row]) {
    println!(
        "{:<28} {:>9} {:>6} {:>9}   {:>9} {:>6} {:>9}   {:>9} {:>7} {:>9}",
        "", "first", "reads", "read", "complete", "reads", "read", "qemu-img", "÷ first", "÷ complete"
    );
    for Row { name, first, complete, qemu_img } in rows {
        println!(
            "{name:<28} {:>9} {:>6} {:>9}   {:>9} {:>6} {:>9}   {:>9} {:>7.1} {:>9.1}",
            milliseconds(first.time),
            first.reads,
            mebibytes(first.bytes),
            milliseconds(complete.time),
            complete.reads,
            mebibytes(complete.bytes),
            milliseconds(*qemu_img),
            ratio(*qemu_img, first.time),
            ratio(*qemu_img, complete.time),
        );
    }
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

fn mebibytes(bytes: u64) -> String {
    format!("{}.{} MiB", bytes >> 20, ((bytes & 0xF_FFFF) * 10) >> 20)
}

/// How many times as long `other` took.
fn ratio(other: Duration, ours: Duration) -> f64 {
    other.as_secs_f64() / ours.as_secs_f64()
}

/// Holds the rows to what is promised: a first verdict from few reads, and faster than `qemu-img info`.
fn judge(rows: &[Row]) -> Result<()> {
    let broken: Vec<String> = rows
        .iter()
        .flat_map(|row| {
            let many = (row.first.reads > FIRST_READS).then(|| {
                format!(
                    "{}: the first pass took {} reads, more than {FIRST_READS}",
                    row.name, row.first.reads
                )
            });
            let slow = (row.first.time >= row.qemu_img)
                .then(|| format!("{}: the first pass was slower than qemu-img info", row.name));
            many.into_iter().chain(slow)
        })
        .collect();
    if broken.is_empty() {
        println!("\nEvery first verdict took at most {FIRST_READS} reads and less time than qemu-img info.");
        Ok(())
    } else {
        Err(broken.join("\n       "))
    }
}
