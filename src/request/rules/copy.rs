//! Copies of snapshots: where they may go, how soon they can be there, and the signed URL of former days.

use super::{arn, url};
use crate::request::regions;
use crate::request::shape::Request;
use crate::request::validate::{Circumstances, Fault, Findings, Rule, quoted};
use crate::sentence::sentence;

/// What one time-based copy moves at most, in bytes a second (EBS user guide, "Time-based copies").
const FASTEST: u64 = 500 << 20;

/// The step in which a duration is given, in minutes.
const STEP: i64 = 15;

/// The longest duration, in minutes: 48 hours.
pub const LONGEST: i64 = 2880;

/// Encryption cannot be taken off by a copy.
pub const NEVER_UNENCRYPTED: Rule = Rule { code: "copy-cannot-be-unencrypted", check: check_encrypted };

/// An Outpost belongs to the Region that the snapshot is in.
pub const OUTPOST: Rule = Rule { code: "copy-to-outpost", check: check_outpost };

/// A Local Zone belongs to the Region that the copy is made in.
pub const LOCAL_ZONE: Rule = Rule { code: "copy-to-local-zone", check: check_zone };

/// The duration is a multiple of 15 minutes.
pub const DURATION_IN_STEPS: Rule = Rule { code: "duration-not-in-steps", check: check_steps };

/// The duration is long enough for the disk's size.
pub const DURATION_LONG_ENOUGH: Rule = Rule { code: "duration-too-short", check: check_speed };

/// Nothing is copied from one partition to another.
pub const SAME_PARTITION: Rule = Rule { code: "copy-to-another-partition", check: check_partition };

/// The signed URL says the same as the request.
pub const PRESIGNED_URL: Rule = Rule { code: "presigned-url-differs", check: check_presigned };

/// A DestinationRegion is part of a signed URL.
pub const DESTINATION_REGION: Rule = Rule { code: "destination-region", check: check_destination };

/// A signed URL must not have expired.
pub const NOT_EXPIRED: Rule = Rule { code: "url-expired", check: check_expiry };

/// Checks the ARN of an Outpost.
///
/// # Errors
/// Those of [`arn::parse`] for `outposts`, and a resource that is not `outpost/op-` and 8 or 17 hexadecimal digits in small letters.
pub fn check_outpost_arn(text: &str) -> Result<(), Fault> {
    const EXAMPLE: &str = "arn:aws:outposts:us-west-2:111122223333:outpost/op-0123456789abcdef0";
    let arn = arn::parse(text, "outposts", EXAMPLE)?;
    let digits = arn.resource.strip_prefix("outpost/op-").unwrap_or_default();
    if matches!(digits.len(), 8 | 17) && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    {
        return Ok(());
    }
    Err(Fault::error(
        "arn-malformed",
        sentence!("This ARN does not name an Outpost. Write it like {example}.", example = EXAMPLE),
    ))
}

/// Checks the name of a Local Zone.
///
/// # Errors
/// It is the name of another zone, such as `us-east-1a`, or of none.
pub fn check_local_zone(zone: &str) -> Result<(), Fault> {
    if regions::is_local_zone(zone) {
        return Ok(());
    }
    match regions::region_of_zone(zone) {
        Some(region) => Err(Fault::error(
            "zone-not-local",
            sentence!(
                "{zone} is not a Local Zone: for a copy in the Region {region} leave this out and send the call there.",
                zone,
                region
            ),
        )),
        None => Err(Fault::error("zone-malformed", "A Local Zone is written like us-west-2-lax-1a.")),
    }
}

/// Checks the form of the signed URL; what it says is compared by [`PRESIGNED_URL`].
///
/// # Errors
/// It is no `https://` URL, or its signature was removed, is missing, is not of version 4 or not for the service `ec2`.
pub fn check_presigned_url(text: &str) -> Result<(), Fault> {
    let malformed = |message: &'static str| Err(Fault::error("presigned-url-malformed", message));
    let Some(parts) = url::split(text).filter(|parts| parts.scheme.eq_ignore_ascii_case("https")) else {
        return malformed("The presigned URL begins with https:// and the source Region's EC2 endpoint.");
    };
    let query = parts.query.unwrap_or_default();
    if query == url::REMOVED_SIGNATURE {
        let message =
            "The signature was not kept with the draft: paste the signed URL again, or leave it out.";
        return Err(Fault::error("url-signature-removed", message));
    }
    match url::signature(query) {
        None => malformed("This URL is not signed: leave PresignedUrl out, and the client signs one itself."),
        Some(signature) if !signature.version_4 => {
            malformed("The presigned URL must be signed with Signature Version 4.")
        }
        Some(signature) if signature.service.as_deref() != Some("ec2") => {
            malformed("The presigned URL must be signed for the service ec2.")
        }
        Some(_) => Ok(()),
    }
}

fn check_encrypted(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    if request.flag("Encrypted") == Some(false) {
        found
            .error("Encrypted", "A copy cannot be told to be unencrypted: set true, or leave Encrypted out.");
    }
}

fn check_outpost(request: &Request, circumstances: &Circumstances, found: &mut Findings<'_>) {
    const PATH: &str = "DestinationOutpostArn";
    let Some(outpost) = request.text(PATH) else { return };
    if request.get("DestinationAvailabilityZone").is_some() {
        found.error(PATH, "A copy goes to an Outpost or to a Local Zone: keep one of the two.");
    }
    if request.get("CompletionDurationMinutes").is_some() {
        found.error("CompletionDurationMinutes", "A copy to an Outpost takes no duration: leave it out.");
    }
    let Some(region) = outpost.split(':').nth(3).filter(|region| !region.is_empty()) else { return };
    if let Some(source) = request.text("SourceRegion").filter(|source| *source != region) {
        let message = sentence!(
            "The Outpost belongs to {region} and the snapshot lies in {source}: copy it to {region} first.",
            region,
            source
        );
        found.error(PATH, message);
    }
    if let Some(called) = circumstances.region.as_deref().filter(|called| *called != region) {
        found.error(
            PATH,
            sentence!(
                "The Outpost belongs to {region} and the call goes to {called}: send it to {region}.",
                region,
                called
            ),
        );
    }
}

fn check_zone(request: &Request, circumstances: &Circumstances, found: &mut Findings<'_>) {
    const PATH: &str = "DestinationAvailabilityZone";
    let Some(zone) = request.text(PATH) else { return };
    if request.get("CompletionDurationMinutes").is_some() {
        found.error("CompletionDurationMinutes", "A copy to a Local Zone takes no duration: leave it out.");
    }
    // What is no Local Zone has been told so.
    let Some(region) = regions::region_of_zone(zone).filter(|_| regions::is_local_zone(zone)) else { return };
    if let Some(called) = circumstances.region.as_deref().filter(|called| *called != region) {
        found.error(
            PATH,
            sentence!(
                "The zone belongs to {region} and the call goes to {called}: send it to {region}.",
                region,
                called
            ),
        );
    }
    if let Some(source) = request.text("SourceRegion").filter(|source| *source != region) {
        let message = sentence!(
            "A Local Zone takes snapshots of its own Region only: copy from {source} to {region} first.",
            source,
            region
        );
        found.error(PATH, message);
    }
}

fn check_steps(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    let Some(minutes) = request.integer("CompletionDurationMinutes") else { return };
    if (STEP..=LONGEST).contains(&minutes) && minutes % STEP != 0 {
        let below = minutes - minutes % STEP;
        let message = sentence!(
            "The duration goes in steps of 15 minutes: write {below} or {step}.",
            below,
            step = below + STEP
        );
        found.error("CompletionDurationMinutes", message);
    }
}

/// The shortest duration, in minutes, in which so many bytes can be copied; at least one step.
pub fn shortest_duration(bytes: u64) -> i64 {
    let minutes = i64::try_from(bytes.div_ceil(FASTEST * 60)).unwrap_or(i64::MAX / 2);
    ((minutes + STEP - 1) / STEP * STEP).max(STEP)
}

/// The size is the disk's; the snapshot may hold less, so that this cannot be more than a warning.
fn check_speed(request: &Request, circumstances: &Circumstances, found: &mut Findings<'_>) {
    let (Some(minutes), Some(size)) = (request.integer("CompletionDurationMinutes"), circumstances.disk_size)
    else {
        return;
    };
    let shortest = shortest_duration(size);
    if shortest > LONGEST {
        let message =
            "At 500 MiB/s a full disk of this size is not copied within 48 hours: leave the duration out.";
        found.warning("CompletionDurationMinutes", message);
    } else if minutes < shortest {
        let message = sentence!(
            "At 500 MiB/s a full disk of this size takes longer: {shortest} minutes are enough.",
            shortest
        );
        found.warning("CompletionDurationMinutes", message);
    }
}

fn check_partition(request: &Request, circumstances: &Circumstances, found: &mut Findings<'_>) {
    let source = request.text("SourceRegion").and_then(regions::partition_of);
    let destination = circumstances.region.as_deref().and_then(regions::partition_of);
    if let (Some(source), Some(destination)) = (source, destination)
        && source != destination
    {
        let message = sentence!(
            "Snapshots are not copied from the partition {source} to {destination}: download the disk and import it there.",
            source = source.name,
            destination = destination.name
        );
        found.error("SourceRegion", message);
    }
}

fn check_destination(request: &Request, circumstances: &Circumstances, found: &mut Findings<'_>) {
    const PATH: &str = "DestinationRegion";
    let Some(destination) = request.text(PATH) else { return };
    if let Some(called) = circumstances.region.as_deref().filter(|called| *called != destination) {
        let message = sentence!(
            "The copy is made where the call goes, and that is {called}, not {destination}: make them agree.",
            called,
            destination
        );
        found.error(PATH, message);
    } else if request.get("PresignedUrl").is_none() {
        let message = "DestinationRegion counts only together with PresignedUrl; the copy is made in the Region the call goes to. Leave it out.";
        found.warning(PATH, message);
    }
}

fn check_presigned(request: &Request, circumstances: &Circumstances, found: &mut Findings<'_>) {
    const PATH: &str = "PresignedUrl";
    let Some(parts) = request.text(PATH).and_then(url::split) else { return };
    let query = parts.query.unwrap_or_default();
    let Some(signature) = url::signature(query) else { return };
    let pairs = url::query_pairs(query);
    let destination = request.text("DestinationRegion").or(circumstances.region.as_deref());
    for (name, wanted) in [
        ("Action", Some("CopySnapshot")),
        ("SourceRegion", request.text("SourceRegion")),
        ("SourceSnapshotId", request.text("SourceSnapshotId")),
        ("DestinationRegion", destination),
    ] {
        match pairs.iter().find(|(found, _)| found == name) {
            None => found.error(
                PATH,
                sentence!("The presigned URL lacks {name}: sign it with that parameter in it.", name),
            ),
            Some((_, value)) if wanted.is_some_and(|wanted| wanted != value) => found.error(
                PATH,
                sentence!(
                    "In the presigned URL {name} is {value}, not as in the request: sign it again.",
                    name,
                    value = quoted(value)
                ),
            ),
            Some(_) => {}
        }
    }
    let Some(source) = request.text("SourceRegion") else { return };
    if signature.region.as_deref().is_some_and(|region| region != source) {
        found.error(
            PATH,
            sentence!("The presigned URL is not signed for {source}, where the snapshot lies.", source),
        );
    }
    if !parts.authority.to_ascii_lowercase().contains(source) {
        found.warning(
            PATH,
            sentence!("The presigned URL's host is not the EC2 endpoint of {source}.", source),
        );
    }
}

fn check_expiry(request: &Request, circumstances: &Circumstances, found: &mut Findings<'_>) {
    let expires = request
        .text("PresignedUrl")
        .and_then(url::split)
        .and_then(|parts| url::signature(parts.query?))
        .and_then(|signature| signature.expires);
    if let (Some(expires), Some(now)) = (expires, circumstances.now)
        && expires <= now
    {
        found.error("PresignedUrl", "The presigned URL has expired: sign it again, or leave it out.");
    }
}

#[cfg(test)]
#[path = "copy/tests.rs"]
mod tests;
