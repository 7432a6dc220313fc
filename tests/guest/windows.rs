//! Windows on NTFS volumes made for the test: the files that are looked at, not whole installations.

use crate::disk::{Disk, Folder, MIB, ext, fat, ntfs, ntfs_in_clusters, tool};
use crate::executable::{elf, pe, pe_with_version};
use import_planner::guest::{BootMode, GuestCondition};

const AMD64: u16 = 0x8664;

pub(crate) fn server_2022() -> Folder {
    let folder = Folder::new();
    folder
        .put("Windows/System32/ntoskrnl.exe", pe_with_version(AMD64, [10, 0, 20348, 2340], 3_000_000))
        .put("Windows/servicing/Editions/ServerStandardEdition.xml", "<edition/>");
    folder
}

pub(crate) fn legacy_disk(files: &Folder) -> Disk {
    let disk = Disk::partitioned(64 * MIB, "label: dos\n2048,,7,*\n");
    disk.put(MIB, 60 * MIB, ntfs(files));
    disk
}

#[test]
fn a_server_is_known_by_its_kernel() {
    let guest = legacy_disk(&server_2022()).complete();
    let os = guest.os.unwrap();
    assert_eq!((os.family.as_str(), os.name.as_deref()), ("windows", Some("Windows Server 2022")));
    assert_eq!(os.version.as_deref(), Some("10.0.20348"));
    assert_eq!(guest.architecture.as_deref(), Some("x86_64"));
    assert_eq!(guest.boot_mode, Some(BootMode::LegacyBios));
    assert_eq!(guest.partitions[0].filesystem.as_deref(), Some("ntfs"));
    assert_eq!(guest.partitions[0].label.as_deref(), Some("System"));
    assert_eq!(guest.conditions, []);
}

#[test]
fn free_space_is_counted_as_ntfsinfo_counts_it() {
    // The last is told by a negative power in the boot sector.
    for cluster in ["512", "4096", "65536", "131072"] {
        let disk = Disk::partitioned(64 * MIB, "label: dos\n2048,,7,*\n");
        let mut free_clusters = 0;
        disk.put(MIB, 60 * MIB, |image| {
            ntfs_in_clusters(cluster, &server_2022())(image);
            let printed = tool("ntfsinfo", &["-m", image], "");
            let (_, free) = printed.split_once("Free Clusters: ").expect("it counts");
            free_clusters = free.split_whitespace().next().unwrap().parse().expect("a number");
        });
        let free: u64 = free_clusters * cluster.parse::<u64>().unwrap();
        assert!(free > 20 * MIB, "{free}");
        assert_eq!(disk.complete().os.unwrap().free_space, Some(free), "{cluster}");
    }
}

#[test]
fn a_client_of_the_same_build_as_a_server_is_told_by_its_editions() {
    let files = Folder::new();
    files
        .put("Windows/System32/ntoskrnl.exe", pe_with_version(0xAA64, [10, 0, 26100, 1], 10_000))
        .put("Windows/servicing/Editions/ProfessionalEdition.xml", "<edition/>");
    let guest = legacy_disk(&files).complete();
    assert_eq!(guest.os.unwrap().name.as_deref(), Some("Windows 11 24H2"));
    assert_eq!(guest.architecture.as_deref(), Some("arm64"));
}

#[test]
fn a_kernel_without_version_is_still_windows() {
    let files = Folder::new();
    files.put("Windows/System32/ntoskrnl.exe", pe(AMD64));
    let os = legacy_disk(&files).complete().os.unwrap();
    assert_eq!((os.name.as_deref(), os.version), (Some("Windows"), None));
}

#[test]
fn a_hibernated_system_was_not_shut_down_and_a_resumed_one_was() {
    for (mark, expected) in [("HIBR", 1), ("hibr", 1), ("WAKE", 0), ("\0\0\0\0", 0)] {
        let files = server_2022();
        files.put("hiberfil.sys", format!("{mark}{}", "x".repeat(5000)));
        let conditions = legacy_disk(&files).complete().conditions;
        let said = conditions.iter().filter(|c| matches!(c, GuestCondition::NotShutDown { .. })).count();
        assert_eq!(said, expected, "{mark:?}: {conditions:?}");
    }
}

#[test]
fn windows_beside_linux_is_dual_boot() {
    let root = Folder::new();
    root.put("etc/os-release", "NAME=Ubuntu\nID=ubuntu\n").put("etc/fstab", "").put("bin/sh", elf(62));
    let disk = Disk::partitioned(128 * MIB, "label: dos\n2048,131072,7,*\n,,83\n");
    disk.put(MIB, 60 * MIB, ntfs(&server_2022())).put(65 * MIB, 60 * MIB, ext("ext4", &root));
    let systems = vec!["Windows Server 2022".into(), "Ubuntu".into()];
    assert_eq!(disk.complete().conditions, [GuestCondition::DualBoot { systems }]);
}

#[test]
fn another_systems_loader_beside_windows_boot_manager_is_dual_boot() {
    let esp = Folder::new();
    esp.put("EFI/BOOT/BOOTX64.EFI", pe(AMD64))
        .put("EFI/Microsoft/Boot/bootmgfw.efi", pe(AMD64))
        .put("EFI/fedora/shimx64.efi", pe(AMD64));
    let disk =
        Disk::partitioned(128 * MIB, "label: gpt\n2048,65536,U\n,,EBD0A0A2-B9E5-4433-87C0-68B6B72699C7\n");
    disk.put(MIB, 32 * MIB, fat("16", &esp)).put(33 * MIB, 60 * MIB, ntfs(&server_2022()));
    let systems = vec!["Windows Server 2022".into(), "fedora".into()];
    assert_eq!(disk.complete().conditions, [GuestCondition::DualBoot { systems }]);
}

#[test]
fn a_windows_of_its_own_on_uefi_has_nothing_against_it() {
    let esp = Folder::new();
    esp.put("EFI/BOOT/bootx64.efi", pe(AMD64)).put("EFI/Microsoft/Boot/bootmgfw.efi", pe(AMD64));
    let disk =
        Disk::partitioned(128 * MIB, "label: gpt\n2048,65536,U\n,,EBD0A0A2-B9E5-4433-87C0-68B6B72699C7\n");
    disk.put(MIB, 32 * MIB, fat("16", &esp)).put(33 * MIB, 60 * MIB, ntfs(&server_2022()));
    let guest = disk.complete();
    assert_eq!(guest.boot_mode, Some(BootMode::Uefi));
    assert_eq!(guest.conditions, []);
}
