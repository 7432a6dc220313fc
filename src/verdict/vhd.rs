//! VHD: fixed and dynamic disks, with a footer that must be found where it belongs.

use super::Subject;
use super::bytes::said;
use super::catalogue::{NOTED, REFUSED, Rule, WARNED, Way};
use super::conversion::{TO_RAW, TO_STREAM_OPTIMIZED, with_conversion};
use super::sources::{REQUIREMENTS, TROUBLESHOOTING};
use super::template::{Values, when};
use crate::image::{Condition, Format};

/// The largest disk that the format can describe.
const MAXIMUM: u64 = 2040 << 30;
/// Bytes of a sector, and of a footer.
const SECTOR: u64 = 512;
/// Bytes of a footer before Virtual PC 2004.
const SHORT_FOOTER: u64 = 511;

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "vhd-footers-differ",
        title: "The two footers of a VHD do not agree",
        severity: REFUSED,
        message: "The {structure} is bad ({reason}), so the VHD's two footers do not agree.",
        remedy: &[TO_STREAM_OPTIMIZED, Way::Advice("Convert the disk with the program that wrote it.")],
        source: TROUBLESHOOTING,
        aws_error: Some("ClientError: Footers not identical"),
        check: footers_differ,
    },
    Rule {
        code: "vhd-unknown-type",
        title: "A VHD is neither fixed nor dynamic, nor differencing",
        severity: REFUSED,
        message: "The footer says a type of disk that is neither fixed nor dynamic.",
        remedy: &[Way::Advice(
            "Look whether the file is damaged, and convert the disk with the program that wrote it.",
        )],
        source: REQUIREMENTS,
        aws_error: None,
        check: unknown_type,
    },
    Rule {
        code: "vhd-short-footer",
        title: "A VHD's footer has 511 bytes, as before Virtual PC 2004",
        severity: WARNED,
        message: "The footer has 511 bytes, as programs before Virtual PC 2004 wrote it: others look for 512 and may not find it.",
        remedy: &[Way::Advice(
            "Add one zero byte at the end of the file (on a copy), or convert it with the program that wrote it.",
        )],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| when(is_vhd(subject) && subject.image.file_size % SECTOR == SHORT_FOOTER),
    },
    Rule {
        code: "vhd-footer-not-last",
        title: "Bytes follow a VHD's footer",
        severity: WARNED,
        message: "{count} bytes follow the footer, which should be the last 512 bytes of the file: a program that looks for it there does not find it.",
        remedy: &[Way::Advice(
            "Cut the file after its footer, or write the disk again with the program that made it.",
        )],
        source: REQUIREMENTS,
        aws_error: None,
        check: footer_not_last,
    },
    Rule {
        code: "vhd-geometry",
        title: "A VHD's geometry says another size than its size field",
        severity: NOTED,
        message: "The geometry says {geometry}, the size field {size}; the size field is right.",
        remedy: &[],
        source: REQUIREMENTS,
        aws_error: None,
        check: geometry,
    },
    Rule {
        code: "vhd-too-large",
        title: "A VHD is larger than the format allows",
        severity: WARNED,
        message: "The disk has {size}, but a VHD holds at most 2040 GiB.",
        remedy: &[TO_RAW],
        source: REQUIREMENTS,
        aws_error: None,
        check: too_large,
    },
];

fn is_vhd(subject: &Subject) -> bool {
    subject.image.format == Format::Vhd
}

fn footers_differ(subject: &Subject) -> Vec<Values> {
    let of = |condition: &Condition| match condition {
        Condition::BadCopy { structure, reason, .. } if is_vhd(subject) => {
            Some(with_conversion(Values::new().with("structure", structure).with("reason", reason), subject))
        }
        _ => None,
    };
    subject.image.conditions.iter().filter_map(of).collect()
}

/// The reader says no subformat only of a type that it does not know.
fn unknown_type(subject: &Subject) -> Vec<Values> {
    let is_unknown = |condition: &Condition| matches!(condition, Condition::UnknownFeature { .. });
    when(is_vhd(subject) && subject.image.subformat.is_none() && subject.has(is_unknown))
}

fn footer_not_last(subject: &Subject) -> Vec<Values> {
    let of = |condition: &Condition| match condition {
        Condition::TrailingBytes { count } if is_vhd(subject) => Some(Values::new().with("count", count)),
        _ => None,
    };
    subject.image.conditions.iter().filter_map(of).collect()
}

fn geometry(subject: &Subject) -> Vec<Values> {
    let of = |condition: &Condition| match condition {
        Condition::GeometryMismatch { geometry } => {
            let size = subject.image.virtual_size.unwrap_or_default();
            Some(
                Values::new()
                    .with("geometry", format!("{geometry} bytes"))
                    .with("size", format!("{size} bytes")),
            )
        }
        _ => None,
    };
    subject.image.conditions.iter().filter_map(of).collect()
}

fn too_large(subject: &Subject) -> Vec<Values> {
    match subject.image.virtual_size {
        Some(size) if is_vhd(subject) && size > MAXIMUM => {
            vec![with_conversion(Values::new().with("size", said(size)), subject)]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::builder::Case;
    use crate::image::{Condition, Format};

    #[test]
    fn a_bad_footer_is_what_aws_calls_footers_not_identical() {
        let mut case = Case::new("a.vhd", Format::Vhd);
        let reason = "its checksum is wrong".to_string();
        case.image.conditions.push(Condition::BadCopy { structure: "footer", offset: 512, reason });
        let finding = case.finding("vhd-footers-differ").unwrap();
        assert_eq!(finding.aws_error.as_deref(), Some("ClientError: Footers not identical"));
        assert_eq!(case.command("vhd-footers-differ")[3], "vpc");
        assert!(case.is_refused());
    }

    #[test]
    fn bytes_after_the_footer_are_a_warning_and_a_geometry_a_note() {
        let mut case = Case::new("a.vhd", Format::Vhd);
        case.image.conditions.push(Condition::TrailingBytes { count: 512 });
        case.image.conditions.push(Condition::GeometryMismatch { geometry: 4_177_920 });
        assert_eq!(case.codes(), ["vhd-footer-not-last", "vhd-geometry"]);
        assert!(!case.is_refused());
    }

    #[test]
    fn a_type_that_aws_does_not_list_is_refused() {
        let mut case = Case::new("a.vhd", Format::Vhd);
        case.image.conditions.push(Condition::UnknownFeature { name: "disk type 99".into() });
        assert!(case.finding("vhd-unknown-type").is_some());
        case.image.subformat = Some("fixed".into());
        assert!(case.finding("vhd-unknown-type").is_none());
    }

    #[test]
    fn a_footer_of_511_bytes_may_not_be_found() {
        let mut case = Case::new("a.vhd", Format::Vhd);
        case.image.file_size = (1 << 20) + 511;
        assert_eq!(case.codes(), ["vhd-short-footer"]);
        case.image.file_size += 1;
        assert!(case.codes().is_empty());
    }

    #[test]
    fn no_vhd_holds_more_than_2040_gib() {
        let mut case = Case::new("a.vhd", Format::Vhd);
        case.image.virtual_size = Some(2040 << 30);
        assert!(case.finding("vhd-too-large").is_none());
        case.image.virtual_size = Some((2040 << 30) + 512);
        assert!(case.finding("vhd-too-large").is_some());
    }
}
