//! `Encrypted` and `KmsKeyId`.

use crate::request::rules::kms;
use crate::request::shape::{Group, Member, Shape, Text};

/// `Encrypted` of either import.
pub(super) const ENCRYPTED: Member = Member {
    group: Group::Main,
    ..Member::new(
        "Encrypted",
        "Encrypted",
        Shape::Boolean,
        "Whether what is made is encrypted; with the account's default key for EBS, unless KmsKeyId names another.",
    )
};

/// `KmsKeyId`.
pub(super) const KMS_KEY_ID: Member = Member {
    example: "alias/my-key",
    group: Group::Beside("Encrypted"),
    ..Member::new(
        "KmsKeyId",
        "KmsKeyId",
        Shape::Text(&Text { check: Some(kms::check), ..Text::FREE }),
        "The symmetric KMS key to encrypt with: its ID, alias/name, or the ARN of either; it must be in the Region of the call. AWS looks at it only later, so that a wrong key fails after the call has succeeded.",
    )
};
