//! ImportSnapshot and DescribeImportSnapshotTasks, which describe a task with the same fields.

use super::field::{Field, Looks, Shape};
use super::small::{
    FREE, KEY, NEXT_TOKEN, SNAPSHOT_ID, SNAPSHOT_TASK_ID, TASK_STATES, URL, USER_BUCKET, tags,
};

/// The formats that AWS names; `disk_size` has the trap of the unit.
pub(super) const FORMATS: Looks = Looks::OneOf(&["VMDK", "VHD", "VHDX", "RAW", "OVA"]);

/// Documented in GiB, sent in bytes (examples and reports agree on that).
pub(super) const DISK_IMAGE_SIZE: Field = Field::new(
    "DiskImageSize",
    "diskImageSize",
    Shape::Double,
    "The size of the disk image: in bytes, though AWS's reference says GiB.",
);

pub(crate) const SNAPSHOT_TASK_DETAIL: &[Field] = &[
    Field::new("Description", "description", FREE, "The description of the disk image."),
    DISK_IMAGE_SIZE,
    Field::new("Encrypted", "encrypted", Shape::Boolean, "Whether the snapshot is encrypted."),
    Field::new("Format", "format", Shape::Text(FORMATS), "The format of the disk image."),
    Field::new("KmsKeyId", "kmsKeyId", KEY, "The KMS key the snapshot is encrypted with."),
    Field::new("Progress", "progress", Shape::Text(Looks::Percent), "How far the task is, in percent."),
    Field::new("SnapshotId", "snapshotId", SNAPSHOT_ID, "The snapshot, once there is one."),
    Field::new("Status", "status", Shape::Text(TASK_STATES), "The task's state in a word."),
    Field::new("StatusMessage", "statusMessage", FREE, "What the task is doing, or why it failed."),
    URL,
    USER_BUCKET,
];

pub(crate) const SNAPSHOT_TASK: &[Field] = &[
    Field::new("Description", "description", FREE, "The description of the task."),
    Field::new("ImportTaskId", "importTaskId", SNAPSHOT_TASK_ID, "The ID of the task."),
    Field::new(
        "SnapshotTaskDetail",
        "snapshotTaskDetail",
        Shape::Structure(SNAPSHOT_TASK_DETAIL),
        "How the task stands.",
    ),
    tags("The tags of the task; the snapshot does not inherit them."),
];

pub(super) const DESCRIBE_IMPORT_SNAPSHOT_TASKS: &[Field] = &[
    Field::new(
        "ImportSnapshotTasks",
        "importSnapshotTaskSet",
        Shape::List(SNAPSHOT_TASK),
        "The tasks that are active, or ended within the last seven days.",
    ),
    NEXT_TOKEN,
];
