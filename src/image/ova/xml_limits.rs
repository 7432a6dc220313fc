//! What is refused before the XML parser sees it: its time and memory grow with the square of an element's
//! attributes and of the namespaces in scope, which neither an appliance nor an answer of AWS needs but a hostile text would use.

use crate::sentence::{Sentence, sentence};

/// How many tags there may be, and how many equals signs: the parser makes room for as many elements and attributes
/// before it reads the first, and looks each one's prefix up among the namespaces in scope.
const MOST_TAGS: usize = 120_000;
/// How deep elements may lie in each other.
const DEEPEST: usize = 512;
/// How many attributes an element may have.
const MOST_ATTRIBUTES: usize = 512;
/// How many namespaces may be declared.
const MOST_NAMESPACES: usize = 512;

/// What is skipped as a whole: comments, character data, instructions.
const SKIPPED: &[(&[u8], &[u8])] = &[(b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>")];

/// Checks `text` against the limits. It need not be well-formed; whether it is, is the parser's business.
///
/// # Errors
/// Which limit it breaks: a clause for a person.
pub(crate) fn check(text: &str) -> Result<(), Sentence> {
    if text.matches("xmlns").nth(MOST_NAMESPACES).is_some() {
        return Err(sentence!("it declares more than {most} namespaces", most = MOST_NAMESPACES));
    }
    for (sign, name) in [('<', "tags"), ('=', "equals signs")] {
        if text.matches(sign).nth(MOST_TAGS).is_some() {
            return Err(sentence!("it has more than {most} {name}", most = MOST_TAGS, name));
        }
    }
    let mut rest = text.as_bytes();
    let mut depth = 0_usize;
    while let Some(start) = rest.iter().position(|byte| *byte == b'<') {
        rest = rest.get(start..).unwrap_or_default();
        if let Some((_, end)) = SKIPPED.iter().find(|(start, _)| rest.starts_with(start)) {
            let Some(at) = rest.windows(end.len()).position(|bytes| bytes == *end) else { return Ok(()) };
            rest = rest.get(at.saturating_add(end.len())..).unwrap_or_default();
            continue;
        }
        let Some(tag) = Tag::of(rest) else { return Ok(()) };
        if tag.attributes > MOST_ATTRIBUTES {
            return Err(sentence!("an element has more than {most} attributes", most = MOST_ATTRIBUTES));
        }
        if rest.starts_with(b"</") {
            depth = depth.saturating_sub(1);
        } else if !tag.is_closed {
            depth = depth.saturating_add(1);
        }
        if depth > DEEPEST {
            return Err(sentence!("its elements lie more than {most} deep in each other", most = DEEPEST));
        }
        rest = rest.get(tag.length..).unwrap_or_default();
    }
    Ok(())
}

/// A tag, from `<` to `>`.
struct Tag {
    length: usize,
    attributes: usize,
    /// Whether it ends in `/>`.
    is_closed: bool,
}

impl Tag {
    fn of(bytes: &[u8]) -> Option<Self> {
        let mut quote = None;
        let mut attributes = 0_usize;
        let mut previous = 0;
        for (at, byte) in bytes.iter().enumerate() {
            match (quote, *byte) {
                (Some(open), byte) if open == byte => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') => quote = Some(*byte),
                (None, b'=') => attributes = attributes.saturating_add(1),
                (None, b'>') => {
                    let length = at.saturating_add(1);
                    return Some(Self { length, attributes, is_closed: previous == b'/' });
                }
                _ => {}
            }
            previous = *byte;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_tag_in_a_comment_or_a_value_does_not_count() {
        let nested = "<a>".repeat(600);
        assert_eq!(check(&format!("<!--{nested}--><b><![CDATA[{nested}]]></b>")), Ok(()));
        assert_eq!(check(&format!("<b c='{}'/>", "=>".repeat(600))), Ok(()));
    }

    #[test]
    fn closed_elements_do_not_add_up() {
        assert_eq!(check(&"<a><b/></a>".repeat(600)), Ok(()));
    }

    #[test]
    fn each_limit_is_named() {
        assert!(check(&"<a>".repeat(600)).unwrap_err().contains("deep"));
        assert!(check(&format!("<a {}>", "b='' ".repeat(600))).unwrap_err().contains("attributes"));
        assert!(check(&"<a xmlns:b='c'/>".repeat(3000)).unwrap_err().contains("namespaces"));
        assert!(check(&"<a/>".repeat(200_000)).unwrap_err().contains("tags"));
        assert!(check(&"=".repeat(200_000)).unwrap_err().contains("equals signs"));
    }
}
