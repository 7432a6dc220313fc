//! DescribeSnapshots. Two fields have a wire name of another meaning than their own: `State` is `status` in XML.

use super::field::{Field, Looks, Shape};
use super::small::{FREE, KEY, NEXT_TOKEN, SNAPSHOT_ID, tags};

pub(crate) const SNAPSHOT: &[Field] = &[
    Field::new(
        "OwnerAlias",
        "ownerAlias",
        Shape::Text(Looks::OneOf(&["amazon", "self", "aws-marketplace"])),
        "The owner's name, where Amazon keeps one.",
    ),
    Field::new(
        "OutpostArn",
        "outpostArn",
        Shape::Text(Looks::Begins(&["arn:"])),
        "The Outpost the snapshot is stored on.",
    ),
    tags("The tags of the snapshot."),
    Field::new(
        "StorageTier",
        "storageTier",
        Shape::Text(Looks::OneOf(&["archive", "standard"])),
        "Whether the snapshot is archived; an archived one must be restored before use.",
    ),
    Field::new(
        "RestoreExpiryTime",
        "restoreExpiryTime",
        Shape::Timestamp,
        "When a snapshot that is restored for a time goes back to the archive.",
    ),
    Field::new(
        "SseType",
        "sseType",
        Shape::Text(Looks::OneOf(&["sse-ebs", "sse-kms", "none"])),
        "Reserved by AWS.",
    ),
    Field::new(
        "AvailabilityZone",
        "availabilityZone",
        FREE,
        "The Availability Zone or Local Zone the snapshot is stored in.",
    ),
    Field::new(
        "TransferType",
        "transferType",
        Shape::Text(Looks::OneOf(&["time-based", "standard"])),
        "For a copy: whether it has a time in which it must end.",
    ),
    Field::new(
        "CompletionDurationMinutes",
        "completionDurationMinutes",
        Shape::Integer,
        "For a copy with a time in which it must end: that time, in minutes.",
    ),
    Field::new("CompletionTime", "completionTime", Shape::Timestamp, "When the snapshot was completed."),
    Field::new(
        "FullSnapshotSizeInBytes",
        "fullSnapshotSizeInBytes",
        Shape::Long,
        "The size of all the blocks the snapshot needs, in bytes.",
    ),
    Field::new("SnapshotId", "snapshotId", SNAPSHOT_ID, "The ID of the snapshot."),
    Field::new(
        "VolumeId",
        "volumeId",
        Shape::Text(Looks::Begins(&["vol-"])),
        "The volume the snapshot was made of; of no meaning for an import or a copy.",
    ),
    Field::new(
        "State",
        "status",
        Shape::Text(Looks::OneOf(&["pending", "completed", "error", "recoverable", "recovering"])),
        "The snapshot's state in a word.",
    ),
    Field::new("StateMessage", "statusMessage", FREE, "Why an encrypted copy failed."),
    Field::new("StartTime", "startTime", Shape::Timestamp, "When the snapshot was begun."),
    Field::new("Progress", "progress", Shape::Text(Looks::Percent), "How far the snapshot is, in percent."),
    Field::new("OwnerId", "ownerId", Shape::Text(Looks::Account), "The account that owns the snapshot."),
    Field::new("Description", "description", FREE, "The description of the snapshot."),
    Field::new("VolumeSize", "volumeSize", Shape::Integer, "The size of the volume, in GiB."),
    Field::new("Encrypted", "encrypted", Shape::Boolean, "Whether the snapshot is encrypted."),
    Field::new("KmsKeyId", "kmsKeyId", KEY, "The ARN of the KMS key the snapshot is encrypted with."),
    Field::new(
        "DataEncryptionKeyId",
        "dataEncryptionKeyId",
        FREE,
        "The ID of the data key the blocks are encrypted with.",
    ),
];

pub(super) const DESCRIBE_SNAPSHOTS: &[Field] =
    &[NEXT_TOKEN, Field::new("Snapshots", "snapshotSet", Shape::List(SNAPSHOT), "The snapshots.")];
