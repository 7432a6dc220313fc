//! A presigned PUT URL: where it leads, until when, and whether an upload by it can work at all.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html>

use crate::request::rules::url;

/// What a presigned URL says, without its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presigned {
    /// The host, with the port where it is not the scheme's own.
    pub host: String,
    /// The bucket.
    pub bucket: Option<String>,
    /// The object's key, decoded.
    pub key: Option<String>,
    /// The Region it was signed for, or failing that the one in the host.
    pub region: Option<String>,
    /// When it expires, in seconds since 1970.
    pub expires: Option<i64>,
    /// What will make S3 refuse the upload, or may.
    pub doubts: Vec<Doubt>,
}

/// Why an upload to a presigned URL may fail although nothing has been sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The URL has expired by the clock of this computer.
    Expired,
    /// Headers besides `host` were signed, which a plain upload does not send.
    SignedHeaders(Vec<String>),
    /// A checksum of the empty body was signed into the query: newer SDKs do so by default. S3 ignores it there,
    /// other servers refuse the upload.
    /// <https://github.com/boto/botocore/issues/3216>
    ChecksumOfNothing,
    /// It was signed for another service than S3.
    OtherService(String),
    /// The query belongs to one part of a multipart upload.
    PartOfMultipart,
}

/// Why a text is no presigned URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotPresigned {
    /// It is no `https://` URL (`http://` is taken for a server on this computer alone).
    NoUrl,
    /// It has no signature, or not all of it.
    NotSigned,
}

impl Presigned {
    /// Reads a URL as it was pasted. `now` is in seconds since 1970.
    ///
    /// # Errors
    /// [`NotPresigned`] says what it is instead.
    pub fn read(text: &str, now: i64) -> Result<Self, NotPresigned> {
        // As a shell or a mail quotes it.
        let text = text.trim().trim_matches(['"', '\'', '<', '>']);
        let parts = url::split(text).ok_or(NotPresigned::NoUrl)?;
        let host = parts.authority.to_ascii_lowercase();
        if host.is_empty() || text.contains(char::is_whitespace) || !is_scheme_allowed(parts.scheme, &host) {
            return Err(NotPresigned::NoUrl);
        }
        let query = parts.query.unwrap_or_default();
        let signature = url::signature(query).ok_or(NotPresigned::NotSigned)?;
        let pairs = url::query_pairs(query);
        if !has_signature(&pairs) {
            return Err(NotPresigned::NotSigned);
        }
        let object = url::parse(text).ok();
        let (bucket, key) = match &object {
            Some(object) if object.is_s3 => (object.bucket.clone(), object.key.clone()),
            // A server that speaks S3: the bucket leads the path.
            _ => path_style(parts.path),
        };
        let host_region = object.and_then(|object| object.region);
        Ok(Self {
            host,
            bucket,
            key,
            region: signature.region.clone().or(host_region),
            expires: signature.expires,
            doubts: doubts(&pairs, &signature, now),
        })
    }
}

/// Plain http carries the signature in the clear; only a test server on the same computer is exempt.
pub(super) fn is_scheme_allowed(scheme: &str, host: &str) -> bool {
    let local = ["localhost", "127.0.0.1", "[::1]"];
    let name =
        host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok()).map_or(host, |(name, _)| name);
    scheme.eq_ignore_ascii_case("https") || (scheme.eq_ignore_ascii_case("http") && local.contains(&name))
}

fn has_signature(pairs: &[(String, String)]) -> bool {
    pairs.iter().any(|(name, value)| {
        // Version 4 signs with SHA-256: 64 hexadecimal digits, fewer when the URL was cut.
        let whole = value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
        (name.eq_ignore_ascii_case("X-Amz-Signature") && whole) || (name == "Signature" && !value.is_empty())
    })
}

fn path_style(path: &str) -> (Option<String>, Option<String>) {
    let filled = |text: &str| Some(url::decode(text)).filter(|text| !text.is_empty());
    match path.trim_start_matches('/').split_once('/') {
        Some((bucket, key)) => (filled(bucket), filled(key)),
        None => (filled(path.trim_start_matches('/')), None),
    }
}

fn doubts(pairs: &[(String, String)], signature: &url::Signature, now: i64) -> Vec<Doubt> {
    let value = |wanted: &str| {
        pairs.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.as_str())
    };
    let mut doubts = Vec::new();
    if signature.expires.is_some_and(|expires| expires <= now) {
        doubts.push(Doubt::Expired);
    }
    let headers: Vec<String> = value("X-Amz-SignedHeaders")
        .unwrap_or("host")
        .split(';')
        .filter(|header| !header.is_empty() && !header.eq_ignore_ascii_case("host"))
        .map(str::to_owned)
        .collect();
    if !headers.is_empty() {
        doubts.push(Doubt::SignedHeaders(headers));
    }
    if pairs.iter().any(|(name, value)| {
        name.to_ascii_lowercase().starts_with("x-amz-checksum-") && value.starts_with("AAAA")
    }) {
        doubts.push(Doubt::ChecksumOfNothing);
    }
    if let Some(service) = signature.service.as_deref().filter(|service| *service != "s3") {
        doubts.push(Doubt::OtherService(service.to_owned()));
    }
    if value("uploadId").is_some() || value("partNumber").is_some() {
        doubts.push(Doubt::PartOfMultipart);
    }
    doubts
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_000_000;

    fn signed(host_and_path: &str, more: &str) -> String {
        format!(
            "https://{host_and_path}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20261118%2Feu-west-1%2Fs3%2Faws4_request\
             &X-Amz-Date=20261118T130000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host{more}&X-Amz-Signature={}",
            "0f".repeat(32)
        )
    }

    #[test]
    fn everything_but_the_signature_is_read_from_the_url() {
        let url = signed("my-bucket.s3.eu-west-1.amazonaws.com/disks/a%20b%2Bc.vmdk", "");
        let presigned = Presigned::read(&format!("  {url}\n"), NOW).unwrap();
        assert_eq!(presigned.bucket.as_deref(), Some("my-bucket"));
        assert_eq!(presigned.key.as_deref(), Some("disks/a b+c.vmdk"));
        assert_eq!(presigned.region.as_deref(), Some("eu-west-1"));
        assert_eq!(presigned.expires, Some(1_795_010_400));
        assert_eq!(presigned.doubts, []);
        assert!(!format!("{presigned:?}").contains("0f0f"));
    }

    #[test]
    fn the_clock_decides_whether_it_has_expired() {
        let url = signed("b-1.s3.amazonaws.com/k", "");
        let expires = Presigned::read(&url, NOW).unwrap().expires.unwrap();
        assert_eq!(Presigned::read(&url, expires - 1).unwrap().doubts, []);
        assert_eq!(Presigned::read(&url, expires).unwrap().doubts, [Doubt::Expired]);
    }

    #[test]
    fn a_server_on_this_computer_is_read_path_style_and_may_be_plain_http() {
        let url = signed("127.0.0.1:9000/bucket/folder/disk.raw", "").replace("https:", "http:");
        let presigned = Presigned::read(&url, NOW).unwrap();
        assert_eq!(
            (presigned.bucket.as_deref(), presigned.key.as_deref()),
            (Some("bucket"), Some("folder/disk.raw"))
        );
        assert_eq!(presigned.host, "127.0.0.1:9000");
    }

    #[test]
    fn plain_http_to_another_computer_is_refused() {
        let url = signed("bucket.s3.amazonaws.com/k", "").replace("https:", "http:");
        assert_eq!(Presigned::read(&url, NOW), Err(NotPresigned::NoUrl));
    }

    #[test]
    fn headers_that_a_plain_upload_does_not_send_are_named() {
        let url = signed("b-1.s3.amazonaws.com/k", "%3Bx-amz-checksum-crc32");
        let doubts = Presigned::read(&url, NOW).unwrap().doubts;
        assert_eq!(doubts, [Doubt::SignedHeaders(vec!["x-amz-checksum-crc32".into()])]);
    }

    #[test]
    fn an_unsigned_or_half_signed_url_is_not_taken() {
        assert_eq!(Presigned::read("https://b-1.s3.amazonaws.com/k", NOW), Err(NotPresigned::NotSigned));
        let whole = signed("b-1.s3.amazonaws.com/k", "");
        let cut = &whole[..whole.len() - 2];
        assert_eq!(Presigned::read(cut, NOW), Err(NotPresigned::NotSigned));
        assert_eq!(Presigned::read("aws s3 cp a b", NOW), Err(NotPresigned::NoUrl));
    }

    #[test]
    fn a_url_of_a_part_or_of_another_service_raises_a_doubt() {
        let part = signed("b-1.s3.amazonaws.com/k", "&uploadId=x&partNumber=1");
        assert_eq!(Presigned::read(&part, NOW).unwrap().doubts, [Doubt::PartOfMultipart]);
        let other = signed("b-1.s3.amazonaws.com/k", "").replace("%2Fs3%2F", "%2Fec2%2F");
        assert_eq!(Presigned::read(&other, NOW).unwrap().doubts, [Doubt::OtherService("ec2".into())]);
    }
}
