//! Sentences as data: what is said, with its values beside it, so that any language can say it.
//!
//! The stages know nothing of languages. What they say is written in English where it is thought of, and a catalogue
//! ([`crate::text`]) has it in the others by the English template. So nothing is ever put together from pieces that
//! only English puts so, and no sentence is taken apart again.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::ops::Deref;

/// A sentence, or a clause of one: a template with its `{values}`. As text it is English, and two are equal that say the
/// same in it.
#[derive(Debug, Clone)]
pub struct Sentence {
    template: &'static str,
    values: Vec<(&'static str, Value)>,
    /// The template with its values.
    english: String,
}

/// What stands in a template's braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A name, a number, a word of a specification: the same in every language.
    Text(String),
    /// A number of bytes.
    Size(u64),
    /// Words that each language has its own for.
    Sentence(Sentence),
    /// Several, one after the other.
    List(Vec<Value>),
}

/// How a language says what a sentence is made of.
pub trait Speaks {
    /// The language's own for an English template; the template itself where it has none.
    fn translated(&self, template: &'static str) -> &'static str;

    /// A number of bytes, rounded down to one decimal.
    fn size(&self, bytes: u64) -> String;
}

/// What the stages themselves say.
struct English;

impl Speaks for English {
    fn translated(&self, template: &'static str) -> &'static str {
        template
    }

    fn size(&self, bytes: u64) -> String {
        size(bytes, '.', "bytes")
    }
}

/// `bytes` in the largest unit that leaves at least 1, rounded down to one decimal: "1.5 GiB"; below 1 KiB "511 bytes".
pub fn size(bytes: u64, decimal_mark: char, word: &str) -> String {
    const UNITS: [(&str, u64); 5] =
        [("PiB", 1 << 50), ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    let Some((unit, size)) = UNITS.iter().find(|(_, size)| bytes >= *size) else {
        return format!("{bytes} {word}");
    };
    let tenths = u128::from(bytes) * 10 / u128::from(*size);
    if tenths.is_multiple_of(10) {
        format!("{} {unit}", tenths / 10)
    } else {
        format!("{}{decimal_mark}{} {unit}", tenths / 10, tenths % 10)
    }
}

impl Sentence {
    /// The sentence that `template` makes with `values`.
    pub fn new(template: &'static str, values: Vec<(&'static str, Value)>) -> Self {
        let mut sentence = Self { template, values, english: String::new() };
        sentence.english = sentence.said_by(&English);
        sentence
    }

    /// What somebody else said, in whatever language that is.
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self { template: "", values: Vec::new(), english: text.into() }
    }

    /// What the error of a library says, which is English.
    pub fn of_error(error: impl fmt::Display) -> Self {
        Self::verbatim(error.to_string())
    }

    /// The sentence as a language says it.
    pub fn said_by(&self, language: &dyn Speaks) -> String {
        if self.template.is_empty() {
            return self.english.clone();
        }
        filled(language.translated(self.template), ["{", "}"], &|name| {
            let (_, value) = self.values.iter().find(|(known, _)| *known == name)?;
            Some(value.said_by(language))
        })
    }

    /// The sentence with each value that is text changed by `change`: made safe to show, for example.
    #[must_use]
    pub fn with_texts(mut self, change: fn(&str) -> String) -> Self {
        if self.template.is_empty() {
            return Self::verbatim(change(&self.english));
        }
        for (_, value) in &mut self.values {
            *value = std::mem::take(value).with_texts(change);
        }
        Self::new(self.template, self.values)
    }
}

impl Value {
    fn said_by(&self, language: &dyn Speaks) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Size(bytes) => language.size(*bytes),
            Self::Sentence(sentence) => sentence.said_by(language),
            Self::List(values) => {
                values.iter().map(|value| value.said_by(language)).collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// As it stands in an English sentence.
    pub fn english(&self) -> String {
        self.said_by(&English)
    }

    /// The value with each text in it changed by `change`.
    #[must_use]
    pub fn with_texts(self, change: fn(&str) -> String) -> Self {
        match self {
            Self::Text(text) => Self::Text(change(&text)),
            Self::Size(bytes) => Self::Size(bytes),
            Self::Sentence(sentence) => Self::Sentence(sentence.with_texts(change)),
            Self::List(values) => {
                Self::List(values.into_iter().map(|value| value.with_texts(change)).collect())
            }
        }
    }
}

impl Default for Value {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

/// `template` with each name between the two `marks` replaced by its value, in one pass, so that a value which itself
/// holds marks is not filled again. What has no value stays as it is.
pub(crate) fn filled(template: &str, marks: [&str; 2], value: &dyn Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once(marks[0]) {
        filled.push_str(before);
        let named = after.split_once(marks[1]).and_then(|(name, after)| Some((value(name)?, after)));
        if let Some((value, after)) = named {
            filled.push_str(&value);
            rest = after;
        } else {
            filled.push_str(marks[0]);
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

/// The sentence of a template and its values: `sentence!("{count} items at {place}", count = items.len(), place)`.
macro_rules! sentence {
    ($template:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::sentence::Sentence::new(
            $template,
            vec![$((stringify!($name), $crate::sentence::sentence!(@value $name $(= $value)?))),*],
        )
    };
    (@value $name:ident) => { $crate::sentence::Value::from($name) };
    (@value $name:ident = $value:expr) => { $crate::sentence::Value::from($value) };
}
pub(crate) use sentence;

impl From<&'static str> for Sentence {
    fn from(template: &'static str) -> Self {
        Self::new(template, Vec::new())
    }
}

impl Deref for Sentence {
    type Target = str;

    fn deref(&self) -> &str {
        &self.english
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.english)
    }
}

impl PartialEq for Sentence {
    fn eq(&self, other: &Self) -> bool {
        self.english == other.english
    }
}

impl Eq for Sentence {}

impl PartialEq<str> for Sentence {
    fn eq(&self, other: &str) -> bool {
        self.english == other
    }
}

impl PartialEq<&str> for Sentence {
    fn eq(&self, other: &&str) -> bool {
        self.english == *other
    }
}

/// What is written for programs is English.
impl Serialize for Sentence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.english)
    }
}

impl<'de> Deserialize<'de> for Sentence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::verbatim)
    }
}

impl From<Sentence> for Value {
    fn from(sentence: Sentence) -> Self {
        Self::Sentence(sentence)
    }
}

impl From<&Sentence> for Value {
    fn from(sentence: &Sentence) -> Self {
        Self::Sentence(sentence.clone())
    }
}

impl<T: Into<Self>> FromIterator<T> for Value {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}

macro_rules! texts_from {
    ($($type:ty),* $(,)?) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::Text(value.to_string())
            }
        }
    )*};
}

texts_from!(
    &str, &&str, String, &String, char, u8, u16, u32, u64, usize, i32, i64, f64, &u8, &u16, &u32, &u64,
    &usize, &i64,
);

#[cfg(test)]
mod tests {
    use super::*;

    struct German;

    impl Speaks for German {
        fn translated(&self, template: &'static str) -> &'static str {
            match template {
                "{place} has {size}" => "{size} hat {place}",
                "the file" => "die Datei",
                other => other,
            }
        }

        fn size(&self, bytes: u64) -> String {
            size(bytes, ',', "Bytes")
        }
    }

    #[test]
    fn a_sentence_is_said_in_the_order_and_the_words_of_the_language() {
        let place = Sentence::from("the file");
        let said = sentence!("{place} has {size}", place, size = Value::Size(1536));
        assert_eq!(said, "the file has 1.5 KiB");
        assert_eq!(said.said_by(&German), "1,5 KiB hat die Datei");
    }

    #[test]
    fn a_value_that_holds_braces_is_not_filled_again() {
        assert_eq!(sentence!("{a} and {b}", a = "{b}", b = "x"), "{b} and x");
    }

    #[test]
    fn what_others_said_stays_as_it_is() {
        assert_eq!(Sentence::verbatim("the file").said_by(&German), "the file");
    }

    #[test]
    fn a_size_is_rounded_down_so_that_it_never_reaches_a_limit_that_it_keeps() {
        assert_eq!(size((16 << 40) - 1, '.', "bytes"), "15.9 TiB");
        assert_eq!(size(511, '.', "bytes"), "511 bytes");
        assert_eq!(size(1 << 30, '.', "bytes"), "1 GiB");
    }
}
