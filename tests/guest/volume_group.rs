//! Systems on logical volumes. The volume group is written by hand, because LVM's tools want block devices.

use crate::disk::{Disk, MIB, ext};
use crate::linux::{debian, system_of};
use import_planner::guest::GuestCondition;
use std::os::unix::fs::FileExt;

/// The first MiB of a physical volume of 96 MiB, whose group has one logical volume: its extents (of 4 MiB) from the
/// third on, then the first two.
fn physical_volume() -> Vec<u8> {
    let text = r#"vg0 {
        extent_size = 8192
        physical_volumes { pv0 { id = "000000-1111-2222-3333-4444-5555-666666" pe_start = 2048 } }
        logical_volumes { root {
            status = ["READ", "WRITE", "VISIBLE"]
            segment_count = 2
            segment1 { start_extent = 0 extent_count = 14 type = "striped" stripe_count = 1 stripes = ["pv0", 2] }
            segment2 { start_extent = 14 extent_count = 2 type = "striped" stripe_count = 1 stripes = ["pv0", 0] }
        } }
    }"#;
    let mut bytes = vec![0; MIB as usize];
    let mut put = |at: usize, content: &[u8]| bytes[at..at + content.len()].copy_from_slice(content);
    put(512, b"LABELONE\x01");
    put(532, &32_u32.to_le_bytes());
    put(536, b"LVM2 001");
    put(544, b"00000011112222333344445555666666");
    put(584, &MIB.to_le_bytes());
    put(616, &4096_u64.to_le_bytes());
    put(624, &(MIB - 4096).to_le_bytes());
    put(4100, b" LVM2 x[5A%r0N*>");
    put(4128, &(MIB - 4096).to_le_bytes());
    put(4136, &512_u64.to_le_bytes());
    put(4144, &(text.len() as u64).to_le_bytes());
    put(4608, text.as_bytes());
    bytes
}

/// A disk whose only partition is that volume; `make` fills the logical volume of 64 MiB.
pub(crate) fn disk_with(make: impl FnOnce(&str)) -> Disk {
    let disk = Disk::partitioned(98 * MIB, "label: dos\n2048,,8e,*\n");
    disk.write(MIB, &physical_volume());
    disk.put(2 * MIB, 72 * MIB, |image| {
        let image = std::path::Path::new(image);
        let volume = image.with_extension("logical");
        std::fs::File::create(&volume).unwrap().set_len(64 * MIB).unwrap();
        make(volume.to_str().unwrap());
        let logical = std::fs::read(&volume).unwrap();
        let (first, second) = logical.split_at(56 * MIB as usize);
        std::fs::write(image, [second, first].concat()).unwrap();
    });
    disk
}

#[test]
fn a_root_on_a_linear_logical_volume_is_read() {
    let guest = disk_with(ext("ext4", &debian())).complete();
    assert_eq!(guest.partitions[0].filesystem.as_deref(), Some("lvm2"));
    assert_eq!(guest.partitions[0].uuid.as_deref(), Some("000000-1111-2222-3333-4444-5555-666666"));
    assert_eq!(system_of(&guest).0, Some("debian"));
    assert_eq!(guest.conditions, []);
    let [group] = &guest.volume_groups[..] else { panic!("{:?}", guest.volume_groups) };
    assert_eq!((group.name.as_str(), group.partitions.as_slice()), ("vg0", &[1][..]));
    let [volume] = &group.logical_volumes[..] else { panic!("{group:?}") };
    assert_eq!((volume.name.as_str(), volume.size, volume.layout.as_str()), ("root", 64 * MIB, "linear"));
    assert_eq!((volume.filesystem.as_deref(), volume.label.as_deref()), (Some("ext4"), Some("root")));
}

#[test]
fn an_encrypted_logical_volume_is_said() {
    let disk = disk_with(|image| {
        let volume = std::fs::File::options().write(true).open(image).unwrap();
        volume.write_all_at(b"LUKS\xBA\xBE\0\x02", 0).unwrap();
    });
    let scheme = "luks2".into();
    assert_eq!(disk.complete().conditions, [GuestCondition::EncryptedVolume { scheme, partition: Some(1) }]);
}
