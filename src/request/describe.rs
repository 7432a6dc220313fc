//! A call described as data, from which a page draws its whole form: every parameter in order, nested as it is sent.

use super::calls::CALLS;
use super::shape::{Call, Group, Member, Shape, Text};
use super::validate::Level;
use serde::Serialize;

/// A call's form.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FormDescription {
    /// The call's name in the API: `ImportSnapshot`.
    pub call: &'static str,
    /// Its subcommand in the AWS CLI, by which it is found: `import-snapshot`.
    pub cli: &'static str,
    /// What it does.
    pub help: &'static str,
    /// The address of its page in the API reference.
    pub page: &'static str,
    /// Its parameters, in the order in which they are sent.
    pub fields: Vec<Field>,
}

/// A parameter, or a member of a structure in one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    /// Its path, with `[]` for the number of an item: `TagSpecifications[].Tags[].Key`. With numbers in the brackets it
    /// is a path of [`Request::set`](super::shape::Request::set) and of a problem.
    pub path: String,
    /// Its name in the API, the last part of the path.
    pub name: &'static str,
    /// Its option in the AWS CLI; none inside a structure.
    pub option: Option<String>,
    /// What it takes.
    pub kind: Kind,
    /// What it is, with units and limits.
    pub help: &'static str,
    /// An example of a value; empty for none.
    pub example: &'static str,
    /// Whether AWS refuses the request without it.
    pub required: bool,
    /// Since when AWS has it, where the older documents lack it; empty otherwise.
    pub since: &'static str,
    /// Why it should no longer be used; empty otherwise.
    pub deprecated: &'static str,
    /// Where it is shown; a required one is always in the main group.
    pub group: Group,
    /// Whether its value enters no draft, link or log.
    pub secret: bool,
}

/// What a field takes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Kind {
    /// Text.
    Text {
        /// The most Unicode characters, where there is a limit.
        maximum: Option<usize>,
        /// Known values; others are allowed.
        suggestions: Vec<&'static str>,
    },
    /// One of a few texts.
    Choice {
        /// What can be chosen.
        values: Vec<Choice>,
    },
    /// A number.
    Number {
        /// The least.
        minimum: i64,
        /// The most, where there is a limit.
        maximum: Option<i64>,
        /// Whether it has no fraction.
        whole: bool,
    },
    /// `true`, `false`, or left out.
    Boolean,
    /// A moment: ISO 8601 with an offset or `Z`.
    Timestamp,
    /// Members of its own.
    Structure {
        /// The members, in order.
        fields: Vec<Field>,
    },
    /// Any number of items.
    List {
        /// What each item is.
        item: Box<Kind>,
    },
}

/// A value to choose.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choice {
    /// The value.
    pub value: &'static str,
    /// A doubt about it; empty for none.
    pub warning: &'static str,
}

/// Describes a call.
pub fn describe(call: &Call) -> FormDescription {
    let fields = call.members.iter().map(|member| {
        let option = Some(member.cli_option());
        Field { option, ..field(member, "") }
    });
    FormDescription {
        call: call.name,
        cli: call.cli,
        help: call.help,
        page: call.page,
        fields: fields.collect(),
    }
}

/// Describes every call, the three main ones first.
pub fn describe_all() -> Vec<FormDescription> {
    CALLS.into_iter().map(describe).collect()
}

fn field(member: &Member, prefix: &str) -> Field {
    let path = format!("{prefix}{}", member.name);
    Field {
        kind: kind(&member.shape, &path),
        path,
        name: member.name,
        option: None,
        help: member.help,
        example: member.example,
        required: member.required,
        since: member.since,
        deprecated: member.deprecated,
        group: if member.required { Group::Main } else { member.group },
        secret: member.secret,
    }
}

fn kind(shape: &Shape, path: &str) -> Kind {
    match shape {
        Shape::Text(text) if text.values.is_empty() => {
            Kind::Text { maximum: text.maximum, suggestions: (text.suggestions)() }
        }
        Shape::Text(text) => Kind::Choice { values: choices(text) },
        Shape::Boolean => Kind::Boolean,
        Shape::Integer { minimum, maximum } => {
            let maximum = Some(*maximum).filter(|maximum| *maximum < i64::from(i32::MAX));
            Kind::Number { minimum: *minimum, maximum, whole: true }
        }
        Shape::Double => Kind::Number { minimum: 0, maximum: None, whole: false },
        Shape::Timestamp => Kind::Timestamp,
        Shape::Structure(members) => {
            let prefix = format!("{path}.");
            Kind::Structure { fields: members.iter().map(|member| field(member, &prefix)).collect() }
        }
        Shape::List(item) => Kind::List { item: Box::new(kind(item, &format!("{path}[]"))) },
    }
}

/// The values that are allowed, and those that are doubtful; what is refused cannot be chosen.
fn choices(text: &Text) -> Vec<Choice> {
    let doubt = |value: &str| text.special.iter().find(|special| special.value == value);
    let doubtful = text
        .special
        .iter()
        .filter(|special| special.level == Level::Warning && !text.values.contains(&special.value))
        .map(|special| special.value);
    let values = text.values.iter().copied().chain(doubtful);
    values
        .map(|value| Choice { value, warning: doubt(value).map_or("", |special| special.message) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Field, FormDescription, Kind, describe, describe_all};
    use crate::request::calls::{CALLS, COPY_SNAPSHOT, IMPORT_IMAGE, IMPORT_SNAPSHOT, find};
    use crate::request::shape::{Group, Request};
    use serde_json::json;

    /// Every field of a form with those inside it.
    fn every<'a>(fields: &'a [Field], into: &mut Vec<&'a Field>) {
        for field in fields {
            into.push(field);
            let mut kind = &field.kind;
            while let Kind::List { item } = kind {
                kind = item;
            }
            if let Kind::Structure { fields } = kind {
                every(fields, into);
            }
        }
    }

    fn flat(form: &FormDescription) -> Vec<&Field> {
        let mut fields = Vec::new();
        every(&form.fields, &mut fields);
        fields
    }

    fn at<'a>(form: &'a FormDescription, path: &str) -> &'a Field {
        flat(form).into_iter().find(|field| field.path == path).unwrap()
    }

    #[test]
    fn the_path_of_every_field_can_be_set_and_names_its_member() {
        for form in describe_all() {
            let call = find(form.cli).unwrap();
            for field in flat(&form) {
                let path = field.path.replace("[]", "[0]");
                assert_eq!(call.member(&path).unwrap().name, field.name);
                let mut request = Request::new(call);
                request.set(&path, json!("x")).unwrap();
                assert_eq!(request.text(&path), Some("x"));
            }
        }
    }

    #[test]
    fn a_field_that_stands_beside_another_has_it_for_a_neighbour() {
        for form in describe_all() {
            let fields = flat(&form);
            for field in &fields {
                let Group::Beside(other) = field.group else { continue };
                let neighbour = field.path.strip_suffix(field.name).unwrap().to_owned() + other;
                assert!(fields.iter().any(|field| field.path == neighbour), "{}: {neighbour}", field.path);
            }
        }
    }

    #[test]
    fn every_form_and_every_structure_in_it_shows_something_at_once() {
        for call in CALLS {
            let form = describe(call);
            let in_main = |fields: &[Field]| fields.iter().any(|field| field.group == Group::Main);
            assert!(in_main(&form.fields), "{}", form.call);
            for field in flat(&form) {
                let kind = if let Kind::List { item } = &field.kind { item } else { &field.kind };
                if let Kind::Structure { fields } = kind {
                    assert!(in_main(fields), "{}, {}", form.call, field.path);
                }
            }
        }
    }

    #[test]
    fn what_is_required_is_in_the_main_group() {
        for form in describe_all() {
            assert!(flat(&form).iter().all(|field| !field.required || field.group == Group::Main));
        }
    }

    #[test]
    fn a_list_of_structures_is_described_to_its_last_member() {
        let form = describe(&IMPORT_IMAGE);
        let Kind::List { item } = &at(&form, "DiskContainers").kind else { panic!("no list") };
        let Kind::Structure { fields } = &**item else { panic!("no structure") };
        assert_eq!(fields.len(), 6);
        assert!(at(&form, "DiskContainers[].Url").secret);
        assert_eq!(at(&form, "TagSpecifications[].Tags[].Key").option, None);
        assert_eq!(at(&form, "TagSpecifications").option.as_deref(), Some("--tag-specifications"));
    }

    #[test]
    fn doubtful_values_can_be_chosen_and_refused_ones_cannot() {
        let form = describe(&IMPORT_SNAPSHOT);
        let Kind::Choice { values } = &at(&form, "DiskContainer.Format").kind else { panic!("no choice") };
        let names: Vec<&str> = values.iter().map(|choice| choice.value).collect();
        assert_eq!(names, ["VHD", "VMDK", "RAW", "VHDX"]);
        assert!(values[3].warning.contains("disagree"));
    }

    #[test]
    fn the_page_reads_a_form_as_data() {
        let form = serde_json::to_value(describe(&COPY_SNAPSHOT)).unwrap();
        let field = |name: &str| {
            let fields = form["fields"].as_array().unwrap();
            fields.iter().find(|field| field["name"] == name).unwrap().clone()
        };
        assert_eq!(field("Encrypted")["kind"], json!({ "type": "boolean" }));
        assert_eq!(field("KmsKeyId")["group"], json!({ "beside": "Encrypted" }));
        assert_eq!(field("SourceRegion")["kind"]["suggestions"][0], "us-east-1");
        assert_eq!(
            field("CompletionDurationMinutes")["kind"],
            json!({ "type": "number", "minimum": 15, "maximum": 2880, "whole": true })
        );
    }
}
