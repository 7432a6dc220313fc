//! What the findings of a machine's disks say of the machine: of an appliance's disks, or of disks in files of their own.

use super::template::{Values, shown};
use super::{DiskFindings, Finding, Severity};

/// "The import fails for VMs with more than 21 volumes."
pub(super) const MOST: usize = 21;

/// Findings that a data disk beside the one the machine starts from may have.
const OF_A_DATA_DISK: &[&str] = &[
    "no-partition-table",
    "no-partitions",
    "not-bootable",
    "root-file-system",
    "no-file-system-recognised",
    "apple-partition-map",
];

/// The disks whose worst finding for ImportImage is `severity`, of the findings that `counts` lets through and that are
/// said of the machine, too: of several disks only one need hold a system.
pub(super) fn with_worst(
    disks: &[DiskFindings],
    severity: Severity,
    counts: impl Fn(&DiskFindings, &Finding) -> bool,
) -> Vec<Values> {
    let beside_a_system = disks.len() > 1 && disks.iter().any(holds_a_system);
    let of = |disk: &DiskFindings| {
        let is_of_a_data_disk =
            |finding: &Finding| beside_a_system && OF_A_DATA_DISK.contains(&finding.code.as_str());
        let found =
            disk.findings.iter().filter(|finding| !is_of_a_data_disk(finding) && counts(disk, finding));
        let found: Vec<&Finding> = found.collect();
        let worst = found.iter().filter_map(|finding| finding.severity.import_image).max()?;
        if worst != severity {
            return None;
        }
        let of_that_weight =
            || found.iter().filter(|finding| finding.severity.import_image == Some(severity));
        let codes: Vec<&str> = of_that_weight().map(|finding| finding.code.as_str()).collect();
        let message = of_that_weight().next().map(|finding| &finding.message)?;
        let values = Values::new().with("name", shown(disk.file));
        Some(values.with("codes", codes.join(", ")).with("message", message))
    };
    disks.iter().filter_map(of).collect()
}

/// Whether a machine can start from the disk, as far as its findings tell.
pub(super) fn holds_a_system(disk: &DiskFindings) -> bool {
    !disk.findings.iter().any(|finding| OF_A_DATA_DISK.contains(&finding.code.as_str()))
}
