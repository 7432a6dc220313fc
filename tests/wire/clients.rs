//! The real clients: the AWS CLI v1 under bash or many times in one process, and boto3.

use crate::hostile::CANARY;
use crate::python;
use crate::recorder::Recorder;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

static PYTHON: LazyLock<String> = LazyLock::new(|| python::with_modules("awscli, boto3"));

/// What a client is to run.
pub(crate) enum Job {
    /// The AWS CLI with these arguments.
    Cli(Vec<String>),
    /// A Python program.
    Python(String),
}

/// A folder that is a client's home and working directory, and goes with this.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// A new, empty one.
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("import-planner-wire-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Saves a file in it; gives back its path.
    pub(crate) fn save(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The file that hostile text makes when a shell runs it must not be there.
    pub(crate) fn assert_nothing_escaped(&self) {
        assert!(!self.0.join(CANARY).exists(), "a shell ran text of a request");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// A command with nothing of this machine's AWS configuration.
fn command(program: &str, folder: &Folder) -> Command {
    let mut command = Command::new(program);
    command.env_clear().current_dir(&folder.0).env("HOME", &folder.0);
    command.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
    command.envs([
        ("LC_ALL", "C.UTF-8"),
        ("PYTHONUTF8", "1"),
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_MAX_ATTEMPTS", "1"),
    ]);
    command
}

/// The words that bash makes of each command, without the `aws` that they begin with.
pub(crate) fn split_by_bash(commands: &[String], folder: &Folder) -> Vec<Vec<String>> {
    let script = format!("aws() {{ printf '%s\\0' \"$#\" \"$@\"; }}\n{}\n", commands.join("\n"));
    let path = folder.save("split.sh", &script);
    let output = command("bash", folder).arg(path).output().unwrap();
    assert!(output.status.success(), "bash: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let mut words = text.split_terminator('\0');
    let mut split = Vec::new();
    while let Some(count) = words.next() {
        split.push(words.by_ref().take(count.parse().unwrap()).map(str::to_owned).collect());
    }
    assert_eq!(split.len(), commands.len(), "bash ran another number of commands");
    split
}

/// Runs jobs, two processes at a time; what went wrong by the job's number.
pub(crate) fn run(jobs: &[Job], recorder: &Recorder, folder: &Folder) -> HashMap<usize, String> {
    let numbered: Vec<Value> = jobs
        .iter()
        .enumerate()
        .map(|(number, job)| match job {
            Job::Cli(arguments) => json!({"number": number, "arguments": arguments}),
            Job::Python(text) => json!({"number": number, "python": text}),
        })
        .collect();
    let half = numbered.len().div_ceil(2).max(1);
    std::thread::scope(|scope| {
        let running: Vec<_> = numbered
            .chunks(half)
            .map(|jobs| scope.spawn(move || run_in_one_process(jobs, recorder, folder)))
            .collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

fn run_in_one_process(jobs: &[Value], recorder: &Recorder, folder: &Folder) -> Vec<(usize, String)> {
    let mut python = command(&PYTHON, folder);
    python.args(["-c", include_str!("clients.py"), &recorder.url()]);
    let mut child = python.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let input = serde_json::to_vec(jobs).unwrap();
    child.stdin.take().unwrap().write_all(&input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "the process of the clients failed");
    let results: Vec<(usize, Value, String)> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(results.len(), jobs.len());
    let failed = results.into_iter().filter(|(_, code, _)| *code != json!(0));
    failed.map(|(number, code, printed)| (number, format!("exit code {code}: {printed}"))).collect()
}

/// Runs a command as a person does: bash reads it, and `aws` on PATH is the real AWS CLI, sent to the recorder.
pub(crate) fn run_by_bash(
    text: &str,
    number: usize,
    recorder: &Recorder,
    folder: &Folder,
) -> Result<(), String> {
    let programs = Folder::new();
    let wrapper = format!(
        "#!/bin/sh\nexec {} -m awscli \"$@\" --endpoint-url {}/{number}\n",
        quoted(&PYTHON),
        recorder.url()
    );
    make_runnable(&programs.save("aws", &wrapper));
    let script = folder.save("command.sh", text);
    let old = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(programs.0.clone()).chain(std::env::split_paths(&old)));
    let output = command("bash", folder).env("PATH", path.unwrap()).arg(script).output().unwrap();
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr)))
}

/// The interpreter's path for the wrapper; written without the project's quoting, which is on trial.
fn quoted(path: &str) -> String {
    assert!(!path.contains('\''), "the path of Python has a quote");
    format!("'{path}'")
}

#[cfg(unix)]
fn make_runnable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
fn make_runnable(_: &Path) {}
