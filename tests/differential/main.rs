//! The inspector held against other readers of the same bytes: qemu-img, libvhdi, libvmdk and libqcow for containers,
//! sfdisk and blkid for what is inside. Where one of them is wrong, a test says so, with the specification's section.
//!
//! The images are made here, by real tools. Needed on the machine (Debian packages): qemu-utils, libvhdi-utils,
//! libvmdk-utils, libqcow-utils, fdisk, util-linux, e2fsprogs, dosfstools, exfatprogs, ntfs-3g, xfsprogs,
//! btrfs-progs, cryptsetup-bin. A test whose tool is missing fails and names it.
//!
//! That the formats' modules give back what went into an image is tested beside them; here, other programs say what
//! an image holds.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::cast_possible_truncation, reason = "what is cast is small")]

mod containers;
mod file_systems;
mod guest_reads;
mod partition_tables;
mod tools;
