//! The body of a Query request.

use super::coerce::coerce;
use super::{Fault, Faults, Found};
use crate::request::calls;
use crate::request::regions;
use crate::request::shape::{Member, Shape};
use crate::request::validate::Level;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Names with their numbers, before the table makes structures and lists of them.
#[derive(Default)]
struct Branch {
    /// The value with the place and length of its pair, in bytes.
    value: Option<(String, usize, usize)>,
    children: BTreeMap<String, Branch>,
}

/// The deepest name that is read: `BlockDeviceMapping.1.Ebs.SnapshotId` has four parts.
const DEEPEST_NAME: usize = 12;

/// Reads a body, a URL with the pairs in its query, or a whole HTTP request with either; `None` if the text is none of
/// these. The API's reference writes its samples as such a URL on several lines.
pub(super) fn read_request(text: &str) -> Option<Found> {
    let start = text.trim_start();
    let begins_with = |words: &[&str]| words.iter().any(|word| start.starts_with(word));
    if begins_with(&["Action=", "Version="]) {
        return Some(read(text));
    }
    if !begins_with(&["https://", "http://", "POST ", "GET "]) {
        return None;
    }
    let at = text.match_indices("Action=").map(|(at, _)| at).find(|at| {
        let before = text.get(..*at).unwrap_or_default();
        before.ends_with(['?', '&', '\n'])
    })?;
    // What stands before Action in the query belongs to the pairs too.
    let head = text.get(..at)?;
    let from = head.rfind(['?', '\n']).map_or(at, |end| end.saturating_add(1));
    let pairs = text.get(from..)?;
    let end = pairs.find(" HTTP/").unwrap_or(pairs.len());
    let mut found = read(pairs.get(..end)?);
    for fault in &mut found.faults.0 {
        fault.at = fault.at.saturating_add(from);
    }
    found.globals.extend(region(text));
    Some(found)
}

/// The Region of the first EC2 endpoint in a text, as the option that names it.
pub(super) fn region(text: &str) -> Option<(String, Option<String>)> {
    let (_, host) = text.split_once("ec2.")?;
    let region = host.split('.').next().filter(|label| regions::partition_of(label).is_some())?;
    regions::check(region).map_or_else(|fault| fault.level == Level::Warning, |()| true).then_some(())?;
    Some(("--region".to_owned(), Some(region.to_owned())))
}

/// Whether a name belongs to the signature, or stands for it in the API's reference.
fn is_of_signature(name: &str) -> bool {
    const NAMES: [&str; 6] =
        ["AWSAccessKeyId", "Timestamp", "SignatureMethod", "SignatureVersion", "Signature", "AUTHPARAMS"];
    NAMES.contains(&name) || name.starts_with("X-Amz-")
}

/// Reads the pairs; line breaks between them are allowed.
pub(super) fn read(text: &str) -> Found {
    let mut found = Found::default();
    let mut root = Branch::default();
    let mut start = 0_usize;
    for piece in text.split('&') {
        let at = start.saturating_add(piece.len().saturating_sub(piece.trim_start().len()));
        start = start.saturating_add(piece.len()).saturating_add(1);
        let piece = piece.trim();
        if piece.is_empty() {
            continue;
        }
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        let (Some(name), Some(value)) = (decode(name), decode(value)) else {
            found.faults.push(Fault::new(at, piece.len(), "This is not percent-encoded UTF-8."));
            continue;
        };
        match name.as_str() {
            "Action" => found.call = calls::CALLS.iter().copied().find(|call| call.name == value),
            "Version" => {}
            _ if is_of_signature(&name) => {}
            _ if name.split('.').count() > DEEPEST_NAME => {
                found.faults.push(Fault::new(at, piece.len(), "This name has too many parts."));
            }
            _ => {
                let branch = name
                    .split('.')
                    .fold(&mut root, |branch, part| branch.children.entry(part.to_owned()).or_default());
                branch.value = Some((value, at, piece.len()));
            }
        }
    }
    if let Some(call) = found.call {
        found.parameters = structure(call.members, root, &mut found.faults);
    }
    found
}

fn structure(members: &'static [Member], mut branch: Branch, faults: &mut Faults) -> Map<String, Value> {
    let mut values = Map::new();
    for member in members {
        if let Some(child) = branch.children.remove(member.query)
            && let Some(value) = value(&member.shape, child, faults)
        {
            values.insert(member.name.to_owned(), value);
        }
    }
    refuse_rest(branch, "The call has no parameter of this name.", faults);
    values
}

fn value(shape: &'static Shape, mut branch: Branch, faults: &mut Faults) -> Option<Value> {
    match shape {
        Shape::Structure(members) => Some(Value::Object(structure(members, branch, faults))),
        Shape::List(item) => {
            let mut numbered: Vec<(u32, Branch)> = Vec::new();
            for (name, child) in std::mem::take(&mut branch.children) {
                match name.parse() {
                    Ok(number) => numbered.push((number, child)),
                    Err(_) => refuse_rest(child, "A list's items have numbers here.", faults),
                }
            }
            numbered.sort_by_key(|(number, _)| *number);
            refuse_rest(branch, "A list's items have numbers here.", faults);
            Some(Value::Array(
                numbered.into_iter().filter_map(|(_, child)| value(item, child, faults)).collect(),
            ))
        }
        scalar => {
            let text = branch.value.take();
            refuse_rest(branch, "This parameter has no parts.", faults);
            text.map(|(text, ..)| coerce(scalar, Value::from(text)))
        }
    }
}

fn refuse_rest(branch: Branch, reason: &'static str, faults: &mut Faults) {
    if let Some((_, at, length)) = branch.value {
        faults.push(Fault::new(at, length, reason));
    }
    for child in branch.children.into_values() {
        refuse_rest(child, reason, faults);
    }
}

/// Undoes the percent-encoding, `+` for a space included.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                let (high, low) = (digit(rest.next())?, digit(rest.next())?);
                u8::try_from(high * 16 + low).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}
