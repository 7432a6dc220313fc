//! What the system needs to find its disk and its network on an instance.

use super::Subject;
use super::catalogue::{Rule, WARNED, Way, each};
use super::sources::{MODIFICATIONS, NITRO};
use super::template::Values;
use crate::guest::GuestCondition;
use crate::verdict::Severity;
use std::collections::BTreeMap;

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "missing-driver",
        title: "A driver that EC2 needs was not found among a kernel's modules",
        severity: WARNED,
        message: "The driver {driver} was not found for the kernel {kernels}: on instance types that need it the machine may not start or not be reached.",
        remedy: &[Way::Advice(
            "Install the driver on the machine and put it into its initramfs, and export again.",
        )],
        source: NITRO,
        aws_error: None,
        check: missing_driver,
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

/// One finding a driver, however many kernels lack it.
fn missing_driver(subject: &Subject) -> Vec<Values> {
    let mut kernels: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for condition in subject.guest_conditions() {
        if let GuestCondition::MissingDriver { driver, kernel } = condition {
            kernels.entry(driver).or_default().push(kernel);
        }
    }
    let values = |(driver, kernels): (&str, Vec<&str>)| {
        Values::new().with("driver", driver).with("kernels", kernels.join(", "))
    };
    kernels.into_iter().map(values).collect()
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
        assert_eq!(case.codes(), ["missing-driver", "missing-driver"]);
        assert!(
            case.finding("missing-driver")
                .unwrap()
                .message
                .contains("ena was not found for the kernel 5.10, 6.1")
        );
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
