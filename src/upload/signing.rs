//! Signs the upload's requests with Signature Version 4 in the query.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>
//!
//! The crates that do this were weighed: the lightest, rusty-s3, brings a URL parser and a calendar of its own, 87 KB of
//! compressed wasm in a page that has 150, where this adds nine. It is held to botocore, request by request,
//! in `tests/signing.rs`.

use super::credentials::Credentials;
use super::endpoint::{Address, EndpointError, Network, check_key, encode};
use super::exchange::{Body, HttpRequest, Request, SecretUrl, complete_body};
use crate::request::timestamp::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// How long a signature holds, in seconds. Each is made just before it is used, and S3 looks at it when the request
/// begins: an hour leaves room for a clock that is wrong.
const LIFETIME: u32 = 3600;

/// Signs requests for one object.
#[derive(Debug, Clone)]
pub struct Signer {
    /// The bucket.
    pub bucket: String,
    /// The object's key.
    pub key: String,
    /// The Region.
    pub region: String,
    credentials: Credentials,
    address: Address,
    /// The encoded path of the object.
    path: String,
}

impl Signer {
    /// A signer for `key` in `bucket`.
    ///
    /// # Errors
    /// There is no such address, or a browser would send another.
    pub fn new(
        credentials: Credentials,
        network: &Network,
        path_style: bool,
        region: &str,
        bucket: &str,
        key: &str,
    ) -> Result<Self, EndpointError> {
        check_key(key)?;
        let address = network.address(bucket, region, path_style)?;
        let path = format!("{}{}", address.path, encode(key, true));
        Ok(Self {
            bucket: bucket.to_owned(),
            key: key.to_owned(),
            region: region.to_owned(),
            credentials,
            address,
            path,
        })
    }

    /// The host, for the page's policy.
    pub fn host(&self) -> &str {
        &self.address.host
    }

    /// Whether the credentials have ended at `now`, in seconds since 1970.
    pub fn has_expired(&self, now: i64) -> bool {
        self.credentials.expires().is_some_and(|expires| expires <= now)
    }

    /// The request with its address, signed at `now` (seconds since 1970, by S3's clock).
    pub fn address(&self, request: &Request, now: i64) -> HttpRequest {
        let Shape { method, query, headers, body } = Shape::of(request);
        let url = self.sign(method, query, &headers, now);
        let mut headers = headers;
        if let Body::Text(_) = body {
            // Not signed: S3 wants signatures of its own headers and of Host alone.
            headers.push(("content-type", "application/xml".into()));
        }
        HttpRequest { method, url, headers, body }
    }

    fn sign(
        &self,
        method: &str,
        query: Vec<(&'static str, String)>,
        headers: &[(&'static str, String)],
        now: i64,
    ) -> SecretUrl {
        let moment = Timestamp { seconds: now, microseconds: 0 }.to_utc().replace(['-', ':'], "");
        let date = moment.split('T').next().unwrap_or_default();
        let scope = format!("{date}/{}/s3/aws4_request", self.region);
        let mut headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        headers.push(("host", &self.address.host));
        headers.sort_unstable();
        let names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
        let names = names.join(";");

        let mut query = query;
        query.push(("X-Amz-Algorithm", "AWS4-HMAC-SHA256".into()));
        query.push(("X-Amz-Credential", format!("{}/{scope}", self.credentials.access_key_id())));
        query.push(("X-Amz-Date", moment.clone()));
        query.push(("X-Amz-Expires", LIFETIME.to_string()));
        query.push(("X-Amz-SignedHeaders", names.clone()));
        if let Some(token) = self.credentials.session_token() {
            query.push(("X-Amz-Security-Token", token.to_owned()));
        }
        query.sort_unstable();
        let query: Vec<String> =
            query.into_iter().map(|(name, value)| format!("{name}={}", encode(&value, false))).collect();
        let query = query.join("&");

        let mut canonical = format!("{method}\n{}\n{query}\n", self.path);
        for (name, value) in headers {
            let _ = writeln!(canonical, "{name}:{}", value.trim());
        }
        let _ = write!(canonical, "\n{names}\nUNSIGNED-PAYLOAD");
        let to_sign = format!(
            "AWS4-HMAC-SHA256\n{moment}\n{scope}\n{}",
            hexadecimal(&Sha256::digest(canonical.as_bytes()))
        );
        let secret = zeroize::Zeroizing::new(format!("AWS4{}", self.credentials.secret_access_key()));
        let key = [date, &self.region, "s3", "aws4_request"]
            .iter()
            .fold(secret.as_bytes().to_vec(), |key, text| keyed_hash(&key, text.as_bytes()));
        let signature = hexadecimal(&keyed_hash(&key, to_sign.as_bytes()));
        let Address { scheme, host, .. } = &self.address;
        SecretUrl::new(format!("{scheme}://{host}{}?{query}&X-Amz-Signature={signature}", self.path))
    }
}

/// What of a request does not depend on who signs it.
struct Shape {
    method: &'static str,
    query: Vec<(&'static str, String)>,
    headers: Vec<(&'static str, String)>,
    body: Body,
}

impl Shape {
    fn of(request: &Request) -> Self {
        let shape = |method, query, headers, body| Self { method, query, headers, body };
        let id = |upload_id: &String| ("uploadId", upload_id.clone());
        let checksum = |checksum: &Option<super::checksum::Crc64>| {
            checksum.map(|checksum| ("x-amz-checksum-crc64nvme", checksum.to_base64()))
        };
        let full_object = || ("x-amz-checksum-type", "FULL_OBJECT".to_owned());
        match request {
            Request::Create { checksums } => {
                let headers = if *checksums {
                    vec![("x-amz-checksum-algorithm", "CRC64NVME".to_owned()), full_object()]
                } else {
                    Vec::new()
                };
                shape("POST", vec![("uploads", String::new())], headers, Body::Nothing)
            }
            Request::Put { range, checksum: sum } => {
                shape("PUT", Vec::new(), checksum(sum).into_iter().collect(), Body::Slice(range.clone()))
            }
            Request::Part { upload_id, number, range, checksum: sum } => {
                let query = vec![id(upload_id), ("partNumber", number.to_string())];
                shape("PUT", query, checksum(sum).into_iter().collect(), Body::Slice(range.clone()))
            }
            Request::List { upload_id, after } => {
                let mut query = vec![id(upload_id)];
                if *after > 0 {
                    query.push(("part-number-marker", after.to_string()));
                }
                shape("GET", query, Vec::new(), Body::Nothing)
            }
            Request::Complete { upload_id, parts, checksum: sum, size } => {
                let mut headers: Vec<_> = checksum(sum).into_iter().collect();
                if sum.is_some() {
                    headers.push(full_object());
                    headers.push(("x-amz-mp-object-size", size.to_string()));
                }
                shape("POST", vec![id(upload_id)], headers, Body::Text(complete_body(parts)))
            }
            Request::Abort { upload_id } => shape("DELETE", vec![id(upload_id)], Vec::new(), Body::Nothing),
            Request::Head => {
                let headers = vec![("x-amz-checksum-mode", "ENABLED".to_owned())];
                shape("HEAD", Vec::new(), headers, Body::Nothing)
            }
        }
    }
}

fn keyed_hash(key: &[u8], text: &[u8]) -> Vec<u8> {
    // A key of any length is taken, so this is always some.
    let Ok(mut hash) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    hash.update(text);
    hash.finalize().into_bytes().to_vec()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer(key: &str) -> Result<Signer, EndpointError> {
        let credentials = "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\nAWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        let credentials = Credentials::read(credentials).unwrap();
        Signer::new(credentials, &Network::Regional, false, "us-east-1", "examplebucket", key)
    }

    #[test]
    fn a_key_that_a_browser_would_rewrite_is_refused() {
        for key in ["../other", "a/./b", "a/.."] {
            assert_eq!(signer(key).unwrap_err(), EndpointError::DotsInKey);
        }
        assert!(signer("a/.../b..c").is_ok());
    }

    #[test]
    fn the_checksum_and_the_size_are_signed_and_sent() {
        let request = Request::Complete {
            upload_id: "id".into(),
            parts: Vec::new(),
            checksum: Some(super::super::checksum::Crc64::of(b"123456789")),
            size: 9,
        };
        let sent = signer("k").unwrap().address(&request, 1_369_353_600);
        assert_eq!(
            sent.headers,
            [
                ("x-amz-checksum-crc64nvme", "rosUhgp5mIg=".to_owned()),
                ("x-amz-checksum-type", "FULL_OBJECT".to_owned()),
                ("x-amz-mp-object-size", "9".to_owned()),
                ("content-type", "application/xml".to_owned())
            ]
        );
        let signed = "X-Amz-SignedHeaders=host%3Bx-amz-checksum-crc64nvme%3Bx-amz-checksum-type%3Bx-amz-mp-object-size";
        assert!(sent.url.expose().contains(signed));
    }
}
