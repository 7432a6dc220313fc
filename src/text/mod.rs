//! The catalogue of texts: everything that is said, a file a subject, so that each program carries only its own.
//!
//! What the page says of itself is a struct a subject, of which each language has a value: the compiler names what is
//! missing. What the stages say is written where it is thought of, in English; each language has it by the English
//! template in tables beside those values, and `tests/languages.rs` names what is missing there.

use crate::sentence::{Sentence, Speaks, filled};

/// Declares a struct of texts and its English value in one place; the German value lies in [`german`].
macro_rules! texts {
    ($(#[$about:meta])* $name:ident in $subject:ident { $($field:ident: $text:expr,)* }) => {
        $(#[$about])*
        #[allow(missing_docs, reason = "a text's name and its English value say what it is")]
        #[derive(Debug)]
        pub struct $name {
            /// The language.
            pub language: $crate::text::language::Language,
            /// What the stages say of this subject, in this language.
            pub sentences: &'static [$crate::text::Table],
            $(pub $field: &'static str,)*
        }

        /// The texts in English.
        pub static ENGLISH: $name = $name {
            language: $crate::text::language::Language::English,
            sentences: &[],
            $($field: $text,)*
        };

        /// Each language has one value: two of one language are the same, and no text is compared whenever the page is
        /// drawn.
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.language == other.language
            }
        }

        impl Eq for $name {}

        impl $name {
            /// The texts in `language`.
            pub fn of(language: $crate::text::language::Language) -> &'static Self {
                match language {
                    $crate::text::language::Language::English => &ENGLISH,
                    $crate::text::language::Language::German => &$crate::text::german::$subject::GERMAN,
                }
            }

            /// A sentence of a stage in this language.
            pub fn say(&self, sentence: &$crate::sentence::Sentence) -> String {
                $crate::text::say(self.language, self.sentences, sentence)
            }

            /// A text of a stage's table in this language.
            pub fn translated(&self, text: &'static str) -> &'static str {
                $crate::text::translated(self.sentences, text)
            }
        }
    };
}
use texts;

pub mod answer;
pub mod aws_pages;
pub mod duration;
pub mod form;
pub mod german;
pub mod labels;
pub mod language;
pub mod page;
pub mod report;
pub mod runbook;
pub mod shell;
pub mod upload;

use language::Language;

/// Sentences and clauses of the stages: each in English and in another language, with the same `{values}`.
pub type Table = &'static [(&'static str, &'static str)];

/// A language with the tables of one subject.
struct Speaker {
    language: Language,
    sentences: &'static [Table],
}

impl Speaks for Speaker {
    fn translated(&self, template: &'static str) -> &'static str {
        translated(self.sentences, template)
    }

    fn size(&self, bytes: u64) -> String {
        self.language.size(bytes)
    }
}

fn say(language: Language, sentences: &'static [Table], sentence: &Sentence) -> String {
    sentence.said_by(&Speaker { language, sentences })
}

/// What the tables have for an English text; the text itself where they have nothing, as English has not.
fn translated(sentences: &'static [Table], text: &'static str) -> &'static str {
    let mut entries = sentences.iter().copied().flatten();
    entries.find(|(english, _)| *english == text).map_or(text, |(_, own)| own)
}

/// `text` with each `{name}` replaced by its value.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    filled(text, ["{", "}"], &|name| {
        let known = values.iter().find(|(known, _)| *known == name);
        Some(known.map_or(name, |(_, value)| value).to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn a_value_that_holds_braces_is_not_filled_again() {
        assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "x")]), "{b} and x");
        assert_eq!(fill("an open { stays", &[]), "an open { stays");
    }
}
