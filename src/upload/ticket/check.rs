//! Whether a ticket's URLs lead where it says: each to the one object, for what it is named for, at the same host.

use super::{TicketError, Urls, error, schema, secret};
use crate::request::rules::url;
use crate::sentence::{Sentence, sentence};
use crate::upload::part_plan::{PartPlan, PlanError};
use crate::upload::presigned::{Doubt, NotPresigned, Presigned};

/// What the query of a URL must say.
#[derive(Clone, Copy)]
pub(super) enum Expected<'a> {
    /// The object itself; these headers may have been signed.
    Object(&'a [&'a str]),
    /// The upload as a whole.
    Upload(&'a str),
    /// One part of it.
    Part(&'a str, u16),
}

/// Holds every URL of a ticket to the first one and to what the ticket says.
pub(super) struct Checker<'a> {
    pub(super) ticket: &'a schema::Ticket,
    pub(super) now: i64,
    pub(super) host: Option<String>,
    pub(super) earliest: i64,
}

impl Checker<'_> {
    pub(super) fn multipart(
        &mut self,
        multipart: &schema::Multipart,
        file_size: u64,
        urls: &mut Urls,
    ) -> Result<PartPlan, TicketError> {
        let id = &multipart.upload_id;
        if id.is_empty() || id.len() > 2048 {
            return Err(error(
                "multipart.uploadId",
                "This is no id of an upload: make the ticket again.".into(),
            ));
        }
        let plan = PartPlan::with_part_size(file_size, multipart.part_size).map_err(|problem| {
            let advice = match problem {
                PlanError::FileTooLarge { .. } => "",
                _ => " Make the ticket again.",
            };
            let problem =
                sentence!("{problem}{advice}", problem = problem.sentence(), advice = Sentence::from(advice));
            error("multipart.partSize", problem)
        })?;
        for (index, part) in multipart.parts.iter().enumerate() {
            let number = part.part_number;
            let field = |name: &str| format!("multipart.parts[{index}].{name}");
            if number == 0 || number > plan.count() {
                let problem = sentence!(
                    "There is no part {number}: a file of this size has parts 1 to {count}.",
                    number,
                    count = plan.count()
                );
                return Err(error(&field("partNumber"), problem));
            }
            self.check(&field("url"), part.url.text(), Expected::Part(id, number))?;
            if urls.parts.insert(number, secret(&part.url)).is_some() {
                return Err(error(
                    &field("partNumber"),
                    sentence!("Part {number} stands there twice: make the ticket again.", number),
                ));
            }
        }
        self.check("multipart.complete", multipart.complete.text(), Expected::Upload(id))?;
        urls.complete = Some(secret(&multipart.complete));
        for (field, url, place) in [
            ("multipart.list", &multipart.list, &mut urls.list),
            ("multipart.abort", &multipart.abort, &mut urls.abort),
        ] {
            if let Some(url) = url {
                self.check(field, url.text(), Expected::Upload(id))?;
                *place = Some(secret(url));
            }
        }
        Ok(plan)
    }

    /// Checks one URL and says which headers were signed beside `host`.
    pub(super) fn check(
        &mut self,
        field: &str,
        text: &str,
        expected: Expected<'_>,
    ) -> Result<Vec<String>, TicketError> {
        let wrong = |problem: &'static str| error(field, problem.into());
        let text = text.trim();
        let presigned = Presigned::read(text, self.now).map_err(|problem| match problem {
            NotPresigned::NoUrl => wrong("This is no https:// URL: make the ticket again."),
            NotPresigned::NotSigned => wrong("The URL has no signature, or was cut: make the ticket again."),
        })?;
        if self.host.get_or_insert_with(|| presigned.host.clone()) != &presigned.host {
            return Err(wrong("The URL leads to another host than the others: do not use this ticket."));
        }
        if presigned.bucket.as_deref() != Some(&self.ticket.bucket) {
            return Err(wrong(
                "The URL leads to another bucket than the ticket names: do not use this ticket.",
            ));
        }
        if presigned.key.as_deref() != Some(&self.ticket.key) {
            return Err(wrong("The URL leads to another key than the ticket names: do not use this ticket."));
        }
        if presigned.region.as_deref().is_some_and(|region| region != self.ticket.region) {
            return Err(wrong("The URL was signed for another Region than the ticket names: make it again."));
        }
        let expires = presigned
            .expires
            .ok_or_else(|| wrong("The URL does not say when it expires: make the ticket again."))?;
        self.earliest = self.earliest.min(expires);
        check_query(text, expected).map_err(wrong)?;
        check_doubts(&presigned.doubts, expected).map_err(wrong)
    }
}

fn check_query(text: &str, expected: Expected<'_>) -> Result<(), &'static str> {
    let pairs = url::split(text).and_then(|parts| parts.query).map(url::query_pairs).unwrap_or_default();
    let values = |name: &str| -> Vec<&str> {
        pairs.iter().filter(|(found, _)| found == name).map(|(_, value)| value.as_str()).collect()
    };
    let (upload, part) = match expected {
        Expected::Object(_) => (None, None),
        Expected::Upload(id) => (Some(id), None),
        Expected::Part(id, number) => (Some(id), Some(number.to_string())),
    };
    if values("uploadId") != upload.into_iter().collect::<Vec<_>>() {
        return Err("The URL belongs to another upload than the ticket names: make the ticket again.");
    }
    if values("partNumber") != part.as_deref().into_iter().collect::<Vec<_>>() {
        return Err("The URL belongs to another part than its number says: make the ticket again.");
    }
    Ok(())
}

fn check_doubts(doubts: &[Doubt], expected: Expected<'_>) -> Result<Vec<String>, &'static str> {
    let allowed = if let Expected::Object(allowed) = expected { allowed } else { &[] };
    let mut signed = Vec::new();
    for doubt in doubts {
        match doubt {
            // The earliest expiry of all is judged at the end; a part's URL is meant to be one.
            Doubt::Expired | Doubt::PartOfMultipart => {}
            Doubt::SignedHeaders(headers)
                if headers.iter().all(|header| allowed.contains(&header.as_str())) =>
            {
                signed.clone_from(headers);
            }
            Doubt::SignedHeaders(_) => {
                return Err(
                    "Headers were signed that the page does not send: make the ticket with its own script.",
                );
            }
            Doubt::ChecksumOfNothing => {
                return Err(
                    "A checksum of nothing was signed, as newer SDKs do: make the ticket with the page's own script.",
                );
            }
            Doubt::OtherService(_) => return Err("The URL was signed for another service than S3."),
        }
    }
    Ok(signed)
}
