//! By what the page may upload: a presigned URL, a ticket, or temporary credentials, whichever was pasted.

use super::credentials::{Credentials, CredentialsError};
use super::endpoint::EndpointError;
use super::presigned::{NotPresigned, Presigned};
use super::settings::Route;
use super::signing::Signer;
use super::source::Source;
use super::ticket::{Ticket, TicketError};
use super::{SINGLE_PUT_LIMIT, resume::Record};
use crate::sentence::Sentence;
use std::fmt;

/// What was pasted, by its looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// A presigned URL.
    Url,
    /// A ticket.
    Ticket,
    /// Credentials.
    Credentials,
}

/// The object an upload makes. A URL and a ticket name it themselves; credentials do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The bucket.
    pub bucket: &'a str,
    /// The key.
    pub key: &'a str,
    /// The bucket's Region.
    pub region: &'a str,
}

/// Why nothing can be uploaded by what was pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeansError {
    /// It is no presigned URL.
    Url(NotPresigned),
    /// One PUT takes less than the file has.
    TooLargeForUrl,
    /// The ticket is wrong.
    Ticket(TicketError),
    /// There are no credentials in it.
    Credentials(CredentialsError),
    /// Credentials say nothing of the bucket, the key and the Region, and one of these is missing.
    NoPlace,
    /// There is no address for the bucket.
    Address(EndpointError),
}

impl Means {
    /// What a text is meant to be; `None` for an empty one. A text that is none of the three is taken for a URL.
    pub fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let lower: String = text.chars().take(20_000).collect::<String>().to_ascii_lowercase();
        if text.is_empty() {
            None
        } else if text.starts_with('{') {
            let is_ticket = text.contains("\"importPlannerTicket\"") || text.contains("\"multipart\"");
            Some(if is_ticket { Self::Ticket } else { Self::Credentials })
        } else if lower.contains("aws_access_key_id") || lower.contains("aws_secret_access_key") {
            Some(Self::Credentials)
        } else {
            Some(Self::Url)
        }
    }
}

/// Whether a text, wherever on the page it was pasted or dropped, is a ticket or credentials: a key to the bucket, which
/// is to be shown nowhere. A presigned URL can be meant for a request, too.
pub fn is_key(text: &str) -> bool {
    const MARKS: [&str; 3] = ["\"importplannerticket\"", "aws_secret_access_key", "\"secretaccesskey\""];
    let lower = text.to_ascii_lowercase();
    MARKS.iter().any(|mark| lower.contains(mark))
}

/// What gives the requests of an upload of `file_size` bytes their addresses. `now` is in seconds since 1970; `route` is
/// how credentials reach the bucket.
///
/// # Errors
/// [`MeansError`]; nothing secret is in it.
pub fn source(
    text: &str,
    file_size: u64,
    now: i64,
    place: Place<'_>,
    route: &Route,
) -> Result<Source, MeansError> {
    match Means::of(text) {
        None => Err(MeansError::Url(NotPresigned::NoUrl)),
        Some(Means::Url) => {
            let presigned = Presigned::read(text, now).map_err(MeansError::Url)?;
            if file_size > SINGLE_PUT_LIMIT {
                return Err(MeansError::TooLargeForUrl);
            }
            Ok(Source::Ticket(Box::new(Ticket::of_url(text, presigned, file_size))))
        }
        Some(Means::Ticket) => {
            let ticket = Ticket::read(text, file_size, now).map_err(MeansError::Ticket)?;
            Ok(Source::Ticket(Box::new(ticket)))
        }
        Some(Means::Credentials) => {
            let credentials = Credentials::read(text).map_err(MeansError::Credentials)?;
            signer(credentials, place, route).map(|signer| Source::Signer(Box::new(signer)))
        }
    }
}

fn signer(credentials: Credentials, place: Place<'_>, route: &Route) -> Result<Signer, MeansError> {
    let Place { bucket, key, region } = place;
    if [bucket, key, region].iter().any(|text| text.is_empty()) {
        return Err(MeansError::NoPlace);
    }
    let (network, by_path) = route.network(credentials.endpoint());
    Signer::new(credentials, &network, by_path, region, bucket, key).map_err(MeansError::Address)
}

impl Source {
    /// The object that is made.
    pub fn place(&self) -> Place<'_> {
        match self {
            Self::Ticket(ticket) => {
                Place { bucket: &ticket.bucket, key: &ticket.key, region: &ticket.region }
            }
            Self::Signer(signer) => {
                Place { bucket: &signer.bucket, key: &signer.key, region: &signer.region }
            }
        }
    }

    /// Whether the upload of `record` can be taken up by this: a ticket must be for it, credentials for its object.
    pub fn continues(&self, record: &Record) -> bool {
        let place = Place { bucket: &record.bucket, key: &record.key, region: &record.region };
        match self {
            Self::Ticket(ticket) => {
                ticket.upload_id.as_ref() == Some(&record.upload_id) && record.plan() == Some(ticket.plan)
            }
            Self::Signer(_) => self.place() == place,
        }
    }
}

impl MeansError {
    /// What is wrong, and the way out.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Url(_) => "This is no presigned URL: paste the whole of it.".into(),
            Self::TooLargeForUrl => "One PUT carries at most 5 GiB: use a ticket or credentials.".into(),
            Self::Ticket(error) => error.sentence(),
            Self::Credentials(error) => error.sentence(),
            Self::NoPlace => {
                "Fill in the bucket, the key and the Region first: credentials do not name them.".into()
            }
            Self::Address(error) => error.sentence(),
        }
    }
}

impl fmt::Display for MeansError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sentence().fmt(f)
    }
}

impl std::error::Error for MeansError {}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place<'_> = Place { bucket: "bucket", key: "disk.vmdk", region: "eu-west-1" };
    const CREDENTIALS: &str =
        "export AWS_ACCESS_KEY_ID=ASIAX\nexport AWS_SECRET_ACCESS_KEY=s\nexport AWS_SESSION_TOKEN=t\n";

    fn read(text: &str, place: Place<'_>) -> Result<Source, MeansError> {
        source(text, 5, 0, place, &Route::default())
    }

    #[test]
    fn what_was_pasted_is_known_by_its_looks() {
        assert_eq!(Means::of("  \n"), None);
        assert_eq!(Means::of("https://b.s3.amazonaws.com/k?X-Amz-Signature=0"), Some(Means::Url));
        assert_eq!(Means::of(" {\"importPlannerTicket\": 1"), Some(Means::Ticket));
        assert_eq!(Means::of("{\"AccessKeyId\": \"A\"}"), Some(Means::Credentials));
        assert_eq!(Means::of("[default]\naws_access_key_id = A"), Some(Means::Credentials));
        assert_eq!(Means::of(CREDENTIALS), Some(Means::Credentials));
        assert_eq!(Means::of("hello"), Some(Means::Url));
    }

    #[test]
    fn credentials_need_a_place_and_may_name_a_server_of_their_own() {
        let nowhere = Place { key: "", ..PLACE };
        assert_eq!(read(CREDENTIALS, nowhere).err(), Some(MeansError::NoPlace));
        assert_eq!(read(CREDENTIALS, PLACE).unwrap().host(), "bucket.s3.eu-west-1.amazonaws.com");
        let own = format!("{CREDENTIALS}export AWS_ENDPOINT_URL_S3=https://s3.example.org:9000/\n");
        assert_eq!(read(&own, PLACE).unwrap().host(), "s3.example.org:9000");
    }

    #[test]
    fn credentials_reach_the_bucket_by_the_endpoint_that_was_chosen() {
        let route = |network: &str| Route { network: network.into(), ..Route::default() };
        let host =
            |route: &Route| source(CREDENTIALS, 5, 0, PLACE, route).map(|source| source.host().to_owned());
        assert_eq!(host(&route("accelerate")).unwrap(), "bucket.s3-accelerate.amazonaws.com");
        assert_eq!(host(&route("dualstack")).unwrap(), "bucket.s3.dualstack.eu-west-1.amazonaws.com");
        assert_eq!(host(&Route { by_path: true, ..Route::default() }).unwrap(), "s3.eu-west-1.amazonaws.com");
        let nowhere = Route { server: "ftp://s3.example.org".into(), ..Route::default() };
        assert_eq!(host(&nowhere), Err(MeansError::Address(EndpointError::NoUrl)));
    }

    #[test]
    fn a_url_carries_no_more_than_one_put_takes() {
        let signature = "0".repeat(64);
        let url = format!(
            "https://bucket.s3.eu-west-1.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F20261201%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20261201T000000Z&X-Amz-Expires=600&X-Amz-SignedHeaders=host&X-Amz-Signature={signature}"
        );
        let read = source(&url, 5, 1_796_083_200, PLACE, &Route::default()).unwrap();
        assert_eq!((read.place().key, read.host()), ("k", "bucket.s3.eu-west-1.amazonaws.com"));
        assert_eq!(
            source(&url, SINGLE_PUT_LIMIT + 1, 0, PLACE, &Route::default()).err(),
            Some(MeansError::TooLargeForUrl)
        );
        // A link in a mail is often put in angle brackets; they are no part of what is sent.
        let request = super::super::exchange::Request::Put { range: 0..5, checksum: None };
        let quoted = source(&format!(" <{url}> "), 5, 1_796_083_200, PLACE, &Route::default()).unwrap();
        assert_eq!(quoted.address(&request, 1_796_083_200).unwrap().url.expose(), url);
    }
}
