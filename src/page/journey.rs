//! The steps of the journey, each a link, each with how it stands: in colour, by a sign, and in words.

use super::context::Page;
use crate::present::ImageFacts;
use crate::present::block::Tone;
use crate::text::page::PageTexts;
use yew::prelude::*;

/// The steps.
pub(super) fn journey(page: &Page, image: Option<&ImageFacts>) -> Html {
    let texts = page.texts;
    let done = |is_done: bool| if is_done { Tone::Good } else { Tone::Plain };
    let verdict = image.map_or(Tone::Plain, |image| image.import_snapshot);
    let written = page.is_complete();
    let form = if written || page.left.is_empty() { done(written) } else { Tone::Warn };
    let steps = [
        ("#image", texts.step_image, done(image.is_some())),
        ("#verdict", texts.step_verdict, verdict),
        ("#request", texts.step_import, form),
        ("#output", texts.output_title, done(written)),
        ("#upload", texts.step_upload, Tone::Plain),
    ];
    html! {
        <nav aria-label={texts.journey}>
            <ol class="journey">
                for (index, (target, name, standing)) in steps.into_iter().enumerate() {
                    <li key={target}>
                        <a href={target} data-state={(standing != Tone::Plain).then(|| tone_name(standing))}>
                            <span class="step-mark" aria-hidden="true">{ sign(standing, index) }</span>{ name }
                            <span class="visually-hidden">{ word(texts, standing) }</span>
                        </a>
                    </li>
                }
            </ol>
        </nav>
    }
}

/// A tone as the style sheet knows it.
pub(super) fn tone_name(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Soft => "soft",
        Tone::Note => "note",
        Tone::Good => "good",
        Tone::Warn => "warn",
        Tone::Bad => "bad",
    }
}

fn sign(standing: Tone, index: usize) -> String {
    match standing {
        Tone::Good => "✓".into(),
        Tone::Warn => "!".into(),
        Tone::Bad => "✕".into(),
        _ => (index + 1).to_string(),
    }
}

fn word(texts: &PageTexts, standing: Tone) -> &'static str {
    match standing {
        Tone::Good => texts.standing_good,
        Tone::Warn => texts.standing_warn,
        Tone::Bad => texts.standing_bad,
        _ => "",
    }
}
