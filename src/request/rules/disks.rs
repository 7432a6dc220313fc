//! The disks of an import: where each is read from, in which format, and how they go together.

use crate::request::shape::Request;
use crate::request::validate::{Circumstances, Findings, Rule};
use serde_json::{Map, Value};

/// A disk has one source.
pub const ONE_SOURCE: Rule = Rule { code: "disk-source", check: check_source };

/// A disk image has a format, and the object's name should not speak against it.
pub const FORMAT: Rule = Rule { code: "disk-format", check: check_format };

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
                found.error(&path, "The disk has no source: give UserBucket, Url or SnapshotId.")
            }
            [] => found.error(&path, "The disk has no source: give UserBucket or Url."),
            several => {
                let message =
                    format!("The disk has {} sources, {}: keep one.", several.len(), several.join(" and "));
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
        {
            let message = format!(
                "Format is {format}, and the object's name ends like that of a {named}: check which it is."
            );
            found.warning(&format!("{path}.Format"), message);
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
    match ending.to_ascii_lowercase().as_str() {
        "vmdk" => Some("VMDK"),
        "vhd" => Some("VHD"),
        "vhdx" => Some("VHDX"),
        "ova" => Some("OVA"),
        "raw" => Some("RAW"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::request::calls::IMPORT_SNAPSHOT;
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
}
