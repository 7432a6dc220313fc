//! Sentences and commands with named `{values}`.

use crate::sentence::{Sentence, Value};
use std::collections::BTreeMap;

/// The values of one finding, by the names that the rule's templates use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<&'static str, Value>);

impl Values {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    /// These and one more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.insert(name, value.into());
        self
    }

    /// The value called `name`, exactly as it was given; words in English.
    pub fn get(&self, name: &str) -> Option<String> {
        self.0.get(name).map(Value::english)
    }

    /// Each value by its name, made safe to show; words in English.
    pub fn shown(&self) -> BTreeMap<String, String> {
        self.0.iter().map(|(name, value)| ((*name).to_string(), safe(value).english())).collect()
    }

    /// The sentence that `template` makes with these values, made safe to show; `None` where one is missing.
    pub(super) fn sentence(&self, template: &'static str) -> Option<Sentence> {
        let mut values = Vec::new();
        for name in names(template) {
            let (name, value) = self.0.get_key_value(name)?;
            values.push((*name, safe(value)));
        }
        Some(Sentence::new(template, values))
    }
}

fn safe(value: &Value) -> Value {
    value.clone().with_texts(shown)
}

/// One finding without values when `speaks`, else none.
pub(super) fn when(speaks: bool) -> Vec<Values> {
    if speaks { vec![Values::new()] } else { Vec::new() }
}

/// `template` with each `{name}` replaced by what `value` gives for it; `None` where it gives nothing.
pub(super) fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        filled.push_str(before);
        filled.push_str(&value(name)?);
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

/// The names in `template`.
pub(super) fn names(template: &str) -> Vec<&str> {
    template.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

/// How much of one value is shown, in characters.
const SHOWN: usize = 200;

/// `text` as it may stand in a sentence or on a terminal: control characters and those that turn the direction of
/// writing are escaped, because a file's name and a disk's label are hostile; what is very long is cut.
pub fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN).and_then(|(end, _)| text.get(..end)) {
        Some(beginning) => format!("{}…", escaped(beginning)),
        None => escaped(text),
    }
}

/// The whole of `text`, escaped like [`shown`].
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if is_deceptive(c) { safe.extend(c.escape_unicode()) } else { safe.push(c) }
    }
    safe
}

/// Control characters, line separators, and the marks of bidirectional writing.
fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_value_holds_is_no_template() {
        let values = Values::new().with("name", "{size}").with("size", 3);
        let filled = fill("{name} has {size}", |name| values.get(name));
        assert_eq!(filled.as_deref(), Some("{size} has 3"));
    }

    #[test]
    fn a_template_without_its_value_is_not_filled() {
        assert_eq!(fill("{missing}", |_| None), None);
    }

    #[test]
    fn control_characters_and_turned_writing_are_escaped() {
        assert_eq!(shown("a\x1b[31m\n\u{202E}é"), "a\\u{1b}[31m\\u{a}\\u{202e}é");
        assert_eq!(shown(&"x".repeat(1000)).chars().count(), SHOWN + 1);
    }
}
