use super::step::{STEPS, Step};
use super::*;
use crate::request::validate::Level;
use serde_json::json;

/// A journey with every step.
fn everything() -> Runbook {
    serde_json::from_value(json!({
        "region": "eu-west-1",
        "disks": [{
            "bucket": "my-bucket",
            "key": "disks/web.vmdk",
            "file": {"name": "web.vmdk", "size": 1_000_000_000_u64},
            "disk_size": 8_589_934_592_u64,
        }],
        "origin": "https://planner.example",
        "call": "ImportSnapshot",
        "parameters": {"Description": "web", "DiskContainer": {"Format": "VMDK"}},
        "kms_key_id": "alias/disks",
        "register": {"Name": "web-1", "Architecture": "x86_64", "BootMode": "uefi"},
        "copies": [{"region": "eu-central-1"}, {"region": "us-east-1", "parameters": {"KmsKeyId": "alias/us", "Encrypted": true}}],
        "tags": [{"key": "Name", "value": "web 1"}],
        "steps": {"presign": true, "clean-up": true},
    }))
    .unwrap()
}

fn of_image() -> Runbook {
    let mut runbook = everything();
    runbook.call = "ImportImage".into();
    runbook.parameters = json!({"DiskContainers": [{"Format": "OVA"}]}).as_object().unwrap().clone();
    runbook.register = None;
    runbook.copies = Vec::new();
    runbook
}

fn texts(runbook: &Runbook) -> Vec<String> {
    Language::ALL.into_iter().map(|language| write(runbook, language).unwrap().text).collect()
}

fn codes(runbook: &Runbook) -> Vec<String> {
    let problems = write(runbook, Language::Python).unwrap_err();
    let problems = problems.into_iter().filter(|problem| problem.level == Level::Error);
    problems.map(|problem| format!("{}: {}", problem.path, problem.code)).collect()
}

#[test]
fn no_value_is_missing_from_any_part() {
    for runbook in [everything(), of_image()] {
        for text in texts(&runbook) {
            assert!(!text.contains("{{"), "{text}");
            assert!(!text.contains("MARK0X") || text.contains("ConvertFrom-Json"), "{text}");
        }
    }
}

#[test]
fn a_step_that_is_switched_off_leaves_nothing_behind() {
    let mut runbook = everything();
    runbook.steps = STEPS.iter().map(|about| (about.step, about.step == Step::Bucket)).collect();
    for (language, text) in Language::ALL.into_iter().zip(texts(&runbook)) {
        assert!(text.contains("LocationConstraint"), "{text}");
        assert!(!text.contains("ImportTaskId") && !text.contains("vmie"), "{}: {text}", language.name());
    }
    let script = write(&runbook, Language::Bash).unwrap();
    assert_eq!(script.steps.iter().map(|step| step.step).collect::<Vec<_>>(), [Step::Bucket]);
}

#[test]
fn only_us_east_1_is_made_without_a_location_constraint() {
    let mut runbook = everything();
    assert!(write(&runbook, Language::Bash).unwrap().text.contains("LocationConstraint=$region"));
    runbook.region = "us-east-1".into();
    runbook.copies.truncate(1);
    assert!(!write(&runbook, Language::Bash).unwrap().text.contains("LocationConstraint=$region"));
}

#[test]
fn the_partition_is_that_of_the_region() {
    let mut runbook = everything();
    runbook.copies = Vec::new();
    for (region, partition) in [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")] {
        runbook.region = region.into();
        for text in texts(&runbook) {
            assert!(text.contains(&format!("arn:{partition}:s3:::my-bucket/disks/web.vmdk")), "{text}");
            assert!(!text.contains("arn:aws:"), "{text}");
        }
    }
}

#[test]
fn the_same_runbook_has_the_same_name_and_another_has_not() {
    let token = |runbook: &Runbook| {
        let text = write(runbook, Language::Bash).unwrap().text;
        text.lines().find(|line| line.starts_with("run=")).unwrap().to_owned()
    };
    let mut other = everything();
    other.disks[0].key = "disks/db.vmdk".into();
    assert_eq!(token(&everything()), token(&everything()));
    assert_ne!(token(&everything()), token(&other));
}

#[test]
fn what_contradicts_itself_is_not_written() {
    let mut runbook = everything();
    runbook.parameters.insert("RoleName".into(), json!("importer"));
    assert!(write(&runbook, Language::Bash).is_ok(), "the request alone names the role");
    runbook.role_name = "other".into();
    assert_eq!(codes(&runbook), ["parameters.RoleName: contradiction"]);
    let mut runbook = everything();
    runbook.parameters["DiskContainer"]["UserBucket"] = json!({"S3Bucket": "my-bucket", "S3Key": "other"});
    assert_eq!(codes(&runbook), ["disks[0]: another-object"]);
}

#[test]
fn what_has_nothing_to_do_or_cannot_work_is_not_written() {
    let mut runbook = of_image();
    runbook.steps.insert(Step::Register, true);
    runbook.steps.insert(Step::Copy, true);
    runbook.disks[0].file.size = 6 << 30;
    runbook.origin = Some("https://planner.example/page".into());
    runbook.steps.insert(Step::Cors, true);
    assert_eq!(
        codes(&runbook),
        [
            "origin: origin-malformed",
            "steps.presign: too-large-for-one-put",
            "steps.register: nothing-to-register",
            "steps.copy: nothing-to-copy",
        ]
    );
    let mut runbook = everything();
    runbook.copies[1].region = "eu-west-1".into();
    assert!(codes(&runbook).contains(&"copies[1].region: copy-region-twice".to_owned()));
    runbook.copies[1].region = "cn-north-1".into();
    assert!(
        codes(&runbook).contains(&"copies[1].parameters.SourceRegion: copy-to-another-partition".to_owned())
    );
}

#[test]
fn a_request_that_aws_would_refuse_is_not_written() {
    let mut runbook = everything();
    runbook.parameters["DiskContainer"]["Format"] = json!("OVA");
    runbook.register.as_mut().unwrap().insert("Name".into(), json!("a"));
    assert_eq!(
        codes(&runbook),
        ["parameters.DiskContainer.Format: ova-needs-import-image", "register.Name: image-name-malformed"]
    );
}

/// An image of three disks, of which one has been imported before.
fn of_three_disks() -> Runbook {
    let mut runbook = of_image();
    let mut second = runbook.disks[0].clone();
    second.key = "disks/data.vmdk".into();
    second.file = File { name: "data.vmdk".into(), size: 3_000_000_000 };
    second.disk_size = None;
    runbook.disks.push(second);
    let containers =
        json!([{"Format": "VMDK"}, {"SnapshotId": "snap-0123456789abcdef0"}, {"Format": "VMDK"}]);
    runbook.parameters["DiskContainers"] = containers;
    runbook
}

#[test]
fn each_disk_has_the_next_container_that_names_no_source() {
    let runbook = of_three_disks();
    for text in texts(&runbook) {
        for key in ["disks/web.vmdk", "disks/data.vmdk"] {
            // The list of disks, the request and the policy of the role.
            assert_eq!(text.matches(key).count(), 3, "{key}: {text}");
        }
        assert_eq!(text.matches("snap-0123456789abcdef0").count(), 1, "{text}");
    }
}

#[test]
fn disks_that_get_in_each_others_way_or_have_no_container_are_not_written() {
    let mut runbook = of_three_disks();
    runbook.disks[1].key = runbook.disks[0].key.clone();
    assert_eq!(codes(&runbook), ["disks[1].key: object-twice"]);
    let mut runbook = of_three_disks();
    runbook.parameters["DiskContainers"].as_array_mut().unwrap().pop();
    assert_eq!(codes(&runbook), ["disks[1]: another-object"]);
    let mut runbook = everything();
    runbook.disks = of_three_disks().disks;
    assert_eq!(codes(&runbook), ["disks[1]: another-object"], "a snapshot is of one disk");
}

#[test]
fn a_key_that_the_aws_cli_would_take_for_a_folder_is_not_written() {
    let mut runbook = of_three_disks();
    runbook.disks[1].key = "disks/".into();
    assert_eq!(codes(&runbook), ["disks[1].key: key-of-a-folder"]);
}

/// There is no PowerShell here that runs, so the words tell.
#[test]
fn every_language_looks_at_what_aws_really_says() {
    for text in texts(&everything()) {
        for word in [
            "does not have sufficient permissions",
            "NotFound",
            "has changed since",
            "needs kms:Decrypt",
            "AllowedMethods",
            "hasattr(Config(), \"request_checksum_calculation\")",
        ] {
            assert!(text.contains(word), "{word}: {text}");
        }
        assert!(!text.contains("service role"), "{text}");
    }
}

#[test]
fn an_import_that_reads_no_bucket_has_nothing_to_upload() {
    let mut runbook = of_three_disks();
    runbook.disks = Vec::new();
    runbook.parameters["DiskContainers"] = json!([{"SnapshotId": "snap-0123456789abcdef0"}]);
    runbook.steps = BTreeMap::new();
    let taken: Vec<Step> =
        write(&runbook, Language::Bash).unwrap().steps.iter().map(|step| step.step).collect();
    assert_eq!(taken, [Step::DryRun, Step::Role, Step::Import, Step::Wait, Step::Tag]);
    runbook.steps.insert(Step::Upload, true);
    assert_eq!(codes(&runbook), ["steps.upload: nothing-to-upload"]);
}

#[test]
fn a_file_of_unknown_size_is_warned_of() {
    let mut runbook = of_three_disks();
    runbook.disks[1].file.size = 0;
    let warnings = write(&runbook, Language::Bash).unwrap().warnings;
    let codes: Vec<_> =
        warnings.iter().map(|warning| (warning.path.as_str(), warning.code.as_str())).collect();
    assert!(codes.contains(&("disks[1].file", "file-size-unknown")), "{codes:?}");
}

#[test]
fn what_all_disks_cost_is_estimated_together() {
    let runbook = of_three_disks();
    let estimates = write(&runbook, Language::Python).unwrap().estimates;
    assert_eq!(estimates[1].dollars_monthly, Some([4.0 * 0.023; 2]));
    // 1 GB to 8 GiB, and what is not known is as large as its file.
    let gibibytes = |bytes: f64| bytes / 1_073_741_824.0;
    let stored = [gibibytes(4e9) * 0.05, (8.0 + gibibytes(3e9)) * 0.05];
    assert_eq!(estimates[3].dollars_monthly, Some(stored));
    assert!(estimates[2].assumption.to_string().contains("as large as its file"), "{:?}", estimates[2]);
}

#[test]
fn every_estimate_states_what_it_assumes() {
    let estimates = write(&everything(), Language::Python).unwrap().estimates;
    assert_eq!(estimates.len(), 5);
    for estimate in &estimates {
        assert!(estimate.assumption.ends_with('.'));
        let figures = [estimate.dollars_once, estimate.dollars_monthly, estimate.seconds];
        for [least, most] in figures.into_iter().flatten() {
            assert!(0.0 <= least && least <= most, "{estimate:?}");
        }
        let priced = estimate.dollars_monthly.is_some();
        assert!(!priced || estimate.assumption.contains(estimate::AS_OF), "{estimate:?}");
    }
    // 1 GB for a month, and 1 GB to 8 GiB in one snapshot.
    assert_eq!(estimates[1].dollars_monthly, Some([0.023, 0.023]));
    assert_eq!(estimates[3].dollars_monthly.map(|[_, most]| most), Some(8.0 * 0.05));
}

#[test]
fn powershell_is_ascii_whatever_the_names_are() {
    let mut runbook = everything();
    runbook.disks[0].key = "диск 💾.vmdk".into();
    let text = write(&runbook, Language::PowerShell).unwrap().text;
    assert!(text.is_ascii());
    assert!(text.contains("\\ud83d\\udcbe.vmdk"), "{text}");
}

#[test]
fn a_file_whose_name_is_like_an_option_or_an_address_is_still_a_file() {
    let mut runbook = everything();
    for (name, said) in
        [("--recursive", " ./--recursive 1000000000\n"), ("s3://a/b", " ./s3://a/b 1000000000\n")]
    {
        runbook.disks[0].file.name = name.into();
        let text = write(&runbook, Language::Bash).unwrap().text;
        assert!(text.contains(said), "{text}");
    }
    runbook.disks[0].key = "file:///etc/hostname".into();
    assert!(write(&runbook, Language::Bash).is_err(), "the AWS CLI would read it");
    assert!(write(&runbook, Language::Python).is_ok());
}

#[test]
fn a_licence_or_a_key_of_aws_own_is_in_the_policy_as_it_must_be() {
    let mut runbook = of_image();
    runbook.kms_key_id = Some("alias/aws/ebs".into());
    let arn = "arn:aws:license-manager:eu-west-1:123456789012:license-configuration:lic-0123456789abcdef0123456789abcdef";
    runbook.parameters.insert("LicenseSpecifications".into(), json!([{"LicenseConfigurationArn": arn}]));
    let text = write(&runbook, Language::Python).unwrap().text;
    assert!(text.contains("license-manager:GetLicenseConfiguration"), "{text}");
    assert!(!text.contains("kms:CreateGrant"), "{text}");
}
