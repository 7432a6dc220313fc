//! What the client says about the upload.

use crate::request::shape::Request;
use crate::request::timestamp::Timestamp;
use crate::request::validate::{Circumstances, Findings, Rule, double};

/// The largest volume there is, in GiB (64 TiB): a larger figure was given in bytes.
const LARGEST_VOLUME: f64 = 65_536.0;

/// An upload ends after it starts.
pub const ENDS_AFTER_START: Rule = Rule { code: "upload-ends-before-start", check: check_order };

/// The size is in GiB.
pub const SIZE_IN_GIB: Rule = Rule { code: "upload-size-not-in-gib", check: check_size };

fn check_order(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    let moment = |path| request.get(path).and_then(|value| Timestamp::from_value(value).ok());
    if let (Some(start), Some(end)) = (moment("ClientData.UploadStart"), moment("ClientData.UploadEnd"))
        && end < start
    {
        found.warning(
            "ClientData.UploadEnd",
            "The upload ends before it starts: check the two times and their offsets.",
        );
    }
}

fn check_size(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    if request.get("ClientData.UploadSize").and_then(double).is_some_and(|size| size > LARGEST_VOLUME) {
        found.warning("ClientData.UploadSize", "The size is in GiB, and this is more than any disk has: divide a number of bytes by 1,073,741,824.");
    }
}

#[cfg(test)]
mod tests {
    use crate::request::calls::IMPORT_SNAPSHOT;
    use crate::request::rules::testing::codes;
    use serde_json::{Value, json};

    fn with(client_data: Value) -> Vec<String> {
        let disk = json!({ "Format": "RAW", "UserBucket": { "S3Bucket": "disks", "S3Key": "a.raw" } });
        codes(&IMPORT_SNAPSHOT, &json!({ "ClientData": client_data, "DiskContainer": disk }))
    }

    #[test]
    fn offsets_count_when_the_times_are_compared() {
        let start = "2026-01-01T12:00:00+02:00";
        assert!(with(json!({ "UploadStart": start, "UploadEnd": "2026-01-01T10:30:00Z" })).is_empty());
        assert_eq!(
            with(json!({ "UploadStart": start, "UploadEnd": "2026-01-01T09:30:00Z" })),
            ["upload-ends-before-start"]
        );
    }

    #[test]
    fn a_size_in_bytes_is_noticed() {
        assert_eq!(with(json!({ "UploadSize": 3_115_815_424_u64 })), ["upload-size-not-in-gib"]);
        assert!(with(json!({ "UploadSize": "12.5" })).is_empty());
    }
}
