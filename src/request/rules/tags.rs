//! Tags: their limits, and which resources a call can tag.

use crate::request::nearest::nearest;
use crate::request::shape::Request;
use crate::request::validate::{Circumstances, Fault, Findings, Rule, quoted};
use crate::sentence::sentence;
use serde_json::Value;
use std::collections::HashSet;

/// The longest key, in Unicode characters.
pub const LONGEST_KEY: usize = 127;

/// The longest value, in Unicode characters.
pub const LONGEST_VALUE: usize = 256;

/// The most tags on one resource.
pub const MOST_TAGS: usize = 50;

/// Checks the key of a tag; its length is in the table.
///
/// # Errors
/// An error, when the key is empty or begins with `aws:`; a warning, when it begins with that in other capitals.
pub fn check_key(key: &str) -> Result<(), Fault> {
    if key.is_empty() {
        return Err(Fault::error("tag-key-empty", "A tag's key has at least one character."));
    }
    if key.starts_with("aws:") {
        return Err(Fault::error(
            "tag-key-reserved",
            "Keys that begin with aws: are AWS's own: choose another.",
        ));
    }
    if key.get(..4).is_some_and(|beginning| beginning.eq_ignore_ascii_case("aws:")) {
        let message = "AWS keeps aws: in any mixture of capitals for itself; this may be refused.";
        return Err(Fault::warning("tag-key-reserved", message));
    }
    Ok(())
}

/// Checks the type of the resource a tag is for, as far as the call allows only `wanted`.
fn check_resource_type(found: &str, wanted: &'static str) -> Result<(), Fault> {
    if found == wanted {
        return Ok(());
    }
    if RESOURCE_TYPES.contains(&found) {
        let message = sentence!(
            "Write {wanted}, which is what this call tags; a {found} is real, but not tagged by this call.",
            wanted,
            found
        );
        return Err(Fault::error("resource-type-not-taggable-here", message));
    }
    let advice = match nearest(found, RESOURCE_TYPES.iter().copied()) {
        Some(meant) if meant != wanted => {
            sentence!("Did you mean {meant}? This call can tag its {wanted} only.", meant, wanted)
        }
        _ => sentence!("Write {wanted}, which is what this call can tag.", wanted),
    };
    Err(Fault::error(
        "resource-type-unknown",
        sentence!("EC2 knows no resource type {found}. {advice}", found = quoted(found), advice),
    ))
}

/// The task of an ImportSnapshot.
///
/// # Errors
/// The type is any other than `import-snapshot-task`.
pub fn check_import_snapshot_task(found: &str) -> Result<(), Fault> {
    check_resource_type(found, "import-snapshot-task")
}

/// The task of an ImportImage.
///
/// # Errors
/// The type is any other than `import-image-task`.
pub fn check_import_image_task(found: &str) -> Result<(), Fault> {
    check_resource_type(found, "import-image-task")
}

/// A snapshot.
///
/// # Errors
/// The type is any other than `snapshot`.
pub fn check_snapshot(found: &str) -> Result<(), Fault> {
    check_resource_type(found, "snapshot")
}

/// An image (AMI).
///
/// # Errors
/// The type is any other than `image`.
pub fn check_image(found: &str) -> Result<(), Fault> {
    check_resource_type(found, "image")
}

/// A resource has no two tags with one key.
pub const NO_DUPLICATES: Rule = Rule { code: "tag-key-twice", check: check_duplicates };

/// A resource has at most fifty tags.
pub const NOT_TOO_MANY: Rule = Rule { code: "too-many-tags", check: check_number };

/// A resource type that is named has tags, and is named once.
pub const ONE_LIST_A_RESOURCE: Rule = Rule { code: "tag-list", check: check_lists };

/// The tags of all lists with their paths; every call tags one kind of resource, so they count together.
fn tags(request: &Request) -> Vec<(String, &Value)> {
    let lists = request.items("TagSpecifications");
    lists.into_iter().flat_map(|(path, _)| request.items(&format!("{path}.Tags"))).collect()
}

fn check_duplicates(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    let mut seen = HashSet::new();
    for (path, tag) in tags(request) {
        if let Some(key) = tag.get("Key").and_then(Value::as_str)
            && !seen.insert(key)
        {
            let message = sentence!(
                "There is already a tag with the key {key}: give each key once.",
                key = quoted(key)
            );
            found.error(&format!("{path}.Key"), message);
        }
    }
}

fn check_number(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    let number = tags(request).len();
    if number > MOST_TAGS {
        let message = sentence!(
            "There are {number} tags and a resource can have {most}: remove {excess}.",
            number,
            most = MOST_TAGS,
            excess = number - MOST_TAGS
        );
        found.error("TagSpecifications", message);
    }
}

fn check_lists(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    let mut types = HashSet::new();
    for (path, list) in request.items("TagSpecifications") {
        if request.items(&format!("{path}.Tags")).is_empty() {
            found.warning(
                &format!("{path}.Tags"),
                "A list without tags may be refused: add one, or remove the list.",
            );
        }
        if let Some(resource_type) = list.get("ResourceType").and_then(Value::as_str)
            && !types.insert(resource_type)
        {
            found.warning(
                &format!("{path}.ResourceType"),
                "This type has a list already: put all its tags into one.",
            );
        }
    }
}

/// Every resource type of EC2's model, so that a real one which the call cannot tag is told from a misspelt one.
pub static RESOURCE_TYPES: [&str; 114] = [
    "application-status-check",
    "capacity-block",
    "capacity-manager-data-export",
    "capacity-reservation",
    "capacity-reservation-cancellation-quote",
    "capacity-reservation-fleet",
    "capacity-reservation-modification-quote",
    "carrier-gateway",
    "client-vpn-endpoint",
    "coip-pool",
    "customer-gateway",
    "declarative-policies-report",
    "dedicated-host",
    "dhcp-options",
    "egress-only-internet-gateway",
    "elastic-gpu",
    "elastic-ip",
    "export-image-task",
    "export-instance-task",
    "fca-policy",
    "fleet",
    "fpga-image",
    "host-reservation",
    "image",
    "image-usage-report",
    "import-image-task",
    "import-snapshot-task",
    "instance",
    "instance-connect-endpoint",
    "instance-event-window",
    "internet-gateway",
    "ipam",
    "ipam-external-resource-verification-token",
    "ipam-internet-registry-association",
    "ipam-policy",
    "ipam-pool",
    "ipam-pool-allocation",
    "ipam-prefix-list-resolver",
    "ipam-prefix-list-resolver-target",
    "ipam-resource-discovery",
    "ipam-resource-discovery-association",
    "ipam-scope",
    "ipv4pool-ec2",
    "ipv6pool-ec2",
    "key-pair",
    "launch-template",
    "local-gateway",
    "local-gateway-route-table",
    "local-gateway-route-table-virtual-interface-group-association",
    "local-gateway-route-table-vpc-association",
    "local-gateway-virtual-interface",
    "local-gateway-virtual-interface-group",
    "mac-modification-task",
    "metric-category",
    "natgateway",
    "network-acl",
    "network-insights-access-scope",
    "network-insights-access-scope-analysis",
    "network-insights-analysis",
    "network-insights-path",
    "network-interface",
    "outpost-lag",
    "placement-group",
    "prefix-list",
    "replace-root-volume-task",
    "reserved-instances",
    "route-server",
    "route-server-endpoint",
    "route-server-peer",
    "route-table",
    "secondary-interface",
    "secondary-network",
    "secondary-subnet",
    "security-group",
    "security-group-rule",
    "service-link-virtual-interface",
    "snapshot",
    "spot-fleet-request",
    "spot-instances-request",
    "subnet",
    "subnet-cidr-reservation",
    "traffic-mirror-filter",
    "traffic-mirror-filter-rule",
    "traffic-mirror-session",
    "traffic-mirror-target",
    "transit-gateway",
    "transit-gateway-attachment",
    "transit-gateway-connect-peer",
    "transit-gateway-metering-policy",
    "transit-gateway-multicast-domain",
    "transit-gateway-policy-table",
    "transit-gateway-route-table",
    "transit-gateway-route-table-announcement",
    "verified-access-endpoint",
    "verified-access-endpoint-target",
    "verified-access-group",
    "verified-access-instance",
    "verified-access-policy",
    "verified-access-trust-provider",
    "volume",
    "vpc",
    "vpc-block-public-access-exclusion",
    "vpc-encryption-control",
    "vpc-endpoint",
    "vpc-endpoint-connection",
    "vpc-endpoint-connection-device-type",
    "vpc-endpoint-service",
    "vpc-endpoint-service-permission",
    "vpc-flow-log",
    "vpc-peering-connection",
    "vpn-concentrator",
    "vpn-connection",
    "vpn-connection-device-type",
    "vpn-gateway",
];

#[cfg(test)]
mod tests {
    use super::check_key;
    use crate::request::calls::IMPORT_SNAPSHOT;
    use crate::request::rules::testing::{codes, problems};
    use crate::request::validate::Level;
    use serde_json::{Value, json};

    fn with_tags(resource_type: &str, tags: Value) -> Value {
        json!({
            "DiskContainer": { "Format": "RAW", "Url": "s3://disks/a.raw" },
            "TagSpecifications": [{ "ResourceType": resource_type, "Tags": tags }],
        })
    }

    fn codes_of_tags(tags: Value) -> Vec<String> {
        codes(&IMPORT_SNAPSHOT, &with_tags("import-snapshot-task", tags))
    }

    #[test]
    fn lengths_are_counted_in_characters() {
        assert!(codes_of_tags(json!([{ "Key": "ü".repeat(127), "Value": "🖴".repeat(256) }])).is_empty());
        assert_eq!(codes_of_tags(json!([{ "Key": "ü".repeat(128) }])), ["text-too-long"]);
        assert_eq!(codes_of_tags(json!([{ "Key": "k", "Value": "v".repeat(257) }])), ["text-too-long"]);
    }

    #[test]
    fn the_beginning_aws_is_reserved() {
        assert_eq!(check_key("aws:x").unwrap_err().level, Level::Error);
        assert_eq!(check_key("AWS:x").unwrap_err().level, Level::Warning);
        assert_eq!(check_key("awsome"), Ok(()));
        assert_eq!(check_key("é1aws:"), Ok(()));
    }

    #[test]
    fn a_key_given_twice_is_an_error_at_the_second() {
        let tags = json!([{ "Key": "Name", "Value": "a" }, { "Key": "name" }, { "Key": "Name" }]);
        let found = problems(&IMPORT_SNAPSHOT, &with_tags("import-snapshot-task", tags));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].path, "TagSpecifications[0].Tags[2].Key");
    }

    #[test]
    fn fifty_tags_are_the_most() {
        let tags = |number: usize| (0..number).map(|n| json!({ "Key": n.to_string() })).collect::<Value>();
        assert!(codes_of_tags(tags(50)).is_empty());
        assert_eq!(codes_of_tags(tags(51)), ["too-many-tags"]);
    }

    #[test]
    fn a_real_type_is_told_from_a_misspelt_one() {
        let tags = json!([{ "Key": "Name" }]);
        assert_eq!(
            codes(&IMPORT_SNAPSHOT, &with_tags("snapshot", tags.clone())),
            ["resource-type-not-taggable-here"]
        );
        let found = problems(&IMPORT_SNAPSHOT, &with_tags("snapshto", tags));
        assert_eq!(found[0].code, "resource-type-unknown");
        assert!(found[0].message.contains("snapshot"));
    }

    #[test]
    fn a_tag_without_a_key_is_an_error_and_without_a_value_is_not() {
        assert_eq!(codes_of_tags(json!([{ "Value": "v" }])), ["missing-member"]);
        assert!(codes_of_tags(json!([{ "Key": "k" }])).is_empty());
    }

    #[test]
    fn a_list_without_tags_is_a_warning() {
        assert_eq!(codes_of_tags(json!([])), ["tag-list"]);
    }
}
