//! What is asked of S3, as data: a [`Request`] says what, and an [`HttpRequest`] how, once a ticket or a signer has
//! given it an address.

use super::checksum::Crc64;
use serde::Serialize;
use std::fmt;
use std::ops::Range;
use zeroize::Zeroizing;

/// What the upload asks of S3.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Request {
    /// CreateMultipartUpload.
    Create {
        /// Whether each part will bring its checksum.
        checksums: bool,
    },
    /// PutObject: the whole file.
    Put {
        /// Its bytes.
        range: Range<u64>,
        /// Their checksum, where it is to be signed.
        checksum: Option<Crc64>,
    },
    /// UploadPart.
    Part {
        /// The upload.
        upload_id: String,
        /// The part's number, from 1.
        number: u16,
        /// Its bytes in the file.
        range: Range<u64>,
        /// Their checksum, where it is to be signed.
        checksum: Option<Crc64>,
    },
    /// ListParts: the page after a part.
    List {
        /// The upload.
        upload_id: String,
        /// The number of the last part of the page before, or 0.
        after: u16,
    },
    /// CompleteMultipartUpload.
    Complete {
        /// The upload.
        upload_id: String,
        /// All parts in their order.
        parts: Vec<CompletePart>,
        /// The checksum of the whole, where it is to be signed.
        checksum: Option<Crc64>,
        /// The size of the whole in bytes, signed with the checksum.
        size: u64,
    },
    /// AbortMultipartUpload.
    Abort {
        /// The upload.
        upload_id: String,
    },
    /// HeadObject, with the checksums.
    Head,
}

impl Request {
    /// The bytes of the file that go along, if any do.
    pub fn slice(&self) -> Option<&Range<u64>> {
        match self {
            Self::Put { range, .. } | Self::Part { range, .. } => Some(range),
            _ => None,
        }
    }
}

/// A part as CompleteMultipartUpload names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CompletePart {
    /// Its number.
    pub number: u16,
    /// Its ETag as S3 gave it, quotes included.
    pub etag: String,
    /// Its checksum, where the upload was begun with one.
    pub checksum: Option<Crc64>,
}

/// A request ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// `GET`, `PUT` …
    pub method: &'static str,
    /// Where to.
    pub url: SecretUrl,
    /// The headers that were signed or must be set; nothing else may be.
    pub headers: Vec<(&'static str, String)>,
    /// What goes along.
    pub body: Body,
}

/// What goes along with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Nothing,
    /// This text.
    Text(String),
    /// These bytes of the file.
    Slice(Range<u64>),
}

/// A signed URL. Whoever has it can write: it is not shown, and wiped when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretUrl(Zeroizing<String>);

impl SecretUrl {
    /// Takes a signed URL.
    pub fn new(url: String) -> Self {
        Self(Zeroizing::new(url))
    }

    /// The URL, signature included; for the one who sends it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = self.0.split('?').next().unwrap_or_default();
        write!(f, "SecretUrl({address}?…)")
    }
}

/// The body of CompleteMultipartUpload.
pub fn complete_body(parts: &[CompletePart]) -> String {
    use fmt::Write;
    let mut body =
        String::from("<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
    for part in parts {
        let _ = write!(body, "<Part><PartNumber>{}</PartNumber>", part.number);
        let _ = write!(body, "<ETag>{}</ETag>", escape(&part.etag));
        if let Some(checksum) = part.checksum {
            let _ = write!(body, "<ChecksumCRC64NVME>{}</ChecksumCRC64NVME>", checksum.to_base64());
        }
        body.push_str("</Part>");
    }
    body.push_str("</CompleteMultipartUpload>");
    body
}

fn escape(text: &str) -> String {
    [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;")]
        .iter()
        .fold(text.to_owned(), |text, (character, entity)| text.replace(character, entity))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_url_is_not_shown_by_debug() {
        let url = SecretUrl::new("https://b.s3.amazonaws.com/k?X-Amz-Signature=0f0f".into());
        assert_eq!(format!("{url:?}"), "SecretUrl(https://b.s3.amazonaws.com/k?…)");
    }

    #[test]
    fn the_body_of_complete_is_xml_that_holds_the_parts_whatever_their_etags_are() {
        let part =
            CompletePart { number: 7, etag: "\"a<&b\"".into(), checksum: Some(Crc64::of(b"123456789")) };
        let body = complete_body(&[part]);
        let document = roxmltree::Document::parse(&body).unwrap();
        let text = |name| {
            document.descendants().find(|node| node.tag_name().name() == name).and_then(|node| node.text())
        };
        assert_eq!(text("PartNumber"), Some("7"));
        assert_eq!(text("ETag"), Some("\"a<&b\""));
        assert_eq!(text("ChecksumCRC64NVME"), Some("rosUhgp5mIg="));
    }
}
