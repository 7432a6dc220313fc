//! Images and guests made by hand, for the tests of the rules.

use super::{Finding, PerCall, Remedy, Severity, Subject, Verdict, judge, verdict};
use crate::guest::{BootMode, Guest, OperatingSystem, Partition, TableKind};
use crate::image::{Format, Image};

/// What a test gives to the rules, and what they say.
pub(super) struct Case {
    pub(super) path: String,
    pub(super) image: Image,
    pub(super) guest: Option<Guest>,
}

impl Case {
    /// An image of 10 GiB, nothing known of what is inside.
    pub(super) fn new(path: &str, format: Format) -> Self {
        let mut image = Image::new(format, 1 << 30);
        let is_disk = matches!(
            format,
            Format::Vmdk | Format::Vhd | Format::Vhdx | Format::Raw | Format::Qcow2 | Format::Vdi
        );
        image.virtual_size = is_disk.then_some(10 << 30);
        Self { path: path.into(), image, guest: None }
    }

    /// A VMDK about which there is nothing to say, with one ext4 partition that BIOS starts.
    pub(super) fn stream_optimized() -> Self {
        let mut case = Self::new("disk.vmdk", Format::Vmdk);
        case.image.subformat = Some("streamOptimized".into());
        case.guest = Some(guest(TableKind::Mbr));
        case
    }

    pub(super) fn with_guest(mut self, change: impl FnOnce(&mut Guest)) -> Self {
        change(self.guest.get_or_insert_with(|| guest(TableKind::Mbr)));
        self
    }

    pub(super) fn subject(&self) -> Subject<'_> {
        Subject { path: &self.path, image: &self.image, guest: self.guest.as_ref(), disks: &[] }
    }

    pub(super) fn findings(&self) -> Vec<Finding> {
        judge(&self.subject())
    }

    pub(super) fn codes(&self) -> Vec<String> {
        self.findings().into_iter().map(|finding| finding.code).collect()
    }

    pub(super) fn finding(&self, code: &str) -> Option<Finding> {
        self.findings().into_iter().find(|finding| finding.code == code)
    }

    /// The command of the finding called `code`; empty where it has none.
    pub(super) fn command(&self, code: &str) -> Vec<String> {
        match self.finding(code).and_then(|finding| finding.remedy) {
            Some(Remedy::Command(words)) => words,
            _ => Vec::new(),
        }
    }

    pub(super) fn verdict(&self) -> PerCall<Verdict> {
        verdict(&self.findings())
    }

    /// Whether both calls refuse it.
    pub(super) fn is_refused(&self) -> bool {
        let verdict = self.verdict();
        verdict.import_snapshot == Verdict::Refused && verdict.import_image == Verdict::Refused
    }
}

/// A disk with one active ext4 partition.
pub(super) fn guest(table: TableKind) -> Guest {
    Guest {
        table,
        partitions: vec![partition(1, "0x83", Some("ext4"))],
        whole_disk: None,
        volume_groups: Vec::new(),
        boot_mode: Some(BootMode::LegacyBios),
        architecture: None,
        os: None,
        conditions: Vec::new(),
        unopened: None,
        lacks_boot_code: false,
        unread: None,
    }
}

pub(super) fn partition(index: u32, type_id: &str, filesystem: Option<&str>) -> Partition {
    Partition {
        index,
        type_id: type_id.into(),
        type_name: None,
        name: String::new(),
        start: u64::from(index) << 20,
        size: 1 << 20,
        active: index == 1,
        filesystem: filesystem.map(Into::into),
        label: None,
        uuid: None,
    }
}

pub(super) fn linux(id: &str, version: &str, kernels: &[&str]) -> OperatingSystem {
    OperatingSystem {
        family: "linux".into(),
        name: Some(id.into()),
        id: Some(id.into()),
        version: Some(version.into()),
        kernels: kernels.iter().map(ToString::to_string).collect(),
        free_space: None,
    }
}

pub(super) fn windows(name: &str) -> OperatingSystem {
    OperatingSystem {
        family: "windows".into(),
        name: Some(name.into()),
        id: None,
        version: None,
        kernels: Vec::new(),
        free_space: None,
    }
}

impl PerCall<Option<Severity>> {
    /// Whether either call refuses for it.
    pub(super) fn blocks(self) -> bool {
        self.worst() == Some(Severity::Blocker)
    }
}
