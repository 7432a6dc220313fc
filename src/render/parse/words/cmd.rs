//! A command line as cmd.exe and the program behind it take it apart.

use super::{REPLACED, Splitter, UNCLOSED, Word};

impl Splitter<'_> {
    /// cmd.exe first: it acts upon its signs outside of quotes. What is left goes to the C runtime.
    pub(super) fn cmd(&mut self) {
        let mut line: Vec<(char, usize)> = Vec::new();
        let mut is_quoted = false;
        while let Some(character) = self.peek() {
            let at = self.at;
            self.take();
            match character {
                '\r' | '\n' => {
                    if line.iter().any(|(character, _)| !character.is_whitespace()) {
                        self.follows(self.at);
                        break;
                    }
                }
                '"' => {
                    is_quoted = !is_quoted;
                    line.push((character, at));
                }
                '^' if !is_quoted => {
                    self.skip_line_break();
                    // The sign behind the caret, or at the next line's beginning, stands for itself.
                    if let Some(next) = self.take() {
                        line.push((next, at));
                    }
                }
                '&' | '|' | '<' | '>' | '(' | ')' if !is_quoted => {
                    let stream = |before: &[(char, usize)]| matches!(before, [.., (space, _), (digit, _)] if space.is_whitespace() && digit.is_ascii_digit());
                    if matches!(character, '<' | '>') && stream(&line) {
                        line.pop();
                    }
                    self.follows(at);
                    break;
                }
                character => {
                    if matches!(character, '%' | '!') {
                        self.variable(at, REPLACED);
                    }
                    // To cmd.exe these are no quotation marks, but who writes them means some.
                    let begins = line.last().is_none_or(|(before, _)| before.is_whitespace());
                    if character == '\'' && !is_quoted && begins {
                        self.split.oddities = self.split.oddities.saturating_add(1);
                    }
                    line.push((character, at));
                }
            }
        }
        if is_quoted {
            self.fault(line.first().map_or(0, |(_, at)| *at), UNCLOSED);
        }
        self.split.words = c_runtime_words(&line);
    }
}

/// How a program on Windows takes its command line apart (Microsoft C, "Parsing C command-line arguments").
pub(crate) fn c_runtime_words(line: &[(char, usize)]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut word: Option<Word> = None;
    let mut is_quoted = false;
    let mut backslashes = 0_usize;
    let mut characters = line.iter().copied().peekable();
    while let Some((character, at)) = characters.next() {
        if character == '\\' {
            backslashes = backslashes.saturating_add(1);
            word.get_or_insert(Word { text: String::new(), at });
            continue;
        }
        let pending = std::mem::take(&mut backslashes);
        let kept = if character == '"' { pending / 2 } else { pending };
        if let Some(word) = &mut word {
            word.text.extend(std::iter::repeat_n('\\', kept));
        }
        match character {
            ' ' | '\t' if !is_quoted => words.extend(word.take()),
            '"' => {
                let word = word.get_or_insert(Word { text: String::new(), at });
                if pending % 2 == 1 {
                    word.text.push('"');
                } else if is_quoted && characters.peek().is_some_and(|(next, _)| *next == '"') {
                    characters.next();
                    word.text.push('"');
                } else {
                    is_quoted = !is_quoted;
                }
            }
            character => word.get_or_insert(Word { text: String::new(), at }).text.push(character),
        }
    }
    if let Some(mut word) = word {
        word.text.extend(std::iter::repeat_n('\\', backslashes));
        words.push(word);
    }
    words
}
