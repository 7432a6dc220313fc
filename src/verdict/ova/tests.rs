use super::checks::*;
use crate::guest::BootMode;
use crate::image::ova::tests::build::{ovf, raw_disk, signed};
use crate::image::{
    Appliance, ApplianceCondition, ApplianceDisk, Condition, Depth, FileSet, Format, Image, Opening, Source,
    Storage, detect,
};
use crate::verdict::builder::Case;
use crate::verdict::{DiskFindings, Remedy, Severity, Subject, Verdict};

fn ova(disks: usize) -> Case {
    let mut case = Case::new("machine.ova", Format::Ova);
    let disk = |number: usize| ApplianceDisk {
        disk: None,
        storage: Storage::Whole,
        attachment: None,
        is_boot_disk: false,
        file: format!("disk{number}.vmdk"),
        offset: 1024,
        size: 4096,
        capacity: None,
        image: Image::new(Format::Vmdk, 4096),
    };
    case.image.appliance =
        Some(Box::new(Appliance { disks: (1..=disks).map(disk).collect(), ..Appliance::default() }));
    case
}

#[test]
fn an_ova_is_for_import_image_and_its_disk_for_import_snapshot() {
    let case = ova(1);
    assert_eq!(case.verdict().import_image, Verdict::Accepted);
    assert_eq!(case.verdict().import_snapshot, Verdict::Refused);
    assert_eq!(case.command("ova-for-snapshot"), ["tar", "-xf", "machine.ova", "disk1.vmdk"]);
    assert!(ova(2).command("ova-for-snapshot").is_empty());
}

#[test]
fn no_command_is_given_that_tar_would_not_do() {
    let with = |change: &dyn Fn(&mut ApplianceDisk)| {
        let mut case = ova(1);
        change(&mut case.image.appliance.as_mut().unwrap().disks[0]);
        case.command("ova-for-snapshot")
    };
    assert!(!with(&|_| ()).is_empty());
    for name in ["../disk.vmdk", "a/../../disk.vmdk", "/disk.vmdk", "-disk.vmdk"] {
        assert!(with(&|disk| disk.file = name.into()).is_empty(), "{name}");
    }
    for storage in [Storage::Chunked, Storage::Sparse, Storage::Cut] {
        assert!(with(&|disk| disk.storage = storage).is_empty(), "{storage:?}");
    }
}

#[test]
fn a_sparse_member_is_one_warning_for_its_archive() {
    let mut case = ova(1);
    let name = "disk1.vmdk";
    case.image.conditions.push(Condition::Appliance(ApplianceCondition::SparseMember(name.into())));
    let mut unread = Case::new(name, Format::Unknown);
    unread.image.conditions.push(Condition::UnknownFeature { name: "sparse".into() });
    assert_eq!(unread.codes(), ["unknown-feature"]);
    let findings = unread.findings();
    let disks = [DiskFindings { file: name, format: Format::Unknown, findings: &findings, boot_mode: None }];
    let subject = Subject { disks: &disks, ..case.subject() };
    let codes: Vec<String> =
        crate::verdict::judge(&subject).into_iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["ova-for-snapshot", "ova-sparse-member"]);
}

#[test]
fn more_than_21_disks_are_too_many() {
    assert!(ova(21).finding("ova-too-many-disks").is_none());
    assert!(ova(22).finding("ova-too-many-disks").is_some());
}

#[test]
fn what_aws_documents_is_refused_and_the_rest_is_not() {
    let cases = [
        (ApplianceCondition::NoDescriptor, "ova-no-descriptor", Verdict::Refused),
        (ApplianceCondition::ChunkedMember("a".into()), "ova-chunked", Verdict::Refused),
        (ApplianceCondition::MissingMember("a.vmdk".into()), "ova-disk-missing", Verdict::Refused),
        (
            ApplianceCondition::MissingMember("a.nvram".into()),
            "ova-attachment-missing",
            Verdict::AcceptedWithWarnings,
        ),
        (ApplianceCondition::DescriptorNotFirst, "ova-descriptor-not-first", Verdict::AcceptedWithWarnings),
        (ApplianceCondition::BadDescriptor("no".into()), "ova-bad-descriptor", Verdict::AcceptedWithWarnings),
        (
            ApplianceCondition::CompressedMember("a".into()),
            "ova-compressed-disk",
            Verdict::AcceptedWithWarnings,
        ),
        (ApplianceCondition::SeveralSystems(2), "ova-several-systems", Verdict::AcceptedWithWarnings),
        (ApplianceCondition::Folders, "ova-folders", Verdict::Accepted),
        (ApplianceCondition::OldNamespace, "ova-old-namespace", Verdict::Accepted),
        (ApplianceCondition::BlankDisk("a".into()), "ova-blank-disk", Verdict::Accepted),
    ];
    for (condition, code, verdict) in cases {
        let mut case = ova(1);
        case.image.conditions.push(Condition::Appliance(condition));
        assert!(case.finding(code).is_some(), "{code}");
        assert_eq!(case.verdict().import_image, verdict, "{code}");
    }
}

#[test]
fn a_wrong_digest_is_doubtful_and_no_blocker() {
    let source: Source = std::rc::Rc::new(signed(&ovf(), &raw_disk(2)));
    let set = FileSet::of("machine.ova", source.clone());
    let opening = Opening { name: "machine.ova", set: &set, depth: Depth::Complete, nesting: 0 };
    let mut case = Case::new("machine.ova", Format::Ova);
    case.image = detect::open(&source, &opening).unwrap().image;
    let found = case.finding("ova-digest-mismatch").unwrap();
    assert!(found.message.contains("disk.img") && found.message.contains("SHA256"), "{}", found.message);
    assert_eq!(found.severity.import_image, Some(Severity::Warning));
    assert_eq!(case.verdict().import_image, Verdict::AcceptedWithWarnings);
}

#[test]
fn a_refused_disk_refuses_the_machine() {
    let mut disk = Case::new("disk1.vmdk", Format::Vmdk);
    disk.image.subformat = Some("monolithicSparse".into());
    let findings = disk.findings();
    let disks =
        [DiskFindings { file: "disk1.vmdk", format: Format::Vmdk, findings: &findings, boot_mode: None }];
    let case = ova(1);
    let found = crate::verdict::judge(&Subject { disks: &disks, ..case.subject() });
    let refused = found.iter().find(|finding| finding.code == "ova-disk-refused").unwrap();
    assert!(refused.message.contains("vmdk-not-stream-optimized"), "{}", refused.message);
    assert!(matches!(refused.remedy, Some(Remedy::Advice(_))));
}

#[test]
fn a_data_disk_beside_the_system_is_no_reason_to_refuse() {
    let data = Case::stream_optimized().with_guest(|guest| guest.partitions.clear()).findings();
    let system = Case::stream_optimized().findings();
    let of = |findings| DiskFindings { file: "d.vmdk", format: Format::Vmdk, findings, boot_mode: None };
    let case = ova(2);
    let beside = [of(&system), of(&data)];
    assert_eq!(disks_with(&Subject { disks: &beside, ..case.subject() }, Severity::Blocker), []);
    let alone = [of(&data), of(&data)];
    assert_eq!(disks_with(&Subject { disks: &alone, ..case.subject() }, Severity::Blocker).len(), 2);
}

#[test]
fn other_disks_than_vmdk_are_doubtful_in_an_ova() {
    let case = ova(1);
    let disks = |format| [DiskFindings { file: "d", format, findings: &[], boot_mode: None }];
    let vhd = disks(Format::Vhd);
    assert_eq!(disk_not_vmdk(&Subject { disks: &vhd, ..case.subject() }).len(), 1);
    let vmdk = disks(Format::Vmdk);
    assert_eq!(disk_not_vmdk(&Subject { disks: &vmdk, ..case.subject() }).len(), 0);
}

#[test]
fn the_firmware_must_be_what_the_disk_starts_by() {
    let mut case = ova(1);
    case.image.appliance.as_mut().unwrap().firmware = Some("efi".into());
    let with =
        |mode| [DiskFindings { file: "d", format: Format::Vmdk, findings: &[], boot_mode: Some(mode) }];
    let bios = with(BootMode::LegacyBios);
    assert_eq!(firmware(&Subject { disks: &bios, ..case.subject() }).len(), 1);
    let both = with(BootMode::Both);
    assert_eq!(firmware(&Subject { disks: &both, ..case.subject() }).len(), 0);
}

#[test]
fn a_disk_that_is_declared_as_compressed_is_doubtful_and_no_blocker() {
    let findings = Case::new("d.vmdk.gz", Format::Gzip).findings();
    let disks =
        [DiskFindings { file: "d.vmdk.gz", format: Format::Gzip, findings: &findings, boot_mode: None }];
    let mut case = ova(1);
    assert_eq!(disks_with(&Subject { disks: &disks, ..case.subject() }, Severity::Blocker).len(), 1);
    let declared = ApplianceCondition::CompressedMember("d.vmdk.gz".into());
    case.image.conditions.push(Condition::Appliance(declared));
    assert_eq!(disks_with(&Subject { disks: &disks, ..case.subject() }, Severity::Blocker), []);
}

#[test]
fn what_holds_of_an_ova_is_not_said_of_a_plain_archive() {
    let mut case = Case::new("files.tar", Format::Tar);
    case.image.conditions.push(Condition::Appliance(ApplianceCondition::NoDescriptor));
    assert_eq!(case.codes(), ["archive"]);
}
