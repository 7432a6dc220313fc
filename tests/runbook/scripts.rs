//! Runs scripts as a person does, in a folder of their own, against the servers on loopback.

use crate::endpoint::Endpoint;
use crate::moto::{self, PYTHON};
use import_planner::runbook::{Language, Runbook, write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// The file that hostile names make when something runs them.
pub(crate) const CANARY: &str = "escaped-from-the-runbook";

/// The languages that run here.
pub(crate) const RUNNABLE: [Language; 2] = [Language::Bash, Language::Python];

/// How a script ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) printed: String,
    pub(crate) complaint: String,
}

/// The folder in which scripts run: it holds the image.
pub(crate) struct Folder {
    work: TempDir,
    programs: TempDir,
}

impl Folder {
    /// A folder with an image of some size.
    pub(crate) fn with_image(name: &str, size: u64) -> Self {
        Self::with_images(&[(name, size)])
    }

    /// A folder with images, each of some size.
    pub(crate) fn with_images(images: &[(&str, u64)]) -> Self {
        let folder = Self { work: TempDir::new().unwrap(), programs: TempDir::new().unwrap() };
        for (name, size) in images {
            std::fs::write(folder.work.path().join(name), vec![7; usize::try_from(*size).unwrap()]).unwrap();
        }
        assert!(!PYTHON.contains('\''), "the path of Python has a quote");
        folder.program("aws", &format!("exec '{}' -m awscli \"$@\"", *PYTHON));
        folder.program("python3", &format!("exec '{}' \"$@\"", *PYTHON));
        folder
    }

    fn program(&self, name: &str, line: &str) {
        let path = self.programs.path().join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{line}\n")).unwrap();
        make_runnable(&path);
    }

    /// Writes the runbook and runs the steps, or all that are on where none is named.
    pub(crate) fn run(
        &self,
        runbook: &Runbook,
        language: Language,
        steps: &[&str],
        endpoint: &Endpoint,
    ) -> Ended {
        let script = write(runbook, language).unwrap_or_else(|problems| panic!("{problems:?}"));
        std::fs::write(self.work.path().join(&script.file_name), &script.text).unwrap();
        let mut command = match language {
            Language::Bash => Command::new("bash"),
            Language::Python => Command::new(PYTHON.as_str()),
            Language::PowerShell => panic!("there is no PowerShell here"),
        };
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::iter::once(self.programs.path().to_owned()).chain(std::env::split_paths(&path));
        command.arg(&script.file_name).args(steps).current_dir(self.work.path()).env_clear().envs([
            ("LC_ALL", "C.UTF-8"),
            ("PYTHONUTF8", "1"),
            ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("POLL_SECONDS", "0"),
        ]);
        command.env("HOME", self.work.path()).env("PATH", std::env::join_paths(path).unwrap());
        command.env("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{}", moto::port()));
        command.env("AWS_ENDPOINT_URL_EC2", endpoint.url());
        if endpoint.answers_for_s3() {
            command.env("AWS_ENDPOINT_URL_S3", endpoint.url());
        }
        let output = command.output().unwrap();
        assert!(!self.work.path().join(CANARY).exists(), "a name was run:\n{}", script.text);
        Ended {
            code: output.status.code().unwrap_or(-1),
            printed: String::from_utf8_lossy(&output.stdout).into_owned(),
            complaint: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Has an image changed some seconds from now, or before now where they are negative.
    pub(crate) fn change(&self, name: &str, seconds: i64) {
        let file = std::fs::File::options().append(true).open(self.work.path().join(name)).unwrap();
        let (now, difference) = (SystemTime::now(), Duration::from_secs(seconds.unsigned_abs()));
        file.set_modified(if seconds < 0 { now - difference } else { now + difference }).unwrap();
    }

    /// Takes an image away.
    pub(crate) fn remove(&self, name: &str) {
        std::fs::remove_file(self.work.path().join(name)).unwrap();
    }

    /// As [`Self::run`], which must end well; what it printed.
    pub(crate) fn run_well(
        &self,
        runbook: &Runbook,
        language: Language,
        steps: &[&str],
        endpoint: &Endpoint,
    ) -> String {
        let ended = self.run(runbook, language, steps, endpoint);
        assert_eq!(ended.code, 0, "{}: {}\n{}", language.name(), ended.complaint, ended.printed);
        ended.printed
    }
}

#[cfg(unix)]
fn make_runnable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
fn make_runnable(_: &Path) {}
