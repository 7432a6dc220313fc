//! The volumes of an image that is registered: sizes, speeds and what a snapshot decides.

use crate::request::shape::Request;
use crate::request::validate::{Circumstances, Findings, Rule, integer};
use crate::sentence::sentence;
use serde_json::Value;

/// What a kind of volume can have (EC2 API, EbsBlockDevice).
struct Kind {
    name: &'static str,
    /// GiB.
    sizes: (i64, i64),
    /// I/O operations a second, where they can be chosen.
    speeds: Option<(i64, i64)>,
}

const KINDS: [Kind; 7] = [
    Kind { name: "gp2", sizes: (1, 16_384), speeds: None },
    Kind { name: "gp3", sizes: (1, 65_536), speeds: Some((3_000, 80_000)) },
    Kind { name: "io1", sizes: (4, 16_384), speeds: Some((100, 64_000)) },
    Kind { name: "io2", sizes: (4, 65_536), speeds: Some((100, 256_000)) },
    Kind { name: "sc1", sizes: (125, 16_384), speeds: None },
    Kind { name: "st1", sizes: (125, 16_384), speeds: None },
    Kind { name: "standard", sizes: (1, 1_024), speeds: None },
];

/// The root device is among the mappings.
pub const ROOT_IS_MAPPED: Rule = Rule { code: "root-device-not-mapped", check: check_root };

/// A device is mapped once.
pub const ONE_MAPPING_A_DEVICE: Rule = Rule { code: "device-mapped-twice", check: check_devices };

/// A volume has a source, and a size that holds it.
pub const SIZE: Rule = Rule { code: "volume-size", check: check_size };

/// The speed goes with the kind of volume.
pub const SPEED: Rule = Rule { code: "volume-speed", check: check_speed };

/// A snapshot decides whether its volume is encrypted.
pub const ENCRYPTION: Rule = Rule { code: "volume-encryption", check: check_encryption };

/// A volume is placed by the name of a zone or by its ID.
pub const ONE_ZONE: Rule = Rule { code: "volume-zone-twice", check: check_zone };

/// The EBS volumes of the mappings with their paths.
fn volumes(request: &Request) -> Vec<(String, &Value)> {
    let mappings = request.items("BlockDeviceMappings");
    mappings
        .into_iter()
        .filter_map(|(path, mapping)| Some((format!("{path}.Ebs"), mapping.get("Ebs")?)))
        .collect()
}

fn kind_of(volume: &Value) -> Option<&'static Kind> {
    let name = volume.get("VolumeType")?.as_str()?;
    KINDS.iter().find(|kind| kind.name == name)
}

fn check_root(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    if request.get("ImageLocation").is_some() {
        return;
    }
    let mappings = request.items("BlockDeviceMappings");
    let Some(root) = request.text("RootDeviceName") else {
        found.warning(
            "RootDeviceName",
            "An image on EBS needs its root device: name the one the system starts from, such as /dev/xvda.",
        );
        return;
    };
    if !mappings.iter().any(|(_, mapping)| mapping.get("DeviceName").and_then(Value::as_str) == Some(root)) {
        found.warning(
            "BlockDeviceMappings",
            "No mapping has the root device's name: map it to the imported snapshot.",
        );
    }
}

fn check_devices(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    let mut seen = std::collections::HashSet::new();
    for (path, mapping) in request.items("BlockDeviceMappings") {
        if let Some(name) = mapping.get("DeviceName").and_then(Value::as_str)
            && !seen.insert(name)
        {
            found.error(
                &format!("{path}.DeviceName"),
                "This device is mapped already: give each mapping a name of its own.",
            );
        }
    }
}

fn check_size(request: &Request, circumstances: &Circumstances, found: &mut Findings<'_>) {
    // The snapshot at hand is the root's; what other disks hold is not known here.
    let root = request.text("RootDeviceName");
    for (path, volume) in volumes(request) {
        let size = volume.get("VolumeSize").and_then(integer);
        if volume.get("SnapshotId").is_none() && volume.get("VolumeSize").is_none() {
            found.error(&path, "A volume needs a SnapshotId or a VolumeSize.");
        }
        let (Some(size), path) = (size, format!("{path}.VolumeSize")) else { continue };
        if let Some(Kind { name, sizes: (least, most), .. }) = kind_of(volume)
            && !(*least..=*most).contains(&size)
        {
            found.error(
                &path,
                sentence!(
                    "A volume of the type {name} has {least} to {most} GiB, not {size}.",
                    name,
                    least,
                    most,
                    size
                ),
            );
        }
        let device = path.strip_suffix(".Ebs.VolumeSize").map(|mapping| format!("{mapping}.DeviceName"));
        let is_root = root.is_some() && device.and_then(|path| request.text(&path)) == root;
        let needed = circumstances.disk_size.map(|bytes| bytes.div_ceil(1 << 30));
        if let Some(needed) =
            needed.filter(|needed| is_root && u64::try_from(size).is_ok_and(|size| size < *needed))
        {
            let message = sentence!(
                "The disk has {needed} GiB and the volume {size}: a volume is at least as large as its snapshot.",
                needed,
                size
            );
            found.error(&path, message);
        }
    }
}

fn check_speed(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    for (path, volume) in volumes(request) {
        let Some(kind) = kind_of(volume) else { continue };
        let speed = volume.get("Iops").and_then(integer);
        match (kind.speeds, speed) {
            (Some((least, most)), Some(speed)) if !(least..=most).contains(&speed) => {
                let message = sentence!(
                    "A volume of the type {kind} has {least} to {most} IOPS, not {speed}.",
                    kind = kind.name,
                    least,
                    most,
                    speed
                );
                found.error(&format!("{path}.Iops"), message);
            }
            (None, Some(_)) => {
                let message = sentence!(
                    "The IOPS of a volume of the type {kind} cannot be chosen: leave Iops out.",
                    kind = kind.name
                );
                found.error(&format!("{path}.Iops"), message);
            }
            (Some(_), None) if kind.name.starts_with("io") => {
                let message = sentence!("A volume of the type {kind} needs its IOPS.", kind = kind.name);
                found.error(&format!("{path}.Iops"), message);
            }
            _ => {}
        }
        if volume.get("Throughput").is_some() && kind.name != "gp3" {
            let message = "Only volumes of the type gp3 have a throughput that can be chosen: leave it out.";
            found.error(&format!("{path}.Throughput"), message);
        }
    }
}

fn check_encryption(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    for (path, volume) in volumes(request) {
        if volume.get("SnapshotId").is_some() && volume.get("Encrypted").is_some() {
            let message = "The snapshot decides whether the volume is encrypted: leave this out, and copy the snapshot with encryption if it should be.";
            found.error(&format!("{path}.Encrypted"), message);
        }
        if volume.get("KmsKeyId").is_some() {
            let message = "A key can be named when an instance is launched, not when an image is registered: leave it out.";
            found.error(&format!("{path}.KmsKeyId"), message);
        }
    }
}

fn check_zone(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    for (path, volume) in volumes(request) {
        if volume.get("AvailabilityZone").is_some() && volume.get("AvailabilityZoneId").is_some() {
            found.error(
                &format!("{path}.AvailabilityZoneId"),
                "The zone is named twice: keep its name or its ID.",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::request::calls::REGISTER_IMAGE;
    use crate::request::rules::testing::{codes, validate_with};
    use crate::request::validate::Circumstances;
    use serde_json::{Value, json};

    fn image(volume: Value) -> Value {
        json!({
            "Name": "web-1",
            "Architecture": "x86_64",
            "BootMode": "uefi",
            "VirtualizationType": "hvm",
            "EnaSupport": true,
            "RootDeviceName": "/dev/xvda",
            "BlockDeviceMappings": [{ "DeviceName": "/dev/xvda", "Ebs": volume }],
        })
    }

    fn with(volume: Value) -> Vec<String> {
        codes(&REGISTER_IMAGE, &image(volume))
    }

    #[test]
    fn a_volume_of_a_snapshot_is_in_order() {
        let volume = json!({ "SnapshotId": "snap-0123456789abcdef0", "VolumeType": "gp3", "VolumeSize": 8, "DeleteOnTermination": true });
        assert!(with(volume).is_empty());
    }

    #[test]
    fn a_volume_needs_a_source() {
        assert_eq!(with(json!({ "VolumeType": "gp3" })), ["volume-size"]);
    }

    #[test]
    fn each_kind_has_its_sizes() {
        assert_eq!(with(json!({ "VolumeType": "st1", "VolumeSize": 124 })), ["volume-size"]);
        assert!(with(json!({ "VolumeType": "st1", "VolumeSize": 125 })).is_empty());
    }

    #[test]
    fn a_volume_is_not_smaller_than_its_snapshot() {
        let request = image(json!({ "SnapshotId": "snap-0123456789abcdef0", "VolumeSize": 8 }));
        let of = |bytes| {
            let circumstances = Circumstances { disk_size: Some(bytes), ..Circumstances::default() };
            validate_with(&REGISTER_IMAGE, &request, &circumstances).len()
        };
        assert_eq!((of(8 << 30), of((8 << 30) + 1)), (0, 1));
    }

    #[test]
    fn speeds_go_with_the_kind() {
        assert_eq!(with(json!({ "VolumeType": "io2", "VolumeSize": 8 })), ["volume-speed"]);
        assert_eq!(with(json!({ "VolumeType": "gp2", "VolumeSize": 8, "Iops": 3000 })), ["volume-speed"]);
        assert_eq!(with(json!({ "VolumeType": "gp3", "VolumeSize": 8, "Iops": 2999 })), ["volume-speed"]);
        assert_eq!(
            with(json!({ "VolumeType": "gp2", "VolumeSize": 8, "Throughput": 125 })),
            ["volume-speed"]
        );
        assert!(
            with(json!({ "VolumeType": "gp3", "VolumeSize": 8, "Iops": 3000, "Throughput": 125 })).is_empty()
        );
    }

    #[test]
    fn a_snapshot_decides_the_encryption() {
        let volume =
            json!({ "SnapshotId": "snap-0123456789abcdef0", "Encrypted": true, "KmsKeyId": "alias/k" });
        assert_eq!(with(volume), ["volume-encryption", "volume-encryption"]);
    }

    #[test]
    fn a_zone_is_named_once() {
        let volume =
            json!({ "VolumeSize": 8, "AvailabilityZone": "us-east-1a", "AvailabilityZoneId": "use1-az1" });
        assert_eq!(with(volume), ["volume-zone-twice"]);
    }

    #[test]
    fn the_root_device_is_among_the_mappings_and_each_is_mapped_once() {
        let mut request = image(json!({ "VolumeSize": 8 }));
        request["RootDeviceName"] = "/dev/sda1".into();
        assert_eq!(codes(&REGISTER_IMAGE, &request), ["root-device-not-mapped"]);
        let mut request = image(json!({ "VolumeSize": 8 }));
        let mapping = request["BlockDeviceMappings"][0].clone();
        request["BlockDeviceMappings"].as_array_mut().unwrap().push(mapping);
        assert_eq!(codes(&REGISTER_IMAGE, &request), ["device-mapped-twice"]);
    }
}
