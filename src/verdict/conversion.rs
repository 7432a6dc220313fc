//! The command that makes an image one that EC2 takes, and the names of its files.

use super::Subject;
use super::catalogue::Way;
use super::template::Values;
use crate::image::{Condition, Format};

/// Any disk that qemu-img reads becomes a streamOptimized VMDK: the one accepted format that is compressed.
pub(super) const TO_STREAM_OPTIMIZED: Way = Way::Command(&[
    "qemu-img",
    "convert",
    "-f",
    "{driver}",
    "-O",
    "vmdk",
    "-o",
    "subformat=streamOptimized",
    "{input}",
    "{output}",
]);

/// Any disk that qemu-img reads becomes a raw disk: as large as the disk, but nothing can be misread.
pub(super) const TO_RAW: Way =
    Way::Command(&["qemu-img", "convert", "-f", "{driver}", "-O", "raw", "{input}", "{raw_output}"]);

/// qemu-img's name for a format that it reads. It is always said: guessing by content is how qemu-img is deceived.
fn driver(format: Format) -> Option<&'static str> {
    Some(match format {
        Format::Vmdk => "vmdk",
        Format::Vhd => "vpc",
        Format::Vhdx => "vhdx",
        Format::Raw => "raw",
        Format::Qcow => "qcow",
        Format::Qcow2 => "qcow2",
        Format::Qed => "qed",
        Format::Vdi => "vdi",
        Format::Parallels => "parallels",
        Format::Dmg => "dmg",
        _ => return None,
    })
}

/// `values` and, where qemu-img can convert the image as it is, the values of the commands above.
pub(super) fn with_conversion(values: Values, subject: &Subject) -> Values {
    match driver(subject.image.format) {
        Some(driver) if is_convertible(subject) => with_files(values, driver, subject.path),
        _ => values,
    }
}

/// `values` and those of a conversion of the file at `path`, which holds what `format` says; unchanged where qemu-img
/// does not read that.
pub(super) fn with_conversion_of(values: Values, format: Format, path: &str) -> Values {
    match driver(format) {
        Some(driver) => with_files(values, driver, path),
        None => values,
    }
}

fn with_files(values: Values, driver: &'static str, path: &str) -> Values {
    values
        .with("driver", driver)
        .with("input", guarded(path))
        .with("output", guarded(&beside(path, "vmdk")))
        .with("raw_output", guarded(&beside(path, "raw")))
}

/// Whether qemu-img makes of the image what the guest would see. It opens damaged ones too, and differencing disks of
/// three formats as if they stood alone: what came out would be wrong without a word.
fn is_convertible(subject: &Subject) -> bool {
    let differencing =
        subject.image.parent.is_some() || subject.image.subformat.as_deref() == Some("differencing");
    if differencing && matches!(subject.image.format, Format::Vhd | Format::Vhdx | Format::Vdi) {
        return false;
    }
    !subject.has(|condition| {
        matches!(
            condition,
            Condition::Damaged(_)
                | Condition::Truncated { .. }
                | Condition::TextModeDamage
                | Condition::MarkedCorrupt
                | Condition::Encrypted { .. }
                | Condition::ExtentsMissing
                | Condition::LoneExtent
                | Condition::DevicePointer
                | Condition::Companion { .. }
                | Condition::ExternalData { .. }
                | Condition::UnknownFeature { .. }
        )
    })
}

/// `path` as a program takes it for a file: a leading hyphen would be an option, and `word:` a protocol of qemu-img.
pub(super) fn guarded(path: &str) -> String {
    let first = path.split(['/', '\\']).next().unwrap_or_default();
    let is_drive =
        first.len() == 2 && first.starts_with(|c: char| c.is_ascii_alphabetic()) && first.ends_with(':');
    if path.starts_with('-') || (first.contains(':') && !is_drive) {
        format!("./{path}")
    } else {
        path.into()
    }
}

/// Endings that say how a file is made, and may be replaced by another.
const ENDINGS: &[&str] = &[
    "vmdk", "vhd", "vhdx", "avhd", "avhdx", "raw", "img", "dd", "bin", "qcow", "qcow2", "qed", "vdi", "hdd",
    "hds", "dmg", "ova",
];

/// The path of a file in the same folder whose ending is `ending`, and which is not the file itself.
fn beside(path: &str, ending: &str) -> String {
    let stem = match path.rsplit_once('.') {
        Some((stem, old))
            if !stem.is_empty() && ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(old)) =>
        {
            stem
        }
        _ => path,
    };
    let new = format!("{stem}.{ending}");
    // Without case, because the file systems of Windows and macOS have none.
    if new.to_lowercase() == path.to_lowercase() { format!("{stem}-converted.{ending}") } else { new }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_never_converted_onto_itself() {
        assert_eq!(beside("disk.qcow2", "vmdk"), "disk.vmdk");
        assert_eq!(beside("a/disk.VMDK", "vmdk"), "a/disk-converted.vmdk");
        assert_eq!(beside("debian-12.2", "vmdk"), "debian-12.2.vmdk");
        assert_eq!(beside(".img", "vmdk"), ".img.vmdk");
    }

    #[test]
    fn a_name_is_neither_an_option_nor_a_protocol() {
        assert_eq!(guarded("-O.qcow2"), "./-O.qcow2");
        assert_eq!(guarded("json:{}.img"), "./json:{}.img");
        assert_eq!(guarded("nbd:a/b"), "./nbd:a/b");
        assert_eq!(guarded("folder/a:b"), "folder/a:b");
        assert_eq!(guarded(r"C:\disk.vhd"), r"C:\disk.vhd");
    }
}
