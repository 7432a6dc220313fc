//! What the test's S3 server does wrong, on request.

use crate::s3_server::Failure;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::{Method, Request, Response, StatusCode};
use s3s::Body;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// What a request is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum About {
    /// The part with this number.
    Part(u16),
    /// A whole object in one PUT.
    Put,
    Create,
    List,
    Complete,
    Abort,
    Head,
}

impl About {
    /// What S3 takes a request for, by its method and query.
    pub(crate) fn of<B>(request: &Request<B>) -> Option<Self> {
        let query = request.uri().query().unwrap_or_default();
        let part = query.split('&').find_map(|pair| pair.strip_prefix("partNumber="));
        let has_upload = query.contains("uploadId=");
        match (request.method(), part.and_then(|number| number.parse().ok())) {
            (&Method::PUT, Some(number)) => Some(Self::Part(number)),
            (&Method::PUT, None) => Some(Self::Put),
            (&Method::POST, _) if has_upload => Some(Self::Complete),
            (&Method::POST, _) => Some(Self::Create),
            (&Method::GET, _) if has_upload => Some(Self::List),
            (&Method::DELETE, _) => Some(Self::Abort),
            (&Method::HEAD, _) => Some(Self::Head),
            _ => None,
        }
    }
}

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// S3's answer with this status and code.
    Refused(u16, &'static str),
    /// S3's answer to a URL that has expired.
    Expired,
    /// The connection is cut once some of the request has come.
    CutMidway,
    /// It is done, and the connection is cut before the answer.
    AnswerLost,
    /// It is done, and answered some seconds later.
    AnsweredLate,
    /// It is taken, its body is not read, and nothing happens any more.
    StalledMidway,
    /// It is read to its end and never answered.
    NeverAnswered,
    /// It is done, and another ETag is answered.
    WrongEtag,
    /// 200, and an error in the body: what Complete answers when joining the parts fails.
    ErrorInSuccess,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(status, code) => write!(f, "{status} {code}"),
            Self::Expired => f.write_str("403, expired"),
            Self::CutMidway => f.write_str("cut in the midst of the request"),
            Self::AnswerLost => f.write_str("cut before the answer"),
            Self::AnsweredLate => f.write_str("answered seconds later"),
            Self::StalledMidway => f.write_str("stalled in the midst of the request"),
            Self::NeverAnswered => f.write_str("never answered"),
            Self::WrongEtag => f.write_str("another ETag"),
            Self::ErrorInSuccess => f.write_str("200 with an error in its body"),
        }
    }
}

/// Says what happens to a request: what it is about, and how often that was asked before.
pub(crate) type Plan = fn(About, u32) -> Option<Fault>;

/// The faults of a server.
#[derive(Default)]
pub(crate) struct Faults {
    plan: Option<Plan>,
    asked: BTreeMap<About, u32>,
    happened: BTreeMap<Fault, u32>,
}

impl Faults {
    /// Follows another plan from now on; `None` lets every request pass.
    pub(crate) fn set_plan(&mut self, plan: Option<Plan>) {
        self.plan = plan;
        self.asked.clear();
    }

    /// The fault that the next request of this kind meets with, which is counted.
    pub(crate) fn next(&mut self, about: About) -> Option<Fault> {
        let asked = self.asked.entry(about).or_default();
        let fault = self.plan.and_then(|plan| plan(about, *asked));
        *asked += 1;
        if let Some(fault) = fault {
            *self.happened.entry(fault).or_default() += 1;
        }
        fault
    }

    /// How many there were of each kind.
    pub(crate) fn happened(&self) -> BTreeMap<Fault, u32> {
        self.happened.clone()
    }
}

/// How late an answer is.
pub(crate) const LATE: Duration = Duration::from_secs(4);

/// The server's part of a fault that keeps the request from the store.
pub(crate) async fn fail(fault: Fault, request: Request<Incoming>) -> Result<Response<Body>, Failure> {
    let mut body = request.into_body();
    match fault {
        Fault::CutMidway => {
            let _ = body.frame().await;
            Err("the connection is cut".into())
        }
        Fault::StalledMidway => {
            let _first = body.frame().await;
            std::future::pending().await
        }
        Fault::NeverAnswered => {
            drain(&mut body).await;
            std::future::pending().await
        }
        Fault::ErrorInSuccess => {
            drain(&mut body).await;
            Ok(Response::new(Body::from(format!(
                "   \n{}",
                error("InternalError", "We encountered an internal error.")
            ))))
        }
        Fault::Expired => {
            drain(&mut body).await;
            refusal(StatusCode::FORBIDDEN, "AccessDenied", "Request has expired")
        }
        Fault::Refused(status, code) => {
            drain(&mut body).await;
            refusal(StatusCode::from_u16(status)?, code, code)
        }
        Fault::AnswerLost | Fault::AnsweredLate | Fault::WrongEtag => unreachable!("the store answers these"),
    }
}

/// Reads to the end, as S3 does: an answer in the midst of a body would be a cut connection to the browser.
async fn drain(body: &mut Incoming) {
    while let Some(Ok(_)) = body.frame().await {}
}

/// An answer of S3 that refuses.
pub(crate) fn refusal(status: StatusCode, code: &str, message: &str) -> Result<Response<Body>, Failure> {
    Ok(Response::builder().status(status).body(Body::from(error(code, message)))?)
}

fn error(code: &str, message: &str) -> String {
    format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>")
}
