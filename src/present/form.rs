//! The form of a call, drawn from its table alone.

use super::control::{Control, Field, Form, Group, Item, Kind, List};
use crate::plan::Plan;
use crate::request::shape::{Call, Group as Place, Member, Shape};
use crate::text::fill;
use crate::text::form::FormTexts;
use crate::text::labels::{item_label, label};
use crate::text::language::Language;

/// Structures of which one member says where something lies: the first is the one that most people use.
const WAYS: &[(&str, &[&str])] =
    &[("DiskContainer", &["UserBucket", "Url"]), ("DiskContainers", &["UserBucket", "Url", "SnapshotId"])];

/// Members that take the whole width.
const WIDE: &[&str] =
    &["Description", "KmsKeyId", "Url", "PresignedUrl", "LicenseConfigurationArn", "DestinationOutpostArn"];

/// What a disk container has to have, in one of several ways: AWS's model calls all of it optional.
const NEEDED: &[&str] = &["Format", "SnapshotId", "Url", "S3Bucket", "S3Key"];

/// The form of `call` as it stands with `plan`.
pub(super) fn form(texts: &FormTexts, call: &'static Call, plan: &Plan) -> Form {
    let (place, others): (Vec<&Member>, Vec<&Member>) =
        call.members.iter().partition(|member| is_place(member));
    let (mut main, more): (Vec<&Member>, Vec<&Member>) =
        others.into_iter().partition(|member| is_main(member, call.members));
    // What is required comes first, then what shares a row with its neighbour; what stands beside another member follows it.
    main.sort_by_key(|member| rank(member, call.members));
    let drawn = Drawn { texts, plan };
    Form {
        help: texts.translated(call.help).into(),
        page: call.page.into(),
        place: place.into_iter().map(|member| drawn.control(member, member.name)).collect(),
        main: main.into_iter().map(|member| drawn.control(member, member.name)).collect(),
        more: more.into_iter().map(|member| drawn.control(member, member.name)).collect(),
    }
}

/// Whether a member says where what is imported lies.
fn is_place(member: &Member) -> bool {
    WAYS.iter().any(|(structure, _)| *structure == member.name)
}

/// Whether a member stands before the disclosure: one beside another stands where that one does.
fn is_main(member: &Member, members: &[Member]) -> bool {
    match member.group {
        _ if member.required => true,
        Place::Main => true,
        Place::More => false,
        Place::Beside(name) => {
            members.iter().any(|other| other.name == name && (other.required || other.group == Place::Main))
        }
    }
}

fn rank(member: &Member, members: &[Member]) -> (bool, bool, usize) {
    let name = match member.group {
        Place::Beside(name) if !member.required => name,
        _ => member.name,
    };
    let place = members.iter().position(|other| other.name == name).unwrap_or(usize::MAX);
    let is_wide = members.get(place).is_some_and(|other| {
        WIDE.contains(&other.name) || matches!(other.shape, Shape::Boolean | Shape::List(_))
    });
    (!member.required, is_wide, place)
}

/// The members of the structure at `path` of which one is to be chosen.
pub(super) fn ways(path: &str) -> &'static [&'static str] {
    let name = path.split('[').next().unwrap_or(path);
    WAYS.iter().find(|(structure, _)| *structure == name).map_or(&[], |(_, ways)| ways)
}

/// The way that is chosen for the structure at `path`: what the person chose, else what has a value, else the first.
pub(super) fn way(plan: &Plan, path: &str) -> &'static str {
    let ways = ways(path);
    let named = |name: &str| ways.iter().copied().find(|way| *way == name);
    let filled = || ways.iter().copied().find(|way| plan.get(&format!("{path}.{way}")).is_some());
    plan.choice(path).and_then(named).or_else(filled).or_else(|| ways.first().copied()).unwrap_or_default()
}

struct Drawn<'a> {
    texts: &'a FormTexts,
    plan: &'a Plan,
}

impl Drawn<'_> {
    fn control(&self, member: &'static Member, path: &str) -> Control {
        match member.shape {
            Shape::Structure(members) => Control::Group(self.group(path, &self.label(path), members)),
            Shape::List(item) if member.name == "TagSpecifications" => self.tags(path, item),
            Shape::List(item) => Control::List(self.list(member, path, item)),
            _ => Control::Field(self.field(member, path)),
        }
    }

    fn label(&self, path: &str) -> String {
        label(self.texts, &self.plan.call, path)
    }

    fn group(&self, path: &str, label: &str, members: &'static [Member]) -> Group {
        let ways = ways(path);
        let chosen = way(self.plan, path);
        let mut controls = Vec::new();
        let (mut first, rest): (Vec<&Member>, Vec<&Member>) =
            members.iter().partition(|member| member.name == chosen);
        first.extend(rest.into_iter().filter(|member| !ways.contains(&member.name)));
        // What is required, and then the format, comes before what only describes.
        first.sort_by_key(|member| (member.name == "Description", member.name != "Format"));
        for member in first {
            let path = format!("{path}.{}", member.name);
            match member.shape {
                // A structure of one structure's chosen way needs no frame of its own.
                Shape::Structure(members) if ways.contains(&member.name) => {
                    controls.extend(
                        members.iter().map(|member| self.control(member, &format!("{path}.{}", member.name))),
                    );
                }
                _ => controls.push(self.control(member, &path)),
            }
        }
        let name = |way: &&str| [(*way).to_owned(), self.label(&format!("{path}.{way}"))];
        Group {
            path: path.into(),
            label: label.into(),
            ways: ways.iter().map(name).collect(),
            way: chosen.into(),
            controls,
        }
    }

    fn list(&self, member: &'static Member, path: &str, item: &'static Shape) -> List {
        let label = self.label(path);
        let single = item_label(self.texts, &self.plan.call, path);
        let added =
            if self.texts.language == Language::English { single.to_lowercase() } else { single.clone() };
        let items = (0..self.items(member, path)).map(|index| {
            let number = (index + 1).to_string();
            let item_path = format!("{path}[{index}]");
            let named = format!("{single} {number}");
            let controls = match item {
                Shape::Structure(members) => vec![Control::Group(self.group(&item_path, &named, members))],
                _ => vec![Control::Field(Field { label: named.clone(), ..self.field(member, &item_path) })],
            };
            self.item(item_path, named, controls)
        });
        List {
            next: format!("{path}[{}]", self.items(member, path)),
            path: path.into(),
            help: self.texts.translated(member.help).into(),
            add: fill(self.texts.item_add, &[("item", &added)]),
            rows: false,
            items: items.collect(),
            label,
        }
    }

    /// A list that the call requires shows its first item even before the person has added one.
    fn items(&self, member: &Member, path: &str) -> usize {
        self.plan.items(path).max(usize::from(member.required))
    }

    fn item(&self, path: String, label: String, controls: Vec<Control>) -> Item {
        let remove = fill(self.texts.item_remove, &[("item", &label)]);
        Item { path, label, remove, controls }
    }

    /// The tags. Each call tags one type of resource, so its one list of tags is shown and no list of lists.
    fn tags(&self, path: &str, specification: &'static Shape) -> Control {
        let path = format!("{path}[0].Tags");
        let Some(tags) = specification.members().iter().find(|member| member.name == "Tags") else {
            unreachable!("every specification of tags has tags")
        };
        let items = (0..self.plan.items(&path)).map(|index| {
            let number = (index + 1).to_string();
            let item = format!("{path}[{index}]");
            let field = |member: &'static Member| {
                let label = fill(
                    if member.name == "Key" { self.texts.tag_key } else { self.texts.tag_value },
                    &[("number", &number)],
                );
                Control::Field(Field { label, ..self.field(member, &format!("{item}.{}", member.name)) })
            };
            let controls = tags.shape.members().iter().map(field).collect();
            self.item(item, fill(self.texts.tag_name, &[("number", &number)]), controls)
        });
        Control::List(List {
            label: self.label("TagSpecifications"),
            help: self.texts.translated(tags.help).into(),
            add: self.texts.tag_add.into(),
            next: format!("{path}[{}]", self.plan.items(&path)),
            rows: true,
            items: items.collect(),
            path,
        })
    }

    fn field(&self, member: &'static Member, path: &str) -> Field {
        let shape = match member.shape {
            Shape::List(item) => item,
            _ => &member.shape,
        };
        let kind = match shape {
            Shape::Boolean => Kind::Flag,
            Shape::Text(text) if !text.values.is_empty() => {
                Kind::Choice(text.values.iter().map(|value| (*value).to_owned()).collect())
            }
            Shape::Text(text) if !(text.suggestions)().is_empty() => {
                Kind::Proposed((text.suggestions)().into_iter().map(str::to_owned).collect())
            }
            _ => Kind::Line,
        };
        let mut help = self.texts.translated(member.help).to_owned();
        if !member.deprecated.is_empty() {
            help = format!("{help} {}", self.texts.translated(member.deprecated));
        }
        let is_needed = path.contains("DiskContainer") && NEEDED.contains(&member.name);
        Field {
            path: path.into(),
            label: self.label(path),
            help,
            example: member.example.into(),
            kind,
            // A member that its structure requires is none that the person must think of unless the call needs it.
            optional: !member.required && !is_needed,
            wide: WIDE.contains(&member.name),
        }
    }
}

/// The names of all Regions.
pub(super) fn regions() -> Vec<String> {
    crate::request::regions::names().map(str::to_owned).collect()
}
