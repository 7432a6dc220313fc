//! What the system needs to find its disk and its network on an instance.

use super::Subject;
use super::catalogue::{Rule, WARNED, Way, each, image_only};
use super::sources::{ENA, MODIFICATIONS, NVME, TROUBLESHOOTING};
use super::template::{Values, when};
use crate::guest::GuestCondition;
use crate::verdict::Severity;
use std::collections::BTreeMap;

const PUT_IN: Way =
    Way::Advice("Install the driver on the machine and put it into its initramfs, and export again.");

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "missing-driver",
        title: "A driver for disks on EC2 was not found among a kernel's modules",
        severity: WARNED,
        message: "The driver {driver} was not found for the kernel {kernels}: on instance types that need it the machine may not find its disk.",
        remedy: &[PUT_IN],
        source: NVME,
        aws_error: None,
        check: |subject| missing_drivers(subject, |driver| DISK_DRIVERS.contains(&driver)),
    },
    Rule {
        code: "missing-network-driver",
        title: "A driver for EC2's network was not found among a kernel's modules",
        severity: WARNED,
        message: "The driver {driver} was not found for the kernel {kernels}: on instance types that need it the machine may not be reached.",
        remedy: &[PUT_IN],
        source: ENA,
        aws_error: None,
        check: |subject| missing_drivers(subject, |driver| !DISK_DRIVERS.contains(&driver)),
    },
    Rule {
        code: "no-initramfs",
        title: "No initramfs lies beside the newest kernel",
        severity: each(Severity::Note, Severity::Warning),
        message: "No initramfs was found for the kernel {kernel}: AWS reads from it which drivers the system brings.",
        remedy: &[Way::Advice(
            "On the machine, make one (update-initramfs -c -k all, or dracut --regenerate-all), and export again.",
        )],
        source: TROUBLESHOOTING,
        aws_error: Some(
            "ClientError: We were unable to read your import's initramfs/initrd to determine what drivers your import requires to run in EC2",
        ),
        check: no_initramfs,
    },
    Rule {
        code: "no-fstab",
        title: "The system has no /etc/fstab",
        severity: image_only(Severity::Warning),
        message: "The system has no /etc/fstab, which ImportImage reads and rewrites.",
        remedy: &[Way::Advice(
            "Write one on the machine before the export, or use ImportSnapshot and register an image from the snapshot.",
        )],
        source: TROUBLESHOOTING,
        aws_error: Some("ClientError: Invalid configuration - Could not read fstab"),
        check: |subject| when(subject.guest_conditions().contains(&GuestCondition::NoFstab)),
    },
    Rule {
        // ImportImage rewrites such lines itself; ImportSnapshot leaves them.
        code: "fstab-by-device",
        title: "/etc/fstab names disks by their kernel name",
        severity: each(Severity::Warning, Severity::Note),
        message: "/etc/fstab names {devices}, but disks have other names on EC2 (nvme0n1, xvda).",
        remedy: &[Way::Advice(
            "Name them by UUID (blkid shows it) before the export. ImportImage rewrites such lines, ImportSnapshot does not.",
        )],
        source: MODIFICATIONS,
        aws_error: None,
        check: fstab,
    },
];

/// The drivers without which no disk is found, on Nitro and on Xen; the others are for the network.
const DISK_DRIVERS: &[&str] = &["nvme", "xen-blkfront"];

/// One finding a driver, however many kernels lack it.
fn missing_drivers(subject: &Subject, is_meant: impl Fn(&str) -> bool) -> Vec<Values> {
    let mut kernels: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for condition in subject.guest_conditions() {
        match condition {
            GuestCondition::MissingDriver { driver, kernel } if is_meant(driver) => {
                kernels.entry(driver).or_default().push(kernel);
            }
            _ => {}
        }
    }
    let values = |(driver, kernels): (&str, Vec<&str>)| {
        Values::new().with("driver", driver).with("kernels", kernels.join(", "))
    };
    kernels.into_iter().map(values).collect()
}

fn no_initramfs(subject: &Subject) -> Vec<Values> {
    let of = |condition: &GuestCondition| match condition {
        GuestCondition::NoInitramfs { kernel } => Some(Values::new().with("kernel", kernel)),
        _ => None,
    };
    subject.guest_conditions().iter().filter_map(of).collect()
}

fn fstab(subject: &Subject) -> Vec<Values> {
    let of = |condition: &GuestCondition| match condition {
        GuestCondition::FstabByDevice { devices } => Some(Values::new().with("devices", devices.join(", "))),
        _ => None,
    };
    subject.guest_conditions().iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::super::builder::Case;
    use super::*;

    #[test]
    fn a_driver_is_missed_once_for_all_kernels() {
        let case = Case::stream_optimized().with_guest(|guest| {
            for (driver, kernel) in [("ena", "5.10"), ("ena", "6.1"), ("nvme", "6.1")] {
                let (driver, kernel) = (driver.into(), kernel.into());
                guest.conditions.push(GuestCondition::MissingDriver { driver, kernel });
            }
        });
        assert_eq!(case.codes(), ["missing-driver", "missing-network-driver"]);
        assert!(
            case.finding("missing-network-driver")
                .unwrap()
                .message
                .contains("ena was not found for the kernel 5.10, 6.1")
        );
    }

    #[test]
    fn what_import_image_reads_and_does_not_find_is_said_with_its_text() {
        let case = Case::stream_optimized().with_guest(|guest| {
            guest.conditions.push(GuestCondition::NoFstab);
            guest.conditions.push(GuestCondition::NoInitramfs { kernel: "6.1.0".into() });
        });
        assert_eq!(case.codes(), ["no-initramfs", "no-fstab"]);
        assert!(case.findings().iter().all(|finding| finding.aws_error.is_some()));
        assert_eq!(case.verdict().import_image, Verdict::AcceptedWithWarnings);
        assert_eq!(case.verdict().import_snapshot, Verdict::Accepted);
    }

    #[test]
    fn import_image_mends_the_fstab_and_import_snapshot_does_not() {
        let case = Case::stream_optimized().with_guest(|guest| {
            guest.conditions.push(GuestCondition::FstabByDevice { devices: vec!["/dev/sda1".into()] });
        });
        let severity = case.finding("fstab-by-device").unwrap().severity;
        assert_eq!(severity.import_snapshot, Some(Severity::Warning));
        assert_eq!(severity.import_image, Some(Severity::Note));
    }
}
