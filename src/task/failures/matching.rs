//! Finds a wording in a message, whatever its case, its punctuation, and what AWS puts in its gaps.
//!
//! A wording is a pattern of words with named gaps. If it does not occur as it stands, a long one is still taken to be
//! meant where four fifths of its words occur in their order: AWS changes its sentences, and mistypes them.

use std::collections::BTreeMap;

/// How many words of a message are looked at; AWS's longest has about fifty.
const MOST_WORDS: usize = 150;
/// How many words a gap may stand for: a version or an ARN is several.
const LONGEST_GAP: usize = 16;
/// A shorter wording must occur as it stands.
const LEAST_FOR_LIKENESS: usize = 6;

/// A pattern's match.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Match {
    /// How much the pattern says: the more, the more specific. Likeness weighs less than the wording itself.
    pub(super) weight: usize,
    /// What stands in the gaps, by name.
    pub(super) values: BTreeMap<&'static str, String>,
}

/// A message in words.
pub(super) struct Words<'a> {
    text: &'a str,
    words: Vec<Word>,
}

struct Word {
    start: usize,
    end: usize,
    lower: String,
}

/// A part of a pattern.
enum Part {
    Word(String),
    Gap(&'static str),
}

impl<'a> Words<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let words = spans(text)
            .take(MOST_WORDS)
            .filter_map(|(start, end)| Some(Word { start, end, lower: text.get(start..end)?.to_lowercase() }))
            .collect();
        Self { text, words }
    }

    /// Looks for a pattern.
    pub(super) fn matches(&self, pattern: &'static str) -> Option<Match> {
        let parts = parts(pattern);
        let wording = parts.iter().filter(|part| matches!(part, Part::Word(_))).count();
        let exact = (0..self.words.len()).find_map(|start| {
            let mut values = BTreeMap::new();
            self.fits(start, &parts, &mut values).then_some(values)
        });
        if let Some(values) = exact {
            // Of two with as many words, the one that also says what stands in its gap.
            let weight = wording.saturating_mul(2).saturating_add(values.len());
            return Some(Match { weight, values });
        }
        let alike = self.longest_common(&parts);
        let is_alike = wording >= LEAST_FOR_LIKENESS && alike.saturating_mul(5) >= wording.saturating_mul(4);
        is_alike.then(|| Match { weight: alike, values: BTreeMap::new() })
    }

    /// Whether the parts stand one behind the other from `at` on; a gap takes as few words as it can.
    fn fits(&self, at: usize, parts: &[Part], values: &mut BTreeMap<&'static str, String>) -> bool {
        let Some((part, rest)) = parts.split_first() else { return true };
        match part {
            Part::Word(word) => {
                self.words.get(at).is_some_and(|found| found.lower == *word)
                    && self.fits(at.saturating_add(1), rest, values)
            }
            Part::Gap(name) => {
                let longest = if rest.is_empty() { 1 } else { LONGEST_GAP };
                for length in 1..=longest {
                    let last = at.saturating_add(length).saturating_sub(1);
                    if self.fits(last.saturating_add(1), rest, values) {
                        values.extend(self.value(at, last, rest.is_empty()).map(|value| (*name, value)));
                        return true;
                    }
                }
                false
            }
        }
    }

    /// The text from one word to another; at a pattern's end as far as there is no space.
    fn value(&self, first: usize, last: usize, is_open: bool) -> Option<String> {
        let (start, mut end) = (self.words.get(first)?.start, self.words.get(last)?.end);
        if is_open {
            let rest = self.text.get(end..)?;
            end = end.saturating_add(rest.find(char::is_whitespace).unwrap_or(rest.len()));
        }
        let value = self.text.get(start..end)?;
        Some(value.trim_end_matches(['.', ',', ']', ')', '\'', '"']).chars().take(200).collect())
    }

    /// How many of the pattern's words occur in their order.
    fn longest_common(&self, parts: &[Part]) -> usize {
        let mut row = vec![0_usize; self.words.len().saturating_add(1)];
        for part in parts {
            let Part::Word(word) = part else { continue };
            let mut diagonal = 0_usize;
            let mut left = 0_usize;
            for (entry, found) in row.iter_mut().skip(1).zip(&self.words) {
                let above = *entry;
                left = if found.lower == *word { diagonal.saturating_add(1) } else { above.max(left) };
                diagonal = above;
                *entry = left;
            }
        }
        row.last().copied().unwrap_or(0)
    }
}

fn parts(pattern: &'static str) -> Vec<Part> {
    let mut parts = Vec::new();
    for (index, piece) in pattern.split(['{', '}']).enumerate() {
        if index % 2 == 1 {
            parts.push(Part::Gap(piece));
        } else {
            let words = spans(piece).filter_map(|(start, end)| piece.get(start..end));
            parts.extend(words.map(|word| Part::Word(word.to_lowercase())));
        }
    }
    parts
}

/// Where the words of a text are: runs of letters and digits.
fn spans(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut rest = text.char_indices().peekable();
    let length = text.len();
    std::iter::from_fn(move || {
        while rest.next_if(|(_, character)| !character.is_alphanumeric()).is_some() {}
        let (start, _) = *rest.peek()?;
        while rest.next_if(|(_, character)| character.is_alphanumeric()).is_some() {}
        Some((start, rest.peek().map_or(length, |(at, _)| *at)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLE: &str = "The service role {role} does not exist or does not have sufficient permissions";

    #[test]
    fn case_punctuation_and_what_stands_around_do_not_matter() {
        let words = Words::of(
            "ERROR: the SERVICE role <my-role> does not exist, or does not have sufficient permissions!",
        );
        let found = words.matches(ROLE).unwrap();
        assert_eq!(found.values["role"], "my-role");
    }

    #[test]
    fn a_gap_at_the_end_takes_a_whole_version() {
        let words = Words::of("ClientError: Unsupported kernel version 4.15.0-1021-aws.");
        let found = words.matches("Unsupported kernel version {kernel}").unwrap();
        assert_eq!(found.values["kernel"], "4.15.0-1021-aws");
    }

    #[test]
    fn a_sentence_that_aws_rewords_a_little_is_still_known() {
        let words = Words::of(
            "The sevice role vmimport provided does not exist or does not have the sufficient permissions",
        );
        assert!(words.matches(ROLE).is_some());
        let words = Words::of("The role of the weather does not exist");
        assert!(words.matches(ROLE).is_none());
    }

    #[test]
    fn the_wording_itself_weighs_more_than_a_likeness() {
        let exact = Words::of("The service role a does not exist or does not have sufficient permissions");
        let alike = Words::of("The service role a does not exist or has no sufficient permissions");
        let alike = alike.matches(ROLE);
        assert!(alike.is_none() || exact.matches(ROLE).unwrap().weight > alike.unwrap().weight);
    }
}
