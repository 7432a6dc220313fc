//! DescribeSnapshots: which snapshots there are, and whether they are complete.

use super::paging::{FILTER, NEXT_TOKEN};
use super::task::DRY_RUN;
use crate::request::rules::{filters, ids};
use crate::request::shape::{Call, Group, Member, Shape, Text};

/// The table of DescribeSnapshots.
pub static DESCRIBE_SNAPSHOTS: Call = Call {
    name: "DescribeSnapshots",
    cli: "describe-snapshots",
    python: "describe_snapshots",
    help: "Lists snapshots, and says whether they are complete.",
    page: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html",
    members: &[
        Member {
            example: "100",
            ..Member::new(
                "MaxResults",
                "MaxResults",
                Shape::Integer { minimum: 5, maximum: i32::MAX as i64 },
                "The most snapshots in one answer, at least 5; AWS gives no more than 1,000 at once.",
            )
        },
        NEXT_TOKEN,
        Member {
            example: "self",
            group: Group::Main,
            ..Member::new(
                "OwnerIds",
                "Owner",
                Shape::List(&Shape::Text(&Text { check: Some(ids::check_owner), ..Text::FREE })),
                "Whose snapshots: self, amazon, or the twelve digits of an account. Without it every public snapshot is listed.",
            )
        },
        Member {
            example: "111122223333",
            ..Member::new(
                "RestorableByUserIds",
                "RestorableBy",
                Shape::List(&Shape::Text(&Text::FREE)),
                "The accounts that may make volumes of the snapshots.",
            )
        },
        Member {
            example: "snap-0123456789abcdef0",
            group: Group::Main,
            ..Member::new(
                "SnapshotIds",
                "SnapshotId",
                Shape::List(&Shape::Text(&Text { check: Some(ids::check_snapshot), ..Text::FREE })),
                "The snapshots asked for: snap- and 8 or 17 hexadecimal digits.",
            )
        },
        DRY_RUN,
        Member::new(
            "Filters",
            "Filter",
            Shape::List(&FILTER),
            "Which snapshots to list, such as those whose status is completed.",
        ),
    ],
    rules: &[filters::NAMED],
};
