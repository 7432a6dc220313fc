//! Whole journeys, made twice.

use crate::endpoint::{Endpoint, tags as sent_tags, value};
use crate::moto::ask;
use crate::scripts::{CANARY, Folder, RUNNABLE};
use crate::{SIZE, plan, runbook};
use import_planner::runbook::RUN_TAG;
use serde_json::{Value, json};

/// What a journey has left in moto.
const LEFT: &str = r#"
name, key, tag = given["name"], given["key"], given["tag"]
found = [{"Name": "tag-key", "Values": [tag]}]
policies = iam.list_role_policies(RoleName=name)["PolicyNames"]
def tags(resource):
    return {tag["Key"]: tag["Value"] for tag in resource["Tags"]}
def ours(resources):
    return [tags(resource) for resource in resources if tags(resource)[tag] == given["run"]]
result = {
    "location": s3.get_bucket_location(Bucket=name)["LocationConstraint"],
    "public": s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"],
    "lifecycle": s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"],
    "cors": s3.get_bucket_cors(Bucket=name)["CORSRules"],
    "trust": iam.get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"],
    "policies": {policy: iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"] for policy in policies},
    "objects": {each["Key"]: each["Size"] for each in s3.list_objects_v2(Bucket=name).get("Contents", [])},
    "snapshots": {region: ours(ec2(region).describe_snapshots(Filters=found, OwnerIds=["self"])["Snapshots"])
                  for region in given["regions"]},
    "images": ours(ec2("eu-west-1").describe_images(Filters=found, Owners=["self"])["Images"]),
}
"#;

/// Names that a shell, the AWS CLI, JSON, IAM or Python could take for something else than names.
fn hostile_tags() -> Vec<(String, String)> {
    [
        ("quote", "it's \"quoted\" \\ and `touch escaped-from-the-runbook`"),
        (
            "$(touch escaped-from-the-runbook)",
            "x\ntouch escaped-from-the-runbook\n'; touch escaped-from-the-runbook; '",
        ),
        ("file", "file:///etc/hostname"),
        ("{{region}}", "MARK0XACCOUNT {{key}} '\"$account\"'"),
        ("Имя", "ディスク 💾"),
    ]
    .map(|(key, value)| (key.to_owned(), value.to_owned()))
    .to_vec()
}

#[test]
fn the_whole_journey_is_made_once_however_often_it_is_run() {
    std::thread::scope(|scope| {
        for language in RUNNABLE {
            scope.spawn(move || {
                let endpoint = Endpoint::start(&[]);
                // A role that was made a moment ago.
                endpoint.refuse(2);
                let name = format!("whole-journey-{}", language.name());
                let file = format!("web '\"$(touch {CANARY})\".raw");
                let key = format!("disks/${{aws:username}} * {file}");
                let folder = Folder::with_image(&file, SIZE);
                let tags: Vec<Value> = hostile_tags()
                    .into_iter()
                    .map(|(key, value)| json!({"key": key, "value": value}))
                    .collect();
                let mut plan = plan(&name);
                plan["disks"][0]["key"] = json!(key);
                plan["disks"][0]["file"]["name"] = json!(file);
                plan["origin"] = json!("https://planner.example");
                plan["register"] = json!({"Name": format!("image of {name}"), "Architecture": "x86_64"});
                plan["copies"] = json!([{"region": "eu-central-1"}, {"region": "us-east-1"}]);
                plan["tags"] = json!(tags);
                plan["steps"] = json!({"presign": true});
                plan["parameters"]["Description"] = json!("$(touch escaped-from-the-runbook)\n'");
                let runbook = runbook(plan);

                let first = folder.run_well(&runbook, language, &[], &endpoint);
                assert!(first.contains("X-Amz-Signature="), "{first}");
                assert!(!first.contains("x-amz-checksum"), "{first}");
                assert!(first.contains("42 %"), "{first}");
                let [import] = &endpoint.calls("ImportSnapshot")[2..] else { panic!("one import is taken") };
                let sent = sent_tags(import);
                let (run_tag, expected) = sent.split_last().unwrap();
                assert_eq!(expected, hostile_tags());
                assert_eq!(run_tag.0, RUN_TAG);
                assert_eq!(value(import, "Description"), "$(touch escaped-from-the-runbook)\n'");

                let given = json!({
                    "name": name, "key": key, "tag": RUN_TAG, "run": run_tag.1,
                    "regions": ["eu-west-1", "eu-central-1", "us-east-1"],
                });
                let left = ask(LEFT, &given);
                assert_left(&left, &sent, &given);

                let second = folder.run_well(&runbook, language, &[], &endpoint);
                assert!(second.contains(&format!("{file} is in the bucket.")), "{second}");
                assert_eq!(ask(LEFT, &given), left, "the second run changed something");
                for (call, times) in [("ImportSnapshot", 3), ("RegisterImage", 1), ("CopySnapshot", 2)] {
                    assert_eq!(endpoint.calls(call).len(), times, "{call}");
                }
                for copy in endpoint.calls("CopySnapshot") {
                    assert_eq!(sent_tags(&copy), sent);
                }

                let mut finished = runbook.clone();
                finished.steps.insert(import_planner::runbook::step::Step::CleanUp, true);
                folder.run_well(&finished, language, &["clean-up"], &endpoint);
                let cleaned = ask(LEFT, &given);
                assert_eq!((&cleaned["objects"], &cleaned["policies"]), (&json!({}), &json!({})));
            });
        }
    });
}

fn assert_left(left: &Value, tags: &[(String, String)], given: &Value) {
    assert_eq!(left["location"], "eu-west-1");
    let public = left["public"].as_object().unwrap();
    assert!(public.len() == 4 && public.values().all(|switch| switch == true), "{public:?}");
    assert_eq!(left["lifecycle"][0]["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"], 7);
    assert_eq!(left["cors"][0]["AllowedOrigins"], json!(["https://planner.example"]));
    assert_eq!(
        left["trust"]["Statement"][0]["Condition"]["StringEquals"]["aws:SourceAccount"],
        "123456789012"
    );
    let policy = &left["policies"][given["run"].as_str().unwrap()];
    let read =
        policy["Statement"].as_array().unwrap().iter().find(|each| each["Sid"] == "ReadTheImage").unwrap();
    let key =
        given["key"].as_str().unwrap().replace('*', "\u{0}").replace('$', "${$}").replace('\u{0}', "${*}");
    assert_eq!(read["Resource"], format!("arn:aws:s3:::{}/{key}", given["name"].as_str().unwrap()));
    assert_eq!(left["objects"], json!({given["key"].as_str().unwrap(): SIZE}));
    let expected: Value =
        tags.iter().map(|(key, value)| (key.clone(), json!(value))).collect::<serde_json::Map<_, _>>().into();
    for region in given["regions"].as_array().unwrap() {
        assert_eq!(left["snapshots"][region.as_str().unwrap()], json!([expected]), "{region}");
    }
    assert_eq!(left["images"], json!([expected]));
}

#[test]
fn an_image_is_imported_and_tagged_with_its_snapshots() {
    for language in RUNNABLE {
        let endpoint = Endpoint::start(&[]);
        let name = format!("import-image-{}", language.name());
        let folder = Folder::with_image("web.raw", SIZE);
        let mut plan = plan(&name);
        plan["call"] = json!("ImportImage");
        plan["parameters"] = json!({"DiskContainers": [{"Format": "OVA"}]});
        plan["tags"] = json!([{"key": "Name", "value": "web 1"}]);
        let runbook = runbook(plan);
        folder.run_well(&runbook, language, &["bucket", "upload", "import", "wait", "tag"], &endpoint);
        let [tagged] = &endpoint.calls("CreateTags")[..] else { panic!("one call") };
        assert!(value(tagged, "ResourceId.1").starts_with("ami-"));
        assert!(value(tagged, "ResourceId.2").starts_with("snap-"));
        let again = folder.run_well(&runbook, language, &["import", "wait"], &endpoint);
        assert!(again.contains("has made ami-"), "{again}");
        assert_eq!(endpoint.calls("ImportImage").len(), 1);
    }
}

#[test]
fn the_rules_of_a_bucket_that_exists_stay() {
    const MAKE: &str = r#"
s3.create_bucket(Bucket=given["name"], CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
s3.put_public_access_block(Bucket=given["name"], PublicAccessBlockConfiguration=dict.fromkeys(
    ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"], True))
s3.put_bucket_cors(Bucket=given["name"], CORSConfiguration={"CORSRules": [
    {"AllowedOrigins": ["https://other.example"], "AllowedMethods": ["GET"]}]})
s3.put_bucket_lifecycle_configuration(Bucket=given["name"], LifecycleConfiguration={"Rules": [
    {"ID": "old", "Status": "Enabled", "Filter": {"Prefix": "logs/"}, "Expiration": {"Days": 1}}]})
result = None
"#;
    const READ: &str = r#"
cors = s3.get_bucket_cors(Bucket=given["name"])["CORSRules"]
lifecycle = s3.get_bucket_lifecycle_configuration(Bucket=given["name"])["Rules"]
result = [[rule["AllowedOrigins"] for rule in cors], [rule["ID"] for rule in lifecycle]]
"#;
    for language in RUNNABLE {
        let endpoint = Endpoint::start(&[]);
        let name = format!("old-bucket-{}", language.name());
        let folder = Folder::with_image("web.raw", SIZE);
        let given = json!({"name": name});
        ask(MAKE, &given);
        let mut plan = plan(&name);
        plan["origin"] = json!("https://planner.example");
        let runbook = runbook(plan);
        let printed = folder.run_well(&runbook, language, &["bucket", "cors"], &endpoint);
        assert!(printed.contains("lifecycle rules of its own"), "{printed}");
        let expected = json!([[["https://planner.example"], ["https://other.example"]], ["old"]]);
        assert_eq!(ask(READ, &given), expected);
        let printed = folder.run_well(&runbook, language, &["cors"], &endpoint);
        assert!(printed.contains("let the page upload already"), "{printed}");
        assert_eq!(ask(READ, &given), expected);
    }
}
