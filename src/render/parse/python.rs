//! A call of boto3 (`ec2.import_snapshot(Description="…", …)`), of which the literals are read; nothing is run.

mod moment;

use super::coerce::coerce;
use super::{DEEPEST, Fault, Faults, Found};
use crate::request::calls;
use crate::request::shape::Call;
use crate::sentence::Sentence;
use serde_json::{Map, Value};

const NO_LITERAL: &str = "Only literals are read: text, numbers, True, False, None, lists and dictionaries.";

/// A call that was found in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Called {
    pub(super) call: &'static Call,
    /// Where its arguments begin, behind the parenthesis.
    arguments: usize,
}

/// The first `.method(` of a known call.
pub(super) fn called(text: &str) -> Option<Called> {
    let find = |call: &'static Call| {
        let name = format!(".{}", call.python);
        let behind = text.find(&name)?.checked_add(name.len())?;
        let rest = text.get(behind..)?;
        let space = rest.len().saturating_sub(rest.trim_start().len());
        rest.trim_start().starts_with('(').then_some(())?;
        Some(Called { call, arguments: behind.saturating_add(space).saturating_add(1) })
    };
    calls::CALLS.iter().copied().filter_map(find).min_by_key(|called| called.arguments)
}

/// Reads the call's keyword arguments, and Region and profile where the file names them.
pub(super) fn read(text: &str, called: Called) -> Found {
    let mut reader = Reader { text, at: called.arguments, faults: Faults::default() };
    let parameters = reader.arguments(called.call);
    let mut globals = Vec::new();
    for (argument, option) in [("region_name", "--region"), ("profile_name", "--profile")] {
        if let Some(value) = keyword_text(text, argument) {
            globals.push((option.to_owned(), Some(value)));
        }
    }
    Found { call: Some(called.call), parameters, globals, faults: reader.faults }
}

/// The text given to a keyword anywhere before or after the call, if it is a literal.
fn keyword_text(text: &str, name: &str) -> Option<String> {
    let behind = text.find(name)?.checked_add(name.len())?;
    let mut reader = Reader { text, at: behind, faults: Faults::default() };
    reader.skip_space();
    reader.eat('=').then_some(())?;
    reader.skip_space();
    reader.string()
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    faults: Faults,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn take(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at = self.at.saturating_add(character.len_utf8());
        Some(character)
    }

    fn eat(&mut self, wanted: char) -> bool {
        let is_wanted = self.peek() == Some(wanted);
        if is_wanted {
            self.take();
        }
        is_wanted
    }

    /// Skips space, comments and continued lines.
    fn skip_space(&mut self) {
        loop {
            match self.peek() {
                Some('#') => {
                    while self.peek().is_some_and(|character| character != '\n') {
                        self.take();
                    }
                }
                Some(character) if character.is_whitespace() || character == '\\' => {
                    self.take();
                }
                _ => return,
            }
        }
    }

    fn word(&mut self) -> String {
        let rest = self.rest();
        let end = rest
            .find(|character: char| !(character.is_alphanumeric() || character == '_'))
            .unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or_default().to_owned();
        self.at = self.at.saturating_add(end);
        word
    }

    fn fault(&mut self, start: usize, reason: impl Into<Sentence>) {
        self.faults.push(Fault::new(start, self.at.saturating_sub(start).max(1), reason));
    }

    fn arguments(&mut self, call: &'static Call) -> Map<String, Value> {
        let mut parameters = Map::new();
        loop {
            self.skip_space();
            let start = self.at;
            match self.peek() {
                None => {
                    self.fault(start, "The call's parenthesis is never closed.");
                    return parameters;
                }
                Some(')') => return parameters,
                Some(',') => {
                    self.take();
                    continue;
                }
                Some(_) => {}
            }
            let name = self.word();
            self.skip_space();
            if name.is_empty() || !self.eat('=') {
                self.skip_expression(')');
                self.fault(start, "Only keyword arguments are read, such as DryRun=True.");
                continue;
            }
            let Some(value) = self.literal(start, ')', 0) else { continue };
            match call.members.iter().find(|member| member.name == name) {
                Some(member) => {
                    parameters.insert(name, coerce(&member.shape, value));
                }
                None => self.fault(start, "The call has no such parameter."),
            }
        }
    }

    /// What ends with a comma or `end`, if it is a literal; else it is remarked from `start` on and left out.
    fn literal(&mut self, start: usize, end: char, depth: usize) -> Option<Value> {
        let value_at = self.at;
        let faults = self.faults.len();
        if let Some(value) = self.value(depth) {
            self.skip_space();
            if self.peek().is_some_and(|next| next == ',' || next == end) {
                return Some(value);
            }
        }
        self.at = value_at;
        self.skip_expression(end);
        // What was left out within it is left out with it.
        self.faults.0.truncate(faults);
        self.fault(start, NO_LITERAL);
        None
    }

    /// Goes on to the comma or `end` behind an expression.
    fn skip_expression(&mut self, end: char) {
        let mut open = 0_usize;
        while let Some(character) = self.peek() {
            match character {
                '"' | '\'' => {
                    if self.string().is_none() {
                        self.take();
                    }
                    continue;
                }
                '(' | '[' | '{' => open = open.saturating_add(1),
                end_here if open == 0 && end_here == end => return,
                ')' | ']' | '}' => open = open.saturating_sub(1),
                ',' if open == 0 => return,
                _ => {}
            }
            self.take();
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        let deeper = depth.saturating_add(1);
        self.skip_space();
        match self.peek()? {
            '{' => {
                let mut values = Map::new();
                self.items('}', |reader| {
                    let start = reader.at;
                    let name = reader.value(deeper)?.as_str()?.to_owned();
                    reader.skip_space();
                    reader.eat(':').then_some(())?;
                    values.extend(reader.literal(start, '}', deeper).map(|value| (name, value)));
                    Some(())
                })?;
                Some(Value::Object(values))
            }
            '[' => {
                let mut items = Vec::new();
                self.items(']', |reader| {
                    items.extend(reader.literal(reader.at, ']', deeper));
                    Some(())
                })?;
                Some(Value::Array(items))
            }
            '(' => {
                let mut items = Vec::new();
                self.items(')', |reader| {
                    items.push(reader.value(deeper)?);
                    Some(())
                })?;
                // Parentheses around one value are no tuple.
                if items.len() == 1 { items.pop() } else { Some(Value::Array(items)) }
            }
            '"' | '\'' | 'r' | 'R' | 'u' | 'U' => self.texts().map(Value::from),
            first if first.is_ascii_digit() || matches!(first, '-' | '+' | '.') => self.number(),
            _ => match self.dotted().as_str() {
                "True" => Some(Value::from(true)),
                "False" => Some(Value::from(false)),
                "None" => Some(Value::Null),
                "dict" if self.peek() == Some('(') => self.keywords(deeper).map(Value::Object),
                "datetime" | "datetime.datetime" | "dt.datetime" if self.peek() == Some('(') => {
                    self.moment().map(Value::from)
                }
                _ => None,
            },
        }
    }

    /// A name with the modules before it, and the space behind it.
    fn dotted(&mut self) -> String {
        let mut name = self.word();
        while self.eat('.') {
            name.push('.');
            name.push_str(&self.word());
        }
        self.skip_space();
        name
    }

    /// The arguments of `dict(…)`.
    fn keywords(&mut self, depth: usize) -> Option<Map<String, Value>> {
        let mut values = Map::new();
        self.items(')', |reader| {
            let start = reader.at;
            let name = reader.word();
            reader.skip_space();
            (!name.is_empty() && reader.eat('=')).then_some(())?;
            values.extend(reader.literal(start, ')', depth).map(|value| (name, value)));
            Some(())
        })?;
        Some(values)
    }

    fn items(&mut self, end: char, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.take();
        loop {
            self.skip_space();
            if self.eat(end) {
                return Some(());
            }
            item(self)?;
            self.skip_space();
            if !self.eat(',') && self.peek() != Some(end) {
                return None;
            }
        }
    }

    fn number(&mut self) -> Option<Value> {
        let rest = self.rest();
        let is_part =
            |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '.' | '-' | '+');
        let end = rest.find(|character| !is_part(character)).unwrap_or(rest.len());
        let digits = rest.get(..end)?.replace('_', "");
        self.at = self.at.saturating_add(end);
        digits
            .parse::<i64>()
            .map(Value::from)
            .ok()
            .or_else(|| digits.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from))
    }

    /// Adjacent literals are one text.
    fn texts(&mut self) -> Option<String> {
        let mut text = self.string()?;
        loop {
            self.skip_space();
            if !matches!(self.peek(), Some('"' | '\'')) {
                return Some(text);
            }
            text.push_str(&self.string()?);
        }
    }

    /// One literal, with its prefix; `None` for anything else, f-strings among it.
    fn string(&mut self) -> Option<String> {
        let mut is_raw = false;
        if let Some(prefix @ ('r' | 'R' | 'u' | 'U')) = self.peek() {
            is_raw = prefix.eq_ignore_ascii_case(&'r');
            self.take();
        }
        let quote = self.peek().filter(|character| matches!(character, '"' | '\''))?;
        let triple: String = std::iter::repeat_n(quote, 3).collect();
        let closing = if self.rest().starts_with(&triple) { triple } else { quote.to_string() };
        self.at = self.at.saturating_add(closing.len());
        let mut text = String::new();
        loop {
            if self.rest().starts_with(&closing) {
                self.at = self.at.saturating_add(closing.len());
                return Some(text);
            }
            match self.take()? {
                '\n' if closing.len() == 1 => return None,
                '\\' if is_raw => {
                    text.push('\\');
                    text.extend(self.take());
                }
                '\\' => self.escape(&mut text)?,
                character => text.push(character),
            }
        }
    }

    fn escape(&mut self, text: &mut String) -> Option<()> {
        let escaped = match self.take()? {
            '\n' => return Some(()),
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'a' => '\u{7}',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'v' => '\u{b}',
            '0' => '\0',
            'x' => self.code(2)?,
            'u' => self.code(4)?,
            'U' => self.code(8)?,
            character @ ('\\' | '\'' | '"') => character,
            character => {
                text.push('\\');
                character
            }
        };
        text.push(escaped);
        Some(())
    }

    fn code(&mut self, digits: usize) -> Option<char> {
        let mut code = 0_u32;
        for _ in 0..digits {
            code = code.checked_mul(16)?.checked_add(self.take()?.to_digit(16)?)?;
        }
        char::from_u32(code)
    }
}
