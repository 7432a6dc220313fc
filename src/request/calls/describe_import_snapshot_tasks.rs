//! DescribeImportSnapshotTasks: how far the tasks of ImportSnapshot are.

use super::paging::{FILTER, MAX_RESULTS, NEXT_TOKEN};
use super::task::DRY_RUN;
use crate::request::rules::{filters, ids};
use crate::request::shape::{Call, Group, Member, Shape, Text};

/// The table of DescribeImportSnapshotTasks.
pub static DESCRIBE_IMPORT_SNAPSHOT_TASKS: Call = Call {
    name: "DescribeImportSnapshotTasks",
    cli: "describe-import-snapshot-tasks",
    python: "describe_import_snapshot_tasks",
    help: "Says how far the tasks of ImportSnapshot are. Ask within a week: older ones are no longer listed.",
    page: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImportSnapshotTasks.html",
    members: &[
        DRY_RUN,
        Member::new(
            "Filters",
            "Filters",
            Shape::List(&FILTER),
            "Which tasks to list, such as those whose task-state is active.",
        ),
        Member {
            example: "import-snap-0123456789abcdef0",
            group: Group::Main,
            ..Member::new(
                "ImportTaskIds",
                "ImportTaskId",
                Shape::List(&Shape::Text(&Text { check: Some(ids::check_snapshot_task), ..Text::FREE })),
                "The tasks asked for: import-snap- and 8 or 17 digits and letters; all, if left out.",
            )
        },
        MAX_RESULTS,
        NEXT_TOKEN,
    ],
    rules: &[filters::NAMED],
};
