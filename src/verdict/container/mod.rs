//! Is it a container that EC2 imports at all?

#[cfg(test)]
mod tests;

use super::Subject;
use super::catalogue::{NOTED, REFUSED, Rule, Way, each};
use super::conversion::{TO_STREAM_OPTIMIZED, guarded, with_conversion, with_conversion_of};
use super::sources::REQUIREMENTS;
use super::template::{Values, when};
use crate::image::{Condition, Format, Image};
use crate::sentence::{Sentence, sentence};
use crate::verdict::Severity;

/// What AWS answers when it cannot make a disk of the file.
const NOT_A_DISK: Option<&str> = Some("Parameter disk-image-size=0 has an invalid format");

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "container-not-accepted",
        title: "The file is a disk image, but in a format that EC2 does not import",
        severity: REFUSED,
        message: "EC2 does not import {format} images: it takes streamOptimized VMDK, VHD, VHDX, raw disks and OVA.",
        remedy: &[
            TO_STREAM_OPTIMIZED,
            Way::Advice(
                "Convert it with the program that wrote it, or copy the disk from a running machine.",
            ),
        ],
        source: REQUIREMENTS,
        aws_error: NOT_A_DISK,
        check: not_accepted,
    },
    Rule {
        code: "optical-disc",
        title: "The file is a CD or DVD image",
        severity: REFUSED,
        message: "This is a {format} image: a disc to install from, not the disk of a machine.",
        remedy: &[Way::Advice(
            "Install the system from it into a virtual machine, and import that machine's disk.",
        )],
        source: REQUIREMENTS,
        aws_error: NOT_A_DISK,
        check: |subject| one_of(subject, &[Format::Iso]),
    },
    Rule {
        code: "compressed",
        title: "The file is compressed",
        severity: REFUSED,
        message: "The file is compressed ({format}) and holds {holds}; EC2 does not decompress.",
        remedy: &[
            Way::Command(&["gzip", "-dk", "{gzip_input}"]),
            Way::Command(&["xz", "-dk", "{xz_input}"]),
            Way::Command(&["bzip2", "-dk", "{bzip2_input}"]),
            Way::Command(&["zstd", "-d", "{zstd_input}", "-o", "{decompressed}"]),
            Way::Command(&["lz4", "-d", "{lz4_input}", "{decompressed}"]),
            Way::Command(&["unzip", "{zip_input}"]),
            Way::Command(&["unrar", "x", "{rar_input}"]),
            Way::Command(&["7z", "x", "{packed_input}"]),
        ],
        source: REQUIREMENTS,
        aws_error: NOT_A_DISK,
        check: compressed,
    },
    Rule {
        code: "compressed-and-not-accepted",
        title: "What a compressed file holds must be converted too",
        severity: REFUSED,
        message: "Decompressed, it must be converted as well: it holds {holds}.",
        remedy: &[TO_STREAM_OPTIMIZED, Way::Advice("Decompress it and drop what comes out here.")],
        source: REQUIREMENTS,
        aws_error: None,
        check: compressed_and_not_accepted,
    },
    Rule {
        code: "archive",
        title: "The file is an archive without an OVF descriptor",
        severity: REFUSED,
        message: "The file is a tar archive without an OVF descriptor, so it is not an OVA.",
        remedy: &[Way::Command(&["tar", "-xf", "{input}"])],
        source: REQUIREMENTS,
        aws_error: Some("ClientError: Disk validation failed [Unsupported OVA format]"),
        check: |subject| {
            let values = Values::new().with("input", guarded(subject.path));
            if subject.image.format == Format::Tar { vec![values] } else { Vec::new() }
        },
    },
    Rule {
        code: "ovf-alone",
        title: "The file is an OVF descriptor without its disks",
        severity: REFUSED,
        message: "This is only the descriptor (OVF) of a machine; its disks are other files.",
        remedy: &[Way::Advice(
            "Import its disks one by one, or pack descriptor and disks into one OVA (the descriptor first) with tar or ovftool.",
        )],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| when(subject.image.format == Format::Ovf),
    },
    Rule {
        code: "empty-file",
        title: "The file has no bytes",
        severity: REFUSED,
        message: "The file is empty.",
        remedy: &[Way::Advice(
            "Export or download it again, and look whether the disk it was written to is full.",
        )],
        source: REQUIREMENTS,
        aws_error: NOT_A_DISK,
        check: |subject| when(subject.image.format == Format::Empty),
    },
    Rule {
        // As RAW, ImportSnapshot would copy these bytes too: nobody wants a volume of them, and its way out is another.
        code: "not-a-disk",
        title: "The file is of another kind: a document, a picture, a program …",
        severity: REFUSED,
        message: "This is {kind}, not a disk image.",
        remedy: &[Way::Advice(
            "Look whether it is the right file. Where a download asks to sign in, a web page may have been saved in place of the image.",
        )],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| {
            foreign_kind(subject).map(|kind| Values::new().with("kind", kind)).into_iter().collect()
        },
    },
    Rule {
        // As RAW, ImportSnapshot copies any bytes: AWS has not said that it looks at them.
        code: "unknown-format",
        title: "Nothing that is known here is in the file",
        severity: each(Severity::Warning, Severity::Blocker),
        message: "Nothing known was found in the file: it is no known disk image, and has neither a partition table nor a known file system.",
        remedy: &[Way::Advice(
            "Look whether it is the right file. Only if it is a raw disk with content that is not known here, import it with ImportSnapshot and the format RAW, which takes any bytes.",
        )],
        source: REQUIREMENTS,
        aws_error: NOT_A_DISK,
        check: |subject| {
            let is_known = foreign_kind(subject).is_some() || super::vmdk::is_flat_part(subject);
            when(subject.image.format == Format::Unknown && !is_known && !is_unread(subject))
        },
    },
    Rule {
        code: "differencing",
        title: "The image holds only the difference to another one",
        severity: REFUSED,
        message: "This disk holds only what differs from {parent}: alone it is not the whole disk.",
        remedy: &[
            TO_STREAM_OPTIMIZED,
            Way::Advice(
                "Merge it with the disks it builds on in the program that made it (Hyper-V: Convert-VHD; VirtualBox: clonemedium; VMware: consolidate the snapshots), and import the result.",
            ),
        ],
        source: REQUIREMENTS,
        aws_error: None,
        check: differencing,
    },
    Rule {
        code: "part-of-several",
        title: "The file is one segment of an image in several files",
        severity: REFUSED,
        message: "This is one of several files that only together are a {format} image.",
        remedy: &[Way::Advice(
            "Join or convert them with the program that wrote them, and import the result.",
        )],
        source: REQUIREMENTS,
        aws_error: None,
        check: part_of_several,
    },
    Rule {
        code: "external-data",
        title: "The data lies in another file",
        severity: REFUSED,
        message: "The data lies in another file, {name}, which is not here.",
        remedy: &[Way::Advice("Choose both files together.")],
        source: REQUIREMENTS,
        aws_error: None,
        check: external_data,
    },
    Rule {
        code: "internal-snapshots",
        title: "The image keeps snapshots inside itself",
        severity: NOTED,
        message: "The image keeps {count} snapshots inside itself; only the current state is converted.",
        remedy: &[],
        source: REQUIREMENTS,
        aws_error: None,
        check: internal_snapshots,
    },
    Rule {
        code: "looks-like-another",
        title: "A raw disk begins with another format's magic number",
        severity: NOTED,
        message: "The first bytes look like {other}, but the rest is a raw disk: declare the format, do not let a program guess it.",
        remedy: &[],
        source: REQUIREMENTS,
        aws_error: None,
        check: looks_like,
    },
];

/// How a format is said to a person: "a QCOW2 image", "gzip".
pub(super) fn said(format: Format) -> &'static str {
    match format {
        Format::Vmdk => "VMDK",
        Format::Vhd => "VHD",
        Format::Vhdx => "VHDX",
        Format::Raw => "raw disk",
        Format::Ova => "OVA",
        Format::Ovf => "OVF",
        Format::Qcow => "QCOW",
        Format::Qcow2 => "QCOW2",
        Format::Qed => "QED",
        Format::Vdi => "VDI",
        Format::Parallels => "Parallels",
        Format::Iso => "ISO",
        Format::Dmg => "DMG",
        Format::Ewf => "EWF (E01)",
        Format::Squashfs => "SquashFS",
        Format::SevenZip => "7-Zip",
        Format::Unknown => "unknown",
        other => other.name(),
    }
}

fn one_of(subject: &Subject, formats: &[Format]) -> Vec<Values> {
    if formats.contains(&subject.image.format) {
        vec![Values::new().with("format", Sentence::from(said(subject.image.format)))]
    } else {
        Vec::new()
    }
}

const NOT_ACCEPTED: &[Format] = &[
    Format::Qcow,
    Format::Qcow2,
    Format::Qed,
    Format::Vdi,
    Format::Parallels,
    Format::Dmg,
    Format::Ewf,
    Format::Squashfs,
];

fn not_accepted(subject: &Subject) -> Vec<Values> {
    one_of(subject, NOT_ACCEPTED).into_iter().map(|values| with_conversion(values, subject)).collect()
}

/// How a compressed format is undone: the value that chooses the command, and the endings by which the program knows
/// what to call the result.
const PACKERS: &[(Format, &str, &[&str])] = &[
    (Format::Gzip, "gzip_input", &[".gz"]),
    (Format::Xz, "xz_input", &[".xz"]),
    (Format::Lzma, "xz_input", &[".lzma"]),
    (Format::Bzip2, "bzip2_input", &[".bz2"]),
    (Format::Zstd, "zstd_input", &[".zst"]),
    (Format::Lz4, "lz4_input", &[".lz4"]),
    (Format::Zip, "zip_input", &[]),
    (Format::Rar, "rar_input", &[]),
    (Format::SevenZip, "packed_input", &[]),
];

fn compressed(subject: &Subject) -> Vec<Values> {
    let Some((_, input, endings)) = PACKERS.iter().find(|(format, ..)| *format == subject.image.format)
    else {
        return Vec::new();
    };
    let path = guarded(subject.path);
    let stem = endings.iter().find_map(|ending| without_ending(&path, ending));
    let names_its_output = matches!(subject.image.format, Format::Zstd | Format::Lz4);
    // A program that goes by the ending does nothing without it; 7-Zip goes by the bytes.
    let input = if stem.is_some() || endings.is_empty() || names_its_output { input } else { "packed_input" };
    vec![
        Values::new()
            .with("format", Sentence::from(said(subject.image.format)))
            .with("holds", holds(subject.image))
            .with("decompressed", stem.map_or_else(|| format!("{path}.decompressed"), Into::into))
            .with(input, path.clone()),
    ]
}

/// `path` without `ending`, compared without case; `None` where it has another or nothing before it.
fn without_ending<'a>(path: &'a str, ending: &str) -> Option<&'a str> {
    let split = path.len().checked_sub(ending.len())?;
    let (stem, end) = path.split_at_checked(split)?;
    (end.eq_ignore_ascii_case(ending) && !stem.is_empty() && !stem.ends_with('/')).then_some(stem)
}

fn holds(image: &Image) -> Sentence {
    match image.compressed.as_deref() {
        None => "something that could not be looked at".into(),
        Some(inner) => match inner.format {
            Format::Unknown => "no disk image that is known here".into(),
            Format::Raw => "a raw disk".into(),
            Format::Ova => "an OVA".into(),
            format => match &inner.subformat {
                Some(subformat) => {
                    sentence!("a {format} image ({subformat})", format = said(format), subformat)
                }
                None => sentence!("a {format} image", format = said(format)),
            },
        },
    }
}

fn compressed_and_not_accepted(subject: &Subject) -> Vec<Values> {
    let Some(inner) = subject.image.compressed.as_deref() else { return Vec::new() };
    let wrong_vmdk = inner.format == Format::Vmdk && inner.subformat.as_deref() != Some("streamOptimized");
    if !wrong_vmdk && !NOT_ACCEPTED.contains(&inner.format) {
        return Vec::new();
    }
    let values = Values::new().with("holds", holds(subject.image));
    let endings =
        PACKERS.iter().filter(|(format, ..)| *format == subject.image.format).flat_map(|(.., e)| *e);
    let stem = endings.map(|ending| without_ending(subject.path, ending)).find_map(|stem| stem);
    vec![match stem {
        Some(stem) => with_conversion_of(values, inner.format, stem),
        None => values,
    }]
}

/// A VHD and a streamOptimized VMDK have rules of their own.
fn differencing(subject: &Subject) -> Vec<Values> {
    let has_own = match subject.image.format {
        Format::Vhd => true,
        Format::Vmdk => super::vmdk::is_stream_optimized(subject),
        _ => false,
    };
    if has_own { Vec::new() } else { builds_on(subject) }
}

/// The disk that the image holds the difference to.
pub(super) fn builds_on(subject: &Subject) -> Vec<Values> {
    let image = subject.image;
    let parent = match &image.parent {
        Some(parent) if parent.name.is_empty() => Sentence::from("another disk"),
        Some(parent) => Sentence::verbatim(&parent.name),
        None if image.subformat.as_deref() == Some("differencing") => Sentence::from("another disk"),
        None => return Vec::new(),
    };
    vec![with_conversion(Values::new().with("parent", parent), subject)]
}

/// A VMDK's extents have a rule of their own.
fn part_of_several(subject: &Subject) -> Vec<Values> {
    if subject.image.format != Format::Vmdk && subject.has(|condition| *condition == Condition::LoneExtent) {
        vec![Values::new().with("format", Sentence::from(said(subject.image.format)))]
    } else {
        Vec::new()
    }
}

fn external_data(subject: &Subject) -> Vec<Values> {
    let of = |condition: &Condition| match condition {
        Condition::ExternalData { name } => Some(Values::new().with("name", name)),
        _ => None,
    };
    subject.image.conditions.iter().filter_map(of).collect()
}

fn internal_snapshots(subject: &Subject) -> Vec<Values> {
    let of = |condition: &Condition| match condition {
        Condition::InternalSnapshots { count } => Some(Values::new().with("count", count)),
        _ => None,
    };
    subject.image.conditions.iter().filter_map(of).collect()
}

/// Whether nothing is known of what the file is because it was not read: another rule says why.
pub(super) fn is_unread(subject: &Subject) -> bool {
    subject.image.format == Format::Unknown
        && subject.has(|condition| matches!(condition, Condition::UnknownFeature { .. }))
}

/// What the file is, where it is a known kind of file that holds no disk.
pub(super) fn foreign_kind<'a>(subject: &Subject<'a>) -> Option<&'a Sentence> {
    subject.image.conditions.iter().find_map(|condition| match condition {
        Condition::Foreign { kind } => Some(kind),
        _ => None,
    })
}

fn looks_like(subject: &Subject) -> Vec<Values> {
    let of = |condition: &Condition| match condition {
        Condition::LooksLike { format } => Some(Values::new().with("other", Sentence::from(said(*format)))),
        _ => None,
    };
    subject.image.conditions.iter().filter_map(of).collect()
}
