//! A command of the AWS CLI, or of curl with a Query body.

use super::coerce::coerce;
use super::words::{self, Word};
use super::{Fault, Form, Found, query, shorthand, yaml};
use crate::render::globals::{self, Takes};
use crate::render::shell::Shell;
use crate::request::calls;
use crate::request::shape::{Member, Shape};
use crate::sentence::{Sentence, sentence};
use serde_json::{Map, Value};

/// Reads a text whose first word is `aws` or `curl`; `None` if it is not.
///
/// The shell is told from the sign that continues a line; without one the shell is taken in whose quoting the most is
/// understood, `usual` before the others.
pub(super) fn read(text: &str, usual: Shell) -> Option<(Form, Found)> {
    let program = program(text)?;
    let candidates = match continuation(text) {
        Some(shell) => vec![shell],
        None => {
            std::iter::once(usual).chain(Shell::ALL.into_iter().filter(|shell| *shell != usual)).collect()
        }
    };
    let readings = candidates.into_iter().map(|shell| {
        let split = words::split(text, shell);
        let (form, mut found) = match program {
            "curl" => (Form::Query, curl(split.words)),
            _ => (Form::Command(shell), aws(split.words)),
        };
        let of_command = std::mem::replace(&mut found.faults, split.faults);
        found.faults.extend(of_command);
        (found.faults.len(), split.oddities, form, found)
    });
    let best = readings.min_by_key(|(faults, oddities, ..)| (*faults, *oddities))?;
    Some((best.2, best.3))
}

/// The program's name, without its folder and extension; a `$` or `>` prompt before it is skipped.
fn program(text: &str) -> Option<&'static str> {
    let mut words = text.split_whitespace().map(|word| word.trim_matches(['"', '\'', '&']));
    let first = words.find(|word| !matches!(*word, "$" | ">" | ""))?;
    let name = first.rsplit(['/', '\\']).next()?;
    match name {
        "aws" | "aws.exe" | "aws.cmd" => Some("aws"),
        "curl" | "curl.exe" => Some("curl"),
        _ => None,
    }
}

fn continuation(text: &str) -> Option<Shell> {
    text.lines().find_map(|line| match line.trim_end().chars().next_back()? {
        '\\' => Some(Shell::Posix),
        '`' => Some(Shell::PowerShell),
        '^' => Some(Shell::Cmd),
        _ => None,
    })
}

fn curl(words: Vec<Word>) -> Found {
    let address = words.iter().find(|word| word.text.starts_with("https://"));
    let region = address.and_then(|word| query::region(&word.text));
    let mut found = curl_body(words);
    found.globals.extend(region);
    found
}

fn curl_body(words: Vec<Word>) -> Found {
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let is_data =
            ["-d", "--data", "--data-raw", "--data-ascii", "--data-binary"].contains(&word.text.as_str());
        let body = if is_data {
            words.next()
        } else {
            word.text.strip_prefix("--data-raw=").map(|text| Word { text: text.to_owned(), at: word.at })
        };
        let Some(body) = body else { continue };
        if body.text.starts_with('@') {
            let reason = "The body lies in a file: paste the file's text.";
            let mut found = Found::default();
            found.faults.push(Fault::new(body.at, body.text.len(), reason));
            return found;
        }
        let mut found = query::read(&body.text);
        for fault in &mut found.faults.0 {
            // The body holds nothing that a shell would escape but its own quotes.
            fault.at = fault.at.saturating_add(body.at).saturating_add(1);
        }
        return found;
    }
    Found::default()
}

fn aws(words: Vec<Word>) -> Found {
    let mut reader = Reader { words, next: 0, found: Found::default(), input: Map::new(), has_input: false };
    while reader.peek().is_some_and(|word| matches!(word.text.as_str(), "$" | ">")) {
        reader.next = reader.next.saturating_add(1);
    }
    reader.take();
    let mut names = 0;
    while let Some(word) = reader.take() {
        if word.text.starts_with('-') {
            reader.option(&word);
            continue;
        }
        names += 1;
        match names {
            1 if word.text == "ec2" => {}
            2 => {
                reader.found.call = calls::CALLS.iter().copied().find(|call| call.cli == word.text);
                if reader.found.call.is_none() {
                    return reader.found;
                }
            }
            _ => reader.fault(&word, "This word belongs to no option."),
        }
    }
    // Options on the command line override the input file.
    for (name, value) in std::mem::take(&mut reader.input) {
        reader.found.parameters.entry(name).or_insert(value);
    }
    reader.found
}

struct Reader {
    words: Vec<Word>,
    next: usize,
    found: Found,
    input: Map<String, Value>,
    /// Whether an input option came already.
    has_input: bool,
}

impl Reader {
    fn peek(&self) -> Option<&Word> {
        self.words.get(self.next)
    }

    fn take(&mut self) -> Option<Word> {
        let word = self.peek().cloned();
        self.next = self.next.saturating_add(1);
        word
    }

    fn fault(&mut self, word: &Word, reason: impl Into<Sentence>) {
        self.found.faults.push(Fault::new(word.at, word.text.len(), reason));
    }

    fn option(&mut self, word: &Word) {
        let (name, given) = match word.text.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (word.text.clone(), None),
        };
        if let Some(option) = globals::find(&name) {
            let value = match option.takes {
                Takes::Nothing => None,
                _ => given.or_else(|| self.take().map(|word| word.text)),
            };
            self.found.globals.push((name, value));
            return;
        }
        let values = self.values(word, given);
        match name.as_str() {
            "--cli-input-json" | "--cli-input-yaml" => self.input_file(word, &values),
            "--generate-cli-skeleton" => self.fault(word, "A skeleton is no request."),
            _ => self.member(word, &name, values),
        }
    }

    /// The words up to the next option.
    fn values(&mut self, option: &Word, given: Option<String>) -> Vec<Word> {
        if let Some(text) = given {
            return vec![Word { text, at: option.at }];
        }
        let mut values = Vec::new();
        while self.peek().is_some_and(|word| !word.text.starts_with("--")) {
            values.extend(self.take());
        }
        values
    }

    fn member(&mut self, option: &Word, name: &str, values: Vec<Word>) {
        let members = self.found.call.map_or(&[][..], |call| call.members);
        let find = |name: &str| members.iter().find(|member| member.cli_option() == name);
        if let Some(member) = find(name) {
            if let Some(value) = self.value(option, member, values) {
                self.found.parameters.insert(member.name.to_owned(), value);
            }
            return;
        }
        let negated = name.strip_prefix("--no-").and_then(|name| find(&format!("--{name}")));
        match negated {
            Some(member) if matches!(member.shape, Shape::Boolean) => {
                self.found.parameters.insert(member.name.to_owned(), Value::from(false));
                self.refuse_all(&values);
            }
            _ => self.fault(option, "The call has no such option."),
        }
    }

    fn refuse_all(&mut self, values: &[Word]) {
        for word in values {
            self.fault(word, "This word belongs to no option.");
        }
    }

    fn value(&mut self, option: &Word, member: &'static Member, values: Vec<Word>) -> Option<Value> {
        if matches!(member.shape, Shape::Boolean) {
            self.refuse_all(&values);
            return Some(Value::from(true));
        }
        let Some(first) = values.first() else {
            self.fault(option, "This option needs a value.");
            return None;
        };
        if first.text.starts_with("file://") || first.text.starts_with("fileb://") {
            self.fault(first, "The value lies in a file: paste the file's text.");
            return None;
        }
        let value = match &member.shape {
            Shape::Structure(_) => self.structure(first).map(Value::Object),
            Shape::List(item) => self.list(item, &values),
            _ => Some(Value::from(first.text.clone())),
        };
        if !matches!(member.shape, Shape::List(_)) {
            self.refuse_all(values.get(1..).unwrap_or_default());
        }
        value.map(|value| coerce(&member.shape, value))
    }

    fn list(&mut self, item: &Shape, values: &[Word]) -> Option<Value> {
        let first = values.first()?;
        if first.text.trim_start().starts_with('[') {
            self.refuse_all(values.get(1..).unwrap_or_default());
            return self.json(first);
        }
        let items = values.iter().filter_map(|word| match item {
            Shape::Structure(_) => self.structure(word).map(Value::Object),
            _ => Some(Value::from(word.text.clone())),
        });
        Some(Value::Array(items.collect()))
    }

    fn structure(&mut self, word: &Word) -> Option<Map<String, Value>> {
        if word.text.trim_start().starts_with('{') {
            return match self.json(word)? {
                Value::Object(values) => Some(values),
                _ => None,
            };
        }
        match shorthand::read(&word.text) {
            Ok(values) => Some(values),
            Err(at) => {
                let rest = word.text.get(at..).unwrap_or_default();
                let reason = sentence!(
                    "This is no shorthand from “{rest}” on.",
                    rest = rest.chars().take(20).collect::<String>()
                );
                self.fault(word, reason);
                None
            }
        }
    }

    fn json(&mut self, word: &Word) -> Option<Value> {
        // People escape double quotes for Windows PowerShell 5, which loses them otherwise.
        let read = serde_json::from_str(&word.text).or_else(|error| {
            let unescaped = word.text.replace("\\\"", "\"");
            serde_json::from_str(&unescaped).map_err(|_| error)
        });
        match read {
            Ok(value) => Some(value),
            Err(error) => {
                self.fault(word, sentence!("This is not JSON: {error}.", error = error.to_string()));
                None
            }
        }
    }

    fn input_file(&mut self, option: &Word, values: &[Word]) {
        let Some(word) = values.first() else {
            return self.fault(option, "This option needs a value.");
        };
        if std::mem::replace(&mut self.has_input, true) {
            return self.fault(option, "The AWS CLI takes one input, JSON or YAML: the first is read.");
        }
        if word.text.starts_with("file://") {
            return self.fault(word, "The parameters lie in a file: paste the file's text.");
        }
        let input = if word.text.trim_start().starts_with('{') {
            match self.json(word) {
                Some(Value::Object(values)) => values,
                _ => return,
            }
        } else {
            match yaml::read(&word.text, word.at) {
                Ok((values, _)) => values,
                Err(error) => return self.fault(word, error.message),
            }
        };
        self.input.extend(input);
    }
}
