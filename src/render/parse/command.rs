//! A command of the AWS CLI, or of curl with a Query body.

use super::coerce::coerce;
use super::start::{self, Program, Start};
use super::words::{self, Split, Word};
use super::{Fault, Form, Found, query, shorthand, yaml};
use crate::render::globals::{self, Takes};
use crate::render::shell::Shell;
use crate::request::calls;
use crate::request::shape::{Member, Shape};
use crate::sentence::{Sentence, sentence};
use serde_json::{Map, Value};

/// What is said of a body that is not in the command.
pub(super) const IN_A_FILE: &str = "The body lies in a file: paste the file's text.";

/// Reads the first command of a text that makes a call known here; of several readings that in which the call is found
/// and the most is understood, `usual` before the others.
///
/// Without such a command, one with which the text begins is told nevertheless; `None` if there is none.
pub(super) fn read(text: &str, usual: Shell) -> Option<(Form, Found)> {
    let mut at_the_beginning = None;
    for start in start::all(text) {
        let (form, mut found, follows) = reading(text, &start, usual);
        // A command in the midst of a text and what it printed are shown for the answer's sake.
        let is_answered = !start.is_beginning
            && follows
                .and_then(|at| text.get(at..))
                .is_some_and(|rest| rest.trim_start().starts_with(['{', '<']));
        if found.call.is_some() && !is_answered {
            let globals = start::environment(text.get(..start.at).unwrap_or_default());
            for (option, value) in globals {
                if !found.globals.iter().any(|(name, _)| name == option) {
                    found.globals.push((option.to_owned(), Some(value)));
                }
            }
            return Some((form, found));
        }
        if start.is_beginning {
            at_the_beginning.get_or_insert((form, found));
        }
    }
    at_the_beginning
}

/// Whether a text begins with a command.
pub(super) fn begins(text: &str) -> bool {
    start::all(text).next().is_some_and(|start| start.is_beginning)
}

/// One command, quoted as its shell would: the sign that continues a line and the way in which a result is kept tell
/// which it is. The third value is where that begins which follows.
fn reading(text: &str, start: &Start, usual: Shell) -> (Form, Found, Option<usize>) {
    let text = text.get(..start.end).unwrap_or(text);
    let certain = continuation(text.get(start.at..).unwrap_or_default()).or(start.shell);
    let candidates = match certain {
        Some(shell) => vec![shell],
        None => {
            std::iter::once(usual).chain(Shell::ALL.into_iter().filter(|shell| *shell != usual)).collect()
        }
    };
    let readings = candidates.into_iter().map(|shell| {
        let mut split = words::split_from(text, start.at, shell);
        if let Some(at) = split.follows
            && is_of_command(text.get(at..).unwrap_or_default(), start.is_enclosed)
        {
            split.faults.0.retain(|fault| fault.at != at);
            split.follows = None;
        }
        // Every shell has variables, and second commands.
        let mut of_any_shell = split.variables.clone();
        of_any_shell.extend(split.follows);
        let (oddities, follows) = (split.oddities, split.follows);
        let (form, found) = match start.program {
            Program::Curl => (Form::Query, curl(split)),
            Program::Aws => (Form::Command(shell), aws(split)),
        };
        let against = found.faults.0.iter().filter(|fault| !of_any_shell.contains(&fault.at)).count();
        let rank = (found.call.is_none(), against, oddities);
        (rank, form, found, follows)
    });
    let best = readings.min_by_key(|(rank, ..)| *rank);
    best.map_or_else(
        || (Form::Command(usual), Found::default(), None),
        |(_, form, found, follows)| (form, found, follows),
    )
}

/// Whether what follows a command belongs to it: the end of a substitution, or where the answer goes, into a file or to
/// what reads it.
fn is_of_command(rest: &str, is_enclosed: bool) -> bool {
    let rest = rest.trim();
    let behind = rest.trim_start_matches(')').trim_matches(['"', ';', ' ']);
    let is_end = is_enclosed && behind.is_empty();
    let is_pipe = rest.strip_prefix('|').is_some_and(|pipe| !pipe.contains(['|', ';', '&', '\n']));
    let to_file = rest.replace("2>&1", "");
    let is_to_file = to_file.starts_with('>') && !to_file.contains(['|', ';', '&', '\n', '(']);
    is_end || is_pipe || is_to_file
}

fn continuation(text: &str) -> Option<Shell> {
    text.lines().find_map(|line| match line.trim_end().chars().next_back()? {
        '\\' => Some(Shell::Posix),
        '`' => Some(Shell::PowerShell),
        '^' => Some(Shell::Cmd),
        _ => None,
    })
}

fn curl(split: Split) -> Found {
    let Split { words, mut faults, variables, .. } = split;
    let address = words.iter().position(|word| word.text.starts_with("https://"));
    let region = address.and_then(|at| query::region(&words.get(at)?.text));
    let (mut found, body) = curl_body(&words);
    // Credentials are variables, and rightly; of the request only the body and the address tell.
    let is_of_request = |at: usize| {
        [body, address].into_iter().flatten().any(|index| {
            let begin = words.get(index).map_or(usize::MAX, |word| word.at);
            let end = words.get(index.saturating_add(1)).map_or(usize::MAX, |word| word.at);
            (begin..end).contains(&at)
        })
    };
    faults.0.retain(|fault| !variables.contains(&fault.at) || is_of_request(fault.at));
    found.globals.extend(region);
    found.behind(faults)
}

/// What the body holds, and which of the words it is.
fn curl_body(words: &[Word]) -> (Found, Option<usize>) {
    let mut found = Found::default();
    for (index, word) in words.iter().enumerate() {
        let is_data =
            ["-d", "--data", "--data-raw", "--data-ascii", "--data-binary"].contains(&word.text.as_str());
        let behind = index.saturating_add(1);
        let (index, body, at) = match (is_data, words.get(behind), word.text.strip_prefix("--data-raw=")) {
            (true, Some(body), _) => (behind, body.text.as_str(), body.at),
            (false, _, Some(body)) => (index, body, word.at),
            _ => continue,
        };
        if body.starts_with('@') {
            found.faults.push(Fault::new(at, body.len(), IN_A_FILE));
            return (found, Some(index));
        }
        found = query::read(body);
        for fault in &mut found.faults.0 {
            // The body holds nothing that a shell would escape but its own quotes.
            fault.at = fault.at.saturating_add(at).saturating_add(1);
        }
        return (found, Some(index));
    }
    (found, None)
}

/// The words behind the program's name.
fn aws(split: Split) -> Found {
    let Split { words, faults, .. } = split;
    let mut reader = Reader { words, next: 0, found: Found::default(), input: Map::new(), has_input: false };
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
                    return reader.found.behind(faults);
                }
            }
            _ => reader.fault(&word, "This word belongs to no option."),
        }
    }
    // Options on the command line override the input file.
    for (name, value) in std::mem::take(&mut reader.input) {
        reader.found.parameters.entry(name).or_insert(value);
    }
    reader.found.behind(faults)
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
