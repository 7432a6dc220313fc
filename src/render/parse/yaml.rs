//! YAML as `--cli-input-yaml` takes it, from the events of a YAML parser.
//!
//! Anchors and aliases are not followed: a few lines of them can stand for gigabytes.

use super::{DEEPEST, Fault, Faults, NotRead, NotUnderstood};
use crate::sentence::{Sentence, sentence};
use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Reads a mapping; `offset` is where the text begins in what was pasted.
pub(super) fn read(text: &str, offset: usize) -> Result<(Map<String, Value>, Faults), NotRead> {
    let mut reader = Reader::new(text, offset);
    loop {
        let (event, span) = reader.next()?;
        match event {
            Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
            Event::MappingStart(..) => return Ok((reader.mapping(0)?, reader.faults)),
            _ => {
                return Err(Reader::refuse(
                    span,
                    "This is no request: a request in YAML has its members one to a line, such as “DryRun: true”. Pasted can be a command of the AWS CLI, its JSON or YAML input, a Query body or a call of boto3.",
                ));
            }
        }
    }
}

/// Reads every document of a stream, whatever it holds, and what was left out of it.
pub(crate) fn documents(text: &str) -> Result<(Vec<Value>, Vec<NotUnderstood>), NotRead> {
    let mut reader = Reader::new(text, 0);
    let mut documents = Vec::new();
    loop {
        let (event, span) = reader.next()?;
        match event {
            Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
            Event::StreamEnd => break,
            event => documents.extend(reader.value(event, span, 0)?),
        }
    }
    let left_out = reader.faults.0.into_iter().map(|fault| fault.locate(text)).collect();
    Ok((documents, left_out))
}

/// Where each character begins, in bytes; the parser counts characters.
fn places(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

struct Reader<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    places: Vec<usize>,
    offset: usize,
    faults: Faults,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, offset: usize) -> Self {
        Self { parser: Parser::new_from_str(text), places: places(text), offset, faults: Faults::default() }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), NotRead> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(NotRead {
                line: error.marker().line(),
                column: error.marker().col().saturating_add(1),
                message: sentence!("This is not YAML: {error}.", error = error.info()),
            }),
            None => Err(NotRead::whole("The YAML ends in the middle.")),
        }
    }

    fn refuse(span: Span, message: &'static str) -> NotRead {
        NotRead {
            line: span.start.line(),
            column: span.start.col().saturating_add(1),
            message: message.into(),
        }
    }

    fn fault(&mut self, span: Span, reason: impl Into<Sentence>) {
        let place = |index: usize| self.places.get(index).copied().unwrap_or(0);
        let (start, end) = (place(span.start.index()), place(span.end.index()));
        let at = self.offset.saturating_add(start);
        self.faults.push(Fault::new(at, end.saturating_sub(start), reason));
    }

    fn mapping(&mut self, depth: usize) -> Result<Map<String, Value>, NotRead> {
        let mut values = Map::new();
        loop {
            let (event, span) = self.next()?;
            let name = match event {
                Event::MappingEnd => return Ok(values),
                Event::Scalar(name, ..) => name.into_owned(),
                _ => return Err(Self::refuse(span, "A member's name must be plain text.")),
            };
            let (event, value_span) = self.next()?;
            if let Some(value) = self.value(event, value_span, depth)?
                && values.insert(name, value).is_some()
            {
                self.fault(span, "This member is given twice; the last is taken.");
            }
        }
    }

    fn value(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Option<Value>, NotRead> {
        if depth > DEEPEST {
            return Err(Self::refuse(span, "Structures lie too deep within each other here."));
        }
        let deeper = depth.saturating_add(1);
        match event {
            Event::Scalar(text, style, _, _) => Ok(Some(scalar(text, style))),
            Event::MappingStart(..) => Ok(Some(Value::Object(self.mapping(deeper)?))),
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                loop {
                    let (event, span) = self.next()?;
                    if matches!(event, Event::SequenceEnd) {
                        return Ok(Some(Value::Array(items)));
                    }
                    items.extend(self.value(event, span, deeper)?);
                }
            }
            Event::Alias(_) => {
                self.fault(span, "References to anchors are not followed: write the value out.");
                Ok(None)
            }
            _ => Err(Self::refuse(span, "A value is missing here.")),
        }
    }
}

/// A plain scalar by YAML 1.2's core schema; anything in quotes is text.
fn scalar(text: Cow<'_, str>, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::from(text.into_owned());
    }
    match text.as_ref() {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::from(true),
        "false" | "False" | "FALSE" => Value::from(false),
        _ => number(&text).unwrap_or_else(|| Value::from(text.into_owned())),
    }
}

fn number(text: &str) -> Option<Value> {
    // Leading zeros, as in an account's number, would be lost.
    let digits = text.trim_start_matches(['-', '+']);
    let has_leading_zero =
        digits.starts_with('0') && digits.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    if has_leading_zero || !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    text.parse::<i64>()
        .map(Value::from)
        .ok()
        .or_else(|| text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from))
}
