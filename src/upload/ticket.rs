//! A ticket: an upload presigned elsewhere, as JSON. The schema is in `docs/ticket.md`.
//!
//! A ticket comes by mail or from a clipboard, so nothing in it is believed before it is checked: all its URLs must
//! lead to the one object it names, and its parts must be those of the file at hand.

use super::exchange::{Body, HttpRequest, Request, SecretUrl, complete_body};
use super::part_plan::PartPlan;
use super::presigned::Presigned;
use crate::request::rules::bucket::{check_bucket, check_key};
use crate::request::timestamp::Timestamp;
use crate::request::validate::Level;
use crate::sentence::{Sentence, sentence};
use check::{Checker, Expected};
use std::collections::BTreeMap;
use std::fmt;

mod check;
mod schema;

/// The version of the schema that is read and that the script writes.
pub const VERSION: u64 = 1;

/// The longest text that is looked at, in bytes: 10,000 URLs with long session tokens fit.
const LONGEST: usize = 48 * 1024 * 1024;

/// S3 lists so many parts on one page, and the page after it has a URL that no ticket can sign in advance.
const LONGEST_LIST: u16 = 1000;

/// The one header a ticket's URL may have signed, beside `host`: HEAD needs it to be told the checksum.
const CHECKSUM_MODE: &str = "x-amz-checksum-mode";

/// A checked ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// The bucket.
    pub bucket: String,
    /// The key the object will have.
    pub key: String,
    /// The Region.
    pub region: String,
    /// The host all requests go to, for the page's policy.
    pub host: String,
    /// When the first of its URLs expires, in seconds since 1970.
    pub expires: i64,
    /// The name of the file it was made for, where it says.
    pub file_name: Option<String>,
    /// The parts, or the one PUT.
    pub plan: PartPlan,
    /// The multipart upload; `None` for one PUT.
    pub upload_id: Option<String>,
    urls: Urls,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Urls {
    put: Option<SecretUrl>,
    parts: BTreeMap<u16, SecretUrl>,
    list: Option<SecretUrl>,
    complete: Option<SecretUrl>,
    abort: Option<SecretUrl>,
    head: Option<SecretUrl>,
    /// Whether HEAD was signed with the header that asks for checksums.
    head_tells_checksum: bool,
}

/// Where a ticket is wrong, and how. The texts of its URLs are never repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketError {
    /// The field, as `multipart.parts[3].url`; empty for the ticket as a whole.
    pub field: String,
    /// What is wrong, as a sentence with a way out.
    pub problem: Sentence,
}

/// A URL that this ticket does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoUrl {
    /// The part is not in it: it was renewed for other parts, or has been cut.
    Part(u16),
    /// It has no URL for a request of this kind.
    Kind,
}

impl Ticket {
    /// Reads a ticket for a file of `file_size` bytes. `now` is in seconds since 1970.
    ///
    /// # Errors
    /// [`TicketError`] names the first field that is wrong.
    pub fn read(text: &str, file_size: u64, now: i64) -> Result<Self, TicketError> {
        let written = parse(text)?;
        check_names(&written)?;
        if written.file.size != file_size {
            let problem = sentence!(
                "The ticket is for a file of {size} bytes, and this one has {file_size}: choose the other file, or make a ticket for this one.",
                size = written.file.size,
                file_size
            );
            return Err(error("file.size", problem));
        }
        let stated = Timestamp::parse(&written.expires)
            .map_err(|problem| error("expires", sentence!("This is no moment: {problem}", problem)))?;
        let mut checker = Checker { ticket: &written, now, host: None, earliest: stated.seconds };
        let mut urls = Urls::default();
        if let Some(head) = &written.head {
            let signed = checker.check("head", head.text(), Expected::Object(&[CHECKSUM_MODE]))?;
            urls.head_tells_checksum = !signed.is_empty();
            urls.head = Some(secret(head));
        }
        let (plan, upload_id) = match (&written.put, &written.multipart) {
            (Some(put), None) => {
                checker.check("put.url", put.url.text(), Expected::Object(&[]))?;
                urls.put = Some(secret(&put.url));
                if file_size > super::SINGLE_PUT_LIMIT {
                    return Err(error(
                        "put",
                        "One PUT takes 5 GiB, and the file is larger: make a ticket for a multipart upload."
                            .into(),
                    ));
                }
                (PartPlan::in_one_put(file_size), None)
            }
            (None, Some(multipart)) => {
                let plan = checker.multipart(multipart, file_size, &mut urls)?;
                (plan, Some(multipart.upload_id.clone()))
            }
            (Some(_), Some(_)) => {
                return Err(error(
                    "",
                    "The ticket has both put and multipart; it must have one of them.".into(),
                ));
            }
            (None, None) => {
                return Err(error("", "The ticket has neither put nor multipart: make a new one.".into()));
            }
        };
        let (host, expires) = (checker.host.unwrap_or_default(), checker.earliest);
        if expires <= now {
            let moment = Timestamp { seconds: expires, microseconds: 0 }.to_utc();
            return Err(error(
                "expires",
                sentence!(
                    "The ticket expired at {moment}: run its script again, which renews it for the parts that are missing.",
                    moment
                ),
            ));
        }
        let schema::Ticket { bucket, key, region, file, .. } = written;
        Ok(Self { bucket, key, region, host, expires, file_name: file.name, plan, upload_id, urls })
    }

    /// The ticket that a presigned URL for the whole file is. What the URL does not say is empty.
    pub fn of_url(text: &str, presigned: Presigned, file_size: u64) -> Self {
        let text = text.trim().trim_matches(['"', '\'', '<', '>']);
        Self {
            bucket: presigned.bucket.unwrap_or_default(),
            key: presigned.key.unwrap_or_default(),
            region: presigned.region.unwrap_or_default(),
            host: presigned.host,
            expires: presigned.expires.unwrap_or(i64::MAX),
            file_name: None,
            plan: PartPlan::in_one_put(file_size),
            upload_id: None,
            urls: Urls { put: Some(SecretUrl::new(text.to_owned())), ..Urls::default() },
        }
    }

    /// The numbers of the parts it has no URL for; a renewed ticket has those alone that were missing.
    pub fn parts_without_url(&self) -> impl Iterator<Item = u16> {
        let has_put = self.urls.put.is_some();
        self.plan.numbers().filter(move |number| !has_put && !self.urls.parts.contains_key(number))
    }

    /// Whether the object can be read back at the end.
    pub fn can_read_back(&self) -> bool {
        self.urls.head.is_some()
    }

    /// Whether the parts that have arrived can be listed, all of them.
    pub fn can_list(&self) -> bool {
        self.urls.list.is_some() && !self.has_too_many_to_list()
    }

    /// Whether it has more parts than its one page of a list can show.
    pub fn has_too_many_to_list(&self) -> bool {
        self.plan.count() > LONGEST_LIST
    }

    /// Whether the upload can be aborted.
    pub fn can_abort(&self) -> bool {
        self.urls.abort.is_some()
    }

    /// The request with its address.
    ///
    /// # Errors
    /// [`NoUrl`] where the ticket has none for it.
    pub fn address(&self, request: &Request) -> Result<HttpRequest, NoUrl> {
        let urls = &self.urls;
        let of = |url: &Option<SecretUrl>| url.clone().ok_or(NoUrl::Kind);
        let plain = |method, url, body| HttpRequest { method, url, headers: Vec::new(), body };
        Ok(match request {
            Request::Create { .. } => return Err(NoUrl::Kind),
            Request::Put { range, .. } => plain("PUT", of(&urls.put)?, Body::Slice(range.clone())),
            Request::Part { number, range, .. } => {
                let url = urls.parts.get(number).cloned().ok_or(NoUrl::Part(*number))?;
                plain("PUT", url, Body::Slice(range.clone()))
            }
            // What has more than one page is not listed: see `can_list`.
            Request::List { after: 0, .. } => plain("GET", of(&urls.list)?, Body::Nothing),
            Request::List { .. } => return Err(NoUrl::Kind),
            Request::Complete { parts, .. } => HttpRequest {
                headers: vec![("content-type", "application/xml".into())],
                ..plain("POST", of(&urls.complete)?, Body::Text(complete_body(parts)))
            },
            Request::Abort { .. } => plain("DELETE", of(&urls.abort)?, Body::Nothing),
            Request::Head => {
                let headers = urls
                    .head_tells_checksum
                    .then(|| (CHECKSUM_MODE, "ENABLED".to_owned()))
                    .into_iter()
                    .collect();
                HttpRequest { headers, ..plain("HEAD", of(&urls.head)?, Body::Nothing) }
            }
        })
    }
}

fn secret(url: &schema::Url) -> SecretUrl {
    SecretUrl::new(url.text().trim().to_owned())
}

fn error(field: &str, problem: Sentence) -> TicketError {
    TicketError { field: field.to_owned(), problem }
}

fn parse(text: &str) -> Result<schema::Ticket, TicketError> {
    if text.len() > LONGEST {
        return Err(error(
            "",
            "The text is longer than any ticket: choose the ticket, not the image.".into(),
        ));
    }
    // The version first: a newer one may differ in everything else.
    let not_json = "This is no ticket: it is not JSON, or was cut. Choose the file that the script wrote.";
    let version: schema::Version = serde_json::from_str(text).map_err(|_| error("", not_json.into()))?;
    match version.version {
        Some(VERSION) => {}
        Some(newer) => {
            let problem = sentence!(
                "The ticket has version {newer} and this page reads version {version}: take the script that this page shows.",
                newer,
                version = VERSION
            );
            return Err(error("importPlannerTicket", problem));
        }
        None => {
            return Err(error(
                "importPlannerTicket",
                "This is JSON, but no ticket: the version is missing.".into(),
            ));
        }
    }
    let deserializer = &mut serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(deserializer).map_err(|failure| {
        // A message may quote a value; the kinds are worded here, so that no URL gets into it.
        let field = failure.path().to_string();
        let text = failure.inner().to_string();
        let problem = match text.split_once("missing field `").and_then(|(_, rest)| rest.split_once('`')) {
            Some((name, _)) => sentence!("The field {name} is missing: make the ticket again.", name),
            None => "The field has another form than docs/ticket.md says: make the ticket again.".into(),
        };
        error(if field == "." { "" } else { &field }, problem)
    })
}

fn check_names(written: &schema::Ticket) -> Result<(), TicketError> {
    let checks = [
        ("bucket", check_bucket(&written.bucket)),
        ("key", check_key(&written.key)),
        ("region", crate::request::regions::check(&written.region)),
    ];
    for (field, check) in checks {
        if let Err(fault) = check
            && fault.level == Level::Error
        {
            return Err(error(field, fault.message));
        }
    }
    Ok(())
}

impl TicketError {
    /// Where it is wrong, and how.
    pub fn sentence(&self) -> Sentence {
        match self.field.as_str() {
            "" => self.problem.clone(),
            field => sentence!("{field}: {problem}", field, problem = &self.problem),
        }
    }
}

impl fmt::Display for TicketError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sentence().fmt(f)
    }
}

impl std::error::Error for TicketError {}

#[cfg(test)]
#[path = "ticket/tests.rs"]
mod tests;
