//! The names of the API's parameters for a person.

use super::form::FormTexts;

/// By path without indices, or by the path's last member where it means the same everywhere. A parameter that is not
/// here is shown by its own name.
const LABELS: &[(&str, &str)] = &[
    ("ImportSnapshot/Description", "Description of the task"),
    ("ImportImage/Description", "Description of the task"),
    ("CopySnapshot/Description", "Description of the copy"),
    ("ImportSnapshot/TagSpecifications", "Tags on the import task"),
    ("ImportImage/TagSpecifications", "Tags on the import task"),
    ("CopySnapshot/TagSpecifications", "Tags on the new snapshot"),
    ("RegisterImage/TagSpecifications", "Tags on the image"),
    ("ImportSnapshot/Encrypted", "Encrypt the snapshot"),
    ("ImportImage/Encrypted", "Encrypt the image's snapshots"),
    ("CopySnapshot/Encrypted", "Encrypt the copy"),
    ("RegisterImage/Name", "Name of the image"),
    ("DiskContainer", "The image in S3"),
    ("DiskContainers", "Disks"),
    ("DiskContainer.Description", "Description of the disk"),
    ("DiskContainers.Description", "Description of the disk"),
    ("Filters", "Filters"),
    ("UserBucket", "Bucket and key"),
    ("S3Bucket", "Bucket"),
    ("S3Key", "Key"),
    ("Url", "Address"),
    ("SnapshotId", "Snapshot"),
    ("SnapshotIds", "Snapshots"),
    ("DeviceName", "Device"),
    ("KmsKeyId", "KMS key"),
    ("RoleName", "Role"),
    ("ClientToken", "Client token"),
    ("DryRun", "Dry run: only check the permissions"),
    ("ClientData", "About the upload"),
    ("ClientData.Comment", "Comment on the upload"),
    ("ClientData.UploadStart", "Upload began"),
    ("ClientData.UploadEnd", "Upload ended"),
    ("ClientData.UploadSize", "Uploaded size, in GiB"),
    ("Architecture", "Architecture"),
    ("BootMode", "Boot mode"),
    ("LicenseType", "Licence"),
    ("LicenseSpecifications", "License Manager configurations"),
    ("LicenseConfigurationArn", "Configuration"),
    ("UsageOperation", "Usage operation"),
    ("SourceRegion", "Region of the source"),
    ("SourceSnapshotId", "Snapshot to copy"),
    ("DestinationRegion", "Destination Region"),
    ("DestinationOutpostArn", "Destination Outpost"),
    ("DestinationAvailabilityZone", "Destination Availability Zone"),
    ("CompletionDurationMinutes", "Complete within, in minutes"),
    ("PresignedUrl", "Presigned URL"),
    ("ImportTaskId", "Import task"),
    ("ImportTaskIds", "Import tasks"),
    ("CancelReason", "Reason"),
    ("BlockDeviceMappings", "Block devices"),
    ("RootDeviceName", "Root device"),
    ("EnaSupport", "Enhanced networking (ENA)"),
    ("VirtualizationType", "Virtualisation"),
    ("SriovNetSupport", "Enhanced networking (Intel 82599 VF)"),
    ("TpmSupport", "TPM"),
    ("ImdsSupport", "Instance metadata service"),
    ("UefiData", "UEFI variables"),
    ("MaxResults", "Results a page"),
    ("NextToken", "Token of the next page"),
];

/// What one item of a list is called, by the list's member.
const ITEMS: &[(&str, &str)] = &[
    ("DiskContainers", "Disk"),
    ("Filters", "Filter"),
    ("Values", "Value"),
    ("Tags", "Tag"),
    ("TagSpecifications", "Tagged resource"),
    ("SnapshotIds", "Snapshot"),
    ("ImportTaskIds", "Import task"),
    ("LicenseSpecifications", "License Manager configuration"),
    ("BlockDeviceMappings", "Block device"),
    ("OwnerIds", "Owner"),
    ("RestorableByUserIds", "Account"),
    ("BillingProducts", "Billing product"),
];

/// The name of the parameter at `path` of `call`.
pub fn label(texts: &FormTexts, call: &str, path: &str) -> String {
    let plain = without_indices(path);
    let last = plain.rsplit('.').next().unwrap_or_default();
    let of_call = format!("{call}/{plain}");
    let found = [of_call.as_str(), plain.as_str(), last]
        .into_iter()
        .find_map(|name| LABELS.iter().find(|(known, _)| *known == name));
    found.map_or(last, |(_, label)| texts.translated(label)).to_owned()
}

/// The name of one item of the list at `path` of `call`.
pub fn item_label(texts: &FormTexts, call: &str, path: &str) -> String {
    item(path).map_or_else(|| label(texts, call, path), |item| texts.translated(item).to_owned())
}

fn item(path: &str) -> Option<&'static str> {
    let plain = without_indices(path);
    let last = plain.rsplit('.').next().unwrap_or_default();
    ITEMS.iter().find(|(known, _)| *known == last).map(|(_, item)| *item)
}

/// The name of the parameter at `path` of `call`, after the items of lists that it lies in: `Disk 2, Bucket`. Where
/// `count` says that a list has one item, it is not named.
pub fn label_in_items(texts: &FormTexts, call: &str, path: &str, count: impl Fn(&str) -> usize) -> String {
    let mut names = Vec::new();
    let mut is_last_named = false;
    for (open, _) in path.match_indices('[') {
        let (list, rest) = (&path[..open], &path[open..]);
        let index =
            rest.trim_start_matches('[').split(']').next().and_then(|index| index.parse::<usize>().ok());
        let index = index.filter(|_| count(list) > 1);
        is_last_named = index.is_some() && item(list).is_some();
        if let (Some(index), Some(item)) = (index, item(list)) {
            names.push(format!("{} {}", texts.translated(item), index.saturating_add(1)));
        }
    }
    if !is_last_named || !path.ends_with(']') {
        names.push(label(texts, call, path));
    }
    names.join(", ")
}

fn without_indices(path: &str) -> String {
    let mut plain = String::new();
    let mut inside = false;
    for character in path.chars() {
        match character {
            '[' => inside = true,
            ']' => inside = false,
            _ if inside => {}
            _ => plain.push(character),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{item_label, label, label_in_items};
    use crate::text::form::ENGLISH;

    #[test]
    fn the_call_s_own_name_comes_before_the_general_one() {
        assert_eq!(label(&ENGLISH, "ImportSnapshot", "Encrypted"), "Encrypt the snapshot");
        assert_eq!(label(&ENGLISH, "ImportImage", "DiskContainers[3].UserBucket.S3Bucket"), "Bucket");
        assert_eq!(label(&ENGLISH, "RegisterImage", "RamdiskId"), "RamdiskId");
        assert_eq!(item_label(&ENGLISH, "ImportImage", "DiskContainers"), "Disk");
    }

    #[test]
    fn the_items_of_a_list_are_told_apart_where_there_are_several() {
        let of = |path: &str, count: usize| label_in_items(&ENGLISH, "ImportImage", path, |_| count);
        assert_eq!(of("DiskContainers[1].UserBucket.S3Bucket", 2), "Disk 2, Bucket");
        assert_eq!(of("DiskContainers[0].UserBucket.S3Bucket", 1), "Bucket");
        assert_eq!(of("DiskContainers[0]", 2), "Disk 1");
        let filters = |list: &str| if list == "Filters" { 2 } else { 1 };
        let value = label_in_items(&ENGLISH, "DescribeSnapshots", "Filters[1].Values[0]", filters);
        assert_eq!(value, "Filter 2, Values");
        assert_eq!(of("DiskContainers[0]", 1), "Disks");
        assert_eq!(of("TagSpecifications[0].Tags[2].Key", 3), "Tagged resource 1, Tag 3, Key");
        assert_eq!(of("Description", 0), "Description of the task");
    }
}
