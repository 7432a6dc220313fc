//! What S3 answers: the headers that may be read, and its XML documents.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html>

use super::checksum::Crc64;
use crate::request::timestamp::Timestamp;
use roxmltree::{Document, Node, ParsingOptions};

/// The longest body that is read, in bytes: a page of 1,000 parts has a fifth of that.
const LONGEST: usize = 4 * 1024 * 1024;

/// The most elements and texts of a body.
const MOST_NODES: u32 = 100_000;

/// An answer, as far as a page may read it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The ETag as it stands there, with its quotes.
    pub etag: Option<String>,
    /// How long to wait before the next try, in milliseconds.
    pub retry_after: Option<u64>,
    /// S3's clock, in seconds since 1970.
    pub date: Option<i64>,
    /// The object's size, of HEAD.
    pub length: Option<u64>,
    /// The checksum S3 has.
    pub checksum: Option<Crc64>,
    /// The object's version, where the bucket keeps versions.
    pub version: Option<String>,
    /// The body.
    pub body: String,
}

impl Response {
    /// Reads the headers by their names in lower case; one that the bucket's CORS rule does not expose is `None`.
    pub fn read(status: u16, header: impl Fn(&str) -> Option<String>, body: String) -> Self {
        let date = header("date").and_then(|date| http_date(&date));
        let retry_after = header("retry-after").and_then(|value| retry_after(&value, date));
        // A composite checksum has a hyphen and the number of parts, and is no CRC of the whole.
        let checksum = header("x-amz-checksum-crc64nvme").and_then(|text| Crc64::from_base64(&text));
        Self {
            status,
            etag: header("etag").filter(|etag| !etag.is_empty() && etag.len() <= 1024),
            retry_after,
            date,
            length: header("content-length").and_then(|length| length.trim().parse().ok()),
            checksum,
            version: header("x-amz-version-id").filter(|version| version != "null"),
            body,
        }
    }

    /// Whether the status says that it went well.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Seconds, or a date.
fn retry_after(value: &str, now: Option<i64>) -> Option<u64> {
    if let Ok(seconds) = value.trim().parse::<u64>() {
        return seconds.checked_mul(1000);
    }
    let seconds = http_date(value)?.checked_sub(now?)?;
    u64::try_from(seconds).unwrap_or(0).checked_mul(1000)
}

/// The one form of a date that is sent today: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
fn http_date(text: &str) -> Option<i64> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let [_, day, month, year, time, "GMT"] = words.as_slice() else { return None };
    let month = MONTHS.iter().position(|name| name == month)? + 1;
    Timestamp::parse(&format!("{year}-{month:02}-{day:0>2}T{time}Z")).ok().map(|moment| moment.seconds)
}

/// A part as ListParts tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPart {
    /// Its number.
    pub number: u16,
    /// Its size in bytes.
    pub size: u64,
    /// Its ETag.
    pub etag: String,
    /// Its checksum, where S3 has one.
    pub checksum: Option<Crc64>,
}

/// A page of ListParts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPage {
    /// The parts on it.
    pub parts: Vec<ListedPart>,
    /// The marker of the next page, if there is one.
    pub next: Option<u16>,
}

/// The upload id of InitiateMultipartUploadResult.
pub fn upload_id(body: &str) -> Option<String> {
    with_root(body, "InitiateMultipartUploadResult", |root| text(root, "UploadId"))?
        .filter(|id| !id.is_empty() && id.len() <= 2048)
}

/// The parts of ListPartsResult; `None` for anything else. A part that is not whole is left out, and so sent again.
pub fn list_page(body: &str) -> Option<ListPage> {
    with_root(body, "ListPartsResult", |root| {
        let parts = root.children().filter(|node| node.tag_name().name() == "Part").filter_map(listed_part);
        let is_truncated = text(root, "IsTruncated").as_deref() == Some("true");
        let next = text(root, "NextPartNumberMarker").and_then(|marker| marker.parse().ok());
        ListPage { parts: parts.collect(), next: next.filter(|_| is_truncated) }
    })
}

fn listed_part(node: Node<'_, '_>) -> Option<ListedPart> {
    Some(ListedPart {
        number: text(node, "PartNumber")?.parse().ok()?,
        size: text(node, "Size")?.parse().ok()?,
        etag: text(node, "ETag")?,
        checksum: text(node, "ChecksumCRC64NVME").and_then(|text| Crc64::from_base64(&text)),
    })
}

/// What the body of an answered CompleteMultipartUpload says. The status 200 is sent before S3 knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Completed {
    /// The object is there.
    Object {
        /// Its ETag.
        etag: Option<String>,
        /// Its checksum, where S3 tells it.
        checksum: Option<Crc64>,
    },
    /// It failed after all; S3's code.
    Error(String),
    /// The body was cut: whether the object is there is not known.
    Cut,
}

/// Reads the body of a CompleteMultipartUpload that was answered with 200.
pub fn completed(body: &str) -> Completed {
    let result = with_root(body, "CompleteMultipartUploadResult", |root| Completed::Object {
        etag: text(root, "ETag"),
        checksum: text(root, "ChecksumCRC64NVME").and_then(|text| Crc64::from_base64(&text)),
    });
    result.or_else(|| error_code(body).map(Completed::Error)).unwrap_or(Completed::Cut)
}

/// The code of an Error document.
pub fn error_code(body: &str) -> Option<String> {
    with_root(body, "Error", |root| text(root, "Code").unwrap_or_default())
}

fn with_root<T>(body: &str, name: &str, read: impl FnOnce(Node<'_, '_>) -> T) -> Option<T> {
    if body.len() > LONGEST {
        return None;
    }
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    // S3 sends white space while it joins parts, and no XML declaration may follow that.
    let document = Document::parse_with_options(body.trim_start(), options).ok()?;
    let root = document.root_element();
    (root.tag_name().name() == name).then(|| read(root))
}

fn text(node: Node<'_, '_>, name: &str) -> Option<String> {
    let child = node.children().find(|child| child.tag_name().name() == name)?;
    Some(child.text().unwrap_or_default().trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<ListPartsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Bucket>b</Bucket><IsTruncated>true</IsTruncated>
<NextPartNumberMarker>2</NextPartNumberMarker>
<Part><PartNumber>1</PartNumber><ETag>&quot;aa&quot;</ETag><Size>16777216</Size><ChecksumCRC64NVME>rosUhgp5mIg=</ChecksumCRC64NVME></Part>
<Part><PartNumber>2</PartNumber><ETag>"bb"</ETag><Size>5</Size></Part>
<Part><PartNumber>many</PartNumber><ETag>"cc"</ETag><Size>5</Size></Part></ListPartsResult>"#;

    #[test]
    fn a_page_of_parts_is_read_with_the_marker_of_the_next() {
        let page = list_page(LIST).unwrap();
        assert_eq!(page.next, Some(2));
        assert_eq!(page.parts.len(), 2);
        assert_eq!((page.parts[0].etag.as_str(), page.parts[0].size), ("\"aa\"", 16_777_216));
        assert_eq!(page.parts[0].checksum, Some(Crc64::of(b"123456789")));
        assert_eq!(list_page(&LIST.replace("true", "false")).unwrap().next, None);
    }

    #[test]
    fn an_error_in_an_answer_of_200_is_seen() {
        let waiting = "   \n\n";
        let body = "<?xml version=\"1.0\"?><Error><Code>InternalError</Code></Error>";
        assert_eq!(completed(&format!("{waiting}{body}")), Completed::Error("InternalError".into()));
        let body = "<CompleteMultipartUploadResult><ETag>\"a-2\"</ETag></CompleteMultipartUploadResult>";
        let object = Completed::Object { etag: Some("\"a-2\"".into()), checksum: None };
        assert_eq!(completed(body), object);
        for cut in [waiting, "", &body[..40], "<html/>"] {
            assert_eq!(completed(cut), Completed::Cut, "{cut}");
        }
    }

    #[test]
    fn headers_are_read_and_dates_become_waits() {
        let headers = [
            ("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
            ("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT"),
            ("x-amz-checksum-crc64nvme", "rosUhgp5mIg="),
            ("content-length", "9"),
        ];
        let header =
            |name: &str| headers.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned());
        let response = Response::read(503, header, String::new());
        assert_eq!((response.date, response.retry_after), (Some(784_111_777), Some(30_000)));
        assert_eq!((response.checksum, response.length), (Some(Crc64::of(b"123456789")), Some(9)));
        assert_eq!(retry_after("7", None), Some(7000));
        assert_eq!(retry_after("soon", Some(0)), None);
    }

    #[test]
    fn an_upload_id_is_read_with_its_entities() {
        let body =
            "<InitiateMultipartUploadResult><UploadId>a&amp;b</UploadId></InitiateMultipartUploadResult>";
        assert_eq!(upload_id(body).as_deref(), Some("a&b"));
        assert_eq!(upload_id("<InitiateMultipartUploadResult/>"), None);
    }

    proptest! {
        #[test]
        fn no_body_makes_it_panic(text in "(?s)(<Part>|<Error>|<Code>|</|&amp;|.){0,30}", cut in 0..LIST.len()) {
            let _ = (completed(&text), list_page(&text), upload_id(&text), http_date(&text), retry_after(&text, None));
            prop_assert!(list_page(&LIST[..cut]).is_none());
        }
    }
}
