//! A raw disk as a server has it: a GPT, an EFI system partition, a Linux root on ext4.

use super::tools::tool;
use std::fs;
use std::path::{Path, PathBuf};

const MIB: u64 = 1 << 20;
/// Where the EFI system partition begins, and how long it is.
const ESP: (u64, u64) = (MIB, 64 * MIB);
/// Where the root begins.
const ROOT: u64 = ESP.0 + ESP.1;
const KERNELS: [&str; 2] = ["6.1.0-18-amd64", "6.1.0-21-amd64"];

/// Makes `name` in `folder`: a sparse file of `size` bytes whose root holds a Debian's files that the inspector looks
/// for, and `content` MiB of others.
pub(crate) fn make(folder: &Path, name: &str, size: u64, content: u64) -> PathBuf {
    let path = folder.join(name);
    fs::File::create(&path).and_then(|file| file.set_len(size)).expect("room for a sparse file");
    let table = format!("label: gpt\n{},{},U\n,,L\n", ESP.0 / 512, ESP.1 / 512);
    tool(folder, "sfdisk", &["-q", "--no-reread", "--no-tell-kernel", name], &table);
    let esp_sector = (ESP.0 / 512).to_string();
    let esp_blocks = (ESP.1 / 1024).to_string();
    tool(folder, "mkfs.vfat", &["-F", "16", "-n", "ESP", "--offset", &esp_sector, name, &esp_blocks], "");
    let files = folder.join("files");
    write_esp(&files.join("esp"));
    let esp = format!("{name}@@{}", ESP.0);
    tool(folder, "mcopy", &["-s", "-i", &esp, "files/esp/EFI", "::"], "");
    write_root(&files.join("root"), content);
    // The last MiB is left to the backup of the partition table.
    let root_size = format!("{}k", (size - ROOT - MIB) / 1024);
    let offset = format!("offset={ROOT},lazy_itable_init=1");
    let arguments = [
        "-q",
        "-F",
        "-t",
        "ext4",
        "-L",
        "root",
        "-J",
        "size=8",
        "-d",
        "files/root",
        "-E",
        &offset,
        name,
        &root_size,
    ];
    tool(folder, "mke2fs", &arguments, "");
    fs::remove_dir_all(files).expect("the folder was made above");
    path
}

fn put(root: &Path, path: &str, content: impl AsRef<[u8]>) {
    let path = root.join(path);
    let folder = path.parent().expect("it lies below the root");
    fs::create_dir_all(folder).and_then(|()| fs::write(&path, content)).expect("the folder takes files");
}

fn write_esp(esp: &Path) {
    // The first bytes of a program of UEFI for x86-64, as far as its machine type.
    let mut program = vec![0; 4096];
    program[..2].copy_from_slice(b"MZ");
    program[60] = 128;
    program[128..134].copy_from_slice(b"PE\0\0\x64\x86");
    put(esp, "EFI/BOOT/BOOTX64.EFI", &program);
    put(esp, "EFI/debian/shimx64.efi", &program);
}

fn write_root(root: &Path, content: u64) {
    let release =
        "PRETTY_NAME=\"Debian GNU/Linux 12\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian\n";
    put(root, "usr/lib/os-release", release);
    put(root, "etc/os-release", release);
    put(root, "etc/fstab", "UUID=1 / ext4 defaults 0 1\n");
    put(root, "boot/grub/grub.cfg", "menuentry Debian { }\n");
    let drivers = "kernel/drivers/nvme/host/nvme.ko:\nkernel/drivers/net/ethernet/amazon/ena/ena.ko:\n\
                   kernel/drivers/block/xen-blkfront.ko:\nkernel/drivers/net/xen-netfront.ko:\n";
    for kernel in KERNELS {
        put(root, &format!("boot/vmlinuz-{kernel}"), vec![b'k'; 8 << 20]);
        put(root, &format!("usr/lib/modules/{kernel}/modules.dep"), drivers.repeat(1000));
    }
    // Half of it compresses, as a system's files do.
    let mut state = 0x9E37_79B9_u32;
    for number in 0..content {
        let file: Vec<u8> = (0..1 << 20)
            .map(|at: u32| {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                if at.is_multiple_of(2) { state.to_le_bytes()[0] } else { b'a' }
            })
            .collect();
        put(root, &format!("srv/{}/{number}", number % 10), file);
    }
}
