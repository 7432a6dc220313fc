use super::*;
use crate::verdict::catalogue;
use std::collections::BTreeSet;

/// The messages of AWS's page on troubleshooting, those that are seen in the wild, and the fifteen that people report
/// most, with the failure each must be.
const KNOWN: &[(&str, &str)] = &[
    ("ClientError: Parameter disk-image-size=0 has an invalid format.", "format-not-supported"),
    (
        "A client error (MalformedPolicyDocument) occurred when calling the CreateRole operation: Syntax errors in policy.",
        "policy-malformed",
    ),
    (
        "ClientError: Disk validation failed [OVF file parsing error: OVA with chunked disk files is not supported].",
        "ova-chunked",
    ),
    ("ClientError: Disk validation failed [Unsupported VMDK File Format]", "vmdk-not-supported"),
    ("ClientError: Multiple different grub/menu.lst files found.", "several-boot-configurations"),
    (
        "The service role vmimport does not exist or does not have sufficient permissions for the service to continue",
        "role-insufficient",
    ),
    (
        "Client.Unsupported: No bootable partition found. (Service: AmazonEC2; Status Code: 400)",
        "no-bootable-partition",
    ),
    ("ClientError: Footers not identical", "vhd-footers-differ"),
    ("ClientError: Uncompressed data has an invalid length.", "vmdk-corrupt"),
    ("ERROR: Bucket my-bucket is not in the us-east-1 Region, it's in us-west-2", "bucket-in-another-region"),
    ("ERROR: File uses unsupported compression algorithm 0.", "disk-compressed-otherwise"),
    ("Invalid S3 source location", "object-not-found"),
    ("The given S3 bucket is not local to the Region", "bucket-in-another-region"),
    ("ClientError: Unknown OS / Missing OS files.", "unknown-system"),
    (
        "ClientError: Booter Networking failure/instance not reachable. Please retry after installation of .Net framework 3.5 SP1 or greater.",
        "first-boot-no-network",
    ),
    (
        "FirstBootFailure: This import request failed because the Windows instance failed to boot and establish network connectivity.",
        "first-boot-failed",
    ),
    ("ClientError: Invalid configuration - Could not read fstab.", "fstab-not-readable"),
    ("ClientError: BLSC-style GRUB found, but unable to detect default kernel", "no-default-kernel"),
    (
        "ClientError: We were unable to read your import's initramfs/initrd to determine what drivers your import requires to run in EC2",
        "initramfs-not-readable",
    ),
    (
        "ClientError: Unsupported configuration - Logical volume group activation failed.",
        "volume-group-not-activated",
    ),
    ("ClientError: Unsupported configuration - Multiple directories found", "several-directories"),
    ("ClientError: Unsupported kernel version 4.15.0-1021-aws", "kernel-not-supported"),
    ("Linux is not supported on the requested instance", "instance-type-without-linux"),
    ("ClientError: No valid partitions. Not a valid volume.", "no-valid-partitions"),
    (
        "ClientError: Disk validation failed [We do not have access to the given resource. Reason 403 Forbidden]",
        "object-not-readable",
    ),
    ("ClientError: Disk validation failed [Unsupported OVA format]", "ova-not-supported"),
    ("ClientError: Provided image file was corrupted", "file-corrupted"),
    ("ClientError: EFI partition detected. UEFI booting is not supported in EC2.", "efi-partition"),
    ("ClientError: Unable to determine kernel version", "kernel-not-found"),
    (
        "The specified KMS key is not accessible. If this is a default EBS CMK, please retry your operation without specifying the key explicitly.",
        "key-not-accessible",
    ),
    (
        "The given S3 object is not local to the region. The object must be located in us-east-1.",
        "bucket-in-another-region",
    ),
    (
        "The service role my-role provided does not exist or does not have sufficient permissions",
        "role-insufficient",
    ),
    ("Waiter SnapshotImported failed: Max attempts exceeded", "waiter-gave-up"),
    ("ResourceNotReady: exceeded wait attempts", "waiter-gave-up"),
    ("Parameter architecture=arm64 has an invalid format", "architecture-refused"),
    (
        "Enhanced networking with the Elastic Network Adapter (ENA) is required for the 't3.micro' instance type.",
        "no-enhanced-networking",
    ),
    ("Too many snapshot copies in progress. The limit is 5 for this destination region.", "too-many-copies"),
    ("Error when retrieving token from sso: Token has expired and refresh failed", "sign-in-expired"),
    ("Error loading SSO Token: Token for my-sso does not exist", "sign-in-expired"),
    (
        "The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login with the corresponding profile.",
        "sign-in-expired",
    ),
    ("The config profile (foo) could not be found", "profile-not-found"),
    ("aws: error: argument --disk-container: expected one argument", "client-refused-parameters"),
    ("Provided region_name 'eu west' doesn't match a supported format.", "no-region"),
    ("Connect timeout on endpoint URL: \"https://ec2.eu-west-1.amazonaws.com/\"", "no-connection"),
    (
        "SSL validation failed for https://ec2.eu-west-1.amazonaws.com/ [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed",
        "certificate-not-trusted",
    ),
    (
        "Waiter SnapshotImported failed: Waiter encountered a terminal failure state: For expression \"ImportSnapshotTasks[].SnapshotTaskDetail.Status\" we matched expected path: \"error\" at least once",
        "waiter-saw-failure",
    ),
];

fn code(message: &str) -> Option<&'static str> {
    explain(None, message).map(|explanation| explanation.code)
}

#[test]
fn every_message_that_aws_documents_or_people_report_is_explained() {
    for (message, expected) in KNOWN {
        assert_eq!(code(message), Some(*expected), "{message}");
        assert_eq!(code(&message.to_uppercase()), Some(*expected), "{message}, in capitals");
    }
}

#[test]
fn every_wording_of_the_catalogue_leads_to_its_failure() {
    for failure in failures() {
        for message in failure.messages {
            let filled = message.replace(['{', '}'], "");
            assert_eq!(code(&filled), Some(failure.code), "{message}");
        }
        for error in failure.errors {
            assert_eq!(explain(Some(error), "").map(|found| found.code), Some(failure.code), "{error}");
        }
        assert!(
            !failure.messages.is_empty() || !failure.errors.is_empty(),
            "{} is never found",
            failure.code
        );
    }
}

#[test]
fn codes_are_unique_and_texts_are_sentences() {
    let codes: BTreeSet<_> = failures().map(|failure| failure.code).collect();
    assert_eq!(codes.len(), failures().count());
    let errors: Vec<_> = failures().flat_map(|failure| failure.errors).collect();
    assert_eq!(errors.iter().collect::<BTreeSet<_>>().len(), errors.len(), "a code has two failures");
    for failure in failures() {
        assert!(failure.cause.ends_with('.') && failure.cure.ends_with('.'), "{}", failure.code);
        assert!(failure.page.starts_with("https://docs.aws.amazon.com/"), "{}", failure.code);
    }
}

#[test]
fn every_finding_that_a_failure_names_exists() {
    let known: BTreeSet<_> = catalogue::rules().map(|rule| rule.code).collect();
    for failure in failures() {
        for finding in failure.findings {
            assert!(known.contains(finding), "{} names {finding}", failure.code);
        }
    }
}

#[test]
fn a_finding_that_names_awss_message_is_named_by_its_failure() {
    let mut lacking = Vec::new();
    for rule in catalogue::rules() {
        let Some(message) = rule.aws_error else { continue };
        let explanation = explain(None, message).unwrap_or_else(|| panic!("{message} is not explained"));
        if !explanation.findings.contains(&rule.code) {
            lacking.push(format!("{} lacks {}", explanation.code, rule.code));
        }
    }
    assert_eq!(lacking, Vec::<String>::new());
}

#[test]
fn what_a_message_names_is_kept() {
    let value = |message: &str, name: &str| explain(None, message).unwrap().values[name].clone();
    assert_eq!(value("ClientError: Unsupported kernel version 4.15.0-1021-aws", "kernel"), "4.15.0-1021-aws");
    let message = "The given S3 object is not local to the region. The object must be located in eu-west-1.";
    assert_eq!(value(message, "region"), "eu-west-1");
}

#[test]
fn other_sentences_are_not_explained() {
    for message in ["", "pending", "downloading/converting", "The quick brown fox does not exist", "disk"] {
        assert_eq!(code(message), None, "{message}");
    }
}

#[test]
fn an_expired_address_is_no_missing_permission_and_expired_credentials_are_no_address() {
    let code = |code, message| explain(Some(code), message).unwrap().code;
    assert_eq!(code("AccessDenied", "Request has expired"), "url-expired");
    assert_eq!(code("AccessDenied", "Access Denied"), "not-authorized");
    assert_eq!(
        code("RequestExpired", "Request has expired. Timestamp date is 2026-01-01"),
        "credentials-expired"
    );
}
