//! KMS keys: their four spellings, their Region, and that naming one asks for encryption.

use super::arn::{self, Arn};
use crate::request::regions;
use crate::request::shape::Request;
use crate::request::validate::{Circumstances, Fault, Findings, Rule};
use crate::sentence::sentence;

const EXAMPLE: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/// The longest alias, `alias/` included (KMS CreateAlias).
const LONGEST_ALIAS: usize = 256;

/// An import that names a key must say that it wants encryption.
pub const NEEDS_ENCRYPTED: Rule = Rule {
    code: "kms-key-needs-encrypted",
    check: |request, _, found| {
        if request.get("KmsKeyId").is_some() && request.flag("Encrypted") != Some(true) {
            found.error("Encrypted", "A KMS key is named, so Encrypted must be true; or leave KmsKeyId out.");
        }
    },
};

/// A copy may name a key without the flag: copies of encrypted snapshots, and copies to an Outpost, are encrypted
/// anyway.
pub const WANTS_ENCRYPTED: Rule = Rule {
    code: "kms-key-needs-encrypted",
    check: |request, _, found| {
        if request.get("KmsKeyId").is_some() && request.get("Encrypted").is_none() {
            found.warning(
                "Encrypted",
                "A KMS key is named: set Encrypted to true, unless the source is encrypted already or the copy goes to an Outpost.",
            );
        }
    },
};

/// The key must live where the snapshot or image will.
pub const IN_THE_REGION: Rule = Rule { code: "kms-key-in-another-region", check: check_region };

/// Checks the four spellings: key ID, alias, and the ARN of either.
///
/// # Errors
/// An error, when it is none of these or [`arn::parse`] refuses the ARN; a warning, when it is `alias/aws/ebs`, alone
/// or in an ARN. A key ID is a UUID, or `mrk-` and 32 hexadecimal digits; an alias is `alias/` and letters, digits,
/// `/`, `_` and `-`, at most 256 in all.
pub fn check(text: &str) -> Result<(), Fault> {
    if text.starts_with("arn:") {
        return check_resource(arn::parse(text, "kms", EXAMPLE)?.resource);
    }
    if text.starts_with("alias/") {
        return check_resource(text);
    }
    if is_key_id(text) {
        return Ok(());
    }
    if let Some(id) = text.strip_prefix("key/").filter(|id| is_key_id(id)) {
        return Err(Fault::error(
            "kms-key-malformed",
            sentence!("Write the key's ID without key/ before it: {id}.", id),
        ));
    }
    if is_alias(text) && !looks_like_id(text) {
        let message = sentence!(
            "A key is named by its ID, its alias or an ARN. If this is an alias, write alias/{text}.",
            text
        );
        return Err(Fault::error("kms-key-malformed", message));
    }
    Err(Fault::error(
        "kms-key-malformed",
        "A key is named by its ID (1234abcd-12ab-34cd-56ef-1234567890ab, or mrk- and 32 hexadecimal digits), by alias/name, or by the ARN of either.",
    ))
}

/// The part of an ARN after the account, or a bare alias.
fn check_resource(resource: &str) -> Result<(), Fault> {
    if let Some(id) = resource.strip_prefix("key/") {
        if is_key_id(id) {
            return Ok(());
        }
        return Err(Fault::error(
            "kms-key-malformed",
            "What follows key/ is no key ID: that is 1234abcd-12ab-34cd-56ef-1234567890ab, or mrk- and 32 hexadecimal digits.",
        ));
    }
    match resource.strip_prefix("alias/") {
        Some("aws/ebs") => Err(Fault::warning(
            "kms-default-key-named",
            "alias/aws/ebs is what encryption takes anyway; naming it has made imports fail. Leave KmsKeyId out.",
        )),
        Some(alias) if is_alias(alias) && resource.len() <= LONGEST_ALIAS => Ok(()),
        Some(_) => Err(Fault::error(
            "kms-key-malformed",
            "An alias is alias/ and a name of letters, digits, hyphens, underscores and slashes, 256 characters in all.",
        )),
        None => Err(Fault::error(
            "kms-key-malformed",
            "The ARN of a key ends in key/ and its ID, or in alias/ and its name.",
        )),
    }
}

/// A UUID, or `mrk-` and 32 hexadecimal digits for a key of several Regions.
fn is_key_id(text: &str) -> bool {
    if let Some(digits) = text.strip_prefix("mrk-") {
        return is_hexadecimal(digits, 32);
    }
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() == 5 && parts.iter().zip([8, 4, 4, 4, 12]).all(|(part, length)| is_hexadecimal(part, length))
}

fn is_hexadecimal(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_alias(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/_-".contains(&byte))
}

fn looks_like_id(text: &str) -> bool {
    text.starts_with("mrk-")
        || text.len() > 30 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

fn check_region(request: &Request, circumstances: &Circumstances, found: &mut Findings<'_>) {
    let (Some(key), Some(region)) = (request.text("KmsKeyId"), &circumstances.region) else { return };
    let Ok(arn) = arn::parse(key, "kms", EXAMPLE) else { return };
    if arn.region == region {
        return;
    }
    let Arn { partition, account, resource, region: key_region, .. } = arn;
    let advice = if regions::partition_of(region).is_some_and(|other| other.name != partition) {
        sentence!("Name a key in {region}.", region)
    } else if resource.starts_with("key/mrk-") {
        sentence!(
            "If this key has a replica there, name it: arn:{partition}:kms:{region}:{account}:{resource}.",
            partition,
            region,
            account,
            resource
        )
    } else {
        sentence!("Name a key in {region}, or send the call to {key_region}.", region, key_region)
    };
    found.error(
        "KmsKeyId",
        sentence!(
            "The key lives in {key_region} and the call goes to {region}. {advice}",
            key_region,
            region,
            advice
        ),
    );
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::request::calls::IMPORT_SNAPSHOT;
    use crate::request::rules::testing::{codes, problems_in};
    use crate::request::validate::Level;
    use serde_json::json;

    #[test]
    fn all_four_spellings_are_in_order() {
        for key in [
            "1234abcd-12ab-34cd-56ef-1234567890ab",
            "mrk-1234abcd12ab34cd56ef1234567890ab",
            "alias/my-key",
            "alias/team/disks_1",
            "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "arn:aws-cn:kms:cn-north-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab",
            "arn:aws-us-gov:kms:us-gov-west-1:111122223333:alias/my-key",
        ] {
            assert_eq!(check(key), Ok(()), "{key}");
        }
    }

    #[test]
    fn what_is_none_of_the_four_is_refused() {
        for key in [
            "",
            "1234abcd",
            "1234abcd-12ab-34cd-56ef-1234567890abcd",
            "mrk-12",
            "alias/",
            "alias/with space",
            "arn:aws:kms:us-east-1:111122223333:1234abcd-12ab-34cd-56ef-1234567890ab",
            "arn:aws:kms:us-east-1:111122223333:key/x",
        ] {
            assert_eq!(check(key).unwrap_err().level, Level::Error, "{key}");
        }
    }

    #[test]
    fn an_alias_without_its_prefix_is_set_right() {
        assert!(check("my-key").unwrap_err().message.contains("alias/my-key"));
    }

    #[test]
    fn the_default_key_need_not_be_named() {
        assert_eq!(check("alias/aws/ebs").unwrap_err().code, "kms-default-key-named");
        assert_eq!(
            check("arn:aws:kms:us-east-1:111122223333:alias/aws/ebs").unwrap_err().level,
            Level::Warning
        );
    }

    #[test]
    fn a_key_without_encryption_is_an_error_on_an_import() {
        let disk = json!({ "Format": "RAW", "UserBucket": { "S3Bucket": "disks", "S3Key": "a.raw" } });
        let with = |encrypted: serde_json::Value| {
            let request = json!({ "DiskContainer": disk, "KmsKeyId": "alias/k", "Encrypted": encrypted });
            codes(&IMPORT_SNAPSHOT, &request)
        };
        assert_eq!(with(json!(false)), ["kms-key-needs-encrypted"]);
        assert!(with(json!(true)).is_empty());
    }

    #[test]
    fn a_key_in_another_region_is_an_error_that_names_the_replica() {
        let request = json!({
            "DiskContainer": { "Format": "RAW", "UserBucket": { "S3Bucket": "disks", "S3Key": "a.raw" } },
            "Encrypted": true,
            "KmsKeyId": "arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab",
        });
        let problems = problems_in("eu-west-1", &IMPORT_SNAPSHOT, &request);
        assert_eq!(problems[0].code, "kms-key-in-another-region");
        assert!(problems[0].message.contains("arn:aws:kms:eu-west-1:111122223333:key/mrk-"));
        assert!(problems_in("us-east-1", &IMPORT_SNAPSHOT, &request).is_empty());
    }
}
