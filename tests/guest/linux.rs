//! Linux systems on ext, with and without volumes that cannot be read.

use crate::disk::{Disk, Folder, MIB, XFS_SIZE, btrfs, ext, fat, tool, xfs};
use crate::executable::{elf, pe};
use import_planner::guest::{BootMode, Guest, GuestCondition, TableKind};
use import_planner::image::Depth;
use std::os::unix::fs::FileExt;

const KERNEL: &str = "6.1.0-18-amd64";
const X86_64: u16 = 62;

/// A Debian with everything that EC2 needs.
pub(crate) fn debian() -> Folder {
    let folder = Folder::new();
    folder
        .put(
            "usr/lib/os-release",
            "PRETTY_NAME=\"Debian GNU/Linux 12\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian\n",
        )
        .link("etc/os-release", "../usr/lib/os-release")
        .put(
            "etc/fstab",
            "# <file system>\nUUID=1 / ext4 defaults 0 1\n/dev/sr0 /media/cdrom0 udf noauto 0 0\n",
        )
        .put("usr/bin/dash", elf(X86_64))
        .link("usr/bin/sh", "dash")
        .link("bin", "usr/bin")
        .link("lib", "usr/lib")
        .put(&format!("boot/vmlinuz-{KERNEL}"), "kernel")
        .put("boot/vmlinuz-6.1.0-9-amd64", "kernel")
        .put(&format!("boot/initrd.img-{KERNEL}"), "initramfs")
        .put("boot/grub/grub.cfg", "menuentry Debian { }\n");
    for kernel in [KERNEL, "6.1.0-9-amd64"] {
        let modules = format!("usr/lib/modules/{kernel}");
        folder
            .put(&format!("{modules}/modules.builtin"), "kernel/drivers/block/xen-blkfront.ko\n")
            .put(
                &format!("{modules}/modules.dep"),
                "kernel/drivers/nvme/host/nvme.ko: kernel/drivers/nvme/host/nvme-core.ko\n\
                 kernel/drivers/net/ethernet/amazon/ena/ena.ko.xz:\nkernel/drivers/net/xen_netfront.ko.zst:\n",
            );
    }
    folder
}

pub(crate) fn esp() -> Folder {
    let folder = Folder::new();
    folder
        .put("EFI/BOOT/BOOTX64.EFI", pe(0x8664))
        .put("EFI/debian/shimx64.efi", pe(0x8664))
        .put("EFI/debian/grub.cfg", "configfile ($root)/boot/grub/grub.cfg\n");
    folder
}

/// An EFI system partition of 32 MiB, then the root.
pub(crate) fn uefi_disk(esp: &Folder, root: &Folder) -> Disk {
    let disk = Disk::partitioned(96 * MIB, "label: gpt\n2048,65536,U\n,,L\n");
    disk.put(MIB, 32 * MIB, fat("16", esp)).put(33 * MIB, 62 * MIB, ext("ext4", root));
    disk
}

pub(crate) fn system_of(guest: &Guest) -> (Option<&str>, Option<&str>, Vec<&str>) {
    let os = guest.os.as_ref().expect("a system");
    assert_eq!(os.family, "linux");
    (os.id.as_deref(), os.version.as_deref(), os.kernels.iter().map(String::as_str).collect())
}

#[test]
fn a_debian_on_uefi_has_nothing_against_it() {
    let guest = uefi_disk(&esp(), &debian()).complete();
    assert_eq!((guest.table, guest.boot_mode), (TableKind::Gpt, Some(BootMode::Uefi)));
    assert_eq!(system_of(&guest), (Some("debian"), Some("12"), vec!["6.1.0-9-amd64", KERNEL]));
    assert_eq!(guest.os.as_ref().unwrap().name.as_deref(), Some("Debian GNU/Linux"));
    assert_eq!(guest.architecture.as_deref(), Some("x86_64"));
    let volumes: Vec<_> =
        guest.partitions.iter().map(|p| (p.filesystem.as_deref(), p.label.as_deref())).collect();
    assert_eq!(volumes, [(Some("fat16"), Some("ESP")), (Some("ext4"), Some("root"))]);
    assert_eq!(guest.conditions, []);
}

#[test]
fn the_first_pass_does_not_look_into_file_systems() {
    let (guest, reads) = uefi_disk(&esp(), &debian()).examine(Depth::First);
    assert_eq!((guest.os, guest.architecture), (None, None));
    assert_eq!(guest.boot_mode, Some(BootMode::Uefi));
    assert!(reads <= 12, "{reads} reads");
}

#[test]
fn an_efi_partition_without_fallback_loader_is_said() {
    let esp = Folder::new();
    esp.put("EFI/debian/grubx64.efi", pe(0x8664));
    assert_eq!(uefi_disk(&esp, &debian()).complete().conditions, [GuestCondition::NoFallbackLoader]);
}

#[test]
fn the_fallback_loader_is_found_in_every_kind_of_fat_and_in_a_deep_chain() {
    for (bits, size) in [("12", 2), ("16", 16), ("32", 64)] {
        let esp = esp();
        for number in 0..60 {
            esp.put(&format!("EFI/BOOT/a file with a long name, number {number}.txt"), vec![1; 1500]);
        }
        esp.put("EFI/BOOT/BOOTAA64.EFI", pe(0xAA64));
        std::fs::remove_file(esp.0.path().join("EFI/BOOT/BOOTX64.EFI")).unwrap();
        let disk = Disk::partitioned(96 * MIB, "label: gpt\n2048,,U\n");
        disk.put(MIB, size * MIB, fat(bits, &esp));
        let guest = disk.complete();
        assert_eq!(guest.partitions[0].filesystem.as_deref(), Some(format!("fat{bits}").as_str()));
        assert_eq!(guest.architecture.as_deref(), Some("arm64"), "FAT{bits}");
        assert_eq!(guest.conditions, [], "FAT{bits}");
    }
}

#[test]
fn devices_by_kernel_name_in_fstab_are_listed() {
    let root = debian();
    root.put(
        "etc/fstab",
        "/dev/sda2 / ext4\n#/dev/sdb1 /old ext4\n  /dev/vdb1\t/data xfs\n/dev/mapper/vg-home /home ext4\n",
    );
    let devices = vec!["/dev/sda2".to_owned(), "/dev/vdb1".to_owned()];
    assert_eq!(uefi_disk(&esp(), &root).complete().conditions, [GuestCondition::FstabByDevice { devices }]);
}

#[test]
fn a_system_without_fstab_and_initramfs_is_said() {
    let root = debian();
    for file in ["etc/fstab".into(), format!("boot/initrd.img-{KERNEL}")] {
        std::fs::remove_file(root.0.path().join(file)).unwrap();
    }
    let kernel = KERNEL.to_owned();
    assert_eq!(
        uefi_disk(&esp(), &root).complete().conditions,
        [GuestCondition::NoFstab, GuestCondition::NoInitramfs { kernel }]
    );
}

#[test]
fn a_driver_that_is_neither_module_nor_built_in_is_missing() {
    let root = debian();
    root.put(&format!("usr/lib/modules/{KERNEL}/modules.dep"), "kernel/drivers/nvme/host/nvme.ko.xz:\n");
    let missing =
        |driver: &str| GuestCondition::MissingDriver { driver: driver.into(), kernel: KERNEL.into() };
    assert_eq!(uefi_disk(&esp(), &root).complete().conditions, [missing("ena"), missing("xen-netfront")]);
}

#[test]
fn configurations_of_grub_that_differ_are_said() {
    let root = debian();
    root.put("boot/grub2/grub.cfg", "menuentry Other { }\n")
        .put("boot/grub/menu.lst", "menuentry Debian { }\n");
    let paths = vec!["partition 2: /boot/grub/grub.cfg".into(), "partition 2: /boot/grub2/grub.cfg".into()];
    assert_eq!(
        uefi_disk(&esp(), &root).complete().conditions,
        [GuestCondition::SeveralBootConfigurations { paths }]
    );
}

#[test]
fn boot_loader_entries_need_a_default_in_grubs_environment() {
    let root = debian();
    root.put("boot/grub/grub.cfg", "insmod blscfg\nblscfg\n").put("boot/loader/entries/a.conf", "title A\n");
    let entries = vec!["a.conf".into()];
    assert_eq!(
        uefi_disk(&esp(), &root).complete().conditions,
        [GuestCondition::NoDefaultBootEntry { entries }]
    );
    root.put("boot/grub/grubenv", "# GRUB Environment Block\nsaved_entry=a\n####");
    assert_eq!(uefi_disk(&esp(), &root).complete().conditions, []);
}

#[test]
fn a_root_on_ext2_and_ext3_is_read() {
    for kind in ["ext2", "ext3"] {
        let disk = Disk::partitioned(64 * MIB, "label: dos\n2048,,83,*\n");
        disk.put(MIB, 63 * MIB, ext(kind, &debian()));
        let guest = disk.complete();
        assert_eq!(guest.partitions[0].filesystem.as_deref(), Some(kind));
        assert_eq!(system_of(&guest).0, Some("debian"));
        assert_eq!(guest.boot_mode, Some(BootMode::LegacyBios));
    }
}

#[test]
fn a_root_on_xfs_is_read_with_and_without_checksums() {
    for options in [&[][..], &["-m", "crc=0", "-n", "ftype=0"]] {
        let disk = Disk::partitioned(XFS_SIZE + 2 * MIB, "label: dos\n2048,,83,*\n");
        disk.put(MIB, XFS_SIZE, xfs(options, &debian()));
        let guest = disk.complete();
        assert_eq!(guest.partitions[0].filesystem.as_deref(), Some("xfs"));
        assert_eq!(guest.partitions[0].label.as_deref(), Some("root"));
        assert_eq!(system_of(&guest), (Some("debian"), Some("12"), vec!["6.1.0-9-amd64", KERNEL]));
        assert_eq!(guest.architecture.as_deref(), Some("x86_64"));
        assert_eq!(guest.conditions, [], "{options:?}");
    }
}

#[test]
fn a_root_on_btrfs_is_read() {
    let disk = Disk::partitioned(162 * MIB, "label: dos\n2048,,83,*\n");
    disk.put(MIB, 160 * MIB, btrfs(&debian()));
    let guest = disk.complete();
    assert_eq!(guest.partitions[0].filesystem.as_deref(), Some("btrfs"));
    assert_eq!(system_of(&guest), (Some("debian"), Some("12"), vec!["6.1.0-9-amd64", KERNEL]));
    assert_eq!(guest.conditions, [GuestCondition::PlainBtrfs { partition: Some(1) }]);
}

#[test]
fn of_a_root_that_cannot_be_read_only_the_boot_partition_speaks() {
    let boot = Folder::new();
    boot.put("vmlinuz-5.14.0-362.el9.x86_64", pe(0x8664))
        .put("vmlinuz-0-rescue-1234", "kernel")
        .put("config-5.14.0-362.el9.x86_64", "CONFIG_BLK_DEV_NVME=m\n# CONFIG_ENA_ETHERNET is not set\nCONFIG_XEN_BLKDEV_FRONTEND=y\nCONFIG_XEN_NETDEV_FRONTEND=m\n");
    let disk = Disk::partitioned(64 * MIB, "label: dos\n2048,65536,83,*\n,,83\n");
    disk.put(MIB, 32 * MIB, ext("ext4", &boot));
    disk.write(33 * MIB, b"LUKS\xBA\xBE\0\x02");
    let guest = disk.complete();
    assert_eq!(guest.partitions[1].filesystem.as_deref(), Some("luks2"));
    assert_eq!(system_of(&guest), (None, None, vec!["5.14.0-362.el9.x86_64"]));
    assert_eq!(guest.architecture.as_deref(), Some("x86_64"));
    let missing =
        GuestCondition::MissingDriver { driver: "ena".into(), kernel: "5.14.0-362.el9.x86_64".into() };
    assert!(guest.conditions.contains(&missing), "{:?}", guest.conditions);
}

#[test]
fn a_data_disk_has_no_system() {
    let data = Folder::new();
    data.put("photos/one.jpg", "x");
    let disk = Disk::partitioned(64 * MIB, "label: gpt\n2048,,L\n");
    disk.put(MIB, 62 * MIB, ext("ext4", &data));
    let guest = disk.complete();
    assert_eq!((guest.os, guest.architecture, guest.boot_mode), (None, None, Some(BootMode::None)));
    assert_eq!(guest.conditions, []);
}

#[test]
fn a_file_system_that_was_not_unmounted_is_said() {
    let disk = Disk::partitioned(64 * MIB, "label: dos\n2048,,83,*\n");
    disk.put(MIB, 63 * MIB, |image| {
        ext("ext4", &debian())(image);
        tool("debugfs", &["-w", "-R", "feature +needs_recovery", image], "");
    });
    let conditions = disk.complete().conditions;
    assert!(
        matches!(&conditions[..], [GuestCondition::NotShutDown { partition: Some(1), .. }]),
        "{conditions:?}"
    );
}

#[test]
fn a_file_system_that_is_damaged_is_a_condition_and_no_crash() {
    let disk = Disk::partitioned(64 * MIB, "label: dos\n2048,,83,*\n");
    disk.put(MIB, 63 * MIB, ext("ext4", &debian()));
    // The group descriptors, which carry checksums, follow the superblock's block.
    disk.write(MIB + 2048, &[0xA5; 4096]);
    let guest = disk.complete();
    assert_eq!(guest.os, None);
    assert!(
        matches!(&guest.conditions[..], [GuestCondition::DamagedVolume { partition: Some(1), .. }]),
        "{:?}",
        guest.conditions
    );
}

/// What is said of an ext2 after `damage` was done to the image of its file system.
fn reason_after(damage: impl FnOnce(&str)) -> String {
    let disk = Disk::partitioned(64 * MIB, "label: dos\n2048,,83,*\n");
    disk.put(MIB, 63 * MIB, |image| {
        ext("ext2", &debian())(image);
        damage(image);
    });
    match disk.complete().conditions.as_slice() {
        [GuestCondition::DamagedVolume { partition: Some(1), reason }] => reason.to_string(),
        conditions => panic!("{conditions:?}"),
    }
}

/// Writes a number into the superblock.
fn superblock_field(image: &str, offset: u64, value: u32) {
    let file = std::fs::File::options().write(true).open(image).unwrap();
    file.write_all_at(&value.to_le_bytes(), 1024 + offset).unwrap();
}

#[test]
fn a_file_system_of_more_block_groups_than_there_can_be_is_refused() {
    // The high half of s_blocks_count, though the 64-bit feature is off.
    let reason = reason_after(|image| superblock_field(image, 0x150, 0x4f));
    assert!(reason.contains("out of range"), "{reason}");
}

#[test]
fn a_link_that_claims_a_terabyte_is_not_followed() {
    let reason = reason_after(|image| {
        tool("debugfs", &["-w", "-R", "set_inode_field /etc/os-release size 1099511627776", image], "");
    });
    assert!(reason.contains("a link of 1099511627776 bytes"), "{reason}");
}
