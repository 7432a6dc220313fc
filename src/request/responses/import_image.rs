//! ImportImage and DescribeImportImageTasks. The description of a task has the boot mode, the answer of the call not.

use super::field::{Field, Looks, Shape};
use super::import_snapshot::{DISK_IMAGE_SIZE, FORMATS};
use super::small::{
    FREE, IMAGE_ID, IMAGE_TASK_ID, KEY, NEXT_TOKEN, SNAPSHOT_ID, TASK_STATES, URL, USER_BUCKET, tags,
};

const SNAPSHOT_DETAIL: &[Field] = &[
    Field::new("Description", "description", FREE, "The description of the disk."),
    Field::new(
        "DeviceName",
        "deviceName",
        Shape::Text(Looks::Begins(&["/dev/", "xvd", "sd"])),
        "The device under which the image has the disk.",
    ),
    DISK_IMAGE_SIZE,
    Field::new("Format", "format", Shape::Text(FORMATS), "The format of the disk image."),
    Field::new("Progress", "progress", Shape::Text(Looks::Percent), "How far the disk is, in percent."),
    Field::new("SnapshotId", "snapshotId", SNAPSHOT_ID, "The disk's snapshot, once there is one."),
    Field::new("Status", "status", Shape::Text(TASK_STATES), "The disk's state in a word."),
    Field::new("StatusMessage", "statusMessage", FREE, "What is done with the disk, or what went wrong."),
    URL,
    USER_BUCKET,
];

const ARCHITECTURE: Field = Field::new(
    "Architecture",
    "architecture",
    Shape::Text(Looks::OneOf(&["i386", "x86_64", "arm64"])),
    "The architecture of the machine.",
);
const DESCRIPTION: Field = Field::new("Description", "description", FREE, "The description of the task.");
const ENCRYPTED: Field =
    Field::new("Encrypted", "encrypted", Shape::Boolean, "Whether the image is encrypted.");
const HYPERVISOR: Field = Field::new(
    "Hypervisor",
    "hypervisor",
    Shape::Text(Looks::OneOf(&["xen"])),
    "The hypervisor the image is meant for.",
);
const IMAGE: Field = Field::new("ImageId", "imageId", IMAGE_ID, "The image (AMI), once there is one.");
const TASK: Field = Field::new("ImportTaskId", "importTaskId", IMAGE_TASK_ID, "The ID of the task.");
const KMS_KEY: Field = Field::new("KmsKeyId", "kmsKeyId", KEY, "The KMS key the image is encrypted with.");
const LICENSE_TYPE: Field = Field::new(
    "LicenseType",
    "licenseType",
    Shape::Text(Looks::OneOf(&["AWS", "BYOL", "auto"])),
    "Whose licence the system runs under: AWS's or your own.",
);
const PLATFORM: Field = Field::new(
    "Platform",
    "platform",
    Shape::Text(Looks::OneOf(&["Windows", "Linux"])),
    "The operating system's family.",
);
const PROGRESS: Field =
    Field::new("Progress", "progress", Shape::Text(Looks::Percent), "How far the task is, in percent.");
const SNAPSHOT_DETAILS: Field = Field::new(
    "SnapshotDetails",
    "snapshotDetailSet",
    Shape::List(SNAPSHOT_DETAIL),
    "The disks and their snapshots.",
);
const STATUS: Field = Field::new("Status", "status", Shape::Text(TASK_STATES), "The task's state in a word.");
const STATUS_MESSAGE: Field =
    Field::new("StatusMessage", "statusMessage", FREE, "What the task is doing, or why it failed.");
const TAGS: Field = tags("The tags of the task; image and snapshots do not inherit them.");
const LICENSE_SPECIFICATIONS: Field = Field::new(
    "LicenseSpecifications",
    "licenseSpecifications",
    Shape::List(&[Field::new(
        "LicenseConfigurationArn",
        "licenseConfigurationArn",
        Shape::Text(Looks::Begins(&["arn:"])),
        "The ARN of a licence configuration of License Manager.",
    )]),
    "The licence configurations of License Manager.",
);
const USAGE_OPERATION: Field = Field::new(
    "UsageOperation",
    "usageOperation",
    Shape::Text(Looks::Begins(&["RunInstances"])),
    "The operation under which instances are billed, such as RunInstances:0002.",
);
const BOOT_MODE: Field = Field::new(
    "BootMode",
    "bootMode",
    Shape::Text(Looks::OneOf(&["legacy-bios", "uefi", "uefi-preferred"])),
    "How the image boots.",
);

pub(super) const IMPORT_IMAGE: &[Field] = &[
    ARCHITECTURE,
    DESCRIPTION,
    ENCRYPTED,
    HYPERVISOR,
    IMAGE,
    TASK,
    KMS_KEY,
    LICENSE_TYPE,
    PLATFORM,
    PROGRESS,
    SNAPSHOT_DETAILS,
    STATUS,
    STATUS_MESSAGE,
    LICENSE_SPECIFICATIONS,
    TAGS,
    USAGE_OPERATION,
];

pub(crate) const IMAGE_TASK: &[Field] = &[
    ARCHITECTURE,
    DESCRIPTION,
    ENCRYPTED,
    HYPERVISOR,
    IMAGE,
    TASK,
    KMS_KEY,
    LICENSE_TYPE,
    PLATFORM,
    PROGRESS,
    SNAPSHOT_DETAILS,
    STATUS,
    STATUS_MESSAGE,
    TAGS,
    LICENSE_SPECIFICATIONS,
    USAGE_OPERATION,
    BOOT_MODE,
];

pub(super) const DESCRIBE_IMPORT_IMAGE_TASKS: &[Field] = &[
    Field::new(
        "ImportImageTasks",
        "importImageTaskSet",
        Shape::List(IMAGE_TASK),
        "The tasks that are active, or ended within the last seven days.",
    ),
    NEXT_TOKEN,
];
