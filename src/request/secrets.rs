//! What of a text may be kept, sent and shown: signed URLs lose their signature, and whatever holds credentials goes
//! whole, in whichever field it was pasted.

use super::rules::url;
use serde_json::Value;

/// What is left of the names of credentials in every spelling (`aws_secret_access_key`, `SecretAccessKey`, …) once
/// their joints are taken out. A name means that its value is near.
const NAMES: [&str; 5] =
    ["secretaccesskey", "sessiontoken", "xamzsecuritytoken", "xamzsignature", "xamzcredential"];

/// How the IDs of access keys begin: long-term ones and temporary ones.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>
const KEY_IDS: [&str; 2] = ["AKIA", "ASIA"];
const KEY_ID_LENGTH: usize = 20;

/// A secret access key has 40 characters of base64. So can a word have; in a key drawn at random small letters,
/// capitals and digits change far more often than in any word.
const SECRET_LENGTH: usize = 40;
const FEWEST_CHANGES: usize = 10;

/// How the session tokens of STS begin, and the fewest characters one has.
const SESSION_TOKENS: [&str; 2] = ["FwoG", "IQoJ"];
const SHORTEST_TOKEN: usize = 100;

/// A text without what is secret in it; `None` where nothing of it is public. `is_secret` says that the member is there
/// for secrets.
pub fn public(text: &str, is_secret: bool) -> Option<String> {
    url::without_signature(text, is_secret).filter(|text| !holds_credentials(text))
}

/// Whether there is nothing secret in a text.
pub fn is_public(text: &str) -> bool {
    public(text, false).is_some_and(|public| public == text)
}

/// Takes the secrets out of every text and every name inside a value; `false` says that nothing public is left.
pub fn keep_public(value: &mut Value) -> bool {
    match value {
        Value::Object(values) => {
            values.retain(|name, value| is_public(name) && keep_public(value));
            true
        }
        Value::Array(items) => {
            items.retain_mut(keep_public);
            true
        }
        Value::String(text) => match public(text, false) {
            Some(public) => {
                *text = public;
                true
            }
            None => false,
        },
        _ => true,
    }
}

fn holds_credentials(text: &str) -> bool {
    let joined: String =
        text.chars().filter(|c| !matches!(c, '_' | '-')).map(|c| c.to_ascii_lowercase()).collect();
    NAMES.iter().any(|name| joined.contains(name))
        || text.split(|c: char| !c.is_ascii_alphanumeric()).any(is_key_id)
        || text.split(|c: char| !is_base64(c)).any(|run| is_secret_key(run) || is_session_token(run))
}

fn is_base64(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '+' | '/')
}

fn is_key_id(word: &str) -> bool {
    word.len() == KEY_ID_LENGTH
        && KEY_IDS.iter().any(|start| word.starts_with(start))
        && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn is_secret_key(run: &str) -> bool {
    // 0 for what is neither, which is no change: the parts of a path are words.
    let kind = |byte: u8| match byte {
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        b'0'..=b'9' => 3,
        _ => 0,
    };
    let kinds = run.bytes().map(kind);
    let changes = kinds.clone().zip(kinds.skip(1)).filter(|(a, b)| a != b && *a != 0 && *b != 0).count();
    run.len() == SECRET_LENGTH && changes >= FEWEST_CHANGES
}

fn is_session_token(run: &str) -> bool {
    run.len() >= SHORTEST_TOKEN && SESSION_TOKENS.iter().any(|start| run.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_go_whole_whatever_is_around_them() {
        let token = format!("IQoJb3JpZ2luX2Vj{}", "Ab1/".repeat(40));
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            "of ASIAIOSFODNN7EXAMPLE, from the console",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "the key is wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY.",
            "export AWS_SECRET_ACCESS_KEY=x",
            "{\"SecretAccessKey\": \"x\"}",
            "https://h/k?a=1\\u0026X-Amz-Signature=00",
            &token,
        ] {
            assert_eq!(public(text, false), None, "{text}");
        }
    }

    #[test]
    fn what_people_do_enter_is_kept() {
        for text in [
            "disks/2026/web-01.vmdk",
            "exports/WebServers/Frankfurt/2026/March01",
            "0123456789abcdef0123456789abcdef01234567",
            "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
            "snap-0123456789abcdef0",
            "Nightly import of the web server",
        ] {
            assert!(is_public(text), "{text}");
        }
        // Variables of UEFI are long and of base64 too.
        assert!(is_public(&format!("QU1aTlVFRkk{}", "AAEC".repeat(60))));
    }

    #[test]
    fn names_are_looked_at_as_values_are() {
        let mut value = serde_json::json!({"AKIAIOSFODNN7EXAMPLE": 1, "a": ["AKIAIOSFODNN7EXAMPLE", "b"]});
        assert!(keep_public(&mut value));
        assert_eq!(value, serde_json::json!({"a": ["b"]}));
    }
}
