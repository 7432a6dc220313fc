//! Amazon Resource Names: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`.

use crate::request::regions;
use crate::request::validate::{Fault, Level};
use crate::sentence::{Sentence, sentence};

/// An ARN, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov` …
    pub partition: &'a str,
    /// `kms`, `outposts` …
    pub service: &'a str,
    /// The Region.
    pub region: &'a str,
    /// Twelve digits.
    pub account: &'a str,
    /// What follows, colons included: `key/1234…`.
    pub resource: &'a str,
}

/// Takes an ARN apart and checks the parts that all have in common.
///
/// `example` is shown when the text cannot be one.
///
/// # Errors
/// The text does not have six parts, `arn` first and a resource last; the service is not `service`; the partition is
/// neither `aws` nor `aws-` and small letters; the Region cannot be one or lies in another partition; or the account is
/// not twelve digits.
pub fn parse<'a>(text: &'a str, service: &str, example: &str) -> Result<Arn<'a>, Fault> {
    let mut parts = text.splitn(6, ':');
    let mut next = || parts.next().unwrap_or_default();
    let (prefix, partition, found_service, region, account, resource) =
        (next(), next(), next(), next(), next(), next());
    let malformed = |reason: Sentence| {
        Fault::error("arn-malformed", sentence!("{reason} Write it like {example}.", reason, example))
    };
    if prefix != "arn" || resource.is_empty() {
        return Err(malformed("This is not a whole ARN, which has six parts joined by colons.".into()));
    }
    if found_service != service {
        return Err(malformed(sentence!(
            "This ARN does not name a resource of the service {service}.",
            service
        )));
    }
    // A partition that is not in the table may be a new one, unless its Region says otherwise.
    let is_partition = partition.split('-').next() == Some("aws")
        && partition.bytes().all(|byte| byte == b'-' || byte.is_ascii_lowercase());
    if !is_partition {
        let names: Vec<&str> = regions::PARTITIONS.iter().map(|partition| partition.name).collect();
        return Err(malformed(sentence!(
            "The second part of an ARN is a partition: {names}.",
            names = names.join(", ")
        )));
    }
    if let Err(Fault { level: Level::Error, message, .. }) = regions::check(region) {
        return Err(malformed(sentence!("The Region in the ARN: {message}", message)));
    }
    if let Some(actual) = regions::partition_of(region)
        && actual.name != partition
    {
        return Err(malformed(sentence!(
            "{region} lies in the partition {actual}, not in {partition}.",
            region,
            actual = actual.name,
            partition
        )));
    }
    if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(malformed("The account in the ARN is not twelve digits.".into()));
    }
    Ok(Arn { partition, service: found_service, region, account, resource })
}

#[cfg(test)]
mod tests {
    use super::parse;

    const EXAMPLE: &str = "arn:aws:kms:us-east-1:111122223333:alias/name";

    #[test]
    fn an_arn_of_every_partition_is_taken_apart() {
        for partition in &crate::request::regions::PARTITIONS {
            let text = format!("arn:{}:kms:{}:111122223333:alias/a:b", partition.name, partition.regions[0]);
            assert_eq!(parse(&text, "kms", EXAMPLE).unwrap().resource, "alias/a:b");
        }
    }

    #[test]
    fn a_partition_that_is_too_new_for_the_table_is_let_pass() {
        assert!(parse("arn:aws-new:kms:nn-north-1:111122223333:alias/a", "kms", EXAMPLE).is_ok());
        assert!(parse("arn:aws-new:kms:us-east-1:111122223333:alias/a", "kms", EXAMPLE).is_err());
    }

    #[test]
    fn a_region_of_another_partition_is_refused() {
        let fault = parse("arn:aws:kms:cn-north-1:111122223333:alias/a", "kms", EXAMPLE).unwrap_err();
        assert!(fault.message.contains("aws-cn"));
    }

    #[test]
    fn what_is_no_arn_of_the_service_is_refused() {
        for text in [
            "",
            "arn",
            "arn:aws:kms",
            "arn:aws:s3:us-east-1:111122223333:x",
            "arn:aws:kms:us-east-1:1111:x",
            "arn:aws:kms:us-east-1:111122223333:",
            "arn:azure:kms:us-east-1:111122223333:x",
        ] {
            assert!(parse(text, "kms", EXAMPLE).is_err(), "{text}");
        }
    }
}
