//! The catalogue of texts: everything the page says, a file a subject, so that each program carries only its own.
//!
//! A second language is a second value of each struct; the compiler names what is missing.

/// Declares a struct of texts and its English value in one place.
macro_rules! texts {
    ($(#[$about:meta])* $name:ident { $($field:ident: $text:expr,)* }) => {
        $(#[$about])*
        #[allow(missing_docs, reason = "a text's name and its English value say what it is")]
        #[derive(Debug, PartialEq, Eq)]
        pub struct $name { $(pub $field: &'static str,)* }

        /// The texts in English.
        pub static ENGLISH: $name = $name { $($field: $text,)* };
    };
}
use texts;

pub mod answer;
pub mod duration;
pub mod form;
pub mod labels;
pub mod page;
pub mod report;
pub mod runbook;
pub mod upload;

/// `text` with each `{name}` replaced by its value.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        // One pass: a value that itself holds braces is not filled again.
        filled.push_str(values.iter().find(|(known, _)| *known == name).map_or(name, |(_, value)| value));
        rest = after;
    }
    filled.push_str(rest);
    filled
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
