//! Terraform, where its AWS provider has a resource that makes the call.
//!
//! The provider names its arguments as the API names its members, in snake case, so a resource is little more than the list
//! of what it knows. Layout is that of `terraform fmt`.

use super::document::{Fields, Node, scalar_text};
use crate::request::shape::Call;
use crate::sentence::{Sentence, sentence};
use std::fmt::Write;

/// A resource of the AWS provider.
struct Resource {
    /// The call that creates it.
    call: &'static str,
    /// Its type.
    kind: &'static str,
    /// The members of the call that it has arguments for; tags apart.
    arguments: &'static [&'static str],
    /// What its tags are put on, where the call's would go elsewhere.
    tagged: Option<&'static str>,
}

const RESOURCES: &[Resource] = &[
    Resource {
        call: "ImportSnapshot",
        kind: "aws_ebs_snapshot_import",
        arguments: &["ClientData", "Description", "DiskContainer", "Encrypted", "KmsKeyId", "RoleName"],
        tagged: Some("the snapshot as well as the import task"),
    },
    Resource {
        call: "CopySnapshot",
        kind: "aws_ebs_snapshot_copy",
        arguments: &[
            "CompletionDurationMinutes",
            "Description",
            "Encrypted",
            "KmsKeyId",
            "SourceRegion",
            "SourceSnapshotId",
        ],
        tagged: None,
    },
    Resource {
        call: "RegisterImage",
        kind: "aws_ami",
        arguments: &[
            "Architecture",
            "BlockDeviceMappings",
            "BootMode",
            "Description",
            "EnaSupport",
            "ImdsSupport",
            "KernelId",
            "Name",
            "RamdiskId",
            "RootDeviceName",
            "SriovNetSupport",
            "TpmSupport",
            "UefiData",
            "VirtualizationType",
        ],
        tagged: None,
    },
];

/// A configuration, or the sentence that there is none, and remarks.
pub fn file(
    call: &Call,
    fields: &Fields,
    region: Option<&str>,
    profile: Option<&str>,
) -> (String, Vec<Sentence>) {
    let Some(resource) = RESOURCES.iter().find(|resource| resource.call == call.name) else {
        let sentence = format!(
            "# The AWS provider of Terraform has no resource that makes the call {}: use the AWS CLI or boto3.\n",
            call.name
        );
        return (sentence, Vec::new());
    };
    let mut notes = Vec::new();
    let mut body = Body::default();
    let mut tags = Vec::new();
    for (member, node) in fields {
        match node {
            Node::List(specifications) if member.name == "TagSpecifications" => {
                collect_tags(specifications, &mut tags);
            }
            Node::List(mappings) if member.name == "BlockDeviceMappings" => {
                body.blocks.extend(mappings.iter().filter_map(block_device));
            }
            Node::Structure(container) if member.name == "DiskContainer" => {
                let (container, note) = with_format(resource.kind, container);
                notes.extend(note);
                body.add(member.name, &Node::Structure(container));
            }
            node if resource.arguments.contains(&member.name) => {
                if let Node::Structure(data) = node
                    && member.name == "ClientData"
                    && child(data, "UploadStart").is_none()
                {
                    notes.push(sentence!(
                        "Without UploadStart, {kind} sends 0001-01-01 as the time at which the upload began: give it, or leave ClientData out.",
                        kind = resource.kind
                    ));
                }
                body.add(member.name, node);
            }
            _ => {
                notes.push(sentence!(
                    "{kind} has no argument for {member}: it is left out.",
                    kind = resource.kind,
                    member = member.name
                ));
            }
        }
    }
    if !tags.is_empty() {
        body.tags = tags;
        notes.extend(resource.tagged.map(|what| {
            sentence!("{kind} puts its tags on {what}.", kind = resource.kind, what = Sentence::from(what))
        }));
    }
    let mut text = provider(region, profile);
    let _ = writeln!(text, "resource \"{}\" \"this\" {{", resource.kind);
    body.write(&mut text, 1);
    text.push_str("}\n");
    (text, notes)
}

/// A container as the provider takes it, and what it has against it. It demands the format, in capitals, and compares it
/// with the list of the AWS SDK before anything is sent (`ebs_snapshot_import.go`, `DiskImageFormat_Values`).
fn with_format(kind: &str, container: &Fields) -> (Fields, Option<Sentence>) {
    const FORMATS: [&str; 3] = ["VHD", "VMDK", "RAW"];
    let mut container = container.clone();
    let format = container.iter_mut().find_map(|(member, node)| match node {
        Node::Text(text) if member.name == "Format" => Some(text),
        _ => None,
    });
    let formats = FORMATS.join(", ");
    let note = match format {
        None => Some(sentence!(
            "{kind} demands the format ({formats}): without it Terraform refuses this configuration.",
            kind,
            formats
        )),
        Some(format) => {
            let known = FORMATS.into_iter().find(|known| known.eq_ignore_ascii_case(format));
            if let Some(known) = known {
                known.clone_into(format);
            }
            known.is_none().then(|| {
                sentence!(
                    "{kind} takes the formats {formats} alone: Terraform refuses this configuration with {format}. Convert the image, or use the AWS CLI.",
                    kind,
                    formats,
                    format = format.as_str()
                )
            })
        }
    };
    (container, note)
}

fn provider(region: Option<&str>, profile: Option<&str>) -> String {
    let mut text = String::from(
        "terraform {\n  required_providers {\n    aws = {\n      source = \"hashicorp/aws\"\n    }\n  }\n}\n\n",
    );
    let settings = [("region", region), ("profile", profile)];
    let settings: Vec<_> =
        settings.iter().filter_map(|(name, value)| Some((*name, literal((*value)?)))).collect();
    if !settings.is_empty() {
        text.push_str("provider \"aws\" {\n");
        write_aligned(&mut text, 1, &settings);
        text.push_str("}\n\n");
    }
    text
}

/// What stands between a block's braces.
#[derive(Default)]
struct Body {
    attributes: Vec<(String, String)>,
    tags: Vec<(String, String)>,
    blocks: Vec<(String, Body)>,
}

impl Body {
    fn of(fields: &Fields) -> Self {
        let mut body = Self::default();
        for (member, node) in fields {
            body.add(member.name, node);
        }
        body
    }

    fn add(&mut self, name: &str, node: &Node) {
        let name = snake_case(name);
        match node {
            Node::Structure(fields) => self.blocks.push((name, Self::of(fields))),
            Node::List(items) => {
                for item in items {
                    self.add(&name, item);
                }
            }
            Node::Text(text) | Node::Timestamp(text) => self.attributes.push((name, literal(text))),
            // Terraform's numbers know no difference between 12 and 12.0, but its formatter does not change either.
            Node::Double(number) => self.attributes.push((name, number.to_string())),
            scalar => self.attributes.push((name, scalar_text(scalar).unwrap_or_default())),
        }
    }

    fn write(&self, text: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        let deeper = depth.saturating_add(1);
        write_aligned(text, depth, &self.attributes);
        let mut is_first = self.attributes.is_empty();
        for (name, block) in &self.blocks {
            separate(text, &mut is_first);
            let _ = writeln!(text, "{indent}{name} {{");
            block.write(text, deeper);
            let _ = writeln!(text, "{indent}}}");
        }
        if !self.tags.is_empty() {
            separate(text, &mut is_first);
            let _ = writeln!(text, "{indent}tags = {{");
            write_aligned(text, deeper, &self.tags);
            let _ = writeln!(text, "{indent}}}");
        }
    }
}

fn separate(text: &mut String, is_first: &mut bool) {
    if !*is_first {
        text.push('\n');
    }
    *is_first = false;
}

/// Arguments one to a line, their equals signs below each other.
///
/// Terraform's formatter counts what a reader takes for one character (Unicode's grapheme clusters); a name of which
/// [`counts_plainly`] cannot vouch stands between empty lines, where nothing is aligned with it.
fn write_aligned<N: AsRef<str>>(text: &mut String, depth: usize, arguments: &[(N, String)]) {
    let mut is_first = true;
    let groups = arguments
        .chunk_by(|(one, _), (other, _)| counts_plainly(one.as_ref()) && counts_plainly(other.as_ref()));
    for group in groups {
        separate(text, &mut is_first);
        let width = group.iter().map(|(name, _)| name.as_ref().chars().count()).max().unwrap_or(0);
        for (name, value) in group {
            let name = name.as_ref();
            let padding = " ".repeat(width.saturating_sub(name.chars().count()));
            let _ = writeln!(text, "{}{name}{padding} = {value}", "  ".repeat(depth));
        }
    }
}

/// Whether every character is certainly one that combines with no other: Latin, Greek, Cyrillic, Hebrew letters, kana,
/// and the common Chinese and Korean characters.
fn counts_plainly(name: &str) -> bool {
    name.chars().all(|character| {
        matches!(character,
            '\u{20}'..='\u{7e}' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{370}'..='\u{482}'
            | '\u{48a}'..='\u{52f}' | '\u{5d0}'..='\u{5ea}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}'
            | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
    })
}

fn collect_tags(specifications: &[Node], tags: &mut Vec<(String, String)>) {
    for specification in specifications {
        let Node::Structure(fields) = specification else { continue };
        let Some(Node::List(items)) = child(fields, "Tags") else { continue };
        for item in items {
            let Node::Structure(tag) = item else { continue };
            let (Some(key), value) = (child_text(tag, "Key"), child_text(tag, "Value").unwrap_or_default())
            else {
                continue;
            };
            let key = literal(&key);
            // A map has one value for a key; the last given is what EC2 would keep too.
            tags.retain(|(other, _)| *other != key);
            tags.push((key, literal(&value)));
        }
    }
}

/// `aws_ami` has no `ebs` block inside a mapping: what is in it stands beside the device's name.
fn block_device(mapping: &Node) -> Option<(String, Body)> {
    let Node::Structure(fields) = mapping else { return None };
    let mut body = Body::default();
    let mut kind = "ephemeral_block_device";
    for (member, node) in fields {
        match node {
            Node::Structure(ebs) => {
                kind = "ebs_block_device";
                for (member, node) in ebs {
                    body.add(member.name, node);
                }
            }
            node => body.add(member.name, node),
        }
    }
    Some((kind.to_owned(), body))
}

fn child<'a>(fields: &'a Fields, name: &str) -> Option<&'a Node> {
    fields.iter().find(|(member, _)| member.name == name).map(|(_, node)| node)
}

fn child_text(fields: &Fields, name: &str) -> Option<String> {
    child(fields, name).and_then(scalar_text)
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for (index, character) in name.char_indices() {
        if character.is_ascii_uppercase() && index > 0 {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}

/// A quoted template without templates in it (HCL native syntax, Template Expressions): `${` and `%{` are escaped by
/// doubling their first sign.
fn literal(text: &str) -> String {
    let mut literal = String::from("\"");
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            '$' | '%' if characters.peek() == Some(&'{') => literal.extend([character, character]),
            character if character.is_control() => {
                let _ = write!(literal, "\\u{:04x}", u32::from(character));
            }
            character => literal.push(character),
        }
    }
    literal.push('"');
    literal
}
