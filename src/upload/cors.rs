//! The CORS rule a bucket needs for the page, and the command that applies it.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html>

use serde_json::json;

/// The rule as `aws s3api put-bucket-cors` takes it, for a page at `origin`.
///
/// All methods of a multipart upload are allowed too, and the headers a page must be able to read are exposed:
/// without `ETag` a multipart upload cannot be completed.
pub fn configuration(origin: &str) -> String {
    let rules = json!({
        "CORSRules": [{
            "AllowedOrigins": [origin],
            "AllowedMethods": ["PUT", "POST", "GET", "HEAD", "DELETE"],
            "AllowedHeaders": ["*"],
            "ExposeHeaders": [
                "ETag", "Date", "x-amz-request-id", "x-amz-id-2", "x-amz-version-id", "x-amz-checksum-crc64nvme",
                "x-amz-checksum-type", "x-amz-abort-date", "Retry-After"
            ],
            "MaxAgeSeconds": 3000
        }]
    });
    format!("{rules:#}")
}

/// The command that applies the rule to `bucket`, as an argument vector; the rule goes along in the command itself.
/// It replaces the rules the bucket has: the page says so.
pub fn command(origin: &str, bucket: &str, region: Option<&str>) -> Vec<String> {
    let compact: serde_json::Value = serde_json::from_str(&configuration(origin)).unwrap_or_default();
    let compact = compact.to_string();
    let mut words = ["aws", "s3api", "put-bucket-cors", "--bucket", bucket, "--cors-configuration", &compact]
        .map(str::to_owned)
        .to_vec();
    if let Some(region) = region {
        words.extend(["--region".to_owned(), region.to_owned()]);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_names_the_origin_alone_and_exposes_the_etag() {
        let rule: serde_json::Value =
            serde_json::from_str(&configuration("https://planner.example")).unwrap();
        assert_eq!(rule["CORSRules"][0]["AllowedOrigins"], json!(["https://planner.example"]));
        assert!(rule["CORSRules"][0]["ExposeHeaders"].as_array().unwrap().contains(&json!("ETag")));
    }

    #[test]
    fn the_command_carries_the_rule_as_one_word() {
        let words = command("https://planner.example", "a-bucket", Some("eu-west-1"));
        assert_eq!(words.len(), 9);
        assert!(serde_json::from_str::<serde_json::Value>(&words[6]).is_ok());
    }
}
