//! The problems of the request, each with a link to its field.

use super::blocks::sign;
use super::context::Page;
use super::icon::icon;
use super::journey::tone_name;
use crate::browser::document;
use crate::present::ShownProblem;
use crate::present::block::Tone;
use yew::prelude::*;

/// The id of the control at `path`, for labels and for links that lead to it.
pub(super) fn control_id(path: &str) -> String {
    let plain: String = path
        .chars()
        .map(|character| if character.is_ascii_alphanumeric() { character } else { '-' })
        .collect();
    format!("field-{plain}")
}

/// The tone of an error, or of a warning.
pub(super) fn tone_of(is_error: bool) -> Tone {
    if is_error { Tone::Bad } else { Tone::Warn }
}

/// The errors, or the warnings.
pub(super) fn problem_summary(page: &Page, errors: bool) -> Html {
    let problems: Vec<&ShownProblem> =
        page.problems().iter().filter(|problem| problem.is_error == errors).collect();
    // What nobody has touched is not wrong, only empty.
    let untouched = errors && !problems.iter().any(|problem| page.has_left(&problem.path));
    let (tone, title) = match errors {
        true if untouched => (Tone::Note, page.texts.missing_title),
        true => (tone_of(true), page.texts.problems_title),
        false => (tone_of(false), page.texts.warnings_title),
    };
    let (shape, tone) = (sign(tone), tone_name(tone));
    html! {
        <div class="problem-summary" data-level={tone}>
            if !problems.is_empty() {
                <div class="notice" data-tone={tone}>
                    <p><strong>{ title }</strong></p>
                    <ul>
                        for (index, problem) in problems.iter().enumerate() {
                            <li key={index} class="problem" data-tone={tone}>{ icon(shape) }{ with_link(page, problem) }</li>
                        }
                    </ul>
                </div>
            }
        </div>
    }
}

fn with_link(page: &Page, problem: &ShownProblem) -> Html {
    let target = control_id(&problem.path);
    let go = {
        let (target, path, page) = (target.clone(), problem.path.clone(), page.clone());
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            page.leave(&path);
            document::focus(&target);
        })
    };
    html! {
        <span>
            if !problem.label.is_empty() {
                <a href={format!("#{target}")} onclick={go}>{ &problem.label }</a>{ ": " }
            }
            { &problem.message }
        </span>
    }
}
