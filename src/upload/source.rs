//! Where the signatures of an upload come from: a ticket made elsewhere, or credentials in this tab.

use super::engine::{Authority, Integrity, Settings};
use super::exchange::{HttpRequest, Request};
use super::part_plan::{PartPlan, PlanError};
use super::resume::FileIdentity;
use super::signing::Signer;
use super::ticket::Ticket;

/// Parts sent at a time unless the person chooses otherwise: a browser opens six connections to a host, and one is kept
/// for what is about the upload as a whole.
pub const USUAL_PARALLEL: u8 = 5;

/// A request that makes no progress for so long, in milliseconds, is tried again.
pub const STALL_AFTER: u64 = 60_000;

/// What gives requests their addresses.
#[derive(Debug, Clone)]
pub enum Source {
    /// URLs signed elsewhere.
    Ticket(Box<Ticket>),
    /// Credentials in this tab.
    Signer(Box<Signer>),
}

impl Source {
    /// The request with its address, signed for a moment (seconds since 1970). `None` where the ticket has no such URL,
    /// or the ticket or the credentials have expired: the engine then waits for new ones.
    pub fn address(&self, request: &Request, signed_at: i64) -> Option<HttpRequest> {
        match self {
            Self::Ticket(ticket) if ticket.expires <= signed_at => None,
            Self::Ticket(ticket) => ticket.address(request).ok(),
            Self::Signer(signer) if signer.has_expired(signed_at) => None,
            Self::Signer(signer) => Some(signer.address(request, signed_at)),
        }
    }

    /// The host that all requests go to.
    pub fn host(&self) -> &str {
        match self {
            Self::Ticket(ticket) => &ticket.host,
            Self::Signer(signer) => signer.host(),
        }
    }

    /// How an upload of `file` by this source is done, at the usual pace. `seed` is any number; the waits between tries
    /// are drawn from it.
    ///
    /// # Errors
    /// The file is too large for S3.
    pub fn settings(&self, file: FileIdentity, seed: u64) -> Result<Settings, PlanError> {
        let (bucket, key, region) = match self {
            Self::Ticket(ticket) => (&ticket.bucket, &ticket.key, &ticket.region),
            Self::Signer(signer) => (&signer.bucket, &signer.key, &signer.region),
        };
        let Authority { integrity, can_list, can_abort, can_read_back } = self.authority();
        let usual = Settings {
            bucket: bucket.clone(),
            key: key.clone(),
            region: region.clone(),
            plan: PartPlan::for_file(file.size)?,
            file,
            integrity,
            upload_id: None,
            can_list,
            can_abort,
            can_read_back,
            parallel: USUAL_PARALLEL,
            speed_limit: None,
            stall_after: STALL_AFTER,
            seed,
        };
        Ok(match self {
            Self::Signer(_) => usual,
            Self::Ticket(ticket) => {
                Settings { plan: ticket.plan, upload_id: ticket.upload_id.clone(), ..usual }
            }
        })
    }

    /// What can be asked of S3 by this source.
    pub fn authority(&self) -> Authority {
        match self {
            Self::Signer(_) => Authority {
                integrity: Integrity::Signed,
                can_list: true,
                can_abort: true,
                can_read_back: true,
            },
            Self::Ticket(ticket) => Authority {
                integrity: Integrity::Compared,
                can_list: ticket.can_list(),
                can_abort: ticket.can_abort(),
                can_read_back: ticket.can_read_back(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upload::credentials::Credentials;
    use crate::upload::endpoint::Network;

    #[test]
    fn credentials_that_have_ended_sign_nothing() {
        let credentials = r#"{"AccessKeyId": "ASIAEXAMPLE", "SecretAccessKey": "s", "SessionToken": "t",
            "Expiration": "2026-12-01T18:00:00Z"}"#;
        let credentials = Credentials::read(credentials).unwrap();
        let signer =
            Signer::new(credentials, &Network::Regional, false, "eu-west-1", "bucket", "key").unwrap();
        let source = Source::Signer(Box::new(signer));
        assert!(source.address(&Request::Head, 1_796_147_999).is_some());
        assert_eq!(source.address(&Request::Head, 1_796_148_000), None);
        assert_eq!(source.host(), "bucket.s3.eu-west-1.amazonaws.com");
        let file = FileIdentity { name: "f".into(), size: 5, modified: 0, offset: 0, sample: None };
        assert_eq!(source.settings(file, 1).unwrap().integrity, Integrity::Signed);
    }
}
