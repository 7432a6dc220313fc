//! Where the descriptor attaches its disks, and from which the machine starts.

use super::build::{DISK_SIZE, Tar, ovf_of, raw_disk};
use crate::image::testing::open_bytes;
use crate::image::{Appliance, Attachment, Depth, Opened};

const RASD: &str =
    r#"xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData""#;

fn element(name: &str, value: impl ToString) -> String {
    format!("<rasd:{name}>{}</rasd:{name}>", value.to_string())
}

fn controller(id: u32, kind: u32, model: &str, address: u32) -> String {
    let children = [
        element("Address", address),
        element("InstanceID", id),
        element("ResourceSubType", model),
        element("ResourceType", kind),
    ];
    format!("<Item>{}</Item>", children.concat())
}

fn disk(id: u32, resource: &str, parent: u32, place: u32) -> String {
    let children = [
        element("AddressOnParent", place),
        element("HostResource", resource),
        element("InstanceID", id),
        element("Parent", parent),
        element("ResourceType", 17),
    ];
    format!("<Item>{}</Item>", children.concat())
}

/// An appliance of the disks `a.img` and `b.img`, in this order, with the given hardware.
fn open(items: &[String]) -> Opened {
    let file = |name| format!(r#"<File ovf:id="file-{name}" ovf:href="{name}.img"/>"#);
    let disk =
        |name| format!(r#"<Disk ovf:diskId="{name}" ovf:fileRef="file-{name}" ovf:capacity="{DISK_SIZE}"/>"#);
    let system = format!(
        r#"<VirtualSystem ovf:id="vm" {RASD}><VirtualHardwareSection>{}</VirtualHardwareSection></VirtualSystem>"#,
        items.concat()
    );
    let descriptor = ovf_of(&(file("a") + &file("b")), &(disk("a") + &disk("b")), &system);
    let archive = Tar::default()
        .file("vm.ovf", descriptor.as_bytes())
        .file("a.img", &raw_disk(1))
        .file("b.img", &raw_disk(2))
        .end();
    open_bytes(archive, Depth::First)
}

fn appliance(items: &[String]) -> Appliance {
    *open(items).image.appliance.unwrap()
}

fn boot_disk(items: &[String]) -> String {
    let disks = appliance(items).disks;
    let boot: Vec<_> = disks.iter().filter(|disk| disk.is_boot_disk).collect();
    assert_eq!(boot.len(), 1);
    boot[0].file.clone()
}

fn attached(items: &[String]) -> Vec<Option<Attachment>> {
    appliance(items).disks.into_iter().map(|disk| disk.attachment).collect()
}

#[test]
fn a_disk_hangs_on_a_controller_however_its_resource_is_spelled() {
    for spelled in ["ovf:/disk/a", "ovf://disk/a", "/disk/a", "disk/a"] {
        let found = attached(&[controller(3, 6, "lsilogic", 1), disk(8, spelled, 3, 4)]);
        let model = Some("lsilogic".into());
        let expected = Attachment { bus: "scsi".into(), model, controller: 1, unit: 4 };
        assert_eq!(found, [Some(expected), None], "{spelled}");
    }
}

#[test]
fn the_kinds_of_controller_are_told_apart() {
    for (kind, model, bus) in [
        (5, "PIIX4", "ide"),
        (6, "VirtualSCSI", "scsi"),
        (20, "AHCI", "sata"),
        (20, "vmware.sata.ahci", "sata"),
        (20, "vmware.nvme.controller", "nvme"),
        (20, "VirtioSCSI", "virtio"),
        (20, "Unheard of", "other"),
    ] {
        let found = attached(&[controller(3, kind, model, 0), disk(8, "ovf:/disk/a", 3, 0)]);
        assert_eq!(found[0].as_ref().unwrap().bus, bus, "{model}");
    }
}

#[test]
fn a_file_or_a_disk_on_something_else_is_not_attached() {
    let network = controller(3, 10, "VmxNet3", 0);
    for items in [
        [network, disk(8, "ovf:/disk/a", 3, 0)],
        [controller(3, 6, "", 0), disk(8, "ovf:/file/a", 3, 0)],
        [controller(3, 6, "", 0), disk(8, "ovf:/disk/", 3, 0)],
        [controller(3, 6, "", 0), disk(8, "ovf:/disk/a", 4, 0)],
    ] {
        assert_eq!(attached(&items), [None, None]);
    }
}

#[test]
fn the_machine_starts_from_the_lowest_place_of_one_kind_of_controller() {
    let scsi = || controller(3, 6, "lsilogic", 0);
    let second = || controller(4, 6, "lsilogic", 1);
    let a_late = [scsi(), disk(8, "ovf:/disk/a", 3, 1), disk(9, "ovf:/disk/b", 3, 0)];
    assert_eq!(boot_disk(&a_late), "b.img");
    let a_on_the_second = [scsi(), second(), disk(8, "ovf:/disk/a", 4, 0), disk(9, "ovf:/disk/b", 3, 5)];
    assert_eq!(boot_disk(&a_on_the_second), "b.img");
    let b_late = [scsi(), disk(8, "ovf:/disk/a", 3, 0), disk(9, "ovf:/disk/b", 3, 1)];
    assert_eq!(boot_disk(&b_late), "a.img");
}

#[test]
fn where_the_hardware_does_not_decide_the_first_disk_does() {
    assert_eq!(boot_disk(&[]), "a.img");
    let only_b = [controller(3, 6, "", 0), disk(9, "ovf:/disk/b", 3, 0)];
    assert_eq!(boot_disk(&only_b), "a.img");
    let two_kinds = [
        controller(3, 6, "", 0),
        controller(4, 5, "", 0),
        disk(8, "ovf:/disk/a", 3, 1),
        disk(9, "ovf:/disk/b", 4, 0),
    ];
    assert_eq!(boot_disk(&two_kinds), "a.img");
}

#[test]
fn the_appliance_s_own_disk_is_the_boot_disk() {
    let items = [controller(3, 6, "", 0), disk(8, "ovf:/disk/a", 3, 1), disk(9, "ovf:/disk/b", 3, 0)];
    let opened = open(&items);
    crate::image::testing::assert_holds(opened.disk.as_ref().unwrap(), &raw_disk(2), "b.img");
}
