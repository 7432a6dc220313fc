//! What is wrong with the plan: the request's own problems, and what the form adds to them.

use super::context::Page;
use super::icon::{Shape, icon};
use super::text::{Texts, fill};
use crate::browser::document;
use crate::image::Format;
use crate::inspect::Report;
use crate::plan::{Location, Plan};
use crate::request::validate::{Circumstances, Level, Problem, validate};
use crate::verdict::Verdict;
use yew::prelude::*;

/// The path of the Region, which is no parameter of the call.
pub(super) const REGION: &str = "Region";

/// All problems of `plan`, errors first.
pub(super) fn of(plan: &Plan, report: Option<&Report>, texts: &Texts) -> Vec<Problem> {
    let region = Some(plan.region.trim().to_owned()).filter(|region| !region.is_empty());
    let mut problems = Vec::new();
    if region.is_none() {
        problems.push(Problem {
            path: REGION.into(),
            level: Level::Error,
            code: "region-missing".into(),
            message: texts.region_missing.into(),
        });
    }
    let circumstances = Circumstances {
        region,
        disk_size: report.and_then(|report| report.virtual_size),
        now: Some(document::now_in_seconds()),
    };
    problems.extend(
        validate(&plan.request(), &circumstances)
            .into_iter()
            .map(|problem| for_the_form(problem, plan, texts)),
    );
    problems.extend(report.and_then(|report| about_the_image(plan, report, texts)));
    problems.sort_by_key(|problem| problem.level == Level::Warning);
    problems
}

/// The form has no control for the whole container: what is said of it belongs to the image's place.
fn for_the_form(mut problem: Problem, plan: &Plan, texts: &Texts) -> Problem {
    if problem.path == "DiskContainer" {
        problem.path = match plan.location {
            Location::Address => "DiskContainer.Url".into(),
            Location::Bucket => "DiskContainer.UserBucket.S3Bucket".into(),
        };
        if problem.level == Level::Error {
            problem.message = texts.image_place_missing.into();
        }
    }
    problem
}

/// What the image itself says against the request.
fn about_the_image(plan: &Plan, report: &Report, texts: &Texts) -> Option<Problem> {
    let warning = |path: &str, code: &str, message: String| {
        Some(Problem { path: path.into(), level: Level::Warning, code: code.into(), message })
    };
    if report.verdict.import_snapshot == Verdict::Refused {
        return warning("", "image-refused", texts.image_refused.into());
    }
    let form = plan.text("DiskContainer.Format");
    let image = format_to_declare(report)?;
    if form.is_empty() || form.eq_ignore_ascii_case(image) {
        return None;
    }
    warning(
        "DiskContainer.Format",
        "format-differs",
        fill(texts.format_differs, &[("image", image), ("form", &form)]),
    )
}

/// The `Format` to declare for an image, where EC2 has one.
pub(super) fn format_to_declare(report: &Report) -> Option<&'static str> {
    match report.format {
        Format::Vmdk => Some("VMDK"),
        Format::Vhd => Some("VHD"),
        Format::Raw => Some("RAW"),
        _ => None,
    }
}

/// The id of the control at `path`, for labels and for links that lead to it.
pub(super) fn control_id(path: &str) -> String {
    let plain: String = path
        .chars()
        .map(|character| if character.is_ascii_alphanumeric() { character } else { '-' })
        .collect();
    format!("field-{plain}")
}

/// The problems of one level, each with a link to its field.
pub(super) fn problem_summary(page: &Page, level: Level) -> Html {
    let (tone, title, shape) = match level {
        Level::Error => ("bad", page.texts.problems_title, Shape::Cross),
        Level::Warning => ("warn", page.texts.warnings_title, Shape::Warning),
    };
    // An untouched form is not wrong, only empty.
    let untouched = page.left.is_empty() && level == Level::Error;
    let problems: Vec<&Problem> =
        page.problems.iter().filter(|problem| problem.level == level && !untouched).collect();
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

fn with_link(page: &Page, problem: &Problem) -> Html {
    let target = control_id(&problem.path);
    let go = {
        let (target, path, page) = (target.clone(), problem.path.clone(), page.clone());
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            page.leave(&path);
            document::focus(&target);
        })
    };
    let label = match problem.path.as_str() {
        "" => String::new(),
        REGION => page.texts.region.to_owned(),
        path => page.texts.label(path),
    };
    html! {
        <span>
            if !label.is_empty() {
                <a href={format!("#{target}")} onclick={go}>{ label }</a>{ ": " }
            }
            { &problem.message }
        </span>
    }
}
