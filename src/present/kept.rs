//! The plan as something to keep: a link, a file, a sheet of paper; and the way back from the first two.

use super::block::{Block, Tone};
use super::locale::Locale;
use super::paste::{Pasted, said};
use super::request::Situation;
use crate::plan::{Action, Plan, document, link};
use crate::read::read;
use crate::request::path;
use crate::request::shape::Request;
use crate::sentence::Sentence;
use crate::text::answer::AnswerTexts;
use crate::text::fill;
use crate::text::form::FormTexts;
use crate::text::labels::label_in_items;
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
    let request = request.without_secrets();
    let mut entered = Vec::new();
    members("", &request.parameters, &mut entered);
    let count =
        |list: &str| path::get(&request.parameters, list).and_then(Value::as_array).map_or(0, Vec::len);
    let named =
        |(path, value): (String, String)| [label_in_items(texts, request.call.name, &path, count), value];
    facts.extend(entered.into_iter().map(named));
    facts
}

/// Every value that was entered, with its path.
fn members(path: &str, values: &Map<String, Value>, entered: &mut Vec<(String, String)>) {
    for (name, value) in values {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        entry(path, value, entered);
    }
}

fn entry(path: String, value: &Value, entered: &mut Vec<(String, String)>) {
    match value {
        Value::Object(values) => match tag(values) {
            Some(tag) => entered.push((path, tag)),
            None => members(&path, values, entered),
        },
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                entry(format!("{path}[{index}]"), item, entered);
            }
        }
        Value::Null => {}
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => entered.push((path, text.clone())),
        value => entered.push((path, value.to_string())),
    }
}

/// A tag in one line.
fn tag(values: &Map<String, Value>) -> Option<String> {
    let text = |name: &str| values.get(name)?.as_str();
    (values.len() == 2).then_some(())?;
    Some(format!("{} = {}", text("Key")?, text("Value")?))
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
