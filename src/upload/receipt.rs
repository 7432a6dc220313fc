//! What shows at the end that nothing was lost: the receipt of an upload.

use super::checksum::Crc64;
use crate::request::timestamp::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};

/// A finished upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The bucket.
    pub bucket: String,
    /// The key.
    pub key: String,
    /// The Region.
    pub region: String,
    /// The name of the file.
    pub file_name: String,
    /// Its size in bytes.
    pub size: u64,
    /// The object's ETag without quotes, where it could be read.
    pub etag: Option<String>,
    /// The object's version, where the bucket keeps versions.
    pub version: Option<String>,
    /// The CRC-64/NVME of the file's bytes, as computed here.
    pub crc64nvme: Crc64,
    /// How many parts; 1 for one PUT.
    pub parts: u16,
    /// Their size in bytes.
    pub part_size: u64,
    /// How many requests were repeated.
    pub retries: u32,
    /// When it began, in milliseconds since 1970.
    pub started: u64,
    /// When it ended.
    pub ended: u64,
    /// What was compared.
    pub checks: Checks,
}

/// What was compared, and what could not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Checks {
    /// How each part was held to the file's bytes.
    pub parts: PartsCheck,
    /// How the object was.
    pub whole: WholeCheck,
}

/// How the parts were checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PartsCheck {
    /// S3 took each with its CRC-64/NVME signed.
    SignedChecksum,
    /// Each was compared with the MD5 in its ETag, or with the checksum that S3 lists.
    Compared,
    /// S3 gave nothing to compare some of them with.
    NotAll,
    /// S3 gave nothing to compare any of them with.
    NotAny,
}

/// How the whole was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum WholeCheck {
    /// The CRC-64/NVME that S3 has is that of the file.
    Checksum,
    /// The ETag is what the parts' MD5 sums make.
    Etag,
    /// S3 took the object with its checksum and size signed; it could not be read back.
    SignedChecksum,
    /// The size alone: S3 gave no checksum that could be read.
    Size,
    /// It could not be read back at all.
    NotReadBack,
}

impl Receipt {
    /// The receipt as JSON.
    pub fn to_json(&self) -> Value {
        let mut json = serde_json::to_value(self).unwrap_or_default();
        json["started"] = Value::from(moment(self.started));
        json["ended"] = Value::from(moment(self.ended));
        json
    }

    /// `ClientData` of an import: when the upload began and ended, and its size in GiB.
    #[expect(clippy::cast_precision_loss, reason = "a size below 2^53 is exact")]
    pub fn client_data(&self) -> Value {
        json!({
            "UploadStart": moment(self.started),
            "UploadEnd": moment(self.ended),
            "UploadSize": self.size as f64 / f64::from(1 << 30),
        })
    }
}

/// To the second, as AWS's own clients write it.
fn moment(milliseconds: u64) -> String {
    let seconds = i64::try_from(milliseconds / 1000).unwrap_or(i64::MAX);
    Timestamp { seconds, microseconds: 0 }.to_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_receipt_says_what_was_checked_and_fills_client_data() {
        let receipt = Receipt {
            bucket: "b".into(),
            key: "k".into(),
            region: "eu-west-1".into(),
            file_name: "a.raw".into(),
            size: 3 << 29,
            etag: Some("aa-3".into()),
            version: None,
            crc64nvme: Crc64::of(b"123456789"),
            parts: 3,
            part_size: 1 << 29,
            retries: 0,
            started: 1_796_148_000_123,
            ended: 1_796_148_060_000,
            checks: Checks { parts: PartsCheck::SignedChecksum, whole: WholeCheck::Checksum },
        };
        let data = receipt.client_data();
        let expected = json!({
            "UploadStart": "2026-12-01T18:00:00Z", "UploadEnd": "2026-12-01T18:01:00Z", "UploadSize": 1.5
        });
        assert_eq!(data, expected);
        let json = receipt.to_json();
        assert_eq!(json["crc64nvme"], "rosUhgp5mIg=");
        assert_eq!(json["checks"], json!({ "parts": "signedChecksum", "whole": "checksum" }));
        assert_eq!(json["ended"], "2026-12-01T18:01:00Z");
    }
}
