//! The file for `--cli-input-json`.

use super::document::{Fields, to_json};
use serde_json::Value;

/// The request as indented JSON in the API's own names, members in the model's order, with a newline at its end.
pub fn file(fields: &Fields) -> String {
    let mut text = format!("{:#}", Value::Object(to_json(fields)));
    text.push('\n');
    text
}
