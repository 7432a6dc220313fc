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
