//! The languages there are.

use crate::read::Read;
use crate::sentence;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A language of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Language {
    /// English, in which everything is thought of.
    #[default]
    #[serde(rename = "en")]
    English,
    /// German.
    #[serde(rename = "de")]
    German,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// Its tag by BCP 47, which `Intl` and the attribute `lang` take.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// Its own name for itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// The language of a tag, whatever its region: `de-AT` is German.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// A number of bytes inside a sentence, rounded down so that it never reaches a limit that it keeps.
    pub(super) fn size(self, bytes: u64) -> String {
        match self {
            Self::English => sentence::size(bytes, '.', "bytes"),
            Self::German => sentence::size(bytes, ',', "Byte"),
        }
    }
}

impl Read for Language {
    fn read(value: &Value) -> Option<Self> {
        Self::of_tag(value.as_str()?)
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn a_tag_is_told_by_its_first_part() {
        assert_eq!(Language::of_tag("de-AT"), Some(Language::German));
        assert_eq!(Language::of_tag("EN"), Some(Language::English));
        assert_eq!(Language::of_tag("den"), None);
    }
}
