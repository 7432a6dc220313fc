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
    let plain = without_indices(path);
    let last = plain.rsplit('.').next().unwrap_or_default();
    match ITEMS.iter().find(|(known, _)| *known == last) {
        Some((_, item)) => texts.translated(item).to_owned(),
        None => label(texts, call, path),
    }
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
    use super::{item_label, label};
    use crate::text::form::ENGLISH;

    #[test]
    fn the_call_s_own_name_comes_before_the_general_one() {
        assert_eq!(label(&ENGLISH, "ImportSnapshot", "Encrypted"), "Encrypt the snapshot");
        assert_eq!(label(&ENGLISH, "ImportImage", "DiskContainers[3].UserBucket.S3Bucket"), "Bucket");
        assert_eq!(label(&ENGLISH, "RegisterImage", "RamdiskId"), "RamdiskId");
        assert_eq!(item_label(&ENGLISH, "ImportImage", "DiskContainers"), "Disk");
    }
}
