//! A command line taken apart into the words a shell would hand on.
//!
//! Written from each shell's own rules and not from what [`super::super::shell`] writes, so that the tests can hold the one
//! against the other. What a shell would replace (`$NAME`, `%NAME%`) stays as it is and is listed.

mod cmd;

use super::{Fault, Faults};
use crate::render::shell::Shell;
use crate::sentence::Sentence;
#[cfg(test)]
pub(crate) use cmd::c_runtime_words;

/// A word and where it begins, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) at: usize,
}

/// A command line taken apart.
#[derive(Debug, Default)]
pub(super) struct Split {
    pub(super) words: Vec<Word>,
    pub(super) faults: Faults,
    /// How often the text quotes in a way that is right for the shell but usual for another: `'it''s'` is two texts for
    /// bash and one for PowerShell.
    pub(super) oddities: usize,
    /// Where those of the faults are that say nothing against the shell: a variable, as every shell has them.
    pub(super) variables: Vec<usize>,
    /// Where that begins which follows the command.
    pub(super) follows: Option<usize>,
}

/// Takes the first command of a text apart; what follows it is listed.
pub(super) fn split(text: &str, shell: Shell) -> Split {
    split_from(text, 0, shell)
}

/// As [`split`], from a place in the text on.
pub(super) fn split_from(text: &str, at: usize, shell: Shell) -> Split {
    let mut splitter = Splitter { text, at, word: None, brace: None, split: Split::default() };
    match shell {
        Shell::Posix => splitter.posix(),
        Shell::PowerShell => splitter.powershell(),
        Shell::Cmd => splitter.cmd(),
    }
    splitter.end_word();
    splitter.split
}

const REPLACED: &str = "The shell would put something else here; the text is taken as it stands.";
const FOLLOWS: &str = "Only the first command is read.";
const POWERSHELL_READS: &str = "PowerShell reads this sign itself; put the value into single quotes.";
const UNCLOSED: &str = "This quotation mark is never closed.";

struct Splitter<'a> {
    text: &'a str,
    at: usize,
    word: Option<Word>,
    /// Where a brace was opened in the word, outside of quotes.
    brace: Option<usize>,
    split: Split,
}

impl Splitter<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn take(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at = self.at.saturating_add(character.len_utf8());
        Some(character)
    }

    fn begin_word(&mut self, at: usize) {
        self.word.get_or_insert(Word { text: String::new(), at });
    }

    fn push(&mut self, character: char) {
        let at = self.at;
        self.word.get_or_insert(Word { text: String::new(), at }).text.push(character);
    }

    fn end_word(&mut self) {
        self.split.words.extend(self.word.take());
        self.brace = None;
    }

    fn fault(&mut self, at: usize, reason: impl Into<Sentence>) {
        self.split.faults.push(Fault::new(at, self.at.saturating_sub(at).max(1), reason));
    }

    /// Remarks a variable, whose value only the shell knows.
    fn variable(&mut self, at: usize, reason: impl Into<Sentence>) {
        // No more are kept than of the faults themselves.
        if self.split.variables.len() < Faults::MOST {
            self.split.variables.push(at);
        }
        self.fault(at, reason);
    }

    /// Remarks what follows the command.
    fn follows(&mut self, at: usize) {
        let rest = self.text.get(at..).unwrap_or_default();
        if !rest.trim().is_empty() {
            self.split.follows = Some(at);
            self.split.faults.push(Fault::new(at, rest.len(), FOLLOWS));
        }
    }

    /// Ends the command at `at`, unless nothing but space and comments follows or came before.
    fn ends_command(&mut self, at: usize) -> bool {
        let is_redirection = self.text.get(at..).is_some_and(|rest| rest.starts_with(['<', '>']));
        if is_redirection {
            // The number of the stream stands right before the sign: `2>/dev/null`.
            self.word.take_if(|word| {
                word.text.len() == 1 && word.text.starts_with(|first: char| first.is_ascii_digit())
            });
        }
        self.end_word();
        if self.split.words.is_empty() {
            return false;
        }
        self.follows(at);
        true
    }

    /// Skips a line break; whether one was there.
    fn skip_line_break(&mut self) -> bool {
        if self.peek() == Some('\r') {
            self.take();
        }
        let is_break = self.peek() == Some('\n');
        if is_break {
            self.take();
        }
        is_break
    }

    /// Notes a quotation mark right behind the one that closed a text.
    fn note_oddity(&mut self, quote: char) {
        if self.peek() == Some(quote) {
            self.split.oddities = self.split.oddities.saturating_add(1);
        }
    }

    fn skip_comment(&mut self) {
        while self.peek().is_some_and(|character| character != '\n') {
            self.take();
        }
    }

    fn posix(&mut self) {
        while let Some(character) = self.peek() {
            let at = self.at;
            self.take();
            if character.is_ascii_whitespace() && character != '\n' {
                self.end_word();
                continue;
            }
            if character == '#' && self.word.is_none() {
                self.skip_comment();
                continue;
            }
            match character {
                '\n' | ';' | '&' | '|' | '<' | '>' | '(' | ')' => {
                    let rest_at = if character == '\n' { self.at } else { at };
                    if self.ends_command(rest_at) {
                        return;
                    }
                }
                '\\' => {
                    if !self.skip_line_break() {
                        let next = self.take().unwrap_or('\\');
                        self.begin_word(at);
                        self.push(next);
                    }
                }
                '\'' => {
                    self.begin_word(at);
                    self.until_single_quote(at);
                }
                '"' => {
                    self.begin_word(at);
                    self.posix_double_quotes(at);
                }
                '$' if self.peek() == Some('\'') => {
                    self.take();
                    self.begin_word(at);
                    self.ansi_c_quotes(at);
                }
                character => {
                    self.begin_word(at);
                    self.push(character);
                    let is_lone = self.peek().is_none_or(char::is_whitespace);
                    if character == '$' && !is_lone {
                        self.variable(at, REPLACED);
                    } else if matches!(character, '`' | '*' | '?') || (character == '~' && self.is_word("~"))
                    {
                        self.fault(at, REPLACED);
                    }
                    self.note_brace(character, at);
                }
            }
        }
    }

    /// Braces make several words of one only around a comma or two dots that are not quoted; `UserBucket={'a=b,c=d'}`
    /// in AWS's own examples is one word.
    fn note_brace(&mut self, character: char, at: usize) {
        match character {
            '{' => self.brace = Some(at),
            '}' => self.brace = None,
            ',' | '.' => {
                let is_expanded = character == ',' || self.peek() == Some('.');
                if let Some(brace) = self.brace.filter(|_| is_expanded) {
                    self.brace = None;
                    self.fault(brace, REPLACED);
                }
            }
            _ => {}
        }
    }

    fn is_word(&self, text: &str) -> bool {
        self.word.as_ref().is_some_and(|word| word.text == text)
    }

    fn until_single_quote(&mut self, at: usize) {
        loop {
            match self.take() {
                Some('\'') => return self.note_oddity('\''),
                Some(character) => self.push(character),
                None => return self.fault(at, UNCLOSED),
            }
        }
    }

    fn posix_double_quotes(&mut self, start: usize) {
        loop {
            let at = self.at;
            match self.take() {
                None => return self.fault(start, UNCLOSED),
                Some('"') => return self.note_oddity('"'),
                Some('\\') => match self.peek() {
                    Some(next @ ('$' | '`' | '"' | '\\')) => {
                        self.take();
                        self.push(next);
                    }
                    Some('\n') => {
                        self.take();
                    }
                    _ => self.push('\\'),
                },
                Some(character) => {
                    self.push(character);
                    if character == '$' {
                        self.variable(at, REPLACED);
                    } else if character == '`' {
                        self.fault(at, REPLACED);
                    }
                }
            }
        }
    }

    /// `$'…'` with the escapes that people use.
    fn ansi_c_quotes(&mut self, start: usize) {
        loop {
            match self.take() {
                None => return self.fault(start, UNCLOSED),
                Some('\'') => return,
                Some('\\') => match self.take() {
                    Some('n') => self.push('\n'),
                    Some('t') => self.push('\t'),
                    Some('r') => self.push('\r'),
                    Some(next @ ('\\' | '\'' | '"')) => self.push(next),
                    Some(next) => {
                        self.push('\\');
                        self.push(next);
                        self.fault(start, REPLACED);
                    }
                    None => {}
                },
                Some(character) => self.push(character),
            }
        }
    }

    fn powershell(&mut self) {
        while let Some(character) = self.peek() {
            let at = self.at;
            self.take();
            if character != '\n' && character.is_whitespace() {
                self.end_word();
                continue;
            }
            match character {
                '#' if self.word.is_none() => self.skip_comment(),
                // The call operator.
                '&' if self.split.words.is_empty() && self.word.is_none() => {}
                '\n' | ';' | '&' | '|' | '<' | '>' | '(' | ')' => {
                    let rest_at = if character == '\n' { self.at } else { at };
                    if self.ends_command(rest_at) {
                        return;
                    }
                }
                '`' => {
                    if !self.skip_line_break() {
                        let next = self.take().unwrap_or('`');
                        self.begin_word(at);
                        self.push(powershell_escape(next));
                    }
                }
                '\'' | '\u{2018}'..='\u{201b}' => {
                    self.begin_word(at);
                    self.powershell_single_quotes(at);
                }
                '"' | '\u{201c}'..='\u{201e}' => {
                    self.begin_word(at);
                    self.powershell_double_quotes(at);
                }
                character => {
                    self.begin_word(at);
                    self.push(character);
                    if character == '\\' && matches!(self.peek(), Some('\'' | '"')) {
                        self.split.oddities = self.split.oddities.saturating_add(1);
                    }
                    let is_lone = self.peek().is_none_or(char::is_whitespace);
                    if character == '$' && !is_lone {
                        self.variable(at, POWERSHELL_READS);
                    } else if matches!(character, '{' | '}' | '@' | ',') {
                        self.fault(at, POWERSHELL_READS);
                    }
                }
            }
        }
    }

    fn powershell_single_quotes(&mut self, start: usize) {
        let is_quote = |character: char| matches!(character, '\'' | '\u{2018}'..='\u{201b}');
        loop {
            match self.take() {
                None => return self.fault(start, UNCLOSED),
                Some(quote) if is_quote(quote) => match self.peek() {
                    Some(next) if is_quote(next) => {
                        self.take();
                        self.push(next);
                    }
                    _ => return,
                },
                Some(character) => self.push(character),
            }
        }
    }

    fn powershell_double_quotes(&mut self, start: usize) {
        let is_quote = |character: char| matches!(character, '"' | '\u{201c}'..='\u{201e}');
        loop {
            let at = self.at;
            match self.take() {
                None => return self.fault(start, UNCLOSED),
                Some('`') => {
                    if !self.skip_line_break() {
                        let next = self.take().unwrap_or('`');
                        self.push(powershell_escape(next));
                    }
                }
                Some(quote) if is_quote(quote) => match self.peek() {
                    Some(next) if is_quote(next) => {
                        self.take();
                        self.push(next);
                    }
                    _ => return,
                },
                Some(character) => {
                    self.push(character);
                    if character == '$' {
                        self.variable(at, REPLACED);
                    }
                }
            }
        }
    }
}

fn powershell_escape(character: char) -> char {
    match character {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        'e' => '\u{1b}',
        'f' => '\u{c}',
        'v' => '\u{b}',
        character => character,
    }
}
