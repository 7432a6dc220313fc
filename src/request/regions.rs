//! AWS's Regions and partitions, as they stood on [`AS_OF`].
//!
//! New Regions appear every year, so a Region that is not in the table is a warning and never stops anything; its
//! partition is then told from its name.

use super::nearest::nearest;
use super::validate::Fault;
use crate::sentence::{Sentence, sentence};

/// When the table was last held against AWS's list of endpoints.
pub const AS_OF: &str = "2026-11";

/// A group of Regions with accounts, endpoints and ARNs of its own; nothing is copied from one to another.
#[derive(Debug, PartialEq, Eq)]
pub struct Partition {
    /// As ARNs spell it: `aws-cn`.
    pub name: &'static str,
    /// What the host names of its services end in.
    pub dns_suffix: &'static str,
    /// What the names of its Regions begin with; the first partition whose beginning fits is the one.
    beginnings: &'static [&'static str],
    /// Its Regions.
    pub regions: &'static [&'static str],
}

/// All partitions; those with a longer beginning stand before those with a shorter one.
pub static PARTITIONS: [Partition; 8] = [
    Partition {
        name: "aws-us-gov",
        dns_suffix: "amazonaws.com",
        beginnings: &["us-gov-"],
        regions: &["us-gov-east-1", "us-gov-west-1"],
    },
    Partition {
        name: "aws-iso",
        dns_suffix: "c2s.ic.gov",
        beginnings: &["us-iso-"],
        regions: &["us-iso-east-1", "us-iso-west-1"],
    },
    Partition {
        name: "aws-iso-b",
        dns_suffix: "sc2s.sgov.gov",
        beginnings: &["us-isob-"],
        regions: &["us-isob-east-1", "us-isob-west-1"],
    },
    Partition {
        name: "aws-iso-e",
        dns_suffix: "cloud.adc-e.uk",
        beginnings: &["eu-isoe-"],
        regions: &["eu-isoe-west-1"],
    },
    Partition {
        name: "aws-iso-f",
        dns_suffix: "csp.hci.ic.gov",
        beginnings: &["us-isof-"],
        regions: &["us-isof-east-1", "us-isof-south-1"],
    },
    Partition {
        name: "aws-eusc",
        dns_suffix: "amazonaws.eu",
        beginnings: &["eusc-"],
        regions: &["eusc-de-east-1"],
    },
    Partition {
        name: "aws-cn",
        dns_suffix: "amazonaws.com.cn",
        beginnings: &["cn-"],
        regions: &["cn-north-1", "cn-northwest-1"],
    },
    Partition {
        name: "aws",
        dns_suffix: "amazonaws.com",
        beginnings: &["us-", "eu-", "ap-", "sa-", "ca-", "me-", "af-", "il-", "mx-"],
        regions: &[
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2",
            "af-south-1",
            "ap-east-1",
            "ap-east-2",
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-south-2",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "ca-central-1",
            "ca-west-1",
            "eu-central-1",
            "eu-central-2",
            "eu-north-1",
            "eu-south-1",
            "eu-south-2",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "mx-central-1",
            "sa-east-1",
        ],
    },
];

/// The names of all Regions in the table, those of the partition `aws` first.
pub fn names() -> impl Iterator<Item = &'static str> {
    PARTITIONS.iter().rev().flat_map(|partition| partition.regions.iter().copied())
}

/// The partition a Region is in, told from its name; `None` where the name is like no known one.
pub fn partition_of(region: &str) -> Option<&'static Partition> {
    PARTITIONS
        .iter()
        .find(|partition| partition.beginnings.iter().any(|beginning| region.starts_with(beginning)))
}

/// Checks the name of a Region.
///
/// # Errors
/// An error, when it is the name of a zone or is not written like `us-east-1`; a warning, when it is written so but is
/// not in the table.
pub fn check(region: &str) -> Result<(), Fault> {
    if names().any(|known| known == region) {
        return Ok(());
    }
    let meant = nearest(region, names());
    let advice = |otherwise: &'static str| match meant {
        Some(meant) => sentence!("Did you mean {meant}?", meant),
        None => Sentence::from(otherwise),
    };
    if let Some(region_of_zone) = region_of_zone(region) {
        let message = sentence!(
            "{region} is a zone and no Region: its Region is {region_of_zone}.",
            region,
            region_of_zone
        );
        return Err(Fault::error("region-is-a-zone", message));
    }
    if is_well_formed(region) {
        let message = sentence!(
            "{region} is not among the Regions known in {as_of}. {advice}",
            region,
            as_of = AS_OF,
            advice = advice("If it is newer, nothing is wrong.")
        );
        return Err(Fault::warning("region-unknown", message));
    }
    let message = sentence!(
        "A Region is written like us-east-1: small letters, hyphens and a number. {advice}",
        advice = advice("Take its code, not its name.")
    );
    Err(Fault::error("region-malformed", message))
}

/// At least two words of small letters and a number, joined by hyphens.
fn is_well_formed(region: &str) -> bool {
    let words: Vec<&str> = region.split('-').collect();
    let Some((number, words)) = words.split_last() else { return false };
    let is_number = (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        && (2..=4).contains(&words.len())
        && words
            .iter()
            .all(|word| !word.is_empty() && word.len() <= 16 && word.bytes().all(|b| b.is_ascii_lowercase()))
}

/// The Region of an Availability Zone (`us-east-1a`), a Local Zone (`us-west-2-lax-1a`) or a Wavelength Zone
/// (`us-east-1-wl1-bos-wlz-1`).
pub fn region_of_zone(zone: &str) -> Option<&str> {
    if let Some((region, _)) = zone.split_once("-wl").filter(|(_, place)| place.contains("-wlz-")) {
        return is_well_formed(region).then_some(region);
    }
    let letter = zone.bytes().last().filter(u8::is_ascii_lowercase)?;
    let mut end = 0;
    for word in zone.split('-') {
        end += word.len();
        let digits = word.trim_end_matches(char::from(letter));
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            let region = &zone[..end - (word.len() - digits.len())];
            return is_well_formed(region).then_some(region);
        }
        end += 1;
    }
    None
}

/// Whether a zone's name is that of a Local Zone: the Region, a city and a number with a letter.
pub fn is_local_zone(zone: &str) -> bool {
    region_of_zone(zone).and_then(|region| zone.strip_prefix(region)?.strip_prefix('-')).is_some_and(|rest| {
        let words: Vec<&str> = rest.split('-').collect();
        matches!(words.as_slice(), [city, number]
            if !city.is_empty() && city.bytes().all(|byte| byte.is_ascii_lowercase())
                && number.len() >= 2 && number.bytes().next().is_some_and(|byte| byte.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use super::{check, is_local_zone, names, partition_of, region_of_zone};
    use crate::request::validate::Level;

    #[test]
    fn every_region_of_the_table_is_in_the_partition_its_name_tells() {
        for partition in &super::PARTITIONS {
            for region in partition.regions {
                assert_eq!(partition_of(region), Some(partition), "{region}");
            }
        }
        assert_eq!(names().next(), Some("us-east-1"));
    }

    #[test]
    fn a_known_region_is_in_order() {
        assert_eq!(check("cn-northwest-1"), Ok(()));
    }

    #[test]
    fn an_unknown_region_is_a_warning() {
        let fault = check("eu-west-9").unwrap_err();
        assert_eq!((fault.level, fault.code), (Level::Warning, "region-unknown"));
    }

    #[test]
    fn a_misspelt_region_is_set_right() {
        assert!(check("us-eats-1").unwrap_err().message.contains("us-east-1"));
    }

    #[test]
    fn a_zone_is_told_from_a_region() {
        assert_eq!(check("us-east-1a").unwrap_err().code, "region-is-a-zone");
        assert_eq!(region_of_zone("cn-north-1-pkx-1a"), Some("cn-north-1"));
        assert_eq!(check("us-east-1-wl1-bos-wlz-1").unwrap_err().code, "region-is-a-zone");
        assert_eq!(region_of_zone("us-east-1-wl1-bos-wlz-1"), Some("us-east-1"));
        assert!(!is_local_zone("us-east-1-wl1-bos-wlz-1"));
        assert!(is_local_zone("us-west-2-lax-1a"));
        assert!(!is_local_zone("us-east-1a"));
    }

    #[test]
    fn what_cannot_be_a_region_is_an_error() {
        for text in ["", "Ireland", "US-EAST-1", "us east 1", "a-1", "us-east-1/../x", "é-é-1"] {
            assert_eq!(check(text).unwrap_err().level, Level::Error, "{text}");
        }
    }
}
