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

/// The same of a VHD that qemu-img would cut to what cylinders, heads and sectors address.
pub(super) const TO_STREAM_OPTIMIZED_BY_SIZE: Way = Way::Command(&[
    "qemu-img",
    "convert",
    "--image-opts",
    "{options}",
    "-O",
    "vmdk",
    "-o",
    "subformat=streamOptimized",
    "{output}",
]);

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
        Some(_) if !is_convertible(subject) => values,
        Some("vpc") if is_cut_by_geometry(subject) => with_options(values, subject.path),
        Some(driver) => with_files(values, driver, subject.path),
        None => values,
    }
}

/// Whether qemu-img takes a VHD's size from its geometry, and that is another.
fn is_cut_by_geometry(subject: &Subject) -> bool {
    subject.has(|condition| matches!(condition, Condition::GeometryMismatch { .. }))
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
    values.with("driver", driver).with("input", guarded(path)).with("output", guarded(&output(path)))
}

/// Options are told apart by commas: one in a file's name is doubled. The name of a file is no protocol here.
fn with_options(values: Values, path: &str) -> Values {
    let path_as_option = path.replace(',', ",,");
    let options =
        format!("driver=vpc,force_size_calc=current_size,file.driver=file,file.filename={path_as_option}");
    values.with("options", options).with("output", guarded(&output(path)))
}

/// Whether qemu-img makes of the image what the guest would see. It opens damaged ones too, and differencing disks of
/// three formats as if they stood alone: what came out would be wrong without a word.
fn is_convertible(subject: &Subject) -> bool {
    let differencing =
        subject.image.parent.is_some() || subject.image.subformat.as_deref() == Some("differencing");
    if differencing && matches!(subject.image.format, Format::Vhd | Format::Vhdx | Format::Vdi) {
        return false;
    }
    if subject.image.parent.as_ref().is_some_and(|parent| !parent.present) {
        return false;
    }
    if super::vhd::is_too_large(subject) || super::vhdx::unread_by_qemu(subject).is_some() {
        return false;
    }
    // qemu-img refuses a VHD whose only footer has a wrong checksum.
    let is_vhd = subject.image.format == Format::Vhd;
    if is_vhd && subject.has(|condition| matches!(condition, Condition::BadChecksum { .. })) {
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

/// The path of a new file in the same folder. It is not only the ending that is another: `disk.vhdx` often lies beside a
/// `disk.vmdk`, which must not be written over.
fn output(path: &str) -> String {
    let stem = match path.rsplit_once('.') {
        Some((stem, old))
            if !stem.is_empty() && ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(old)) =>
        {
            stem
        }
        _ => path,
    };
    format!("{stem}-import.vmdk")
}

#[cfg(test)]
mod tests {
    use super::super::Remedy;
    use super::super::builder::Case;
    use super::*;
    use crate::image::Parent;

    #[test]
    fn a_file_is_never_converted_onto_itself_or_onto_a_sibling() {
        assert_eq!(output("disk.qcow2"), "disk-import.vmdk");
        assert_eq!(output("a/disk.VMDK"), "a/disk-import.vmdk");
        assert_eq!(output("debian-12.2"), "debian-12.2-import.vmdk");
        assert_eq!(output(".img"), ".img-import.vmdk");
        assert_eq!(output("disk-import.vmdk"), "disk-import-import.vmdk");
    }

    #[test]
    fn a_vhd_that_qemu_img_would_cut_is_read_by_its_size_field() {
        let mut case = Case::new("-a,b.vhd", Format::Vhd);
        let reason = "its checksum is wrong".into();
        case.image.conditions.push(Condition::BadCopy { structure: "footer", offset: 512, reason });
        case.image.conditions.push(Condition::GeometryMismatch { geometry: 4_177_920 });
        let options = "driver=vpc,force_size_calc=current_size,file.driver=file,file.filename=-a,,b.vhd";
        let command = case.command("vhd-footers-differ");
        assert_eq!(command[2..4], ["--image-opts", options]);
        assert_eq!(command[8], "./-a,b-import.vmdk");
    }

    #[test]
    fn what_qemu_img_does_not_read_gets_no_command_of_it() {
        let mut log = Case::new("a.vhdx", Format::Vhdx);
        log.image.conditions.push(Condition::NotClosed { evidence: "its log".into() });
        let mut sectors = Case::new("a.vhdx", Format::Vhdx);
        sectors.image.conditions.push(Condition::SectorSize { bytes: 4096 });
        for (case, word) in [(log, "check -r all"), (sectors, "Convert-VHD")] {
            let Some(Remedy::Advice(advice)) = case.finding("vhdx-for-snapshot").unwrap().remedy else {
                panic!("a command")
            };
            assert!(advice.contains(word), "{advice}");
        }
        let mut child = Case::new("a.qcow2", Format::Qcow2);
        let parent = |present| Some(Parent { name: "base".into(), identity: None, present });
        child.image.parent = parent(false);
        assert!(child.command("container-not-accepted").is_empty());
        child.image.parent = parent(true);
        assert_eq!(child.command("container-not-accepted")[0], "qemu-img");
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
