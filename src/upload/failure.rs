//! What went wrong with an upload, from what S3 answered and what the browser knows.
//!
//! The codes are those of S3's error responses
//! (<https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>); servers that speak S3 spell some of them
//! differently, so the message is looked at too.

/// Why an upload failed. The page has a sentence and a way out for each.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Failure {
    /// The browser was offline, or the connection broke after bytes had been sent.
    NetworkLost,
    /// No answer was readable and nothing was sent: most likely the bucket's CORS rule does not allow this page.
    /// A host that does not exist looks the same to a page.
    NotAllowedByCors,
    /// The page's own Content-Security-Policy names no such host.
    BlockedByPolicy,
    /// The browser did not begin.
    NotSent {
        /// Its reason.
        reason: String,
    },
    /// The file cannot be read any more: it was changed or removed since it was chosen, or what it lies on is away.
    /// Browsers do not say which.
    FileUnreadable,
    /// The presigned URL has expired, or the session that signed it has.
    Expired,
    /// The signature does not fit the request.
    SignatureRefused {
        /// S3's own message.
        message: String,
    },
    /// The bucket lies in another Region.
    WrongRegion {
        /// The Region S3 names, where it names one.
        expected: Option<String>,
    },
    /// A header had to be sent that was not signed, or the other way round.
    HeadersDiffer {
        /// S3's own message.
        message: String,
    },
    /// This computer's clock, or the one that signed, is wrong.
    ClockSkewed,
    /// The signer may not write there.
    AccessDenied {
        /// S3's own message.
        message: String,
    },
    /// There is no such bucket.
    NoSuchBucket,
    /// Larger than one PUT may be.
    TooLarge,
    /// S3 asks for patience or failed itself; the same upload may pass later.
    Busy {
        /// The HTTP status.
        status: u16,
    },
    /// Something else that S3 said.
    Other {
        /// The HTTP status.
        status: u16,
        /// S3's error code, where there is one.
        code: String,
        /// S3's own message.
        message: String,
    },
}

/// What is known when a request has ended without success.
#[derive(Debug, Clone, Copy)]
pub struct Ending<'a> {
    /// The HTTP status; 0 when the browser shows no answer.
    pub status: u16,
    /// The answer's body.
    pub body: &'a str,
    /// Bytes that had been sent.
    pub sent: u64,
    /// Whether the browser thinks it is online.
    pub online: bool,
    /// Whether the file can still be read.
    pub file_intact: bool,
    /// Whether the page's own policy kept the browser from sending.
    pub blocked_by_policy: bool,
}

/// Names the failure.
pub fn classify(ending: &Ending) -> Failure {
    let Ending { status, body, sent, online, file_intact, blocked_by_policy } = *ending;
    if !file_intact {
        return Failure::FileUnreadable;
    }
    if status == 0 && blocked_by_policy {
        return Failure::BlockedByPolicy;
    }
    if status == 0 {
        return if online && sent == 0 { Failure::NotAllowedByCors } else { Failure::NetworkLost };
    }
    let code = element(body, "Code");
    let message = element(body, "Message");
    match code.as_str() {
        "SignatureDoesNotMatch"
        | "InvalidAccessKeyId"
        | "InvalidToken"
        | "AuthorizationQueryParametersError" => Failure::SignatureRefused { message },
        "ExpiredToken" | "TokenRefreshRequired" => Failure::Expired,
        "RequestTimeTooSkewed" => Failure::ClockSkewed,
        "PermanentRedirect" | "TemporaryRedirect" => Failure::WrongRegion { expected: region_named_in(body) },
        "AuthorizationHeaderMalformed" | "IllegalLocationConstraintException" => {
            Failure::WrongRegion { expected: region_named_in(body) }
        }
        "NoSuchBucket" => Failure::NoSuchBucket,
        "EntityTooLarge" => Failure::TooLarge,
        "SlowDown" | "InternalError" | "ServiceUnavailable" | "RequestTimeout" => Failure::Busy { status },
        _ if says_expired(&message) => Failure::Expired,
        _ if message.contains("not yet valid") => Failure::ClockSkewed,
        _ if body.contains("<HeadersNotSigned>") || message.contains("not signed") => {
            Failure::HeadersDiffer { message }
        }
        "AccessDenied" => Failure::AccessDenied { message },
        _ => match status {
            301 | 307 => Failure::WrongRegion { expected: region_named_in(body) },
            413 => Failure::TooLarge,
            429 | 500..=599 => Failure::Busy { status },
            _ => Failure::Other { status, code, message },
        },
    }
}

fn says_expired(message: &str) -> bool {
    let message = message.to_ascii_lowercase();
    message.contains("expired") || message.contains("too old")
}

/// `<Region>` of the answer, or the Region in "…; expecting 'eu-west-1'".
fn region_named_in(body: &str) -> Option<String> {
    let region = element(body, "Region");
    if !region.is_empty() {
        return Some(region);
    }
    let after = element(body, "Message").split_once("expecting '")?.1.to_owned();
    after.split_once('\'').map(|(region, _)| region.to_owned())
}

/// The text of the first element of this name in one of S3's small error documents, with XML's five entities
/// resolved, at most 500 characters. These documents have no attributes and no nesting of equal names.
fn element(body: &str, name: &str) -> String {
    let text = body
        .split_once(&format!("<{name}>"))
        .and_then(|(_, after)| after.split_once(&format!("</{name}>")))
        .map_or("", |(text, _)| text);
    let text: String = text.chars().take(500).collect();
    // The ampersand last: "&amp;lt;" means "&lt;", not "<".
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text, |text, (entity, character)| text.replace(entity, character))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, code: &str, message: &str) -> Failure {
        let body =
            format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>");
        classify(&Ending {
            status,
            body: &body,
            sent: 5,
            online: true,
            file_intact: true,
            blocked_by_policy: false,
        })
    }

    fn without_answer(sent: u64, online: bool, file_intact: bool) -> Failure {
        classify(&Ending { status: 0, body: "", sent, online, file_intact, blocked_by_policy: false })
    }

    #[test]
    fn no_answer_and_nothing_sent_points_at_cors() {
        assert_eq!(without_answer(0, true, true), Failure::NotAllowedByCors);
    }

    #[test]
    fn no_answer_after_bytes_were_sent_or_offline_is_the_network() {
        assert_eq!(without_answer(1 << 20, true, true), Failure::NetworkLost);
        assert_eq!(without_answer(0, false, true), Failure::NetworkLost);
    }

    #[test]
    fn a_file_that_cannot_be_read_any_more_is_named_before_the_network() {
        assert_eq!(without_answer(0, true, false), Failure::FileUnreadable);
    }

    #[test]
    fn an_expired_url_is_told_from_a_denied_one() {
        assert_eq!(answered(403, "AccessDenied", "Request has expired"), Failure::Expired);
        assert_eq!(answered(400, "ExpiredToken", "The provided token has expired."), Failure::Expired);
        assert!(matches!(answered(403, "AccessDenied", "Access Denied"), Failure::AccessDenied { .. }));
    }

    #[test]
    fn the_right_region_is_read_from_the_answer() {
        let message =
            "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'";
        let expected = Some("eu-west-1".to_owned());
        assert_eq!(answered(400, "AuthorizationHeaderMalformed", message), Failure::WrongRegion { expected });
    }

    #[test]
    fn headers_that_were_not_signed_are_named() {
        let message = "There were headers present in the request which were not signed";
        assert!(matches!(answered(403, "AccessDenied", message), Failure::HeadersDiffer { .. }));
    }

    #[test]
    fn five_hundreds_are_worth_another_try() {
        assert_eq!(answered(503, "SlowDown", "Reduce your request rate."), Failure::Busy { status: 503 });
        assert_eq!(answered(502, "", ""), Failure::Busy { status: 502 });
    }

    #[test]
    fn entities_are_resolved_once() {
        let failure = answered(400, "Odd", "&amp;lt; &lt;b&gt;");
        assert_eq!(failure, Failure::Other { status: 400, code: "Odd".into(), message: "&lt; <b>".into() });
    }
}
