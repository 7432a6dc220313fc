//! The real clients: the AWS CLI of both versions, under bash or many times in one process, and boto3.

use crate::hostile::CANARY;
use crate::python;
use crate::recorder::Recorder;
use import_planner::render::cli::Version;
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The Python with version 1 of the AWS CLI, boto3, and a parser of Terraform's language.
pub(crate) static PYTHON: LazyLock<String> = LazyLock::new(|| python::with_modules("awscli, boto3, hcl2"));

/// The Python with version 2 of the AWS CLI: Debian's own, unless the variable names another.
pub(crate) static PYTHON_OF_VERSION_2: LazyLock<String> = LazyLock::new(|| {
    let python =
        std::env::var("IMPORT_PLANNER_PYTHON_AWSCLI_2").unwrap_or_else(|_| "/usr/bin/python3".into());
    let program = "import awscli; assert awscli.__version__.startswith('2.'), awscli.__version__";
    match Command::new(&python).args(["-c", program]).output() {
        Ok(output) if output.status.success() => python,
        _ => panic!(
            "{python} has no version 2 of the AWS CLI; `cargo xtask test` installs Debian's package awscli and runs this test"
        ),
    }
});

/// A folder with EC2's model as the botocore of version 1 has it: Debian's version 2 is older than the newest
/// parameters, and reads the model from here first.
static MODEL: LazyLock<PathBuf> = LazyLock::new(|| {
    const COPY: &str = r"
import gzip, os, sys, botocore
base = os.path.join(os.path.dirname(botocore.__file__), 'data', 'ec2', '2016-11-15', 'service-2.json')
text = gzip.open(base + '.gz').read() if os.path.exists(base + '.gz') else open(base, 'rb').read()
open(sys.argv[1], 'wb').write(text)
";
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wire-model");
    let folder = root.join("ec2/2016-11-15");
    std::fs::create_dir_all(&folder).unwrap();
    // Whole at once, so that another run of the tests never reads half of it.
    let new = folder.join(format!("{}.new", std::process::id()));
    let copied = Command::new(&*PYTHON).args(["-c", COPY]).arg(&new).status().unwrap();
    assert!(copied.success(), "botocore's model of EC2 cannot be copied");
    std::fs::rename(new, folder.join("service-2.json")).unwrap();
    root
});

fn python_of(version: Version) -> &'static str {
    match version {
        Version::One => &PYTHON,
        Version::Two => &PYTHON_OF_VERSION_2,
    }
}

/// What a client is to run.
#[derive(Debug)]
pub(crate) enum Job {
    /// The AWS CLI of a version with these arguments, in a folder.
    Cli(Version, Vec<String>, PathBuf),
    /// A Python program.
    Python(String),
}

/// What came of a job.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    /// The exit code.
    pub(crate) code: Value,
    /// What was printed.
    pub(crate) printed: String,
}

/// A folder that is a client's home and working directory, and goes with this.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// A folder in it.
    pub(crate) fn inner(&self, name: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(&path).unwrap();
        path
    }

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
pub(crate) fn command(program: &str, folder: &Folder) -> Command {
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
        ("AWS_PAGER", ""),
        ("AWS_SHARED_CREDENTIALS_FILE", "credentials"),
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

/// Runs jobs, each kind of client in a process of its own; the outcomes in the order of the jobs.
pub(crate) fn run(jobs: &[Job], recorder: &Recorder, folder: &Folder) -> Vec<Outcome> {
    let mut kinds: [Vec<Value>; 3] = Default::default();
    for (number, job) in jobs.iter().enumerate() {
        match job {
            Job::Cli(version, arguments, folder) => kinds[usize::from(*version == Version::Two)]
                .push(json!({"number": number, "arguments": arguments, "folder": folder})),
            Job::Python(text) => kinds[2].push(json!({"number": number, "python": text})),
        }
    }
    let versions = [Version::One, Version::Two, Version::One];
    let mut outcomes: Vec<(usize, Outcome)> = std::thread::scope(|scope| {
        let running: Vec<_> = kinds
            .iter()
            .zip(versions)
            .map(|(jobs, version)| scope.spawn(move || run_in_one_process(jobs, version, recorder, folder)))
            .collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    outcomes.sort_by_key(|(number, _)| *number);
    assert_eq!(outcomes.len(), jobs.len());
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

fn run_in_one_process(
    jobs: &[Value],
    version: Version,
    recorder: &Recorder,
    folder: &Folder,
) -> Vec<(usize, Outcome)> {
    if jobs.is_empty() {
        return Vec::new();
    }
    let mut python = command(python_of(version), folder);
    if version == Version::Two {
        python.env("AWS_DATA_PATH", &*MODEL);
    }
    python.args(["-c", include_str!("clients.py"), &recorder.url()]);
    let mut child = python.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let input = serde_json::to_vec(jobs).unwrap();
    child.stdin.take().unwrap().write_all(&input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "the process of the clients failed");
    let results: Vec<(usize, Value, String)> = serde_json::from_slice(&output.stdout).unwrap();
    results.into_iter().map(|(number, code, printed)| (number, Outcome { code, printed })).collect()
}

/// Runs a command as a person does: bash reads it, and `aws` on PATH is the real AWS CLI, sent to the recorder.
pub(crate) fn run_by_bash(
    text: &str,
    version: Version,
    number: usize,
    recorder: &Recorder,
    folder: &Folder,
) -> Result<(), String> {
    let programs = Folder::new();
    let wrapper = format!(
        "#!/bin/sh\nexec {} -m awscli \"$@\" --endpoint-url {}/{number}\n",
        quoted(python_of(version)),
        recorder.url()
    );
    make_runnable(&programs.save("aws", &wrapper));
    let script = folder.save("command.sh", text);
    let old = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(programs.0.clone()).chain(std::env::split_paths(&old)));
    let output = command("bash", folder)
        .env("PATH", path.unwrap())
        .env("AWS_DATA_PATH", &*MODEL)
        .arg(script)
        .output()
        .unwrap();
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
