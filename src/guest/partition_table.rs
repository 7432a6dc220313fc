//! Which partition table a disk has, and what its partitions hold.

use super::mbr::{self, BootRecord};
use super::signatures::{self, Found, Reach};
use super::{
    BootMode, Guest, GuestCondition, Partition, TableKind, apple_partition_map, gpt, partition_types,
};
use crate::image::read_at::Window;
use crate::image::{Depth, Source};
use crate::sentence::sentence;
use std::rc::Rc;

/// Partitions whose signatures the first pass reads, and logical partitions whose records it follows.
const FIRST_PARTITIONS: usize = 8;
const FIRST_LOGICAL: usize = 4;

/// Partitions that are listed at most.
const MAX_PARTITIONS: usize = 256;

/// Reads the table and the signatures of the partitions.
pub(super) fn examine(disk: &Source, depth: Depth) -> Guest {
    let mut guest = table(disk, depth);
    guest.partitions.sort_by_key(|partition| (partition.start, partition.index));
    guest.partitions.truncate(MAX_PARTITIONS);
    beyond_end(&mut guest, disk.size());
    sign_partitions(&mut guest, disk, depth);
    encrypted_volumes(&mut guest);
    guest
}

fn empty(table: TableKind) -> Guest {
    Guest {
        table,
        partitions: Vec::new(),
        whole_disk: None,
        volume_groups: Vec::new(),
        boot_mode: Some(BootMode::None),
        architecture: None,
        os: None,
        conditions: Vec::new(),
        unopened: None,
        lacks_boot_code: false,
        unread: None,
    }
}

/// The table: a GPT that an MBR protects or that stands alone, then an MBR, then an Apple map, then none.
fn table(disk: &Source, depth: Depth) -> Guest {
    let first_sector = mbr::first_sector(disk.as_ref()).unwrap_or_default();
    let record = BootRecord::parse(&first_sector);
    let protected = record.as_ref().is_some_and(BootRecord::protects_gpt);
    let other_table = record.as_ref().is_some_and(|record| !protected && record.has_real_entries());
    let boot_sector = signatures::is_boot_sector_of_file_system(&first_sector);
    // Systems ignore a GPT beside the entries of an MBR that does not protect it: it is left over.
    if !other_table && !boot_sector {
        if let Some(found) = gpt::find(disk.as_ref()) {
            // The last sector alone may be left over from a disk that was formatted without a table since.
            let left_over = !protected && !found.primary_present && whole_disk(disk, depth).is_some();
            if !left_over {
                return of_gpt(found, record.as_ref());
            }
        } else if let Some(record) = record.as_ref().filter(|_| protected) {
            let mut guest =
                if record.has_real_entries() { of_mbr(record, disk, depth) } else { empty(TableKind::Gpt) };
            guest.conditions.push(GuestCondition::DamagedTable {
                reason: "the MBR says that there is a GPT, but neither of its copies is there".into(),
            });
            return guest;
        }
    }
    if let Some(record) = record {
        let mut guest = of_mbr(&record, disk, depth);
        if guest.partitions.is_empty()
            && let Some(found) = whole_disk(disk, depth)
        {
            guest.table = TableKind::None;
            guest.whole_disk = Some(found.name.into());
        }
        return guest;
    }
    if let Some(entries) = apple_partition_map::find(disk.as_ref(), &first_sector) {
        return of_apple_map(entries);
    }
    let mut guest = empty(TableKind::None);
    guest.whole_disk = whole_disk(disk, depth).map(|found| found.name.into());
    guest
}

fn whole_disk(disk: &Source, depth: Depth) -> Option<Found> {
    reaches(depth).iter().find_map(|reach| signatures::identify(disk, *reach))
}

fn of_gpt(found: gpt::Gpt, record: Option<&BootRecord>) -> Guest {
    let hybrid = record.is_some_and(|record| record.protects_gpt() && record.has_real_entries());
    let mut guest = empty(if hybrid { TableKind::Hybrid } else { TableKind::Gpt });
    guest.conditions = found.conditions;
    if !record.is_some_and(BootRecord::protects_gpt) {
        guest.conditions.push(GuestCondition::NoProtectiveMbr);
    }
    let type_is = |guid: &str| found.entries.iter().any(|entry| entry.type_guid == guid);
    let legacy = type_is(partition_types::BIOS_BOOT)
        || found.entries.iter().any(|entry| entry.legacy_bootable)
        || record.is_some_and(|record| hybrid && record.entries.iter().any(|entry| entry.active()));
    guest.lacks_boot_code = record.is_none_or(|record| record.lacks_code);
    guest.boot_mode = (!found.entries.is_empty() || guest.conditions.is_empty())
        .then(|| boot_mode(legacy, type_is(partition_types::EFI_SYSTEM)));
    for entry in found.entries {
        let Some(size) = entry.size else {
            guest.conditions.push(GuestCondition::DamagedTable {
                reason: sentence!("partition {index} ends before it begins", index = entry.index),
            });
            continue;
        };
        guest.partitions.push(Partition {
            index: entry.index,
            type_name: partition_types::gpt_name(&entry.type_guid).map(Into::into),
            type_id: entry.type_guid,
            name: entry.name,
            start: entry.start,
            size,
            active: entry.legacy_bootable,
            filesystem: None,
            label: None,
            uuid: None,
        });
    }
    guest
}

fn of_mbr(record: &BootRecord, disk: &Source, depth: Depth) -> Guest {
    let mut guest = empty(TableKind::Mbr);
    let max_logical = if depth == Depth::First { FIRST_LOGICAL } else { usize::MAX };
    let (partitions, damage) = record.partitions(disk, max_logical);
    guest.conditions.extend(damage.into_iter().map(|reason| GuestCondition::DamagedTable { reason }));
    let legacy =
        partitions.iter().any(|placed| placed.entry.active()) || (record.grub && record.has_real_entries());
    let uefi = partitions.iter().any(|placed| placed.entry.kind == mbr::EFI_SYSTEM);
    guest.lacks_boot_code = record.lacks_code;
    guest.boot_mode = Some(boot_mode(legacy, uefi));
    guest.partitions = partitions
        .into_iter()
        .map(|placed| Partition {
            index: placed.index,
            type_id: format!("0x{:02x}", placed.entry.kind),
            type_name: partition_types::mbr_name(placed.entry.kind).map(Into::into),
            name: String::new(),
            start: placed.start,
            size: placed.size,
            active: placed.entry.active(),
            filesystem: None,
            label: None,
            uuid: None,
        })
        .collect();
    guest
}

fn of_apple_map(entries: Vec<apple_partition_map::Entry>) -> Guest {
    let mut guest = empty(TableKind::Apm);
    guest.partitions = entries
        .into_iter()
        .map(|entry| Partition {
            index: entry.index,
            type_id: entry.kind,
            type_name: None,
            name: entry.name,
            start: entry.start,
            size: entry.size,
            active: false,
            filesystem: None,
            label: None,
            uuid: None,
        })
        .collect();
    guest
}

fn boot_mode(legacy: bool, uefi: bool) -> BootMode {
    match (legacy, uefi) {
        (true, true) => BootMode::Both,
        (true, false) => BootMode::LegacyBios,
        (false, true) => BootMode::Uefi,
        (false, false) => BootMode::None,
    }
}

fn beyond_end(guest: &mut Guest, size: u64) {
    for partition in &guest.partitions {
        let end = partition.start.saturating_add(partition.size);
        if end > size {
            guest.conditions.push(GuestCondition::PartitionBeyondEnd { index: partition.index, end });
        }
    }
}

/// The bytes of a partition, as many of them as there are.
pub(super) fn window(disk: &Source, partition: &Partition) -> Source {
    Rc::new(Window::new(disk.clone(), partition.start, partition.size))
}

/// Whether the partition holds partitions of its own, or protects a table: no signature is looked for.
fn holds_no_volume(partition: &Partition) -> bool {
    matches!(partition.type_id.as_str(), "0x05" | "0x0f" | "0x85" | "0xee")
}

fn sign_partitions(guest: &mut Guest, disk: &Source, depth: Depth) {
    let count = if depth == Depth::First { FIRST_PARTITIONS } else { MAX_PARTITIONS };
    for reach in reaches(depth) {
        let candidates =
            guest.partitions.iter_mut().filter(|partition| !holds_no_volume(partition)).take(count);
        for partition in candidates.filter(|partition| partition.filesystem.is_none()) {
            if let Some(found) = signatures::identify(&window(disk, partition), *reach) {
                partition.filesystem = Some(found.name.into());
                partition.label = found.label;
                partition.uuid = found.uuid;
            }
        }
    }
}

/// The first pass may run out of reads on the way, and most signatures stand in the head: heads first. The second
/// looks everywhere at once, because a RAID's mark at the end outweighs the file system that shows at the start.
fn reaches(depth: Depth) -> &'static [Reach] {
    match depth {
        Depth::First => &[Reach::Head, Reach::Everywhere],
        Depth::Complete => &[Reach::Everywhere],
    }
}

fn encrypted_volumes(guest: &mut Guest) {
    let is_encrypted = |name: &str| matches!(name, "luks1" | "luks2" | "bitlocker");
    let whole = guest.whole_disk.iter().map(|name| (name.clone(), None));
    let inside = guest
        .partitions
        .iter()
        .filter_map(|partition| Some((partition.filesystem.clone()?, Some(partition.index))));
    let found: Vec<_> = whole.chain(inside).filter(|(name, _)| is_encrypted(name)).collect();
    guest.conditions.extend(
        found.into_iter().map(|(scheme, partition)| GuestCondition::EncryptedVolume { scheme, partition }),
    );
}
