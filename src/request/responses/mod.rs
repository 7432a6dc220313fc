//! The answers, one table a file, in the order of EC2's own model; `tests/answers` holds them against it.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation
    )
)]

pub mod field;
mod import_image;
mod import_snapshot;
mod small;
mod snapshot;

use field::Field;
pub(crate) use import_image::IMAGE_TASK;
pub(crate) use import_snapshot::{SNAPSHOT_TASK, SNAPSHOT_TASK_DETAIL};
pub(crate) use snapshot::SNAPSHOT;

/// The answer of a call.
#[derive(Debug)]
pub struct Response {
    /// The call's name in the API.
    pub call: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
}

/// Every answer. Where the names alone fit several, the first is taken.
pub static RESPONSES: [Response; 8] = [
    Response { call: "CopySnapshot", fields: small::COPY_SNAPSHOT },
    Response { call: "RegisterImage", fields: small::REGISTER_IMAGE },
    Response { call: "ImportSnapshot", fields: SNAPSHOT_TASK },
    Response { call: "ImportImage", fields: import_image::IMPORT_IMAGE },
    Response { call: "CancelImportTask", fields: small::CANCEL_IMPORT_TASK },
    Response { call: "DescribeImportSnapshotTasks", fields: import_snapshot::DESCRIBE_IMPORT_SNAPSHOT_TASKS },
    Response { call: "DescribeImportImageTasks", fields: import_image::DESCRIBE_IMPORT_IMAGE_TASKS },
    Response { call: "DescribeSnapshots", fields: snapshot::DESCRIBE_SNAPSHOTS },
];

/// The answer of a call, by the call's name in the API.
pub fn find(call: &str) -> Option<&'static Response> {
    RESPONSES.iter().find(|response| response.call == call)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::calls;

    fn every_field(fields: &'static [Field], visit: &mut impl FnMut(&'static Field)) {
        for field in fields {
            visit(field);
            every_field(field.shape.fields().unwrap_or_default(), visit);
        }
    }

    #[test]
    fn every_answer_belongs_to_a_call_and_every_call_has_one() {
        assert_eq!(RESPONSES.len(), calls::CALLS.len());
        for call in calls::CALLS {
            assert!(find(call.name).is_some(), "{}", call.name);
        }
    }

    #[test]
    fn every_field_is_explained_in_a_sentence() {
        for response in &RESPONSES {
            every_field(response.fields, &mut |field| {
                assert!(field.help.ends_with('.') && field.help.len() > 10, "{}", field.name);
            });
        }
    }
}
