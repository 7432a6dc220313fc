//! The second pass: opens what the signatures named, and gathers what the file systems say into one picture.

use super::boot::{self, EfiPartition};
use super::btrfs;
use super::ext::{self, ExtTree};
use super::fat::FatTree;
use super::file_tree::FileTree;
use super::ntfs::NtfsTree;
use super::partition_types::is_efi_system;
use super::signatures::{self, Reach};
use super::xfs::{self, Unopened};
use super::{
    Guest, GuestCondition, LogicalVolume, OperatingSystem, VolumeGroup, linux, lvm, partition_table,
    partition_types, pe, windows,
};
use crate::image::Source;
use crate::sentence::{Sentence, sentence};

/// File systems that are opened at most.
const MAX_VOLUMES: usize = 64;

/// A volume with a file system: a partition, the whole disk, or a logical volume.
struct Volume {
    /// The partition it lies on; `None` for the whole disk and for a logical volume of several.
    partition: Option<u32>,
    /// A logical volume's name.
    logical: Option<String>,
    source: Source,
    filesystem: String,
    is_efi: bool,
}

/// A volume that was opened.
struct Opened {
    volume: Volume,
    tree: Box<dyn FileTree>,
    /// Of a Btrfs: where in it the tree begins.
    btrfs: Option<Subvolumes>,
}

/// What is known of a Btrfs's subvolumes.
struct Subvolumes {
    /// The one that was opened; `None` for the top level.
    opened: Option<String>,
    /// Whether the top level has others.
    has_others: bool,
}

impl Opened {
    /// A path on this volume, for a person.
    fn place(&self, path: &str) -> Sentence {
        match (&self.volume.logical, self.volume.partition) {
            (Some(name), _) => sentence!("logical volume {name}: {path}", name, path),
            (None, Some(index)) => sentence!("partition {index}: {path}", index, path),
            (None, None) => Sentence::verbatim(path),
        }
    }
}

/// A root file system.
struct Root<'a> {
    opened: &'a Opened,
    system: OperatingSystem,
    architecture: Option<&'static str>,
}

/// Looks into the volumes of `disk`, and completes `guest`.
pub(super) fn examine(guest: &mut Guest, disk: &Source) {
    let mut volumes = partitions(guest, disk);
    volumes.extend(logical_volumes(guest, &volumes));
    encrypted_logical_volumes(guest, &volumes);
    let opened: Vec<Opened> =
        volumes.into_iter().take(MAX_VOLUMES).filter_map(|volume| open(guest, volume)).collect();
    guest.unopened = Some(unopened(guest, &opened));

    let efi = efi_partitions(&opened);
    let roots: Vec<Root> = opened.iter().filter_map(root).collect();
    operating_system(guest, &roots, &opened);
    guest.architecture = roots
        .iter()
        .find_map(|root| root.architecture)
        .or_else(|| efi.iter().find_map(|efi| efi.architecture))
        .or_else(|| opened.iter().find_map(kernel_architecture))
        .map(Into::into);
    fallback_loader(guest, &opened, &efi);
    linux_conditions(guest, &roots, &opened);
    windows_conditions(guest, &roots);
    boot_configurations(guest, &opened);
    dual_boot(guest, &roots, &efi);
    btrfs_conditions(guest, &opened);
    for opened in &opened {
        if let Some(reason) = opened.tree.damage() {
            let partition = opened.volume.partition;
            guest.conditions.push(GuestCondition::DamagedVolume { partition, reason });
        }
    }
}

fn partitions(guest: &Guest, disk: &Source) -> Vec<Volume> {
    let whole = guest.whole_disk.iter().map(|filesystem| Volume {
        partition: None,
        logical: None,
        source: disk.clone(),
        filesystem: filesystem.clone(),
        is_efi: false,
    });
    let inside = guest.partitions.iter().filter_map(|partition| {
        Some(Volume {
            partition: Some(partition.index),
            logical: None,
            source: partition_table::window(disk, partition),
            filesystem: partition.filesystem.clone()?,
            is_efi: is_efi_system(&partition.type_id),
        })
    });
    whole.chain(inside).collect()
}

/// Lists the volume groups, and gives those of their volumes that can be read.
fn logical_volumes(guest: &mut Guest, volumes: &[Volume]) -> Vec<Volume> {
    let mut physical = Vec::new();
    let mut partitions = Vec::new();
    for volume in volumes.iter().filter(|volume| volume.filesystem == "lvm2") {
        match lvm::physical_volume(&volume.source) {
            Ok(found) => {
                physical.push(found);
                partitions.push(volume.partition);
            }
            Err(reason) => {
                guest.conditions.push(GuestCondition::DamagedVolume { partition: volume.partition, reason });
            }
        }
    }
    let mut readable = Vec::new();
    for group in lvm::groups(&physical) {
        let on: Vec<u32> =
            group.members.iter().filter_map(|member| partitions.get(*member).copied().flatten()).collect();
        if group.missing > 0 {
            let (name, missing) = (group.name.clone(), group.missing);
            guest.conditions.push(GuestCondition::IncompleteVolumeGroup { group: name, missing });
        }
        let mut listed = Vec::new();
        for logical in group.volumes {
            let found = logical.source.as_ref().and_then(|at| signatures::identify(at, Reach::Everywhere));
            if let (Some(source), Some(found)) = (&logical.source, &found) {
                readable.push(Volume {
                    partition: if let [only] = on[..] { Some(only) } else { None },
                    logical: Some(format!("{}/{}", group.name, logical.name)),
                    source: source.clone(),
                    filesystem: found.name.into(),
                    is_efi: false,
                });
            }
            let found = found.unwrap_or_default();
            listed.push(LogicalVolume {
                name: logical.name,
                size: logical.size,
                layout: logical.layout,
                filesystem: Some(found.name).filter(|name| !name.is_empty()).map(Into::into),
                label: found.label,
                uuid: found.uuid,
            });
        }
        guest.volume_groups.push(VolumeGroup { name: group.name, partitions: on, logical_volumes: listed });
    }
    readable
}

/// Those of partitions are known from the signatures.
fn encrypted_logical_volumes(guest: &mut Guest, volumes: &[Volume]) {
    for volume in volumes.iter().filter(|volume| volume.logical.is_some()) {
        if matches!(volume.filesystem.as_str(), "luks1" | "luks2") {
            guest.conditions.push(GuestCondition::EncryptedVolume {
                scheme: volume.filesystem.clone(),
                partition: volume.partition,
            });
        }
    }
}

/// Opens the file systems that can be read, and says what opening alone shows.
fn open(guest: &mut Guest, volume: Volume) -> Option<Opened> {
    let mut btrfs = None;
    match open_tree(guest, &volume, &mut btrfs) {
        Ok(tree) => tree.map(|tree| Opened { volume, tree, btrfs }),
        Err(reason) => {
            guest.conditions.push(GuestCondition::DamagedVolume { partition: volume.partition, reason });
            None
        }
    }
}

/// The tree of `volume`; `None` where its file system is not read here.
fn open_tree(
    guest: &mut Guest,
    volume: &Volume,
    subvolumes: &mut Option<Subvolumes>,
) -> Result<Option<Box<dyn FileTree>>, Sentence> {
    let partition = volume.partition;
    let not_shut_down = |guest: &mut Guest, evidence: &'static str| {
        guest.conditions.push(GuestCondition::NotShutDown { evidence: evidence.into(), partition });
    };
    let source = &volume.source;
    Ok(match volume.filesystem.as_str() {
        "ext2" | "ext3" | "ext4" => {
            if ext::needs_recovery(source) {
                not_shut_down(guest, "the file system's journal waits to be replayed");
            }
            ExtTree::open(source)?.map(boxed)
        }
        "xfs" => match xfs::open(source) {
            Ok(tree) => Some(boxed(tree)),
            Err(Unopened::Unsupported) => None,
            Err(Unopened::NotUnmounted) => {
                not_shut_down(guest, "the file system's log waits to be replayed");
                None
            }
            Err(Unopened::Damaged(reason)) => return Err(reason),
        },
        "btrfs" => btrfs::open(source)?.map(|opened| {
            let has_others = !opened.subvolumes.is_empty();
            *subvolumes = Some(Subvolumes { opened: opened.subvolume, has_others });
            boxed(opened.tree)
        }),
        "fat12" | "fat16" | "fat32" => Some(boxed(FatTree::open(source)?)),
        "ntfs" => {
            let tree = NtfsTree::open(source)?;
            if tree.dirty {
                not_shut_down(guest, "the volume is marked to be checked");
            }
            let entry = guest.partitions.iter_mut().find(|entry| Some(entry.index) == partition);
            if let Some(entry) = entry {
                entry.label.clone_from(&tree.label);
            }
            Some(boxed(tree))
        }
        _ => None,
    })
}

/// The partitions that may hold a system and were not looked into.
fn unopened(guest: &Guest, opened: &[Opened]) -> Vec<u32> {
    const SWAP: &str = "swap";
    let was_opened = |name: &str| opened.iter().any(|at| at.volume.logical.as_deref() == Some(name));
    let is_group_read = |group: &VolumeGroup| {
        group.logical_volumes.iter().all(|logical| {
            let name = format!("{}/{}", group.name, logical.name);
            logical.filesystem.as_deref() == Some(SWAP) || was_opened(&name)
        })
    };
    let is_read = |index: u32, filesystem: Option<&str>| match filesystem {
        Some(SWAP) => true,
        Some("lvm2") => {
            let mut groups = guest.volume_groups.iter().filter(|group| group.partitions.contains(&index));
            groups.next().is_some_and(|first| is_group_read(first) && groups.all(is_group_read))
        }
        _ => opened.iter().any(|at| at.volume.partition == Some(index) && at.volume.logical.is_none()),
    };
    let candidates =
        guest.partitions.iter().filter(|partition| !partition_types::holds_no_system(&partition.type_id));
    candidates
        .filter(|partition| !is_read(partition.index, partition.filesystem.as_deref()))
        .map(|partition| partition.index)
        .collect()
}

fn boxed(tree: impl FileTree + 'static) -> Box<dyn FileTree> {
    Box::new(tree)
}

fn efi_partitions(opened: &[Opened]) -> Vec<EfiPartition> {
    let efi = opened.iter().filter(|opened| opened.volume.is_efi);
    efi.map(|opened| boot::efi_partition(opened.tree.as_ref())).collect()
}

/// A loader is missing only where every EFI system partition was read: one of a RAID, or with a damaged FAT, may have it.
fn fallback_loader(guest: &mut Guest, opened: &[Opened], efi: &[EfiPartition]) {
    let expected = guest.partitions.iter().filter(|entry| is_efi_system(&entry.type_id)).count();
    let read = opened.iter().filter(|at| at.volume.is_efi && at.tree.damage().is_none()).count();
    let architecture = guest.architecture.as_deref();
    if expected > 0 && read == expected && !efi.iter().any(|efi| efi.has_fallback(architecture)) {
        guest.conditions.push(GuestCondition::NoFallbackLoader);
    }
}

fn root(opened: &Opened) -> Option<Root<'_>> {
    let tree = opened.tree.as_ref();
    let (system, architecture) = match opened.volume.filesystem.as_str() {
        "ntfs" => windows::system(tree)?,
        "ext2" | "ext3" | "ext4" | "xfs" | "btrfs" => (linux::system(tree)?, linux::architecture(tree)),
        _ => return None,
    };
    Some(Root { opened, system, architecture })
}

/// The folders that may hold kernels: `/boot` of a root, the top of a volume of its own.
fn boot_folders(opened: &[Opened]) -> impl Iterator<Item = (&Opened, &'static str)> {
    let readable = opened.iter().filter(|opened| opened.volume.filesystem != "ntfs");
    readable.flat_map(|opened| [(opened, "/boot"), (opened, "")])
}

/// The first root is the system's; kernels come from every boot folder. Where the root cannot be read (it is
/// encrypted, or lies on stripes), kernels on a boot partition still say that it is a Linux.
fn operating_system(guest: &mut Guest, roots: &[Root], opened: &[Opened]) {
    guest.os = roots.first().map(|root| root.system.clone());
    let mut kernels: Vec<String> =
        boot_folders(opened).flat_map(|(at, folder)| linux::kernels_in(at.tree.as_ref(), folder)).collect();
    for root in roots.iter().filter(|root| root.system.family == "linux") {
        kernels.extend(linux::kernels_with_modules(root.opened.tree.as_ref()));
    }
    kernels.sort_by(|left, right| linux::by_version(left, right));
    kernels.dedup();
    match &mut guest.os {
        Some(system) if system.family == "linux" => system.kernels = kernels,
        Some(_) => {}
        None if kernels.is_empty() => {}
        none => {
            *none = Some(OperatingSystem {
                family: "linux".into(),
                name: None,
                id: None,
                version: None,
                kernels,
                free_space: None,
            });
        }
    }
}

/// A kernel that EFI can start is a Portable Executable itself.
fn kernel_architecture(opened: &Opened) -> Option<&'static str> {
    ["/boot", ""].into_iter().find_map(|folder| {
        let kernel = linux::kernels_in(opened.tree.as_ref(), folder).pop()?;
        pe::architecture(&opened.tree.read_range(&format!("{folder}/vmlinuz-{kernel}"), 0, pe::HEADERS)?)
    })
}

fn linux_conditions(guest: &mut Guest, roots: &[Root], opened: &[Opened]) {
    let root = roots.iter().find(|root| root.system.family == "linux").map(|root| root.opened.tree.as_ref());
    guest.conditions.extend(root.and_then(linux::fstab));
    if root.is_some_and(|root| !root.has_file("/etc/fstab")) {
        guest.conditions.push(GuestCondition::NoFstab);
    }
    let kernels = guest.os.as_ref().map(|system| system.kernels.clone()).unwrap_or_default();
    let folders: Vec<(&dyn FileTree, &str)> =
        boot_folders(opened).map(|(at, folder)| (at.tree.as_ref(), folder)).collect();
    guest.conditions.extend(linux::missing_drivers(root, &folders, &kernels));
    guest.conditions.extend(linux::missing_initramfs(&folders, &kernels));
}

fn windows_conditions(guest: &mut Guest, roots: &[Root]) {
    for root in roots.iter().filter(|root| root.system.family == "windows") {
        if let Some(evidence) = windows::hibernation(root.opened.tree.as_ref()) {
            let partition = root.opened.volume.partition;
            guest.conditions.push(GuestCondition::NotShutDown { evidence, partition });
        }
    }
}

fn boot_configurations(guest: &mut Guest, opened: &[Opened]) {
    let mut found = Vec::new();
    for (at, folder) in boot_folders(opened) {
        let mut here = boot::grub_configurations(at.tree.as_ref(), folder);
        if at.volume.is_efi && folder.is_empty() {
            here.extend(boot::efi_configurations(at.tree.as_ref()));
        }
        found.extend(here.into_iter().map(|mut configuration| {
            configuration.path = at.place(&configuration.path);
            configuration
        }));
        guest.conditions.extend(boot::no_default_entry(at.tree.as_ref(), folder));
    }
    guest.conditions.extend(boot::several(found));
}

/// Two systems by their roots, or Windows' boot manager beside another system's loader.
fn dual_boot(guest: &mut Guest, roots: &[Root], efi: &[EfiPartition]) {
    let mut systems: Vec<Sentence> = roots
        .iter()
        .map(|root| root.system.name.clone().unwrap_or_else(|| root.system.family.clone()))
        .map(Sentence::verbatim)
        .collect();
    let has = |family: &str| roots.iter().any(|root| root.system.family == family);
    let windows_loader = efi.iter().any(|efi| efi.windows);
    let others: Vec<&String> = efi.iter().flat_map(|efi| &efi.others).collect();
    if windows_loader && !has("windows") && (has("linux") || !others.is_empty()) {
        systems.push("Windows".into());
    }
    if (windows_loader || has("windows")) && !has("linux") {
        systems.extend(others.into_iter().cloned().map(Sentence::verbatim));
    }
    if systems.len() > 1 {
        guest.conditions.push(GuestCondition::DualBoot { systems });
    }
}

/// Only a subvolume with the system in it is said; others may be what a container's storage has made.
fn btrfs_conditions(guest: &mut Guest, opened: &[Opened]) {
    for at in opened {
        let partition = at.volume.partition;
        match &at.btrfs {
            Some(Subvolumes { opened: Some(subvolume), .. }) if root(at).is_some() => {
                let subvolume = subvolume.clone();
                guest.conditions.push(GuestCondition::SystemInSubvolume { partition, subvolume });
            }
            Some(Subvolumes { opened: None, has_others: false }) => {
                guest.conditions.push(GuestCondition::PlainBtrfs { partition });
            }
            _ => {}
        }
    }
}
