use super::super::super::Plain;
use super::*;
use crate::text::language::Language;
use std::collections::BTreeSet;

#[test]
fn every_outcome_of_the_checks_has_words_of_its_own_and_warns_of_what_was_not_shown() {
    let parts = [PartsCheck::SignedChecksum, PartsCheck::Compared, PartsCheck::NotAll, PartsCheck::NotAny];
    let wholes = [
        WholeCheck::Checksum,
        WholeCheck::Etag,
        WholeCheck::SignedChecksum,
        WholeCheck::Size,
        WholeCheck::NotReadBack,
    ];
    for texts in Language::ALL.map(UploadTexts::of) {
        let mut said = BTreeSet::new();
        for (parts, whole) in parts.into_iter().flat_map(|parts| wholes.map(|whole| (parts, whole))) {
            let blocks = checks(texts, Checks { parts, whole });
            let warning = blocks.iter().find_map(|block| match block {
                Block::Text(text) if text.tone == Tone::Warn => Some(text.text.as_str()),
                _ => None,
            });
            let has_sum = !matches!(whole, WholeCheck::Size | WholeCheck::NotReadBack);
            let missing = [
                (parts == PartsCheck::NotAll && !has_sum).then_some(texts.check_parts_some),
                (parts == PartsCheck::NotAny && !has_sum).then_some(texts.check_parts_none),
                (whole == WholeCheck::NotReadBack).then_some(texts.check_not_read_back),
            ];
            let missing = missing.into_iter().flatten().collect::<Vec<_>>().join(" ");
            assert_eq!(warning.unwrap_or_default(), missing, "{parts:?} {whole:?}");
            assert!(said.insert(format!("{blocks:?}")), "{parts:?} {whole:?}");
        }
    }
}

#[test]
fn the_caption_of_the_strip_says_how_many_parts_were_sent_again() {
    let run = |state, count| engine::Run { state, count };
    let strip_of = |runs: Vec<engine::Run>, retried| {
        let counts = engine::Counts { done: 3, retried, ..engine::Counts::default() };
        strip(UploadTexts::of(Language::English), &Plain, &runs, counts)
    };
    let shown = strip_of(vec![run(PartState::Done, 2), run(PartState::Retried, 1)], 1);
    assert_eq!(shown.label, "3 of 3 parts have arrived, 1 sent again");
    assert_eq!(shown.runs[1].tone, PartTone::Retried);
    assert_eq!(strip_of(vec![run(PartState::Done, 3)], 0).label, "3 of 3 parts have arrived");
}
