//! Disks in files of their own that make one machine, which ImportImage takes as a list of containers.

use super::catalogue::{Rule, Way, image_only};
use super::sources::{IMAGE_API, LIMITATIONS, REQUIREMENTS};
use super::template::Values;
use super::{DiskFindings, Finding, Severity, Subject, disks};
use crate::image::{Format, Image};

/// Only [`judge_machine`] asks them: an appliance has rules of its own, and a single disk is no list.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "machine-disk-refused",
        title: "One of a machine's disk files would be refused",
        severity: image_only(Severity::Blocker),
        message: "The disk {name} would be refused ({codes}): {message}",
        remedy: &[Way::Advice("Mend the disk as its own findings say, or import the machine without it.")],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| {
            of_machine(subject, |disks| disks::with_worst(disks, Severity::Blocker, |_, _| true))
        },
    },
    Rule {
        code: "machine-disk-warned",
        title: "There are warnings about one of a machine's disk files",
        severity: image_only(Severity::Warning),
        message: "The disk {name} has a warning ({codes}): {message}",
        remedy: &[Way::Advice("Read the disk's own findings.")],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| {
            of_machine(subject, |disks| disks::with_worst(disks, Severity::Warning, |_, _| true))
        },
    },
    Rule {
        code: "machine-too-many-disks",
        title: "A machine has more than 21 disk files",
        severity: image_only(Severity::Blocker),
        message: "These are {count} disks; ImportImage fails with more than 21 volumes.",
        remedy: &[Way::Advice(
            "Import the machine with its first disks, and the others one by one with ImportSnapshot.",
        )],
        source: LIMITATIONS,
        aws_error: None,
        check: |subject| {
            of_machine(subject, |disks| {
                let values = (disks.len() > disks::MOST).then(|| Values::new().with("count", disks.len()));
                values.into_iter().collect()
            })
        },
    },
    Rule {
        // AWS's pages do not say which of several containers the machine starts from.
        code: "machine-several-systems",
        title: "Several of a machine's disk files hold a system",
        severity: image_only(Severity::Warning),
        message: "More than one of these disks could start a machine: {names}. AWS's pages do not say which of them ImportImage would start.",
        remedy: &[Way::Advice("Import disks of different machines one at a time.")],
        source: IMAGE_API,
        aws_error: None,
        check: |subject| of_machine(subject, several_systems),
    },
];

/// What the rules say of `disks` as one machine: the findings, the worst first.
pub fn judge_machine(disks: &[DiskFindings]) -> Vec<Finding> {
    let image = Image::new(Format::Unknown, 0);
    let subject = Subject { path: "", image: &image, guest: None, disks };
    super::judge_by(RULES.iter(), &subject)
}

fn of_machine(subject: &Subject, values: impl Fn(&[DiskFindings]) -> Vec<Values>) -> Vec<Values> {
    if subject.disks.is_empty() || subject.appliance().is_some() { Vec::new() } else { values(subject.disks) }
}

fn several_systems(disks: &[DiskFindings]) -> Vec<Values> {
    let systems = disks.iter().filter(|disk| disk.is_system());
    let names: Vec<&str> = systems.map(|disk| disk.file).collect();
    if names.len() > 1 { vec![Values::new().with("names", names.join(", "))] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::builder::Case;
    use super::super::{DiskFindings, Finding, Verdict, verdict};
    use super::judge_machine;
    use crate::guest::{BootMode, TableKind};
    use crate::image::Format;

    fn system() -> Vec<Finding> {
        Case::stream_optimized().with_guest(|guest| guest.boot_mode = Some(BootMode::LegacyBios)).findings()
    }

    fn data() -> Vec<Finding> {
        let blank = Case::stream_optimized().with_guest(|guest| {
            guest.table = TableKind::None;
            guest.partitions.clear();
            guest.boot_mode = Some(BootMode::None);
        });
        blank.findings()
    }

    fn disk<'a>(file: &'a str, findings: &'a [Finding], boot_mode: BootMode) -> DiskFindings<'a> {
        DiskFindings { file, format: Format::Vmdk, findings, boot_mode: Some(boot_mode) }
    }

    fn codes(disks: &[DiskFindings]) -> Vec<String> {
        judge_machine(disks).into_iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn a_blank_disk_beside_a_system_is_no_fault_of_the_machine() {
        let (system, data) = (system(), data());
        assert_eq!(verdict(&data).import_image, Verdict::Refused, "alone it is refused");
        let disks =
            [disk("root.vmdk", &system, BootMode::LegacyBios), disk("data.vmdk", &data, BootMode::None)];
        assert_eq!(verdict(&judge_machine(&disks)).import_image, verdict(&system).import_image);
    }

    #[test]
    fn disks_of_which_none_starts_are_refused_as_a_machine() {
        let data = data();
        let disks = [disk("a.vmdk", &data, BootMode::None), disk("b.vmdk", &data, BootMode::None)];
        assert_eq!(codes(&disks), ["machine-disk-refused", "machine-disk-refused"]);
    }

    #[test]
    fn a_disk_that_is_refused_for_what_it_is_refuses_the_machine_and_is_named() {
        let (system, refused) = (system(), Case::new("b.qcow2", Format::Qcow2).findings());
        let disks =
            [disk("a.vmdk", &system, BootMode::LegacyBios), disk("b.qcow2", &refused, BootMode::None)];
        let findings = judge_machine(&disks);
        assert_eq!(findings[0].code, "machine-disk-refused");
        assert!(findings[0].message.contains("b.qcow2"), "{}", findings[0].message);
    }

    #[test]
    fn two_disks_that_start_are_asked_about_and_more_than_21_refused() {
        let system = system();
        let disks = vec![disk("a.vmdk", &system, BootMode::LegacyBios); 22];
        assert!(codes(&disks[..2]).contains(&"machine-several-systems".to_owned()));
        assert!(!codes(&disks[..21]).contains(&"machine-too-many-disks".to_owned()));
        assert!(codes(&disks).contains(&"machine-too-many-disks".to_owned()));
    }
}
