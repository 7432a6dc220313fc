//! The shape of a call: the descriptor tables that drive the form, the validation, the help and every renderer.
//!
//! A call is a table of [`Member`]s in the order of EC2's own model, which is the order in which the real clients
//! send them. A request is a JSON object in the API's own names ([`Request`]); whatever reads or writes one walks the
//! table beside it, so that adding a call is adding a table.

use super::validate::{Fault, Level, Rule};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// An operation of the EC2 API (version 2016-11-15).
#[derive(Debug)]
pub struct Call {
    /// Its name in the API: `ImportSnapshot`.
    pub name: &'static str,
    /// Its subcommand in the AWS CLI: `import-snapshot`.
    pub cli: &'static str,
    /// Its method in boto3: `import_snapshot`.
    pub python: &'static str,
    /// What it does, one sentence.
    pub help: &'static str,
    /// The address of its page in the API reference.
    pub page: &'static str,
    /// The request's members, in the order of the model.
    pub members: &'static [Member],
    /// Rules that need more than one member or the circumstances of the call.
    pub rules: &'static [Rule],
}

/// A call is data by its name alone; [`super::describe()`] gives the rest.
impl Serialize for Call {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

impl Call {
    /// The member at a path: `TagSpecifications[0].Tags[1].Key` and `TagSpecifications.Tags.Key` name the same one.
    pub fn member(&self, path: &str) -> Option<&'static Member> {
        let mut members = self.members;
        let mut found = None;
        for segment in path.split('.') {
            let name = segment.split('[').next().unwrap_or(segment);
            let member = members.iter().find(|member| member.name == name)?;
            members = member.shape.members();
            found = Some(member);
        }
        found
    }
}

/// A member of a request or of a structure inside it.
#[derive(Debug)]
pub struct Member {
    /// Its name in the API, as JSON and boto3 spell it: `TagSpecifications`.
    pub name: &'static str,
    /// Its name in the EC2 Query protocol: `TagSpecification`.
    pub query: &'static str,
    /// Its type.
    pub shape: Shape,
    /// Whether AWS refuses the request without it.
    pub required: bool,
    /// What it is, with units and limits; one or two sentences of our own.
    pub help: &'static str,
    /// An example, shown as the field's placeholder; empty for none.
    pub example: &'static str,
    /// When AWS added it, where the seed documents lack it ("2023"), or empty.
    pub since: &'static str,
    /// Why it should no longer be used, or empty.
    pub deprecated: &'static str,
    /// Whether its value is a secret (a signed URL), which enters no draft, link or log.
    pub secret: bool,
    /// Where a form shows it.
    pub group: Group,
}

/// Where a form shows a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// At once: most requests have it.
    Main,
    /// Behind a disclosure.
    More,
    /// Right beside the member of this name in the same structure, without which it says nothing.
    Beside(&'static str),
}

impl Member {
    /// An optional member with nothing else to say; tables overwrite what differs with struct update syntax.
    pub const fn new(name: &'static str, query: &'static str, shape: Shape, help: &'static str) -> Self {
        Self {
            name,
            query,
            shape,
            required: false,
            help,
            example: "",
            since: "",
            deprecated: "",
            secret: false,
            group: Group::More,
        }
    }

    /// The option's name in the AWS CLI: `--tag-specifications`.
    pub fn cli_option(&self) -> String {
        let mut option = String::from("-");
        for character in self.name.chars() {
            if character.is_ascii_uppercase() {
                option.push('-');
            }
            option.push(character.to_ascii_lowercase());
        }
        option
    }
}

/// The type of a member.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Text.
    Text(&'static Text),
    /// `true` or `false`.
    Boolean,
    /// A whole number between two bounds, inclusive.
    Integer {
        /// The smallest allowed.
        minimum: i64,
        /// The largest allowed.
        maximum: i64,
    },
    /// A floating-point number, not negative.
    Double,
    /// A moment: ISO 8601 with an offset or `Z`, or seconds since 1970.
    Timestamp,
    /// A structure of named members.
    Structure(&'static [Member]),
    /// A list; the EC2 Query protocol numbers its items from 1 behind the list's own name.
    List(&'static Shape),
}

impl Shape {
    /// The members of a structure or of a list's structures; none for anything else.
    pub fn members(&self) -> &'static [Member] {
        match self {
            Self::Structure(members) => members,
            Self::List(item) => item.members(),
            _ => &[],
        }
    }
}

/// What text is allowed. Tables overwrite what differs from [`Text::FREE`] with struct update syntax.
#[derive(Debug)]
pub struct Text {
    /// The only values allowed; empty for free text.
    pub values: &'static [&'static str],
    /// Whether AWS takes [`Self::values`] in any mixture of upper and lower case.
    pub any_case: bool,
    /// Values that need a sentence of their own: real ones that this call refuses, or that AWS's pages disagree on.
    pub special: &'static [Special],
    /// The most Unicode characters allowed.
    pub maximum: Option<usize>,
    /// Values that are known, where others are allowed too.
    pub suggestions: fn() -> Vec<&'static str>,
    /// A check of the form ("`snap-` and 8 or 17 hexadecimal digits"), whose fault says how to mend it; it comes before
    /// [`Self::values`], about which it may know more.
    pub check: Option<fn(&str) -> Result<(), Fault>>,
}

impl Text {
    /// Free text of any length.
    pub const FREE: Self = Self {
        values: &[],
        any_case: false,
        special: &[],
        maximum: None,
        suggestions: Vec::new,
        check: None,
    };
}

/// A value that is neither plainly allowed nor plainly unknown.
#[derive(Debug)]
pub struct Special {
    /// The value.
    pub value: &'static str,
    /// How much it weighs.
    pub level: Level,
    /// The code of the problem.
    pub code: &'static str,
    /// Why, and what to do instead.
    pub message: &'static str,
}

/// A request: a call and its parameters in the API's own names.
///
/// Parameters may hold what a person typed and has not finished; [`super::validate::validate`] says what is wrong.
#[derive(Debug, Clone, Serialize)]
pub struct Request {
    /// The call.
    pub call: &'static Call,
    /// The parameters, as `--cli-input-json` has them.
    pub parameters: Map<String, Value>,
}
