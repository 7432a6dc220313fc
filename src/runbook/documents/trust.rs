//! Who may take on the role.
//! <https://docs.aws.amazon.com/vm-import/latest/userguide/required-permissions.html>

use serde_json::{Value, json};

/// The trust policy: VM Import/Export, and only for imports of this account (the confused deputy is shut out).
pub fn policy(partition: &str, account: &str) -> Value {
    json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            // The same in every partition.
            "Principal": {"Service": "vmie.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {
                "StringEquals": {"sts:ExternalId": "vmimport", "aws:SourceAccount": account},
                "ArnLike": {"aws:SourceArn": format!("arn:{partition}:vmie:*:{account}:*")},
            },
        }],
    })
}
