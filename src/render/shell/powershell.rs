//! PowerShell (about_Quoting_Rules, about_Parsing), written so that 5.1 and 7 hand on the same arguments.
//!
//! What PowerShell 5.1 and 7 up to 7.2 hand to a program is not what they read: a double quote inside an argument is
//! not escaped, an empty argument is dropped, and an argument with a space is put into quotes that a backslash at its end
//! would escape. From 7.3 on it is done right. No spelling serves both, so such arguments are inexpressible.

use super::Inexpressible;

/// Between single quotes every character stands for itself but the single quote, which is doubled; PowerShell reads
/// four typographic characters as single quotes too.
pub(super) fn quote(argument: &str) -> Result<String, Inexpressible> {
    if argument.chars().any(|character| character.is_control() && character != '\n') {
        return Err(Inexpressible("a control character cannot be pasted into a terminal safely"));
    }
    if argument.is_empty() {
        return Err(Inexpressible("Windows PowerShell 5 drops an empty argument"));
    }
    if argument.contains('"') {
        return Err(Inexpressible("Windows PowerShell 5 loses double quotes inside an argument"));
    }
    if argument.ends_with('\\') && argument.chars().any(char::is_whitespace) {
        return Err(Inexpressible(
            "Windows PowerShell 5 takes a backslash at the end for the escape of a quote",
        ));
    }
    if is_plain(argument) { Ok(argument.to_owned()) } else { Ok(single_quoted(argument)) }
}

/// As [`quote`]; a program's name in quotes would be a string and not a command, so it is called with `&`.
pub(super) fn quote_program(program: &str) -> Result<String, Inexpressible> {
    let quoted = quote(program)?;
    Ok(if quoted.starts_with('\'') { format!("& {quoted}") } else { quoted })
}

fn single_quoted(argument: &str) -> String {
    let mut quoted = String::from("'");
    for character in argument.chars() {
        if matches!(character, '\'' | '\u{2018}'..='\u{201B}') {
            quoted.push(character);
        }
        quoted.push(character);
    }
    quoted.push('\'');
    quoted
}

/// A word or path of simple characters, an option such as `--region`, or a whole number without leading zeros.
fn is_plain(argument: &str) -> bool {
    let simple = |text: &str, more: &str| {
        text.chars().all(|character| character.is_ascii_alphanumeric() || more.contains(character))
    };
    if let Some(option) = argument.strip_prefix("--") {
        return option.starts_with(|first: char| first.is_ascii_alphabetic()) && simple(option, "-");
    }
    let is_number = argument.len() <= 9
        && !argument.starts_with('0')
        && argument.chars().all(|character| character.is_ascii_digit());
    is_number
        || (argument.starts_with(|first: char| first.is_ascii_alphabetic())
            && simple(argument, "_.-/")
            && !RESERVED.iter().any(|word| argument.eq_ignore_ascii_case(word)))
}

/// Words of PowerShell's grammar that stand bare in a command's place.
const RESERVED: &[&str] = &[
    "assembly",
    "base",
    "begin",
    "break",
    "catch",
    "class",
    "clean",
    "command",
    "configuration",
    "continue",
    "data",
    "define",
    "do",
    "dynamicparam",
    "else",
    "elseif",
    "end",
    "enum",
    "exit",
    "filter",
    "finally",
    "for",
    "foreach",
    "from",
    "function",
    "hidden",
    "if",
    "in",
    "interface",
    "module",
    "namespace",
    "parallel",
    "param",
    "private",
    "process",
    "public",
    "return",
    "sequence",
    "static",
    "switch",
    "throw",
    "trap",
    "try",
    "type",
    "until",
    "using",
    "var",
    "while",
    "workflow",
];
