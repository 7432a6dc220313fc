//! The request as the plan stands: its form, what is wrong with it, and how it is written.

use super::block::Block;
use super::control::Form;
use super::form;
use super::image::ImageFacts;
use super::kept::Kept;
use super::locale::Locale;
use super::output::{self, Writing};
use super::problems::{self, ShownProblem};
use super::runbook::{self, ShownRunbook};
use super::upload::{Target, UploadEntry, target};
use crate::plan::Plan;
use crate::read::read;
use crate::request::calls::{self, IMPORT_SNAPSHOT};
use crate::request::shape::{Call, Request};
use crate::request::validate::may_be_written;
use crate::text::form::FormTexts;
use crate::text::runbook::RunbookTexts;
use crate::text::upload::UploadTexts;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What the request is written from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Situation {
    /// What the person has entered.
    pub plan: Plan,
    /// The image, once it has been read.
    pub image: Option<ImageFacts>,
    /// The disks of the machine, where several images are one, in the order in which they were suggested.
    #[serde(default)]
    pub disks: Vec<ImageFacts>,
    /// What is known of the upload.
    #[serde(default)]
    pub upload: UploadEntry,
    /// Now, in seconds since 1970.
    pub now: i64,
}

/// The request, written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Written {
    /// The calls there are: the API's name and what each does.
    pub calls: Vec<[String; 2]>,
    /// The names of the Regions, to be proposed.
    pub regions: Vec<String>,
    /// The form of the current call.
    pub form: Form,
    /// What is wrong, errors first.
    pub problems: Vec<ShownProblem>,
    /// The ways to write it, and how the chosen one can be varied.
    pub writing: Writing,
    /// The request in the chosen form; empty while something must be mended first.
    pub output: Vec<Block>,
    /// Where the upload goes.
    pub target: Target,
    /// The whole journey as a script.
    pub runbook: ShownRunbook,
    /// The plan without secrets, as JSON: what may be kept.
    pub draft: String,
    /// The plan as a link, as a file and on paper.
    pub kept: Kept,
}

read!(struct Written { calls, regions, form, problems, writing, output, target, runbook, draft, kept });

/// Writes the request as it stands.
pub(super) fn write(texts: &FormTexts, locale: &dyn Locale, situation: &Situation) -> Written {
    let plan = &situation.plan;
    let request = request(plan);
    let problems = problems::of(texts, situation, &request);
    let call = request.call;
    let complete = may_be_written(&problems);
    let (writing, output) = output::write(texts, plan, &request, &problems);
    Written {
        calls: calls::CALLS
            .iter()
            .map(|call| [call.name.to_owned(), texts.translated(call.help).to_owned()])
            .collect(),
        regions: form::regions(),
        form: form::form(texts, call, plan),
        problems: problems::shown(texts, plan, &problems),
        writing,
        output,
        target: target(UploadTexts::of(texts.language), locale, situation),
        runbook: runbook::runbook(RunbookTexts::of(texts.language), locale, situation, &request, complete),
        draft: serde_json::to_string(&plan.without_secrets()).unwrap_or_default(),
        kept: Kept::of(texts, locale, situation, &request),
    }
}

fn call_of(plan: &Plan) -> &'static Call {
    calls::find(&plan.call).unwrap_or(&IMPORT_SNAPSHOT)
}

/// The request as it stands: the ways that were not chosen are left out, and tags are for what the call makes.
pub(super) fn request(plan: &Plan) -> Request {
    let call = call_of(plan);
    let mut request = Request { call, parameters: plan.current() };
    for container in containers(&request) {
        let chosen = form::way(plan, &container);
        for other in form::ways(&container).iter().filter(|way| **way != chosen) {
            let removed = request.remove(&format!("{container}.{other}"));
            debug_assert!(removed.is_ok(), "{container}.{other} is a path");
        }
    }
    name_what_is_tagged(&mut request);
    request
}

fn containers(request: &Request) -> Vec<String> {
    let several = request.items("DiskContainers").into_iter().map(|(path, _)| path);
    let one = request.get("DiskContainer").map(|_| "DiskContainer".to_owned());
    one.into_iter().chain(several).collect()
}

/// The form asks for tags alone: the type of resource is the only one that the call takes, and a list without tags
/// is not sent.
fn name_what_is_tagged(request: &mut Request) {
    let path = "TagSpecifications[0].ResourceType";
    match request.get("TagSpecifications[0].Tags").and_then(Value::as_array).map(Vec::is_empty) {
        Some(true) => {
            let removed = request.remove("TagSpecifications[0]");
            debug_assert!(removed.is_ok(), "a path");
        }
        Some(false) if request.get(path).is_none() => {
            let only = request.call.member("TagSpecifications.ResourceType").map(|member| member.example);
            let named = request.set(path, Value::from(only.unwrap_or_default()));
            debug_assert!(named.is_ok(), "{path} is a path");
        }
        _ => {}
    }
}
