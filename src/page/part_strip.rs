//! The parts of an upload side by side, with SVG attributes: the page's policy blocks `style`.

use crate::present::block::{PartTone, Strip};
use yew::prelude::*;

/// The drawing.
pub(super) fn part_strip(strip: &Strip) -> Html {
    let total: u32 = strip.runs.iter().map(|run| run.count).sum();
    html! {
        <figure class="part-strip">
            <svg viewBox={format!("0 0 {} 1", total.max(1))} preserveAspectRatio="none" aria-hidden="true">
                for (index, (start, count, class)) in places(strip).into_iter().enumerate() {
                    <rect key={index} {class} x={start.to_string()} y="0" width={count.to_string()} height="1" />
                }
            </svg>
            <figcaption class="small soft">{ &strip.label }</figcaption>
        </figure>
    }
}

fn places(strip: &Strip) -> Vec<(u32, u32, &'static str)> {
    let place = |start: &mut u32, run: &crate::present::block::StripRun| {
        let from = std::mem::replace(start, *start + run.count);
        Some((from, run.count, class(run.tone)))
    };
    strip.runs.iter().scan(0, place).collect()
}

fn class(tone: PartTone) -> &'static str {
    match tone {
        PartTone::Waiting => "waiting",
        PartTone::Hashing => "hashing",
        PartTone::Sending => "sending",
        PartTone::Retrying => "retrying",
        PartTone::Done => "done",
        PartTone::Retried => "retried",
    }
}
