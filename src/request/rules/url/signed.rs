//! What a URL's own signature says against it.

use super::{LONGEST_LIFETIME, ObjectUrl};
use crate::request::regions::partition_of;
use crate::request::validate::Fault;
use crate::sentence::sentence;

/// Checks what S3 would refuse of a signature.
///
/// # Errors
/// An error, when its lifetime is not 1 to [`LONGEST_LIFETIME`] seconds, or the host is in another Region than the one
/// that it was made for.
pub(super) fn check(url: &ObjectUrl) -> Result<(), Fault> {
    let Some(signature) = &url.signature else { return Ok(()) };
    if let Some(lifetime) = signature.lifetime
        && !(1..=LONGEST_LIFETIME).contains(&lifetime)
    {
        let message = sentence!(
            "The URL is signed for {lifetime} seconds, and a signature holds for 1 to {most} (7 days): sign it again.",
            lifetime,
            most = LONGEST_LIFETIME
        );
        return Err(Fault::error("url-lifetime", message));
    }
    // The scope of a signature for several Regions has none; without one in the host, both are the same here.
    let signed = signature.region.as_ref().filter(|region| partition_of(region).is_some());
    if let (Some(host), Some(signed)) = (&url.region, signed)
        && url.is_s3
        && host != signed
    {
        let message = sentence!(
            "The URL's host is in {host} and its signature is made for {signed}: S3 refuses it. Sign it again for the bucket's own Region.",
            host,
            signed
        );
        return Err(Fault::error("url-signed-for-another-region", message));
    }
    Ok(())
}

/// Checks which headers a signature covers.
///
/// # Errors
/// A warning, when they are more than `host`: who reads the image sends no others.
pub(super) fn check_headers(url: &ObjectUrl) -> Result<(), Fault> {
    let headers =
        url.signature.as_ref().and_then(|signature| signature.headers.as_deref()).unwrap_or_default();
    let others: Vec<&str> = headers
        .split(';')
        .filter(|header| !header.is_empty() && !header.eq_ignore_ascii_case("host"))
        .collect();
    if others.is_empty() {
        return Ok(());
    }
    let message = sentence!(
        "The signature covers more than the host ({headers}), and whoever reads the image sends no such headers: S3 would refuse it. Sign a plain GET.",
        headers = others.join(", ").chars().take(100).collect::<String>()
    );
    Err(Fault::warning("url-signs-headers", message))
}
