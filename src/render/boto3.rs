//! A Python file that makes the call with boto3 and prints the answer.

use super::document::{Fields, Node, scalar_text};
use crate::request::shape::{Call, Member};
use std::fmt::Write;

/// The file; Region and profile are left to boto3's own configuration when they are not given.
pub fn file(call: &Call, fields: &Fields, region: Option<&str>, profile: Option<&str>) -> String {
    let mut client = String::from("\"ec2\"");
    if let Some(region) = region {
        let _ = write!(client, ", region_name={}", literal(region));
    }
    let session = match profile {
        Some(profile) => format!("boto3.Session(profile_name={})", literal(profile)),
        None => "boto3".to_owned(),
    };
    let arguments = arguments(fields, 2);
    format!(
        r#"import json

import boto3
from botocore.exceptions import ClientError


def main():
    ec2 = {session}.client({client})
    try:
        answer = ec2.{method}({arguments})
    except ClientError as error:
        # A dry run that would have succeeded is answered by this error too.
        if error.response["Error"]["Code"] != "DryRunOperation":
            raise
        print(error.response["Error"]["Message"])
        return
    answer.pop("ResponseMetadata", None)
    print(json.dumps(answer, indent=2, default=str))


if __name__ == "__main__":
    main()
"#,
        method = call.python,
    )
}

/// A call's arguments, a line each, and the closing bracket's line; `depth` is that of the call itself, in steps of four
/// spaces. Nothing where there are none.
pub fn arguments(fields: &Fields, depth: usize) -> String {
    let indent = |text: &mut String, depth: usize| {
        text.push('\n');
        text.extend(std::iter::repeat_n("    ", depth));
    };
    let mut arguments = String::new();
    let deeper = depth.saturating_add(1);
    for (member, node) in fields {
        indent(&mut arguments, deeper);
        let _ = write!(arguments, "{}=", member.name);
        write_node(&mut arguments, node, deeper);
        arguments.push(',');
    }
    if !arguments.is_empty() {
        indent(&mut arguments, depth);
    }
    arguments
}

fn write_node(text: &mut String, node: &Node, depth: usize) {
    let deeper = depth.saturating_add(1);
    match node {
        Node::Structure(fields) => {
            let entry = |text: &mut String, (member, node): &(&Member, Node)| {
                let _ = write!(text, "\"{}\": ", member.name);
                write_node(text, node, deeper);
            };
            write_items(text, ['{', '}'], fields, depth, entry);
        }
        Node::List(items) => {
            write_items(text, ['[', ']'], items, depth, |text, item| write_node(text, item, deeper));
        }
        Node::Boolean(true) => text.push_str("True"),
        Node::Boolean(false) => text.push_str("False"),
        Node::Text(value) | Node::Timestamp(value) => text.push_str(&literal(value)),
        number => text.push_str(&scalar_text(number).unwrap_or_default()),
    }
}

fn write_items<T>(
    text: &mut String,
    brackets: [char; 2],
    items: &[T],
    depth: usize,
    write: impl Fn(&mut String, &T),
) {
    let indent = |text: &mut String, depth: usize| {
        text.push('\n');
        text.extend(std::iter::repeat_n("    ", depth));
    };
    text.push(brackets[0]);
    for item in items {
        indent(text, depth.saturating_add(1));
        write(text, item);
        text.push(',');
    }
    if !items.is_empty() {
        indent(text, depth);
    }
    text.push(brackets[1]);
}

/// A string literal (The Python Language Reference, 2.5.1) on one line of printable characters.
pub fn literal(text: &str) -> String {
    let mut literal = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            character if character.is_control() || matches!(character, '\u{2028}' | '\u{2029}') => {
                let _ = write!(literal, "\\u{:04x}", u32::from(character));
            }
            character => literal.push(character),
        }
    }
    literal.push('"');
    literal
}
