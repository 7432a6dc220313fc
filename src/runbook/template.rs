//! Parts of a script: files of the script's own language in which `{{name}}` stands for a value.

use super::journey::Journey;
use super::step::Step;
use crate::sentence::filled;

/// Values by the names that stand for them in the parts; of a name that occurs twice the first counts.
pub(super) type Values = Vec<(&'static str, String)>;

/// A part that steps share, and the steps that use it.
pub(super) type Shared = (&'static str, &'static [Step]);

/// The most characters of a line of a script's own comments.
const WIDTH: usize = 118;

/// How a language makes one script of its parts.
pub(super) struct Frame {
    pub(super) head: &'static str,
    pub(super) main: &'static str,
    /// The parts that steps share.
    pub(super) shared: &'static [Shared],
    /// The function of a step and the part it is in.
    pub(super) part: fn(Step, &Journey<'_>) -> (&'static str, &'static str),
    /// How `main` names a step: by its name, its title with its number, and its function.
    pub(super) case: fn(&str, &str, &str) -> String,
    /// Line breaks between the comment on a step and its part.
    pub(super) below_comment: &'static str,
    /// Line breaks between parts, each of which ends with one.
    pub(super) between_parts: &'static str,
}

/// Writes a script: its head, what steps share, and a part for each step, which `main` calls in order.
pub(super) fn script(frame: &Frame, journey: &Journey<'_>, mut values: Values) -> String {
    let mut parts = vec![fill(frame.head, &values)];
    parts.extend(shared(frame.shared, journey, &values));
    let mut cases = Vec::new();
    for (number, step) in journey.steps.iter().enumerate() {
        let (function, text) = (frame.part)(*step, journey);
        let about = step.about();
        let title = format!("{}. {}", number.saturating_add(1), about.title);
        let explanation = comment(about.explanation);
        parts.push(format!("# {title}\n#\n{explanation}{}{}", frame.below_comment, fill(text, &values)));
        cases.push((frame.case)(about.name, &title, function));
    }
    values.push(("cases", cases.join("\n")));
    parts.push(fill(frame.main, &values));
    parts.join(frame.between_parts)
}

/// The shared parts that the journey's steps use, filled in.
fn shared(parts: &[Shared], journey: &Journey<'_>, values: &[(&str, String)]) -> Vec<String> {
    let is_used = |(_, users): &&Shared| users.iter().any(|step| journey.takes(*step));
    parts.iter().filter(is_used).map(|(part, _)| fill(part, values)).collect()
}

/// Puts the values into a part, in one pass: a value that holds `{{…}}` itself is not read again.
///
/// A name without a value stays as it is; a test of each language holds that none does.
fn fill(part: &str, values: &[(&str, String)]) -> String {
    let value = |name: &str| Some(values.iter().find(|(known, _)| *known == name)?.1.clone());
    filled(part, ["{{", "}}"], &value)
}

/// A text as the lines of a comment.
fn comment(text: &str) -> String {
    wrapped(text, WIDTH)
}

fn wrapped(text: &str, width: usize) -> String {
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
    use super::{fill, wrapped};

    #[test]
    fn a_value_is_not_read_again() {
        let values = [("a", "{{b}}".to_owned()), ("b", "x".to_owned())];
        assert_eq!(fill("{{a}}-{{b}}-{{c}}-{{", &values), "{{b}}-x-{{c}}-{{");
    }

    #[test]
    fn a_comment_is_wrapped_and_every_line_is_one() {
        assert_eq!(wrapped("one two\nthree four", 12), "# one two\n# three four");
    }
}
