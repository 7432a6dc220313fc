//! The vocabulary of the answers' tables: a field's two names, its type, and how its values look.
//!
//! One table serves every form an answer comes in: JSON, YAML and tables carry the first name, XML the second, and
//! `--output text` none at all, so that there a value is known by its looks.

/// A field of an answer or of a structure inside it.
#[derive(Debug)]
pub struct Field {
    /// Its name as the AWS CLI and boto3 print it: `SnapshotDetails`.
    pub name: &'static str,
    /// Its name in the API's XML: `snapshotDetailSet`.
    pub wire: &'static str,
    /// Its type.
    pub shape: Shape,
    /// What it says, with its unit; one sentence.
    pub help: &'static str,
    /// Whether it may hold a signed URL, whose signature is not shown.
    pub secret: bool,
}

impl Field {
    /// A field that holds no secret.
    pub const fn new(name: &'static str, wire: &'static str, shape: Shape, help: &'static str) -> Self {
        Self { name, wire, shape, help, secret: false }
    }
}

/// The type of a field.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Text.
    Text(Looks),
    /// `true` or `false`.
    Boolean,
    /// A floating-point number.
    Double,
    /// A whole number of 32 bits.
    Integer,
    /// A whole number of 64 bits.
    Long,
    /// A moment.
    Timestamp,
    /// A structure.
    Structure(&'static [Field]),
    /// A list of structures.
    List(&'static [Field]),
}

/// How the values of a text field look.
#[derive(Debug, Clone, Copy)]
pub enum Looks {
    /// Anything.
    Free,
    /// It begins with one of these.
    Begins(&'static [&'static str]),
    /// One of these words, or a new one.
    OneOf(&'static [&'static str]),
    /// A percentage, with or without its sign.
    Percent,
    /// A KMS key in one of its four spellings.
    Key,
    /// The twelve digits of an account.
    Account,
}

impl Shape {
    /// What [`Self::suits`] gives for a value that has the field's own form.
    pub const CERTAIN: i32 = 8;

    /// The fields of a structure or of a list's structures.
    pub const fn fields(&self) -> Option<&'static [Field]> {
        match self {
            Self::Structure(fields) | Self::List(fields) => Some(fields),
            _ => None,
        }
    }

    /// How well a value suits the field: more is better, `None` is not at all. Free text suits barely, so that a value
    /// that could be an identifier becomes one.
    pub fn suits(&self, value: &str) -> Option<i32> {
        const LIKELY: i32 = 4;
        const POSSIBLE: i32 = 2;
        const UNLIKELY: i32 = 1;
        let when = |is: bool, suits: i32| is.then_some(suits);
        match self {
            Self::Text(Looks::Free) => Some(POSSIBLE),
            Self::Text(Looks::Begins(starts)) => {
                when(starts.iter().any(|start| value.starts_with(start)), Self::CERTAIN)
            }
            Self::Text(Looks::OneOf(words)) => {
                if words.iter().any(|word| word.eq_ignore_ascii_case(value)) {
                    return Some(Self::CERTAIN);
                }
                let is_word =
                    value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_:".contains(&byte));
                let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
                when(is_word && !is_number && value.len() <= 32, UNLIKELY)
            }
            Self::Text(Looks::Percent) => when(percent(value).is_some(), LIKELY),
            Self::Text(Looks::Key) => when(is_key(value), Self::CERTAIN),
            Self::Text(Looks::Account) => {
                when(value.len() == 12 && value.bytes().all(|byte| byte.is_ascii_digit()), Self::CERTAIN)
            }
            Self::Boolean => when(boolean(value).is_some(), Self::CERTAIN),
            Self::Double => when(value.parse::<f64>().is_ok_and(f64::is_finite), LIKELY),
            Self::Integer | Self::Long => when(value.parse::<i64>().is_ok(), LIKELY),
            Self::Timestamp => when(is_timestamp(value), Self::CERTAIN),
            Self::Structure(_) | Self::List(_) => None,
        }
    }
}

/// A percentage from `42`, `42%` or `42.0`.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=100 before")]
pub fn percent(value: &str) -> Option<u8> {
    let number = value.trim().trim_end_matches('%').trim_end();
    let number: f64 = number.parse().ok()?;
    (0.0..=100.0).contains(&number).then_some(number as u8)
}

/// A Boolean as JSON, Python or XML write it.
pub fn boolean(value: &str) -> Option<bool> {
    match value {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

fn is_key(value: &str) -> bool {
    let is_id = |id: &str| {
        id.len() == 36 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
            || id.starts_with("mrk-")
    };
    value.starts_with("alias/") || (value.starts_with("arn:") && value.contains(":kms:")) || is_id(value)
}

/// `2026-01-02T03:04:05` and whatever follows.
fn is_timestamp(value: &str) -> bool {
    let form = "0000-00-00T00:00";
    value.len() >= form.len()
        && value.bytes().zip(form.bytes()).all(|(byte, wanted)| match wanted {
            b'0' => byte.is_ascii_digit(),
            b'T' => matches!(byte, b'T' | b' '),
            wanted => byte == wanted,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_suits_the_field_whose_form_it_has() {
        let status = Shape::Text(Looks::OneOf(&["active"]));
        assert!(status.suits("active") > status.suits("dormant"));
        assert_eq!(status.suits("two words"), None);
        assert_eq!(Shape::Boolean.suits("yes"), None);
        assert!(Shape::Timestamp.suits("2026-01-02T03:04:05.000Z").is_some());
        assert_eq!(Shape::Timestamp.suits("2026-01-02"), None);
        let key = Shape::Text(Looks::Key);
        for good in ["alias/a", "arn:aws-cn:kms:cn-north-1:1:key/a", "1234abcd-12ab-34cd-56ef-1234567890ab"] {
            assert!(key.suits(good).is_some(), "{good}");
        }
        assert_eq!(key.suits("arn:aws:s3:::bucket"), None);
    }

    #[test]
    fn a_percentage_is_read_with_and_without_its_sign() {
        assert_eq!(percent("42"), Some(42));
        assert_eq!(percent(" 99% "), Some(99));
        assert_eq!(percent("19.9"), Some(19));
        for bad in ["", "%", "101", "-1", "NaN", "three"] {
            assert_eq!(percent(bad), None, "{bad}");
        }
    }
}
