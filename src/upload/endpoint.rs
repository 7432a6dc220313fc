//! The hosts of S3: of every partition, dual-stack, accelerated, FIPS, and of other servers that speak S3.
//! <https://docs.aws.amazon.com/general/latest/gr/s3.html>

use super::presigned::is_scheme_allowed;
use crate::request::regions::partition_of;
use crate::request::rules::url;
use crate::sentence::Sentence;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Which of S3's endpoints is used.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Network {
    /// The Region's own.
    #[default]
    Regional,
    /// IPv4 and IPv6.
    DualStack,
    /// Through the nearest edge location; the bucket must have transfer acceleration on.
    Accelerated,
    /// The same for IPv4 and IPv6.
    AcceleratedDualStack,
    /// With FIPS 140-3 validated cryptography.
    Fips,
    /// Another server that speaks S3: its origin, with a path before the bucket where it has one.
    Own(String),
}

/// Where requests go: scheme, host and the encoded path before the key, which ends in a slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// `https`, or `http` on this computer.
    pub scheme: String,
    /// The host, with its port where there is one.
    pub host: String,
    /// `/`, or `/bucket/`.
    pub path: String,
}

/// Why there is no such address, as a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndpointError {
    /// The Region's name is like no known one.
    UnknownRegion,
    /// Acceleration needs a bucket whose name can be part of a host's, without dots.
    NotAcceleratedBucket,
    /// Acceleration is offered in the partition `aws` alone.
    NotAcceleratedPartition,
    /// The bucket's name cannot be part of a host's and was to be.
    NotInHost,
    /// The server's address is no `https://` URL (`http://` on this computer alone).
    NoUrl,
    /// A segment of the key is `.` or `..`: browsers resolve them, so that another object would be written.
    DotsInKey,
}

impl Network {
    /// The address for a bucket. By path where `path_style` asks for it or the bucket's name allows nothing else.
    ///
    /// # Errors
    /// [`EndpointError`].
    pub fn address(&self, bucket: &str, region: &str, path_style: bool) -> Result<Address, EndpointError> {
        if let Self::Own(server) = self {
            return own(server, bucket, path_style);
        }
        let partition = partition_of(region).ok_or(EndpointError::UnknownRegion)?;
        let suffix = partition.dns_suffix;
        let accelerated = matches!(self, Self::Accelerated | Self::AcceleratedDualStack);
        if accelerated && partition.name != "aws" {
            return Err(EndpointError::NotAcceleratedPartition);
        }
        let host = match self {
            Self::DualStack => format!("s3.dualstack.{region}.{suffix}"),
            Self::Accelerated => format!("s3-accelerate.{suffix}"),
            Self::AcceleratedDualStack => format!("s3-accelerate.dualstack.{suffix}"),
            Self::Fips => format!("s3-fips.{region}.{suffix}"),
            Self::Regional | Self::Own(_) => format!("s3.{region}.{suffix}"),
        };
        // S3's certificates hold for one label before the host: a bucket with a dot goes by path.
        let in_host = can_be_label(bucket);
        if accelerated && !in_host {
            return Err(EndpointError::NotAcceleratedBucket);
        }
        Ok(if in_host && (accelerated || !path_style) {
            Address { scheme: "https".into(), host: format!("{bucket}.{host}"), path: "/".into() }
        } else {
            Address { scheme: "https".into(), host, path: format!("/{}/", encode(bucket, false)) }
        })
    }
}

fn own(server: &str, bucket: &str, path_style: bool) -> Result<Address, EndpointError> {
    let parts = url::split(server).ok_or(EndpointError::NoUrl)?;
    let scheme = parts.scheme.to_ascii_lowercase();
    let authority = parts.authority.to_ascii_lowercase();
    // The browser leaves the scheme's own port out of the header Host, which is signed.
    let port = if scheme == "https" { ":443" } else { ":80" };
    let host = authority.strip_suffix(port).unwrap_or(&authority).to_owned();
    let is_host = |character: char| character.is_ascii_alphanumeric() || ".-:[]_".contains(character);
    let allowed = is_scheme_allowed(&scheme, &host) && parts.query.is_none();
    if !allowed || host.is_empty() || !host.chars().all(is_host) {
        return Err(EndpointError::NoUrl);
    }
    let before = parts.path.trim_matches('/');
    let before = if before.is_empty() { "/".to_owned() } else { format!("/{before}/") };
    if before.split('/').any(is_dots) || before.chars().any(|character| !character.is_ascii_graphic()) {
        return Err(EndpointError::NoUrl);
    }
    if path_style {
        return Ok(Address { scheme, host, path: format!("{before}{}/", encode(bucket, false)) });
    }
    if !can_be_label(bucket) {
        return Err(EndpointError::NotInHost);
    }
    Ok(Address { scheme, host: format!("{bucket}.{host}"), path: before })
}

fn can_be_label(bucket: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (3..=63).contains(&bucket.len())
        && bucket.bytes().all(inner)
        && !bucket.starts_with('-')
        && !bucket.ends_with('-')
}

fn is_dots(segment: &str) -> bool {
    matches!(segment, "." | "..")
}

/// Whether a browser would send a URL with this key as it is written.
pub(super) fn check_key(key: &str) -> Result<(), EndpointError> {
    if key.split('/').any(is_dots) { Err(EndpointError::DotsInKey) } else { Ok(()) }
}

/// Percent-encoding as Signature Version 4 wants it: everything but `A`–`Z`, `a`–`z`, `0`–`9`, `-`, `.`, `_`, `~`.
pub(super) fn encode(text: &str, keep_slash: bool) -> String {
    use fmt::Write;
    text.bytes().fold(String::with_capacity(text.len()), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || (keep_slash && byte == b'/') {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

impl EndpointError {
    /// What is wrong, and the way out.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::UnknownRegion => "There is no Region of this name: take its code, like eu-west-1.",
            Self::NotAcceleratedBucket => {
                "Transfer acceleration needs a bucket without dots or capitals in its name: use the Region's own endpoint."
            }
            Self::NotAcceleratedPartition => {
                "Transfer acceleration is not offered in this partition: use the Region's own endpoint."
            }
            Self::NotInHost => "The bucket's name cannot be part of a host name: address it by path.",
            Self::NoUrl => "A server's address is https:// and a host; http:// is taken for this computer alone.",
            Self::DotsInKey => "Browsers resolve . and .. in a key, and would write another object: rename it.",
        }
        .into()
    }
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sentence().fmt(f)
    }
}

impl std::error::Error for EndpointError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(network: &Network, region: &str) -> String {
        network.address("disks", region, false).unwrap().host
    }

    #[test]
    fn every_partition_has_its_own_suffix() {
        for (region, expected) in [
            ("eu-west-1", "disks.s3.eu-west-1.amazonaws.com"),
            ("cn-north-1", "disks.s3.cn-north-1.amazonaws.com.cn"),
            ("us-gov-west-1", "disks.s3.us-gov-west-1.amazonaws.com"),
            ("eusc-de-east-1", "disks.s3.eusc-de-east-1.amazonaws.eu"),
            ("us-iso-east-1", "disks.s3.us-iso-east-1.c2s.ic.gov"),
        ] {
            assert_eq!(host(&Network::Regional, region), expected);
        }
    }

    #[test]
    fn acceleration_is_refused_where_it_does_not_work() {
        let accelerated = Network::Accelerated;
        assert_eq!(host(&accelerated, "us-east-1"), "disks.s3-accelerate.amazonaws.com");
        let error = |bucket, region| accelerated.address(bucket, region, false).unwrap_err();
        assert_eq!(error("my.disks", "us-east-1"), EndpointError::NotAcceleratedBucket);
        assert_eq!(error("disks", "cn-north-1"), EndpointError::NotAcceleratedPartition);
    }

    #[test]
    fn a_bucket_with_a_dot_goes_by_path() {
        let address = Network::DualStack.address("my.disks", "us-east-1", false).unwrap();
        assert_eq!(
            (address.host.as_str(), address.path.as_str()),
            ("s3.dualstack.us-east-1.amazonaws.com", "/my.disks/")
        );
    }

    #[test]
    fn a_server_of_ones_own_keeps_its_port_and_path() {
        let own =
            |server: &str, path_style| Network::Own(server.into()).address("disks", "garage", path_style);
        let address = own("http://127.0.0.1:3900", true).unwrap();
        assert_eq!((address.host.as_str(), address.path.as_str()), ("127.0.0.1:3900", "/disks/"));
        let address = own("https://Files.Example:443/s3/", true).unwrap();
        assert_eq!((address.host.as_str(), address.path.as_str()), ("files.example", "/s3/disks/"));
        assert_eq!(own("https://files.example", false).unwrap().host, "disks.files.example");
        for server in [
            "files.example",
            "http://files.example",
            "https://a b",
            "https://a/../b",
            "https://a?b",
            "https://",
        ] {
            assert_eq!(own(server, true), Err(EndpointError::NoUrl), "{server}");
        }
    }
}
