//! CancelImportTask: an import that is under way is given up.

use super::task::DRY_RUN;
use crate::request::rules::ids;
use crate::request::shape::{Call, Group, Member, Shape, Text};

/// The table of CancelImportTask.
pub static CANCEL_IMPORT_TASK: Call = Call {
    name: "CancelImportTask",
    cli: "cancel-import-task",
    python: "cancel_import_task",
    help: "Gives up an import, of a snapshot or an image, that is still under way.",
    page: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CancelImportTask.html",
    members: &[
        Member {
            example: "Wrong image",
            group: Group::Main,
            ..Member::new(
                "CancelReason",
                "CancelReason",
                Shape::Text(&Text::FREE),
                "Why it is given up; kept with the task.",
            )
        },
        DRY_RUN,
        Member {
            required: true,
            example: "import-snap-0123456789abcdef0",
            ..Member::new(
                "ImportTaskId",
                "ImportTaskId",
                Shape::Text(&Text { check: Some(ids::check_import_task), ..Text::FREE }),
                "The task: import-snap- or import-ami- and 8 or 17 digits and letters.",
            )
        },
    ],
    rules: &[],
};
