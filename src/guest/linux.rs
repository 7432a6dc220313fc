//! A Linux system by its own files: `os-release`, kernels, `fstab`, kernel modules.

use super::file_tree::FileTree;
use super::{GuestCondition, OperatingSystem};
use crate::image::layout::{Field, bytes_at, le_u16};
use std::cmp::Ordering;

/// Kernels whose drivers are looked for, newest first.
const MAX_KERNELS: usize = 4;

/// A driver that EC2 needs: its module, its option in a kernel's configuration.
struct Driver {
    module: &'static str,
    option: &'static str,
}

/// Disks and network of instances on Nitro, then on Xen.
static DRIVERS: &[Driver] = &[
    Driver { module: "nvme", option: "CONFIG_BLK_DEV_NVME" },
    Driver { module: "ena", option: "CONFIG_ENA_ETHERNET" },
    Driver { module: "xen-blkfront", option: "CONFIG_XEN_BLKDEV_FRONTEND" },
    Driver { module: "xen-netfront", option: "CONFIG_XEN_NETDEV_FRONTEND" },
];

/// Programs that every Linux system has one of.
static PROGRAMS: &[&str] = &["/bin/sh", "/sbin/init", "/usr/bin/env", "/usr/lib/systemd/systemd"];

/// The names of kernel images: `vmlinuz-6.1.0-18-amd64`.
static KERNEL_PREFIXES: &[&str] = &["vmlinuz-", "vmlinux-", "kernel-"];

/// The system whose root file system `tree` is; `None` when it is no root.
pub(super) fn system(tree: &dyn FileTree) -> Option<OperatingSystem> {
    let release = ["/etc/os-release", "/usr/lib/os-release"].iter().find_map(|path| tree.read_text(path));
    let old = |path: &str| tree.read_text(path).and_then(|text| Some(text.lines().next()?.trim().to_owned()));
    let mut system = OperatingSystem {
        family: "linux".into(),
        name: None,
        id: None,
        version: None,
        kernels: Vec::new(),
        free_space: None,
    };
    if let Some(release) = release {
        system.name = variable(&release, "NAME");
        system.id = variable(&release, "ID");
        system.version = variable(&release, "VERSION_ID");
    } else if let Some(line) = old("/etc/redhat-release").or_else(|| old("/etc/SuSE-release")) {
        // "CentOS release 6.10 (Final)"
        let (name, version) = line.split_once(" release ").unwrap_or((&line, ""));
        system.name = Some(name.to_owned());
        system.version = version.split_whitespace().next().map(Into::into);
    } else if let Some(version) = old("/etc/debian_version") {
        system.name = Some("Debian".into());
        system.id = Some("debian".into());
        system.version = Some(version);
    } else {
        // Without a word on which it is, only a table of file systems beside a program tells a root.
        (tree.has_file("/etc/fstab") && architecture(tree).is_some()).then_some(())?;
    }
    Some(system)
}

/// The value of a shell-like assignment.
fn variable(text: &str, name: &str) -> Option<String> {
    let value = text.lines().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix('='))?;
    let value = value.trim_matches(['"', '\'']).trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// The processor of the system's own programs, by their ELF header.
pub(super) fn architecture(tree: &dyn FileTree) -> Option<&'static str> {
    const MAGIC: Field<[u8; 4]> = bytes_at("EI_MAG", 0);
    const MACHINE: Field<u16> = le_u16("e_machine", 18);
    PROGRAMS.iter().find_map(|path| {
        let header = tree.read_range(path, 0, 64)?;
        (MAGIC.get(&header).ok()? == *b"\x7FELF").then_some(())?;
        Some(match MACHINE.get(&header).ok()? {
            3 => "i386",
            40 => "arm",
            62 => "x86_64",
            183 => "arm64",
            21 => "ppc64le",
            243 => "riscv64",
            _ => return None,
        })
    })
}

/// The releases of the kernels in a boot folder (empty for the top of a volume).
pub(super) fn kernels_in(tree: &dyn FileTree, folder: &str) -> Vec<String> {
    tree.files(&format!("{folder}/"))
        .iter()
        .filter_map(|name| KERNEL_PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)))
        // Not "vmlinuz-0-rescue-…": it is a copy of one of the others.
        .filter(|release| release.starts_with(|c: char| c.is_ascii_digit()) && !release.contains("rescue"))
        .map(Into::into)
        .collect()
}

/// The releases that have modules.
pub(super) fn kernels_with_modules(tree: &dyn FileTree) -> Vec<String> {
    let mut releases = tree.folders("/lib/modules");
    releases.retain(|release| release.starts_with(|c: char| c.is_ascii_digit()));
    releases
}

/// Orders releases by their numbers, not their letters: 5.10 after 5.9.
pub(super) fn by_version(left: &str, right: &str) -> Ordering {
    let parts = |release: &str| -> Vec<(u64, String)> {
        release
            .split(['.', '-', '_', '+', '~'])
            .map(|part| {
                let digits = part.bytes().take_while(u8::is_ascii_digit).count();
                let (number, rest) = part.split_at_checked(digits).unwrap_or((part, ""));
                (number.parse().unwrap_or(0), rest.to_owned())
            })
            .collect()
    };
    parts(left).cmp(&parts(right)).then_with(|| left.cmp(right))
}

/// The newest kernel, when no initramfs lies beside it: of Debian (`initrd.img-…`), of Red Hat (`initramfs-….img`), of
/// SUSE (`initrd-…`). `kernels` are in order, newest last; nothing is said where no kernel's image is found.
pub(super) fn missing_initramfs(
    boot: &[(&dyn FileTree, &str)],
    kernels: &[String],
) -> Option<GuestCondition> {
    let folders: Vec<Vec<String>> =
        boot.iter().map(|(tree, folder)| tree.files(&format!("{folder}/"))).collect();
    let lies_in = |folder: &Vec<String>, release: &str| {
        KERNEL_PREFIXES.iter().any(|prefix| folder.iter().any(|name| *name == format!("{prefix}{release}")))
    };
    let newest =
        kernels.iter().rev().find(|release| folders.iter().any(|folder| lies_in(folder, release)))?;
    let is_initramfs = |name: &String| {
        ["initrd", "initramfs"].iter().any(|prefix| name.starts_with(prefix))
            && name.contains(newest.as_str())
    };
    let found = folders.iter().flatten().any(is_initramfs);
    (!found).then(|| GuestCondition::NoInitramfs { kernel: newest.clone() })
}

/// What `/etc/fstab` says: devices by the names that a kernel gives them in the order in which it finds them.
pub(super) fn fstab(tree: &dyn FileTree) -> Option<GuestCondition> {
    let text = tree.read_text("/etc/fstab")?;
    let mut devices: Vec<String> = Vec::new();
    for line in text.lines() {
        let mut fields = line.split_whitespace();
        let (Some(device), Some(mount_point)) = (fields.next(), fields.next()) else { continue };
        let ignored =
            device.starts_with('#') || mount_point.starts_with("/media") || mount_point == "/mnt/cdrom";
        if !ignored && is_kernel_name(device) && !devices.iter().any(|known| known == device) {
            devices.push(device.to_owned());
        }
    }
    (!devices.is_empty()).then_some(GuestCondition::FstabByDevice { devices })
}

/// `/dev/sda1`, `/dev/vda`, `/dev/nvme0n1p1`; not `/dev/mapper/…`, `/dev/disk/by-uuid/…`, `/dev/cdrom`.
fn is_kernel_name(device: &str) -> bool {
    let Some(name) = device.strip_prefix("/dev/") else { return false };
    let lettered = ["sd", "hd", "vd", "xvd", "ubd"].iter().any(|prefix| {
        name.strip_prefix(prefix).is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_lowercase())
                && rest.chars().all(|c| c.is_ascii_alphanumeric())
        })
    });
    let numbered = ["nvme", "mmcblk"].iter().any(|prefix| {
        name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    });
    lettered || numbered
}

/// The drivers that the newest kernels lack. `kernels` are in order, newest last; `boot` is where their
/// configurations lie. Nothing is said of a kernel whose modules and configuration are not there.
pub(super) fn missing_drivers(
    root: Option<&dyn FileTree>,
    boot: &[(&dyn FileTree, &str)],
    kernels: &[String],
) -> Vec<GuestCondition> {
    let mut missing = Vec::new();
    for kernel in kernels.iter().rev().take(MAX_KERNELS) {
        let lists = root.and_then(|root| module_lists(root, kernel));
        let configuration =
            || boot.iter().find_map(|(tree, folder)| tree.read_text(&format!("{folder}/config-{kernel}")));
        let has: Box<dyn Fn(&Driver) -> bool> = if let Some(modules) = lists {
            Box::new(move |driver| modules.iter().any(|module| module == driver.module))
        } else if let Some(text) = configuration() {
            Box::new(move |driver| {
                text.lines().any(|line| {
                    line.strip_prefix(driver.option).is_some_and(|value| value == "=y" || value == "=m")
                })
            })
        } else {
            continue;
        };
        missing.extend(DRIVERS.iter().filter(|driver| !has(driver)).map(|driver| {
            GuestCondition::MissingDriver { driver: driver.module.into(), kernel: kernel.clone() }
        }));
    }
    missing
}

/// The names of a kernel's modules, loadable and built in. Both lists name a module by its path.
fn module_lists(root: &dyn FileTree, kernel: &str) -> Option<Vec<String>> {
    let built_in = root.read_text(&format!("/lib/modules/{kernel}/modules.builtin"));
    // Without this list, which depmod writes, what is not built in may still be there.
    let loadable = root.read_text(&format!("/lib/modules/{kernel}/modules.dep"))?;
    let name = |line: &str| {
        let path = line.split(':').next()?;
        let file = path.rsplit('/').next()?;
        Some(file.split(".ko").next()?.trim().replace('_', "-"))
    };
    Some(built_in.unwrap_or_default().lines().chain(loadable.lines()).filter_map(name).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_ordered_by_number() {
        let mut releases =
            vec!["5.10.0-9-amd64", "5.9.0-1-amd64", "5.10.0-28-amd64", "4.18.0-553.el8.x86_64"];
        releases.sort_by(|left, right| by_version(left, right));
        assert_eq!(releases, ["4.18.0-553.el8.x86_64", "5.9.0-1-amd64", "5.10.0-9-amd64", "5.10.0-28-amd64"]);
    }

    #[test]
    fn only_names_that_a_kernel_gives_are_devices_by_name() {
        for device in ["/dev/sda1", "/dev/vda", "/dev/xvdf1", "/dev/nvme0n1p2", "/dev/hda3", "/dev/mmcblk0p1"]
        {
            assert!(is_kernel_name(device), "{device}");
        }
        for device in [
            "UUID=1",
            "/dev/mapper/vg-root",
            "/dev/vg/root",
            "/dev/disk/by-id/x",
            "/dev/cdrom",
            "/dev/sr0",
            "sda1",
        ] {
            assert!(!is_kernel_name(device), "{device}");
        }
    }

    #[test]
    fn values_of_os_release_may_be_quoted() {
        let text = "NAME=\"Debian GNU/Linux\"\nID=debian\nVERSION_ID='12'\nEMPTY=\n";
        assert_eq!(variable(text, "NAME").as_deref(), Some("Debian GNU/Linux"));
        assert_eq!(variable(text, "ID").as_deref(), Some("debian"));
        assert_eq!(variable(text, "VERSION_ID").as_deref(), Some("12"));
        assert_eq!(variable(text, "EMPTY"), None);
    }
}
