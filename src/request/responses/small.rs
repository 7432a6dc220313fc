//! Answers of a few fields: CopySnapshot, RegisterImage, CancelImportTask; and what several answers share.

use super::field::{Field, Looks, Shape};

/// The states of an import task that AWS's user guide names.
pub(super) const TASK_STATES: Looks = Looks::OneOf(&[
    "active",
    "pending",
    "validating",
    "validated",
    "updating",
    "converting",
    "completed",
    "cancelling",
    "cancelled",
    "deleting",
    "deleted",
    "error",
]);

pub(super) const SNAPSHOT_ID: Shape = Shape::Text(Looks::Begins(&["snap-"]));
pub(super) const IMAGE_ID: Shape = Shape::Text(Looks::Begins(&["ami-"]));
pub(super) const SNAPSHOT_TASK_ID: Shape = Shape::Text(Looks::Begins(&["import-snap-"]));
pub(super) const IMAGE_TASK_ID: Shape = Shape::Text(Looks::Begins(&["import-ami-"]));
const TASK_ID: Shape = Shape::Text(Looks::Begins(&["import-snap-", "import-ami-"]));
pub(super) const KEY: Shape = Shape::Text(Looks::Key);
pub(super) const FREE: Shape = Shape::Text(Looks::Free);

const TAG: &[Field] = &[
    Field::new("Key", "key", FREE, "The tag's key; upper and lower case are told apart."),
    Field::new("Value", "value", FREE, "The tag's value."),
];

/// A list of tags.
pub(super) const fn tags(help: &'static str) -> Field {
    Field::new("Tags", "tagSet", Shape::List(TAG), help)
}

/// The token of a list that goes on.
pub(super) const NEXT_TOKEN: Field = Field::new(
    "NextToken",
    "nextToken",
    FREE,
    "There is more: the same call with this token gives the next page.",
);

/// The object in S3 that a disk was read from.
pub(super) const USER_BUCKET: Field = Field::new(
    "UserBucket",
    "userBucket",
    Shape::Structure(&[
        Field::new("S3Bucket", "s3Bucket", FREE, "The bucket the disk image is read from."),
        Field::new("S3Key", "s3Key", FREE, "The key of the disk image in the bucket."),
    ]),
    "The object in S3 that the disk image is read from.",
);

/// The address that a disk was read from.
pub(super) const URL: Field = Field {
    secret: true,
    ..Field::new(
        "Url",
        "url",
        Shape::Text(Looks::Begins(&["https://", "http://", "s3://"])),
        "The address the disk image is read from; a signature in it is not shown.",
    )
};

pub(super) const COPY_SNAPSHOT: &[Field] = &[
    tags("The tags that the copy was given."),
    Field::new("SnapshotId", "snapshotId", SNAPSHOT_ID, "The ID of the copy, which is still being made."),
];

pub(super) const REGISTER_IMAGE: &[Field] =
    &[Field::new("ImageId", "imageId", IMAGE_ID, "The ID of the image (AMI) that was registered.")];

pub(super) const CANCEL_IMPORT_TASK: &[Field] = &[
    Field::new("ImportTaskId", "importTaskId", TASK_ID, "The ID of the task that is cancelled."),
    Field::new("PreviousState", "previousState", Shape::Text(TASK_STATES), "The task's state before."),
    Field::new("State", "state", Shape::Text(TASK_STATES), "The task's state now."),
];
