//! The programs that make the images.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs a program in `folder`, also one of the administrator's, and gives what it printed.
///
/// # Panics
/// When it is not there or fails: what is measured without it would be something else.
pub(crate) fn tool(folder: &Path, name: &str, arguments: &[&str], input: &str) -> String {
    let path = std::env::var("PATH").unwrap_or_default();
    let mut child = Command::new(name)
        .args(arguments)
        .current_dir(folder)
        // Debian keeps mkfs and its kin where only root's PATH looks.
        .env("PATH", format!("{path}:/usr/sbin:/sbin"))
        .env("MTOOLS_SKIP_CHECK", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("the images need the program {name}: {error}"));
    let written = child.stdin.take().map(|mut stdin| stdin.write_all(input.as_bytes()));
    assert!(matches!(written, Some(Ok(()))), "{name} takes its input");
    let output = child.wait_with_output().unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(output.status.success(), "{name} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
