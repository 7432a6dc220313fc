//! A ticket as it is written: the fields of `docs/ticket.md`, before anything is checked.

use serde::Deserialize;
use zeroize::Zeroizing;

/// A URL as it was written: wiped when it is dropped.
#[derive(Deserialize)]
#[serde(from = "String")]
pub(super) struct Url(Zeroizing<String>);

impl From<String> for Url {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl Url {
    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

#[derive(Deserialize)]
pub(super) struct Version {
    #[serde(rename = "importPlannerTicket")]
    pub(super) version: Option<u64>,
}

#[derive(Deserialize)]
pub(super) struct Ticket {
    pub(super) bucket: String,
    pub(super) key: String,
    pub(super) region: String,
    pub(super) expires: String,
    pub(super) file: File,
    pub(super) put: Option<Put>,
    pub(super) multipart: Option<Multipart>,
    pub(super) head: Option<Url>,
}

#[derive(Deserialize)]
pub(super) struct File {
    pub(super) name: Option<String>,
    pub(super) size: u64,
}

#[derive(Deserialize)]
pub(super) struct Put {
    pub(super) url: Url,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Multipart {
    pub(super) upload_id: String,
    pub(super) part_size: u64,
    pub(super) parts: Vec<Part>,
    pub(super) list: Option<Url>,
    pub(super) complete: Url,
    pub(super) abort: Option<Url>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Part {
    pub(super) part_number: u16,
    pub(super) url: Url,
}
