//! Several images at once, each with its two answers; the one that is chosen is what the rest of the page is about.

use super::blocks::badge;
use super::context::Page;
use super::inspection::UseInspection;
use crate::present::Inspected;
use yew::prelude::*;

/// The images, each a button.
pub(super) fn image_list(page: &Page, inspection: &UseInspection) -> Html {
    let set = inspection.state.inspected();
    html! {
        <ul class="images" aria-label={page.texts.images}>
            for (index, image) in set.iter().flat_map(|set| &set.images).enumerate() {
                <li key={index}>{ entry(inspection, index, image) }</li>
            }
        </ul>
    }
}

fn entry(inspection: &UseInspection, index: usize, image: &Inspected) -> Html {
    let choose = inspection.choose.reform(move |_: MouseEvent| index);
    let is_chosen = index == inspection.chosen;
    html! {
        <button type="button" aria-pressed={if is_chosen { "true" } else { "false" }} onclick={choose}>
            <span class="file-name"><bdi>{ &image.facts.name }</bdi></span>
            <span class="small soft">{ &image.sizes }</span>
            <span class="badges">
                for (index, answer) in image.answers.iter().enumerate() {
                    <span key={index}>{ badge(answer) }</span>
                }
            </span>
        </button>
    }
}
