//! The steps of the journey, each a link, each with how it stands: in colour, by a sign, and in words.

use super::context::Page;
use crate::browser::document;
use crate::plan::Plan;
use crate::present::block::Tone;
use crate::present::upload::Phase;
use crate::present::{ImageFacts, REGION, ShownProblem};
use crate::text::page::PageTexts;
use gloo::events::EventListener;
use yew::prelude::*;

/// The card that each step leads to, in their order on the page.
const CARDS: [&str; 6] = ["image", "verdict", "destination", "upload", "request", "paste"];

/// The steps, of which `current` is in view; the upload stands at `phase`.
pub(super) fn journey(page: &Page, image: Option<&ImageFacts>, phase: Phase, current: &str) -> Html {
    let texts = page.texts;
    let done = |is_done: bool| if is_done { Tone::Good } else { Tone::Plain };
    let is_place = |path: &str| path == REGION || path.starts_with("DiskContainer");
    let has_errors = page.problems().iter().any(|problem| problem.is_error);
    let form = |of_place: bool| {
        let is_here = |problem: &ShownProblem| problem.is_error && is_place(&problem.path) == of_place;
        let mut standing = None;
        for problem in page.problems().iter().filter(|problem| is_here(problem)) {
            // What nobody has touched is not wrong, only empty.
            let tone =
                if page.has_left(&problem.path) { Tone::Warn } else { standing.unwrap_or(Tone::Plain) };
            standing = Some(tone);
        }
        // Most of what a call takes may be left out: the request is complete when the place is named, too.
        standing.unwrap_or_else(|| done(page.written.is_some() && (of_place || !has_errors)))
    };
    let standings = [
        done(image.is_some()),
        image.map_or(Tone::Plain, |image| image.tone_for(&page.plan().call)),
        form(true),
        match phase {
            Phase::Done => Tone::Good,
            Phase::Held | Phase::Failed => Tone::Warn,
            _ => Tone::Plain,
        },
        form(false),
        Tone::Plain,
    ];
    let names = [
        texts.step_image,
        texts.step_verdict,
        texts.step_destination,
        texts.step_upload,
        texts.step_import,
        texts.step_follow_up,
    ];
    // A step whose card is not on the page leads nowhere.
    let steps = CARDS.into_iter().zip(names).zip(standings);
    let is_there = |card: &str| match card {
        "verdict" => image.is_some(),
        "upload" => has_upload(page.plan(), phase),
        _ => true,
    };
    let steps = steps.filter(|((card, _), _)| is_there(card));
    html! {
        <nav aria-label={texts.journey}>
            <ol class="journey">
                for (index, ((card, name), standing)) in steps.enumerate() {
                    <li key={card}>
                        <a href={format!("#{card}")} data-state={(standing != Tone::Plain).then(|| tone_name(standing))}
                            aria-current={(card == current).then_some("step")}>
                            <span class="step-mark" aria-hidden="true">{ sign(standing, index) }</span>{ name }
                            <span class="visually-hidden">{ word(texts, card, standing) }</span>
                        </a>
                    </li>
                }
            </ol>
        </nav>
    }
}

/// Whether the call is one that an upload comes before.
pub(super) fn is_import(plan: &Plan) -> bool {
    matches!(plan.call.as_str(), "ImportSnapshot" | "ImportImage")
}

/// Whether there is something to upload for the call, or something is being uploaded.
pub(super) fn has_upload(plan: &Plan, phase: Phase) -> bool {
    phase != Phase::Idle || is_import(plan)
}

/// The card that is in view while the person scrolls: the last that begins in the upper part of the window.
#[hook]
pub(super) fn use_current_step() -> &'static str {
    let current = use_state_eq(|| CARDS[0]);
    let setter = current.setter();
    use_effect_with((), move |()| {
        let listener = web_sys::window()
            .map(|window| EventListener::new(&window, "scroll", move |_| setter.set(current_card())));
        move || drop(listener)
    });
    use_effect_with(*current, |_| document::show_in_row(".journey [aria-current]"));
    *current
}

fn current_card() -> &'static str {
    const UPPER_PART: f64 = 200.0;
    let top = |card: &&str| document::element(card).map(|element| element.get_bounding_client_rect().top());
    let begun = CARDS.iter().rev().find(|card| top(card).is_some_and(|top| top < UPPER_PART));
    begun.copied().unwrap_or(CARDS[0])
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

fn word(texts: &PageTexts, card: &str, standing: Tone) -> &'static str {
    match standing {
        // Nothing is imported by filling in a form.
        Tone::Good if matches!(card, "destination" | "request") => texts.standing_filled,
        Tone::Good => texts.standing_good,
        Tone::Warn => texts.standing_warn,
        Tone::Bad => texts.standing_bad,
        _ => "",
    }
}
