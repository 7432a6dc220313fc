//! DescribeImportImageTasks: how far the tasks of ImportImage are.

use super::paging::{FILTER, MAX_RESULTS, NEXT_TOKEN};
use super::task::DRY_RUN;
use crate::request::rules::{filters, ids};
use crate::request::shape::{Call, Group, Member, Shape, Text};

/// The table of DescribeImportImageTasks.
pub static DESCRIBE_IMPORT_IMAGE_TASKS: Call = Call {
    name: "DescribeImportImageTasks",
    cli: "describe-import-image-tasks",
    python: "describe_import_image_tasks",
    help: "Says how far the tasks of ImportImage are. Ask within a week: older ones are no longer listed.",
    page: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImportImageTasks.html",
    members: &[
        DRY_RUN,
        Member::new(
            "Filters",
            "Filters",
            Shape::List(&FILTER),
            "Which tasks to list, such as those whose task-state is active.",
        ),
        Member {
            example: "import-ami-0123456789abcdef0",
            group: Group::Main,
            ..Member::new(
                "ImportTaskIds",
                "ImportTaskId",
                Shape::List(&Shape::Text(&Text { check: Some(ids::check_image_task), ..Text::FREE })),
                "The tasks asked for: import-ami- and 8 or 17 digits and letters; all, if left out.",
            )
        },
        MAX_RESULTS,
        NEXT_TOKEN,
    ],
    rules: &[filters::NAMED, filters::OF_IMAGE_TASKS],
};
