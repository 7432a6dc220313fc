//! What is found inside disks that real tools partitioned and formatted.
//!
//! Needed on the machine (Debian packages): fdisk (sfdisk), e2fsprogs (mke2fs, debugfs), dosfstools (mkfs.vfat),
//! mtools (mmd, mcopy), ntfs-3g (mkntfs, ntfsinfo), wimtools (wimcapture, wimapply), xfsprogs (mkfs.xfs),
//! btrfs-progs (mkfs.btrfs). A test whose tool is missing fails and names it.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::cast_possible_truncation, reason = "the disks made here are small")]

mod damaged;
mod disk;
mod executable;
mod linux;
mod volume_group;
mod windows;
