//! The IAM policies hold with cfn-lint, AWS's own checker of templates, which knows the grammar of policies and the names of
//! IAM's actions. What S3 is given is checked by the journeys: the AWS CLI, boto3 and moto take it.

use crate::moto::ask;
use import_planner::runbook::documents::role_policy::{Scope, policy};
use import_planner::runbook::documents::trust;
use serde_json::{Value, json};

/// What cfn-lint says of a role with each pair of trust policy and policy.
fn complaints(roles: &[(Value, Value)]) -> Value {
    const CHECK: &str = r#"
from cfnlint.api import ManualArgs, lint
result = []
for trust, policy in given:
    role = {"Type": "AWS::IAM::Role", "Properties": {
        "AssumeRolePolicyDocument": trust, "Policies": [{"PolicyName": "p", "PolicyDocument": policy}]}}
    template = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"Role": role}}
    found = lint(json.dumps(template), config=ManualArgs(regions=["us-east-1"]))
    result.append([f"{each.rule.id} {each.message}" for each in found])
"#;
    ask(&format!("import json\n{CHECK}"), &json!(roles))
}

fn role(partition: &str, key: &str, kms_key: &str) -> (Value, Value) {
    let scope = Scope {
        partition,
        region: "eu-west-1",
        account: "123456789012",
        objects: &[("my-bucket".into(), key.into()), ("my-bucket".into(), "second.vmdk".into())],
        kms_keys: &[kms_key.into()],
        with_licences: true,
    };
    (trust::policy(partition, "123456789012"), policy(&scope))
}

#[test]
fn aws_own_checker_finds_nothing_in_the_policies() {
    let key = "1234abcd-12ab-34cd-56ef-1234567890ab";
    let roles = [
        role("aws", "disks/web.vmdk", key),
        role("aws-cn", "a*b?${aws:username}", "alias/disks"),
        role("aws-us-gov", "'\"\\", &format!("arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/{key}")),
    ];
    assert_eq!(complaints(&roles), json!([[], [], []]));
}

#[test]
fn the_checker_would_find_a_misspelt_action_or_effect() {
    let (trust, mut policy) = role("aws", "k", "alias/disks");
    policy["Statement"][1]["Action"] = json!("s3:GetObjct");
    policy["Statement"][0]["Effect"] = json!("allow");
    let complaints = complaints(&[(trust, policy)]);
    let found = complaints[0].to_string();
    assert!(found.to_lowercase().contains("getobjct") && found.contains("allow"), "{found}");
}
