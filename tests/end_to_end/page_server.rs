//! The built page, served by `cargo xtask serve` itself, with the headers it is meant to be hosted under.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A running server; dropping it stops it.
pub(crate) struct PageServer {
    process: Child,
    /// The page's address.
    pub(crate) address: String,
}

impl PageServer {
    /// Serves `dist/` as it is. The page may upload to `s3_origin` besides AWS's own hosts.
    pub(crate) fn start(s3_origin: &str) -> Self {
        Self::start_with(&["--s3-origin", s3_origin])
    }

    /// Serves with further options of `cargo xtask serve`.
    pub(crate) fn start_with(options: &[&str]) -> Self {
        Self::start_at("0", options)
    }

    /// The same at a port of one's own choice.
    pub(crate) fn start_at(port: &str, options: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["serve", "--no-build", "--port", port])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .expect("xtask starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("its output is piped"))
            .read_line(&mut line)
            .expect("it says where");
        let address = line.split_whitespace().find(|word| word.starts_with("http://"));
        Self { address: address.unwrap_or_else(|| panic!("no address in {line:?}")).to_owned(), process }
    }

    /// The page's origin: scheme, host and port.
    pub(crate) fn origin(&self) -> String {
        self.address.split('/').take(3).collect::<Vec<_>>().join("/")
    }
}

impl Drop for PageServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
