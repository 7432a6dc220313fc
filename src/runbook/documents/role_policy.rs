//! What the role may do: read this image, make a snapshot of it, and use this key.
//! <https://docs.aws.amazon.com/vm-import/latest/userguide/required-permissions.html>

use serde_json::{Value, json};

/// What the policy is written for.
#[derive(Debug)]
pub struct Scope<'a> {
    /// As ARNs spell it: `aws-cn`.
    pub partition: &'a str,
    /// The Region of the import.
    pub region: &'a str,
    /// The number of the account.
    pub account: &'a str,
    /// Bucket and key of every object that is imported.
    pub objects: &'a [(String, String)],
    /// The KMS keys that the import needs, each as an id, an alias or the ARN of either.
    pub kms_keys: &'a [String],
    /// Whether License Manager's licences are asked for.
    pub with_licences: bool,
}

/// The policy.
pub fn policy(scope: &Scope<'_>) -> Value {
    let mut statements = Vec::new();
    if !scope.objects.is_empty() {
        let mut buckets: Vec<&String> = scope.objects.iter().map(|(bucket, _)| bucket).collect();
        buckets.sort();
        buckets.dedup();
        let buckets: Vec<String> =
            buckets.into_iter().map(|bucket| format!("arn:{}:s3:::{bucket}", scope.partition)).collect();
        let objects: Vec<String> =
            scope.objects.iter().map(|(bucket, key)| object_arn(scope.partition, bucket, key)).collect();
        statements.push(json!({
            "Sid": "FindTheBucket",
            "Effect": "Allow",
            "Action": ["s3:GetBucketLocation", "s3:ListBucket"],
            "Resource": one_or_more(buckets),
        }));
        statements.push(json!({
            "Sid": "ReadTheImage",
            "Effect": "Allow",
            "Action": "s3:GetObject",
            "Resource": one_or_more(objects),
        }));
    }
    statements.push(json!({
        "Sid": "MakeTheSnapshotAndTheImage",
        "Effect": "Allow",
        "Action": ["ec2:ModifySnapshotAttribute", "ec2:CopySnapshot", "ec2:RegisterImage", "ec2:Describe*"],
        // What they act upon has no name yet.
        "Resource": "*",
    }));
    for (number, key) in scope.kms_keys.iter().enumerate() {
        statements.push(use_of_key(scope, key, number));
    }
    if scope.with_licences {
        statements.push(json!({
            "Sid": "UseTheLicences",
            "Effect": "Allow",
            "Action": [
                "license-manager:GetLicenseConfiguration",
                "license-manager:UpdateLicenseSpecificationsForResource",
                "license-manager:ListLicenseSpecificationsForResource",
            ],
            "Resource": "*",
        }));
    }
    json!({"Version": "2012-10-17", "Statement": statements})
}

/// Whether a policy for a key has a purpose: AWS's own keys (`alias/aws/ebs`) take none.
pub fn needs_permission(key: &str) -> bool {
    !key.contains("alias/aws/")
}

fn use_of_key(scope: &Scope<'_>, key: &str, number: usize) -> Value {
    let (partition, region, account) = (scope.partition, scope.region, scope.account);
    // arn:aws:kms:REGION:ACCOUNT:key/… or …:alias/…
    let (home, name) = match key.strip_prefix("arn:").and_then(|_| key.rsplit_once(':')) {
        Some((home, name)) => (home.to_owned(), name),
        None => (format!("arn:{partition}:kms:{region}:{account}"), key),
    };
    let actions = json!([
        "kms:CreateGrant",
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey*",
        "kms:ReEncrypt*"
    ]);
    let sid =
        if number == 0 { "UseTheKey".to_owned() } else { format!("UseTheKey{}", number.saturating_add(1)) };
    if name.starts_with("alias/") {
        // IAM takes no alias for a resource: it is every key, on condition that it has this alias.
        return json!({
            "Sid": sid,
            "Effect": "Allow",
            "Action": actions,
            "Resource": format!("{home}:key/*"),
            "Condition": {"ForAnyValue:StringEquals": {"kms:ResourceAliases": name}},
        });
    }
    let id = name.strip_prefix("key/").unwrap_or(name);
    json!({"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": format!("{home}:key/{id}")})
}

/// The ARN of an object; what IAM would take for a pattern or a variable in the key is written as itself.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
fn object_arn(partition: &str, bucket: &str, key: &str) -> String {
    let mut arn = format!("arn:{partition}:s3:::{bucket}/");
    for character in key.chars() {
        match character {
            '*' | '?' | '$' => arn.extend(['$', '{', character, '}']),
            _ => arn.push(character),
        }
    }
    arn
}

fn one_or_more(mut arns: Vec<String>) -> Value {
    match (arns.pop(), arns.is_empty()) {
        (Some(only), true) => Value::String(only),
        (last, _) => arns.into_iter().chain(last).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, needs_permission, policy};
    use serde_json::{Value, json};

    fn statement(scope: &Scope<'_>, sid: &str) -> Value {
        let policy = policy(scope);
        let statements = policy["Statement"].as_array().unwrap();
        statements.iter().find(|statement| statement["Sid"] == sid).cloned().unwrap_or_default()
    }

    fn scope<'a>(objects: &'a [(String, String)], kms_keys: &'a [String]) -> Scope<'a> {
        Scope {
            partition: "aws-cn",
            region: "cn-north-1",
            account: "123456789012",
            objects,
            kms_keys,
            with_licences: false,
        }
    }

    #[test]
    fn the_key_of_the_object_is_no_pattern() {
        let objects = [("b-1".to_owned(), "a*b?c${aws:x}".to_owned())];
        let read = statement(&scope(&objects, &[]), "ReadTheImage");
        assert_eq!(read["Resource"], "arn:aws-cn:s3:::b-1/a${*}b${?}c${$}{aws:x}");
        assert_eq!(statement(&scope(&objects, &[]), "FindTheBucket")["Resource"], "arn:aws-cn:s3:::b-1");
    }

    #[test]
    fn a_key_is_named_by_its_arn_however_it_was_given() {
        let resource = |key: &str| {
            statement(&scope(&[], &[key.to_owned()]), "UseTheKey")["Resource"].as_str().unwrap().to_owned()
        };
        let id = "1234abcd-12ab-34cd-56ef-1234567890ab";
        assert_eq!(resource(id), format!("arn:aws-cn:kms:cn-north-1:123456789012:key/{id}"));
        let other = format!("arn:aws-cn:kms:cn-north-1:999999999999:key/{id}");
        assert_eq!(resource(&other), other);
        assert_eq!(resource("alias/x"), "arn:aws-cn:kms:cn-north-1:123456789012:key/*");
    }

    #[test]
    fn an_alias_is_a_condition() {
        let keys = ["arn:aws:kms:eu-west-1:111111111111:alias/x".to_owned()];
        let key = statement(&scope(&[], &keys), "UseTheKey");
        assert_eq!(key["Condition"], json!({"ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/x"}}));
        assert_eq!(key["Resource"], "arn:aws:kms:eu-west-1:111111111111:key/*");
        assert!(!needs_permission("alias/aws/ebs"));
    }
}
