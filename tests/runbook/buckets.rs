//! Buckets that are there already, as somebody has set them up.

use crate::endpoint::Endpoint;
use crate::moto::ask;
use crate::scripts::{Folder, RUNNABLE};
use crate::{SIZE, plan, runbook};
use serde_json::json;

/// Makes a bucket that is closed to the public.
const MAKE: &str = r#"
s3.create_bucket(Bucket=given["name"], CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
s3.put_public_access_block(Bucket=given["name"], PublicAccessBlockConfiguration=dict.fromkeys(
    ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"], True))
result = None
"#;

#[test]
fn a_rule_that_names_the_page_but_does_not_let_it_upload_is_not_enough() {
    const ALLOW_LITTLE: &str = r#"
methods = given["methods"]
s3.put_bucket_cors(Bucket=given["name"], CORSConfiguration={"CORSRules": [
    {"AllowedOrigins": ["https://planner.example"], "AllowedMethods": methods, "AllowedHeaders": ["*"],
     "ExposeHeaders": given["exposed"]}]})
result = None
"#;
    const READ: &str = r#"
rules = s3.get_bucket_cors(Bucket=given["name"])["CORSRules"]
result = [[sorted(rule["AllowedMethods"]), "ETag" in rule.get("ExposeHeaders", [])] for rule in rules]
"#;
    let all = json!(["DELETE", "GET", "HEAD", "POST", "PUT"]);
    for language in RUNNABLE {
        let endpoint = Endpoint::start(&[]);
        let name = format!("page-bucket-{}", language.name());
        let folder = Folder::with_image("web.raw", SIZE);
        let mut plan = plan(&name);
        plan["origin"] = json!("https://planner.example");
        let runbook = runbook(plan);
        ask(MAKE, &json!({"name": name}));
        for (methods, exposed) in [(json!(["GET"]), json!(["ETag"])), (all.clone(), json!(["Date"]))] {
            ask(ALLOW_LITTLE, &json!({"name": name, "methods": methods, "exposed": exposed}));
            let printed = folder.run_well(&runbook, language, &["cors"], &endpoint);
            assert!(printed.contains("lets the page upload."), "{printed}");
            // Before the other one, which would count for what it fits.
            let expected = json!([[all, true], [methods, exposed == json!(["ETag"])]]);
            assert_eq!(ask(READ, &json!({"name": name})), expected);
            let printed = folder.run_well(&runbook, language, &["cors"], &endpoint);
            assert!(printed.contains("let the page upload already"), "{printed}");
            assert_eq!(ask(READ, &json!({"name": name})), expected);
        }
    }
}

#[test]
fn a_key_of_the_buckets_own_is_warned_of() {
    const ENCRYPT: &str = r#"
s3.put_bucket_encryption(Bucket=given["name"], ServerSideEncryptionConfiguration={"Rules": [
    {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": given["key"]}}]})
result = None
"#;
    for language in RUNNABLE {
        let endpoint = Endpoint::start(&[]);
        let name = format!("kms-bucket-{}", language.name());
        let folder = Folder::with_image("web.raw", SIZE);
        let runbook = runbook(plan(&name));
        ask(MAKE, &json!({"name": name}));
        let warning = "needs kms:Decrypt";
        let printed = folder.run_well(&runbook, language, &["bucket"], &endpoint);
        assert!(!printed.contains(warning), "{printed}");

        let key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        ask(ENCRYPT, &json!({"name": name, "key": key}));
        let printed = folder.run_well(&runbook, language, &["bucket"], &endpoint);
        let sentence = format!("encrypts with the key {key}. The role {name} {warning} on that key");
        assert!(printed.contains(&sentence), "{printed}");

        // Who may not ask is not held up.
        endpoint.deny("encryption");
        let printed = folder.run_well(&runbook, language, &["bucket"], &endpoint);
        assert!(printed.contains("closed to the public") && !printed.contains(warning), "{printed}");

        let endpoint = Endpoint::start(&[]);
        ask(ENCRYPT, &json!({"name": name, "key": "arn:aws:kms:eu-west-1:123456789012:alias/aws/s3"}));
        let printed = folder.run_well(&runbook, language, &["bucket"], &endpoint);
        assert!(!printed.contains(warning), "{printed}");
    }
}
