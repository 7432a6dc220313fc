//! moto, an AWS on loopback, one for all tests; it ends with the process of the tests.

use crate::python;
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

/// The Python that has moto, the AWS CLI and boto3.
pub(crate) static PYTHON: LazyLock<String> =
    LazyLock::new(|| python::with_modules("awscli, boto3, cfnlint, flask, moto"));

struct Moto {
    port: u16,
    /// Its standard input is open as long as this process lives, and moto ends with it.
    _process: Child,
}

static MOTO: LazyLock<Moto> = LazyLock::new(|| {
    let mut command = Command::new(PYTHON.as_str());
    command.args(["-c", include_str!("moto.py")]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut process = command.stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    Moto { port: line.trim().parse().expect("moto starts"), _process: process }
});

/// Where it listens on loopback.
pub(crate) fn port() -> u16 {
    MOTO.port
}

/// Runs a piece of Python with clients for moto (`client(service, region)`, `ec2(region)`, `s3`, `iam`) and the dictionary `given`; gives back
/// what it leaves in `result`.
pub(crate) fn ask(code: &str, given: &Value) -> Value {
    let mut command = Command::new(PYTHON.as_str());
    command.args(["-c", include_str!("ask.py"), &format!("http://127.0.0.1:{}", port()), code]);
    let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    process.stdin.take().unwrap().write_all(given.to_string().as_bytes()).unwrap();
    let output = process.wait_with_output().unwrap();
    assert!(output.status.success(), "{code}");
    serde_json::from_slice(&output.stdout).unwrap()
}
