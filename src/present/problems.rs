//! What is wrong with the plan: the request's own problems, and what the form and the image add to them.

use super::form;
use super::image::ImageFacts;
use super::request::Situation;
use crate::plan::Plan;
use crate::read::read;
use crate::request::shape::Request;
use crate::request::validate::{Circumstances, Level, Problem, validate};
use crate::sentence::Sentence;
use crate::text::fill;
use crate::text::form::FormTexts;
use crate::text::labels::label_in_items;
use serde::Serialize;

/// The path of the Region, which is no parameter of a call.
pub const REGION: &str = "Region";

/// A problem as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShownProblem {
    /// The path of the control it belongs to; empty for the request as a whole.
    pub path: String,
    /// The control's name; empty for the request as a whole.
    pub label: String,
    /// Whether it stops the writing.
    pub is_error: bool,
    /// What is wrong and how to mend it.
    pub message: String,
}

read!(struct ShownProblem { path, label, is_error, message });

/// All problems of the request, errors first.
pub(super) fn of(texts: &FormTexts, situation: &Situation, request: &Request) -> Vec<Problem> {
    let plan = &situation.plan;
    let region = Some(plan.region.trim().to_owned()).filter(|region| !region.is_empty());
    let mut problems = Vec::new();
    if region.is_none() {
        problems.push(error(REGION, "region-missing", texts.region_missing.into()));
    }
    let circumstances = Circumstances {
        region,
        disk_size: situation.image.as_ref().and_then(|image| image.virtual_size),
        now: Some(situation.now),
    };
    let found = validate(request, &circumstances).into_iter();
    problems.extend(found.map(|problem| for_the_form(texts, problem, plan)));
    if let Some(image) = &situation.image {
        problems.extend(about_the_image(texts, plan, request, image));
    }
    problems.sort_by_key(|problem| problem.level == Level::Warning);
    problems
}

/// Problems with the names of their controls.
pub(super) fn shown(texts: &FormTexts, plan: &Plan, problems: &[Problem]) -> Vec<ShownProblem> {
    let name = |path: &str| match path {
        "" => String::new(),
        REGION => texts.region.to_owned(),
        path => label_in_items(texts, &plan.call, path, |list| plan.items(list)),
    };
    let show = |problem: &Problem| ShownProblem {
        label: name(&problem.path),
        path: problem.path.clone(),
        is_error: problem.level == Level::Error,
        message: texts.say(&problem.message),
    };
    problems.iter().map(show).collect()
}

fn error(path: &str, code: &str, message: Sentence) -> Problem {
    Problem { path: path.into(), level: Level::Error, code: code.into(), message }
}

fn warning(path: &str, code: &str, message: Sentence) -> Problem {
    Problem { level: Level::Warning, ..error(path, code, message) }
}

/// The form has no control for a whole container: what is said of it belongs to the first field of the chosen way.
fn for_the_form(texts: &FormTexts, mut problem: Problem, plan: &Plan) -> Problem {
    if problem.path == "DiskContainers" && plan.items("DiskContainers") == 0 {
        problem.path = "DiskContainers[0]".into();
    }
    let is_container = !form::ways(&problem.path).is_empty() && !problem.path.contains('.');
    if is_container && (problem.path == "DiskContainer" || problem.path.ends_with(']')) {
        let way = form::way(plan, &problem.path);
        let field = if way == "UserBucket" { "UserBucket.S3Bucket" } else { way };
        problem.path = format!("{}.{field}", problem.path);
        if problem.level == Level::Error && plan.text(&problem.path).is_empty() {
            problem.message = texts.image_place_missing.into();
        }
    }
    problem
}

/// What the image itself says against the request.
fn about_the_image(texts: &FormTexts, plan: &Plan, request: &Request, image: &ImageFacts) -> Option<Problem> {
    let (path, answer) = match plan.call.as_str() {
        "ImportSnapshot" => ("DiskContainer.Format", image.import_snapshot),
        "ImportImage" => ("DiskContainers[0].Format", image.import_image),
        _ => return None,
    };
    if answer == super::block::Tone::Bad {
        return Some(warning("", "image-refused", texts.image_refused.into()));
    }
    let form = request.text(path)?;
    let own = image.format.as_deref()?;
    if form.is_empty() || form.eq_ignore_ascii_case(own) {
        return None;
    }
    let message = Sentence::verbatim(fill(texts.format_differs, &[("image", own), ("form", form)]));
    Some(warning(path, "format-differs", message))
}
