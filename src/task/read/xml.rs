//! The API's own XML: `<ImportSnapshotResponse>` and `<Response><Errors>`.
//!
//! Elements are matched by their local names; a document type definition is refused, hence no entity can grow.

use super::{DEEPEST, Document, Found, FoundError};
use crate::image::ova::xml_limits;
use crate::request::responses;
use crate::sentence::sentence;
use crate::task::answer::NotRead;
use roxmltree::{Node, ParsingOptions};
use serde_json::{Map, Value};

/// How many nodes an answer may have.
const MOST_NODES: u32 = 400_000;

/// Reads a document.
pub(super) fn read(text: &str) -> Result<Found, NotRead> {
    xml_limits::check(text)
        .map_err(|reason| NotRead(sentence!("This XML is no answer of AWS: {reason}.", reason)))?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = roxmltree::Document::parse_with_options(text.trim_end(), options).map_err(|error| {
        NotRead(sentence!(
            "This is not well-formed XML: {error}. Copy the answer as a whole.",
            error = error.to_string()
        ))
    })?;
    let root = document.root_element();
    let request_id = root
        .children()
        .find(|child| child.tag_name().name().eq_ignore_ascii_case("requestId"))
        .and_then(|child| child.text())
        .map(|id| id.trim().to_owned());
    let errors: Vec<FoundError> = root
        .descendants()
        .filter(|node| node.has_tag_name_local("Error"))
        .map(|node| error(node, request_id.as_deref()))
        .collect();
    if !errors.is_empty() {
        return Ok(Found { errors, request_id, ..Found::default() });
    }
    let name = root.tag_name().name();
    let call = name.strip_suffix("Response").and_then(responses::find).map(|response| response.call);
    let value = value(root, 0)
        .ok_or_else(|| NotRead("The elements lie too deep within each other for an answer of AWS.".into()))?;
    Ok(Found { documents: vec![Document { call, value }], request_id, ..Found::default() })
}

trait LocalName {
    fn has_tag_name_local(&self, name: &str) -> bool;
}

impl LocalName for Node<'_, '_> {
    /// Whether the element has a name, in whichever namespace.
    fn has_tag_name_local(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

fn error(node: Node, request_id: Option<&str>) -> FoundError {
    let text = |name: &str| {
        let child = node.children().find(|child| child.has_tag_name_local(name))?;
        child.text().map(|text| text.trim().to_owned())
    };
    FoundError {
        code: text("Code"),
        call: None,
        message: text("Message").unwrap_or_default(),
        request_id: request_id.map(str::to_owned),
    }
}

/// An element as a value; `None` where it lies too deep. A list is an element whose children are all `item`.
fn value(node: Node, depth: usize) -> Option<Value> {
    if depth > DEEPEST {
        return None;
    }
    let children: Vec<Node> = node.children().filter(Node::is_element).collect();
    if children.is_empty() {
        return Some(Value::from(node.text().unwrap_or_default()));
    }
    let values = children.iter().map(|child| value(*child, depth.saturating_add(1)));
    if children.iter().all(|child| matches!(child.tag_name().name(), "item" | "member")) {
        return values.collect::<Option<Vec<_>>>().map(Value::Array);
    }
    let mut members = Map::new();
    for (child, value) in children.iter().zip(values) {
        members.insert(child.tag_name().name().to_owned(), value?);
    }
    // The request's ID is no field of the answer.
    members.retain(|name, _| !name.eq_ignore_ascii_case("requestId"));
    Some(Value::Object(members))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_answer_is_read_with_its_lists_and_its_request() {
        let found = read(
            "<?xml version=\"1.0\"?>\n<CopySnapshotResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">\
             <requestId>r-1</requestId><snapshotId>snap-1</snapshotId><tagSet><item><key>a</key><value/></item></tagSet>\
             </CopySnapshotResponse>\n",
        )
        .unwrap();
        assert_eq!(found.request_id.as_deref(), Some("r-1"));
        assert_eq!(found.documents[0].call, Some("CopySnapshot"));
        let expected = json!({"snapshotId": "snap-1", "tagSet": [{"key": "a", "value": ""}]});
        assert_eq!(found.documents[0].value, expected);
    }

    #[test]
    fn errors_are_read() {
        let found = read(
            "<Response><Errors><Error><Code>DryRunOperation</Code><Message>m</Message></Error></Errors>\
             <RequestID>r-1</RequestID></Response>",
        )
        .unwrap();
        assert_eq!(found.errors[0].code.as_deref(), Some("DryRunOperation"));
        assert_eq!(found.errors[0].request_id.as_deref(), Some("r-1"));
    }

    #[test]
    fn a_document_type_definition_and_deep_elements_are_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>";
        assert!(read(bomb).is_err());
        let deep = format!("{}{}", "<a>".repeat(200), "</a>".repeat(200));
        assert!(read(&deep).unwrap_err().0.contains("too deep"));
        assert!(read(&"<a>".repeat(10_000)).is_err());
    }
}
