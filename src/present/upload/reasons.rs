//! Why an upload waits, is tried again, or has ended, and the way out.

use crate::text::fill;
use crate::text::upload::UploadTexts;
use crate::upload::engine::{Hold, StopReason};
use crate::upload::failure::Failure;

/// What an upload waits for.
pub(super) fn hold_text(texts: &UploadTexts, hold: &Hold) -> String {
    match hold {
        Hold::Paused => texts.hold_paused.into(),
        Hold::Authorisation => texts.hold_authorisation.into(),
        Hold::Clock => texts.hold_clock.into(),
        Hold::Refused(failure) => failure_text(texts, failure),
        Hold::GaveUp(failure) => fill(texts.hold_gave_up, &[("reason", &failure_text(texts, failure))]),
        Hold::NoEtag => texts.hold_no_etag.into(),
    }
}

/// Whether the bucket's CORS rule is the way out.
pub(super) fn needs_cors(hold: &Hold) -> bool {
    match hold {
        Hold::NoEtag => true,
        Hold::Refused(failure) | Hold::GaveUp(failure) => *failure == Failure::NotAllowedByCors,
        _ => false,
    }
}

/// Why an upload has ended without an object.
pub(super) fn stop_text(texts: &UploadTexts, reason: StopReason) -> &'static str {
    match reason {
        StopReason::Cancelled => texts.stop_cancelled,
        StopReason::FileChanged => texts.stop_file_changed,
        StopReason::UploadGone => texts.stop_gone,
        StopReason::ObjectDiffers => texts.stop_differs,
        StopReason::Unknown => texts.stop_unknown,
    }
}

/// What went wrong.
pub(super) fn failure_text(texts: &UploadTexts, failure: &Failure) -> String {
    match failure {
        Failure::NetworkLost => texts.failure_network.into(),
        Failure::NotAllowedByCors => texts.failure_cors.into(),
        Failure::BlockedByPolicy => texts.failure_policy.into(),
        Failure::NotSent { reason } => fill(texts.failure_not_sent, &[("reason", reason)]),
        Failure::FileUnreadable => texts.failure_file_unreadable.into(),
        Failure::Expired => texts.failure_expired.into(),
        Failure::SignatureRefused { message } => fill(texts.failure_signature, &[("message", message)]),
        Failure::WrongRegion { expected: Some(region) } => fill(texts.failure_region, &[("region", region)]),
        Failure::WrongRegion { expected: None } => texts.failure_region_unknown.into(),
        Failure::HeadersDiffer { message } => fill(texts.failure_headers, &[("message", message)]),
        Failure::ClockSkewed => texts.failure_clock.into(),
        Failure::AccessDenied { message } => fill(texts.failure_denied, &[("message", message)]),
        Failure::NoSuchBucket => texts.failure_no_bucket.into(),
        Failure::TooLarge => texts.failure_too_large.into(),
        Failure::Busy { status } => fill(texts.failure_busy, &[("status", &status.to_string())]),
        Failure::Other { status, code, message } => fill(
            texts.failure_other,
            &[("status", &status.to_string()), ("code", code), ("message", message)],
        ),
    }
}
