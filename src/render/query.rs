//! The EC2 Query protocol: the body of the POST request that every client sends in the end.

use super::document::{Fields, Node, scalar_text};
use crate::request::shape::{Call, Request};
use crate::sentence::Sentence;
use std::fmt::Write;

/// The version of EC2's API, which every request names.
pub const API_VERSION: &str = "2016-11-15";

/// The body: `Action=ImportSnapshot&Version=2016-11-15&…`, members in the model's order.
pub fn body(call: &Call, fields: &Fields) -> String {
    let mut body = format!("Action={}&Version={API_VERSION}", call.name);
    write_structure(&mut body, "", fields);
    body
}

fn write_structure(body: &mut String, prefix: &str, fields: &Fields) {
    for (member, node) in fields {
        let name =
            if prefix.is_empty() { member.query.to_owned() } else { format!("{prefix}.{}", member.query) };
        write_node(body, &name, node);
    }
}

fn write_node(body: &mut String, name: &str, node: &Node) {
    match node {
        Node::Structure(fields) => write_structure(body, name, fields),
        Node::List(items) => {
            for (number, item) in (1_usize..).zip(items) {
                write_node(body, &format!("{name}.{number}"), item);
            }
        }
        scalar => {
            let text = scalar_text(scalar).unwrap_or_default();
            body.push('&');
            body.push_str(name);
            body.push('=');
            percent_encode(body, &text);
        }
    }
}

/// Percent-encodes as Python's `quote_plus` does: letters, digits and `_.-~` bare, a space as `+`, every other byte
/// of the UTF-8 text as `%XX` in upper case.
fn percent_encode(body: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.' | b'-' | b'~' => {
                body.push(char::from(byte));
            }
            b' ' => body.push('+'),
            // Writing to a string cannot fail.
            _ => {
                let _ = write!(body, "%{byte:02X}");
            }
        }
    }
}

/// What the AWS CLI and boto3 do of themselves and a raw request does not, a sentence each.
pub fn remarks(request: &Request) -> Vec<Sentence> {
    let needs_signature =
        request.call.name == "CopySnapshot" && !request.parameters.contains_key("PresignedUrl");
    let remark = "The AWS CLI and boto3 add PresignedUrl, the same call signed for the source Region, and \
                  DestinationRegion. A raw request needs both when the source snapshot is encrypted.";
    needs_signature.then(|| remark.into()).into_iter().collect()
}
