//! Temporary credentials as people have them at hand, read from pasted text.
//!
//! They are held in memory only, are wiped when dropped, and have no way out but [`Credentials::secret_access_key`]
//! and [`Credentials::session_token`], which the signer calls.

use crate::request::timestamp::Timestamp;
use crate::sentence::{Sentence, sentence};
use serde::Deserialize;
use std::fmt;
use zeroize::Zeroizing;

/// The longest text that is looked at, in bytes; a credentials file with many profiles is far shorter.
const LONGEST: usize = 256 * 1024;

/// Credentials of AWS or of a server that speaks S3.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    access_key_id: String,
    secret_access_key: Zeroizing<String>,
    session_token: Option<Zeroizing<String>>,
    expires: Option<i64>,
    endpoint: Option<String>,
}

/// Why a text holds no credentials that can be used, as a sentence with a way out. No text of it is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialsError {
    /// It is in none of the known forms.
    Unknown,
    /// It is JSON of another kind.
    OtherJson,
    /// One of the three is missing; its name.
    Missing(&'static str),
    /// It holds more than one set.
    Several,
    /// A value has spaces, line breaks or placeholders in it; the name.
    Malformed(&'static str),
}

const ID: &str = "aws_access_key_id";
const SECRET: &str = "aws_secret_access_key";
const TOKEN: &str = "aws_session_token";
const EXPIRATION: &str = "aws_credential_expiration";
const ENDPOINT: &str = "aws_endpoint_url_s3";

/// The names a value goes by in the forms that have names; the first is ours.
const NAMES: [(&str, &[&str]); 5] = [
    (ID, &["aws_access_key_id", "accesskeyid"]),
    (SECRET, &["aws_secret_access_key", "secretaccesskey"]),
    // `aws_security_token` is what boto 2 called it, and other programs still write.
    (TOKEN, &["aws_session_token", "sessiontoken", "aws_security_token"]),
    (EXPIRATION, &["aws_credential_expiration", "expiration", "x_security_token_expires"]),
    // Of a server other than AWS's, by the variables that the SDKs know.
    (ENDPOINT, &["aws_endpoint_url_s3", "aws_endpoint_url"]),
];

#[derive(Default)]
struct Found {
    values: [Option<Zeroizing<String>>; 5],
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Process {
    access_key_id: Option<String>,
    secret_access_key: Option<String>,
    session_token: Option<String>,
    expiration: Option<String>,
    /// As `aws sts` answers.
    credentials: Option<Box<Process>>,
}

impl Credentials {
    /// Reads credentials from the JSON of `aws configure export-credentials` or of `aws sts`, from assignments to
    /// environment variables for any shell, from a profile of a credentials file, or from what the console's access
    /// portal shows, which is one of these.
    ///
    /// # Errors
    /// [`CredentialsError`] says what is missing.
    pub fn read(text: &str) -> Result<Self, CredentialsError> {
        let text = text.trim().trim_start_matches('\u{feff}');
        if text.len() > LONGEST {
            return Err(CredentialsError::Unknown);
        }
        let found = if text.starts_with('{') { from_json(text)? } else { from_assignments(text)? };
        found.into_credentials()
    }

    /// The id of the key, which is no secret.
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// The secret, for the signer alone.
    pub fn secret_access_key(&self) -> &str {
        &self.secret_access_key
    }

    /// The session's token, for the signer alone.
    pub fn session_token(&self) -> Option<&str> {
        self.session_token.as_ref().map(|token| token.as_str())
    }

    /// When they end, in seconds since 1970, where the text says.
    pub fn expires(&self) -> Option<i64> {
        self.expires
    }

    /// The server they are for, where the text names one: an origin such as `https://s3.example.org`.
    pub fn endpoint(&self) -> Option<&str> {
        self.endpoint.as_deref()
    }

    /// Whether they are an IAM user's own, which do not end by themselves: the page warns of pasting these.
    pub fn are_permanent(&self) -> bool {
        self.session_token.is_none() && self.access_key_id.starts_with("AKIA")
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind: String = self.access_key_id.chars().take(4).collect();
        write!(f, "Credentials({kind}…)")
    }
}

fn from_json(text: &str) -> Result<Found, CredentialsError> {
    let process: Process = serde_json::from_str(text).map_err(|_| CredentialsError::OtherJson)?;
    let process = match process.credentials {
        Some(inner) => *inner,
        None => process,
    };
    let Process { access_key_id, secret_access_key, session_token, expiration, .. } = process;
    if access_key_id.is_none() && secret_access_key.is_none() {
        return Err(CredentialsError::OtherJson);
    }
    let values = [access_key_id, secret_access_key, session_token, expiration, None];
    Ok(Found { values: values.map(|value| value.map(Zeroizing::new)) })
}

/// `export NAME="value"`, `set NAME=value`, `$env:NAME = 'value'`, `name = value`, with any of them after another on
/// one line.
fn from_assignments(text: &str) -> Result<Found, CredentialsError> {
    let mut found = Found::default();
    for statement in text.split(['\n', '\r', ';']).flat_map(|line| line.split("&&")) {
        let Some((left, right)) = statement.split_once('=') else { continue };
        // What stands before the name is the shell's affair: export, set, setx, $env:, and a quote of cmd's.
        let name = left.trim().rsplit([' ', '\t', ':', '"', '\'']).next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        let Some(index) = NAMES.iter().position(|(_, names)| names.contains(&name.as_str())) else {
            continue;
        };
        let value = Zeroizing::new(unquoted(right.trim()).to_owned());
        match &found.values[index] {
            Some(other) if *other != value => return Err(CredentialsError::Several),
            _ => found.values[index] = Some(value),
        }
    }
    let nothing = found.values.iter().all(Option::is_none);
    if nothing { Err(CredentialsError::Unknown) } else { Ok(found) }
}

fn unquoted(text: &str) -> &str {
    // cmd quotes the whole assignment, so that one quote may stand at the end alone.
    text.trim_matches(['"', '\''])
}

impl Found {
    fn into_credentials(self) -> Result<Credentials, CredentialsError> {
        let [id, secret, token, expiration, endpoint] = self.values;
        let filled = |value: Option<Zeroizing<String>>| value.filter(|value| !value.is_empty());
        let id = filled(id).ok_or(CredentialsError::Missing(ID))?;
        let secret = filled(secret).ok_or(CredentialsError::Missing(SECRET))?;
        let token = filled(token);
        // Ids that begin with ASIA are of a session, and worthless without its token.
        if id.starts_with("ASIA") && token.is_none() {
            return Err(CredentialsError::Missing(TOKEN));
        }
        let is_id = |character: char| character.is_ascii_alphanumeric() || "._-".contains(character);
        if id.len() > 128 || !id.chars().all(is_id) {
            return Err(CredentialsError::Malformed(ID));
        }
        for (name, value) in [(SECRET, Some(&secret)), (TOKEN, token.as_ref())] {
            if value.is_some_and(|value| !value.bytes().all(|byte| byte.is_ascii_graphic())) {
                return Err(CredentialsError::Malformed(name));
            }
        }
        let expires =
            expiration.and_then(|moment| Timestamp::parse(&moment).ok()).map(|moment| moment.seconds);
        Ok(Credentials {
            access_key_id: id.to_string(),
            secret_access_key: secret,
            session_token: token,
            expires,
            endpoint: filled(endpoint).map(|endpoint| endpoint.to_string()),
        })
    }
}

impl CredentialsError {
    /// What is wrong, and the way out.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Unknown => {
                "There are no credentials in this text: paste what `aws configure export-credentials` prints, or the console's block of environment variables.".into()
            }
            Self::OtherJson => {
                "This is not the JSON of credentials: paste all that `aws configure export-credentials` prints, from its first brace to its last.".into()
            }
            Self::Missing(name) => sentence!("{name} is missing: copy the whole block.", name),
            Self::Several => {
                "There is more than one set of credentials: paste the lines of one profile.".into()
            }
            Self::Malformed(name) => {
                sentence!("{name} has characters that it cannot have: copy it again, without line breaks.", name)
            }
        }
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sentence().fmt(f)
    }
}

impl std::error::Error for CredentialsError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TOKEN_TEXT: &str = "IQoJb3JpZ2luX2VjE/+abc==";

    fn assert_read(text: &str) -> Credentials {
        let read = Credentials::read(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(read.access_key_id(), "ASIAEXAMPLE", "{text}");
        assert_eq!(read.secret_access_key(), "wJalr/XUt+nFEMI", "{text}");
        assert_eq!(read.session_token(), Some(TOKEN_TEXT), "{text}");
        read
    }

    #[test]
    fn the_json_of_the_cli_is_read_with_its_expiry() {
        let inner = format!(
            r#"{{"Version": 1, "AccessKeyId": "ASIAEXAMPLE", "SecretAccessKey": "wJalr/XUt+nFEMI",
                "SessionToken": "{TOKEN_TEXT}", "Expiration": "2026-12-01T18:00:00+00:00"}}"#
        );
        assert_eq!(assert_read(&inner).expires(), Some(1_796_148_000));
        assert_read(&format!(r#"{{"Credentials": {inner}, "AssumedRoleUser": {{}} }}"#));
    }

    #[test]
    fn assignments_for_every_shell_are_read() {
        for (before, between, after) in [
            ("export ", "=", ""),
            ("export ", "=\"", "\""),
            ("set ", "=", ""),
            ("SET ", "=", "\r"),
            ("set \"", "=", "\""),
            ("$env:", " = \"", "\""),
            ("$Env:", "='", "'"),
            ("", "=", ";"),
            ("setenv ", "=", " "),
        ] {
            let line = |name: &str, value: &str| format!("{before}{name}{between}{value}{after}\n");
            let text = line("AWS_ACCESS_KEY_ID", "ASIAEXAMPLE")
                + &line("AWS_SECRET_ACCESS_KEY", "wJalr/XUt+nFEMI")
                + &line("AWS_SESSION_TOKEN", TOKEN_TEXT)
                + &line("AWS_DEFAULT_REGION", "eu-west-1");
            assert_read(&text);
            let on_one_line = text.trim_end().replace('\n', " && ");
            if !before.is_empty() {
                assert_read(&on_one_line);
            }
        }
    }

    #[test]
    fn a_profile_of_a_credentials_file_is_read_and_two_are_not() {
        let profile = format!(
            "[111122223333_Admin]\naws_access_key_id = ASIAEXAMPLE\naws_secret_access_key=wJalr/XUt+nFEMI\naws_session_token={TOKEN_TEXT}\n"
        );
        assert_read(&profile);
        assert_read(&format!("{profile}\n{profile}"));
        let two = format!("{profile}\n[other]\naws_access_key_id = ASIAOTHER\n");
        assert_eq!(Credentials::read(&two), Err(CredentialsError::Several));
    }

    #[test]
    fn a_sessions_key_needs_its_token_and_a_users_key_is_known_to_be_permanent() {
        let of = |id: &str| Credentials::read(&format!("AWS_ACCESS_KEY_ID={id}\nAWS_SECRET_ACCESS_KEY=s"));
        assert_eq!(of("ASIAEXAMPLE"), Err(CredentialsError::Missing(TOKEN)));
        assert!(of("AKIAEXAMPLE").unwrap().are_permanent());
        // Of a server that speaks S3.
        assert!(!of("GK31c2f218a2e44f485b94239e").unwrap().are_permanent());
    }

    #[test]
    fn what_is_missing_or_cut_is_named() {
        assert_eq!(Credentials::read("AWS_ACCESS_KEY_ID=A"), Err(CredentialsError::Missing(SECRET)));
        assert_eq!(Credentials::read("{\"AccessKeyId\": \"A\"}"), Err(CredentialsError::Missing(SECRET)));
        assert_eq!(Credentials::read("{\"Account\": \"1\"}"), Err(CredentialsError::OtherJson));
        assert_eq!(Credentials::read("hello"), Err(CredentialsError::Unknown));
        let with_space = "AWS_ACCESS_KEY_ID=A\nAWS_SECRET_ACCESS_KEY=two words";
        assert_eq!(Credentials::read(with_space), Err(CredentialsError::Malformed(SECRET)));
    }

    #[test]
    fn nothing_secret_is_shown_by_debug() {
        let text = format!(
            "AWS_ACCESS_KEY_ID=ASIAEXAMPLE\nAWS_SECRET_ACCESS_KEY=hush\nAWS_SESSION_TOKEN={TOKEN_TEXT}"
        );
        assert_eq!(format!("{:?}", Credentials::read(&text)), "Ok(Credentials(ASIA…))");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic_or_quotes_itself_in_the_error(text in "(?s)(aws_access_key_id|\\{|=|\"|\n|;|&&|.){0,40}") {
            if let Err(error) = Credentials::read(&text) {
                prop_assert!(error.to_string().ends_with('.'));
            }
        }
    }
}
