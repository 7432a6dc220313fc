//! VHD: fixed and dynamic disks, with a footer that must be found where it belongs.

use super::Subject;
use super::catalogue::{NOTED, REFUSED, Rule, WARNED, Way};
use super::conversion::{TO_STREAM_OPTIMIZED, TO_STREAM_OPTIMIZED_BY_SIZE, with_conversion};
use super::size::exactly;
use super::sources::{REQUIREMENTS, TROUBLESHOOTING};
use super::template::{Values, when};
use crate::image::{Condition, Format};
use crate::sentence::{Sentence, sentence};

/// The largest disk that the format can describe.
const MAXIMUM: u64 = 2040 << 30;
/// Bytes of a sector, and of a footer.
const SECTOR: u64 = 512;
/// Bytes of a footer before Virtual PC 2004.
const SHORT_FOOTER: u64 = 511;

pub(super) static RULES: &[Rule] = &[
    Rule {
        // AWS documents the error for ImportInstance only.
        code: "vhd-footers-differ",
        title: "The two footers of a VHD do not agree",
        severity: WARNED,
        message: "The {structure} is bad ({reason}), so the VHD's two footers do not agree; AWS compares them.",
        remedy: &[
            TO_STREAM_OPTIMIZED,
            TO_STREAM_OPTIMIZED_BY_SIZE,
            Way::Advice("Convert the disk with the program that wrote it."),
        ],
        source: TROUBLESHOOTING,
        aws_error: Some("ClientError: Footers not identical"),
        check: footers_differ,
    },
    Rule {
        // AWS takes "Fixed and Dynamic Virtual Hard Disk", and names this cause of the error.
        code: "vhd-differencing",
        title: "A VHD holds only the difference to another one",
        severity: REFUSED,
        message: "This VHD holds only what differs from {parent}: EC2 takes fixed and dynamic ones.",
        remedy: &[Way::Advice(
            "Merge it with the disks it builds on (Hyper-V: Merge-VHD, or Convert-VHD into a new disk), and import the result.",
        )],
        source: TROUBLESHOOTING,
        aws_error: Some("ClientError: Footers not identical"),
        check: |subject| if is_vhd(subject) { super::container::builds_on(subject) } else { Vec::new() },
    },
    Rule {
        // Not in AWS's list of fixed and dynamic ones, and no program here or elsewhere reads it.
        code: "vhd-unknown-type",
        title: "A VHD is neither fixed nor dynamic, nor differencing",
        severity: REFUSED,
        message: "The footer says {type}: that is neither a fixed nor a dynamic disk.",
        remedy: &[Way::Advice(
            "Look whether the file is damaged, and convert the disk with the program that wrote it.",
        )],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| {
            unknown_type(subject).map(|kind| Values::new().with("type", kind)).into_iter().collect()
        },
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
        message: "The disk has {size}, but a VHD holds at most 2040 GiB (2190433320960 bytes).",
        remedy: &[
            WITHOUT_FOOTER,
            Way::Advice(
                "Convert it with Hyper-V (Convert-VHD) into a VHDX; other programs do not read a VHD of that size.",
            ),
        ],
        source: REQUIREMENTS,
        aws_error: None,
        check: too_large,
    },
];

/// A fixed disk is a raw disk with a footer behind it.
pub(super) const WITHOUT_FOOTER: Way = Way::Advice(
    "Cut the last {footer} bytes, the footer, off a copy of the file (truncate -s {disk_bytes}): what remains is the disk itself, to be imported with the format RAW.",
);

/// `values` and those of [`WITHOUT_FOOTER`], for a whole fixed disk.
pub(super) fn with_footer(values: Values, subject: &Subject) -> Values {
    let image = subject.image;
    match image.virtual_size.and_then(|size| Some((size, image.file_size.checked_sub(size)?))) {
        Some((size, footer @ 1..=SECTOR))
            if is_vhd(subject) && image.subformat.as_deref() == Some("fixed") =>
        {
            values.with("footer", footer).with("disk_bytes", size)
        }
        _ => values,
    }
}

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

/// What the footer of a VHD says, where it is no known type. The reader says no subformat only then, and names the
/// type before any other unknown feature.
pub(super) fn unknown_type<'a>(subject: &Subject<'a>) -> Option<&'a Sentence> {
    let of = |condition: &'a Condition| match condition {
        Condition::UnknownFeature { name } => Some(name),
        _ => None,
    };
    let is_unknown = is_vhd(subject) && subject.image.subformat.is_none();
    subject.image.conditions.iter().find_map(of).filter(|_| is_unknown)
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
                    .with("geometry", sentence!("{bytes} bytes", bytes = geometry))
                    .with("size", sentence!("{bytes} bytes", bytes = size)),
            )
        }
        _ => None,
    };
    subject.image.conditions.iter().filter_map(of).collect()
}

/// Whether it is larger than the format allows. qemu-img does not read it then.
pub(super) fn is_too_large(subject: &Subject) -> bool {
    is_vhd(subject) && subject.image.virtual_size.is_some_and(|size| size > MAXIMUM)
}

fn too_large(subject: &Subject) -> Vec<Values> {
    match subject.image.virtual_size {
        Some(size) if is_too_large(subject) => {
            vec![with_footer(Values::new().with("size", exactly(size)), subject)]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Remedy;
    use super::super::builder::Case;
    use crate::image::{Condition, Format, Parent};

    #[test]
    fn a_bad_footer_is_what_aws_calls_footers_not_identical() {
        let mut case = Case::new("a.vhd", Format::Vhd);
        let reason = "its checksum is wrong".into();
        case.image.conditions.push(Condition::BadCopy { structure: "footer", offset: 512, reason });
        let finding = case.finding("vhd-footers-differ").unwrap();
        assert_eq!(finding.aws_error.as_deref(), Some("ClientError: Footers not identical"));
        assert_eq!(case.command("vhd-footers-differ")[3], "vpc");
        assert!(!case.is_refused(), "AWS says it of ImportInstance");
    }

    #[test]
    fn a_differencing_vhd_is_refused_once_and_with_the_text_of_aws() {
        let mut case = Case::new("child.vhd", Format::Vhd);
        case.image.subformat = Some("differencing".into());
        case.image.parent = Some(Parent { name: "base.vhd".into(), identity: None, present: false });
        assert_eq!(case.codes(), ["vhd-differencing"]);
        let finding = case.finding("vhd-differencing").unwrap();
        assert!(finding.message.contains("base.vhd") && finding.aws_error.is_some());
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
        assert_eq!(case.codes(), ["vhd-unknown-type"]);
        assert!(case.finding("vhd-unknown-type").unwrap().message.contains("disk type 99"));
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
        let finding = case.finding("vhd-too-large").unwrap();
        assert!(finding.message.contains("(2190433321472 bytes)"), "{}", finding.message);
        assert!(matches!(finding.remedy, Some(Remedy::Advice(way)) if way.contains("Hyper-V")));
        case.image.subformat = Some("fixed".into());
        case.image.file_size = (2040 << 30) + 1024;
        let remedy = case.finding("vhd-too-large").unwrap().remedy;
        assert!(matches!(remedy, Some(Remedy::Advice(way)) if way.contains("truncate -s 2190433321472")));
    }

    #[test]
    fn qemu_img_refuses_a_footer_with_a_wrong_checksum_so_no_command_of_it_is_given() {
        let mut case = Case::new("a.vhd", Format::Vhd);
        case.image.conditions.push(Condition::BadChecksum { structure: "footer", offset: 0 });
        let remedy = |case: &Case| match case.finding("bad-checksum").unwrap().remedy {
            Some(Remedy::Advice(way)) => way.to_string(),
            other => panic!("{other:?}"),
        };
        assert!(remedy(&case).contains("the program that wrote it"));
        case.image.subformat = Some("fixed".into());
        case.image.file_size = (10 << 30) + 512;
        assert!(remedy(&case).contains("the last 512 bytes"));
    }
}
