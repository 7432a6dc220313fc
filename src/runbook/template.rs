//! Parts of a script: files of the script's own language in which `{{name}}` stands for a value.

/// Puts the values into a part, in one pass: a value that holds `{{…}}` itself is not read again.
///
/// A name without a value stays as it is; a test of each language holds that none does.
pub(super) fn fill(part: &str, values: &[(&str, String)]) -> String {
    let mut text = String::with_capacity(part.len());
    let mut rest = part;
    while let Some((before, after)) = rest.split_once("{{") {
        text.push_str(before);
        let found = after.split_once("}}").and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, after))
        });
        if let Some((value, after)) = found {
            text.push_str(value);
            rest = after;
        } else {
            text.push_str("{{");
            rest = after;
        }
    }
    text.push_str(rest);
    text
}

/// A text as the lines of a comment, at most `width` characters each.
pub(super) fn comment(text: &str, width: usize) -> String {
    let mut lines = Vec::new();
    let mut line = String::from("#");
    for word in text.split_whitespace() {
        if line.chars().count() + word.chars().count() >= width && line != "#" {
            lines.push(std::mem::replace(&mut line, String::from("#")));
        }
        line.push(' ');
        line.push_str(word);
    }
    lines.push(line);
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{comment, fill};

    #[test]
    fn a_value_is_not_read_again() {
        let values = [("a", "{{b}}".to_owned()), ("b", "x".to_owned())];
        assert_eq!(fill("{{a}}-{{b}}-{{c}}-{{", &values), "{{b}}-x-{{c}}-{{");
    }

    #[test]
    fn a_comment_is_wrapped_and_every_line_is_one() {
        assert_eq!(comment("one two\nthree four", 12), "# one two\n# three four");
    }
}
