//! Finds what a misspelt word was meant to be.

/// Longer words are not compared: nobody misspells their way to them, and the comparison is quadratic.
const LONGEST: usize = 80;

/// The candidate that differs from `word` by the fewest letters, if that is few enough to be a slip of the hand.
pub(super) fn nearest(word: &str, candidates: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let word = plain(word)?;
    let most = 1 + word.len() / 5;
    candidates
        .filter_map(|candidate| Some((distance(&word, &plain(candidate)?), candidate)))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The letters and digits in lower case: `kms_key_id` and `KmsKeyId` are the same word.
fn plain(word: &str) -> Option<Vec<char>> {
    let letters: Vec<char> = word
        .chars()
        .take(LONGEST + 1)
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    (1..=LONGEST).contains(&letters.len()).then_some(letters)
}

/// How many letters must be added, dropped or changed to make one word of the other (Levenshtein's distance).
fn distance(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (index, a) in left.iter().enumerate() {
        let mut diagonal = index;
        row[0] = index + 1;
        for (column, b) in right.iter().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    const NAMES: [&str; 3] = ["KmsKeyId", "Description", "Encrypted"];

    #[test]
    fn a_slip_of_the_hand_is_recognised() {
        assert_eq!(nearest("Descripton", NAMES.into_iter()), Some("Description"));
    }

    #[test]
    fn another_way_to_join_the_words_is_recognised() {
        assert_eq!(nearest("kms-key-id", NAMES.into_iter()), Some("KmsKeyId"));
    }

    #[test]
    fn a_different_word_is_not_taken_for_another() {
        assert_eq!(nearest("Volume", NAMES.into_iter()), None);
    }

    #[test]
    fn a_huge_word_is_not_compared() {
        assert_eq!(nearest(&"E".repeat(10_000), NAMES.into_iter()), None);
    }
}
