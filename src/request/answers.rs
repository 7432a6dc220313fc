//! What a call answers, in the API's own names and the order of EC2's model.

/// A member of an answer.
#[derive(Debug)]
pub struct Field {
    /// Its name in the API: `SnapshotTaskDetail`.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
}

/// The type of an answer's member.
#[derive(Debug)]
pub enum Kind {
    /// Text.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A floating-point number.
    Double,
    /// A moment.
    Timestamp,
    /// A structure of named members.
    Structure(&'static [Field]),
    /// A list of structures.
    List(&'static [Field]),
}

const fn field(name: &'static str, kind: Kind) -> Field {
    Field { name, kind }
}

const fn text(name: &'static str) -> Field {
    field(name, Kind::Text)
}

const TAGS: Field = field("Tags", Kind::List(&[text("Key"), text("Value")]));

const NEXT_TOKEN: Field = text("NextToken");

const USER_BUCKET: Field = field("UserBucket", Kind::Structure(&[text("S3Bucket"), text("S3Key")]));

const LICENSE_SPECIFICATIONS: Field =
    field("LicenseSpecifications", Kind::List(&[text("LicenseConfigurationArn")]));

const DISK_IMAGE_SIZE: Field = field("DiskImageSize", Kind::Double);

const ENCRYPTED: Field = field("Encrypted", Kind::Boolean);

const SNAPSHOT_TASK_DETAIL: Field = field(
    "SnapshotTaskDetail",
    Kind::Structure(&[
        text("Description"),
        DISK_IMAGE_SIZE,
        ENCRYPTED,
        text("Format"),
        text("KmsKeyId"),
        text("Progress"),
        text("SnapshotId"),
        text("Status"),
        text("StatusMessage"),
        text("Url"),
        USER_BUCKET,
    ]),
);

const SNAPSHOT_DETAILS: Field = field(
    "SnapshotDetails",
    Kind::List(&[
        text("Description"),
        text("DeviceName"),
        DISK_IMAGE_SIZE,
        text("Format"),
        text("Progress"),
        text("SnapshotId"),
        text("Status"),
        text("StatusMessage"),
        text("Url"),
        USER_BUCKET,
    ]),
);

/// What ImportSnapshot answers.
pub static IMPORT_SNAPSHOT: [Field; 4] =
    [text("Description"), text("ImportTaskId"), SNAPSHOT_TASK_DETAIL, TAGS];

/// What ImportImage answers.
pub static IMPORT_IMAGE: [Field; 16] = [
    text("Architecture"),
    text("Description"),
    ENCRYPTED,
    text("Hypervisor"),
    text("ImageId"),
    text("ImportTaskId"),
    text("KmsKeyId"),
    text("LicenseType"),
    text("Platform"),
    text("Progress"),
    SNAPSHOT_DETAILS,
    text("Status"),
    text("StatusMessage"),
    LICENSE_SPECIFICATIONS,
    TAGS,
    text("UsageOperation"),
];

/// What CopySnapshot answers.
pub static COPY_SNAPSHOT: [Field; 2] = [TAGS, text("SnapshotId")];

/// What RegisterImage answers.
pub static REGISTER_IMAGE: [Field; 1] = [text("ImageId")];

/// What DescribeImportSnapshotTasks answers.
pub static DESCRIBE_IMPORT_SNAPSHOT_TASKS: [Field; 2] = [
    field(
        "ImportSnapshotTasks",
        Kind::List(&[text("Description"), text("ImportTaskId"), SNAPSHOT_TASK_DETAIL, TAGS]),
    ),
    NEXT_TOKEN,
];

/// What DescribeImportImageTasks answers.
pub static DESCRIBE_IMPORT_IMAGE_TASKS: [Field; 2] = [
    field(
        "ImportImageTasks",
        Kind::List(&[
            text("Architecture"),
            text("Description"),
            ENCRYPTED,
            text("Hypervisor"),
            text("ImageId"),
            text("ImportTaskId"),
            text("KmsKeyId"),
            text("LicenseType"),
            text("Platform"),
            text("Progress"),
            SNAPSHOT_DETAILS,
            text("Status"),
            text("StatusMessage"),
            TAGS,
            LICENSE_SPECIFICATIONS,
            text("UsageOperation"),
            text("BootMode"),
        ]),
    ),
    NEXT_TOKEN,
];

/// What CancelImportTask answers.
pub static CANCEL_IMPORT_TASK: [Field; 3] = [text("ImportTaskId"), text("PreviousState"), text("State")];

/// What DescribeSnapshots answers.
pub static DESCRIBE_SNAPSHOTS: [Field; 2] = [
    NEXT_TOKEN,
    field(
        "Snapshots",
        Kind::List(&[
            text("OwnerAlias"),
            text("OutpostArn"),
            TAGS,
            text("StorageTier"),
            field("RestoreExpiryTime", Kind::Timestamp),
            text("SseType"),
            text("AvailabilityZone"),
            text("TransferType"),
            field("CompletionDurationMinutes", Kind::Integer),
            field("CompletionTime", Kind::Timestamp),
            field("FullSnapshotSizeInBytes", Kind::Integer),
            text("SnapshotId"),
            text("VolumeId"),
            text("State"),
            text("StateMessage"),
            field("StartTime", Kind::Timestamp),
            text("Progress"),
            text("OwnerId"),
            text("Description"),
            field("VolumeSize", Kind::Integer),
            ENCRYPTED,
            text("KmsKeyId"),
            text("DataEncryptionKeyId"),
        ]),
    ),
];
