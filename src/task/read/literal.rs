//! JSON, and what Python's `print` makes of the same dictionary: one reader of literals for both.
//!
//! It is tolerant, since people paste what they have edited or copied in part, and AWS's own sample of an answer lacks
//! a comma: commas may be missing or too many, and a text that ends in the middle gives what it holds.

use super::{DEEPEST, Document, Form, Found, FoundError, NotUnderstood, shortened};
use crate::sentence::{Sentence, sentence};
use serde_json::{Map, Value};

/// How many values are read: a page of 1000 snapshots has 30,000.
const MOST_VALUES: usize = 300_000;

/// Reads every value of a text.
pub(super) fn read(text: &str) -> (Form, Found) {
    let mut reader = Reader { text, at: 0, values: 0, is_python: false, notes: Vec::new() };
    let mut found = Found::default();
    loop {
        reader.skip_space();
        let start = reader.at;
        if !matches!(reader.peek(), Some('{' | '[')) {
            break;
        }
        let Some(value) = reader.value(0) else {
            reader.note(start, "Structures lie too deep within each other here, or there are too many.");
            break;
        };
        sort(value, &mut found);
    }
    let rest = reader.rest().trim();
    // A prompt behind the answer is of one character, such as a dollar sign.
    if rest.chars().count() > 1 {
        reader.note(reader.at, "This stands behind the answer.");
    }
    found.not_understood = reader.notes;
    (if reader.is_python { Form::Python } else { Form::Json }, found)
}

/// Tells an answer from an error: boto3's `error.response`, the CLI's errors in JSON, CloudTrail's events.
fn sort(value: Value, found: &mut Found) {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let id = value.get("ResponseMetadata").and_then(|metadata| text(metadata.get("RequestId")));
    let error = value.get("Error").unwrap_or(&value);
    let named = |names: [&str; 2]| names.iter().find_map(|name| text(error.get(*name)));
    let code = named(["Code", "errorCode"]);
    let message = named(["Message", "errorMessage"]);
    if code.is_some() {
        let call = text(value.get("eventName"));
        let message = message.unwrap_or_default();
        found.errors.push(FoundError { code, call, message, request_id: id });
        return;
    }
    found.request_id = found.request_id.take().or(id);
    // What CloudTrail keeps of an answer.
    let value = match value.get("responseElements") {
        Some(elements @ Value::Object(_)) => elements.clone(),
        _ => value,
    };
    found.documents.push(Document { call: None, value });
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    values: usize,
    is_python: bool,
    notes: Vec<NotUnderstood>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
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

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at = self.at.saturating_add(rest.len().saturating_sub(rest.trim_start().len()));
    }

    /// Skips space and any number of a sign.
    fn skip(&mut self, sign: char) {
        loop {
            self.skip_space();
            if self.peek() != Some(sign) {
                return;
            }
            self.take();
        }
    }

    fn note(&mut self, at: usize, reason: &'static str) {
        const MOST: usize = 20;
        if self.notes.len() >= MOST {
            return;
        }
        let line = self.text.get(..at).unwrap_or_default().matches('\n').count().saturating_add(1);
        let text = shortened(self.text.get(at..).unwrap_or_default().lines().next().unwrap_or_default());
        self.notes.push(NotUnderstood {
            place: sentence!("line {line}", line),
            text: Sentence::verbatim(text),
            reason: reason.into(),
        });
    }

    /// A value; `None` where a limit is met.
    fn value(&mut self, depth: usize) -> Option<Value> {
        self.values = self.values.saturating_add(1);
        if depth > DEEPEST || self.values > MOST_VALUES {
            return None;
        }
        let deeper = depth.saturating_add(1);
        self.skip_space();
        match self.peek() {
            Some('{') => self.structure(deeper),
            Some('[') => self.list(deeper),
            Some(quote @ ('"' | '\'')) => {
                self.is_python |= quote == '\'';
                Some(Value::from(self.string(quote)))
            }
            _ => Some(self.word()),
        }
    }

    fn structure(&mut self, depth: usize) -> Option<Value> {
        self.take();
        let mut members = Map::new();
        loop {
            self.skip(',');
            let start = self.at;
            match self.peek() {
                Some('}') => {
                    self.take();
                    break;
                }
                None => {
                    self.note(start, "The text ends in the middle.");
                    break;
                }
                // A bracket of another kind: the structure was never closed.
                Some(']') => break,
                Some(_) => {}
            }
            let name = match self.peek() {
                Some(quote @ ('"' | '\'')) => {
                    self.is_python |= quote == '\'';
                    self.string(quote)
                }
                _ => self.bare_word().to_owned(),
            };
            self.skip_space();
            if name.is_empty() || self.peek() != Some(':') {
                self.take();
                self.note(start, "A name and a colon were expected here.");
                continue;
            }
            self.take();
            let value = self.value(depth)?;
            members.insert(name, value);
        }
        Some(Value::Object(members))
    }

    fn list(&mut self, depth: usize) -> Option<Value> {
        self.take();
        let mut items = Vec::new();
        loop {
            self.skip(',');
            match self.peek() {
                Some(']') => {
                    self.take();
                    break;
                }
                None => {
                    self.note(self.at, "The text ends in the middle.");
                    break;
                }
                Some('}') => break,
                Some(_) => items.push(self.value(depth)?),
            }
        }
        Some(Value::Array(items))
    }

    /// What is not quoted: a number, a Boolean, null, or Python's call of `datetime`. Numbers stay as they are written.
    fn word(&mut self) -> Value {
        let start = self.at;
        let word = self.bare_word();
        match word {
            "null" => Value::Null,
            "None" => {
                self.is_python = true;
                Value::Null
            }
            "true" | "false" => Value::from(word == "true"),
            "True" | "False" => {
                self.is_python = true;
                Value::from(word == "True")
            }
            "datetime.datetime" | "datetime" if self.peek() == Some('(') => {
                self.is_python = true;
                self.moment()
            }
            "" => {
                self.take();
                self.note(start, "A value was expected here.");
                Value::Null
            }
            word => Value::from(word),
        }
    }

    fn bare_word(&mut self) -> &'a str {
        let rest = self.rest();
        let is_part =
            |character: char| character.is_alphanumeric() || matches!(character, '.' | '-' | '+' | '_');
        let end = rest.find(|character| !is_part(character)).unwrap_or(rest.len());
        self.at = self.at.saturating_add(end);
        rest.get(..end).unwrap_or_default()
    }

    /// `datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=tzutc())`; boto3 gives moments in UTC.
    fn moment(&mut self) -> Value {
        const LONGEST_CALL: usize = 120;
        let rest = self.rest();
        let call = rest.get(..rest.len().min(LONGEST_CALL)).unwrap_or(rest);
        let end = call
            .find("))")
            .map(|at| at.saturating_add(2))
            .or_else(|| Some(call.find(')')?.saturating_add(1)));
        let call = end.and_then(|end| call.get(..end)).unwrap_or_default();
        self.at = self.at.saturating_add(call.len().max(1));
        let numbers: Vec<u32> = call
            .split(['(', ',', ')'])
            .map_while(|part| part.trim().parse().ok().or(part.is_empty().then_some(0)))
            .skip(1)
            .collect();
        let number = |index: usize| numbers.get(index).copied().unwrap_or(0);
        Value::from(format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            number(0),
            number(1),
            number(2),
            number(3),
            number(4),
            number(5)
        ))
    }

    /// A text in quotes, which a line's end does not end: people wrap what they paste.
    fn string(&mut self, quote: char) -> String {
        let start = self.at;
        self.take();
        let mut text = String::new();
        while let Some(character) = self.take() {
            match character {
                '\\' => self.escape(&mut text),
                character if character == quote => return text,
                character => text.push(character),
            }
        }
        self.note(start, "The quotation mark is never closed.");
        text
    }

    fn escape(&mut self, text: &mut String) {
        match self.take() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('b') => text.push('\u{8}'),
            Some('f') => text.push('\u{c}'),
            Some('x') => text.push(self.code(2)),
            Some('u') => {
                let code = self.unit(4);
                text.push(self.character(code));
            }
            Some('U') => text.push(self.code(8)),
            Some(character) => text.push(character),
            None => {}
        }
    }

    fn code(&mut self, digits: usize) -> char {
        char::from_u32(self.unit(digits)).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    fn unit(&mut self, digits: usize) -> u32 {
        let rest = self.rest();
        let code = rest.get(..digits).filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let Some(code) = code else { return u32::MAX };
        self.at = self.at.saturating_add(digits);
        u32::from_str_radix(code, 16).unwrap_or(u32::MAX)
    }

    /// A character of JSON's `\u`, which writes those beyond the first plane as two.
    fn character(&mut self, code: u32) -> char {
        if (0xd800..0xdc00).contains(&code) && self.rest().starts_with("\\u") {
            let before = self.at;
            self.at = self.at.saturating_add(2);
            let low = self.unit(4);
            if (0xdc00..0xe000).contains(&low) {
                let (high, low) = (code & 0x3ff, low & 0x3ff);
                let code = ((high << 10) | low).saturating_add(0x1_0000);
                return char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            }
            self.at = before;
        }
        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn value(text: &str) -> Value {
        read(text).1.documents.remove(0).value
    }

    #[test]
    fn json_is_read_as_the_json_library_reads_it() {
        let text = r#"{"a": [1.5, true, null, "x\u00e9\ud83d\ude00\n\"\\"], "b": {"c": {}}, "d": []}"#;
        let mut expected: Value = serde_json::from_str(text).unwrap();
        // Numbers stay as they are written.
        expected["a"][0] = json!("1.5");
        assert_eq!(value(text), expected);
    }

    #[test]
    fn commas_may_be_missing_or_too_many() {
        let text = "{\"a\": \"1\"\n \"b\": [{\"c\": 2} {\"c\": 3},,],}";
        assert_eq!(value(text), json!({"a": "1", "b": [{"c": "2"}, {"c": "3"}]}));
    }

    #[test]
    fn pythons_dictionary_is_read() {
        let text = "{'Encrypted': True, 'StartTime': datetime.datetime(2026, 1, 2, 3, 4, 5, 600000, tzinfo=tzutc()), \
                    'StatusMessage': \"it's\", 'Token': None}";
        let (form, found) = read(text);
        assert_eq!(form, Form::Python);
        let expected = json!({"Encrypted": true, "StartTime": "2026-01-02T03:04:05Z", "StatusMessage": "it's", "Token": null});
        assert_eq!(found.documents[0].value, expected);
        assert!(found.not_understood.is_empty());
    }

    #[test]
    fn a_text_that_ends_in_the_middle_gives_what_it_holds_and_says_so() {
        let (_, found) = read("{\"a\": {\"b\": \"c\"");
        assert_eq!(found.documents[0].value, json!({"a": {"b": "c"}}));
        assert!(found.not_understood[0].reason.contains("ends in the middle"));
    }

    #[test]
    fn several_answers_follow_one_another() {
        assert_eq!(read("{\"a\": 1}\n{\"a\": 2}\n$").1.documents.len(), 2);
    }

    #[test]
    fn a_deep_text_is_left_out_and_not_followed() {
        let (_, found) = read(&"[".repeat(100_000));
        assert!(found.documents.is_empty());
        assert!(found.not_understood[0].reason.contains("too deep"));
    }

    #[test]
    fn the_error_of_boto3_is_an_error() {
        let text = "{'Error': {'Code': 'DryRunOperation', 'Message': 'Request would have succeeded.'}, \
                    'ResponseMetadata': {'RequestId': '1'}}";
        let error = &read(text).1.errors[0];
        assert_eq!(error.code.as_deref(), Some("DryRunOperation"));
        assert_eq!(error.request_id.as_deref(), Some("1"));
    }
}
