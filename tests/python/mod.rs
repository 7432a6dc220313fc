//! The Python with the AWS CLI v1, boto3 and moto, which `cargo xtask test` installs and names.

use std::process::Command;

/// The interpreter that `IMPORT_PLANNER_PYTHON` names, or `python3`: its whole path, since tests put programs of that name
/// before it in PATH.
///
/// # Panics
///
/// When it cannot import `modules`: a test that holds us to the real clients must not pass without them.
pub(crate) fn with_modules(modules: &str) -> String {
    let python = std::env::var("IMPORT_PLANNER_PYTHON").unwrap_or_else(|_| "python3".into());
    match Command::new(&python)
        .args(["-c", &format!("import {modules}, sys; print(sys.executable)")])
        .output()
    {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        Ok(output) => panic!(
            "{python} cannot import {modules}; `cargo xtask test` installs them and runs this test.\n{}",
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(error) => {
            panic!("{python} does not start ({error}); `cargo xtask test` installs what this test needs.")
        }
    }
}

/// What `program` prints as JSON, given `arguments`, in the Python that has `modules`.
///
/// # Panics
///
/// When it fails; what it says of that is in the message.
#[allow(dead_code, reason = "not every test that starts a Python asks it for JSON")]
pub(crate) fn printed_json(modules: &str, program: &str, arguments: &[&str]) -> serde_json::Value {
    let output = Command::new(with_modules(modules)).args(["-c", program]).args(arguments).output();
    let output = output.expect("it started before");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("it prints JSON")
}
