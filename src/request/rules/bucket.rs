//! Names of S3 buckets and keys of the objects in them.

use crate::request::validate::{Fault, quoted};
use crate::sentence::{Sentence, sentence};

/// The longest key, in bytes of UTF-8 (S3 user guide, "Naming Amazon S3 objects").
pub const LONGEST_KEY: usize = 1024;

/// Buckets made in us-east-1 before March 2018 may have names of up to 255 characters.
const LONGEST_OLD_NAME: usize = 255;

/// Beginnings that are reserved for AWS's own buckets.
const RESERVED_BEGINNINGS: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];

/// Endings that mark something other than a general-purpose bucket.
const RESERVED_ENDINGS: [&str; 5] = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/// Checks the name of a bucket.
///
/// # Errors
/// An error, when the name has other characters than ASCII letters, digits, `.`, `-` and `_`, fewer than 3 or more than
/// 255 of them, or the form of an IP address; a warning, when only old buckets or S3's own are called so.
pub fn check_bucket(name: &str) -> Result<(), Fault> {
    let error = |message: Sentence| Err(Fault::error("bucket-malformed", message));
    if name.is_empty() {
        return error("The bucket's name is empty.".into());
    }
    for prefix in ["s3://", "arn:aws:s3:::", "arn:aws-cn:s3:::", "arn:aws-us-gov:s3:::"] {
        if let Some(rest) = name.strip_prefix(prefix) {
            let bucket = rest.split('/').next().unwrap_or_default();
            return error(sentence!(
                "Give the bucket's name alone, without {prefix}: {bucket}.",
                prefix,
                bucket
            ));
        }
    }
    if name.contains("://") {
        return error("This is a URL. Give the bucket's name alone, or put the URL into Url instead.".into());
    }
    if let Some((bucket, key)) = name.split_once('/') {
        return error(sentence!(
            "A bucket's name has no slash: the bucket is {bucket}, and {key} belongs into S3Key.",
            bucket,
            key
        ));
    }
    if let Some(wrong) = name.chars().find(|c| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-' | '_')) {
        let wrong = quoted(&wrong.to_string());
        return error(sentence!(
            "A bucket's name has small letters, digits, dots and hyphens, and no {wrong}.",
            wrong
        ));
    }
    if name.len() < 3 || name.len() > LONGEST_OLD_NAME {
        return error(sentence!(
            "A bucket's name has 3 to 63 characters; this one has {length}.",
            length = name.len()
        ));
    }
    if is_address(name) {
        return error("A bucket's name cannot have the form of an IP address.".into());
    }
    doubt_bucket(name)
}

/// What new buckets may not be called, though old ones may be.
fn doubt_bucket(name: &str) -> Result<(), Fault> {
    let warning = |code, message: Sentence| Err(Fault::warning(code, message));
    if name.len() > 63 || name.bytes().any(|byte| byte.is_ascii_uppercase() || byte == b'_') {
        return warning(
            "bucket-name-of-old-kind",
            "Only buckets made in us-east-1 before March 2018 may have capitals, underscores or more than 63 characters in their names. Check the spelling.".into(),
        );
    }
    let edges = [name.bytes().next(), name.bytes().last()];
    if edges.into_iter().flatten().any(|byte| !byte.is_ascii_alphanumeric()) || name.contains("..") {
        return warning(
            "bucket-name-of-old-kind",
            "A bucket's name begins and ends with a letter or digit and has no two dots in a row. Check the spelling.".into(),
        );
    }
    if let Some(beginning) = RESERVED_BEGINNINGS.into_iter().find(|beginning| name.starts_with(beginning)) {
        return warning(
            "bucket-name-reserved",
            sentence!(
                "Names that begin with {beginning} are reserved by S3: this can hardly be a bucket of yours.",
                beginning
            ),
        );
    }
    if let Some(ending) = RESERVED_ENDINGS.into_iter().find(|ending| name.ends_with(ending)) {
        return warning(
            "bucket-name-reserved",
            sentence!(
                "A name that ends in {ending} is no general-purpose bucket's; an import reads from those only.",
                ending
            ),
        );
    }
    Ok(())
}

fn is_address(name: &str) -> bool {
    let parts: Vec<&str> = name.split('.').collect();
    parts.len() == 4 && parts.iter().all(|part| part.parse::<u8>().is_ok())
}

/// Checks the key of an object.
///
/// # Errors
/// An error, when the key is empty or longer than [`LONGEST_KEY`]; a warning, when it begins with `s3://` or
/// `https://`, begins or ends with a slash or white space, or holds a segment `.` or `..` or a control character.
pub fn check_key(key: &str) -> Result<(), Fault> {
    if key.is_empty() {
        return Err(Fault::error(
            "key-malformed",
            "The key is empty: give the object's whole name, folders included.",
        ));
    }
    if key.len() > LONGEST_KEY {
        let message = sentence!(
            "The key has {length} bytes in UTF-8 and may have {most}: shorten it.",
            length = key.len(),
            most = LONGEST_KEY
        );
        return Err(Fault::error("key-malformed", message));
    }
    let warning = |message: &'static str| Err(Fault::warning("key-doubtful", message));
    if key.starts_with("s3://") || key.starts_with("https://") {
        return warning(
            "This looks like a URL. A key is the object's name in the bucket: put a URL into Url instead.",
        );
    }
    if key.starts_with('/') {
        return warning(
            "S3 counts the slash at the beginning as part of the key, which is seldom meant: leave it out.",
        );
    }
    if key.ends_with('/') {
        return warning("A key that ends in a slash names a folder: name the image in it.");
    }
    if key.split('/').any(|segment| segment == "." || segment == "..") {
        return warning(
            "Many clients resolve . and .. in a path, and then miss this key: rename the object.",
        );
    }
    if key.chars().any(char::is_control) {
        return warning(
            "The key holds control characters, which many clients cannot send: rename the object.",
        );
    }
    if key.trim() != key {
        return warning("The key begins or ends with a space, which is seldom meant.");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{check_bucket, check_key};
    use crate::request::validate::Level;

    #[test]
    fn names_by_the_rules_are_in_order() {
        for name in ["abc", "my-bucket", "my.bucket.2", "0a0", &"a".repeat(63)] {
            assert_eq!(check_bucket(name), Ok(()), "{name}");
        }
    }

    #[test]
    fn names_no_bucket_ever_had_are_errors() {
        for name in
            ["", "ab", "my bucket", "bücket", "192.168.5.4", "a/b", "s3://abc", "https://x", &"a".repeat(256)]
        {
            assert_eq!(check_bucket(name).unwrap_err().level, Level::Error, "{name}");
        }
    }

    #[test]
    fn names_only_old_or_special_buckets_have_are_warnings() {
        for name in ["My_Bucket", &"a".repeat(64), "a..b", "-ab", "xn--abc", "abc-s3alias", "zone--x-s3"] {
            assert_eq!(check_bucket(name).unwrap_err().level, Level::Warning, "{name}");
        }
    }

    #[test]
    fn a_path_in_the_name_is_taken_apart() {
        let message = check_bucket("disks/web/a.vmdk").unwrap_err().message;
        assert!(message.contains("the bucket is disks") && message.contains("web/a.vmdk"));
    }

    #[test]
    fn a_key_is_limited_in_bytes_not_in_characters() {
        assert_eq!(check_key(&"é".repeat(512)), Ok(()));
        assert_eq!(check_key(&"é".repeat(513)).unwrap_err().level, Level::Error);
        assert_eq!(check_key("").unwrap_err().level, Level::Error);
    }

    #[test]
    fn keys_that_are_seldom_meant_are_warnings() {
        for key in ["/a", "a/", "a/../b", "a\nb", "s3://b/a", " a"] {
            assert_eq!(check_key(key).unwrap_err().level, Level::Warning, "{key}");
        }
    }

    #[test]
    fn spaces_quotes_and_other_scripts_are_in_order_in_a_key() {
        assert_eq!(check_key("vms/ü ' \" $(x)/диск.vmdk"), Ok(()));
    }
}
