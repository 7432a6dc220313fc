//! Disks in files of their own, dropped together: what ImportImage would make of them as one machine.

use super::Report;
use crate::guest::BootMode;
use crate::image::Format;
use crate::verdict::{DiskFindings, Finding, Verdict, judge_machine, verdict};

/// Disks that may make one machine.
#[derive(Debug, Clone, PartialEq)]
pub struct Machine {
    /// Which of the reports they are, in the order for the request: one that a system starts from first.
    pub disks: Vec<usize>,
    /// What ImportImage would find in them together.
    pub findings: Vec<Finding>,
    /// What it would do.
    pub verdict: Verdict,
}

impl Machine {
    /// The machine that the disks among `reports` make; `None` where there are not two. An appliance is a machine of its
    /// own, and a file that nothing is known of is no disk.
    pub fn of(reports: &[Report]) -> Option<Self> {
        let is_disk = |report: &Report| {
            !matches!(report.format, Format::Ova | Format::Ovf | Format::Unknown | Format::Empty)
        };
        let mut disks: Vec<usize> = (0..reports.len()).filter(|index| is_disk(&reports[*index])).collect();
        if disks.len() < 2 {
            return None;
        }
        disks.sort_by_key(|index| reports[*index].boot_mode.is_none_or(|mode| mode == BootMode::None));
        let of = |index: &usize| {
            let report = &reports[*index];
            DiskFindings {
                file: &report.path,
                format: report.format,
                findings: &report.findings,
                boot_mode: report.boot_mode,
            }
        };
        let findings = judge_machine(&disks.iter().map(of).collect::<Vec<_>>());
        Some(Self { verdict: verdict(&findings).import_image, findings, disks })
    }
}

#[cfg(test)]
mod tests {
    use super::Machine;
    use crate::image::{Depth, FileSet, NamedSource};
    use crate::inspect::Inspector;
    use crate::inspect::tests::mbr_disk;
    use std::rc::Rc;

    fn machine_of(files: Vec<(&str, Vec<u8>)>) -> Option<Machine> {
        let file = |(name, bytes): (&str, Vec<u8>)| NamedSource { name: name.into(), source: Rc::new(bytes) };
        let inspector = Inspector::new(FileSet { files: files.into_iter().map(file).collect() });
        let heads = inspector.heads().unwrap();
        let reports: Vec<_> =
            heads.into_iter().map(|head| inspector.report(head, Depth::Complete).unwrap()).collect();
        Machine::of(&reports)
    }

    #[test]
    fn the_disk_that_starts_comes_first_and_what_is_no_disk_is_left_out() {
        let blank = vec![0_u8; 1 << 20];
        let files =
            vec![("data.img", blank), ("notes.txt", b"Buy milk.".repeat(99)), ("root.img", mbr_disk())];
        assert_eq!(machine_of(files).unwrap().disks, [2, 0]);
    }

    #[test]
    fn one_disk_is_no_machine_of_several() {
        assert_eq!(machine_of(vec![("root.img", mbr_disk())]), None);
    }
}
