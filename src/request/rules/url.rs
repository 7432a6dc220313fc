//! Addresses of disk images in S3, and the signatures on them.
//!
//! S3 answers under many host names (S3 user guide, "Virtual hosting of buckets"): the bucket stands before the host
//! or first in the path; the Region may be joined by a dot or, formerly, a hyphen; dual-stack, FIPS and accelerated
//! endpoints add a word; and each partition has a suffix of its own.

mod signed;

use super::bucket;
use crate::request::regions::{PARTITIONS, partition_of};
use crate::request::shape::Request;
use crate::request::timestamp::Timestamp;
use crate::request::validate::{Circumstances, Fault, Findings, Level, Rule};
use crate::sentence::sentence;

/// What stands in the place of a signature that was taken out of a URL.
pub const REMOVED_SIGNATURE: &str = "signature-removed";

/// The longest a signature of version 4 holds, in seconds: 7 days.
pub const LONGEST_LIFETIME: i64 = 604_800;

/// Parameters that only a signed URL has, in lower case: SigV4, SigV2, CloudFront.
const SIGNATURE_PARAMETERS: [&str; 7] = [
    "x-amz-signature",
    "x-amz-credential",
    "x-amz-security-token",
    "x-amz-algorithm",
    "signature",
    "awsaccesskeyid",
    "key-pair-id",
];

/// The address of an object, as far as it can be told from a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectUrl {
    /// The host in lower case; empty for an `s3://` URL.
    pub host: String,
    /// Whether the host is one of S3's; always so for `s3://`.
    pub is_s3: bool,
    /// The bucket.
    pub bucket: Option<String>,
    /// The object's key, percent-decoded where the URL is an `https://` one.
    pub key: Option<String>,
    /// The Region in the host or, failing that, in the signature's scope.
    pub region: Option<String>,
    /// Whether the endpoint is the accelerated one, which serves every Region.
    pub accelerated: bool,
    /// The signature, if there is one.
    pub signature: Option<Signature>,
}

/// What a signed URL says of its signature; the signature itself is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signature {
    /// Whether it is of version 4; older ones carry no Region and count their expiry from 1970.
    pub version_4: bool,
    /// The Region it was made for.
    pub region: Option<String>,
    /// The service it was made for: `s3`, `ec2`.
    pub service: Option<String>,
    /// The headers that it covers, with semicolons between them.
    pub headers: Option<String>,
    /// How long it holds, in seconds.
    pub lifetime: Option<i64>,
    /// When it ends, in seconds since 1970.
    pub expires: Option<i64>,
}

/// A URL, split but not decoded.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// What precedes `://`.
    pub scheme: &'a str,
    /// The host and port, without user information.
    pub authority: &'a str,
    /// The path, with its first slash.
    pub path: &'a str,
    /// What follows the first `?`, without the fragment.
    pub query: Option<&'a str>,
}

/// Splits a URL; `None` where there is no `scheme://`.
pub fn split(url: &str) -> Option<Parts<'_>> {
    let (scheme, rest) = url.trim().split_once("://")?;
    let rest = rest.split('#').next().unwrap_or_default();
    let (address, query) = rest.split_once('?').unzip();
    let address = address.unwrap_or(rest);
    let (authority, path) = address.split_at(address.find('/').unwrap_or(address.len()));
    let authority = authority.rsplit('@').next().unwrap_or_default();
    Some(Parts { scheme, authority, path, query })
}

/// The names and values of a query, decoded, in their order.
pub fn query_pairs(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(&name.replace('+', " ")), decode(&value.replace('+', " ")))
        })
        .collect()
}

/// Undoes percent-encoding; what is no valid encoding stays as it is.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hexadecimal =
            |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let decoded = match (first, after) {
            (b'%', [high, low, ..]) => hexadecimal(high).zip(hexadecimal(low)),
            _ => None,
        };
        if let Some((high, low)) = decoded {
            bytes.push(high * 16 + low);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

const NO_BUCKET: &str = "The URL names no bucket: write s3://bucket/key, or https:// and the whole address.";

/// Reads the address of a disk image: `s3://bucket/key`, or `https://` with any of S3's hosts or another one.
///
/// # Errors
/// The text begins with neither `s3://` nor `https://`, has white space around it, or holds a control character or, as
/// `https://`, white space; it has no host, or lies in S3 and has no bucket or no key.
pub fn parse(url: &str) -> Result<ObjectUrl, Fault> {
    let error = |message: &'static str| Err(Fault::error("url-malformed", message));
    let Some(parts) = split(url) else {
        return error("A URL begins with s3:// or https://.");
    };
    if url.trim() != url || url.chars().any(char::is_control) {
        return error("The URL has spaces around it or line breaks inside it: paste it again without them.");
    }
    if parts.authority.is_empty() {
        return error(NO_BUCKET);
    }
    let scheme = parts.scheme.to_ascii_lowercase();
    if scheme == "https" && url.contains(char::is_whitespace) {
        return error("The URL has a space inside it: write %20 instead, or paste it again.");
    }
    let parsed = match scheme.as_str() {
        "s3" => parse_s3(url),
        "https" => parse_https(parts),
        "http" => return error("AWS takes https:// and s3:// URLs, not http://."),
        _ => return error("AWS takes https:// and s3:// URLs only."),
    };
    if parsed.bucket.is_none() && parsed.is_s3 {
        return error(NO_BUCKET);
    }
    if parsed.key.is_none() && parsed.is_s3 {
        return error("The URL names a bucket and no object in it: add the image's key.");
    }
    Ok(parsed)
}

/// An `s3://` URL is not encoded: whatever follows the bucket is the key.
fn parse_s3(url: &str) -> ObjectUrl {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
    ObjectUrl {
        host: String::new(),
        is_s3: true,
        bucket: Some(bucket.to_owned()),
        key: Some(key.to_owned()).filter(|key| !key.is_empty()),
        region: None,
        accelerated: false,
        signature: None,
    }
}

fn parse_https(parts: Parts<'_>) -> ObjectUrl {
    let authority = parts.authority.to_ascii_lowercase();
    let host = authority.strip_suffix(":443").unwrap_or(&authority);
    let signature = parts.query.and_then(signature);
    let signed_region = signature.as_ref().and_then(|signature| signature.region.clone());
    let path = parts.path.strip_prefix('/').unwrap_or(parts.path);
    let mut url = ObjectUrl {
        host: host.to_owned(),
        is_s3: false,
        bucket: None,
        key: None,
        region: signed_region.clone(),
        accelerated: false,
        signature,
    };
    let Some(endpoint) = Endpoint::of(host) else { return url };
    url.is_s3 = true;
    url.accelerated = endpoint.accelerated;
    url.region = endpoint.region.map(str::to_owned).or(signed_region);
    let (bucket, key) = if let Some(bucket) = endpoint.bucket {
        (bucket.to_owned(), path)
    } else {
        let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
        (decode(bucket), key)
    };
    url.bucket = Some(bucket).filter(|bucket| !bucket.is_empty());
    url.key = Some(decode(key)).filter(|key| !key.is_empty());
    url
}

/// What an S3 host name says.
struct Endpoint<'a> {
    bucket: Option<&'a str>,
    region: Option<&'a str>,
    accelerated: bool,
}

impl<'a> Endpoint<'a> {
    /// Reads from the right: the partition's suffix, then S3's own words, then the bucket.
    fn of(host: &'a str) -> Option<Self> {
        // amazonaws.com.cn does not end in amazonaws.com, so the order of the suffixes does not matter.
        let front = PARTITIONS
            .iter()
            .find_map(|partition| host.strip_suffix(partition.dns_suffix)?.strip_suffix('.'))?;
        let labels: Vec<&str> = front.split('.').collect();
        // A bucket may itself have a label such as s3: S3's own is the last of them.
        let own = labels.iter().rposition(|label| *label == "s3" || label.starts_with("s3-"))?;
        let service = labels[own];
        let mut after = labels[own + 1..].iter().copied();
        let mut next = after.next();
        if next == Some("dualstack") {
            next = after.next();
        }
        let mut region = next;
        if after.next().is_some() {
            return None;
        }
        let mut accelerated = false;
        match service {
            "s3" | "s3-fips" => {}
            "s3-accelerate" => accelerated = true,
            "s3-external-1" => region = Some("us-east-1"),
            // Access points, websites and the like are other things.
            // The former spellings: s3-eu-west-1, s3-fips-us-gov-west-1.
            _ => {
                let former = service.strip_prefix("s3-fips-").or_else(|| service.strip_prefix("s3-"));
                region = Some(former.filter(|name| region.is_none() && partition_of(name).is_some())?);
            }
        }
        let bucket_length: usize = labels[..own].iter().map(|label| label.len() + 1).sum();
        let bucket = bucket_length.checked_sub(1).and_then(|length| front.get(..length));
        Some(Self { bucket, region, accelerated })
    }
}

/// Reads what a query says of its signature; `None` where the URL is not signed.
pub fn signature(query: &str) -> Option<Signature> {
    if !is_signed(query) {
        return None;
    }
    let pairs = query_pairs(query);
    let value = |wanted: &str| {
        pairs.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.as_str())
    };
    let Some(credential) = value("X-Amz-Credential") else {
        return Some(Signature {
            expires: value("Expires").and_then(|time| time.parse().ok()),
            ..Signature::default()
        });
    };
    // KEY/DATE/REGION/SERVICE/aws4_request; a key's own slashes cannot occur.
    let mut scope = credential.rsplit('/').skip(1);
    let service = scope.next().map(str::to_owned);
    let region = scope.next().map(str::to_owned);
    let headers = value("X-Amz-SignedHeaders").map(str::to_owned);
    let lifetime = value("X-Amz-Expires").and_then(|seconds| seconds.parse().ok());
    let signed = value("X-Amz-Date").and_then(|date| Timestamp::parse(date).ok());
    let expires = signed.zip(lifetime).and_then(|(signed, lifetime)| signed.seconds.checked_add(lifetime));
    Some(Signature { version_4: true, region, service, headers, lifetime, expires })
}

/// Whether a query carries any part of a signature.
fn is_signed(query: &str) -> bool {
    query.split('&').filter_map(|pair| pair.split_once('=')).any(|(name, _)| {
        let name = decode(name).to_ascii_lowercase();
        SIGNATURE_PARAMETERS.contains(&name.as_str())
    })
}

/// A text without the signature in it; `None` where nothing of it is public.
///
/// `secret` says that the member is there for secrets: then every query goes, and what is no URL goes whole.
pub fn without_signature(text: &str, secret: bool) -> Option<String> {
    let scheme = split(text).map(|parts| parts.scheme.trim().to_ascii_lowercase());
    let is_url = matches!(scheme.as_deref(), Some("s3" | "http" | "https"));
    if secret && !is_url {
        return None;
    }
    let (address, query) = text.split_once('?').unzip();
    let address = address.unwrap_or(text);
    let holds_signature = |text: &str| text.split(|c: char| c == '?' || c.is_whitespace()).any(is_signed);
    if holds_signature(address) {
        return Some(REMOVED_SIGNATURE.to_owned());
    }
    let address = if is_url { without_user(address) } else { address.to_owned() };
    Some(match query {
        None => address,
        // An s3:// URL has no query: there a question mark is part of the key.
        Some(query) if holds_signature(query) || secret && scheme.as_deref() != Some("s3") => {
            format!("{address}?{REMOVED_SIGNATURE}")
        }
        Some(query) => format!("{address}?{query}"),
    })
}

/// A URL without the name and password before its host.
fn without_user(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest[..end].rfind('@') {
        Some(at) => format!("{scheme}://{}", &rest[at + 1..]),
        None => url.to_owned(),
    }
}

/// Checks the address of a disk image.
///
/// # Errors
/// Those of [`parse`], [`bucket::check_bucket`] and [`bucket::check_key`]; an error, when the signature was removed or
/// S3 would refuse it for its lifetime or its Region; a warning, when the host is none of S3's, an `https://` URL is not
/// signed, or the signature covers headers that nobody sends.
pub fn check(text: &str) -> Result<(), Fault> {
    let url = parse(text)?;
    if split(text).and_then(|parts| parts.query) == Some(REMOVED_SIGNATURE) && !url.host.is_empty() {
        return Err(Fault::error(
            "url-signature-removed",
            "The signature was not kept with the draft: paste the signed URL again.",
        ));
    }
    signed::check(&url)?;
    let bucket = url.bucket.as_deref().map_or(Ok(()), bucket::check_bucket);
    let key = url.key.as_deref().map_or(Ok(()), bucket::check_key);
    match (bucket, key) {
        // A doubt about the bucket hides no error of the key.
        (Err(bucket), Err(key)) if key.level == Level::Error => {
            return Err(if bucket.level == Level::Error { bucket } else { key });
        }
        (bucket, key) => bucket.and(key)?,
    }
    if !url.is_s3 {
        return Err(Fault::warning(
            "url-not-in-s3",
            sentence!("{host} is not a host of S3, where AWS expects the image to be.", host = url.host),
        ));
    }
    if !url.host.is_empty() && url.signature.is_none() {
        return Err(Fault::warning(
            "url-not-signed",
            "An https:// URL without a signature works only for a public object: sign it, or give the bucket and key instead.",
        ));
    }
    signed::check_headers(&url)
}

/// The bucket must be in the Region that the import runs in, and a signature must still hold.
pub const IN_THE_REGION: Rule = Rule { code: "url-in-another-region", check: check_region };

/// A signed URL must not have expired.
pub const NOT_EXPIRED: Rule = Rule { code: "url-expired", check: check_expiry };

fn check_region(request: &Request, circumstances: &Circumstances, found: &mut Findings<'_>) {
    let Some(wanted) = &circumstances.region else { return };
    for (path, url) in image_urls(request) {
        if let Some(region) = url.region.filter(|region| region != wanted) {
            let message = sentence!(
                "The image lies in {region} and the call goes to {wanted}: send it to {region}, or copy the image into a bucket in {wanted}.",
                region,
                wanted
            );
            found.error(&path, message);
        }
    }
}

fn check_expiry(request: &Request, circumstances: &Circumstances, found: &mut Findings<'_>) {
    let Some(now) = circumstances.now else { return };
    for (path, url) in image_urls(request) {
        if let Some(expires) = url.signature.and_then(|signature| signature.expires)
            && expires <= now
        {
            let end = Timestamp { seconds: expires, microseconds: 0 }.to_utc();
            found.error(&path, sentence!("The URL's signature ended at {end}: sign it again, for some hours more than the import takes.", end));
        }
    }
}

/// The URLs of the disks of an import, with their paths.
fn image_urls(request: &Request) -> Vec<(String, ObjectUrl)> {
    super::disks::containers(request)
        .into_iter()
        .filter_map(|(path, disk)| Some((format!("{path}.Url"), parse(disk.get("Url")?.as_str()?).ok()?)))
        .collect()
}

#[cfg(test)]
#[path = "url/tests.rs"]
mod tests;
