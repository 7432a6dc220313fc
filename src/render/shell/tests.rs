//! Hostile arguments, given to bash for real.

use super::*;
use std::process::Command;

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

/// What a shell's program was given, for vectors that the shell can say.
fn vectors(seed: u64, shell: Shell, count: usize) -> Vec<(Vec<String>, String)> {
    let mut random = Random(seed);
    let mut said = Vec::new();
    while said.len() < count {
        let arguments: Vec<_> = (0..=random.below(3)).map(|_| random.hostile_text()).collect();
        let vector = [vec!["aws".to_owned()], arguments].concat();
        let groups: Vec<_> = vector.iter().map(|word| vec![word.clone()]).collect();
        let layout = if random.below(2) == 0 { Layout::OneLine } else { Layout::Wrapped };
        if let Ok(text) = quote_command(&groups, shell, layout) {
            said.push((vector, text));
        }
    }
    said
}

#[test]
fn bash_hands_on_exactly_the_arguments_whatever_they_hold() {
    let said = vectors(0x5EED, Shell::Posix, 600);
    let mut script = String::from("aws() { printf '%s\\0' \"$@\" END-OF-VECTOR; }\n");
    let mut expected = String::new();
    for (vector, text) in &said {
        script.push_str(text);
        script.push('\n');
        for argument in &vector[1..] {
            expected.push_str(argument);
            expected.push('\0');
        }
        expected.push_str("END-OF-VECTOR\0");
    }
    let output = Command::new("bash").args(["--norc", "-c", &script]).output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
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
