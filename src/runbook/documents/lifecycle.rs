//! What S3 does of itself with uploads that were given up.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html>

use serde_json::{Value, json};

/// After how many days the parts of an unfinished upload go; an upload that is still going on may take that long.
pub const DAYS: u32 = 7;

/// The bucket's lifecycle configuration.
pub fn configuration() -> Value {
    json!({
        "Rules": [{
            "ID": "abort-incomplete-multipart-uploads",
            "Status": "Enabled",
            // The whole bucket.
            "Filter": {"Prefix": ""},
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": DAYS},
        }],
    })
}
