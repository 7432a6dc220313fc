//! Where in a text a command of the AWS CLI or of curl may begin: at its beginning, or in the midst of a script.

use crate::render::shell::Shell;
use crate::request::calls;

/// How many places with a program's name are looked at.
const MOST_NAMES: usize = 1000;
/// How many of them are read as commands, each in every shell.
const MOST: usize = 16;
/// How much of a line before the program is looked at, in bytes.
const LONGEST_BEFORE: usize = 2048;
/// Among how many words behind the program the call's name must be.
const NEAR: usize = 40;

/// Whose command it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Program {
    Aws,
    Curl,
}

/// The programs' names, the longer ones first.
const PROGRAMS: [(&str, Program); 5] = [
    ("aws.exe", Program::Aws),
    ("aws.cmd", Program::Aws),
    ("aws", Program::Aws),
    ("curl.exe", Program::Curl),
    ("curl", Program::Curl),
];

/// A place where a command begins.
#[derive(Debug)]
pub(super) struct Start {
    pub(super) program: Program,
    /// Behind the program's name and its closing quotation mark, in bytes.
    pub(super) at: usize,
    /// Where the command ends at the latest.
    pub(super) end: usize,
    /// Whether nothing but a prompt stands before it.
    pub(super) is_beginning: bool,
    /// Whether it lies in the parentheses of a substitution.
    pub(super) is_enclosed: bool,
    /// The shell, where the way in which the result is kept tells it.
    pub(super) shell: Option<Shell>,
}

/// The places in their order, a bounded number of them.
pub(super) fn all(text: &str) -> impl Iterator<Item = Start> {
    let last_body = text.rfind("Action=");
    let names = ["aws", "curl"].map(|name| text.match_indices(name).map(|(at, _)| at).take(MOST_NAMES));
    let mut places: Vec<usize> = names.into_iter().flatten().collect();
    places.sort_unstable();
    let of = move |at: usize| {
        let start = at_name(text, at)?;
        let may_call = match start.program {
            Program::Aws => names_a_call(text.get(start.at..)?),
            Program::Curl => last_body.is_some_and(|body| start.at < body),
        };
        (start.is_beginning || may_call).then_some(start)
    };
    places.into_iter().filter_map(of).take(MOST)
}

/// Whether `ec2` and a known call stand among the next words.
fn names_a_call(rest: &str) -> bool {
    let mut words = rest.split_whitespace().take(NEAR);
    words.any(|word| word == "ec2") && {
        let is_call = |word: &str| {
            let word = word.trim_matches(['"', '\'', ')', ';', '`']);
            calls::CALLS.iter().any(|call| call.cli == word)
        };
        words.any(is_call)
    }
}

/// The command whose program is named at a place, if a command can begin there.
fn at_name(text: &str, at: usize) -> Option<Start> {
    let rest = text.get(at..)?;
    let (name, program) = PROGRAMS.into_iter().find(|(name, _)| rest.starts_with(name))?;
    let behind = at.saturating_add(name.len());
    let next = text.get(behind..)?.chars().next();
    let quote = next.filter(|next| matches!(next, '"' | '\''));
    if !next.is_none_or(char::is_whitespace) && quote.is_none() {
        return None;
    }
    let before = line_before(text, at);
    let line_start = at.saturating_sub(before.len());
    // The program's folder, which may hold spaces within quotation marks.
    let folder = match quote {
        Some(quote) => before.rfind(quote)?,
        None => before
            .rfind(|character: char| character.is_whitespace() || "(;&|`={".contains(character))
            .map_or(0, |last| last.saturating_add(1)),
    };
    let folder_text = before.get(folder..)?;
    if !folder_text.is_empty() && !folder_text.ends_with(['/', '\\']) && quote.is_none() {
        return None;
    }
    let before = before.get(..folder)?;
    let is_beginning = line_start == 0
        || text.get(..line_start).is_some_and(|text| text.len() <= LONGEST_BEFORE && text.trim().is_empty());
    let is_beginning = is_beginning && before.trim_matches([' ', '\t', '\r', '\n', '$', '>', '&']).is_empty();
    if !is_beginning && !leads_to_command(before) {
        return None;
    }
    let is_in_backticks = before.ends_with('`');
    let end = if is_in_backticks {
        text.get(behind..)?.find('`').map(|end| end.saturating_add(behind))
    } else {
        None
    };
    Some(Start {
        program,
        at: behind.saturating_add(quote.map_or(0, char::len_utf8)),
        end: end.unwrap_or(text.len()),
        is_beginning,
        is_enclosed: before.trim_end().ends_with('('),
        shell: shell_of(before).or_else(|| text.starts_with("#!").then_some(Shell::Posix)),
    })
}

/// The line before a place, as far as it is looked at.
fn line_before(text: &str, at: usize) -> &str {
    let first = at.saturating_sub(LONGEST_BEFORE);
    let first = (first..=at).find(|place| text.is_char_boundary(*place)).unwrap_or(at);
    let before = text.get(first..at).unwrap_or_default();
    before.rsplit('\n').next().unwrap_or_default()
}

/// Whether a command can follow upon the beginning of a line; prose cannot come before one.
fn leads_to_command(before: &str) -> bool {
    /// Programs that run another one, with options of their own.
    const WRAPPERS: &[&str] =
        &["sudo", "doas", "env", "time", "nohup", "exec", "command", "nice", "timeout", "aws-vault"];
    const KEYWORDS: &[&str] = &[
        "if", "then", "elif", "else", "do", "while", "until", "!", "return", "export", "local", "declare",
        "readonly", "set", "$", ">", "=", "@",
    ];
    if before.trim_start().starts_with('#') {
        return false;
    }
    let last = before.rsplit([';', '&', '|', '(', '`', '{']).next().unwrap_or_default();
    for word in last.split_whitespace() {
        if WRAPPERS.contains(&word) {
            return true;
        }
        if !KEYWORDS.contains(&word) && !word.starts_with('$') && assigned(word).is_none() {
            return false;
        }
    }
    true
}

/// The name to which a word assigns something.
fn assigned(word: &str) -> Option<&str> {
    let (name, _) = word.split_once('=')?;
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_name.then_some(name)
}

/// The shell in which a line begins like this: `NAME=$(`, or `$name = `.
fn shell_of(before: &str) -> Option<Shell> {
    let start = before.trim_start();
    if let Some(rest) = start.strip_prefix('$') {
        let end =
            rest.find(|character: char| !(character.is_ascii_alphanumeric() || "_:".contains(character)))?;
        return (end > 0 && rest.get(end..)?.trim_start().starts_with('=')).then_some(Shell::PowerShell);
    }
    let start = start.strip_prefix("export ").unwrap_or(start);
    assigned(start.split_whitespace().next()?).map(|_| Shell::Posix)
}

/// The options that the environment stands for, as far as the text before the command sets it.
/// <https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html>
pub(super) fn environment(before: &str) -> Vec<(&'static str, String)> {
    const VARIABLES: [(&str, &[&str]); 2] =
        [("--profile", &["AWS_PROFILE"]), ("--region", &["AWS_REGION", "AWS_DEFAULT_REGION"])];
    let of = |(option, names): (&'static str, &[&str])| {
        names.iter().find_map(|name| set_to(before, name)).map(|value| (option, value))
    };
    VARIABLES.into_iter().filter_map(of).collect()
}

/// What a variable was set to last, if the text says it: `NAME=value`, `$env:NAME = "value"`.
fn set_to(text: &str, name: &str) -> Option<String> {
    let of = |at: usize| {
        let is_whole = !text
            .get(..at)?
            .ends_with(|last: char| last.is_ascii_alphanumeric() || matches!(last, '_' | '$' | '{'));
        let rest = text.get(at.checked_add(name.len())?..)?;
        let rest = rest.trim_start_matches(' ').strip_prefix('=').filter(|_| is_whole)?;
        let rest = rest.trim_start_matches(' ');
        let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\''));
        let value = match quote {
            Some(quote) => rest.get(1..)?.split(quote).next()?,
            None => rest.split(|end: char| end.is_whitespace() || ";&|)".contains(end)).next()?,
        };
        let is_plain = !value.is_empty() && value.len() <= 128 && !value.contains(['$', '`', '%', '=', '\n']);
        is_plain.then(|| value.to_owned())
    };
    text.rmatch_indices(name).take(20).find_map(|(at, _)| of(at))
}
