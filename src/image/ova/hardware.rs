//! The virtual hardware's items (DSP0243 §8.3): on which controller each disk hangs.
//!
//! An item is of CIM's class `CIM_ResourceAllocationSettingData`: its parent and its resources are named by the items'
//! `InstanceID` and by addresses such as `ovf:/disk/vmdisk1`.

use super::descriptor::kind;
use crate::image::Attachment;
use roxmltree::Node;
use std::collections::HashMap;

/// How many items are looked at.
const MOST_ITEMS: usize = 1000;

/// The values of `ResourceType` that are storage controllers, and what they are called here. Under "other storage
/// device" only the model tells.
const CONTROLLERS: &[(&str, &str)] = &[("5", "ide"), ("6", "scsi"), ("20", OTHER)];
const OTHER: &str = "other";

/// Parts of the models' names under "other storage device".
const MODELS: &[(&str, &str)] = &[("nvme", "nvme"), ("ahci", "sata"), ("sata", "sata"), ("virtio", "virtio")];

/// The children of an item that are asked for.
struct Item<'a> {
    id: &'a str,
    resource_type: &'a str,
    model: Option<&'a str>,
    address: Option<&'a str>,
    parent: &'a str,
    place: Option<&'a str>,
    resource: &'a str,
}

/// Where the disks of the virtual system `node` are attached, by their `diskId`.
pub(super) fn attachments(node: Node) -> HashMap<String, Attachment> {
    let is_item = |node: &Node| {
        matches!(kind(*node), "Item" | "StorageItem")
            && node.parent_element().is_some_and(|parent| kind(parent) == "VirtualHardwareSection")
    };
    let items: Vec<Item> = node.descendants().filter(is_item).take(MOST_ITEMS).map(item).collect();
    let by_id: HashMap<&str, &Item> = items.iter().map(|item| (item.id, item)).collect();
    let mut attachments = HashMap::new();
    for item in &items {
        let Some(disk) = disk_id(item.resource) else { continue };
        let Some(controller) = by_id.get(item.parent) else { continue };
        let Some(bus) = bus(controller) else { continue };
        let number = |text: Option<&str>| text.and_then(|digits| digits.parse().ok()).unwrap_or(0);
        attachments.entry(disk.to_owned()).or_insert_with(|| Attachment {
            bus: bus.into(),
            model: controller.model.map(Into::into),
            controller: number(controller.address),
            unit: number(item.place),
        });
    }
    attachments
}

fn item<'a>(node: Node<'a, '_>) -> Item<'a> {
    let child = |name: &str| {
        let is_called = |child: &Node| child.tag_name().name().eq_ignore_ascii_case(name);
        node.children().find(is_called)?.text().map(str::trim).filter(|text| !text.is_empty())
    };
    Item {
        // `InstanceId` before the standard.
        id: child("InstanceID").unwrap_or_default(),
        resource_type: child("ResourceType").unwrap_or_default(),
        model: child("ResourceSubType"),
        address: child("Address"),
        parent: child("Parent").unwrap_or_default(),
        place: child("AddressOnParent"),
        resource: child("HostResource").unwrap_or_default(),
    }
}

/// The disk that a resource is: `ovf:/disk/id`, in older writers `/disk/id` or `disk/id`.
fn disk_id(resource: &str) -> Option<&str> {
    let (kind, id) = resource.rsplit_once('/')?;
    let kind = kind.rsplit(['/', ':']).next();
    (kind == Some("disk") && !id.is_empty()).then_some(id)
}

fn bus(controller: &Item) -> Option<&'static str> {
    let (_, bus) = CONTROLLERS.iter().find(|(number, _)| *number == controller.resource_type)?;
    if *bus != OTHER {
        return Some(bus);
    }
    let model = controller.model.unwrap_or_default().to_ascii_lowercase();
    Some(MODELS.iter().find(|(part, _)| model.contains(part)).map_or(OTHER, |(_, bus)| bus))
}
