//! The disks of an import: where each is read from, in which format, and how they go together.

use crate::request::shape::Request;
use crate::request::validate::{Circumstances, Findings, Rule};
use crate::sentence::sentence;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// A disk has one source.
pub const ONE_SOURCE: Rule = Rule { code: "disk-source", check: check_source };

/// A disk image has a format, and the object's name should not speak against it.
pub const FORMAT: Rule = Rule { code: "disk-format", check: check_format };

/// An OVA holds all disks of a machine and comes alone.
pub const ONE_OVA: Rule = Rule { code: "ova-not-alone", check: check_ova };

/// A machine has at least one disk and not too many.
pub const NUMBER: Rule = Rule { code: "number-of-disks", check: check_number };

/// No two disks are the same device.
pub const ONE_DISK_A_DEVICE: Rule = Rule { code: "device-named-twice", check: check_devices };

/// ImportImage fails for more volumes (VM Import/Export user guide, "Limitations").
pub const MOST_DISKS: usize = 21;

/// What the names of objects speak of; any other word in Format is refused as it stands.
const FORMATS: [&str; 5] = ["OVA", "VHD", "VHDX", "VMDK", "RAW"];

/// The disks of either import with their paths, as far as they are structures.
pub(super) fn containers(request: &Request) -> Vec<(String, &Map<String, Value>)> {
    let single = request.get("DiskContainer").map(|disk| ("DiskContainer".to_owned(), disk));
    single
        .into_iter()
        .chain(request.items("DiskContainers"))
        .filter_map(|(path, disk)| Some((path, disk.as_object()?)))
        .collect()
}

fn check_source(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    let of_image = request.call.name == "ImportImage";
    for (path, disk) in containers(request) {
        let sources: Vec<&str> =
            ["SnapshotId", "Url", "UserBucket"].into_iter().filter(|name| disk.contains_key(*name)).collect();
        match sources.as_slice() {
            [_] => {}
            [] if of_image => {
                found.error(&path, "The disk has no source: give UserBucket, Url or SnapshotId.");
            }
            [] => found.error(&path, "The disk has no source: give UserBucket or Url."),
            several => {
                let message = sentence!(
                    "The disk has {count} sources, {names}: keep one.",
                    count = several.len(),
                    names = several.join(" and ")
                );
                found.error(&path, message);
            }
        }
    }
}

fn check_format(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    for (path, disk) in containers(request) {
        let format = disk.get("Format").and_then(Value::as_str);
        if disk.contains_key("SnapshotId") {
            if format.is_some() {
                found.warning(&format!("{path}.Format"), "A snapshot has no format: leave Format out.");
            }
            continue;
        }
        let Some(format) = format else {
            if !disk.contains_key("Format") {
                found.warning(
                    &format!("{path}.Format"),
                    "Without Format AWS may not recognise the image: say which it is.",
                );
            }
            continue;
        };
        if let Some(named) = format_in_name(disk)
            && !named.eq_ignore_ascii_case(format)
            && FORMATS.iter().any(|known| known.eq_ignore_ascii_case(format))
        {
            let message = sentence!(
                "Format is {format}, and the object's name says {named}: check which it is.",
                format,
                named
            );
            found.warning(&format!("{path}.Format"), message);
        }
    }
}

fn check_ova(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    let disks = containers(request);
    if disks.len() < 2 {
        return;
    }
    for (path, disk) in disks {
        if disk.get("Format").and_then(Value::as_str).is_some_and(|format| format.eq_ignore_ascii_case("OVA"))
        {
            let message = "An OVA holds all disks of a machine and is imported alone: remove the other disks, or give each disk as a file of its own.";
            found.error(&format!("{path}.Format"), message);
        }
    }
}

fn check_number(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    const PATH: &str = "DiskContainers";
    match request.get(PATH).and_then(Value::as_array).map(Vec::len) {
        Some(0) => found.error(PATH, "There is no disk in the list: add the one the system starts from."),
        Some(number) if number > MOST_DISKS => {
            let message = sentence!(
                "There are {number} disks, and ImportImage takes {most}: import the others with ImportSnapshot.",
                number,
                most = MOST_DISKS
            );
            found.error(PATH, message);
        }
        _ => {}
    }
}

fn check_devices(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    let mut seen = HashSet::new();
    for (path, disk) in containers(request) {
        if let Some(name) = disk.get("DeviceName").and_then(Value::as_str)
            && !seen.insert(name)
        {
            let message = "Another disk has this device name already: give each its own, or leave them out.";
            found.warning(&format!("{path}.DeviceName"), message);
        }
    }
}

/// The format that the ending of the object's name speaks of.
fn format_in_name(disk: &Map<String, Value>) -> Option<&'static str> {
    let name = match disk.get("UserBucket") {
        Some(bucket) => bucket.get("S3Key")?.as_str()?.to_owned(),
        None => super::url::parse(disk.get("Url")?.as_str()?).ok()?.key?,
    };
    let (_, ending) = name.rsplit_once('.')?;
    FORMATS.into_iter().find(|format| format.eq_ignore_ascii_case(ending))
}

#[cfg(test)]
mod tests {
    use crate::request::calls::{IMPORT_IMAGE, IMPORT_SNAPSHOT};
    use crate::request::rules::testing::{codes, problems};
    use serde_json::json;

    #[test]
    fn a_disk_without_a_source_is_an_error() {
        let found = problems(&IMPORT_SNAPSHOT, &json!({ "DiskContainer": { "Format": "RAW" } }));
        assert_eq!((found[0].path.as_str(), found[0].code.as_str()), ("DiskContainer", "disk-source"));
    }

    #[test]
    fn a_disk_with_two_sources_is_an_error() {
        let disk = json!({ "Format": "RAW", "Url": "s3://disks/a.raw", "UserBucket": { "S3Bucket": "disks", "S3Key": "a.raw" } });
        assert_eq!(codes(&IMPORT_SNAPSHOT, &json!({ "DiskContainer": disk })), ["disk-source"]);
    }

    #[test]
    fn an_ending_that_speaks_against_the_format_is_a_warning() {
        let disk = |key: &str| json!({ "DiskContainer": { "Format": "VHD", "UserBucket": { "S3Bucket": "disks", "S3Key": key } } });
        assert_eq!(codes(&IMPORT_SNAPSHOT, &disk("a.VMDK")), ["disk-format"]);
        assert!(codes(&IMPORT_SNAPSHOT, &disk("a.img")).is_empty());
        assert!(codes(&IMPORT_SNAPSHOT, &disk("a.vhd")).is_empty());
    }

    #[test]
    fn a_missing_format_is_a_warning() {
        let disk = json!({ "UserBucket": { "S3Bucket": "disks", "S3Key": "a.raw" } });
        assert_eq!(codes(&IMPORT_SNAPSHOT, &json!({ "DiskContainer": disk })), ["disk-format"]);
    }

    fn image(formats: &[&str]) -> Vec<String> {
        let disk = |(index, format): (usize, &&str)| json!({ "Format": format, "Url": format!("s3://disks/{index}") });
        let disks: serde_json::Value = formats.iter().enumerate().map(disk).collect();
        codes(&IMPORT_IMAGE, &json!({ "DiskContainers": disks }))
    }

    #[test]
    fn an_ova_comes_alone() {
        assert!(image(&["ova"]).is_empty());
        assert_eq!(image(&["OVA", "VMDK"]), ["ova-not-alone"]);
    }

    #[test]
    fn a_machine_has_one_to_twenty_one_disks() {
        assert_eq!(image(&[]), ["number-of-disks"]);
        assert!(image(&["RAW"; 21]).is_empty());
        assert_eq!(image(&["RAW"; 22]), ["number-of-disks"]);
    }

    #[test]
    fn a_snapshot_is_a_source_of_an_image_and_has_no_format() {
        let with = |format: Option<&str>| {
            let mut disk = json!({ "SnapshotId": "snap-0123456789abcdef0" });
            if let Some(format) = format {
                disk["Format"] = format.into();
            }
            codes(&IMPORT_IMAGE, &json!({ "DiskContainers": [disk], "Platform": "Linux" }))
        };
        assert!(with(None).is_empty());
        assert_eq!(with(Some("RAW")), ["disk-format"]);
    }

    #[test]
    fn a_device_named_twice_is_a_warning() {
        let disk = json!({ "Format": "RAW", "Url": "s3://disks/a", "DeviceName": "/dev/sda1" });
        assert_eq!(codes(&IMPORT_IMAGE, &json!({ "DiskContainers": [disk, disk] })), ["device-named-twice"]);
    }
}
