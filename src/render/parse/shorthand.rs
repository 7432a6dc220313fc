//! The AWS CLI's shorthand: `Format=VMDK,UserBucket={S3Bucket=b,S3Key="a b"}`.

use super::DEEPEST;
use serde_json::{Map, Value};

/// Reads a structure in shorthand; the error is where it ends to make sense, in bytes.
pub(super) fn read(text: &str) -> Result<Map<String, Value>, usize> {
    let mut reader = Reader { text, at: 0 };
    let mut values = Map::new();
    loop {
        let (key, value) = reader.pair(true, 0)?;
        if values.insert(key, value).is_some() {
            return Err(reader.at);
        }
        if reader.peek().is_none() {
            return Ok(values);
        }
        reader.expect(',')?;
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn take(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at = self.at.saturating_add(character.len_utf8());
        Some(character)
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.take();
        }
    }

    fn expect(&mut self, wanted: char) -> Result<(), usize> {
        self.skip_space();
        if self.peek() != Some(wanted) {
            return Err(self.at);
        }
        self.take();
        self.skip_space();
        Ok(())
    }

    fn key(&mut self) -> Result<String, usize> {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|character| character.is_ascii_alphanumeric() || "-_.#/:".contains(character))
        {
            self.take();
        }
        let key = self.text.get(start..self.at).unwrap_or_default();
        if key.is_empty() { Err(self.at) } else { Ok(key.to_owned()) }
    }

    /// `is_top`: whether `a=b,c` may be a list, as it may outside of braces only.
    fn pair(&mut self, is_top: bool, depth: usize) -> Result<(String, Value), usize> {
        let key = self.key()?;
        self.expect('=')?;
        let value = self.value(depth)?;
        if !is_top || !value.is_string() {
            return Ok((key, value));
        }
        let mut items = vec![value];
        while let Some(item) = self.further_item()? {
            items.push(item);
        }
        let value = if items.len() == 1 { items.swap_remove(0) } else { Value::Array(items) };
        Ok((key, value))
    }

    /// The next of `a=b,c,d`, unless what follows the comma is another key.
    fn further_item(&mut self) -> Result<Option<Value>, usize> {
        let start = self.at;
        self.skip_space();
        if self.peek() != Some(',') {
            return Ok(None);
        }
        self.expect(',')?;
        let after_comma = self.at;
        if self.key().is_ok() {
            self.skip_space();
            if self.peek() == Some('=') {
                self.at = start;
                return Ok(None);
            }
        }
        self.at = after_comma;
        let value = self.scalar()?;
        Ok(Some(Value::from(value)))
    }

    fn value(&mut self, depth: usize) -> Result<Value, usize> {
        if depth > DEEPEST {
            return Err(self.at);
        }
        let deeper = depth.saturating_add(1);
        match self.peek() {
            Some('[') => {
                self.expect('[')?;
                let mut items = Vec::new();
                while self.peek() != Some(']') {
                    items.push(self.value(deeper)?);
                    self.comma_before(']')?;
                }
                self.take();
                Ok(Value::Array(items))
            }
            Some('{') => {
                self.expect('{')?;
                let mut values = Map::new();
                while self.peek() != Some('}') {
                    let (key, value) = self.pair(false, deeper)?;
                    values.insert(key, value);
                    self.comma_before('}')?;
                }
                self.take();
                Ok(Value::Object(values))
            }
            _ => self.scalar().map(Value::from),
        }
    }

    fn comma_before(&mut self, end: char) -> Result<(), usize> {
        self.skip_space();
        match self.peek() {
            Some(character) if character == end => Ok(()),
            _ => self.expect(','),
        }
    }

    fn scalar(&mut self) -> Result<String, usize> {
        if let Some(quote @ ('"' | '\'')) = self.peek() {
            return self.quoted(quote);
        }
        let mut text = String::new();
        while let Some(character) = self.peek() {
            match character {
                ',' | ']' | '}' => break,
                '\\' if self.text.get(self.at..).is_some_and(|rest| rest.starts_with("\\,")) => {
                    self.take();
                    self.take();
                    text.push(',');
                }
                character => {
                    self.take();
                    text.push(character);
                }
            }
        }
        Ok(text.trim_end().to_owned())
    }

    fn quoted(&mut self, quote: char) -> Result<String, usize> {
        self.take();
        let mut text = String::new();
        loop {
            match self.take().ok_or(self.at)? {
                character if character == quote => return Ok(text),
                '\\' if self.peek() == Some(quote) || self.peek() == Some('\\') => text.extend(self.take()),
                character => text.push(character),
            }
        }
    }
}
