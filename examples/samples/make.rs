//! A server's disk of 1 GiB that holds next to nothing: a GPT, an EFI system partition, a Linux root on ext4 with what
//! the inspector looks for; once in a container that EC2 takes and once in one that it refuses.
//!
//! Every identifier and every time is fixed. Two things differ from one run to the next nevertheless: the random CID that
//! qemu-img writes into a VMDK, and whatever another version of a tool does otherwise.

use super::tools::tool;
use std::fs;
use std::path::Path;

/// The images, in the order in which the page offers them.
pub(crate) const NAMES: [&str; 2] = ["sample-server.vmdk", "sample-server.qcow2"];

const MIB: u64 = 1 << 20;
const SIZE: u64 = 1 << 30;
/// Where the EFI system partition begins, and how long it is.
const ESP: (u64, u64) = (MIB, 32 * MIB);
/// Where the root begins; the last MiB is left to the backup of the partition table.
const ROOT: u64 = ESP.0 + ESP.1;
const ROOT_ID: &str = "66666666-7777-4888-8999-aaaaaaaaaaaa";
const KERNEL: &str = "6.1.0-21-amd64";
/// 1 January 2026, for the tools that would write the present time.
const TIME: &str = "1767225600";

/// Makes [`NAMES`] in `folder`.
///
/// # Panics
/// When a tool is missing or fails.
pub(crate) fn samples(folder: &Path) {
    let work = tempfile::tempdir().expect("a folder to work in");
    let work = work.path();
    disk(work);
    let vmdk =
        ["convert", "-f", "raw", "-O", "vmdk", "-o", "subformat=streamOptimized", "disk.raw", NAMES[0]];
    tool(work, "qemu-img", &vmdk, "");
    let qcow2 = ["convert", "-c", "-f", "raw", "-O", "qcow2", "-o", "cluster_size=4k", "disk.raw", NAMES[1]];
    tool(work, "qemu-img", &qcow2, "");
    for name in NAMES {
        fs::copy(work.join(name), folder.join(name)).expect("the folder takes files");
    }
}

fn disk(folder: &Path) {
    let disk = fs::File::create(folder.join("disk.raw")).and_then(|file| file.set_len(SIZE));
    disk.expect("room for a sparse file");
    let sectors = |bytes: u64| bytes / 512;
    let table = format!(
        "label: gpt\nlabel-id: 11111111-2222-4333-8444-555555555555\n\
         start={}, size={}, type=U, uuid=22222222-3333-4444-8555-666666666666\n\
         start={}, type=L, uuid=33333333-4444-4555-8666-777777777777\n",
        sectors(ESP.0),
        sectors(ESP.1),
        sectors(ROOT)
    );
    tool(folder, "sfdisk", &["-q", "--no-reread", "--no-tell-kernel", "disk.raw"], &table);
    files(folder);
    let (offset, blocks) = (sectors(ESP.0).to_string(), (ESP.1 / 1024).to_string());
    let fat =
        ["-F", "16", "-n", "ESP", "-i", "12345678", "--invariant", "--offset", &offset, "disk.raw", &blocks];
    tool(folder, "mkfs.vfat", &fat, "");
    let (time, place) = (format!("SOURCE_DATE_EPOCH={TIME}"), format!("disk.raw@@{}", ESP.0));
    tool(folder, "env", &[&time, "mcopy", "-s", "-m", "-i", &place, "esp/EFI", "::"], "");
    let options = format!(
        "offset={ROOT},lazy_itable_init=1,lazy_journal_init=1,nodiscard,root_owner=0:0,hash_seed={ROOT_ID}"
    );
    let (time, size) = (format!("E2FSPROGS_FAKE_TIME={TIME}"), format!("{}k", (SIZE - ROOT - MIB) / 1024));
    let ext4 =
        ["-q", "-F", "-t", "ext4", "-L", "root", "-U", ROOT_ID, "-b", "4096", "-N", "1024", "-J", "size=4"];
    let arguments = [
        &[time.as_str(), "mke2fs"],
        &ext4[..],
        &["-O", "^resize_inode", "-d", "root", "-E", &options, "disk.raw", &size],
    ];
    tool(folder, "env", &arguments.concat(), "");
}

fn files(folder: &Path) {
    let put = |path: &str, content: &[u8]| {
        let path = folder.join(path);
        let parent = path.parent().expect("it lies below the folder");
        fs::create_dir_all(parent).and_then(|()| fs::write(&path, content)).expect("the folder takes files");
    };
    // The first bytes of a program of UEFI for x86-64, as far as its machine type.
    let mut program = [0; 512];
    program[..2].copy_from_slice(b"MZ");
    program[60] = 128;
    program[128..134].copy_from_slice(b"PE\0\0\x64\x86");
    put("esp/EFI/BOOT/BOOTX64.EFI", &program);
    put("esp/EFI/debian/shimx64.efi", &program);
    let release = b"PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian\n";
    put("root/usr/lib/os-release", release);
    put("root/etc/os-release", release);
    put("root/etc/fstab", format!("UUID={ROOT_ID} / ext4 defaults 0 1\n").as_bytes());
    let entry = format!("menuentry Debian {{ linux /boot/vmlinuz-{KERNEL} root=UUID={ROOT_ID} }}\n");
    put("root/boot/grub/grub.cfg", entry.as_bytes());
    put(&format!("root/boot/vmlinuz-{KERNEL}"), &[b'k'; 512]);
    put(&format!("root/boot/initrd.img-{KERNEL}"), &[b'i'; 512]);
    let drivers = b"kernel/drivers/nvme/host/nvme.ko:\nkernel/drivers/net/ethernet/amazon/ena/ena.ko:\n\
                    kernel/drivers/block/xen-blkfront.ko:\nkernel/drivers/net/xen-netfront.ko:\n";
    put(&format!("root/usr/lib/modules/{KERNEL}/modules.dep"), drivers);
    tool(folder, "find", &["esp", "root", "-exec", "touch", "-d", &format!("@{TIME}"), "{}", "+"], "");
}
