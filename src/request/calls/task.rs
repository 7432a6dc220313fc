//! Members about the call or the task it starts, not about what is imported.

use crate::request::rules::names;
use crate::request::shape::{Member, Shape, Text};

/// `ClientToken` of either import.
pub(super) const CLIENT_TOKEN: Member = Member {
    example: "1b4e28ba-2fa1-11d2-883f-0016d3cca427",
    ..Member::new(
        "ClientToken",
        "ClientToken",
        Shape::Text(&Text { check: Some(names::check_client_token), ..Text::FREE }),
        "A word of yours, at most 64 ASCII characters, by which AWS recognises a repeated request and starts no second task.",
    )
};

/// `DryRun` of every call.
pub(super) const DRY_RUN: Member = Member::new(
    "DryRun",
    "DryRun",
    Shape::Boolean,
    "Only ask whether you may: the answer is the error DryRunOperation if so, and UnauthorizedOperation if not.",
);

/// `RoleName` of either import.
pub(super) const ROLE_NAME: Member = Member {
    example: "vmimport",
    ..Member::new(
        "RoleName",
        "RoleName",
        Shape::Text(&Text { check: Some(names::check_role), ..Text::FREE }),
        "The name of the IAM role by which VM Import/Export reads the image; vmimport unless another is named.",
    )
};
