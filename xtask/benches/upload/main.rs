//! An upload by the page in headless Chromium beside `aws s3 cp` and `curl -T`: the same file to the same server, by turns.
//!
//! `cargo xtask bench upload` sets up what it needs and runs it. The server is Garage, started anew for each run with its
//! data in memory.

#[path = "../../../tests/end_to_end/audit.rs"]
#[allow(dead_code, reason = "the journeys name states, which this does not")]
mod audit;
#[path = "../../../tests/end_to_end/browser.rs"]
#[allow(dead_code, reason = "the journeys do more on the page than this")]
mod browser;
#[path = "../../../tests/end_to_end/garage.rs"]
#[allow(dead_code, reason = "the journeys restart it")]
mod garage;
mod link;
mod memory;
#[path = "../../../tests/end_to_end/page_server.rs"]
mod page_server;
mod page_upload;

use garage::{ACCESS_KEY, Garage, SECRET_KEY};
use link::Link;
use page_upload::{Observed, Signed};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often each client uploads each file; the best counts.
const ROUNDS: usize = 3;
const BUCKET: &str = "bench-bucket";
const KEY: &str = "bench/disk.raw";
/// Where Garage keeps its data: in memory, so that no disk is measured.
const MEMORY: &str = "/dev/shm";

/// The page's share of what `aws s3 cp` reaches, at least.
const LEAST_SHARE: f64 = 0.9;
/// The most that the page's process may grow by, in bytes.
const MOST_GROWTH: u64 = 64 << 20;
/// The longest that the page's thread may be busy at a time.
const LONGEST_TASK: Duration = Duration::from_millis(50);

/// Who uploads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Client {
    PageWithCredentials,
    PageWithTicket,
    AwsCli,
    Curl,
}

const CLIENTS: [(Client, &str); 4] = [
    (Client::PageWithCredentials, "page, signing in the tab"),
    (Client::AwsCli, "aws s3 cp"),
    (Client::PageWithTicket, "page, by a ticket"),
    (Client::Curl, "curl -T"),
];

/// One upload.
struct Run {
    client: Client,
    time: Duration,
    /// What was seen of the page meanwhile.
    page: Option<Observed>,
}

fn main() -> std::process::ExitCode {
    // `cargo test` and `cargo bench` add options of their own.
    let sizes: Vec<u64> = std::env::args().skip(1).filter_map(|size| size.parse().ok()).collect();
    if sizes.is_empty() {
        println!("`cargo xtask bench upload` says how large the files are; nothing is measured without it");
        return std::process::ExitCode::SUCCESS;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let broken: Vec<String> = sizes.iter().flat_map(|size| measure(*size, &runtime)).collect();
    if broken.is_empty() {
        println!("\nEvery promise was kept.");
        return std::process::ExitCode::SUCCESS;
    }
    println!("\nNot kept:\n  {}", broken.join("\n  "));
    std::process::ExitCode::FAILURE
}

/// Uploads a file of so many GiB by every client in turn, prints the table, and gives what was not kept.
fn measure(gibibytes: u64, runtime: &tokio::runtime::Runtime) -> Vec<String> {
    let size = gibibytes << 30;
    let place = place_for(size);
    let folder = tempfile::tempdir_in(&place).expect("a folder for the file");
    let file = folder.path().join("disk.raw");
    make(&file, size).expect("the file is made");
    let way = megabits().map(|megabits| format!(" over a link of {megabits} Mbit/s")).unwrap_or_default();
    println!("\n{gibibytes} GiB from {} to Garage on {MEMORY}{way}; MB = 1,000,000 bytes", place.display());
    let mut runs = Vec::new();
    for round in 1..=ROUNDS {
        for (client, name) in CLIENTS {
            let run = upload(client, &file, runtime);
            println!(
                "  round {round}  {name:<26} {:>7.1} s {:>7.0} MB/s",
                run.time.as_secs_f64(),
                rate(size, run.time)
            );
            runs.push(run);
        }
    }
    print(gibibytes, &runs);
    judge(gibibytes, &runs)
}

/// The speed of the link to the server, where there is one: `cargo xtask bench upload --link` says it.
fn megabits() -> Option<u64> {
    std::env::var("IMPORT_PLANNER_LINK").ok()?.parse().ok()
}

/// In memory where it and the copy that is made of it leave room for all else, and else where temporary files lie.
fn place_for(size: u64) -> PathBuf {
    const ROOM: u64 = 4 << 30;
    if memory::available() >= 2 * size + ROOM { MEMORY.into() } else { std::env::temp_dir() }
}

/// A disk with a partition table, so that the page takes it for one, and bytes that neither repeat nor compress.
fn make(path: &Path, size: u64) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    std::io::copy(&mut File::open("/dev/urandom")?.take(size), &mut file)?;
    let mut record = [0_u8; 512];
    record[446] = 0x80;
    record[450] = 0x83;
    record[454..458].copy_from_slice(&2048_u32.to_le_bytes());
    record[458..462].copy_from_slice(&u32::try_from(size / 512 - 2048).unwrap_or(u32::MAX).to_le_bytes());
    record[510..].copy_from_slice(&[0x55, 0xAA]);
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&record)?;
    file.sync_all()
}

/// Uploads the file to a server that has nothing yet.
fn upload(client: Client, file: &Path, runtime: &tokio::runtime::Runtime) -> Run {
    let program = std::env::var("IMPORT_PLANNER_GARAGE").expect("`cargo xtask bench upload` names Garage");
    let garage = Garage::start(Path::new(&program), Path::new(MEMORY), BUCKET);
    let link = megabits().map(|megabits| runtime.block_on(Link::to(garage.port, megabits)));
    let port = link.as_ref().map_or(garage.port, |link| link.port);
    let (time, page) = match client {
        Client::PageWithCredentials => {
            let (time, seen) = runtime.block_on(page_upload::upload(&garage, port, file, Signed::InTheTab));
            (time, Some(seen))
        }
        Client::PageWithTicket => {
            let (time, seen) = runtime.block_on(page_upload::upload(&garage, port, file, Signed::ByTicket));
            (time, Some(seen))
        }
        Client::AwsCli => (timed(&mut aws(port, file)), None),
        Client::Curl => (timed(&mut curl(&garage, port, file)), None),
    };
    let length =
        garage.run(&format!("print(s3.head_object(Bucket=BUCKET, Key={KEY:?})['ContentLength'])"), &[]);
    let size = std::fs::metadata(file).expect("the file").len();
    assert_eq!(length, Ok(size.to_string()), "the object of {client:?}");
    Run { client, time, page }
}

/// The AWS CLI with its own defaults.
fn aws(port: u16, file: &Path) -> Command {
    let mut command =
        Command::new(std::env::var("IMPORT_PLANNER_PYTHON").unwrap_or_else(|_| "python3".into()));
    command.args(["-m", "awscli", "s3", "cp", "--no-progress"]).arg(file).arg(format!("s3://{BUCKET}/{KEY}"));
    command.env("AWS_ENDPOINT_URL_S3", format!("http://127.0.0.1:{port}"));
    command.env("AWS_ACCESS_KEY_ID", ACCESS_KEY).env("AWS_SECRET_ACCESS_KEY", SECRET_KEY);
    command.env("AWS_DEFAULT_REGION", "us-east-1").env("AWS_CONFIG_FILE", "/dev/null");
    command
}

/// One PUT of the whole: what the server takes at most, without checksums. S3 would take 5 GiB so.
fn curl(garage: &Garage, port: u16, file: &Path) -> Command {
    let sign = format!(
        "s3 = boto3.client('s3', region_name='us-east-1', endpoint_url='http://127.0.0.1:{port}', \
         config=Config(signature_version='s3v4', s3={{'addressing_style': 'path'}}))\n\
         print(s3.generate_presigned_url('put_object', Params={{'Bucket': BUCKET, 'Key': {KEY:?}}}))"
    );
    let url = garage.run(&sign, &[]).expect("a URL");
    let mut command = Command::new("curl");
    command.args(["--silent", "--show-error", "--fail", "--upload-file"]).arg(file).arg(url);
    command
}

fn timed(command: &mut Command) -> Duration {
    let started = Instant::now();
    let status = command.stdout(Stdio::null()).status();
    let status = status.unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
    assert!(status.success(), "{command:?} failed");
    started.elapsed()
}

/// Millions of bytes a second.
#[expect(clippy::cast_precision_loss, reason = "sizes stay below 2^53")]
fn rate(size: u64, time: Duration) -> f64 {
    size as f64 / 1e6 / time.as_secs_f64()
}

fn best(runs: &[Run], client: Client) -> Duration {
    let times = runs.iter().filter(|run| run.client == client).map(|run| run.time);
    times.min().expect("every client has run")
}

fn print(gibibytes: u64, runs: &[Run]) {
    let size = gibibytes << 30;
    let reference = best(runs, Client::AwsCli);
    println!(
        "\n{:<34} {:>9} {:>14}   {:>22} {:>12} {:>10}",
        format!("{gibibytes} GiB, best of {ROUNDS}"),
        "MB/s",
        "÷ aws s3 cp",
        "page's process, MiB",
        "growth, MiB",
        "task, ms"
    );
    for (client, name) in CLIENTS {
        let time = best(runs, client);
        let seen: Vec<&Observed> =
            runs.iter().filter(|run| run.client == client).filter_map(|run| run.page.as_ref()).collect();
        let most = |value: fn(&Observed) -> u64| seen.iter().map(|seen| value(seen)).max().unwrap_or(0);
        let page = if seen.is_empty() {
            String::new()
        } else {
            let task = seen.iter().map(|seen| seen.longest_task).max().unwrap_or_default();
            format!(
                "   {:>22} {:>12} {:>10}",
                most(|seen| seen.peak) >> 20,
                most(|seen| seen.peak.saturating_sub(seen.before)) >> 20,
                task.as_millis()
            )
        };
        let share = reference.as_secs_f64() / time.as_secs_f64();
        println!("{name:<34} {:>9.0} {share:>14.2}{page}", rate(size, time));
    }
    println!(
        "The page's process is Chromium's renderer with the page and its workers: its own resident memory (RssAnon) before\n\
         the upload and at its highest, looked at ten times a second. A task is what keeps the page's thread busy, as\n\
         PerformanceObserver (longtask) and gaps in a timer of 5 ms tell it; of each the largest of all rounds."
    );
}

/// What was promised and not kept.
fn judge(gibibytes: u64, runs: &[Run]) -> Vec<String> {
    let mut broken = Vec::new();
    let share =
        best(runs, Client::AwsCli).as_secs_f64() / best(runs, Client::PageWithCredentials).as_secs_f64();
    if share < LEAST_SHARE {
        broken.push(format!(
            "{gibibytes} GiB: the page reaches {share:.2} of aws s3 cp, less than {LEAST_SHARE}"
        ));
    }
    for seen in runs.iter().filter_map(|run| run.page.as_ref()) {
        let growth = seen.peak.saturating_sub(seen.before);
        if growth > MOST_GROWTH {
            broken.push(format!("{gibibytes} GiB: the page's process grew by {} MiB", growth >> 20));
        }
        if seen.longest_task > LONGEST_TASK {
            broken.push(format!("{gibibytes} GiB: the page's thread was busy for {:?}", seen.longest_task));
        }
    }
    broken
}
