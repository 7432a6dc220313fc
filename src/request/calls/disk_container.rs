//! Where a disk image lies: the members that the disk containers of both imports share.

use crate::request::rules::{bucket, url};
use crate::request::shape::{Group, Member, Shape, Text};

/// `Description` of one disk.
pub(super) const DESCRIPTION: Member = Member {
    example: "Boot disk of web-1",
    ..Member::new("Description", "Description", Shape::Text(&Text::FREE), "A description of this disk.")
};

/// `Url` of the image.
pub(super) const URL: Member = Member {
    example: "s3://my-bucket/vms/web-1.vmdk",
    secret: true,
    group: Group::Main,
    ..Member::new(
        "Url",
        "Url",
        Shape::Text(&Text { check: Some(url::check), ..Text::FREE }),
        "The image's address in S3, instead of UserBucket: s3://bucket/key, or a https URL, which must be signed unless the object is public.",
    )
};

/// `UserBucket`: bucket and key.
pub(super) const USER_BUCKET: Member = Member {
    group: Group::Main,
    ..Member::new(
        "UserBucket",
        "UserBucket",
        Shape::Structure(&USER_BUCKET_MEMBERS),
        "The bucket and key of the image in S3; the bucket must be in the Region of the call.",
    )
};

const USER_BUCKET_MEMBERS: [Member; 2] = [
    Member {
        required: true,
        example: "my-bucket",
        ..Member::new(
            "S3Bucket",
            "S3Bucket",
            Shape::Text(&Text { check: Some(bucket::check_bucket), ..Text::FREE }),
            "The bucket's name: 3 to 63 small letters, digits, dots and hyphens.",
        )
    },
    Member {
        required: true,
        example: "vms/web-1.vmdk",
        ..Member::new(
            "S3Key",
            "S3Key",
            Shape::Text(&Text { check: Some(bucket::check_key), ..Text::FREE }),
            "The object's key, folders included: at most 1,024 bytes in UTF-8.",
        )
    },
];
