//! Hostile arguments, given to bash for real.

use super::*;
use proptest::prelude::*;
use std::io::Write;
use std::process::{Command, Stdio};

/// A generator of the tests' own (xorshift), so that a failure can be repeated from its seed.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    pub(crate) fn pick<'a>(&mut self, pieces: &[&'a str]) -> &'a str {
        pieces[self.below(pieces.len())]
    }

    /// Text that tries to be more than text.
    pub(crate) fn hostile_text(&mut self) -> String {
        (0..self.below(7)).map(|_| self.pick(HOSTILE)).collect()
    }
}

const HOSTILE: &[&str] = &[
    "'",
    "\"",
    "`",
    "\\",
    "$(touch /nowhere)",
    "${IFS}",
    "$HOME",
    "%PATH%",
    "!x!",
    "!",
    "%",
    "\n",
    "\r\n",
    "\t",
    " ",
    "-",
    "--",
    "-x",
    ";",
    "&",
    "&&",
    "|",
    "<",
    ">",
    ">>f",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "{a,b}",
    "*",
    "?",
    "~",
    "~root",
    "#",
    "=",
    "=ls",
    ",",
    "@",
    "@(",
    "$",
    "^",
    "\0",
    "\u{1b}[201~",
    "\u{7f}",
    "\u{85}",
    "\u{2018}",
    "\u{2019}",
    "\u{201a}",
    "\u{201b}",
    "\u{201c}",
    "\u{a0}",
    "\u{2028}",
    "é",
    "東京",
    "🦀",
    "file://",
    "https://",
    "a",
    "B",
    "0",
    "if",
    "EOF\n",
    "\\\"",
    "\\\\\"",
    "\"\"",
];

/// Argument vectors of hostile pieces, or of any characters at all.
fn vectors() -> impl Strategy<Value = Vec<Vec<String>>> {
    let hostile =
        prop::collection::vec(prop::sample::select(HOSTILE), 0..7).prop_map(|pieces| pieces.concat());
    let any = prop::collection::vec(any::<char>(), 0..12).prop_map(String::from_iter);
    let vector = prop::collection::vec(prop_oneof![hostile, any, "[ -~]{0,20}"], 1..4);
    prop::collection::vec(vector, 1..300)
}

/// What bash's program was given by a script of commands, all in one process.
fn run_by_bash(script: &str) -> Result<String, String> {
    let script = format!("aws() {{ printf '%s\\0' \"$@\" END-OF-VECTOR; }}\n{script}");
    let mut bash = Command::new("bash");
    bash.args(["--norc", "-s"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = bash.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(script.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    if complaint.is_empty() { Ok(String::from_utf8(output.stdout).unwrap()) } else { Err(complaint) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bash_hands_on_exactly_the_arguments_whatever_they_hold(vectors in vectors(), is_wrapped: bool) {
        let layout = if is_wrapped { Layout::Wrapped } else { Layout::OneLine };
        let (mut script, mut expected) = (String::new(), String::new());
        for arguments in &vectors {
            let groups: Vec<Vec<String>> =
                std::iter::once("aws").chain(arguments.iter().map(String::as_str)).map(|word| vec![word.to_owned()]).collect();
            let Ok(text) = quote_command(&groups, Shell::Posix, layout) else { continue };
            script.push_str(&text);
            script.push('\n');
            for argument in arguments.iter().map(String::as_str).chain(["END-OF-VECTOR"]) {
                expected.push_str(argument);
                expected.push('\0');
            }
        }
        prop_assert_eq!(run_by_bash(&script), Ok(expected));
    }
}

#[test]
fn no_shell_says_a_nul() {
    for shell in Shell::ALL {
        assert!(quote("a\0b", shell).is_err());
    }
}

#[test]
fn a_program_whose_name_is_hostile_is_still_one_word() {
    let quoted =
        |program: &str, shell| crate::render::command::quote(&[program.to_owned(), "x".to_owned()], shell);
    assert_eq!(quoted("if", Shell::Posix).unwrap(), "'if' x");
    assert_eq!(quoted("a=b", Shell::Posix).unwrap(), "'a=b' x");
    assert_eq!(
        quoted("C:\\Program Files\\qemu", Shell::PowerShell).unwrap(),
        "& 'C:\\Program Files\\qemu' x"
    );
    assert_eq!(quoted("C:\\Program Files\\qemu", Shell::Cmd).unwrap(), "\"C:\\Program Files\\qemu\" x");
}
