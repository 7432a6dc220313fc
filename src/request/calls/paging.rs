//! Members of the calls that list things: filters and pages.

use crate::request::shape::{Group, Member, Shape, Text};

/// The structure of one filter.
pub(super) const FILTER: Shape = Shape::Structure(&[
    Member {
        example: "task-state",
        group: Group::Main,
        ..Member::new("Name", "Name", Shape::Text(&Text::FREE), "What to filter by.")
    },
    Member {
        example: "active",
        group: Group::Main,
        ..Member::new(
            "Values",
            "Value",
            Shape::List(&Shape::Text(&Text::FREE)),
            "The values that pass, upper and lower case told apart; any one of them is enough.",
        )
    },
]);

/// `MaxResults`, where AWS states no bounds.
pub(super) const MAX_RESULTS: Member = Member {
    example: "100",
    ..Member::new(
        "MaxResults",
        "MaxResults",
        Shape::Integer { minimum: 1, maximum: i32::MAX as i64 },
        "The most items in one answer; the rest is asked for with NextToken.",
    )
};

/// `NextToken`.
pub(super) const NEXT_TOKEN: Member = Member::new(
    "NextToken",
    "NextToken",
    Shape::Text(&Text::FREE),
    "The token in the answer before, to go on where it ended.",
);
