//! The file for `--cli-input-yaml` of the AWS CLI version 2.
//!
//! A small emitter for exactly this data: block style, and every text in double quotes, whose escapes YAML takes over
//! from JSON. So nothing in a text can be read as a number, a comment, an anchor or a document's end.

use super::document::{Fields, Node, scalar_text};
use std::fmt::Write;

/// The request as YAML in the API's own names, members in the model's order.
pub fn file(fields: &Fields) -> String {
    if fields.is_empty() {
        return "{}\n".to_owned();
    }
    let mut text = String::new();
    write_structure(&mut text, fields, 0, false);
    text
}

/// `follows_dash`: whether the first member stands on the line of a list's dash.
fn write_structure(text: &mut String, fields: &Fields, depth: usize, follows_dash: bool) {
    let mut on_dash_line = follows_dash;
    for (member, node) in fields {
        if !on_dash_line {
            indent(text, depth);
        }
        on_dash_line = false;
        text.push_str(member.name);
        text.push(':');
        write_node(text, node, depth);
    }
}

/// Writes what follows a member's colon.
fn write_node(text: &mut String, node: &Node, depth: usize) {
    let deeper = depth.saturating_add(1);
    match node {
        Node::Structure(fields) if fields.is_empty() => text.push_str(" {}\n"),
        Node::List(items) if items.is_empty() => text.push_str(" []\n"),
        Node::Structure(fields) => {
            text.push('\n');
            write_structure(text, fields, deeper, false);
        }
        Node::List(items) => {
            text.push('\n');
            for item in items {
                indent(text, depth);
                text.push('-');
                match item {
                    Node::Structure(fields) if !fields.is_empty() => {
                        text.push(' ');
                        write_structure(text, fields, deeper, true);
                    }
                    item => write_node(text, item, deeper),
                }
            }
        }
        scalar => {
            text.push(' ');
            write_scalar(text, scalar);
            text.push('\n');
        }
    }
}

fn indent(text: &mut String, depth: usize) {
    text.extend(std::iter::repeat_n("  ", depth));
}

fn write_scalar(text: &mut String, node: &Node) {
    let scalar = scalar_text(node).unwrap_or_default();
    match node {
        Node::Text(_) | Node::Timestamp(_) => text.push_str(&quoted(&scalar)),
        // YAML 1.1 knows no float without a point.
        Node::Double(_) if !scalar.contains('.') => text.push_str(&scalar.replacen('e', ".0e", 1)),
        _ => text.push_str(&scalar),
    }
}

/// A double-quoted scalar (YAML 1.2.2, 7.3.1); what YAML does not call printable, and what one of its versions takes for
/// a line break, is escaped.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        let code = u32::from(character);
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(quoted, "\\u{code:04x}");
            }
            character if character.is_control() => {
                let _ = write!(quoted, "\\u{code:04x}");
            }
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}
