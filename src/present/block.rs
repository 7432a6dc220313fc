//! The blocks a page is made of: what is said, not how it looks. The page draws each kind in one way.

use crate::plan::Action;
use crate::read::read;
use serde::Serialize;

/// How something is meant; the page gives each tone a colour and a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Like the text around it.
    Plain,
    /// Less important than the text around it.
    Soft,
    /// Worth knowing.
    Note,
    /// All is well.
    Good,
    /// It may go wrong.
    Warn,
    /// It goes wrong.
    Bad,
}

/// A piece of what the page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Block {
    /// A heading inside a card.
    Heading(String),
    /// A paragraph, or in any tone but `Plain` and `Soft` a notice.
    Text(Text),
    /// The two answers, side by side.
    Answers(Vec<Label>),
    /// Findings, the most severe first.
    Findings(Vec<Finding>),
    /// Names and values.
    Facts(Vec<[String; 2]>),
    /// The disk drawn to scale.
    Map(Map),
    /// A table.
    Table(Table),
    /// Text to take away.
    Code(Code),
    /// How far something has come.
    Progress(Progress),
    /// The parts of something, in their order.
    Strip(Strip),
    /// What is behind a disclosure.
    Details(Details),
    /// Changes to the plan, offered as buttons.
    Offers(Vec<Offer>),
    /// Links to pages outside.
    Link(Link),
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Text {
    /// How it is meant.
    pub tone: Tone,
    /// What stands before it in bold; empty for nothing.
    pub lead: String,
    /// The sentences.
    pub text: String,
}

/// A short text with a tone and what it is about: one of the two answers, or a badge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    /// How it is meant.
    pub tone: Tone,
    /// The text.
    pub text: String,
    /// What it is about; empty for nothing.
    pub about: String,
}

/// A finding as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The stable code.
    pub code: String,
    /// How grave it is for the call that minds most.
    pub tone: Tone,
    /// The sentence.
    pub text: String,
    /// How grave it is for which call.
    pub badges: Vec<Label>,
    /// The page it rests on.
    pub link: Option<Link>,
    /// What AWS would say.
    pub aws_error: Option<String>,
    /// The way out, in words.
    pub way_out: Option<String>,
    /// The way out, as a command.
    pub command: Option<Code>,
}

/// A link to a page outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Its text.
    pub text: String,
    /// Its address; the page follows `https:` alone.
    pub address: String,
}

/// The disk drawn to scale; places and widths in ten-thousandths of the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Map {
    /// What it shows, in words.
    pub label: String,
    /// What the drawing means; empty for nothing.
    pub caption: String,
    /// The partitions: where each begins and how wide it is.
    pub parts: Vec<[u32; 2]>,
    /// What holds data: where each run begins and how wide it is.
    pub allocated: Vec<[u32; 2]>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it is, for those who hear it.
    pub label: String,
    /// The columns' heads.
    pub head: Vec<String>,
    /// The rows, as long as the head.
    pub rows: Vec<Vec<String>>,
    /// Whether each row has the colour of its part on the map above.
    pub swatches: bool,
}

/// Text to take away: shown, copied, downloaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Code {
    /// Unique on the page.
    pub id: String,
    /// What it is, for those who hear it: "AWS CLI command".
    pub label: String,
    /// The text.
    pub text: String,
    /// The name of the file to download it as; no download where it is missing.
    pub file_name: Option<String>,
}

/// How far something has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// What it is.
    pub label: String,
    /// How much is done, of `of`.
    pub done: u64,
    /// How much there is; 0 where it is not known.
    pub of: u64,
    /// The figures beside it.
    pub figures: Vec<String>,
}

/// Parts in their order, drawn side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Strip {
    /// What it shows, in words.
    pub label: String,
    /// Equal parts in a row, together.
    pub runs: Vec<StripRun>,
}

/// Equal parts in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StripRun {
    /// How they stand.
    pub tone: PartTone,
    /// How many.
    pub count: u32,
}

/// How a part stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PartTone {
    /// To be done.
    Waiting,
    /// Being read.
    Hashing,
    /// Under way.
    Sending,
    /// To be done again.
    Retrying,
    /// Done.
    Done,
    /// Done at another try than the first.
    Retried,
}

/// What is behind a disclosure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Details {
    /// What is always seen.
    pub summary: String,
    /// Whether it is open at first.
    pub open: bool,
    /// What is behind it.
    pub body: Vec<Block>,
}

/// A change to the plan, offered as a button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// The button's text.
    pub text: String,
    /// What it changes, one after the other.
    pub changes: Vec<Action>,
}

impl Block {
    /// A paragraph like the text around it.
    pub fn text(text: impl Into<String>) -> Self {
        Self::toned(Tone::Plain, text)
    }

    /// A paragraph or notice in a tone.
    pub fn toned(tone: Tone, text: impl Into<String>) -> Self {
        Self::led(tone, "", text)
    }

    /// The same, led by words in bold.
    pub fn led(tone: Tone, lead: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Text(Text { tone, lead: lead.into(), text: text.into() })
    }

    /// A disclosure.
    pub fn details(summary: impl Into<String>, open: bool, body: Vec<Self>) -> Self {
        Self::Details(Details { summary: summary.into(), open, body })
    }
}

impl Code {
    /// Text to copy.
    pub fn new(id: impl Into<String>, label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into(), text: text.into(), file_name: None }
    }

    /// The same, to be downloaded too.
    #[must_use]
    pub fn as_file(self, name: impl Into<String>) -> Self {
        Self { file_name: Some(name.into()), ..self }
    }
}

read!(enum Tone { "plain" => Plain, "soft" => Soft, "note" => Note, "good" => Good, "warn" => Warn, "bad" => Bad });
read!(enum Block {
    "heading" => Heading(content),
    "text" => Text(content),
    "answers" => Answers(content),
    "findings" => Findings(content),
    "facts" => Facts(content),
    "map" => Map(content),
    "table" => Table(content),
    "code" => Code(content),
    "progress" => Progress(content),
    "strip" => Strip(content),
    "details" => Details(content),
    "offers" => Offers(content),
    "link" => Link(content),
});
read!(struct Text { tone, lead, text });
read!(struct Label { tone, text, about });
read!(struct Finding { code, tone, text, badges, link, aws_error, way_out, command });
read!(struct Link { text, address });
read!(struct Map { label, caption, parts, allocated });
read!(struct Table { label, head, rows, swatches });
read!(struct Code { id, label, text, file_name });
read!(struct Progress { label, done, of, figures });
read!(struct Strip { label, runs });
read!(struct StripRun { tone, count });
read!(enum PartTone {
    "waiting" => Waiting, "hashing" => Hashing, "sending" => Sending, "retrying" => Retrying, "done" => Done,
    "retried" => Retried,
});
read!(struct Details { summary, open, body });
read!(struct Offer { text, changes });
