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

/// A container of the request, with the object that it is read from.
struct Place {
    object: Option<Object>,
}

struct Object {
    bucket: String,
    key: String,
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
        let object = is_in_bucket.then(|| Object { bucket: text("S3Bucket"), key: text("S3Key") });
        Place { object }
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
