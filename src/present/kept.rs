//! The plan as something to keep: a link, a file, a sheet of paper; and the way back from the first two.

use super::block::{Block, Tone};
use super::locale::Locale;
use super::paste::{Pasted, said};
use super::request::Situation;
use crate::plan::{Action, Plan, document, link};
use crate::read::read;
use crate::request::shape::Request;
use crate::sentence::Sentence;
use crate::text::answer::AnswerTexts;
use crate::text::fill;
use crate::text::form::FormTexts;
use serde::Serialize;
use serde_json::{Map, Value};

/// The plan without its secrets, in each form in which it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// The fragment of the page's address that opens it, without the `#`; empty where the plan is too large for a link.
    pub fragment: String,
    /// The text of the file.
    pub file: String,
    /// The file's name.
    pub file_name: String,
    /// What stands on paper before the request: the image, the day, and every parameter.
    pub sheet: Vec<Block>,
}

read!(struct Kept { fragment, file, file_name, sheet });

impl Kept {
    /// The plan of `situation`, whose request is `request`.
    pub(super) fn of(
        texts: &FormTexts,
        locale: &dyn Locale,
        situation: &Situation,
        request: &Request,
    ) -> Self {
        let plan = &situation.plan;
        let file = serde_json::to_string_pretty(&document::write(plan)).unwrap_or_default();
        Self {
            fragment: link::write(plan).unwrap_or_default(),
            file: file + "\n",
            file_name: document::FILE_NAME.into(),
            sheet: vec![Block::Facts(sheet(texts, locale, situation, request))],
        }
    }
}

fn sheet(
    texts: &FormTexts,
    locale: &dyn Locale,
    situation: &Situation,
    request: &Request,
) -> Vec<[String; 2]> {
    let fact = |name: &str, value: String| [name.to_owned(), value];
    let mut facts = Vec::new();
    if let Some(image) = &situation.image {
        facts.push(fact(texts.sheet_image, format!("{}, {}", image.name, locale.size(image.file_size))));
    }
    #[expect(clippy::cast_precision_loss, reason = "a moment in this era")]
    facts.push(fact(texts.sheet_date, locale.moment(situation.now as f64 * 1000.0)));
    facts.push(fact(texts.sheet_call, request.call.name.into()));
    let region = situation.plan.without_secrets().region;
    if !region.is_empty() {
        facts.push(fact(texts.sheet_region, region));
    }
    members("", &request.without_secrets().parameters, &mut facts);
    facts
}

/// Every value that was entered, by its path.
fn members(path: &str, values: &Map<String, Value>, facts: &mut Vec<[String; 2]>) {
    for (name, value) in values {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        entry(path, value, facts);
    }
}

fn entry(path: String, value: &Value, facts: &mut Vec<[String; 2]>) {
    match value {
        Value::Object(values) => members(&path, values, facts),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                entry(format!("{path}[{index}]"), item, facts);
            }
        }
        Value::Null => {}
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => facts.push([path, text.clone()]),
        value => facts.push([path, value.to_string()]),
    }
}

/// What comes of a text that is a plan, as a file or in a link; `None` for any other text.
pub(super) fn opened(texts: &AnswerTexts, current: &Plan, text: &str) -> Option<Pasted> {
    if document::is_meant(text) {
        let read = document::read(text).map_err(|reason| reason.sentence());
        return Some(taken(texts, current, read, texts.plan_file_refused));
    }
    let read = link::read(link::find(text)?).map_err(|reason| reason.sentence());
    Some(taken(texts, current, read, texts.plan_link_refused))
}

fn taken(texts: &AnswerTexts, current: &Plan, read: Result<Plan, Sentence>, refused: &str) -> Pasted {
    let plan = match read {
        Ok(plan) => plan,
        Err(reason) => return said(Tone::Bad, &fill(refused, &[("reason", &texts.say(&reason))])),
    };
    if plan == *current {
        return said(Tone::Note, texts.plan_same);
    }
    let sentence = if *current == Plan::default() { texts.plan_opened } else { texts.plan_over };
    Pasted { changes: vec![Action::Open(Box::new(plan))], ..said(Tone::Good, sentence) }
}
