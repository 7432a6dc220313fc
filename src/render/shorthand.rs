//! The AWS CLI's shorthand for structures (`Format=VMDK,UserBucket={S3Bucket=b,S3Key=k}`), where both versions read it
//! beyond doubt; anything else is JSON.

use super::document::{Fields, Node, scalar_text};
use super::shell::Shell;

/// A structure in shorthand, or `None` when it takes JSON to say it.
///
/// Values in quotes hold no quote and no backslash, whose escapes the two versions read differently, and the quote is the
/// one that the shell leaves alone.
pub fn structure(fields: &Fields, shell: Shell) -> Option<String> {
    if fields.is_empty() {
        return None;
    }
    let fields = fields.iter().map(|(member, node)| Some(format!("{}={}", member.name, value(node, shell)?)));
    Some(fields.collect::<Option<Vec<_>>>()?.join(","))
}

/// A list of scalars as separate arguments, or `None` when it takes JSON.
pub fn scalars(items: &[Node]) -> Option<Vec<String>> {
    items.iter().map(|item| scalar_text(item).filter(|text| is_simple(text))).collect()
}

fn value(node: &Node, shell: Shell) -> Option<String> {
    match node {
        Node::Structure(fields) => Some(format!("{{{}}}", structure(fields, shell)?)),
        Node::List(items) => {
            let items: Option<Vec<_>> = items.iter().map(|item| value(item, shell)).collect();
            Some(format!("[{}]", items?.join(",")))
        }
        scalar => text(&scalar_text(scalar)?, shell),
    }
}

fn text(text: &str, shell: Shell) -> Option<String> {
    if is_simple(text) {
        return Some(text.to_owned());
    }
    if text.contains(['"', '\'', '\\']) || text.chars().any(char::is_control) {
        return None;
    }
    let quote = if shell == Shell::Posix { '"' } else { '\'' };
    Some(format!("{quote}{text}{quote}"))
}

/// Letters, digits and signs that mean nothing to the shorthand, beginning with a letter, digit, `/` or `_`.
fn is_simple(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphanumeric() || "/_".contains(first))
        && text.chars().all(|character| character.is_ascii_alphanumeric() || "/_.:+-".contains(character))
}
