//! CopySnapshot: a snapshot is copied to a Region, an Outpost or a Local Zone.

use super::encryption::KMS_KEY_ID;
use super::tags::OF_SNAPSHOT;
use super::task::DRY_RUN;
use crate::request::regions;
use crate::request::rules::{copy, ids, kms, tags};
use crate::request::shape::{Call, Group, Member, Shape, Text};

/// The table of CopySnapshot.
pub static COPY_SNAPSHOT: Call = Call {
    name: "CopySnapshot",
    cli: "copy-snapshot",
    python: "copy_snapshot",
    help: "Copies a snapshot into the Region that the call is sent to, or to an Outpost or Local Zone of that Region. The call has no client token: repeating it makes a second copy.",
    page: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopySnapshot.html",
    members: &[
        Member {
            example: "web-1, copied from us-west-2",
            group: Group::Main,
            ..Member::new(
                "Description",
                "Description",
                Shape::Text(&Text::FREE),
                "A description of the new snapshot.",
            )
        },
        Member {
            example: "arn:aws:outposts:us-west-2:111122223333:outpost/op-0123456789abcdef0",
            ..Member::new(
                "DestinationOutpostArn",
                "DestinationOutpostArn",
                Shape::Text(&Text { check: Some(copy::check_outpost_arn), ..Text::FREE }),
                "The Outpost to copy to, which must belong to the Region the snapshot is in. Nothing is copied from an Outpost.",
            )
        },
        Member {
            example: "us-east-1",
            deprecated: "AWS no longer needs it: the copy is made in the Region the call is sent to.",
            group: Group::Beside("PresignedUrl"),
            ..Member::new(
                "DestinationRegion",
                "DestinationRegion",
                Shape::Text(&Text {
                    check: Some(regions::check),
                    suggestions: || regions::names().collect(),
                    ..Text::FREE
                }),
                "The Region of the copy as the PresignedUrl names it; of no use without one.",
            )
        },
        Member {
            group: Group::Main,
            ..Member::new(
                "Encrypted",
                "Encrypted",
                Shape::Boolean,
                "True, to encrypt the copy of an unencrypted snapshot; a copy of an encrypted one is encrypted anyway. It cannot be false.",
            )
        },
        KMS_KEY_ID,
        Member {
            example: "https://ec2.us-west-2.amazonaws.com/?Action=CopySnapshot&…",
            secret: true,
            deprecated: "The AWS clients sign one by themselves, and AWS no longer needs it.",
            ..Member::new(
                "PresignedUrl",
                "PresignedUrl",
                Shape::Text(&Text { check: Some(copy::check_presigned_url), ..Text::FREE }),
                "A CopySnapshot call to the source Region with SourceRegion, SourceSnapshotId and DestinationRegion, signed in its query (SigV4); formerly needed to copy an encrypted snapshot by the Query API.",
            )
        },
        Member {
            required: true,
            example: "us-west-2",
            ..Member::new(
                "SourceRegion",
                "SourceRegion",
                Shape::Text(&Text {
                    check: Some(regions::check),
                    suggestions: || regions::names().collect(),
                    ..Text::FREE
                }),
                "The Region the snapshot is in.",
            )
        },
        Member {
            required: true,
            example: "snap-0123456789abcdef0",
            ..Member::new(
                "SourceSnapshotId",
                "SourceSnapshotId",
                Shape::Text(&Text { check: Some(ids::check_snapshot), ..Text::FREE }),
                "The snapshot to copy: snap- and 8 or 17 hexadecimal digits.",
            )
        },
        OF_SNAPSHOT,
        Member {
            example: "60",
            since: "2024",
            ..Member::new(
                "CompletionDurationMinutes",
                "CompletionDurationMinutes",
                Shape::Integer { minimum: 15, maximum: copy::LONGEST },
                "The time within which the copy must be complete: 15 to 2,880 minutes in steps of 15, at a price. One copy moves at most 500 MiB a second. Not for Outposts and Local Zones.",
            )
        },
        Member {
            example: "us-west-2-lax-1a",
            since: "2025",
            ..Member::new(
                "DestinationAvailabilityZone",
                "DestinationAvailabilityZone",
                Shape::Text(&Text { check: Some(copy::check_local_zone), ..Text::FREE }),
                "The Local Zone to copy to, such as us-west-2-lax-1a, of the Region the call is sent to.",
            )
        },
        DRY_RUN,
    ],
    rules: &[
        copy::NEVER_UNENCRYPTED,
        copy::SAME_PARTITION,
        copy::OUTPOST,
        copy::LOCAL_ZONE,
        copy::DURATION_IN_STEPS,
        copy::DURATION_LONG_ENOUGH,
        copy::DESTINATION_REGION,
        copy::PRESIGNED_URL,
        copy::NOT_EXPIRED,
        kms::WANTS_ENCRYPTED,
        kms::IN_THE_REGION,
        tags::NO_DUPLICATES,
        tags::NOT_TOO_MANY,
        tags::ONE_LIST_A_RESOURCE,
    ],
};
