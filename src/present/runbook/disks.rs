//! Which file each disk of the request is uploaded from.

use super::super::form;
use super::super::image::ImageFacts;
use super::super::request::Situation;
use crate::request::shape::Request;
use crate::runbook::{Disk, File};

/// The disks that are read from a bucket; what has been imported before or lies behind a URL is not uploaded.
pub(super) fn of(situation: &Situation, request: &Request) -> Vec<Disk> {
    let places = places(situation, request);
    let images = images(situation, request);
    let mut disks: Vec<Disk> = Vec::new();
    for (place, image) in places.iter().zip(files(&places, images)) {
        let Some(object) = &place.object else { continue };
        let named_by_key = last_part(&object.key).to_owned();
        let disk = Disk {
            bucket: object.bucket.clone(),
            key: object.key.clone(),
            file: match image {
                // Two files of one name lie in no folder together: they go by what they are called in the bucket.
                Some(image) if is_named_twice(image, images) => {
                    File { name: named_by_key, size: image.file_size }
                }
                Some(image) => File { name: image.name.clone(), size: image.file_size },
                None => File { name: named_by_key, size: 0 },
            },
            disk_size: image.and_then(|image| image.virtual_size),
        };
        // A disk may be imported twice, and its object is uploaded once.
        if !disks.contains(&disk) {
            disks.push(disk);
        }
    }
    disks
}

/// The object that the request has for each of the disks of the machine; `None` for one that it does not read from a
/// bucket.
pub(in super::super) fn objects(situation: &Situation, request: &Request) -> Vec<Option<Object>> {
    let places = places(situation, request);
    let images = images(situation, request);
    let files = files(&places, images);
    let object_of = |image: &ImageFacts| {
        let at = files.iter().position(|file| file.is_some_and(|file| std::ptr::eq(file, image)))?;
        places.get(at)?.object.clone()
    };
    images.iter().map(object_of).collect()
}

/// A container of the request, with the object that it is read from.
struct Place {
    object: Option<Object>,
}

/// An object that a container of the request is read from; what is not entered is empty.
#[derive(Clone)]
pub(in super::super) struct Object {
    /// The container's path in the request: `DiskContainers[1]`.
    pub(in super::super) container: String,
    pub(in super::super) bucket: String,
    pub(in super::super) key: String,
}

fn places(situation: &Situation, request: &Request) -> Vec<Place> {
    let mut paths: Vec<String> = request.items("DiskContainers").into_iter().map(|(path, _)| path).collect();
    if request.call.name != "ImportImage" {
        paths = vec!["DiskContainer".to_owned()];
    } else if paths.is_empty() {
        paths = vec!["DiskContainers[0]".to_owned()];
    }
    let place = |path: String| {
        let text = |member: &str| {
            request.text(&format!("{path}.UserBucket.{member}")).unwrap_or_default().to_owned()
        };
        let is_in_bucket = form::way(&situation.plan, &path) == "UserBucket";
        let (bucket, key) = (text("S3Bucket"), text("S3Key"));
        Place { object: is_in_bucket.then_some(Object { container: path, bucket, key }) }
    };
    paths.into_iter().map(place).collect()
}

/// The images that have been read, in the order of the containers that they were suggested for.
fn images<'a>(situation: &'a Situation, request: &Request) -> &'a [ImageFacts] {
    if request.call.name == "ImportImage" && !situation.disks.is_empty() {
        &situation.disks
    } else {
        situation.image.as_slice()
    }
}

/// The image of each place: the one that its key names, else the one that was suggested for it.
fn files<'a>(places: &[Place], images: &'a [ImageFacts]) -> Vec<Option<&'a ImageFacts>> {
    let named = |place: &Place| {
        let key = &place.object.as_ref()?.key;
        let mut named = images.iter().filter(|image| is_named(image, key));
        // Of several files with this name, the key tells none.
        named.next().filter(|_| named.next().is_none())
    };
    let by_name: Vec<Option<&ImageFacts>> = places.iter().map(named).collect();
    let is_taken = |image: &ImageFacts| by_name.iter().flatten().any(|taken| std::ptr::eq(*taken, image));
    let suggested = |index: usize| images.get(index).filter(|image| !is_taken(image));
    by_name.iter().enumerate().map(|(index, image)| image.or_else(|| suggested(index))).collect()
}

fn is_named(image: &ImageFacts, key: &str) -> bool {
    key.strip_suffix(&image.name).is_some_and(|prefix| prefix.is_empty() || prefix.ends_with('/'))
}

fn is_named_twice(image: &ImageFacts, images: &[ImageFacts]) -> bool {
    images.iter().filter(|other| other.name == image.name).count() > 1
}

fn last_part(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::plan::{Action, Plan};
    use crate::present::ImageFacts;
    use crate::present::block::Tone;
    use crate::present::request::{Situation, request};
    use crate::present::upload::UploadEntry;
    use serde_json::{Value, json};

    fn image(name: &str, size: u64) -> ImageFacts {
        ImageFacts {
            name: name.into(),
            file_size: size,
            virtual_size: Some(size * 2),
            format: Some("RAW".into()),
            import_snapshot: Tone::Good,
            import_image: Tone::Good,
            disks: Vec::new(),
        }
    }

    fn container(key: &str) -> Value {
        json!({"Format": "RAW", "UserBucket": {"S3Bucket": "b", "S3Key": key}})
    }

    /// Key, file and size of each disk that is uploaded; `chosen` is the first of `disks` where there are any.
    fn uploads(call: &str, parameters: Value, disks: &[ImageFacts]) -> Vec<(String, String, u64)> {
        let Value::Object(parameters) = parameters else { panic!("parameters are an object") };
        let situation = Situation {
            plan: Plan::default().after(Action::Fill { call: call.into(), parameters }),
            image: disks.first().cloned(),
            disks: if disks.len() > 1 { disks.to_vec() } else { Vec::new() },
            upload: UploadEntry::default(),
            now: 0,
        };
        let disks = of(&situation, &request(&situation.plan)).into_iter();
        disks.map(|disk| (disk.key, disk.file.name, disk.file.size)).collect()
    }

    fn of_image(containers: &[Value], disks: &[ImageFacts]) -> Vec<(String, String, u64)> {
        uploads("ImportImage", json!({"DiskContainers": containers}), disks)
    }

    fn upload(key: &str, file: &str, size: u64) -> (String, String, u64) {
        (key.into(), file.into(), size)
    }

    #[test]
    fn a_disk_is_the_file_that_its_key_names_else_the_one_that_was_suggested() {
        let machine = [image("root.raw", 1), image("data.raw", 2), image("logs.raw", 3)];
        let found =
            of_image(&[container("x/logs.raw"), container("renamed"), container("y/root.raw")], &machine);
        let expected = [
            upload("x/logs.raw", "logs.raw", 3),
            upload("renamed", "data.raw", 2),
            upload("y/root.raw", "root.raw", 1),
        ];
        assert_eq!(found, expected);
        // The end of a name is another name.
        assert_eq!(of_image(&[container("my-data.raw")], &machine), [upload("my-data.raw", "root.raw", 1)]);
    }

    #[test]
    fn what_was_imported_before_or_lies_behind_a_url_is_not_uploaded_and_keeps_its_place() {
        let machine = [image("root.raw", 1), image("data.raw", 2), image("logs.raw", 3)];
        let containers = [
            json!({"SnapshotId": "snap-0123456789abcdef0"}),
            container("renamed"),
            json!({"Format": "RAW", "Url": "s3://b/logs.raw"}),
        ];
        assert_eq!(of_image(&containers, &machine), [upload("renamed", "data.raw", 2)]);
        assert_eq!(of_image(&containers[..1], &machine), []);
    }

    #[test]
    fn files_of_one_name_go_by_what_they_are_called_in_the_bucket() {
        let machine = [image("disk.raw", 1), image("disk.raw", 2)];
        let found = of_image(&[container("x/2-disk.raw"), container("x/disk.raw")], &machine);
        assert_eq!(found, [upload("x/2-disk.raw", "2-disk.raw", 1), upload("x/disk.raw", "disk.raw", 2)]);
    }

    #[test]
    fn an_object_that_is_imported_twice_is_uploaded_once() {
        let machine = [image("root.raw", 1), image("data.raw", 2)];
        let found =
            of_image(&[container("root.raw"), container("data.raw"), container("data.raw")], &machine);
        assert_eq!(found, [upload("root.raw", "root.raw", 1), upload("data.raw", "data.raw", 2)]);
    }

    #[test]
    fn one_image_is_the_disk_whatever_its_key_and_a_file_that_was_not_read_is_named_by_its_key() {
        let snapshot = |key: &str| json!({"DiskContainer": container(key)});
        let read = [image("web.raw", 1)];
        assert_eq!(uploads("ImportSnapshot", snapshot("renamed"), &read), [upload("renamed", "web.raw", 1)]);
        let machine = [image("web.raw", 1), image("data.raw", 2)];
        assert_eq!(
            uploads("ImportSnapshot", snapshot("renamed"), &machine),
            [upload("renamed", "web.raw", 1)]
        );
        assert_eq!(uploads("ImportSnapshot", snapshot("x/a.raw"), &[]), [upload("x/a.raw", "a.raw", 0)]);
        let found = of_image(&[container("renamed"), container("x/more.raw")], &read);
        assert_eq!(found, [upload("renamed", "web.raw", 1), upload("x/more.raw", "more.raw", 0)]);
    }
}
