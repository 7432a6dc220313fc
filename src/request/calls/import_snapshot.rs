//! ImportSnapshot: a disk image becomes an EBS snapshot.

use super::client_data::CLIENT_DATA;
use super::disk_container::{DESCRIPTION, URL, USER_BUCKET};
use super::encryption::{ENCRYPTED, KMS_KEY_ID};
use super::tags::OF_IMPORT_SNAPSHOT_TASK;
use super::task::{CLIENT_TOKEN, DRY_RUN, ROLE_NAME};
use crate::request::rules::{client_data, disks, kms, tags, url};
use crate::request::shape::{Call, Group, Member, Shape, Special, Text};
use crate::request::validate::Level;

/// The table of ImportSnapshot.
pub static IMPORT_SNAPSHOT: Call = Call {
    name: "ImportSnapshot",
    cli: "import-snapshot",
    python: "import_snapshot",
    help: "Makes an EBS snapshot of one disk image in S3, without looking at what is on the disk.",
    page: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportSnapshot.html",
    members: &[
        CLIENT_DATA,
        CLIENT_TOKEN,
        Member {
            example: "Data disk of web-1",
            group: Group::Main,
            ..Member::new(
                "Description",
                "Description",
                Shape::Text(&Text::FREE),
                "A description of the import task, which the snapshot takes over.",
            )
        },
        Member {
            required: true,
            group: Group::Main,
            ..Member::new(
                "DiskContainer",
                "DiskContainer",
                Shape::Structure(&DISK_CONTAINER),
                "The disk image: its format, and where it lies in S3 (UserBucket or Url, one of the two).",
            )
        },
        DRY_RUN,
        ENCRYPTED,
        KMS_KEY_ID,
        ROLE_NAME,
        OF_IMPORT_SNAPSHOT_TASK,
    ],
    rules: &[
        disks::ONE_SOURCE,
        disks::FORMAT,
        url::IN_THE_REGION,
        url::NOT_EXPIRED,
        kms::NEEDS_ENCRYPTED,
        kms::IN_THE_REGION,
        tags::NO_DUPLICATES,
        tags::NOT_TOO_MANY,
        tags::ONE_LIST_A_RESOURCE,
        client_data::ENDS_AFTER_START,
        client_data::SIZE_IN_GIB,
    ],
};

const DISK_CONTAINER: [Member; 4] = [
    DESCRIPTION,
    Member {
        example: "VMDK",
        group: Group::Main,
        ..Member::new(
            "Format",
            "Format",
            Shape::Text(&FORMAT),
            "The image's format: VHD, VMDK (stream-optimized) or RAW.",
        )
    },
    URL,
    USER_BUCKET,
];

const FORMAT: Text = Text {
    values: &["VHD", "VMDK", "RAW"],
    any_case: true,
    special: &[
        Special {
            value: "VHDX",
            level: Level::Warning,
            code: "vhdx-doubtful",
            message: "AWS's pages disagree: the user guide takes VHDX here, the API's own list does not. If it is refused, convert the image to RAW or VMDK.",
        },
        Special {
            value: "OVA",
            level: Level::Error,
            code: "ova-needs-import-image",
            message: "ImportSnapshot takes a single disk, not an OVA: take the disk out of it, or use ImportImage.",
        },
    ],
    ..Text::FREE
};
