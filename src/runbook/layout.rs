//! A JSON value over as few lines as are easy to read: what fits on a line stands on one.

use serde_json::Value;

/// The most columns that a list or an object on one line may take.
const WIDTH: usize = 100;

/// How a language writes values.
pub(super) struct Style<'a> {
    /// Text, numbers, booleans and null; the names of members are given as text.
    pub(super) scalar: &'a dyn Fn(&Value) -> String,
    /// Spaces for each level.
    pub(super) step: usize,
    /// Whether the last item of several lines has a comma too.
    pub(super) trailing_comma: bool,
}

/// Lays a value out; its first line is written where the caller stands, the others begin at `column` or behind it.
pub(super) fn lay_out(value: &Value, style: &Style<'_>, column: usize) -> String {
    let one_line = on_one_line(value, style);
    if column.saturating_add(one_line.chars().count()) <= WIDTH {
        return one_line;
    }
    let inner = column.saturating_add(style.step);
    let (brackets, items): ([&str; 2], Vec<String>) = match value {
        Value::Array(items) => (["[", "]"], items.iter().map(|item| lay_out(item, style, inner)).collect()),
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| {
                let name = (style.scalar)(&Value::String(name.clone()));
                format!("{name}: {}", lay_out(value, style, inner))
            };
            (["{", "}"], members.iter().map(member).collect())
        }
        _ => return one_line,
    };
    let indent = " ".repeat(inner);
    let lines = items.join(&format!(",\n{indent}"));
    let comma = if style.trailing_comma { "," } else { "" };
    format!("{}\n{indent}{lines}{comma}\n{}{}", brackets[0], " ".repeat(column), brackets[1])
}

fn on_one_line(value: &Value, style: &Style<'_>) -> String {
    let join = |items: Vec<String>| items.join(", ");
    match value {
        Value::Array(items) => {
            format!("[{}]", join(items.iter().map(|item| on_one_line(item, style)).collect()))
        }
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| {
                let name = (style.scalar)(&Value::String(name.clone()));
                format!("{name}: {}", on_one_line(value, style))
            };
            format!("{{{}}}", join(members.iter().map(member).collect()))
        }
        scalar => (style.scalar)(scalar),
    }
}

#[cfg(test)]
mod tests {
    use super::{Style, lay_out};
    use serde_json::{Value, json};

    #[test]
    fn what_fits_stands_on_one_line_and_the_rest_is_the_same_json() {
        let style = Style { scalar: &Value::to_string, step: 2, trailing_comma: false };
        assert_eq!(lay_out(&json!({"a": [1, {}]}), &style, 0), r#"{"a": [1, {}]}"#);
        let long = json!({"Name": "x".repeat(60), "More": ["y".repeat(60), true]});
        let text = lay_out(&long, &style, 4);
        assert_eq!(text.lines().count(), 4, "{text}");
        assert_eq!(text.lines().last(), Some("    }"));
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), long);
    }
}
