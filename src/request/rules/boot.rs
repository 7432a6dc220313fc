//! Boot modes and architectures, and what goes with them.

use crate::request::shape::Request;
use crate::request::validate::{Circumstances, Findings, Rule};
use crate::sentence::{Sentence, sentence};

/// A UEFI system that is imported from a snapshot needs its platform named.
pub const PLATFORM_OF_SNAPSHOT: Rule = Rule { code: "platform-needed", check: check_platform };

/// What an image is registered for goes together.
pub const FITS_ARCHITECTURE: Rule =
    Rule { code: "boot-mode-not-for-architecture", check: check_architecture };

/// A trusted platform module needs UEFI.
pub const TPM_NEEDS_UEFI: Rule = Rule { code: "tpm-needs-uefi", check: check_tpm };

/// EC2's defaults for what is left out are those of 2006.
pub const NO_OLD_DEFAULTS: Rule = Rule { code: "old-default", check: check_defaults };

fn check_platform(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    let from_snapshot =
        request.items("DiskContainers").iter().any(|(_, disk)| disk.get("SnapshotId").is_some());
    if !from_snapshot || request.get("Platform").is_some() {
        return;
    }
    match request.text("BootMode") {
        Some("uefi") => found.error(
            "Platform",
            "A system that starts by UEFI and is imported from a snapshot needs Platform: Windows or Linux.",
        ),
        None => found.warning(
            "Platform",
            "If the system in the snapshot starts by UEFI, Platform is needed: Windows or Linux.",
        ),
        Some(_) => {}
    }
}

fn check_architecture(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    let architecture = request.text("Architecture").unwrap_or_default();
    let boot_mode = request.text("BootMode").unwrap_or_default();
    if architecture == "arm64" && ["legacy-bios", "uefi-preferred"].contains(&boot_mode) {
        found.warning("BootMode", "Instances with ARM processors start by UEFI only: choose uefi.");
    }
    if architecture == "i386" && boot_mode == "uefi" {
        found.warning("BootMode", "32-bit systems start by legacy-bios on EC2.");
    }
}

fn check_tpm(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    for (member, what) in
        [("TpmSupport", "A trusted platform module"), ("UefiData", "A store of UEFI variables")]
    {
        if request.get(member).is_some()
            && !matches!(request.text("BootMode"), Some("uefi" | "uefi-preferred"))
        {
            found.warning(
                "BootMode",
                sentence!(
                    "{what} is of use only with UEFI: set BootMode to uefi.",
                    what = Sentence::from(what)
                ),
            );
        }
    }
}

fn check_defaults(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    // An image registered from a manifest takes its architecture from there.
    if request.get("ImageLocation").is_some() {
        return;
    }
    for (member, message) in [
        (
            "Architecture",
            "Without Architecture EC2 takes i386, which hardly an instance runs: set x86_64 or arm64.",
        ),
        (
            "VirtualizationType",
            "Without VirtualizationType EC2 takes paravirtual, which no current instance runs: set hvm.",
        ),
        (
            "EnaSupport",
            "Without EnaSupport no current instance type can be chosen: set it to true if the system has the driver.",
        ),
        (
            "BootMode",
            "Without BootMode the instance type decides how the system starts: set legacy-bios, uefi or uefi-preferred.",
        ),
    ] {
        if request.get(member).is_none() {
            found.warning(member, message);
        }
    }
    if request.text("VirtualizationType") == Some("paravirtual") && request.flag("EnaSupport") == Some(true) {
        found.warning(
            "EnaSupport",
            "Enhanced networking is for hvm only; a paravirtual instance may become unreachable.",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::request::calls::{IMPORT_IMAGE, REGISTER_IMAGE};
    use crate::request::rules::testing::{codes, problems};
    use crate::request::validate::Level;
    use serde_json::{Value, json};

    fn from_snapshot(boot_mode: Option<&str>) -> Value {
        let mut request = json!({ "DiskContainers": [{ "SnapshotId": "snap-0123456789abcdef0" }] });
        if let Some(boot_mode) = boot_mode {
            request["BootMode"] = boot_mode.into();
        }
        request
    }

    #[test]
    fn a_uefi_system_from_a_snapshot_needs_its_platform() {
        let found = problems(&IMPORT_IMAGE, &from_snapshot(Some("uefi")));
        assert_eq!((found[0].code.as_str(), found[0].level), ("platform-needed", Level::Error));
        assert_eq!(problems(&IMPORT_IMAGE, &from_snapshot(None))[0].level, Level::Warning);
        assert!(codes(&IMPORT_IMAGE, &from_snapshot(Some("legacy-bios"))).is_empty());
    }

    #[test]
    fn uefi_preferred_is_refused_on_import_and_taken_on_registration() {
        let disks = json!([{ "Format": "RAW", "Url": "s3://disks/a.raw" }]);
        let request = json!({ "DiskContainers": disks, "BootMode": "uefi-preferred" });
        assert_eq!(codes(&IMPORT_IMAGE, &request), ["boot-mode-not-on-import"]);
        assert!(codes(&REGISTER_IMAGE, &registration("x86_64", "uefi-preferred")).is_empty());
    }

    fn registration(architecture: &str, boot_mode: &str) -> Value {
        json!({
            "Name": "web-1",
            "Architecture": architecture,
            "BootMode": boot_mode,
            "VirtualizationType": "hvm",
            "EnaSupport": true,
            "RootDeviceName": "/dev/xvda",
            "BlockDeviceMappings": [{ "DeviceName": "/dev/xvda", "Ebs": { "SnapshotId": "snap-0123456789abcdef0" } }],
        })
    }

    #[test]
    fn arm_starts_by_uefi_only() {
        assert_eq!(
            codes(&REGISTER_IMAGE, &registration("arm64", "legacy-bios")),
            ["boot-mode-not-for-architecture"]
        );
        assert!(codes(&REGISTER_IMAGE, &registration("arm64", "uefi")).is_empty());
    }

    #[test]
    fn a_module_without_uefi_is_a_warning() {
        let mut request = registration("x86_64", "legacy-bios");
        request["TpmSupport"] = "v2.0".into();
        assert_eq!(codes(&REGISTER_IMAGE, &request), ["tpm-needs-uefi"]);
    }

    #[test]
    fn defaults_of_2006_are_warned_of_one_by_one() {
        let mut request = registration("x86_64", "uefi");
        for member in ["Architecture", "VirtualizationType", "EnaSupport", "BootMode"] {
            request.as_object_mut().unwrap().remove(member);
        }
        let found = problems(&REGISTER_IMAGE, &request);
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found.iter().all(|problem| problem.code == "old-default" && problem.level == Level::Warning));
    }
}
