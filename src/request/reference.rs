//! The tables of the calls as a page: `docs/requests.md`.

use super::describe::{Field, Kind, describe_all};
use std::fmt::Write;

const INTRODUCTION: &str = "\
# Requests

Every parameter of every call that Import Planner writes. This page is made of the tables in `src/request/calls`:
`cargo run --example requests > docs/requests.md`; a test fails when it is stale.
";

/// The page, as Markdown.
pub fn reference_page() -> String {
    let mut page = INTRODUCTION.to_owned();
    for form in describe_all() {
        // Writing to a string cannot fail.
        let _ = writeln!(page, "\n## {}\n\n{}\n\n<{}>\n", form.call, form.help, form.page);
        page.push_str("| parameter | takes | what it is |\n| --- | --- | --- |\n");
        write_fields(&mut page, &form.fields);
    }
    page
}

fn write_fields(page: &mut String, fields: &[Field]) {
    for field in fields {
        let mut remarks = String::new();
        if field.required {
            remarks.push_str("**Required.** ");
        }
        remarks.push_str(field.help);
        if !field.since.is_empty() {
            let _ = write!(remarks, " Since {}.", field.since);
        }
        if !field.deprecated.is_empty() {
            let _ = write!(remarks, " Deprecated: {}", field.deprecated);
        }
        let remarks = remarks.replace('|', "\\|");
        let _ = writeln!(page, "| `{}` | {} | {remarks} |", field.path, takes(&field.kind));
        write_members(page, &field.kind);
    }
}

fn write_members(page: &mut String, kind: &Kind) {
    match kind {
        Kind::Structure { fields } => write_fields(page, fields),
        Kind::List { item } => write_members(page, item),
        _ => {}
    }
}

fn takes(kind: &Kind) -> String {
    match kind {
        Kind::Text { maximum: Some(maximum), .. } => format!("text of at most {maximum} characters"),
        Kind::Text { maximum: None, .. } => "text".to_owned(),
        Kind::Choice { values } => {
            values.iter().map(|choice| format!("`{}`", choice.value)).collect::<Vec<_>>().join(", ")
        }
        Kind::Number { minimum, maximum, whole } => {
            let number = if *whole { "whole number" } else { "number" };
            match maximum {
                Some(maximum) => format!("{number}, {minimum} to {maximum}"),
                None => format!("{number}, at least {minimum}"),
            }
        }
        Kind::Boolean => "`true` or `false`".to_owned(),
        Kind::Timestamp => "moment".to_owned(),
        Kind::Structure { .. } => "structure".to_owned(),
        Kind::List { item } => format!("list of: {}", takes(item)),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_of_requests_is_that_of_the_tables() {
        let page = include_str!("../../docs/requests.md");
        assert!(
            page == super::reference_page(),
            "docs/requests.md is stale: cargo run --example requests > docs/requests.md"
        );
    }
}
