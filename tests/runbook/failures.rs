//! What goes wrong ends a script with a sentence and a code.

use crate::endpoint::{BADLY, Endpoint, UNREADABLE, WELL, value};
use crate::moto::ask;
use crate::scripts::{Folder, RUNNABLE};
use crate::{SIZE, plan, runbook};
use serde_json::json;

#[test]
fn a_task_that_ends_deleted_ends_the_script_and_the_next_run_begins_anew() {
    for language in RUNNABLE {
        let endpoint = Endpoint::start(&[BADLY, WELL]);
        let folder = Folder::with_image("web.raw", SIZE);
        let runbook = runbook(plan(&format!("failing-{}", language.name())));
        folder.run_well(&runbook, language, &["bucket", "upload"], &endpoint);

        let failed = folder.run(&runbook, language, &["import", "wait", "tag"], &endpoint);
        assert_ne!(failed.code, 0, "{}", failed.printed);
        let message = format!("import-snap-00000000000000001 failed: {UNREADABLE}");
        assert!(failed.complaint.contains(&message), "{}", failed.complaint);
        assert!(failed.printed.contains("active, 19 %, validating"), "{}", failed.printed);
        assert_eq!(endpoint.calls("CreateTags").len(), 0, "nothing goes on after it");

        let later = folder.run(&runbook, language, &["wait"], &endpoint);
        assert_ne!(later.code, 0, "{}", later.printed);
        assert!(later.complaint.contains(&message), "{}", later.complaint);

        let printed = folder.run_well(&runbook, language, &["import", "wait"], &endpoint);
        assert!(printed.contains("has made snap-"), "{printed}");
        let tokens: Vec<String> = endpoint
            .calls("ImportSnapshot")
            .iter()
            .map(|call| value(call, "ClientToken").to_owned())
            .collect();
        assert_eq!(tokens.len(), 2);
        assert_eq!(tokens[1], format!("{}-2", tokens[0]));
    }
}

#[test]
fn a_bucket_in_another_region_or_open_to_the_public_is_refused() {
    const MAKE: &str = r#"
for name, region in given.items():
    client("s3", region).create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": region})
result = None
"#;
    for language in RUNNABLE {
        let endpoint = Endpoint::start(&[]);
        let folder = Folder::with_image("web.raw", SIZE);
        let (far, open) =
            (format!("far-bucket-{}", language.name()), format!("open-bucket-{}", language.name()));
        ask(MAKE, &json!({&far: "ap-south-1", &open: "eu-west-1"}));
        for (name, sentence) in [(&far, "is in ap-south-1"), (&open, "can be made public")] {
            let ended = folder.run(&runbook(plan(name)), language, &["bucket"], &endpoint);
            assert_eq!(ended.code, 1, "{}", ended.printed);
            assert!(ended.complaint.contains(sentence), "{}", ended.complaint);
        }
    }
}

#[test]
fn an_image_that_is_not_there_or_another_one_is_not_imported() {
    for language in RUNNABLE {
        let endpoint = Endpoint::start(&[]);
        let folder = Folder::with_image("web.raw", SIZE - 1);
        let runbook = runbook(plan(&format!("no-image-{}", language.name())));
        let ended = folder.run(&runbook, language, &["bucket", "upload"], &endpoint);
        assert!(ended.code == 1 && ended.complaint.contains("has not 1000 bytes"), "{}", ended.complaint);
        let ended = folder.run(&runbook, language, &["import"], &endpoint);
        assert!(ended.code == 1 && ended.complaint.contains("upload the image first"), "{}", ended.complaint);
        let ended = folder.run(&runbook, language, &["register"], &endpoint);
        assert!(
            ended.code == 1 && ended.complaint.contains("There is no step register"),
            "{}",
            ended.complaint
        );
        assert_eq!(endpoint.calls("ImportSnapshot").len(), 0);
    }
}

#[test]
fn a_copy_that_is_not_found_at_once_is_waited_for_and_made_once() {
    for language in RUNNABLE {
        let endpoint = Endpoint::start(&[]);
        endpoint.find_copies_late(3);
        let folder = Folder::with_image("web.raw", SIZE);
        let mut plan = plan(&format!("late-copy-{}", language.name()));
        plan["copies"] = json!([{"region": "eu-central-1"}]);
        let runbook = runbook(plan);
        let steps = ["bucket", "upload", "import", "wait", "tag", "copy"];
        let printed = folder.run_well(&runbook, language, &steps, &endpoint);
        assert!(printed.contains("eu-central-1: unknown"), "{printed}");
        assert!(printed.contains("eu-central-1 has snap-"), "{printed}");
        folder.run_well(&runbook, language, &["copy"], &endpoint);
        assert_eq!(endpoint.calls("CopySnapshot").len(), 1);
    }
}

#[test]
fn an_upload_that_fails_ends_in_a_sentence() {
    for language in RUNNABLE {
        let endpoint = Endpoint::start(&[]);
        let folder = Folder::with_image("web.raw", SIZE);
        let runbook = runbook(plan(&format!("no-bucket-{}", language.name())));
        let ended = folder.run(&runbook, language, &["upload"], &endpoint);
        assert_eq!(ended.code, 1, "{}", ended.printed);
        assert!(ended.complaint.contains("NoSuchBucket"), "{}", ended.complaint);
        assert!(!ended.complaint.contains("Traceback"), "{}", ended.complaint);
    }
}

#[test]
fn a_profile_that_does_not_exist_ends_in_a_sentence() {
    for language in RUNNABLE {
        let endpoint = Endpoint::start(&[]);
        let folder = Folder::with_image("web.raw", SIZE);
        let mut plan = plan(&format!("no-profile-{}", language.name()));
        plan["profile"] = json!("of-nobody");
        let ended = folder.run(&runbook(plan), language, &["bucket"], &endpoint);
        assert_ne!(ended.code, 0, "{}", ended.printed);
        let complaint = &ended.complaint;
        assert!(complaint.contains("of-nobody") && !complaint.contains("Traceback"), "{complaint}");
    }
}

#[test]
fn an_image_that_has_changed_since_its_upload_is_not_passed_over() {
    for language in RUNNABLE {
        let endpoint = Endpoint::start(&[]);
        let folder = Folder::with_image("web.raw", SIZE);
        let runbook = runbook(plan(&format!("changed-image-{}", language.name())));
        folder.run_well(&runbook, language, &["bucket", "upload"], &endpoint);
        folder.change("web.raw", 60);
        let ended = folder.run(&runbook, language, &["upload"], &endpoint);
        assert_eq!(ended.code, 1, "{}", ended.printed);
        let sentence = "web.raw has changed since s3://changed-image-";
        assert!(ended.complaint.contains(sentence), "{}", ended.complaint);
        folder.change("web.raw", -60);
        let printed = folder.run_well(&runbook, language, &["upload"], &endpoint);
        assert!(printed.contains("web.raw is in the bucket."), "{printed}");
    }
}
