//! Licences of an imported image (VM Import/Export user guide, "Licensing options").

use crate::request::shape::Request;
use crate::request::validate::{Circumstances, Fault, Findings, Rule};
use crate::sentence::sentence;

use super::arn;

/// The usage operations of the user guide with the system each is for.
const USAGE_OPERATIONS: [(&str, &str); 11] = [
    ("RunInstances", "Linux"),
    ("RunInstances:0002", "Windows"),
    ("RunInstances:0006", "Windows"),
    ("RunInstances:0102", "Windows"),
    ("RunInstances:0202", "Windows"),
    ("RunInstances:0800", "Windows"),
    ("RunInstances:0100", "Linux"),
    ("RunInstances:0004", "Linux"),
    ("RunInstances:0200", "Linux"),
    ("RunInstances:0010", "Linux"),
    ("RunInstances:000g", "Linux"),
];

/// LicenseType and UsageOperation exclude each other.
pub const ONE_OF_TWO: Rule = Rule { code: "license-given-twice", check: check_one_of_two };

/// The licence fits the platform.
pub const FITS_PLATFORM: Rule = Rule { code: "license-not-for-platform", check: check_platform };

/// The usage operations that imports are documented to take.
pub fn usage_operations() -> Vec<&'static str> {
    USAGE_OPERATIONS.iter().map(|(operation, _)| *operation).collect()
}

/// Checks a usage operation.
///
/// # Errors
/// A warning, when it is `RunInstances:` and four letters or digits, but not among [`usage_operations`]; an error, when
/// it is neither that nor `RunInstances`.
pub fn check_usage_operation(operation: &str) -> Result<(), Fault> {
    if USAGE_OPERATIONS.iter().any(|(known, _)| *known == operation) {
        return Ok(());
    }
    let code = operation.strip_prefix("RunInstances:").unwrap_or_default();
    if code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let message = "This usage operation is not among those that imports are documented to take.";
        return Err(Fault::warning("usage-operation-unknown", message));
    }
    let message = "A usage operation is RunInstances, or RunInstances: and four characters, such as RunInstances:0002 for Windows Server.";
    Err(Fault::error("usage-operation-malformed", message))
}

/// Checks the ARN of a License Manager configuration.
///
/// # Errors
/// Those of [`arn::parse`] for `license-manager`, and a resource that is not `license-configuration`, `:` or `/`, and a
/// name.
pub fn check_configuration(text: &str) -> Result<(), Fault> {
    const EXAMPLE: &str = "arn:aws:license-manager:us-east-1:111122223333:license-configuration:lic-0123456789abcdef0123456789abcdef";
    let arn = arn::parse(text, "license-manager", EXAMPLE)?;
    match arn.resource.strip_prefix("license-configuration") {
        Some(rest) if rest.starts_with([':', '/']) && rest.len() > 1 => Ok(()),
        _ => Err(Fault::error(
            "arn-malformed",
            sentence!(
                "This ARN does not name a license configuration. Write it like {example}.",
                example = EXAMPLE
            ),
        )),
    }
}

fn check_one_of_two(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    if request.get("LicenseType").is_some() && request.get("UsageOperation").is_some() {
        found.error("UsageOperation", "LicenseType and UsageOperation exclude each other: keep one.");
    }
}

fn check_platform(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    let Some(platform) = request.text("Platform") else { return };
    if platform == "Linux" && request.text("LicenseType") == Some("AWS") {
        found.warning(
            "LicenseType",
            "AWS replaces licences of Windows only; for Linux choose BYOL, or leave it out.",
        );
    }
    let operation = request.text("UsageOperation").unwrap_or_default();
    if let Some((_, system)) = USAGE_OPERATIONS.iter().find(|(known, _)| *known == operation)
        && *system != platform
        && ["Windows", "Linux"].contains(&platform)
    {
        let message = sentence!(
            "{operation} is for {system}, and Platform is {platform}.",
            operation,
            system,
            platform
        );
        found.warning("UsageOperation", message);
    }
}

#[cfg(test)]
mod tests {
    use super::{check_configuration, check_usage_operation};
    use crate::request::calls::IMPORT_IMAGE;
    use crate::request::rules::testing::codes;
    use crate::request::validate::Level;
    use serde_json::{Value, json};

    fn with(name: &str, value: &str, platform: &str) -> Vec<String> {
        let mut request = json!({ "DiskContainers": [{ "Format": "RAW", "Url": "s3://disks/a.raw" }] });
        request[name] = value.into();
        request["Platform"] = platform.into();
        codes(&IMPORT_IMAGE, &request)
    }

    #[test]
    fn a_licence_type_and_a_usage_operation_exclude_each_other() {
        let request: Value = json!({
            "DiskContainers": [{ "Format": "RAW", "Url": "s3://disks/a.raw" }],
            "LicenseType": "BYOL",
            "UsageOperation": "RunInstances",
        });
        assert_eq!(codes(&IMPORT_IMAGE, &request), ["license-given-twice"]);
    }

    #[test]
    fn a_licence_for_the_other_platform_is_a_warning() {
        assert_eq!(with("LicenseType", "AWS", "Linux"), ["license-not-for-platform"]);
        assert!(with("LicenseType", "AWS", "Windows").is_empty());
        assert_eq!(with("UsageOperation", "RunInstances:0010", "Windows"), ["license-not-for-platform"]);
        assert!(with("UsageOperation", "RunInstances:0002", "Windows").is_empty());
    }

    #[test]
    fn usage_operations_are_known_unknown_or_malformed() {
        assert_eq!(check_usage_operation("RunInstances:000g"), Ok(()));
        assert_eq!(check_usage_operation("RunInstances:9999").unwrap_err().level, Level::Warning);
        assert_eq!(check_usage_operation("0002").unwrap_err().level, Level::Error);
    }

    #[test]
    fn a_license_configuration_is_named_by_its_arn() {
        let arn = "arn:aws:license-manager:us-east-1:111122223333:license-configuration:lic-0123456789abcdef0123456789abcdef";
        assert_eq!(check_configuration(arn), Ok(()));
        assert!(check_configuration("lic-0123456789abcdef0123456789abcdef").is_err());
        assert!(check_configuration("arn:aws:license-manager:us-east-1:111122223333:grant:g").is_err());
    }
}
