//! POSIX shells (IEEE 1003.1, Shell Command Language, 2.2 Quoting).

use super::Inexpressible;

/// Words that a shell reads as its own grammar when they stand unquoted in a program's place.
const RESERVED: &[&str] = &[
    "case",
    "coproc",
    "do",
    "done",
    "elif",
    "else",
    "end",
    "esac",
    "fi",
    "for",
    "foreach",
    "function",
    "if",
    "in",
    "nocorrect",
    "repeat",
    "select",
    "then",
    "time",
    "until",
    "while",
];

/// Between single quotes every character stands for itself; a single quote is closed, escaped and opened again.
pub(super) fn quote(argument: &str) -> Result<String, Inexpressible> {
    if argument.chars().any(|character| character.is_control() && character != '\n') {
        // A terminal acts upon them while the command is pasted, whatever the quoting.
        return Err(Inexpressible("a control character cannot be pasted into a terminal safely"));
    }
    if is_plain(argument) {
        return Ok(argument.to_owned());
    }
    Ok(format!("'{}'", argument.replace('\'', r"'\''")))
}

/// As [`quote`]; a reserved word or an assignment is quoted as well.
pub(super) fn quote_program(program: &str) -> Result<String, Inexpressible> {
    if RESERVED.contains(&program) || (is_plain(program) && program.contains('=')) {
        return Ok(format!("'{program}'"));
    }
    quote(program)
}

/// Whether no shell finds anything to expand; a leading `=` or `%` means something to zsh and job control.
fn is_plain(argument: &str) -> bool {
    argument.starts_with(|first: char| first.is_ascii_alphanumeric() || "/._-:@+".contains(first))
        && argument
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "/._-:@+=,%".contains(character))
}
