//! Does the file's name say what the file is?

use super::Subject;
use super::catalogue::{Rule, WARNED, Way};
use super::container::{foreign_kind, is_unread, said};
use super::sources::IMAGE_API;
use super::template::Values;
use super::vmdk::is_flat_part;
use crate::image::Format;
use crate::sentence::{Sentence, sentence};

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "extension-lies",
        title: "The file's ending says another format than its bytes, and EC2 takes what the bytes are",
        severity: WARNED,
        message: "The file's name ends in .{ending}, but its bytes are {format}.",
        remedy: &[Way::Advice(
            "In the request, declare the format {declared}: EC2 goes by what is declared. Better rename the file, too.",
        )],
        source: IMAGE_API,
        aws_error: Some("ClientError: Disk validation failed"),
        check: |subject| {
            lies(subject).filter(|values| values.get("declared").is_some()).into_iter().collect()
        },
    },
    Rule {
        code: "extension-misleads",
        title: "The file's ending says another format than its bytes, and EC2 does not take what the bytes are",
        severity: WARNED,
        message: "The file's name ends in .{ending}, but its bytes are {format}.",
        remedy: &[Way::Advice("Look whether it is the right file; renaming it does not change what it is.")],
        source: IMAGE_API,
        aws_error: None,
        check: |subject| {
            lies(subject).filter(|values| values.get("declared").is_none()).into_iter().collect()
        },
    },
];

/// What an ending promises. `.img`, `.bin` and `.dd` promise nothing: cloud images of every format have them.
const ENDINGS: &[(&str, &[Format])] = &[
    ("vmdk", &[Format::Vmdk]),
    ("vhd", &[Format::Vhd]),
    ("avhd", &[Format::Vhd]),
    ("vhdx", &[Format::Vhdx]),
    ("avhdx", &[Format::Vhdx]),
    ("raw", &[Format::Raw]),
    ("ova", &[Format::Ova]),
    ("ovf", &[Format::Ovf]),
    ("qcow", &[Format::Qcow, Format::Qcow2]),
    ("qcow2", &[Format::Qcow2]),
    ("vdi", &[Format::Vdi]),
    ("iso", &[Format::Iso]),
    ("gz", &[Format::Gzip]),
    ("xz", &[Format::Xz]),
    ("zst", &[Format::Zstd]),
    ("bz2", &[Format::Bzip2]),
    ("zip", &[Format::Zip]),
    ("7z", &[Format::SevenZip]),
];

/// What the API's `Format` must say of an image that EC2 takes; `None` for all others.
pub(super) fn declared(format: Format) -> Option<&'static str> {
    Some(match format {
        Format::Vmdk => "VMDK",
        Format::Vhd => "VHD",
        Format::Vhdx => "VHDX",
        Format::Raw => "RAW",
        Format::Ova => "OVA",
        _ => return None,
    })
}

fn lies(subject: &Subject) -> Option<Values> {
    // What it is then, other rules say.
    if is_flat_part(subject) || is_unread(subject) || foreign_kind(subject).is_some() {
        return None;
    }
    let (_, ending) = subject.name().rsplit_once('.')?;
    let (ending, promised) = ENDINGS.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending))?;
    let format = subject.image.format;
    // Anything may be a raw disk; that nothing known is in it is said by another rule.
    let may_be_raw = format == Format::Unknown && promised.contains(&Format::Raw);
    if promised.contains(&format) || may_be_raw || format == Format::Empty {
        return None;
    }
    let values = Values::new().with("ending", ending).with("format", article(format));
    Some(match declared(format) {
        Some(declared) => values.with("declared", declared),
        None => values,
    })
}

fn article(format: Format) -> Sentence {
    match format {
        Format::Unknown => "of no known format".into(),
        Format::Raw => "those of a raw disk".into(),
        other => sentence!("those of {other}", other = said(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::builder::Case;
    use super::super::{Remedy, Verdict};
    use crate::image::Format;

    #[test]
    fn a_raw_disk_named_vmdk_must_be_declared_raw() {
        let case = Case::new("disk-flat.vmdk", Format::Raw);
        let Some(Remedy::Advice(advice)) = case.finding("extension-lies").unwrap().remedy else { panic!() };
        assert!(advice.contains("declare the format RAW"), "{advice}");
        assert_eq!(case.verdict().import_snapshot, Verdict::AcceptedWithWarnings);
    }

    #[test]
    fn an_ending_that_promises_nothing_or_the_truth_is_not_remarked() {
        for (name, format) in [
            ("a.img", Format::Qcow2),
            ("a.VMDK", Format::Vmdk),
            ("a", Format::Raw),
            ("folder.vmdk/a", Format::Raw),
            ("a.vhdx", Format::Vhdx),
            ("a.raw", Format::Unknown),
        ] {
            let case = Case::new(name, format);
            assert!(
                case.finding("extension-lies").is_none() && case.finding("extension-misleads").is_none(),
                "{name}"
            );
        }
    }

    #[test]
    fn an_image_that_ec2_does_not_take_has_no_format_to_declare() {
        let case = Case::new("a.vmdk", Format::Qcow2);
        assert!(case.finding("extension-misleads").is_some());
        assert!(case.finding("extension-lies").is_none());
    }
}
