//! `ClientData`: what the client says about the upload.

use crate::request::shape::{Group, Member, Shape, Text};

/// `ClientData` of either import.
pub(super) const CLIENT_DATA: Member = Member::new(
    "ClientData",
    "ClientData",
    Shape::Structure(&MEMBERS),
    "What you want to remember about the upload; AWS keeps it with the task and does not act on it.",
);

const MEMBERS: [Member; 4] = [
    Member {
        example: "Uploaded from the branch office",
        group: Group::Main,
        ..Member::new("Comment", "Comment", Shape::Text(&Text::FREE), "A remark of yours about the upload.")
    },
    Member {
        example: "2026-01-31T13:00:00Z",
        group: Group::Main,
        ..Member::new(
            "UploadEnd",
            "UploadEnd",
            Shape::Timestamp,
            "When the upload ended: ISO 8601 with an offset or Z, or seconds since 1970.",
        )
    },
    Member {
        example: "12.5",
        group: Group::Main,
        ..Member::new(
            "UploadSize",
            "UploadSize",
            Shape::Double,
            "The size of the uploaded image, in GiB (1,073,741,824 bytes).",
        )
    },
    Member {
        example: "2026-01-31T12:00:00Z",
        group: Group::Main,
        ..Member::new(
            "UploadStart",
            "UploadStart",
            Shape::Timestamp,
            "When the upload began: ISO 8601 with an offset or Z, or seconds since 1970.",
        )
    },
];
